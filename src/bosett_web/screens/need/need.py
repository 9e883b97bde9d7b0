"""The need of a year: scenarios side by side, each with its range, and one's own numbers in place of a scenario's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from bosett.rounds.need_asked import NeedAsked
from bosett.rounds.notices import Span
from bosett.rounds.visibility import Thing
from bosett.stages.forecast.calendar import BadCalendar
from bosett.stages.forecast.judgement import judge_country
from bosett.stages.forecast.scenario import RestsOn, shipped_scenarios
from bosett.stages.forecast.streams import NeedStream
from bosett.stages.forecast.summary import NeedRange
from bosett.stages.forecast.versions import KnownLater, NumberVersion
from bosett_web.queries.sight import sees
from bosett_web.screens import formats
from bosett_web.screens.charts import charts_of
from bosett_web.screens.need.cards import (
    NeedCard,
    answers_of,
    card,
    ends_told,
    marks_of,
    pieces_of,
    source_of,
    title_of,
)
from bosett_web.screens.need.forms import (
    CHANGED,
    TOLD,
    WHOLE,
    OwnNumbers,
    SlidersForm,
    own_numbers,
    question,
    stops_told,
    year_in,
    years_of,
)
from bosett_web.screens.refusals import in_words
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

HOME = "Norway"
"""The country whose arrivals the page tells how often were told rightly."""
OWN = "own"

Asked = Mapping[str, NeedAsked]
"""Questions by the names that the page gives their scenarios."""


@dataclass(frozen=True, slots=True)
class StreamLine:
    """A stream side by side: what it is, and who of it is to be settled in each scenario; None is not told."""

    title: str
    ranges: tuple[tuple[str, NeedRange | None], ...]


def need(view: View) -> Mapping[str, Any]:
    """Build the page: the scenarios of the round's year, or of the year that runs, and one's own numbers.

    Raises:
        Http404: The reader may not see forecasts.
    """
    require_sight(view)
    of, years = year_in(view.request.GET.get("of", ""), view.year, view.day), years_of(view.year, view.day.year)
    base = {"of": str(of), "years": list(map(str, years)) if len(years) > 1 else []}
    if not shipped_scenarios(of):
        return base | {"lacking": say("need_none", view.language, year=of)}
    stops = stops_told(of)
    asked, later = _questions(view, of, stops)
    if not asked:
        day = formats.day(min(later), view.language)
        return base | {"lacking": say("need_later", view.language, year=of, day=day)}
    form, own = _own(view, of, asked, stops)
    answers = answers_of(view.year, asked if own is None else {**asked, OWN: own[1]})
    marks = marks_of(view, of)
    most = max(*(each.total.p90 for each in answers.values()), *(mark.value for mark in marks), 1)
    cards = [card(view, f"need-{name}", name, answers[name], marks, most) for name in asked]
    own_card = None if own is None else card(view, "own-answer", own[0], answers[OWN], marks, most)
    return base | {
        "cards": cards,
        "streams": _side_by_side(view, cards),
        "marks": marks,
        "form": form,
        "own": own_card,
        **charts_of(*(chart for each in (*cards, own_card) if each for chart in each.charts)),
        "changed": [] if own is None else _changed(view, own[1]),
        "is_sent": form.is_bound,
        "hits": judge_country(HOME).score,
        "waiting": any(each.is_waiting for each in [*cards, *([own_card] if own_card else [])]),
        "here": view.request.get_full_path(),
        "today": view.day,
    }


def require_sight(view: View) -> None:
    """Let pass whoever may see forecasts.

    Raises:
        Http404: The reader may not.
    """
    if not sees(view.request.who, Thing.FORECAST, "registered", view.whole, view.moment):
        raise Http404


def _questions(view: View, of: int, stops: tuple[Span, ...]) -> tuple[Asked, list[date]]:
    """Return the questions that the day knows enough for, and from when it would know enough for the others."""
    asked, later = {}, []
    for name in (*shipped_scenarios(of), *((TOLD,) if stops else ())):
        each = question(of, name, view.day, stops)
        try:
            each.model()
        except KnownLater as refused:
            later.append(refused.first)
        else:
            asked[name] = each
    return asked, later


def _own(
    view: View, of: int, asked: Asked, stops: tuple[Span, ...]
) -> tuple[SlidersForm, tuple[str, NeedAsked] | None]:
    """Return the form of one's own numbers; and the scenario and question, when they are others than the scenario's."""
    data = view.request.GET
    name = data.get("scenario", "")
    name = name if name in asked else next(iter(asked))
    numbers = own_numbers(asked[name].model())
    initial = {
        "of": of,
        "scenario": name,
        "quota": numbers.quota,
        "ramp": None if numbers.stop is None else numbers.stop.ramp,
        "permits": WHOLE,
        "alone": numbers.alone,
    }
    is_sent = bool(data.keys() & CHANGED)
    form = SlidersForm(data if is_sent else None, language=view.language, initial=initial)
    form.begin_with(OWN)
    form.is_shown = True
    form.fit(numbers)
    form.offer("scenario", [(each, title_of(view, of_it)) for each, of_it in asked.items()])
    _explain(view, form, asked[name], numbers)
    if not is_sent or not form.is_valid():
        return form, None
    changes = form.changes(numbers)
    if not changes.is_any:
        return form, None
    changed = question(of, name, view.day, stops, changes)
    try:
        changed.model()
    except BadCalendar as refused:
        day = formats.day(refused.since, view.language)
        form.add_error("restart", in_words("need_restart_early", {"day": day}, view.language))
        return form, None
    return form, (name, changed)


def _explain(view: View, form: SlidersForm, asked: NeedAsked, own: OwnNumbers) -> None:
    """Say at each slider what the scenario has, and where that is from."""
    rests = asked.scenario.rests_on(asked.day, asked.year)
    numbers = {(each.of, each.name): each for each in rests}
    stop = next((each for each in rests if not isinstance(each.version, NumberVersion)), None)
    of_stop = stop if asked.stops is None else None
    own_values: Mapping[str, tuple[object, RestsOn | None]] = {
        "quota": (own.quota, numbers.get((NeedStream.RESETTLEMENT, "quota"))),
        "restart": (own.stop and ends_told(own.stop.restarts, view.language), of_stop),
        "ramp": (own.stop and own.stop.ramp, of_stop),
        "alone": (f"{own.alone}\u00a0%", numbers.get((NeedStream.RECEPTION, "alone"))),
    }
    for name, (value, rests_on) in own_values.items():
        if name in form.fields:
            words = [say("need_own_value", view.language, value=value)]
            if rests_on is not None:
                source, is_assumed = source_of(rests_on.version, view.language)
                source = "".join(piece.text for piece in pieces_of(source))
                words.append(say("need_assumed_because" if is_assumed else "need_from", view.language, text=source))
            form.fields[name].help_text = " ".join(words)
    if "permits" in form.fields:
        form.fields["permits"].help_text = say("need_permits_help", view.language)


def _changed(view: View, asked: NeedAsked) -> list[str]:
    """Return what is changed, in words."""
    changes, language = asked.changes, view.language
    whole = {
        "quota": changes.quota,
        "restart": None if changes.restart is None else ends_told([changes.restart], language),
        "ramp": changes.ramp,
        "permits": None if changes.permits is None else f"{int(changes.permits * WHOLE)}\u00a0%",
        "alone": None if changes.alone is None else f"{int(changes.alone * WHOLE)}\u00a0%",
    }
    return [
        f"{say(f'need_field_{name}', language)}: {formats.number(value) if isinstance(value, int) else value}"
        for name, value in whole.items()
        if value is not None
    ]


def _side_by_side(view: View, cards: Sequence[NeedCard]) -> list[StreamLine]:
    """Return who is to be settled in the year, by stream and in each scenario; everybody last."""
    totals = [each.answer.numbers.summary.year_total for each in cards]
    names = dict.fromkeys(
        name for stream in (*NeedStream, "all") for by_name in totals for name in by_name if name == stream
    )
    return [
        StreamLine(
            say(f"need_of_{name}", view.language),
            tuple((each.title, by_name.get(name)) for each, by_name in zip(cards, totals, strict=True)),
        )
        for name in names
    ]
