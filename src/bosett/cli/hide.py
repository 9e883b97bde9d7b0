"""`bosett hide`: what of a table of counts may be published, month after month, so that small counts stay hidden."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Exit
from bosett.cli.output import Cell, Listing, emit, format_arguments, persons
from bosett.disclosure import BadTable, Coarsening, Hiding, Protected, ReleaseYear, Spot, Terms
from bosett.sources.count_lines import read_counts
from bosett.sources.fetching import from_file
from bosett.sources.report_lines import BadLines

EXAMPLE = "bosett hide january.csv february.csv --least 5 --sum all"
MARK = "hidden"
_WHY = {
    Coarsening.WITNESS: "a count has fallen, and with what was published before it would give others away",
    Coarsening.NO_WAY: "nothing else would hide what is small there",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.csv", help="the releases of a year so far, the earliest first"
    )
    parser.add_argument(
        "--least", type=persons, required=True, metavar="N", help="fewest persons that are shown; fewer are hidden"
    )
    parser.add_argument(
        "--width",
        type=persons,
        default=1,
        metavar="N",
        help="so many persons are between two counts that a hidden one may be (default: 1)",
    )
    parser.add_argument("--sum", metavar="COLUMN", help="the column that is the sum of all others")
    parser.add_argument("--falling", action="store_true", help="counts may fall from one release to the next")
    parser.add_argument(
        "--former", type=Path, nargs="+", default=[], metavar="FILE.csv", help="the releases of the year before"
    )
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read, hide and print the last release."""
    terms = Terms(args.least, args.width, rising=not args.falling)
    former = _published(ReleaseYear.begun(terms), args.former, args.sum)
    year = _published(ReleaseYear.begun(terms, after=former), args.files, args.sum)
    emit(args, _listings(year), _document(year))
    return Exit.DONE


def _published(year: ReleaseYear, paths: Sequence[Path], total: str | None) -> ReleaseYear:
    for path in paths:
        # The day on which a file is read is kept of figures; nothing here is kept.
        table = read_counts(from_file(path, date.min).content, path.name, total)
        try:
            year = year.published(table)
        except BadTable as fault:
            raise BadLines(path.name, [f": {fault}"]) from None
    return year


def _listings(year: ReleaseYear) -> list[Listing]:
    last = year.releases[-1]
    table, left_out = last.table, _left_out(last)
    counts = tuple(
        (row.code, *(_cell(last, (row.code, column)) for column in table.all_columns))
        for row in table.rows
        if row.code not in left_out
    )
    above = tuple((row, release + 1, why.value, _WHY[why]) for row, (why, release) in sorted(year.coarse().items()))
    listings = [
        Listing("What may be shown", ("row", *table.all_columns), counts, _notes(year)),
        Listing("Shown at this level, without its parts", ("row", "since release", "reason", "why"), above),
    ]
    return [each for each in listings if each.rows]


def _notes(year: ReleaseYear) -> tuple[str, ...]:
    last = year.releases[-1]
    reasons = Counter(last.hidden.values())
    why = {
        Hiding.SMALL: "they are small",
        Hiding.KEPT: "they were small before",
        Hiding.EXTRA: "they would give others away",
        Hiding.FORESEEN: "they may become small",
    }
    by_reason = "; ".join(f"because {text}: {reasons[hiding]}" for hiding, text in why.items())
    new, width = len(year.newly_hidden()), last.terms.width
    safe = f"By all that is shown, and was, a hidden count can be one of two, {width} or more apart."
    return f"Hidden {by_reason}. New in this release: {new}.", safe


def _left_out(protected: Protected) -> frozenset[str]:
    """Return the rows of which nothing is shown, because the level above is shown instead."""
    parts, waiting = protected.table.parts(), list(protected.coarse)
    below: set[str] = set()
    while waiting:
        of_row = parts.get(waiting.pop(), ())
        below.update(of_row)
        waiting.extend(of_row)
    shown = {row for row, _ in protected.shown}
    return frozenset(below - shown)


def _cell(protected: Protected, spot: Spot) -> Cell:
    return MARK if spot in protected.hidden else protected.table.cells[spot].count


def _document(year: ReleaseYear) -> Mapping[str, object]:
    """Return what may be published: neither why a cell is hidden nor its witness, as both tell of its count."""
    last = year.releases[-1]
    return {
        "release": last.release + 1,
        "least": last.terms.least,
        "width": last.terms.width,
        "cells": [
            {"row": row, "column": column, "count": None if (row, column) in last.hidden else cell.count}
            for (row, column), cell in sorted(last.table.cells.items())
        ],
        "coarse": {
            row: {"reason": why.value, "since": release + 1} for row, (why, release) in sorted(year.coarse().items())
        },
    }
