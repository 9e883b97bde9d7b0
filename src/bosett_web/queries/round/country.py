"""The whole country at once: how far each county has come, the numbers as they stand, and equal treatment by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.figures import Layers
from bosett.figures.kinds import Status
from bosett.geography import County, counties
from bosett.rounds.equal import CountyRate, Outlier, Pairs, county_rates, outliers, pairs, scaled
from bosett.rounds.moves import Track
from bosett.stages.criteria import Claims
from bosett.stages.recommendation import must_be_reasoned
from bosett_web.queries.lines import Line
from bosett_web.queries.round.overview import RoundStep, steps
from bosett_web.queries.situations import county_target
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.queries.weighing import claims_known, weighed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a county has come; None is not there, or not for this reader.

    Attributes:
        county: The county.
        step: Its recommendation as a step of the round.
        meeting: Its meeting.
        called_off: The newest meeting that was called off.
        target: Decided target in persons.
        proposed, recommended, outcome, final: Sums of what there is, in persons.
        departures: Municipalities whose recommended number departs from proposal or criteria; None before there is any.
        left: Municipalities without a final number.
    """

    county: County
    step: RoundStep
    meeting: MeetingRow | None
    called_off: MeetingRow | None
    target: int | None
    proposed: int | None
    recommended: int | None
    outcome: int | None
    final: int | None
    departures: int | None
    left: int


@dataclass(frozen=True, slots=True)
class Equal:
    """Equal treatment by the numbers as they stand."""

    rates: tuple[CountyRate, ...]
    pairs: Pairs
    from_proposal: tuple[Outlier, ...]
    from_last_year: tuple[Outlier, ...]


def progress(whole: Standing, shown: Standing, rows: Sequence[Line]) -> tuple[Progress, ...]:
    """Return how far each county has come, by code.

    Args:
        whole: The round as it stands, for what waits on whom.
        shown: The round as the reader may see it.
        rows: The lines as the reader may see them.
    """
    step_of = {step.area: step for step in steps(whole) if step.track is Track.RECOMMENDATION}
    claims = claims_of_round(shown)
    of_counties = []
    for county in counties(shown.year):
        own = [line for line in rows if line.county == county.code]
        of_counties.append(
            Progress(
                county=county,
                step=step_of[county.code],
                meeting=shown.meetings.get(county.code),
                called_off=shown.called_off.get(county.code),
                target=county_target(shown, county.code),
                proposed=added([line.proposed for line in own]),
                recommended=added([line.number for line in own]),
                outcome=added([line.outcome for line in own]),
                final=added([line.asked_for for line in own]),
                departures=departing(own, claims),
                left=sum(line.asked_for is None for line in own) if not shown.is_frozen else 0,
            )
        )
    return tuple(of_counties)


def departing(rows: Sequence[Line], claims: Claims | None) -> int | None:
    """Return how many recommended numbers depart from proposal or criteria; None while none is recommended."""
    if all(line.number is None for line in rows):
        return None
    return sum(must_be_reasoned(weighed(line, claims)) for line in rows)


def added(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what is there; None when nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def standing_number(line: Line, *, frozen: bool) -> int | None:
    """Return a municipality's number as it stands: final, else the meeting's outcome, recommended, proposed.

    In a frozen round a municipality without a request is asked for nobody.
    """
    for number in (line.asked_for, line.outcome, line.number, line.proposed):
        if number is not None:
            return number
    return 0 if frozen else None


def equal_treatment(shown: Standing, rows: Sequence[Line]) -> Equal | None:
    """Return equal treatment by the numbers as they stand; None while there are no claims or no numbers.

    Args:
        shown: The round as the reader may see it.
        rows: The lines as the reader may see them.
    """
    claims = claims_of_round(shown)
    standing_numbers = {line.code: standing_number(line, frozen=shown.is_frozen) for line in rows}
    numbers = {code: number for code, number in standing_numbers.items() if number is not None}
    if claims is None or not numbers:
        return None
    county_of = {line.code: line.county for line in rows}
    proposed = {line.code: line.proposed for line in rows if line.proposed is not None}
    before = _last_year(rows, numbers)
    return Equal(
        rates=county_rates(numbers, claims.claims, county_of),
        pairs=pairs(numbers, claims.claims, county_of),
        from_proposal=outliers(numbers, proposed),
        from_last_year=outliers(numbers, scaled(before, sum(numbers[code] for code in before))),
    )


def claims_of_round(at: Standing) -> Claims | None:
    """Return the claims that the shared proposal rests on; None when there are none, or they cannot be computed."""
    proposal = at.current_proposal
    return None if proposal is None else claims_known(proposal.criteria_file, proposal.day, at.figures)


def computes(criteria: str, day: date, figures: Layers) -> bool:
    """Tell whether claims can be computed by a criteria file from what was known on a day."""
    return claims_known(criteria, day, figures) is not None


def _last_year(rows: Sequence[Line], numbers: Mapping[str, int]) -> dict[str, int]:
    """Return last year's requests of those that have a number; one that was not asked was asked for nobody."""
    requests = {}
    for line in rows:
        if line.code in numbers and line.previous.status in (Status.OK, Status.NOT_ASKED):
            requests[line.code] = line.previous.persons or 0
    return requests
