"""Decisions: conditions in a decision's text, recognised by the words that a file declares; never by a guess.

A text is cut into sentences, and a sentence into parts where a break such as "men" begins another. A part that says
that no condition is set raises none. What no pattern tells raises nothing either: a person reads every text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bosett.parameters.conditions import GAP, Condition, ConditionsFile, Pattern, Step

FAR = 6
"""Other words that a gap in a pattern may hold."""

# A full stop ends a sentence when a large letter, or nothing, comes after it: "inkl. familie" goes on.
_WORD = re.compile(r"[^\W_]+|[,;:]|[.!?](?=\s+[^\W\d_a-zæøå]|\s*$)|\n")
_ENDS = frozenset(".!?;:\n")


@dataclass(frozen=True, slots=True)
class RecognisedCondition:
    """A condition in a text: its code, the words that tell it, and where they begin and end."""

    code: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def recognised(text: str, rules: ConditionsFile) -> tuple[RecognisedCondition, ...]:
    """Return the conditions that a text carries, each once, in the order in which they stand.

    Args:
        text: The conditions as the municipality has written them.
        rules: What is recognised.
    """
    conditions: dict[str, RecognisedCondition] = {}
    for part in _parts(text, rules.breaks):
        if any(_place(part, pattern) for pattern in rules.frees):
            continue
        for condition in rules.conditions:
            place = _told(part, condition)
            if place is not None and condition.code not in conditions:
                start, end = part[place[0]].start, part[place[1]].end
                conditions[condition.code] = RecognisedCondition(condition.code, text[start:end], start, end)
    return tuple(sorted(conditions.values(), key=lambda each: (each.start, each.code)))


def _told(part: list[_Token], condition: Condition) -> tuple[int, int] | None:
    """Return the first and last word that tell a condition in a part of a sentence."""
    if any(_place(part, pattern) for pattern in condition.unless):
        return None
    return next((place for pattern in condition.patterns if (place := _place(part, pattern))), None)


def _parts(text: str, breaks: tuple[tuple[str, ...], ...]) -> Iterator[list[_Token]]:
    """Yield the parts of the sentences, without commas."""
    tokens = [_Token(each[0].casefold(), each.start(), each.end()) for each in _WORD.finditer(text)]
    part: list[_Token] = []
    for place, token in enumerate(tokens):
        if token.word in _ENDS or any(_begins(tokens, place, words) for words in breaks):
            yield [each for each in part if each.word != ","]
            part = []
        if token.word not in _ENDS:
            part.append(token)
    yield [each for each in part if each.word != ","]


def _begins(tokens: list[_Token], place: int, words: tuple[str, ...]) -> bool:
    """Tell whether a break begins here; its comma, where it has one, is written against its word."""
    return tuple(each.word for each in tokens[place : place + len(words)]) == words


def _place(part: list[_Token], pattern: Pattern) -> tuple[int, int] | None:
    """Return where a pattern first stands: its first and last word."""
    words = [each.word for each in part]
    for start in range(len(words)):
        end = _end(words, start, pattern)
        if end is not None:
            return start, end
    return None


def _end(words: list[str], start: int, pattern: Pattern) -> int | None:
    """Return the last word of a pattern that begins at a word, or None when it does not."""
    if start >= len(words) or not _is(words[start], pattern[0]):
        return None
    rest = pattern[1:]
    if not rest:
        return start
    gap = rest[0] == (GAP,)
    rest = rest[1:] if gap else rest
    for place in range(start + 1, start + 2 + (FAR if gap else 0)):
        end = _end(words, place, rest)
        if end is not None:
            return end
    return None


def _is(word: str, step: Step) -> bool:
    return any(
        word.isdecimal() if each == "#" else word.startswith(each[:-1]) if each.endswith("*") else word == each
        for each in step
    )
