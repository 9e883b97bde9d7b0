"""HiGHS as a reader who reckons: the least and most of each hidden cell by all that was published, over all releases.

It is given what is published and nothing else. Never imported beside OR-Tools (`attacks.attacked` begins a process for
it). Its answers are tables in whole numbers: what is not whole in the linear program is asked again as whole numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import highspy
import numpy as np
import numpy.typing as npt

from attacks import Published, Range, Tips, Unknown

MOST = 100_000
"""Nobody takes a count to be higher."""
NEAR = 1e-6
PRIMAL = 4
"""The simplex method that goes on from the table before when something else is asked of it."""
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """What a reader knows of some hidden cells together: the sum with signs lies between two numbers."""

    least: float
    most: float
    signs: Mapping[int, int]


def ranges(published: Published, *, width: int, tips: Tips | None = None) -> Mapping[Unknown, Range]:
    """Return least and most of each hidden cell, or two values of it that are at least as far apart as `width`.

    Tables that somebody tips off are held against all that is known, and believed only if they fit; what they leave is
    asked of HiGHS. They make the search shorter, and change nothing of what it ends in.
    """
    unknowns = [(t, spot) for t, hidden in enumerate(published.hidden) for spot in hidden]
    at = {unknown: cell for cell, unknown in enumerate(unknowns)}
    lower, upper = np.zeros(len(unknowns)), np.full(len(unknowns), float(MOST))
    for cell, (t, spot) in enumerate(unknowns):
        if spot in published.most[t]:
            upper[cell] = published.most[t][spot]
        if published.rising and t and spot in published.shown[t - 1]:
            lower[cell] = published.shown[t - 1][spot]
    known = list(_lines(published, at))
    least, most = np.full(len(unknowns), MOST), np.full(len(unknowns), -1)
    if tips is not None:
        _believe(_Belief(lower, upper, known), tips, at, (least, most))
    answer: dict[Unknown, Range] = {}
    for cells, lines in _apart(len(unknowns), known):
        reader = _Reader(lower[cells], upper[cells], lines)
        reader.least, reader.most = least[cells], most[cells]
        _ask_of_all(reader, width)
        for place, cell in enumerate(cells):
            answer[unknowns[cell]] = (int(reader.least[place]), int(reader.most[place]))
    return answer


def _lines(published: Published, at: Mapping[Unknown, int]) -> Iterator[Line]:
    """Yield all that is known of several cells: sums, and that no count gets lower."""
    for t, shown in enumerate(published.shown):
        for spot, parts in published.sums:
            signs = {**dict.fromkeys(parts, 1), spot: -1}
            left = -sum(sign * shown[each] for each, sign in signs.items() if each in shown)
            unknown = {at[t, each]: sign for each, sign in signs.items() if each not in shown}
            if unknown:
                yield Line(left, left, unknown)
            elif left:
                raise ValueError(f"release {t}: what is shown of {spot} does not add up")
        for spot in published.hidden[t]:
            if published.rising and (t - 1, spot) in at:
                yield Line(0, highspy.kHighsInf, {at[t, spot]: 1, at[t - 1, spot]: -1})


@dataclass(frozen=True)
class _Belief:
    """What a table must fit to be believed."""

    lower: Numbers
    upper: Numbers
    lines: Sequence[Line]

    def fits(self, table: Mapping[int, int], lines: Iterable[int]) -> bool:
        """Tell whether cells are within what is known of each, and of them together in some lines."""
        each = all(self.lower[cell] <= count <= self.upper[cell] for cell, count in table.items())
        return each and all(
            self.lines[line].least
            <= sum(sign * table[cell] for cell, sign in self.lines[line].signs.items())
            <= self.lines[line].most
            for line in lines
        )


def _believe(belief: _Belief, tips: Tips, at: Mapping[Unknown, int], seen: tuple[Places, Places]) -> None:
    """Widen the range of each cell by the tables that fit."""
    table = {at[unknown]: count for unknown, count in tips.table.items()}
    if len(table) < len(at) or not belief.fits(table, range(len(belief.lines))):
        return
    lines_of: dict[int, list[int]] = {}
    for number, line in enumerate(belief.lines):
        for cell in line.signs:
            lines_of.setdefault(cell, []).append(number)
    least, most = seen
    least[list(table)] = most[list(table)] = list(table.values())
    for moves in tips.moves:
        changed = {at[unknown]: move for unknown, move in moves.items() if unknown in at}
        touched = {line for cell in changed for line in lines_of.get(cell, ())}
        near = {cell for line in touched for cell in belief.lines[line].signs} | changed.keys()
        other = {cell: table[cell] + changed.get(cell, 0) for cell in near}
        if len(changed) == len(moves) and belief.fits(other, touched):
            for cell in changed:
                least[cell], most[cell] = min(least[cell], other[cell]), max(most[cell], other[cell])


def _apart(count: int, lines: Sequence[Line]) -> Iterator[tuple[list[int], list[Line]]]:
    """Yield the cells that have to do with each other, with what is known of them, in places of their own."""
    head = list(range(count))

    def top(cell: int) -> int:
        while head[cell] != cell:
            head[cell] = cell = head[head[cell]]
        return cell

    for line in lines:
        first, *others = line.signs
        for other in others:
            head[top(other)] = top(first)
    members: dict[int, list[int]] = {}
    for cell in range(count):
        members.setdefault(top(cell), []).append(cell)
    known: dict[int, list[Line]] = {}
    place = {cell: number for cells in members.values() for number, cell in enumerate(cells)}
    for line in lines:
        signs = {place[cell]: sign for cell, sign in line.signs.items()}
        known.setdefault(top(next(iter(line.signs))), []).append(Line(line.least, line.most, signs))
    for cell, cells in members.items():
        yield cells, known.get(cell, [])


def _ask_of_all(reader: "_Reader", width: int) -> None:
    """Ask for tables until each cell is far enough from itself, or has been asked for alone.

    Tables that make many cells high or low at once tell most cells apart; what is left is asked for in smaller groups.
    """
    draw = Random(1)  # noqa: S311  - directions, not secrets
    for size in (None, None, None, None, 8, 1):
        cells = reader.narrower_than(width)
        draw.shuffle(cells)
        group = size or max(len(cells), 1)
        if size:
            reader.go_on_from_table_to_table()
        for start in range(0, len(cells), group):
            signs = {cell: draw.choice((-1, 1)) for cell in cells[start : start + group]}
            for way in (1, -1):
                costs = {cell: way * sign for cell, sign in signs.items() if reader.is_narrower(cell, width)}
                if costs:
                    reader.ask(costs)


class _Reader:
    """A program of what is known, with the least and most of each cell in the tables that fitted so far."""

    def __init__(self, lower: Numbers, upper: Numbers, lines: Sequence[Line]) -> None:
        self.least, self.most = np.full(len(lower), MOST), np.full(len(lower), -1)
        self.solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0)):
            self.solver.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(lower), len(lines)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(lower)), lower, upper
        lp.row_lower_ = np.array([line.least for line in lines], dtype=np.float64)
        lp.row_upper_ = np.array([line.most for line in lines], dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(line.signs) for line in lines)])
        lp.a_matrix_.index_ = np.array([cell for line in lines for cell in line.signs])
        lp.a_matrix_.value_ = np.array([sign for line in lines for sign in line.signs.values()], dtype=np.float64)
        self.solver.passModel(lp)
        self.asked: Mapping[int, int] = {}

    def narrower_than(self, width: int) -> list[int]:
        return [int(cell) for cell in np.flatnonzero(self.most - self.least < width)]

    def is_narrower(self, cell: int, width: int) -> bool:
        return bool(self.most[cell] - self.least[cell] < width)

    def go_on_from_table_to_table(self) -> None:
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("simplex_strategy", PRIMAL)

    def ask(self, costs: Mapping[int, int]) -> None:
        """Find a table that makes a sum of cells least, and widen the range of each cell by it."""
        changed = {**dict.fromkeys(self.asked, 0), **costs}
        places, numbers = np.array([*changed], dtype=np.int32), np.array([*changed.values()], dtype=np.float64)
        self.solver.changeColsCost(len(changed), places, numbers)
        self.asked = costs
        values = self._solved()
        if np.abs(values - values.round()).max() > NEAR:
            self._set_whole(whole=True)
            values = self._solved()
            self._set_whole(whole=False)
        table = values.round().astype(np.int64)
        self.least, self.most = np.minimum(self.least, table), np.maximum(self.most, table)

    def _solved(self) -> Numbers:
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {status}: what is published must fit some table")
        return np.array(self.solver.getSolution().col_value)

    def _set_whole(self, *, whole: bool) -> None:
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        places = np.arange(len(self.least), dtype=np.int32)
        self.solver.changeColsIntegrality(len(places), places, np.array([kind] * len(places)))
