"""The lines of a round per municipality, as frozen rows: proposed, recommended, the meeting's outcome, final."""

from dataclasses import dataclass

from django.db.models import Sum

from bosett.figures import series
from bosett.figures.series import NoFigures
from bosett.geography import municipalities
from bosett_web.records.models import Correction, FinalNumber, ProposalLine, RecommendationLine, Request


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality of a county in a round; None is missing.

    `request` is the newest version of what it is asked for, `sent` the newest that has been sent.
    """

    code: str
    name: str
    county: str
    previous: int | None
    proposed: int | None
    steps: tuple[str, ...]
    number: int | None
    under15: int | None
    from15: int | None
    reason: str
    outcome: int | None
    outcome_reason: str
    changed: int
    final: int | None
    final_reason: str
    request: int | None
    sent: int | None


@dataclass(frozen=True, slots=True)
class OpenCorrection:
    """A correction that waits for its second person."""

    id: int
    municipality: str
    number: int
    reason: str
    submitted_by: int


def lines(year: int, proposal: int | None, county: str = "") -> tuple[Line, ...]:
    """Return the lines of a county, or of the whole country, by municipality code; in four queries.

    Args:
        year: Settlement year.
        proposal: Identity of the proposal to show, if any.
        county: County code, or empty for all.
    """
    only = {"county": county} if county else {}
    proposed = {row.municipality: row for row in ProposalLine.objects.filter(proposal=proposal, **only)}
    kept = RecommendationLine.objects.filter(recommendation__round=year)
    kept = kept.filter(recommendation__county=county) if county else kept
    recommended = {row.municipality: row for row in kept}
    finals = {row.municipality: row for row in FinalNumber.objects.filter(round=year, **only)}
    asked = list(Request.objects.filter(round=year).order_by("version"))
    requests = {row.municipality: row.number for row in asked}
    sent = {row.municipality: row.number for row in asked if row.sent_at is not None}
    before = _previous(year)
    found = []
    for place in municipalities(year):
        if county and place.county != county:
            continue
        line, said, final = proposed.get(place.code), recommended.get(place.code), finals.get(place.code)
        found.append(
            Line(
                code=place.code,
                name=place.display_name,
                county=place.county,
                previous=before.get(place.code),
                proposed=line.number if line else None,
                steps=tuple(step["text"] for step in line.steps) if line else (),
                number=said.number if said else None,
                under15=said.under15 if said else None,
                from15=said.from15 if said else None,
                reason=said.reason if said else "",
                outcome=said.outcome if said else None,
                outcome_reason=said.outcome_reason if said else "",
                changed=said.changed if said else 0,
                final=final.number if final else None,
                final_reason=final.reason if final else "",
                request=requests.get(place.code),
                sent=sent.get(place.code),
            )
        )
    return tuple(found)


def proposed_by_county(proposal: int) -> dict[str, int]:
    """Return the sum of a run's numbers by county."""
    rows = ProposalLine.objects.filter(proposal=proposal).values("county").annotate(total=Sum("number"))
    return dict(rows.order_by("county").values_list("county", "total"))


def open_corrections(year: int) -> tuple[OpenCorrection, ...]:
    """Return the corrections that wait for approval."""
    rows = Correction.objects.filter(round=year, approved_at=None).order_by("municipality")
    return tuple(
        OpenCorrection(*row) for row in rows.values_list("id", "municipality", "number", "reason", "submitted_by")
    )


def _previous(year: int) -> dict[str, int | None]:
    """Return what each municipality was first asked for the year before, where that is published."""
    try:
        figures = series("requested_first", year - 1).figures
    except NoFigures:
        return {}
    return {code: None if figure.value is None else int(figure.value) for code, figure in figures.items()}
