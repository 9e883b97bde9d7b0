"""Final numbers: by county, by municipality, corrections, release, skipped steps, and as CSV."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.geography import municipalities
from bosett.rounds.moves import SKIPPABLE
from bosett.rounds.parties import Party
from bosett.stages.recommendation import departures
from bosett_web.queries.lines import Line, open_corrections
from bosett_web.queries.round.country import claims_of_round
from bosett_web.queries.sight import lines_for, sees_all_numbers, sees_numbers
from bosett_web.queries.situations import correction_situation, county_target, round_situation
from bosett_web.queries.standing import NoRound, People, standing
from bosett_web.queries.weighing import weighed
from bosett_web.records import clock
from bosett_web.screens.finals import consultation, reads, reasons_of
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import PageRequest, buttons
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
    skip = buttons(view.actor, situation, "round.skip", view.language)
    fix = buttons(view.actor, situation, "round.propose_correction", view.language)
    release = buttons(view.actor, situation, "round.release", view.language)
    return {
        "rows": rows,
        "target": target.national.number if target else None,
        "total": total(all_lines),
        "whole": sees_all_numbers(view.request.who, view.whole, view.moment),
        "buttons": buttons(view.actor, situation, "round.submit round.return round.freeze", view.language),
        "gates": sorted(gate.value for gate in SKIPPABLE if gate.value not in view.whole.skips),
        "skip": skip[0] if skip else None,
        "fix": fix[0] if fix else None,
        "corrections": [
            (
                row,
                buttons(
                    view.actor,
                    correction_situation(view.whole, row.submitted_by),
                    "round.correct",
                    view.language,
                    correction=row.id,
                ),
            )
            for row in open_corrections(view.year)
        ]
        if sees_corrections
        else [],
        "places": sorted(municipalities(view.year), key=lambda place: sort_key(place.display_name)) if fix else (),
        "release": release[0] if release else None,
        "own": [line for line in all_lines if view.actor and view.actor.area == line.code],
        "any": any(row["link"] for row in rows),
        "country": reads(view),
        **consultation(view, {}),
    }


def county_numbers(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of one county's final numbers."""
    area = view.county(code)
    shown = [line for line in _lines(view, code) if line.asked_for is not None or _sees(view, code)]
    if not shown:
        raise Http404(code)
    situation = round_situation(view.whole)
    edit = buttons(view.actor, situation, "round.set_number", view.language, county=code)
    row = view.whole.recommendations.get(code)
    return {
        "county": area,
        "target": county_target(view.at, code),
        "rows": [_final_row(view, line) for line in sorted(shown, key=lambda line: sort_key(line.name))],
        "total": total(shown),
        "edit": edit[0] if edit else None,
        "from_recommendation": bool(row and row.state == "final"),
        "whole": _sees(view, code),
        "frozen": view.at.state == "frozen",
    }


@dataclass(frozen=True, slots=True)
class FinalRow:
    """A municipality's final number beside all that led to it.

    Attributes:
        line: Its numbers in the round.
        held: The final number and the minors within.
        was: The same as the form was shown with: a row that comes back the same is left alone.
        flags: What it departs from, in words.
        reasons: What has been said, each with the step that it was said in.
    """

    line: Line
    held: People
    was: str
    flags: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


def _final_row(view: View, line: Line) -> FinalRow:
    held = People(line.asked_for, line.final_under15, line.final_from15)
    parts = (line.final, line.final_under15, line.final_from15)
    return FinalRow(
        line=line,
        held=held,
        was="|".join("" if part is None else str(part) for part in parts),
        flags=_flags(view, line, held),
        reasons=reasons_of(line, view.language),
    )


def _flags(view: View, line: Line, held: People) -> tuple[str, ...]:
    """Return in words what a final number departs from: the meeting's outcome, the proposal, the criteria."""
    final = replace(line, number=held.number, under15=held.under15, from15=held.from15)
    found = departures(weighed(final, claims_of_round(view.at)))
    told = [say(f"flag_{each.code}", view.language, **each.facts) for each in found]
    if None not in (held.number, line.outcome) and held.number != line.outcome:
        told.insert(0, say("differs_outcome", view.language, outcome=line.outcome))
    return tuple(told)


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
        whole = standing(year)
    except NoRound:
        raise Http404(year) from None
    rows = lines_for(whole, request.who, moment)
    heads = ["municipality_code", "municipality", "previous", "proposed", "recommended", "outcome", "final"]
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(f"csv_{head}", request.language) for head in heads])
    writer.writerows(_cells(rows, request.language))
    return HttpResponse(
        "\ufeff" + written.getvalue(),
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
