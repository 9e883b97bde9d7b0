"""The back-test of revisions: the cut of 2020 and the rise of 2022 as they would have come out, against the real ones.

Nothing is fitted to the real numbers but the eleven locks of 2020, which are read off them and told as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.figures import series
from bosett.parameters import least_request
from bosett.rounds.kinds import Mode
from bosett.rounds.revise import first_requests, revise
from bosett.rounds.revision_options import revision_option
from bosett.rounds.run import population_known, reference, share_round
from bosett.rounds.sizes import Distance, distance
from bosett.stages.revision import AskedNow, RevisionRules, RevisionWay

CUT, RISE = 2020, 2022
FIVES = 5
"""The requests of March 2022 are multiples of 5."""
KEPT: Mapping[str, int] = MappingProxyType(
    {
        "3003": 24,
        "3029": 25,
        "3054": 19,
        "3407": 27,
        "3808": 13,
        "4202": 18,
        "4204": 61,
        "4618": 24,
        "4627": 24,
        "5031": 15,
        "5035": 22,
    }
)
"""The eleven that were cut less than the others in 2020, with their numbers (IMDi, latest request of 2020): locks."""


@dataclass(frozen=True, slots=True)
class RevisionCase:
    """A revision that was made, and one way in which it could have been.

    Attributes:
        year: Settlement year.
        total: The new total in persons.
        way: How it is shared, in a few English words.
        apart: How far it is from the real numbers.
        equal: Municipalities that get the real number, of those that were really asked.
        asked: Those that were really asked.
        gets: Municipalities that would be asked.
    """

    year: int
    total: int
    way: str
    apart: Distance
    equal: int
    asked: int
    gets: int


def judge_revisions() -> tuple[RevisionCase, ...]:
    """Return the cut of 2020 and the rise of 2022, each in several ways."""
    return (*_cuts(), *_rises())


def _cuts() -> tuple[RevisionCase, ...]:
    real, first = _latest(CUT), first_requests(CUT)
    total = sum(real.values())
    decided = {code: int(value) for code, value in series("decided", CUT).values().items()}
    ways = {
        "by the request, with eleven locks": (RevisionWay.FIRST, KEPT),
        "by the request": (RevisionWay.FIRST, {}),
        "by what is left, with eleven locks": (RevisionWay.LEFT, KEPT),
        "by decision, with eleven locks": (RevisionWay.DECIDED, KEPT),
        "by decision": (RevisionWay.DECIDED, {}),
    }
    rules = RevisionRules(total, least_request(CUT), tie_rule=TieRule.LARGER_CLAIM)
    cases = []
    for name, (way, locks) in ways.items():
        asked = {code: AskedNow(number, locks.get(code, 0), decided.get(code)) for code, number in first.items()}
        numbers = revision_option(way, asked, rules, {}).numbers
        cases.append(_case(CUT, name, {code: each.number for code, each in numbers.items()}, real))
    return tuple(cases)


def _rises() -> tuple[RevisionCase, ...]:
    real, first = _latest(RISE), first_requests(RISE)
    total, criteria = sum(real.values()), reference(RISE)
    run = revise(RISE, total, criteria=criteria, step=FIVES, ask_all=True, tie_rule=TieRule.LARGER_CLAIM)
    ways = {
        "by the request, others taken in by the reference model, all asked, in fives": {
            line.code: line.number for county in run.counties for line in county.municipalities
        },
        "the reference model anew": share_round(criteria, RISE, total, Mode.COUNTIES).numbers,
        "by population, all asked, in fives": _by(population_known(criteria), total),
        "by the request alone, in fives": _by(first, total),
    }
    return tuple(_case(RISE, name, numbers, real) for name, numbers in ways.items())


def _by(claims: Mapping[str, int], total: int) -> Mapping[str, int]:
    least = least_request(RISE)
    recipients = [Recipient(code, Fraction(claim), least=least, must=True) for code, claim in claims.items() if claim]
    outcome = share_out(Problem.of(total, recipients, step=FIVES, tie_rule=TieRule.LARGER_CLAIM))
    assert isinstance(outcome, Shared)  # noqa: S101  - a tie rule is set, and the total is far above the floors
    return outcome.numbers


def _latest(year: int) -> dict[str, int]:
    return {code: int(value) for code, value in series("requested", year).values().items() if value}


def _case(year: int, way: str, numbers: Mapping[str, int], real: Mapping[str, int]) -> RevisionCase:
    return RevisionCase(
        year=year,
        total=sum(real.values()),
        way=way,
        apart=distance(numbers, real),
        equal=sum(numbers.get(code) == number for code, number in real.items()),
        asked=len(real),
        gets=sum(number > 0 for number in numbers.values()),
    )
