"""From files of made-up figures to the round of 2027 on the command line: read, compare, accept, compute, take back."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import madeup
from bosett.cli import main
from bosett.figures import FigureVersion
from bosett.figures.cells import value_text
from bosett.sources.figure_folder import read_folder

ON = ("--on", "2026-11-29")


def write(path: Path, version: FigureVersion, **changed: str) -> Path:
    """Write a version as a plain file; `m0301="5"` gives a place another value."""
    texts = {code.removeprefix("m"): text for code, text in changed.items()}
    rows = [
        f"{code},{time},{texts.get(code, value_text(figure))},{'' if code in texts else figure.status.value}"
        for time, by_code in version.figures.items()
        for code, figure in by_code.items()
    ]
    path.write_text("\n".join(["code,time,value,status", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> Mapping[str, Path]:
    return {
        "requested": write(tmp_path / "requests.csv", madeup.requests_of_2026()),
        "unemployed": write(tmp_path / "unemployed.csv", madeup.unemployed_of_february_2026()),
        "national_requested_first": write(tmp_path / "total.csv", madeup.total_of_2027()),
    }


def named(files: Mapping[str, Path], indicator: str, known_on: str, *more: str) -> list[str]:
    time = {"requested": "2026", "unemployed": "2026-02", "national_requested_first": "2027"}[indicator]
    return [
        str(files[indicator]), "--as", indicator, "--year", time, *ON, "--known-on", known_on,
        "--publisher", madeup.MADE_UP, *more,
    ]  # fmt: skip


@pytest.fixture
def folder(files: Mapping[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    place = tmp_path / "figures"
    into = ["--into", str(place), "--by", "Test", "--looked-at"]
    for indicator, known_on in (
        ("requested", "2026-01-15"),
        ("unemployed", "2026-03-10"),
        ("national_requested_first", "2026-10-15"),
    ):
        assert main(["figures", "accept", *named(files, indicator, known_on), *into]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "accepted 1: requested 2026",
        "accepted 2: unemployed 2026-02",
        "accepted 3: national_requested_first 2027",
    ]
    return place


def test_the_round_of_2027_from_shipped_and_accepted_figures(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allocate = ["allocate", "2027", "--floor", "10", "--figures", str(folder), "--format", "json"]
    assert main(allocate) == 0
    run = json.loads(capsys.readouterr().out)
    numbers = [line["number"] for county in run["counties"] for line in county["municipalities"]]
    assert (len(run["counties"]), len(numbers), sum(numbers), run["total"]) == (15, 357, 9000, 9000)
    assert (run["criteria"], run["official_or_reference"]) == ("no-2027-reference-least-10", "reference")
    assert {(each["indicator"], each["time"], each["accepted_on"]) for each in run["figures"]} == {
        ("requested", "2026", "2026-11-29"),
        ("unemployed", "2026-02", "2026-11-29"),
        ("national_requested_first", "2027", "2026-11-29"),
    }
    assert all(run["checks"].values())
    out = tmp_path / "out"
    assert main(["round", "2027", "--floor", "10", "--figures", str(folder), "--out", str(out)]) == 0
    assert sorted(each.name for each in out.iterdir()) == ["bosett-2027.html", "bosett-2027.xlsx"]
    capsys.readouterr()
    assert main(["explain", "2027", "4003", "--floor", "10", "--figures", str(folder), "--lang", "nn"]) == 0
    assert "Skien" in capsys.readouterr().out
    assert main(["diagnose", "2027", "--floor", "10", "--figures", str(folder)]) == 0


def test_without_them_each_lacking_figure_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "2027"]) == 2
    assert "Name a number with --floor." in capsys.readouterr().err
    assert main(["allocate", "2027", "--floor", "10"]) == 2
    err = capsys.readouterr().err
    for text in ("requested 2026 (", "unemployed 2026-02 (", "national_requested_first 2027 (", "NAV", "--figures DIR"):
        assert text in err
    assert err.count("\n") == 1


def test_a_floor_goes_with_the_reference_model_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "2021", "--floor", "8"]) == 2
    assert "no-2021-reference has its floor and its day in its file" in capsys.readouterr().err
    assert main(["allocate", "2021", "--floor", "8", "--criteria", "no-2021-reference"]) == 2
    assert "criteria that are named say both themselves" in capsys.readouterr().err


def test_taken_back_is_as_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = ["figures", "take-back", "1", "--into", str(folder), "--on", "2026-11-30", "--by", "Test", "--why", "wrong"]
    assert main(back) == 0
    assert "took back 1: it is kept, and no longer read" in capsys.readouterr().err
    assert main(["allocate", "2027", "--floor", "10", "--figures", str(folder)]) == 2
    assert "a figure is lacking for 2027: requested 2026" in capsys.readouterr().err
    assert main(["figures", "list", str(folder)]) == 0
    listed = capsys.readouterr().out
    assert "taken back 2026-11-30: wrong" in listed
    assert listed.count("in force") == 2
    assert main(back) == 2
    assert "Version 1 of" in capsys.readouterr().err
    assert main(["figures", "list", str(folder), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["in_force"] for each in document["versions"]] == [False, True, True]


def test_a_shipped_round_is_the_same_with_and_without_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "2021", "--format", "json"]) == 0
    without = capsys.readouterr().out
    assert main(["allocate", "2021", "--format", "json", "--figures", str(folder)]) == 0
    assert capsys.readouterr().out == without


def test_reading_and_comparing_change_nothing(
    files: Mapping[str, Path], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "read", *named(files, "requested", "2026-01-15")]) == 0
    assert "requested  2026   357  286       0        0         71  13000" in capsys.readouterr().out
    before = sorted((each.name, each.read_bytes()) for each in folder.rglob("*") if each.is_file())
    write(files["requested"], madeup.requests_of_2026(), m1103="77", m9999="1", m1507="4")
    assert main(["figures", "compare", *named(files, "requested", "2026-01-15"), "--figures", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "changed                1" in out
    assert "sum_off                1" in out
    assert main(["figures", "compare", *named(files, "requested", "2026-01-15"), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["comparisons"][0]["rows"]
    assert {row["kind"] for row in rows} == {"new", "sum_off"}
    assert before == sorted((each.name, each.read_bytes()) for each in folder.rglob("*") if each.is_file())


def test_the_implausible_is_looked_at_first_and_rows_can_be_left_out(
    files: Mapping[str, Path], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(files["requested"], madeup.requests_of_2026(), m1103="900", m1106="31")
    accept = ["figures", "accept", *named(files, "requested", "2026-01-16"), "--into", str(folder), "--by", "Test"]
    assert main(accept) == 2
    err = capsys.readouterr().err
    assert "2 rows are to be looked at first (1 jump, 1 sum_off)" in err
    assert len(read_folder(folder).accepted) == 3
    assert main([*accept, "--except", "1103", "--looked-at"]) == 0
    assert "1 figures stay as they were" in capsys.readouterr().err
    newest = read_folder(folder).accepted[-1].version
    assert (newest.figures["2026"]["1106"].value, newest.kept) == (31, (("2026", "1103"),))
    assert newest.figures["2026"]["1103"] == madeup.requests_of_2026().figures["2026"]["1103"]
    assert main([*accept, "--only", "0301,9998", "--looked-at"]) == 2
    assert "9998 in 2026: there is nothing to take" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["figures", "read", "nowhere.csv", "--as", "requested", "--year", "2026", *ON], "nowhere.csv cannot be read"),
        (["figures", "read", "x.csv", "--as", "requested", "--year", "26", *ON], "--year 26 is no time"),
        (
            ["figures", "read", "x.csv", "--as", "requested", "--year", "2026", "--structure", "2022", *ON],
            "no structure",
        ),
        (["figures", "list", "nowhere"], "nowhere is no folder of accepted figures"),
        (["allocate", "2021", "--figures", "nowhere"], "nowhere is no folder of accepted figures"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    given: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("code,value\n0301,1\n", encoding="utf-8")
    assert main(given) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_a_damaged_folder_is_refused_by_every_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = folder / "versions" / "0001-requested.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("not_asked", "hidden"), encoding="utf-8")
    for command in (["allocate", "2027"], ["diagnose", "2021"], ["backtest", "2021"], ["round", "2021"]):
        assert main([*command, "--figures", str(folder)]) == 2
        assert "are damaged: 0001-requested has another checksum" in capsys.readouterr().err
