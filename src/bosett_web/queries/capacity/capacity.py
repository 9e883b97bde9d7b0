"""Preparedness and capacity: what was reported, what of it holds, when it was asked for, and who has not answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week, week_of
from bosett.geography import municipalities
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party, Who
from bosett.rounds.visibility import Thing, may_see
from bosett.stages.capacity.holding import Key, Places, known_places
from bosett.stages.capacity.reports import Firmness, Hindrance, LocalSituation, Report
from bosett_web.queries.rows import rows_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import CapacityAsking, CapacityReport

AHEAD = 12
"""Weeks that are looked ahead where a page has room for one number; half a year is looked at where weeks are shown."""
FAR = 26


@dataclass(frozen=True, slots=True)
class AskingRow:
    """A round of asking: when, by when, for which weeks; and when who has not answered was reminded."""

    id: int
    state: str
    asked_on: date
    by: date
    first: date
    last: date
    text: str
    reminded_on: date | None

    @property
    def weeks(self) -> tuple[Week, Week]:
        """The first week and the last."""
        return week_of(self.first), week_of(self.last)


@dataclass(frozen=True, slots=True)
class AnsweringOf:
    """How far a county's municipalities have answered a round of asking; who has not, by code."""

    county: str
    answered: int
    silent: tuple[str, ...]


def reports_about(first: Week, last: Week, only: Collection[str] | None = None) -> tuple[Report, ...]:
    """Return the reports that are about any of some weeks, in their order. One query.

    Args:
        first: The first week.
        last: The last.
        only: Municipalities; None is all.
    """
    rows = CapacityReport.objects.filter(last__gte=first.monday, first__lte=last.monday).order_by("pk")
    if only is not None:
        rows = rows.filter(municipality__in=only)
    return tuple(map(_report, rows.values()))


def seen_reports(who: Who, year: int, first: Week, last: Week) -> tuple[Report, ...]:
    """Return the reports about some weeks that somebody may see. One query."""
    codes = [
        place.code
        for place in municipalities(year)
        if may_see(who, Thing.CAPACITY, "reported", place.county, place.code)
    ]
    return reports_about(first, last, codes) if codes else ()


def newest_of(said_by: Party, only: Collection[str]) -> Mapping[tuple[str, PlaceKind], Report]:
    """Return what one party reported last of some municipalities: of each kind that it spoke of that day. One query."""
    rows = CapacityReport.objects.filter(said_by=said_by, municipality__in=only)
    newest = rows.order_by("municipality", "kind", "-said_on", "-pk").distinct("municipality", "kind")
    reports = [_report(row) for row in newest.values()]
    last: dict[str, date] = {}
    for report in reports:
        last[report.municipality] = max(report.said_on, last.get(report.municipality, report.said_on))
    return {(each.municipality, each.kind): each for each in reports if each.said_on == last[each.municipality]}


def known_ahead(reports: Iterable[Report], day: date, weeks: int = AHEAD) -> Mapping[Key, Places]:
    """Return what is known of the places of the coming weeks, this one with them."""
    this = week_of(day)
    return known_places(reports, this, this.after(weeks - 1), day)


def askings(year: int) -> tuple[AskingRow, ...]:
    """Return the rounds of asking of a round, the newest first. One query."""
    return rows_of(AskingRow, CapacityAsking.objects.filter(round=year).order_by("-asked_on", "-pk"))


def answering_of(year: int, asking: AskingRow) -> tuple[AnsweringOf, ...]:
    """Return how far each county has answered a round of asking, by code. One query.

    A municipality has answered when it, or its county for it, has reported since it was asked of weeks that it was
    asked about.
    """
    rows = CapacityReport.objects.filter(
        said_on__gte=asking.asked_on, first__lte=asking.last, last__gte=asking.first
    ).values_list("municipality", flat=True)
    answered = set(rows)
    by_county: dict[str, list[str]] = {}
    for place in municipalities(year):
        by_county.setdefault(place.county, []).append(place.code)
    return tuple(
        AnsweringOf(county, sum(code in answered for code in codes), tuple(c for c in codes if c not in answered))
        for county, codes in sorted(by_county.items())
    )


def unanswered(year: int, day: date) -> tuple[AskingRow, frozenset[str]] | None:
    """Return the newest round of asking whose weeks are not over, and who has not answered; None without one."""
    asking = next((row for row in askings(year) if week_of(row.last) >= week_of(day)), None)
    if asking is None:
        return None
    return asking, frozenset(code for each in answering_of(year, asking) for code in each.silent)


def report_situation(at: Standing, area: str) -> Situation:
    """Return the situation of a report that somebody is to give for their own area."""
    return replace(new_situation(at), area=area)


def asking_situation(at: Standing, row: AskingRow | None) -> Situation:
    """Return the situation of a round of asking; None is one that is not begun."""
    return replace(new_situation(at), state=None if row is None else row.state)


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        number=row["id"],
        municipality=row["municipality"],
        kind=PlaceKind(row["kind"]),
        first=week_of(row["first"]),
        last=week_of(row["last"]),
        count=row["count"],
        firmness=Firmness(row["firmness"]),
        said_by=row["said_by"],
        said_on=row["said_on"],
        expires_on=row["expires_on"],
        ask_by=week_of(row["ask_by"]) if row["ask_by"] else None,
        lead=row["lead"],
        situation=LocalSituation(row["situation"]),
        hindrance=Hindrance(row["hindrance"]) if row["hindrance"] else None,
        measures=row["measures"],
    )
