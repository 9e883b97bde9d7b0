"""Rows are filled by name: two columns that changed places would be two wrong figures that nobody sees."""

import ast
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).parents[2] / "src" / "bosett_web"
NO_ROW = {"Worded"}
"""What is no row of a table: one text in its three languages, always in the same order."""


def filled_by_place(tree: ast.AST) -> Iterator[str]:
    """Yield the calls that spread nothing but a row over the fields of a class, by their places."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Starred()]) if name[0].isupper() and name not in NO_ROW:
                yield ast.unparse(node)


def test_no_row_is_filled_by_place() -> None:
    by_file = {
        path.relative_to(WEB).as_posix(): filled
        for path in sorted(WEB.rglob("*.py"))
        if (filled := [*filled_by_place(ast.parse(path.read_text(encoding="utf-8")))])
    }
    assert by_file == {}


def test_the_check_can_fail() -> None:
    assert [*filled_by_place(ast.parse("rows = tuple(PointRow(*row) for row in found)"))] == ["PointRow(*row)"]
