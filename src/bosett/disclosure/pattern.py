"""Choose what is hidden beside the small cells: a circle for each, as cheap as can be, and none that is not needed."""

from collections.abc import Collection, Iterable, Mapping

from bosett.disclosure.circles import Circle, Rooms, cheapest_circle
from bosett.disclosure.network import CellNetwork, network_of
from bosett.disclosure.table import CountTable, Spot

FREE = 1
"""A hidden cell costs no more on a circle than its length."""


class NoCircle(Exception):
    """Some cells are on no circle at all: the pattern is chosen again, with more hidden."""

    def __init__(self, spots: tuple[Spot, ...]) -> None:
        super().__init__(spots)
        self.spots = spots


class PatternChoice:
    """The choice of one release.

    Args:
        table: The table of this release.
        lowest: By cell the fewest persons that the reader can take for possible.
        step: Persons that are moved round a circle.
        hidden: What is hidden whatever is chosen.
        likely: What had better be hidden than anything else.
        barred: By cell another that is on no circle for it, and that it is on none for.
    """

    def __init__(
        self,
        table: CountTable,
        lowest: Mapping[Spot, int],
        *,
        step: int,
        hidden: Collection[Spot],
        likely: Collection[Spot],
        barred: Mapping[Spot, Spot],
    ) -> None:
        self.network, self.step = network_of(table), step
        self.place = {spot: cell for cell, spot in enumerate(self.network.spots)}
        cells = [table.cells[spot] for spot in self.network.spots]
        rises = [not cell.known and (cell.most is None or cell.most - cell.count >= step) for cell in cells]
        falls = [not cell.known and cell.count - lowest[cell.spot] >= step for cell in cells]
        self.prices = _prices(self.network, [cell.count for cell in cells])
        self.likely = {self.place[spot] for spot in likely}
        costs = [FREE if cell in self.likely else price for cell, price in enumerate(self.prices)]
        self.rooms = Rooms(rises, falls, costs)
        self.inside = Rooms([False] * len(cells), [False] * len(cells), [FREE] * len(cells))
        for spot in hidden:
            self._set_hidden(self.place[spot], hidden=True)
        self.fixed = {self.place[spot] for spot in hidden}
        self.extra: set[int] = set()
        self.circle_of: dict[int, Circle] = {}
        self.barred = {self.place[spot]: self.place[other] for spot, other in barred.items()}

    def hide(self, spots: Iterable[Spot]) -> None:
        """Find a circle for each of these cells, and hide what is on it.

        Raises:
            NoCircle: Some have none; it names all of them.
        """
        lost = []
        for cell in sorted(self.place[spot] for spot in spots):
            if cell in self.circle_of:
                continue
            circle = self._circle(self.inside, cell) or self._circle(self.rooms, cell)
            if circle is None:
                lost.append(self.network.spots[cell])
                continue
            for each in circle.signs.keys() - self.fixed - self.extra:
                self.extra.add(each)
                self._set_hidden(each, hidden=True)
            self._cover(circle)
        if lost:
            raise NoCircle(tuple(lost))
        for cell in sorted(self.extra - self.likely, key=lambda each: (-self.prices[each], each)):
            self._drop_unless_needed(cell)

    def hide_what_is_free(self) -> tuple[Spot, ...]:
        """Hide those of the likely cells that are on circles of hidden and likely ones, and return them."""
        free = self.likely - self.fixed - self.extra
        for cell in free:
            self._set_hidden(cell, hidden=True)
        for cell in sorted(free):
            circle = cheapest_circle(self.network, self.inside, cell)
            if circle is None:
                # What is on no circle is on none of another cell either.
                free.remove(cell)
                self._set_hidden(cell, hidden=False)
            else:
                self.circle_of.setdefault(cell, circle)
        return tuple(self.network.spots[cell] for cell in sorted(free))

    def circles(self) -> tuple[Mapping[Spot, int], ...]:
        """Return by how many persons each circle moves its cells; each circle once."""
        different = dict.fromkeys(tuple(sorted(self.circle_of[cell].signs.items())) for cell in sorted(self.circle_of))
        spots = self.network.spots
        return tuple({spots[cell]: sign * self.step for cell, sign in signs} for signs in different)

    def extra_spots(self) -> tuple[Spot, ...]:
        """Return the cells that are hidden for others."""
        return tuple(self.network.spots[cell] for cell in sorted(self.extra))

    def _circle(self, rooms: Rooms, cell: int) -> Circle | None:
        barred = (self.barred[cell],) if cell in self.barred and cell not in self.extra else ()
        return cheapest_circle(self.network, rooms, cell, barred=barred)

    def _cover(self, circle: Circle) -> None:
        """Let a circle hide each cell on it that has none, if it hides it as well as one of its own would."""
        for cell in circle.signs:
            if cell in self.extra or self.barred.get(cell) not in circle.signs:
                self.circle_of.setdefault(cell, circle)

    def _drop_unless_needed(self, extra: int) -> None:
        """Show a cell again if all that is hidden by circles through it has others, of what is hidden already."""
        self._set_hidden(extra, hidden=False)
        instead: dict[int, Circle] = {}
        for cell, circle in self.circle_of.items():
            if extra in circle.signs and cell != extra:
                other = self._circle(self.inside, cell)
                if other is None:
                    self._set_hidden(extra, hidden=True)
                    return
                instead[cell] = other
        self.extra.remove(extra)
        del self.circle_of[extra]
        self.circle_of |= instead

    def _set_hidden(self, cell: int, *, hidden: bool) -> None:
        self.inside.rises[cell] = hidden and self.rooms.rises[cell]
        self.inside.falls[cell] = hidden and self.rooms.falls[cell]
        self.rooms.costs[cell] = FREE if hidden or cell in self.likely else self.prices[cell]


def _prices(network: CellNetwork, counts: list[int]) -> list[int]:
    """Return what each cell costs when it is hidden for another: first how much it adds up, then its persons.

    The persons of cells on one circle never outweigh a cell, nor does its length outweigh a person.
    """
    persons, length = max(sum(counts), 1) + 1, len(counts) + 1
    return [(weight * persons + count) * length + FREE for weight, count in zip(network.weight, counts, strict=True)]
