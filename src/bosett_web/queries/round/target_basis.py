"""What a version of the targets rests on, and what its criteria alone give each county."""

from datetime import date
from functools import lru_cache

from bosett.basis.refusals import Refusal
from bosett.documents.target_explanation import ForecastBasis
from bosett.figures import Layers
from bosett.parameters import load_shipped
from bosett.rounds.target_explanation import TargetExplainer
from bosett_web.queries.layers import layers_of
from bosett_web.queries.standing_rows import CriteriaRow, Standing, TargetsRow
from bosett_web.records.models import Proposal

REMEMBERED = 32


def criteria_of(at: Standing, row: TargetsRow) -> CriteriaRow | None:
    """Return the criteria that a version of the targets rests on, of those in a round as somebody may see it."""
    return next((each for each in at.criteria if each.id == row.criteria), None)


def forecast_of(at: Standing, row: TargetsRow) -> ForecastBasis | None:
    """Return the forecast that a version of the targets rests on, of those in a round as somebody may see it."""
    forecast = next((each for each in at.forecasts if each.id == row.forecast), None)
    if forecast is None:
        return None
    return ForecastBasis(forecast.publisher, forecast.as_of, forecast.low, forecast.middle, forecast.high)


def explainer_of(at: Standing, row: TargetsRow) -> TargetExplainer | None:
    """Return what the criteria give of a version's national target; None when they give nothing.

    It is computed from what was known on the version's day and accepted by then. Once a run rests on the version, that
    is what the run read, which stays when figures are taken back.

    Args:
        at: The round as somebody may see it.
        row: The version.
    """
    criteria, total = criteria_of(at, row), row.national.number
    if criteria is None or total is None:
        return None
    inputs = Proposal.objects.filter(targets=row.id).order_by("version").values_list("inputs", flat=True).first()
    figures = at.figures if inputs is None else layers_of(inputs)
    accepted = tuple(each for each in figures.accepted if each.accepted_on <= row.day)
    return _explainer(criteria.file, row.day, total, Layers(accepted))


@lru_cache(REMEMBERED)
def _explainer(name: str, day: date, total: int, figures: Layers) -> TargetExplainer | None:
    try:
        return TargetExplainer(load_shipped(name).known_by(day), total, figures)
    except Refusal:
        return None
