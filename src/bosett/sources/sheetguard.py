"""What is looked at before a workbook from outside is read: kind, size, entities; and its values as a workbook of ours.

Declared sizes in a zip can lie, a single cell far out makes a reader set aside a table for all in between, one long
shared text can be meant by every cell, and a count in an attribute can make a reader ask for more memory than there is
and die. So nothing that came from outside reaches the reader but names, values and number formats.
"""

import posixpath
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat  # what it could be made to fetch or swell by (a DOCTYPE) is refused below
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile, ZipFile

from bosett.basis.refusals import Refusal

MOST_FILE = 2 * 1024 * 1024
MOST_INSIDE = 50 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_CELLS = 300_000
MOST_SHEETS = 100
MOST_ELEMENTS = 2_000_000
MOST_STYLES = 70_000
"""As many cell formats as a spreadsheet program can write, and a few more."""

_TRUE = ("1", "true")
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WANTED = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml|xl/styles\.xml"
    r"|xl/worksheets/[^/]+\.xml"
)
_DAMAGE = (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError, KeyError)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

SENTENCES = {
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
    "hidden_table": "The sheet with such headings is hidden. Show it, or delete it and use another.",
    "two_tables": "More than one sheet has such headings. Keep one of them.",
    "other_county": "The file was written for another county.",
    "other_year": "The file was written for another settlement year.",
}


class Unreadable(Refusal):
    """A file that cannot be read as a county's sheet: a code that words are found by, and its facts."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(SENTENCES[code])
        self.code, self.facts = code, dict(facts or {})


@dataclass(frozen=True, slots=True)
class Guarded:
    """A workbook that can be read.

    Attributes:
        content: A workbook of ours with its values.
        sheets: Names of its worksheets, in order.
        marks: By sheet, and by row and column from 0: `error`, or `uncounted` for a formula without a value.
        unseen: By sheet, what whoever opens the workbook does not see of it.
    """

    content: bytes
    sheets: tuple[str, ...]
    marks: Mapping[str, Mapping[tuple[int, int], str]]
    unseen: Mapping[str, "Unseen"]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is hidden: the sheet itself, and rows and columns of it from 0."""

    sheet: bool
    rows: frozenset[int]
    columns: frozenset[int]


def guarded(content: bytes) -> Guarded:
    """Return a workbook once it has been looked through.

    Raises:
        Unreadable: It is none, or one that is not to be read.
    """
    if content.startswith(_OLD):
        raise Unreadable("encrypted" if _ENCRYPTED in content else "old_workbook")
    if not content.startswith(b"PK"):
        raise Unreadable("not_workbook")
    parts = _parts(content)
    effort = _Effort()
    book = _Book(parts["xl/workbook.xml"], effort)
    links = _Links(parts.get("xl/_rels/workbook.xml.rels", b""), effort).found
    strings = _Strings(parts.get("xl/sharedstrings.xml", b""), effort).found
    styles = _Styles(parts.get("xl/styles.xml", b""), effort)
    paths = {name: links.get(link, "") for name, link in book.sheets.items()}
    cells = {name: _Cells(parts[path], effort, strings) for name, path in paths.items() if path in parts}
    if not cells:
        raise Unreadable("damaged")
    unseen = {
        name: Unseen(name in book.hidden, frozenset(each.hidden_rows), frozenset(each.hidden_columns))
        for name, each in cells.items()
    }
    marks = {name: each.marks for name, each in cells.items()}
    return Guarded(_ours(book, styles, cells), tuple(cells), marks, unseen)


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts that hold values, by name in small letters."""
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
    return parts


class _Effort:
    """Counts what is gone through, over all parts of a workbook."""

    def __init__(self) -> None:
        self.elements = self.cells = self.text = 0

    def element(self) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise Unreadable("rows")

    def cell(self, text: str) -> None:
        self.cells += 1
        self.text += len(text)
        if self.cells > MOST_CELLS:
            raise Unreadable("rows")
        if self.text > MOST_INSIDE:
            raise Unreadable("swells")


class _Part:
    """Goes through one part of a workbook: elements by their names without prefix, and the text in some of them."""

    def __init__(self, part: bytes, effort: _Effort) -> None:
        self.effort, self.held = effort, list[str]()
        self.listens = False
        if not part:
            return
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Unreadable("damaged") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.effort.element()
        self.start(tag.rpartition(":")[2], attributes)

    def _end(self, tag: str) -> None:
        self.end(tag.rpartition(":")[2])

    def _text(self, text: str) -> None:
        if self.listens:
            self.held.append(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""

    def end(self, name: str) -> None:
        """Meet the end of an element."""


def _refuse(*_: object) -> None:
    raise Unreadable("entities")


class _Book(_Part):
    """The sheets by name, each with its link; and whether days are counted from 1904."""

    def __init__(self, part: bytes, effort: _Effort) -> None:
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.from_1904 = False
        super().__init__(part, effort)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets[attributes["name"]] = link
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes["name"])
            if len(self.sheets) > MOST_SHEETS:
                raise Unreadable("rows")
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE


class _Links(_Part):
    """The parts that the workbook's links lead to, in small letters."""

    def __init__(self, part: bytes, effort: _Effort) -> None:
        self.found: dict[str, str] = {}
        super().__init__(part, effort)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes["Target"]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if path.lower().startswith("xl/worksheets/"):
                self.found[attributes["Id"]] = path.lower()


class _Strings(_Part):
    """The texts that cells share; how they are to be pronounced (rPh) is no part of them."""

    def __init__(self, part: bytes, effort: _Effort) -> None:
        self.found: list[str] = []
        self.aside = False
        super().__init__(part, effort)

    def start(self, name: str, _: dict[str, str]) -> None:
        self.aside |= name == "rPh"
        self.listens = name == "t" and not self.aside

    def end(self, name: str) -> None:
        self.listens = False
        if name == "rPh":
            self.aside = False
        elif name == "si":
            self.found.append("".join(self.held))
            self.held.clear()


class _Styles(_Part):
    """The number format of each cell format, and the workbook's own number formats."""

    def __init__(self, part: bytes, effort: _Effort) -> None:
        self.own: dict[int, str] = {}
        self.of_cells: list[int] = []
        self.inside = False
        super().__init__(part, effort)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.own[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.of_cells.append(int(attributes.get("numFmtId", "0")))
        if len(self.of_cells) + len(self.own) > MOST_STYLES:
            raise Unreadable("rows")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


class _Cells(_Part):
    """The cells of one sheet: those that hold something, as we write them, and those whose value must not be taken."""

    def __init__(self, part: bytes, effort: _Effort, strings: list[str]) -> None:
        self.strings = strings
        self.found: dict[tuple[int, int], str] = {}
        self.marks: dict[tuple[int, int], str] = {}
        self.hidden_rows, self.hidden_columns = set[int](), set[int]()
        self.row, self.column = -1, -1
        self.kind, self.style = "", ""
        self.formula = self.valued = self.aside = False
        super().__init__(part, effort)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes["max"]), MOST_COLUMNS)
            self.hidden_columns.update(range(max(int(attributes["min"]) - 1, 0), last))
        elif name == "c":
            self._at(attributes.get("r", ""))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.formula = self.valued = self.aside = False
            self.held.clear()
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.aside = True
        elif name in ("v", "t"):
            self.valued = True
            self.listens = not self.aside

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.listens = False
        elif name == "rPh":
            self.aside = False
        elif name == "c" and (self.valued or self.formula):
            self._keep("".join(self.held))

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

    def _keep(self, value: str) -> None:
        at = self.row, self.column
        if not (0 <= self.row < MOST_ROWS and 0 <= self.column < MOST_COLUMNS):
            raise Unreadable("rows")
        text = self.strings[int(value)] if self.kind == "s" else value
        self.effort.cell(text)
        if self.kind == "e":
            self.marks[at] = "error"
        elif not self.valued:
            self.marks[at] = "uncounted"
        elif self.kind in ("s", "str", "inlineStr"):
            self.found[at] = f't="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is>'
        elif self.kind in ("n", "b", "d") and text:
            style = f' s="{int(self.style)}"' if self.style else ""
            self.found[at] = f't="{self.kind}"{style}><v>{escape(text)}</v>'


def _ours(book: _Book, styles: _Styles, cells: Mapping[str, _Cells]) -> bytes:
    """Return a workbook with nothing but sheets, values and number formats; rows and cells in their order."""
    named = list(enumerate(cells, start=1))
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"/>' for at, name in named)
    links = [(f"r{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in named]
    own = "".join(f'<numFmt numFmtId="{key}" formatCode={quoteattr(code)}/>' for key, code in styles.own.items())
    used = "".join(f'<xf numFmtId="{key}"/>' for key in styles.of_cells)
    days = '<workbookPr date1904="1"/>' if book.from_1904 else ""
    parts = {
        "_rels/.rels": _linked([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}/relationships">{days}<sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _linked(links),
        "xl/styles.xml": f"<styleSheet><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>",
    }
    for place, each in enumerate(cells.values(), start=1):
        parts[f"xl/worksheets/sheet{place}.xml"] = _sheet(each.found)
    held = BytesIO()
    with ZipFile(held, "w") as ours:
        for name, part in parts.items():
            ours.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}'.encode())
    return held.getvalue()


def _linked(links: Iterable[tuple[str, str, str]]) -> str:
    told = [
        f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{kind}" Target="{to}"/>' for key, kind, to in links
    ]
    return f"<Relationships>{''.join(told)}</Relationships>"


def _sheet(found: Mapping[tuple[int, int], str]) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(found.items()):
        rows.setdefault(row, []).append(f'<c r="{column_name(column)}{row + 1}" {cell}</c>')
    told = "".join(f'<row r="{row + 1}">{"".join(cells)}</row>' for row, cells in rows.items())
    return f"<worksheet><sheetData>{told}</sheetData></worksheet>"


def column_name(column: int) -> str:
    """Return a column, counted from 0, as a spreadsheet names it: A, B, .., AA."""
    letters, rest = "", column
    while rest >= 0:
        letters, rest = chr(ord("A") + rest % 26) + letters, rest // 26 - 1
    return letters
