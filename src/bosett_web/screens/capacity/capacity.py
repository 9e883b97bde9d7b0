"""Capacity: a municipality reports its own, a county sees and mends, the directorate asks and sees the whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.http import Http404

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week, week_of
from bosett.geography import municipalities
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party
from bosett.rounds.visibility import Thing, may_see
from bosett.stages.capacity.holding import Key, Places, Voice, WeekSum, contradictions, sums
from bosett.stages.capacity.reports import Report
from bosett_web.queries.capacity.capacity import (
    FAR,
    AnsweringOf,
    AskingRow,
    answering_of,
    asking_situation,
    askings,
    known_ahead,
    newest_of,
    report_situation,
    seen_reports,
)
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.capacity.forms import (
    BESIDE,
    HEADS,
    LASTS,
    AgainForm,
    AskCapacityForm,
    CapacityForm,
    CountyAgainForm,
    CountyCapacityForm,
    FillGridForm,
    OwnCapacityForm,
    ReadCapacityForm,
    row_parts,
    week_choices,
    week_told,
)
from bosett_web.screens.forms import shown
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

REPORT = "capacity.report capacity.report_for"
SOME = 12
"""Weeks that a table shows; the rest of the half year can be opened."""


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """What holds of one kind in a municipality, week by week; and the reports that it rests on, in words."""

    head: str
    cells: tuple["PlacesCell", ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacesCell:
    """What is known of some weeks alike: a number of places, or what is known instead."""

    first: Week
    last: Week
    count: int | None
    voice: Voice
    firmness: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """The places of a kind over all municipalities that the reader sees, week by week."""

    head: str
    cells: tuple[WeekSum | None, ...]


@dataclass(frozen=True, slots=True)
class AskingTold:
    """A round of asking: how many have answered, in all and by county, those with most left first.

    Of a municipality's own only whether it has answered; `remind` where somebody has not, and the weeks are not over.
    """

    row: AskingRow
    weeks: str
    answered: int
    silent: int
    counties: tuple["CountyAnswering", ...]
    remind: Button | None
    is_over: bool

    @property
    def asked(self) -> int:
        """How many were asked."""
        return self.answered + self.silent


@dataclass(frozen=True, slots=True)
class CountyAnswering:
    """How far a county's municipalities have answered, and the names of those that have not."""

    code: str
    name: str
    answered: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContradictionTold:
    """Two parties that say otherwise of one municipality and kind."""

    place: str
    head: str
    voices: tuple[str, ...]


def capacity(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader sees nobody's capacity.
    """
    if not _sees_any(view):
        raise Http404
    this = week_of(view.day)
    weeks = tuple(this.to(this.after(FAR - 1)))
    known = known_ahead(seen_reports(view.request.who, view.year, weeks[0], weeks[-1]), view.day, FAR)
    own = view.actor.area if view.actor and view.actor.party is Party.MUNICIPALITY else ""
    if own and own not in _names(view.year):  # it was another municipality in that year
        raise Http404(own)
    ask = next(iter(buttons(view.request, asking_situation(view.whole, None), "capacity.ask")), None)
    return {
        "weeks": [(week, week_told(week, view.language)) for week in weeks[:SOME]],
        "sums": [] if own else _sums(known, weeks[:SOME], view.language),
        "contradictions": _contradictions(view, known),
        "askings": [_own_asking(view, row, own) if own else _asking(view, row) for row in askings(view.year)],
        "ask": ask,
        "ask_form": _asking_form(view) if may(ask) else None,
        "figures_form": _figures_form(view),
        "own": own,
        "held": places_rows(view, known, own, weeks[:SOME]) if own else [],
        **(_own_form(view, own) if own else {}),
        "counties": view.counties
        if view.request.who.party is not Party.COUNTY
        else [view.county(view.request.who.area)],
        "subject": f"capacity:{view.year}" + (f":{own}" if own else ""),
    }


def county_capacity(view: View, code: str) -> Mapping[str, Any]:
    """Build a county's page: what is reported of each of its municipalities, and the grid that mends it.

    Raises:
        Http404: There is no such county, or the reader does not see its municipalities'.
    """
    county = view.county(code)
    places = [place for place in municipalities(view.year) if place.county == code]
    if not all(may_see(view.request.who, Thing.CAPACITY, "reported", code, place.code) for place in places):
        raise Http404(code)
    this = week_of(view.day)
    weeks = tuple(this.to(this.after(SOME - 1)))
    reports = seen_reports(view.request.who, view.year, weeks[0], weeks[-1])
    codes = {place.code for place in places}
    known = {key: each for key, each in known_ahead(reports, view.day, SOME).items() if key[0] in codes}
    silent = next((each.silent for each in _newest_answering(view) if each.county == code), ())
    names = {place.code: place.display_name for place in places}
    by_silence = sorted(places, key=lambda place: (place.code not in silent, formats.sort_key(place.display_name)))
    page = reporting(view, [place.code for place in by_silence], CountyCapacityForm, code)
    form = page["form"]
    fill = shown(view.request, FillGridForm, "capacity.fill", begin="fill") if form else None
    return {
        "county": county,
        "fill_form": fill,
        "places": [
            (
                place,
                form.row(place.code, place.display_name) if form else None,
                _now(view, known, place.code),
                place.code in silent,
            )
            for place in by_silence
        ],
        "heads": [say(head, view.language) for head in HEADS.values()],
        "silent": [names[each] for each in silent],
        "contradictions": _contradictions(view, known),
        "subject": f"capacity:{view.year}:{code}",
        **page,
    }


def reporting(view: View, codes: Sequence[str], kind: type[CapacityForm], area: str = "") -> Mapping[str, Any]:
    """Return the form that reports, filled with what was said last by the same party, and the one that repeats it."""
    area = area or codes[0]
    button = next(iter(buttons(view.request, report_situation(view.whole, area), REPORT)), None)
    if button is None or not may(button):
        return {"report": button, "form": None, "again": None}
    former: dict[str, dict[PlaceKind, Report]] = {code: {} for code in codes}
    for (code, place), report in newest_of(view.request.who.party, codes).items():
        former[code][place] = report
    parts = {name: value for code in codes for name, value in row_parts(code, former[code]).items()}
    newest = max((each for of in former.values() for each in of.values()), key=lambda each: each.number, default=None)
    this = week_of(view.day)
    initial = parts | {
        "first": str(this),
        "last": str(this.after(SOME - 1)),
        "expires_on": view.day + LASTS,
        "firmness": newest.firmness.value if newest else "firm",
        "lead": newest.lead if newest else None,
    }
    if newest and len(codes) == 1:
        initial |= {"measures": newest.measures}
    carried = {"county": area} if kind is CountyCapacityForm else {}
    form = shown(view.request, kind, button.name, initial=initial, carries=carried)
    form.offer_weeks(view.day)
    for code in codes:
        form.row(code, _name(view, code))
    again = (CountyAgainForm, "capacity.again_for") if carried else (AgainForm, "capacity.again")
    repeat = shown(view.request, *again, begin="again", carries=carried) if newest else None
    return {
        "report": button,
        "form": form,
        "again": repeat,
        "said_last": formats.day(newest.said_on, view.language) if newest else "",
    }


def _own_form(view: View, own: str) -> Mapping[str, Any]:
    """Return the form of a municipality in its parts: counts, how it is placed, and what is seldom changed."""
    page = reporting(view, (own,), OwnCapacityForm)
    form = page["form"]
    if form is None:
        return page
    row = form.row(own, "")
    more = [form[name] for name in ("firmness", "ask_by", "lead", "expires_on")]
    return {
        **page,
        "counts": [row[kind] for kind in PlaceKind],
        "beside": [row[part] for part in BESIDE],
        "more": more,
        "more_open": any(each.errors for each in more),
    }


def places_rows(view: View, known: Mapping[Key, Places], code: str, weeks: Sequence[Week]) -> list[PlacesRow]:
    """Return what holds of each kind in a municipality, in words; of kinds that nobody has spoken of nothing."""
    rows = []
    for kind in PlaceKind:
        cells = [known.get((code, kind, week)) for week in weeks]
        if not any(cells):
            continue
        rests_on = dict.fromkeys(report for each in cells if each for report in each.reports)
        rows.append(
            PlacesRow(
                head=say(f"place_{kind}", view.language),
                cells=tuple(_alike(weeks, cells)),
                notes=tuple(voice_told(report, view.language) for report in rests_on),
            )
        )
    return rows


def voice_told(report: Report, language: str) -> str:
    """Return who said what, when, and until when it may be used."""
    return say(
        "capacity_voice",
        language,
        who=say(f"said_by_{report.said_by}", language),
        day=formats.day(report.said_on, language),
        places=report.count,
        firmness=say(f"firmness_{report.firmness}", language),
        until=formats.day(report.expires_on, language),
    )


def _alike(weeks: Sequence[Week], cells: Sequence[Places | None]) -> Iterator[PlacesCell]:
    """Yield what is known of the weeks, those together that follow each other and of which the same is known."""
    for (voice, count, firmness), group in groupby(zip(weeks, cells, strict=True), lambda pair: _what(pair[1])):
        run = [week for week, _ in group]
        yield PlacesCell(run[0], run[-1], count, voice, firmness)


def _what(places: Places | None) -> tuple[Voice, int | None, str]:
    return (Voice.UNSAID, None, "") if places is None else (places.voice, places.count, places.firmness or "")


def _now(view: View, known: Mapping[Key, Places], code: str) -> list[PlacesRow]:
    """Return what holds in a municipality in this week."""
    return places_rows(view, known, code, [week_of(view.day)])


def _sums(known: Mapping[Key, Places], weeks: Sequence[Week], language: str) -> list[SumRow]:
    by = sums(known)
    rows = [(kind, tuple(by.get((kind, week)) for week in weeks)) for kind in PlaceKind]
    return [SumRow(say(f"place_{kind}", language), cells) for kind, cells in rows if any(cells)]


def _contradictions(view: View, known: Mapping[Key, Places]) -> list[ContradictionTold]:
    return [
        ContradictionTold(
            place=_name(view, code),
            head=say(f"place_{kind}", view.language),
            voices=tuple(voice_told(report, view.language) for report in reports),
        )
        for code, kind, reports in contradictions(known)
    ]


def _asking(view: View, row: AskingRow) -> AskingTold:
    who, names = view.request.who, {each.code: each.name for each in view.counties}
    seen = [
        CountyAnswering(each.county, names[each.county], each.answered, tuple(_name(view, c) for c in each.silent))
        for each in sorted(answering_of(view.year, row), key=lambda each: -len(each.silent))
        if who.party is not Party.COUNTY or each.county == who.area
    ]
    silent = sum(len(each.silent) for each in seen)
    first, last = (week_told(week, view.language) for week in row.weeks)
    is_over = row.weeks[1] < week_of(view.day)
    remind = next(
        iter(buttons(view.request, asking_situation(view.whole, row), "capacity.remind", asking=row.id)), None
    )
    return AskingTold(
        row=row,
        weeks=say("weeks_from_to", view.language, first=first, last=last),
        answered=sum(each.answered for each in seen),
        silent=silent,
        counties=tuple(seen),
        remind=remind if silent and not is_over else None,
        is_over=is_over,
    )


def _own_asking(view: View, row: AskingRow, own: str) -> AskingTold:
    is_silent = any(own in each.silent for each in answering_of(view.year, row))
    first, last = (week_told(week, view.language) for week in row.weeks)
    return AskingTold(
        row=row,
        weeks=say("weeks_from_to", view.language, first=first, last=last),
        answered=int(not is_silent),
        silent=int(is_silent),
        counties=(),
        remind=None,
        is_over=row.weeks[1] < week_of(view.day),
    )


def _asking_form(view: View) -> AskCapacityForm:
    this = week_of(view.day)
    initial = {"first": str(this), "last": str(this.after(SOME - 1))}
    form = shown(view.request, AskCapacityForm, "capacity.ask", begin="ask", initial=initial)
    for name in ("first", "last"):
        form.offer(name, week_choices(view.day, view.language))
    return form


def _figures_form(view: View) -> ReadCapacityForm | None:
    """Return the form that reads what is reported in as figures; None for who may not."""
    if not may(next(iter(buttons(view.request, Situation(None), "figures.read")), None)):
        return None
    this = week_of(view.day)
    initial = {"first": str(this), "last": str(this.after(FAR - 1))}
    form = shown(view.request, ReadCapacityForm, "capacity.figures", begin="figures", initial=initial)
    for name in ("first", "last"):
        form.offer(name, week_choices(view.day, view.language))
    return form


def _newest_answering(view: View) -> tuple[AnsweringOf, ...]:
    row = next(iter(askings(view.year)), None)
    return answering_of(view.year, row) if row is not None else ()


def _sees_any(view: View) -> bool:
    who = view.request.who
    county, own = (who.area, "") if who.party is Party.COUNTY else (who.county, who.area)
    return may_see(who, Thing.CAPACITY, "reported", county, own)


def _name(view: View, code: str) -> str:
    return _names(view.year)[code]


@cache
def _names(year: int) -> Mapping[str, str]:
    return {place.code: place.display_name for place in municipalities(year)}
