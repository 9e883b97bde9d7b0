"""Criteria in plain words: how each measures, what it weighs, and what is new since the year before."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.documents.criteria import gone, in_words, measure_in_words, open_criterion
from bosett.parameters import Criterion, Factor, Reading, load_shipped, shipped

POPULATION = Reading("population", 2020, None, 1)
UNEMPLOYED = Reading("unemployed", 2020, 2, 1)
ONCE = Factor(POPULATION, None, None, Fraction(1), None)


def criterion(code: str, weight: str, wording: str = "Folketall") -> Criterion:
    return Criterion(
        code=code,
        kind="weight",
        wording={"nb": wording, "nn": wording, "en": wording},
        wording_status="own",
        source="Bosett",
        weight=Fraction(weight),
        measure=(ONCE,),
        why_not="",
        eligible=None,
        bound=None,
    )


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ([ONCE], "folketall 1. januar 2020"),
        ([replace(ONCE, power=Fraction(1, 2))], "kvadratroten av folketall 1. januar 2020"),
        ([replace(ONCE, power=Fraction(2))], "folketall 1. januar 2020 opphøyd i 2"),
        (
            [ONCE, Factor(UNEMPLOYED, POPULATION, None, Fraction(-1), None)],
            "folketall 1. januar 2020 delt på (helt ledige februar 2020 delt på folketall 1. januar 2020)",
        ),
        (
            [ONCE, Factor(UNEMPLOYED, POPULATION, Fraction(1), Fraction(1), None)],
            "folketall 1. januar 2020 ganger 1 minus helt ledige februar 2020 delt på folketall 1. januar 2020",
        ),
    ],
)
def test_a_measure_is_told_as_it_is_reckoned(factors: list[Factor], words: str) -> None:
    assert measure_in_words(factors, "nb").replace("\u00a0", " ") == words


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_criterion_can_be_told_in_each_language(name: str) -> None:
    criteria = [open_criterion(each) for each in load_shipped(name).criteria]
    for language in LANGUAGES:
        rows = [row for of_kind in in_words(criteria, None, language).values() for row in of_kind]
        assert len(rows) == len(criteria)
        for row in rows:
            assert row.wording
            assert not re.search(r"[a-z]+_[a-z]+", row.measure), "the name of a series is for programs"
            assert not (row.weight_unknown and row.weight)


def test_what_is_new_changed_and_gone_since_the_year_before() -> None:
    before = [open_criterion(each) for each in (criterion("size", "1/2"), criterion("work", "1/2", "Arbeid"))]
    now = [open_criterion(each) for each in (criterion("size", "3/4"), criterion("jobs", "1/4", "Jobber"))]
    size, jobs = in_words(now, before, "nb")["weight"]
    assert (size.new, size.was, jobs.new) == ("changed", "", "new")
    assert gone(now, before, "nb") == ["Arbeid"]
    reworded = [open_criterion(criterion("size", "1/2", "Innbyggere"))]
    (row,) = in_words(reworded, before, "nb")["weight"]
    assert (row.new, row.was, row.width) == ("changed", "Folketall", 50)
    (alone,) = in_words(reworded, None, "nb")["weight"]
    assert alone.new == "", "of an unknown year nothing is said to be new"
