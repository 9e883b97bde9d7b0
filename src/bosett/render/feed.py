"""News as an Atom feed. Source: RFC 4287."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET  # only to write: what comes from outside is not read here

from bosett.basis.refusals import Refusal

_ATOM = "http://www.w3.org/2005/Atom"


class BadNews(Refusal):
    """A feed cannot be made of these news."""

    def __init__(self, what: str) -> None:
        super().__init__(f"A feed cannot be made: {what}")


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """One piece of news.

    Attributes:
        address: Its permanent address, which it is known by for ever.
        title: In one line.
        text: What is new, in plain words without marks.
        at: The moment, with its time zone.
    """

    address: str
    title: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewsFeed:
    """A feed.

    Attributes:
        address: Where the feed lies; it is known by this for ever.
        page: The page that people read instead.
        title: Its name.
        language: A code.
        author: Who says the news.
        entries: In any order.
    """

    address: str
    page: str
    title: str
    language: str
    author: str
    entries: tuple[NewsEntry, ...]


def atom(feed: NewsFeed) -> bytes:
    """Return a feed, the newest first.

    Raises:
        BadNews: There is no news, two have the same address, a moment has no time zone, or a text has signs that XML
            cannot hold.
    """
    _check(feed.entries)
    newest_first = sorted(feed.entries, key=lambda entry: (entry.at, entry.address), reverse=True)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(newest_first[0].at))
    _add(ET.SubElement(root, "author"), "name", feed.author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for each in newest_first:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", each.address)
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.at))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.address})
        _add(entry, "summary", each.text)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _check(entries: Sequence[NewsEntry]) -> None:
    if not entries:
        raise BadNews("there is no news")
    if len({each.address for each in entries}) < len(entries):
        raise BadNews("two have the same address")
    for each in entries:
        if each.at.tzinfo is None:
            raise BadNews(f"{each.address} is of a moment without a time zone")
        odd = {sign for sign in each.title + each.text if ord(sign) < ord(" ") and sign not in "\t\n\r"}
        if odd:
            raise BadNews(f"{each.address} has a sign that XML cannot hold: {min(odd)!r}")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
