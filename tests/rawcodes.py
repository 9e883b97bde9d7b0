"""What is no word for people: hashes, identities, names of states and events, days as programs write them.

Looked for by rule, so that a code that nobody has thought of is found too: by its shape in any language, and on pages
in Norwegian by the program's own English words, where no Norwegian text uses the same.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bosett.documents.open_data import WORDS as OPEN_WORDS
from bosett.geography import municipalities
from bosett_web.screens.words import WORDS

SOURCE = Path(__file__).parents[1] / "src"
SHAPES: Mapping[str, re.Pattern[str]] = {
    "hash": re.compile(r"(?<![\w-])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12,}(?![\w-])"),
    "long number": re.compile(r"(?<![\w.])\d{10,}(?!\w)"),
    "snake_case": re.compile(r"(?<![\w/@.-])[a-zæøå]+(?:_[a-zæøå0-9]+)+(?![\w/@])"),
    "dotted": re.compile(r"(?<![\w/@.:-])[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+(?!\.\w|[\w/@:-])"),
    "identity with a year": re.compile(r"(?<![\w-])[a-z]+(?:-\w+)*-\d{4}(?:-\w+)*(?![\w-])"),
    "subject": re.compile(r"(?<!\w)[a-z_]+:(?:\d{2,}|[a-z]+)(?::\w+)*(?!\w)"),
    "ISO day": re.compile(r"(?<![\w-])(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?(?![\w-])"),
    "ISO moment": re.compile(r"\d\dT\d\d:\d\d"),
    "UUID": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}"),
    "a value as Python writes it": re.compile(r"\{\w*\}|\b(?:None|True|False)\b|MISSING-IN-TEMPLATE"),
}
ADDRESS = re.compile(r"(?:www\.)?[a-z-]+(?:\.[a-z-]+)*\.(?:no|org|com|eu)")
FILE = re.compile(r".*\.(?:csv|xlsx|pdf|ics|zip|json|xml)")
PROSE_ALONE = frozenset({"snake_case", "ISO day"})
"""What a table for programs may hold: names of columns, and days."""
MONTHS = frozenset({"januar", "februar", "april", "juni", "juli", "august", "september", "oktober", "november"})


def codes_in(text: str, language: str, *, table: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what people must not read in a text: why, and what.

    Args:
        text: A line that people read.
        language: In which they read.
        table: Whether it is a line of a file of values, such as CSV.
    """
    for why, shape in SHAPES.items():
        for match in shape.finditer(text) if not (table and why in PROSE_ALONE) else ():
            is_address = why == "dotted" and (ADDRESS.fullmatch(match[0]) or FILE.fullmatch(match[0]))
            if not is_address and (language, match[0]) != ("en", "None"):
                yield why, match[0]
    if language != "en":
        for word in re.findall(r"(?<![\w./@-])[a-z]{3,}(?![\w/@-])", text):
            if word in own_words():
                yield "the program's own word", word


@cache
def own_words() -> frozenset[str]:
    """Return the names and values that the program's code knows, less what Norwegian texts and names say."""
    texts = [text for words in (*WORDS.values(), *OPEN_WORDS.values()) for text in words[:2]]
    norwegian = {word for text in texts for word in re.findall(r"\w+", text.lower())}
    for place in municipalities(2021):
        norwegian |= {place.kind, *re.findall(r"\w+", place.name.lower())}
    return frozenset(word for word in _known() if len(word) > 2) - norwegian - MONTHS - {"mars", "mai", "desember"}


def _known() -> Iterator[str]:
    """Yield the code's names of fields, and its strings of small letters: states, kinds, events, parts of both."""
    for path in SOURCE.rglob("*.py"):
        if {"words", "documents"} & {*path.relative_to(SOURCE).parts} or path.name == "words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"[a-z_.]+(?: [a-z_.]+)*", text):
                yield from re.findall(r"[a-z]+", text)
