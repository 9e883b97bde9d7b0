"""The county's sheet: cells set one by one, in a block, from a file or the proposal, spread by the engine; and undone.

A cell says what it was when it was read: another's change since then is a conflict of that cell alone. One event tells
of everything that one act changed; an act that changes nothing writes none.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import F

from bosett.apportion import Impossible, Tied
from bosett.geography import municipalities
from bosett.rounds.run import NotShared
from bosett.rounds.spread import NothingFree, OverTarget, spread_rest
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.recommendations import located, subject_of
from bosett_web.actions.values import Numbers, minors_within, people, text
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.write import Entry
from bosett_web.queries.standing import RecommendationRow, Standing, county_target, recommendation_situation
from bosett_web.records import clock
from bosett_web.records.models import Proposal, ProposalLine, Recommendation, RecommendationLine


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was written in a cell and is no number, day or choice; `code` finds the words."""

    written: str
    code: str


Value = int | str | bool | date | Unreadable | None


class Unread(Enum):
    """What a cell was is not known: it is set whatever it is."""

    UNREAD = "unread"


UNREAD = Unread.UNREAD
NUMBERS = ("number", "under15", "from15", "signal", "signal_minors")
TEXTS = ("reason", "signal_by", "signal_note")
FIELDS = ("asked", *NUMBERS, *TEXTS, "signal_on")
WHOLE = ""
"""In place of a municipality: the recommendation as a whole, which has a reason of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the sheet: the value to set, and what it was when it was read."""

    municipality: str
    field: str
    value: Value
    before: Value | Unread = UNREAD


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot stand: a code that words are found by, and its facts."""

    municipality: str
    field: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that somebody else has changed since it was read: mine, theirs, and what it was before."""

    municipality: str
    field: str
    mine: Value
    theirs: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Done:
    """What came of setting cells: the event (None when nothing changed), and the cells that were not set."""

    event: Event | None
    clashes: tuple[Clash, ...] = ()
    faults: tuple[Fault, ...] = ()


class Conflict(Invalid):
    """Somebody else has changed a cell since it was read: nothing was saved, nothing is lost."""

    def __init__(self, clash: Clash) -> None:
        told = {"mine": clash.mine, "theirs": clash.theirs, "before": clash.before}
        written = {side: value.written if isinstance(value, Unreadable) else value for side, value in told.items()}
        facts = {side: None if value == "" else value for side, value in written.items()}
        super().__init__(_key(clash), "changed_by_another", facts)


@action
def set_cells(actor: Actor, /, *, year: int, county: str, cells: Sequence[Cell], source: str = "") -> Done:
    """Set the cells that can be set; the others are returned with why, and stay as they are.

    Args:
        actor: The county's case worker.
        year: Settlement year.
        county: County code.
        cells: What to set.
        source: Where they come from when not typed: `undo`, `file`.

    Raises:
        Objected: Not now, not by this role, or another county's.
        Invalid: A municipality is not in the county, or there is no such field.
    """
    at, row = _open(actor, year, county)
    return _store(actor, at, row, cells, source)


@action
def set_all(
    actor: Actor,
    /,
    *,
    year: int,
    county: str,
    cells: Sequence[Cell],
    reason: str | None = None,
    reason_before: str | Unread = UNREAD,
    source: str = "",
) -> Event:
    """Set all cells or none, and the recommendation's own reason when it is given.

    Raises:
        Objected: As `set_cells`.
        Invalid: A cell cannot stand, or nothing was changed.
        Conflict: Somebody else has changed a cell, or the reason, since it was read.
    """
    at, row = _open(actor, year, county)
    own = None if reason is None else Cell(WHOLE, "reason", text("reason", reason), reason_before)
    return _all_of(_store(actor, at, row, cells, source, own))


@action
def fill_from_proposal(actor: Actor, /, *, year: int, county: str) -> Event:
    """Give every municipality without a number the proposal's number: one event, which can be undone.

    One that shall be asked, and that the proposal does not ask, is left for a person to number.

    Raises:
        Objected: As `set_cells`.
        Invalid: No municipality is without a number, or one has more minors than its proposed number.
    """
    at, row = _open(actor, year, county)
    proposed = _proposed(row.proposal, county)
    cells = [
        Cell(line.municipality, "number", proposed[line.municipality])
        for line in _lines_of(row)
        if line.number is None and line.municipality in proposed and (proposed[line.municipality] or not line.asked)
    ]
    if not cells:
        raise Invalid("lines", "nothing_to_fill", {"county": county})
    return _all_of(_store(actor, at, row, cells, "proposal"))


@action
def spread(actor: Actor, /, *, year: int, county: str) -> Event:
    """Share what is left of the county's target over those without a number, by the engine: one event.

    Raises:
        Objected: As `set_cells`.
        Invalid: There is no target, nothing is left or nobody free, the engine finds no one best answer, or a
            municipality has more minors than it would get.
    """
    at, row = _open(actor, year, county)
    target, stored = county_target(at, county), Proposal.objects.filter(pk=row.proposal).first()
    if target is None or stored is None:
        raise Invalid("lines", "no_target")
    lines = _lines_of(row)
    free = [line.municipality for line in lines if line.number is None]
    try:
        found = spread_rest(
            stored.criteria_file,
            date.fromisoformat(stored.inputs["day"]),
            target,
            {line.municipality: line.number for line in lines if line.number is not None},
            free,
            [line.municipality for line in lines if line.number is None and line.asked],
        )
    except OverTarget as refused:
        raise Invalid("lines", "spread_over", {"given": refused.given, "target": refused.target}) from refused
    except NothingFree as refused:
        raise Invalid("lines", "spread_nobody") from refused
    except NotShared as refused:
        raise _not_spread(refused, target - sum(line.number or 0 for line in lines), year) from refused
    cells = [Cell(code, "number", number) for code, number in found.items()]
    return _all_of(_store(actor, at, row, cells, "spread"))


@action
def undo(actor: Actor, /, *, year: int, county: str, event: int) -> Event:
    """Undo one edit by a new event: cells and own reason get back what they held, if nobody has changed them since.

    Raises:
        Objected: As `set_cells`.
        Invalid: There is no such edit of this recommendation, or what was before cannot stand beside what is now.
        Conflict: A cell has been changed since.
    """
    at, row = _open(actor, year, county)
    subject = subject_of(year, county)
    found = Event.objects.filter(pk=event, subject=subject, name__in=["recommendation.edit", "round.undo"]).first()
    if found is None:
        raise Invalid("event", "event_gone")
    body = json.loads(found.body)
    texts = dict(FreeText.objects.filter(event=found).order_by("field").values_list("field", "text"))
    cells = [
        Cell(code, field, _held(body, texts, "before", code, field), _held(body, texts, "after", code, field))
        for code, fields in body["after"].get("lines", {}).items()
        for field in fields
        if field in FIELDS
    ]
    own = None
    if not texts.keys().isdisjoint({"before-reason", "reason"}):
        own = Cell(WHOLE, "reason", texts.get("before-reason", ""), texts.get("reason", ""))
    if not cells and own is None:
        raise Invalid("event", "event_gone")
    return _all_of(_store(actor, at, row, cells, f"undo:{found.number}", own))


def tried(was: Mapping[str, Value], cells: Sequence[Cell]) -> dict[str, Value]:
    """Return what a line would hold with cells set, what follows from them too; nothing is saved.

    Args:
        was: What the line holds, by field.
        cells: What to set on it.

    Raises:
        Invalid: They cannot stand.
    """
    line = RecommendationLine(**was)
    _apply(line, cells)
    return {field: getattr(line, field) for field in FIELDS}


def read_value(field: str, written: str) -> Value:
    """Return what is written in a cell as a value.

    Raises:
        Invalid: It is no number, day or choice.
    """
    written = written.strip()
    if field in TEXTS:
        return " ".join(written.splitlines())  # a cell is one line
    if not written:
        return None
    if field == "asked":
        if written not in ("yes", "no"):
            raise Invalid(field, "not_a_choice")
        return written == "yes"
    if field == "signal_on":
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise Invalid(field, "not_a_day") from None
    digits = "".join(written.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Invalid(field, "not_a_number")
    return int(digits)


def read_cell(municipality: str, field: str, written: str, before: str) -> Cell:
    """Return a cell as it is written; what cannot be read goes on as written, and becomes a fault of its own cell."""
    return Cell(municipality, field, _readable(field, written), _readable(field, before))


def write_value(value: Value) -> str:
    """Return a value as it is written in a cell: what `read_value` reads."""
    if value is None:
        return ""
    if isinstance(value, Unreadable):
        return value.written
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _readable(field: str, written: str) -> Value:
    try:
        return read_value(field, written)
    except Invalid as fault:
        return Unreadable(written, fault.code)


def _open(actor: Actor, year: int, county: str) -> tuple[Standing, RecommendationRow]:
    at, row = located(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject_of(year, county), year)
    return at, row


def _not_spread(refused: NotShared, rest: int, year: int) -> Invalid:
    """Return why the engine found no one best answer, in words' facts."""
    if isinstance(refused.outcome, Tied):
        names = [place.display_name for place in municipalities(year) if place.code in refused.outcome.ranges]
        return Invalid("lines", "spread_tied", {"who": ", ".join(names)})
    found = refused.outcome
    near = (found.nearest_below, found.nearest_above) if isinstance(found, Impossible) else ()
    told = ", ".join(str(total) for total in near if total is not None)
    return Invalid("lines", "spread_impossible", {"rest": rest, "near": told or "–"})


def _all_of(done: Done) -> Event:
    """Return the event of an act that is done whole or not at all.

    Raises:
        Invalid: A cell cannot stand, or nothing was changed.
        Conflict: Somebody else has changed a cell since it was read.
    """
    if done.clashes:
        raise Conflict(done.clashes[0])
    if done.faults:
        raise Invalid(_key(done.faults[0]), done.faults[0].code, done.faults[0].facts)
    if done.event is None:
        raise Invalid("lines", "nothing_changed")
    return done.event


def _key(cell: Clash | Fault) -> str:
    """Return the name of a cell's field in a form."""
    return f"{cell.municipality}-{cell.field}" if cell.municipality else cell.field


def _lines_of(row: RecommendationRow) -> list[RecommendationLine]:
    return list(RecommendationLine.objects.filter(recommendation=row.id).order_by("municipality"))


def _proposed(proposal: int | None, county: str) -> dict[str, int]:
    rows = ProposalLine.objects.filter(proposal=proposal, county=county).order_by("municipality")
    return dict(rows.values_list("municipality", "number"))


def _store(
    actor: Actor,
    at: Standing,
    row: RecommendationRow,
    cells: Sequence[Cell],
    source: str,
    own: Cell | None = None,
) -> Done:
    """Set what can be set, and the recommendation's own reason when nothing else is left; one event of what changed."""
    by_line: dict[str, list[Cell]] = {}
    places = {place.code for place in municipalities(at.year) if place.county == row.county}
    for cell in cells:
        if cell.field not in FIELDS:
            raise Invalid("field", "unknown_field", {"field": cell.field})
        if cell.municipality not in places:
            facts = {"municipality": cell.municipality, "county": row.county}
            raise Invalid("municipality", "municipality_not_in_county", facts)
        by_line.setdefault(cell.municipality, []).append(cell)
    held = RecommendationLine.objects.select_for_update().filter(recommendation=row.id, municipality__in=by_line)
    lines = {line.municipality: line for line in held.order_by("municipality")}
    before: dict[str, dict[str, Value]] = {}
    after: dict[str, dict[str, Value]] = {}
    texts: dict[str, str] = {}
    clashes: list[Clash] = []
    faults: list[Fault] = []
    for code, wanted in by_line.items():
        line = lines[code]
        was = {field: getattr(line, field) for field in FIELDS}
        clashes += [_clash(cell, was) for cell in wanted if _clashes(cell, was)]
        faults += _settle(line, was, [cell for cell in wanted if not _clashes(cell, was)])
        changed = [field for field in FIELDS if getattr(line, field) != was[field]]
        if changed:
            line.changed += 1
            before[code] = {field: was[field] for field in changed if field not in TEXTS}
            after[code] = {field: None if field in TEXTS else getattr(line, field) for field in changed}
            texts |= {f"before-{code}-{field}": was[field] for field in changed if field in TEXTS}
            texts |= {f"after-{code}-{field}": getattr(line, field) for field in changed if field in TEXTS}
    if own is not None and _clashes(own, {"reason": row.reason}):
        clashes.append(_clash(own, {"reason": row.reason}))
    reasoned = own is not None and own.value != row.reason and not (clashes or faults)
    if not after and not reasoned:
        return Done(None, tuple(clashes), tuple(faults))
    if own is not None and reasoned:
        Recommendation.objects.filter(pk=row.id).update(reason=own.value)
        texts |= {"before-reason": row.reason, "reason": str(own.value)}
    touched = {field for fields in after.values() for field in fields}
    RecommendationLine.objects.bulk_update([lines[code] for code in after], [*sorted(touched), "changed"])
    Recommendation.objects.filter(pk=row.id).update(changed=F("changed") + 1)
    name = "round.undo" if source.startswith("undo") else "recommendation.edit"
    told = {"lines": after} | ({"source": source} if source else {})
    event = note(actor, Entry(name, subject_of(at.year, row.county), at.year, {"lines": before}, told, texts))
    return Done(event, tuple(clashes), tuple(faults))


def _clashes(cell: Cell, was: Mapping[str, Value]) -> bool:
    return cell.before is not UNREAD and was[cell.field] not in (cell.before, cell.value)


def _clash(cell: Cell, was: Mapping[str, Value]) -> Clash:
    before = None if isinstance(cell.before, Unread) else cell.before
    return Clash(cell.municipality, cell.field, cell.value, was[cell.field], before)


def _settle(line: RecommendationLine, was: Mapping[str, Value], cells: Sequence[Cell]) -> list[Fault]:
    """Put on a line what can stand; return the rest with why: a cell by itself, or those that contradict each other."""
    faults: list[Fault] = []
    while cells:
        try:
            _apply(line, cells)
        except Invalid as fault:
            for field, value in was.items():
                setattr(line, field, value)
            fields = _TOGETHER[fault.field] if fault.code in _CONTRADICTIONS else (fault.field,)
            out = [each for each in cells if each.field in fields] or list(cells)
            faults += [Fault(each.municipality, each.field, fault.code, fault.facts) for each in out]
            cells = [each for each in cells if each not in out]
        else:
            break
    return faults


_CONTRADICTIONS = ("asked_differs", "minors_exceed")
_OF_NUMBER, _OF_SIGNAL = ("asked", "number", "under15", "from15"), ("signal", "signal_minors")
_TOGETHER = {"asked": _OF_NUMBER, "number": _OF_NUMBER, "signal_minors": _OF_SIGNAL}
"""By the field of a contradiction: the fields that contradict each other."""


def _apply(line: RecommendationLine, cells: Iterable[Cell]) -> None:
    """Put cells on a line and hold it against itself.

    Raises:
        Invalid: A number cannot be, the minors exceed it, or the choice and the number contradict each other.
    """
    given = {cell.field: cell.value for cell in cells}
    for field, value in given.items():
        if isinstance(value, Unreadable):
            raise Invalid(field, value.code)
        if field in TEXTS:
            value = text(field, str(value or ""))  # noqa: PLW2901 (the checked text)
        elif field in NUMBERS:
            people(field, value if isinstance(value, int) else None)
        setattr(line, field, value)
    _agree(line, given)
    if line.signal_on is not None and line.signal_on > clock.today():
        raise Invalid("signal_on", "dated_later", {"day": clock.today()})
    if line.signal is not None and (line.signal_minors or 0) > line.signal:
        raise Invalid("signal_minors", "minors_exceed", {"minors": line.signal_minors, "number": line.signal})
    minors_within("number", Numbers(line.number, line.under15, line.from15))


def _agree(line: RecommendationLine, given: Collection[str]) -> None:
    """Let the number say whether the municipality is asked, or the choice say what becomes of the number."""
    if "number" in given and line.number is not None:
        if "asked" in given and line.asked is not None and line.asked != (line.number > 0):
            raise Invalid("asked", "asked_differs")
        line.asked = line.number > 0
    elif "asked" in given:
        if line.asked is False:
            line.number, line.under15, line.from15 = 0, None, None
        elif line.asked is None or line.number == 0:
            line.number = None
    elif "number" in given and line.asked is False:
        line.asked = None


def _held(body: Mapping[str, Any], texts: Mapping[str, str], side: str, code: str, field: str) -> Value:
    """Return what a cell held on one side of an event."""
    if field in TEXTS:
        return texts.get(f"{side}-{code}-{field}", "")
    value = body[side]["lines"][code][field]
    return date.fromisoformat(value) if field == "signal_on" and isinstance(value, str) else value
