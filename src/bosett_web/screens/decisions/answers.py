"""One municipality's answer: its versions in words, the form that answers, and its plan; for two pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.parameters.conditions import load_conditions
from bosett.rounds.moves import Situation
from bosett_web.actions.pdfs import LARGEST
from bosett_web.queries.decisions.decisions import Answer, DecisionRow, answers, decision_situation
from bosett_web.queries.decisions.history import Happening, happenings
from bosett_web.queries.decisions.receipts import held_row
from bosett_web.queries.lines import Line
from bosett_web.records.choices import Decider
from bosett_web.screens import formats
from bosett_web.screens.forms import Button, buttons
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

CHOICES = ("minors", "decided_by", "preliminary")
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
    said: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class AnswerInWords:
    """A version of a decision, and what is recognised in its conditions: each with what the letter says of it."""

    row: DecisionRow
    raised: tuple[tuple[str, str], ...]


def answering(view: View, line: Line) -> Mapping[str, Any]:
    """Return what the municipality's own page shows of its answer: nothing before its letter. Four queries."""
    found = answers(view.whole, [line], view.request.who, view.moment)
    if not found or line.sent is None:
        return {"mine": None}
    mine = found[0]
    new = Situation(None, line.code)
    # One that is no longer asked reads what it has answered, and owes nothing more.
    record = _first(buttons(view.actor, new, "decision.record", view.language)) if mine.asked else None
    plans = buttons(view.actor, new, "decision.plan", view.language)
    asks = buttons(view.actor, _time(mine), "decision.ask_time", view.language)
    return {
        "mine": mine,
        "mine_told": versions_told(mine.versions, view.language),
        "record": record,
        "plan": _first(plans) if mine.awaited else None,
        "ask_time": _first(asks) if mine.awaited else None,
        "late": mine.late(view.day),
        "history": history(view, line.code),
        **form(view, mine, "decision.record"),
    }


def form(view: View, answer: Answer, move: str) -> Mapping[str, Any]:
    """Return what the form that answers holds: what was filled in comes back after a refusal.

    A correction starts from the decision as it stands.
    """
    filled = view.request.filled
    held = (filled.get("values") or {}) if filled.get("filled_move") == move else {}
    corrects = answer.decided and not answer.older
    start = _start(answer.decision if corrects else None)
    chosen = {name: held.get(name, "" if held else start[name]) for name in CHOICES}
    return {
        "answering": answer,
        "move": move,
        "bodies": ("", *reversed(Decider)),
        "chosen": chosen,
        "start": start,
        "corrects": corrects,
        "most": LARGEST,
        "letter_says": [each.letter[view.language] for each in load_conditions().conditions],
        "here": OWN if move == "decision.record" else {},
        "here_at": "answer" if move == "decision.record" else "one",
        "held": held_row(view.actor, view.year, answer.line.code) if held and view.actor else None,
    }


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
    found = happenings(view.year, municipality, view.request.who)
    return tuple(_entry(each, view.language) for each in found)


def _entry(each: Happening, language: str) -> HistoryLine:
    facts = {name: _fact(name, value, language) for name, value in each.facts.items()}
    code = "decision.preliminary" if each.facts.get("preliminary") else each.name
    said = tuple((say(f"said_{text.field}", language), text.text) for text in each.texts if text.field in SAID)
    return HistoryLine(say(f"history_{code}", language, **facts), each.day, each.organisation, said)


def _fact(name: str, value: object, language: str) -> object:
    if name in DAYS and isinstance(value, str):
        return formats.day(date.fromisoformat(value), language)
    return body(str(value), language) if name == "decided_by" else value


def judging(view: View, answer: Answer) -> tuple[Button, ...]:
    """Return the directorate's moves on a municipality's decision and on the time that it has asked for."""
    code = answer.line.code
    version = answer.decision.version if answer.decision else 0
    found = buttons(
        view.actor,
        decision_situation(code, answer.decision),
        "decision.complete decision.raise decision.clear",
        view.language,
        municipality=code,
        version=version,
    )
    time = buttons(
        view.actor, _time(answer), "decision.give_time decision.refuse_time", view.language, municipality=code
    )
    return (*found, *time)


def body(code: str, language: str) -> str:
    """Return who decided, in words."""
    return say(f"body_{code}", language)


def decided_day(row: DecisionRow, language: str) -> str:
    """Return the day on which a decision was made, in words; one that is not known says so."""
    return say("day_unknown", language) if row.decided_on is None else formats.day(row.decided_on, language)


def _start(row: DecisionRow | None) -> Mapping[str, object]:
    """Return what the fields of the form start with: a decision as it stands, or nothing."""
    fields = ("number", "minors_number", "more", "conditions", "case_number", "decided_by")
    told: dict[str, object] = {name: getattr(row, name, "") for name in fields}
    minors = {True: "yes", False: "no"}.get(row.minors, "") if row and row.minors is not None else ""
    return {
        **told,
        "minors": minors,
        "decided_on": row.decided_on.isoformat() if row and row.decided_on else "",
        "preliminary": "",
    }


def _time(answer: Answer) -> Situation:
    return Situation("time_asked" if answer.plan.waits else None, answer.line.code)


def _first(found: Sequence[Button]) -> Button | None:
    return found[0] if found else None
