"""Numbers explained: a run is computed again from its stored inputs, and kept, as those never change."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.figures import Layers
from bosett.parameters import load_shipped
from bosett.rounds.explanation import Explainer, Explanation
from bosett.rounds.kinds import Mode
from bosett.rounds.run import Sharing
from bosett_web.queries.layers import layers_of
from bosett_web.records.models import Proposal, ProposalLine


def explained_by_run(proposal: int, codes: Collection[str]) -> Mapping[str, Explanation]:
    """Return the numbers of a run by code, explained from its stored inputs; in two queries.

    One that today's code does not come to is left out; all are when the run no longer computes.

    Args:
        proposal: Identity of the run.
        codes: Municipalities; those that the run does not know are left out.
    """
    inputs = Proposal.objects.values_list("inputs", flat=True).get(pk=proposal)
    rows = ProposalLine.objects.filter(proposal=proposal, municipality__in=codes)
    numbers = dict(rows.values_list("municipality", "number"))
    explainer = _explainer(json.dumps(inputs, sort_keys=True), layers_of(inputs))
    if explainer is None:
        return {}
    explanations = ((code, explainer.explain(code)) for code in numbers)
    return {code: each for code, each in explanations if each.number == numbers[code]}


def sharing_of(proposal: int) -> Sharing | None:
    """Return the sharing of a run, from its stored inputs; None when the run no longer computes. In one query.

    Args:
        proposal: Identity of the run.
    """
    inputs = Proposal.objects.values_list("inputs", flat=True).get(pk=proposal)
    explainer = _explainer(json.dumps(inputs, sort_keys=True), layers_of(inputs))
    return None if explainer is None else explainer.sharing


@lru_cache(maxsize=4)
def _explainer(inputs: str, figures: Layers) -> Explainer | None:
    """Return a run ready to explain its numbers; None for one whose criteria no longer compute."""
    of: dict[str, Any] = json.loads(inputs)
    criteria, known_on = load_shipped(of["criteria"]), date.fromisoformat(of["day"])
    try:
        return Explainer(of["year"], of["total"], criteria.known_by(known_on), Mode(of["mode"]), of["targets"], figures)
    except Refusal:
        return None
