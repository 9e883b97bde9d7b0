"""Words in front of people: a code stands once, nynorsk has one form, and the engine's own words stay with programs."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
WORDS = sorted((SRC / "bosett_web" / "screens" / "words").glob("*.py"))
SHOWN = ("bosett/render", "bosett/documents/letters", "bosett_web/screens", "bosett_web/queries", "bosett_web/api")
"""What people read is made here. A step's text is English with exact fractions: for programs, hashes and tables."""


def codes(files: list[Path]) -> Iterator[str]:
    """Yield the codes of files of words, each as often as it stands there."""
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                yield from (str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))


def raw_steps(text: str) -> list[str]:
    """Return where a step's own text, or why one is left out as the engine says it, is read."""
    found = []
    for node in ast.walk(ast.parse(text)):
        told = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if told and (node.value.id, node.attr) in {("step", "text"), ("left", "reason")}:  # type: ignore[attr-defined]
            found.append(ast.unparse(node))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == "text":
            found.append(ast.unparse(node))
    return found


def test_a_code_stands_in_one_file_of_words() -> None:
    """A later file would win silently."""
    assert [code for code, times in Counter(codes(WORDS)).items() if times > 1] == []
    assert Counter(codes([*WORDS, WORDS[-1]])).most_common(1)[0][1] > 1  # the check can fail


def test_nynorsk_says_vart_everywhere() -> None:
    for path in (*WORDS, *(SRC / "bosett" / "documents").rglob("*.py")):
        assert not re.search(r"\b[Bb]lei\b", path.read_text(encoding="utf-8")), path.name


def test_nothing_that_people_read_is_made_of_the_engine_s_own_words() -> None:
    for folder in SHOWN:
        for path in (SRC / folder).rglob("*.py"):
            assert raw_steps(path.read_text(encoding="utf-8")) == [], path.relative_to(SRC)


def test_the_check_of_steps_can_fail() -> None:
    assert raw_steps('steps=tuple(step["text"] for step in line.get("steps", ()))') == ["step['text']"]
    assert raw_steps("cells = (left.code, left.name, left.reason)") == ["left.reason"]
    assert raw_steps("told = [step.text for step in line.steps]") == ["step.text"]
