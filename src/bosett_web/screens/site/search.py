"""Search in a round: places by name or code, meetings and criteria by title; each as this reader may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.figures import Figure, Status
from bosett.geography import Municipality, municipalities, nearness
from bosett_web.queries.lines import Line
from bosett_web.queries.sight import lines_for
from bosett_web.queries.situations import county_target
from bosett_web.screens.formats import sort_key
from bosett_web.screens.meetings.meetings import titles
from bosett_web.screens.numbers.numbers import opens
from bosett_web.screens.screen import View

MOST = 50
LONGEST = 100
"""No name of a place or a title is longer; the rest of what was typed is left out."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        near: How near it comes, 0 is nearest.
        name: Its name or title.
        place: The municipality, when it is one.
        kind: Word for what else it is: county, meeting or criteria.
        link: Where it is shown to this reader; empty when nowhere.
        target: A county's target as shown to this reader, in persons.
        code: The county's code, when it is one.
    """

    near: int
    name: str
    place: Municipality | None = None
    kind: str = ""
    link: str = ""
    target: int | None = None
    code: str = ""


def search(view: View) -> Mapping[str, Any]:
    """Build the page: what `?q=` finds, the nearest first. What is typed never reaches the database."""
    asked = view.request.GET.get("q", "").strip()[:LONGEST]
    lines = lines_for(view.whole, view.request.who, view.moment) if asked else ()
    hits = [*_places(view, asked), *_counties(view, asked, lines), *_titles(view, asked)]
    hits.sort(key=lambda hit: (hit.near, sort_key(hit.name)))
    shown = hits[:MOST]
    heads, rows = _table(view, [hit.place for hit in shown if hit.place], lines)
    return {
        "asked": asked,
        "count": len(hits),
        "most": MOST if len(hits) > MOST else None,
        "heads": heads,
        "rows": rows,
        "others": [hit for hit in shown if not hit.place],
    }


def _places(view: View, asked: str) -> Iterator[Hit]:
    for place in municipalities(view.year):
        names = place.display_name, *(name.text for name in place.names)
        if (near := _nearness(asked, names, place.code)) is not None:
            yield Hit(near, place.display_name, place)


def _counties(view: View, asked: str, lines: tuple[Line, ...]) -> Iterator[Hit]:
    for area in view.counties:
        if (near := _nearness(asked, (area.name,), area.code)) is not None:
            page = "county" if area.code in view.at.recommendations else ""
            page = page or ("county_numbers" if opens(view, area.code, lines) else "")
            link = reverse(page, args=[view.year, area.code]) if page else ""
            yield Hit(
                near, area.name, kind="county", link=link, target=county_target(view.at, area.code), code=area.code
            )


def _titles(view: View, asked: str) -> Iterator[Hit]:
    """Find the meetings and criteria that this reader may see."""
    for code, title in titles(view):
        if (code in view.at.meetings or code in view.at.called_off) and (near := nearness(asked, (title,))) is not None:
            link = f"{reverse('meetings', args=[view.year])}#m-{code or 'joint'}"
            yield Hit(near, title, kind="which_meeting", link=link)
    for row in view.at.criteria:
        if (near := nearness(asked, (row.title,))) is not None:
            yield Hit(near, row.title, kind="nav_criteria", link=reverse("criteria", args=[view.year]))


def _nearness(asked: str, names: tuple[str, ...], code: str) -> int | None:
    """Return how near a place comes by name, or by the beginning of its code."""
    if asked.isdecimal() and code.startswith(asked):
        return 0 if asked == code else 1
    return nearness(asked, names)


def _table(
    view: View, places: list[Municipality], lines: tuple[Line, ...]
) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Return the table of municipalities; a column in which nothing is shown to this reader is left out."""
    line_of = {line.code: line for line in lines}
    cells = [_numbers(line_of[place.code], frozen=view.whole.is_frozen) for place in places]
    heads = [head for head in (cells[0] if cells else ()) if any(row[head] is not None for row in cells)]
    names = {area.code: area.name for area in view.counties}
    rows: list[Mapping[str, Any]] = [
        {
            "place": place,
            "county": names[place.county],
            "numbers": opens(view, place.county, lines),
            "explained": _is_explained(line_of[place.code], frozen=view.whole.is_frozen),
            "recommendation": place.county in view.at.recommendations,
            "cells": [(head, row[head]) for head in heads],
        }
        for place, row in zip(places, cells, strict=True)
    ]
    return heads, rows


def _is_explained(line: Line, *, frozen: bool) -> bool:
    """Tell whether a number of a line, as this reader may see it, has a page that explains it."""
    return line.proposed is not None or (frozen and line.asked_for is not None)


def _numbers(line: Line, *, frozen: bool) -> dict[str, int | Figure | None]:
    """Return the numbers of a line, each under its word; where there is none to tell, why: not asked, or no figure."""
    return {
        "previous": None if line.previous.status is Status.MISSING else line.previous,
        "proposed": line.proposed,
        "recommended": line.number,
        "outcome": line.outcome,
        "final": line.asked_told if frozen and line.asked_for == 0 else line.asked_for,
    }
