"""The reference model of any year by its rule, what a round lacks, and criteria that wait for their figures."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import madeup
from bosett.basis.structures import Structure
from bosett.figures import Layers, series
from bosett.parameters import (
    BadRuleFile,
    CriteriaChoice,
    CriteriaFile,
    Criterion,
    FloorInFile,
    NoCriteria,
    NoIdOfChoice,
    NotKnown,
    base_id,
    choice_of,
    chosen_id,
    criteria_of_year,
    last_written,
    least_request,
    load,
    load_shipped,
    reference_id,
    round_day,
    rules_digest,
    shipped,
)
from bosett.parameters.criteria import criteria_file
from bosett.parameters.nodes import read
from bosett.rounds.explanation import explain
from bosett.rounds.needs import FiguresNeeded, needed_figures
from bosett.rounds.run import NoTotal, compute, reference
from bosett.stages.criteria import PercentNotCarried

RULE = Path(__file__).parents[2] / "src" / "bosett" / "data" / "reference" / "no.yaml"


@pytest.fixture(scope="module")
def above() -> Layers:
    return madeup.layers(madeup.requests_of_2026(), madeup.unemployed_of_february_2026(), madeup.total_of_2027())


def bare(file: CriteriaFile) -> CriteriaFile:
    """Return criteria without lines, sources and the name of the file: what decides, and what is read of it."""

    def no_line(criterion: Criterion) -> Criterion:
        measure = tuple(
            replace(
                factor,
                reading=replace(factor.reading, line=0),
                per=None if factor.per is None else replace(factor.per, line=0),
            )
            for factor in criterion.measure
        )
        return replace(criterion, measure=measure, source="")

    return replace(file, criteria=tuple(no_line(each) for each in file.criteria), file="", source_date="")


def test_the_rule_gives_the_written_model_of_2023() -> None:
    places = {"id": "no-2023-reference", "year": "2023", "before": "2022", "day": "2022-06-30", "least": "10"}
    assert bare(criteria_file(read(RULE, places))) == bare(load_shipped("no-2023-reference"))


def test_the_model_of_2027_reads_the_year_before() -> None:
    file = reference(2027, 8)
    assert (file.id, file.year, file.day, file.official) == (
        "no-2027-reference-least-8",
        2027,
        date(2026, 6, 30),
        False,
    )
    assert file.title["nb"] == "Bosetts referansemodell for 2027"
    readings = {(f.reading.indicator, f.reading.year, f.reading.month) for c in file.criteria for f in c.measure}
    assert readings == {("requested", 2026, None), ("population", 2026, None), ("unemployed", 2026, 2)}
    (floor,) = (c for c in file.criteria if c.code == "floor")
    assert (floor.bound is not None and floor.bound.least, floor.wording["nn"]) == (
        8,
        "Ingen kommune blir oppmoda om færre enn 8.",
    )
    assert not [text for criterion in file.criteria for text in criterion.wording.values() if "{" in text]
    assert load_shipped(file.id) == file


def test_the_floor_of_today_is_not_known_and_is_given() -> None:
    with pytest.raises(NotKnown, match=r"not known for 2027\. .*Name a number with --floor"):
        load_shipped("no-2027-reference")
    with pytest.raises(NotKnown):
        least_request(2027)
    assert (least_request(2027, 7), least_request(2021, 7), least_request(2021)) == (7, 7, 10)
    assert (round_day(2027), round_day(2027, date(2026, 8, 15))) == (date(2026, 6, 30), date(2026, 8, 15))


def test_a_written_model_is_never_changed() -> None:
    assert last_written() == 2023
    assert load_shipped("no-2023-reference").file == "no-2023-reference.yaml"
    with pytest.raises(FloorInFile, match="no-2021-reference has its floor and its day in its file"):
        reference(2021, 8)
    for name in ("no-2019-reference", "no-2019-reference-least-8", "no-27-reference", "no-2027-reference-least-0"):
        with pytest.raises(NoCriteria):
            load_shipped(name)


def test_another_day_is_given_and_stands_in_the_id() -> None:
    file = reference(2027, 8, date(2026, 10, 31))
    assert (file.id, file.day) == ("no-2027-reference-least-8-day-2026-10-31", date(2026, 10, 31))
    assert load_shipped(file.id) == file
    with pytest.raises(NoCriteria):
        load_shipped("no-2027-reference-least-8-day-2026-02-30")
    with pytest.raises(BadRuleFile, match="the day of a run comes before its settlement year begins"):
        reference(2027, 8, date(2027, 1, 1))


def test_what_a_year_can_begin_from() -> None:
    assert criteria_of_year(2022) == ("no-2022-official", "no-2022-reference")
    assert criteria_of_year(2027) == ("no-2027-reference",)
    assert criteria_of_year(2027, 8) == (reference_id(2027, 8),)


def test_every_figure_that_2027_lacks_is_named_with_its_publisher() -> None:
    needed = needed_figures(reference(2027, 10))
    assert [(each.indicator, each.time, each.where.publisher) for each in needed] == [
        ("requested", "2026", "IMDi"),
        ("unemployed", "2026-02", "NAV"),
        ("national_requested_first", "2027", "IMDi"),
    ]
    with pytest.raises(FiguresNeeded) as refused:
        compute(2027, criteria=reference(2027, 10))
    sentence = str(refused.value)
    assert sentence.startswith(
        "no.yaml, line 27: 3 figures are lacking for 2027: requested 2026 (Latest request, by mun"
    )
    assert "bosett figures read FILE --as INDICATOR" in sentence
    assert "The total can be named with --total instead." in sentence
    assert refused.value.needed == needed
    with pytest.raises(FiguresNeeded, match="2 figures are lacking"):
        explain(2027, "0301", criteria=reference(2027, 10), total=9000)


def test_an_indicator_that_nobody_has_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CARRIED.replace("programme_result_municipality_pct", "luck"), encoding="utf-8")
    with pytest.raises(BadRuleFile, match=r"own\.yaml, line 17: There is no indicator 'luck'"):
        compute(2024, criteria=load(path), total=100)


def test_what_is_known_too_late_is_told_as_such() -> None:
    late = madeup.layers(replace(madeup.requests_of_2026(), known_on=date(2026, 9, 1)))
    needed = {each.indicator: each for each in needed_figures(reference(2027, 10), late, total_named=True)}
    assert needed["requested"].known_on == date(2026, 9, 1)
    assert needed["unemployed"].known_on is None


def test_a_total_that_alone_lacks_is_asked_for() -> None:
    without = madeup.layers(madeup.requests_of_2026(), madeup.unemployed_of_february_2026())
    with pytest.raises(NoTotal, match=r"2027\. Name the total with --total"):
        compute(2027, criteria=reference(2027, 10), figures=without)


def test_the_round_of_2027_on_the_map_of_today(above: Layers) -> None:
    assert needed_figures(reference(2027, 10), above) == ()
    run = compute(2027, criteria=reference(2027, 10), figures=above)
    lines = [line for county in run.counties for line in county.municipalities]
    assert (len(run.counties), len(lines) + len(run.left_out), run.total) == (15, 357, 9000)
    assert sum(line.number for line in lines) == 9000
    assert all(line.number == 0 or line.number >= 10 for line in lines)
    assert all(holds for _, holds in run.checks)
    assert [(each.indicator, each.time) for each in run.figures] == [
        ("national_requested_first", "2027"),
        ("requested", "2026"),
        ("unemployed", "2026-02"),
    ]
    first = madeup.requests_of_2026().figures["2026"]
    assert {line.code: line.previous for line in lines} == {line.code: first[line.code] for line in lines}


def test_a_claim_of_2027_by_hand(above: Layers) -> None:
    run = compute(2027, criteria=reference(2027, 10), figures=above)
    oslo = next(line for county in run.counties for line in county.municipalities if line.code == "0301")
    requested = madeup.requests_of_2026().figures["2026"]["0301"].persons
    assert oslo.parts["continuity"] == Fraction(requested or 0, 13_000)
    people = series("population", 2026)
    assert oslo.population == people.figures["0301"].persons
    assert oslo.parts["size"] == Fraction(oslo.population or 0, int(people.total()))


def made_up_2018() -> Layers:
    """Return figures for the criteria of 2018, made up: nobody published these."""
    numbers = {code: int(value) + 1 for code, value in series("population", 2019).values().items()}
    people = madeup.version(
        "population", {"2017": madeup.persons(numbers)}, structure=Structure.Y2019, known_on=date(2017, 3, 1)
    )
    half = {code: number // 2 + int(code) % 7 for code, number in numbers.items()}
    work = madeup.version(
        "employed", {"2016": madeup.persons(half)}, structure=Structure.Y2019, known_on=date(2017, 5, 1)
    )
    results = replace(
        madeup.everywhere("programme_result_municipality_pct", "2015", Structure.Y2019), known_on=date(2016, 6, 30)
    )
    return madeup.layers(people, work, results)


def test_the_official_criteria_of_2018_become_computable_with_their_figures() -> None:
    file = load_shipped("no-2018-official")
    run = compute(2018, criteria=file, total=4400, figures=made_up_2018())
    weights = {each.code: (each.weight, each.computable) for each in run.criteria if each.kind == "weight"}
    assert weights == {
        "size": (Fraction(7, 10), True),
        "work": (Fraction(1, 5), True),
        "results": (Fraction(1, 10), True),
    }
    assert (run.official, run.unassigned, len(run.figures)) == (True, Fraction(0), 3)
    lines = {line.code: line for county in run.counties for line in county.municipalities}
    people = made_up_2018().accepted[0].version.figures["2017"]
    whole = sum(figure.persons or 0 for figure in people.values())
    assert lines["0301"].parts["size"] == Fraction(people["0301"].persons or 0, whole)
    assert sum(line.number for line in lines.values()) == 4400


def test_what_lacks_of_2018_stays_unassigned_and_is_named() -> None:
    file = load_shipped("no-2018-official")
    only_people = Layers(made_up_2018().accepted[:1])
    run = compute(2018, criteria=file, total=4400, figures=only_people)
    assert run.unassigned == Fraction(3, 10)
    assert [each.code for each in run.criteria if each.kind == "weight" and not each.computable] == ["work", "results"]
    assert [(each.indicator, each.only_if_there) for each in needed_figures(file, only_people, total_named=True)] == [
        ("employed", True),
        ("programme_result_municipality_pct", True),
    ]


CARRIED = """
id: test
year: 2024
sort: reference
title: {nb: a, nn: b, en: c}
day: 2023-06-30
source: test
source_date: 2026-11-29
criteria:
  - code: results
    kind: weight
    weight: 1
    wording: {nb: a, nn: b, en: c}
    wording_status: own
    source: test
    measure:
      - {indicator: programme_result_municipality_pct, year: 2021}
"""


def test_a_percentage_is_not_carried_to_another_structure(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CARRIED, encoding="utf-8")
    results = madeup.everywhere("programme_result_municipality_pct", "2021", Structure.Y2020)
    figures = madeup.layers(replace(results, known_on=date(2022, 6, 30)))
    with pytest.raises(
        Exception, match=r"own\.yaml, line 17: .*percentages cannot be carried to those of 2024"
    ) as refused:
        compute(2024, criteria=load(path), total=100, figures=figures)
    assert isinstance(refused.value.__cause__, PercentNotCarried)


# Weights and a floor that somebody has chosen

TRIED = "no-2021-reference-weights-50-30-20-floor-5"


def test_a_choice_of_weights_and_floor_stands_in_the_id_and_is_told() -> None:
    base, file = load_shipped("no-2021-reference"), load_shipped(TRIED)
    own = choice_of(base)
    assert own is not None
    choice = CriteriaChoice(
        tuple((code, Fraction(part, 100)) for (code, _), part in zip(own.weights, (50, 30, 20), strict=True)), 5
    )
    assert choice_of(file) == choice
    assert (file.id, file.year, file.official, file.tie_rule) == (TRIED, 2021, False, base.tie_rule)
    assert chosen_id("no-2021-reference", choice) == TRIED
    assert chosen_id(TRIED, choice) == TRIED, "a choice is of the model, whatever was chosen of it before"
    assert base_id(TRIED) == "no-2021-reference"
    assert file.title["nn"] == "Bosetts referansemodell for 2021 med vektene 50/30/20 og minstetalet 5"
    (floor,) = (each for each in file.criteria if each.bound)
    assert (floor.wording["nb"], floor.source) == ("Ingen kommune anmodes om færre enn 5.", "Bosett")
    (kept,) = (each for each in load_shipped("no-2021-reference-weights-50-30-20-floor-10").criteria if each.bound)
    assert (kept,) == tuple(each for each in base.criteria if each.bound), "a floor that stands is told as it was"
    assert [each.wording for each in file.criteria[:3]] == [each.wording for each in base.criteria[:3]]
    assert [each.measure for each in file.criteria] == [each.measure for each in base.criteria]


def test_a_round_is_computed_by_a_choice_as_by_a_written_file(tmp_path: Path) -> None:
    written = (RULE.parents[1] / "criteria" / "no-2021-reference.yaml").read_text(encoding="utf-8")
    for was, now in (("0.75", "1/2"), ("0.15", "0.3"), ("weight: 0.1\n", "weight: 0.2\n"), ("least: 10", "least: 5")):
        assert was in written
        written = written.replace(was, now)
    path = tmp_path / "mine.yaml"
    path.write_text(written, encoding="utf-8")
    by_file, by_id = (compute(2021, total=5025, criteria=file) for file in (load(path), load_shipped(TRIED)))
    assert by_id.counties == by_file.counties


def test_a_choice_of_a_model_that_is_not_written_keeps_its_own_floor_and_day_in_the_id() -> None:
    file = load_shipped("no-2027-reference-least-8-day-2026-10-31-weights-0-100-0-floor-8")
    assert file.day == date(2026, 10, 31)
    assert choice_of(file) == CriteriaChoice(
        (("continuity", Fraction(0)), ("size", Fraction(1)), ("work", Fraction(0))), 8
    )


@pytest.mark.parametrize(
    "tail",
    [
        *("-weights-50-30-10-floor-5", "-weights-50-50-floor-5", "-weights-50-30-20", "-weights-50-30-20-floor-0"),
        *("-weights-050-30-20-floor-5", "-weights-50-30-20-floor-05", "-weights-75-15-10-floor-10"),
        *("-weights-50-30-20-floor-5-weights-60-20-20-floor-5", "-weights-²-98-0-floor-5", "-weights--30-70-floor-5"),
    ],
)
def test_each_choice_has_one_id_and_what_is_none_is_refused(tail: str) -> None:
    with pytest.raises(NoCriteria):
        load_shipped(f"no-2021-reference{tail}")


@pytest.mark.parametrize(
    ("name", "part"), [("no-2021-reference", Fraction(1, 3)), ("no-2018-official", Fraction(1, 2))]
)
def test_only_our_own_model_and_whole_per_cent_can_stand_in_an_id(name: str, part: Fraction) -> None:
    with pytest.raises(NoIdOfChoice):
        chosen_id(name, CriteriaChoice((("size", part), ("work", 1 - part)), 10))


def test_a_rule_is_known_by_a_digest_of_what_decides_and_nothing_else(tmp_path: Path) -> None:
    file = load_shipped(TRIED)
    unworded = tuple(replace(each, wording={}, source="", wording_status="own") for each in file.criteria)
    assert rules_digest(replace(file, criteria=unworded, title={}, source_date="", file="")) == rules_digest(file)
    assert rules_digest(file.known_by(date(2020, 5, 1))) == rules_digest(file)
    how_to = (RULE.parents[4] / "docs" / "how-to" / "write-a-criteria-file.md").read_text(encoding="utf-8")
    (written,) = (part.partition("```")[0] for part in how_to.split("```yaml\n") if part.startswith("id: everything"))
    path, digests = tmp_path / "everything.yaml", set()
    for was, now in (("", ""), *OTHERWISE):
        assert was in written
        written = written.replace(was, now, 1)
        path.write_text(written, encoding="utf-8")
        digests.add(rules_digest(load(path)))
    assert len(digests) == 1 + len(OTHERWISE)


OTHERWISE = (
    *(("tie_rule: id", "tie_rule: larger-claim"), ("split: largest_receiver", "split: equal")),
    *(("weight: 1/2", "weight: 1/4"), ("digits: 3", "digits: 4"), ("power: 1/2", "power: 1/3")),
    *(("month: 2", "month: 3"), ("per: {indicator: population,", "per: {indicator: population_0_17,")),
    *(("at_least: 500", "at_least: 600"), ("least: 10", "least: 9"), ("most: 300", "most: 299")),
    *(("from: 0, to: 2", "from: 0, to: 3"), ("code: root", "code: rot"), ("year: 2020, power", "year: 2019, power")),
)
"""Changes to a file that uses each part of the schema: each decides other numbers, or may."""


WRITTEN = {
    "no-2020-reference": "fea1a6ac225078b2",
    "no-2021-reference": "0920db92883f75d2",
    "no-2022-reference": "53984ed4d9e5840a",
    "no-2023-reference": "aa9c8fd47afaab4c",
    "no-2027-reference-least-8": "451ea696b6b890b5",
    "no-2021-reference-weights-50-30-20-floor-5": "77fe702fb84a2e29",
}
"""How the digests of our models begin: rounds were computed by them, and ids of choices lean on them."""


def test_what_a_model_says_is_never_changed() -> None:
    assert {name for name in shipped() if name.endswith("-reference")} <= WRITTEN.keys()
    assert {name: rules_digest(load_shipped(name))[:16] for name in WRITTEN} == WRITTEN
