"""A typed letter as plain data, as it is kept, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bosett.documents.letters import (
    Block,
    Column,
    Facts,
    Heading,
    Letter,
    LetterAttachment,
    List,
    Paragraph,
    SideBySide,
    Table,
    TableRow,
)

_SORTS: Mapping[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "list": List,
    "facts": Facts,
    "table": Table,
    "side_by_side": SideBySide,
}
_NAMES = {kind: name for name, kind in _SORTS.items()}


def kept(letter: Letter) -> dict[str, Any]:
    """Return a letter as JSON holds it."""
    content = asdict(letter)
    content["day"] = letter.day.isoformat()
    content["blocks"] = [_kept(each) for each in letter.blocks]
    content["attachments"] = [
        {"title": each.title, "blocks": [_kept(block) for block in each.blocks]} for each in letter.attachments
    ]
    plain: dict[str, Any] = json.loads(json.dumps(content))
    return plain


def letter_from(content: Mapping[str, Any]) -> Letter:
    """Return the letter that was kept."""
    return Letter(
        kind=content["kind"],
        language=content["language"],
        title=content["title"],
        day=date.fromisoformat(content["day"]),
        sender=_tuples(content["sender"]),
        receiver=_tuples(content["receiver"]),
        marks=_tuples(content["marks"]),
        blocks=tuple(_block(each) for each in content["blocks"]),
        closing=_tuples(content["closing"]),
        signers=_tuples(content["signers"]),
        page=content["page"],
        lists=_tuples(content["lists"]),
        attachments=tuple(
            LetterAttachment(each["title"], tuple(_block(block) for block in each["blocks"]))
            for each in content["attachments"]
        ),
    )


def _kept(block: Block) -> dict[str, Any]:
    return {"sort": _NAMES[type(block)], **asdict(block)}


def _block(content: Mapping[str, Any]) -> Block:
    facts = {name: _tuples(value) for name, value in content.items() if name != "sort"}
    kind = _SORTS[content["sort"]]
    if kind is SideBySide:
        return SideBySide(tuple(_table(each) for each in content["tables"]))
    return _table(content) if kind is Table else kind(**facts)


def _table(content: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**each) for each in content["columns"])
    rows = tuple(TableRow(_tuples(each["cells"]), each["sum"]) for each in content["rows"])
    return Table(content["caption"], columns, rows)


def _tuples(value: Any) -> Any:  # noqa: ANN401  - whatever JSON held
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
