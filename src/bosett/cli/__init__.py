"""Floor 8: the command line. Data goes to stdout, words to stderr; the exit code says how it ended."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from bosett import __version__
from bosett.basis.refusals import Exit, Refusal


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it stands in the list: its module is loaded when it is named, as each needs much that others do not.

    Attributes:
        name: What is written to run it.
        help: What it is for, in one line.
        module: The module here with EXAMPLE, `arguments(parser)` and `run(args) -> Exit`.
    """

    name: str
    help: str
    module: str

    def load(self) -> ModuleType:
        """Return the module."""
        return import_module(f"bosett.cli.{self.module}")


COMMANDS = (
    Command(
        "share",
        "Share whole persons by exact claims, floors, ceilings and steps: a JSON problem in, a JSON answer out.",
        "share",
    ),
    Command("allocate", "share a year's total over counties and municipalities, with reasons", "allocate"),
    Command(
        "explain",
        "explain one municipality's number: where it came from, what gives one more, who would pay",
        "explain",
    ),
    Command("revise", "revise a round already requested to a new total, with the least change", "revise"),
    Command(
        "diagnose",
        "how much each criterion really decides, the distance from last year, and unlike treatment",
        "diagnose",
    ),
    Command(
        "backtest", "hold the reference model and plain baselines against the first requests that were made", "backtest"
    ),
    Command(
        "round",
        "compute a round for the whole country, print it per county, write a workbook and an explained page",
        "round_",
    ),
    Command(
        "letter",
        "make a letter: to all counties, to a municipality that is asked or is not, or a county's sheet",
        "letter",
    ),
    Command(
        "figures",
        "fetch and read figures of one's own, hold them against what is there, accept them, take them back",
        "figures",
    ),
    Command("need", "show how many are to be settled in a year, by month and stream, as low, middle and high", "need"),
    Command("answers", "show what municipalities that are asked are expected to decide and to settle", "answers"),
    Command("capacity", "show what municipalities can take week by week, and what of it holds on a day", "capacity"),
    Command("match", "show who can move in where: places week by week, groups that wait, and why each choice", "match"),
    Command("ledger", "show who has been enquired about, agreed upon and settled, as a ledger said on a day", "ledger"),
    Command("hide", "show what of a table of counts may be published, so that small counts stay hidden", "hide"),
    Command("release", "make, keep and verify what the public sees of a year on a day", "release"),
    Command("reform", "show a change of municipalities as one proposal: what merges, splits, is renumbered", "reform"),
    Command("data", "look after the shipped figures: checksums, published totals, known traps", "data"),
)

EXITS = "exit codes: 0 done, 2 bad input, 3 tied, 4 impossible, 5 unproven"


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, as every refusal is."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and where to look."""
        self.exit(int(Exit.BAD_INPUT), f"bosett: {message}. See {self.prog} --help\n")


def parser(named: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; with `named`, only the commands of these names know their arguments."""
    top = Parser(
        prog="bosett",
        description="Norway's yearly round of refugee settlement: exact, explained, open.",
        epilog=f"example: bosett round 2021 --out out\n{EXITS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"bosett {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for each in COMMANDS:
        command = commands.add_parser(each.name, help=each.help, description=each.help)
        if named is None or each.name in named:
            module = each.load()
            command.epilog = f"example: {module.EXAMPLE}\n{EXITS}"
            command.formatter_class = argparse.RawDescriptionHelpFormatter
            module.arguments(command)
            command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal becomes one line on stderr."""
    given = sys.argv[1:] if arguments is None else arguments
    # The first word that is no option names the command: before it stand only --help and --version.
    named = [word for word in given if not word.startswith("-")][:1]
    args = parser(named).parse_args(given)
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
