"""The commands of `bosett-web`, each with its help, example and arguments; what they do is loaded when they are run."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Refusal
from bosett.rounds.parties import Party

ENDINGS = "exit codes: 0 done, 1 a check has found something, 2 it cannot be done"
PARTIES = [party.value for party in Party if party is not Party.PUBLIC]


class CannotBeDone(Refusal):
    """What a command is asked for cannot be done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ConsoleCommand:
    """A command of `bosett-web`.

    Attributes:
        name: What is written to run it.
        help: What it is for, in one line.
        example: How it is written.
        module: The module beside this one, with `run(args) -> exit code`.
        arguments: Gives its parser the arguments.
        as_owner: Whether it logs in to the database as the role that owns the tables.
        bare: Whether it begins without settings and database.
    """

    name: str
    help: str
    example: str
    module: str
    arguments: Callable[[argparse.ArgumentParser], None] = lambda _: None
    as_owner: bool = False
    bare: bool = False


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", action="store_true", help="look at the settings only, not at the database")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, help="processes that answer (one for each core)")


def _first_admin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--organisation", required=True, metavar="NUMBER|NAME", help="its organisation number; or its name, once known"
    )
    parser.add_argument("--name", help="its name, when it is not known yet")
    parser.add_argument("--party", required=True, choices=PARTIES, help="the role that the administrator takes")
    parser.add_argument("--area", default="", metavar="CODE", help="code of the county or municipality")
    parser.add_argument("--hours", type=int, default=72, help="how long the link may be used (72)")
    parser.add_argument(
        "--address", metavar="URL", help="the workspace's address, as people write it (from BOSETT_HOSTS)"
    )


def _login_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--address", metavar="URL", help="the workspace's address, as people write it (from BOSETT_HOSTS)"
    )


def _organisations(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="Enhetsregisteret's answers, saved: every page"
    )
    parser.add_argument("--from-register", action="store_true", help="ask Enhetsregisteret itself")
    parser.add_argument("--day", type=date.fromisoformat, help="the structure in force on a day, as 2027-01-01 (today)")
    parser.add_argument("--accept", action="store_true", help="do it: without, what would change is shown only")


def _former_rounds(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accept", action="store_true", help="do it: without, what would be read in is shown only")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where it is laid: a folder that is not there yet")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the backup")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--backup", type=Path, metavar="DIR", help="look at the sums of a backup as well")
    parser.add_argument(
        "--archive", type=Path, metavar="DIR", help="look as well whether a round taken out for the archive is whole"
    )


def _archive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, metavar="YEAR", help="the settlement year of the round")
    parser.add_argument(
        "--into", type=Path, required=True, metavar="DIR", help="where: a folder that is empty, or not there yet"
    )


COMMANDS = (
    ConsoleCommand(
        "check",
        "name every setting that is missing or weak; then whether the database is ready",
        "bosett-web check",
        "check",
        _check,
        bare=True,
    ),
    ConsoleCommand(
        "migrate",
        "make the tables or bring them up to date, and give the application's role its rights",
        "bosett-web migrate",
        "migrate",
        as_owner=True,
    ),
    ConsoleCommand(
        "login-check",
        "try the login without logging in, and say in words what is wrong and what to do",
        "bosett-web login-check",
        "login_check",
        _login_check,
    ),
    ConsoleCommand(
        "first-admin",
        "make an organisation's role, and a link by which one person of it becomes its administrator, once",
        "bosett-web first-admin --organisation 987654325 --name Direktoratet --party directorate",
        "first_admin",
        _first_admin,
    ),
    ConsoleCommand(
        "organisations",
        "take in municipalities and counties with number and address from Enhetsregisteret: shown first, then done",
        "bosett-web organisations --from-register --accept",
        "organisations",
        _organisations,
    ),
    ConsoleCommand(
        "former-rounds",
        "read in the rounds of former years as published, for history: shown first, then done",
        "bosett-web former-rounds --accept",
        "former_rounds",
        _former_rounds,
    ),
    ConsoleCommand("serve", "answer browsers, until it is told to stop", "bosett-web serve", "serve", _serve),
    ConsoleCommand("work", "do what is done in the background, until it is told to stop", "bosett-web work", "work"),
    ConsoleCommand(
        "backup",
        "lay the database as it stands, and the files beside it, in a folder, with the sum of each",
        "bosett-web backup 2027-01-15",
        "backup",
        _backup,
        as_owner=True,
    ),
    ConsoleCommand(
        "restore",
        "bring a backup into an empty database, and look whether all holds",
        "bosett-web restore 2027-01-15",
        "restore",
        _restore,
        as_owner=True,
    ),
    ConsoleCommand(
        "verify",
        "look whether all that is kept holds: the journal, shared proposals computed again, a backup's sums",
        "bosett-web verify --backup 2027-01-15",
        "verify",
        _verify,
    ),
    ConsoleCommand(
        "archive",
        "lay the documents of a round in a folder that a case and archive system (Noark 5) takes in",
        "bosett-web archive 2021 --into round-2021",
        "archive",
        _archive,
    ),
    ConsoleCommand(
        "demo",
        "start the demo on this machine, with a database that it brings along",
        "bosett-web demo",
        "demo",
        bare=True,
    ),
)
