"""The municipality's own page: where the round stands, and from its letter on its number, why, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.documents.explanation import sections, why_none
from bosett.documents.words import figure_line
from bosett.figures.kinds import Figure, Status
from bosett.geography import municipality
from bosett.rounds.history import MEASURES, YearBefore, history, sources
from bosett.rounds.parties import Party
from bosett.rounds.population import inhabitants
from bosett.rounds.similar import alike, centrality_classes
from bosett_web.queries.former import published
from bosett_web.queries.letters.contents import CONTACT
from bosett_web.queries.lines import NO_FIGURE, Line
from bosett_web.queries.round.country import computes
from bosett_web.queries.round.number_versions import versions_of_municipality
from bosett_web.queries.round.own import explained, first_asked, letter, why_not
from bosett_web.queries.sight import is_released, lines_for, sees_all_numbers
from bosett_web.screens.alerts_in_words import news_for
from bosett_web.screens.charts import chart_at, charts_of
from bosett_web.screens.consultation import reasons_of
from bosett_web.screens.decisions.answers import answering
from bosett_web.screens.duties_in_words import all_duties, elsewhere, waiting
from bosett_web.screens.notices.notices import what_goes_on
from bosett_web.screens.round.history import chart_of_years
from bosett_web.screens.round.overview import shared
from bosett_web.screens.round.why import in_parts
from bosett_web.screens.screen import View


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A municipality like this one, with its number as far as this reader may see it."""

    name: str
    people: int
    number: Figure
    own: bool


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
    state = _state(view, line)
    context = {
        "line": line,
        "place": municipality(line.code, view.year),
        "state": state,
        "waits": waiting(view, all_duties(view)),
        "elsewhere": elsewhere(view),
        "goes_on": what_goes_on(view),
        "news": news_for(view.actor, view.language),
    }
    if state == "waiting":
        return {**context, "year_before": str(view.year - 1), "steps": shared(view)}
    return {
        **context,
        "letter": letter(view.year, line),
        "has_page": bool(versions_of_municipality(view.whole, line, view.request.who, view.moment)),
        **_why(view, line),
        **(_none(view, line) if state == "not_asked" else {}),
        "first_asked": first_asked(view.year, line.code) if state == "no_longer" else None,
        "reasons": reasons_of(line, view.language),
        **_before(view, line),
        **_like(view, line, rows),
        **answering(view, line),
    }


def _state(view: View, line: Line) -> str:
    """Return what the municipality can know.

    Returns:
        `waiting` for its letter; `asked`; `not_asked`; `no_longer` asked, though it was; or `unknown`, in a round from
        before the workspace whose figures do not tell.
    """
    if line.sent is None and not is_released(view.whole, view.moment):
        return "waiting"
    number = line.asked_for if line.sent is None else line.sent
    if number is None:
        published_figure = published(view.year, line.code, view.day, view.at.figures)
        return "not_asked" if published_figure.status is Status.NOT_ASKED else "unknown"
    if number:
        return "asked"
    return "no_longer" if first_asked(view.year, line.code) else "not_asked"


def _why(view: View, line: Line) -> Mapping[str, Any]:
    """Return the explained number; what others would get stands in it only once all numbers are public."""
    explanation = explained(view.whole, view.request.who, line, view.moment)
    criteria = view.at.current_criteria
    if explanation is None:
        unknown = criteria is not None and not computes(criteria.file, view.day, view.at.figures)
        return {"told": (), "criteria": criteria, "weights_unknown": unknown}
    others = sees_all_numbers(view.request.who, view.whole, view.moment)
    _, parts = sections(explanation, view.language, others=others)
    return {
        "told": in_parts(parts),
        "criteria": criteria,
        "proposed": explanation.number,
        "why_none": why_none(explanation, view.language),
    }


def _none(view: View, line: Line) -> Mapping[str, Any]:
    """Return what only one that is not asked is told: who decided it and why, and whom to write to."""
    return {"decided": why_not(view.whole, line, view.language), "contact": CONTACT}


def _before(view: View, line: Line) -> Mapping[str, Any]:
    """Return the years before: chart, table and sources."""
    years = history(view.year, view.day, view.at.figures)[line.code]
    notes = sources(view.year, view.day, view.at.figures)
    place = chart_at(view, "own", "years")
    return {
        "past": years,
        "sources": [figure_line(each, view.language) for each in notes],
        **charts_of(chart_of_years(view, place, line.name, years, notes) if _any(years) else None),
    }


def _any(years: Sequence[YearBefore]) -> bool:
    return any(getattr(each, name).persons is not None for each in years for name in MEASURES)


def _like(view: View, line: Line, rows: Mapping[str, Line]) -> Mapping[str, Any]:
    """Return the municipalities that are most like this one, itself among them, by population."""
    people = inhabitants(view.year, view.day, view.at.figures)
    similar = alike(line.code, view.year, people.people)
    like_rows = [
        LikeRow(rows[each.place.code].name, each.people, _asked(view, rows[each.place.code]), own=False)
        for each in similar
    ]
    if like_rows:
        like_rows.append(LikeRow(line.name, people.people[line.code], _asked(view, line), own=True))
    return {
        "like": sorted(like_rows, key=lambda each: -each.people),
        "centrality": centrality_classes(view.year).get(line.code),
        "population_source": figure_line(people.note, view.language) if people.note else "",
        "hides": not is_released(view.whole, view.moment),
    }


def _asked(view: View, line: Line) -> Figure:
    """Return what a municipality is asked for as far as it is shown: 0 is not asked, nothing is what was published."""
    if line.asked_for is None:
        return (
            published(view.year, line.code, view.day, view.at.figures)
            if is_released(view.whole, view.moment)
            else NO_FIGURE
        )
    return line.asked_told
