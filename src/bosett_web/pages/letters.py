"""The round's letters: what they need, what is missing, each with its state, and the way out to the receivers."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.documents.letters import Lack
from bosett.documents.letters.language import Shares
from bosett.documents.words import percent
from bosett.render.typeset import merge
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party
from bosett_web.accounts.actor import Actor
from bosett_web.actions import letters as actions
from bosett_web.actions.doing import Invalid
from bosett_web.pages import formats
from bosett_web.pages.forms import Button, Form, buttons
from bosett_web.pages.letter_forms import to_write
from bosett_web.pages.screen import View, look
from bosett_web.pages.words import say
from bosett_web.queries.lettering import Due, due
from bosett_web.queries.letters import (
    LetterRow,
    contents_of,
    file_of,
    files_of,
    is_making,
    letter_rows,
    letter_situation,
    may_read,
    settings_of,
    shares_of,
    tries,
)
from bosett_web.queries.lettertext import letter_from
from bosett_web.queries.standing import new_situation

GROUPED = "letter.approve letter.withdraw letter.send letter.retry"
"""Moves that are made for all letters shown; the others need somebody to look at each."""
SINGLE = f"{GROUPED} letter.found letter.again"
STATES = ("made", "approved", "queued", "stopped", "failed", "delivered", "read", "on_paper")
FILTERS = ("kind", "state", "language", "county")
LONG = 12
"""Names that are shown before the rest is folded away."""
FIRST = 100
"""Letters in the list before the reader asks for all."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that lacks, and in which letters."""

    words: str
    names: tuple[str, ...]

    @property
    def many(self) -> bool:
        """Whether the names are folded away."""
        return len(self.names) > LONG


@dataclass(frozen=True, slots=True)
class Group:
    """The letters shown that are in one state, and what can be done with all of them."""

    state: str
    count: int
    buttons: tuple[Button, ...]


def letters(view: View) -> Mapping[str, Any]:
    """Build the page; it is the directorate's own.

    Raises:
        Http404: For others.
    """
    _own(view)
    rows, settings = letter_rows(view.year), settings_of(view.year)
    wanted = due(view.whole, view.day)
    lacks = {each.reference: each.lacks() for each in wanted}
    shown = _shown(view, rows)
    new = buttons(view.actor, new_situation(view.whole), "letter.prepare letter.make letter.write", view.language)
    making, queued = is_making(view.year), sum(row.state == "queued" for row in rows)
    listed = shown if "all" in view.request.GET else shown[:FIRST]
    return {
        "settings": settings,
        "prepare": next((each for each in new if each.name == "letter.prepare"), None),
        "make": next((each for each in new if each.name == "letter.make"), None),
        "write": next((each for each in new if each.name == "letter.write"), None),
        **to_write(view, rows, settings.neutral_form),
        "making": making,
        "queued": queued,
        "waiting": making or queued > 0,
        # Not loaded anew by itself, as somebody may be writing in a form below.
        "ended": bool(view.request.htmx) and not making and not queued,
        "made": len(rows),
        "due": sum(each.letter is None for each in wanted),
        "ready": sum(not each for each in lacks.values()),
        "lacking": _lacking(view, wanted, lacks),
        "states": [(state, count) for state, count in _counted(rows, "state", STATES) if count],
        "languages_used": [(code, count, _part(count, len(rows), view)) for code, count in _counted(rows, "language")],
        "shares": _shares(view, rows),
        "groups": _groups(view, shown),
        "rows": listed,
        "shown": len(shown),
        "unlisted": len(shown) - len(listed),
        "chosen": {name: view.request.GET.get(name, "") for name in (*FILTERS, "nth")},
        "choices": _choices(view, rows),
        "query": view.request.GET.urlencode(),
    }


def letter(view: View, letter: str) -> Mapping[str, Any]:
    """Build the page of one letter: its facts, what can be done with it, and each try to deliver it.

    Raises:
        Http404: There is no such letter, or the reader is not the directorate.
    """
    _own(view)
    row = _one(view, letter)
    return {
        "row": row,
        "buttons": buttons(view.actor, letter_situation(view.whole, row), SINGLE, view.language, letters=row.id),
        "tries": tries(row.id),
        "subject": f"letter:{row.reference}",
    }


@require_safe
def pdf(request: HttpRequest, year: int, letter: int) -> HttpResponse:
    """Return a letter's file to whoever may read it.

    Raises:
        Http404: There is no such letter, or none for this reader.
    """
    view = look(request, year)
    row = _one(view, str(letter))
    if not may_read(request.who, view.whole, view.moment, row):
        raise Http404(letter)
    return _file(file_of(row.id), "application/pdf", f"{_stem(row.reference)}.pdf", inline=True)


@require_safe
def merged(request: HttpRequest, year: int) -> HttpResponse:
    """Return the letters that the filters leave as one PDF.

    Raises:
        Http404: There are none, or the reader is not the directorate.
    """
    found = _filtered(look(request, year))
    made = merge([letter_from(content) for content in contents_of(found)])
    return _file(made, "application/pdf", f"brev-{year}.pdf", inline=True)


@require_safe
def zipped(request: HttpRequest, year: int) -> HttpResponse:
    """Return the letters that the filters leave as they are kept, in one zip.

    Raises:
        Http404: There are none, or the reader is not the directorate.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as file:
        for reference, content in files_of(_filtered(look(request, year))):
            file.writestr(f"{_stem(reference)}.pdf", content)
    return _file(held.getvalue(), "application/zip", f"brev-{year}.zip", inline=False)


# Forms


def prepare(actor: Actor, year: int, form: Form) -> object:
    """Act on the form of what the letters need."""
    return actions.prepare(
        actor,
        year=year,
        answer_by=form.day("answer_by") if form.text("answer_by") else None,
        how_to_answer=form.text("how_to_answer"),
        signers=form.text("signers"),
        neutral_form=form.text("neutral_form"),
    )


def chosen(function: Callable[..., object], *, reason: bool = False) -> Callable[[Actor, int, Form], object]:
    """Return how a form with letters in it is acted on."""

    def act(actor: Actor, year: int, form: Form) -> object:
        told = {"reason": form.text("reason")} if reason else {}
        return function(actor, year=year, letters=_ids(form), **told)

    return act


def _ids(form: Form) -> list[int]:
    written = [part for part in form.text("letters").split(",") if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in written):
        raise Invalid("letters", "letters_gone")
    return [int(part) for part in written]


# Parts of the page


def _own(view: View) -> None:
    if view.actor is None or view.actor.party is not Party.DIRECTORATE:
        raise Http404


def _one(view: View, letter: str) -> LetterRow:
    found = letter_rows(view.year, [int(letter)]) if letter.isdecimal() and len(letter) < 18 else ()
    if not found:
        raise Http404(letter)
    return found[0]


def _filtered(view: View) -> list[int]:
    _own(view)
    found = [row.id for row in _shown(view, letter_rows(view.year))]
    if not found:
        raise Http404
    return found


def _shown(view: View, rows: Sequence[LetterRow]) -> tuple[LetterRow, ...]:
    """Return the letters that the filters leave; `nth` leaves a sample: every so manieth."""
    asked = {name: view.request.GET.get(name, "") for name in FILTERS}
    found = [row for row in rows if all(not said or getattr(row, name) == said for name, said in asked.items())]
    nth = view.request.GET.get("nth", "")
    step = int(nth) if nth.isascii() and nth.isdigit() and len(nth) < 4 else 1
    return tuple(found[:: max(step, 1)])


def _groups(view: View, rows: Sequence[LetterRow]) -> list[Group]:
    """Return the letters shown by state, each with its buttons; who made one of them may not approve them together."""
    found = []
    for state in STATES:
        held = [row for row in rows if row.state == state]
        if not held or view.actor is None:
            continue
        own = next((row for row in held if row.made_by == view.actor.person_id), held[0])
        situation: Situation = letter_situation(view.whole, own)
        ids = ",".join(str(row.id) for row in held)
        made = buttons(view.actor, situation, GROUPED, view.language, letters=ids)
        if made:
            short = tuple(replace(each, id=f"{each.name.replace('.', '-')}-{state}") for each in made)
            found.append(Group(state, len(held), short))
    return found


def _lacking(view: View, wanted: Sequence[Due], lacks: Mapping[str, Sequence[Lack]]) -> list[Lacking]:
    """Return what lacks, the most frequent first, each with the letters that it lacks in."""
    names: dict[str, list[str]] = {}
    for each in wanted:
        for lack in lacks[each.reference]:
            told = each.content.head.receivers[0].names[0]
            names.setdefault(lack.code, []).append(f"{told} ({each.reference})")
    ordered = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Lacking(say(f"lack_{code}", view.language), tuple(dict.fromkeys(held))) for code, held in ordered]


def _counted(rows: Iterable[LetterRow], name: str, order: Sequence[str] = ("nb", "nn")) -> list[tuple[str, int]]:
    held = Counter(getattr(row, name) for row in rows)
    return [(each, held[each]) for each in order]


def _shares(view: View, rows: Sequence[LetterRow]) -> Mapping[str, Any]:
    """Return what neutral receivers got, and whether each form has the quarter that the law asks for."""
    found: Shares = shares_of(view.year, rows).neutral
    parts = [(code, count, _part(count, found.total, view)) for code, count in _pairs(found)]
    return {"total": found.total, "parts": parts, "kept": found.kept}


def _pairs(found: Shares) -> tuple[tuple[str, int], ...]:
    return (("nb", found.bokmaal), ("nn", found.nynorsk))


def _part(count: int, of: int, view: View) -> str:
    return percent(Fraction(count, of), view.language, 0) if of else "–"


def _choices(view: View, rows: Sequence[LetterRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the filters with what there is to choose among."""
    names = {each.code: each.name for each in view.counties}
    held: dict[str, set[str]] = {name: {getattr(row, name) for row in rows} for name in FILTERS}
    counties = [(code, names[code]) for code in names if code in held["county"]]
    words = {
        "kind": [(each, say(f"letter_{each}", view.language)) for each in sorted(held["kind"])],
        "state": [(each, say(f"letterstate_{each}", view.language)) for each in STATES if each in held["state"]],
        "language": [(each, say(f"form_{each}", view.language)) for each in sorted(held["language"])],
        "county": sorted(counties, key=lambda pair: formats.sort_key(pair[1])),
    }
    return list(words.items())


def _file(content: bytes, kind: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stem(reference: str) -> str:
    return reference.replace("/", "-")
