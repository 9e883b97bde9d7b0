"""Criteria files are read strictly: each refusal names the file, the line and what to do."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from bosett.basis.refusals import Exit
from bosett.geography import municipalities
from bosett.parameters import BadRuleFile, NoCriteria, load, load_shipped, shipped
from bosett.stages.criteria import NothingToMeasure, claims_of, published

GOOD = """\
id: made-up-2021
year: 2021
sort: reference
title: {nb: Prøve, nn: Prøve, en: Trial}
day: 2020-06-30
source: made up for a test
source_date: 2020-06-15
tie_rule: larger-claim
criteria:
  - code: size
    kind: weight
    weight: 0.8
    wording: {nb: Folketall, nn: Folketal, en: Population}
    wording_status: own
    source: made up for a test
    measure:
      - {indicator: population, year: 2020}
  - code: jobs
    kind: weight
    weight: 1/5
    wording: {nb: Arbeid, nn: Arbeid, en: Work}
    wording_status: own
    source: made up for a test
    measure:
      - {indicator: population, year: 2020, power: 1/2, digits: 3}
  - code: floor
    kind: bound
    wording: {nb: Minst 10, nn: Minst 10, en: At least 10}
    wording_status: own
    source: made up for a test
    least: 10
"""
OFFICIAL = [name for name in shipped() if name.endswith("-official")]


def written(folder: Path, text: str) -> Path:
    path = folder / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1, old
    return GOOD.replace(old, new, 1)


def test_a_good_file_is_read_exactly(tmp_path: Path) -> None:
    file = load(written(tmp_path, GOOD))
    assert (file.id, file.year, file.official, file.day) == ("made-up-2021", 2021, False, date(2020, 6, 30))
    assert [(each.code, each.kind, each.weight) for each in file.criteria] == [
        ("size", "weight", Fraction(4, 5)),
        ("jobs", "weight", Fraction(1, 5)),
        ("floor", "bound", None),
    ]
    (factor,) = file.criteria[1].measure
    assert (factor.power, factor.digits, factor.reading.line) == (Fraction(1, 2), 3, 25)
    bound = file.criteria[2].bound
    assert bound is not None
    assert (bound.least, bound.most, bound.corridor) == (10, None, None)


def test_words_stay_words(tmp_path: Path) -> None:
    """YAML 1.1 reads a bare no as false, and a bare date as a date; here every scalar is the text that was written."""
    file = load(written(tmp_path, changed("source: made up", "source: no")))
    assert file.source == "no for a test"
    assert load(written(tmp_path, changed("id: made-up-2021", "id: no"))).id == "no"


REFUSED = {
    "unknown key": ("tie_rule: larger", "tie_rul: larger", 8, "tie_rul is not a known key; known here are id, year"),
    "unknown key in a criterion": ("    least: 10", "    lest: 10", 31, "lest is not a known key"),
    "key of another kind": ("    least: 10", "    weight: 0.1", 31, "weight is not a known key"),
    "key twice": ("year: 2021", "year: 2021\nyear: 2021", 3, "year stands twice"),
    "missing source": ("source: made up for a test\nsource_date", "source_date", 1, "the file lacks source"),
    "missing source of a criterion": (
        "    source: made up for a test\n    least",
        "    least",
        26,
        "criteria[2] lacks source",
    ),
    "empty source": ("source: made up for a test\n", "source:\n", 6, "source must be text"),
    "empty text": ("source: made up for a test\n", "source: '  '\n", 6, "source must be text"),
    "weights below 1": ("weight: 0.8", "weight: 0.7", 10, "has weights that add up to 9/10; they must add up to 1"),
    "weights above 1": ("weight: 0.8", "weight: 0.9", 10, "has weights that add up to 11/10; they must add up to 1"),
    "negative weight": ("weight: 0.8", "weight: -0.8", 12, "is -4/5; a weight is above 0 and at most 1"),
    "weight of 0": ("weight: 0.8", "weight: 0", 12, "is 0; a weight is above 0 and at most 1"),
    "weight above 1": ("weight: 0.8", "weight: 1.8", 12, "is 9/5; a weight is above 0 and at most 1"),
    "not a number": ("weight: 0.8", "weight: NaN", 12, "is 'NaN'; it must be a number such as 0.15 or 1/3"),
    "infinity": ("weight: 0.8", "weight: .inf", 12, "is '.inf'; it must be a number such as"),
    "exponent": ("weight: 0.8", "weight: 8e-1", 12, "is '8e-1'; it must be a number such as"),
    "huge exponent": ("weight: 0.8", "weight: 1e999999999", 12, "it must be a number such as"),
    "over nothing": ("weight: 0.8", "weight: 1/0", 12, "is '1/0'; it must be a number such as"),
    "comma": ("weight: 0.8", "weight: '0,8'", 12, "is '0,8'; it must be a number such as"),
    "long number": ("weight: 0.8", f"weight: 0.{'8' * 60}", 12, "it must be a number such as"),
    "no weight": ("    weight: 0.8\n", "", 10, "lacks weight; write its part of the total, such as 0.2, or `unknown`"),
    "unknown weight measured": ("weight: 0.8", "weight: unknown", 17, "say not_computable and why instead"),
    "neither measure nor reason": (
        "    measure:\n      - {indicator: population, year: 2020}\n",
        "",
        10,
        "needs a measure, or not_computable with the reason",
    ),
    "empty measure": (
        "    measure:\n      - {indicator: population, year: 2020}\n",
        "    measure: []\n",
        16,
        "measure is empty; name at least one figure",
    ),
    "root without digits": ("power: 1/2, digits: 3", "power: 1/2", 25, "needs digits with a root"),
    "digits without a root": ("power: 1/2, digits: 3", "power: 2, digits: 3", 25, "and only with a root"),
    "too many digits": ("digits: 3", "digits: 999999999999", 25, "is 999999999999; a root is rounded to at most 12"),
    "power of 0": ("power: 1/2, digits: 3", "power: 0", 25, "must be a power such as 2, -1 or 1/2"),
    "huge power": ("power: 1/2, digits: 3", "power: 99999", 25, "must be a power such as"),
    "bad month": ("year: 2020}", "year: 2020, month: 13}", 17, "is 13; a month is 1 to 12"),
    "month 0": ("year: 2020}", "year: 2020, month: 0}", 17, "is 0; a month is 1 to 12"),
    "code twice": ("code: jobs", "code: size", 18, "has the code 'size', which stands before"),
    "bad sort": ("sort: reference", "sort: unofficial", 3, "it must be one of official, reference"),
    "bad kind": ("kind: bound", "kind: bond", 27, "it must be one of weight, eligibility, bound, guidance"),
    "bad tie rule": ("larger-claim", "largest", 8, "it must be one of larger-claim, id"),
    "bad split": ("tie_rule:", "split: half\ntie_rule:", 8, "it must be one of largest_receiver, equal, missing"),
    "bad day": ("day: 2020-06-30", "day: 30.06.2020", 5, "it must be a date such as 2020-06-30"),
    "day that is not": ("day: 2020-06-30", "day: 2020-06-31", 5, "it must be a date such as 2020-06-30"),
    "bad year": ("year: 2021", "year: MMXXI", 2, "it must be a whole number such as 10"),
    "negative floor": ("least: 10", "least: -10", 31, "it must be a whole number such as 10"),
    "floor in decimals": ("least: 10", "least: 10.5", 31, "it must be a whole number such as 10"),
    "no bound": ("    least: 10\n", "", 26, "needs least, most, corridor or ceiling"),
    "upside-down corridor": (
        "    least: 10",
        "    corridor: {indicator: requested_first, year: 2020, from: 1.2, to: 0.8}",
        31,
        "must have 0 <= from <= to",
    ),
    "language missing": ("{nb: Prøve, nn: Prøve, en: Trial}", "{nb: Prøve, en: Trial}", 4, "title lacks nn"),
    "official with words of our own": ("sort: reference", "sort: official", 14, "official, paraphrase, translation"),
    "text for a list": ("measure:\n      - {indicator: population, year: 2020}", "measure: population", 16, "a list"),
    "text for a mapping": ("{nb: Prøve, nn: Prøve, en: Trial}", "Prøve", 4, "must be a mapping of keys to values"),
    "half an eligibility": (
        "    kind: bound",
        "    kind: eligibility\n    at_least: 5000",
        26,
        "needs reading and at_least",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_fault_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, line, sentence = REFUSED[case]
    text = changed(old, new)
    if case == "half an eligibility":
        text = text.replace("    least: 10\n", "")
    with pytest.raises(BadRuleFile) as refused:
        load(written(tmp_path, text))
    assert refused.value.line == line
    assert str(refused.value).startswith(f"trial.yaml, line {line}: ")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code is Exit.BAD_INPUT


READ_BADLY = {
    "unknown indicator": ("indicator: population,", "indicator: inhabitants,", "There is no indicator 'inhabitants'"),
    "a typo": ("indicator: population,", "indicator: poplation,", "The indicators are population, population_0_17"),
    "not known then": (
        "{indicator: population, year: 2020}",
        "{indicator: population, year: 2021}",
        "counts as known from 2021-03-01, and the run is of 2020-06-30. Use an earlier year",
    ),
    "the year's own answer": (
        "{indicator: population, year: 2020}",
        "{indicator: requested_first, year: 2021}",
        "and the run is of 2020-06-30",
    ),
    "no figures that year": (
        "{indicator: population, year: 2020}",
        "{indicator: population, year: 2010}",
        "There are no figures on population for 2010. There are for 2019, 2020",
    ),
    "no month named": (
        "{indicator: population, year: 2020}",
        "{indicator: unemployed, year: 2020}",
        "single months: name one",
    ),
    "month of a yearly figure": (
        "{indicator: population, year: 2020}",
        "{indicator: population, year: 2020, month: 2}",
        "whole years: name no month",
    ),
}


@pytest.mark.parametrize("case", READ_BADLY)
def test_a_figure_that_may_not_be_read_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    old, new, sentence = READ_BADLY[case]
    file = load(written(tmp_path, changed(old, new)))
    with pytest.raises(BadRuleFile) as refused:
        claims_of(file, [place.code for place in municipalities(2021)], published(file))
    assert str(refused.value).startswith("trial.yaml, line 17: ")
    assert sentence in str(refused.value)


def test_a_split_without_official_weights_is_refused_until_the_file_names_a_rule(tmp_path: Path) -> None:
    text = GOOD.replace("year: 2020", "year: 2019")
    codes = [place.code for place in municipalities(2021)]
    file = load(written(tmp_path, text))
    with pytest.raises(BadRuleFile, match=r"line 17: \d{4} was split in 2020 .* Name a rule: largest_receiver"):
        claims_of(file, codes, published(file))
    file = load(written(tmp_path, text.replace("tie_rule:", "split: largest_receiver\ntie_rule:")))
    assert set(claims_of(file, codes, published(file)).claims) == set(codes)


def test_an_empty_file(tmp_path: Path) -> None:
    for text in ("", "\n\n", "# only a comment\n"):
        with pytest.raises(BadRuleFile, match=r"^trial\.yaml: is empty\. Write the criteria in it"):
            load(written(tmp_path, text))


def test_no_criteria_in_it(tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match=r"line 9: criteria is empty; name at least one criterion"):
        load(written(tmp_path, GOOD.partition("criteria:")[0] + "criteria: []\n"))


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_bytes(GOOD.encode("latin-1"))
    with pytest.raises(BadRuleFile, match=r"^trial\.yaml: is not UTF-8 text\. Save it as UTF-8\.$"):
        load(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(BadRuleFile, match=r"^trial\.yaml: is larger than 1048576 bytes; .* Is it the right file\?$"):
        load(path)


@pytest.mark.parametrize("text", ["id: [unclosed", "a: b: c", "\tid: tab", "id: 'open", "id: a\n---\nid: b", "a: \x00"])
def test_no_yaml(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match=r"^trial\.yaml(, line \d+)?: cannot be read as YAML: "):
        load(written(tmp_path, text))


def test_brackets_without_end(tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match=r"^trial\.yaml: cannot be read as YAML: it is nested too deeply$"):
        load(written(tmp_path, "[" * 100_000))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadRuleFile, match=r"nowhere\.yaml: cannot be read \(.+\)\. Check the name\.$"):
        load(tmp_path / "nowhere.yaml")
    with pytest.raises(BadRuleFile, match=r"cannot be read"):
        load(tmp_path)


def test_an_unknown_name_lists_those_shipped() -> None:
    with pytest.raises(NoCriteria, match=r"There are no criteria no-1999-official\. There are no-2018-official"):
        load_shipped("no-1999-official")


def test_every_shipped_file_is_named_by_its_id_and_begins_on_30_june() -> None:
    assert OFFICIAL == ["no-2018-official", "no-2019-official", "no-2020-official", "no-2022-official"]
    for name in shipped():
        file = load_shipped(name)
        assert name == file.id == f"no-{file.year}-{'official' if file.official else 'reference'}"
        assert file.day == date(file.year - 1, 6, 30)
        assert all(each.source for each in file.criteria)


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_words_are_never_given_as_the_ministrys_own(name: str) -> None:
    file = load_shipped(name)
    assert {each.wording_status for each in file.criteria} == {"paraphrase"}
    assert "referansemodell" not in " ".join(file.title.values())
    for each in file.criteria:
        assert len(set(each.wording.values())) == 3, f"{each.code}: three languages, three texts"


@pytest.mark.parametrize("name", OFFICIAL)
def test_nothing_official_is_filled_in_by_guess(name: str) -> None:
    file = load_shipped(name)
    with pytest.raises(NothingToMeasure) as refused:
        claims_of(file, [place.code for place in municipalities(file.year)], published(file))
    assert all(each.why_not in str(refused.value) for each in file.criteria if each.kind == "weight")
    assert "\n" not in str(refused.value)


def test_the_weights_of_2018_and_2019_are_as_published() -> None:
    def weights(name: str) -> dict[str, Fraction | None]:
        return {each.code: each.weight for each in load_shipped(name).criteria if each.kind == "weight"}

    assert weights("no-2018-official") == {"size": Fraction(7, 10), "work": Fraction(1, 5), "results": Fraction(1, 10)}
    assert weights("no-2019-official") == {"results_and_work": Fraction(3, 5), "capacity_and_competence": None}
    assert set(weights("no-2020-official").values()) == {None}
    assert set(weights("no-2022-official").values()) == {None}


def test_the_floors_are_as_published() -> None:
    floors = {
        name: [each.bound.least for each in load_shipped(name).criteria if each.bound is not None] for name in OFFICIAL
    }
    assert floors == {
        "no-2018-official": [10],
        "no-2019-official": [],
        "no-2020-official": [10],
        "no-2022-official": [10],
    }


def test_the_file_with_everything_on_the_page_can_be_used(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-a-criteria-file.md"
    example = page.read_text(encoding="utf-8").split("```yaml\n")[2].partition("```")[0]
    file = load(written(tmp_path, example))
    assert {each.kind for each in file.criteria} == {"weight", "eligibility", "bound", "guidance"}
    claims = claims_of(file, [place.code for place in municipalities(2021)], published(file))
    assert claims.unassigned == Fraction(1, 5)
    assert sum(claims.claims.values()) == Fraction(4, 5)
    assert {step.rule for step in claims.left_out.values()} == {"not-eligible"}
    assert claims.bounds["0301"] == (10, 300)
