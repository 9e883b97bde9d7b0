"""What a letter tells of the round before: as it was published, or else as the workspace itself took it through."""

from django.utils import timezone

from bosett.documents.letters import Asked, AskedCounty, AskedRow, ToldCriteria, criteria_told
from bosett.documents.letters.names import alphabetical, ministry_on
from bosett.documents.letters.published import asked_in, official_criteria
from bosett.figures.kinds import Figure, Status
from bosett.geography import counties, municipalities
from bosett.parameters import load_shipped, whose
from bosett.rounds.states import CriteriaState
from bosett_web.records.models import CriteriaSet, Request

PUBLISHER = "IMDi"
NOT_ASKED = Figure(None, Status.NOT_ASKED)


def asked_before(year: int) -> Asked | None:
    """Return what every municipality was first asked for in a year; None when nobody has been, or not all know yet."""
    return asked_in(year) or _asked_here(year)


def criteria_before(year: int) -> ToldCriteria | None:
    """Return the criteria of a year; None when they are neither published nor held here."""
    return official_criteria(year) or _criteria_here(year)


def _asked_here(year: int) -> Asked | None:
    rows = list(Request.objects.filter(round=year, version=1).values_list("municipality", "number", "sent_at"))
    days = [timezone.localdate(sent) for _, _, sent in rows if sent is not None]
    if not rows or len(days) < len(rows):
        return None
    figures = {code: Figure(number, Status.OK) for code, number, _ in rows if number}
    places = sorted(municipalities(year), key=lambda place: alphabetical(place.name))
    asked_counties = tuple(
        AskedCounty(
            county.name,
            tuple(
                AskedRow(place.code, place.name, figures.get(place.code, NOT_ASKED))
                for place in places
                if place.county == county.code
            ),
        )
        for county in counties(year)
    )
    return Asked(year, asked_counties, PUBLISHER, max(days))


def _criteria_here(year: int) -> ToldCriteria | None:
    rows = CriteriaSet.objects.filter(round=year, state__in=(CriteriaState.ADOPTED, CriteriaState.SHARED)).order_by(
        "-version"
    )
    row = rows.values_list("file", "day").first()
    if row is None:
        return None
    file = load_shipped(row[0])
    is_ours = whose(row[0], official=file.official) == "reference"
    return criteria_told(file, adopted_by=None if is_ours else ministry_on(row[1]))
