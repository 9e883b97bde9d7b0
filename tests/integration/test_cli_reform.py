"""`bosett reform` from end to end: the shipped reforms, and one that is made up for 2028."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bosett.cli import main
from bosett.geography import municipalities

Captured = pytest.CaptureFixture[str]
DAY = "2028-01-01"
CHANGES = (
    ("4631", "4652", "Ny i nord"),  # Alver and Austrheim go together
    ("4632", "4652", "Ny i nord"),
    ("4601", "4653", "Ny i sør"),  # Bergen only gets another number
    ("1108", "1190", "Sandnes"),  # Sandnes is split
    ("1108", "1191", "Øst"),
)


def answers(folder: Path, changes: tuple[tuple[str, str, str], ...] = CHANGES) -> list[str]:
    """Save what Klass would answer of a made-up reform, and return the arguments that name it."""
    now = {place.code: place.official_name for place in municipalities(2027)}
    new = {code: name for code, name in now.items() if code not in {old for old, _, _ in changes}}
    new |= {code: name for _, code, name in changes}
    code_changes = [
        {"oldCode": old, "oldName": now[old], "newCode": code, "newName": name, "changeOccurred": DAY}
        for old, code, name in changes
    ]
    code_changes += [  # another name alone, and something of another day
        {"oldCode": "0301", "oldName": "Oslo", "newCode": "0301", "newName": "Oslove", "changeOccurred": DAY},
        {"oldCode": "0301", "oldName": "Oslo", "newCode": "0302", "newName": "x", "changeOccurred": "2027-12-31"},
    ]
    for name, document in (
        ("before", {"codes": [{"code": code, "name": each} for code, each in {**now, "9999": "Uoppgitt"}.items()]}),
        ("after", {"codes": [{"code": code, "name": each} for code, each in new.items()]}),
        ("changes", {"codeChanges": code_changes}),
    ):
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return ["2028", *(f"--{name}={folder / name}.json" for name in ("before", "after", "changes"))]


@pytest.fixture
def proposal(capsys: Captured) -> Callable[..., Any]:
    def run(*args: str) -> Any:  # noqa: ANN401 (any JSON)
        assert main(["reform", *args, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_a_coming_reform_is_one_proposal(proposal: Callable[..., Any], tmp_path: Path) -> None:
    reform = proposal(*answers(tmp_path))
    assert reform["merged"] == [{"code": "4652", "parts": ["4631", "4632"]}]
    assert reform["renumbered"] == [["4601", "4653"]]
    assert reform["split"] == [{"code": "1108", "receivers": ["1190", "1191"], "weights": None}]
    assert len(reform["unchanged"]) == 357 - 4
    assert reform["split_counties"] == {}
    population = next(each for each in reform["asked"] if each["series"] == "population")
    assert (population["code"], population["receivers"]) == ("1108", ["1190", "1191"])
    assert int(population["value"]) > 80_000  # Sandnes
    assert {each["code"] for each in reform["asked"]} == {"1108"}
    assert len([row for row in reform["rows"] if row["kind"] != "unchanged"]) == len(CHANGES)


def test_official_parts_leave_nothing_to_ask(proposal: Callable[..., Any], tmp_path: Path) -> None:
    reform = proposal(*answers(tmp_path), "--weight", "1108:1190=0.75", "--weight", "1108:1191=1/4")
    assert {code: Fraction(part) for code, part in reform["split"][0]["weights"].items()} == {
        "1190": Fraction(3, 4),
        "1191": Fraction(1, 4),
    }
    assert reform["asked"] == []


@pytest.mark.parametrize(("year", "splits"), [(2020, {"1850", "5012"}), (2024, {"1507"})])
def test_the_shipped_reforms(proposal: Callable[..., Any], year: int, splits: set[str]) -> None:
    reform = proposal(str(year))
    assert {each["code"] for each in reform["split"]} == splits
    assert {each["code"] for each in reform["asked"]} == (splits if year == 2020 else set())


def test_in_words(capsys: Captured, tmp_path: Path) -> None:
    assert main(["reform", *answers(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "The reform of 2028-01-01" in printed
    assert "1108 Sandnes" in printed
    assert "4631 Alver, 4632 Austrheim" in printed
    assert main(["reform", "2024"]) == 0
    assert "Come out of several" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["2028"], "No reform of 2028 is shipped. Save three answers of Klass"),
        (["2019"], "No reform of 2019 is shipped."),
        (["2028", "--before=before.json"], "name --before, --after and --changes"),
        (["2028", "--weight", "1108=1/2"], "No reform of 2028 is shipped."),
        (["2020", "--weight", "1507:1508=0.79"], "The reform of 2020 is shipped with its weights"),
    ],
)
def test_what_lacks_is_told(capsys: Captured, args: list[str], sentence: str) -> None:
    assert main(["reform", *args]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "more", "sentence"),
    [
        (CHANGES[1:], [], "not whole"),
        ((*CHANGES, ("4631", "4699", "x")), [], "4631 is told to become 4699, which is not in the new list"),
        (CHANGES, ["--weight", "1108:1190=half"], "--weight 1108:1190=half: write the old code"),
        (CHANGES, ["--weight", "1108:1190=1/0"], "--weight 1108:1190=1/0: write the old code"),
        (CHANGES, ["--weight", "1108:1190=1/2"], "the weights of 1108 are 1/2, none"),
        (CHANGES, ["--weight", "4601:1190=1"], "a weight is given for 4601 to 1190, which is no change"),
    ],
)
def test_what_does_not_fit_is_told(
    capsys: Captured, tmp_path: Path, changes: tuple[tuple[str, str, str], ...], more: list[str], sentence: str
) -> None:
    args = answers(tmp_path, CHANGES)
    if changes != CHANGES:
        document = {
            "codeChanges": [
                {"oldCode": old, "oldName": "x", "newCode": new, "newName": "x", "changeOccurred": DAY}
                for old, new, _ in changes
            ]
        }
        (tmp_path / "changes.json").write_text(json.dumps(document), encoding="utf-8")
    assert main(["reform", *args, *more]) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_of_something_else_is_called_so(capsys: Captured, tmp_path: Path) -> None:
    args = answers(tmp_path)
    (tmp_path / "after.json").write_text("<html>", encoding="utf-8")
    assert main(["reform", *args]) == 2
    assert "a page (HTML)" in capsys.readouterr().err
