"""Looking a round's letters through: those that are asked for, a hundred at a time, each with what it asks for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bosett.figures.kinds import Figure, Status
from bosett.geography import counties
from bosett_web.queries.letters.changed import before_of
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.numbers import LetterPersons, persons_of
from bosett_web.queries.letters.truth import untruths
from bosett_web.queries.lines import NO_FIGURE
from bosett_web.records.choices import LetterKind
from bosett_web.records.models.letters import NUMBERED
from bosett_web.screens.letters.choice import chosen, filter_form, is_sampled, marked_in, narrowed, query
from bosett_web.screens.letters.steps import LettersStep, LettersWork
from bosett_web.screens.long_lists import start_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

AT_A_TIME = 100
"""Letters on a page of the list."""
FIRST = 0
"""Where its first page begins."""


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter of the list: what it asks for, what was asked for the year before, and why it is true no more.

    `persons` and `before` are None in a letter that is about no number.
    """

    row: LetterRow
    county: str
    persons: Figure | None
    minors: int | None
    before: Figure | None
    untrue: str
    marked: bool


def letters_look(view: View) -> Mapping[str, Any]:
    """Build the second step.

    Raises:
        Http404: For others than the directorate.
    """
    work = LettersWork(view)
    rows, start = chosen(view, work.rows), start_of(view.request.GET.get("start", ""))
    start = start - start % AT_A_TIME if start < len(rows) else FIRST
    asks = persons_of(view.year)
    return {
        **work.shown(LettersStep.LOOK),
        **({"ahead": None} if rows else {}),  # the list leads on itself
        "held": bool(work.rows),
        "listed": _listed(view, rows[start : start + AT_A_TIME], asks),
        "shown": len(rows),
        "told": counted(rows, view.language),
        "persons": sum(number for row in rows if row.kind in NUMBERED and (number := asks[row.id].number)),
        "first": start + 1,
        "last": min(start + AT_A_TIME, len(rows)),
        "earlier": _page(view, start - AT_A_TIME) if start else None,
        "later": _page(view, start + AT_A_TIME) if start + AT_A_TIME < len(rows) else None,
        "filter": filter_form(view, work.rows),
        "query": query(view),
        "narrowed": narrowed(view),
        "sampled": is_sampled(view),
        "marked": len(marked_in(view)),
    }


def counted(rows: Iterable[LetterRow], language: str) -> str:
    """Return how many letters there are of each kind, in words: 211 anmodninger, 145 ikke anmodet."""
    counts = Counter(row.kind for row in rows)
    kinds = (LetterKind.REQUEST, LetterKind.NOT_ASKED, LetterKind.REVISED, *LetterKind)
    return ", ".join(
        say(f"letters_of_{kind}", language, count=counts[kind]) for kind in dict.fromkeys(kinds) if counts[kind]
    )


def _page(view: View, start: int) -> str:
    """Return the question of another page of the same letters."""
    return "&".join(filter(None, (query(view), f"start={max(start, 0)}")))


def _listed(view: View, rows: tuple[LetterRow, ...], persons: Mapping[int, LetterPersons]) -> list[ListedLetter]:
    untrue, before, marked = untruths(view.year, rows, view.day), before_of(view.whole), marked_in(view)
    names = {each.code: each.name for of in (view.year - 1, view.year) for each in counties(of)}
    listed = []
    for row in rows:
        asks = persons.get(row.id)
        listed.append(
            ListedLetter(
                row,
                names.get(row.county, ""),
                persons=None if asks is None else _figure(asks.number),
                minors=asks.minors if asks is not None and asks.number else None,
                before=before.get(row.receiver, NO_FIGURE) if asks is not None else None,
                untrue=untrue.get(row.id, ""),
                marked=row.id in marked,
            )
        )
    return listed


def _figure(number: int | None) -> Figure:
    """Return what a letter asks for as people read it: a number of 0 is that its receiver is not asked."""
    if number is None:
        return NO_FIGURE
    return Figure(number, Status.OK) if number else Figure(None, Status.NOT_ASKED)
