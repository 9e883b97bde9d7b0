"""The figures that the workspace reads: what is shipped, and above it the versions that it has accepted."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from bosett.figures import SHIPPED, AcceptedVersion, Layers
from bosett.figures.content import version_from
from bosett.figures.versions import FigureVersion
from bosett.rounds.states import FigureState
from bosett_web.records.models import FigureSet


class LostFigures(LookupError):
    """Versions of figures that something was computed from are not in the workspace."""


def accepted_sets() -> QuerySet[FigureSet, tuple[int, str]]:
    """Return identity and hash of the versions in force, in the order in which they were accepted."""
    return FigureSet.objects.filter(state=FigureState.ACCEPTED).order_by("sequence").values_list("pk", "sha256")


def layers_now() -> Layers:
    """Return the layers in force: in one query, and more the first time after something was accepted or taken back."""
    return layers_named(tuple(accepted_sets()))


def layers_of(inputs: Mapping[str, Any]) -> Layers:
    """Return the layers that a run was computed from, by its stored inputs; versions taken back since are among them.

    Raises:
        LostFigures: A version is not here.
    """
    sequences = inputs.get("figures") or ()
    if not sequences:
        return SHIPPED
    rows = FigureSet.objects.filter(sequence__in=sequences).order_by("sequence").values_list("pk", "sha256")
    if len(rows) < len(sequences):
        raise LostFigures(sequences)
    return layers_named(tuple(rows))


def version_read(row: FigureSet) -> FigureVersion:
    """Return a version as it was read."""
    return version_from(row.content)


@lru_cache(maxsize=8)
def layers_named(named: tuple[tuple[int, str], ...]) -> Layers:
    """Return the layers of accepted versions, named by identity and hash: they never change."""
    if not named:
        return SHIPPED
    return Layers(
        tuple(
            AcceptedVersion(version_from(row.taken), row.sequence, on, row.accepted_by)
            for row in FigureSet.objects.filter(pk__in=[key for key, _ in named])
            if row.taken is not None and row.sequence is not None and (on := row.accepted_on) is not None
        )
    )
