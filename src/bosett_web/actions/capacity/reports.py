"""Reporting capacity: a municipality its own, a county municipality for those of its county."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week, week_of
from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett.rounds.states import CapacityState
from bosett.stages.capacity.reports import BadReport, Firmness, Hindrance, LocalSituation, Report
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import people, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.capacity.capacity import newest_of, report_situation
from bosett_web.records import clock
from bosett_web.records.models import CapacityReport

LONGEST = 104
"""Weeks that a report may be about."""
LASTS = timedelta(days=366)
"""How long a report may be used at most."""


@dataclass(frozen=True, slots=True)
class GivenReport:
    """What is reported of one municipality: a count of each kind that something is said of, and what goes for all.

    `closed` municipalities have no places: of kinds without a count it is said that there are none.
    """

    municipality: str
    counts: Mapping[PlaceKind, int | None]
    first: Week
    last: Week
    expires_on: date
    firmness: str = Firmness.FIRM
    ask_by: Week | None = None
    lead: int | None = None
    situation: str = LocalSituation.OPEN
    hindrance: str = ""
    measures: str = ""


def subject_of(year: int, area: str) -> str:
    """Return the name by which the journal tells the story of an area's capacity."""
    return f"capacity:{year}:{area}"


@action
def report(actor: Actor, /, *, year: int, reports: Sequence[GivenReport]) -> Event:
    """Report capacity; all of it or, when something cannot stand, nothing.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: Another's municipality, no count, or what contradicts itself: at the field, with the municipality.
    """
    name = _require(actor, year)
    own = _own(actor, year)
    today = clock.today()
    rows = [row for given in reports for row in _rows(given, own, actor.who.party, today)]
    return _keep(actor, year, name, rows)


@action
def as_before(actor: Actor, /, *, year: int, only: Sequence[str] = ()) -> Event:
    """Report the same once more from this week on: as many weeks, and usable for as long.

    Args:
        actor: Who.
        year: The round.
        only: Municipalities; empty is all of the actor's own.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: Another's municipality, or nothing was reported before.
    """
    name = _require(actor, year)
    own = _own(actor, year)
    for code in only:
        if code not in own:
            raise Invalid("municipality", "capacity_not_own", {"municipality": code})
    today = clock.today()
    former = newest_of(actor.who.party, only or own)
    rows = [_again(each, today) for each in former.values()]
    if not rows:
        raise Invalid("municipality", "capacity_nothing_before")
    return _keep(actor, year, name, rows)


def _require(actor: Actor, year: int) -> str:
    name = "capacity.report_for" if actor.who.party is Party.COUNTY else "capacity.report"
    area = actor.who.area
    require(name, actor, report_situation(locked(year), area), subject_of(year, area), year)
    return name


def _own(actor: Actor, year: int) -> tuple[str, ...]:
    """Return the municipalities that somebody reports for."""
    who = actor.who
    own = (each for each in municipalities(year) if who.area in (each.code, each.county))
    return tuple(each.code for each in own)


def _rows(given: GivenReport, own: Sequence[str], party: Party, today: date) -> list[CapacityReport]:
    at = given.municipality
    if at not in own:
        raise Invalid("municipality", "capacity_not_own", {"municipality": at})
    if given.situation not in set(LocalSituation):
        raise Invalid(f"{at}-situation", "not_a_choice")
    if given.hindrance and given.hindrance not in set(Hindrance):
        raise Invalid(f"{at}-hindrance", "not_a_choice")
    if given.firmness not in set(Firmness):
        raise Invalid("firmness", "not_a_choice")
    this = week_of(today)
    if given.last < this:
        raise Invalid("last", "weeks_passed", {"week": str(this)})
    if given.last.since(given.first) > LONGEST:
        raise Invalid("last", "weeks_many", {"most": LONGEST})
    if not today <= given.expires_on <= today + LASTS:
        raise Invalid("expires_on", "expires_outside", {"first": today, "last": today + LASTS})
    closed = given.situation == LocalSituation.CLOSED
    counts = {kind: 0 if closed and given.counts.get(kind) is None else given.counts.get(kind) for kind in PlaceKind}
    measures = text(f"{at}-measures", given.measures)
    rows = []
    for kind, count in counts.items():
        if count is None:
            continue
        people(f"{at}-{kind}", count)
        row = CapacityReport(
            municipality=at,
            kind=kind,
            first=given.first.monday,
            last=given.last.monday,
            count=count,
            firmness=given.firmness,
            said_by=party,
            said_on=today,
            expires_on=given.expires_on,
            ask_by=given.ask_by.monday if given.ask_by else None,
            lead=given.lead,
            situation=given.situation,
            hindrance=given.hindrance,
            measures=measures,
        )
        _refuse_contradiction(row, given)
        rows.append(row)
    if not rows:
        raise Invalid(f"{at}-{PlaceKind.ADULT}", "capacity_nothing")
    return rows


def _refuse_contradiction(row: CapacityReport, given: GivenReport) -> None:
    try:
        Report(
            number=0,
            municipality=given.municipality,
            kind=PlaceKind(row.kind),
            first=given.first,
            last=given.last,
            count=row.count,
            firmness=Firmness(given.firmness),
            said_by=row.said_by,
            said_on=row.said_on,
            expires_on=given.expires_on,
            ask_by=given.ask_by,
            lead=given.lead,
            situation=LocalSituation(given.situation),
            hindrance=Hindrance(given.hindrance) if given.hindrance else None,
        )
    except BadReport as refused:
        of_place = {"count": f"{given.municipality}-{row.kind}", "hindrance": f"{given.municipality}-hindrance"}
        raise Invalid(of_place.get(refused.field, refused.field), f"report_{refused.field}") from None


def _again(former: Report, today: date) -> CapacityReport:
    """Return a report once more from this week on; one of weeks to come stays with them."""
    this = week_of(today)
    moved = max(this.since(former.first), 0)
    return CapacityReport(
        municipality=former.municipality,
        kind=former.kind,
        first=former.first.after(moved).monday,
        last=former.last.after(moved).monday,
        count=former.count,
        firmness=former.firmness,
        said_by=former.said_by,
        said_on=today,
        expires_on=today + (former.expires_on - former.said_on),
        ask_by=former.ask_by.after(moved).monday if former.ask_by else None,
        lead=former.lead,
        situation=former.situation,
        hindrance=former.hindrance or "",
        measures=former.measures,
    )


def _keep(actor: Actor, year: int, name: str, rows: list[CapacityReport]) -> Event:
    for row in rows:
        row.round_id = year
    CapacityReport.objects.bulk_create(rows)
    counts: dict[str, dict[str, object]] = {}
    for row in rows:
        counts.setdefault(row.municipality, {"situation": str(row.situation)})[str(row.kind)] = row.count
    after = {"lines": counts, "state": CapacityState.REPORTED, "first": rows[0].first, "last": rows[0].last}
    texts = {f"measures-{row.municipality}": row.measures for row in rows if row.measures}
    return note(actor, Entry(name, subject_of(year, actor.who.area), year, {}, after, texts))
