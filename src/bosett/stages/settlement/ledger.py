"""The ledger of a year: enquired, agreed and settled, as dated counts by municipality; a correction is a new row.

Nothing in the ledger is changed. A row that was wrong is corrected by one that names it, and what the ledger said on
any day can be told again. A count that its publisher hides stays hidden: what it is part of is known to be no fewer
than what is shown, and is never told as a sum. Counts are persons.

Source: the states of the year's people in the glossary; what is hidden is as IMDi's statistics have it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bosett.basis.refusals import Refusal


class SettlementStep(StrEnum):
    """How far people have come: a municipality is asked about them, says yes, and they move in."""

    ENQUIRED = "enquired"
    AGREED = "agreed"
    SETTLED = "settled"


class LedgerGroup(StrEnum):
    """Whom a count is of: everybody, or the unaccompanied minors among them."""

    ALL = "all"
    MINORS = "minors"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One count.

    Attributes:
        number: Its number in the ledger; later rows have higher ones.
        municipality: Which.
        step: What has happened.
        group: Whom it counts.
        on: The day on which it happened, or the last of those that it counts.
        count: Persons; None is hidden by its publisher.
        said_by: Who says it.
        said_on: The day on which it was said.
        corrects: The number of the row that it takes the place of; None when it takes none's.
    """

    number: int
    municipality: str
    step: SettlementStep
    group: LedgerGroup
    on: date
    count: int | None
    said_by: str
    said_on: date
    corrects: int | None = None


class BadLedger(Refusal):
    """A row cannot stand in the ledger."""

    def __init__(self, row: LedgerRow, what: str) -> None:
        super().__init__(f"row {row.number}: {what}")
        self.row = row


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """What a municipality, or the country, comes to.

    Attributes:
        shown: Persons in the counts that are shown.
        hidden: How many counts are hidden; while there are any, `shown` is the fewest that it can be.
        rows: How many rows it rests on.
    """

    shown: int
    hidden: int
    rows: int

    @property
    def persons(self) -> int | None:
        """The persons; None when some counts are hidden."""
        return None if self.hidden else self.shown


Key = tuple[str, SettlementStep, LedgerGroup]
"""Municipality, step and group."""


def hold(rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return rows in the order of the ledger when all of them can stand there.

    Raises:
        BadLedger: A number stands twice, a count is below 0, something was said before it happened, a correction names
            no earlier row, or one of another municipality, step or group, or one that has been corrected already.
    """
    ordered = tuple(sorted(rows, key=lambda row: row.number))
    by_number: dict[int, LedgerRow] = {}
    corrected: dict[int, int] = {}
    for row in ordered:
        for what in _faults(row, by_number, corrected):
            raise BadLedger(row, what)
        by_number[row.number] = row
        if row.corrects is not None:
            corrected[row.corrects] = row.number
    return ordered


def in_force(rows: Iterable[LedgerRow], day: date) -> tuple[LedgerRow, ...]:
    """Return the rows that count, as the ledger stood at the end of a day: said by then, and not corrected by then."""
    known = [row for row in rows if row.said_on <= day]
    corrected = {row.corrects for row in known}
    return tuple(row for row in known if row.number not in corrected)


def counts(rows: Iterable[LedgerRow], first: date, last: date, day: date) -> Mapping[Key, LedgerCount]:
    """Return what each municipality comes to in a time, by municipality, step and group.

    Nobody that the ledger has no row of is in it: that is unknown, and no 0.

    Args:
        rows: The ledger's rows.
        first: The first day of the time.
        last: The last.
        day: The day on which it is asked: what is said later is not known yet.
    """
    by_key: dict[Key, list[LedgerRow]] = {}
    for row in in_force(rows, day):
        if first <= row.on <= last:
            by_key.setdefault((row.municipality, row.step, row.group), []).append(row)
    return MappingProxyType({key: _count(by_key[key]) for key in sorted(by_key, key=_in_order)})


def of_country(by_municipality: Mapping[Key, LedgerCount]) -> Mapping[tuple[SettlementStep, LedgerGroup], LedgerCount]:
    """Return what the municipalities in the ledger come to together, by step and group."""
    sums: dict[tuple[SettlementStep, LedgerGroup], LedgerCount] = {}
    for (_, step, group), count in by_municipality.items():
        so_far = sums.get((step, group), LedgerCount(0, 0, 0))
        sums[step, group] = LedgerCount(
            so_far.shown + count.shown, so_far.hidden + count.hidden, so_far.rows + count.rows
        )
    return {key: sums[key] for key in sorted(sums, key=lambda each: _in_order(("", *each)))}


def _faults(row: LedgerRow, by_number: Mapping[int, LedgerRow], corrected: Mapping[int, int]) -> list[str]:
    faults = []
    if row.number in by_number:
        faults.append("its number stands twice")
    if row.count is not None and row.count < 0:
        faults.append(f"{row.count} is below 0")
    if row.said_on < row.on:
        faults.append(f"it was said on {row.said_on}, before it happened, on {row.on}")
    if row.corrects is not None:
        faults += _faults_of_correction(row, row.corrects, by_number, corrected)
    return faults


def _faults_of_correction(
    row: LedgerRow, corrects: int, by_number: Mapping[int, LedgerRow], corrected: Mapping[int, int]
) -> list[str]:
    before = by_number.get(corrects)
    if before is None:
        return [f"it corrects {corrects}, which is no row before it"]
    if corrects in corrected:
        return [f"it corrects {corrects}, which {corrected[corrects]} has corrected already: correct that one"]
    if (before.municipality, before.step, before.group) != (row.municipality, row.step, row.group):
        return [f"it corrects {corrects}, which is of another municipality, step or group"]
    if row.said_on < before.said_on:
        return [f"it was said on {row.said_on}, before {corrects} was, on {before.said_on}"]
    return []


def _count(rows: Iterable[LedgerRow]) -> LedgerCount:
    listed = [row.count for row in rows]
    shown = [count for count in listed if count is not None]
    return LedgerCount(sum(shown), len(listed) - len(shown), len(listed))


def _in_order(key: Key) -> tuple[str, int, int]:
    municipality, step, group = key
    return municipality, [*SettlementStep].index(step), [*LedgerGroup].index(group)
