"""`bosett ledger` from end to end: a made-up ledger, and files that are none."""

import json
from pathlib import Path

import pytest

from bosett.cli import main

Captured = pytest.CaptureFixture[str]
HEAD = "number,municipality,step,on,count,said_by,said_on,group,corrects"
GOOD = "1,4601,settled,2021-03-01,4,municipality,2021-03-05,,"
LINES = (
    GOOD,
    "2,4601,settled,2021-04-01,:,IMDi,2021-05-01,,",
    "3,4601,settled,2021-03-01,6,municipality,2021-05-02,,1",
    "4,4627,settled,2021-03-01,0,municipality,2021-03-05,all,",
    "5,4627,agreed,01.02.2021,12,municipality,2021-03-05,,",
    "6,4627,settled,2021-03-01,2,municipality,2021-03-05,minors,",
)


def saved(folder: Path, *lines: str, head: str = HEAD) -> str:
    path = folder / "ledger.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return str(path)


def test_what_the_ledger_said_on_a_day(tmp_path: Path, capsys: Captured) -> None:
    path = saved(tmp_path, *LINES)
    assert main(["ledger", path, "--year", "2021", "--on", "2021-03-31"]) == 0
    rows = {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}
    assert {"4601 Bergen all - - 4", "4627 Askøy all - 12 0", "4627 Askøy minors - - 2", "all - 12 4"} <= rows
    assert main(["ledger", path, "--year", "2021", "--on", "2021-06-01"]) == 0
    rows = {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}
    assert {"4601 Bergen all - - 6 or more (1 hidden)", "all - 12 6 or more (1 hidden)"} <= rows


def test_as_json(tmp_path: Path, capsys: Captured) -> None:
    assert main(["ledger", saved(tmp_path, *LINES), "--year", "2021", "--on", "2021-06-01", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    first = document["municipalities"][0]
    assert first == {
        "municipality": "4601",
        "step": "settled",
        "group": "all",
        "persons": None,
        "shown": 6,
        "hidden": 1,
        "rows": 2,
    }
    assert [each["persons"] for each in document["country"]] == [12, None, 2]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (GOOD.replace("4601", "9999"), "line 2, municipality: '9999' is no municipality in 2021"),
        (GOOD.replace("settled", "moved"), "line 2, step: 'moved' is none of enquired, agreed, settled"),
        (GOOD.replace(",4,", ",-4,"), "line 2, count: '-4'"),
        (GOOD.replace(",4,", ",,"), "line 2, count: is empty"),
        (GOOD.replace("2021-03-05", "2021-02-05"), "row 1: it was said on 2021-02-05, before it happened"),
        (GOOD + "9", "row 1: it corrects 9, which is no row before it"),
    ],
)
def test_a_line_that_is_wrong_is_told(tmp_path: Path, capsys: Captured, line: str, sentence: str) -> None:
    assert main(["ledger", saved(tmp_path, line), "--year", "2021", "--on", "2021-06-01"]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""
