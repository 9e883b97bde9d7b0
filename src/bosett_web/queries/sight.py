"""A round as somebody may see it: what the visibility table hides is taken out before any page, export or search.

Nobody filters for themselves: whoever shows a round to people starts from `seen`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone

from bosett.geography import counties
from bosett.rounds.parties import Who
from bosett.rounds.states import LedgerState, RoundState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.lines import NOTHING_BESIDE, UNSAID, Line, lines
from bosett_web.queries.standing_rows import MeetingRow, ProposalRow, RecommendationRow, Standing, WithheldRow
from bosett_web.records.choices import DocumentKind

RELEASED_FROM = {
    Thing.FORECAST: frozenset({"registered"}),
    Thing.PROPOSAL: frozenset({"shared"}),
    Thing.RECOMMENDATION: frozenset({"final"}),
    Thing.MEETING: frozenset({"invited", "held", "called_off"}),
    Thing.MINUTES: frozenset({"held"}),
    Thing.INFORMATION: frozenset({"to_all"}),
    Thing.NUMBER: frozenset({"frozen", "closed", "sent"}),
    Thing.DECISION: frozenset({"answered"}),
}
"""States that the release time opens to everyone; an unfinished draft stays a draft."""


DOCUMENTS: Mapping[Thing, str] = {
    Thing.RECOMMENDATION: DocumentKind.RECOMMENDATION,
    Thing.MINUTES: DocumentKind.MINUTES,
}
"""Things that are a document as a whole: withheld, they stay as they were before the release."""
JOINT = "joint"
"""What the joint meeting is called in keys, where a county has its code."""


def is_released(at: Standing, moment: datetime) -> bool:
    """Tell whether the release time has passed: the same for all."""
    return at.release_at is not None and at.release_at <= moment


def shown_state(thing: Thing, state: str, at: Standing, moment: datetime, county: str = "") -> str:
    """Return the state that the visibility table is asked about; the release does not open what is withheld."""
    released = is_released(at, moment) and state in RELEASED_FROM.get(thing, ())
    if released and withheld(at, thing, county) is None:
        return "released"
    laid = (
        thing is Thing.NUMBER and state in (RoundState.OPEN, RoundState.NUMBERS_SUBMITTED) and at.consulted is not None
    )
    return "consulted" if laid else state


def sees(who: Who, thing: Thing, state: str, at: Standing, moment: datetime, county: str = "") -> bool:
    """Tell whether somebody may see a thing of a round at a moment."""
    return may_see(who, thing, shown_state(thing, state, at, moment, county), county)


def withheld(at: Standing, thing: Thing, county: str) -> WithheldRow | None:
    """Return that a county's recommendation, or the minutes of a meeting (empty: the joint one), is withheld."""
    kind = DOCUMENTS.get(thing)
    return None if kind is None else at.withheld.get((kind, county or JOINT))


def closed(who: Who, thing: Thing, state: str, at: Standing, moment: datetime, county: str = "") -> WithheldRow | None:
    """Return what alone keeps a thing from somebody: that it is withheld. None when they see it, or never would."""
    row = withheld(at, thing, county)
    opened = is_released(at, moment) and state in RELEASED_FROM.get(thing, ())
    if row is None or not opened or sees(who, thing, state, at, moment, county):
        return None
    return row if may_see(who, thing, "released", county) else None


def sees_numbers(who: Who, at: Standing, moment: datetime, county: str) -> bool:
    """Tell whether somebody may see the final numbers of a whole county."""
    return sees(who, Thing.NUMBER, at.state, at, moment, county)


def sees_all_numbers(who: Who, at: Standing, moment: datetime) -> bool:
    """Tell whether somebody may see the final numbers of every county, and so their sum."""
    return all(sees_numbers(who, at, moment, county.code) for county in counties(at.year))


def sees_request(
    who: Who, at: Standing, moment: datetime, county: str, municipality: str, *, decided_on: date | None, sent: bool
) -> bool:
    """Tell whether somebody may see one version of what a municipality is asked for, as `seen_lines` shows the newest.

    Args:
        who: Who looks.
        at: The round as it stands.
        moment: When.
        county: County of the municipality.
        municipality: The one that is asked.
        decided_on: When the version was decided; None is with the round's numbers.
        sent: Whether its letter has come.
    """
    if not sees_numbers(who, at, moment, county):
        return sent and may_see(who, Thing.NUMBER, "sent", county, municipality)
    return sent or not _came_after_release(decided_on, at) or may_see(who, Thing.NUMBER, at.state, county, municipality)


def sees_run(
    who: Who, at: Standing, moment: datetime, run: ProposalRow, municipality: str = "", *, sent: bool = False
) -> bool:
    """Tell whether somebody may see a run, or of the newest that is shared the own number that came with its letter.

    Args:
        who: Who looks.
        at: The round as it stands.
        moment: When.
        run: The run.
        municipality: Whose number is asked about; empty for all of them.
        sent: Whether that municipality's letter has come.
    """
    if sees(who, Thing.PROPOSAL, run.state, at, moment):
        return True
    is_own = sent and run is at.current_proposal
    return is_own and may_see(who, Thing.PROPOSAL, "sent", "", municipality)


def sees_decision(who: Who, at: Standing, moment: datetime, county: str, municipality: str, state: str) -> bool:
    """Tell whether somebody may see what a municipality has answered.

    Args:
        who: Who looks.
        at: The round as it stands.
        moment: When.
        county: County of the municipality.
        municipality: The one that answers.
        state: `preliminary` for an answer that waits for the council's, and for the plan to give one; else `answered`.
    """
    return may_see(who, Thing.DECISION, shown_state(Thing.DECISION, state, at, moment), county, municipality)


def sees_beside(who: Who, row: RecommendationRow) -> bool:
    """Tell whether somebody may see what a county keeps beside the numbers of its recommendation: columns and notes.

    The release opens the numbers, and not that: it is for the county and, once handed in, the parties of its meeting.
    """
    return may_see(who, Thing.RECOMMENDATION, row.state, row.county)


def sees_ledger(who: Who, county: str, municipality: str) -> bool:
    """Tell whether somebody may see what the ledger of the year tells of a municipality: counts of few persons too."""
    return may_see(who, Thing.LEDGER, LedgerState.ENTERED, county, municipality)


def seen(at: Standing, who: Who, moment: datetime) -> Standing:
    """Return the round with everything taken out that somebody may not see at a moment."""
    numbers = sees_all_numbers(who, at, moment)
    return replace(
        at,
        criteria=tuple(row for row in at.criteria if sees(who, Thing.CRITERIA, row.state, at, moment)),
        forecasts=tuple(row for row in at.forecasts if sees(who, Thing.FORECAST, "registered", at, moment)),
        targets=tuple(row for row in at.targets if sees(who, Thing.TARGETS, row.state, at, moment)),
        proposals=tuple(row for row in at.proposals if sees(who, Thing.PROPOSAL, row.state, at, moment)),
        recommendations={
            county: row if sees_beside(who, row) else replace(row, own_columns={})
            for county, row in at.recommendations.items()
            if sees(who, Thing.RECOMMENDATION, row.state, at, moment, county)
        },
        meetings={
            county: _as_shown(row, who, at, moment)
            for county, row in at.meetings.items()
            if sees(who, Thing.MEETING, row.state, at, moment, county)
        },
        called_off={
            county: replace(row, minutes="")
            for county, row in at.called_off.items()
            if sees(who, Thing.MEETING, row.state, at, moment, county)
        },
        skips=at.skips if who.person is not None else {},
        final_numbers=at.final_numbers if numbers else {},
        consulted=at.consulted if numbers else None,
        memory=None,  # it is the whole round's
    )


def _as_shown(row: MeetingRow, who: Who, at: Standing, moment: datetime) -> MeetingRow:
    """Return a meeting without what of its minutes somebody may not see; withheld ones also tell who took part."""
    if sees(who, Thing.MINUTES, row.state, at, moment, row.county):
        return row
    if closed(who, Thing.MINUTES, row.state, at, moment, row.county) is None:
        return replace(row, minutes="")
    return replace(row, minutes="", present_directorate="", present_ks="", present_county="")


def lines_for(at: Standing, who: Who, moment: datetime, county: str = "") -> tuple[Line, ...]:
    """Return the lines of a county, or of the whole country, as somebody may see them, in four queries.

    Args:
        at: The round as it stands.
        who: Who looks.
        moment: When.
        county: County code, or empty for all.
    """
    proposal = seen(at, who, moment).current_proposal
    return seen_lines(at, lines(at, proposal.id if proposal else None, county), who, moment)


def seen_lines(at: Standing, rows: Sequence[Line], who: Who, moment: datetime) -> tuple[Line, ...]:
    """Return the lines of a round with every number taken out that somebody may not see at a moment.

    Before the release a municipality sees what its newest sent letter says, and nothing newer. A number that was
    decided after the release is everybody's when its letter has come: who is asked reads it first.
    """
    proposal = at.current_proposal or (at.proposals[-1] if at.proposals else None)
    proposed = proposal is not None and sees(who, Thing.PROPOSAL, proposal.state, at, moment)

    @cache  # the table is asked once for a county, not once for each of its municipalities
    def taken_out(county: str) -> tuple[Mapping[str, Any], bool]:
        """Return what is taken out of a county's lines for somebody, and whether they see its final numbers."""
        recommendation = at.recommendations.get(county)
        hidden = {} if proposed else {"proposed": None, "exact": ""}
        if recommendation is None or not sees(who, Thing.RECOMMENDATION, recommendation.state, at, moment, county):
            hidden |= UNSAID
        elif not sees_beside(who, recommendation):
            hidden |= NOTHING_BESIDE
        return hidden, sees_numbers(who, at, moment, county)

    shown = []
    for row in rows:
        hidden, numbers = taken_out(row.county)
        if not numbers:
            sent = row.sent is not None and may_see(who, Thing.NUMBER, "sent", row.county, row.code)
            hidden = {**hidden, **(_as_sent(row) if sent else _NOT_SENT)}
        elif _is_later(row, at) and not may_see(who, Thing.NUMBER, at.state, row.county, row.code):
            hidden = {**hidden, **(_NOT_SENT if row.sent is None else _as_sent(row))}
        shown.append(replace(row, **hidden) if hidden else row)
    return tuple(shown)


def _is_later(row: Line, at: Standing) -> bool:
    """Tell whether a number was decided after the release, and its letter has not come."""
    return row.sent != row.request and _came_after_release(row.request_on, at)


def _came_after_release(decided_on: date | None, at: Standing) -> bool:
    if decided_on is None or at.release_at is None:
        return False
    return decided_on > timezone.localdate(at.release_at)


def _as_sent(row: Line) -> Mapping[str, Any]:
    """Return the final number as its newest sent letter says it."""
    return {
        "final": row.sent,
        "final_under15": row.sent_under15,
        "final_from15": row.sent_from15,
        "final_reason": "",
        "request": row.sent,
        "request_on": None,
    }


_NOT_SENT: Mapping[str, Any] = {
    "final": None,
    "final_under15": None,
    "final_from15": None,
    "final_reason": "",
    "request": None,
    "request_on": None,
    "sent": None,
    "sent_under15": None,
    "sent_from15": None,
}
