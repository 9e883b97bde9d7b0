"""The lines of a round per municipality, as frozen rows: proposed, recommended, the meeting's outcome, final."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Sum

from bosett.figures.kinds import Figure, Status
from bosett.geography import municipalities
from bosett.rounds.history import first_requests
from bosett_web.records.models import Correction, FinalNumber, ProposalLine, RecommendationLine, Request


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality of a county in a round; None is missing.

    `previous` is last year's first request, or why there is none; `exact` the claim's exact share in persons.
    `request` is the newest version of what it is asked for, `sent` the newest that has been sent.
    """

    code: str
    name: str
    county: str
    previous: Figure
    proposed: int | None
    exact: str
    steps: tuple[str, ...]
    asked: bool | None
    number: int | None
    under15: int | None
    from15: int | None
    reason: str
    signal: int | None
    signal_minors: int | None
    signal_on: date | None
    signal_by: str
    signal_note: str
    outcome: int | None
    outcome_under15: int | None
    outcome_from15: int | None
    outcome_reason: str
    outcome_by: str
    final: int | None
    final_under15: int | None
    final_from15: int | None
    final_reason: str
    request: int | None
    sent: int | None
    sent_under15: int | None
    sent_from15: int | None

    @property
    def asked_for(self) -> int | None:
        """The newest request; before there is one, the number that the directorate has set."""
        return self.final if self.request is None else self.request


UNSAID: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(
        ("asked", "number", "under15", "from15", "signal", "signal_minors", "signal_on"),
    )
    | dict.fromkeys(("outcome", "outcome_under15", "outcome_from15"))
    | dict.fromkeys(("reason", "signal_by", "signal_note", "outcome_reason", "outcome_by"), "")
)
"""What a line says of the county's recommendation when there is none, or none that somebody may see."""
NO_FIGURE = Figure(None, Status.MISSING)


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
    sent = {row.municipality: row for row in asked if row.sent_at is not None}
    before = first_requests(year)
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
                previous=before.get(place.code, NO_FIGURE),
                proposed=line.number if line else None,
                exact=line.exact if line else "",
                steps=tuple(step["text"] for step in line.steps) if line else (),
                **({name: getattr(said, name) for name in UNSAID} if said else UNSAID),
                final=final.number if final else None,
                final_under15=final.under15 if final else None,
                final_from15=final.from15 if final else None,
                final_reason=final.reason if final else "",
                request=requests.get(place.code),
                sent=sent[place.code].number if place.code in sent else None,
                sent_under15=sent[place.code].under15 if place.code in sent else None,
                sent_from15=sent[place.code].from15 if place.code in sent else None,
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
