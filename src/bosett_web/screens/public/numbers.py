"""Numbers as the public pages show them: a number, so many or more, hidden, or not known, and never one for another."""

from collections.abc import Iterable
from dataclasses import dataclass

from bosett.figures.kinds import Status
from bosett.rounds.open_round import OpenFigure
from bosett.rounds.published import CountMark, PublicCount
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.screens import formats
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in words.

    Attributes:
        words: The number, or why there is none.
        persons: The number that tables are sorted by; None when there is none.
    """

    words: str
    persons: int | None

    @property
    def from_most(self) -> tuple[bool, int]:
        """What rows are sorted by that begin with the largest number; those without one come last."""
        return (True, 0) if self.persons is None else (False, -self.persons)

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return self.persons is not None


def whole(number: int | None, language: str) -> Shown:
    """Return a number that is either there or not known."""
    return Shown(say("public_unknown", language) if number is None else formats.number(number), number)


def figure(value: OpenFigure, language: str) -> Shown:
    """Return a figure: the number, or why there is none."""
    if value.persons is not None:
        return whole(value.persons, language)
    codes = {Status.HIDDEN: "hidden", Status.NOT_ASKED: "not_asked"}
    return Shown(say(codes.get(value.status, "public_unknown"), language), None)


def count(view: PublicView, place: str, step: SettlementStep, group: LedgerGroup = LedgerGroup.ALL) -> Shown:
    """Return a count of the newest that have been published."""
    newest = view.counts.get((place, step, group))
    return whole(None, view.language) if newest is None else counted(newest, view.language)


def counted(value: PublicCount, language: str) -> Shown:
    """Return a count in words."""
    if value.persons is None:
        return Shown(say("hidden" if value.mark is CountMark.HIDDEN else "public_unknown", language), None)
    if value.mark is CountMark.AT_LEAST:
        return at_least(value.persons, language)
    return whole(value.persons, language)


def at_least(number: int, language: str) -> Shown:
    """Return a number that some are left out of."""
    return Shown(say("ledger_at_least", language, number=number), number)


def total(figures: Iterable[OpenFigure], language: str) -> Shown:
    """Return the sum of figures: of what is known, no fewer than that where some are hidden, or not known at all."""
    every = [*figures]
    known = [each.persons for each in every if each.persons is not None]
    if not known:
        none_asked = every and all(each.status is Status.NOT_ASKED for each in every)
        return whole(0 if none_asked else None, language)
    if any(each.status is Status.HIDDEN for each in every):
        return at_least(sum(known), language)
    return whole(sum(known), language)
