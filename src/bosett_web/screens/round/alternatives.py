"""What is kept of choices that were tried: by name, with what is different, and what the reader can do with each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.documents.words import percent
from bosett.parameters import CriteriaChoice, choice_of
from bosett_web.queries.round.alternatives import OWNER, AlternativeRow, alternative_situation, alternatives_for
from bosett_web.queries.round.criteria import rules_of
from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import shown
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.criteria_choice import Trying, query_of
from bosett_web.screens.round.forms import KeepAlternativeForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOVES = "alternative.share alternative.drop alternative.take_back"


@dataclass(frozen=True, slots=True)
class AlternativeShown:
    """An alternative as the page shows it.

    Attributes:
        row: The alternative.
        differs: What is different from the round's criteria, in words.
        open: The address at which it is tried; empty when it is of criteria that are not tried here.
        beside: The address at which it is laid beside what is tried; empty when there is no room, or it is there.
        draft: The address at which a draft of the criteria begins with it; empty when the reader makes none.
        moves: What the reader can do with it.
    """

    row: AlternativeRow
    differs: Sequence[str]
    open: str
    beside: str
    draft: str
    moves: Sequence[Button]


def of_page(view: View, tried: Trying) -> Mapping[str, Any]:
    """Return what a page shows of alternatives: those that the reader may see, and the form that keeps another."""
    rows = alternatives_for(view.year, view.request.who)
    keep = next(iter(buttons(view.request, new_situation(view.whole), "alternative.keep")), None)
    stands = {"file": tried.id, "asked": tried.query()}
    return {
        "alternatives": [_shown(view, tried, row) for row in rows],
        "are_own": view.request.who.party is OWNER,
        "keep": keep,
        "keep_form": shown(view.request, KeepAlternativeForm, "alternative.keep", begin="keep", initial=stands)
        if may(keep)
        else None,
    }


def _shown(view: View, tried: Trying, row: AlternativeRow) -> AlternativeShown:
    choice = _choice_of(row)
    fits = choice is not None and [*dict(choice.weights)] == [*dict(tried.base.weights)]
    situation, page = alternative_situation(view.whole, row), reverse("criteria_try", args=[view.year])
    draft = next(iter(buttons(view.request, new_situation(view.whole), "criteria.draft")), None)
    return AlternativeShown(
        row=row,
        differs=[*_differs(view, tried.base, choice)]
        if choice is not None and fits
        else [say("alternative_of", view.language, title=file_title(row.file, view.language))],
        open=f"{page}?{query_of(choice, tried.beside)}" if fits else "",
        beside=f"{page}?{tried.query(choice)}"
        if choice is not None and fits and choice != tried.base and tried.has_room_for(choice)
        else "",
        draft=f"{reverse('criteria', args=[view.year])}?alternative={row.id}#draft" if may(draft) else "",
        moves=buttons(view.request, situation, MOVES, at=f"alternative-{row.id}", identity=row.id),
    )


def _choice_of(row: AlternativeRow) -> CriteriaChoice | None:
    file = rules_of(row.file)
    return None if file is None else choice_of(file)


def _differs(view: View, base: CriteriaChoice, choice: CriteriaChoice) -> Iterator[str]:
    """Yield what is different from the round's criteria, in words."""
    language = view.language
    for place, ((_, was), (_, now)) in enumerate(zip(base.weights, choice.weights, strict=True), 1):
        if was != now:
            parts = {"now": percent(now, language, 0), "was": percent(was, language, 0)}
            yield say("alternative_weight", language, place=place, **parts)
    if choice.least != base.least:
        yield say("alternative_floor", language, now=choice.least, was=base.least)
    if choice == base:
        yield say("alternative_same", language)
