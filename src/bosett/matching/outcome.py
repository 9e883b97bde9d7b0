"""What matching ends in: who is placed where, who is not, what the plan costs, and the prices that prove it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bosett.matching.levels import Levels
from bosett.matching.problem import Placement, Where


@dataclass(frozen=True, slots=True)
class Matched:
    """The one plan that the rules choose.

    A price has a number for each level. A unit costs what its opening costs it, and the price of the place; it is where
    this is least, and no price asks more of it than its group's own. Both prices are of what no lock holds.

    Attributes:
        placements: By group, week, kind and site; units that a lock holds stand by themselves.
        unplaced: Units without a place, for every group, zeros too.
        levels: What the plan costs.
        group_prices: For every group what one unit fewer would save.
        opening_prices: For every opening what one place more would save; nothing where a place is free.
    """

    placements: tuple[Placement, ...]
    unplaced: Mapping[str, int]
    levels: Levels
    group_prices: Mapping[str, Levels]
    opening_prices: Mapping[Where, Levels]
