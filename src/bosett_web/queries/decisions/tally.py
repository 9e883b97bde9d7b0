"""How the municipalities have answered, added up: how many have decided, and for how many persons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bosett.figures.kinds import Figure, Status
from bosett_web.queries.decisions.decisions import Answer, DecisionRow


@dataclass(frozen=True, slots=True)
class AnswerTally:
    """How the municipalities that were asked have answered. Persons, and counts of municipalities.

    `places` leaves out those that are now asked for none and have not decided. `asked` is None when the reader may not
    see every request; `fewer` counts those that answered no, too; `came_late` those whose decision came after their
    deadline. `hidden` and `unknown` count those of whose answers the figures do not tell: they are in no other count
    but `places`, and a count that would be 0 without them is None, as it is not known to be.
    """

    places: int
    asked: int | None
    decided: int | None
    answered: int | None
    preliminary: int | None
    equal: int | None
    fewer: int | None
    no: int | None
    more: int | None
    came_late: int | None
    hidden: int = 0
    unknown: int = 0

    @property
    def untold(self) -> int:
        """Municipalities of whose answers the figures do not tell."""
        return self.hidden + self.unknown

    @property
    def left(self) -> int:
        """Municipalities that are known not to have decided."""
        return self.places - (self.answered or 0) - self.untold

    def figure(self, name: str) -> Figure:
        """Return a count as a figure: one that is not known says whether it is because numbers are kept back."""
        count: int | None = getattr(self, name)
        if count is None:
            return Figure(None, Status.HIDDEN if self.hidden and not self.unknown else Status.MISSING)
        return Figure(count, Status.OK)


def tally(rows: Sequence[Answer]) -> AnswerTally:
    """Count answers."""
    outcomes = Counter(each.outcome for each in rows)
    untold = any(each.untold for each in rows)

    def known(count: int) -> int | None:
        return count or (None if untold else 0)

    numbers = [each.asked for each in rows]
    seen = [number for number in numbers if number is not None]
    return AnswerTally(
        places=sum(each.decided or each.awaited or each.untold for each in rows),
        asked=sum(seen) if rows and len(seen) == len(numbers) else None,
        decided=known(sum(persons_decided(each.decision) for each in rows)),
        answered=known(sum(each.decided for each in rows)),
        preliminary=known(outcomes["preliminary"]),
        equal=known(outcomes["equal"]),
        fewer=known(outcomes["fewer"] + outcomes["no"]),
        no=known(outcomes["no"]),
        more=known(outcomes["more"]),
        came_late=known(sum(each.came_late for each in rows)),
        hidden=outcomes["hidden"],
        unknown=outcomes["unknown"],
    )


def persons_decided(row: DecisionRow | None) -> int:
    """Return what a version adds to a sum of persons: none without a decision that tells its number."""
    return row.number if row is not None and row.number is not None and not row.preliminary else 0
