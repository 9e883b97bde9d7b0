"""Share when floors or ceilings are each recipient's own: a Lagrange bound, then a dynamic program.

At the price where the total is reached, every recipient has a cheapest number. Moving to another number costs extra
(its *regret*, 0 or more), and the cost of any answer is the bound plus the sum of its regrets. So an answer whose
regrets sum to T proves that no best answer uses a number with a regret above T. What is left open is usually a few
dozen numbers; a dynamic program over them, by total, finds every best answer.

If no answer is at hand, `reach` tells whether there is one at all. A limit on the regrets bounds their sum, not each
alone, so that none was found within a limit never shows that there is none: the limit is widened.

Exact without heavy arithmetic: regrets enter the program rounded down to whole numbers, so that its sums are at most
one per recipient too low. Whatever lies within that of the best is kept, and if more than one answer is left, they are
compared by fractions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from bosett.apportion.level import Filling, Vessels, fill
from bosett.apportion.reach import reaches
from bosett.apportion.terms import Term

BITS = 59  # regrets are scaled to this many bits: sums of two stay inside 63
FAR = 1 << 61  # stands for "cannot be reached"; FAR plus a regret stays inside 63 bits
MOST_CELLS = 120_000_000  # table cells that the program may keep (8 bytes each)
MOST_MOVES = 20_000_000_000  # cell updates that it may make: about a minute

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Best:
    """Every best answer, as a graph: one layer for each open recipient, in the order given.

    Attributes:
        units: Units of those that have the same number in every best answer.
        layers: For each open id: from each amount still to move, the numbers that lead to a best answer.
        base: For each open id the number from which its moves count.
        missing: Units to move in all.
    """

    units: dict[str, int]
    layers: tuple[tuple[str, dict[int, tuple[int, ...]]], ...]
    base: dict[str, int]
    missing: int

    def ranges(self) -> Iterator[tuple[str, int, int]]:
        """Yield id, least and most units for those whose number is not the same in every best answer."""
        for who, moves in self.layers:
            numbers = {units for choices in moves.values() for units in choices}
            if len(numbers) > 1:
                yield who, min(numbers), max(numbers)

    def served(self) -> dict[str, int]:
        """Return the best answer that is lexicographically greatest in the order of the terms."""
        units = dict(self.units)
        left = self.missing
        for who, moves in self.layers:
            units[who] = max(moves[left])
            left -= units[who] - self.base[who]
        return units


@dataclass(frozen=True, slots=True)
class ProofBound:
    """What is known when the proof would cost too much: a lower bound, and the best answer found (or None)."""

    bound: Fraction
    units: dict[str, int] | None


def share_core(terms: Sequence[Term], total: int) -> Best | ProofBound | None:
    """Return every best answer; a Bound when the problem is outsized; None when the total falls into a gap.

    Args:
        terms: All open recipients, in the order in which a tie rule serves them.
        total: Units to share, between the smallest and largest sums.
    """
    level = fill(Vessels.of(terms), total)
    if level.price is None:
        return Best({term.who.id: term.low for term in terms}, (), {}, 0)
    regrets = Regrets(terms, level)
    known = regrets.some_answer(total)
    if known is None and not reaches(terms, total):
        return None
    # An answer exists, so some limit is wide enough: that of an answer known, or one found by widening.
    limit = Fraction(1) if known is None else known[0]
    while True:
        program = _Program(regrets, limit, total)
        if program.outsized:
            return ProofBound(regrets.bound(total), None if known is None else known[1])
        best = program.best()
        if best is None:
            limit *= 8
            continue
        served = best.served()
        spent = regrets.spent(served)
        if spent <= limit:
            return best
        # Found only because its regrets were rounded down: a better one may use a number that the limit shut out.
        limit, known = spent, (spent, served)


class Regrets:
    """What each number of each recipient costs above its cheapest, at one price; counted in prices (persons)."""

    def __init__(self, terms: Sequence[Term], level: Filling) -> None:
        assert level.price is not None  # noqa: S101  - the caller has looked
        self.terms, self.level, self.price = terms, level, level.price
        # regret(y) = (A y^2 - B y) / B less its smallest value, with A = Q * d, B = P * n for claim P/Q and price n/d.
        self.rows = []
        for term, units in zip(terms, level.below, strict=True):
            square = term.claim.denominator * self.price.denominator
            line = term.claim.numerator * self.price.numerator
            self.rows.append((square, line, (square * units - line) * units))

    def regret(self, position: int, units: int) -> Fraction:
        """Return what this number of units costs above the cheapest."""
        square, line, cheapest = self.rows[position]
        return Fraction((square * units - line) * units - cheapest, line)

    def spent(self, units: Mapping[str, int]) -> Fraction:
        """Return the sum of the regrets of an answer."""
        pairs = enumerate(zip(self.terms, self.level.below, strict=True))
        moved = ((p, units[term.who.id]) for p, (term, below) in pairs if units[term.who.id] != below)
        return sum((self.regret(position, number) for position, number in moved), start=Fraction(0))

    def bound(self, total: int) -> Fraction:
        """Return the Lagrange bound on the cost, in units^2 per claim."""
        floor = sum((Fraction(cheapest, line) for _, line, cheapest in self.rows), start=Fraction(0))
        return self.price * (floor + total)

    def options(self, position: int, limit: Fraction) -> list[int]:
        """Return the numbers of one recipient with a regret of at most `limit`, rising."""
        term, units = self.terms[position], self.level.below[position]
        square, line, cheapest = self.rows[position]
        most = limit.numerator * line // limit.denominator + cheapest
        smallest = term.leap or term.low
        near = max(units, smallest)
        out = []
        down = near
        while down >= smallest and (square * down - line) * down <= most:
            out.append(down)
            down -= 1
        if term.leap and most >= 0:
            out.append(0)
        out.reverse()
        up = near + 1
        while up <= term.high and (square * up - line) * up <= most:
            out.append(up)
            up += 1
        return out

    def some_answer(self, total: int) -> tuple[Fraction, dict[str, int]] | None:
        """Return the cheapest of a few answers near the bound, with the sum of its regrets, or None."""
        level = self.level
        asked = {position for position, units in enumerate(level.below) if units}
        leaping = [position for position in level.at if self.terms[position].leap and not level.below[position]]
        best: tuple[Fraction, dict[str, int]] | None = None
        for extra in range(min(len(leaping), 4) + 1):
            trial = self._answer(asked | set(leaping[:extra]), total)
            if trial is not None and (best is None or trial[0] < best[0]):
                best = trial
        return best

    def _answer(self, asked: set[int], total: int) -> tuple[Fraction, dict[str, int]] | None:
        positions = [p for p, term in enumerate(self.terms) if not term.leap or p in asked]
        rows = [self.terms[position].as_asked() for position in positions]
        if not sum(term.low for term in rows) <= total <= sum(term.high for term in rows):
            return None
        level = fill(Vessels.of(rows), total, self.price)
        for position in level.at[: level.places]:
            level.below[position] += 1
        units_at = dict(zip(positions, level.below, strict=True))
        units = {term.who.id: units_at.get(position, 0) for position, term in enumerate(self.terms)}
        return self.spent(units), units


class _Program:
    """The dynamic program over the numbers that a limit on the regrets leaves open."""

    def __init__(self, regrets: Regrets, limit: Fraction, total: int) -> None:
        self.regrets, self.limit = regrets, limit
        self.open: list[tuple[int, list[int]]] = []
        self.units: dict[str, int] = {}
        moved = 0
        for position, term in enumerate(regrets.terms):
            options = regrets.options(position, limit)
            if len(options) > 1:
                self.open.append((position, options))
            else:
                self.units[term.who.id] = options[0]
            moved += regrets.level.below[position]
        self.missing = total - moved
        # Whole-number regrets: floor(regret * 2^shift), the limit itself getting about BITS bits.
        bits = limit.numerator.bit_length() - limit.denominator.bit_length() if limit else 0
        self.shift = BITS - 1 - bits
        self.windows = self._windows()
        sizes = [max(high - low + 1, 0) for low, high in self.windows]
        moves = sum(size * len(options) for size, (_, options) in zip(sizes, self.open, strict=False))
        self.outsized = sum(sizes) > MOST_CELLS or moves > MOST_MOVES

    def _moves(self, position: int, options: list[int]) -> list[int]:
        base = self.regrets.level.below[position]
        return [units - base for units in options]

    def _windows(self) -> list[tuple[int, int]]:
        """Return, before each layer, the least and most units that may still have to be moved."""
        spans = [(moves[0], moves[-1]) for moves in (self._moves(*row) for row in self.open)]
        windows = [(self.missing, self.missing)]
        for low, high in spans:
            windows.append((windows[-1][0] - high, windows[-1][1] - low))
        ahead_low, ahead_high = 0, 0
        out = [(max(windows[-1][0], 0), min(windows[-1][1], 0))]
        for (low, high), window in zip(reversed(spans), reversed(windows[:-1]), strict=True):
            ahead_low, ahead_high = ahead_low + low, ahead_high + high
            out.append((max(window[0], ahead_low), min(window[1], ahead_high)))
        return out[::-1]

    def _whole(self, regret: Fraction) -> int:
        if self.shift >= 0:
            return (regret.numerator << self.shift) // regret.denominator
        return regret.numerator // (regret.denominator << -self.shift)

    def best(self) -> Best | None:
        """Return every answer that is best among those within the limit, or None when there is none.

        The limit is held to in whole regrets, so an answer may be beyond it by less than the rounding.
        """
        if any(low > high for low, high in self.windows):
            return None
        costs = [
            [self._whole(self.regrets.regret(position, units)) for units in options] for position, options in self.open
        ]
        tables = self._tables(costs)
        if tables[0][0] >= FAR:
            return None
        graph = self._graph(costs, tables)
        base = {self.regrets.terms[p].who.id: self.regrets.level.below[p] for p, _ in self.open}
        if any(len(choices) > 1 for layer in graph for choices in layer.values()):
            graph = self._exact(graph)
        layers = tuple(
            (self.regrets.terms[position].who.id, layer) for (position, _), layer in zip(self.open, graph, strict=True)
        )
        return Best(self.units, layers, base, self.missing)

    def _tables(self, costs: list[list[int]]) -> list[Cells]:
        """Return, for each layer, the smallest sum of whole regrets from there on, by units still to move."""
        low, high = self.windows[-1]
        tables: list[Cells] = [np.zeros(high - low + 1, dtype=np.int64)]
        top = self._whole(self.limit)
        for layer in range(len(self.open) - 1, -1, -1):
            low, high = self.windows[layer]
            next_low = self.windows[layer + 1][0]
            after = tables[-1]
            table = np.full(high - low + 1, FAR, dtype=np.int64)
            for move, cost in zip(self._moves(*self.open[layer]), costs[layer], strict=True):
                # table[left] = min(table[left], after[left - move] + cost) wherever both exist
                start = max(low, next_low + move)
                stop = min(high, next_low + len(after) - 1 + move)
                if start > stop:
                    continue
                here = table[start - low : stop - low + 1]
                np.minimum(here, after[start - move - next_low : stop - move - next_low + 1] + cost, out=here)
            table[table > top] = FAR
            tables.append(table)
        return tables[::-1]

    def _graph(self, costs: list[list[int]], tables: list[Cells]) -> list[dict[int, tuple[int, ...]]]:
        """Return, for each layer and units still to move, the options that rounding cannot tell from the best."""
        graph: list[dict[int, tuple[int, ...]]] = []
        lefts = {self.missing}
        for layer, row in enumerate(self.open):
            low, next_low, after = self.windows[layer][0], self.windows[layer + 1][0], tables[layer + 1]
            slack = len(self.open) - layer
            moves = self._moves(*row)
            choices: dict[int, tuple[int, ...]] = {}
            following: set[int] = set()
            for left in lefts:
                most = int(tables[layer][left - low]) + slack
                fit = [
                    units
                    for units, move, cost in zip(row[1], moves, costs[layer], strict=True)
                    if 0 <= left - move - next_low < len(after)
                    and after[left - move - next_low] < FAR
                    and int(after[left - move - next_low]) + cost <= most
                ]
                choices[left] = tuple(fit)
                base = self.regrets.level.below[row[0]]
                following.update(left - (units - base) for units in fit)
            graph.append(choices)
            lefts = following
        return graph

    def _exact(self, graph: list[dict[int, tuple[int, ...]]]) -> list[dict[int, tuple[int, ...]]]:
        """Keep of the graph only what belongs to an exactly best answer."""
        after: dict[int, Fraction] = {0: Fraction(0)}
        kept: list[dict[int, tuple[int, ...]]] = []
        for (position, _), layer in zip(reversed(self.open), reversed(graph), strict=True):
            base = self.regrets.level.below[position]
            regret = {
                units: self.regrets.regret(position, units)
                for units in {units for choices in layer.values() for units in choices}
            }
            here: dict[int, Fraction] = {}
            best: dict[int, tuple[int, ...]] = {}
            for left, choices in layer.items():
                sums = {units: regret[units] + after[left - units + base] for units in choices}
                here[left] = min(sums.values())
                best[left] = tuple(units for units in choices if sums[units] == here[left])
            kept.append(best)
            after = here
        kept.reverse()
        lefts = {self.missing}
        out = []
        for (position, _), layer in zip(self.open, kept, strict=True):
            base = self.regrets.level.below[position]
            reached = {left: layer[left] for left in lefts}
            out.append(reached)
            lefts = {left - units + base for left, choices in reached.items() for units in choices}
        return out
