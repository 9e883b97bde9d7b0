"""A row is taken by its place only where an order is asked for: the database promises none, and keeps none."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORDERED = {"order_by", "first", "last", "earliest", "latest"}
ONE_OR_NONE = {
    "get",
    "create",
    "get_or_create",
    "update_or_create",
    "count",
    "exists",
    "aggregate",
    "in_bulk",
    "delete",
}
ONE_ROW = {"invitations.py: Organisation.objects.filter(name__iexact=written.strip())[:2]"}
"""Where it is only asked whether there is one row."""


def is_unordered(node: ast.AST) -> bool:
    """Tell whether an expression is a query of rows in no order."""
    names: set[str] = set()
    while True:
        match node:
            case ast.Call(func=inner):
                node = inner
            case ast.Attribute(value=inner, attr=name):
                names.add(name)
                node = inner
            case _:
                return "objects" in names and not names & (ORDERED | ONE_OR_NONE)


def unordered_names(tree: ast.AST) -> set[str]:
    """Return the names that a list of rows in no order is given."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.List(elts=[ast.Starred(value=rows)])
                | ast.Tuple(elts=[ast.Starred(value=rows)])
                | ast.Call(func=ast.Name(id="list" | "tuple"), args=[rows]),
            ) if is_unordered(rows):
                names.add(name)
    return names


def taken_by_place(tree: ast.AST) -> Iterator[str]:
    """Yield where a row is taken by its place, of a query or of a list that the same function made of one."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = unordered_names(function)
        for node in ast.walk(function):
            match node:
                case ast.Subscript(value=rows) if is_unordered(rows) and "OuterRef" not in ast.unparse(rows):
                    yield ast.unparse(node)
                case ast.Subscript(value=ast.Name(id=name)) if name in names:
                    yield ast.unparse(node)


def test_no_row_is_taken_by_place_from_rows_in_no_order() -> None:
    taken = {
        f"{path.name}: {each}"
        for folder in (ROOT / "src", ROOT / "tests")
        for path in folder.rglob("*.py")
        for each in taken_by_place(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert taken == ONE_ROW


def test_the_check_can_fail() -> None:
    text = "def f():\n    ids = [*Letter.objects.values_list('pk')]\n    return ids[:1], Grant.objects.all()[0]"
    assert [*taken_by_place(ast.parse(text))] == ["ids[:1]", "Grant.objects.all()[0]"]
    assert [*taken_by_place(ast.parse("def f():\n    return Grant.objects.order_by('pk')[0]"))] == []
