"""What a letter says otherwise than one before it: passage by passage, word by word, wording apart from facts.

Numbers, dates, references and names differ from letter to letter. They are told apart, so that a changed word is not
lost among them. Nothing is left out: from the passages both texts can be read again (`before_of`, `after_of`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from bosett.documents.letters.blocks import Block, Facts, Heading, Letter, List, Paragraph, SideBySide, Table
from bosett.documents.letters.plain import SEPARATOR

ALIKE = 50
"""Words in the hundred that two passages share before one is held to be the other, changed."""


class Side(StrEnum):
    """Which of the two texts a piece stands in."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class PassageChange(StrEnum):
    """What has become of a passage: `facts` when only numbers, dates, references and names differ."""

    SAME = "same"
    FACTS = "facts"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `fact` when a fact stands where another stood."""

    kind: Side
    text: str
    fact: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, an item of a list or a row, in pieces."""

    change: PassageChange
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a fact, a mark or a space; facts of one sort have one key."""

    text: str
    key: str


_MONTH = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    "|January|February|March|May|June|July|October|December"
)
_NUMBER = r"\d{1,3}(?: \d{3})+|\d+"
_SORTS = {
    "day": r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d",
    "date": rf"\d{{1,2}}\.? (?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{4}}",
    "hour": r"kl\. ?\d{1,2}[.:]\d\d",
    "address": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "reference": r"\d{2,4}/[\w-]*\w",
    "number": rf"(?:{_NUMBER})(?:[.,]\d+)?(?: ?(?:%|prosent\b|per cent\b))?(?: person(?:er|ar|s)?\b)?",
}

_ITEM = re.compile(rf"(?:[-–•*]|\d{{1,2}}[.)]) +(?!\d|{_MONTH})")


def passages_of(letter: Letter) -> tuple[str, ...]:
    """Return what a letter says, passage by passage: from its title to its greeting, and its attachments."""
    texts = [letter.title, *_said(letter.blocks), *letter.closing]
    for attachment in letter.attachments:
        texts += [attachment.title, *_said(attachment.blocks)]
    return tuple(text for each in texts if (text := _plain(each)))


def passages_in(text: str) -> tuple[str, ...]:
    """Return the passages of plain text: parted by empty lines, or by lines when there are none of those.

    An item of a list begins a passage, and a line less than half as long as the longest ends one: it was not broken
    because the page was full.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    longest = max(map(len, lines), default=0)
    parted = "" in lines
    passages: list[str] = []
    ended = True
    for line in lines:
        item = _ITEM.match(line)
        words = line[item.end() :] if item else line
        if not line or ended or item or not parted:
            passages.append(words)
        else:
            passages[-1] = f"{passages[-1]} {words}"
        ended = 2 * len(line) < longest
    return tuple(plain for each in passages if (plain := _plain(each)))


def compare(before: Sequence[str], after: Sequence[str], names: Iterable[str] = ()) -> tuple[Passage, ...]:
    """Return what has become of each passage, in the order in which they are read.

    Args:
        before: Passages of the earlier text.
        after: Passages of the later text.
        names: Names that count as facts: those of places.
    """
    pattern = _pattern(tuple(sorted(set(names), key=lambda name: (-len(name), name))))
    left = [_tokens(_plain(text), pattern) for text in before]
    right = [_tokens(_plain(text), pattern) for text in after]
    passages: list[Passage] = []
    for one, other in _aligned([_key(each) for each in left], [_key(each) for each in right]):
        if other is None:
            passages.append(_whole(PassageChange.GONE, Side.GONE, left[one or 0]))
        elif one is None:
            passages.append(_whole(PassageChange.NEW, Side.NEW, right[other]))
        else:
            passages.append(_passage(left[one], right[other]))
    return tuple(passages)


def before_of(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the earlier text that was compared."""
    return _side(passages, PassageChange.NEW, Side.NEW)


def after_of(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the later text that was compared."""
    return _side(passages, PassageChange.GONE, Side.GONE)


def counted(passages: Iterable[Passage]) -> dict[PassageChange, int]:
    """Return how many passages there are of each change."""
    counts = Counter(each.change for each in passages)
    return {change: counts[change] for change in PassageChange}


# The text


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(text, note):
                yield text if note is None else f"{text} ({note})"
            case List(items):
                yield from items
            case Facts(pairs):
                yield from (f"{what}: {value}" for what, value in pairs)
            case Table():
                yield from _rows(block)
            case SideBySide(tables):
                for table in tables:
                    yield from _rows(table)


def _rows(table: Table) -> Iterator[str]:
    yield table.caption
    yield SEPARATOR.join(column.heading for column in table.columns)
    yield from (SEPARATOR.join(row.cells) for row in table.rows)


def _plain(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    patterns = [f"(?P<{sort}>(?<![\\w])(?:{each})(?!\\w))" for sort, each in _SORTS.items()]
    if names:
        patterns.insert(0, rf"(?P<name>(?<!\w)(?:{'|'.join(map(re.escape, names))})s?(?!\w))")
    return re.compile("|".join([*patterns, r"(?P<word>\w+)", r"(?P<space> )", r"(?P<mark>.)"]), re.DOTALL)


def _tokens(text: str, pattern: re.Pattern[str]) -> tuple[_Token, ...]:
    tokens = []
    for match in pattern.finditer(text):
        piece, sort = match[0], match.lastgroup or ""
        # No text can hold a NUL, so that no word is taken for a fact.
        tokens.append(_Token(piece, piece if sort in ("word", "space", "mark") else f"\0{sort}"))
    return tuple(tokens)


def _key(tokens: Sequence[_Token]) -> tuple[str, ...]:
    return tuple(token.key for token in tokens)


# Which passage is which


def _aligned(
    left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield each passage with what it has become: the same but for facts, or the most alike in between."""
    for tag, start, end, other, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(start, end), range(other, last), strict=True)
        else:
            for one, two in _paired(left[start:end], right[other:last]):
                yield None if one is None else start + one, None if two is None else other + two


def _paired(left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]]) -> list[tuple[int | None, int | None]]:
    """Pair passages in order so that what they share in all is greatest; what is alone is gone or new."""
    bags = [Counter(key for key in each if key != " ") for each in right]
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike: dict[tuple[int, int], int] = {}
    for one in reversed(range(len(left))):
        bag = Counter(key for key in left[one] if key != " ")
        for two in reversed(range(len(right))):
            likeness = _likeness(bag, bags[two])
            paired = best[one + 1][two + 1] + likeness if likeness >= ALIKE else -1
            best[one][two] = max(best[one + 1][two], best[one][two + 1], paired)
            if paired == best[one][two]:
                alike[one, two] = likeness
    pairs: list[tuple[int | None, int | None]] = []
    one = two = 0
    while one < len(left) or two < len(right):
        if (one, two) in alike:
            pairs.append((one, two))
            one, two = one + 1, two + 1
        elif two == len(right) or (one < len(left) and best[one][two] == best[one + 1][two]):
            pairs.append((one, None))
            one += 1
        else:
            pairs.append((None, two))
            two += 1
    return pairs


def _likeness(left: Counter[str], right: Counter[str]) -> int:
    """Return how many words in the hundred two passages share."""
    size = left.total() + right.total()
    least = min(left.total(), right.total())
    if not size or 200 * least < ALIKE * size:
        return 0
    return 200 * (left & right).total() // size


# What has changed in a passage


def _whole(change: PassageChange, kind: Side, tokens: Sequence[_Token]) -> Passage:
    return Passage(change, (Piece(kind, "".join(token.text for token in tokens)),))


def _passage(left: Sequence[_Token], right: Sequence[_Token]) -> Passage:
    pieces = _pieces(left, right)
    differing = [piece for piece in pieces if piece.kind is not Side.SAME]
    change = (
        PassageChange.SAME
        if not differing
        else PassageChange.FACTS
        if all(each.fact for each in differing)
        else PassageChange.CHANGED
    )
    return Passage(change, pieces)


def _pieces(left: Sequence[_Token], right: Sequence[_Token]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    gone: list[Piece] = []
    new: list[Piece] = []

    def close() -> None:
        pieces.extend([*_joined(gone), *_joined(new)])
        gone.clear()
        new.clear()

    for tag, start, end, other, last in SequenceMatcher(None, _key(left), _key(right), autojunk=False).get_opcodes():
        if tag != "equal":
            gone.extend(Piece(Side.GONE, token.text) for token in left[start:end])
            new.extend(Piece(Side.NEW, token.text) for token in right[other:last])
            continue
        alone = end - start == 1 and left[start].text == " " and end < len(left) and last < len(right)
        if alone and gone and new:
            # A space between two changes parts nothing: the words are read as one stretch.
            gone.append(Piece(Side.GONE, " "))
            new.append(Piece(Side.NEW, " "))
            continue
        for one, two in zip(left[start:end], right[other:last], strict=True):
            close()
            if one.text == two.text:
                pieces.append(Piece(Side.SAME, one.text))
            else:
                pieces += [Piece(Side.GONE, one.text, fact=True), Piece(Side.NEW, two.text, fact=True)]
    close()
    return tuple(_joined(pieces))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of one kind."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and (joined[-1].kind, joined[-1].fact) == (piece.kind, piece.fact):
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text, piece.fact)
        else:
            joined.append(piece)
    return joined


def _side(passages: Iterable[Passage], without: PassageChange, hidden: Side) -> tuple[str, ...]:
    return tuple(
        "".join(piece.text for piece in passage.pieces if piece.kind is not hidden)
        for passage in passages
        if passage.change is not without
    )
