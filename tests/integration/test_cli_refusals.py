"""Bad input: one clear line on stderr, nothing on stdout, the right exit code, and no traceback."""

from pathlib import Path

import pytest

import bosett
from bosett.cli import main

Captured = pytest.CaptureFixture[str]
REFUSED: dict[str, tuple[list[str], int, str]] = {
    "no command": ([], 2, "the following arguments are required: COMMAND. See bosett --help"),
    "unknown command": (["alocate"], 2, "invalid choice: 'alocate'"),
    "unknown option": (["allocate", "2021", "--totl", "5"], 2, "unrecognized arguments: --totl 5"),
    "no year": (["allocate"], 2, "the following arguments are required: YEAR. See bosett allocate --help"),
    "year in letters": (["allocate", "MMXXI"], 2, "invalid int value: 'MMXXI'"),
    "total in letters": (["allocate", "2021", "--total", "many"], 2, "'many' is no number of persons"),
    "two totals": (["allocate", "2021", "--total", "30 35"], 2, "'30 35' may be two numbers"),
    "a total with a line": (["allocate", "2021", "--total", "6_000"], 2, "'6_000' is no number of persons"),
    "no total": (["allocate", "2021", "--total", ""], 2, "no number is given"),
    "year without criteria": (["allocate", "1999"], 2, "There are no criteria no-1999-reference. There are no-2018-"),
    "round of such a year": (["round", "1999"], 2, "There are no criteria no-1999-reference"),
    "diagnosis of such a year": (["diagnose", "2017"], 2, "There are no criteria no-2017-reference"),
    "year whose floor is not known": (
        ["diagnose", "2024"],
        2,
        "not known for 2024. Since 2024 there are requests below",
    ),
    "official and not computable": (
        ["allocate", "2020", "--criteria", "no-2020-official"],
        2,
        "no-2020-official has no weight that can be computed from figures known on 2019-06-30",
    ),
    "criteria of another year": (
        ["allocate", "2021", "--criteria", "no-2020-reference"],
        2,
        "no-2020-reference.yaml holds the criteria for 2020, not for 2021",
    ),
    "missing criteria": (["allocate", "2021", "--criteria", "no.yaml"], 2, "no.yaml: cannot be read"),
    "negative total": (["allocate", "2021", "--total=-1"], 2, "'-1' is outside what can be"),
    "below the floors": (["allocate", "2021", "--total", "7", "--mode", "nation"], 4, "Nearest totals that work: 0"),
    "a county below the floors": (["allocate", "2021", "--total", "30"], 4, "03 Oslo: 2 falls between the totals"),
    "workbook without a place": (["allocate", "2021", "--format", "xlsx"], 2, "say where with --out FILE.xlsx"),
    "place without a workbook": (
        ["allocate", "2021", "--out", "a.txt"],
        2,
        "--out is for --format xlsx; table goes",
    ),
    "workbook in no folder": (
        ["allocate", "2021", "--format", "xlsx", "--out", "nowhere/a.xlsx"],
        2,
        "there is no folder nowhere",
    ),
    "explain a later code": (["explain", "2024", "1507"], 2, "split in 2024 into 1508 Ålesund and 1580 Haram"),
    "explain an earlier code": (["explain", "2021", "1850"], 2, "1850 is not a municipality in 2021."),
    "explain nobody": (["explain", "2021", "Bergen"], 2, "Check the code: four digits, in the list of that year."),
    "explain in another language": (["explain", "2021", "4601", "--lang", "de"], 2, "invalid choice: 'de'"),
    "revise without a total": (["revise", "2020"], 2, "the following arguments are required: --total"),
    "revise what was not published": (
        ["revise", "2023", "--total", "38000"],
        2,
        "The first requests for 2023 were",
    ),
    "revise to a tie": (["revise", "2020", "--total", "3601"], 3, "tied between 0301, 3024 over 1; declare a tie_rule"),
    "revise below the floors": (["revise", "2020", "--total", "2109"], 4, "Nearest totals that work: 2110."),
    "negative floor": (["revise", "2020", "--total", "3602", "--floor=-3"], 2, "'-3' is outside what can be"),
    "missing locks": (["revise", "2020", "--total", "3602", "--locks", "no.csv"], 2, "no.csv: cannot be read"),
    "back-test outside": (["backtest", "2010"], 2, "give a year or years from 2018 to 2023, such as 2021"),
    "back-test backwards": (["backtest", "2023..2020"], 2, "give a year or years from 2018 to 2023"),
    "data without an action": (["data"], 2, "the following arguments are required: action"),
    "missing problem": (["share", "no.json"], 2, "no.json: cannot be read"),
}


def refused(arguments: list[str], capsys: Captured) -> tuple[int, str]:
    """Run a command that must be refused; return its exit code and its one line."""
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bosett: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    return code, err


@pytest.mark.parametrize("case", REFUSED)
def test_one_clear_line(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, exit_code, words = REFUSED[case]
    code, line = refused(arguments, capsys)
    assert words in line
    assert code == exit_code
    assert list(tmp_path.iterdir()) == [], "nothing is half-written"


CRITERIA = {
    "typo": (b"idd: x\n", "trial.yaml, line 1: idd is not a known key; known here are id, year"),
    "empty": (b"", "trial.yaml: is empty"),
    "not UTF-8": (b"id: \xe5\n", "trial.yaml: is not UTF-8 text"),
    "no YAML": (b"id: [", "cannot be read as YAML"),
    "a list": (b"- a\n", "trial.yaml, line 1: the file must be a mapping of keys to values"),
}


@pytest.mark.parametrize("case", CRITERIA)
@pytest.mark.parametrize("command", [["allocate", "2021"], ["explain", "2021", "4601"], ["diagnose", "2021"]])
def test_bad_criteria_files(case: str, command: list[str], tmp_path: Path, capsys: Captured) -> None:
    content, words = CRITERIA[case]
    path = tmp_path / "trial.yaml"
    path.write_bytes(content)
    code, line = refused([*command, "--criteria", str(path)], capsys)
    assert code == 2
    assert words in line


@pytest.mark.parametrize("option", ["--criteria", "--locks"])
def test_a_file_of_100_mb_is_not_read(option: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    code, line = refused(["revise", "2020", "--total", "6000", option, str(path)], capsys)
    assert code == 2
    assert "Is it the right file?" in line


LOCKS = {
    "empty": ("", "has no row of headings; it must have code and at_least"),
    "another header": ("code;least\n", "has no row of headings; it must have code and at_least"),
    "a code of three digits": ("code,at_least\n999,5\n", "line 2: '999' is no municipality code"),
    "no number": ("code,at_least\n0301,many\n", "line 2: 'many' is no number of persons"),
    "below 0": ("code,at_least\n0301,-5\n", "line 2: '-5' is outside what can be; write a number from 0"),
    "twice": ("code,at_least\n0301,5\n0301,6\n", "line 3: 0301 stands twice"),
    "one cell": ("code,at_least\n0301\n", "line 2: has no number; write 0 if nothing is locked"),
    "code of another year": ("code,at_least\n1504,5\n", "1504 is not a municipality in 2020"),
    "not asked": ("code,at_least\n1515,5\n1151,5\n", "The lock for 1151 is of no use: 1151 was not asked"),
}


@pytest.mark.parametrize("case", LOCKS)
def test_bad_locks(case: str, tmp_path: Path, capsys: Captured) -> None:
    content, words = LOCKS[case]
    path = tmp_path / "locks.csv"
    path.write_text(content, encoding="utf-8")
    code, line = refused(["revise", "2020", "--total", "3602", "--locks", str(path)], capsys)
    assert code == 2
    assert words in line


def test_a_tie_in_the_criteria_names_the_county(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "trial.yaml"
    path.write_text(
        "id: t\nyear: 2021\nsort: reference\ntitle: {nb: a, nn: b, en: c}\nday: 2020-06-30\nsource: s\n"
        "source_date: today\ncriteria:\n  - {code: only, kind: weight, weight: 1, wording: {nb: a, nn: b, en: c},\n"
        "     wording_status: own, source: s,\n"
        "     measure: [{indicator: unemployed_pct, year: 2020, month: 2}]}\n",
        encoding="utf-8",
    )
    code, line = refused(["allocate", "2021", "--criteria", str(path)], capsys)
    assert code == 3
    assert line.startswith("bosett: 11 Rogaland: tied between 1101, ")


def test_explain_refuses_a_file_that_it_would_not_write(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["explain", "2021", "4601", "--out", str(tmp_path / "x.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_round_that_cannot_write_prints_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert main(["round", "2021", "--out", str(tmp_path / "file")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Name another with --out" in printed.err


def test_a_day_after_its_own_round_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shipped = Path(bosett.__file__).parent / "data" / "criteria" / "no-2021-reference.yaml"
    late = tmp_path / "late.yaml"
    late.write_text(shipped.read_text("utf-8").replace("day: 2020-06-30", "day: 2021-06-30"), "utf-8")
    assert main(["allocate", "2021", "--criteria", str(late)]) == 2
    assert "late.yaml, line 10: day is 2021-06-30" in capsys.readouterr().err
