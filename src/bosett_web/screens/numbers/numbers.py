"""Final numbers: by county, by municipality, corrections, release, skipped steps, and as CSV."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.geography import municipalities
from bosett.render.csv_table import csv_table
from bosett.rounds.moves import SKIPPABLE
from bosett.rounds.parties import Party
from bosett.rounds.states import RecommendationState
from bosett.stages.recommendation import departures
from bosett_web.queries.former import untold
from bosett_web.queries.lines import Line, open_corrections
from bosett_web.queries.round.closing import closing_situation, left
from bosett_web.queries.round.country import claims_of_round
from bosett_web.queries.sight import lines_for, sees_all_numbers, sees_numbers
from bosett_web.queries.situations import correction_situation, county_target, round_situation
from bosett_web.queries.standing import NoRound, kept_standing
from bosett_web.queries.standing_rows import People
from bosett_web.queries.weighing import weighed
from bosett_web.records import clock
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.consultation import consultation, reads, reasons_of
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import BoundPageField, PageRequest, shown
from bosett_web.screens.numbers.forms import CorrectionForm, FillForm, FinalNumbersForm, ReleaseForm, SkipForm
from bosett_web.screens.rows import people_parts
from bosett_web.screens.screen import View
from bosett_web.screens.words import figure, say


def numbers(view: View) -> Mapping[str, Any]:
    """Build the page: sums by county where this reader may see the whole of it, and the moves of the round."""
    situation = round_situation(view.whole)
    all_lines = _lines(view)
    rows = [
        {
            "county": each,
            "target": county_target(view.at, each.code),
            "row": view.at.recommendations.get(each.code),
            "final": total([line for line in all_lines if line.county == each.code])
            if _sees(view, each.code)
            else None,
            "whole": _sees(view, each.code),
            "link": opens(view, each.code, all_lines),
        }
        for each in sorted(view.counties, key=lambda each: sort_key(each.name))
    ]
    sees_corrections = view.actor is not None and view.actor.party is Party.DIRECTORATE
    target = view.at.current_targets
    skip = buttons(view.request, situation, "round.skip")
    fix = buttons(view.request, situation, "round.propose_correction")
    release = buttons(view.request, situation, "round.release")
    return {
        "rows": rows,
        "target": target.national.number if target else None,
        "total": total(all_lines),
        "whole": sees_all_numbers(view.request.who, view.whole, view.moment),
        "buttons": buttons(view.request, situation, "round.submit round.return round.freeze"),
        "skip": skip[0] if skip else None,
        "skip_form": _skipping(view, skip),
        "fix": fix[0] if fix else None,
        "corrections": [
            (
                row,
                buttons(
                    view.request, correction_situation(view.whole, row.submitted_by), "round.correct", correction=row.id
                ),
            )
            for row in open_corrections(view.year)
        ]
        if sees_corrections
        else [],
        "fix_form": _correcting(view, fix),
        "release": release[0] if release else None,
        "release_form": shown(view.request, ReleaseForm, "round.release") if may(next(iter(release), None)) else None,
        "closing": _closing(view),
        "own": [line for line in all_lines if view.actor and view.actor.area == line.code],
        "any": any(row["link"] for row in rows),
        "country": reads(view),
        **consultation(view, {}),
    }


def _closing(view: View) -> tuple[Button, ...]:
    """Return the directorate's button that closes the round, with what is left, or that takes it up again."""
    if view.actor is None or view.actor.party is not Party.DIRECTORATE or not view.whole.is_frozen:
        return ()
    remains = {} if view.whole.is_closed else left(view.whole)
    return buttons(view.request, closing_situation(view.whole, remains), "round.close round.reopen")


def _skipping(view: View, offered: Sequence[Button]) -> SkipForm | None:
    """Return the form of going on without a step; None where that cannot be, or none is left to go without."""
    gates = sorted(gate.value for gate in SKIPPABLE if gate.value not in view.whole.skips)
    if not may(next(iter(offered), None)) or not gates:
        return None
    form = shown(view.request, SkipForm, "round.skip", begin="skip")
    form.offer("gate", [(gate, form.worded(f"skip_{gate}")) for gate in gates])
    return form


def _correcting(view: View, offered: Sequence[Button]) -> CorrectionForm | None:
    """Return the form of a correction; None where there may be none."""
    if not may(next(iter(offered), None)):
        return None
    form = shown(view.request, CorrectionForm, "round.propose_correction", begin="fix")
    places = sorted(municipalities(view.year), key=lambda place: sort_key(place.display_name))
    form.offer("municipality", [(place.code, place.display_name) for place in places])
    return form


def county_numbers(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of one county's final numbers."""
    area = view.county(code)
    lines = [line for line in _lines(view, code) if line.asked_for is not None or _sees(view, code)]
    if not lines:
        raise Http404(code)
    situation = round_situation(view.whole)
    edit = buttons(view.request, situation, "round.set_number", county=code)
    row = view.whole.recommendations.get(code)
    unknown, by_name = untold(view.at, view.day), sorted(lines, key=lambda line: sort_key(line.name))
    rows = [_final_row(view, line, unknown=line.code in unknown) for line in by_name]
    form = _setting(view, code, rows) if may(next(iter(edit), None)) else None
    if form is not None:
        rows = [replace(each, fields=form.row(each.line.code, each.line.name)) for each in rows]
    return {
        "county": area,
        "target": county_target(view.at, code),
        "rows": rows,
        "total": total(lines),
        "edit": edit[0] if edit else None,
        "form": form,
        "fill": shown(view.request, FillForm, "round.fill", begin="fill", county=code, source="proposal")
        if form
        else None,
        "from_recommendation": bool(row and row.state == RecommendationState.FINAL),
        "whole": _sees(view, code),
        "run": view.at.current_proposal.version if view.at.current_proposal else None,
        "frozen": view.at.is_frozen,
    }


@dataclass(frozen=True, slots=True)
class FinalRow:
    """A municipality's final number beside all that led to it.

    Attributes:
        line: Its numbers in the round.
        people: The final number and the minors within.
        was: The same as a form carries it: a row that comes back the same is left alone.
        flags: What it departs from, in words.
        reasons: What has been said, each with the step that it was said in.
        unknown: Whether it is not known if it was asked.
        fields: The fields in which it is set, by part; empty where it cannot be.
    """

    line: Line
    people: People
    was: str
    flags: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    unknown: bool
    fields: Mapping[str, BoundPageField] = field(default_factory=dict)


def _setting(view: View, county: str, rows: Sequence[FinalRow]) -> FinalNumbersForm:
    """Return the form in which a county's final numbers are set."""
    initial: dict[str, object] = {}
    for each in rows:
        initial |= people_parts(each.line.code, each.people)
        initial[f"{each.line.code}-was"] = each.was
    return shown(view.request, FinalNumbersForm, "round.set_number", initial=initial, county=county)


def _final_row(view: View, line: Line, *, unknown: bool) -> FinalRow:
    people = People(line.asked_for, line.final_under15, line.final_from15)
    parts = (line.final, line.final_under15, line.final_from15)
    return FinalRow(
        line=line,
        people=people,
        was="|".join("" if part is None else str(part) for part in parts),
        flags=_flags(view, line, people),
        reasons=reasons_of(line, view.language),
        unknown=unknown,
    )


def _flags(view: View, line: Line, people: People) -> tuple[str, ...]:
    """Return in words what a final number departs from: the meeting's outcome, the proposal, the criteria."""
    final = replace(line, number=people.number, under15=people.under15, from15=people.from15)
    flags = [
        say(f"flag_{each.code}", view.language, **each.facts)
        for each in departures(weighed(final, claims_of_round(view.at)))
    ]
    if None not in (people.number, line.outcome) and people.number != line.outcome:
        flags.insert(0, say("differs_outcome", view.language, outcome=line.outcome))
    return tuple(flags)


def opens(view: View, code: str, rows: Iterable[Line]) -> bool:
    """Tell whether the page of a county's numbers holds anything for this reader, by the lines shown to them."""
    return _sees(view, code) or any(line.asked_for is not None for line in rows if line.county == code)


def total(rows: Sequence[Line]) -> int | None:
    """Return the sum of what is there; None when nothing is."""
    known = [number for number in (line.asked_for for line in rows) if number is not None]
    return sum(known) if known else None


@require_safe
def export(request: PageRequest, year: int) -> HttpResponse:
    """Return the numbers that this reader may see, as CSV that a Norwegian spreadsheet program opens."""
    moment = clock.moment()
    try:
        whole = kept_standing(year)
    except NoRound:
        raise Http404(year) from None
    rows = lines_for(whole, request.who, moment)
    heads = ["municipality_code", "municipality", "previous", "proposed", "recommended", "outcome", "final"]
    return HttpResponse(
        csv_table([[say(f"csv_{head}", request.language) for head in heads], *_cells(rows, request.language)]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bosett-{year}.csv"'},
    )


def _cells(rows: Iterable[Line], language: str) -> Iterable[list[object]]:
    for line in rows:
        before = figure(line.previous, language) if line.previous.persons is None else line.previous.persons
        cells = [before, line.proposed, line.number, line.outcome, line.asked_for]
        yield [line.code, line.name, *("" if cell is None else cell for cell in cells)]


def _lines(view: View, code: str = "") -> tuple[Line, ...]:
    return lines_for(view.whole, view.request.who, view.moment, code)


def _sees(view: View, code: str) -> bool:
    return sees_numbers(view.request.who, view.whole, view.moment, code)
