"""`bosett-web`: setting the workspace up, serving it, and looking after what it keeps.

    main(arguments) -> exit code

0 is done, 1 is that a check has found something, 2 that a command cannot do what it was asked for: one sentence on
stderr says what, where and what to do. Data goes to stdout.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from bosett import __version__
from bosett.basis.refusals import Refusal
from bosett_web.dispatch.channels import NoSuchChannel
from bosett_web.operations.console.commands import COMMANDS, ENDINGS, ConsoleCommand
from bosett_web.operations.environment import Misconfigured
from bosett_web.operations.postgres import NoDatabase
from bosett_web.operations.settings_list import read_environment, setting_faults

DONE, FOUND, CANNOT = 0, 1, 2
SETTINGS = "bosett_web.config.settings"
OWNER = "BOSETT_OWNER_URL"


class ConsoleParser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and where to look."""
        self.exit(CANNOT, f"bosett-web: {message}. See {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of `bosett-web`."""
    top = ConsoleParser(
        prog="bosett-web",
        description="The workspace: set up, serve, and look after what it keeps.",
        epilog=f"example: bosett-web check\n{ENDINGS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"bosett {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for each in COMMANDS:
        made = commands.add_parser(
            each.name,
            help=each.help,
            description=each.help,
            epilog=f"example: {each.example}\n{ENDINGS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        each.arguments(made)
        made.set_defaults(command=each)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what it cannot do becomes one line on stderr."""
    args = parser().parse_args(arguments)
    try:
        return _run(args.command, args)
    except (Refusal, Misconfigured, NoSuchChannel, NoDatabase) as why:
        return _cannot(str(why))
    except KeyboardInterrupt:
        return _cannot("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _run(command: ConsoleCommand, args: argparse.Namespace) -> int:
    if command.bare:
        return _done(command, args)
    if not os.environ.get("BOSETT_SUPERVISED"):  # the launcher has looked
        _refuse_faults()
    environment = read_environment()
    if command.as_owner:
        if not environment.get(OWNER):
            raise Misconfigured(
                f"{OWNER} is not set: {command.name} needs the role that owns the tables, as "
                "postgresql://owner:password@host:port/name"
            )
        args.given = dict(os.environ)
        args.application = environment["DATABASE_URL"]
        os.environ["DATABASE_URL"] = args.owner = environment[OWNER]
        os.environ.pop("DATABASE_URL_FILE", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415 (the settings are read here, and no sooner)
    from django.db import DatabaseError  # noqa: PLC0415

    django.setup()
    try:
        return _done(command, args)
    except DatabaseError as error:
        words = " ".join(str(error).split())
        raise NoDatabase(f"the database does not do what {command.name} asks of it: {words}") from None


def _done(command: ConsoleCommand, args: argparse.Namespace) -> int:
    ended: int = import_module(f"bosett_web.operations.console.{command.module}").run(args)
    sys.stdout.flush()
    return ended


def _refuse_faults() -> None:
    """Refuse to go on with settings that are missing or weak, naming each.

    Raises:
        Misconfigured: There are some.
    """
    if faults := setting_faults(os.environ):
        raise Misconfigured("; ".join(map(str, faults)))


def _cannot(why: str) -> int:
    sys.stderr.write(f"bosett-web: {why}\n")
    return CANNOT


def say(words: str) -> None:
    """Write a line that the command was asked for."""
    sys.stdout.write(f"{words}\n")
