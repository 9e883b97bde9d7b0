"""Differences from last year's text: by kind and language for a round's letters, passage by passage for one letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bosett.documents.letters.differences import Passage, PassageChange, counted
from bosett_web.accounts.actor import Actor
from bosett_web.actions.letters import wordings as letterwording
from bosett_web.queries.letters.former_texts import ComparedLetter, Former, Formers, Sort, compared
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.records.choices import LetterKind, LetterState
from bosett_web.screens.forms import Form
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

ALWAYS = (LetterKind.REQUEST, LetterKind.NOT_ASKED)
"""Kinds whose earlier text may be laid in before there is a letter of this round."""
LANGUAGES = ("nb", "nn")
_WORDING = (PassageChange.CHANGED, PassageChange.NEW, PassageChange.GONE)


@dataclass(frozen=True, slots=True)
class SortRow:
    """One kind of letter in one language: what it is compared with, and what came of it."""

    kind: str
    language: str
    row: LetterRow
    former: Former | None
    told: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that are shown, or folded away because their wording is the same."""

    passages: tuple[Passage, ...]
    folded: bool
    facts: int


def wordings(view: View, rows: Sequence[LetterRow]) -> Mapping[str, Any]:
    """Return what the letters of each kind and language say otherwise than before, by one letter of each."""
    formers = Formers(view.year)
    shown = formers.one_of_each(rows)
    held = compared(view.year, shown.values(), formers)
    found = []
    for (kind, language), row in sorted(shown.items()):
        each = held.get(row.id)
        told = summary(each.passages, view.language) if each else ""
        found.append(SortRow(kind, language, row, each.former if each else None, told))
    without = any(each.former is None for each in found)
    return {"wordings": found, "without_former": without, "wording_choices": _choices(view, rows, formers)}


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
    found = counted(passages)
    parts = [say(f"wording_{change}", language, count=found[change]) for change in _WORDING if found[change]]
    if parts:
        return f"{', '.join(parts)}."
    return say("wording_facts_only" if found[PassageChange.FACTS] else "wording_same", language)


def stretches(passages: Iterable[Passage]) -> list[Stretch]:
    """Return the passages in reading order; those next to each other whose wording is the same are folded together."""
    found: list[list[Passage]] = []
    for each in passages:
        if found and _is_worded(found[-1][0]) == _is_worded(each):
            found[-1].append(each)
        else:
            found.append([each])
    return [
        Stretch(tuple(held), not _is_worded(held[0]), sum(each.change is PassageChange.FACTS for each in held))
        for held in found
    ]


def lay_in(actor: Actor, year: int, form: Form) -> object:
    """Act on the form of an earlier text."""
    kind, _, language = form.text("wording_of").partition(":")
    return letterwording.lay_in(
        actor,
        year=year,
        kind=kind,
        language=language,
        words=form.text("wording_text"),
        source=form.text("wording_source"),
        day=form.day("wording_day"),
    )


def _is_worded(passage: Passage) -> bool:
    return passage.change in _WORDING


def _choices(view: View, rows: Sequence[LetterRow], formers: Formers) -> list[tuple[str, str]]:
    """Return the sorts of letter that an earlier text may be laid in for."""
    kinds = dict.fromkeys([*ALWAYS, *(row.kind for row in rows)])
    gone: set[Sort] = {(row.kind, row.language) for row in rows if row.state != LetterState.MADE}
    sorts: list[Sort] = [(kind, language) for kind in kinds for language in LANGUAGES]
    return [
        (f"{kind}:{language}", f"{say(f'letter_{kind}', view.language)}, {say(f'form_{language}', view.language)}")
        for kind, language in sorts
        if (kind, language) not in gone and not formers.has_letter((kind, language))
    ]
