"""The copies that KS gets: every letter that has been sent, as far as the table of who sees what lets it be read."""

from dataclasses import dataclass
from datetime import datetime

from bosett.rounds.parties import Who
from bosett_web.queries.letters.letters import LetterRow, letter_rows, may_read
from bosett_web.queries.standing import Standing
from bosett_web.records.models.letters import SENT


@dataclass(frozen=True, slots=True)
class Copies:
    """The sent letters of one county's receivers, newest versions last."""

    county: str
    letters: tuple[LetterRow, ...]


def copies_for(at: Standing, who: Who, moment: datetime) -> tuple[Copies, ...]:
    """Return the letters of a round that have been sent and that somebody may read, by county."""
    found: dict[str, list[LetterRow]] = {}
    for row in letter_rows(at.year):
        if row.state in SENT and may_read(who, at, moment, row):
            found.setdefault(row.county, []).append(row)
    return tuple(Copies(county, tuple(rows)) for county, rows in sorted(found.items()))
