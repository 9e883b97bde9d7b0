"""What was read in of figures: each version, how it stands, and how it differs from what is there."""

from dataclasses import dataclass
from datetime import date

from bosett.figures.compare import FigureComparison, compare
from bosett_web.queries.layers import layers_now, version_read
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import FigureSet


class NoFigureSet(LookupError):
    """There is no version of that identity."""


@dataclass(frozen=True, slots=True)
class FigureSetRow:
    """A version of the figures of one indicator, and how it stands.

    `known_on` is the day from which it counts as known, as text; `sequence` numbers the accepted ones.
    """

    id: int
    state: str
    indicator: str
    structure: int
    publisher: str
    dataset: str
    source: str
    known_on: str
    read_on: date
    read_by: int
    sequence: int | None
    accepted_on: date | None
    accepted_by: str

    @property
    def published_as(self) -> str:
        """Who publishes the figures and what they are called there; that name may begin with the publisher's own."""
        return self.dataset if self.dataset.startswith(self.publisher) else f"{self.publisher}, {self.dataset}"


_COLUMNS = {name: f"content__{name}" for name in ("publisher", "dataset", "source", "known_on")}


def figure_sets() -> tuple[FigureSetRow, ...]:
    """Return every version that was read in, the newest first; in one query."""
    return rows_of(FigureSetRow, FigureSet.objects.order_by("-pk"), **_COLUMNS)


def figure_set(identity: int) -> FigureSetRow:
    """Return one version.

    Raises:
        NoFigureSet: There is none.
    """
    rows = rows_of(FigureSetRow, FigureSet.objects.filter(pk=identity), **_COLUMNS)
    if not rows:
        raise NoFigureSet(identity)
    return rows[0]


def comparison(identity: int) -> FigureComparison:
    """Return how a version, as it was read, differs from what stands now.

    Raises:
        NoFigureSet: There is none.
    """
    row = FigureSet.objects.filter(pk=identity).first()
    if row is None:
        raise NoFigureSet(identity)
    return compare(version_read(row), layers_now())
