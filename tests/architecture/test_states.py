"""A state is written by its class, where one that is not there is seen; a page asks for states that there are."""

import ast
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from bosett.rounds import states

WEB = Path(__file__).parents[2] / "src" / "bosett_web"
CLASSES = [each for each in vars(states).values() if isinstance(each, type) and issubclass(each, StrEnum)]
KNOWN = {state.value for each in CLASSES for state in each}
OTHERS = {
    "queries/access/invitations.py": "the state of a link",
    "screens/letters/downloads.py": "the state of a download",
    "screens/round/own.py": "what a municipality can know",
}
"""Files where `state` is another thing's."""
STEPS = frozenset({"none", "unknown"})
"""What a page tells of a step that nothing is there of."""


def literals(text: str) -> Iterator[str]:
    """Yield the words that a file compares a state with, or makes one of."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and any(map(_is_state, (node.left, *node.comparators))):
            for side in (node.left, *node.comparators):
                yield from _words(side)
        elif isinstance(node, ast.keyword) and re.fullmatch(r"(?:\w+__)?state(?:__in)?", node.arg or ""):
            yield from _words(node.value)


def _is_state(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "state"


def _words(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.Tuple | ast.Set | ast.List):
        for each in node.elts:
            yield from _words(each)


def test_a_state_is_written_by_its_class() -> None:
    paths = (path for path in WEB.rglob("*.py") if path.relative_to(WEB).as_posix() not in OTHERS)
    written = {path.relative_to(WEB).as_posix(): {*literals(path.read_text(encoding="utf-8"))} for path in paths}
    assert {path: words - STEPS for path, words in written.items() if words - STEPS} == {}


ALONE: Mapping[str, str] = {}
"""Files that ask whether a round is frozen and not closed, with why they may."""


def frozen_alone(text: str) -> Iterator[str]:
    """Yield each place that asks for a round that is frozen, and leaves out one that is closed."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
        elif isinstance(node, ast.Call):
            filters = (
                getattr(node.func, "attr", "") in ("filter", "exclude", "get") or getattr(node.func, "id", "") == "Q"
            )
            sides = tuple(each.value for each in node.keywords) if filters else ()
        else:
            continue
        yield from (ast.unparse(node) for side in sides if ast.unparse(side) == "RoundState.FROZEN")


def test_whoever_asks_whether_the_numbers_are_frozen_has_thought_of_a_closed_round() -> None:
    asking = {
        path.relative_to(WEB).as_posix(): places
        for path in WEB.rglob("*.py")
        if (places := [*frozen_alone(path.read_text(encoding="utf-8"))])
    }
    assert asking.keys() == ALONE.keys(), asking
    pages = [path.name for path in WEB.rglob("*.html") if re.search(r"""at\.state [=!]= "frozen\"""", path.read_text())]
    assert pages == [], "at.is_frozen says what is meant"


@pytest.mark.parametrize("text", ["at.state == RoundState.FROZEN", "rows.filter(state=RoundState.FROZEN)"])
def test_a_place_that_has_not_is_seen(text: str) -> None:
    assert [*frozen_alone(text)]


def test_a_page_asks_for_states_that_there_are() -> None:
    asked = re.compile(r"""\bstate (?:==|!=) "(\w+)\"""")
    written = {
        path.name: {*asked.findall(path.read_text(encoding="utf-8"))}
        for path in WEB.rglob("*.html")
        if "own" not in path.name
    }
    assert sum(map(len, written.values())) > 10
    assert {path: words - KNOWN - STEPS for path, words in written.items() if words - KNOWN - STEPS} == {}


@pytest.mark.parametrize("text", ['row.state == "held"', 'state in ("open",)', 'rows.filter(meeting__state="held")'])
def test_a_literal_is_seen(text: str) -> None:
    assert [*literals(text)]
