"""Targets: a national total shared over counties, with no floor for a county.

Source: letter of 19.05.2020 (the committee decides a national and county targets); design of Bosett, part 3.
"""

from collections.abc import Mapping
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule


def county_problem(
    claims: Mapping[str, Fraction], county_of: Mapping[str, str], total: int, tie_rule: TieRule | None
) -> Problem:
    """Return the sharing of `total` persons over counties, by the sums of eligible claims.

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
    return problem_by_parts(sums, total, tie_rule)


def problem_by_parts(
    parts: Mapping[str, Fraction], total: int, tie_rule: TieRule | None, most: Mapping[str, int] | None = None
) -> Problem:
    """Return the sharing of `total` persons over counties, by the part that each has in a whole.

    Args:
        parts: By county; who has none gets nobody, and is no recipient.
        total: Persons.
        tie_rule: What settles a tie.
        most: Most that each county can get; None is that nothing bounds it.
    """
    recipients = (
        Recipient(county, part, most=None if most is None else most[county])
        for county, part in sorted(parts.items())
        if part
    )
    return Problem.of(total, recipients, tie_rule=tie_rule)
