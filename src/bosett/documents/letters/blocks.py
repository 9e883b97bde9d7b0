"""What a letter is made of, in one language and ready to be set: text and tables, and nothing of how they look."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the letter's title is level 1, so these begin at 2, without gaps."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `note` becomes a footnote at its end, `quiet` is what stands by and is not the matter itself."""

    text: str
    note: str | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A list; numbered when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts to find at a glance: what, and how much or when."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numbers stand to the right; `width` shares what is left, 0 takes no more than its cells need."""

    heading: str
    number: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; a sum is set off from the rest."""

    cells: tuple[str, ...]
    sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the heads are repeated on each page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Narrow tables, set in two columns of the page."""

    tables: tuple[Table, ...]


Block = Heading | Paragraph | List | Facts | Table | SideBySide


@dataclass(frozen=True, slots=True)
class LetterAttachment:
    """What comes with a letter, beginning on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A typed letter, its words chosen.

    Attributes:
        kind: Short name of its kind, such as `request`.
        language: nb, nn or en.
        title: Its heading, and the title of the file.
        day: Its date.
        sender: Lines of the sender; the first is its name.
        receiver: Lines of the address block; the first is whom it is for.
        marks: The line of references: what, and its value; the date is the first.
        blocks: The letter itself.
        closing: Before the signers: a greeting, and for whom they sign.
        signers: Name and title.
        lists: Lists after the signers: copies, receivers, attachments.
        attachments: What comes with it.
        page: How a page is counted, with `{page}` and `{pages}`.
    """

    kind: str
    language: str
    title: str
    day: date
    sender: tuple[str, ...]
    receiver: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]
    page: str
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    attachments: tuple[LetterAttachment, ...] = field(default=())
