"""Each command from outside: data on stdout, words on stderr, and the same bytes for the same command."""

import csv
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bosett import __version__
from bosett.cli import COMMANDS, main
from bosett.documents.words import word
from bosett.geography import counties

Captured = pytest.CaptureFixture[str]
TABLES = {
    "allocate": ["allocate", "2021"],
    "revise": ["revise", "2020", "--total", "3602"],
    "diagnose": ["diagnose", "2021"],
    "backtest": ["backtest", "2021"],
    "data": ["data", "check"],
    "explain": ["explain", "2021", "4601"],
}


def printed(arguments: list[str], capsys: Captured) -> str:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.parametrize("command", [each.name for each in COMMANDS])
def test_help_has_an_example_and_the_exit_codes(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"example: bosett {command} " in out
    assert "exit codes: 0 done, 2 bad input, 3 tied, 4 impossible, 5 unproven" in out


def test_help_lists_every_command_and_the_version_is_told(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert "example: bosett " in out
    assert all(f"    {each.name} " in out for each in COMMANDS)
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"bosett {__version__}\n"


@pytest.mark.parametrize("command", TABLES)
def test_a_table_is_the_default(command: str, capsys: Captured) -> None:
    out = printed(TABLES[command], capsys)
    assert out.endswith("\n")
    assert not out.startswith("{")
    assert out == printed([*TABLES[command], "--format", "table"], capsys)


@pytest.mark.parametrize("command", TABLES)
def test_json_is_one_document_and_the_same_bytes_twice(command: str, capsys: Captured) -> None:
    out = printed([*TABLES[command], "--format", "json"], capsys)
    assert isinstance(json.loads(out), dict)
    assert out == printed([*TABLES[command], "--format", "json"], capsys)


@pytest.mark.parametrize("command", TABLES)
def test_a_workbook_goes_to_a_file_and_nothing_to_stdout(command: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "out.xlsx"
    assert main([*TABLES[command], "--format", "xlsx", "--out", str(path)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"wrote {path}\n"
    assert CalamineWorkbook.from_path(str(path)).sheet_names


@pytest.mark.parametrize("command", ["allocate", "revise"])
def test_the_workbook_of_a_round_is_the_book_with_a_sheet_for_each_county(
    command: str, tmp_path: Path, capsys: Captured
) -> None:
    path, year = tmp_path / "book.xlsx", int(TABLES[command][1])
    assert main([*TABLES[command], "--format", "xlsx", "--out", str(path), "--lang", "nn"]) == 0
    capsys.readouterr()
    book = CalamineWorkbook.from_path(str(path))
    names = [county.name for county in counties(year)]
    assert book.sheet_names == [
        word("overview", "nn"),
        *names,
        *(word(code, "nn") for code in ("criteria", "sources", "left_out")),
    ]
    document = json.loads(printed([*TABLES[command], "--format", "json"], capsys))
    for county in document["counties"]:
        rows = book.get_sheet_by_name(county["name"]).to_python()
        numbers = {str(row[0]): row[5] for row in rows[1:] if str(row[0]).isdigit()}
        assert numbers == {line["code"]: line["number"] for line in county["municipalities"]}


@pytest.mark.bulk
def test_allocate_and_round_write_the_same_book(tmp_path: Path, capsys: Captured) -> None:
    book = tmp_path / "book.xlsx"
    assert main(["allocate", "2021", "--format", "xlsx", "--out", str(book)]) == 0
    assert main(["round", "2021", "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert book.read_bytes() == (tmp_path / "out" / "bosett-2021.xlsx").read_bytes()


def test_not_asked_is_said_and_is_no_dash(capsys: Captured) -> None:
    out = printed(["allocate", "2021"], capsys)
    (kvitsoy,) = (line for line in out.splitlines() if "Kvitsøy" in line)
    assert kvitsoy.endswith("not asked")
    assert "Request 2020: First request, 2020 (IMDi; known on 24 October 2019)." in out.replace("\u00a0", " ")
    document = json.loads(printed(["allocate", "2021", "--format", "json"], capsys))
    lines = [line for county in document["counties"] for line in county["municipalities"]]
    assert {line["previous_status"] for line in lines} == {"ok", "not_asked"}
    assert all((line["previous"] is None) == (line["previous_status"] != "ok") for line in lines)
    assert document["previous_is"] == {
        "indicator": "requested_first",
        "when": "2020",
        "publisher": "IMDi",
        "known_on": "2019-10-24",
    }


def test_what_is_not_known_of_last_year_is_no_sum_of_nobody(tmp_path: Path, capsys: Captured) -> None:
    """The requests of 2024 are in no figure: neither a municipality nor a county nor the country was asked for 0."""
    criteria = tmp_path / "later.yaml"
    text = (Path(__file__).resolve().parents[2] / "src/bosett/data/criteria/no-2021-reference.yaml").read_text("utf-8")
    head, continuity = text.split("  - code: continuity")[0], "requested_first, year: 2020"
    assert continuity in text
    size = """  - code: size
    kind: weight
    weight: 1
    wording: {nb: Folketall, nn: Folketal, en: Population}
    wording_status: own
    source: made up for a test
    measure:
      - {indicator: population, year: 2024}
"""
    made = head.replace("no-2021-reference", "made-up").replace("year: 2021", "year: 2025")
    criteria.write_text(made.replace("day: 2020-06-30", "day: 2024-06-30") + size, encoding="utf-8")
    asked = ["2025", "--total", "10000", "--criteria", str(criteria)]
    out = printed(["allocate", *asked], capsys)
    (norway,) = (line for line in out.splitlines() if "Norway" in line)
    assert norway.split()[-1] == "-"
    assert "Request 2024: missing." in out
    assert main(["round", *asked, "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    page = (tmp_path / "out" / "bosett-2025.html").read_text(encoding="utf-8")
    assert "<dt>Anmodning 2024</dt><dd>\u2013</dd>" in page
    assert 'class="tick"' not in page
    rows = CalamineWorkbook.from_path(str(tmp_path / "out" / "bosett-2025.xlsx")).get_sheet_by_name("Oslo").to_python()
    assert next(row for row in rows if row[0] == "Sum")[3] == ""


def test_allocate_closes_at_every_level(capsys: Captured) -> None:
    document = json.loads(printed(["allocate", "2021", "--format", "json"], capsys))
    assert (document["year"], document["total"], document["mode"]) == (2021, 5_025, "counties")
    assert (document["criteria"], document["outcome"]) == ("no-2021-reference", "shared")
    assert sum(county["target"] for county in document["counties"]) == 5_025
    for county in document["counties"]:
        assert sum(line["number"] for line in county["municipalities"]) == county["target"]
    lines = [line for county in document["counties"] for line in county["municipalities"]]
    whole = sum(Fraction(line["claim"]) for line in lines)
    assert all(Fraction(line["exact"]) == 5_025 * Fraction(line["claim"]) / whole for line in lines)


def test_the_reference_model_is_named_so_and_the_country_summed(capsys: Captured) -> None:
    out = printed(["allocate", "2021"], capsys)
    assert "Bosetts referansemodell" in out.splitlines()[0]
    assert [line.split()[1:3] for line in out.splitlines() if "Norway" in line] == [["5025", "5025"]]
    assert "exact sum: holds" in out
    assert "DOES NOT HOLD" not in out


def test_another_total_and_way(capsys: Captured) -> None:
    out = printed(["allocate", "2021", "--total", "6000", "--mode", "nation", "--format", "json"], capsys)
    document = json.loads(out)
    assert (document["total"], document["mode"]) == (6_000, "nation")
    assert sum(county["target"] for county in document["counties"]) == 6_000


def test_criteria_by_id_and_by_file_are_the_same(capsys: Captured) -> None:
    path = Path(__file__).resolve().parents[2] / "src/bosett/data/criteria/no-2021-reference.yaml"
    by_id = printed(["allocate", "2021", "--criteria", "no-2021-reference"], capsys)
    assert by_id == printed(["allocate", "2021", "--criteria", str(path)], capsys)
    assert by_id == printed(["allocate", "2021"], capsys)


def test_the_cut_of_2020_with_locks(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "locks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("code", "at_least"), ("3003", 24), ("4204", 61)])
    document = json.loads(
        printed(
            ["revise", "2020", "--total", "3602", "--locks", str(path), "--tie-rule", "id", "--format", "json"], capsys
        )
    )
    numbers = {line["code"]: line["number"] for county in document["counties"] for line in county["municipalities"]}
    assert (document["mode"], sum(numbers.values()), len(numbers)) == ("revision", 3_602, 211)
    assert (numbers["3003"], numbers["4204"]) == (24, 61)
    assert min(numbers.values()) == 10


def test_what_a_list_of_locks_leaves_aside_is_said_beside_the_data(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "locks.csv"
    path.write_text("kommunenr;Kommune;at_least;x\n4204;Kristiansand;61\n;Sum;61\n;;;y\n", encoding="utf-8")
    options = ["--locks", str(path), "--tie-rule", "id", "--floor", "10", "--format", "json"]
    assert main(["revise", "2020", "--total", "3 602", *options]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "bosett: locks.csv, line 1: the column 'x' is not read",
        "bosett: locks.csv, line 3: the row is left aside: it is about no municipality",
    ]
    assert sum(county["target"] for county in json.loads(out)["counties"]) == 3_602


def test_diagnose_states_and_weighs_each_criterion(capsys: Captured) -> None:
    document = json.loads(printed(["diagnose", "2021", "--format", "json"], capsys))
    assert [set(each) for each in document["weighed"]] == [{"criterion", "stated", "real", "r2_population"}] * 3
    assert [each["criterion"] for each in document["weighed"]] == ["continuity", "size", "work"]


def test_backtest_says_no_figure_where_there_is_none(capsys: Captured) -> None:
    out = printed(["backtest", "2018..2023"], capsys)
    assert "2018, reference: no figure (There are no criteria no-2018-reference" in out
    assert "2023: no first request was published for each municipality; held against the latest (38000)" in out
    document = json.loads(printed(["backtest", "2018", "--format", "json"], capsys))
    (year,) = document["years"]
    assert all(model["error"] is None and model["why_not"] for model in year["models"])


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_explain_in_each_language(language: str, capsys: Captured) -> None:
    out = printed(["explain", "2021", "4601", "--lang", language], capsys)
    assert "Bergen" in out
    assert "Bosetts referansemodell" in out


def test_data_check_says_of_each_table_that_it_is_right(capsys: Captured) -> None:
    findings = json.loads(printed(["data", "check", "--format", "json"], capsys))["findings"]
    assert len(findings) > 20
    assert all(finding["ok"] for finding in findings)


def test_share_tells_by_its_exit_code_how_it_ended(tmp_path: Path, capsys: Captured) -> None:
    def ended(total: int, claims: list[str], least: int) -> tuple[int, str]:
        recipients = [{"id": str(place), "claim": claim, "least": least} for place, claim in enumerate(claims)]
        path = tmp_path / "problem.json"
        path.write_text(json.dumps({"total": total, "recipients": recipients}), encoding="utf-8")
        code = main(["share", str(path)])
        return code, json.loads(capsys.readouterr().out)["outcome"]

    assert ended(20, ["10", "9"], 10) == (0, "shared")
    assert ended(1, ["1", "1"], 0) == (3, "tied")
    assert ended(7, ["1", "1"], 10) == (4, "impossible")


def test_a_reader_that_has_had_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "bosett", "allocate", "2021", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
        assert running.wait(timeout=30) == 0


def test_round_prints_the_counties_and_writes_a_workbook_and_a_page(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "new" / "out"
    assert main(["round", "2021", "--out", str(folder), "--lang", "nn"]) == 0
    out, err = capsys.readouterr()
    assert "Norway" in out
    assert "Traceback" not in err
    assert sorted(path.name for path in folder.iterdir()) == ["bosett-2021.html", "bosett-2021.xlsx"]


def test_round_in_a_place_that_is_no_folder(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["round", "2021", "--out", str(tmp_path / "file" / "out")]) == 2
    assert "cannot be made a folder" in capsys.readouterr().err
