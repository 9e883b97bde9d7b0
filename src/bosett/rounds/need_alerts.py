"""When the need of a year has moved: past which limit, and whether an alert is raised, stands or is over.

The need is held against the target that is in force: in all, and for the unaccompanied minors alone. What is reckoned
is whole persons and exact parts of the target. The limits are dated parameters (`data/parameters/need-alert*.yaml`).

Source: the national committee's task, to consider a new distribution when the estimated need changes by more than
10 per cent, in all or for unaccompanied minors. That an alert is over only when the need has come nearer than it was
raised at is our own rule. The Danish rule (integrationsloven § 6) is told beside, and raises nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.parameters import AlertLimits, danish_limit


class NeedGroup(StrEnum):
    """Whose need it is: everybody's, or that of the unaccompanied minors among them."""

    ALL = "all"
    MINORS = "minors"


class AlertStep(StrEnum):
    """What becomes of an alert: nothing new, one is raised in the place of any before it, or it is over."""

    STAND = "stand"
    RAISE = "raise"
    END = "end"


@dataclass(frozen=True, slots=True)
class NeedMove:
    """How far a need is from its target, in persons."""

    group: NeedGroup
    target: int
    need: int

    @property
    def change(self) -> int:
        """Persons by which the need is above the target; below nothing when it is below."""
        return self.need - self.target

    @property
    def part(self) -> Fraction | None:
        """The change as a part of the target; None of a target of nobody, which has no parts."""
        return Fraction(self.change, self.target) if self.target else None

    def is_beyond(self, limit: Fraction) -> bool:
        """Tell whether it has moved by more than a part of the target."""
        return abs(self.change) > limit * self.target


def next_step(move: NeedMove, limits: AlertLimits, standing: NeedMove | None) -> AlertStep:
    """Return what becomes of the alert of a group.

    Args:
        move: The need that is known now, and its target.
        limits: Of the settlement year.
        standing: What the alert which stands was raised for; None when none stands.
    """
    if standing is None:
        return AlertStep.RAISE if move.is_beyond(limits.beyond) else AlertStep.STAND
    if not move.is_beyond(limits.back):
        return AlertStep.END
    if standing.target != move.target:  # it was raised against another target: it tells what is not so any more
        return AlertStep.RAISE if move.is_beyond(limits.beyond) else AlertStep.END
    moved_on = NeedMove(move.group, move.target, move.target + move.need - standing.need)
    return AlertStep.RAISE if moved_on.is_beyond(limits.beyond) else AlertStep.STAND


def is_beyond_danish(move: NeedMove, year: int) -> bool:
    """Tell whether Denmark's law would have the target changed.

    Raises:
        NotKnown: The rule is not known for the year.
    """
    return move.is_beyond(danish_limit(year, move.target))
