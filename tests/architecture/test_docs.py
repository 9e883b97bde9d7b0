"""The docs cannot drift: commands, made pages, links, dependencies, decisions and words are held against the code."""

import json
import re
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from bosett.cli import COMMANDS, Command, main
from bosett.parameters import load, load_shipped, shipped
from bosett.rounds.diagnose import r_squared

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "src").rglob("*.md")])
DECISIONS = sorted((DOCS / "adr").glob("*.md"))

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make, by the rule that code hosts share."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(page: Path, text: str) -> list[str]:
    """Return the links of a page that lead to no file, or to no heading of it. Addresses outside are not opened."""
    dead = []
    for link in LINK.findall(FENCE.sub("", text)):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(text if target == page else text_of(target))):
            dead.append(link)
    return dead


def rows(page: Path) -> list[list[str]]:
    """Return the cells of every table row of a page, headings and rules too."""
    lines = [line for line in text_of(page).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_documented_with_its_example(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    example = command.load().EXAMPLE
    assert example.startswith(f"bosett {command.name}")
    for page in (DOCS / "reference" / "commands.md", ROOT / "README.md"):
        assert f"bosett {command.name}" in text_of(page), f"{page.name} says nothing of {command.name}"
    assert example in text_of(DOCS / "reference" / "commands.md")
    with pytest.raises(SystemExit) as ended:
        main([command.name, "--help"])
    assert ended.value.code == 0
    assert f"example: {example}" in capsys.readouterr().out


def test_the_generated_pages_are_fresh() -> None:
    check = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_docs.py", "--check"], capture_output=True, check=False
    )
    assert (check.returncode, check.stderr.decode()) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert dead_links(page, text_of(page)) == []


def test_the_link_check_can_fail() -> None:
    text = "# One heading\n[a](nowhere.md) [b](README.md#no-such-heading) [c](#one-heading) [d](https://example.org)"
    assert dead_links(ROOT / "README.md", text) == ["nowhere.md", "README.md#no-such-heading"]


def uneven_rows(text: str) -> list[str]:
    """Return the rows of tables that have another number of cells than the row before them."""
    lines = [re.sub(r"`[^`]*`|\\\|", "", line).count("|") for line in text.splitlines()]
    pairs = zip(lines, lines[1:], text.splitlines()[1:], strict=False)
    return [line for before, count, line in pairs if line.startswith("|") and before and count != before]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_rows_of_a_table_are_whole(page: Path) -> None:
    assert uneven_rows(text_of(page)) == []
    assert uneven_rows("| a | b |\n| --- | --- |\n| 1 | `x|y` | 3 |\n") == ["| 1 | `x|y` | 3 |"]


def test_every_page_can_be_found_from_the_index() -> None:
    index = text_of(DOCS / "README.md")
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(index) if "://" not in link}
    missing = [page.relative_to(DOCS) for page in DOCS.rglob("*.md") if page.resolve() not in linked]
    assert [str(page) for page in missing if page != Path("README.md")] == []


def test_every_dependency_has_its_reason() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~ \[;]", each, maxsplit=1)[0] for each in asked}
    browser = json.loads(text_of(ROOT / "package.json"))
    names |= {*browser["dependencies"], *browser["devDependencies"]}
    names |= {
        re.split(r"[<>=]", line)[0] for line in text_of(ROOT / "tools" / "node.in").splitlines() if line[:1].isalpha()
    }
    reasons = {row[0]: row for row in rows(DOCS / "dependencies.md") if set(row[0]) - set("-")}
    assert names == set(reasons) - {"package"}
    assert [name for name in names if not all(reasons[name])] == []


def example(page: str, language: str) -> str:
    """Return the first block of code in a language on a page."""
    block = re.search(rf"^```{language}\n(.*?)^```", text_of(DOCS / page), re.MULTILINE | re.DOTALL)
    assert block
    return block[1]


def test_the_problem_in_the_recipe_is_shared_as_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(example("how-to/share-a-total.md", "json"), encoding="utf-8")
    assert main(["share", str(problem)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["outcome"], answer["proof"]) == ("shared", "optimal")
    assert answer["numbers"] == {"north": 50, "east": 30, "south": 10, "west": 10}


def test_the_criteria_file_in_the_recipe_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    criteria = tmp_path / "my-criteria.yaml"
    criteria.write_text(example("how-to/write-a-criteria-file.md", "yaml"), encoding="utf-8")
    assert [criterion.code for criterion in load(criteria).criteria] == ["size", "young", "floor"]
    assert main(["allocate", "2021", "--criteria", str(criteria), "--format", "json"]) == 0
    counties = json.loads(capsys.readouterr().out)["counties"]
    assert sum(county["target"] for county in counties) == 5025


@pytest.mark.parametrize("name", [name for name in shipped() if name.endswith("-reference")])
def test_the_weights_of_the_reference_model_are_told(name: str) -> None:
    weight_of = {row[0].strip("`"): row[1] for row in rows(DOCS / "explanation" / "reference-model.md")}
    weights = [criterion for criterion in load_shipped(name).criteria if criterion.weight is not None]
    assert {each.code: Fraction(weight_of[each.code]) for each in weights} == {
        each.code: each.weight for each in weights
    }


def test_the_correlation_worked_by_hand_is_right() -> None:
    jobs, population = ([Fraction(part, 10) for part in parts] for parts in ((2, 3, 5), (5, 3, 2)))
    assert r_squared(jobs, population) == Fraction(169, 196)
    assert "169/196" in text_of(DOCS / "explanation" / "diagnosis.md")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    for number, path in zip(numbers, DECISIONS, strict=True):
        text = text_of(path)
        assert text.startswith(f"# {number}. "), path.name
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Rejected"], path.name


WORDS = """
round, settlement year, forecast, need, criterion, indicator, measure, claim, floor, ceiling, lock, tie, target,
proposal, reference model, recommendation, request, first request, revision, decision, hidden, missing, county,
municipality
"""


def test_the_glossary_has_each_word_once_in_three_languages() -> None:
    table = [row for row in rows(DOCS / "glossary.md") if row[0] != "English" and set(row[0]) - set("-")]
    heads = [row[0] for row in table]
    assert len(heads) == len(set(heads))
    assert {word.strip() for word in WORDS.split(",")} <= set(heads)
    assert [row[0] for row in table if not all(row)] == []
