"""The documents of a round for everybody: what there is, by kind and place, and on what ground some of it is withheld.

The list is published. Each document lies at an address of its own, which asks each time whether it is withheld.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bosett.rounds.open_round import OpenDocument
from bosett_web.screens.documents_in_words import title
from bosett_web.screens.formats import number
from bosett_web.screens.journal_words import ground_told
from bosett_web.screens.long_lists import around, start_of
from bosett_web.screens.public.areas import county_rows, name_of
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say

ASKS = ("kind", "county", "start")
MOST = 100
"""Documents on a page."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in words: what it is, whom it is about, and where it lies; or on what ground it is withheld."""

    day: date
    title: str
    about: str
    links: tuple[tuple[str, str], ...]
    ground: str


def documents(view: PublicView) -> Mapping[str, Any]:
    """Build the page; a kind or a county that there is not is all."""
    every = view.release.documents
    kinds = Counter(each.kind for each in every)
    counties = {row.code: row.name for row in county_rows(view)}
    kind, county = view.query.get("kind", ""), view.query.get("county", "")
    kind, county = kind if kind in kinds else "", county if county in counties else ""
    chosen = [each for each in every if kind in ("", each.kind) and county in ("", *_within(view, each.about))]
    start = min(start_of(view.query.get("start", "")), max(len(chosen) - 1, 0))
    return {
        "rows": _lines(view, chosen[start : start + MOST]),
        "any": bool(every),
        **around({"kind": kind, "county": county}, start, MOST, len(chosen)),
        "kind": kind,
        "kinds": [
            (each, f"{say(f'document_{each}', view.language)} ({number(count)})") for each, count in kinds.items()
        ],
        "county": county,
        "counties": [*counties.items()],
    }


def documents_about(view: PublicView, code: str) -> list[DocumentLine]:
    """Return the documents that are about a county or a municipality itself, the newest first."""
    return _lines(view, (each for each in view.release.documents if each.about == code))


def _lines(view: PublicView, rows: Iterable[OpenDocument]) -> list[DocumentLine]:
    return [
        DocumentLine(
            each.day,
            title(each.kind, each.letter, view.language),
            _about(view, each),
            () if each.ground else tuple(_links(view, each)),
            ground_told(each.ground, each.detail, view.language) if each.ground else "",
        )
        for each in rows
    ]


def _about(view: PublicView, each: OpenDocument) -> str:
    """Return the name of whom a document is about; of one that is withheld nothing."""
    if each.ground:
        return ""
    return name_of(view, each.about) if each.about else say("documents_of_all", view.language)


def _within(view: PublicView, about: str) -> tuple[str | None, ...]:
    """Return the place that a document is about, and the county that it lies in."""
    return (about, view.places[about].part_of) if about else ()


def _links(view: PublicView, each: OpenDocument) -> Iterator[tuple[str, str]]:
    """Yield the words and the address of each file or page of a document."""
    decided = [("documents_decided", "decision_document", (each.about, each.version))] if each.has_file else []
    pieces: Mapping[str, list[tuple[str, str, tuple[object, ...]]]] = {
        "letter": [("documents_letter", "letter_pdf", (each.key,))],
        "minutes": [("documents_read", "minutes", (each.key,))],
        "recommendation": [("documents_sheet", "sheet_pdf", (each.about, each.version))],
        "attachment": [("documents_file", "document", (each.about, each.key))],
        "answer": [("documents_read", "given_answer", (each.key,))],
        "decision": [*decided, ("documents_receipt", "receipt_pdf", (each.about, each.version))],
    }
    for words, address, parts in pieces[each.kind]:
        yield say(words, view.language), reverse(address, args=[view.year, *parts])
