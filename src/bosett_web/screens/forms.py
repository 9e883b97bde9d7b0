"""What was filled in, as values; its fields and objections in words."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any, TypeVar

from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from bosett.geography import municipalities
from bosett.rounds.moves import (
    ANSWERED,
    LOCAL,
    Objection,
    Situation,
    move_of,
    needs_reason,
    objection_to,
    warnings_of,
)
from bosett.sources.values import NotRead, read_day, read_number
from bosett_web.accounts.actor import Actor, SeatedRequest
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.values import Numbers
from bosett_web.screens import formats
from bosett_web.screens.words import WORDS, say

Value = TypeVar("Value")

MOST_OF_OURS = 2**31 - 1
"""Most that a number of our own can be, such as what a row is found by."""
YEARS = (2020, 2024)
"""Years whose municipalities a form can hold rows of."""
CELL = re.compile(r"(\d{4})-(\w[\w-]*)")


class PageRequest(SeatedRequest):
    """A request for a page, or of a form on one.

    Attributes:
        htmx: What htmx says of it.
        filled: What was filled in in a form that was refused, and why it was; empty without one.
        again: Whether the form had been kept for whom it was shown to, and is sent again.
    """

    htmx: HtmxDetails
    filled: Mapping[str, Any]
    again: bool


class Form:
    """The fields of a form, each read as what it should be."""

    def __init__(self, values: Mapping[str, str], files: Mapping[str, Any] | None = None) -> None:
        self.values, self.files = values, files or {}

    def text(self, name: str) -> str:
        """Return a text; empty when it is not there."""
        return self.values.get(name, "").replace("\r\n", "\n")

    def number(self, name: str) -> int | None:
        """Return a number as people write it, or None when the field is empty.

        Raises:
            Invalid: It is none.
        """
        return self._read(name, read_number)

    def codes(self, part: str) -> list[str]:
        """Return the codes of the rows that carry a part, in the form's order."""
        end = f"-{part}"
        return [name.removesuffix(end) for name in self.values if name.endswith(end) and name[:4].isdigit()]

    def file(self, name: str, most: int) -> tuple[str, bytes]:
        """Return name and bytes of an uploaded file; of one that is too large, one byte more than it may have."""
        held = self.files.get(name)
        return (held.name, held.read(most + 1)) if held else ("", b"")

    def facts(self, name: str) -> dict[str, str]:
        """Return what a page put into its own form as JSON; empty when it is not such."""
        try:
            found = json.loads(self.text(name) or "{}")
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def whole(self, name: str) -> int:
        """Return a number that a page put into its own form.

        Raises:
            Invalid: It is not there.
        """
        found = self._read(name, partial(read_number, most=MOST_OF_OURS))
        if found is None:
            raise Invalid(name, "number_missing")
        return found

    def numbers(self, prefix: str) -> Numbers:
        """Return the persons of a row and the minors within."""
        return Numbers(**{part: self.number(f"{prefix}-{part}") for part in ("number", "under15", "from15")})

    def day(self, name: str) -> date:
        """Return a day.

        Raises:
            Invalid: It is none.
        """
        found = self._read(name, read_day)
        if found is None:
            raise Invalid(name, "not_a_day")
        return found

    def moment(self, name: str) -> datetime:
        """Return a moment, given in Norwegian time.

        Raises:
            Invalid: It is none.
        """
        try:
            return timezone.make_aware(datetime.fromisoformat(self.text(name)).replace(tzinfo=None))
        except ValueError:
            raise Invalid(name, "not_a_day") from None

    def _read(self, name: str, read: Callable[[str], Value]) -> Value:
        try:
            return read(self.text(name))
        except NotRead as refused:
            raise Invalid(name, refused.code, refused.facts) from None


WHO = ("wrong_party", "low_grade", "wrong_area", "system_only", "wrong_organisation", "own_access")
"""Objections to who somebody is; the others are to what is done now."""


UNREASONED = ("reason_missing", *(f"gate_{gate}" for gate in ANSWERED))
"""Objections that a reason in the form's own field answers."""


def attempt(request: PageRequest, name: str, form: Form, doing: Callable[[], object]) -> int:
    """Do what a form asks; return 0, or the answer's status when it is refused, with what was filled in kept for it."""
    try:
        doing()
    except Objected as fault:
        words = in_words(fault.objection.code, fault.objection.facts, request.language)
        errors = {"reason": words} if fault.objection.code in UNREASONED else {}
        status = 403 if fault.objection.code in WHO else 409
    except Invalid as fault:
        words = in_words(fault.code, fault.facts, request.language)
        errors, status = {fault.field: words}, 422
    else:
        return 0
    held = {key: value for key, value in form.values.items() if key not in ("csrfmiddlewaretoken", "shown_to")}
    request.filled = {"values": held, "errors": errors, "summary": words, "filled_move": name}
    return status


def in_words(code: str, facts: Mapping[str, object], language: str) -> str:
    """Return an objection or a fault in words, its facts in words too."""
    track = str(facts.get("track", ""))
    said = {name: _fact(name, fact, language, track) for name, fact in facts.items()}
    return say(code, language, **said)


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
    if name == "away" and isinstance(fact, int):
        return away(fact, language)
    if isinstance(fact, date):
        return formats.day(fact, language)
    if isinstance(fact, bool):
        return say("asked_yes" if fact else "asked_no", language)
    return say("missing", language) if fact is None else fact


def away(number: int, language: str) -> str:
    """Return in words how a sum stands against its target: persons above it, or below it when less than 0."""
    code = "away_over" if number > 0 else "away_under" if number else "away_none"
    return say(code, language, number=abs(number))


_TRACKS = ("criteria", "forecast", "targets", "proposal")


@dataclass(frozen=True, slots=True)
class Button:
    """A move that somebody's role could make: enabled, or with the reason why not.

    `told` is what does not hold and that a reason answers; `reason` says that one is to be given with the move.
    """

    name: str
    label: str
    why_not: str
    told: str
    reason: bool
    fields: Mapping[str, object]
    id: str


def buttons(
    actor: Actor | None, situation: Situation, names: str, language: str, **fields: object
) -> tuple[Button, ...]:
    """Return the buttons of the moves (names with spaces between) that belong to somebody's role in this state."""
    found: list[Button] = []
    if actor is None:
        return ()
    for name in names.split():
        move = move_of(name)
        if move.by is not actor.party or move.start != situation.state:
            continue
        if move.by in LOCAL and actor.area != situation.area:
            continue
        objection = objection_to(move, actor.who, situation)
        found.append(
            Button(
                name=name,
                label=say(f"do_{name}", language),
                why_not=why(objection, language) if objection else "",
                told="" if objection else " ".join(why(each, language) for each in warnings_of(move, situation)),
                reason=needs_reason(move, situation),
                fields=fields,
                id=f"{name.replace('.', '-')}-{'-'.join(str(each) for each in fields.values())}",
            )
        )
    return tuple(found)


def why(objection: Objection, language: str) -> str:
    """Return an objection in words."""
    return in_words(objection.code, objection.facts, language)


def field_told(name: str, language: str) -> str:
    """Return what a field is called in front of people; empty for one that only the program fills in."""
    cell = CELL.fullmatch(name)
    if cell is None:
        return _word(name, language)
    place, part = _places().get(cell[1], ""), _word(cell[2].replace("-", "_"), language)
    return f"{place}: {part}" if place and part else ""


def _word(name: str, language: str) -> str:
    code = next((code for code in (f"field_{name}", f"answer_{name}", f"fact_{name}") if code in WORDS), None)
    return "" if code is None or name == "request" else say(code, language)


@cache
def _places() -> dict[str, str]:
    return {place.code: place.display_name for year in YEARS for place in municipalities(year)}
