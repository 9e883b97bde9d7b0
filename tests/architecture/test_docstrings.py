"""What a docstring says is raised can be raised: a name of ours, of Python's or of what is imported."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
DOCUMENTED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
RAISES = re.compile(r"^Raises:\n((?: {4}.*\n?|\n)+)", re.MULTILINE)
ENTRY = re.compile(r"^ {4}(\w+):", re.MULTILINE)


def raised(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield what each docstring says is raised: of what, and the name."""
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED):
            section = RAISES.search(ast.get_docstring(node) or "")
            for name in ENTRY.findall(section[1]) if section else ():
                yield node.name, name


def named(tree: ast.AST) -> Iterator[str]:
    """Yield the classes that a module makes, imports or reaches through what it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_what_is_said_to_be_raised_is_there() -> None:
    trees = {path.relative_to(SRC): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SRC.rglob("*.py"))}
    known = {name for tree in trees.values() for name in named(tree)} | set(dir(builtins))
    entries = [(str(path), *each) for path, tree in trees.items() for each in raised(tree)]
    assert len(entries) > 500
    assert [each for each in entries if each[2] not in known] == []


def test_the_check_can_fail() -> None:
    function = ast.parse('def f():\n    """Do.\n\n    Raises:\n        Gone: Never.\n    """')
    assert list(raised(function)) == [("f", "Gone")]
