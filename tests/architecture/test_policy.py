"""No number of policy in code: how few, how many, how much weight and how long stand in dated files with a source.

The rule reads the syntax tree. A number of policy is a literal that is given a name of policy: as a constant, as the
default of a parameter or of an argument of a command, or in a call. 0 and 1 are no policy (nobody, and at least one).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
FOLDERS = ("bosett/cli", "bosett/figures", "bosett/geography", "bosett/parameters", "bosett/rounds", "bosett/stages")
WEB = ("bosett_web/actions", "bosett_web/queries", "bosett_web/jobs", "bosett_web/records", "bosett_web/api")
POLICY = re.compile(r"(^|_)(floor|least|minimum|ceiling|quota|weight|corridor|threshold|deadline|share|target)s?(_|$)")
# Not policy, with the reason.
ALLOWED = {
    ("bosett_web/actions/letters/circulars.py", "LEAST"): "bounds of percent",
}


def literal(node: ast.expr | None) -> bool:
    """Whether an expression is a number of its own, other than 0 and 1."""
    if isinstance(node, ast.UnaryOp):
        return literal(node.operand)
    if isinstance(node, ast.Tuple):
        return any(literal(each) for each in node.elts)
    number = isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return number and node.value not in (0, 1)  # type: ignore[union-attr]


def named(tree: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield every name that is given a value, with the value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                    yield ast.unparse(each), node.value
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target), node.value
        elif isinstance(node, ast.FunctionDef):
            spots = node.args
            yield from zip((each.arg for each in reversed(spots.args)), reversed(spots.defaults), strict=False)
            yield from zip((each.arg for each in spots.kwonlyargs), spots.kw_defaults, strict=True)
        elif isinstance(node, ast.Call):
            yield from ((each.arg, each.value) for each in node.keywords if each.arg)
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            option = next((text.lstrip("-") for text in texts if text.startswith("--")), "")
            yield from ((option, each.value) for each in node.keywords if option and each.arg == "default")


def policy(text: str) -> list[str]:
    return [name for name, value in named(ast.parse(text)) if POLICY.search(name.lower()) and literal(value)]


@pytest.mark.parametrize("folder", [*FOLDERS, *WEB])
def test_no_number_of_policy_stands_in_code(folder: str) -> None:
    numbers = [
        (path.relative_to(SOURCE).as_posix(), name)
        for path in sorted((SOURCE / folder).rglob("*.py"))
        if "migrations" not in path.parts
        for name in policy(path.read_text(encoding="utf-8"))
    ]
    assert [each for each in numbers if each not in ALLOWED] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FLOOR = 10", "FLOOR"),
        ("FLOOR, LAST = 10, 2023", "FLOOR"),
        ("def revise(year: int, *, floor: int = 10) -> None: ...", "floor"),
        ("def revise(year: int, floor: int = 10) -> None: ...", "floor"),
        ('parser.add_argument("--floor", type=int, default=10)', "floor"),
        ("revise(2020, 3602, floor=10)", "floor"),
        ("WEIGHT_OF_WORK: float = 0.1", "WEIGHT_OF_WORK"),
    ],
)
def test_the_rule_sees_how_the_floor_stood_before(text: str, name: str) -> None:
    assert name in policy(text)


@pytest.mark.parametrize("text", ["FLOOR = None", "revise(2020, 3602, floor=least)", "LEAST = 1", "YEAR = 2020"])
def test_the_rule_lets_the_rest_be(text: str) -> None:
    assert policy(text) == []
