"""Fill vessels of different width to one level: the heart of the engine.

Each recipient j with claim v_j holds y_j whole units, low_j..high_j, and the k-th unit costs (2k - 1) / v_j, which
rises with k. The cheapest way to place a total is therefore to take the cheapest units: all those below some price,
and as many as are needed of those exactly at it (Webster / Sainte-Lague with bounds). The price is found by an
integer search that narrows a bracket, and the last decision is made by exact comparison of fractions.

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

RESOLUTION = 64  # bits kept below the size of the price; ties beyond them are settled by fractions
PATIENCE = 12  # turns of the search after which whole leaps may stay inside the bracket

Row = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Vessels:
    """Terms made ready for filling: whole numbers, made once and shared by all fillings.

    Attributes:
        rows: For each term 2P, Q * 2^shift, low, high, leap, for a claim P/Q.
        shift: Half-prices are whole numbers over 2^shift.
    """

    rows: list[Row]
    shift: int

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Vessels":
        """Prepare the terms, in their order."""
        claims = [term.who.claim.as_integer_ratio() for term in terms]
        size = max((over.bit_length() - under.bit_length() for over, under in claims), default=0)
        shift = max(size, 0) + RESOLUTION + len(terms).bit_length()
        rows = [
            (over << 1, under << shift, term.low, term.high, term.leap)
            for term, (over, under) in zip(terms, claims, strict=True)
        ]
        return cls(rows, shift)

    def asked(self, steady: int, count: int) -> "Vessels":
        """Return the first `steady` vessels and the next `count`, those with their leap taken."""
        leapt = [(double, scale, leap, high, 0) for double, scale, _, high, leap in self.rows[steady : steady + count]]
        return Vessels(self.rows[:steady] + leapt, self.shift)

    def filled(self, half_price: int) -> list[int]:
        """Return the units of each vessel that cost at most the price (a half-price times two)."""
        out = []
        for double, scale, low, high, leap in self.rows:
            part = half_price * double // scale  # half of it, rounded to nearest, is the number of units
            units = (part + 1) >> 1
            if leap and units < leap:
                out.append(leap if part >= leap else 0)
            else:
                out.append(low if units < low else min(units, high))
        return out

    def guess(self, total: int) -> int:
        """Return the half-price at which the total would be reached without any bounds or rounding."""
        width = sum((double << RESOLUTION) * (1 << self.shift) // scale for double, scale, *_ in self.rows)
        return max((total << (self.shift + RESOLUTION)) // max(width, 1), 1)


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


def fill(vessels: Vessels, total: int, near: Fraction | None = None) -> Level:
    """Fill the vessels to the level at which `total` units are reached.

    Args:
        vessels: The open recipients; leaps are offered whole.
        total: Units, from the sum of the smallest to the sum of the largest numbers.
        near: A price thought to be close, from a problem alike.

    Returns:
        The level. Without leaps its best answers are exactly `below` plus one unit for any `places` of those in `at`.
    """
    lows = [row[2] for row in vessels.rows]
    if total == sum(lows):
        return Level(None, lows, (), 0)
    guess = vessels.guess(total) if near is None else max(int(near * (1 << vessels.shift)) >> 1, 1)
    return _decide(vessels, total, *_bracket(vessels, total, lows, guess))


def _bracket(vessels: Vessels, total: int, lows: list[int], guess: int) -> tuple[list[int], list[int]]:
    """Return the fillings at two prices, too low and high enough, with at most about one offer per vessel between."""
    lower, lower_sum, lower_price = lows, sum(lows), 0
    upper, upper_sum, upper_price = lows, 0, 0
    enough = len(lows) + 64
    leaps = sum(row[4] for row in vessels.rows)
    turn = 0
    while not upper_price or (upper_sum - lower_sum > enough and upper_price - lower_price > 1):
        filled = vessels.filled(guess)
        reached = sum(filled)
        if reached >= total:
            upper, upper_sum, upper_price = filled, reached, guess
        else:
            lower, lower_sum, lower_price = filled, reached, guess
        turn += 1
        if turn == PATIENCE:
            enough += leaps
        far = 1 if reached < total else -1
        if turn == 1 and reached:
            # The sum is nearly proportional to the price: the second price just beyond the total on the other side.
            guess = max(guess * (total + far * (enough >> 1)) // reached, 1)
        if not upper_price:
            guess = max(guess, lower_price + 1) << (turn > 1)
            continue
        if turn == 1 and guess < upper_price:
            continue
        gap = upper_price - lower_price
        # By proportion, a little to the far side so that both ends close in; every third time by halving, so that the
        # search is never stuck.
        aim = total - lower_sum + far * (enough >> 2)
        part = gap >> 1 if turn % 3 == 0 else gap * aim // (upper_sum - lower_sum)
        guess = lower_price + min(max(part, 1), max(gap - 1, 1))
    return lower, upper


def _decide(vessels: Vessels, total: int, lower: list[int], upper: list[int]) -> Level:
    """List the units inside the bracket by price and find, exactly, where the total is reached."""
    units: list[tuple[int, int, int]] = []  # price rounded down, position, units offered together
    for position, (some, more) in enumerate(zip(lower, upper, strict=True)):
        if some == more:
            continue
        double, scale, _, _, leap = vessels.rows[position]
        start = some
        if leap and some == 0:
            units.append((2 * leap * scale // double, position, leap))
            start = leap
        units.extend((2 * (2 * k - 1) * scale // double, position, 1) for k in range(start + 1, more + 1))
    units.sort()
    missing = total - sum(lower)
    below = list(lower)
    first = 0
    while True:
        # All units of one rounded price together: only they need to be told apart exactly, and only at the edge.
        last, offered = first, 0
        while last < len(units) and units[last][0] == units[first][0]:
            offered += units[last][2]
            last += 1
        if offered >= missing:
            return _settle(vessels, units[first:last], below, missing)
        for _, position, count in units[first:last]:
            below[position] += count
        missing -= offered
        first = last


def _settle(vessels: Vessels, units: list[tuple[int, int, int]], below: list[int], missing: int) -> Level:
    """Take units in exact order of price until the next price reaches what is missing."""
    alike: dict[tuple[int, int, int], list[tuple[int, int]]] = {}  # a fraction for each kind, not for each unit
    for _, position, count in units:
        double, scale = vessels.rows[position][:2]
        alike.setdefault((count if count > 1 else 2 * below[position] + 1, double, scale), []).append((position, count))
    by_price: dict[Fraction, list[tuple[int, int]]] = {}
    for (times, double, scale), offers in alike.items():
        by_price.setdefault(Fraction(2 * times * scale, double), []).extend(offers)
    for scaled, offers in sorted(by_price.items()):
        offered = sum(count for _, count in offers)
        if offered >= missing:
            price = scaled / (1 << vessels.shift)
            return Level(price, below, tuple(sorted(position for position, _ in offers)), missing)
        for position, count in offers:
            below[position] += count
        missing -= offered
    raise AssertionError("the units inside the bracket always reach the total")
