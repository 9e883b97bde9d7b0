"""Why something is refused, in words: an objection of the tables, or what was filled in and cannot stand."""

from collections.abc import Mapping
from datetime import date

from bosett.rounds.due import CalendarStep
from bosett.rounds.moves import ANSWERED, Objection
from bosett_web.screens import formats
from bosett_web.screens.words import say

WHO = (
    "wrong_party",
    "low_grade",
    "wrong_area",
    "system_only",
    "wrong_organisation",
    "own_access",
    "answer_not_for_you",
)
"""Objections to who somebody is; the others are to what is done now."""
UNREASONED = ("reason_missing", *(f"gate_{gate}" for gate in ANSWERED))
"""Objections that a reason in the form's own field answers."""
_TRACKS = ("criteria", "forecast", "targets", "proposal")


def in_words(code: str, facts: Mapping[str, object], language: str) -> str:
    """Return an objection or a fault in words, its facts in words too."""
    track = str(facts.get("track", ""))
    worded = {name: _fact(name, fact, language, track) for name, fact in facts.items()}
    return say(code, language, **worded)


def why(objection: Objection, language: str) -> str:
    """Return an objection in words."""
    return in_words(objection.code, objection.facts, language)


def away(number: int, language: str) -> str:
    """Return in words how a sum stands against its target: persons above it, or below it when less than 0."""
    code = "away_over" if number > 0 else "away_under" if number else "away_none"
    return say(code, language, number=abs(number))


def _fact(name: str, fact: object, language: str, track: str = "") -> object:
    if name in ("needs", "state") and isinstance(fact, str):
        # Some tracks have their own words for a state: a letter that is queued is not being computed.
        for kind in ("party", "grade", f"{track}state", "state"):
            try:
                return say(f"{kind}_{fact or 'none'}", language)
            except LookupError:
                continue
    if name == "what" and isinstance(fact, str):
        return ", ".join(say(f"track_{part}", language).lower() for part in fact.split(", ") if part in _TRACKS) or fact
    if name == "lacks" and isinstance(fact, tuple):
        return ", ".join(say(f"lack_{lack.code}", language) for lack in fact)
    if name == "left" and isinstance(fact, Mapping):
        return ", ".join(say(f"left_{kind}", language, count=count) for kind, count in fact.items())
    if name == "away" and isinstance(fact, int):
        return away(fact, language)
    if isinstance(fact, CalendarStep):
        return say(f"field_day_{fact}", language).lower()
    if isinstance(fact, date):
        return formats.day(fact, language)
    if isinstance(fact, bool):
        return say("asked_yes" if fact else "asked_no", language)
    return say("missing", language) if fact is None else fact
