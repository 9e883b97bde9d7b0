"""What whoever writes criteria can read and begin from: figures known by the day, and last year's criteria."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bosett.figures import times_of
from bosett.parameters import Bound, Criterion, Eligible, Reading, load_shipped, model_of
from bosett.rounds.run import compute
from bosett.rounds.what_if import come_to
from bosett.rounds.writing import begun_from, readable_figures
from bosett.sources.values import NotRead, read_fraction

MODEL = load_shipped("no-2021-reference")


def test_only_figures_known_by_the_day_are_readable_the_newest_first_with_publisher_and_day() -> None:
    readable = {(each.reading.indicator, each.note.when): each for each in readable_figures(MODEL)}
    population = readable["population", "2020"]
    assert (population.note.publisher, population.note.known_on, population.lacking) == ("SSB", date(2020, 3, 1), ())
    assert ("population", "2021") not in readable, "it was not known on 30 June 2020"
    assert ("national_requested", "2020") not in readable, "it is of the whole country"
    months = [each.reading.month for each in readable.values() if each.reading.indicator == "unemployed"]
    assert months[:5] == [5, 4, 3, 2, 1]
    early = {
        (each.reading.indicator, each.note.when) for each in readable_figures(replace(MODEL, day=date(2020, 2, 1)))
    }
    assert ("population", "2020") not in early
    assert early < readable.keys()


def test_whom_a_figure_lacks_is_told() -> None:
    decided = next(
        each for each in readable_figures(MODEL) if each.note.when == "2020" and each.note.indicator == "decided"
    )
    first = MODEL.criteria[0]
    measure = (replace(first.measure[0], reading=decided.reading),)
    alone = replace(MODEL, criteria=(replace(first, weight=Fraction(1), measure=measure),))
    run = compute(2021, total=100, criteria=alone)
    assert decided.lacking == tuple(sorted(each.code for each in run.left_out if each.step.rule == "no-figure"))
    assert len(decided.lacking) == 12


def test_last_year_s_criteria_begin_this_year_s_with_their_years_moved() -> None:
    begun = begun_from(load_shipped("no-2020-reference"), MODEL)
    assert begun is not None
    assert (begun.id, begun.year, begun.day, begun.tie_rule) == (MODEL.id, 2021, MODEL.day, MODEL.tie_rule)
    assert [each.measure for each in begun.criteria] == [each.measure for each in MODEL.criteria]
    assert [each.code for each in begun.criteria] == [each.code for each in load_shipped("no-2020-reference").criteria]


def test_a_figure_that_is_not_known_is_the_newest_that_is() -> None:
    before = load_shipped("no-2020-reference")
    settled, floor = Reading("settled", 2019, None, 0), before.criteria[-1]
    asked = Criterion(
        **{name: getattr(floor, name) for name in ("wording", "wording_status", "source", "weight", "measure")},
        code="not_small",
        kind="eligibility",
        why_not="",
        eligible=Eligible(settled, Fraction(5)),
        bound=None,
    )
    near = replace(floor, code="near", bound=Bound(None, None, (settled, Fraction(1, 2), Fraction(2)), settled))
    begun = begun_from(replace(before, criteria=(*before.criteria, asked, near)), MODEL)
    assert begun is not None
    *_, eligibility, bound = begun.criteria
    assert times_of("settled")[-1] == "2023"
    assert eligibility.eligible == Eligible(settled, Fraction(5)), "that of 2020 was not known in June 2020"
    assert bound.bound == near.bound
    unknown = Reading("jobs", 2019, None, 0)
    never = replace(asked, eligible=Eligible(unknown, Fraction(5)))
    left = begun_from(replace(before, criteria=(*before.criteria, never)), MODEL)
    assert left is not None
    assert left.criteria[-1].eligible == Eligible(replace(unknown, year=2020), Fraction(5))


def test_criteria_whose_weights_are_not_known_begin_nothing() -> None:
    assert begun_from(load_shipped("no-2020-official"), MODEL) is None


def test_what_criteria_come_to_needs_no_choice() -> None:
    by, run = come_to(MODEL, 5025), compute(2021, total=5025)
    assert by.file == MODEL
    assert by.numbers == {line.code: line.number for county in run.counties for line in county.municipalities}


def test_the_model_gives_a_year_its_day_whatever_its_floor() -> None:
    assert model_of(2021, 8) == MODEL
    assert (model_of(2027).day, model_of(2027, 8).id) == (date(2026, 6, 30), "no-2027-reference-least-8")


@pytest.mark.parametrize(
    ("written", "number"),
    [("12,5", Fraction(25, 2)), ("5\u00a0000", 5000), (" 0.25 ", Fraction(1, 4)), ("", None), ("100", 100)],
)
def test_a_number_is_read_as_people_write_it(written: str, number: Fraction | int | None) -> None:
    assert read_fraction(written) == number


@pytest.mark.parametrize("written", ["1/2", "-1", "5 00", "1.000.000", "x", "1,", "9" * 10])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(NotRead):
        read_fraction(written)
