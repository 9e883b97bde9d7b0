"""Why a file from outside is not read as a sheet, and how large one may be."""

from collections.abc import Mapping

from bosett.basis.refusals import Refusal

MOST_FILE = 2 * 1024 * 1024
MOST_INSIDE = 50 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_CELLS = 300_000

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


class UnreadableFile(Refusal):
    """A file that cannot be read as a county's sheet: a code that words are found by, and its facts."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(SENTENCES[code])
        self.code, self.facts = code, dict(facts or {})


def column_name(column: int) -> str:
    """Return a column, counted from 0, as a spreadsheet names it: A, B, .., AA."""
    letters, rest = "", column
    while rest >= 0:
        letters, rest = chr(ord("A") + rest % 26) + letters, rest // 26 - 1
    return letters
