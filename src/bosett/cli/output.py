"""Tables on stdout: aligned text by default, JSON or a workbook on request."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from json.encoder import encode_basestring as quoted
from pathlib import Path

from bosett.basis.refusals import Refusal
from bosett.sources.values import NotRead, read_number

PIECE = 1 << 18  # characters written at once
DEEP = "\n    "  # where items of a value in the document begin

Cell = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table for reading: column titles and rows; None is an empty cell, a fraction is shown with three decimals."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


class NoOutFile(Refusal):
    """A workbook was asked for without saying where to put it."""

    def __init__(self) -> None:
        super().__init__("--format xlsx writes a file: say where with --out FILE.xlsx")


class OutWithoutWorkbook(Refusal):
    """A place for a workbook was named, and no workbook asked for."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"--out is for --format xlsx; {asked} goes to stdout, so write `> FILE` instead")


def format_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --format and --out to a command."""
    parser.add_argument(
        "--format", choices=("table", "json", "xlsx"), default="table", help="table (default), json, xlsx"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the workbook goes (with --format xlsx)")


def emit(
    args: argparse.Namespace,
    tables: Sequence[Listing],
    document: Mapping[str, object],
    *,
    book: Callable[[Path], None] | None = None,
) -> None:
    """Write the tables as text, the document as JSON, or a workbook, as the user asked.

    `book` writes the workbook where there is one to expect, such as that of a round; else each table is a sheet.
    """
    if args.out is not None and args.format != "xlsx":
        raise OutWithoutWorkbook(args.format)
    if args.format == "json":
        emit_json(document)
    elif args.format == "xlsx":
        if args.out is None:
            raise NoOutFile
        if book is None:
            from bosett.render.tables import write_workbook  # noqa: PLC0415  - only a workbook needs what makes workbooks

            write_workbook(args.out, [(table.title, table.columns, table.rows, table.notes) for table in tables])
        else:
            book(args.out)
        words(f"wrote {args.out}")
    else:
        for place, table in enumerate(tables):
            sys.stdout.write(("\n" if place else "") + as_text(table))


def emit_json(document: Mapping[str, object]) -> None:
    """Write one JSON document to stdout, in large pieces and as it is made: same input, same bytes."""
    parts: list[str] = []
    size = 0
    for part in _parts(document):
        parts.append(part)
        size += len(part)
        if size >= PIECE:
            sys.stdout.write("".join(parts))
            parts.clear()
            size = 0
    sys.stdout.write("".join(parts) + "\n")


def _parts(document: Mapping[str, object]) -> Iterator[str]:
    """Yield the text of `json.dumps(document, indent=2)`, item by item of what stands in the document.

    An iterator in the document is written as a list, and asked for its next item only when the last one is written.
    """
    opening = "{"
    for key, value in document.items():
        yield f"{opening}\n  {quoted(key)}: "
        opening = ","
        if isinstance(value, Mapping):
            yield from _listed("{}", (f"{quoted(name)}: {_text(each, DEEP)}" for name, each in value.items()))
        elif isinstance(value, list | tuple | Iterator):
            yield from _listed("[]", (_text(each, DEEP) for each in value))
        else:
            yield _text(value, DEEP)
    yield "{}" if opening == "{" else "\n}"


def _listed(brackets: str, items: Iterator[str]) -> Iterator[str]:
    before = brackets[0] + DEEP
    for item in items:
        yield before + item
        before = "," + DEEP
    yield brackets if before[0] == brackets[0] else f"\n  {brackets[1]}"


def _text(value: object, margin: str) -> str:
    """Return the JSON text of a value whose lines begin after `margin`, a line break and spaces."""
    if isinstance(value, str):
        return quoted(value)
    if type(value) is int:
        return str(value)
    if value is None or isinstance(value, int | float):
        return json.dumps(value)
    inner = margin + "  "
    if isinstance(value, Mapping):
        brackets = "{}"
        # Most values are text: a call for each would take as long again.
        items = [
            f"{quoted(key)}: {quoted(each) if type(each) is str else _text(each, inner)}" for key, each in value.items()
        ]
    elif isinstance(value, list | tuple | Iterator):
        brackets, items = "[]", [_text(each, inner) for each in value]
    else:
        raise TypeError(f"a document holds no {type(value).__name__}")
    return f"{brackets[0]}{inner}{f',{inner}'.join(items)}{margin}{brackets[1]}" if items else brackets


def persons(written: str) -> int:
    """Return a number of persons that an option gives: `3602` or `3 602`, as in every file.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        number = read_number(written)
    except NotRead as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None
    if number is None:
        raise argparse.ArgumentTypeError("no number is given; write a whole number such as 24")
    return number


def words(text: str) -> None:
    """Say something to the person at the keyboard, beside the data."""
    print(text, file=sys.stderr)  # noqa: T201  - words go to stderr


def shown(cell: Cell) -> str:
    """Return a cell as text: a fraction rounded to three decimals, an empty cell as a dash."""
    if cell is None:
        return "-"
    if isinstance(cell, Fraction):
        thousandths = round(cell * 1000)
        whole, part = divmod(abs(thousandths), 1000)
        return f"{'-' if thousandths < 0 else ''}{whole}.{part:03d}"
    return str(cell)


def as_text(table: Listing) -> str:
    """Return a table as aligned text: columns of numbers to the right (words among them too), of words to the left."""
    texts = [[shown(cell) for cell in row] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.columns, *texts, strict=True)]
    numeric = [
        any(isinstance(row[place], int | Fraction) for row in table.rows)
        or not any(isinstance(row[place], str) for row in table.rows)
        for place in range(len(table.columns))
    ]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, numeric, strict=True)
        ).rstrip()

    lines = [table.title, line(table.columns), line(["-" * width for width in widths]), *map(line, texts), *table.notes]
    return "\n".join(lines) + "\n"
