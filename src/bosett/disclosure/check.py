"""Check a release by its witnesses, by code of its own: nothing here is shared with what chose what is hidden.

A cell stays hidden when two tables that a reader must both take for possible differ in it. One is the table as it is;
the other is given by the moves of a witness. So each witness is held against all that the reader sees: cells that are
shown, the sum of every line, what cannot be below 0 or above a known most, and what was published before.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bosett.basis.refusals import Exit, Refusal
from bosett.disclosure.outcome import Coarsening, Hiding, Protected, Witness
from bosett.disclosure.table import Spot


class Exposed(Refusal):
    """A cell that is to be hidden is not, or cannot be shown to be."""

    exit_code = Exit.UNPROVEN

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The release is not safe and must not be published. {where}: {what}")
        self.where = where


def check_year(releases: Iterable[Protected]) -> None:
    """Raise unless every release of a year holds, each beside the one before.

    Raises:
        Exposed: It names the first place where one does not hold.
    """
    former: Protected | None = None
    for protected in releases:
        check_release(protected, former)
        former = protected


def check_release(protected: Protected, former: Protected | None) -> None:
    """Raise unless a release holds beside the one before, which has been checked.

    Raises:
        Exposed: It names the first place where it does not hold.
    """
    if protected.release != (0 if former is None else former.release + 1):
        raise Exposed(f"release {protected.release}", "it does not follow the one before")
    _check_pattern(protected, former)
    if former is not None:
        _check_kept(protected.witnesses, former)
    standing = _Standing(protected, former)
    width = protected.terms.width
    wide, within = set[Spot](), set[Spot]()
    for witness in protected.witnesses:
        if not witness.is_about(protected.release):
            continue
        standing.check(witness)
        wide |= {spot for spot, move in witness.moves.items() if abs(move) >= width}
        within |= {spot for spot in witness.moves if (spot[0], protected.table.total) not in witness.moves}
    for spot, hiding in protected.hidden.items():
        if hiding is not Hiding.ABOVE and spot not in wide:
            raise Exposed(_named(spot), f"no witness differs in it by {width}")
        small = hiding in {Hiding.SMALL, Hiding.KEPT}
        if small and spot not in within and standing.tells_columns(spot):
            raise Exposed(_named(spot), "the zeros of its row tell in which column its persons are")


def _check_pattern(protected: Protected, former: Protected | None) -> None:
    for spot, cell in protected.table.cells.items():
        if 0 < cell.count < protected.terms.least and not cell.known:
            if spot not in protected.hidden:
                raise Exposed(_named(spot), f"its {cell.count} persons are shown")
            if protected.hidden[spot] is not Hiding.SMALL:
                raise Exposed(_named(spot), "it is small, and hidden as something else")
    if former is None:
        return
    for spot, hiding in former.hidden.items():
        if spot not in protected.hidden:
            raise Exposed(_named(spot), "it was hidden before, and is shown now")
        if hiding is not Hiding.ABOVE and protected.hidden[spot] is Hiding.ABOVE:
            raise Exposed(_named(spot), "it was hidden before, and only its level is left out now")


def _check_kept(witnesses: tuple[Witness, ...], former: Protected) -> None:
    """Hold the witnesses against those of the release before: none is changed, and one that ends, ends there."""
    kept = {(each.first, each.last, tuple(sorted(each.moves.items()))) for each in witnesses}
    for each in former.witnesses:
        moves = tuple(sorted(each.moves.items()))
        ends = {each.last} if each.last is not None else {None, former.release}
        if not any((each.first, end, moves) in kept for end in ends):
            raise Exposed(_named(moves[0][0]), "a witness of an earlier release is not there any more")


class _Standing:
    """What the reader of a release knows."""

    def __init__(self, protected: Protected, former: Protected | None) -> None:
        self.protected, self.former = protected, former
        self.part_of = {row.code: row.part_of for row in protected.table.rows}
        self.with_parts = {row.part_of for row in protected.table.rows}

    def tells_columns(self, spot: Spot) -> bool:
        """Tell whether zeros beside a cell would tell of its persons: in a lowest row that is shown."""
        row, column = spot
        table = self.protected.table
        if row in self.with_parts or table.total is None or column == table.total:
            return False
        if all(table.cells[row, other].blank for other in table.columns if other != column):
            return False
        return not self._left_out(row, set(Coarsening))

    def _left_out(self, row: str, reasons: Collection[Coarsening]) -> bool:
        """Tell whether a row is left out for one of some reasons."""
        above = self.part_of[row]
        while above is not None:
            if above in self.protected.coarse and self.protected.coarse[above] in reasons:
                return True
            above = self.part_of[above]
        return False

    def check(self, witness: Witness) -> None:
        """Hold the other table of a witness against what is shown."""
        if not witness.moves:
            raise Exposed("witnesses", "a witness moves nothing")
        for spot, move in witness.moves.items():
            self._check_cell(spot, move, begins=witness.first == self.protected.release)
        for line, left in self._left_over(witness.moves).items():
            if left:
                raise Exposed(f"{line[0]} {line[1]}", f"the sum of a witness is off by {left}")

    def _check_cell(self, spot: Spot, move: int, *, begins: bool) -> None:
        cell = self.protected.table.cells[spot]
        if spot not in self.protected.hidden or cell.known:
            raise Exposed(_named(spot), "a witness moves it, and the reader knows it")
        other = cell.count + move
        if other < 0 or (cell.most is not None and other > cell.most):
            raise Exposed(_named(spot), f"a witness has {other} persons, which the reader knows cannot be")
        if begins and self.former is not None and self.protected.terms.rising:
            before = self.former.table.cells[spot].count
            # Where a count has fallen, and its rows are left out for it, nobody takes it that counts only rise.
            if other < min(before, cell.count) and not self._left_out(spot[0], {Coarsening.WITNESS}):
                raise Exposed(_named(spot), f"a witness has {other} persons after {before}, and counts only rise")

    def _left_over(self, moves: Mapping[Spot, int]) -> Counter[tuple[str, str]]:
        """Return, for each sum that has a move in it, the moves of its parts less its own."""
        total = self.protected.table.total
        left: Counter[tuple[str, str]] = Counter()
        for (row, column), move in moves.items():
            above = self.part_of[row]
            if above is not None:
                left["column", f"{column} of {above}"] += move
            if row in self.with_parts:
                left["column", f"{column} of {row}"] -= move
            if total is not None:
                left["row", row] += -move if column == total else move
        return left


def _named(spot: Spot) -> str:
    return f"row {spot[0]}, column {spot[1]}"
