"""What a round's letters need before they can be made, and the page of one letter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from django.urls import reverse

from bosett.rounds.states import LetterState
from bosett_web.queries.letters.contents import UNEXPLAINED
from bosett_web.queries.letters.letters import (
    Settings,
    digest_of,
    letter_rows,
    letter_situation,
    settings_of,
    tries,
)
from bosett_web.queries.letters.truth import untruths
from bosett_web.queries.letters.unmade import Unmade, unmade
from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import shown
from bosett_web.screens.letters.addresses import addressing
from bosett_web.screens.letters.choice import chosen, neighbours, query
from bosett_web.screens.letters.differences import changes, wordings
from bosett_web.screens.letters.downloads import one, own
from bosett_web.screens.letters.forms import PrepareForm
from bosett_web.screens.letters.on_demand import to_write
from bosett_web.screens.letters.steps import LettersStep, LettersWork
from bosett_web.screens.meetings.meetings import calendar_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

NEW = "letter.prepare letter.make letter.write letter.wording"
SINGLE = "letter.approve letter.withdraw letter.retry letter.ask letter.found letter.again letter.remove"
LONG = 12
"""Names that are shown before the rest is folded away."""
ASKED_HERE: Mapping[str, str] = {
    "signers": "signers",
    "deadline": "answer_by",
    "answer_way": "how_to_answer",
    "language": "neutral_form",
}
"""The field of the page itself in which something is filled in that lacks."""
MENDED_ON: Mapping[str, str] = {
    **dict.fromkeys(("number", "minors", "decided_by", "decided_on", "departure_reason"), "numbers"),
    **dict.fromkeys(("recommendation", "recommended"), "counties"),
    **dict.fromkeys(("low", "middle", "high", "publisher", "as_of", "in_order"), "forecasts"),
    "national": "targets",
    "criteria": "criteria",
    UNEXPLAINED: "proposal",
    "why": "revision",
}
"""The page on which something is mended that lacks; what is said of the forecast by what lacks of it."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that lacks, and in which letters; `mend` says what to do about it, and `link` leads there."""

    words: str
    names: tuple[str, ...]
    mend: str = ""
    link: str = ""

    @property
    def many(self) -> bool:
        """Whether the names are folded away."""
        return len(self.names) > LONG


def letters(view: View) -> Mapping[str, Any]:
    """Build the first step; it is the directorate's own, as all of them are.

    Raises:
        Http404: For others.
    """
    work, settings = LettersWork(view), settings_of(view.year)
    new = buttons(view.request, new_situation(view.whole), NEW)
    named = {each.name.partition(".")[2]: each for each in new}
    lacking = _lacking(view, work)
    return {
        **work.shown(LettersStep.NEED),
        "settings": settings,
        "prepared": all(astuple(settings)),
        "asked_here": any(each.link.startswith("#") for each in lacking),
        **named,
        "make": _making(view, work, named.get("make")),
        "prepare_form": _preparing(view, settings) if may(named.get("prepare")) else None,
        **to_write(view, work.rows, settings.neutral_form, named.get("write")),
        **wordings(view, work.rows, named.get("wording")),
        "ready": work.ready,
        "anew": bool(work.ours) and not work.due,
        "lacking": lacking,
        **addressing([row.receiver for row in work.ours] + [each.code for each in work.wanted]),
        "unmade": _unmade(view, work),
    }


def letter(view: View, letter: str) -> Mapping[str, Any]:
    """Build the page of one letter: its facts, its PDF, what can be done with it, and each try to deliver it.

    Raises:
        Http404: There is no such letter, or the reader is not the directorate.
    """
    own(view)
    row = one(view, letter)
    here = {"letters": row.id, "seen": digest_of([row]), "from": "letter", "query": query(view)}
    moves = buttons(view.request, letter_situation(view.whole, row), SINGLE, at=str(row.id), **here)
    return {
        "row": replace(row, why=service_told(row.why, view.language)),
        "untrue": untruths(view.year, [row], view.day).get(row.id, ""),
        "buttons": moves,
        "sendable": row.state == LetterState.APPROVED,
        "tries": [replace(each, words=service_told(each.words, view.language)) for each in tries(row.id)],
        "subject": f"letter:{row.reference}",
        "way": neighbours(chosen(view, letter_rows(view.year)), row),
        "query": query(view),
        "calendar": calendar_of(view, row),
        **changes(view, row),
    }


def service_told(text: str, language: str) -> str:
    """Return what was told of a service: its own words as they are, ours in the reader's language."""
    try:
        facts = json.loads(text)
        code = facts.pop("code")
    except (AttributeError, KeyError, TypeError, ValueError):
        return text
    facts |= {name: say(f"channel_{facts[name]}", language) for name in ("before", "now") if name in facts}
    return say(f"service_{code}", language, **facts)


# Parts of the first step


def _making(view: View, work: LettersWork, button: Button | None) -> Button | None:
    """Return the button that makes the letters: none when all are made and gone, and none to use while all lack."""
    if not may(button) or button is None or work.ready:
        return button
    return replace(button, why_not=say("letters_none_ready", view.language)) if work.wanted else None


def _preparing(view: View, settings: Settings) -> PrepareForm:
    """Return the form of what the letters need."""
    return shown(view.request, PrepareForm, "letter.prepare", initial=asdict(settings))


def _unmade(view: View, work: LettersWork) -> list[Lacking]:
    """Return the letters that could not be made, by reason, each with what to do."""
    names = {each.reference: each.content.head.receivers[0].names[0] for each in work.wanted}
    by_reason: dict[tuple[str, str], list[str]] = {}
    for each in unmade(view.year, names):
        by_reason.setdefault(_reason(view, each), []).append(f"{names[each.reference]} ({each.reference})")
    return [Lacking(words, tuple(named), mend) for (words, mend), named in by_reason.items()]


def _reason(view: View, each: Unmade) -> tuple[str, str]:
    if each.fault:
        return say("unmade_told", view.language, told=each.fault), say("mend_told", view.language)
    lacks = ", ".join(say(f"lack_{code}", view.language) for code in each.lacks)
    mend = "mend_explained" if UNEXPLAINED in each.lacks else "mend_lacks"
    return say("unmade_lacks", view.language, lacks=lacks), say(mend, view.language)


def _lacking(view: View, work: LettersWork) -> list[Lacking]:
    """Return what lacks, the most frequent first, each with the letters that it lacks in and where it is mended."""
    names: dict[str, list[str]] = {}
    for each in work.wanted:
        for lack in work.lacks[each.reference]:
            name = each.content.head.receivers[0].names[0]
            names.setdefault(lack.code, []).append(f"{name} ({each.reference})")
    ordered = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_lack(view, code, tuple(dict.fromkeys(named))) for code, named in ordered]


def _lack(view: View, code: str, names: Sequence[str]) -> Lacking:
    words = say(f"lack_{code}", view.language)
    if field := ASKED_HERE.get(code):
        return Lacking(words, tuple(names), say(f"field_{field}", view.language), f"#f-{field}")
    if code == "outdated":
        address = reverse(LettersStep.CHECK, args=[view.year])
        return Lacking(words, tuple(names), say(f"step_{LettersStep.CHECK}", view.language), address)
    place = MENDED_ON.get(code.removeprefix("forecast_"))
    if place is None:
        return Lacking(words, tuple(names))
    return Lacking(words, tuple(names), say(f"nav_{place}", view.language), reverse(place, args=[view.year]))
