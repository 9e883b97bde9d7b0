"""A publisher's table in a file: CSV, text from the clipboard or a workbook, with what is wrong told by its place."""

from collections.abc import Mapping

from bosett.figures import Figure, Status
from bosett.sources import limits
from bosett.sources.answers import UnreadableAnswer, is_html, unreadable
from bosett.sources.fetching import Fetched
from bosett.sources.grids import CellPlace, GridTable, WantedColumns, find_table
from bosett.sources.values import NotRead, Raw, as_text, read_number, read_percent, short

MOST_ROWS = 200_000
"""Rows of a publisher's text: some twenty years of all municipalities."""
MOST_PEOPLE = 10_000_000

_OF_A_SHEET = ("no_heading", "hidden_table", "rows")
"""What is told of a publisher's table in other words than of a county's sheet."""


def published_table(fetched: Fetched, wanted: WantedColumns, *, pasted: bool = False) -> GridTable:
    """Return the table of a file.

    Args:
        fetched: The file.
        wanted: The columns that are looked for.
        pasted: Whether it may be text from the clipboard, whose last line has no end.

    Raises:
        UnreadableAnswer: It is no such file, has no such headings or some twice, shows a page, or breaks off.
    """
    if is_html(fetched.content):
        raise unreadable(fetched, "html_no_table")
    if not pasted:
        _require_whole(fetched)
    try:
        table, _ = find_table(_file_name(fetched), fetched.content, wanted, most_rows=MOST_ROWS)
    except limits.UnreadableFile as refused:
        raise _refused(fetched, refused, wanted) from None
    if table.faults:
        raise unreadable(fetched, "heading_twice", written=str(table.faults[0].facts.get("written", "")))
    lost = next((note for note in table.notes if note.code == "letters_strange"), None)
    if lost is not None:
        raise unreadable(fetched, "letters_strange", written=str(lost.facts["written"]))
    return table


def figure_at(
    table: GridTable, line: int, column: str, marks: Mapping[str, Status], unit: str, fetched: Fetched
) -> Figure:
    """Return the figure of a cell; a blank one is missing.

    Args:
        table: The table.
        line: The row, from 0.
        column: One of its columns.
        marks: What a mark in place of a number says, by how it is written, in small letters.
        unit: person or percent.
        fetched: Where the table comes from.

    Raises:
        UnreadableAnswer: It is neither a number nor a known mark.
    """
    require_worked_out(table, line, column, fetched)
    return figure_of(table.at(line, column), marks, unit, table.place(line, column), fetched)


def require_worked_out(table: GridTable, line: int, column: str, fetched: Fetched) -> None:
    """Refuse a cell that shows no value of its own.

    Raises:
        UnreadableAnswer: It shows an error, or holds a formula that is not worked out.
    """
    mark = table.grid.marks.get((line, table.columns[column]))
    if mark is not None:
        what = "shows an error, or a formula that is not worked out"
        raise wrong(fetched, table.place(line, column), what, mark)


def figure_of(written: Raw, marks: Mapping[str, Status], unit: str, place: CellPlace, fetched: Fetched) -> Figure:
    """Return the figure that is written in a cell; see `figure_at`.

    Raises:
        UnreadableAnswer: It is neither a number nor a known mark.
    """
    text = " ".join(as_text(written).casefold().split())
    if text in marks:
        return Figure(None, marks[text])
    try:
        number = read_percent(written) if unit == "percent" else read_number(written, MOST_PEOPLE)
    except NotRead as fault:
        raise wrong(fetched, place, str(fault), fault.code, **fault.facts) from None
    return Figure(None, Status.MISSING) if number is None else Figure(number, Status.OK)


def wrong(fetched: Fetched, place: CellPlace | None, what: str, fault: str = "", **facts: object) -> UnreadableAnswer:
    """Return the refusal of a table for what stands in one of its cells.

    Args:
        fetched: Where the table comes from.
        place: The cell.
        what: What is wrong with it, in English.
        fault: A code that words are found by, when there are others than those.
        facts: What these are filled with.
    """
    where = "" if place is None else f"{place.sheet} {place.cell} ".lstrip()
    at = {"sheet": place.sheet if place else "", "cell": place.cell if place else ""}
    worded = {name: short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    said_by = {"fault": fault, **worded} if fault else {"words": what}
    do = "Mend it; nothing has been read"
    return UnreadableAnswer(fetched.source, f"{where}{what}", do, "cell", {**at, **said_by})


def _require_whole(fetched: Fetched) -> None:
    """Refuse text whose last line has no end: it may have been cut within a number.

    Raises:
        UnreadableAnswer: It has none.
    """
    if not fetched.content.startswith(b"PK") and not fetched.content.endswith((b"\n", b"\r", b"\n\x00", b"\r\x00")):
        raise unreadable(fetched, "no_end")


def _refused(fetched: Fetched, refused: limits.UnreadableFile, wanted: WantedColumns) -> UnreadableAnswer:
    if refused.code in _OF_A_SHEET:
        headings = ", ".join(wanted.headings[each][0] for each in (*wanted.keys[:1], *wanted.needed))
        return unreadable(fetched, refused.code, headings=short(headings))
    first, _, rest = limits.SENTENCES[refused.code].rstrip(".").partition(". ")
    what, facts = first[0].lower() + first[1:], {"fault": refused.code, **refused.facts}
    return UnreadableAnswer(fetched.source, what, rest or "Save it anew", "file", facts)


def _file_name(fetched: Fetched) -> str:
    return fetched.source.partition("?")[0].rpartition("/")[2]
