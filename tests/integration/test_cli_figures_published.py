"""Files in the publishers' own forms on the command line: what is shipped differs in nothing, made-up years go in."""

import json
from pathlib import Path

import pytest

import published
from bosett.cli import main
from bosett.sources.figure_folder import read_folder

ON = ("--on", "2026-11-29")


@pytest.fixture
def imdi(tmp_path: Path) -> Path:
    path = tmp_path / "imdi.csv"
    path.write_bytes(published.imdi_file([*published.shipped_settlement([2021]), *published.made_up_settlement(2026)]))
    return path


def test_imdis_own_file_of_a_shipped_year_differs_in_nothing(imdi: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "compare", str(imdi), "--reader", "imdi", "--year", "2021", *ON, "--format", "json"]) == 0
    comparisons = json.loads(capsys.readouterr().out)["comparisons"]
    assert {each["indicator"]: (each["same"], each["rows"]) for each in comparisons} == {
        name: (356, []) for name in ("requested", "decided", "settled")
    }


def test_all_of_a_file_is_accepted_or_what_is_wanted_of_it(
    imdi: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "figures"
    into = ["--into", str(folder), "--by", "Test", "--known-on", "2026-01-15", "--looked-at"]
    accept = ["figures", "accept", str(imdi), "--reader", "imdi", *ON, *into]
    assert main([*accept, "--as", "decided", "--year", "2026"]) == 0
    assert main([*accept, "--year", "2026"]) == 0
    assert [line.split(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "accepted 1: decided 2026",
        "accepted 2: decided 2026",
        "accepted 3: requested 2026",
        "accepted 4: requested_first 2026",
        "accepted 5: settled 2026",
    ]
    versions = [each.version for each in read_folder(folder).accepted]
    assert {(each.publisher, each.known_on.isoformat(), each.source) for each in versions} == {
        ("IMDi", "2026-01-15", "imdi.csv")
    }
    assert {len(each.figures["2026"]) for each in versions} == {357}
    lacking = ["allocate", "2027", "--floor", "10", "--total", "9000", "--figures", str(folder)]
    assert main(lacking) == 2
    assert "a figure is lacking for 2027: unemployed 2026-02" in capsys.readouterr().err


def test_an_answer_of_ssb_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regions = sorted(published.shipped("population", 2026) or {})
    chosen = {"ContentsCode": ["Bosatt", "Arbeidssted"]}
    path = tmp_path / "11616.json"
    path.write_bytes(published.as_bytes(published.statbank("11616", regions, ["2025"], chosen)))
    assert main(["figures", "read", str(path), "--reader", "ssb_employed", *ON, "--year", "2025"]) == 0
    out = capsys.readouterr().out
    assert [line.split()[:3] for line in out.splitlines()[3:5]] == [
        ["employed", "2025", "357"],
        ["jobs", "2025", "357"],
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            ["--reader", "imdi", "--as", "employed"],
            "imdi.csv has no employed. It has decided 2021; decided 2026; requested 2021;",
        ),
        (["--reader", "imdi", "--year", "2019"], "imdi.csv has no 2019"),
        (
            ["--reader", "imdi_year"],
            "A file of the form imdi_year does not say which settlement year it is of: name it",
        ),
        (["--year", "2026"], "A file of the form plain does not say which indicator it is of: name it"),
        (["--reader", "ssb_population"], "imdi.csv: "),
        (["--reader", "nav"], "imdi.csv: "),
    ],
)
def test_what_is_not_in_a_file(imdi: Path, more: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "read", str(imdi), *ON, *more]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
