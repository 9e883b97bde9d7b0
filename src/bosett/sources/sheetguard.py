"""What is looked at before a workbook from outside is read: kind, size, entities; and a clean copy of its sheets.

Declared sizes in a zip can lie, a single cell far out makes a reader set aside a table for all in between, and one long
shared text can be meant by every cell. So each part is taken out here, measured, and copied to a zip of our own.
"""

import posixpath
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat  # what it could be made to fetch or swell by (a DOCTYPE) is refused below
from zipfile import BadZipFile, ZipFile

from bosett.basis.refusals import Refusal

MOST_FILE = 2 * 1024 * 1024
MOST_INSIDE = 50 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_CELLS = 300_000
MOST_SHEETS = 100

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WANTED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)
_DAMAGE = (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError, KeyError)
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

_SENTENCES = {
    "large": "The file is larger than 2 MB. Is it the right one?",
    "not_workbook": "The file is neither a workbook (.xlsx) nor CSV. Save it as one of them.",
    "old_workbook": "The file is a workbook of another kind. Save it as .xlsx.",
    "macros": "The workbook holds macros. Save it as .xlsx, without them.",
    "encrypted": "The workbook has a password. Take it away and save again.",
    "swells": "The file unpacks to more than 50 MB. Is it the right one?",
    "entities": "The workbook holds definitions that no spreadsheet program writes. It is not read.",
    "damaged": "The workbook cannot be read. Open it in a spreadsheet program and save it again.",
    "rows": "The file has more rows, columns or cells than a county's sheet can have.",
    "letters": "The letters of the file cannot be read. Save it as CSV UTF-8.",
    "no_heading": "There is no row of headings with a municipality and something to set. Keep the headings.",
    "two_tables": "More than one sheet has such headings. Keep one of them.",
    "other_county": "The file was written for another county.",
    "other_year": "The file was written for another settlement year.",
}


class Unreadable(Refusal):
    """A file that cannot be read as a county's sheet: a code that words are found by, and its facts."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(_SENTENCES[code])
        self.code, self.facts = code, dict(facts or {})


@dataclass(frozen=True, slots=True)
class Guarded:
    """A workbook that can be read.

    Attributes:
        content: A clean copy of it.
        sheets: Names of its worksheets, in order.
        marks: By sheet, and by row and column from 0: `error`, or `uncounted` for a formula without a value.
    """

    content: bytes
    sheets: tuple[str, ...]
    marks: Mapping[str, Mapping[tuple[int, int], str]]


def guarded(content: bytes) -> Guarded:
    """Return a workbook once it has been looked through.

    Raises:
        Unreadable: It is none, or one that is not to be read.
    """
    if content.startswith(_OLD):
        raise Unreadable("encrypted" if _ENCRYPTED in content else "old_workbook")
    if not content.startswith(b"PK"):
        raise Unreadable("not_workbook")
    spelt, parts = _parts(content)
    strings = _strings(parts.get("xl/sharedstrings.xml", b""))
    weights = _Weights(strings)
    found: dict[str, Mapping[tuple[int, int], str]] = {}
    for name, part in parts.items():
        if name != "xl/sharedstrings.xml" and not name.endswith(".rels"):
            found[name] = _Cells(part, weights).marks
    sheets = _sheets(parts)
    return Guarded(_copied(spelt, parts), tuple(sheets), {name: found.get(path, {}) for name, path in sheets.items()})


def _parts(content: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the parts that a reader of values needs, by name in small letters: how it is spelt, and what it holds."""
    try:
        with ZipFile(BytesIO(content)) as held:
            members = held.infolist()
            names = {each.filename.lower() for each in members}
            if len(members) > MOST_PARTS or sum(each.file_size for each in members) > MOST_INSIDE:
                raise Unreadable("swells")
            if any(each.flag_bits & 1 for each in members):
                raise Unreadable("encrypted")
            if any(name.endswith("vbaproject.bin") for name in names):
                raise Unreadable("macros")
            if "xl/workbook.xml" not in names:
                known = {"xl/workbook.bin", "content.xml"} & names
                raise Unreadable("old_workbook" if known else "not_workbook")
            wanted = {each.filename.lower(): each for each in members if _WANTED.fullmatch(each.filename.lower())}
            parts = {name: held.read(each) for name, each in wanted.items()}
    except _DAMAGE as error:
        raise Unreadable("damaged") from error
    if b"macroEnabled" in parts.get("[content_types].xml", b""):
        raise Unreadable("macros")
    return {name: each.filename for name, each in wanted.items()}, parts


def _copied(spelt: Mapping[str, str], parts: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as copy:
        for name, part in parts.items():
            copy.writestr(spelt[name], part)
    return held.getvalue()


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the parts of the worksheets by the sheets' names, in order."""
    linked = {}
    for link in _elements(parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship"):
        target = link.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        linked[link.get("Id", "")] = path.lower()
    found = {}
    for sheet in _elements(parts["xl/workbook.xml"], "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        if linked.get(key, "").startswith("xl/worksheets/"):
            found[sheet.get("name", "")] = linked[key]
    return found


def _parser() -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise Unreadable("entities")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, IndexError) as error:
        raise Unreadable("damaged") from error


def _elements(part: bytes, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of all elements of a name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == wanted:
            found.append(attributes)
            if len(found) > MOST_SHEETS:
                raise Unreadable("rows")

    if part:
        parser = _parser()
        parser.StartElementHandler = start
        _parse(parser, part)
    return found


def _strings(part: bytes) -> list[int]:
    """Return the lengths of the shared texts."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def text(held: str) -> None:
        if lengths:
            lengths[-1] += len(held)

    if part:
        parser = _parser()
        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        _parse(parser, part)
    return lengths


class _Weights:
    """Counts cells and the text in them, over all sheets."""

    def __init__(self, strings: list[int]) -> None:
        self.strings, self.cells, self.text = strings, 0, 0

    def add(self, kind: str, value: str) -> None:
        self.cells += 1
        self.text += self.strings[int(value)] if kind == "s" and value else len(value)
        if self.cells > MOST_CELLS:
            raise Unreadable("rows")
        if self.text > MOST_INSIDE:
            raise Unreadable("swells")


class _Cells:
    """Goes through the cells of one part; `marks` are those whose value must not be taken."""

    def __init__(self, part: bytes, weights: _Weights) -> None:
        self.weights, self.marks = weights, dict[tuple[int, int], str]()
        self.row, self.column, self.kind = -1, -1, ""
        self.formula, self.valued, self.value = False, False, ""
        self.inside = ""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        _parse(parser, part)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "c":
            self._at(attributes.get("r", ""))
            self.kind, self.value = attributes.get("t", ""), ""
            self.formula = self.valued = False
        elif name in ("v", "f", "is"):
            self.formula |= name == "f"
            self.valued |= name != "f"
            self.inside = name

    def _at(self, address: str) -> None:
        if not address:
            self.column += 1
            return
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise Unreadable("damaged")
        letters, number = found.groups()
        self.row, self.column = int(number) - 1, -1
        for letter in letters.upper():
            self.column = (self.column + 1) * 26 + ord(letter) - ord("A")

    def _text(self, text: str) -> None:
        if self.inside in ("v", "is"):
            self.value += text

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("v", "f", "is"):
            self.inside = ""
        elif name == "c" and (self.valued or self.formula):
            if not (0 <= self.row < MOST_ROWS and 0 <= self.column < MOST_COLUMNS):
                raise Unreadable("rows")
            self.weights.add(self.kind, self.value)
            if self.kind == "e":
                self.marks[self.row, self.column] = "error"
            elif not self.valued:
                self.marks[self.row, self.column] = "uncounted"


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
