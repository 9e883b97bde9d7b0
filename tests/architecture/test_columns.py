"""A column of the county's sheet is declared in one place; what says its fields again agrees with that."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest
from django.db import models

from bosett.rounds.columns import (
    COLUMNS,
    FIELDS,
    GROUPS,
    HIDDEN_AT_FIRST,
    IN_FILES,
    NAMED,
    NOTE_AT,
    ON_PAGE,
    SIGNAL,
    TEXTS,
    CellKind,
)
from bosett_web.queries.lines import Line
from bosett_web.records.models import RecommendationLine
from bosett_web.screens.words import WORDS

SRC = Path(__file__).parents[2] / "src"
DECLARED = "rounds/columns.py"
ITS_OWN = frozenset(("asked", *SIGNAL))
"""Fields that no other table has."""
MANY = 4
STORED = {
    CellKind.CHOICE: (models.BooleanField, bool | None),
    CellKind.NUMBER: (models.IntegerField, int | None),
    CellKind.DATE: (models.DateField, date | None),
    CellKind.TEXT: (models.TextField, str),
}


def collections(text: str, suffix: str) -> Iterator[set[str]]:
    """Yield the names of each collection and each call of a file in Python; of any other file, all that it quotes."""
    if suffix != ".py":
        yield set(re.findall(r'"(\w+)"', text))
        return
    for node in ast.walk(ast.parse(text)):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            parts = node.keys
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = [*node.elts]
        elif isinstance(node, ast.Call):
            parts = [*node.args]
        yield {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def by_hand(text: str, suffix: str = ".py") -> list[set[str]]:
    """Return what of a file lists fields of the sheet: several, and not only those that other tables have too."""
    listed = [names & {*FIELDS} for names in collections(text, suffix)]
    return [names for names in listed if len(names) >= MANY and names & ITS_OWN]


def test_nothing_else_lists_the_columns_of_the_sheet() -> None:
    files = [path for kind in ("py", "js", "html") for path in sorted(SRC.rglob(f"*.{kind}"))]
    listing = [path for path in files if by_hand(path.read_text(encoding="utf-8"), path.suffix)]
    assert [str(path) for path in listing if "migrations" not in path.parts and not str(path).endswith(DECLARED)] == []


def test_the_search_for_lists_can_fail() -> None:
    assert by_hand('OWN = ("asked", "number", "under15", "from15")')
    assert by_hand('WIDTHS = {"asked": 10, "number": 10, "reason": 40, "signal": 12}')
    assert by_hand('bounded("line", "number", "under15", "signal", "signal_minors")')
    assert by_hand('for (const field of ["asked", "number", "reason", "signal"])', ".js")
    assert not by_hand('update_fields=["number", "under15", "from15", "reason"]')


@pytest.mark.parametrize("name", FIELDS)
def test_the_table_and_the_line_hold_what_is_declared(name: str) -> None:
    stored, typed = STORED[NAMED[name].kind]
    field = RecommendationLine._meta.get_field(name)  # noqa: SLF001  - Django's own way to ask a table for its columns
    assert type(field) is stored
    assert field.null is (NAMED[name].blank is None)
    assert get_type_hints(Line)[name] == typed


def test_every_column_has_its_words() -> None:
    heads = {each.head for each in ON_PAGE} | {f"book_{each.name}" for each in IN_FILES}
    facts = {f"fact_{name}" for name in FIELDS if name not in TEXTS}  # the journal keeps texts apart from facts
    assert (heads | facts) - WORDS.keys() == set()


def test_a_column_is_named_once_and_is_shown_or_in_files() -> None:
    assert len(NAMED) == len(COLUMNS)
    assert {*COLUMNS} == {*ON_PAGE} | {*IN_FILES} | {NAMED[name] for name in NOTE_AT.values()}
    assert all(NAMED[at].editable and NAMED[at].numeric for at in NOTE_AT)
    assert {*HIDDEN_AT_FIRST} <= {*GROUPS}
    assert {each.kind for each in COLUMNS if each.editable} <= {*STORED}
