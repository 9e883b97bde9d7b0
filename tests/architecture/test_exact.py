"""No float between the criteria file and the number in the letter: the syntax trees are read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src" / "bosett"
MAY_FLOAT = ("stages/forecast", "render")  # simulated need, and drawing
INEXACT = {"sqrt", "exp", "log", "log2", "log10", "pow", "fsum", "float64", "float32", "hypot", "cbrt"}
INEXACT_OWNERS = {"math", "np", "numpy", "cmath"}


def floats_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, f"the literal {node.value}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"float", "complex"}:
            yield node.lineno, f"{node.func.id}()"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in INEXACT_OWNERS and node.attr in INEXACT:
                yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in INEXACT_OWNERS:
            yield from ((node.lineno, name.name) for name in node.names if name.name in INEXACT)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and whole(node.left) and whole(node.right):
            yield node.lineno, "a true division of whole numbers"


def whole(node: ast.expr) -> bool:
    """Tell whether an expression is plainly a whole number."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"len", "int", "round"}


def test_the_engine_has_no_float() -> None:
    floats = [
        f"{path.relative_to(CORE)}:{line}: {what}"
        for path in sorted(CORE.rglob("*.py"))
        if not path.relative_to(CORE).as_posix().startswith(MAY_FLOAT)
        for line, what in floats_in(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not floats


@pytest.mark.parametrize(
    "code", ["x = 0.5", "float('1')", "math.sqrt(2)", "from math import log", "1 / 2", "len(a) / 3"]
)
def test_the_check_can_fail(code: str) -> None:
    assert list(floats_in(ast.parse(code)))


def test_exact_code_passes() -> None:
    assert not list(floats_in(ast.parse("Fraction(1, 3) / 2; 7 // 2; math.isqrt(5)")))
