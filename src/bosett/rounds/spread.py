"""What the criteria say of each municipality, and the rest of a county's target spread by them."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from bosett.apportion import TieRule, share_out
from bosett.apportion.outcome import Shared
from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers
from bosett.geography import municipalities
from bosett.parameters import load_shipped
from bosett.rounds.run import NotShared
from bosett.stages.criteria import Claims, claims_of, published
from bosett.stages.recommendation import rest_problem


class NothingFree(Refusal):
    """No municipality without a number takes part in the sharing."""

    def __init__(self) -> None:
        super().__init__("Every municipality that takes part has a number already; clear one to spread over it.")


class OverTarget(Refusal):
    """The numbers given already exceed the county's target."""

    def __init__(self, given: int, target: int) -> None:
        super().__init__(f"The numbers given add up to {given}, the county's target is {target}. Nothing is left.")
        self.given, self.target = given, target


@lru_cache(maxsize=16)
def claims_by(criteria: str, day: date, figures: Layers = SHIPPED) -> Claims:
    """Return claims, bounds and who is left out by a shipped criteria file, from what was known on a day.

    Raises:
        Refusal: As `claims_of`.
    """
    file = load_shipped(criteria).known_by(day)
    return claims_of(file, tuple(place.code for place in municipalities(file.year)), published(file, figures))


def spread_rest(
    criteria: str,
    day: date,
    target: int,
    given: Mapping[str, int],
    free: Collection[str],
    asked: Collection[str],
    figures: Layers = SHIPPED,
) -> Mapping[str, int]:
    """Share what is left of a county's target over the municipalities that have no number.

    One that the criteria leave out gets nobody; if it must be asked all the same, it is left for a person to number.

    Args:
        criteria: Shipped criteria file.
        day: Day that the claims are known on.
        target: The county's target in persons.
        given: Numbers that stand.
        free: Codes without a number.
        asked: Those among them that must be asked.
        figures: What is accepted above the shipped figures.

    Raises:
        OverTarget: The given numbers exceed the target.
        NothingFree: Nobody free takes part in the sharing.
        NotShared: Tied, impossible or unproven; says why, and the nearest totals that work.
    """
    claims, rest = claims_by(criteria, day, figures), target - sum(given.values())
    if rest < 0:
        raise OverTarget(sum(given.values()), target)
    among = {code: claims.claims[code] for code in free if code in claims.claims}
    if not among:
        raise NothingFree
    rule = load_shipped(criteria).tie_rule
    outcome = share_out(
        rest_problem(among, claims.bounds, rest, asked=asked, tie_rule=None if rule is None else TieRule(rule))
    )
    if not isinstance(outcome, Shared):
        raise NotShared("The rest", outcome)
    return {code: outcome.numbers.get(code, 0) for code in free if code in among or code not in asked}
