"""Fill vessels of different width to one level: the heart of the engine.

Each recipient j with claim v_j holds y_j whole units, low_j..high_j, and the k-th unit costs (2k - 1) / v_j, which
rises with k. The cheapest way to place a total is therefore to take the cheapest units: all those below some price, and as
many as are needed of those exactly at it (Webster / Sainte-Lague with bounds). The price is found by an integer search
that narrows a bracket, and the last decision is made by exact comparison of fractions.

A recipient with a *leap* (a floor that may be jumped over) is offered its first `leap` units together, at their average
price leap / v_j. That makes the cheapest envelope of its cost; the answer then is a lower bound (Lagrange) and is exact
when the units at the price come out even.

No floats: prices are integers over a power of two while searching, and fractions when deciding.
Source: M. L. Balinski and H. P. Young, Fair Representation (1982); exact allocation by marginal cost, O. Gross (1956).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion.terms import Term

RESOLUTION = 96  # bits kept below the size of the price; ties beyond them are settled by fractions


@dataclass(frozen=True, slots=True)
class Level:
    """The filling just below a price, and what stands exactly at it.

    Attributes:
        price: The price at which the total is reached; None when everybody stays at the smallest number.
        below: Units of each term counting only those cheaper than the price; same order as the terms.
        at: Positions of the terms that have units exactly at the price (one unit each, or a whole leap).
        places: Units still to give among them: the total less the sum of `below`.
    """

    price: Fraction | None
    below: list[int]
    at: tuple[int, ...]
    places: int


def fill(terms: Sequence[Term], total: int) -> Level:
    """Fill the terms to the level at which `total` units are reached.

    Args:
        terms: The open recipients; leaps are offered whole.
        total: Units, from the sum of the smallest to the sum of the largest numbers.

    Returns:
        The level. Without leaps its best answers are exactly `below` plus one unit for any `places` of those in `at`.
    """
    lows = [term.low for term in terms]
    if total == sum(lows):
        return Level(None, lows, (), 0)
    bracket = _Bracket.around(terms, total)
    return bracket.decide()


class _Bracket:
    """Two prices, one too low for the total and one high enough, with the filling at each."""

    __slots__ = ("lower", "lower_price", "rows", "shift", "terms", "total", "upper", "upper_price")

    def __init__(self, terms: Sequence[Term], total: int, shift: int) -> None:
        self.terms, self.total, self.shift = terms, total, shift
        # Per term: 2P, Q * 2^s, low, high, leap * Q * 2^s, leap, for a claim P/Q and a half-price a / 2^s.
        self.rows: list[tuple[int, int, int, int, int, int]] = []
        for term in terms:
            claim = term.who.claim
            scale = claim.denominator << shift
            self.rows.append((claim.numerator << 1, scale, term.low, term.high, term.leap * scale, term.leap))
        self.lower_price = 0
        self.lower = [term.low for term in terms]
        self.upper_price = 0
        self.upper: list[int] | None = None

    @classmethod
    def around(cls, terms: Sequence[Term], total: int) -> "_Bracket":
        """Narrow a bracket until at most about one unit per term lies inside."""
        claims = [term.who.claim for term in terms]
        size = max(claim.numerator.bit_length() - claim.denominator.bit_length() for claim in claims)
        # Claims as integers of RESOLUTION bits serve only to guess the first price.
        lift = RESOLUTION - size
        if lift >= 0:
            width = sum((claim.numerator << lift) // claim.denominator for claim in claims)
        else:
            width = sum(claim.numerator // (claim.denominator << -lift) for claim in claims)
        self = cls(terms, total, max(size, 0) + RESOLUTION + len(terms).bit_length())
        self._narrow(max((total << (self.shift + lift)) // width, 1))
        return self

    def _filled(self, half_price: int) -> list[int]:
        """Return the units of each term that cost at most the price (a half-price times two)."""
        out = []
        for double, scale, low, high, leap_at, leap in self.rows:
            value = half_price * double
            if leap:
                if value < leap_at:
                    out.append(0)
                    continue
                low = leap  # noqa: PLW2901  - once asked, the floor is the smallest number
            units = (value + scale) // (scale << 1)
            out.append(low if units < low else min(units, high))
        return out

    def _narrow(self, guess: int) -> None:
        total = self.total
        lower_sum, upper_sum = sum(self.lower), 0
        upper: list[int] | None = None
        enough = len(self.terms) + 64
        turn = 0
        while upper is None or (upper_sum - lower_sum > enough and self.upper_price - self.lower_price > 1):
            filled = self._filled(guess)
            reached = sum(filled)
            if reached >= total:
                upper, upper_sum, self.upper_price = filled, reached, guess
            else:
                self.lower, lower_sum, self.lower_price = filled, reached, guess
            if upper is None:
                guess <<= 1
                continue
            gap = self.upper_price - self.lower_price
            turn += 1
            # By proportion, and every third time by halving: fast on the usual, never stuck on the odd.
            part = gap * (total - lower_sum) // max(upper_sum - lower_sum, 1) if turn % 3 else gap >> 1
            guess = self.lower_price + min(max(part, 1), max(gap - 1, 1))
        self.upper = upper

    def decide(self) -> Level:
        """List the units inside the bracket by price and find, exactly, where the total is reached."""
        assert self.upper is not None  # noqa: S101  - _narrow sets it
        units: list[tuple[int, int, int]] = []  # price rounded down, position, units offered together
        for position, (some, more) in enumerate(zip(self.lower, self.upper, strict=True)):
            if some == more:
                continue
            scaled, half = self.rows[position][1], self.rows[position][0] >> 1
            leap = self.rows[position][5]
            start = some
            if leap and some == 0:
                units.append((leap * scaled // half, position, leap))
                start = leap
            units.extend(((2 * k - 1) * scaled // half, position, 1) for k in range(start + 1, more + 1))
        units.sort()
        missing = self.total - sum(self.lower)
        below = list(self.lower)
        edge = 0
        while missing > units[edge][2]:
            missing -= units[edge][2]
            edge += 1
        rounded = units[edge][0]
        # `missing` is spread over all units whose rounded price equals the edge's: compare those exactly.
        first = edge
        while first and units[first - 1][0] == rounded:
            first -= 1
            missing += units[first][2]
        for _, position, count in units[:first]:
            below[position] += count
        last = edge
        while last < len(units) and units[last][0] == rounded:
            last += 1
        exact = sorted(
            (self._price(position, below[position], count), position, count) for _, position, count in units[first:last]
        )
        return _settle(exact, below, missing)

    def _price(self, position: int, held: int, count: int) -> Fraction:
        claim = self.terms[position].who.claim
        return (count if count > 1 else 2 * held + 1) / claim


def _settle(exact: list[tuple[Fraction, int, int]], below: list[int], missing: int) -> Level:
    """Take units in exact order of price until the next price reaches what is missing."""
    start = 0
    while True:
        price = exact[start][0]
        end = start
        offered = 0
        while end < len(exact) and exact[end][0] == price:
            offered += exact[end][2]
            end += 1
        if offered >= missing:
            return Level(price, below, tuple(sorted(position for _, position, _ in exact[start:end])), missing)
        for _, position, count in exact[start:end]:
            below[position] += count
        missing -= offered
        start = end
