"""The final numbers as several screens tell them: the consultation of KS, who reads the country, and why a number."""

from collections.abc import Mapping
from typing import Any

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett_web.queries.lines import Line
from bosett_web.queries.sight import sees_all_numbers
from bosett_web.queries.situations import round_situation
from bosett_web.screens.buttons import buttons
from bosett_web.screens.fields import TextField
from bosett_web.screens.forms import PageForm, shown
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

ANSWER = "round.answer"
HERE: Mapping[str, str] = {"from": "country"}
"""What a form says of where it stands, so that its answer comes back to this page."""


class ConsultationForm(PageForm):
    """What KS says of the numbers."""

    comment = TextField("answer_comment", explained="no_person", rows=4)


def reads(view: View) -> bool:
    """Tell whether the page is for this reader: the directorate always, KS once the numbers are laid before it."""
    party = view.actor.party if view.actor else None
    laid = sees_all_numbers(view.request.who, view.whole, view.moment)
    return party is Party.DIRECTORATE or (party is Party.KS and laid)


def consultation(view: View, here: Mapping[str, str] = HERE) -> Mapping[str, Any]:
    """Return how far the consultation of KS has come, as far as this reader may see it, with its moves.

    Args:
        view: Who looks at what.
        here: What its forms say of where they stand.
    """
    names = {place.code: place.display_name for place in municipalities(view.year)}
    laid = view.at.consulted is not None
    offered = buttons(view.request, round_situation(view.whole), "round.consult round.answer", **here)
    answer = next((each for each in offered if each.name == ANSWER and not view.at.ks_answered_at), None)
    return {
        "laid": laid,
        "answered_at": view.at.ks_answered_at if laid else None,
        "changed": [(names[code], then, now) for code, (then, now) in view.at.changed_since_consulted.items()],
        "consult": tuple(each for each in offered if each.name == "round.consult"),
        "answer": answer,
        "answer_form": shown(view.request, ConsultationForm, ANSWER, carries=here)
        if answer is not None and not answer.why_not
        else None,
    }


def reasons_of(line: Line, language: str) -> tuple[tuple[str, str], ...]:
    """Return the reasons that were given for a municipality's number, each with the step that it was given in."""
    reasons = (
        (say("recommended", language), line.departure_reason),
        (_by(line, language), line.outcome_reason),
        (say("final", language), line.final_reason),
    )
    return tuple((head, reason) for head, reason in reasons if reason)


def _by(line: Line, language: str) -> str:
    """Return whose reason the meeting's outcome rests on."""
    head = say("outcome", language)
    return f"{head} ({say(f'party_{line.outcome_by}', language)})" if line.outcome_by else head
