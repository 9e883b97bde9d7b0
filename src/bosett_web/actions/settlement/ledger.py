"""The ledger of a settlement year: counts are entered, all or none; one that was wrong is corrected by a new row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep
from bosett.stages.settlement.sides import LedgerSide
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import people, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry, canonical, sha256
from bosett_web.queries.settlement.ledger import LedgerLine, entered_row, ledger_lines, new_row
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import LedgerEntry

ENTER, TELL = "ledger.enter", "ledger.tell"
CORRECT = {ENTER: "ledger.correct", TELL: "ledger.correct_own"}
"""By what one enters rows with: what one corrects them with."""
LONGEST_NAME = 200
MOST_AT_ONCE = 20_000
"""Rows that are entered at once: a year of weeks in every municipality, by step, is about so many."""


@dataclass(frozen=True, slots=True)
class NewCount:
    """A count that is to be entered; None is hidden by its publisher. `corrects` is the number of a row, with why."""

    municipality: str
    step: SettlementStep
    group: LedgerGroup
    on: date
    count: int | None
    said_by: str
    said_on: date
    corrects: int | None = None
    reason: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class CountFault:
    """Why one of several counts cannot stand: its place among them, the field, and a code with its facts."""

    place: int
    fault: Invalid


def side_of(actor: Actor) -> LedgerSide:
    """Return whose rows somebody enters."""
    return LedgerSide.MUNICIPALITY if actor.party is Party.MUNICIPALITY else LedgerSide.DIRECTORATE


def subject_of(year: int, counts: Sequence[NewCount]) -> str:
    """Return the name by which the journal tells the story of the ledger, or of one municipality in it."""
    named = {each.municipality for each in counts}
    return f"ledger:{year}:{named.pop()}" if len(named) == 1 else f"ledger:{year}"


def entering(actor: Actor) -> str:
    """Return the move by which somebody enters rows; who is neither is judged by the directorate's."""
    return TELL if actor.party is Party.MUNICIPALITY else ENTER


def allowed(actor: Actor, at: Standing, counts: Sequence[NewCount], name: str = "") -> None:
    """Hold counts against the table of moves: who enters them, of which municipalities, and in which round.

    Args:
        actor: Who.
        at: The round as it stands.
        counts: The counts.
        name: The move; by default the one by which the actor enters rows.

    Raises:
        Objected: They may not be entered.
    """
    name, subject = name or entering(actor), subject_of(at.year, counts)
    for area in dict.fromkeys(each.municipality if name == TELL else "" for each in counts):
        require(name, actor, new_row(at, area), subject, at.year)
    for each in counts:
        if each.corrects is not None:
            area = each.municipality if name == TELL else ""
            require(CORRECT[name], actor, entered_row(at, area), subject, at.year, each.reason)


@action
def enter(actor: Actor, /, *, year: int, counts: Sequence[NewCount], source: str) -> Event:
    """Enter counts in the directorate's rows of the ledger, all or none.

    Args:
        actor: The directorate's case worker.
        year: Settlement year.
        counts: What is to be entered; new ones, and those that correct a row.
        source: `hand`, `file` or `made_up`.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: There are none, or one cannot stand; then none is entered.
    """
    return keep(actor, (ENTER, ENTER), year, counts, source)


@action
def tell(actor: Actor, /, *, year: int, counts: Sequence[NewCount], source: str) -> Event:
    """Enter a municipality's counts of its own people, as `enter` does.

    Raises:
        Objected: Not by this role, of another municipality, or the round is closed.
        Invalid: As `enter`.
    """
    return keep(actor, (TELL, TELL), year, counts, source)


@dataclass(frozen=True, slots=True)
class NewRow:
    """What takes the place of a row: the day and the count, who says so and when, and why."""

    on: date
    count: int | None
    said_by: str
    said_on: date
    reason: str


@action
def correct(actor: Actor, /, *, year: int, number: int, row: NewRow) -> Event:
    """Correct a row of the directorate's by a new one, which takes its place; the old one is kept.

    Args:
        actor: The directorate's case worker.
        year: Settlement year.
        number: The number of the row that is corrected.
        row: What takes its place.

    Raises:
        Objected: Not by this role, without a reason, or the round is closed.
        Invalid: There is no such row, it is the municipality's, it has been corrected already, or the new one cannot
            stand.
    """
    return _correct(actor, ENTER, year, number, row)


@action
def correct_own(actor: Actor, /, *, year: int, number: int, row: NewRow) -> Event:
    """Correct a row that a municipality has entered itself, as `correct` does.

    Raises:
        Objected: Not by this role, of another municipality, without a reason, or the round is closed.
        Invalid: As `correct`; the row may be the directorate's.
    """
    return _correct(actor, TELL, year, number, row)


def keep(actor: Actor, names: tuple[str, str], year: int, counts: Sequence[NewCount], source: str) -> Event:
    """Enter counts, as `enter` does, within the transaction of an action.

    Args:
        actor: Who.
        names: The move by which rows are entered, and what the event is called.
        year: Settlement year.
        counts: What is to be entered.
        source: `hand`, `file` or `made_up`.

    Raises:
        Objected: As `enter`.
        Invalid: As `enter`.
    """
    at = locked(year)
    move, event = names
    allowed(actor, at, counts, move)
    if not counts:
        raise Invalid("count", "ledger_nothing")
    if len(counts) > MOST_AT_ONCE:
        raise Invalid("count", "file_rows")
    kept = ledger_lines(year)
    for each in faults(actor, year, counts, kept):
        raise each.fault
    first = max((line.row.number for line in kept), default=0) + 1
    numbers = range(first, first + len(counts))
    _make(actor, year, dict(zip(numbers, counts, strict=True)))
    corrected = [each.corrects for each in counts if each.corrects is not None]
    # No count stands in the journal, where others read it: the rows are sealed there by what they come to as bytes.
    after = {"rows": len(counts), "row": first, "source": source, "corrected": len(corrected)}
    after |= {"sha256": sha256(canonical({"rows": [_sealed(*each) for each in zip(numbers, counts, strict=True)]}))}
    reasons = "\n".join(dict.fromkeys(each.reason.strip() for each in counts if each.reason.strip()))
    return note(actor, Entry(event, subject_of(year, counts), year, {}, after, {"reason": reasons}))


def faults(actor: Actor, year: int, counts: Sequence[NewCount], kept: Sequence[LedgerLine]) -> Iterator[CountFault]:
    """Yield why counts cannot stand in the ledger, each with its place among them; nothing when all of them can.

    Args:
        actor: Who would enter them.
        year: Settlement year.
        counts: The counts.
        kept: The rows that stand, of all of the year.
    """
    codes = frozenset(place.code for place in municipalities(year))
    side, today = side_of(actor), clock.today()
    by_number = {line.row.number: line for line in kept}
    standing = {_key(line.side, line.row): line.row.number for line in kept if line.corrected_by is None}
    own: dict[tuple[object, ...], int] = {}
    for place, each in enumerate(counts):
        key = _key(side, each)
        try:
            _plain(each, year, codes, today)
            before = None if each.corrects is None else _corrected(each, side, by_number)
            row = standing.get(key)
            if row is not None and (before is None or row != before.row.number):
                raise Invalid("on", "ledger_stands", {"row": row})  # noqa: TRY301  - told with the others
            if key in own or (each.corrects is not None and ("corrects", each.corrects) in own):
                raise Invalid("on", "ledger_twice")  # noqa: TRY301  - as above
        except Invalid as fault:
            yield CountFault(place, fault)
        own[key] = place
        if each.corrects is not None:
            own["corrects", each.corrects] = place


def _correct(actor: Actor, name: str, year: int, number: int, row: NewRow) -> Event:
    before = next((line.row for line in ledger_lines(year) if line.row.number == number), None)
    if before is None:
        raise Invalid("corrects", "ledger_no_row", {"row": number})
    new = NewCount(
        before.municipality,
        before.step,
        before.group,
        row.on,
        row.count,
        row.said_by,
        row.said_on,
        number,
        row.reason,
    )
    return keep(actor, (name, CORRECT[name]), year, [new], "hand")


def _make(actor: Actor, year: int, counts: Mapping[int, NewCount]) -> None:
    """Make rows, by their numbers."""
    before = dict(LedgerEntry.objects.filter(round=year).order_by("number").values_list("number", "pk"))
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                round_id=year,
                number=number,
                side=side_of(actor),
                municipality=each.municipality,
                step=each.step,
                group=each.group,
                on=each.on,
                count=each.count,
                said_by=each.said_by.strip(),
                said_on=each.said_on,
                corrects_id=None if each.corrects is None else before[each.corrects],
                reason=each.reason.strip(),
                made_up=each.made_up,
                day=clock.today(),
                entered_by_id=actor.person_id,
            )
            for number, each in counts.items()
        ]
    )


def _plain(each: NewCount, year: int, codes: frozenset[str], today: date) -> None:
    """Hold a count against what any count must be.

    Raises:
        Invalid: It cannot be.
    """
    if each.municipality not in codes:
        raise Invalid("municipality", "ledger_no_place")
    if each.on.year != year:
        raise Invalid("on", "ledger_other_year", {"year": str(year)})
    for field, day in (("on", each.on), ("said_on", each.said_on)):
        if day > today:
            raise Invalid(field, "dated_later", {"day": today})
    if each.said_on < each.on:
        raise Invalid("said_on", "ledger_said_before", {"day": each.on})
    people("count", each.count)
    if len(text("said_by", each.said_by, needed=True)) > LONGEST_NAME:
        raise Invalid("said_by", "text_long", {"most": LONGEST_NAME})
    text("reason", each.reason, needed=each.corrects is not None)


def _corrected(each: NewCount, side: LedgerSide, by_number: Mapping[int, LedgerLine]) -> LedgerLine:
    """Return the row that a count corrects.

    Raises:
        Invalid: It cannot be corrected by this one.
    """
    before = by_number.get(each.corrects or -1)
    if before is None:
        raise Invalid("corrects", "ledger_no_row", {"row": each.corrects})
    if before.side is not side:
        raise Invalid("corrects", "ledger_others", {"row": each.corrects})
    if before.corrected_by is not None:
        raise Invalid("corrects", "ledger_corrected", {"row": each.corrects, "by": before.corrected_by})
    row = before.row
    if (row.municipality, row.step, row.group) != (each.municipality, each.step, each.group):
        raise Invalid("corrects", "ledger_of_another", {"row": each.corrects})
    if each.said_on < row.said_on:
        raise Invalid("said_on", "ledger_said_earlier", {"day": row.said_on})
    if (row.on, row.count, row.said_by) == (each.on, each.count, each.said_by.strip()):
        raise Invalid("count", "nothing_changed")
    return before


def _key(side: LedgerSide, row: NewCount | LedgerRow) -> tuple[object, ...]:
    return side, row.municipality, row.step, row.group, row.on


def _sealed(number: int, each: NewCount) -> Mapping[str, object]:
    whole = replace(each, said_by=each.said_by.strip(), reason=each.reason.strip())
    return {"number": number} | {name: getattr(whole, name) for name in NewCount.__dataclass_fields__}
