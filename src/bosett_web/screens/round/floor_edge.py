"""Who stands nearest to the edge of the floor, in words: of the criteria in force, and of a choice that is tried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.documents.floor_edge import edge_lines
from bosett.documents.words import exact as decimals
from bosett.geography import municipalities
from bosett.rounds.floor_edge import EdgePlace, first_left, last_asked, years_before
from bosett_web.queries.round.floor_edge import held_years
from bosett_web.screens.screen import View


@dataclass(frozen=True, slots=True)
class NearRow:
    """A municipality near the edge: its shares in persons, whether it stands at the edge, and what is known of before.

    `exact` is the share of the country's persons before floors; `scaled` that among those who are asked with it.
    """

    name: str
    exact: str
    scaled: str
    near: bool
    lines: tuple[str, ...]


def nearest(view: View, edge: Mapping[str, EdgePlace], exact: Mapping[str, Fraction]) -> Mapping[str, Any]:
    """Return those nearest to the edge on both sides of it; no rows where nobody has a floor.

    Args:
        view: Who looks at which round.
        edge: Where each municipality stands.
        exact: Their exact shares, in persons.
    """
    names = {place.code: place.display_name for place in municipalities(view.year)}
    kept_years = held_years(view.year, view.request.who, view.moment) if edge else {}

    def rows(places: Iterable[EdgePlace]) -> list[NearRow]:
        return [
            NearRow(
                names[each.code],
                decimals(exact[each.code], view.language, 2),
                decimals(each.scaled, view.language, 2),
                each.near,
                edge_lines(
                    each,
                    view.year,
                    years_before(each.code, view.year, view.day, kept_years, view.at.figures),
                    view.language,
                ),
            )
            for each in places
        ]

    return {"has_edge": bool(edge), "last_asked": rows(last_asked(edge)), "first_left": rows(first_left(edge))}
