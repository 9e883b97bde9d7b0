"""National and county targets: what stands before them, the committee's draft, and its versions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bosett.basis.refusals import Refusal
from bosett.documents.words import figure_line
from bosett.geography import County
from bosett.rounds.county_targets import NoPartsBefore, TargetPeople
from bosett.rounds.parties import CENTRAL_OR_COUNTY
from bosett.rounds.release import COUNTRY
from bosett.rounds.states import TargetsState
from bosett.sources.values import NotRead, read_number
from bosett_web.actions.doing import Invalid
from bosett_web.actions.round.proposals import no_answer
from bosett_web.actions.values import Numbers, minors_within, required
from bosett_web.queries.round.targets import (
    CountiesBefore,
    Shares,
    counties_before,
    shared_as_last_year,
    shared_by_criteria,
)
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import People
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.forms import BoundPageField, PageRequest, shown
from bosett_web.screens.frame import show
from bosett_web.screens.round.forms import NATIONAL, TargetsForm
from bosett_web.screens.round.proposal import why_no_answer
from bosett_web.screens.round.targets_before import before_targets
from bosett_web.screens.round.targets_versions import total, versions_of
from bosett_web.screens.rows import HEADS, joined, people_parts
from bosett_web.screens.screen import View, answer, look
from bosett_web.screens.words import say

DRAFT = "targets.draft"
WAYS = ("criteria", "last")
"""How the counties' fields can be filled in."""
WHOLE = re.compile(r"[0-9]{1,9}")
"""A number as the form carries it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What has been done with the counties' fields since they were sent: how, and what was replaced, in words."""

    way: str
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a way of sharing gives the counties; empty with the reason, in words, where it gives nothing."""

    shares: Shares
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class TargetBasis:
    """What a number in the form can be held against: last year, who lives there, and what the ways of sharing give."""

    asked: int | None
    asked_rate: str
    inhabitants: int | None
    shared: tuple[int | None, ...]
    rate: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A county in the form: its fields, and what its number can be held against."""

    county: County
    fields: Mapping[str, BoundPageField]
    against: TargetBasis


@dataclass(frozen=True, slots=True)
class PartSum:
    """The sum of what is written for the counties, and how it stands against the country's number, in words."""

    part: str
    sum: int | None
    rest: str
    kind: str


def targets(view: View) -> Mapping[str, Any]:
    """Build the page: what stands before the targets, the newest version first, and the draft."""
    return _page(view)


@require_POST
def fill(request: PageRequest, year: int) -> HttpResponse:
    """Fill in the counties' fields in a way, or undo it, or only compute the columns anew; nothing is saved.

    Raises:
        Http404: There is no such round.
    """
    view = look(request, year)
    if not may(next(iter(buttons(request, new_situation(view.whole), DRAFT)), None)):
        return redirect("targets", year)
    form = TargetsForm(request.POST, language=request.language, move=DRAFT)
    way, filled, data = request.POST.get("way", ""), None, request.POST.copy()
    if form.is_valid() and way in (*WAYS, "undo"):
        try:
            before = {each.code: form.numbers_of(each.code) for each in view.counties}
            after = _before(form.text_of("before"), before) if way == "undo" else _filling(view, form, way, before)
        except Invalid as fault:
            form.refuse(fault)
        else:
            data = _with(request.POST, after, before)
            filled = Filled(way, tuple(_replaced(view, before, after)))
    if form.errors:
        request.refused = form
        return answer(request, targets, year, {}, 422)
    form = TargetsForm(data, language=request.language, move=DRAFT)
    context = {"year": year, "year_text": str(year), "page": "targets", "at": view.at, **_page(view, form)}
    return show(request, "round/targets.html", context | {"filled": filled})


def _page(view: View, form: TargetsForm | None = None) -> Mapping[str, Any]:
    """Return what the page shows; a form that has been filled in is shown as it is."""
    draft = next(iter(buttons(view.request, new_situation(view.whole), DRAFT)), None)
    takes_part = view.actor is not None and view.actor.party in CENTRAL_OR_COUNTY and not view.at.is_former
    before = counties_before(view.year, view.day, view.at.figures) if takes_part else None
    return {
        "draft": draft,
        "year_before": view.year - 1,
        "country": COUNTRY,
        **(before_targets(view) if takes_part else {}),
        **versions_of(view, before),
        **(_drafting(view, form, before) if before is not None and may(draft) else {}),
    }


def _drafting(view: View, form: TargetsForm | None, before: CountiesBefore) -> Mapping[str, Any]:
    """Return the form of the draft, and beside each county what it can be held against."""
    initial, begins = _begun(view)
    if form is None:
        form = shown(view.request, TargetsForm, DRAFT, initial=initial)
    form.initial, form.is_shown = {**initial, "before": form.sent("before")}, True
    people = _national(form)
    ways = {way: _suggested(view, way, people, before) for way in WAYS} if people else {}
    fields = {each.code: form.row(each.code, each.name) for each in view.counties}
    written = {code: {part: _written(own[part]) for part in HEADS} for code, own in fields.items()}
    national = form.row(NATIONAL, "")
    sums = [_summed(view, part, _written(national[part]), [own[part] for own in written.values()]) for part in HEADS]
    return {
        "form": form,
        "begins": begins,
        "national": national,
        "computed_for": people.number if people else None,
        "heads": TargetsForm.heads,
        "why_not": [each.why_not for each in ways.values() if each.why_not],
        "lines": [_line(each, fields[each.code], written[each.code]["number"], before, ways) for each in view.counties],
        "whole": _whole(before, ways, sums[0].sum),
        "sums": sums,
        "empty": sum(own["number"] is None for own in written.values()),
        "can_undo": bool(form.sent("before")),
        "sources": [*_sources(view, before)],
    }


def _begun(view: View) -> tuple[dict[str, object], str]:
    """Return what stands in the fields at first, and that it is from the last version or the forecast, in words."""
    last = view.at.targets[-1] if view.at.targets else None
    forecast = view.at.current_forecast
    if last is not None:
        initial = people_parts(NATIONAL, last.national)
        for each in view.counties:
            initial |= people_parts(each.code, last.counties.get(each.code, People(None)))
        note = last.note if last.state == TargetsState.DRAFTED else ""  # another version has reasons of its own
        return {**initial, "note": note}, say("targets_begins_version", view.language, version=last.version)
    initial = {name: None for each in view.counties for name in people_parts(each.code, People(None))}
    if forecast is None:
        return {**people_parts(NATIONAL, People(None)), **initial}, ""
    day = formats.day(forecast.as_of, view.language)
    begun = people_parts(NATIONAL, People(forecast.middle, forecast.under15, forecast.from15))
    words = say("targets_begins_forecast", view.language, day=day, publisher=forecast.publisher)
    return {**begun, **initial}, words


def _national(form: TargetsForm) -> TargetPeople | None:
    """Return the national target as it stands in the form; None when it is none."""
    numbers = Numbers(**{part: _written(field) for part, field in form.row(NATIONAL, "").items()})
    try:
        return _target(numbers)
    except Invalid:
        return None


def _target(numbers: Numbers) -> TargetPeople:
    """Return a national target.

    Raises:
        Invalid: It is missing, or has more minors than persons.
    """
    minors_within(NATIONAL, numbers)
    return TargetPeople(required(NATIONAL, numbers.number), numbers.under15, numbers.from15)


def _suggested(view: View, way: str, people: TargetPeople, before: CountiesBefore) -> Suggested:
    criteria = view.whole.current_criteria
    if criteria is None and way == "criteria":  # a round may go on without, where that was decided
        return Suggested({}, say("targets_no_criteria", view.language))
    try:
        if criteria is not None and way == "criteria":
            return Suggested(shared_by_criteria(criteria.file, view.day, view.at.figures, people))
        return Suggested(shared_as_last_year(None if criteria is None else criteria.file, before, people))
    except NoPartsBefore as refused:
        names = ", ".join(each.name for each in view.counties if each.code in refused.lacking)
        code = "targets_no_last_year" if names else "targets_nobody_last_year"
        return Suggested({}, say(code, view.language, **({"counties": names} if names else {})))
    except Refusal as refused:
        return Suggested({}, why_no_answer(no_answer(refused, year=view.year, day=view.day), view))


def _line(
    county: County,
    fields: Mapping[str, BoundPageField],
    number: int | None,
    before: CountiesBefore,
    ways: Mapping[str, Suggested],
) -> TargetLine:
    own = before.counties[county.code]
    shares = [ways[way].shares.get(county.code) if ways else None for way in WAYS]
    shared = tuple(None if each is None else each.number for each in shares)
    return TargetLine(county, fields, _against(own.asked, own.inhabitants, shared, number))


def _whole(before: CountiesBefore, ways: Mapping[str, Suggested], number: int | None) -> TargetBasis:
    """Return the same for the whole country; a sum that lacks a county is not known."""
    asked, living = (
        [*each] for each in zip(*((each.asked, each.inhabitants) for each in before.counties.values()), strict=True)
    )
    shared = tuple(
        sum(each.number for each in ways[way].shares.values()) if ways and ways[way].shares else None for way in WAYS
    )
    return _against(total(asked), total(living), shared, number)


def _against(
    asked: int | None, inhabitants: int | None, shared: tuple[int | None, ...], number: int | None
) -> TargetBasis:
    return TargetBasis(
        asked, formats.per_thousand(asked, inhabitants), inhabitants, shared, formats.per_thousand(number, inhabitants)
    )


def _summed(view: View, part: str, national: int | None, written: list[int | None]) -> PartSum:
    """Return the sum of a column of the form: nothing while nothing is written in it."""
    given = [each for each in written if each is not None]
    summed = sum(given) if given else None
    if national is None or summed is None:
        return PartSum(part, summed, "–", "")
    rest = national - summed
    kind = "over" if rest < 0 else "left" if rest else "even"
    return PartSum(part, summed, say(f"targets_{kind}", view.language, number=abs(rest)), kind)


def _written(field: BoundPageField) -> int | None:
    """Return the number that a field shows; None when it shows none."""
    value = field.value()
    try:
        return read_number("" if value is None else str(value))
    except NotRead:
        return None


def _sources(view: View, before: CountiesBefore) -> Iterator[str]:
    """Yield what tells of last year and of who lives in a county."""
    if before.is_own:
        yield say("targets_own_letters", view.language, year=view.year - 1)
    for note in (before.asked_by, before.population):
        if note is not None:
            yield figure_line(note, view.language)


# Filling in


def _filling(view: View, form: TargetsForm, way: str, before: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    """Return what a way of sharing gives the counties; minors that the country has no number for stay as they are.

    Raises:
        Invalid: There is no national target, or it cannot be shared so; told in words.
    """
    people = _target(form.numbers_of(NATIONAL))
    suggested = _suggested(view, way, people, counties_before(view.year, view.day, view.at.figures))
    if not suggested.shares:
        form.add_error(f"{NATIONAL}-number", suggested.why_not)
        return before
    return {
        code: Numbers(
            share.number,
            before[code].under15 if share.under15 is None else share.under15,
            before[code].from15 if share.from15 is None else share.from15,
        )
        for code, share in suggested.shares.items()
    }


def _before(carried: str, now: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    """Return what the fields held before they were filled in, as a page of ours carried it; else what they hold now."""
    by_code = dict(each.split(":", 1) for each in carried.split() if ":" in each)
    return {code: _parted(by_code[code]) if code in by_code else numbers for code, numbers in now.items()}


def _parted(text: str) -> Numbers:
    parts = dict(zip(HEADS, text.split("|"), strict=False))
    written = {part: parts.get(part, "") for part in HEADS}
    return Numbers(**{part: int(number) if WHOLE.fullmatch(number) else None for part, number in written.items()})


def _with(sent: QueryDict, after: Mapping[str, Numbers], before: Mapping[str, Numbers]) -> QueryDict:
    """Return what was sent with other numbers of the counties, and with those that they replace."""
    data = sent.copy()
    for code, numbers in after.items():
        for part in HEADS:
            number = getattr(numbers, part)
            data[f"{code}-{part}"] = "" if number is None else str(number)
    data["before"] = " ".join(f"{code}:{joined(numbers)}" for code, numbers in before.items())
    return data


def _replaced(view: View, before: Mapping[str, Numbers], after: Mapping[str, Numbers]) -> Iterator[str]:
    """Yield the numbers that stood there and stand no longer, each with its county and what came instead."""
    for county in view.counties:
        for part, head in HEADS.items():
            old, new = (getattr(each[county.code], part) for each in (before, after))
            if old is not None and old != new:
                name = county.name if part == "number" else f"{county.name}, {say(head, view.language).lower()}"
                yield f"{name}: {formats.number(old)} \u2192 {'–' if new is None else formats.number(new)}"
