"""A class name has one meaning in the whole house; the same thing may stand on several floors under its own name."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
SAME: Mapping[str, str] = {
    "Addendum": "kept, and told in a letter",
    "Command": "Django finds a command by this name",
    "Forecast": "kept, told in a letter, and shown by the API",
    "Letter": "kept, and typed",
    "Meeting": "kept, and told in a letter",
    "Migration": "Django finds a migration by this name",
    "Numbers": "persons with the minors within, given and shown by the API",
    "Outcome": "what a meeting came to, given and told in a letter",
    "People": "persons with the minors within, read and shown by the API",
    "Request": "kept, and told in a letter",
    "Stop": "kept, and told in a letter",
    "Targets": "kept, and shown by the API",
}


def twice(texts: Iterable[str]) -> set[str]:
    """Return the names of classes that are made more than once, but for private ones."""
    seen: set[str] = set()
    found: set[str] = set()
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
                (found if node.name in seen else seen).add(node.name)
    return found


def test_a_class_name_has_one_meaning() -> None:
    assert twice(path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py"))) == {*SAME}


def test_the_check_can_fail() -> None:
    assert twice(["class Told: ...", "class Told: ..."]) == {"Told"}
