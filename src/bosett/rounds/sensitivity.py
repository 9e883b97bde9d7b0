"""How far a round's numbers hang on its weights and on the forecast: each is moved by itself, and all is shared anew.

docs/explanation/sensitivity.md tells what is moved, and works a small example by hand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from bosett.figures import SHIPPED, Layers
from bosett.parameters import CriteriaChoice, CriteriaFile, chosen
from bosett.rounds.kinds import Mode
from bosett.rounds.run import NotShared, share_round

STEP = Fraction(5, 100)
"""How far a weight is moved, up and down."""

Numbers = Mapping[str, int]
"""Persons by municipality; who is asked for nobody has 0."""
Share = Callable[[CriteriaChoice, int], Numbers | None]
"""Shares so many persons by a choice; None when it does not work out."""


class MovedWay(StrEnum):
    """How something is moved: a weight down or up, the total to a number of the forecast."""

    DOWN = "down"
    UP = "up"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class AskedIn(StrEnum):
    """In how much of all that is moved a municipality is asked."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Forecasted:
    """A forecast, in persons."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Variation:
    """The round with one thing moved.

    Attributes:
        criterion: Code of the weight that is moved; empty when it is the total.
        way: How it is moved.
        choice: The weights and the floor then.
        total: The persons that are shared then.
        numbers: What it comes to; None when it does not work out.
        changed: Municipalities whose number is another; None likewise.
        most: The largest change of one of them, in persons; None likewise.
    """

    criterion: str
    way: MovedWay
    choice: CriteriaChoice
    total: int
    numbers: Numbers | None = None
    changed: int | None = None
    most: int | None = None

    @property
    def asked(self) -> int | None:
        """Municipalities that are asked for anybody; None when it does not work out."""
        return None if self.numbers is None else sum(number > 0 for number in self.numbers.values())


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """The fewest and the most that a municipality is asked for, as it is and moved: by weights alone, and by all."""

    by_weights: tuple[int, int]
    in_all: tuple[int, int]

    @property
    def asked_in(self) -> AskedIn:
        """In how much of it the municipality is asked."""
        low, high = self.in_all
        return AskedIn.ALL if low else AskedIn.SOME if high else AskedIn.NONE


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A round, and what comes of it when one thing at a time is moved.

    Attributes:
        total: Persons that are shared.
        numbers: The round as it is.
        variations: Each with one thing moved: the weights in the order of the criteria, then the forecast.
        spans: By municipality: between what its number lies.
    """

    total: int
    numbers: Numbers
    variations: tuple[Variation, ...]
    spans: Mapping[str, NumberSpan]

    @property
    def core(self) -> tuple[str, ...]:
        """Those whose number is the same whichever weight is moved."""
        return tuple(code for code, span in self.spans.items() if span.by_weights[0] == span.by_weights[1])


def stepped(choice: CriteriaChoice, code: str, by: Fraction) -> CriteriaChoice | None:
    """Return a choice with one weight moved, at most to an end; the others keep their proportions.

    Others that weigh nothing share alike what the one gives up.

    Returns:
        None when it cannot be moved that way.
    """
    was = dict(choice.weights)[code]
    now = min(max(was + by, Fraction(0)), Fraction(1))
    others = len(choice.weights) - 1
    if now == was or not others:
        return None

    def other(weight: Fraction) -> Fraction:
        return (1 - now) / others if was == 1 else weight * (1 - now) / (1 - was)

    weights = tuple((each, now if each == code else other(weight)) for each, weight in choice.weights)
    return CriteriaChoice(weights, choice.least)


def sensitivity(
    file: CriteriaFile, choice: CriteriaChoice, total: int, forecast: Forecasted | None, figures: Layers = SHIPPED
) -> Sensitivity | None:
    """Return what comes of a choice when one thing at a time is moved.

    Args:
        file: The criteria that it is a choice of, as known on the day of the round.
        choice: Weights that add up, and a floor.
        total: Persons to share.
        forecast: What the total may be instead; None when nobody has told.
        figures: What is accepted above the shipped figures.

    Returns:
        None when the choice itself does not work out.

    Raises:
        Refusal: The criteria ask for something that they may not.
    """

    def share(weighed: CriteriaChoice, persons: int) -> Numbers | None:
        try:
            sharing = share_round(chosen(file, weighed), file.year, persons, Mode.COUNTIES, figures=figures)
        except NotShared:
            return None
        numbers = sharing.numbers
        return {code: numbers.get(code, 0) for code in sharing.claims.claims}

    return sensitivity_of(share, choice, total, forecast)


def sensitivity_of(share: Share, choice: CriteriaChoice, total: int, forecast: Forecasted | None) -> Sensitivity | None:
    """Return the same of any way to share.

    Args:
        share: What numbers are made by.
        choice: Weights that add up, and a floor.
        total: Persons to share.
        forecast: What the total may be instead; None when nobody has told.
    """
    shared = share(choice, total)
    if shared is None:
        return None
    moved = [(each, share(each.choice, each.total)) for each in _moved(choice, total, forecast)]
    codes = dict.fromkeys([*shared, *(code for _, numbers in moved for code in numbers or ())])
    numbers = _whole(shared, codes)
    variations = tuple(_compared(each, numbers, now and _whole(now, codes)) for each, now in moved)
    of_weights = [numbers, *(each.numbers for each in variations if each.criterion and each.numbers is not None)]
    of_all = [numbers, *(each.numbers for each in variations if each.numbers is not None)]
    spans = {code: NumberSpan(_between(of_weights, code), _between(of_all, code)) for code in codes}
    return Sensitivity(total, numbers, variations, spans)


def _moved(choice: CriteriaChoice, total: int, forecast: Forecasted | None) -> Iterator[Variation]:
    """Yield what is moved, before it is shared."""
    for code, _ in choice.weights:
        for way, by in ((MovedWay.DOWN, -STEP), (MovedWay.UP, STEP)):
            if (moved := stepped(choice, code, by)) is not None:
                yield Variation(code, way, moved, total)
    if forecast is not None:
        totals = {MovedWay.LOW: forecast.low, MovedWay.MIDDLE: forecast.middle, MovedWay.HIGH: forecast.high}
        yield from (Variation("", way, choice, persons) for way, persons in totals.items())


def _whole(numbers: Numbers, codes: Iterable[str]) -> Numbers:
    """Return a number for everybody that has one in any case; who has no claim in this one is asked for nobody."""
    return {code: numbers.get(code, 0) for code in codes}


def _compared(each: Variation, base: Numbers, numbers: Numbers | None) -> Variation:
    """Return a variation with what it comes to, held against the round as it is."""
    if numbers is None:
        return each
    apart = [abs(number - base[code]) for code, number in numbers.items()]
    return replace(each, numbers=numbers, changed=sum(map(bool, apart)), most=max(apart, default=0))


def _between(all_numbers: Sequence[Numbers], code: str) -> tuple[int, int]:
    numbers = [each[code] for each in all_numbers]
    return min(numbers), max(numbers)
