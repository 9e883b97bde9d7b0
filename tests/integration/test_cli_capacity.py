"""`bosett capacity` from end to end: a made-up file of reports, and files that are none."""

import json
from pathlib import Path

import pytest

from bosett.cli import main

Captured = pytest.CaptureFixture[str]
HEAD = "municipality,kind,first,last,count,firmness,said_by,said_on,expires_on,ask_by,lead,situation,hindrance,measures"
LINES = (
    "4601,adult,2020-W12,2020-W20,5,firm,municipality,2020-03-01,2020-06-30,,2,,,",
    "4601,family_4_5,2020-W12,2020-W14,1,if_asked,municipality,01.03.2020,30.06.2020,2020-W13,4,reduced,staff,To til",
    "4602,adult,2020-W12,2020-W16,3,firm,municipality,2020-03-02,2020-03-15,,,,,",
    "4617,adult,2020-W11,2020-W16,3,likely,municipality,2020-03-02,2020-05-15,,,,,",
    "4617,adult,2020-W11,2020-W16,4,firm,county,2020-03-10,2020-05-15,,,,,",
    "0301,minor_15_18,2020-W13,2020-W13,0,firm,municipality,2020-03-10,2020-05-15,,,closed,infection,",
)
GOOD = "4601,adult,2020-W12,2020-W20,5,firm,municipality,2020-03-01,2020-06-30,,2,,,"


def saved(folder: Path, *lines: str, head: str = HEAD) -> str:
    path = folder / "reports.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return str(path)


def test_the_weeks_from_a_day_on(tmp_path: Path, capsys: Captured) -> None:
    assert main(["capacity", saved(tmp_path, *LINES), "--on", "2020-03-20", "--weeks", "3"]) == 0
    printed = capsys.readouterr().out
    rows = {" ".join(line.split()) for line in printed.splitlines()}
    assert "4601 Bergen adult 5 5 5" in rows
    assert "4601 Bergen family_4_5 1 if asked 1 if asked 1 if asked" in rows
    assert "4602 Kinn adult expired expired expired" in rows
    assert "0301 Oslo minor_15_18 - 0 -" in rows
    assert "adult firm 5 5 5" in rows  # what is contradicted or has expired is in no sum
    assert "minor_15_18 firm - 0 -" in rows  # that there is no place is said; that is not the same as nothing
    assert "county on 2020-03-10: 4 firm, open; municipality on 2020-03-02: 3 likely, open" in printed
    assert "353 municipalities have said nothing that may be used now." in printed


def test_as_json(tmp_path: Path, capsys: Captured) -> None:
    assert main(["capacity", saved(tmp_path, *LINES), "--on", "2020-03-20", "--weeks", "2", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["weeks"] == ["2020-W12", "2020-W13"]
    of_kinn = [each for each in document["places"] if each["municipality"] == "4602"]
    assert [(each["voice"], each["count"], each["reports"]) for each in of_kinn] == [("expired", None, [4])] * 2
    adults = next(each for each in document["sums"] if each["kind"] == "adult")
    assert (adults["firm"], adults["municipalities"], adults["contradicted"], adults["expired"]) == (5, 1, 1, 1)
    assert len(document["silent"]) == 353


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (GOOD.replace("4601", "9999", 1), "line 2, municipality: '9999' is no municipality in 2020"),
        (GOOD.replace("adult", "adults", 1), "line 2, kind: 'adults' is none of adult, family_2_3"),
        (GOOD.replace("2020-W12", "uke 12", 1), "line 2, first: 'uke 12' is no week"),
        (GOOD.replace(",5,", ",fem,", 1), "line 2, count: 'fem'"),
        (GOOD.replace(",5,", ",,", 1), "line 2, count: is empty"),
        (GOOD.replace("2020-03-01", "i dag", 1), "line 2, said_on: 'i dag'"),
        (GOOD.replace("municipality,2020", ",2020", 1), "line 2, said_by: is empty"),
        (GOOD.replace("2020-W20", "2020-W10", 1), "line 2, last: 2020-W10 comes before the first week"),
        (GOOD + ",", "line 2, line: has another number of cells than the headings"),
        (GOOD.rpartition(",")[0], "line 2, line: has another number of cells than the headings"),
        ('"' + GOOD, "is no CSV"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_its_column(
    tmp_path: Path, capsys: Captured, line: str, sentence: str
) -> None:
    assert main(["capacity", saved(tmp_path, line, *LINES), "--on", "2020-03-20"]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.rstrip().endswith("Nothing was read in.")
    assert captured.out == ""


def test_many_faults_are_told_at_once_and_no_more_than_can_be_read(tmp_path: Path, capsys: Captured) -> None:
    bad = [GOOD.replace("4601", f"999{place}", 1) for place in range(8)]
    assert main(["capacity", saved(tmp_path, *bad), "--on", "2020-03-20"]) == 2
    sentence = capsys.readouterr().err
    assert sentence.count("is no municipality") == 5
    assert "... and 3 more" in sentence


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (HEAD.replace("kind", "art"), "line 1: lacks kind; the columns are municipality, kind"),
        (HEAD + ",more", "line 1: has more; the columns are"),
        (HEAD + ",kind", "line 1: has a column twice"),
        ("", "there is nothing in it"),
    ],
)
def test_headings_that_are_wrong_are_told(tmp_path: Path, capsys: Captured, head: str, sentence: str) -> None:
    assert main(["capacity", saved(tmp_path, head=head), "--on", "2020-03-20"]) == 2
    assert sentence in capsys.readouterr().err


def test_what_is_asked_wrongly_is_told(tmp_path: Path, capsys: Captured) -> None:
    path = saved(tmp_path, *LINES)
    assert main(["capacity", path, "--on", "2020-03-20", "--weeks", "0"]) == 2
    assert "--weeks 0: name a number from 1 to 52" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["capacity", path, "--on", "i dag"])
    assert "'i dag' is no day" in capsys.readouterr().err
    (tmp_path / "reports.csv").write_bytes(f"{HEAD}\n{GOOD}ø\n".encode("latin-1"))
    assert main(["capacity", path, "--on", "2020-03-20"]) == 2
    assert "is not UTF-8 text" in capsys.readouterr().err
