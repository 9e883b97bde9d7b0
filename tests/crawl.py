"""A walk through everything that somebody can read in the workspace: every address, and every link from there.

A crawl begins at the addresses of the routes, with arguments from the demo, and follows links breadth first.
Pages that differ by an argument alone are of one kind; a few of each kind are read.
"""

import io
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.etree import ElementTree as ET

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from python_calamine import CalamineWorkbook

from bosett.render.open_package import FILES
from bosett.rounds.parties import Grade, Party
from pdfs import Read
from readers import client_of

EACH = 2
"""How many pages of one kind one reader reads."""
SHOWN = ("aria-label", "alt", "title", "placeholder", "data-label")
"""Attributes that are shown to people, or read to them."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements that have no end."""
UNSEEN = frozenset({"script", "style", "template"})
INLINE = frozenset({"a", "abbr", "b", "br", "cite", "em", "i", "input", "mark", "q", "s", "small", "span", "strong"})
"""Elements that go on in the line that they stand in; all others begin a new one."""
WRITTEN = frozenset({"text", "search", "number", "submit"})
"""Kinds of input whose value is shown as it is."""
OF_FEEDS = frozenset({"id", "uri", "updated", "published"})
"""Elements of a feed that are for programs."""
AS_SENT = frozenset({"decision_document", "document"})
"""Routes of documents that others have made: they are fetched, and not read."""
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Arguments = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True)
class Reader:
    """Who reads: a party of the demo with a grade, or the public, in a language."""

    party: Party
    area: str = ""
    grade: Grade = Grade.CASE_WORKER
    language: str = "nb"

    def __str__(self) -> str:
        return " ".join(filter(None, (self.party, self.area, self.grade, self.language)))

    def client(self) -> Client:
        """Return a client that reads as them."""
        return client_of(self.party, self.area, self.grade, self.language)


@dataclass(frozen=True)
class Page:
    """What stands at an address: its route, the kind of file, and what people read there, line by line."""

    address: str
    route: str
    media: str
    lines: tuple[str, ...]


@dataclass
class Crawl:
    """The pages that a reader came to, and the addresses at which the program failed."""

    pages: list[Page] = field(default_factory=list)
    broken: list[tuple[str, int]] = field(default_factory=list)

    def at(self, address: str) -> Page:
        """Return the page at an address."""
        return next(page for page in self.pages if page.address == address)


Watch = Callable[[str, bytes], None]
"""Is given the address and the bytes of every answer that a reader gets."""


def crawl(
    reader: Reader, seeds: Sequence[str], *, years: Collection[int], each: int = EACH, watch: Watch | None = None
) -> Crawl:
    """Read everything that a reader comes to from some addresses, in the rounds of some years."""
    client, crawled, counts = reader.client(), Crawl(), Counter[tuple[object, ...]]()
    waiting, seen = deque(seeds), set(seeds)
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if kind is None or counts[kind] >= each or kind[1] not in (None, *years):
            continue
        answer = client.get(address)
        if watch is not None:
            watch(address, content_of(answer))
        if answer.status_code >= 500:
            crawled.broken.append((address, answer.status_code))
            continue
        following = [answer.headers["Location"]] if answer.status_code in (301, 302) else []
        if answer.status_code == 200:
            counts[kind] += 1
            media = answer.headers.get("Content-Type", "").split(";")[0]
            lines, following = read(media, content_of(answer)) if kind[0] not in AS_SENT else ([], [])
            crawled.pages.append(Page(address, str(kind[0]), media, tuple(lines)))
        for link in following:
            whole = urljoin(address, link).split("#")[0]
            if whole not in seen:
                seen.add(whole)
                waiting.append(whole)
    return crawled


def _kind(address: str) -> tuple[object, ...] | None:
    """Return what pages of one kind have in common: route, year, what is asked; None for what is no page of ours."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        route = resolve(parts.path)
    except Resolver404:
        return None
    return (route.view_name, route.kwargs.get("year"), *sorted(parse_qs(parts.query)))


def routes() -> Iterator[tuple[str, str]]:
    """Yield name and pattern of every route of the workspace."""

    def below(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
        for each in resolver.url_patterns:
            pattern = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from below(each, pattern, f"{space}{each.namespace}:" if each.namespace else space)
            elif isinstance(each, URLPattern):
                yield f"{space}{each.name}", pattern

    yield from below(get_resolver(), "/", "")


def addresses(known: Arguments, years: Collection[int]) -> Iterator[str]:
    """Yield the addresses of every route, with arguments of the demo.

    Args:
        known: By name of a route, sets of arguments beside the year; a route that needs none need not be named.
        years: Years of the rounds.
    """
    for name, pattern in routes():
        for year in years if ":year>" in pattern else ("",):
            for given in known.get(name, ({},)):
                filled = pattern
                for argument, value in {"year": year, **given}.items():
                    filled = re.sub(rf"<\w+:{argument}>", str(value), filled)
                if "<" not in filled:
                    yield filled


def public_arguments(languages: Sequence[str], county: str, municipality: str, numbers: Collection[int]) -> Arguments:
    """Return the arguments of the public pages' routes.

    Args:
        languages: In which they are read.
        county: Code of the county that is read.
        municipality: Code of the municipality.
        numbers: Which releases are read by their numbers.
    """
    within: Mapping[str, Sequence[Mapping[str, object]]] = {
        "public_county": [{"code": county}],
        "public_help": [{"name": "public_year"}],
        "public_municipality": [{"code": municipality}],
        "public_release": [{"number": number} for number in numbers],
    }
    known: dict[str, Sequence[Mapping[str, object]]] = {
        name: [{"language": language, **given} for language in languages for given in within.get(name, [{}])]
        for name, pattern in routes()
        if "<language:language>" in pattern
    }
    files = [{"number": number, "name": each.name} for number in numbers for each in FILES]
    return {**known, "public_permanent": [{"number": number} for number in numbers], "public_file": files}


def content_of(answer: HttpResponseBase) -> bytes:
    """Return what an answer holds, whether it came at once or in pieces."""
    response: Any = answer
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def read(media: str, content: bytes) -> tuple[list[str], list[str]]:
    """Return what people read in a file, line by line, and the links that lead on."""
    if media == "text/html":
        page = _Html()
        page.feed(content.decode())
        page.close()
        return page.lines(), page.links
    if media == "application/pdf":
        return [Read(content).whole], []
    if media == BOOK:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [name for name, kept in zip(book.sheet_names, book.sheets_metadata, strict=True) if _is_seen(kept)]
        rows = [row for name in shown for row in book.get_sheet_by_name(name).to_python()]
        return [*shown, *(_plain(cell) for row in rows for cell in row if cell != "")], []
    if media == "application/atom+xml":
        return _feed(content)
    if media in ("application/json", "text/csv", "text/calendar"):
        return content.decode("utf-8-sig").replace("\r\n ", "").splitlines(), []
    return [], []


def _feed(content: bytes) -> tuple[list[str], list[str]]:
    """Return what people read in a feed: the texts, without what programs know an entry by, and its links."""
    root = ET.fromstring(content)  # noqa: S314  - our own
    elements = [(element.tag.rpartition("}")[2], element) for element in root.iter()]
    lines = [element.text.strip() for name, element in elements if name not in OF_FEEDS and element.text]
    return [line for line in lines if line], [element.attrib["href"] for name, element in elements if name == "link"]


def values_of(page: Page) -> Iterator[tuple[str, object]]:
    """Yield each value of a JSON answer with the name that it stands under."""

    def below(name: str, value: object) -> Iterator[tuple[str, object]]:
        if isinstance(value, dict):
            for key, each in value.items():
                yield from below(key, each)
        elif isinstance(value, list):
            for each in value:
                yield from below(name, each)
        else:
            yield name, value

    yield from below("", json.loads("\n".join(page.lines)))


def _is_seen(sheet: Any) -> bool:  # noqa: ANN401 (calamine's own)
    return str(sheet.visible).endswith(".Visible")


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class _Html(HTMLParser):
    """What is seen of a page: its text in lines, its labels, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._lines: list[list[str]] = [[]]
        self._labels: list[str] = []
        self._unseen = 0
        self._language = ""
        self._foreign: list[str] = []
        """The open elements of what is marked as in another language than the page: it is not the page's own words."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, unless the element goes on in one; note labels, links and what a field holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._language = given.get("lang", "")
        elif (self._foreign or given.get("lang", self._language) != self._language) and tag not in VOID:
            self._foreign.append(tag)
        self._unseen += tag in UNSEEN
        if tag not in INLINE:
            self._lines.append([])
        if tag == "br":
            self._lines[-1].append(" ")
        self._labels += [given[name] for name in SHOWN if given.get(name)]
        if tag == "input" and given.get("type", "text") in WRITTEN:
            self._lines[-1].append(given.get("value", ""))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        """End the line, unless the element stands within one."""
        self._unseen -= tag in UNSEEN
        if self._foreign and tag == self._foreign[-1]:
            self._foreign.pop()
        if tag not in INLINE:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        """Note text that is seen."""
        if not self._unseen and not self._foreign:
            self._lines[-1].append(data)

    def lines(self) -> list[str]:
        """Return the lines that hold something, with plain spaces, then the labels, each once."""
        whole = (re.sub(r"\s+", " ", "".join(parts)).strip() for parts in self._lines)
        return [*(line for line in whole if line), *dict.fromkeys(self._labels)]
