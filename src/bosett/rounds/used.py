"""Which accepted versions of figures a computation rested on."""

from collections.abc import Iterable

from bosett.figures import SeriesNote, UsedVersion
from bosett.stages.criteria import Claims


def versions_used(claims: Claims | None, beside: Iterable[SeriesNote | None] = ()) -> tuple[UsedVersion, ...]:
    """Return the accepted versions behind claims, and behind what was looked up beside them; none for shipped figures.

    In order of indicator and time.
    """
    notes = [note for note in beside if note is not None]
    if claims is not None:
        notes += [note for each in claims.measured for note in each.figures]
        notes += [note for each in claims.bound_figures.values() for note in each]
    return ordered({note.accepted for note in notes if note.accepted is not None})


def ordered(versions: Iterable[UsedVersion]) -> tuple[UsedVersion, ...]:
    """Return versions in order of indicator and time."""
    return tuple(sorted(versions, key=lambda each: (each.indicator, each.time, each.sha256)))
