"""`bosett-web archive`."""

import argparse
import sys
from collections.abc import Mapping

from bosett_web.operations.archiving import LIST, archive
from bosett_web.operations.console import DONE, say
from bosett_web.operations.console.commands import CannotBeDone
from bosett_web.queries.round.documents import DocumentRow
from bosett_web.queries.standing import NoRound, years
from bosett_web.records import clock
from bosett_web.records.choices import DocumentKind

OFTEN = 100
"""Documents between two words of how far it has come."""
WHY: Mapping[str, str] = {
    DocumentKind.LETTER: "it has not come to its receiver",
    DocumentKind.MINUTES: "no letter with them has come to anybody",
    DocumentKind.RECOMMENDATION: "it has not been handed over as a letter",
    DocumentKind.ATTACHMENT: "the county has not submitted it",
}


def run(args: argparse.Namespace) -> int:
    """Take a round out, and tell what was taken, what was not, and whether the public may see it yet.

    Raises:
        CannotBeDone: There is no round for the year.
    """
    folder = args.into.resolve()
    try:
        made = archive(args.year, folder, _progress)
    except NoRound:
        there_are = ", ".join(map(str, years())) or "none"
        raise CannotBeDone(f"there is no round for {args.year}; the rounds that there are: {there_are}") from None
    say(f"{folder}: {made.documents} documents, {made.files} files, {made.size} bytes")
    say(f"withheld from the public: {made.withheld}")
    for row in made.left_out:
        say(f"not in it: {_named(row)}: {WHY[row.kind]}")
    if made.release_at is None or made.release_at > clock.moment():
        say("the round is not released: see that the archive's public journal does not tell of it before that")
    say(f"sha256 of {LIST}, to keep elsewhere: {made.sha256}")
    return DONE


def _progress(done: int, documents: int) -> None:
    if done % OFTEN == 0:
        sys.stderr.write(f"{done} of {documents} documents\n")


def _named(row: DocumentRow) -> str:
    return f"{row.kind} {row.name or row.key}"
