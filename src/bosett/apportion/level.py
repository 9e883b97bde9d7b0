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
from math import lcm

from bosett.apportion.terms import Term

RESOLUTION = 64  # bits kept below the size of the price; ties beyond them are settled by fractions
TURNS = 3  # turns of the search spent on a narrow bracket; ties can keep it as wide as one unit for each vessel
PATIENCE = 12  # turns after which whole leaps may stay inside the bracket

WIDEST = 64  # bits of the common denominator up to which claims are brought to one


@dataclass(frozen=True, slots=True)
class Vessels:
    """Terms made ready for filling: columns of whole numbers, made once and shared by all fillings.

    Attributes:
        doubles: For each term 2P, for a claim P/Q.
        scales: For each term Q * 2^shift; None when all Q are 1, which makes filling a matter of shifts.
        lows, highs, leaps: As in the terms.
        shift: Half-prices are whole numbers over 2^shift.
        unit: What the claims were multiplied by to bring them to one denominator.
    """

    doubles: list[int]
    scales: list[int] | None
    lows: list[int]
    highs: list[int]
    leaps: list[int]
    shift: int
    unit: int

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Vessels":
        """Prepare the terms, in their order. All claims times one number are the same claims."""
        claims = [term.who.claim.as_integer_ratio() for term in terms]
        common = 1
        for _, under in claims:
            common = lcm(common, under)
            if common.bit_length() > WIDEST:
                break
        unit = common if common.bit_length() <= WIDEST else 1
        if unit == common:
            claims = [(over * (unit // under), 1) for over, under in claims]
        size = max((over.bit_length() - under.bit_length() for over, under in claims), default=0)
        shift = max(size, 0) + RESOLUTION + len(terms).bit_length()
        whole = all(under == 1 for _, under in claims)
        return cls(
            [over << 1 for over, _ in claims],
            None if whole else [under << shift for _, under in claims],
            [term.low for term in terms],
            [term.high for term in terms],
            [term.leap for term in terms],
            shift,
            unit,
        )

    def asked(self, steady: int, count: int) -> "Vessels":
        """Return the first `steady` vessels and the next `count`, those with their leap taken."""
        some = steady + count
        return Vessels(
            self.doubles[:some],
            self.scales if self.scales is None else self.scales[:some],
            self.lows[:steady] + self.leaps[steady:some],
            self.highs[:some],
            [0] * some,
            self.shift,
            self.unit,
        )

    def scale(self, position: int) -> int:
        """Return Q * 2^shift of one vessel."""
        return 1 << self.shift if self.scales is None else self.scales[position]

    def filled(self, half_price: int) -> list[int]:
        """Return the units of each vessel that cost at most the price (a half-price times two)."""
        shift = self.shift
        if self.scales is None:
            parts = [half_price * double >> shift for double in self.doubles]
        else:
            parts = [half_price * double // scale for double, scale in zip(self.doubles, self.scales, strict=True)]
        # Half of a part, rounded to nearest, is the number of units, within the bounds.
        bounds = zip(parts, self.lows, self.highs, strict=True)
        out = [low if (units := (part + 1) >> 1) < low else min(units, high) for part, low, high in bounds]
        if any(self.leaps):
            for position, leap in enumerate(self.leaps):
                if out[position] < leap:
                    out[position] = leap if parts[position] >= leap else 0
        return out

    def guess(self, total: int) -> int:
        """Return the half-price at which the total would be reached without any bounds or rounding."""
        if self.scales is None:
            width = sum(self.doubles) << RESOLUTION
        else:
            pairs = zip(self.doubles, self.scales, strict=True)
            width = sum((double << (RESOLUTION + self.shift)) // scale for double, scale in pairs)
        return max((total << (self.shift + RESOLUTION + 1)) // max(width, 1), 1)


@dataclass(frozen=True, slots=True)
class Filling:
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


def fill(vessels: Vessels, total: int, near: Fraction | None = None) -> Filling:
    """Fill the vessels to the level at which `total` units are reached.

    Args:
        vessels: The open recipients; leaps are offered whole.
        total: Units, from the sum of the smallest to the sum of the largest numbers.
        near: A price thought to be close, from a problem alike.

    Returns:
        The level. Without leaps its best answers are exactly `below` plus one unit for any `places` of those in `at`.
    """
    lows = vessels.lows
    if total == sum(lows):
        return Filling(None, list(lows), (), 0)
    guess = vessels.guess(total) if near is None else max(int(near * (1 << vessels.shift) / vessels.unit) >> 1, 1)
    return _decide(vessels, total, *_bracket(vessels, total, lows, guess))


def _bracket(vessels: Vessels, total: int, lows: list[int], guess: int) -> tuple[list[int], list[int]]:
    """Return the fillings at two prices, too low and high enough, with at most about one offer per vessel between."""
    lower, lower_sum, lower_price = lows, sum(lows), 0
    upper, upper_sum, upper_price = lows, 0, 0
    enough = (len(lows) >> 4) + 64
    leaps = sum(vessels.leaps)
    turn = 0
    while not upper_price or (upper_sum - lower_sum > enough and upper_price - lower_price > 1):
        filled = vessels.filled(guess)
        reached = sum(filled)
        if reached >= total:
            upper, upper_sum, upper_price = filled, reached, guess
        else:
            lower, lower_sum, lower_price = filled, reached, guess
        turn += 1
        if turn == TURNS:
            enough += len(lows)
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


def _decide(vessels: Vessels, total: int, lower: list[int], upper: list[int]) -> Filling:
    """List the units inside the bracket by price and find, exactly, where the total is reached."""
    units: list[tuple[int, int, int]] = []  # price rounded down, position, units offered together
    for position, (some, more) in enumerate(zip(lower, upper, strict=True)):
        if some == more:
            continue
        double, scale, leap = vessels.doubles[position], vessels.scale(position), vessels.leaps[position]
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


def _settle(vessels: Vessels, units: list[tuple[int, int, int]], below: list[int], missing: int) -> Filling:
    """Take units in exact order of price until the next price reaches what is missing."""
    alike: dict[tuple[int, int, int], list[tuple[int, int]]] = {}  # a fraction for each kind, not for each unit
    for _, position, count in units:
        double, scale = vessels.doubles[position], vessels.scale(position)
        alike.setdefault((count if count > 1 else 2 * below[position] + 1, double, scale), []).append((position, count))
    by_price: dict[Fraction, list[tuple[int, int]]] = {}
    for (times, double, scale), offers in alike.items():
        by_price.setdefault(Fraction(2 * times * scale, double), []).extend(offers)
    for scaled, offers in sorted(by_price.items()):
        offered = sum(count for _, count in offers)
        if offered >= missing:
            price = scaled * vessels.unit / (1 << vessels.shift)
            return Filling(price, below, tuple(sorted(position for position, _ in offers)), missing)
        for position, count in offers:
            below[position] += count
        missing -= offered
    raise AssertionError("the units inside the bracket always reach the total")
