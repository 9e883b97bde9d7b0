"""`bosett explain`: one municipality's number in plain words."""

import argparse
import sys

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Exit
from bosett.cli.allocate import choice_arguments, criteria_chosen
from bosett.cli.layers import layers_named
from bosett.cli.output import Listing, emit, format_arguments
from bosett.documents.explanation import ITEM, explanation_document, explanation_text, sections
from bosett.rounds.explanation import explain
from bosett.rounds.kinds import Mode

EXAMPLE = "bosett explain 2021 4601 --lang nn"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("year", type=int, metavar="YEAR", help="settlement year")
    parser.add_argument("code", metavar="CODE", help="municipality, four digits, as in that year")
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language (default: nb)")
    choice_arguments(parser)
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Explain and print: plain text by default, as words suit it better than a table."""
    explanation = explain(
        args.year,
        args.code,
        total=args.total,
        criteria=criteria_chosen(args),
        mode=Mode(args.mode),
        figures=layers_named(args),
    )
    if args.format == "table" and args.out is None:
        sys.stdout.write(explanation_text(explanation, args.lang))
        return Exit.DONE
    title, parts = sections(explanation, args.lang)
    rows = tuple((section.heading, line.removeprefix(ITEM)) for section in parts for line in section.lines)
    emit(args, [Listing(title, ("", ""), rows)], explanation_document(explanation))
    return Exit.DONE
