"""A forecast of the need as plain data: what `--format json` prints, what a page lets one save, and what is kept."""

import json
from collections.abc import Mapping
from typing import Any

from bosett.rounds.need_asked import NeedAsked
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.scenario import RestsOn
from bosett.stages.forecast.summary import NeedRange, NeedSummary
from bosett.stages.forecast.versions import NumberVersion


def need_forecast_document(asked: NeedAsked, summary: NeedSummary) -> Mapping[str, object]:
    """Return a forecast as a JSON document, in persons; fractions as text.

    What was changed of the scenario stands only when something was, and who gets a place only when places are told:
    without a limit nobody is told to wait.
    """
    changed = asked.changed()
    return {
        "year": asked.year,
        "as_of": asked.day.isoformat(),
        "scenario": asked.name,
        "seed": asked.seed,
        "paths": asked.paths,
        **({"changed": changed} if changed else {}),
        "months": [
            {"month": str(month), "category": name, **range_document(each)}
            for month, by_name in summary.months.items()
            for name, each in by_name.items()
        ],
        "year_total": {name: range_document(each) for name, each in summary.year_total.items()},
        "rests_on": [
            {
                "of": each.of,
                "number": each.name,
                "value": resting_value(each),
                "known_on": each.version.known_on.isoformat(),
                "source": each.version.source,
            }
            for each in asked.scenario.rests_on(asked.day, asked.year)
        ],
        **(
            {}
            if summary.settled is None
            else {"settled": {name: range_document(each) for name, each in summary.settled.items()}}
        ),
    }


def summary_of(document: Mapping[str, Any]) -> NeedSummary:
    """Return what a document tells of the paths: what `need_forecast_document` was given."""
    months: dict[FlowMonth, dict[str, NeedRange]] = {}
    for each in document["months"]:
        year, _, number = each["month"].partition("-")
        months.setdefault(FlowMonth(int(year), int(number)), {})[each["category"]] = range_of(each)
    settled = document.get("settled")
    return NeedSummary(
        months=months,
        year_total={name: range_of(each) for name, each in document["year_total"].items()},
        settled=None if settled is None else {name: range_of(each) for name, each in settled.items()},
    )


def range_of(each: Mapping[str, int]) -> NeedRange:
    """Return a range from plain data."""
    return NeedRange(each["p10"], each["p50"], each["p90"])


def json_text(document: Mapping[str, object]) -> str:
    """Return a document as the text that the command line prints."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def resting_value(rests_on: RestsOn) -> str:
    """Return a number as it stands in the file, or of a stop when it may end, each day with its part."""
    version = rests_on.version
    if isinstance(version, NumberVersion):
        return str(version.value)
    return ", ".join(f"{restart.day or 'later'}: {restart.part}" for restart in version.stop.restarts)


def range_document(each: NeedRange) -> dict[str, int]:
    """Return a range as plain data."""
    return {"p10": each.p10, "p50": each.p50, "p90": each.p90}
