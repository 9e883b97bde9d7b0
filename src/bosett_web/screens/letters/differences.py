"""Differences from last year's text: by kind and language for a round's letters, passage by passage for one letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters.differences import Passage, PassageChange, counted
from bosett.rounds.states import LetterState
from bosett_web.queries.letters.former_texts import ComparedLetter, Former, Formers, Sort, compared
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.records.choices import LetterKind
from bosett_web.screens.buttons import Button, may
from bosett_web.screens.forms import shown
from bosett_web.screens.letters.forms import WordingForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

ALWAYS = (LetterKind.REQUEST, LetterKind.NOT_ASKED)
"""Kinds whose earlier text may be laid in before there is a letter of this round."""
_WORDING = (PassageChange.CHANGED, PassageChange.NEW, PassageChange.GONE)


@dataclass(frozen=True, slots=True)
class SortRow:
    """One kind of letter in one language: what it is compared with, and what came of it."""

    kind: str
    language: str
    row: LetterRow
    former: Former | None
    summary: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that are shown, or folded away because their wording is the same."""

    passages: tuple[Passage, ...]
    folded: bool
    facts: int


def wordings(view: View, rows: Sequence[LetterRow], button: Button | None) -> Mapping[str, Any]:
    """Return what the letters of each kind and language say otherwise than before, by one letter of each.

    With it comes the form of an earlier text, where the button can be used.
    """
    formers = Formers(view.year)
    samples = formers.one_of_each(rows)
    comparisons = compared(view.year, samples.values(), formers)
    sort_rows = []
    for (kind, language), row in sorted(samples.items()):
        each = comparisons.get(row.id)
        text = summary(each.passages, view.language) if each else ""
        sort_rows.append(SortRow(kind, language, row, each.former if each else None, text))
    without = any(each.former is None for each in sort_rows)
    sorts = _choices(view, rows, formers) if may(button) else []
    form = shown(view.request, WordingForm, "letter.wording", begin="w") if sorts else None
    if form is not None:
        form.offer("wording_of", sorts)
    return {"wordings": sort_rows, "without_former": without, "wording_form": form}


def changes(view: View, row: LetterRow) -> Mapping[str, Any]:
    """Return what one letter says otherwise than the one before it; nothing when there is none to compare with."""
    each: ComparedLetter | None = compared(view.year, [row], Formers(view.year)).get(row.id)
    if each is None:
        return {"former": None, "stretches": [], "told": ""}
    return {
        "former": each.former,
        "stretches": stretches(each.passages),
        "told": summary(each.passages, view.language),
    }


def summary(passages: Iterable[Passage], language: str) -> str:
    """Return what has changed in words: 3 avsnitt endret, 1 nytt, 1 borte."""
    counts = counted(passages)
    parts = [say(f"wording_{change}", language, count=counts[change]) for change in _WORDING if counts[change]]
    if parts:
        return f"{', '.join(parts)}."
    return say("wording_facts_only" if counts[PassageChange.FACTS] else "wording_same", language)


def stretches(passages: Iterable[Passage]) -> list[Stretch]:
    """Return the passages in reading order; those next to each other whose wording is the same are folded together."""
    groups: list[list[Passage]] = []
    for each in passages:
        if groups and _is_worded(groups[-1][0]) == _is_worded(each):
            groups[-1].append(each)
        else:
            groups.append([each])
    return [
        Stretch(tuple(group), not _is_worded(group[0]), sum(each.change is PassageChange.FACTS for each in group))
        for group in groups
    ]


def _is_worded(passage: Passage) -> bool:
    return passage.change in _WORDING


def _choices(view: View, rows: Sequence[LetterRow], formers: Formers) -> list[tuple[str, str]]:
    """Return the sorts of letter that an earlier text may be laid in for."""
    kinds = dict.fromkeys([*ALWAYS, *(row.kind for row in rows)])
    gone: set[Sort] = {(row.kind, row.language) for row in rows if row.state != LetterState.MADE}
    sorts: list[Sort] = [(kind, language) for kind in kinds for language in NORWEGIAN]
    return [
        (f"{kind}:{language}", f"{say(f'letter_{kind}', view.language)}, {say(f'form_{language}', view.language)}")
        for kind, language in sorts
        if (kind, language) not in gone and not formers.has_letter((kind, language))
    ]
