"""`bosett revise`: a new total for a round already requested, with the least change."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from bosett.apportion import TieRule
from bosett.basis.refusals import Exit, Refusal
from bosett.cli.allocate import book_of, criteria_of, language_argument, tables
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import emit, format_arguments, persons, words
from bosett.documents.run_data import run_document
from bosett.rounds.revise import revise

EXAMPLE = "bosett revise 2020 --total 3602 --locks locks.csv"


class NobodyToTakeIn(Refusal):
    """All are to be asked, and no criteria give those who were not a claim."""

    def __init__(self) -> None:
        super().__init__("--ask-all takes in those who were not asked: name their claims with --criteria FILE.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("year", type=int, metavar="YEAR", help="settlement year")
    parser.add_argument("--total", type=persons, required=True, metavar="N", help="new total in persons")
    parser.add_argument(
        "--floor", type=persons, metavar="N", help="fewest persons if asked at all (default: as in force that year)"
    )
    parser.add_argument(
        "--locks", type=Path, metavar="FILE", help="CSV or workbook with code and at_least: settled or agreed, no fewer"
    )
    parser.add_argument(
        "--step", type=persons, default=1, metavar="N", help="every number is a multiple of this (default: 1)"
    )
    parser.add_argument("--may-drop", action="store_true", help="those without a lock may be asked for nobody")
    parser.add_argument("--tie-rule", choices=tuple(rule.value for rule in TieRule), help="what settles a tie")
    parser.add_argument("--criteria", metavar="FILE", help="claims of municipalities not asked before, to take them in")
    parser.add_argument("--ask-all", action="store_true", help="with --criteria: take in all who were not asked before")
    figures_argument(parser)
    format_arguments(parser)
    language_argument(parser)


def run(args: argparse.Namespace) -> Exit:
    """Compute and print the revision."""
    if args.ask_all and args.criteria is None:
        raise NobodyToTakeIn
    revision = revise(
        args.year,
        args.total,
        floor=args.floor,
        locks=None if args.locks is None else _locks(args.locks, args.year),
        may_drop=args.may_drop,
        tie_rule=None if args.tie_rule is None else TieRule(args.tie_rule),
        criteria=criteria_of(args),
        figures=layers_named(args),
        step=args.step,
        ask_all=args.ask_all,
    )
    emit(args, tables(revision), run_document(revision), book=book_of(revision, args.lang))
    return Exit.DONE


def _locks(path: Path, year: int) -> Mapping[str, int]:
    """Return the locks of a file, and say what of it is left aside."""
    from bosett.sources.locks import read_locks  # noqa: PLC0415  - only a file of locks needs the reader of workbooks

    locks = read_locks(path, year)
    for note in locks.notes:
        words(f"bosett: {note}")
    return locks.at_least
