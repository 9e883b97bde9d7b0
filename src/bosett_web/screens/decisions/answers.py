"""One municipality's answer: its versions in words, the form that answers, and its plan; for two pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.parameters.conditions import load_conditions
from bosett.rounds.moves import Situation
from bosett_web.actions.pdfs import LARGEST
from bosett_web.queries.decisions.decisions import Answer, DecisionRow, answer_situation, answers, decision_situation
from bosett_web.queries.decisions.history import Happening, happenings
from bosett_web.queries.decisions.receipts import held_row
from bosett_web.queries.lines import Line
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.decisions.choice import answers_asked
from bosett_web.screens.decisions.forms import AnswerForForm, AnswerForm, AskTimeForm, PlanAnswerForm
from bosett_web.screens.forms import shown
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

OWN: Mapping[str, str] = {"from": "own"}
"""What the municipality's forms say of where they stand."""


SAID = ("reason", "older", "conditions")
"""Free texts of an event that the history tells; names of files and case numbers stand with the decision itself."""
DAYS = ("decided_on", "planned_on", "asked_until", "granted_until")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history: what was done, when, by which organisation, and what was said with it, each with its head.

    A text that is shielded is None.
    """

    words: str
    day: date
    organisation: str
    texts: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class AnswerInWords:
    """A version of a decision, and what is recognised in its conditions: each with what the letter says of it."""

    row: DecisionRow
    raised: tuple[tuple[str, str], ...]


def answering(view: View, line: Line) -> Mapping[str, Any]:
    """Return what the municipality's own page shows of its answer: nothing before its letter. Four queries."""
    own_answers = answers(view.whole, [line], view.request.who, view.moment)
    if not own_answers or line.sent is None:
        return {"mine": None}
    mine = own_answers[0]
    new = answer_situation(view.whole, line.code, mine.asked)
    # One that is no longer asked reads what it has answered, and owes nothing more.
    record = _first(buttons(view.request, new, "decision.record")) if mine.asked else None
    plans = buttons(view.request, new, "decision.plan")
    asks = buttons(view.request, _time(view, mine), "decision.ask_time")
    plan, ask = (_first(each) if mine.awaited else None for each in (plans, asks))
    own = {"municipality": line.code, **OWN}
    return {
        "mine": mine,
        "mine_told": versions_told(mine.versions, view.language),
        "record": record,
        "plan": plan,
        "ask_time": ask,
        "late": mine.late(view.day),
        "history": history(view, line.code),
        "plan_form": shown(view.request, PlanAnswerForm, "decision.plan", begin="a-plan", carries=own)
        if may(plan)
        else None,
        "time_form": shown(view.request, AskTimeForm, "decision.ask_time", begin="a-time", carries=own)
        if may(ask)
        else None,
        **answer_form(view, mine, "decision.record", record),
    }


def answer_form(view: View, answer: Answer, move: str, button: Button | None) -> Mapping[str, Any]:
    """Return what the form that answers holds, where its button can be used; a correction starts from the decision."""
    corrects = answer.decided and not answer.older
    return {
        "answering": answer,
        "move": move,
        "form": _form(view, answer, move, _start(answer.decision if corrects else None)) if may(button) else None,
        "corrects": corrects,
        "letter_says": [each.letter[view.language] for each in load_conditions().conditions],
        "here_at": "answer" if move == "decision.record" else "one",
    }


def _form(view: View, answer: Answer, move: str, start: Mapping[str, object]) -> AnswerForm:
    """Return the form with what it starts with; refused, with what was filled in, and the document that is held."""
    if move == "decision.record":
        kind, here = AnswerForm, OWN
    else:
        kind, here = AnswerForForm, {"query": answers_asked(view).carried}
    own = {"municipality": answer.line.code, **here}
    form = shown(view.request, kind, move, begin="a", initial={**start, "request": answer.asked_version}, carries=own)
    document = held_row(view.actor, view.year, answer.line.code) if form.is_bound and view.actor else None
    form.field_of("attachment").widget.attrs |= {
        "data-most": str(LARGEST),
        "data-large": form.worded("attachment_large", most=LARGEST // 1024 // 1024),
        "data-kind": form.worded("attachment_kind"),
    }
    if document is None:
        del form.fields["held_document"]
    else:
        form.show_held(document.name, document.sha256)
    return form


def versions_told(rows: Sequence[DecisionRow], language: str) -> tuple[AnswerInWords, ...]:
    """Return versions of a decision in words, the newest first."""
    rules = {each.code: each for each in load_conditions().conditions}
    return tuple(
        AnswerInWords(
            row,
            tuple((rules[code].title[language], rules[code].letter[language]) for code in row.raised if code in rules),
        )
        for row in rows
    )


def history(view: View, municipality: str) -> tuple[HistoryLine, ...]:
    """Return what has happened with a municipality's decision in words, the newest first; empty to others."""
    return tuple(_entry(each, view.language) for each in happenings(view.year, municipality, view.request.who))


def _entry(each: Happening, language: str) -> HistoryLine:
    facts = {name: _fact(name, value, language) for name, value in each.facts.items()}
    code = "decision.preliminary" if each.facts.get("preliminary") else each.name
    texts = tuple((say(f"said_{text.field}", language), text.text) for text in each.texts if text.field in SAID)
    return HistoryLine(say(f"history_{code}", language, **facts), each.day, each.organisation, texts)


def _fact(name: str, value: object, language: str) -> object:
    if name in DAYS and isinstance(value, str):
        return formats.day(date.fromisoformat(value), language)
    return body(str(value), language) if name == "decided_by" else value


def judging(view: View, answer: Answer) -> tuple[Button, ...]:
    """Return the directorate's moves on a municipality's decision and on the time that it has asked for."""
    code = answer.line.code
    version, query = answer.decision.version if answer.decision else 0, answers_asked(view).carried
    on_decision = buttons(
        view.request,
        decision_situation(view.whole, code, answer.decision),
        "decision.complete decision.raise decision.clear",
        at=f"{code}-{version}",
        municipality=code,
        version=version,
        query=query,
    )
    time = buttons(
        view.request,
        _time(view, answer),
        "decision.give_time decision.refuse_time",
        at=code,
        municipality=code,
        query=query,
    )
    return (*on_decision, *time)


def body(code: str, language: str) -> str:
    """Return who decided, in words."""
    return say(f"body_{code}", language)


def decided_day(row: DecisionRow, language: str) -> str:
    """Return the day on which a decision was made, in words; one that is not known says so."""
    return say("day_unknown", language) if row.decided_on is None else formats.day(row.decided_on, language)


def _start(row: DecisionRow | None) -> Mapping[str, object]:
    """Return what the fields of the form start with: a decision as it stands, or nothing."""
    if row is None:
        return {}
    fields = ("number", "minors_number", "more", "conditions", "case_number", "decided_by", "decided_on")
    minors = "" if row.minors is None else "yes" if row.minors else "no"
    return {**{name: getattr(row, name) for name in fields}, "minors": minors}


def _time(view: View, answer: Answer) -> Situation:
    return answer_situation(view.whole, answer.line.code, answer.asked, answer.plan)


def _first(offered: Sequence[Button]) -> Button | None:
    return offered[0] if offered else None
