"""A downloaded county workbook as somebody fills it in with a spreadsheet program: the proposal taken as the number."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook


def filled_in(source: Path, target: Path) -> None:
    """Write the workbook anew with the number of each municipality set to what was proposed, all else as it was."""
    book = CalamineWorkbook.from_path(str(source))
    with xlsxwriter.Workbook(str(target)) as written:
        for name in book.sheet_names:
            sheet = written.add_worksheet(name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for down, row in enumerate(_taken(rows)):
                for across, value in enumerate(row):
                    if value != "":
                        sheet.write(down, across, value)


def _taken(rows: Sequence[list[Any]]) -> Sequence[list[Any]]:
    head = next((row for row in rows if "Forslag" in row and "Anbefalt" in row), None)
    if head is None:
        return rows
    proposed, number = head.index("Forslag"), head.index("Anbefalt")
    after = rows.index(head) + 1
    for row in rows[after:]:
        if isinstance(row[0], str) and len(row[0]) == 4 and row[0].isdigit():
            row[number] = row[proposed]
    return rows
