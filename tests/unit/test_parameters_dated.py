"""Dated parameters: a number of policy holds for its years, has a source, and is unknown where it is not known."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from bosett.apportion import TieRule
from bosett.figures import NoFigures, series
from bosett.parameters import BadRuleFile, NotKnown, least_request, parameter, round_day
from bosett.parameters.dated import least_request_source, parsed
from bosett.parameters.nodes import read
from bosett.rounds.revise import revise

GOOD = """\
id: trial
description: {nb: Prøve, nn: Prøve, en: Trial}
unit: person
values:
  - {from: 2018, value: 10, source: somewhere}
  - {from: 2024, value: unknown, source: not told}
"""
SHIPPED = sorted(each.name.removesuffix(".yaml") for each in (files("bosett") / "data" / "parameters").iterdir())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_parameter_has_unit_words_and_a_source_for_each_value(name: str) -> None:
    dated = parameter(name)
    assert dated.id == name
    assert dated.unit
    assert all(dated.description.values())
    assert all(len(entry.source) > 20 for entry in dated.entries)


@pytest.mark.parametrize("year", range(2018, 2024))
def test_the_least_request_is_what_the_published_requests_show(year: int) -> None:
    assert least_request(year) == 10
    asked = []
    for name in ("requested_first", "requested"):
        try:
            asked += [value for value in series(name, year).values().values() if value > 0]
        except NoFigures:
            continue
    assert min(asked) == 10


@pytest.mark.parametrize("year", [2012, 2013, 2014, 2015, 2017])
def test_before_that_there_were_lower_requests_and_no_number_is_told(year: int) -> None:
    assert min(value for value in series("requested", year).values().values() if value > 0) < 10
    with pytest.raises(NotKnown, match=f"not known for {year}"):
        least_request(year)
    assert least_request_source(year) == ""


@pytest.mark.parametrize("year", [2024, 2025, 2030])
def test_since_2024_it_is_unknown_and_not_10(year: int) -> None:
    with pytest.raises(NotKnown) as refusal:
        least_request(year)
    assert str(refusal.value) == (
        f"Fewest persons that a municipality is asked for, if it is asked at all: not known for {year}. "
        "Since 2024 there are requests below 10. The published requests by municipality end in 2023, so what is the "
        "fewest now is not among our figures. Name a number with --floor."
    )
    assert least_request_source(year).startswith("Since 2024 there are requests below 10.")
    with pytest.raises(NoFigures):
        series("requested", year)


def test_a_revision_takes_the_number_in_force_and_a_given_one_before_it() -> None:
    def least(floor: int | None) -> int:
        run = revise(2020, 3_602, floor=floor, tie_rule=TieRule.LARGER_CLAIM)
        return min(line.number for county in run.counties for line in county.municipalities if line.number)

    assert (least(None), least(10), least(12)) == (10, 10, 12)


def test_the_day_of_a_round() -> None:
    assert round_day(2021) == date(2020, 6, 30)
    with pytest.raises(NotKnown, match="not known for 1999"):
        round_day(1999)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("from: 2024", "from: 2018", "values must be told by year, each once and the earliest first"),
        ("from: 2024", "from: 2017", "values must be told by year, each once and the earliest first"),
        ("source: somewhere", "sources: somewhere", "line 5: values[0].sources is not a known key"),
        ("from: 2018", "from: long ago", "line 5: values[0].from is 'long ago'; it must be a whole number"),
        ("nn: Prøve, ", "", "line 2: description lacks nn"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "trial.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadRuleFile) as refusal:
        parsed(read(path))
    assert sentence in str(refusal.value)
