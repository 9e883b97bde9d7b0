"""Eurostat: asylum applicants by month (migr_asyappctzm), in JSON-stat 2.0.

`GET https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/migr_asyappctzm?format=JSON&lang=EN&geo=NO&...`
with a filter for each variable. Source: Eurostat's wiki, "API - Detailed guidelines - API Statistics"; terms: reuse is
free with the source named. Numbers are rounded to 5, `:` is not available. The months are written `2019-04`, earlier
`2019M04`. The variable that tells kinds of applicants has changed its name (`asyl_app`, `applicant`), so what is asked
of it comes in; whatever is left open must have one code in the answer. Since 2022 people from Ukraine are counted
elsewhere (temporary protection).
"""

from collections.abc import Mapping, Sequence
from itertools import product
from urllib.parse import urlencode

from bosett.figures import Figure
from bosett.sources.answers import document, listed, unexpected
from bosett.sources.fetching import Fetched, Question
from bosett.sources.figure_rules import require_plausible
from bosett.sources.json_stat import EUROSTAT_MARKS, read_cube
from bosett.sources.months import MonthlyCounts, month_of

SERVICE = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
DATASET = "migr_asyappctzm"
FILTERS: Mapping[str, str] = {
    "unit": "PER",
    "citizen": "TOTAL",
    "sex": "T",
    "age": "TOTAL",
    "applicant": "ASY_APP",
}
_PLACE, _TIME = "geo", "time"


def applicants(
    countries: Sequence[str], since: str, filters: Mapping[str, str] = FILTERS, address: str = SERVICE
) -> Question:
    """Return the question for the applicants of some countries, by two letters such as NO, from a month on."""
    asked = [("format", "JSON"), ("lang", "EN"), *filters.items(), *((_PLACE, country) for country in countries)]
    return Question(f"{address}/{DATASET}?{urlencode([*asked, ('sinceTimePeriod', since)])}")


def read_applicants(fetched: Fetched) -> MonthlyCounts:
    """Return the applicants of each country in the answer, by month.

    Raises:
        UnreadableAnswer: It is no such answer, or leaves open which applicants are meant.
    """
    cube = read_cube(document(fetched), fetched, EUROSTAT_MARKS)
    places, times = cube.variable(_PLACE), cube.variable(_TIME)
    if places is None or times is None:
        raise unexpected(fetched, "the table has no places and times")
    wide = [each.code for each in cube.variables if len(each.codes) > 1 and each not in (places, times)]
    if wide:
        raise unexpected(fetched, f"it does not say which is meant of {listed(wide)}")
    months = {time: month_of(time) for time in times.codes}
    if odd := [time for time, month in months.items() if not month]:
        raise unexpected(fetched, f"{listed(odd)} is no month")
    counts: dict[str, dict[str, Figure]] = {}
    for country, time in product(places.codes, times.codes):
        at = {_PLACE: country, _TIME: time}
        figure = cube.cells[tuple(at.get(each.code, each.codes[0]) for each in cube.variables)]
        require_plausible(figure, "person", ("the number", time, country), fetched)
        counts.setdefault(country, {})[months[time]] = figure
    return MonthlyCounts("Eurostat", DATASET, fetched.source, cube.updated, fetched.fetched_on, fetched.sha256, counts)
