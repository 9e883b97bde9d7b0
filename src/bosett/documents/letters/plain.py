"""A letter as plain text: for e-mail, for the terminal, and for checking what it says."""

from bosett.documents.letters.blocks import Block, Facts, Heading, Letter, List, Paragraph, SideBySide, Table

SEPARATOR = " | "


def letter_text(letter: Letter) -> str:
    """Return a letter as plain text, in the order that it is read in."""
    lines = [*letter.sender, "", *letter.receiver, "", *(f"{what}: {value}" for what, value in letter.marks)]
    lines += ["", letter.title]
    for block in letter.blocks:
        lines += ["", *_lines(block)]
    if letter.signers:
        lines += ["", *letter.closing]
        for name, title in letter.signers:
            lines += ["", name, title]
    for heading, items in letter.lists:
        lines += ["", heading, *(f"- {item}" for item in items)]
    for attachment in letter.attachments:
        lines += ["", attachment.title]
        for block in attachment.blocks:
            lines += ["", *_lines(block)]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [text]
        case Paragraph(text, note):
            return [text] if note is None else [text, f"({note})"]
        case List(items, numbered):
            return [f"{place}. {item}" if numbered else f"- {item}" for place, item in enumerate(items, 1)]
        case Facts(pairs):
            return [f"{what}: {value}" for what, value in pairs]
        case Table():
            return _table(block)
        case SideBySide(tables):
            return [line for table in tables for line in (*_table(table), "")][:-1]


def _table(table: Table) -> list[str]:
    heads = SEPARATOR.join(column.heading for column in table.columns)
    return [
        table.caption,
        heads,
        *(SEPARATOR.join(" ".join(cell.split("\n")) for cell in row.cells) for row in table.rows),
    ]
