"""The real borders, where whoever runs the workspace has saved them: read once, and drawn beside the tiles."""

from datetime import date
from functools import lru_cache
from logging import getLogger
from pathlib import Path

from django.conf import settings

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.geography.borders import BorderMap
from bosett.sources.fetching import from_file
from bosett.sources.kartverket import read_borders

LOG = getLogger(__name__)


def borders_of(year: int) -> BorderMap | None:
    """Return the borders of the municipalities of a year; None when none are saved, or they cannot be read."""
    return None if settings.BORDERS is None else _saved(settings.BORDERS, structure_of(year))


@lru_cache(maxsize=len(Structure))
def _saved(folder: Path, structure: Structure) -> BorderMap | None:
    try:
        return read_saved(folder, structure)
    except Refusal as fault:
        LOG.warning("borders_not_read", extra={"why": str(fault)})
        return None


def read_saved(folder: Path, structure: Structure) -> BorderMap | None:
    """Return the borders of a structure's municipalities from a folder, in metres; None when none are saved there.

    Source: a file of GeoJSON from Kartverket, named by the structure's first year.

    Raises:
        NotFetched: The file cannot be read, or is too large.
        UnreadableAnswer: It holds no such borders, or not those of every municipality.
    """
    path = folder / f"{structure.value}.geojson"
    if not path.exists():
        return None
    return read_borders(from_file(path, date.today()), structure)  # noqa: DTZ011  - told beside what is read
