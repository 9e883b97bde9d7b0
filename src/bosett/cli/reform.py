"""`bosett reform`: a change of the municipal structure as one proposal, and what a person must say before it holds.

The shipped reforms need only their year. A coming one is read from three saved answers of Klass 131: the codes of the
day before, those of the day, and the changes between.
"""

import argparse
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import Listing, emit, format_arguments
from bosett.figures import Layers, Level, NoFigures, series
from bosett.figures.catalogue import COLUMNS
from bosett.geography import (
    AskedOfPerson,
    Reform,
    asked_of_person,
    change_rows,
    municipalities,
    reform_of,
    shipped_reform,
)
from bosett.sources.fetching import from_file
from bosett.sources.klass import MUNICIPALITIES, changes_between, codes_at, mainland, read_changes, read_codes

EXAMPLE = "bosett reform 2028 --before 2027.json --after 2028.json --changes changes.json"
YEARS_BACK = 5
"""How old the newest figures of a series may be, and still be asked about."""


class NoReform(Refusal):
    """No reform of that year is shipped, and none was given."""

    def __init__(self, year: int) -> None:
        day, before = date(year, 1, 1), date(year - 1, 12, 31)
        super().__init__(
            f"No reform of {year} is shipped. Save three answers of Klass and name them: --before"
            f" {codes_at(MUNICIPALITIES, before).address} --after {codes_at(MUNICIPALITIES, day).address} --changes"
            f" {changes_between(MUNICIPALITIES, before, date(year, 1, 2)).address}"
        )


class NotThree(Refusal):
    """Some of the three files were named, and not all."""

    def __init__(self) -> None:
        super().__init__("A reform is read from three files: name --before, --after and --changes")


class WeightsShipped(Refusal):
    """Weights were given for a reform that has its own."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The reform of {year} is shipped with its weights. Leave out --weight, or read it from three files by"
            " --before, --after and --changes"
        )


class BadWeight(Refusal):
    """A weight is not written as one."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--weight {text}: write the old code, the new code and the part, such as 1507:1508=0.79")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("year", type=int, metavar="YEAR", help="the year on whose first day the reform takes effect")
    for name, what in (
        ("before", "the municipalities of the day before"),
        ("after", "the municipalities of the day"),
        ("changes", "what became of each code"),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"saved answer of Klass 131: {what}")
    parser.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="OLD:NEW=PART",
        help="official part of the people of a municipality that is split; once for each receiver",
    )
    figures_argument(parser)
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what merges, splits and is renumbered, and which figures a person must say how to share."""
    reform, names = _given(args) if any(_files(args)) else _shipped(args)
    asked = _asked(reform, layers_named(args))
    emit(args, _listings(reform, names, asked), _document(reform, names, asked))
    return Exit.DONE


def _files(args: argparse.Namespace) -> tuple[Path | None, ...]:
    return (args.before, args.after, args.changes)


def _given(args: argparse.Namespace) -> tuple[Reform, Mapping[str, str]]:
    """Return the reform that the files tell of, and the names of its codes."""
    if not all(_files(args)):
        raise NotThree
    day, today = date(args.year, 1, 1), date.today()  # noqa: DTZ011  - the day that is told beside a saved file
    before, after = (mainland(read_codes(from_file(path, today))) for path in (args.before, args.after))
    changes = read_changes(from_file(args.changes, today))
    pairs = [(each.old_code, each.new_code) for each in changes if each.day == day]
    old, new = ([each.code for each in listed] for listed in (before, after))
    reform = reform_of(day, old, new, pairs, dict(map(_weight, args.weight)))
    return reform, {each.code: each.name for each in (*before, *after)}


def _weight(text: str) -> tuple[tuple[str, str], Fraction]:
    codes, _, part = text.partition("=")
    old, _, new = codes.partition(":")
    try:
        return (old, new), Fraction(part)
    except (ValueError, ZeroDivisionError):
        raise BadWeight(text) from None


def _shipped(args: argparse.Namespace) -> tuple[Reform, Mapping[str, str]]:
    year: int = args.year
    if year not in tuple(Structure)[1:]:
        raise NoReform(year)
    if args.weight:
        raise WeightsShipped(year)
    names = {place.code: place.display_name for each in (year - 1, year) for place in municipalities(each)}
    return shipped_reform(Structure(year)), names


def _asked(reform: Reform, figures: Layers) -> tuple[AskedOfPerson, ...]:
    """Return what a person must say of the newest figures, by municipality, from before the reform."""
    newest = {}
    for name, column in COLUMNS.items():
        if column.level is Level.MUNICIPALITY and not column.monthly:
            values = _newest(name, reform.day.year - 1, figures)
            if values is not None:
                newest[name] = values
    percent = frozenset(name for name in newest if COLUMNS[name].unit == "percent")
    return asked_of_person(reform, newest, percent)


def _newest(indicator: str, year: int, figures: Layers) -> Mapping[str, Fraction | int | None] | None:
    """Return the newest figures of a series in the structure that the reform ends; None when there are none of late."""
    for each in range(year, year - YEARS_BACK, -1):
        try:
            return series(indicator, each, structure=structure_of(year), figures=figures).values()
        except NoFigures:
            continue
    return None


def _listings(reform: Reform, names: Mapping[str, str], asked: tuple[AskedOfPerson, ...]) -> list[Listing]:
    def named(*codes: str) -> str:
        return ", ".join(f"{code} {names.get(code, '')}".strip() for code in codes)

    merged = tuple((named(each.code), named(*each.parts)) for each in reform.merged)
    split = tuple(
        (named(each.code), named(code), None if each.weights is None else each.weights[code])
        for each in reform.split
        for code in each.receivers
    )
    renumbered = tuple((named(old), named(new)) for old, new in reform.renumbered)
    counties = tuple((county, ", ".join(into)) for county, into in reform.split_counties.items())
    questions = tuple(
        (
            COLUMNS[each.series].title,
            named(each.code),
            each.value,
            named(*each.receivers),
            "how it is shared" if each.adds_up else "the publisher's own figure, as percentages cannot be added",
        )
        for each in asked
    )
    counts = (
        ("stay as they are", len(reform.unchanged)),
        ("only get another number", len(renumbered)),
        ("come out of several", len(merged)),
        ("are split", len(reform.split)),
    )
    tables = (
        Listing("Come out of several", ("becomes", "out of"), merged),
        Listing("Split", ("is split", "into", "official part of the people"), split),
        Listing("Only renumbered", ("old", "new"), renumbered),
        Listing("Counties whose municipalities come to lie in several", ("county", "counties"), counties),
        Listing("Asked of a person", ("series", "municipality", "figure", "receivers", "what is asked"), questions),
    )
    whole = Listing(f"The reform of {reform.day}", ("municipalities that", "number"), counts)
    return [whole, *(each for each in tables if each.rows)]


def _document(reform: Reform, names: Mapping[str, str], asked: tuple[AskedOfPerson, ...]) -> Mapping[str, object]:
    return {
        "day": reform.day.isoformat(),
        "names": dict(sorted(names.items())),
        "merged": [{"code": each.code, "parts": list(each.parts)} for each in reform.merged],
        "split": [
            {
                "code": each.code,
                "receivers": list(each.receivers),
                "weights": None if each.weights is None else {code: str(part) for code, part in each.weights.items()},
            }
            for each in reform.split
        ],
        "renumbered": [list(each) for each in reform.renumbered],
        "unchanged": list(reform.unchanged),
        "split_counties": {county: list(into) for county, into in reform.split_counties.items()},
        "asked": [
            {
                "series": each.series,
                "code": each.code,
                "value": None if each.value is None else str(each.value),
                "receivers": list(each.receivers),
                "adds_up": each.adds_up,
            }
            for each in asked
        ],
        "rows": [dict(row) for row in change_rows(reform)],
    }
