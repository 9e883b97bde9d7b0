"""The county's sheet as frozen rows: what is known of each municipality, and what its number departs from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from bosett.geography import NotToldOfPlace, labour_market_region
from bosett.rounds.history import YearBefore, history
from bosett.rounds.parties import Who
from bosett.rounds.population import inhabitants
from bosett.stages.criteria import Claims
from bosett.stages.recommendation import Departure, departures, is_idle, lacks_reason
from bosett_web.queries.lines import Line, lines
from bosett_web.queries.sight import seen_lines
from bosett_web.queries.standing_rows import RecommendationRow, Standing
from bosett_web.queries.weighing import claims_known, weighed


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One municipality on the sheet.

    Attributes:
        line: Its numbers in the round.
        region: Its labour-market region, or empty.
        population: Persons on the newest 1 January known, or None.
        history: The years before, the oldest first.
        least: Fewest persons if asked at all, by the criteria.
        most: Most persons, or None.
        left_out: True when the criteria leave it out of the sharing.
        share: Persons that its claim answers to in the country's total, exactly; None without a proposal.
        departures: What its number departs from.
        unreasoned: True when it departs so that the county must say why, and has not.
        idle: True when its reason is left from an earlier number: the one that stands no longer departs.
    """

    line: Line
    region: str
    population: int | None
    history: tuple[YearBefore, ...]
    least: int
    most: int | None
    left_out: bool
    share: Fraction | None
    departures: tuple[Departure, ...]
    unreasoned: bool
    idle: bool

    @property
    def departs(self) -> bool:
        """Whether the number, or what the meeting came to, is another than the proposal or outside the criteria."""
        line = self.line
        outcome = line.outcome is not None and line.proposed is not None and line.outcome != line.proposed
        return outcome or any(each.reasoned for each in self.departures)


def desk_rows(at: Standing, row: RecommendationRow, who: Who, moment: datetime, day: date) -> tuple[DeskRow, ...]:
    """Return the sheet of one county as somebody may see it, by municipality code; in four queries.

    Args:
        at: The round as it stands.
        row: The county's recommendation.
        who: Who looks.
        moment: When.
        day: The workspace's day: figures published later are missing.
    """
    proposal = next((each for each in at.proposals if each.id == row.proposal), None)
    claims = claims_known(proposal.criteria_file, proposal.day, at.figures) if proposal else None
    people = inhabitants(at.year, day, at.figures).people
    before = history(at.year, day, at.figures)
    shown = seen_lines(at, lines(at, row.proposal, row.county), who, moment)
    return tuple(_desk_row(at.year, line, claims, people, before) for line in shown)


def _desk_row(
    year: int,
    line: Line,
    claims: Claims | None,
    people: Mapping[str, int],
    before: Mapping[str, Sequence[YearBefore]],
) -> DeskRow:
    against = weighed(line, claims)
    return DeskRow(
        line=line,
        region=_region(line.code, year),
        population=people.get(line.code),
        history=tuple(before.get(line.code, ())),
        least=against.least,
        most=against.most,
        left_out=against.left_out,
        share=Fraction(line.exact) if line.exact else None,
        departures=departures(against),
        unreasoned=lacks_reason(against, line.reason),
        idle=is_idle(against, line.reason),
    )


def _region(code: str, year: int) -> str:
    try:
        return labour_market_region(code, year).name
    except NotToldOfPlace:
        return ""
