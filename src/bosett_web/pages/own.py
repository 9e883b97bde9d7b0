"""The municipality's own page: where the round stands, and from its letter on its number, why, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.documents.explanation import ITEM, Section, sections
from bosett.documents.words import figure_line
from bosett.figures.kinds import Figure
from bosett.geography import municipality
from bosett.render.bars import Bar, Group, bar_chart
from bosett.rounds.alike import Alike, alike, centrality_classes
from bosett.rounds.history import MEASURES, YearBefore, history, sources
from bosett.rounds.parties import Party
from bosett.rounds.population import inhabitants
from bosett_web.pages import formats
from bosett_web.pages.answers import answering
from bosett_web.pages.country import reasons_of
from bosett_web.pages.duties import all_duties, waiting
from bosett_web.pages.overview import shared
from bosett_web.pages.screen import View
from bosett_web.pages.words import figure, say
from bosett_web.queries.country import computes
from bosett_web.queries.letters import own_letter
from bosett_web.queries.lines import Line
from bosett_web.queries.own import explained, letter
from bosett_web.queries.visible import is_released, lines_for, sees_all_numbers


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A municipality like this one, with its number as far as this reader may see it."""

    name: str
    people: int
    number: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A section of an explained number: paragraphs, and the items of its list where it has one."""

    heading: str
    before: tuple[str, ...]
    items: tuple[str, ...]
    after: tuple[str, ...]


def own(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader is no municipality of the round's year.
    """
    if view.actor is None or view.actor.party is not Party.MUNICIPALITY:
        raise Http404
    rows = {line.code: line for line in lines_for(view.whole, view.request.who, view.moment)}
    line = rows.get(view.actor.area)
    if line is None:  # it was another municipality in that year
        raise Http404(view.actor.area)
    released = is_released(view.whole, view.moment)
    context = {
        "line": line,
        "place": municipality(line.code, view.year),
        "state": _state(line, released=released),
        "waits": waiting(view, all_duties(view)),
    }
    if context["state"] == "waiting":
        return {**context, "year_before": str(view.year - 1), "steps": shared(view)}
    return {
        **context,
        "letter": letter(view.year, line),
        "letter_file": own_letter(view.year, line.code),
        **_why(view, line),
        "reasons": reasons_of(line, view.language),
        **_before(view, line),
        **_like(view, line, rows),
        **answering(view, line),
    }


def _state(line: Line, *, released: bool) -> str:
    """Return what the municipality can know: it waits, is asked, or is not asked."""
    if line.sent is not None:
        return "asked"
    if not released:
        return "waiting"
    return "asked" if line.asked_for else "not_asked"


def _why(view: View, line: Line) -> Mapping[str, Any]:
    """Return the explained number; what others would get stands in it only once all numbers are public."""
    found = explained(view.whole, view.request.who, line, view.moment)
    criteria = view.at.current_criteria
    if found is None:
        unknown = criteria is not None and not computes(criteria.file, view.day)
        return {"told": (), "criteria": criteria, "weights_unknown": unknown}
    others = sees_all_numbers(view.request.who, view.whole, view.moment)
    _, told = sections(found, view.language, others=others)
    return {"told": tuple(_told(each) for each in told), "criteria": criteria, "proposed": formats.number(found.number)}


def _told(section: Section) -> Told:
    """Return a section with its list apart from the paragraphs before and after it."""
    places = [place for place, line in enumerate(section.lines) if line.startswith(ITEM)]
    if not places:
        return Told(section.heading, section.lines, (), ())
    first, last = places[0], places[-1] + 1
    items = tuple(line.removeprefix(ITEM) for line in section.lines[first:last])
    return Told(section.heading, section.lines[:first], items, section.lines[last:])


def _before(view: View, line: Line) -> Mapping[str, Any]:
    """Return the years before: chart, table and sources."""
    years = history(view.year, view.day)[line.code]
    return {
        "past": years,
        "chart": _chart(years, line.name, view.language) if _any(years) else "",
        "measures": [(f"b{place}", say(f"history_{name}", view.language)) for place, name in enumerate(MEASURES, 1)],
        "sources": [figure_line(each, view.language) for each in sources(view.year, view.day)],
    }


def _any(years: Sequence[YearBefore]) -> bool:
    return any(getattr(each, name).persons is not None for each in years for name in MEASURES)


def _chart(years: Sequence[YearBefore], name: str, language: str) -> str:
    groups = [
        Group(
            str(each.year),
            tuple(
                _bar(f"b{place}", each.year, measure, getattr(each, measure), language)
                for place, measure in enumerate(MEASURES, 1)
            ),
        )
        for each in years
    ]
    label = f"{name}: {say('history_title', language)}"
    return bar_chart(groups, label, say("in_table", language))


def _bar(look: str, year: int, measure: str, value: Figure, language: str) -> Bar:
    title = f"{year}, {say(f'history_{measure}', language)}: {figure(value, language)}"
    return Bar(look, value.persons, title)


def _like(view: View, line: Line, rows: Mapping[str, Line]) -> Mapping[str, Any]:
    """Return the municipalities that are most like this one, itself among them, by population."""
    people = inhabitants(view.year, view.day)
    found = alike(line.code, view.year, people.people)
    told = [_like_row(each, rows[each.place.code]) for each in found]
    if told:
        told.append(LikeRow(line.name, people.people[line.code], line.asked_for, own=True))
    return {
        "like": sorted(told, key=lambda each: -each.people),
        "centrality": centrality_classes(view.year).get(line.code),
        "population_source": figure_line(people.told, view.language) if people.told else "",
        "hides": not is_released(view.whole, view.moment),
    }


def _like_row(found: Alike, line: Line) -> LikeRow:
    return LikeRow(line.name, found.people, line.asked_for, own=False)
