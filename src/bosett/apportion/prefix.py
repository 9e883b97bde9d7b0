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

from bosett.apportion.level import Filling, Vessels, fill
from bosett.apportion.problem import falling
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
    """Return the one floor and ceiling of all terms with a leap, or None when they differ; (0, 0) without any."""
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
        self.leapers = falling((term for term in terms if term.leap), lambda term: term.who.claim)
        self.rows = self.steady + self.leapers
        self.vessels = Vessels.of(self.rows)
        self.levels: dict[int, Filling] = {}
        self.price: Fraction | None = None  # of the latest level: the next one is near

    def level(self, count: int) -> Filling:
        if count not in self.levels:
            level = fill(self.vessels.asked(len(self.steady), count), self.total, self.price)
            self.levels[count], self.price = level, level.price
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
        fewer.append(0)  # the newcomer stands last and had nothing
        squares: dict[Fraction, int] = {}
        for term, old, new in zip(self.rows, fewer, more, strict=False):
            if old != new:
                claim = term.who.claim
                squares[claim] = squares.get(claim, 0) + new * new - old * old
        return sum((square / claim for claim, square in squares.items()), start=Fraction(0))

    def best_counts(self, fewest: int, most: int) -> range:
        """Return all k with the smallest C(k), fewest <= k <= most."""
        # C is convex, so its rises grow: find the first k from which it no longer falls, by strides from the guess.
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
        level = fill(self.vessels, self.total)
        asked = sum(1 for units in level.below[len(self.steady) :] if units)
        self.price = level.price
        return asked + level.places // self.leapers[0].leap

    def pattern(self, count: int) -> Pattern:
        level = self.level(count)
        rows = self.rows[: len(self.steady) + count]
        units = {term.who.id: 0 for term in self.leapers[count:]}
        units.update((term.who.id, number) for term, number in zip(rows, level.below, strict=True))
        at = {rows[position].who.id for position in level.at}
        twins: set[str] = set()
        if 0 < count < len(self.leapers) and self.leapers[count].claim == self.leapers[count - 1].claim:
            edge = self.leapers[count].claim
            alike = [term for term in self.leapers if term.claim == edge]
            inside = self.leapers[count - 1].who.id
            twins = {term.who.id for term in alike}
            asked = sum(1 for term in self.leapers[:count] if term.claim == edge)
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
