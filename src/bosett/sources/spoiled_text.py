"""Letters that a code page has spoiled: how æ, ø and å look when they are read by another than they were saved by."""

import re

_LETTER = r"[^\W\d_]"
_STRANGE = re.compile(
    "|".join(
        (
            # UTF-8 that was taken for Windows-1252: Ã¦ Ã¸ Ã¥ Ã† Ã˜ Ã… Ã¡ (æøåÆØÅá), Å¡ Å‹ (šŋ), Ä‘ (đ), and so on.
            "\u00c3[\u00a1\u00a5\u00a6\u00b8\u2020\u02dc\u2026]|\u00c5[\u00a1\u2039]|\u00c4[\u2018\u2019]",
            # A letter that was given up: the sign for that, or a question mark within a word.
            rf"\ufffd|{_LETTER}\?{_LETTER}",
            # Œ ¿ ¾ ¯ ƒ ˆ Ÿ › beside a letter: no word of ours has them. Mac OS Roman's å ø æ Ø and DOS's ø.
            rf"{_LETTER}[\u0152\u0153\u00bf\u00be\u00af\u0192\u02c6\u0178\u203a]",
            rf"[\u0152\u0153\u00bf\u00be\u00af\u0192\u02c6\u0178]{_LETTER}",
            # † ‘ ® ‡ ¤ within a word: the å and æ of DOS, Mac OS Roman's Æ and á. After a word they are signs.
            rf"{_LETTER}[\u2020\u2018\u00ae\u2021\u00a4]{_LETTER}|\u00ae{_LETTER}",
        )
    )
)
_ADDRESS = re.compile(r"\S*(?://|www\.)\S*")  # a question mark within one is no lost letter


def strange(text: str) -> bool:
    """Return whether letters of a text look as if they had been read by another code page than they were saved by."""
    return _STRANGE.search(_ADDRESS.sub("", text)) is not None
