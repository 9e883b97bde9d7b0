"""Spread the rest: what a county has left of its target, shared by the engine over those without a number."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule


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
