"""A computed round: sums close at every level, the same inputs give the same bytes, and refusals name who and why."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from bosett.apportion import Unproven
from bosett.basis.refusals import Exit
from bosett.documents.run_data import run_document
from bosett.figures import Status, series
from bosett.geography import municipalities
from bosett.parameters import CriteriaFile, NoCriteria, load, load_shipped
from bosett.rounds.kinds import Mode, Run
from bosett.rounds.run import NoTotal, NotShared, OtherYear, compute, first_total, population_known, previous_requests

TRIAL = """\
id: trial-2021
year: 2021
sort: reference
title: {{nb: Prøve, nn: Prøve, en: Trial}}
day: 2020-06-30
source: made up for a test
source_date: 2020-06-15
{tie_rule}criteria:
  - code: only
    kind: weight
    weight: 1
    wording: {{nb: a, nn: b, en: c}}
    wording_status: own
    source: made up for a test
    measure: [{measure}]
"""
COUNTY_FIGURE = "{indicator: unemployed_pct, year: 2020, month: 2}"
PEOPLE = "{indicator: population, year: 2020}"


def trial(folder: Path, measure: str, *, tie_rule: str = "", more: str = "") -> CriteriaFile:
    path = folder / "trial.yaml"
    path.write_text(TRIAL.format(measure=measure, tie_rule=tie_rule) + more, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def run() -> Run:
    return compute(2021)


def test_sums_close_at_every_level(run: Run) -> None:
    assert run.total == 5_025
    assert sum(county.target for county in run.counties) == 5_025
    assert sum(county.exact for county in run.counties) == 5_025
    for county in run.counties:
        assert sum(line.number for line in county.municipalities) == county.target
        assert sum(line.claim for line in county.municipalities) == county.claim
        assert sum(line.exact for line in county.municipalities) == county.exact
    assert sum(county.claim for county in run.counties) == 1
    assert all(holds for _, holds in run.checks)
    assert run.unassigned == 0


def test_everybody_is_there_once_and_nobody_is_asked_for_fewer_than_10(run: Run) -> None:
    lines = [line for county in run.counties for line in county.municipalities]
    assert sorted([line.code for line in lines] + [left.code for left in run.left_out]) == [
        place.code for place in municipalities(2021)
    ]
    assert len(run.counties) == 11
    assert all(line.number == 0 or line.number >= 10 for line in lines)
    assert any(line.number == 0 for line in lines)
    assert any(line.number == 10 for line in lines)


def test_each_part_sums_to_1_and_makes_the_claim(run: Run) -> None:
    weights = {each.code: each.weight for each in run.criteria if each.weight is not None}
    lines = [line for county in run.counties for line in county.municipalities]
    for code in weights:
        assert sum(line.parts[code] for line in lines) == 1
    for line in lines:
        assert line.claim == sum(weight * line.parts[code] for code, weight in weights.items())


def test_previous_is_the_request_of_the_year_before_and_not_asked_is_no_number(run: Run) -> None:
    asked = {code: value for code, value in series("requested_first", 2020).values().items() if value}
    previous = {line.code: line.previous for county in run.counties for line in county.municipalities}
    assert sum(figure.persons or 0 for figure in previous.values()) == 5_120
    assert {code: figure.persons for code, figure in previous.items() if figure.persons is not None} == asked
    assert {figure.status for code, figure in previous.items() if code not in asked} == {Status.NOT_ASKED}
    assert len(asked) == 211
    assert run.before is not None
    assert (run.before.indicator, run.before.when) == ("requested_first", "2020")


def test_previous_is_the_latest_request_that_was_known_on_the_day_of_the_run() -> None:
    run = compute(2023)
    assert sum(line.previous.persons or 0 for county in run.counties for line in county.municipalities) == 35_000
    assert run.before is not None
    assert (run.before.indicator, run.before.when) == ("requested", "2022")
    assert run.before.known_on <= run.day


def test_previous_is_carried_over_the_mergers_of_2020() -> None:
    asked = previous_requests(2020, date(2019, 6, 30))
    assert set(asked.figures) == {place.code for place in municipalities(2020)}
    assert sum(asked.numbers.values()) == sum(series("requested_first", 2019).values().values())


def test_the_same_inputs_give_the_same_bytes(run: Run) -> None:
    def text(computed: Run) -> str:
        return json.dumps(run_document(computed), ensure_ascii=False)

    assert text(run) == text(compute(2021))
    assert run.inputs_sha256 != compute(2021, total=5_026).inputs_sha256
    assert run.inputs_sha256 != compute(2021, mode=Mode.NATION).inputs_sha256


def test_targets_that_are_decided_are_among_what_a_run_is_computed_from(run: Run) -> None:
    targets = {county.code: county.target for county in run.counties}
    moved = {**targets, "46": targets["46"] - 100, "03": targets["03"] + 100}
    hashes = [compute(2021, targets=each).inputs_sha256 for each in (None, targets, moved)]
    assert len({*hashes}) == 3
    assert hashes[0] == run.inputs_sha256


def test_the_document_has_what_other_programs_rely_on(run: Run) -> None:
    document = json.loads(json.dumps(run_document(run)))
    assert {"year", "total", "mode", "criteria", "official_or_reference", "outcome", "version", "inputs_sha256"} <= set(
        document
    )
    assert document["criteria_title"]["nb"] == "Bosetts referansemodell for 2021"
    assert document["official_or_reference"] == "reference"
    county = document["counties"][0]
    assert {"code", "name", "target", "municipalities"} <= set(county)
    line = county["municipalities"][0]
    assert {"code", "name", "claim", "exact", "number", "previous", "steps"} <= set(line)
    claims = sum(Fraction(line["claim"]) for county in document["counties"] for line in county["municipalities"])
    assert Fraction(line["exact"]) == 5_025 * Fraction(line["claim"]) / claims


def test_straight_from_the_nation_a_larger_claim_never_gets_fewer() -> None:
    computed = compute(2021, mode=Mode.NATION)
    lines = sorted((line.claim, line.number) for county in computed.counties for line in county.municipalities)
    numbers = [number for _, number in lines]
    assert numbers == sorted(numbers)
    assert sum(numbers) == 5_025
    assert sum(county.target for county in computed.counties) == 5_025


def test_a_total_of_nobody_is_all_zero() -> None:
    computed = compute(2021, total=0)
    assert {line.number for county in computed.counties for line in county.municipalities} == {0}


@pytest.mark.parametrize("total", [10, 35_000, 1_000_000])
def test_totals_far_from_the_usual(total: int) -> None:
    computed = compute(2021, total=total, mode=Mode.NATION)
    assert sum(line.number for county in computed.counties for line in county.municipalities) == total


def test_too_few_for_one_floor_is_impossible_and_names_the_nearest() -> None:
    with pytest.raises(NotShared, match=r"^The nation: .* Nearest totals that work: 0 and 10\.$") as refused:
        compute(2021, total=7, mode=Mode.NATION)
    assert refused.value.exit_code is Exit.IMPOSSIBLE


def test_a_county_that_is_impossible_is_named_and_stops_the_country() -> None:
    with pytest.raises(
        NotShared, match=r"^03 Oslo: 2 falls between .* Nearest totals that work: 0 and 10\.$"
    ) as refused:
        compute(2021, total=30)
    assert refused.value.exit_code is Exit.IMPOSSIBLE


def test_a_tie_without_a_rule_names_the_county_and_the_tied(tmp_path: Path) -> None:
    """By a county's figure alone every municipality of the county has the same claim."""
    file = trial(tmp_path, COUNTY_FIGURE)
    with pytest.raises(
        NotShared, match=r"^11 Rogaland: tied between 1101, 1103, .* over \d+; declare a tie_rule"
    ) as refused:
        compute(2021, criteria=file)
    assert refused.value.exit_code is Exit.TIED
    with pytest.raises(NotShared, match=r"^The nation: tied between "):
        compute(2021, criteria=file, mode=Mode.NATION)


@pytest.mark.parametrize("rule", ["larger-claim", "id"])
def test_a_declared_rule_settles_the_tie(rule: str, tmp_path: Path) -> None:
    computed = compute(2021, criteria=trial(tmp_path, COUNTY_FIGURE, tie_rule=f"tie_rule: {rule}\n"))
    assert sum(county.target for county in computed.counties) == 5_025
    rules = {step.rule for county in computed.counties for line in county.municipalities for step in line.steps}
    assert "tie-rule" in rules


def test_the_left_out_are_listed_with_the_reason(tmp_path: Path) -> None:
    more = """\
  - code: big
    kind: eligibility
    wording: {nb: a, nn: b, en: c}
    wording_status: own
    source: made up for a test
    reading: {indicator: population, year: 2020}
    at_least: 100000
"""
    computed = compute(2021, criteria=trial(tmp_path, PEOPLE, more=more), mode=Mode.NATION)
    lines = [line for county in computed.counties for line in county.municipalities]
    assert len(lines) + len(computed.left_out) == 356
    assert all((line.population or 0) >= 100_000 for line in lines)
    assert {left.reason.partition(":")[0] for left in computed.left_out} == {"big"}
    # A county without anybody to ask has a target of 0, and is still told of.
    empty = [county for county in computed.counties if not county.municipalities]
    assert empty
    assert {county.target for county in empty} == {0}
    assert compute(2021, criteria=trial(tmp_path, PEOPLE, more=more)).total == 5_025


def test_a_year_without_criteria() -> None:
    with pytest.raises(NoCriteria, match=r"^There are no criteria no-1999-reference\. There are no-2018-official"):
        compute(1999)


def test_criteria_of_another_year() -> None:
    with pytest.raises(OtherYear, match="holds the criteria for 2020, not for 2021"):
        compute(2021, criteria=load_shipped("no-2020-reference"))


@pytest.mark.parametrize(("year", "total"), [(2020, 5_120), (2021, 5_025), (2022, 5_500), (2023, 35_000)])
def test_the_default_total_is_the_first_national_request(year: int, total: int) -> None:
    assert first_total(year) == total


def test_a_year_whose_request_is_not_known_asks_for_the_total() -> None:
    with pytest.raises(NoTotal, match=r"^No first national request was published for 2030\. Name the total with --tot"):
        first_total(2030)


def test_population_is_the_newest_that_was_known_on_the_day() -> None:
    file = load_shipped("no-2021-reference")
    assert sum(population_known(file).values()) == 5_367_580
    # In the first weeks of a year its figures are not yet published.
    early = replace(file, day=date(2020, 1, 15))
    assert sum(population_known(early).values()) == 5_328_212
    assert population_known(replace(file, year=2018, day=date(2017, 6, 30))) == {}


def test_an_unproven_answer_is_never_adopted() -> None:
    fault = NotShared("The nation", Unproven({}, None, Fraction(0)))
    assert fault.exit_code is Exit.UNPROVEN
    assert str(fault) == "The nation: the best answer could not be proven; simplify the bounds"
