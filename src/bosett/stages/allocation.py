"""Allocation: a target shared over municipalities by their claims, floors and ceilings. It is the proposal.

Source: design of Bosett, part 3.
"""

from collections.abc import Mapping
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule


def municipal_problem(
    claims: Mapping[str, Fraction], bounds: Mapping[str, tuple[int, int | None]], target: int, tie_rule: TieRule | None
) -> Problem:
    """Return the sharing of `target` persons over municipalities.

    Args:
        claims: Exact claim of each eligible municipality, by code.
        bounds: By code, fewest persons if asked at all, and most (None: no ceiling).
        target: Persons to share: the nation's or one county's.
        tie_rule: What settles a tie.
    """
    return Problem.of(
        target,
        (Recipient(code, claim, least=bounds[code][0], most=bounds[code][1]) for code, claim in sorted(claims.items())),
        tie_rule=tie_rule,
    )
