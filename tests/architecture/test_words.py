"""Words in front of people: nynorsk has one form, and the engine's own words stay with programs."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from asked_words import Asked
from bosett.documents import explanation, open_data
from bosett.documents import words as core
from bosett.documents.alerts import WORDS as ALERTS
from bosett.documents.letters.words import CIRCULAR, COMMON, COUNTY, MEETINGS, NAMES, REQUEST
from bosett.rounds import revise
from bosett.sources import forecast_template
from bosett.words import entries
from bosett_web.screens.words import WORDS as SCREENS

SRC = Path(__file__).parents[2] / "src"
SHOWN = ("bosett/render", "bosett/documents/letters", "bosett_web/screens", "bosett_web/queries", "bosett_web/api")
"""What people read is made here. A step's text is English with exact fractions: for programs, hashes and tables."""


LETTERS = ("bosett/documents/letters", "bosett_web/queries")
ASKED_BY = {
    "screens": (SCREENS, ("bosett_web", "bosett/rounds", "bosett/sources")),
    "round": (core.WORDS, ("bosett/documents/words.py", "bosett/render", "bosett/cli")),
    "explanation": (
        explanation.WORDS,
        tuple(
            f"bosett/documents/{name}.py"
            for name in (
                "explanation",
                "floor_edge",
                "number_way",
                "revised_total",
                "target_explanation",
                "version_changes",
            )
        ),
    ),
    "revision": (revise.WORDS, ("bosett/rounds/revise.py",)),
    "forecast": (forecast_template.WORDS, ("bosett/sources/forecast_template.py",)),
    "alerts": (ALERTS, ("bosett/documents/alerts.py", "bosett/rounds/alerts.py")),
    "open_data": (open_data.WORDS, ("bosett/documents/open_data.py", "bosett/render", "bosett/cli")),
    "letters": (COMMON, LETTERS),
    "circular": (CIRCULAR, LETTERS),
    "county": (COUNTY, LETTERS),
    "meetings": (MEETINGS, LETTERS),
    "names": (NAMES, LETTERS),
    "request": (REQUEST, LETTERS),
}
"""The tables of words, and what asks for them; the rest of the core gives the names that complete a code."""
MADE_ELSEWHERE = {"screens", "round", "explanation"}
"""Tables with codes that other parts of the core make: refusals, rules of the engine, statuses of figures."""


@pytest.fixture(scope="module")
def core_says() -> Asked:
    return Asked(SRC / "bosett")


@pytest.mark.parametrize("table", ASKED_BY)
def test_every_text_is_asked_for(table: str, core_says: Asked) -> None:
    """A text that nobody reads costs three translations at every change."""
    words, places = ASKED_BY[table]
    asked = Asked(*(SRC / place for place in places))
    asked.hear(core_says)
    if table in MADE_ELSEWHERE:
        asked.whole |= core_says.whole
    assert asked.unused(words) == []


def test_the_search_for_what_asks_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('say("one"), f"two_{kind}", "three_" + four, f"{code}_five", ("six", b"seven")')
    (tmp_path / "a.html").write_text('{% w "eight" %} {% w "nine_" kind "_does" %} {% tag x="ten" %} <b id="eleven">')
    asked = Asked(tmp_path)
    used = ["one", "two_kind", "three_four", "one_five", "six", "seven", "eight", "nine_b_does", "ten"]
    assert asked.unused([*used, "eleven", "two_", "two_other", "four", "one_six"]) == [
        *("eleven", "two_", "two_other", "four", "one_six")
    ]


def raw_steps(text: str) -> list[str]:
    """Return where a step's own text, or why one is left out as the engine says it, is read."""
    raw = []
    for node in ast.walk(ast.parse(text)):
        is_attribute = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if is_attribute and (node.value.id, node.attr) in {("step", "text"), ("left", "reason")}:  # type: ignore[attr-defined]
            raw.append(ast.unparse(node))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == "text":
            raw.append(ast.unparse(node))
    return raw


def foreign(text: str, forms: Mapping[str, str]) -> list[str]:
    """Return the words of a text in nynorsk that are not ours, with what to say instead."""
    words = re.findall(r"\w+", re.sub(r"\{\w+:?", " ", text).lower())
    return [f"{word}: {forms[word]}" for word in words if word in forms]


@pytest.fixture(scope="module")
def forms() -> Mapping[str, str]:
    """Return what is not said in our nynorsk, and what is said instead."""
    lists = yaml.load((Path(__file__).parents[1] / "nynorsk.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  - the base loader makes nothing but text
    others = {other: form for form, others in lists["chosen"].items() for other in others.split()}
    assert not set(lists["chosen"]) & set(others)
    return {**others, **lists["bokmål"]}


@pytest.mark.parametrize("table", ASKED_BY)
def test_nynorsk_has_one_form_of_a_word_and_nothing_of_bokmaal(table: str, forms: Mapping[str, str]) -> None:
    words, _ = ASKED_BY[table]
    assert {code: forms_found for code, text in words.items() if (forms_found := foreign(text.nn, forms))} == {}


def test_the_search_for_foreign_forms_can_fail(forms: Mapping[str, str]) -> None:
    assert foreign("Brevet blei sendt, {name}, {n:ikke|bare}, men ikkje enno.", forms) == [
        *("blei: vart", "ikke: ikkje", "bare: berre")
    ]


def test_nothing_that_people_read_is_made_of_the_engine_s_own_words() -> None:
    for folder in SHOWN:
        for path in (SRC / folder).rglob("*.py"):
            assert raw_steps(path.read_text(encoding="utf-8")) == [], path.relative_to(SRC)


def test_the_check_of_steps_can_fail() -> None:
    assert raw_steps('steps=tuple(step["text"] for step in line.get("steps", ()))') == ["step['text']"]
    assert raw_steps("cells = (left.code, left.name, left.reason)") == ["left.reason"]
    assert raw_steps("told = [step.text for step in line.steps]") == ["step.text"]


@pytest.mark.parametrize(
    ("begins", "file"), [("do_", "moves.yaml"), ("done_", "moves.yaml"), ("field_", "fields.yaml")]
)
def test_what_many_screens_have_stands_in_one_file(begins: str, file: str) -> None:
    folder = SRC / "bosett_web" / "words"
    files = {
        path.name
        for path in folder.glob("*.yaml")
        for code in entries(path.name, path.read_text(encoding="utf-8"))
        if code.startswith(begins)
    }
    assert files == {file}
