"""`bosett match` from end to end: made-up groups and reports, an earlier plan, what is agreed, bad files."""

import json
from pathlib import Path

import pytest

from bosett.cli import main

Captured = pytest.CaptureFixture[str]
REPORTS = """municipality,kind,first,last,count,firmness,said_by,said_on,expires_on
5403,family_4_5,2020-W14,2020-W14,6,firm,municipality,2020-03-01,2020-06-30
5406,family_4_5,2020-W15,2020-W15,2,firm,municipality,2020-03-01,2020-06-30
5401,adult,2020-W13,2020-W16,2,likely,municipality,2020-03-01,2020-06-30
5444,family_6,2020-W16,2020-W16,1,firm,municipality,2020-03-01,2020-03-15
"""
GROUPS = """code,kind,size,count,waited,first,near
family-5,family,5,6,20,,
family-4,family,4,5,8,,
adults,adult,1,9,30,2020-W13,5401 5403
adults-late,adult,1,3,2,,
boys,minor_15_18,1,7,12,,
girls,minor_under_15,1,2,12,,
"""
MOVING = "group,municipality,week,kind,count,reason\n"


def files(folder: Path, **more: str) -> list[str]:
    """Save the files and return the arguments that name them."""
    texts = {"groups": GROUPS, "places": REPORTS} | more
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    options = [part for name in texts if name != "groups" for part in (f"--{name}", str(folder / f"{name}.csv"))]
    return ["match", str(folder / "groups.csv"), *options, "--on", "2020-03-20", "--weeks", "6", "--least", "5"]


def squeezed(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines()}


def test_who_moves_in_and_why(tmp_path: Path, capsys: Captured) -> None:
    assert main(files(tmp_path)) == 0
    rows = squeezed(capsys.readouterr().out)
    assert (
        "family-5 6 5403 Alta 2020-W14 family_4_5 the earliest that would do; "
        "next best 5406 Hammerfest 2020-W15 (family_4_5), 1 person-week of waiting"
    ) in rows
    assert (
        "family-4 2 5406 Hammerfest 2020-W15 family_4_5 earlier ones are taken; "
        "5403 Alta 2020-W14 (family_4_5) would cost 1 person-week of waiting"
    ) in rows
    assert (
        "adults 2 5401 Tromsø 2020-W13 adult the earliest that would do; next best no place, 1 person without a place"
    ) in rows
    assert "boys 7 no place would do in these weeks" in rows
    assert "family-4 3 all 8 that would do are taken: 6 by family-5 (larger), 2 by family-4 (the same group)" in rows
    assert "Too small to be shown, counted in adults: adults-late." in rows
    assert "Too small to be shown, like no other, and left out: girls." in rows
    assert "Left aside, expired: 1 week of a municipality and kind." in rows
    assert "adult 8 0 0 12 32" in rows
    assert not any(row.startswith("girls") for row in rows)


def test_a_home_may_be_too_large_by_so_many_sizes(tmp_path: Path, capsys: Captured) -> None:
    reports = REPORTS.replace("2020-03-15", "2020-06-30")
    assert main(files(tmp_path, places=reports)) == 0
    assert any(
        row.startswith("family-4 1 5444 Sør-Varanger 2020-W16 family_6 earlier ones are taken (1 too large)")
        for row in squeezed(capsys.readouterr().out)
    )
    assert main([*files(tmp_path, places=reports), "--too-large", "0"]) == 0
    assert "Sør-Varanger" not in capsys.readouterr().out


def test_a_plan_that_was_saved_is_kept_and_what_is_agreed_too(tmp_path: Path, capsys: Captured) -> None:
    saved = tmp_path / "former.csv"
    assert main([*files(tmp_path), "--save", str(saved)]) == 0
    assert "wrote " in capsys.readouterr().err
    former = saved.read_text(encoding="utf-8")
    assert former.splitlines()[:2] == [MOVING.strip(), "adults,5401,2020-W13,adult,2,"]
    agreed = MOVING + "family-4,5403,2020-W14,family_4_5,1,skolen begynner\n"
    arguments = files(tmp_path, agreed=agreed, former=former)
    assert main([*arguments, "--keep", "first", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    of_alta = [each for each in document["moving"] if each["municipality"] == "5403"]
    assert [(each["group"], each["count"], each["why"], each["reason"]) for each in of_alta] == [
        ("family-4", 1, "locked", "skolen begynner"),
        ("family-5", 5, "kept", None),
    ]
    assert document["levels"]["broken"] > 0
    assert document["aside"] == {"expired": 1}
    assert document["merges"] == [{"small": "adults-late", "into": "adults"}]
    assert main([*arguments, "--sure", "firm"]) == 0
    assert "agreed: skolen begynner" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (
            {"groups": GROUPS.replace("family,5", "familie,5")},
            2,
            "groups.csv, line 2, kind: 'familie' is none of adult",
        ),
        ({"groups": GROUPS.replace("family,5", "family,1")}, 2, "line 2, size: 1; a family is 2 persons or more"),
        ({"groups": GROUPS.replace("family-4", "family-5")}, 2, "line 3, code: 'family-5' stands more than once"),
        ({"groups": GROUPS.replace("5401 5403", "5401 9999")}, 2, "line 4, near: '9999' is no municipality in 2020"),
        ({"agreed": MOVING + "family-5,5403,2020-W14,family_4_5,7,x\n"}, 4, "they hold 7 of family-5, which has 6"),
        ({"agreed": MOVING + "boys,5403,2020-W14,family_4_5,1,x\n"}, 4, "the group may use minor_15_18"),
        ({"agreed": MOVING + "family-5,5403,2020-W14,family_4_5,1,\n"}, 4, "a lock says why"),
        ({"former": MOVING + "family-5,5403,uke 14,family_4_5,1,\n"}, 2, "former.csv, line 2, week: 'uke 14' is no"),
    ],
)
def test_what_cannot_be_is_told(
    tmp_path: Path, capsys: Captured, more: dict[str, str], code: int, sentence: str
) -> None:
    assert main(files(tmp_path, **more)) == code
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""


def test_options_that_make_no_sense_are_told(tmp_path: Path, capsys: Captured) -> None:
    arguments = files(tmp_path)
    assert main([*arguments, "--weeks", "0"]) == 2
    assert "--weeks 0: name a number from 1 to 52" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*arguments, "--least", "-1"])
    assert "--least" in capsys.readouterr().err
    assert main([*arguments, "--save", str(tmp_path / "nowhere" / "plan.csv")]) == 2
    assert "there is no folder" in capsys.readouterr().err
