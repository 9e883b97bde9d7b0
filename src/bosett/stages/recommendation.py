"""Recommendation: what is worth saying of a recommended number, and the rest shared over what is free.

A number may depart from proposal, criteria, and the municipality's word. The rest is what a county has left of its
target, shared by the engine over those without a number.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule


@dataclass(frozen=True, slots=True)
class Weighed:
    """A municipality's number beside what it is weighed against, in persons; None is not given or missing.

    Attributes:
        number: Recommended; 0 is not asked.
        proposed: The shared proposal's number; 0 is not asked.
        minors: Unaccompanied minors within the number.
        least: Fewest persons if asked at all, by the criteria.
        most: Most persons by the criteria, or None.
        left_out: True when the criteria leave the municipality out of the sharing.
        signal: What the municipality has said that it can take.
        signal_minors: The minors within that.
    """

    number: int | None
    proposed: int | None
    minors: int | None = None
    least: int = 0
    most: int | None = None
    left_out: bool = False
    signal: int | None = None
    signal_minors: int | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure: a code that words are found by, its facts, and whether a reason must be given for it."""

    code: str
    facts: Mapping[str, int] = field(default_factory=dict)
    reasoned: bool = False


def departures(line: Weighed) -> tuple[Departure, ...]:
    """Return what a number departs from, the weightiest first; nothing while no number is given.

    Source: design of Bosett, part 3 (floor, ceiling, who may be asked); the letter of 19.05.2020 (the county recommends
    within the criteria).
    """
    if line.number is None:
        return ()
    return tuple(each for each in (*_from_criteria(line), _from_proposal(line), *_from_signal(line)) if each)


def must_be_reasoned(line: Weighed) -> bool:
    """Tell whether a number departs so that the county must say why."""
    return any(each.reasoned for each in departures(line))


def lacks_reason(line: Weighed, reason: str) -> bool:
    """Tell whether a number departs so that the county must say why, and it has not."""
    return not reason.strip() and must_be_reasoned(line)


def is_idle(line: Weighed, reason: str) -> bool:
    """Tell whether a reason is left from an earlier number: the one that stands departs from nothing that it explains.

    The county's text is kept for the day when the number departs again. Where number or proposal is not known, nothing
    can be said against the reason.
    """
    known = line.number is not None and line.proposed is not None
    return bool(reason.strip()) and known and not must_be_reasoned(line)


def reason_of_departure(line: Weighed, reason: str) -> str:
    """Return the reason as documents print it beside a number; nothing when it is left from an earlier number."""
    return "" if is_idle(line, reason) else reason


def _from_criteria(line: Weighed) -> tuple[Departure | None, ...]:
    number = line.number or 0
    return (
        Departure("left_out_asked", {}, reasoned=True) if line.left_out and number else None,
        Departure("below_least", {"least": line.least}, reasoned=True) if 0 < number < line.least else None,
        Departure("above_most", {"most": line.most}, reasoned=True)
        if line.most is not None and number > line.most
        else None,
    )


def _from_proposal(line: Weighed) -> Departure | None:
    if line.proposed is None or line.number is None or line.number == line.proposed:
        return None
    if not line.number:
        return Departure("not_asked", {"proposed": line.proposed}, reasoned=True)
    if not line.proposed:
        return Departure("asked_besides", {}, reasoned=True)
    code = "more_than_proposed" if line.number > line.proposed else "fewer_than_proposed"
    return Departure(code, {"by": abs(line.number - line.proposed)}, reasoned=True)


def _from_signal(line: Weighed) -> tuple[Departure | None, ...]:
    number, signal = line.number or 0, line.signal
    departure = Departure("above_signal", {"signal": signal}) if signal is not None and number > signal else None
    if signal is not None and number < signal:
        departure = Departure("below_signal", {"signal": signal})
    minors = None
    if line.minors is not None and line.signal_minors is not None and line.minors > line.signal_minors:
        minors = Departure("minors_above_signal", {"signal": line.signal_minors})
    return (departure, minors)


def rest_problem(
    claims: Mapping[str, Fraction],
    bounds: Mapping[str, tuple[int, int | None]],
    rest: int,
    *,
    asked: Collection[str],
    tie_rule: TieRule | None,
) -> Problem:
    """Return the sharing of what is left over those that are free.

    Args:
        claims: Exact claim of each free municipality, by code.
        bounds: By code, fewest persons if asked at all, and most (None: no ceiling).
        rest: Persons left of the county's target, 0 or more.
        asked: Codes among the free that must be asked.
        tie_rule: What settles a tie.

    Raises:
        BadProblem: `rest` is below 0.
    """
    return Problem.of(
        rest,
        (
            Recipient(code, claim, least=bounds[code][0], most=bounds[code][1], must=code in asked)
            for code, claim in sorted(claims.items())
        ),
        tie_rule=tie_rule,
    )
