"""The settlement year: how far each municipality has come on a day, the rows of the ledger, and what can be entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404

from bosett.figures.kinds import Status
from bosett.rounds.parties import Party
from bosett.sources.values import NotRead, read_day
from bosett.stages.settlement.ledger import LedgerCount, LedgerGroup, SettlementStep
from bosett.stages.settlement.sides import Disagreement, LedgerSide, LeftToSettle
from bosett_web.actions.settlement.ledger import side_of
from bosett_web.queries.lines import Line
from bosett_web.queries.settlement.ledger import (
    AreaYear,
    LedgerLine,
    LedgerYear,
    area_years,
    as_of,
    entered_row,
    new_row,
    seen_lines_of,
    sum_of,
    told_by,
)
from bosett_web.queries.sight import lines_for, sees_ledger
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import sent, shown
from bosett_web.screens.screen import View
from bosett_web.screens.settlement.forms import UPLOAD, CorrectRowForm, CountForm, LedgerFilter, TableForm
from bosett_web.screens.words import figure, say

ENTER, CORRECT = "ledger.enter ledger.tell", "ledger.correct ledger.correct_own"
"""The moves, of the directorate and of a municipality: a page has those of its reader."""
MOST_ROWS, MOST_OF_ONE = 20, 200
"""Rows that are listed, the newest, of several municipalities or of one; the workbook holds all."""


@dataclass(frozen=True, slots=True)
class CountInWords:
    """A cell: a number, or why there is none. `beside` is what is said beside it."""

    words: str
    is_known: bool
    beside: str = ""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A county or a municipality in the table, cell by cell; `address` leads to it."""

    address: str
    name: str
    cells: tuple[tuple[str, CountInWords], ...]


@dataclass(frozen=True, slots=True)
class RowInWords:
    """A row of the ledger as the page lists it."""

    line: LedgerLine
    name: str
    step: str
    group: str
    count: CountInWords
    side: str
    may_be_corrected: bool


@dataclass(frozen=True, slots=True)
class DisagreementInWords:
    """What the two tell of the same."""

    name: str
    step: str
    directorate: CountInWords
    municipality: CountInWords


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader has asked to see: the ledger as of a day, of a county, of one municipality."""

    on: date
    is_now: bool
    fault: str
    county: str
    municipality: str

    def takes(self, place: Line) -> bool:
        """Tell whether a municipality is among those that are asked for."""
        return place.code == self.municipality if self.municipality else self.county in ("", place.county)


def settlement(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who may see none of it.
    """
    places = seen_places(view)
    wanted = wanted_of(view, places)
    lines = seen_lines_of(view.whole, view.request.who, places)
    ledger = as_of(lines, view.year, wanted.on)
    chosen = [place for place in places if wanted.takes(place)]
    areas = area_years(view.whole, view.request.who, view.moment, chosen, ledger)
    names = {place.code: place.name for place in places}
    whole = sum_of("", name_of_all(view, wanted, chosen), areas, ledger)
    of_counties = not wanted.county and len(chosen) > 1
    codes = {place.code for place in chosen}
    listed = [line for line in told_by(lines, wanted.on) if line.row.municipality in codes]
    most = MOST_OF_ONE if len(chosen) == 1 else MOST_ROWS
    quiet = [] if of_counties else [area for area in areas if is_quiet(area)]
    return {
        "wanted": wanted,
        "filter": filter_form(view, places, wanted),
        "any": bool(lines),
        "made_up": any(line.made_up for line in lines),
        "total": _cells(whole, view.language),
        "total_name": whole.name,
        "rows": _counties(view, wanted, chosen, areas, ledger)
        if of_counties
        else _row_of(
            [area for area in areas if area not in quiet],
            {place.code: place.county for place in chosen},
            wanted,
            view.language,
        ),
        "quiet": [area.name for area in quiet],
        "of_counties": of_counties,
        "several": len(areas) > 1,
        "disagreements": _disagreements(ledger, names, codes, view.language),
        "listed": [_line(line, names, view) for line in reversed(listed[-most:])],
        "more": max(len(listed) - most, 0),
        "begun": view.day >= date(view.year, 1, 1),
        "subject": f"ledger:{view.year}",
        "query": f"?county={wanted.county}" if wanted.county else "",
        **_entering(view, places, lines),
    }


def seen_places(view: View) -> list[Line]:
    """Return the municipalities whose part of the ledger somebody may see, by name.

    Raises:
        Http404: There are none.
    """
    places = [
        line
        for line in lines_for(view.whole, view.request.who, view.moment)
        if sees_ledger(view.request.who, line.county, line.code)
    ]
    if not places:
        raise Http404
    return sorted(places, key=lambda line: formats.sort_key(line.name))


def count_in_words(count: LedgerCount | None, language: str) -> CountInWords:
    """Return a count in words: a sum with hidden counts in it is no fewer than what is shown of it."""
    if count is None:
        return CountInWords(say("missing", language), is_known=False)
    if not count.hidden:
        return CountInWords(formats.number(count.shown), is_known=True)
    if not count.shown:
        return CountInWords(say("hidden", language), is_known=False)
    beside = say("ledger_hidden", language, count=count.hidden)
    return CountInWords(say("ledger_at_least", language, number=count.shown), is_known=True, beside=beside)


# What is asked for


def wanted_of(view: View, places: Sequence[Line]) -> Wanted:
    """Return what is asked for; a day that has not come, or is none, is told, and today is shown."""
    counties = {place.county for place in places}
    county = next(iter(counties)) if len(counties) == 1 else view.request.GET.get("county", "")
    municipality = view.request.GET.get("municipality", "")
    codes = {place.code for place in places if county in ("", place.county)}
    on, fault = view.day, ""
    try:
        on = read_day(view.request.GET.get("on", "")) or view.day
    except NotRead:
        fault = say("not_a_day", view.language)
    if on > view.day:
        on, fault = view.day, say("ledger_day_to_come", view.language)
    return Wanted(
        on, on == view.day, fault, county if county in counties else "", municipality if municipality in codes else ""
    )


def filter_form(view: View, places: Sequence[Line], wanted: Wanted) -> LedgerFilter:
    """Return the form that asks for a day, a county and a municipality; who sees but one has no choice."""
    initial = {"on": wanted.on, "county": wanted.county, "municipality": wanted.municipality}
    form = LedgerFilter(language=view.language, initial=initial)
    form.begin_with("w")
    counties = {place.county for place in places}
    everyone = ("", form.worded("letters_any"))
    if len(counties) > 1:
        form.offer("county", [everyone, *((each.code, each.name) for each in view.counties if each.code in counties)])
    else:
        del form.fields["county"]
    if len(places) > 1:
        own = [place for place in places if wanted.county in ("", place.county)]
        form.offer("municipality", [everyone, *((place.code, place.name) for place in own)])
    else:
        del form.fields["municipality"]
    return form


def name_of_all(view: View, wanted: Wanted, chosen: Sequence[Line]) -> str:
    """Return what the municipalities that are asked for are together."""
    if len(chosen) == 1:
        return chosen[0].name
    if wanted.county:
        return view.county(wanted.county).name
    return say("run_whole_country", view.language).capitalize()


# In words


def is_quiet(area: AreaYear) -> bool:
    """Tell whether a municipality is not asked for anybody, and nothing is told of it: it is named, without a row."""
    nothing = (area.enquired, area.agreed, area.settled) == (None, None, None)
    return area.requested.status is Status.NOT_ASKED and nothing and area.decided.status is Status.MISSING


def _counties(
    view: View, wanted: Wanted, chosen: Sequence[Line], areas: Sequence[AreaYear], ledger: LedgerYear
) -> list[AreaRow]:
    by_county: dict[str, list[AreaYear]] = {}
    for place, area in zip(chosen, areas, strict=True):
        by_county.setdefault(place.county, []).append(area)
    names = {each.code: each.name for each in view.counties}
    codes = sorted(by_county, key=lambda code: formats.sort_key(names[code]))
    return _row_of([sum_of(code, names[code], by_county[code], ledger) for code in codes], {}, wanted, view.language)


def _row_of(areas: Sequence[AreaYear], county_of: Mapping[str, str], wanted: Wanted, language: str) -> list[AreaRow]:
    """Return areas as rows; of a municipality, `county_of` says where it lies, and its rows are led to."""
    on = {} if wanted.is_now else {"on": wanted.on.isoformat()}
    rows = []
    for area in areas:
        county = county_of.get(area.code)
        asked = {"county": area.code} if county is None else {"county": county, "municipality": area.code}
        address = f"?{urlencode({**asked, **on})}{'' if county is None else '#rows'}"
        rows.append(AreaRow(address, area.name, _cells(area, language)))
    return rows


def _cells(area: AreaYear, language: str) -> tuple[tuple[str, CountInWords], ...]:
    """Return the cells of an area with the codes of their headings, in the order of the table."""
    steps = {
        SettlementStep.ENQUIRED: area.enquired,
        SettlementStep.AGREED: area.agreed,
        SettlementStep.SETTLED: area.settled,
    }
    cells = [
        (f"ledger_{name}", CountInWords(figure(each, language), each.persons is not None))
        for name, each in (("requested", area.requested), ("decided", area.decided))
    ]
    for step, count in steps.items():
        cell = count_in_words(count, language)
        beside = [cell.beside] if cell.beside else []
        if area.sides.get(step) is LedgerSide.MUNICIPALITY:
            beside.append(say("ledger_own_words", language))
        if step is SettlementStep.SETTLED and area.minors is not None:
            beside.append(say("ledger_minors", language, value=count_in_words(area.minors, language).words))
        cells.append((f"ledger_step_{step}", replace(cell, beside="; ".join(beside))))
    return (*cells, ("ledger_left", _left(area.left, language)))


def _left(left: LeftToSettle, language: str) -> CountInWords:
    if left.most is None:
        return CountInWords(say("missing", language), is_known=False)
    beside = say("ledger_over", language, count=left.over) if left.over else ""
    words = formats.number(left.most) if left.exact else say("ledger_at_most", language, number=left.most)
    return CountInWords(words, is_known=True, beside=beside)


def _disagreements(
    ledger: LedgerYear, names: Mapping[str, str], chosen: set[str], language: str
) -> list[DisagreementInWords]:
    return [
        DisagreementInWords(
            names[each.key[0]],
            _step(each, language),
            _until(each.directorate, each.directorate_until, language),
            _until(each.municipality, each.municipality_until, language),
        )
        for each in ledger.disagreements
        if each.key[0] in chosen
    ]


def _until(count: LedgerCount, until: date, language: str) -> CountInWords:
    """Return a count with how far it goes."""
    cell = count_in_words(count, language)
    words = say("ledger_until", language, day=formats.day(until, language))
    return replace(cell, beside="; ".join(part for part in (cell.beside, words) if part))


def _step(each: Disagreement, language: str) -> str:
    _, step, group = each.key
    words = say(f"ledger_step_{step}", language)
    return words if group is LedgerGroup.ALL else f"{words}, {say(f'ledger_group_{group}', language).lower()}"


def _line(line: LedgerLine, names: Mapping[str, str], view: View) -> RowInWords:
    row, language = line.row, view.language
    hidden = CountInWords(say("hidden", language), is_known=False)
    return RowInWords(
        line=line,
        name=names[row.municipality],
        step=say(f"ledger_step_{row.step}", language),
        group="" if row.group is LedgerGroup.ALL else say(f"ledger_group_{row.group}", language).lower(),
        count=hidden if row.count is None else CountInWords(formats.number(row.count), is_known=True),
        side=say("ledger_own_words", language) if line.side is LedgerSide.MUNICIPALITY else "",
        may_be_corrected=_is_own(line, view) and may(_correcting(view)),
    )


# What is entered


def _entering(view: View, places: Sequence[Line], lines: Sequence[LedgerLine]) -> Mapping[str, Any]:
    """Return the forms, where their buttons can be used: not before the year has begun, nor in a closed round."""
    enter = next(iter(buttons(view.request, new_row(view.whole, _area(view)), ENTER)), None)
    begun = view.day >= date(view.year, 1, 1)
    usable = may(enter) and begun
    correct = _correcting(view)
    asked = sent(view.request, "corrects") or view.request.GET.get("correct", "")
    line = next((line for line in lines if str(line.row.number) == asked and _is_own(line, view)), None)
    correcting = line is not None and begun and may(correct)
    return {
        "enter": enter,
        "correct": correct,
        "corrected_line": line if correcting else None,
        "corrected_name": next((place.name for place in places if line and place.code == line.row.municipality), ""),
        "corrected_step": say(f"ledger_step_{line.row.step}", view.language) if line else "",
        "correct_form": _correct_form(view, line) if correcting and line else None,
        "count_form": _count_form(view, places) if usable else None,
        "table_form": table_form(view) if usable else None,
        "may_draw": usable and settings.DEMO and view.actor is not None and view.actor.party is Party.DIRECTORATE,
    }


def _correcting(view: View) -> Button | None:
    return next(iter(buttons(view.request, entered_row(view.whole, _area(view)), CORRECT)), None)


def _area(view: View) -> str:
    return view.actor.area if view.actor and view.actor.party is Party.MUNICIPALITY else ""


def _is_own(line: LedgerLine, view: View) -> bool:
    """Tell whether a row is one that this reader's side has entered, and that stands."""
    return view.actor is not None and line.side is side_of(view.actor) and line.corrected_by is None


def _count_form(view: View, places: Sequence[Line]) -> CountForm:
    own = places[0].code if len(places) == 1 else view.request.GET.get("municipality", "")
    initial = {**_said(view), "on": view.day, "municipality": own}
    form = shown(view.request, CountForm, ENTER, begin="n", initial=initial)
    first = [] if len(places) == 1 else [("", form.worded("choose"))]
    form.offer("municipality", [*first, *((place.code, place.name) for place in places)])
    return form


def _correct_form(view: View, line: LedgerLine) -> CorrectRowForm:
    row = line.row
    initial = {**_said(view), "on": row.on, "count": ":" if row.count is None else row.count, "said_by": row.said_by}
    return shown(view.request, CorrectRowForm, CORRECT, begin="c", initial=initial, corrects=row.number)


def table_form(view: View) -> TableForm:
    """Return the form of a table."""
    return shown(view.request, TableForm, UPLOAD, begin="t", initial=_said(view))


def _said(view: View) -> Mapping[str, object]:
    return {"said_by": view.actor.seat_name if view.actor else "", "said_on": view.day}
