"""`bosett capacity`: what municipalities have said that they can take, week by week, and what of it holds."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.basis.weeks import Week, week_of
from bosett.cli.days import day as day_named
from bosett.cli.output import Cell, Listing, emit, format_arguments
from bosett.geography import municipalities, municipality
from bosett.sources.capacity_reports import read_reports
from bosett.sources.fetching import from_file
from bosett.stages.capacity.holding import Key, Places, Voice, WeekSum, contradictions, known_places, silent, sums
from bosett.stages.capacity.reports import Firmness, Report

EXAMPLE = "bosett capacity reports.csv --on 2020-03-20 --weeks 8"
MOST_WEEKS = 52
_MARKS = {Voice.CONTRADICTED: "two say otherwise", Voice.EXPIRED: "expired", Voice.UNSAID: ""}
_FIRMNESS = {Firmness.FIRM: "", Firmness.LIKELY: " likely", Firmness.IF_ASKED: " if asked"}


class BadWeeks(Refusal):
    """So many weeks are not shown."""

    def __init__(self, weeks: int) -> None:
        super().__init__(f"--weeks {weeks}: name a number from 1 to {MOST_WEEKS}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="capacity reports, one on each line")
    parser.add_argument(
        "--on", type=day_named, required=True, metavar="DAY", help="the day: what is said later is not known yet"
    )
    parser.add_argument(
        "--weeks", type=int, default=8, metavar="N", help="so many weeks from the day's own (default: 8)"
    )
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read and print."""
    if not 1 <= args.weeks <= MOST_WEEKS:
        raise BadWeeks(args.weeks)
    reports = read_reports(from_file(args.file, args.on).content, args.file.name)
    first = week_of(args.on)
    weeks = tuple(first.to(first.after(args.weeks - 1)))
    known = known_places(reports, weeks[0], weeks[-1], args.on)
    unheard = silent(known, (place.code for place in municipalities(args.on.year)))
    emit(args, _listings(known, weeks, unheard), _document(known, weeks, unheard, args.on))
    return Exit.DONE


def _listings(known: Mapping[Key, Places], weeks: Sequence[Week], unheard: Sequence[str]) -> list[Listing]:
    heads = tuple(str(week) for week in weeks)
    rows = dict.fromkeys((code, kind) for code, kind, _ in known)
    by_municipality = tuple(
        (_name(code, weeks[0]), kind.value, *(_cell(known.get((code, kind, week))) for week in weeks))
        for code, kind in rows
    )
    sums_of = sums(known)
    kinds = dict.fromkeys(kind for kind, _ in sums_of)
    by_kind = tuple(
        (kind.value, firmness.value, *(_sum(sums_of.get((kind, week)), firmness) for week in weeks))
        for kind in kinds
        for firmness in Firmness
        if any(_is_shown(_sum(sums_of.get((kind, week)), firmness), firmness) for week in weeks)
    )
    against = tuple(
        (_name(code, weeks[0]), kind.value, "; ".join(_said(report) for report in reports))
        for code, kind, reports in contradictions(known)
    )
    quiet = f"{len(unheard)} municipalities have said nothing that may be used now."
    listings = [
        Listing("Places a week", ("municipality", "kind", *heads), by_municipality, (quiet,)),
        Listing("In all, of what is not contradicted", ("kind", "firmness", *heads), by_kind),
        Listing("Contradictions: nothing is counted of them", ("municipality", "kind", "who says what"), against),
    ]
    return [listings[0], *(each for each in listings[1:] if each.rows)]


def _name(code: str, week: Week) -> str:
    return f"{code} {municipality(code, week.year).display_name}"


def _cell(places: Places | None) -> Cell:
    if places is None:
        return None
    if places.count is None or places.firmness is None:
        return _MARKS[places.voice]
    return f"{places.count}{_FIRMNESS[places.firmness]}"


def _is_shown(places: Cell, firmness: Firmness) -> bool:
    """Tell whether a row is worth its place: that there is no firm place is told, of the others only what there is."""
    return places is not None if firmness is Firmness.FIRM else bool(places)


def _sum(week_sum: WeekSum | None, firmness: Firmness) -> Cell:
    """Return the places of a week; an empty cell where nobody has said anything that counts."""
    return week_sum.by_firmness[firmness] if week_sum is not None and week_sum.municipalities else None


def _said(report: Report) -> str:
    return f"{report.said_by} on {report.said_on}: {report.count} {report.firmness.value}, {report.situation.value}"


def _document(
    known: Mapping[Key, Places], weeks: Sequence[Week], unheard: Sequence[str], day: date
) -> Mapping[str, object]:
    return {
        "day": day.isoformat(),
        "weeks": [str(week) for week in weeks],
        "places": [
            {
                "municipality": code,
                "kind": kind.value,
                "week": str(week),
                "voice": places.voice.value,
                "count": places.count,
                "firmness": None if places.firmness is None else places.firmness.value,
                "reports": [report.number for report in places.reports],
            }
            for (code, kind, week), places in known.items()
        ],
        "sums": [
            {
                "kind": kind.value,
                "week": str(week),
                **{firmness.value: count for firmness, count in of_all.by_firmness.items()},
                "municipalities": of_all.municipalities,
                "contradicted": of_all.contradicted,
                "expired": of_all.expired,
            }
            for (kind, week), of_all in sums(known).items()
        ],
        "silent": list(unheard),
    }
