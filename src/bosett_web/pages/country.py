"""The country's desk: how far every county has come, what is left to the target, equal treatment, KS, and the moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404
from django.urls import reverse

from bosett.geography import NotToldOfPlace
from bosett.render.bars import level
from bosett.render.tileboard import Spot, tile_board
from bosett.render.tilemap import breaks, class_of, legend
from bosett.rounds.equal import CountyRate, Outlier, Pair
from bosett.rounds.parties import Party
from bosett.rounds.population import inhabitants
from bosett_web.pages import formats
from bosett_web.pages.forms import Button, buttons
from bosett_web.pages.overview import waits_on
from bosett_web.pages.screen import View
from bosett_web.pages.words import say
from bosett_web.queries.comments import comments_for
from bosett_web.queries.country import (
    Equal,
    Progress,
    added,
    changed_since,
    equal_treatment,
    progress,
    standing_number,
)
from bosett_web.queries.lines import Line
from bosett_web.queries.standing import round_situation
from bosett_web.queries.visible import lines_for, sees_all_numbers

SECTIONS = ("progress", "map", "equal", "outliers", "ks", "next")
HERE = "country"
"""What a form on this page says of where it stands, so that the answer comes back here."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """A county's people beside its claim, in words and as a bar."""

    name: str
    rate: CountyRate
    even: str
    apart: str
    against: str
    bar: str


@dataclass(frozen=True, slots=True)
class FarRow:
    """A municipality whose number is far from another figure, with what was said of it."""

    line: Line
    number: int
    against: str
    change: str
    reasons: tuple[tuple[str, str], ...]


def country(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader is neither the directorate nor KS with the numbers laid before it.
    """
    if not reads(view):
        raise Http404
    rows = lines_for(view.whole, view.request.who, view.moment)
    found = sorted(progress(view.whole, view.at, rows), key=lambda each: formats.sort_key(each.county.name))
    equal = equal_treatment(view.at, rows)
    return {
        "sections": SECTIONS,
        "progress": [(each, waits_on(each.step, view.language)) for each in found],
        "sums": _sums(view, found),
        **_picture(view, rows),
        **(_equal(view, equal, rows) if equal else {"equal": None}),
        **consultation(view),
        "comments": _comments(view),
        "fill": _fill(view),
        "buttons": buttons(
            view.actor,
            round_situation(view.whole),
            "round.submit round.return round.freeze",
            view.language,
            **{"from": HERE},
        ),
    }


def reads(view: View) -> bool:
    """Tell whether the page is for this reader: the directorate always, KS once the numbers are laid before it."""
    party = view.actor.party if view.actor else None
    numbers = sees_all_numbers(view.request.who, view.whole, view.moment)
    return party is Party.DIRECTORATE or (party is Party.KS and numbers)


def consultation(view: View) -> Mapping[str, Any]:
    """Return how far the consultation of KS has come, as far as this reader may see it, with its moves."""
    names = {line.code: line.display_name for line in _places(view)}
    changed = changed_since(view.at)
    found = buttons(
        view.actor, round_situation(view.whole), "round.consult round.answer", view.language, **{"from": HERE}
    )
    answered = view.at.ks_answered_at if view.at.consulted is not None else None
    return {
        "consulted": view.at.consulted is not None,
        "answered": answered,
        "changed": [(names[code], then, now) for code, (then, now) in changed.items()],
        "consult": [each for each in found if each.name == "round.consult"],
        "answer": next((each for each in found if each.name == "round.answer"), None),
    }


def _places(view: View) -> Sequence[Any]:
    from bosett.geography import municipalities

    return municipalities(view.year)
