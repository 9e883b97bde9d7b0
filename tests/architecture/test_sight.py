"""Whoever shows a round starts from what the reader may see: pages and API are read, call by call.

It is a check of the plain mistake, a round read and shown as it stands; that each channel then shows what it may is
tests/integration/test_web_sight.py.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "bosett_web"
SHOWING = ("screens", "api")
TAKEN_OUT_BY = {
    "standing": {"seen", "lines_for"},
    "lines": {"seen_lines"},
}
"""What reads a round as it stands, and what takes out of it what somebody may not see."""
NOT_SHOWN = {("forms.py", "plan_all")}
"""Reads which meetings are planned, to plan the rest; shows nothing."""


def unguarded(name: str, tree: ast.AST) -> Iterator[str]:
    """Yield the functions that read a round and do not take out of it what the reader may not see."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        inside = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
        called = {each.id for each in inside if isinstance(each, ast.Name)}
        for reads, guards in TAKEN_OUT_BY.items():
            if reads in called and not guards & called and (name, function.name) not in NOT_SHOWN:
                yield f"{name}: {function.name} calls {reads}"


def tables_read(name: str, tree: ast.AST) -> Iterator[str]:
    """Yield the modules that read the tables of a round themselves; a constant beside them is no table."""
    tables = "bosett_web.records.models"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(each.name.startswith(tables) for each in node.names):
            yield f"{name} imports the tables"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(tables):
            yield from (f"{name} imports {each.name}" for each in node.names if not each.name.isupper())


def test_no_page_and_no_answer_shows_a_round_as_it_stands() -> None:
    paths = [path for folder in SHOWING for path in sorted((WEB / folder).rglob("*.py"))]
    assert {path.relative_to(WEB).parts[0] for path in paths} == set(SHOWING)
    trees = [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]
    faults = [fault for name, tree in trees for check in (unguarded, tables_read) for fault in check(name, tree)]
    assert faults == []


@pytest.mark.parametrize(
    "code",
    [
        "def show(request):\n    return standing(2021)",
        "def show(request):\n    at = seen(whole)\n    return lines(2021, None)",
        "from bosett_web.records.models import Request",
        "import bosett_web.records.models",
    ],
)
def test_the_check_can_fail(code: str) -> None:
    tree = ast.parse(code)
    assert [*unguarded("some.py", tree), *tables_read("some.py", tree)]
