"""The answers over time: how many had decided, and how many persons, by the end of each day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett_web.queries.decisions import Answer, DecisionRow


@dataclass(frozen=True, slots=True)
class Day:
    """How the answers stood at the end of a day on which one came.

    `came` counts answers that came on the day, corrections too; `answered` municipalities with a decision by then,
    `preliminary` those with no more than a preliminary answer; `decided` is persons.
    """

    day: date
    came: int
    answered: int
    preliminary: int
    decided: int


def course_of(rows: Sequence[Answer]) -> tuple[Day, ...]:
    """Return the days on which an answer came, in order; each municipality counts with its newest answer by then."""
    came = Counter(version.day for row in rows for version in row.versions)
    return tuple(_day(day, came[day], [_by(row, day) for row in rows]) for day in sorted(came))


def _by(row: Answer, day: date) -> DecisionRow | None:
    """Return the newest version of a municipality's answer at the end of a day; versions stand the newest first."""
    return next((version for version in row.versions if version.day <= day), None)


def _day(day: date, came: int, then: Sequence[DecisionRow | None]) -> Day:
    held = [version for version in then if version is not None]
    decisions = [version for version in held if not version.preliminary]
    return Day(day, came, len(decisions), len(held) - len(decisions), sum(each.number for each in decisions))
