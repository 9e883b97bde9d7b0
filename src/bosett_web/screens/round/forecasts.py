"""The forecasts of the need, each a version of its own, held against the one before and against the target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.render.book import Cell
from bosett.render.fan import FanMark, FanPoint, fan
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import ForecastRow
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.forms import shown
from bosett_web.screens.round.forms import ForecastForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

FILLED = ("low", "middle", "high", "under15", "from15", "as_of", "publisher", "document", "note")
"""What the address may fill in of a new one: the page of the need leads here with its numbers."""


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A forecast, and how far its middle number and its minors are from others', in words; a dash where none are.

    Attributes:
        row: The forecast.
        from_before: From the version before.
        from_target: From the decided target.
        minors_before: Minors from those of the version before.
    """

    row: ForecastRow
    from_before: str
    from_target: str
    minors_before: str


def forecasts(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first; what stands in the address is filled in of a new one."""
    new = buttons(view.request, new_situation(view.whole), "forecast.register")
    may = bool(new) and not new[0].why_not
    targets = view.at.current_targets
    target = targets.national.number if targets else None
    filled = {name: view.request.GET[name] for name in FILLED if name in view.request.GET}
    return {
        "rows": list(reversed(_lines(view.at.forecasts, target))),
        "target": target,
        **charts_of(_chart(view, target)),
        "register": new[0] if new else None,
        "form": shown(view.request, ForecastForm, "forecast.register", initial=filled) if may else None,
        "is_filled": bool(filled),
    }


def _lines(rows: Sequence[ForecastRow], target: int | None) -> list[ForecastLine]:
    befores: Sequence[ForecastRow | None] = (None, *rows)
    return [
        ForecastLine(
            row,
            apart(row.middle, None if before is None else before.middle),
            apart(row.middle, target),
            apart(_minors(row), None if before is None else _minors(before)),
        )
        for before, row in zip(befores, rows, strict=False)
    ]


def apart(number: int | None, other: int | None) -> str:
    """Return how far a number is from another, in persons and per cent; a dash when one of them is not there."""
    if number is None or other is None:
        return "–"
    change = formats.signed(Fraction(number - other))
    if not other:
        return change
    return f"{change} ({formats.signed(Fraction(round(Fraction(100 * (number - other), other))))}\u00a0%)"


def _minors(row: ForecastRow) -> int | None:
    """Return the minors of a forecast; None unless both ages are told."""
    return None if row.under15 is None or row.from15 is None else row.under15 + row.from15


def _chart(view: View, target: int | None) -> Chart | None:
    """Return the versions over time as a drawing; None when there is nothing to compare."""
    rows, language = view.at.forecasts, view.language
    if len(rows) < 2:
        return None
    points = [FanPoint(say("version", language, version=row.version), row.low, row.middle, row.high) for row in rows]
    most = max(*(row.high for row in rows), target or 0)
    marks = [] if target is None else [FanMark("m1", target)]
    title = say("forecasts_chart", language)
    drawing = fan(points, marks, most, title, say("in_table", language), is_joined=False)
    first, last = rows[0], rows[-1]
    facts = {"day": formats.day(last.as_of, language), "low": last.low, "middle": last.middle, "high": last.high}
    says = say("forecasts_says", language, **facts, before=formats.number(first.middle))
    reads = [say("forecasts_chart_help", language)]
    if target is not None:
        reads.append(say("forecasts_chart_target", language, number=target))
    heads = ("field_as_of", "field_publisher", "field_low", "field_middle", "field_high")
    cells: list[Sequence[Cell]] = [
        [
            f"{formats.day(row.as_of, language)} ({say('version', language, version=row.version)})",
            row.publisher,
            *(row.low, row.middle, row.high),
        ]
        for row in rows
    ]
    table = ChartTable([say(head, language) for head in heads], cells, at="versions")
    return Chart(chart_at(view, "forecasts", "versions"), title, (drawing,), (says,), table, tuple(reads))
