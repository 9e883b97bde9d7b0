"""The lines of a round per municipality, as frozen rows: proposed, recommended, the meeting's outcome, final."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from bosett.figures import Layers
from bosett.figures.kinds import Figure, Status
from bosett.geography import municipalities
from bosett.parameters import round_day
from bosett.rounds.columns import BESIDE, FIELDS, NAMED
from bosett.rounds.history import requests_before
from bosett.stages.recommendation import Weighed, reason_of_departure
from bosett_web.queries.rows import rows_of
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import Correction, FinalNumber, Letter, ProposalLine, RecommendationLine, Request
from bosett_web.records.models.letters import CAME

NO_FIGURE = Figure(None, Status.MISSING)


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality of a county in a round; None is missing.

    `previous` is last year's request as known on the round's day, or why there is none; `exact` the claim's exact share
    in persons.
    `request` is the newest version of what it is asked for, decided on `request_on`; `sent` what its newest letter that
    has come tells: 0 is one that it is not asked.
    """

    code: str
    name: str
    county: str
    previous: Figure
    proposed: int | None
    exact: str
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
    own1: str
    own2: str
    own3: str
    note_signal: str
    note_signal_minors: str
    note_number: str
    note_under15: str
    note_from15: str
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
    request_on: date | None
    sent: int | None
    sent_under15: int | None
    sent_from15: int | None

    @property
    def departure_reason(self) -> str:
        """The county's reason as it is printed beside its number: nothing when it is left from an earlier number.

        A proposal keeps within its own criteria, so that a number that equals it departs from neither.
        """
        return reason_of_departure(Weighed(self.number, self.proposed), self.reason)

    @property
    def asked_for(self) -> int | None:
        """The newest request; before there is one, the number that the directorate has set."""
        return self.final if self.request is None else self.request

    @property
    def asked_told(self) -> Figure:
        """What a frozen round asks it for, as people read it: a number of 0 is that it is not asked."""
        if self.asked_for == 0:
            return Figure(None, Status.NOT_ASKED)
        return NO_FIGURE if self.asked_for is None else Figure(self.asked_for, Status.OK)


UNSAID: Mapping[str, Any] = MappingProxyType(
    {name: NAMED[name].blank for name in FIELDS}
    | dict.fromkeys(("outcome", "outcome_under15", "outcome_from15"))
    | dict.fromkeys(("outcome_reason", "outcome_by"), "")
)
"""What a line says of the county's recommendation when there is none, or none that somebody may see."""
NOTHING_BESIDE: Mapping[str, Any] = MappingProxyType(dict.fromkeys(BESIDE, ""))
"""What a line says of what the county keeps beside its numbers to whom that is not for."""
_PEOPLE = ("number", "under15", "from15")
NO_REQUEST = (None, None)


@dataclass(frozen=True, slots=True)
class OpenCorrection:
    """A correction that waits for its second person."""

    id: int
    municipality: str
    number: int
    reason: str
    submitted_by: int


def lines(at: Standing, proposal: int | None, county: str = "") -> tuple[Line, ...]:
    """Return the lines of a county, or of the whole country, by municipality code; in four queries.

    Args:
        at: The round as it stands; last year's requests are those of its figures.
        proposal: Identity of the proposal to show, if any.
        county: County code, or empty for all.
    """
    return at.remembered(("lines", proposal, county), lambda: _lines(at.year, proposal, county, at.figures))


def _lines(year: int, proposal: int | None, county: str, figures: Layers) -> tuple[Line, ...]:
    only = {"county": county} if county else {}
    kept = RecommendationLine.objects.filter(recommendation__round=year)
    kept = kept.filter(recommendation__county=county) if county else kept
    # Plain values: a country is some 1 500 rows, and as many objects take longer than the database does.
    proposed = _by_code(ProposalLine.objects.filter(proposal=proposal, **only), "number", "exact")
    recommended = _by_code(kept, *UNSAID)
    # Who is not asked has no request: that it has been told so stands with its letter alone.
    not_asked = Letter.objects.filter(CAME, round=year, receiver=OuterRef("municipality"), kind=LetterKind.NOT_ASKED)
    set_numbers = FinalNumber.objects.filter(round=year, **only).annotate(not_asked=Exists(not_asked))
    finals = _by_code(set_numbers, *_PEOPLE, "reason", "not_asked")
    asked, sent = _requests(year)
    before = requests_before(year, round_day(year), figures=figures).figures
    rows = []
    for place in municipalities(year):
        if county and place.county != county:
            continue
        line, final, letter = (columns.get(place.code, {}) for columns in (proposed, finals, sent))
        rows.append(
            Line(
                code=place.code,
                name=place.display_name,
                county=place.county,
                previous=before.get(place.code, NO_FIGURE),
                proposed=line.get("number"),
                exact=line.get("exact", ""),
                **recommended.get(place.code, UNSAID),
                final=final.get("number"),
                final_under15=final.get("under15"),
                final_from15=final.get("from15"),
                final_reason=final.get("reason", ""),
                request=asked.get(place.code, NO_REQUEST)[0],
                request_on=asked.get(place.code, NO_REQUEST)[1],
                sent=letter.get("number", 0 if final.get("not_asked") else None),
                sent_under15=letter.get("under15"),
                sent_from15=letter.get("from15"),
            )
        )
    return tuple(rows)


def _by_code(rows: QuerySet[Any], *names: str) -> dict[str, dict[str, Any]]:
    """Return columns of rows by municipality, which has one row at most."""
    columns = rows.values_list("municipality", *names)
    return {code: dict(zip(names, values, strict=True)) for code, *values in columns}


def _requests(year: int) -> tuple[dict[str, tuple[int, date]], dict[str, dict[str, Any]]]:
    """Return each municipality's newest request with its day, and the people of the newest that has been sent."""
    rows = (
        Request.objects.filter(round=year).order_by("version").values_list("municipality", "day", "sent_at", *_PEOPLE)
    )
    newest = {code: (people[0], day) for code, day, _, *people in rows}
    sent = {code: dict(zip(_PEOPLE, people, strict=True)) for code, _, at, *people in rows if at is not None}
    return newest, sent


def proposed_by_county(proposal: int) -> dict[str, int]:
    """Return the sum of a run's numbers by county."""
    rows = ProposalLine.objects.filter(proposal=proposal).values("county").annotate(total=Sum("number"))
    return dict(rows.order_by("county").values_list("county", "total"))


def open_corrections(year: int) -> tuple[OpenCorrection, ...]:
    """Return the corrections that wait for approval."""
    return rows_of(OpenCorrection, Correction.objects.filter(round=year, approved_at=None).order_by("municipality"))
