"""What is kept of alternatives: by name, with what is different, and what the reader can do with each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from bosett.parameters import OURS, WRITTEN, CriteriaChoice, CriteriaFile, base_id, choice_of
from bosett_web.queries.round.alternatives import OWNER, AlternativeRow, alternative_situation, alternatives_for
from bosett_web.queries.round.criteria import rules_of, text_of_rules
from bosett_web.queries.round.writing import current
from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import shown
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.criteria_choice import Trying, query_of
from bosett_web.screens.round.criteria_effect import told_part
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
        file: The id of its rule, as it is fetched as a file; empty when there is none.
        moves: What the reader can do with it.
    """

    row: AlternativeRow
    differs: Sequence[str]
    open: str
    beside: str
    draft: str
    file: str
    moves: Sequence[Button]


def of_page(view: View, tried: Trying | None) -> Mapping[str, Any]:
    """Return what a page shows of alternatives: those that the reader may see, and the form that keeps another.

    Without anything that is tried there is no such form; nor on criteria whose other weights have no id.
    """
    rows = alternatives_for(view.year, view.request.who)
    now = current(view.at)
    shown_of = {
        "alternatives": [_shown(view, tried, row, now) for row in rows],
        "are_own": view.request.who.party is OWNER,
    }
    if (
        tried is None or OURS.fullmatch(base_id(tried.name)) is None
    ):  # other weights of these have no id: they are written
        return shown_of
    keep = next(iter(buttons(view.request, new_situation(view.whole), "alternative.keep")), None)
    stands = {"file": tried.id, "asked": tried.query()}
    form = (
        shown(view.request, KeepAlternativeForm, "alternative.keep", begin="keep", initial=stands)
        if may(keep)
        else None
    )
    return {**shown_of, "keep": keep, "keep_form": form}


def _shown(view: View, tried: Trying | None, row: AlternativeRow, now: CriteriaFile | None) -> AlternativeShown:
    file = rules_of(row.file)
    is_written = WRITTEN.fullmatch(row.file) is not None
    choice = None if file is None or is_written else choice_of(file)
    base = tried.base if tried else None
    fits = choice is not None and base is not None and [*dict(choice.weights)] == [*dict(base.weights)]
    situation, page = alternative_situation(view.whole, row), reverse("criteria_try", args=[view.year])
    draft = next(iter(buttons(view.request, new_situation(view.whole), "criteria.draft")), None)
    opened = f"{page}?{query_of(choice, tried.beside)}" if fits and tried else ""
    if file is not None and (is_written or tried is None):
        opened = f"{reverse('criteria_write', args=[view.year])}?alternative={row.id}"
    return AlternativeShown(
        row=row,
        differs=[*_differs(view, base, choice)]
        if choice is not None and base is not None and fits
        else [*_otherwise(view, now, file)]
        if file is not None and now is not None
        else [say("alternative_of", view.language, title=file_title(row.file, view.language))],
        open=opened,
        beside=f"{page}?{tried.query(choice)}"
        if tried is not None and choice is not None and fits and choice != base and tried.has_room_for(choice)
        else "",
        draft=f"{reverse('criteria', args=[view.year])}?alternative={row.id}#draft" if may(draft) else "",
        file=row.file if text_of_rules(row.file) else "",
        moves=buttons(view.request, situation, MOVES, at=f"alternative-{row.id}", identity=row.id),
    )


def _otherwise(view: View, now: CriteriaFile, file: CriteriaFile) -> Iterator[str]:
    """Yield what is different from the round's criteria in a rule that is none of their choices, in words."""
    language = view.language
    were, are = ({each.code: each for each in of.criteria} for of in (now, file))
    for place, each in enumerate(file.criteria, 1):
        was, words = were.get(each.code), each.wording[language]
        if was is None:
            yield say("alternative_new_criterion", language, place=place, words=words)
        elif was.weight != each.weight and was.weight is not None and each.weight is not None:
            parts = {"now": told_part(each.weight, language), "was": told_part(was.weight, language)}
            yield say("alternative_weight", language, place=place, **parts)
        if was is not None and replace(was, weight=None, source="", wording_status="") != replace(
            each, weight=None, source="", wording_status=""
        ):
            yield say("alternative_changed_criterion", language, place=place, words=words)
    for code, was in were.items():
        if code not in are:
            yield say("alternative_gone_criterion", language, words=was.wording[language])
    if [*were.values()] == [*are.values()]:
        yield say("alternative_same", language)


def _differs(view: View, base: CriteriaChoice, choice: CriteriaChoice) -> Iterator[str]:
    """Yield what is different from the round's criteria, in words."""
    language = view.language
    for place, ((_, was), (_, now)) in enumerate(zip(base.weights, choice.weights, strict=True), 1):
        if was != now:
            parts = {"now": told_part(now, language), "was": told_part(was, language)}
            yield say("alternative_weight", language, place=place, **parts)
    if choice.least != base.least:
        yield say("alternative_floor", language, now=choice.least, was=base.least)
    if choice == base:
        yield say("alternative_same", language)
