"""The reasons for the numbers: one divisor, and what stands beside it."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.apportion.steps import divisor_of, simplest_between, steps_of
from bosett.basis.steps import Step
from strategies import problems


def steps_by_recipient(problem: Problem) -> dict[str | None, list[Step]]:
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)
    by_recipient: dict[str | None, list[Step]] = {}
    for step in steps_of(problem, outcome):
        by_recipient.setdefault(step.id, []).append(step)
    return by_recipient


def rules(problem: Problem) -> dict[str | None, list[str]]:
    return {who: [step.rule for step in steps] for who, steps in steps_by_recipient(problem).items()}


@given(problem=problems())
def test_every_number_follows_from_its_steps(problem: Problem) -> None:
    outcome = share_out(replace(problem, tie_rule=problem.tie_rule or TieRule.ID))
    if not isinstance(outcome, Shared):
        return
    for step in steps_of(problem, outcome):
        if step.rule == "rounding":
            number, quotient = outcome.numbers[step.id or ""], Fraction(step.facts["quotient"])
            assert 2 * abs(number - quotient) <= problem.step
        if step.rule == "least":
            assert outcome.numbers[step.id or ""] > Fraction(step.facts["quotient"])
        if step.rule == "ceiling" and "quotient" in step.facts:
            assert outcome.numbers[step.id or ""] < Fraction(step.facts["quotient"])


def test_each_reason_by_its_code() -> None:
    people = [
        Recipient("big", Fraction(50), 10, 30),
        Recipient("fair", Fraction(20), 10),
        Recipient("raised", Fraction(8), 10),
        Recipient("small", Fraction(1), 10),
        Recipient("hand", Fraction(5), 10, fixed=3),
        Recipient("must", Fraction(2), 10, must=True),
        Recipient("closed", Fraction(2), 10, 4),
    ]
    rules_of = rules(Problem.of(73, people))
    assert rules_of["big"] == ["share", "ceiling"]
    assert rules_of["fair"] == ["share", "rounding"]
    assert rules_of["raised"][-1] in {"least", "rounding"}
    assert rules_of["small"] == ["share", "not-asked"]
    assert rules_of["hand"] == ["share", "fixed"]
    assert rules_of["must"] == ["share", "must", "least"]
    assert rules_of["closed"] == ["share", "ceiling"]


def test_the_share_is_exact_text() -> None:
    step = steps_by_recipient(Problem.of(10, [Recipient("a", Fraction(1)), Recipient("b", Fraction(2))]))["a"][0]
    assert step.facts == {"exact": "10/3"}


def test_what_the_tie_rule_decided() -> None:
    people = [Recipient(who, Fraction(1)) for who in "ab"]
    step = steps_by_recipient(Problem.of(1, people, tie_rule=TieRule.ID))["a"][-1]
    assert (step.rule, dict(step.facts)) == ("tie-rule", {"from": 0, "to": 1, "rule": "id", "number": 1})


def test_nobody_open_has_divisor_one() -> None:
    problem = Problem.of(3, [Recipient("a", Fraction(7), fixed=3)])
    assert divisor_of(problem, Shared({"a": 3}, {})) == 1
    closed = Problem.of(0, [Recipient("a", Fraction(7), 10)])
    assert rules(closed) == {"a": ["share", "not-asked"]}


def test_the_simplest_fraction() -> None:
    assert simplest_between(Fraction(0), None) == 1
    assert simplest_between(Fraction(0), Fraction(1, 3)) == Fraction(1, 4)
    assert simplest_between(Fraction(31, 10), Fraction(32, 10)) == Fraction(19, 6)
    assert simplest_between(Fraction(2), Fraction(3)) == Fraction(5, 2)
