"""Names say what a thing is: a class name has one meaning in the whole house, and no result is called `found`.

The same thing may stand on several floors under its own name.
"""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
SAYS_NOTHING = frozenset({"found", "told", "held", "said"})
SAME: Mapping[str, str] = {
    "Addendum": "kept, and told in a letter",
    "Forecast": "kept, told in a letter, and shown by the API",
    "Letter": "kept, and typed",
    "Meeting": "kept, and told in a letter",
    "Migration": "Django finds a migration by this name",
    "Numbers": "persons with the minors within, given and shown by the API",
    "Outcome": "what a meeting came to, given and told in a letter",
    "Request": "kept, and told in a letter",
}


def twice(texts: Iterable[str]) -> set[str]:
    """Return the names of classes that are made more than once, but for private ones."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
                (repeated if node.name in seen else seen).add(node.name)
    return repeated


def test_a_class_name_has_one_meaning() -> None:
    assert twice(path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py"))) == {*SAME}


def test_the_check_can_fail() -> None:
    assert twice(["class Told: ...", "class Told: ..."]) == {"Told"}


def saying_nothing(text: str) -> set[str]:
    """Return the names given in a file that tell of what was done, and not of what came of it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
    return names & SAYS_NOTHING


def test_a_result_is_named_by_what_it_is() -> None:
    paths = (path for folder in ("src", "tests", "tools", "bench") for path in (ROOT / folder).rglob("*.py"))
    named = {path.relative_to(ROOT).as_posix(): saying_nothing(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: names for path, names in named.items() if names} == {}


@pytest.mark.parametrize("text", ["found = 1", "def told(): ...", "def rows(held): ...", "rows = [said for said in x]"])
def test_a_name_that_says_nothing_is_seen(text: str) -> None:
    assert saying_nothing(text)
