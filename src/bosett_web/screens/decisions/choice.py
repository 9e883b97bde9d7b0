"""Which of the answers are listed: by name, county, and how it was answered; what is asked for stays in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from bosett_web.queries.decisions.decisions import Answer
from bosett_web.screens import formats
from bosett_web.screens.fields import PickField, TextField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.long_lists import around, start_of
from bosett_web.screens.place_names import LONGEST, is_meant
from bosett_web.screens.screen import View

Row = TypeVar("Row")

ASKED = ("q", "county", "answer")
STARTS = ("start", "waits")
"""Where the page of each list begins: of the answers, and of those that are waited for."""
MOST = 100
"""Municipalities on a page of a list."""


def _outcome(outcome: str) -> Callable[[Answer, View], bool]:
    return lambda each, _: each.outcome == outcome


def _yes(each: Answer, _: View) -> bool:
    return each.decided and each.decision is not None and bool(each.decision.number)


ANSWERS: Mapping[str, Callable[[Answer, View], bool]] = {
    "answered": lambda each, _: each.decided,
    "waiting": lambda each, _: each.awaited and not each.decided,
    "late": lambda each, view: each.late(view.day),
    "yes": _yes,
    "no": _outcome("no"),
    "equal": _outcome("equal"),
    "fewer": lambda each, _: each.outcome in ("fewer", "no"),  # as the sums count them
    "more": _outcome("more"),
    "preliminary": _outcome("preliminary"),
}
"""How a municipality may have answered, as it can be asked for."""


class AnswersFilter(PageForm):
    """Which answers are listed."""

    q = TextField("answers_name", explained="answers_name_help")
    county = PickField("county")
    answer = PickField("answer_title")


@dataclass(frozen=True, slots=True)
class AnswersAsked:
    """What is asked for; empty is everything."""

    q: str
    county: str
    answer: str
    start: int = 0
    waits: int = 0
    stopped: bool = False

    @property
    def query(self) -> str:
        """The question as it stands in an address; empty when everything is asked for."""
        return urlencode(self.pairs)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are asked for, each with its value."""
        return [(name, value) for name in ASKED if (value := getattr(self, name))]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters and the pages of the lists that are asked for, each with its value."""
        return self.chosen + [(name, str(value)) for name in STARTS if (value := getattr(self, name))]

    @property
    def carried_pairs(self) -> list[tuple[str, str]]:
        """All that a form and another page of a list take along: whether the page is kept fresh goes with it."""
        return self.pairs + [("live", "off")] * self.stopped

    @property
    def carried(self) -> str:
        """The same as a form carries it."""
        return urlencode(self.carried_pairs)


def answers_asked(view: View) -> AnswersAsked:
    """Return what the reader asks for by the address, or by the form that was refused."""
    refused = view.request.refused
    return answers_in(QueryDict(refused.sent("query")) if refused else view.request.GET)


def answers_in(sent: Mapping[str, str]) -> AnswersAsked:
    """Return what a question asks for; an answer that there is none of is left out, and so is any other question."""
    given = {name: sent.get(name, "").strip()[:LONGEST] for name in ASKED}
    starts = {name: start_of(sent.get(name, "")) for name in STARTS}
    answer = given["answer"] if given["answer"] in ANSWERS else ""
    return AnswersAsked(given["q"], given["county"], answer, **starts, stopped=sent.get("live") == "off")


@dataclass(frozen=True, slots=True)
class AnswersPage(Generic[Row]):
    """A page of a list: its rows, how many there are in all, and where the page lies among them."""

    rows: Sequence[Row]
    count: int
    around: Mapping[str, str | int | None]


def page_of(rows: Sequence[Row], asked: AnswersAsked, name: str) -> AnswersPage[Row]:
    """Return the page of a list that is asked for; one that begins beyond the end is the first.

    Args:
        rows: All of the list.
        asked: What is asked for.
        name: Which list: one of `STARTS`.
    """
    start: int = getattr(asked, name)
    if start >= len(rows):
        start = 0
    others = {key: value for key, value in asked.carried_pairs if key != name}
    return AnswersPage(rows[start : start + MOST], len(rows), around(others, start, MOST, len(rows), name))


def chosen(view: View, asked: AnswersAsked, seen_answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers that are asked for."""
    return [
        each
        for each in seen_answers
        if (not asked.county or each.line.county == asked.county)
        and (not asked.answer or ANSWERS[asked.answer](each, view))
        and (not asked.q or is_meant(asked.q, view.year, each.line.code, each.line.county))
    ]


def filter_form(view: View, asked: AnswersAsked, seen_answers: Sequence[Answer]) -> AnswersFilter:
    """Return the form of the filters, with the counties of the answers that the reader sees."""
    form = AnswersFilter(language=view.language, initial=dict(asked.chosen))
    form.begin_with("a")
    there = {each.line.county for each in seen_answers}
    areas = [(each.code, each.name) for each in view.counties if each.code in there]
    everything = ("", form.worded("answers_any"))
    form.offer("county", [everything, *sorted(areas, key=lambda pair: formats.sort_key(pair[1]))])
    form.offer("answer", [everything, *((each, form.worded(f"answers_{each}")) for each in ANSWERS)])
    return form
