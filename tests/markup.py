"""Markup of a page as a test reads it: on one line, whatever lines its template has."""

import re

BLOCKS = (
    "article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header"
    "|html|legend|li|main|nav|ol|option|p|section|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
"""Elements at whose edges white space shows nothing."""


def tidy(page: str) -> str:
    """Return a page's markup with single blanks, and none where a browser shows none; what a field holds stays."""
    return "".join(
        part if part.startswith("<textarea") else _tidied(part)
        for part in re.split(r"(<textarea\b.*?</textarea>)", page, flags=re.DOTALL)
    )


def _tidied(text: str) -> str:
    text = re.sub(r"[ \t\r\n]+", " ", text)
    text = re.sub(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?", r"\1", text)
    return text.replace(" >", ">")
