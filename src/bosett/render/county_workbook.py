"""A county's sheet as a workbook to work in and hand in again, and as CSV for Norwegian Excel.

The workbook keeps, on a hidden sheet, what each cell was when it was written; `sources.county_sheet` reads it back.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from xlsxwriter.utility import xl_rowcol_to_cell

from bosett.documents.county_sheet import (
    KEYS,
    MOST,
    PEOPLE,
    STAMP,
    STAMP_MARK,
    CountySheet,
    SheetWords,
    Value,
    plain,
    stamped,
)
from bosett.render.book import HEAD_COLOUR, LINE_HEIGHT, QUIET_COLOUR, RULE_COLOUR, Book, Sheet
from bosett.render.csv_table import csv_table, unlike_formula
from bosett.rounds.columns import FIELDS, NAMED, NOTE_AT, CellKind

TITLE, LEAD, TARGET, SUM, LEFT, HEAD = range(6)
"""Rows above the table."""
FIRST = HEAD + 1
MOST_LINES = 26
"""No row of a spreadsheet can be higher than 409 points."""

_OPEN_COLOUR = "#FFF8E1"
_OPEN = {"locked": False, "valign": "top", "bg_color": _OPEN_COLOUR, "border": 1, "border_color": RULE_COLOUR}
_LINE = {"bottom": 1, "bottom_color": RULE_COLOUR}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD_COLOUR, "text_wrap": True, "valign": "vcenter"}
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "open_whole": {**_OPEN, "num_format": "#,##0"},
    "open_text": {**_OPEN, "num_format": "@", "text_wrap": True, "align": "left", "indent": 1},
    "open_choice": {**_OPEN, "num_format": "@", "align": "center"},
    "open_day": {**_OPEN, "num_format": "dd.mm.yyyy", "align": "center"},
    "shut_text": {"valign": "top", **_LINE},
    "shut_whole": {"valign": "top", "num_format": "#,##0", **_LINE},
    "head_text": {**_HEAD, "align": "left", "indent": 1},
    "head_number": {**_HEAD, "align": "right"},
    "head_middle": {**_HEAD, "align": "center"},
    "why_not": {"font_color": QUIET_COLOUR, "italic": True, "valign": "top", "align": "right", **_LINE},
    "top_label": {"bold": True},
    "top_whole": {"bold": True, "num_format": "#,##0"},
    "top_left": {"bold": True, "num_format": "#,##0;\u2212#,##0;0"},
    "over": {"font_color": "#B3261E"},
    "idle": {"font_color": QUIET_COLOUR, "italic": True},
    "help_head": {"bold": True, "valign": "top", "text_wrap": True},
    "help_text": {"valign": "top", "text_wrap": True},
}
_HEAD_LOOKS: Mapping[CellKind, str] = {
    CellKind.CHOICE: "head_middle",
    CellKind.NUMBER: "head_number",
    CellKind.DATE: "head_middle",
    CellKind.TEXT: "head_text",
}
_OPEN_LOOKS: Mapping[CellKind, str] = {
    CellKind.CHOICE: "open_choice",
    CellKind.NUMBER: "open_whole",
    CellKind.DATE: "open_day",
    CellKind.TEXT: "open_text",
}
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


def write_sheet_book(sheet: CountySheet, words: SheetWords) -> bytes:
    """Return the workbook: the same bytes for the same sheet and words.

    What is written in stands unlocked, everything else locked without a password; sums are formulas with their values.
    """
    content = BytesIO()
    book = Book(content, words.title, _FORMATS)
    _Table(book, sheet, words).write()
    _write_help(book, words)
    _write_stamp(book, sheet)
    book.close()
    return content.getvalue()


def write_sheet_csv(sheet: CountySheet, words: SheetWords) -> bytes:
    """Return the same as CSV: semicolons, a byte order mark, and no text that a program takes for a formula."""
    heads = [words.headings[column] for column in sheet.columns]
    return csv_table(
        [heads, *([_csv_cell(row.value(column), words) for column in sheet.columns] for row in sheet.rows)]
    )


class _Table:
    """The sheet with the municipalities."""

    def __init__(self, book: Book, sheet: CountySheet, words: SheetWords) -> None:
        self.book, self.data, self.words = book, sheet, words
        self.columns = sheet.columns
        self.sheet: Sheet = book.sheet(sheet.name)
        self.last = FIRST + max(1, len(sheet.rows)) - 1

    def write(self) -> None:
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, NAMED[column].width)
        self._top()
        for place, column in enumerate(self.columns):
            self.book.put(self.sheet, HEAD, place, self.words.headings[column], _head_look(column))
        self.sheet.set_row(HEAD, 3 * LINE_HEIGHT + 2)
        for place in range(len(self.data.rows)):
            self._row(place)
        for column in self.columns:
            if column in FIELDS:
                self._validate(column)
        self.sheet.freeze_panes(FIRST, len(KEYS))
        self.sheet.repeat_rows(HEAD)
        name = f"{self.data.name} {self.data.year}".replace("&", "&&")  # & begins a code in a footer
        self.sheet.set_footer(f"&L&8{name}&R&8{self.words.page}")
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def _top(self) -> None:
        """Write title, target, sums and what is left: they stay in sight while the table is scrolled."""
        put, words = self.book.put, self.words
        put(self.sheet, TITLE, 0, words.title, "title")
        self.sheet.set_row(TITLE, 24)
        put(self.sheet, LEAD, 0, words.lead, "quiet")
        for row, label in ((TARGET, words.target), (SUM, words.sum), (LEFT, words.left)):
            put(self.sheet, row, 0, label, "top_label")
        for column in PEOPLE:
            self._sum(column)
        self._reasons()
        number = self.columns.index("number")
        put(self.sheet, TARGET, number, self.data.target, "top_whole")
        if self.data.target is not None:
            target, given = (xl_rowcol_to_cell(row, number) for row in (TARGET, SUM))
            left = self.data.target - sum(self._given("number"))
            self.sheet.write_formula(LEFT, number, f"={target}-N({given})", self.book.format("top_left"), left)
            rule = {"type": "cell", "criteria": "<", "value": 0, "format": self.book.format("over")}
            self.sheet.conditional_format(LEFT, number, LEFT, number, rule)

    def _reasons(self) -> None:
        """Count above the column the departures without a reason, and grey a reason left from an earlier number.

        A proposal keeps within its criteria, so that a number departs where it is another than the proposed.
        """
        number, proposed, reason = (self.columns.index(column) for column in ("number", "proposed", "reason"))

        def span(place: int) -> str:
            return f"{xl_rowcol_to_cell(FIRST, place)}:{xl_rowcol_to_cell(self.last, place)}"

        conditions = (f'({span(number)}<>"")', f"({span(number)}<>{span(proposed)})", f'(TRIM({span(reason)})="")')
        label = self.words.unreasoned.replace('"', '""')
        formula = f'="{label}: "&SUMPRODUCT({"*".join(conditions)})'
        counted = f"{self.words.unreasoned}: {self.data.unreasoned}"
        self.sheet.write_formula(SUM, reason, formula, self.book.format("top_label"), counted)
        first = [xl_rowcol_to_cell(FIRST, place, col_abs=True) for place in (number, proposed)]
        rule = f'=AND({first[0]}<>"",{first[0]}={first[1]})'
        grey = {"type": "formula", "criteria": rule, "format": self.book.format("idle")}
        self.sheet.conditional_format(FIRST, reason, self.last, reason, grey)

    def _sum(self, column: str) -> None:
        """Write the sum of what there is; empty as long as there is nothing, which is not known to be 0."""
        place, given = self.columns.index(column), self._given(column)
        span = f"{xl_rowcol_to_cell(FIRST, place)}:{xl_rowcol_to_cell(self.last, place)}"
        formula = f'=IF(COUNT({span})=0,"",SUM({span}))'
        self.sheet.write_formula(SUM, place, formula, self.book.format("top_whole"), sum(given) if given else "")

    def _given(self, column: str) -> list[int]:
        values = (row.values[column] for row in self.data.rows)
        return [value for value in values if isinstance(value, int)]

    def _row(self, place: int) -> None:
        row, line = self.data.rows[place], FIRST + place
        for column in self.columns:
            self._cell(line, column, row.value(column))
            if note := row.values.get(NOTE_AT.get(column, ""), ""):
                self.sheet.write_comment(line, self.columns.index(column), plain(str(note)))
        texts = [column for column in self.columns if column in FIELDS and NAMED[column].kind is CellKind.TEXT]
        lines = max(_lines(str(row.values[column] or ""), NAMED[column].width - 2) for column in texts)
        self.sheet.set_row(line, LINE_HEIGHT * min(lines, MOST_LINES) + 2)

    def _cell(self, line: int, column: str, value: Value) -> None:
        place = self.columns.index(column)
        if isinstance(value, bool):
            self.book.put(self.sheet, line, place, self.words.yes if value else self.words.no, "open_choice")
        elif isinstance(value, date):
            self.sheet.write_datetime(line, place, value, self.book.format("open_day"))
        elif isinstance(value, str):
            look = "why_not" if column in PEOPLE else "open_text" if column in FIELDS else "shut_text"
            self.book.put(self.sheet, line, place, plain(value) or None, look)
        else:
            self.book.put(self.sheet, line, place, value, _blank_look(column))

    def _validate(self, column: str) -> None:
        """Let the program that the file is opened in refuse what cannot stand, in words."""
        words, place, kind = self.words, self.columns.index(column), NAMED[column].kind
        if kind is CellKind.NUMBER:
            rule: dict[str, object] = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}
            rule["error_message"] = words.not_whole
        elif kind is CellKind.CHOICE:
            rule = {"validate": "list", "source": [words.yes, words.no], "error_message": words.not_choice}
        elif kind is CellKind.DATE:
            rule = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            rule["error_message"] = words.not_day
        else:
            return
        title = words.headings[column][:32]  # no longer title can stand there
        self.sheet.data_validation(FIRST, place, self.last, place, rule | {"error_title": title})


def _write_help(book: Book, words: SheetWords) -> None:
    sheet = book.sheet(words.help_name)
    sheet.set_portrait()
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 80)
    book.put(sheet, 0, 0, words.help_name, "title")
    sheet.set_row(0, 24)
    for row, (head, text) in enumerate(words.help, start=2):
        book.put(sheet, row, 0, head, "help_head")
        book.put(sheet, row, 1, text, "help_text")
        lines = max(_lines(head, 30), _lines(text, 92))
        sheet.set_row(row, LINE_HEIGHT * lines + 7)
    sheet.protect()


def _write_stamp(book: Book, data: CountySheet) -> None:
    """Write what each cell is now, as text: an upload is held against it."""
    sheet = book.sheet(STAMP)
    rows = [[STAMP_MARK], [str(data.year)], [data.county], [*data.columns]]
    rows += [[stamped(row.value(column)) for column in data.columns] for row in data.rows]
    for line, row in enumerate(rows):
        for place, text in enumerate(row):
            book.put(sheet, line, place, text)
    sheet.protect()
    sheet.very_hidden()


def _lines(text: str, width: int) -> int:
    """Return about how many lines a wrapped text takes in a column of a width in characters."""
    return sum(max(1, -(-len(line) // width)) for line in plain(text).split("\n"))


def _head_look(column: str) -> str:
    if column not in FIELDS and column not in PEOPLE:
        return "head"
    return _HEAD_LOOKS[NAMED[column].kind]


def _blank_look(column: str) -> str:
    if column not in FIELDS:
        return "shut_whole" if column in PEOPLE else "shut_text"
    return _OPEN_LOOKS[NAMED[column].kind]


def _csv_cell(value: Value, words: SheetWords) -> str:
    if isinstance(value, bool):
        return words.yes if value else words.no
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    text = stamped(value)
    return unlike_formula(text) if isinstance(value, str) else text
