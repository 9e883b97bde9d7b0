"""Cells put on one line of the county's sheet: what can stand is set, the rest is told with why and stays as it is.

Some fields are set together by one key stroke: a number says that a municipality is asked, and the choice not to ask it
takes its number and its minors. So what one act sets of them stands or falls together: a clash in one of them holds
them all, and nothing that follows from a cell is written over what its writer had not seen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bosett.rounds.columns import FIELDS, NUMBERS, TEXTS, TOGETHER
from bosett_web.actions.county.values import UNREAD, BadCell, Unread, Value, readable
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import Numbers, minors_within, people, text
from bosett_web.records import clock
from bosett_web.records.models import RecommendationLine


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the sheet: the value to set, and what it was when it was read.

    With the value UNREAD it is not set: it tells what stood beside the cells that are.
    """

    municipality: str
    field: str
    value: Value | Unread
    before: Value | Unread = UNREAD


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot stand: a code that words are found by, and its facts."""

    municipality: str
    field: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CellClash:
    """A cell that somebody else has changed since it was read: mine, theirs, and what it was before, if that was told.

    It holds the cells of the same act that go together with it, and itself when it was to be set and not only followed.
    """

    municipality: str
    field: str
    mine: Value
    theirs: Value
    before: Value | Unread
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of the cells of one line: those that stand, those that cannot, and those that another has changed."""

    stood: tuple[str, ...]
    faults: tuple[CellFault, ...]
    clashes: tuple[CellClash, ...]


def read_cell(municipality: str, field: str, written: str, before: str) -> Cell:
    """Return a cell as it is written; what cannot be read goes on as written, and becomes a fault of its own cell."""
    return Cell(municipality, field, readable(field, written), readable(field, before))


def read_beside(municipality: str, field: str, seen: str) -> Cell:
    """Return a cell that is not set, as it was when those beside it were read."""
    return Cell(municipality, field, UNREAD, readable(field, seen))


def values_of(line: RecommendationLine) -> dict[str, Value]:
    """Return what a line holds, by field."""
    return {field: getattr(line, field) for field in FIELDS}


def clash_of(cell: Cell, was: Mapping[str, Value], beside: Iterable[str] = ()) -> CellClash | None:
    """Return the clash of a cell with what a line holds; None when it holds what was read, or what is to be set."""
    if isinstance(cell.value, Unread) or cell.before is UNREAD or was[cell.field] in (cell.before, cell.value):
        return None
    return CellClash(cell.municipality, cell.field, cell.value, was[cell.field], cell.before, tuple(beside))


def settle(line: RecommendationLine, cells: Sequence[Cell]) -> Settled:
    """Put on a line what can stand; the rest stays as it was."""
    was = values_of(line)
    seen = _seen(cells)
    wanted = [cell for cell in cells if cell.value is not UNREAD]
    clashes = [clash for cell in wanted if (clash := clash_of(cell, was, _beside(cell, wanted))) is not None]
    wanted = _without(wanted, {field for clash in clashes for field in clash.beside})
    faults: list[CellFault] = []
    while wanted:
        try:
            put(line, wanted)
        except Invalid as fault:
            fields = _CONTRADICTING[fault.field] if fault.code in _CONTRADICTIONS else (fault.field,)
            out = [each for each in wanted if each.field in fields] or list(wanted)
            faults += [CellFault(each.municipality, each.field, fault.code, fault.facts) for each in out]
        else:
            lost = _lost(line, was, wanted, seen, {fault.field for fault in faults})
            if not lost:
                break
            out = [each for each in wanted if each.field in TOGETHER]
            if lost.keys() & {fault.field for fault in faults}:
                faults += [CellFault(each.municipality, each.field, "waits_beside", {}) for each in out]
            else:
                clashes += _following(out, lost, was, seen)
        _restore(line, was)
        wanted = _without(wanted, {each.field for each in out})
    return Settled(tuple(each.field for each in wanted), tuple(faults), tuple(clashes))


def put(line: RecommendationLine, cells: Iterable[Cell]) -> None:
    """Put cells on a line, with what follows from them, and hold it against itself.

    Raises:
        Invalid: A number cannot be, the minors exceed it, or the choice and the number contradict each other.
    """
    given = {cell.field: cell.value for cell in cells if not isinstance(cell.value, Unread)}
    for field, value in given.items():
        if isinstance(value, BadCell):
            raise Invalid(field, value.code, value.facts)
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


_CONTRADICTIONS = ("asked_differs", "minors_exceed")
_CONTRADICTING = {"asked": TOGETHER, "number": TOGETHER, "signal_minors": ("signal", "signal_minors")}
"""By the field of a contradiction: the fields that contradict each other."""


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


def _seen(cells: Sequence[Cell]) -> dict[str, Value | Unread]:
    """Return what is known to have been seen: who saw a number has seen that it is asked, and who saw a no, its 0."""
    seen: dict[str, Value | Unread] = {cell.field: cell.before for cell in cells if cell.before is not UNREAD}
    number = seen.get("number")
    if isinstance(number, int):
        seen.setdefault("asked", number > 0)
    elif seen.get("asked") is False:
        seen.setdefault("number", 0)
    return seen


def _beside(cell: Cell, wanted: Sequence[Cell]) -> tuple[str, ...]:
    """Return the fields of an act that stand or fall with a cell, itself among them."""
    if cell.field not in TOGETHER:
        return (cell.field,)
    return tuple(each.field for each in wanted if each.field in TOGETHER)


def _without(cells: Iterable[Cell], fields: Collection[str]) -> list[Cell]:
    return [each for each in cells if each.field not in fields]


def _lost(
    line: RecommendationLine,
    was: Mapping[str, Value],
    wanted: Sequence[Cell],
    seen: Mapping[str, Value | Unread],
    faulty: Collection[str],
) -> dict[str, Value]:
    """Return what would become of fields that were not set, and that held what was not seen or is to be put right."""
    given = {each.field for each in wanted}
    sighted = any(each.before is not UNREAD for each in wanted if each.field in TOGETHER)
    followed = [
        field
        for field in TOGETHER
        if field not in given and was[field] is not None and getattr(line, field) != was[field]
    ]
    return {
        field: getattr(line, field)
        for field in followed
        if field in faulty or (sighted and seen.get(field, UNREAD) != was[field])
    }


def _following(
    cells: Sequence[Cell], lost: Mapping[str, Value], was: Mapping[str, Value], seen: Mapping[str, Value | Unread]
) -> list[CellClash]:
    fields = tuple(each.field for each in cells)
    code = cells[0].municipality
    return [CellClash(code, name, mine, was[name], seen.get(name, UNREAD), fields) for name, mine in lost.items()]


def _restore(line: RecommendationLine, was: Mapping[str, Value]) -> None:
    for field, value in was.items():
        setattr(line, field, value)
