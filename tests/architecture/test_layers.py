"""Whoever has the layers of figures in reach hands them on: a call that forgets them reads what is shipped alone."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "bosett"
NAME = "figures"


def takers(texts: Iterable[str]) -> set[str]:
    """Return the functions that take the layers: those with a parameter `figures: Layers`."""
    return {
        node.name
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name != "__init__" and takes(node)
    }


def takes(node: ast.FunctionDef) -> bool:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return any(
        each.arg == NAME and each.annotation is not None and ast.unparse(each.annotation) == "Layers" for each in every
    )


def forgotten(text: str, names: set[str], *, everywhere: bool = False) -> list[str]:
    """Return the calls of `names` that pass no layers, in functions that have them (or in all functions)."""
    return sorted(set(_calls(ast.parse(text), names, reach=everywhere)))


def _calls(node: ast.AST, names: set[str], *, reach: bool) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        reach = reach or takes(node)
    if isinstance(node, ast.Call) and reach and _called(node) in names and not _passes(node):
        yield f"{node.lineno}: {ast.unparse(node)}"
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, names, reach=reach)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _passes(node: ast.Call) -> bool:
    given = [*node.args, *(each.value for each in node.keywords)]
    return any(
        (isinstance(each, ast.Name) and each.id == NAME)
        or (isinstance(each, ast.Attribute) and each.attr == NAME)
        or (isinstance(each, ast.Call) and _called(each) == "layers_named")
        for each in given
    )


TAKERS = takers(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))


def test_the_layers_reach_all_that_reads_figures() -> None:
    assert {
        "series", "country", "national_totals", "national_total", "indicators", "published", "requests_before",
        "history", "sources", "inhabitants", "previous_requests", "population_known", "first_total", "share_round",
        "compute", "describe", "diagnose", "explain", "explain_all", "revise", "backtest", "claims_by", "spread_rest",
        "asked_in", "plan_of",
    } <= TAKERS  # fmt: skip


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: str(path.relative_to(SRC)))
def test_nobody_who_has_the_layers_forgets_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    public = {name for name in TAKERS if not name.startswith("_")}
    # A command knows --figures, so each of its calls passes them.
    assert forgotten(text, public | takers([text]), everywhere=path.parent.name == "cli") == []


def test_the_check_can_fail() -> None:
    text = "def both(year, figures: Layers):\n    return series(year), series(year, figures=figures)\n"
    assert takers([text]) == {"both"}
    assert forgotten(text, {"series"}) == ["2: series(year)"]
    inner = "def outer(figures: Layers):\n    def inner(year):\n        return series(year)\n    return inner\n"
    assert forgotten(inner, {"series"}) == ["3: series(year)"]
    assert forgotten("def alone(year):\n    return series(year)\n", {"series"}) == []
    assert forgotten("def alone(year):\n    return series(year)\n", {"series"}, everywhere=True) == ["2: series(year)"]
