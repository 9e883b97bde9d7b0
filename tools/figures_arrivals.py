"""Compile how many applied for asylum each month, in as many countries as Eurostat tells of."""

import calendar
from pathlib import Path

from figures_places import Table
from figures_raw import read, unique

FILE = "asylum_applicants_monthly.csv"
KNOWN_AFTER = 3
"""Months from the end of a month until its figure counts as known."""


def asylum_applicants(folder: Path) -> Table:
    """Asylum applicants by country and month; an empty cell is no figure.

    Raises:
        RawProblem: A row is not as it must be, or tells of the same month twice.
    """
    rows = unique(
        read(folder, FILE, ["country", "month", "applicants"]), lambda row: (row.text("country"), row.month("month"))
    )
    return [
        {
            "country": country,
            "month": month,
            "applicants": row.whole_or_blank("applicants"),
            "known_on": _last_day_after(month),
        }
        for (country, month), row in sorted(rows.items())
    ]


def _last_day_after(month: str) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + KNOWN_AFTER, 12)
    return f"{year}-{number + 1:02}-{calendar.monthrange(year, number + 1)[1]}"
