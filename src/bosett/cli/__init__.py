"""Floor 8: the command line. Data goes to stdout, words to stderr; the exit code says how it ended."""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from bosett import __version__
from bosett.basis.refusals import Exit, Refusal
from bosett.cli import allocate, backtest, data, diagnose, explain, letter, revise, round_, share

COMMANDS: tuple[ModuleType, ...] = (share, allocate, explain, revise, diagnose, backtest, round_, letter, data)
"""Each module has NAME, HELP, EXAMPLE, `arguments(parser)` and `run(args) -> Exit`."""

EXITS = "exit codes: 0 done, 2 bad input, 3 tied, 4 impossible, 5 unproven"


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, as every refusal is."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and where to look."""
        self.exit(int(Exit.BAD_INPUT), f"bosett: {message}. See {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = Parser(
        prog="bosett",
        description="Norway's yearly round of refugee settlement: exact, explained, open.",
        epilog=f"example: bosett round 2021 --out out\n{EXITS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"bosett {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        command = commands.add_parser(
            module.NAME,
            help=module.HELP,
            description=module.HELP,
            epilog=f"example: {module.EXAMPLE}\n{EXITS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal becomes one line on stderr."""
    args = parser().parse_args(arguments)
    try:
        ended: Exit = args.run(args)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"bosett: {refusal}", file=sys.stderr)  # noqa: T201  - words go to stderr
        return int(refusal.exit_code)
    except BrokenPipeError:
        # The reader of our output has had enough (for example `| head`): that is no fault.
        sys.stderr.close()
        return int(Exit.DONE)
    return int(ended)
