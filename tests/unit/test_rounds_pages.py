"""What the pages on the rounds say is what the program finds: tables, the picture, and the examples worked by hand."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import floor_edge
from bosett.apportion import Shared, share_out
from bosett.cli import main
from bosett.documents.words import standing_note
from bosett.figures import series
from bosett.parameters import CriteriaFile
from bosett.rounds.backtest import LAST_YEAR_MODELS, MODELS, Backtest, backtest
from bosett.rounds.kinds import Mode
from bosett.rounds.run import reference, share_round
from bosett.rounds.sizes import distance
from bosett.stages.revision import revision_problem

PAGES = Path(__file__).resolve().parents[2] / "docs" / "explanation"


def rows(page: str, heads: str) -> list[list[str]]:
    """Return the cells below the row of a page's table that begins with these heads."""
    lines = (PAGES / page).read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"| {heads} |"))
    cells = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells.append([cell.strip() for cell in line.strip("|").split("|")])
    return cells


def test_the_edge_of_5120_people_is_the_old_rule_of_5000() -> None:
    inhabitants = floor_edge.people()
    assert len(inhabitants) == 356
    edge = floor_edge.edge(5_120, inhabitants)
    assert edge == floor_edge.Edge(5_120, asked=181, smallest=5_050, largest_out=5_016)
    assert sum(1 for count in inhabitants.values() if count >= 5_000) == 182
    assert floor_edge.edge(35_000, inhabitants) == floor_edge.Edge(35_000, asked=346, smallest=769, largest_out=728)


def test_the_edge_lies_where_the_share_is_about_half_of_the_floor() -> None:
    inhabitants = floor_edge.people()
    for edge in floor_edge.edges((3_602, 5_120, 10_000)):
        assert edge.smallest is not None
        assert edge.largest_out is not None
        asked = sum(count for count in inhabitants.values() if count >= edge.smallest)
        assert Fraction(edge.smallest * edge.total, asked) > 5
        assert Fraction(edge.largest_out * edge.total, asked) < Fraction(53, 10)


def test_the_edge_falls_as_the_total_rises() -> None:
    edges = floor_edge.edges(floor_edge.TABLE)
    assert [each.asked for each in edges] == sorted(each.asked for each in edges)
    assert all(each.smallest is not None and each.smallest > (each.largest_out or 0) for each in edges)


def test_the_table_of_the_edge_is_the_engines() -> None:
    text = (PAGES / "floor-edge.md").read_text(encoding="utf-8")
    assert "\n".join(floor_edge.rows(floor_edge.edges(floor_edge.TABLE))) in text


def test_the_picture_of_the_edge_is_the_engines() -> None:
    drawn = (PAGES / "floor-edge.svg").read_text(encoding="utf-8")
    assert drawn == floor_edge.drawing()
    root = ET.fromstring(drawn)  # noqa: S314  - our own picture
    texts = [each.text for each in root.iter(f"{{{floor_edge.NAMESPACE}}}text")]
    assert "People to share" in texts
    assert "5 120 people: 181 asked, from 5 050" in texts


def test_a_total_that_no_floor_fits_stops_the_picture() -> None:
    with pytest.raises(SystemExit, match="7 cannot be shared"):
        floor_edge.edge(7, floor_edge.people())


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_the_back_test_on_the_page(year: int, tested: dict[int, Backtest]) -> None:
    of_year = tested[year]
    errors = {each.model: each.error.part for each in of_year.tested if each.error is not None}
    (cells,) = (row for row in rows("reference-model.md", "year | the model") if row[0] == str(year))
    last = min(error for model in LAST_YEAR_MODELS if (error := errors[model]) is not None)
    assert of_year.behind is not None
    turn = "behind" if of_year.behind > 0 else "ahead"
    assert cells[1:] == [
        thousandths(errors["reference"]),
        thousandths(last),
        f"{turn} by {thousandths(abs(of_year.behind))}",
        thousandths(errors["population with floor"]),
    ]
    assert set(errors) == set(MODELS)


@pytest.fixture(scope="module")
def tested() -> dict[int, Backtest]:
    return {year: backtest(year) for year in range(2020, 2024)}


def test_where_the_model_loses_is_said_and_is_so(tested: dict[int, Backtest]) -> None:
    """The page, the workbook, the page of a round and the workspace say it in words; the years are the back-test's."""
    behind = [year for year, of_year in tested.items() if of_year.behind is not None and of_year.behind > 0]
    ahead = [year for year, of_year in tested.items() if of_year.behind is not None and of_year.behind < 0]
    assert (behind, ahead) == ([2020, 2021, 2022], [2023])
    page = (PAGES / "reference-model.md").read_text(encoding="utf-8")
    assert f"**behind in every year from {behind[0]} but {ahead[0]}**" in page
    for language, joined in (("nb", "2020, 2021 og 2022"), ("nn", "2020, 2021 og 2022"), ("en", "2020, 2021 and 2022")):
        note = standing_note("no-2021-reference", language, official=False)
        assert re.findall(r"20\d\d", note) == [str(year) for year in (*behind, *ahead)]
        assert joined in note
    for other, official in (("no-2021-own", False), ("no-2020-official", True), ("no-2020-revision", False)):
        assert not re.search(r"20\d\d", standing_note(other, "nb", official=official))


def test_the_command_says_where_the_model_loses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "2022..2023"]) == 0
    printed = capsys.readouterr().out
    assert "2022: the reference model is BEHIND last year's requests alone by 0.055" in printed
    assert "2023: the reference model is ahead of last year's requests alone by 0.016" in printed
    assert (
        "2023, last year: Latest request, 2022 (IMDi; known on 18 March 2022), the latest known on 30 June 2022"
        in printed.replace("\u00a0", " ")
    )
    assert "2022: the floor is 10" in printed


def thousandths(part: Fraction | None) -> str:
    """Return an error as on the page: three decimals, half a thousandth upwards."""
    assert part is not None
    return f"0.{int(part * 1000 + Fraction(1, 2)):03d}"


def weighted(file: CriteriaFile, weights: dict[str, Fraction]) -> CriteriaFile:
    """Return the file with other weights; a weight that is not named is left out."""
    kept = [each for each in file.criteria if each.kind != "weight" or each.code in weights]
    return replace(file, criteria=tuple(replace(each, weight=weights.get(each.code)) for each in kept))


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_how_much_of_the_model_is_continuity(year: int) -> None:
    held_against = "requested" if year == 2023 else "requested_first"
    truth = {code: int(value) for code, value in series(held_against, year).values().items()}
    models = [
        {"continuity": Fraction(3, 4), "size": Fraction(3, 20), "work": Fraction(1, 10)},
        {"continuity": Fraction(1)},
        {"size": Fraction(3, 5), "work": Fraction(2, 5)},
    ]
    errors = [
        distance(
            share_round(weighted(reference(year), weights), year, sum(truth.values()), Mode.COUNTIES).numbers, truth
        )
        for weights in models
    ]
    (cells,) = (row for row in rows("reference-model.md", "year | all three weights") if row[0] == str(year))
    assert cells[1:] == [thousandths(each.part) for each in errors]


def test_the_example_of_a_revision() -> None:
    example = rows("revision.md", "first | two thirds")
    first = {row[0]: int(row[0]) for row in example}
    total = sum(first.values()) * 2 // 3
    outcome = share_out(revision_problem(first, total, floor=10, locks={}, may_drop=False, newcomers={}, tie_rule=None))
    assert isinstance(outcome, Shared)
    assert outcome.numbers == {row[0]: int(row[2]) for row in example}
    assert [Fraction(int(row[0]) * 2, 3) for row in example] == [int(row[1]) for row in example]
