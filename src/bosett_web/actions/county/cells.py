"""The county's sheet: cells set one by one, in a block, from a file or the proposal, spread by the engine; and undone.

A cell says what it was when it was read: another's change since then is a conflict of that cell alone. One event tells
of everything that one act changed; an act that changes nothing writes none.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from bosett.apportion import Impossible, Tied
from bosett.geography import municipalities
from bosett.rounds.columns import FIELDS, NAMED, NAMED_BY_COUNTY, TEXTS, CellKind
from bosett.rounds.run import NotShared
from bosett.rounds.spread import NothingFree, OverTarget, spread_rest
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county.line import (
    Cell,
    CellClash,
    CellFault,
    clash_of,
    put,
    read_beside,
    read_cell,
    settle,
    values_of,
)
from bosett_web.actions.county.recommendations import located, subject_of
from bosett_web.actions.county.values import UNREAD, BadCell, Unread, Value, read_value, write_value
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import county_target, recommendation_situation
from bosett_web.queries.standing_rows import RecommendationRow, Standing
from bosett_web.records.models import Proposal, ProposalLine, Recommendation, RecommendationLine

__all__ = [
    "UNREAD",
    "WHOLE",
    "BadCell",
    "Cell",
    "CellClash",
    "CellFault",
    "Conflict",
    "Done",
    "Unread",
    "Value",
    "fill_from_proposal",
    "read_beside",
    "read_cell",
    "read_value",
    "set_all",
    "set_cells",
    "spread",
    "tried",
    "undo",
    "write_value",
]
WHOLE = ""
"""In place of a municipality: the recommendation as a whole, which has a reason of its own."""
Made = Mapping[str, Mapping[str, tuple[Value, Value]]]
"""By municipality and field: what a cell was, and what an act made of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of setting cells: the event (None when nothing changed), the cells that were not set, and the others.

    `made` tells of each cell that was set, changed by it or not, and of each that followed from them.
    """

    event: Event | None
    clashes: tuple[CellClash, ...] = ()
    faults: tuple[CellFault, ...] = ()
    made: Made = field(default_factory=dict)


class Conflict(Invalid):
    """Somebody else has changed a cell since it was read: nothing was saved, nothing is lost."""

    def __init__(self, clash: CellClash) -> None:
        sides = {"mine": clash.mine, "theirs": clash.theirs, "before": clash.before}
        written = {side: value.written if isinstance(value, BadCell) else value for side, value in sides.items()}
        facts = {side: None if value in ("", UNREAD) else value for side, value in written.items()}
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
    target = county_target(at, county)
    stored = None if row.proposal is None else Proposal.objects.filter(pk=row.proposal).first()
    if target is None or stored is None:
        raise Invalid("lines", "no_target")
    lines = _lines_of(row)
    free = [line.municipality for line in lines if line.number is None]
    try:
        shared = spread_rest(
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
    cells = [Cell(code, "number", number) for code, number in shared.items()]
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
    edit = Event.objects.filter(pk=event, subject=subject, name__in=["recommendation.edit", "round.undo"]).first()
    if edit is None:
        raise Invalid("event", "event_gone")
    body = json.loads(edit.body)
    texts = dict(FreeText.objects.filter(event=edit).order_by("field").values_list("field", "text"))
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
    return _all_of(_store(actor, at, row, cells, f"undo:{edit.number}", own))


def tried(was: Mapping[str, Value], cells: Sequence[Cell]) -> dict[str, Value]:
    """Return what a line would hold with cells set, what follows from them too; nothing is saved.

    Args:
        was: What the line holds, by field.
        cells: What to set on it.

    Raises:
        Invalid: They cannot stand.
    """
    line = RecommendationLine(**was)
    put(line, cells)
    return values_of(line)


def _open(actor: Actor, year: int, county: str) -> tuple[Standing, RecommendationRow]:
    at, row = located(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject_of(year, county), year)
    return at, row


def _not_spread(refused: NotShared, rest: int, year: int) -> Invalid:
    """Return why the engine found no one best answer, in words' facts."""
    if isinstance(refused.outcome, Tied):
        names = [place.display_name for place in municipalities(year) if place.code in refused.outcome.ranges]
        return Invalid("lines", "spread_tied", {"who": ", ".join(names)})
    outcome = refused.outcome
    near = (outcome.nearest_below, outcome.nearest_above) if isinstance(outcome, Impossible) else ()
    nearest = ", ".join(str(total) for total in near if total is not None)
    return Invalid("lines", "spread_impossible", {"rest": rest, "near": nearest or "–"})


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


def _key(cell: CellClash | CellFault) -> str:
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
    by_line = _by_line(cells, at.year, row)
    locked = RecommendationLine.objects.select_for_update().filter(recommendation=row.id, municipality__in=by_line)
    lines = {line.municipality: line for line in locked.order_by("municipality")}
    made: dict[str, dict[str, tuple[Value, Value]]] = {}
    clashes: list[CellClash] = []
    faults: list[CellFault] = []
    for code, wanted in by_line.items():
        was = values_of(lines[code])
        settled = settle(lines[code], wanted)
        now = values_of(lines[code])
        clashes += settled.clashes
        faults += settled.faults
        changes = {each: (was[each], now[each]) for each in FIELDS if each in settled.stood or now[each] != was[each]}
        made |= {code: changes} if changes else {}
    if own is not None and (clash := clash_of(own, {"reason": row.reason}, ["reason"])) is not None:
        clashes.append(clash)
    reasoned = own is not None and own.value != row.reason and not (clashes or faults)
    before, after, texts = _told(made)
    if not after and not reasoned:
        return Done(None, tuple(clashes), tuple(faults), made)
    if own is not None and reasoned:
        Recommendation.objects.filter(pk=row.id).update(reason=own.value)
        texts |= {"before-reason": row.reason, "reason": str(own.value)}
    for code in after:
        lines[code].changed += 1
    touched = {field for fields in after.values() for field in fields}
    RecommendationLine.objects.bulk_update([lines[code] for code in after], [*sorted(touched), "changed"])
    Recommendation.objects.filter(pk=row.id).update(changed=F("changed") + 1)
    name = "round.undo" if source.startswith("undo") else "recommendation.edit"
    entry = {"lines": after} | ({"source": source} if source else {})
    event = note(actor, Entry(name, subject_of(at.year, row.county), at.year, {"lines": before}, entry, texts))
    return Done(event, tuple(clashes), tuple(faults), made)


def _by_line(cells: Sequence[Cell], year: int, row: RecommendationRow) -> Mapping[str, list[Cell]]:
    """Return cells by their municipality.

    Raises:
        Invalid: A municipality is not in the county, or there is no such field.
    """
    by_line: dict[str, list[Cell]] = {}
    places = {place.code for place in municipalities(year) if place.county == row.county}
    for cell in cells:
        unnamed = cell.field in NAMED_BY_COUNTY and cell.field not in row.own_columns
        if cell.field not in FIELDS or (unnamed and cell.value not in (UNREAD, "")):
            raise Invalid("field", "unknown_field", {"field": cell.field})
        if cell.municipality not in places:
            facts = {"municipality": cell.municipality, "county": row.county}
            raise Invalid("municipality", "municipality_not_in_county", facts)
        by_line.setdefault(cell.municipality, []).append(cell)
    return by_line


Lines = dict[str, dict[str, Value]]


def _told(made: Made) -> tuple[Lines, Lines, dict[str, str]]:
    """Return what changed as an event tells it: before and after by line, and the texts, which stand beside it."""
    before: Lines = {}
    after: Lines = {}
    texts: dict[str, str] = {}
    for code, fields in made.items():
        changed = {field: sides for field, sides in fields.items() if sides[0] != sides[1]}
        if not changed:
            continue
        before[code] = {field: was for field, (was, _) in changed.items() if field not in TEXTS}
        after[code] = {field: None if field in TEXTS else now for field, (_, now) in changed.items()}
        texts |= {f"before-{code}-{field}": str(was) for field, (was, _) in changed.items() if field in TEXTS}
        texts |= {f"after-{code}-{field}": str(now) for field, (_, now) in changed.items() if field in TEXTS}
    return before, after, texts


def _held(body: Mapping[str, Any], texts: Mapping[str, str], side: str, code: str, field: str) -> Value:
    """Return what a cell held on one side of an event."""
    if field in TEXTS:
        return texts.get(f"{side}-{code}-{field}", "")
    value = body[side]["lines"][code][field]
    return date.fromisoformat(value) if NAMED[field].kind is CellKind.DATE and isinstance(value, str) else value
