"""Two runs side by side, of one year or of two, also over a reform of municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.geography import SplitRule, carry, municipalities
from bosett.geography.carrying import Value


@dataclass(frozen=True, slots=True)
class NumberChange:
    """What a municipality of the later year was given by two runs.

    Attributes:
        code: Of the later year.
        county: Likewise.
        before: Persons by the first run, carried to the municipality; None where that cannot be told.
        after: Persons by the second run.
    """

    code: str
    county: str
    before: int | None
    after: int

    @property
    def by(self) -> int | None:
        """How many more; None where it cannot be told."""
        return None if self.before is None else self.after - self.before


def run_changes(before: Mapping[str, int], after: Mapping[str, int], start: int, end: int) -> tuple[NumberChange, ...]:
    """Return what differs between two runs, municipality by municipality, by code.

    Who takes no part in a run is given nobody by it. Mergers are summed. What was split is not shared by guess: who was
    a part of it has no number before.

    Args:
        before: Persons by code, of the first run.
        after: Persons by code, of the second.
        start: Year of the first.
        end: Year of the second, the same or a later one.

    Raises:
        UnknownMunicipality: A code is not a municipality of its year.
        BackInTime: The second run is of an earlier structure.
    """
    everybody = {place.code: 0 for place in municipalities(start)}
    carried = carry({**everybody, **before}, start, end, SplitRule.MISSING)
    return tuple(
        NumberChange(place.code, place.county, _whole(carried.get(place.code)), after.get(place.code, 0))
        for place in municipalities(end)
    )


def _whole(value: Value) -> int | None:
    """Return a number of persons; part of a person comes of a split, and is none."""
    return int(value) if value is not None and Fraction(value).denominator == 1 else None
