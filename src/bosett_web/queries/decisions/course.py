"""The answers over time: how many had decided, and how many persons, by the end of each day.

A decision from published figures came on no known day: it stands before the days, and counts from the day from which
the figures were known.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett_web.queries.decisions.decisions import Answer, DecisionRow
from bosett_web.queries.decisions.tally import persons_decided


@dataclass(frozen=True, slots=True)
class Day:
    """How the answers stood at the end of a day on which one came; `day` is None for those of no known day, together.

    `came` counts answers that came on the day, corrections too; `answered` municipalities with a decision by then,
    `preliminary` those with no more than a preliminary answer; `decided` is persons.
    """

    day: date | None
    came: int
    answered: int
    preliminary: int
    decided: int


def course_of(rows: Sequence[Answer]) -> tuple[Day, ...]:
    """Return the days on which an answer came, in order; each municipality counts with its newest answer by then.

    Answers of no known day come first, as one.
    """
    numbered = [version for row in rows for version in row.versions if version.number is not None]
    came = Counter(version.day for version in numbered if not version.source)
    undated = [version for version in numbered if version.source]
    before = (_day(None, len(undated), undated),) if undated else ()
    return (*before, *(_day(day, came[day], [_by(row, day) for row in rows]) for day in sorted(came)))


def _by(row: Answer, day: date) -> DecisionRow | None:
    """Return the newest version of a municipality's answer at the end of a day; versions stand the newest first."""
    return next((version for version in row.versions if version.day <= day), None)


def _day(day: date | None, came: int, then: Sequence[DecisionRow | None]) -> Day:
    numbered = [version for version in then if version is not None and version.number is not None]
    decisions = [version for version in numbered if not version.preliminary]
    return Day(day, came, len(decisions), len(numbered) - len(decisions), sum(map(persons_decided, decisions)))
