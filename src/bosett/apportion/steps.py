"""The reasons for every number of a shared outcome, made on request.

Told by one divisor, as Webster's method is: every number that no bound stops is claim / divisor, rounded to the nearest
multiple of the step. The bounds, the hand-set numbers and the tie rule account for the rest.
"""

from collections.abc import Iterator
from fractions import Fraction

from bosett.apportion.outcome import Shared
from bosett.apportion.problem import Problem, Recipient
from bosett.apportion.terms import Term, reduce
from bosett.basis.steps import Step


def steps_of(problem: Problem, outcome: Shared) -> tuple[Step, ...]:
    """Return the reasons for each number, recipient by recipient in the problem's order."""
    terms = {term.who.id: term for term in reduce(problem).terms}
    numbers = outcome.numbers
    divisor = divisor_of(problem, outcome)
    claims = _total_claim(problem.recipients)
    asked = _total_claim(term.who for term in terms.values() if numbers[term.who.id])
    given = sum(numbers[who] for who in terms)
    steps: list[Step] = []
    for who in problem.recipients:
        number = numbers[who.id]
        exact = problem.total * who.claim / claims
        text = f"By claim alone {who.id} would get {exact} of {problem.total}."
        steps.append(Step("share", who.id, text, {"exact": str(exact)}))
        if who.fixed is not None:
            steps.append(Step("fixed", who.id, f"The number is set by hand to {number}.", {"number": number}))
            continue
        if who.must:
            least = max(who.least, problem.step)
            steps.append(Step("must", who.id, f"Asked in any case, for at least {least}.", {"least": least}))
        term = terms.get(who.id)
        if term is None:
            steps.append(_nothing(who, problem.step))
        elif term.leap and not number:
            steps.append(_not_asked(term, problem.step, given * who.claim / asked if asked else Fraction(0)))
        else:
            steps.append(_rounded(term, number, problem.step, divisor))
        if who.id in outcome.settled:
            steps.append(_settled(who.id, number, outcome))
    return tuple(steps)


def divisor_of(problem: Problem, outcome: Shared) -> Fraction:
    """Return the simplest claim per person that rounds every number which no bound stops; 1 when there is none."""
    taken, left = Fraction(0), None
    for term in reduce(problem).terms:
        units = outcome.numbers[term.who.id] // problem.step
        if term.leap and not units:
            continue
        if units > (term.leap or term.low):
            taken = max(taken, (2 * units - 1) / term.claim)
        if units < term.high:
            price = (2 * units + 1) / term.claim
            left = price if left is None else min(left, price)
    if left is None and not taken:
        return Fraction(1)
    low = Fraction(0) if left is None else 2 / left
    high = 2 / taken if taken else None
    return (low if low == high else simplest_between(low, high)) / problem.step


def simplest_between(low: Fraction, high: Fraction | None) -> Fraction:
    """Return the fraction with the smallest denominator strictly between two (None: no upper end)."""
    wholes: list[int] = []
    while True:
        whole = low.numerator // low.denominator
        if high is None or whole + 1 < high:
            break
        wholes.append(whole)
        low, high = 1 / (high - whole), None if low == whole else 1 / (low - whole)
    found = Fraction(whole + 1)
    for whole in reversed(wholes):
        found = whole + 1 / found
    return found


def _total_claim(recipients: Iterator[Recipient] | tuple[Recipient, ...]) -> Fraction:
    return sum((who.claim for who in recipients), start=Fraction(0))


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


def _rounded(term: Term, number: int, step: int, divisor: Fraction) -> Step:
    """Tell which of bound and rounding made the number."""
    quotient = term.claim / divisor
    who = term.who.id
    facts: dict[str, str | int] = {"divisor": str(divisor), "quotient": str(quotient), "number": number}
    least = (term.leap or term.low) * step
    if number == least and quotient < number - Fraction(step, 2):
        text = f"Claim {term.claim} / divisor {divisor} is {quotient}, raised to the smallest number {least}."
        return Step("least", who, text, facts | {"least": least})
    if number == term.high * step and quotient > number + Fraction(step, 2):
        text = f"Claim {term.claim} / divisor {divisor} is {quotient}, cut to the ceiling {number}."
        return Step("ceiling", who, text, facts | {"most": number})
    near = "the nearest whole number" if step == 1 else f"the nearest multiple of {step}"
    text = f"Claim {term.claim} / divisor {divisor} is {quotient}, rounded to {near}: {number}."
    return Step("rounding", who, text, facts)


def _settled(who: str, number: int, outcome: Shared) -> Step:
    low, high = outcome.settled[who]
    rule = str(outcome.rule)
    text = f"A tie: equally good answers give {who} from {low} to {high}; the tie rule {rule} decided {number}."
    return Step("tie-rule", who, text, {"from": low, "to": high, "rule": rule, "number": number})
