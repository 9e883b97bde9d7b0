"""Share when all floors that may be jumped over are the same: near-linear, with a proof by convexity.

Among recipients with one common floor and ceiling, whoever has the larger claim is asked first, so the asked are the k
largest claims for some k. For a fixed k there is no gap left, and `fill` is exact. Let C(k) be that smallest cost.

C is convex in k: by duality C(k) = max over prices p of  p * total - sum of gains(p), where the gain of each asked
recipient is max over y of p * y - y^2 / v. Gains grow with the claim, so for each p the bracket is convex in k, and a
maximum of convex functions is convex. Hence a k at which neither neighbour is cheaper is best, and the best k stand
together. See docs/explanation/sharing.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from bosett.apportion.level import Level, fill
from bosett.apportion.terms import Term


@dataclass(frozen=True, slots=True)
class Pattern:
    """A family of equally good answers: some fixed, some interchangeable.

    Attributes:
        units: Units by id, before `places` are given; for the `twins` the units of one that is asked.
        places: Units to give, one each, among those in `at`.
        at: Ids with a unit exactly at the price.
        twins: Ids with the same claim at the edge of the asked; only `asked` of them are asked.
        asked: How many of the twins are asked.
    """

    units: dict[str, int]
    places: int
    at: frozenset[str]
    twins: frozenset[str]
    asked: int

    def ranges(self) -> Iterator[tuple[str, int, int]]:
        """Yield id, least and most units over the family for those that are not the same throughout."""
        # All twins are at the price or none is, as they are alike; so the places are open unless all get one.
        seats = len(self.at - self.twins) + (self.asked if self.at & self.twins else 0)
        always, never = self.places == seats, self.places == 0
        for who in self.at | self.twins:
            base = self.units[who]
            low, high = base, base
            if who in self.at:
                low, high = base + always, base + (not never)
            if who in self.twins:
                low = 0
            if low < high:
                yield who, low, high

    def served(self, order: Sequence[str]) -> dict[str, int]:
        """Return the member of the family that is lexicographically greatest in `order`."""
        units = dict(self.units)
        places, asked = self.places, self.asked
        for who in order:
            if who in self.twins:
                if not asked:
                    units[who] = 0
                    continue
                asked -= 1
            if who in self.at and places:
                units[who] += 1
                places -= 1
        return units


def common_floor(terms: Sequence[Term]) -> tuple[int, int] | None:
    """Return the one floor and ceiling of all terms with a leap, or None when they differ; (0, 0) when there is none."""
    bounds = {(term.leap, term.high) for term in terms if term.leap}
    return None if len(bounds) > 1 else bounds.pop() if bounds else (0, 0)


def share_prefix(terms: Sequence[Term], total: int, floor: int, ceiling: int) -> list[Pattern]:
    """Return every best answer, as patterns; an empty list when the total falls into a gap.

    Args:
        terms: All open recipients; those with a leap share `floor` and `ceiling`.
        total: Units to share, between the smallest and largest sums.
        floor: The common leap in units; 0 when nobody has one.
        ceiling: Their common largest number in units.
    """
    search = _Search(terms, total)
    if not floor:
        return [search.pattern(0)]
    smallest = sum(term.low for term in search.steady)
    largest = sum(term.high for term in search.steady)
    fewest = max(0, -(-(total - largest) // ceiling))
    most = min(len(search.leapers), (total - smallest) // floor)
    if fewest > most:
        return []
    return [search.pattern(count) for count in search.best_counts(fewest, most)]


class _Search:
    """Descends on C(k), keeping the levels that it has filled."""

    def __init__(self, terms: Sequence[Term], total: int) -> None:
        self.terms, self.total = terms, total
        self.steady = [term for term in terms if not term.leap]
        self.leapers = _by_claim([term for term in terms if term.leap])
        self.asked = [term.as_asked() for term in self.leapers]
        self.levels: dict[int, Level] = {}

    def level(self, count: int) -> Level:
        if count not in self.levels:
            self.levels[count] = fill(self.steady + self.asked[:count], self.total)
        return self.levels[count]

    def units(self, count: int) -> list[int]:
        """Return one best answer for `count` asked, in the order steady, then leapers."""
        level = self.level(count)
        units = list(level.below)
        for position in level.at[: level.places]:
            units[position] += 1
        return units

    def rise(self, count: int) -> Fraction:
        """Return C(count + 1) - C(count), exactly."""
        fewer, more = self.units(count), self.units(count + 1)
        rows = self.steady + self.asked
        fewer.append(0)  # the newcomer stands last and had nothing
        return sum(
            (
                (new * new - old * old) / rows[position].claim
                for position, (old, new) in enumerate(zip(fewer, more, strict=True))
                if old != new
            ),
            start=Fraction(0),
        )

    def best_counts(self, fewest: int, most: int) -> range:
        """Return all k with the smallest C(k), fewest <= k <= most."""
        # C is convex, so its rises grow: find the first k from which it no longer falls, by strides away from the guess.
        low, high, stride = fewest, most, 1
        probe = self.guess()
        while low < high:
            probe = min(max(probe, low), high - 1)
            middle = (low + high) // 2
            if self.rise(probe) < 0:
                low = probe + 1
                probe = min(low + stride - 1, max(middle, low))
            else:
                high = probe
                probe = max(high - stride, middle)
            stride *= 2
        last = low
        while last < most and self.rise(last) == 0:
            last += 1
        return range(low, last + 1)

    def guess(self) -> int:
        """Return how many are asked when leaps are offered whole at their average price: nearly always best or next."""
        if self.total > sum(term.high for term in self.terms):
            return len(self.leapers)
        level = fill(self.terms, self.total)
        return sum(1 for term, units in zip(self.terms, level.below, strict=True) if term.leap and units)

    def pattern(self, count: int) -> Pattern:
        level = self.level(count)
        rows = self.steady + self.asked[:count]
        units = {term.who.id: 0 for term in self.leapers[count:]}
        units.update((term.who.id, held) for term, held in zip(rows, level.below, strict=True))
        at = {rows[position].who.id for position in level.at}
        twins: set[str] = set()
        if 0 < count < len(self.asked) and self.asked[count].claim == self.asked[count - 1].claim:
            edge = self.asked[count]
            alike = [term for term in self.asked if term.claim == edge.claim]
            inside = self.asked[count - 1].who.id
            twins = {term.who.id for term in alike}
            asked = sum(1 for term in self.asked[:count] if term.claim == edge.claim)
            for who in twins:
                units[who] = units[inside]
            if inside in at:
                at |= twins
        else:
            asked = 0
        if level.places == len(level.at):
            # Everybody at the price gets a unit: nothing is open there.
            for who in at:
                units[who] += 1
            return Pattern(units, 0, frozenset(), frozenset(twins), asked)
        return Pattern(units, level.places, frozenset(at), frozenset(twins), asked)


def _by_claim(terms: list[Term]) -> list[Term]:
    """Sort by falling claim; equal claims stay together in any order.

    Sorted by whole numbers first, as comparing fractions is slow, and by fractions only where those are equal.
    """
    rounded = sorted(
        (
            ((term.claim.numerator << 128) // term.claim.denominator, position, term)
            for position, term in enumerate(terms)
        ),
        reverse=True,
    )
    out: list[Term] = []
    for _, run in groupby(rounded, key=itemgetter(0)):
        out += sorted((term for _, _, term in run), key=lambda term: term.claim, reverse=True)
    return out
