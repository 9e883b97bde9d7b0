"""What a reader has of the releases of a year, and what one who reckons makes of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context

from bosett.disclosure import Hiding, Protected, Spot

Unknown = tuple[int, Spot]
Range = tuple[int, int]


@dataclass(frozen=True)
class Published:
    """All that is published of a year, and no count that is hidden.

    Attributes:
        sums: Each sum, with its parts.
        shown: By release, the counts.
        hidden: By release, the cells without one.
        most: By release, what a cell is known to be at most.
        rising: The reader takes it that no count gets lower.
    """

    sums: Sequence[tuple[Spot, Sequence[Spot]]]
    shown: Sequence[Mapping[Spot, int]]
    hidden: Sequence[Sequence[Spot]]
    most: Sequence[Mapping[Spot, int]]
    rising: bool

    @classmethod
    def of(cls, releases: Sequence[Protected]) -> "Published":
        return cls(
            tuple(releases[0].table.sums()),
            [each.shown for each in releases],
            [tuple(each.hidden) for each in releases],
            [{s: c.most for s, c in each.table.cells.items() if c.most is not None} for each in releases],
            releases[0].terms.rising,
        )


@dataclass(frozen=True)
class Tips:
    """Tables that somebody tips a reader off with, who believes none before it fits all that was published.

    Attributes:
        table: A count for each hidden cell of every release.
        moves: What else there may be: by how much cells are higher than in that table.
    """

    table: Mapping[Unknown, int]
    moves: Sequence[Mapping[Unknown, int]]

    @classmethod
    def of(cls, releases: Sequence[Protected]) -> "Tips":
        """Return the tables of the witnesses."""
        return cls(
            {(t, spot): each.table.cells[spot].count for t, each in enumerate(releases) for spot in each.hidden},
            [
                {(t, spot): move for t in range(len(releases)) if witness.is_about(t) for spot, move in moves.items()}
                for witness, moves in ((each, each.moves) for each in releases[-1].witnesses)
            ],
        )


def attacked(releases: Sequence[Protected], *, width: int = 1, tips: Tips | None = None) -> Mapping[Unknown, Range]:
    """Return the range of each hidden cell of some releases."""
    return reckoned(Published.of(releases), width=width, tips=tips)


def reckoned(published: Published, *, width: int = 1, tips: Tips | None = None) -> Mapping[Unknown, Range]:
    """Return the range of each hidden cell by HiGHS, which has a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_ranges, "disclosure_highs", published, width, tips).result()


def _ranges(module: str, published: Published, width: int, tips: Tips | None) -> Mapping[Unknown, Range]:
    ranges: Mapping[Unknown, Range] = import_module(module).ranges(published, width=width, tips=tips)
    return ranges


def recovered(releases: Sequence[Protected], ranges: Mapping[Unknown, Range], *, width: int = 1) -> list[Unknown]:
    """Return the hidden cells that a reader knows more closely than by the width, and that are to be safe."""
    return [
        (t, spot)
        for (t, spot), (least, most) in ranges.items()
        if most - least < width and releases[t].hidden[spot] is not Hiding.ABOVE
    ]
