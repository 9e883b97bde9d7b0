"""Checking a round's letters before they go: what stops, their numbers beside those decided, and what is not undone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.conf import settings

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters.language import Shares
from bosett.documents.words import percent
from bosett.rounds.states import LetterState
from bosett_web.queries.letters.addresses import unaddressed
from bosett_web.queries.letters.letters import LetterRow, digest_of, letter_situation, shares_of
from bosett_web.queries.letters.numbers import Held, NumberDeparture, against_decided
from bosett_web.queries.letters.truth import untruths
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.letters.choice import chosen, query
from bosett_web.screens.letters.look import counted
from bosett_web.screens.letters.steps import LettersStep, LettersWork
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

BEFORE_SENDING = (LetterState.MADE, LetterState.APPROVED)
"""States of the letters that are still to be sent."""


@dataclass(frozen=True, slots=True)
class Untrue:
    """A letter that is not true any more, and why."""

    row: LetterRow
    words: str


@dataclass(frozen=True, slots=True)
class Stops:
    """What stops letters: those that are not true, that tell another number, or that cannot reach their receivers."""

    untrue: tuple[Untrue, ...]
    departures: tuple[NumberDeparture, ...]
    unaddressed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.untrue or self.departures or self.unaddressed)


@dataclass(frozen=True, slots=True)
class LettersOfState:
    """The letters looked at that are in one state: in words, and what can be done with all of them."""

    state: str
    kinds: str
    count: int
    buttons: tuple[Button, ...]


def letters_check(view: View) -> Mapping[str, Any]:
    """Build the third step.

    Raises:
        Http404: For others than the directorate.
    """
    work = LettersWork(view)
    rows = tuple(row for row in chosen(view, work.ours) if row.state in BEFORE_SENDING)
    stops, numbers = _stops(view, work, rows)
    left_out = {each.row.id for each in stops.untrue}
    counts = {state: [row for row in rows if row.state == state] for state in BEFORE_SENDING}
    made, approved = ([row for row in counts[state] if row.id not in left_out] for state in BEFORE_SENDING)
    to_approve = _group(view, made, counts[LetterState.MADE], "letter.approve")
    return {
        **work.shown(LettersStep.CHECK),
        "rows": rows,
        "count": len(rows),
        "told": counted(rows, view.language),
        "stops": stops,
        "numbers": numbers,
        "is_part": len(rows) < sum(row.state in BEFORE_SENDING for row in work.ours),
        "made": replace(to_approve, buttons=_stopped(view, to_approve.buttons, stops, made)),
        "approved": _group(view, approved, counts[LetterState.APPROVED], "letter.withdraw"),
        "sendable": len(approved),
        "languages_used": _languages(view, work.ours),
        "shares": _shares(view, work.rows),
        "query": query(view),
        "channel": settings.DISPATCH.channel,
    }


def letters_confirm(view: View) -> Mapping[str, Any]:
    """Build the page before what cannot be undone: what is sent, to whom and how, in words.

    Raises:
        Http404: For others than the directorate.
    """
    work = LettersWork(view)
    approved = tuple(row for row in chosen(view, work.ours) if row.state == LetterState.APPROVED)
    stops, numbers = _stops(view, work, approved)
    left_out = {each.row.id for each in stops.untrue}
    sent = [row for row in approved if row.id not in left_out]
    group = _group(view, sent, sent, "letter.send")
    label = say("letters_send_count", view.language, count=len(sent))
    named = tuple(replace(each, label=label) for each in group.buttons)
    return {
        **work.shown(LettersStep.CHECK),
        "count": len(sent),
        "told": counted(sent, view.language),
        "persons": numbers.chosen,
        "left_out": len(left_out),
        "found": _stopped(view, named, stops, sent),
        "query": query(view),
        "channel": settings.DISPATCH.channel,
        "receivers": len({row.receiver for row in sent}),
    }


# Parts of the pages


def _stops(view: View, work: LettersWork, rows: Sequence[LetterRow]) -> tuple[Stops, Held]:
    """Return what stops some letters, and their numbers beside those that were decided."""
    codes = untruths(view.year, rows, view.day)
    untrue = tuple(
        Untrue(row, say(codes[row.id], view.language, reference=row.reference)) for row in rows if row.id in codes
    )
    true = [row for row in rows if row.id not in codes]
    numbers = against_decided(view.year, work.rows, [row.id for row in true])
    lacking = unaddressed(row.receiver for row in true) if settings.DISPATCH.needs_address else ()
    return Stops(untrue, numbers.departures, lacking), numbers


def _group(view: View, true: Sequence[LetterRow], every: Sequence[LetterRow], move: str) -> LettersOfState:
    """Return letters of one state with what can be done with them.

    Args:
        view: Who looks.
        true: Those that are still true: what is approved or sent.
        every: All of them: what an approval is taken back of.
        move: What can be done.
    """
    of = every if move == "letter.withdraw" else true
    state = every[0].state if every else ""
    made: tuple[Button, ...] = ()
    if of and view.actor is not None:
        # Who made one of them may not approve them together.
        first = next((row for row in of if row.made_by == view.actor.person_id), of[0])
        ids = ",".join(str(row.id) for row in of)
        carried = {"letters": ids, "seen": digest_of(of), "query": query(view)}
        if len(of) == 1 and view.request.GET.get("from") == "letter":
            carried["from"] = "letter"  # one leads back to its own page
        made = buttons(view.request, letter_situation(view.whole, first), move, at=state, **carried)
    return LettersOfState(state, counted(of, view.language), len(of), made)


def _stopped(view: View, offered: Sequence[Button], stops: Stops, rows: Sequence[LetterRow]) -> tuple[Button, ...]:
    """Return buttons that cannot be used while something stops one of the letters."""
    names = [row.name for row in rows if row.receiver in stops.unaddressed]
    if {each.row.id for each in stops.departures} & {row.id for row in rows}:
        why = say("letters_numbers_differ", view.language)
    elif names:
        why = say("letter_address_missing", view.language, count=len(names), name=names[0])
    else:
        return tuple(offered)
    return tuple(each if each.why_not else replace(each, why_not=why) for each in offered)


def _languages(view: View, rows: Iterable[LetterRow]) -> list[tuple[str, int, str]]:
    """Return how many letters are in each form of Norwegian, and their part."""
    counts = Counter(row.language for row in rows)
    return [(code, counts[code], _part(counts[code], counts.total(), view)) for code in NORWEGIAN if counts]


def _shares(view: View, rows: Sequence[LetterRow]) -> Mapping[str, Any]:
    """Return what neutral receivers got, and whether each form has the quarter that the law asks for."""
    shares: Shares = shares_of(view.year, rows).neutral
    pairs = (("nb", shares.bokmaal), ("nn", shares.nynorsk))
    parts = [(code, count, _part(count, shares.total, view)) for code, count in pairs]
    return {"total": shares.total, "parts": parts, "kept": shares.kept}


def _part(count: int, of: int, view: View) -> str:
    return percent(Fraction(count, of), view.language, 0) if of else "–"
