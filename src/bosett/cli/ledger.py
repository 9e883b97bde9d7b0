"""`bosett ledger`: who has been enquired about, agreed upon and settled, by municipality, as a ledger said on a day."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Exit
from bosett.cli.days import day
from bosett.cli.output import Cell, Listing, emit, format_arguments
from bosett.geography import municipality
from bosett.sources.fetching import from_file
from bosett.sources.ledger_rows import read_ledger
from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, SettlementStep, counts, of_country

EXAMPLE = "bosett ledger ledger.csv --year 2021 --on 2021-06-30"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="the ledger, one count on each line")
    parser.add_argument("--year", type=int, required=True, metavar="YEAR", help="settlement year: what happened in it")
    parser.add_argument(
        "--on", type=day, required=True, metavar="DAY", help="the day: what is said later is not known yet"
    )
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read and print."""
    rows = read_ledger(from_file(args.file, args.on).content, args.file.name)
    by_municipality = counts(rows, date(args.year, 1, 1), date(args.year, 12, 31), args.on)
    emit(args, _listings(by_municipality, args.year, args.on), _document(by_municipality, args.year, args.on))
    return Exit.DONE


def _listings(by_municipality: Mapping[Key, LedgerCount], year: int, on: date) -> list[Listing]:
    heads = tuple(step.value for step in SettlementStep)
    places = dict.fromkeys((code, group) for code, _, group in by_municipality)
    rows = tuple(
        (
            f"{code} {municipality(code, year).display_name}",
            group.value,
            *(_cell(by_municipality.get((code, step, group))) for step in SettlementStep),
        )
        for code, group in places
    )
    country = of_country(by_municipality)
    sums = tuple(
        (group.value, *(_cell(country.get((step, group))) for step in SettlementStep))
        for group in LedgerGroup
        if any((step, group) in country for step in SettlementStep)
    )
    note = "A municipality that the ledger says nothing of is not here: that is unknown, and no 0."
    return [
        Listing(f"{year}, as the ledger said on {on}", ("municipality", "of", *heads), rows, (note,)),
        Listing("The municipalities of the ledger together", ("of", *heads), sums),
    ]


def _cell(count: LedgerCount | None) -> Cell:
    if count is None:
        return None
    return count.persons if count.persons is not None else f"{count.shown} or more ({count.hidden} hidden)"


def _document(by_municipality: Mapping[Key, LedgerCount], year: int, on: date) -> Mapping[str, object]:
    return {
        "year": year,
        "day": on.isoformat(),
        "municipalities": [
            {"municipality": code, "step": step.value, "group": group.value, **_told(count)}
            for (code, step, group), count in by_municipality.items()
        ],
        "country": [
            {"step": step.value, "group": group.value, **_told(count)}
            for (step, group), count in of_country(by_municipality).items()
        ],
    }


def _told(count: LedgerCount) -> Mapping[str, object]:
    return {"persons": count.persons, "shown": count.shown, "hidden": count.hidden, "rows": count.rows}
