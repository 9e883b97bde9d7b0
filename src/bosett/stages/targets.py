"""Targets: the national total shared over the counties' sums of eligible claims, with no floor for a county.

Source: letter of 19.05.2020 (the committee decides a national and county targets); design of Bosett, part 3.
"""

from collections.abc import Mapping
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule


def county_problem(
    claims: Mapping[str, Fraction], county_of: Mapping[str, str], total: int, tie_rule: TieRule | None
) -> Problem:
    """Return the sharing of `total` persons over counties.

    Args:
        claims: Exact claim of each eligible municipality, by code.
        county_of: County of each municipality.
        total: National target in persons.
        tie_rule: What settles a tie.

    Returns:
        A problem whose recipients are the counties with any claim, by code.
    """
    sums: dict[str, Fraction] = {}
    for code, claim in claims.items():
        county = county_of[code]
        sums[county] = sums.get(county, Fraction(0)) + claim
    return Problem.of(total, (Recipient(county, claim) for county, claim in sorted(sums.items())), tie_rule=tie_rule)
