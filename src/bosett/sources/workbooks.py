"""A workbook from outside: its sheets with typed values, what is hidden in them, and cells without a value.

It is read in a box: declared sizes in a zip can lie, one long text can be meant by every cell, and a count in an
attribute can make a reader ask for more memory than there is. calamine gives the values; what it does not tell (rows
and columns that are hidden, errors, formulas that are not worked out) is read beside it.
"""

import json
import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from bosett.basis.box import Broken, Limits, boxed
from bosett.sources.limits import MOST_CELLS, MOST_COLUMNS, MOST_INSIDE, MOST_PARTS, MOST_ROWS, UnreadableFile

LIMITS = Limits(seconds=30, memory=1 << 30)

Raw = object
_Rows = Sequence[Sequence[Raw]]
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WANTED = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml|xl/styles\.xml"
    r"|xl/worksheets/[^/]+\.xml"
)
_DAMAGE = (
    *(BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError, LookupError),
    *(CalamineError, ET.ParseError),
)
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true")
# In the order of their types: a moment is a day too.
_AS_TEXT: Mapping[type, tuple[str, Callable[[str], Raw]]] = MappingProxyType(
    {
        datetime: ("moment", datetime.fromisoformat),
        date: ("day", date.fromisoformat),
        time: ("time", time.fromisoformat),
        timedelta: ("lasts", lambda written: timedelta(microseconds=int(written))),
    }
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet.

    Attributes:
        name: Its name.
        hidden: Whether whoever opens the workbook does not see it.
        rows: Its cells from the first row and column on: texts, numbers, days, moments, times, durations, yes and no.
        marks: By row and column from 0: `error`, or `uncounted` for a formula without a value.
        hidden_rows: Rows that are not seen, from 0.
        hidden_columns: Columns that are not seen, from 0.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Raw, ...], ...]
    marks: Mapping[tuple[int, int], str]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, in order.

    Raises:
        UnreadableFile: It is none, or one that is not to be read.
    """
    try:
        return told_sheets(boxed(opened, content, limits=LIMITS))
    except Broken as broken:
        raise UnreadableFile("damaged" if broken.why == "died" else "swells") from broken


def told_sheets(answer: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that the box tells of.

    Raises:
        UnreadableFile: It tells why there are none.
    """
    document = json.loads(answer, object_hook=_plain)
    if isinstance(document, str):
        raise UnreadableFile(document)
    return tuple(
        Sheet(
            name,
            hidden,
            tuple(map(tuple, rows)),
            {(row, column): mark for row, column, mark in marks},
            *map(frozenset, unseen),
        )
        for name, hidden, rows, marks, *unseen in document
    )


def opened(content: bytes) -> bytes:
    """Return what is done in the box: the sheets as JSON, or the code of why there are none."""
    try:
        answer: object = [_told(*each) for each in _sheets(_parts(content), content)]
    except UnreadableFile as refused:
        answer = refused.code
    except _DAMAGE:
        answer = "damaged"
    return json.dumps(answer or "damaged", default=_as_text).encode()


def _told(name: str, hidden: bool, rows: _Rows, beside: "_Beside") -> list[object]:
    marks = [(row, column, mark) for (row, column), mark in beside.marks.items()]
    return [name, hidden, rows, marks, sorted(beside.hidden_rows), sorted(beside.hidden_columns)]


def _as_text(value: date | time | timedelta) -> dict[str, str]:
    name = next(name for kind, (name, _) in _AS_TEXT.items() if isinstance(value, kind))
    return {name: str(value // timedelta.resolution) if isinstance(value, timedelta) else value.isoformat()}


def _plain(cell: dict[str, str]) -> Raw:
    ((name, written),) = cell.items()
    return next(read for known, read in _AS_TEXT.values() if known == name)(written)


# In the box


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts that hold values, by name in small letters."""
    if content.startswith(_OLD):
        raise UnreadableFile("encrypted" if _ENCRYPTED in content else "old_workbook")
    if not content.startswith(b"PK"):
        raise UnreadableFile("not_workbook")
    with ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        names = {each.filename.lower() for each in members}
        if len(members) > MOST_PARTS or sum(each.file_size for each in members) > MOST_INSIDE:
            raise UnreadableFile("swells")
        if any(each.flag_bits & 1 for each in members):
            raise UnreadableFile("encrypted")
        if any(name.endswith("vbaproject.bin") for name in names):
            raise UnreadableFile("macros")
        if "xl/workbook.xml" not in names:
            known = {"xl/workbook.bin", "content.xml"} & names
            raise UnreadableFile("old_workbook" if known else "not_workbook")
        parts = {name: archive.read(each) for each in members if _WANTED.fullmatch(name := each.filename.lower())}
    if b"macroEnabled" in parts.get("[content_types].xml", b""):
        raise UnreadableFile("macros")
    if any(b"<!DOCTYPE" in part for part in parts.values()):
        raise UnreadableFile("entities")
    return parts


def _sheets(parts: Mapping[str, bytes], content: bytes) -> Iterator[tuple[str, bool, _Rows, "_Beside"]]:
    links = dict(_links(parts.get("xl/_rels/workbook.xml.rels", b"")))
    sheets = [
        (each.attrib["name"], each.get("state", "visible") != "visible", parts[path])
        for each in _elements(parts["xl/workbook.xml"], "sheet")
        if (path := links.get(_link(each), "")) in parts
    ]
    beside = [_Beside(part) for _, _, part in sheets]  # before any reader is told how far out a cell lies
    if sum(each.cells for each in beside) > MOST_CELLS:
        raise UnreadableFile("rows")
    workbook, text = CalamineWorkbook.from_filelike(BytesIO(content)), 0
    for (name, hidden, _), each in zip(sheets, beside, strict=True):
        # Without it rows above the first that holds something are left out, and all places are wrong.
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        text += sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if text > MOST_INSIDE:
            raise UnreadableFile("swells")
        yield name, hidden, rows, each


def _links(part: bytes) -> Iterator[tuple[str, str]]:
    for each in _elements(part, "Relationship") if part else ():
        target = each.attrib["Target"]
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        yield each.attrib["Id"], path.lower()


def _link(sheet: Any) -> str:  # noqa: ANN401  - an element has no public type of its own in both implementations
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _elements(part: bytes, name: str) -> Iterator[Any]:
    return (each for each in ET.fromstring(part).iter() if _name(each) == name)  # noqa: S314  - in a box


def _name(element: Any) -> str:  # noqa: ANN401  - as above
    return str(element.tag.rpartition("}")[2])


class _Beside:
    """What calamine does not tell of one sheet."""

    def __init__(self, part: bytes) -> None:
        self.marks: dict[tuple[int, int], str] = {}
        self.hidden_rows, self.hidden_columns = set[int](), set[int]()
        self.cells = 0
        self.row, self.column = -1, -1
        for event, each in ET.iterparse(BytesIO(part), ("start", "end")):  # noqa: S314  - in a box
            name = _name(each)
            if event == "start" and name == "row":
                self._row(each.attrib)
            elif event == "start" and name == "col":
                self._column(each.attrib)
            elif event == "end" and name == "c":
                self._cell(each)
                each.clear()

    def _row(self, attributes: Mapping[str, str]) -> None:
        self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self.row)

    def _column(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = max(int(attributes["min"]) - 1, 0), min(int(attributes["max"]), MOST_COLUMNS)
            self.hidden_columns.update(range(first, last))

    def _cell(self, cell: Any) -> None:  # noqa: ANN401  - as above
        self._at(cell.get("r", ""))
        inside = {_name(each) for each in cell}
        if not inside:
            return
        if not (0 <= self.row < MOST_ROWS and 0 <= self.column < MOST_COLUMNS):
            raise UnreadableFile("rows")
        self.cells += 1
        if cell.get("t") == "e":
            self.marks[self.row, self.column] = "error"
        elif inside == {"f"}:
            self.marks[self.row, self.column] = "uncounted"

    def _at(self, address: str) -> None:
        if not address:
            self.column += 1
            return
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise UnreadableFile("damaged")
        letters, number = match.groups()
        self.row, self.column = int(number) - 1, -1
        for letter in letters.upper():
            self.column = (self.column + 1) * 26 + ord(letter) - ord("A")
