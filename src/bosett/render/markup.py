"""Pieces of HTML: everything that is not markup of our own is escaped on its way in."""

from collections.abc import Sequence
from html import escape


def tag(name: str, content: str = "", **attributes: str | int | None) -> str:
    """Return an element around `content`, which is markup; attribute values are escaped, None leaves one out.

    An underscore ends a name that is a word of Python (`class_`), and stands for a hyphen inside a name.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>"


def text(words: str) -> str:
    """Return words as markup."""
    return escape(words, quote=False)


def grouped(value: int) -> str:
    """Return a whole number with no-break spaces between thousands."""
    return f"{value:,}".replace(",", "\u00a0")


def paragraph(words: str, class_: str | None = None) -> str:
    """Return a paragraph of plain words."""
    return tag("p", text(words), class_=class_)


def region(label: str, content: str) -> str:
    """Return a part that scrolls sideways on its own when it must, reachable from the keyboard."""
    return tag("div", content, class_="scroll", role="region", tabindex=0, aria_label=label)


def table(caption: str, heads: Sequence[str], rows: Sequence[str], class_: str | None = None) -> str:
    """Return a table of ready rows under plain column titles."""
    titles = "".join(tag("th", text(head), scope="col") for head in heads)
    return tag(
        "table",
        tag("caption", text(caption), class_="unseen")
        + tag("thead", tag("tr", titles))
        + tag("tbody", "\n".join(rows)),
        class_=class_,
    )
