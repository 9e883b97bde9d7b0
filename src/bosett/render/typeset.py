"""Typed letters to PDF: one file that is PDF/UA-1 and PDF/A-2a at once, the same bytes each time.

The look lies in `letter.typ`. Text goes in as data and is never read as markup; only the typefaces inside the compiler
are used, and whatever the compiler warns of is a failure.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.resources import as_file, files

import typst

from bosett.basis.refusals import Refusal
from bosett.documents.letters import (
    Block,
    Facts,
    Heading,
    Letter,
    LetterAttachment,
    List,
    Paragraph,
    SideBySide,
    Table,
)

TEMPLATE = "letter.typ"
FACES = ["Libertinus Serif", "DejaVu Sans Mono"]
"""Typefaces inside the compiler; the second for signs that the first lacks, and then any other."""

_SORTS: dict[type, str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    List: "list",
    Facts: "facts",
    Table: "table",
    SideBySide: "side-by-side",
}
# Control characters have no shape, and those that turn the direction of text can hide what it says.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class NotTypeset(Refusal):
    """A letter cannot be set; most often because text has a character that the typefaces lack."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(f"The letter «{title}» cannot be set: {why}. Change its text and try again.")
        self.title, self.why = title, why


def typeset(letter: Letter) -> bytes:
    """Return a letter as PDF.

    Raises:
        NotTypeset: It cannot be set, or not without a warning.
    """
    return merge((letter,))


def typeset_many(letters: Iterable[Letter]) -> Iterator[bytes]:
    """Yield each letter as a PDF of its own, with one compiler for all.

    Raises:
        NotTypeset: One of them cannot be set, or not without a warning.
    """
    with as_file(files("bosett.render") / TEMPLATE) as template:
        compiler = typst.Compiler(template, ignore_system_fonts=True)
        for letter in letters:
            yield _compile(compiler, (letter,))


def merge(letters: Sequence[Letter]) -> bytes:
    """Return many letters as one PDF, each beginning on its own page and counting its own pages.

    Its title and language are those of the first.

    Raises:
        NotTypeset: It cannot be set, or not without a warning.
        ValueError: There are no letters.
    """
    if not letters:
        raise ValueError("there are no letters to merge")
    with as_file(files("bosett.render") / TEMPLATE) as template:
        return _compile(typst.Compiler(template, ignore_system_fonts=True), letters)


def compiled(compiler: typst.Compiler, bundle: Mapping[str, object]) -> tuple[object, Sequence[object]]:
    """Return what a template becomes with data, and what the compiler warns of.

    Raises:
        TypstError: It cannot be set as both standards ask.
    """
    inputs = {"bundle": json.dumps(bundle, ensure_ascii=False)}
    return compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1", "a-2a"], sys_inputs=inputs)


def _compile(compiler: typst.Compiler, letters: Sequence[Letter]) -> bytes:
    first = letters[0]
    bundle = {
        "title": clean(first.title).replace("\u00a0", " "),
        "author": clean(first.sender[0]),
        "day": [first.day.year, first.day.month, first.day.day],
        "faces": FACES,
        "letters": [_plain(letter) for letter in letters],
    }
    try:
        made, warnings = compiled(compiler, bundle)
    except typst.TypstError as error:
        raise NotTypeset(first.title, _why(error)) from None
    if warnings:
        raise NotTypeset(first.title, "; ".join(map(_why, warnings)))
    if not isinstance(made, bytes):
        raise NotTypeset(first.title, "it gave no file")
    return made


def _why(error: object) -> str:
    """Return what the compiler says, in one line."""
    hints = getattr(error, "hints", None) or ()
    return " ".join("; ".join([str(getattr(error, "message", error)), *map(str, hints)]).split()).rstrip(".")


def _plain(letter: Letter) -> object:
    """Return a letter as the template reads it."""
    fields = asdict(letter)
    del fields["day"]
    fields["blocks"] = [_block(each) for each in letter.blocks]
    fields["attachments"] = [_attachment(each) for each in letter.attachments]
    return _cleaned(fields)


def _attachment(attachment: LetterAttachment) -> dict[str, object]:
    return {"title": attachment.title, "blocks": [_block(each) for each in attachment.blocks]}


def _block(block: Block) -> dict[str, object]:
    return {"sort": _SORTS[type(block)], **asdict(block)}


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def clean(text: str) -> str:
    """Return text without what cannot be seen; a tab is a space, and lines end in one way."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
