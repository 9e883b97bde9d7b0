"""The releases of one year: what is hidden once stays hidden, and a later release only adds to it.

Counts add up through a year. A witness has the same other table in every release, but for what has been added since,
which is the same in both; so it stands as long as no count falls so far that the other table would be below 0. Where
one does, the rows among which it stands are left out from then on, and the row above them says why.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from bosett.disclosure.outcome import Coarsening, Hiding, Protected, Terms
from bosett.disclosure.protect import protect
from bosett.disclosure.table import CountTable, Spot


@dataclass(frozen=True, slots=True)
class ReleaseYear:
    """The releases of a year so far.

    Attributes:
        terms: What is small, and how well it is hidden.
        likely: The pattern with which the year began: what is likely to become small.
        releases: The earliest first.
    """

    terms: Terms
    likely: frozenset[Spot]
    releases: tuple[Protected, ...] = ()

    @classmethod
    def begun(cls, terms: Terms, *, after: Self | None = None, likely: Collection[Spot] = ()) -> Self:
        """Begin a year: its pattern is what is said to be likely, and what the year before had hidden at its end."""
        hidden = after.releases[-1].hidden if after is not None and after.releases else {}
        small = {spot for spot, hiding in hidden.items() if hiding in {Hiding.SMALL, Hiding.KEPT}}
        return cls(terms, frozenset(small) | frozenset(likely))

    def published(self, table: CountTable) -> Self:
        """Return the year with one release more.

        Raises:
            BadTable: The table has another shape than those before.
            NothingHides: A cell cannot be hidden, whatever is hidden with it.
        """
        last = self.releases[-1] if self.releases else None
        # What has gone from the country, as a merged municipality, is not likely to become small.
        likely = self.likely & table.cells.keys()
        protected = protect(table, self.terms, former=last, likely=likely if last is None else ())
        return replace(self, releases=(*self.releases, protected))

    def newly_hidden(self) -> tuple[Spot, ...]:
        """Return what the last release hides and the one before it did not."""
        if not self.releases:
            return ()
        before = self.releases[-2].hidden if self.releases[:-1] else {}
        return tuple(spot for spot in self.releases[-1].hidden if spot not in before)

    def coarse(self) -> dict[str, tuple[Coarsening, int]]:
        """Return the rows whose parts are not shown any more, with the reason and the first such release."""
        first: dict[str, tuple[Coarsening, int]] = {}
        for protected in self.releases:
            for row, why in protected.coarse.items():
                first.setdefault(row, (why, protected.release))
        return first
