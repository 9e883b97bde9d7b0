"""What a meeting is made of beside its own row: open points, and what it comes to so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bosett.rounds.moves import Objection
from bosett.rounds.states import MeetingState
from bosett_web.queries.lines import Line
from bosett_web.queries.meetings.record import MinutedLine
from bosett_web.queries.rows import rows_of
from bosett_web.queries.standing_rows import MeetingRow, People
from bosett_web.records.models import MeetingPoint


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point that a meeting left open, until it is closed."""

    id: int
    text: str
    closed: bool


@dataclass(frozen=True, slots=True)
class MeetingTally:
    """What a county's meeting comes to so far, in persons, against the target.

    Attributes:
        target: The county's decided target, and the minors within it; None is not decided.
        proposed: Sum of the proposal.
        recommended: Sum of the recommendation.
        outcome: Sum over the municipalities that have an outcome.
        ahead: The same, with the recommendation in place of each outcome that is not there yet.
        done: Municipalities that have an outcome.
        of: Municipalities in all.
    """

    target: People
    proposed: int | None
    recommended: People
    outcome: People
    ahead: People
    done: int
    of: int

    @property
    def difference(self) -> int | None:
        """Persons above (below: less than 0) the target when the rest comes out as recommended; None without both."""
        if self.target.number is None or self.ahead.number is None:
            return None
        return self.ahead.number - self.target.number

    @property
    def complete(self) -> bool:
        """Tell whether every municipality has its outcome."""
        return self.done == self.of


def yet_to_come(row: MeetingRow, day: date) -> Objection | None:
    """Return why a meeting cannot have been held on a day: its own is later. None when it can."""
    on = timezone.localdate(row.at)
    return Objection("meeting_to_come", {"day": on}) if row.state != MeetingState.HELD and on > day else None


def points(meeting: int) -> tuple[PointRow, ...]:
    """Return the points of a meeting as they came, in one query."""
    return rows_of(PointRow, MeetingPoint.objects.filter(meeting=meeting).order_by("pk"))


def tally(lines: Sequence[Line | MinutedLine], target: People) -> MeetingTally:
    """Return what the lines of a county come to, as far as they are shown."""
    outcomes = [line for line in lines if line.outcome is not None]
    ahead = [
        People(line.number, line.under15, line.from15)
        if line.outcome is None
        else People(line.outcome, line.outcome_under15, line.outcome_from15)
        for line in lines
    ]
    return MeetingTally(
        target=target,
        proposed=_sum([line.proposed for line in lines]),
        recommended=_sums([People(line.number, line.under15, line.from15) for line in lines]),
        outcome=_sums([People(line.outcome, line.outcome_under15, line.outcome_from15) for line in outcomes]),
        ahead=_sums(ahead),
        done=len(outcomes),
        of=len(lines),
    )


def _sums(rows: Sequence[People]) -> People:
    return People(**{part: _sum([getattr(row, part) for row in rows]) for part in ("number", "under15", "from15")})


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Return a sum of what is given; None when nothing is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None
