"""What is told of a file from outside, in words: where in it and what; and what must be seen before it is saved."""

from collections.abc import Iterable

from bosett.sources.grids import STRANGE, CellPlace, Remark
from bosett_web.screens.words import say

LONGEST_TOLD = 80
SEEN_FIRST = (STRANGE, "rows_hidden", "column_hidden")
"""Notes of what most likely nobody has seen in the file."""
Worded = tuple[str, str]
"""Where, empty when it is about the whole file; and what."""


def where(place: CellPlace | None, language: str) -> str:
    """Return where a cell is, in words; empty when it is about the whole file."""
    if place is None:
        return ""
    return say("upload_at_sheet" if place.sheet else "upload_at_cell", language, sheet=place.sheet, cell=place.cell)


def in_words(remark: Remark, language: str) -> str:
    """Return what is told in words."""
    facts = {name: short(fact) if isinstance(fact, str) else fact for name, fact in remark.facts.items()}
    return say(f"file_{remark.code}{_kind(remark)}", language, **facts)


def warned(notes: Iterable[Remark], language: str) -> list[Worded]:
    """Return what must be seen before anything is saved, in words."""
    return [
        (where(remark.place, language), in_words(remark, language)) for remark in notes if remark.code in SEEN_FIRST
    ]


def noted(notes: Iterable[Remark], language: str) -> list[Worded]:
    """Return what else is worth knowing, in words."""
    return [
        (where(remark.place, language), in_words(remark, language)) for remark in notes if remark.code not in SEEN_FIRST
    ]


def short(text: str) -> str:
    """Return a text as a page can quote it."""
    return text if len(text) <= LONGEST_TOLD else f"{text[: LONGEST_TOLD - 1]}…"


def _kind(remark: Remark) -> str:
    """Return which of two sentences it is: a row that says nothing of whom, letters that no code page mends."""
    if remark.code == "row_aside":
        return "" if remark.facts["written"] else "_nameless"
    return "_in_workbook" if remark.code == STRANGE and remark.place and remark.place.sheet else ""
