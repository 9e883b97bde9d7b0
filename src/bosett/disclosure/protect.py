"""Hide small counts so that they stay hidden: the door of the package.

Cells with fewer persons than the least that is shown are hidden, with as few others as will do, so that for each of
them there is a second table that fits all that is published, now and before. What was hidden before stays hidden.
Algorithm and guarantees: docs/explanation/small-counts.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bosett.disclosure.check import check_release
from bosett.disclosure.outcome import Coarsening, Hiding, NothingHides, Protected, Terms, Witness
from bosett.disclosure.pattern import NoCircle, PatternChoice
from bosett.disclosure.table import BadTable, CountTable, Spot, in_words

_SMALL = frozenset({Hiding.SMALL, Hiding.KEPT})


def protect(
    table: CountTable, terms: Terms, *, former: Protected | None = None, likely: Collection[Spot] = ()
) -> Protected:
    """Return a release of a table, checked.

    Args:
        table: The counts, with what is to be hidden.
        terms: What is small, and how well it is hidden; the same through a year.
        former: The release before in the same year; None begins a year.
        likely: Cells that are likely to become small. They are hidden from now on where that hides no other cell more,
            and are taken before any other when something must be hidden for a small one.

    Raises:
        BadTable: The table has not the shape of the former one, or the terms are others.
        NothingHides: A cell cannot be hidden, whatever is hidden with it.
        Exposed: A witness does not hold. This is a fault of ours, never of the input.
    """
    pending = _Pending(table, terms, former)
    for spot in sorted(set(likely) - table.cells.keys()):
        raise BadTable(in_words(spot), "it is said to become small, and is no cell of the table")
    while True:
        try:
            protected = pending.chosen(frozenset(likely))
        except NoCircle as none:
            pending.show_above(none.spots, Coarsening.NO_WAY)
            continue
        check_release(protected, former)
        return protected


class _Pending:
    """A release while it is made: what has to be hidden, by what was and by what is small now."""

    def __init__(self, table: CountTable, terms: Terms, former: Protected | None) -> None:
        self.table, self.terms = table, terms
        self.former = former.table if former is not None and terms.rising else None
        self.part_of = {row.code: row.part_of for row in table.rows}
        self.parts = table.parts()
        self.release = 0 if former is None else former.release + 1
        self.hidden: dict[Spot, Hiding] = {}
        self.witnesses: list[Witness] = []
        self.coarse: dict[str, Coarsening] = {}
        self.below: set[str] = set()
        broken: list[Spot] = [] if former is None else self._follow(former)
        for spot, cell in table.cells.items():
            if 0 < cell.count < terms.least and not cell.known:
                self.hidden[spot] = Hiding.SMALL
        self.show_above(broken, Coarsening.WITNESS)

    def show_above(self, spots: Collection[Spot], why: Coarsening) -> None:
        """Leave out the rows among which each cell stands: the lowest such level that is still shown.

        Raises:
            NothingHides: Nothing stands above a cell that has no way.
        """
        above = {spot: self._above(spot[0]) for spot in spots}
        lost = tuple(sorted(spot for spot, row in above.items() if row is None))
        if lost and why is Coarsening.NO_WAY:
            raise NothingHides(lost)
        for row in sorted({row for row in above.values() if row is not None}):
            self._leave_out_parts(row, why)

    def chosen(self, likely: frozenset[Spot]) -> Protected:
        """Return the release with what is hidden beside the small cells.

        First nothing may tell of a small cell that all of its row are in one column: a person is moved to another.
        Then each cell must differ by the width, wherever persons are moved to.

        Raises:
            NoCircle: Some cells cannot be hidden, as long as all rows are shown.
        """
        hidden, witnesses, totals = dict(self.hidden), list(self.witnesses), self._totals()
        for step, within in ((1, True), (self.terms.width, False)):
            choice = PatternChoice(
                self.table,
                self._lowest(),
                step=step,
                hidden=hidden.keys(),
                likely=[spot for spot in likely - hidden.keys() if not self.table.cells[spot].known],
                barred=totals if within else {},
            )
            choice.hide(self._without_witness(hidden, witnesses, totals if within else None))
            for spot in choice.extra_spots():
                hidden[spot] = Hiding.FORESEEN if spot in likely else Hiding.EXTRA
            if not within:
                hidden |= dict.fromkeys(choice.hide_what_is_free(), Hiding.FORESEEN)
            witnesses.extend(Witness(self.release, None, moves) for moves in choice.circles())
        in_order, coarse = dict(sorted(hidden.items())), dict(sorted(self.coarse.items()))
        return Protected(self.release, self.terms, self.table, in_order, tuple(witnesses), coarse)

    def _without_witness(
        self, hidden: Mapping[Spot, Hiding], witnesses: Iterable[Witness], within: Mapping[Spot, Spot] | None
    ) -> Iterator[Spot]:
        """Return the hidden cells that no witness in force hides: by the width, or small ones within their row."""
        safe: set[Spot] = set()
        for moves in (witness.moves for witness in witnesses if witness.last is None):
            if within is None:
                safe.update(spot for spot, move in moves.items() if abs(move) >= self.terms.width)
            else:
                safe.update(spot for spot in moves if (spot[0], self.table.total) not in moves)
        for spot, hiding in hidden.items():
            asked = hiding is not Hiding.ABOVE if within is None else spot in within and hiding in _SMALL
            if asked and spot not in safe:
                yield spot

    def _totals(self) -> dict[Spot, Spot]:
        """Return, for each cell of a lowest row and a single column that are shown, the cell of the row's sum.

        If it is small, persons have to be moved to another column of the row, and not in and out of the row; but not
        where all other columns of the row are blank: then no zero of it tells anything.
        """
        total, columns = self.table.total, self.table.columns
        if total is None:
            return {}
        lowest = [row for row in self.part_of if row not in self.parts and row not in self.below]
        counted = {row: [column for column in columns if not self.table.cells[row, column].blank] for row in lowest}
        return {(row, column): (row, total) for row in lowest for column in columns if set(counted[row]) - {column}}

    def _follow(self, former: Protected) -> list[Spot]:
        """Take over what was hidden, and return the cells that do not fit their witness any more."""
        if not self.table.same_shape(former.table) or self.terms != former.terms:
            raise BadTable("table", "rows, columns and terms are those of the release before; others begin a year")
        for spot, hiding in former.hidden.items():
            if self.table.cells[spot].known:
                raise BadTable(in_words(spot), "it has been hidden, and the reader is said to know it")
            self.hidden[spot] = Hiding.KEPT if hiding is Hiding.SMALL else hiding
        for row, why in former.coarse.items():
            self._leave_out_parts(row, why)
        broken: list[Spot] = []
        for witness in former.witnesses:
            unfit = (
                [] if witness.last is not None else [s for s, move in witness.moves.items() if not self._fits(s, move)]
            )
            self.witnesses.append(replace(witness, last=former.release) if unfit else witness)
            broken.extend(unfit)
        return broken

    def _lowest(self) -> dict[Spot, int]:
        """Return the fewest persons that the reader can take for possible, by cell.

        Where a count has fallen, and the rows are left out for it, the reader knows that counts fall.
        """
        if self.former is None:
            return dict.fromkeys(self.table.cells, 0)
        fallen = self._below(row for row, why in self.coarse.items() if why is Coarsening.WITNESS)
        return {
            spot: 0 if spot[0] in fallen else min(self.former.cells[spot].count, cell.count)
            for spot, cell in self.table.cells.items()
        }

    def _below(self, rows: Iterable[str]) -> set[str]:
        """Return all rows that these have in them."""
        below, waiting = set[str](), [part for row in rows for part in self.parts[row]]
        while waiting:
            code = waiting.pop()
            below.add(code)
            waiting.extend(self.parts.get(code, ()))
        return below

    def _fits(self, spot: Spot, move: int) -> bool:
        cell = self.table.cells[spot]
        return cell.count + move >= 0 and (cell.most is None or cell.count + move <= cell.most)

    def _above(self, row: str) -> str | None:
        """Return the lowest row above one whose parts are still shown."""
        above = self.part_of[row]
        while above is not None and above in self.coarse:
            above = self.part_of[above]
        return above

    def _leave_out_parts(self, row: str, why: Coarsening) -> None:
        self.coarse[row] = why
        for code in sorted(self._below([row])):
            self.below.add(code)
            for column in self.table.all_columns:
                if not self.table.cells[code, column].known:
                    self.hidden.setdefault((code, column), Hiding.ABOVE)
