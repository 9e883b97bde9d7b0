"""Two who count the same people: the directorate and the municipality, each in rows of its own in one ledger.

What both tell is never added up and never averaged. What counts is what the directorate tells; of what it tells
nothing, what the municipality does. Where the two disagree both are listed, each with how far it has counted: one of
them is wrong, or has counted further. Counts are persons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, LedgerRow, SettlementStep, in_force


class LedgerSide(StrEnum):
    """Who has entered a row: the directorate, or the municipality itself."""

    DIRECTORATE = "directorate"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class SidedCount:
    """What a municipality comes to, and who tells it."""

    count: LedgerCount
    side: LedgerSide


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the two tell of the same, and do not agree upon; each with the last day that it has a count of."""

    key: Key
    directorate: LedgerCount
    municipality: LedgerCount
    directorate_until: date
    municipality_until: date


@dataclass(frozen=True, slots=True)
class LeftToSettle:
    """How many of those decided have not moved in yet, in persons.

    Attributes:
        most: So many, or fewer when `exact` is false. None when nothing is decided, or nobody has told of anybody.
        exact: Whether it is so many.
        over: So many more than decided have moved in, at the least.
    """

    most: int | None
    exact: bool
    over: int


def counted(sides: Mapping[LedgerSide, Mapping[Key, LedgerCount]]) -> Mapping[Key, SidedCount]:
    """Return what counts, of what each of the two tells."""
    chosen: dict[Key, SidedCount] = {}
    for side in LedgerSide:
        for key, count in sides.get(side, {}).items():
            chosen.setdefault(key, SidedCount(count, side))
    return MappingProxyType(chosen)


def counting_rows(
    rows: Mapping[LedgerSide, Iterable[LedgerRow]], first: date, last: date, day: date
) -> tuple[LedgerRow, ...]:
    """Return the rows that make up what counts: of each municipality, step and group those of the one who is counted.

    Args:
        rows: The ledger's rows by who has entered them.
        first: The first day of the time.
        last: The last.
        day: The day on which it is asked, as `counts` takes it.
    """
    standing = {
        side: [row for row in in_force(rows.get(side, ()), day) if first <= row.on <= last] for side in LedgerSide
    }
    chosen: dict[Key, LedgerSide] = {}
    for side in LedgerSide:
        for row in standing[side]:
            chosen.setdefault(_key(row), side)
    return tuple(row for side in LedgerSide for row in standing[side] if chosen[_key(row)] is side)


def disagreements(
    sides: Mapping[LedgerSide, Mapping[Key, LedgerCount]], until: Mapping[LedgerSide, Mapping[Key, date]]
) -> tuple[Disagreement, ...]:
    """Return what the two do not agree upon, by municipality and step.

    A sum with hidden counts disagrees only with one that is smaller than what is shown of it.

    Args:
        sides: What each tells.
        until: How far each has counted, as `counted_until` gives it.
    """
    first, second = (sides.get(side, {}) for side in (LedgerSide.DIRECTORATE, LedgerSide.MUNICIPALITY))
    return tuple(
        Disagreement(key, count, second[key], until[LedgerSide.DIRECTORATE][key], until[LedgerSide.MUNICIPALITY][key])
        for key, count in first.items()
        if key in second and not _agree(count, second[key])
    )


def counted_until(rows: Iterable[LedgerRow], first: date, last: date, day: date) -> Mapping[Key, date]:
    """Return the last day that there is a count of, by municipality, step and group; as `counts` takes its rows."""
    days: dict[Key, date] = {}
    for row in in_force(rows, day):
        if first <= row.on <= last:
            days[_key(row)] = max(days.get(_key(row), row.on), row.on)
    return MappingProxyType(days)


def left_to_settle(decided: int | None, settled: LedgerCount | None) -> LeftToSettle:
    """Return what is left of a decision, of what is told of those who have moved in; None is nothing told."""
    if decided is None or settled is None:
        return LeftToSettle(None, exact=False, over=0)
    return LeftToSettle(max(decided - settled.shown, 0), not settled.hidden, max(settled.shown - decided, 0))


def left_together(parts: Iterable[LeftToSettle]) -> LeftToSettle:
    """Return what is left in several municipalities: one that took more than it decided leaves no other with fewer."""
    known = [part for part in parts if part.most is not None]
    if not known:
        return LeftToSettle(None, exact=False, over=0)
    most = sum(part.most for part in known if part.most is not None)
    return LeftToSettle(most, all(part.exact for part in known), sum(part.over for part in known))


def together(
    by_municipality: Mapping[Key, SidedCount], municipalities: Iterable[str], step: SettlementStep, group: LedgerGroup
) -> LedgerCount | None:
    """Return what some municipalities come to at a step; None when nothing is told of any of them."""
    rows = [by_municipality[key].count for code in municipalities if (key := (code, step, group)) in by_municipality]
    if not rows:
        return None
    return LedgerCount(*(sum(getattr(row, name) for row in rows) for name in ("shown", "hidden", "rows")))


def _key(row: LedgerRow) -> Key:
    return row.municipality, row.step, row.group


def _agree(one: LedgerCount, other: LedgerCount) -> bool:
    if one.persons is not None and other.persons is not None:
        return one.persons == other.persons
    return all(each.persons is None or each.persons >= beside.shown for each, beside in ((one, other), (other, one)))
