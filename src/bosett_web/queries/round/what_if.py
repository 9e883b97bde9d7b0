"""What other criteria would come to: reckoned when it is asked for, and remembered for a while."""

from datetime import date
from functools import lru_cache

from bosett.basis.refusals import Refusal
from bosett.figures import Layers
from bosett.parameters import CriteriaChoice, CriteriaFile, load_shipped
from bosett.rounds.sensitivity import Forecasted, Sensitivity, sensitivity
from bosett.rounds.what_if import WhatIf, come_to, what_if
from bosett_web.queries.round.criteria import rules_of

REMEMBERED = 64


class NotReckoned(Refusal):
    """A choice comes to nothing: the sharing is tied or impossible, or there is nothing to hold it against."""


def rules_on(name: str, day: date) -> CriteriaFile | None:
    """Return a rule file for a run on a day; None for one that is not there."""
    file = rules_of(name)
    return None if file is None else file.known_by(day)


@lru_cache(REMEMBERED)
def reckoned(name: str, day: date, figures: Layers, choice: CriteriaChoice, total: int) -> WhatIf:
    """Return what the country comes to by a choice.

    Args:
        name: The rule file that is changed.
        day: Figures that were known later are left alone.
        figures: Those that the workspace reads.
        choice: Weights that add up, and a floor.
        total: Persons to share.

    Raises:
        NotReckoned: It comes to nothing.
    """
    try:
        return what_if(load_shipped(name).known_by(day), choice, total, figures)
    except Refusal as why:
        raise NotReckoned(str(why)) from why


@lru_cache(REMEMBERED)
def reckoned_by(name: str, day: date, figures: Layers, total: int) -> WhatIf:
    """Return what the country comes to by a rule as it stands.

    Raises:
        NotReckoned: It comes to nothing.
    """
    try:
        return come_to(load_shipped(name).known_by(day), total, figures)
    except Refusal as why:
        raise NotReckoned(str(why)) from why


@lru_cache(REMEMBERED)
def sensitive(
    name: str, day: date, figures: Layers, choice: CriteriaChoice, total: int, forecast: Forecasted | None
) -> Sensitivity | None:
    """Return what comes of a choice when one thing at a time is moved; None when it comes to nothing itself.

    Args:
        name: The rule file that is changed.
        day: Figures that were known later are left alone.
        figures: Those that the workspace reads.
        choice: Weights that add up, and a floor.
        total: Persons to share.
        forecast: What the total may be instead; None when nobody has told.
    """
    try:
        return sensitivity(load_shipped(name).known_by(day), choice, total, forecast, figures)
    except Refusal:
        return None
