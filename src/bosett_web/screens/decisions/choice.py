"""Which of the answers are listed: by name, county, and how it was answered; what is asked for stays in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bosett_web.queries.decisions.decisions import Answer
from bosett_web.screens import formats
from bosett_web.screens.fields import PickField, TextField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.place_names import LONGEST, is_meant
from bosett_web.screens.screen import View

ASKED = ("q", "county", "answer")


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

    @property
    def query(self) -> str:
        """The question as it stands in an address; empty when everything is asked for."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parts that are asked for, each with its value."""
        return [(name, value) for name in ASKED if (value := getattr(self, name))]


def answers_asked(view: View) -> AnswersAsked:
    """Return what the reader asks for; an answer that there is none of is left out."""
    given = {name: view.request.GET.get(name, "").strip()[:LONGEST] for name in ASKED}
    return AnswersAsked(**given | {"answer": given["answer"] if given["answer"] in ANSWERS else ""})


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
    form = AnswersFilter(language=view.language, initial=dict(asked.pairs))
    form.begin_with("a")
    there = {each.line.county for each in seen_answers}
    areas = [(each.code, each.name) for each in view.counties if each.code in there]
    everything = ("", form.worded("answers_any"))
    form.offer("county", [everything, *sorted(areas, key=lambda pair: formats.sort_key(pair[1]))])
    form.offer("answer", [everything, *((each, form.worded(f"answers_{each}")) for each in ANSWERS)])
    return form
