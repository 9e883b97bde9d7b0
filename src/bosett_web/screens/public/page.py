"""A public page: made of a release, the same for all, kept as it was made until another release is there.

A page has its language in its address, so that it can be linked to, kept by caches and read without a cookie.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bosett import __version__
from bosett.basis.languages import LANGUAGE_NAMES
from bosett.rounds.open_round import OpenPlace, OpenRound
from bosett.rounds.published import PublicCount, PublicRelease
from bosett.rounds.release import ReleasePlace
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.queries.releases import published
from bosett_web.queries.releases.published import NotPublished, ReleaseRow
from bosett_web.screens import formats

KEPT, KEPT_CHOSEN = 600, 64
"""Pages that a process keeps, at some tens of kilobytes each: of all municipalities and more; and of choices."""
NEWEST, FOR_EVER = "public, max-age=15", "public, max-age=31536000, immutable"
"""How long others may keep what they have read: the newest a moment, a release by its number for ever."""
PLACES = (
    ("year", "public_year"),
    ("places", "public_places"),
    ("calendar", "public_calendar"),
    ("criteria", "public_criteria"),
    ("documents", "public_documents"),
    ("data", "public_data"),
)
"""The places of a year on the public pages, in their order."""


class LanguageConverter:
    """Reads the language at the beginning of a public page's address."""

    regex = "|".join(LANGUAGE_NAMES)

    def to_python(self, value: str) -> str:
        """Return the language."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands in an address."""
        return value


class PublicView:
    """What a public page is made of.

    Attributes:
        language: nb, nn or en.
        newest: The newest release of each year, the newest year first.
        row: The release that is read.
        query: What is asked for beside the address.
    """

    def __init__(
        self, language: str, newest: Mapping[int, ReleaseRow], row: ReleaseRow, query: Mapping[str, str]
    ) -> None:
        self.language, self.newest, self.row, self.query = language, newest, row, query

    @property
    def year(self) -> int:
        """The settlement year."""
        return self.row.year

    @property
    def is_newest(self) -> bool:
        """Whether the release is the newest of its year."""
        newest = self.newest.get(self.year)
        return newest is not None and newest.number == self.row.number

    @cached_property
    def release(self) -> PublicRelease:
        """All that has been published."""
        return published.release(self.row)

    @cached_property
    def round(self) -> OpenRound:
        """How far the round has come.

        Raises:
            Http404: The release does not tell.
        """
        if self.release.round is None:
            raise Http404
        return self.release.round

    @cached_property
    def places(self) -> Mapping[str, ReleasePlace]:
        """The places of the year by code."""
        return {place.code: place for place in self.release.places}

    @cached_property
    def municipalities(self) -> Mapping[str, OpenPlace]:
        """What is told of each municipality, by code."""
        return {each.code: each for each in self.release.municipalities}

    @cached_property
    def counts(self) -> Mapping[tuple[str, SettlementStep, LedgerGroup], PublicCount]:
        """The newest counts by place, step and group; empty before there are any."""
        newest = self.release.counts
        return {(each.place, each.step, each.group): each for each in newest.counts} if newest else {}


Builder = Callable[..., Mapping[str, Any]]


class _Shelf:
    """Pages as they were made, for all threads of a process: so many, and those that were read last stay."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._pages: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def take(self, key: tuple[object, ...]) -> bytes | None:
        """Return a page; None when it is not there."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: tuple[object, ...], content: bytes) -> None:
        """Keep a page, and let go of those that nobody has read for longest."""
        with self._lock:
            self._pages[key] = content
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)


_PLAIN, _CHOSEN = _Shelf(KEPT), _Shelf(KEPT_CHOSEN)
"""Pages as they are, and as somebody has chosen to see them: whatever is asked for pushes out none of the first."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: where it stands, and the release."""

    path: str
    view: PublicView

    @property
    def key(self) -> tuple[object, ...]:
        """What the page depends on, and nothing else."""
        newest = tuple((row.year, row.number) for row in self.view.newest.values())
        return (self.path, tuple(sorted(self.view.query.items())), self.view.row.sha256, newest, __version__)


def public_page(builder: Builder, *, asks: tuple[str, ...] = ()) -> Callable[..., HttpResponse]:
    """Return the address's view of a page; its template lies beside the builder, and has its name.

    Args:
        builder: Builds it of a `PublicView` and the parts of its address.
        asks: Names of what may be asked for beside the address; others change nothing.
    """

    @require_safe
    @wraps(builder)
    def inner(
        request: HttpRequest, language: str, year: int | None = None, number: int | None = None, **parts: str
    ) -> HttpResponse:
        newest = published.newest()
        row = _row(newest, year, number)
        query = {name: request.GET[name] for name in asks if request.GET.get(name)}
        if row is None:
            return _nothing_yet(request, language)
        asked = _Asked(request.path, PublicView(language, newest, row, query))
        etag = f'"{hashlib.sha256(repr(asked.key).encode()).hexdigest()[:32]}"'
        keeps = NEWEST if number is None else "public, max-age=3600"
        if request.headers.get("If-None-Match") == etag:
            return _kept_by_others(HttpResponseNotModified(), etag, keeps)
        shelf = _CHOSEN if query else _PLAIN
        content = shelf.take(asked.key)
        if content is None:
            content = _made(builder, asked.view, request.path, parts)
            shelf.put(asked.key, content)
        return _kept_by_others(HttpResponse(content), etag, keeps)

    return inner


def _row(newest: Mapping[int, ReleaseRow], year: int | None, number: int | None) -> ReleaseRow | None:
    """Return the release that is asked for, by default that of the year that goes on; None while there is none at all.

    Raises:
        Http404: There is no such release.
    """
    if year is None:
        return newest.get(_running_year(newest)) or next(iter(newest.values()), None)
    if number is None:
        row = newest.get(year)
        if row is None:
            raise Http404(year)
        return row
    try:
        return published.numbered(year, number)
    except NotPublished:
        raise Http404(number) from None


def _running_year(newest: Mapping[int, ReleaseRow]) -> int:
    """Return the year that goes on; the demo has a date of its own, which its releases tell."""
    today = timezone.localdate()
    return max((row.day for row in newest.values()), default=today).year if settings.DEMO else today.year


def _made(builder: Builder, view: PublicView, path: str, parts: Mapping[str, str]) -> bytes:
    context = builder(view, **parts)
    name = builder.__name__
    base = {
        **frame(view.language, path),
        "page": name,
        "view": view,
        "year": view.year,
        "release": view.release,
        "released_at": formats.moment(view.row.at, view.language),
        "years": [*view.newest],
        "navigation": [
            (
                f"public_nav_{code}",
                reverse(address, args=[view.language, view.year]),
                code == context.get("lies_in", name),
            )
            for code, address in PLACES
        ],
    }
    return render_to_string(f"public/{name}.html", {**base, **context}).encode()


def frame(language: str, path: str) -> Mapping[str, Any]:
    """Return what surrounds every public page."""
    prefix = f"/{language}/"
    rest = path.removeprefix(prefix) if path.startswith(prefix) else ""
    return {
        "language": language,
        "languages": [(code, name, f"/{code}/{rest}") for code, name in LANGUAGE_NAMES.items()],
        "demo": settings.DEMO,
        "sender": settings.SENDER,
        "address": settings.ADDRESS,
        "path": path,
    }


def _nothing_yet(request: HttpRequest, language: str) -> HttpResponse:
    """Return the page that tells that nothing has been published yet."""
    answer = HttpResponse(render_to_string("public/nothing.html", {**frame(language, request.path), "years": ()}))
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _kept_by_others(answer: HttpResponse, etag: str, keeps: str) -> HttpResponse:
    answer.headers["ETag"], answer.headers["Cache-Control"] = etag, keeps
    return answer
