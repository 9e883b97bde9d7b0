"""The columns of a county's sheet: each is declared here, and nowhere else.

From here the page and its script, the cells that are saved and undone, the workbook out and in, and the versions that
are kept take which columns there are, in what order, and what stands in them. The tables and the frozen line say the
fields once more, for the database and for the types; a test holds them against this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType


class CellKind(StrEnum):
    """What stands in a cell."""

    CHOICE = "choice"  # whether the municipality is asked; None is not said
    NUMBER = "number"  # whole persons, or None
    DATE = "date"  # a day, or None
    TEXT = "text"  # never None, but empty
    DRAWN = "drawn"  # what the page alone shows


class ColumnPart(IntEnum):
    """Which columns a column stands among, in the order of the parts in a file."""

    PLACE = 1  # which municipality a row is about
    KNOWN = 2  # what is known of it
    OWN = 3  # what the county recommends: a version keeps it
    SIGNAL = 4  # what the municipality has said
    BESIDE = 5  # what the county keeps beside its numbers: for itself and the parties of its meeting, never others


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the sheet.

    Attributes:
        name: Its name in the tables, in the page's markup and in the hidden sheet of a file.
        kind: What stands in it.
        part: Which columns it stands among.
        width: Its width in a workbook, in characters; 0 is not in files.
        group: The choice of the page that shows and hides it, with others; empty is always shown.
        together: Whether one key stroke may set it with others: what one act sets of these stands or falls together.
        heading: Code of its heading on the page, when that is not `col_` and its name. That of files is `book_` and its
            name.
        about: The column at whose cells it is a note; such a one has no place of its own on the page or in a file.
    """

    name: str
    kind: CellKind
    part: ColumnPart
    width: int = 0
    group: str = ""
    together: bool = False
    heading: str = ""
    about: str = ""

    @property
    def head(self) -> str:
        """Code of its heading on the page."""
        return self.heading or f"col_{self.name}"

    @property
    def editable(self) -> bool:
        """Tell whether people write in it."""
        return self.part in (ColumnPart.OWN, ColumnPart.SIGNAL, ColumnPart.BESIDE)

    @property
    def numeric(self) -> bool:
        """Tell whether it holds numbers: such columns stand to the right."""
        return self.kind is CellKind.NUMBER

    @property
    def blank(self) -> str | None:
        """What it holds when nothing has been said."""
        return "" if self.kind is CellKind.TEXT else None


_CHOICE, _NUMBER, _DATE, _TEXT, _DRAWN = CellKind
_PLACE, _KNOWN, _OWN, _SIGNAL, _BESIDE = ColumnPart

COLUMNS = (
    SheetColumn("code", _TEXT, _PLACE, 12),
    SheetColumn("name", _TEXT, _PLACE, 19, heading="municipality"),
    SheetColumn("region", _TEXT, _KNOWN, 16, group="region"),
    SheetColumn("population", _NUMBER, _KNOWN, 10, group="population"),
    SheetColumn("history", _DRAWN, _KNOWN, group="history"),
    SheetColumn("capacity", _DRAWN, _KNOWN, group="capacity"),
    SheetColumn("signal", _NUMBER, _SIGNAL, 12, group="signal"),
    SheetColumn("signal_minors", _NUMBER, _SIGNAL, 13, group="signal"),
    SheetColumn("signal_on", _DATE, _SIGNAL, 12, group="details"),
    SheetColumn("signal_by", _TEXT, _SIGNAL, 19, group="details"),
    SheetColumn("signal_note", _TEXT, _SIGNAL, 30, group="details"),
    SheetColumn("previous", _NUMBER, _KNOWN, 13, heading="previous"),
    SheetColumn("proposed", _NUMBER, _KNOWN, 10, heading="proposed"),
    SheetColumn("asked", _CHOICE, _OWN, 10, together=True),
    SheetColumn("number", _NUMBER, _OWN, 10, together=True),
    SheetColumn("flags", _DRAWN, _KNOWN, group="flags"),
    SheetColumn("reason", _TEXT, _OWN, 40),
    SheetColumn("under15", _NUMBER, _OWN, 13, group="minors", together=True),
    SheetColumn("from15", _NUMBER, _OWN, 13, group="minors", together=True),
    SheetColumn("own1", _TEXT, _BESIDE, 24, group="own1"),
    SheetColumn("own2", _TEXT, _BESIDE, 24, group="own2"),
    SheetColumn("own3", _TEXT, _BESIDE, 24, group="own3"),
    SheetColumn("note_signal", _TEXT, _BESIDE, about="signal"),
    SheetColumn("note_signal_minors", _TEXT, _BESIDE, about="signal_minors"),
    SheetColumn("note_number", _TEXT, _BESIDE, about="number"),
    SheetColumn("note_under15", _TEXT, _BESIDE, about="under15"),
    SheetColumn("note_from15", _TEXT, _BESIDE, about="from15"),
)
"""In the order of the page."""
ON_PAGE = tuple(each for each in COLUMNS if each.name != "code" and not each.about)
IN_FILES = tuple(sorted((each for each in COLUMNS if each.width), key=lambda each: each.part))
"""In the order of a file: part by part."""
NAMED: Mapping[str, SheetColumn] = MappingProxyType({each.name: each for each in COLUMNS})

FIELDS = (*(each.name for each in IN_FILES if each.editable), *(each.name for each in COLUMNS if each.about))
"""The fields of a line that people write in."""
NUMBERS = tuple(name for name in FIELDS if NAMED[name].numeric)
TEXTS = tuple(name for name in FIELDS if NAMED[name].kind is CellKind.TEXT)
OWN = tuple(each.name for each in COLUMNS if each.part is ColumnPart.OWN)
SIGNAL = tuple(each.name for each in COLUMNS if each.part is ColumnPart.SIGNAL)
TOGETHER = tuple(each.name for each in COLUMNS if each.together)
BESIDE = tuple(each.name for each in COLUMNS if each.part is ColumnPart.BESIDE)
NAMED_BY_COUNTY = tuple(name for name in BESIDE if not NAMED[name].about)
"""Columns that are a county's own: one is there when the county has named it, and goes by that name."""
NOTE_AT: Mapping[str, str] = MappingProxyType({each.about: each.name for each in COLUMNS if each.about})
"""By the column of a cell: the field of the note at it."""

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        group: tuple(each.name for each in COLUMNS if each.group == group)
        for group in dict.fromkeys(each.group for each in COLUMNS if each.group)
    }
)
"""The choices of the page, each with the columns that it shows and hides."""
HIDDEN_AT_FIRST = ("region", "capacity", "details")
"""The choices that are not made until the reader makes them."""
