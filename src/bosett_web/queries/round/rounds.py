"""The rounds that there are, each with how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime

from bosett.rounds.states import RoundState
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import SettlementRound


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One settlement year, and when it was opened, frozen, made public and closed, as far as it was."""

    year: int
    state: str
    opened_on: date | None
    frozen_at: datetime | None
    closed_on: date | None
    release_at: datetime | None

    @property
    def is_former(self) -> bool:
        """Whether it is a round from before the workspace."""
        return RoundState(self.state).is_frozen and self.frozen_at is None

    def runs(self, day: date) -> bool:
        """Tell whether somebody may owe something of it: it is not closed, its year is not over, and it is run here."""
        return self.state != RoundState.CLOSED and not self.is_former and day.year <= self.year


def rounds() -> tuple[RoundRow, ...]:
    """Return every round, the newest year first; in one query."""
    return rows_of(RoundRow, SettlementRound.objects.order_by("-year"))
