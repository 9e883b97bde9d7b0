"""Lists that are shown a page at a time: where a page begins, and the question that leads to another."""

from collections.abc import Mapping
from urllib.parse import urlencode


def start_of(written: str) -> int:
    """Return the place in a long list that a page of it begins at, as it is asked for; 0 for what is no place."""
    return min(int(written), 10**6) if written.isdecimal() and written.isascii() and len(written) < 8 else 0


def question(chosen: Mapping[str, str], start: int, name: str = "start") -> str:
    """Return the question of the page of a list that begins at a place, of what is chosen of it.

    `name` is what the question calls that place: a page with two long lists has two.
    """
    asked = {**chosen, name: str(start) if start else ""}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def around(
    chosen: Mapping[str, str], start: int, most: int, count: int, name: str = "start"
) -> Mapping[str, str | int | None]:
    """Return where the page of a list begins and ends, and the questions of the pages before and after it.

    Args:
        chosen: What is chosen of the list.
        start: Where the page begins; the first is 0.
        most: Rows on a page.
        count: Rows in all.
        name: What the question calls the place where the page begins.
    """
    return {
        "count": count,
        "first": start + 1,
        "last": min(start + most, count),
        "newer": question(chosen, max(start - most, 0), name) if start else None,
        "older": question(chosen, start + most, name) if start + most < count else None,
    }
