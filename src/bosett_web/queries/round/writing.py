"""What whoever writes criteria of a round begins from, reads and comes to: reckoned when asked for, and remembered."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from bosett.figures import Layers
from bosett.parameters import CriteriaFile, Criterion, NoCriteria, model_of, written
from bosett.rounds.what_if import WhatIf, come_to
from bosett.rounds.writing import ReadableFigure, begun_from, readable_figures
from bosett_web.queries.former import criteria_known
from bosett_web.queries.round.criteria import file_in_force, rules_of
from bosett_web.queries.standing_rows import Standing


@dataclass(frozen=True, slots=True)
class NamedRules:
    """Criteria by the id that is their content: what is alike is reckoned once."""

    id: str
    file: CriteriaFile = field(compare=False)


def model(at: Standing) -> CriteriaFile | None:
    """Return our own model of a round's year, from which day, tie rule and split are taken; None without one."""
    try:
        return model_of(at.year, at.least)
    except NoCriteria:
        return None


def last_year(at: Standing, own: CriteriaFile) -> CriteriaFile | None:
    """Return the criteria that were in force the year before, with their years moved; None when they begin nothing."""
    name = file_in_force(at.year - 1) or criteria_known(at.year - 1) or ""
    before = rules_of(name) if name else None
    return None if before is None else begun_from(before, own, at.figures)


def current(at: Standing) -> CriteriaFile | None:
    """Return the round's own criteria: those in force, else the last that were drafted; None without any."""
    row = at.current_criteria or (at.criteria[-1] if at.criteria else None)
    return None if row is None else rules_of(row.file)


def as_written(own: CriteriaFile, criteria: tuple[Criterion, ...], name: str) -> CriteriaFile:
    """Return criteria that were written, as a rule of the year.

    Raises:
        BadRuleFile: They are none.
    """
    return written(replace(own, criteria=criteria), name)


def readable(own: CriteriaFile, day: date, figures: Layers) -> tuple[ReadableFigure, ...]:
    """Return every figure that criteria of the year can read on a day."""
    return _readable(NamedRules(own.id, own), day, figures)


@lru_cache(8)
def _readable(own: NamedRules, day: date, figures: Layers) -> tuple[ReadableFigure, ...]:
    return readable_figures(own.file.known_by(day), figures)


@lru_cache(32)
def comes_to(rules: NamedRules, day: date, figures: Layers, total: int) -> WhatIf:
    """Return what the country comes to by criteria that were written.

    Raises:
        Refusal: They come to nothing: it tells why.
    """
    return come_to(rules.file.known_by(day), total, figures)
