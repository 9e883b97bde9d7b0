"""Finding something by what a person types: letters of any size, with or without their marks.

`tromso`, `Tromsø` and `TROMSOE` are the same, and so are `karasjohka` and `Kárášjohka`.
"""

import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})  # those that Unicode does not take apart
_PAIRS = (("aa", "a"), ("ae", "a"), ("oe", "o"))  # how å, æ and ø are written where a keyboard lacks them


def fold(text: str) -> str:
    """Return words as they are compared: small letters without marks, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    plain = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return " ".join(plain.split())


def nearness(asked: str, names: Iterable[str]) -> int | None:
    """Return how near what somebody typed comes to the nearest of something's names.

    Returns:
        0 it is the name, 1 the name begins so, 2 a word in it begins so, 3 it stands inside; None when in no name.
    """
    wanted = fold(asked)
    distances = [near for name in names if wanted and (near := _near(wanted, fold(name))) is not None]
    return min(distances, default=None)


def _near(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else None
