"""The reasons for every number of a shared outcome, made on request.

Told by one divisor, as Webster's method is: every number that no bound stops is claim / divisor, rounded to the nearest
multiple of the step. The bounds, the hand-set numbers and the tie rule account for the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd

from bosett.apportion.outcome import Shared
from bosett.apportion.problem import Problem, Recipient
from bosett.apportion.terms import Term, reduce
from bosett.basis.steps import Step


def steps_of(problem: Problem, outcome: Shared) -> Iterator[Step]:
    """Yield the reasons for each number, recipient by recipient in the problem's order, each worded when asked for."""
    terms = {term.who.id: term for term in reduce(problem).terms}
    numbers = outcome.numbers
    divisor = _divisor(terms.values(), numbers, problem.step)
    divisor_text, per_divisor = str(divisor), 1 / divisor
    claims = _total_claim(problem.recipients)
    asked = _total_claim(term.who for term in terms.values() if numbers[term.who.id])
    per_claim = problem.total / claims if claims else Fraction(0)
    per_asked = sum(numbers[who] for who in terms) / asked if asked else Fraction(0)
    for who in problem.recipients:
        number = numbers[who.id]
        exact = _product(per_claim, who.claim)
        yield Step("share", who.id, f"By claim alone {who.id} would get {exact} of {problem.total}.", {"exact": exact})
        if who.fixed is not None:
            yield Step("fixed", who.id, f"The number is set by hand to {number}.", {"number": number})
            continue
        if who.must:
            least = max(who.least, problem.step)
            yield Step("must", who.id, f"Asked in any case, for at least {least}.", {"least": least})
        term = terms.get(who.id)
        if term is None:
            yield _nothing(who, problem.step)
        elif term.leap and not number:
            yield _not_asked(term, problem.step, per_asked * who.claim)
        else:
            yield _rounded(term, number, problem.step, divisor_text, per_divisor)
        if who.id in outcome.settled:
            yield _settled(who.id, number, outcome)


def divisor_of(problem: Problem, outcome: Shared) -> Fraction:
    """Return the simplest claim per person that rounds every number which no bound stops; 1 when there is none."""
    return _divisor(reduce(problem).terms, outcome.numbers, problem.step)


def simplest_between(low: Fraction, high: Fraction | None) -> Fraction:
    """Return the fraction with the smallest denominator strictly between two (None: no upper end)."""
    wholes: list[int] = []
    while True:
        whole = low.numerator // low.denominator
        if high is None or whole + 1 < high:
            break
        wholes.append(whole)
        low, high = 1 / (high - whole), None if low == whole else 1 / (low - whole)
    simplest = Fraction(whole + 1)
    for whole in reversed(wholes):
        simplest = whole + 1 / simplest
    return simplest


def _divisor(terms: Iterable[Term], numbers: Mapping[str, int], step: int) -> Fraction:
    # The dearest unit given and the cheapest one left, each as twice its half-price over its claim, in whole numbers:
    # comparing those by cross products is many times faster than comparing fractions.
    taken, left = (0, 1), (1, 0)
    for term in terms:
        units = numbers[term.who.id] // step
        if term.leap and not units:
            continue
        over, under = term.claim.as_integer_ratio()
        if units > (term.leap or term.low) and (2 * units - 1) * under * taken[1] > taken[0] * over:
            taken = (2 * units - 1) * under, over
        if units < term.high and (2 * units + 1) * under * left[1] < left[0] * over:
            left = (2 * units + 1) * under, over
    if not taken[0] and not left[1]:
        return Fraction(1)
    low = Fraction(2 * left[1], left[0])
    high = Fraction(2 * taken[1], taken[0]) if taken[0] else None
    return (low if low == high else simplest_between(low, high)) / step


def _total_claim(recipients: Iterable[Recipient]) -> Fraction:
    """Return the sum of the claims, by denominators: adding whole numbers is many times faster than fractions."""
    sums: dict[int, int] = {}
    for who in recipients:
        over, under = who.claim.as_integer_ratio()
        sums[under] = sums.get(under, 0) + over
    return sum((Fraction(over, under) for under, over in sums.items()), start=Fraction(0))


def _product(one: Fraction, other: Fraction) -> str:
    """Return the product as text; a fraction made only to be written takes four times as long."""
    over, under = one.numerator * other.numerator, one.denominator * other.denominator
    shared = gcd(over, under)
    return f"{over // shared}/{under // shared}" if shared < under else str(over // shared)


def _nothing(who: Recipient, step: int) -> Step:
    facts: dict[str, str | int] = {"least": who.least, "step": step}
    if who.most is not None:
        facts["most"] = who.most
    return Step("ceiling", who.id, f"No number but 0 lies within the bounds of {who.id}.", facts)


def _not_asked(term: Term, step: int, scaled: Fraction) -> Step:
    floor = term.leap * step
    half = Fraction(floor, 2)
    side = "below" if scaled < half else "near"
    text = (
        f"Not asked: its share, scaled to those asked, is {scaled}, {side} {half}, half of the floor {floor}; "
        "asking it too makes the whole less proportional."
    )
    return Step("not-asked", term.who.id, text, {"scaled": str(scaled), "threshold": str(half), "least": floor})


def _rounded(term: Term, number: int, step: int, divisor: str, per_claim: Fraction) -> Step:
    """Tell which of bound and rounding made the number."""
    who, claim = term.who.id, term.claim
    quotient = _product(claim, per_claim)
    facts: dict[str, str | int] = {"divisor": divisor, "quotient": quotient, "number": number}
    beginning = f"Claim {claim} / divisor {divisor} is {quotient}"
    least = (term.leap or term.low) * step
    if number == least and claim * per_claim < number - Fraction(step, 2):
        return Step("least", who, f"{beginning}, raised to the smallest number {least}.", facts | {"least": least})
    if number == term.high * step and claim * per_claim > number + Fraction(step, 2):
        return Step("ceiling", who, f"{beginning}, cut to the ceiling {number}.", facts | {"most": number})
    near = "the nearest whole number" if step == 1 else f"the nearest multiple of {step}"
    return Step("rounding", who, f"{beginning}, rounded to {near}: {number}.", facts)


def _settled(who: str, number: int, outcome: Shared) -> Step:
    low, high = outcome.settled[who]
    rule = str(outcome.rule)
    text = f"A tie: equally good answers give {who} from {low} to {high}; the tie rule {rule} decided {number}."
    return Step("tie-rule", who, text, {"from": low, "to": high, "rule": rule, "number": number})
