"""Which signs letters and minutes can be set with: asked of the compiler itself, whose typefaces they are.

So the answer is that of the typefaces' own tables, also when the compiler is renewed. What is known already is not
asked again, and a text of ordinary letters is never asked about.
"""

import unicodedata
from collections.abc import Sequence
from importlib.resources import as_file, files

import typst

from bosett.render.typeset import FACES, clean, compiled

TEMPLATE = "glyphs.typ"
_known = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} | {"\n", *"–—‘’‚“”„•…«»€"}
"""Signs that have a shape; a test asks of those that stand here."""


def without_glyph(text: str) -> str:
    """Return the first sign of a text that cannot be set; empty when all can.

    A sign is a letter with the marks that belong to it. What letters leave out, such as a mark of direction, is none.
    """
    signs = [sign for sign in dict.fromkeys(_signs(clean(text))) if sign not in _known]
    lacking = _first_lacking(signs) if signs else ""
    _known.update(signs[: signs.index(lacking)] if lacking else signs)
    return lacking


def _signs(text: str) -> list[str]:
    signs: list[str] = []
    for letter in text:
        if signs and (signs[-1].endswith("\u200d") or letter == "\u200d" or unicodedata.category(letter)[0] == "M"):
            signs[-1] += letter
        else:
            signs.append(letter)
    return signs


def _first_lacking(signs: Sequence[str]) -> str:
    """Return the first that cannot be set, by halves."""
    if _can_be_set(signs):
        return ""
    if len(signs) == 1:
        return signs[0]
    half = len(signs) // 2
    return _first_lacking(signs[:half]) or _first_lacking(signs[half:])


def _can_be_set(signs: Sequence[str]) -> bool:
    text = " ".join(signs)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a sign
        return False
    with as_file(files("bosett.render") / TEMPLATE) as template:
        compiler = typst.Compiler(template, ignore_system_fonts=True)
        try:
            _, warnings = compiled(compiler, {"faces": FACES, "text": text})
        except typst.TypstError:
            return False
    return not warnings
