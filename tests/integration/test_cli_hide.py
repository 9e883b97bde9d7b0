"""`bosett hide` from end to end: two months, the year before, a count that falls, files that are none."""

import json
from pathlib import Path

import pytest

from bosett.cli import main

Captured = pytest.CaptureFixture[str]
ROWS = (("m1", "c1", (2, 10)), ("m2", "c1", (8, 9)), ("m3", "c1", (7, 20)), ("m4", "c2", (6, 6)), ("m5", "c2", (9, 9)))
HEADINGS = "row,part_of,column,count,known,most\n"


def saved(folder: Path, name: str, **changed: tuple[int, int]) -> str:
    """Save a month and return its file; the counties have a line that says what they are a part of."""
    lines = [f"{county},nation,,,,\n" for county in ("c1", "c2")]
    for row, above, counts in ROWS:
        for column, count in zip(("alone", "families"), changed.get(row, counts), strict=True):
            lines.append(f"{row},{above},{column},{count},,\n")
    path = folder / f"{name}.csv"
    path.write_text(HEADINGS + "".join(lines), encoding="utf-8")
    return str(path)


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_small_count_is_hidden_with_what_would_give_it_away(tmp_path: Path, capsys: Captured) -> None:
    assert main(["hide", saved(tmp_path, "january"), "--least", "5", "--sum", "all"]) == 0
    rows = squeezed(capsys.readouterr().out)
    assert "m1 hidden hidden 12" in rows
    assert "m2 hidden hidden 17" in rows
    assert "m3 7 20 27" in rows
    assert "nation 32 54 86" in rows
    reasons = "they are small: 1; because they were small before: 0; because they would give others away: 3"
    assert any(row.startswith(f"Hidden because {reasons}") for row in rows)
    assert "By all that is shown, and was, a hidden count can be one of two, 1 or more apart." in rows


def test_what_was_hidden_stays_hidden_and_json_tells_no_reason(tmp_path: Path, capsys: Captured) -> None:
    files = [saved(tmp_path, "january"), saved(tmp_path, "february", m1=(9, 12))]
    assert main(["hide", *files, "--least", "5", "--sum", "all", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    counts = {(each["row"], each["column"]): each["count"] for each in document["cells"]}
    assert counts["m1", "alone"] is None
    assert counts["m1", "all"] == 21
    assert (document["release"], document["least"], document["width"], document["coarse"]) == (2, 5, 1, {})
    assert set(document["cells"][0]) == {"row", "column", "count"}


def test_a_count_that_falls_leaves_the_county(tmp_path: Path, capsys: Captured) -> None:
    files = [saved(tmp_path, "january"), saved(tmp_path, "february", m1=(0, 0), m2=(0, 0))]
    assert main(["hide", *files, "--least", "5", "--sum", "all", "--falling"]) == 0
    rows = squeezed(capsys.readouterr().out)
    assert "c1 7 20 27" in rows
    assert not any(row.startswith("m1 ") for row in rows)
    assert "c1 2 witness a count has fallen, and with what was published before it would give others away" in rows


def test_a_year_begins_with_the_pattern_of_the_year_before(tmp_path: Path, capsys: Captured) -> None:
    former = saved(tmp_path, "former", m1=(8, 10), m2=(3, 9), m3=(4, 20))
    assert main(["hide", saved(tmp_path, "january"), "--former", former, "--least", "5", "--sum", "all"]) == 0
    assert "m3 7 20 27" in squeezed(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("m9,c9,alone,x,,", "line 2, count: "),
        ("m9,c9,alone,3,yes,", "line 2, known: 'yes' is none of known"),
        ("m9,c9,alone,3,,2", "row m9, column alone: 3 persons, where there are known to be 2 at most"),
        ("m9,c9,alone,3,,\nm9,c8,families,3,,", "line 3, part_of: 'm9' is a part of c9 further up"),
        ("m9,c9,alone,3,,\nm8,c8,alone,3,,", "2 are a part of none (c8, c9); one row is that of all"),
        ("c9,,alone,4,,\nm9,c9,alone,3,,", "row c9, column alone: it says 4, and its parts are 3"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, capsys: Captured, line: str, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADINGS}{line}\n", encoding="utf-8")
    assert main(["hide", str(path), "--least", "5"]) == 2
    assert sentence in capsys.readouterr().err


def test_a_month_with_other_rows_is_told(tmp_path: Path, capsys: Captured) -> None:
    other = tmp_path / "february.csv"
    other.write_text(f"{HEADINGS}m1,nation,alone,9,,\n", encoding="utf-8")
    assert main(["hide", saved(tmp_path, "january"), str(other), "--least", "5"]) == 2
    assert "february.csv: table: rows, columns and terms are those of the release before" in capsys.readouterr().err


def test_what_nothing_can_hide_is_told(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f"{HEADINGS}m1,nation,alone,3,,\nm1,nation,families,9,known,\nnation,,families,9,known,\n")
    assert main(["hide", str(path), "--least", "5"]) == 0
    path.write_text(f"{HEADINGS}m1,nation,alone,3,,3\nnation,,alone,3,,3\n")
    assert main(["hide", str(path), "--least", "5", "--width", "4"]) == 4
    assert "no other table fits what would be shown" in capsys.readouterr().err
