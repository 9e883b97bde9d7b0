"""A version held against what is there, and what a person takes of it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import madeup
from bosett.basis.structures import Structure
from bosett.figures import SHIPPED, Figure, FigureVersion, Status, series
from bosett.figures.compare import (
    IMPLAUSIBLE,
    DifferenceKind,
    ForeignCodes,
    NothingTaken,
    UnknownRows,
    compare,
    taken,
)

HIDDEN, MISSING = Figure(None, Status.HIDDEN), Figure(None, Status.MISSING)
POPULATION = dict(series("population", 2026).figures)


def people(**changed: Figure) -> FigureVersion:
    """Return SSB's own people of 2026 with some of them made up."""
    codes = {code.removeprefix("m"): figure for code, figure in changed.items()}
    return madeup.version("population", {"2026": {**POPULATION, **codes}})


def ok(number: int) -> Figure:
    return Figure(number, Status.OK)


def test_the_same_figures_differ_in_nothing() -> None:
    comparison = compare(people())
    assert (comparison.rows, comparison.same) == ((), 357)


def test_what_changed_stands_with_the_largest_first() -> None:
    oslo, bergen = POPULATION["0301"].persons or 0, POPULATION["4601"].persons or 0
    comparison = compare(people(m0301=ok(oslo + 5), m4601=ok(bergen - 40)))
    assert [(row.kind, row.code, row.size) for row in comparison.rows] == [
        (DifferenceKind.CHANGED, "4601", Fraction(40)),
        (DifferenceKind.CHANGED, "0301", Fraction(5)),
    ]
    assert (comparison.rows[0].before, comparison.rows[0].after) == (ok(bergen), ok(bergen - 40))
    assert (comparison.same, comparison.implausible) == (355, ())


def test_new_gone_and_hidden_are_three_things() -> None:
    version = people()
    without = {code: figure for code, figure in version.figures["2026"].items() if code != "1103"}
    comparison = compare(replace(version, figures={"2026": {**without, "4601": HIDDEN}}))
    assert [(row.kind, row.code) for row in comparison.rows] == [
        (DifferenceKind.CHANGED, "4601"),
        (DifferenceKind.GONE, "1103"),
    ]
    below = madeup.layers(madeup.version("employed", {"2026": {"0301": ok(5), "1103": HIDDEN}}))
    comparison = compare(madeup.version("employed", {"2026": {"0301": MISSING, "1103": ok(0), "4601": ok(3)}}), below)
    assert [(row.kind, row.code) for row in comparison.rows] == [
        (DifferenceKind.NEW, "4601"),
        (DifferenceKind.CHANGED, "1103"),
        (DifferenceKind.GONE, "0301"),
        (DifferenceKind.HIDDEN_TURNED_ZERO, "1103"),
    ]


def test_a_jump_is_beyond_the_ratio_and_the_number_both() -> None:
    oslo, utsira = POPULATION["0301"].persons or 0, POPULATION["1151"].persons or 0
    assert utsira < 300
    comparison = compare(people(m0301=ok(oslo * 11 // 10 + 1), m1151=ok(utsira * 2 - 20)))
    assert [(row.code, row.facts["against"]) for row in comparison.of(DifferenceKind.JUMP)] == [("0301", "2026")]
    assert compare(people(m0301=ok(oslo * 11 // 10))).of(DifferenceKind.JUMP) == ()


def test_a_new_time_is_held_against_the_year_before() -> None:
    lower = {code: ok((figure.persons or 0) // 2) for code, figure in POPULATION.items()}
    comparison = compare(madeup.version("population", {"2027": lower}))
    assert len(comparison.of(DifferenceKind.NEW)) == 357
    jumps = comparison.of(DifferenceKind.JUMP)
    assert {row.facts["against"] for row in jumps} == {"2026"}
    assert jumps[0].code == "0301"


def test_a_sum_is_held_against_the_national_total() -> None:
    fits = madeup.requests_of_2026()  # 13 000, as was published
    assert compare(fits).of(DifferenceKind.SUM_OFF) == ()
    one_more = replace(fits, figures={"2026": {**fits.figures["2026"], "1103": ok(400)}})
    (row,) = compare(one_more).of(DifferenceKind.SUM_OFF)
    assert (row.code, row.facts["total"], row.facts["without"]) == ("00", "13000", "0")
    # Too few are no wonder where a place is hidden; too many are.
    hidden = replace(fits, figures={"2026": {**fits.figures["2026"], "0301": HIDDEN}})
    assert compare(hidden).of(DifferenceKind.SUM_OFF) == ()
    assert len(compare(hidden, national={"2026": 100}).of(DifferenceKind.SUM_OFF)) == 1
    counties = madeup.unemployed_of_february_2026()
    wrong = replace(counties, figures={"2026-02": {**counties.figures["2026-02"], "00": ok(1)}})
    assert (len(compare(counties).of(DifferenceKind.SUM_OFF)), len(compare(wrong).of(DifferenceKind.SUM_OFF))) == (0, 1)


def test_a_code_of_another_structure_is_told_and_cannot_be_taken() -> None:
    version = people(m1507=ok(9))  # Ålesund until 2024
    assert [row.code for row in compare(version).of(DifferenceKind.FOREIGN_CODE)] == ["1507"]
    with pytest.raises(ForeignCodes, match=r"^1507: no municipality of 2024 has this code\. Name the structure"):
        taken(version)
    with pytest.raises(ForeignCodes):
        taken(version, rows={("2026", "1507")})
    assert "1507" not in taken(version, rows={("2026", "0301")}).figures["2026"]


def test_a_national_total_is_held_against_those_that_were_published() -> None:
    version = madeup.version("national_requested_first", {"2026": {"00": ok(30_000)}})
    assert [(row.kind, row.before) for row in compare(version).rows] == [
        (DifferenceKind.CHANGED, ok(13_000)),
        (DifferenceKind.JUMP, ok(13_000)),
    ]
    assert [row.kind for row in compare(madeup.total_of_2027()).rows] == [DifferenceKind.NEW]


def test_all_is_taken_as_it_is_and_what_the_source_lacks_is_missing() -> None:
    version = madeup.version("population", {"2026": {"0301": ok(7), "1103": HIDDEN}})
    whole = taken(version)
    assert (whole.figures["2026"]["0301"], whole.figures["2026"]["1103"]) == (ok(7), HIDDEN)
    assert whole.figures["2026"]["4601"] == MISSING
    assert (len(whole.figures["2026"]), whole.kept, whole.known_on) == (357, (), version.known_on)


def test_a_row_that_is_not_taken_stays_as_it_was_and_is_named() -> None:
    version = people(m0301=ok(1), m4601=ok(2), m1103=ok(3))
    some = taken(version, rows={("2026", "0301")})
    assert some.figures["2026"] == {**POPULATION, "0301": ok(1)}
    assert some.kept == (("2026", "1103"), ("2026", "4601"))
    nothing_below = taken(madeup.everywhere("employed", "2026"), rows={("2026", "0301")})
    assert nothing_below.figures["2026"]["1103"] == MISSING
    assert len(nothing_below.kept) == 356


def test_what_stays_is_known_when_it_was_known() -> None:
    late = madeup.layers(replace(people(m0301=ok(1)), known_on=date(2026, 9, 1)))
    early = people(m0301=ok(2), m4601=ok(2))
    assert taken(early, late).known_on == early.known_on
    assert taken(early, late, {("2026", "4601")}).known_on == date(2026, 9, 1)


def test_rows_that_are_not_there() -> None:
    with pytest.raises(UnknownRows, match="9998 in 2026: there is nothing to take"):
        taken(people(), rows={("2026", "9998")})
    with pytest.raises(UnknownRows):
        taken(people(), rows={("2025", "0301")})
    with pytest.raises(NothingTaken):
        taken(people(), rows=())


@given(
    changed=st.dictionaries(st.sampled_from(sorted(POPULATION)), st.sampled_from((ok(0), ok(900), HIDDEN, MISSING))),
    data=st.data(),
)
def test_taking_rows_leaves_no_difference_in_them_and_all_in_the_others(
    changed: dict[str, Figure], data: st.DataObject
) -> None:
    version = madeup.version("population", {"2026": {**POPULATION, **changed}})
    different = {code for code, figure in changed.items() if figure != POPULATION[code]}
    plain = compare(version).of(DifferenceKind.NEW, DifferenceKind.CHANGED, DifferenceKind.GONE)
    assert {row.code for row in plain} == different
    chosen = data.draw(st.sets(st.sampled_from(sorted(POPULATION)), min_size=1))
    some = taken(version, SHIPPED, {("2026", code) for code in chosen})
    for code, figure in some.figures["2026"].items():
        assert figure == (version.figures["2026"][code] if code in chosen else POPULATION[code])
    assert {code for _, code in some.kept} == different - chosen
    above = madeup.layers(some)
    again = compare(version, above)
    assert {row.code for row in again.rows if row.kind not in IMPLAUSIBLE} == different - chosen
    assert series("population", 2026, structure=Structure.Y2024, figures=above).figures == some.figures["2026"]
