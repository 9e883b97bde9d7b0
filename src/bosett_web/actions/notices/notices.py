"""Telling what goes on: what is stopped and comes again, what is asked of all, talked about and restricted."""

from dataclasses import dataclass
from datetime import date

from bosett.rounds.notices import MOST_RAMP, NAMED, NoticeKind, Span, Stream
from bosett.rounds.parties import Party
from bosett.rounds.states import NoticeState
from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.notices.notices import NoticeRow, notice_of, notice_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import Notice

YEARS_AHEAD = 10
"""After the round's year that a notice may reach."""
FACTS = ("stream", "since", "until", "ramp", "next_on")
"""What the journal tells of a notice beside its texts."""


@dataclass(frozen=True, slots=True)
class GivenNotice:
    """A notice as somebody fills it in; what does not belong to its kind is empty."""

    kind: str
    since: date
    source: str
    text_nb: str
    text_nn: str
    stream: str = ""
    name: str = ""
    until: date | None = None
    ramp: int | None = None
    next_on: date | None = None
    decided_by: str = ""


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of what goes on."""
    return f"notice:{year}"


@action
def tell(actor: Actor, /, *, year: int, notice: GivenNotice) -> Event:
    """Tell what goes on.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: Something is missing or contradicts itself; the immigration directorate tells stops only.
    """
    at = locked(year)
    name = "notice.stop" if actor.who.party is Party.UDI else "notice.tell"
    require(name, actor, notice_situation(at, None), subject_of(year), year)
    return _tell(actor, at, name, _checked(actor, year, notice), None, "")


@action
def change(actor: Actor, /, *, year: int, identity: int, notice: GivenNotice, reason: str) -> Event:
    """Change a notice: that a stop is over, another day, another text. What it was before stands as it was.

    Raises:
        Objected: Not by this role, not a notice in force, or without a reason.
        Invalid: As when it is told; or nothing is changed.
    """
    at, row = locked(year), _row(year, identity)
    name = "notice.change_stop" if actor.who.party is Party.UDI else "notice.change"
    require(name, actor, notice_situation(at, row), subject_of(year), year, reason)
    _own(actor, row.kind)
    new = _checked(actor, year, notice, row)
    if all(getattr(row, key) == value for key, value in new.items()):
        raise Invalid("notice", "nothing_changed")
    Notice.objects.filter(pk=row.id).update(state=NoticeState.REPLACED)
    return _tell(actor, at, name, new, row, text("reason", reason, needed=True))


@action
def take_back(actor: Actor, /, *, year: int, identity: int, reason: str) -> Event:
    """Take back a notice that should not have been told.

    Raises:
        Objected: Not by this role, not a notice in force, or without a reason.
        Invalid: There is no such notice.
    """
    at, row = locked(year), _row(year, identity)
    name = "notice.take_back_stop" if actor.who.party is Party.UDI else "notice.take_back"
    require(name, actor, notice_situation(at, row), subject_of(year), year, reason)
    _own(actor, row.kind)
    tasks.weigh_need()
    Notice.objects.filter(pk=row.id).update(state=NoticeState.TAKEN_BACK, why=text("reason", reason, needed=True))
    before, after = ({"notice": row.id, "state": state} for state in (row.state, NoticeState.TAKEN_BACK))
    return note(actor, Entry(name, subject_of(year), year, before, after, {"reason": reason}))


def _tell(
    actor: Actor, at: Standing, name: str, new: dict[str, object], former: NoticeRow | None, reason: str
) -> Event:
    tasks.weigh_need()
    made = Notice.objects.create(
        round_id=at.year,
        told_by=actor.who.party,
        told_on=clock.today(),
        replaces_id=None if former is None else former.id,
        why=reason,
        **new,
    )
    facts = {key: new[key] for key in FACTS} | {"notice_kind": new["kind"]}
    before = {} if former is None else {key: getattr(former, key) for key in FACTS} | {"notice_kind": former.kind}
    texts = {key: str(new[key]) for key in ("name", "text_nb", "text_nn")} | {"reason": reason}
    after = facts | {"notice": made.pk, "state": NoticeState.IN_FORCE}
    return note(actor, Entry(name, subject_of(at.year), at.year, before, after, texts))


def _row(year: int, identity: int) -> NoticeRow:
    row = notice_of(identity)
    if row is None or row.round != year:
        raise Invalid("identity", "notice_gone")
    return row


def _own(actor: Actor, kind: str) -> None:
    """Refuse that the immigration directorate tells anything but stops."""
    if actor.who.party is Party.UDI and kind != NoticeKind.STOP:
        raise Invalid("kind", "notice_only_stops")


def _checked(actor: Actor, year: int, notice: GivenNotice, former: NoticeRow | None = None) -> dict[str, object]:
    """Return the columns of a notice.

    Raises:
        Invalid: Something is missing or contradicts itself.
    """
    if notice.kind not in set(NoticeKind):
        raise Invalid("kind", "not_a_choice")
    _own(actor, notice.kind)
    stops = notice.kind == NoticeKind.STOP
    if stops and notice.stream not in set(Stream):
        raise Invalid("stream", "stream_missing")
    named = stops and notice.stream in NAMED
    if notice.until is not None and notice.until < notice.since:
        raise Invalid("until", "until_before_since", {"since": notice.since})
    if any(day is not None and day.year > year + YEARS_AHEAD for day in (notice.since, notice.until, notice.next_on)):
        raise Invalid("until", "notice_far", {"year": year + YEARS_AHEAD})
    if not any(Span(notice.since, notice.until).touches(each) for each in (year - 1, year)):
        raise Invalid("since", "notice_other_year", {"year": year})
    kept_on = None if former is None else former.next_on
    if notice.next_on is not None and notice.next_on != kept_on and notice.next_on < clock.today():
        raise Invalid("next_on", "day_past")
    ramp = notice.ramp or 0  # empty: at once
    if ramp > MOST_RAMP:
        raise Invalid("ramp", "number_outside", {"most": MOST_RAMP})
    if ramp and (not stops or notice.until is None):
        raise Invalid("ramp", "ramp_without_end")
    return {
        "kind": notice.kind,
        "stream": notice.stream if stops else "",
        "name": text("name", notice.name, needed=True) if named else "",
        "since": notice.since,
        "until": notice.until,
        "ramp": ramp,
        "next_on": notice.next_on if notice.kind == NoticeKind.DIALOGUE else None,
        "decided_by": text("decided_by", notice.decided_by),
        "source": text("source", notice.source, needed=True),
        "text_nb": text("text_nb", notice.text_nb, needed=True),
        "text_nn": text("text_nn", notice.text_nn, needed=True),
    }
