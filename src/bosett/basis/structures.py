"""Municipal structures: which list of municipalities a code belongs to.

Municipality codes carry the year of their code list. The same four digits may mean another municipality, or the same
municipality with other borders, in another structure. Source: SSB, Klass 131 (municipalities) and 104 (counties).
"""

from enum import IntEnum


class Structure(IntEnum):
    """A list of municipalities, named by its first year."""

    Y2019 = 2019
    Y2020 = 2020
    Y2024 = 2024


def structure_of(year: int) -> Structure:
    """Return the structure in force on 1 January of `year`; that of 2019 also stands for the years before."""
    return next((each for each in _LATEST_FIRST if each <= year), _LATEST_FIRST[-1])


_LATEST_FIRST = tuple(sorted(Structure, reverse=True))
