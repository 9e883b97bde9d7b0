"""The help of each page, guides through a whole piece of work, and the glossary: for everybody, logged in or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from bosett.rounds.moves import MOVES, Move
from bosett.rounds.parties import Grade
from bosett_web.accounts.actor import Actor
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import show
from bosett_web.screens.help_pages import (
    DESK,
    GUIDE,
    GUIDES,
    PUBLIC,
    HelpPage,
    glossary_shown,
    guide_shown,
    help_shown,
)
from bosett_web.screens.led_back import SENT_TO
from bosett_web.screens.moves import DEEDS
from bosett_web.screens.place_names import LONGEST
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

PAGE = "help"
"""What the pages of the help call themselves, for the frame."""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move of a page: what it does in words, and who makes it."""

    words: str
    party: str
    grades: tuple[Grade, ...]


@require_safe
def help_index(request: PageRequest) -> HttpResponse:
    """List all help."""
    language = request.language
    pages = [(name, say(page.title, language)) for name, page in DESK.items()]
    context = {"page": PAGE, "pages": pages, "guides": [f"{GUIDE}{each}" for each in GUIDES]}
    return show(request, "help/help_index.html", context)


@require_safe
def help_plain(request: PageRequest, name: str) -> HttpResponse:
    """Show the help of a page, or a guide, outside a round.

    Raises:
        Http404: There is none of that name.
    """
    return show(request, "help/help_page.html", {"page": PAGE, **_shown(name, request.language, request.actor, None)})


def help_page(view: View, name: str) -> Mapping[str, Any]:
    """Build the same within a round, whose places stand around it.

    Raises:
        Http404: There is none of that name.
    """
    return _shown(name, view.language, view.actor, view.year)


@require_safe
def glossary(request: PageRequest) -> HttpResponse:
    """Show the words, or those that hold what `?q=` looks for."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    return show(request, "help/glossary.html", {"page": PAGE, **glossary_shown(request.language, asked)})


def _shown(name: str, language: str, actor: Actor | None, year: int | None) -> Mapping[str, Any]:
    if name.removeprefix(GUIDE) in GUIDES and name.startswith(GUIDE):
        return {"title": say(name, language), **guide_shown(name, language)}
    page = DESK.get(name) or PUBLIC.get(name)
    if page is None:
        raise Http404(name)
    lines = [(move, _line(move, language)) for move in _moves(name, page)]
    mine = [line for move, line in lines if actor and move.by is actor.party and actor.who.grade in move.grades]
    return {
        "title": say(page.title, language),
        **help_shown(name, page, language),
        "mine": mine,
        "others": [line for _, line in lines if line not in mine],
        "there": _address(name, year),
    }


def _moves(name: str, page: HelpPage) -> Iterator[Move]:
    """Yield the moves that are made on a page, in the order of the table."""
    there = {move for move, deed in DEEDS.items() if deed.screen.__name__ == name} | {*page.own}
    seen: set[str] = set()
    for move in MOVES:
        if move.by and move.name in there and move.name not in seen:
            seen.add(move.name)
            yield move


def _line(move: Move, language: str) -> MoveLine:
    return MoveLine(say(f"do_{move.name}", language), str(move.by), tuple(sorted(move.grades, key=[*Grade].index)))


def _address(name: str, year: int | None) -> str:
    """Return the address of a page; empty for one of many of its kind, and for what takes a form alone."""
    if name in SENT_TO or (year is None and name not in _WITHOUT_YEAR):
        return ""
    for arguments in ([], [year]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""


_WITHOUT_YEAR = ("rounds", "figures", "access", "alerts", "rules", "accessibility", "privacy", "login")
