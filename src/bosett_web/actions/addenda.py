"""Minutes are kept when the meeting is recorded as held, and what comes after is added to them.

Each function writes within the transaction of the action that calls it; that action writes the event.
"""

from collections.abc import Sequence

from bosett.documents.letters import AddendumKind
from bosett.rounds.states import MeetingState
from bosett_web.accounts.actor import Actor
from bosett_web.queries.lines import lines
from bosett_web.queries.meetings.minutes import Came, drawn_up, kept_minutes, newest_outcomes, outcome_of
from bosett_web.queries.meetings.record import NOBODY, ChangedLine, digest, plain
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records import clock
from bosett_web.records.models import MeetingAddendum, MeetingMinutes

_NONE = Came(NOBODY, "", "")


def keep_minutes(at: Standing, row: MeetingRow) -> str:
    """Keep the minutes of a meeting as the round stands; return their hash."""
    content = plain(drawn_up(at, row))
    sha256 = digest(content)
    MeetingMinutes.objects.create(meeting_id=row.id, day=clock.today(), content=content, sha256=sha256)
    return sha256


def add(
    actor: Actor, meeting: int, kind: str, *, about: str = "", text: str = "", lines: Sequence[ChangedLine] = ()
) -> int:
    """Add to the minutes of a held meeting; return the addendum's number."""
    number = MeetingAddendum.objects.filter(meeting=meeting).count() + 1
    MeetingAddendum.objects.create(
        meeting_id=meeting,
        number=number,
        kind=kind,
        day=clock.today(),
        party=actor.party,
        area=actor.area,
        about=about,
        text=text,
        lines=[plain(line) for line in lines],
    )
    return number


def add_if_held(actor: Actor, at: Standing, county: str, kind: str, *, about: str = "", text: str = "") -> None:
    """Add to the minutes of a county's meeting, or (empty) of the joint one, when it has been held."""
    row = at.meetings.get(county)
    if row is not None and row.state == MeetingState.HELD:
        add(actor, row.id, kind, about=about, text=text)


def add_outcomes(actor: Actor, at: Standing, county: str) -> None:
    """Add the outcomes of a county that are others than its minutes tell, when its meeting has been held."""
    row = at.meetings.get(county)
    kept = kept_minutes(row.id) if row is not None else None
    if row is None or kept is None:
        return
    outcomes = newest_outcomes(kept)
    changed = []
    for line in lines(at, None, county):
        before, after = outcomes.get(line.code, _NONE), Came(outcome_of(line), line.outcome_reason, line.outcome_by)
        if before != after:
            changed.append(ChangedLine(line.code, line.name, before.people, after.people, after.reason, after.by))
    if changed:
        add(actor, row.id, AddendumKind.OUTCOMES, lines=changed)
