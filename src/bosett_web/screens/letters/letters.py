"""The round's letters: what they need, what is missing, each with its state, and the way out to the receivers."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from fractions import Fraction
from typing import Any

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters import Lack
from bosett.documents.letters.language import Shares
from bosett.documents.words import percent
from bosett.rounds.moves import Situation
from bosett.rounds.states import LetterState
from bosett_web.queries.background import BROKEN_OFF, UNDER_WAY, is_worked, job_state
from bosett_web.queries.letters.contents import UNEXPLAINED, DueLetter
from bosett_web.queries.letters.county_sheet import KIND as RECOMMENDATION
from bosett_web.queries.letters.letters import (
    LetterRow,
    Settings,
    digest_of,
    letter_rows,
    letter_situation,
    settings_of,
    shares_of,
    tries,
)
from bosett_web.queries.letters.truth import letters_due, untruths
from bosett_web.queries.letters.unmade import Unmade, unmade
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.records.models.letters import NUMBERED
from bosett_web.records.tasks import Task
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import shown
from bosett_web.screens.letters.addresses import addressing
from bosett_web.screens.letters.choice import chosen, filter_form, neighbours, query
from bosett_web.screens.letters.differences import changes, wordings
from bosett_web.screens.letters.downloads import one, own
from bosett_web.screens.letters.forms import PrepareForm
from bosett_web.screens.letters.on_demand import to_write
from bosett_web.screens.meetings.meetings import calendar_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

GROUPED = "letter.approve letter.withdraw letter.send letter.retry letter.ask"
"""Moves that are made for all letters shown; the others need somebody to look at each."""
SINGLE = f"{GROUPED} letter.found letter.again letter.remove"
NEW = "letter.prepare letter.make letter.write letter.wording"
LONG = 12
"""Names that are shown before the rest is folded away."""
FIRST = 100
"""Letters in the list before the reader asks for all."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that lacks, and in which letters; `mend` says what to do about it."""

    words: str
    names: tuple[str, ...]
    mend: str = ""

    @property
    def many(self) -> bool:
        """Whether the names are folded away."""
        return len(self.names) > LONG


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The letters shown that are in one state, and what can be done with all of them."""

    state: str
    count: int
    buttons: tuple[Button, ...]


def letters(view: View) -> Mapping[str, Any]:
    """Build the page; it is the directorate's own.

    Raises:
        Http404: For others.
    """
    own(view)
    # The job before the letters: if it ends in between, the page asks once more, and never ends with too few.
    state = job_state(Task.MAKE_LETTERS, year=view.year)
    rows, settings = letter_rows(view.year), settings_of(view.year)
    # What the counties have handed over is their own: not made or sent by us, nor in a form that we have chosen.
    ours = [row for row in rows if row.kind != RECOMMENDATION]
    wanted = letters_due(view.whole, view.day)
    lacks = {each.reference: each.lacks() for each in wanted}
    chosen_rows = chosen(view, rows)
    new = buttons(view.request, new_situation(view.whole), NEW)
    named = {each.name.partition(".")[2]: each for each in new}
    listed = chosen_rows if "all" in view.request.GET else chosen_rows[:FIRST]
    return {
        "former": view.at.is_former and not wanted and not rows,
        "settings": settings,
        "prepared": all(astuple(settings)),
        **named,
        "prepare_form": _preparing(view, settings) if may(named.get("prepare")) else None,
        **to_write(view, rows, settings.neutral_form, named.get("write")),
        **_making(view, state, rows, wanted, lacks),
        **wordings(view, rows, named.get("wording")),
        "held": bool(rows),
        "made": len(ours),
        "due": sum(each.letter is None for each in wanted),
        "ready": sum(not each for each in lacks.values()),
        "lacking": _lacking(view, wanted, lacks),
        **addressing([row.receiver for row in ours] + [each.code for each in wanted]),
        "unmade": _unmade(view, wanted),
        "states": [(state, count) for state, count in _counted(ours, "state", LetterState) if count],
        "languages_used": [(code, count, _part(count, len(ours), view)) for code, count in _counted(ours, "language")],
        "shares": _shares(view, rows),
        "groups": _groups(view, chosen_rows),
        "rows": listed,
        "untrue": untruths(view.year, listed, view.day),
        "shown": len(chosen_rows),
        "unlisted": len(chosen_rows) - len(listed),
        "filter": filter_form(view, rows),
        "query": query(view),
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


# Parts of the page


def _making(
    view: View, state: str, rows: Sequence[LetterRow], wanted: Sequence[DueLetter], lacks: Mapping[str, Sequence[Lack]]
) -> Mapping[str, Any]:
    """Return how the making and the sending go, and whether anybody works at them."""
    queued = sum(row.state == LetterState.QUEUED for row in rows)
    making = state in UNDER_WAY
    done = sum(row.kind in NUMBERED for row in rows)
    left = sum(each.letter is None and not lacks[each.reference] for each in wanted)
    waiting = making or queued > 0
    return {
        "making": making,
        "broken": state in BROKEN_OFF and left > 0,
        "made_so_far": done,
        "of": done + left,
        "queued": queued,
        "waiting": waiting,
        "not_worked": waiting and not is_worked(clock.now()),
        # Not loaded anew by itself, as somebody may be writing in a form below.
        "ended": bool(view.request.htmx) and not waiting and state not in BROKEN_OFF,
    }


def _preparing(view: View, settings: Settings) -> PrepareForm:
    """Return the form of what the letters need."""
    return shown(view.request, PrepareForm, "letter.prepare", initial=asdict(settings))


def _unmade(view: View, wanted: Sequence[DueLetter]) -> list[Lacking]:
    """Return the letters that could not be made, by reason, each with what to do."""
    names = {each.reference: each.content.head.receivers[0].names[0] for each in wanted}
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


def _groups(view: View, rows: Sequence[LetterRow]) -> list[LetterGroup]:
    """Return the letters shown by state, each with its buttons; who made one of them may not approve them together."""
    groups = []
    for state in LetterState:
        of_state = [row for row in rows if row.state == state]
        if not of_state or view.actor is None:
            continue
        own = next((row for row in of_state if row.made_by == view.actor.person_id), of_state[0])
        situation: Situation = letter_situation(view.whole, own)
        ids = ",".join(str(row.id) for row in of_state)
        made = buttons(view.request, situation, GROUPED, at=state, letters=ids, seen=digest_of(of_state))
        if made:
            groups.append(LetterGroup(state, len(of_state), made))
    return groups


def _lacking(view: View, wanted: Sequence[DueLetter], lacks: Mapping[str, Sequence[Lack]]) -> list[Lacking]:
    """Return what lacks, the most frequent first, each with the letters that it lacks in."""
    names: dict[str, list[str]] = {}
    for each in wanted:
        for lack in lacks[each.reference]:
            name = each.content.head.receivers[0].names[0]
            names.setdefault(lack.code, []).append(f"{name} ({each.reference})")
    ordered = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Lacking(say(f"lack_{code}", view.language), tuple(dict.fromkeys(named))) for code, named in ordered]


def _counted(rows: Iterable[LetterRow], name: str, order: Iterable[str] = NORWEGIAN) -> list[tuple[str, int]]:
    counts = Counter(getattr(row, name) for row in rows)
    return [(each, counts[each]) for each in order]


def _shares(view: View, rows: Sequence[LetterRow]) -> Mapping[str, Any]:
    """Return what neutral receivers got, and whether each form has the quarter that the law asks for."""
    shares: Shares = shares_of(view.year, rows).neutral
    parts = [(code, count, _part(count, shares.total, view)) for code, count in _pairs(shares)]
    return {"total": shares.total, "parts": parts, "kept": shares.kept}


def _pairs(shares: Shares) -> tuple[tuple[str, int], ...]:
    return (("nb", shares.bokmaal), ("nn", shares.nynorsk))


def _part(count: int, of: int, view: View) -> str:
    return percent(Fraction(count, of), view.language, 0) if of else "–"
