"""`bosett need` from end to end: the two scenarios of 2020, what a day does not know, and files that are none."""

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bosett.cli import main
from bosett.stages.forecast.scenario import shipped_scenarios

SCENARIOS = files("bosett") / "data" / "scenarios"
EXPLAINED = Path(__file__).parents[2] / "docs" / "explanation" / "need.md"
FEW = ("--paths", "2000")
STREAMS = ["resettlement", "reception", "minors_under_15", "minors_15_18", "all"]


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["need", *arguments, "--format", "json"]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(answer(capsys, *arguments))
    return read


def stopped() -> str:
    return (SCENARIOS / "2020-stop-resettlement.yaml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> str:
    text = stopped()
    assert old in text
    (folder / "mine.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder / "mine.yaml")


def test_2020_with_the_stop_has_what_came_of_it_within_and_the_plan_without(capsys: pytest.CaptureFixture[str]) -> None:
    need = document(capsys, "2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-19")
    year = need["year_total"]["all"]
    assert year["p10"] <= 2819 <= year["p90"] < 5120
    low, high = (f"{year[each]:,}".replace(",", " ") for each in ("p10", "p90"))
    assert f"have from {low} to {high} people" in " ".join(EXPLAINED.read_text(encoding="utf-8").split())
    assert {key: need[key] for key in ("year", "as_of", "scenario", "seed", "paths")} == {
        "year": 2020,
        "as_of": "2020-05-19",
        "scenario": "stop-resettlement",
        "seed": 2020,
        "paths": 100_000,
    }
    assert [(each["month"], each["category"]) for each in need["months"]] == [
        (f"2020-{month:02}", stream) for month in range(1, 13) for stream in STREAMS
    ]
    assert list(need["year_total"]) == STREAMS


def test_what_it_rests_on_is_told_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-19", *FEW)
    rests_on = {(each["of"], each["number"]): each for each in document(capsys, *asked)["rests_on"]}
    assert rests_on["resettlement", "quota"]["value"] == "3000"
    assert rests_on["minors_15_18", "a_month"]["value"] == "25/3"
    stop = rests_on["resettlement", "stop of 2020-03-14"]
    assert stop["value"] == "2020-06-15: 1/10, 2020-08-01: 1/5, 2020-10-01: 1/5, later: 1/2"
    assert stop["source"].startswith("IMDi's letter to the county municipalities of 19.05.2020")
    assert rests_on["reception", "waiting"]["source"].startswith("assumption: ")
    assert main(["need", *asked]) == 0
    assert "What it rests on" in capsys.readouterr().out


def test_2020_as_planned_has_the_first_request_within(capsys: pytest.CaptureFixture[str]) -> None:
    year = document(capsys, "2020", "--scenario", "as-planned", "--as-of", "2020-01-31")["year_total"]
    assert year["resettlement"] == {"p10": 3000, "p50": 3000, "p90": 3000}
    assert year["all"]["p10"] <= 5120 <= year["all"]["p90"]
    assert year["all"]["p10"] > 2819


def test_a_stream_that_nobody_stopped_is_the_same_with_and_without_the_stop(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (
        document(capsys, "2020", "--scenario", name, "--as-of", "2020-05-19", *FEW)["year_total"]
        for name in ("as-planned", "stop-resettlement")
    )
    assert one["reception"] == other["reception"]
    assert one["resettlement"] != other["resettlement"]


def test_the_bytes_are_the_same_for_any_number_of_workers(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-19", "--paths", "9000")
    assert len({answer(capsys, *asked, "--workers", workers) for workers in ("1", "2", "3")}) == 1
    assert answer(capsys, *asked, "--seed", "1") != answer(capsys, *asked)


class StandIn(ModuleType):
    """What stands in for a cluster: the library's own names, and processes of this machine."""

    def __init__(self) -> None:
        super().__init__("distributed")
        self.asked: list[str] = []

    def Client(self, address: str) -> "StandInClient":  # noqa: N802  - it is called so there
        if address.endswith(":0"):
            raise TimeoutError("nobody")
        self.asked.append(address)
        return StandInClient()


class StandInClient(AbstractContextManager["StandInClient"]):
    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"))

    def get_executor(self) -> ProcessPoolExecutor:
        return self.pool

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown()


def test_a_cluster_gives_the_same_bytes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = StandIn()
    monkeypatch.setitem(sys.modules, "distributed", stand_in)
    asked = ("2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-19", "--paths", "9000")
    assert answer(capsys, *asked, "--cluster", "tcp://cluster:8786") == answer(capsys, *asked)
    assert stand_in.asked == ["tcp://cluster:8786"]
    assert main(["need", *asked, "--cluster", "tcp://cluster:0"]) == 2
    assert "--cluster tcp://cluster:0: nobody answers there (nobody)" in capsys.readouterr().err


def test_without_its_library_a_cluster_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ("need", "2020", "--scenario", "as-planned", "--as-of", "2020-05-19", *FEW)
    assert main([*asked, "--cluster", "tcp://cluster:8786"]) == 2
    assert "the package `distributed` is not installed; `pip install 'bosett[cluster]'`" in capsys.readouterr().err


OBSERVED = """
observed:
  - {stream: resettlement, kind: came, month: 2020-01, persons: 200, known_on: 2020-02-03, source: made for a test}
  - {stream: resettlement, kind: came, month: 2020-01, persons: %s, known_on: 2020-06-01, source: made for a test}
  - {stream: reception, kind: settled, month: 2020-01, persons: 90, known_on: 2020-02-03, source: made for a test}
"""


def test_what_a_scenario_tells_of_months_that_are_over_is_held_and_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def with_later(noise: int) -> dict[str, Any]:
        (tmp_path / "mine.yaml").write_text(stopped() + OBSERVED % noise, encoding="utf-8")
        return document(capsys, "2020", "--scenario", str(tmp_path / "mine.yaml"), "--as-of", "2020-05-19", *FEW)

    need = with_later(7)
    january = {each["category"]: each for each in need["months"] if each["month"] == "2020-01"}
    assert [(january[name]["p10"], january[name]["p90"]) for name in ("resettlement", "reception")] == [
        (200, 200),
        (90, 90),
    ]
    assert {
        "of": "reception",
        "number": "settled in 2020-01",
        "value": "90",
        "known_on": "2020-02-03",
        "source": "made for a test",
    } in need["rests_on"]
    assert with_later(999_999) == need, "what became known later changes nothing"
    (tmp_path / "mine.yaml").write_text(
        stopped() + (OBSERVED % 7).replace("2020-06-01", "2020-02-03"), encoding="utf-8"
    )
    assert main(["need", "2020", "--scenario", str(tmp_path / "mine.yaml"), "--as-of", "2020-05-19", *FEW]) == 2
    assert "tells a month of a stream twice, known on one day" in capsys.readouterr().err


def test_what_is_changed_is_told_and_nothing_else_changes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-19", *FEW)
    own, never = document(capsys, *asked), document(capsys, *asked, "--restart", "never", "--ramp", "4")
    assert never["changed"] == {"restart": "never", "ramp": 4}
    assert never["year_total"]["resettlement"] == {"p10": 604, "p50": 604, "p90": 604}
    assert never["year_total"]["reception"] == own["year_total"]["reception"]
    half = document(capsys, *asked, "--permits", "1/2")["year_total"]
    assert half["reception"]["p50"] < own["year_total"]["reception"]["p50"]
    assert half["resettlement"] == own["year_total"]["resettlement"]
    alone = document(capsys, *asked, "--alone", "1")["year_total"]
    assert (alone["reception"]["p90"], alone["minors_15_18"]) == (0, own["year_total"]["minors_15_18"])
    assert main(["need", *asked, "--quota", "2500", "--stop", "2020-04-01..2020-06-30+2"]) == 0
    assert "Changed: stops is 2020-04-01..2020-06-30+2." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--quota", "many"), "'many' is no whole number"),
        (("--permits", "1/0"), "'1/0' is no number; write it as 1.2 or 1/20"),
        (("--restart", "soon"), "'soon' is no day; write it as 2020-05-19, or never"),
        (("--stop", "2020-06-30..2020-03-14"), "is no stop; write it as"),
    ],
)
def test_a_change_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], option: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(SystemExit):
        main(["need", "2020", "--scenario", "as-planned", "--as-of", "2020-05-19", *option])
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--restart", "2020-09-01"), "restart: the scenario has none"),
        (("--alone", "2"), "alone is 2; it must be a part from 0 to 1"),
        (("--permits=-1",), "no fewer than 0 persons"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], option: tuple[str, ...], sentence: str
) -> None:
    assert main(["need", "2020", "--scenario", "as-planned", "--as-of", "2020-05-19", *option]) == 2
    assert sentence in capsys.readouterr().err


def test_2021_as_june_2020_saw_it_has_what_was_settled_within_and_the_request_of_october_above(
    capsys: pytest.CaptureFixture[str],
) -> None:
    year = document(capsys, "2021", "--scenario", "june-2020", "--as-of", "2020-06-30")["year_total"]["all"]
    assert year["p10"] <= 4482 <= year["p90"] < 5025
    assert main(["need", "2021", "--scenario", "june-2020", "--as-of", "2020-06-29"]) == 2
    assert "was first known on 2020-06-30" in capsys.readouterr().err


@pytest.mark.parametrize("noise", ["0", "17", "99999"])
def test_what_became_known_later_changes_no_byte(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, noise: str
) -> None:
    later = f"\n      - value: {noise}\n        known_on: 2020-10-30\n        source: later"
    text = re.sub(r"(    (?:quota|waiting|a_month):\n(?:      .*\n)+?)(?=    \w|  -)", rf"\1{later[1:]}\n", stopped())
    stop = "          - known_on: 2020-10-30\n            source: later\n            ramp: 0\n            restarts:\n"
    text = text.replace(
        "  - stream: reception", f"{stop}              - {{day: 2020-06-01, part: 1}}\n  - stream: reception"
    )
    assert text.count("source: later") == 8
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    mine = str(tmp_path / "mine.yaml")
    before = ("2020", "--as-of", "2020-05-19", *FEW, "--scenario")
    assert answer(capsys, *before, mine) == answer(capsys, *before, "stop-resettlement")
    after = ("2020", "--as-of", "2020-10-30", *FEW, "--scenario")
    assert answer(capsys, *after, mine) != answer(capsys, *after, "stop-resettlement"), "the check can fail"


def test_what_the_day_does_not_know_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["need", "2020", "--scenario", "stop-resettlement", "--as-of", "2020-05-18"]) == 2
    assert "the stop of resettlement was first known on 2020-05-19, after 2020-05-18" in capsys.readouterr().err
    assert main(["need", "2020", "--scenario", "as-planned", "--as-of", "2019-11-01"]) == 2
    assert "streams[2].waiting was first known on 2019-11-06" in capsys.readouterr().err


def test_places_are_a_limit_and_who_gets_none_waits_into_the_next_year(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one = "[{value: %d, known_on: 2020-05-01, source: 'assumption: to see what it does'}]"
    limit = f"places:\n  general: {one % 150}\n  minors: {one % 9}\nstreams:"
    mine = changed(tmp_path, "streams:", limit)
    year = document(capsys, "2020", "--scenario", mine, "--as-of", "2020-05-19", *FEW)
    assert year["settled"]["all"]["p90"] <= 12 * (150 + 9) < year["year_total"]["all"]["p50"]
    after = document(capsys, "2021", "--scenario", mine, "--as-of", "2020-05-19", *FEW)
    assert len(after["months"]) == 12 * len(STREAMS)
    ready = sum(each["p50"] for each in after["months"] if each["category"] == "all")
    assert after["year_total"]["all"]["p50"] > ready + 500
    assert main(["need", "2020", "--scenario", mine, "--as-of", "2020-05-19", *FEW]) == 0
    assert "Who gets a place in the year" in capsys.readouterr().out


def test_capacity_reports_are_the_limit_of_months_that_they_tell_all_weeks_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # January to March have the Thursdays of weeks 1 to 13: the last month is told of only in part.
    lines = (
        "municipality,kind,first,last,count,firmness,said_by,said_on,expires_on,ask_by,lead,situation,hindrance,measures",
        "4601,adult,2020-W01,2020-W12,5,firm,municipality,2019-12-01,2020-06-30,,,,,",
        "4601,family_4_5,2020-W01,2020-W09,1,firm,municipality,2019-12-01,2020-06-30,,,,,",
        "4617,adult,2020-W01,2020-W53,900,firm,municipality,2020-06-01,2020-12-31,,,,,",
    )
    (tmp_path / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = ("2020", "--scenario", "as-planned", "--places", str(tmp_path / "reports.csv"), *FEW)
    assert main(["need", *asked, "--as-of", "2020-05-19"]) == 0
    printed = capsys.readouterr().out
    assert "(municipalities: 1): 2 of 12 months have one (2020-01, 2020-02)" in printed
    assert main(["need", *asked, "--as-of", "2020-06-01"]) == 0
    assert "(municipalities: 2): 12 of 12 months have one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("value: 3000", "value: 3000.5", "it must be a whole number"),
        ("part: 1/2", "part: 1/3", "the parts of its restarts add up to 5/6; they must add up to 1"),
        ("stream: minors_under_15", "stream: reception", "names a stream twice"),
        ("begins: 2020-01", "begins: January", "it must be a month such as 2020-01"),
        ('"assumption: nobody is ready in the month of the permit"', "assumption", "an assumption without a reason"),
        ("    quota:", "    waiting:", "lacks a_month, waits"),
        ("begins: 2020-01", "begins: 2021-01", "tells nothing of 2020"),
        ("known_on: 2019-10-24", "known_on: 2019", "it must be a date"),
        (
            "    quota:\n",
            "    quota:\n      - {value: 1, known_on: 2020-01-01, source: x}\n",
            "must be told by the day from which it was known, each once and the earliest first",
        ),
        ("value: 1/4", "value: 1/5", "the parts of waits add up to 19/20"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    mine = changed(tmp_path, old, new)
    assert main(["need", "2020", "--scenario", mine, "--as-of", "2020-05-19"]) == 2
    assert sentence in capsys.readouterr().err


def test_the_scenario_in_the_recipe_can_be_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    recipe = (Path(__file__).parents[2] / "docs" / "how-to" / "forecast-the-need.md").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(recipe.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    mine = ("2021", "--scenario", str(tmp_path / "mine.yaml"), *FEW)
    early, late = (document(capsys, *mine, "--as-of", day) for day in ("2021-01-29", "2021-03-01"))
    assert early == late | {"as_of": "2021-01-29"}, "nothing became known between"
    assert main(["need", *mine, "--as-of", "2020-12-31"]) == 2
    assert "the stop of resettlement was first known on 2021-01-29" in capsys.readouterr().err


def test_a_file_without_a_stream_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(stopped().partition("streams:")[0] + "streams: []\n", encoding="utf-8")
    assert main(["need", "2020", "--scenario", str(tmp_path / "mine.yaml"), "--as-of", "2020-05-19"]) == 2
    assert "streams names no stream" in capsys.readouterr().err


def test_what_is_asked_wrongly_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["need", "2020", "--scenario", "stop", "--as-of", "2020-05-19"]) == 2
    assert "shipped are as-planned, stop-resettlement" in capsys.readouterr().err
    assert main(["need", "1999", "--scenario", "stop", "--as-of", "2020-05-19"]) == 2
    assert "shipped are none" in capsys.readouterr().err
    assert main(["need", "2020", "--scenario", "as-planned", "--as-of", "2020-05-19", "--workers", "0"]) == 2
    assert "--workers 0: name a number from 1 to 64" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["need", "2020", "--scenario", "as-planned", "--as-of", "2020-05-19", "--seed=-1"])
    assert "'-1' is no seed; write a whole number such as 7" in capsys.readouterr().err


@pytest.mark.parametrize(("year", "name"), [(year, name) for year in (2020, 2021) for name in shipped_scenarios(year)])
def test_every_number_of_a_shipped_scenario_says_where_it_is_from_in_three_languages(year: int, name: str) -> None:
    text = (SCENARIOS / f"{year}-{name}.yaml").read_text(encoding="utf-8")
    known, sources = len(re.findall(r"known_on:", text)), re.findall(r"source: (?:>-\n)?\s*\"?(.+)", text)
    spoken = sum(not each.startswith("http") for each in sources)
    assert len(re.findall(r"source_nb:", text)) == len(re.findall(r"source_nn:", text)) == spoken
    assert known == len(sources)
    assert all("http" in each or "IMDi" in each or "assumption: " in each for each in sources), sources
