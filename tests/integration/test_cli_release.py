"""`bosett release` from end to end: made, kept, followed by another, verified, and what is refused."""

import json
from pathlib import Path

import pytest

from bosett.cli import main
from bosett.geography import municipalities

Captured = pytest.CaptureFixture[str]
HEAD = "number,municipality,step,on,count,said_by,said_on,group,corrects"
ASKVOLL, FJALER, BREMANGER = "4645", "4646", "4648"
COUNTS = {ASKVOLL: (12, 2), FJALER: (27, 7), BREMANGER: (17, 8)}


def ledger(folder: Path, *more: str) -> str:
    lines = [HEAD]
    for code, counts in COUNTS.items():
        for group, count in zip(("all", "minors"), counts, strict=True):
            lines.append(f"{len(lines)},{code},settled,2021-01-20,{count},IMDi,2021-01-20,{group},")
    path = folder / "ledger.csv"
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return str(path)


def call(path: str, day: str, *more: str) -> list[str]:
    return ["release", "2021", "--ledger", path, "--on", day, "--publisher", "IMDi", *more]


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_release_is_made_kept_followed_and_verified(tmp_path: Path, capsys: Captured) -> None:
    january, february = str(tmp_path / "january.json"), str(tmp_path / "february.json")
    assert main(call(ledger(tmp_path), "2021-01-31", "--keep", january)) == 0
    out, err = capsys.readouterr()
    rows = squeezed(out)
    assert rows[0] == "Release 1 of 2021, 2021-01-31, by IMDi"
    assert f"{ASKVOLL} Askvoll unknown unknown unknown unknown 12 hidden" in rows
    assert f"{FJALER} Fjaler unknown unknown unknown unknown 27 7" in rows
    assert "0 Norway unknown unknown unknown unknown 56 or more 17 or more" in rows
    assert err == f"wrote {january}: it tells what is hidden, and is not for the public\n"
    correction = f"7,{BREMANGER},settled,2021-01-20,0,IMDi,2021-02-10,minors,6"
    assert main(call(ledger(tmp_path, correction), "2021-02-28", "--former", january, "--keep", february)) == 0
    rows = squeezed(capsys.readouterr().out)
    assert f"{FJALER} Fjaler unknown unknown unknown unknown hidden hidden" in rows
    assert "46, settled: its parts are not shown since 2021-02-28 (witness)" in rows
    assert main(["release", february, "--verify", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["number"], [day["day"] for day in document["days"]]) == (2, ["2021-01-31", "2021-02-28"])
    assert len(document["places"]) == 1 + 11 + len(municipalities(2021))


def test_a_year_begins_with_the_one_before(tmp_path: Path, capsys: Captured) -> None:
    kept = str(tmp_path / "december.json")
    assert main(call(ledger(tmp_path), "2021-12-31", "--keep", kept)) == 0
    after = f"9,{ASKVOLL},settled,2022-01-10,8,IMDi,2022-01-10,,"
    path = ledger(tmp_path, after)
    begun = ["release", "2022", "--ledger", path, "--on", "2022-01-31", "--publisher", "IMDi", "--year-before", kept]
    capsys.readouterr()
    assert main([*begun, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == 1


def test_what_is_kept_is_never_written_over(tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "january.json"
    kept.write_text("kept", encoding="utf-8")
    assert main(call(ledger(tmp_path), "2021-01-31", "--keep", str(kept))) == 2
    assert "what has been published never changes" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["release", "2021"], 2, "Name a year with --ledger, --on and --publisher to make a release"),
        (["release", "june.json", "--ledger", "a.csv", "--on", "2021-01-31", "--publisher", "IMDi"], 2, "Name a year"),
        (["release", "none.json", "--verify"], 2, "none.json: the file cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: list[str], code: int, what: str, capsys: Captured) -> None:
    assert main(arguments) == code
    assert what in capsys.readouterr().err


def test_a_file_that_has_been_changed_is_refused(tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "january.json"
    assert main(call(ledger(tmp_path), "2021-01-31", "--keep", str(kept))) == 0
    kept.write_text(kept.read_text(encoding="utf-8").replace("IMDi", "UDI"), encoding="utf-8")
    capsys.readouterr()
    assert main(["release", str(kept), "--verify"]) == 5
    assert capsys.readouterr().err == (
        "bosett: Its hash is not that of what stands in it: it has been changed. Nothing of it may be published\n"
    )
