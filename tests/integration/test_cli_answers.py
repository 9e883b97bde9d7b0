"""`bosett answers` and `bosett backtest answers` from end to end."""

import json
from pathlib import Path
from typing import Any

import pytest

from bosett.cli import main

EXPLAINED = Path(__file__).parents[2] / "docs" / "explanation" / "answers.md"
Captured = pytest.CaptureFixture[str]


def document(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0, capsys.readouterr().err
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def test_nation_counties_and_municipalities_are_printed(capsys: Captured) -> None:
    assert main(["answers", "2021", "--as-of", "2020-10-30"]) == 0
    printed = capsys.readouterr().out
    for text in (
        "Expected of 2021, as of 2020-10-30, in persons",
        "By county",
        "By municipality",
        "0301 Oslo",
        "No more are asked for than the year before.",
        "Decisions follow those of 2018, 2019, 2020.",
        "Settlement follows that of 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019.",
    ):
        assert text in printed


def test_the_document_has_them_all(capsys: Captured) -> None:
    answers = document(capsys, "answers", "2020")
    assert {key: answers[key] for key in ("year", "as_of", "turn", "decided_as")} == {
        "year": 2020,
        "as_of": "2020-12-31",
        "turn": "fell",
        "decided_as": [],
    }
    assert (len(answers["counties"]), len(answers["municipalities"]), len(answers["hidden"])) == (11, 199, 12)
    assert answers["nation"]["decided"] == {"low": 4838, "middle": 4838, "high": 4838}
    for each in (answers["nation"], *answers["counties"], *answers["municipalities"]):
        for marks in (each["decided"], each["settled"]):
            assert marks["low"] <= marks["middle"] <= marks["high"]


def test_what_a_day_does_not_know_is_not_told(capsys: Captured) -> None:
    assert document(capsys, "answers", "2019", "--as-of", "2018-12-31")["nation"]["settled"] is None
    assert main(["answers", "2019", "--as-of", "2018-12-31"]) == 0
    assert "too few earlier years were known on the day" in capsys.readouterr().out
    assert main(["answers", "2020"]) == 0
    assert "Not here, as what they have decided is hidden: " in capsys.readouterr().out
    for arguments, why in (
        (("2022", "--as-of", "2021-12-30"), "counts as known from"),
        (("2022", "--as-of", "2023-01-01"), "2023-01-01 is after 2022"),
        (("2030",), "There are no figures on requested for 2030"),
    ):
        assert main(["answers", *arguments]) == 2
        assert why in capsys.readouterr().err


def test_the_back_test_is_printed_and_its_page_tells_the_same(capsys: Captured) -> None:
    assert main(["backtest", "answers"]) == 0
    printed = capsys.readouterr().out
    for title in (
        "The nation, by year and day",
        "How far it misses",
        "How often the 80 % range holds",
        "By the choice",
    ):
        assert title in printed
    tested = document(capsys, "backtest", "answers")
    explained = " ".join(EXPLAINED.read_text(encoding="utf-8").split())
    for known, of in (("requests", "decided"), ("decisions", "settled")):
        levels = [each["levels"] for each in tested["cases"] if (each["known"], each["of"]) == (known, of)]
        for level in ("nation", "county", "municipality"):
            hits, points = (sum(each[level][key] for each in levels) for key in ("hits", "points"))
            assert f"{hits} of {points}".replace(",", " ") in explained.replace("\u00a0", " ")
