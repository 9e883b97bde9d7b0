"""`bosett backtest`: what would have been proposed, against what was requested."""

import argparse

from bosett.basis.refusals import Exit
from bosett.cli.diagnose import distance_document
from bosett.cli.output import Listing, emit, format_arguments, shown
from bosett.documents.days import day_in
from bosett.documents.run_data import told_document
from bosett.documents.words import figure_line
from bosett.rounds.backtest import Backtest, backtest, years_of

EXAMPLE = "bosett backtest 2020..2023"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("years", metavar="YEARS", help="a year or years: 2021, 2020..2023")
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Test and print."""
    found = [backtest(year) for year in years_of(args.years)]
    emit(args, tables(found), {"years": [document(each) for each in found]})
    return Exit.DONE


def tables(found: list[Backtest]) -> list[Listing]:
    """Return the back-tests as tables: in all, then by county and size."""
    reasons = [f"{each.year}, {t.model}: no figure ({t.why_not})" for each in found for t in each.tested if t.why_not]
    latest = [
        f"{each.year}: no first request was published for each municipality; held against the latest ({each.total})"
        for each in found
        if each.truth != "first request"
    ]
    before = [_last_year(each) for each in found]
    floors = [f"{each.year}: the floor is {each.floor}" for each in found if each.floor is not None]
    lost = [line for each in found if (line := _against_last_year(each))]
    groups = tuple(
        (each.year, tested.model, by, name, group.persons, group.part)
        for each in found
        for tested in each.tested
        for by, all_groups in (("county", tested.by_county), ("size", tested.by_size))
        for name, group in all_groups.items()
    )
    return [
        Listing(
            "Back-test: sum of |x - real| over sum of real",
            ("year", "held against", "persons", "model", "error"),
            tuple(
                (each.year, each.truth, each.total, tested.model, tested.error.part if tested.error else "no figure")
                for each in found
                for tested in each.tested
            ),
            (*lost, *latest, *before, *floors, *reasons),
        ),
        Listing("By county and by size", ("year", "model", "by", "group", "persons apart", "error"), groups),
    ]


def _last_year(found: Backtest) -> str:
    """Return which request of the year before the models see."""
    if found.last_year is None:
        return f"{found.year}: no request for {found.year - 1} was known on {day_in(found.day, 'en')}"
    return (
        f"{found.year}, last year: {figure_line(found.last_year, 'en')}, the latest known on {day_in(found.day, 'en')}"
    )


def _against_last_year(found: Backtest) -> str:
    """Return whether the reference model is behind or ahead of last year's requests alone, and by how much."""
    if found.behind is None:
        return ""
    turn = "BEHIND" if found.behind > 0 else "ahead of" if found.behind < 0 else "level with"
    by = f" by {shown(abs(found.behind))}" if found.behind else ""
    return f"{found.year}: the reference model is {turn} last year's requests alone{by}"


def document(found: Backtest) -> dict[str, object]:
    """Return one back-test as a JSON document, fractions as text."""
    return {
        "year": found.year,
        "truth": found.truth,
        "total": found.total,
        "day": found.day.isoformat(),
        "last_year": told_document(found.last_year),
        "floor": found.floor,
        "reference_behind_last_year": None if found.behind is None else str(found.behind),
        "models": [
            {
                "model": tested.model,
                "error": distance_document(tested.error),
                "by_county": {name: distance_document(each) for name, each in tested.by_county.items()},
                "by_size": {name: distance_document(each) for name, each in tested.by_size.items()},
                "why_not": tested.why_not or None,
            }
            for tested in found.tested
        ],
    }
