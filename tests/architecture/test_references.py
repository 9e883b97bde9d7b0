"""References of letters are made in one place, and name what a letter is in Norwegian, as an archive does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bosett_web.queries.letters.references import NAMES, is_joint, reference, row_of
from bosett_web.records.choices import LetterKind

WEB = Path(__file__).parents[2] / "src" / "bosett_web"
PLACE = "queries/letters/references.py"


def made(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that are put together as a reference: something, a stroke, something, a dash, something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pattern = "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
            if pattern.startswith("\0/\0-"):
                yield ast.unparse(node)


def test_only_one_place_makes_a_reference() -> None:
    makers = {
        path.relative_to(WEB).as_posix(): list(made(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(WEB.rglob("*.py"))
    }
    assert {name for name, makes in makers.items() if makes} == {PLACE}


def test_the_check_can_fail() -> None:
    assert list(made(ast.parse('f"{year}/{code}-{KIND}-{version}"')))


def test_every_kind_of_letter_has_a_name_that_is_not_the_program_s_own() -> None:
    assert set(NAMES) == set(LetterKind)
    assert {name for kind, name in NAMES.items() if name == kind or name in LetterKind.values} == set()
    assert all(name.isascii() and name.isalpha() and name.islower() for name in NAMES.values()), "they are file names"


@pytest.mark.parametrize(
    ("kind", "joint", "written"),
    [
        ("minutes", False, "2021/46-referat-1"),
        ("minutes", True, "2021/46-felles-referat-1"),
        ("invitation", True, "2021/46-felles-innkalling-1"),
        ("revised", False, "2021/46-anmodning-1"),
    ],
)
def test_a_reference_says_what_it_is(kind: str, joint: bool, written: str) -> None:
    assert reference(2021, "46", kind, 1, joint=joint) == written
    assert is_joint(written) is joint


def test_one_from_before_the_names_counts_in_the_same_row() -> None:
    assert row_of("minutes", "46", "2021/46-joint-minutes-1") == row_of("minutes", "46", "2021/46-felles-referat-2")
    assert row_of("request", "4601", "2021/4601-1") == row_of("revised", "4601", "2021/4601-anmodning-2")
    assert row_of("minutes", "46", "2021/46-minutes-1") != row_of("minutes", "46", "2021/46-felles-referat-1")
