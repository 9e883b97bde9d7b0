"""What has been published, as the public reads it: of every page, file and address for programs the only source.

A release never changes, so what has been read of one is kept. Which release is the newest is asked anew each time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any, get_type_hints

from django.db import connection
from django.db.models import QuerySet
from pydantic import TypeAdapter

from bosett.basis.refusals import Refusal
from bosett.rounds.published import HEAD, PublicRelease
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import PublishedRelease, ReleasePart

KEPT, KEPT_PARTS = 24, 96
"""Releases, and parts of them, that a process keeps in memory."""


_NEWEST = """
SELECT "year", "number", "day", "at", "sha256" FROM "records_settlementround" CROSS JOIN LATERAL (
    SELECT "number", "day", "at", "sha256" FROM "records_publishedrelease"
    WHERE "round_id" = "year" ORDER BY "number" DESC LIMIT 1
) AS "newest" ORDER BY "year" DESC
"""
"""Asked for by every page: as it is sent, since writing it anew takes longer than the database does."""


class NotPublished(Refusal):
    """There is no such release."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in the list of them."""

    year: int
    number: int
    day: date
    at: datetime
    sha256: str


def newest() -> Mapping[int, ReleaseRow]:
    """Return the newest release of each year, the newest year first. One query, however many releases there are."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        return {year: ReleaseRow(year, *columns) for year, *columns in cursor.fetchall()}


def newest_of(year: int) -> ReleaseRow:
    """Return the newest release of a year. One query.

    Raises:
        NotPublished: There is none.
    """
    return _one(PublishedRelease.objects.filter(round=year).order_by("-number"))


def numbered(year: int, number: int) -> ReleaseRow:
    """Return a release by its number. One query.

    Raises:
        NotPublished: There is no such release.
    """
    return _one(PublishedRelease.objects.filter(round=year, number=number))


def releases_of(year: int) -> tuple[ReleaseRow, ...]:
    """Return all releases of a year, the newest first. One query."""
    return _rows(PublishedRelease.objects.filter(round=year).order_by("-number"))


def release(row: ReleaseRow) -> PublicRelease:
    """Return a release with all that is in it; two queries the first time, and none after."""
    return _release(row.year, row.number, row.sha256)


def document(row: ReleaseRow) -> Mapping[str, object]:
    """Return the document of a release as it was published, whatever has been added to the shape of later ones."""
    head, parts = _stored(row.year, row.number)
    read = dict(ReleasePart.objects.filter(pk__in=parts.values()).values_list("sha256", "content"))
    return {**head, **{name: json.loads(read[key]) for name, key in parts.items()}, "hash": row.sha256}


_KINDS = get_type_hints(PublicRelease)
_READERS: Mapping[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
PARTS = tuple(name for name in _KINDS if name not in HEAD)
"""What else a release is made of: each is kept by itself, so that releases share what has not changed."""
_PARTS: dict[tuple[str, str], Any] = {}
"""What has been read of parts, by their names and hashes."""
_READING = Lock()


@lru_cache(KEPT)
def _release(year: int, number: int, sha256: str) -> PublicRelease:  # noqa: ARG001  - it tells whether it is the same
    head, parts = _stored(year, number)
    with _READING:
        return PublicRelease(**{name: _READERS[name].validate_python(head[name]) for name in HEAD}, **_parts_of(parts))


def _parts_of(parts: Mapping[str, str]) -> dict[str, Any]:
    """Return parts by name, read when they have not been yet; one thread at a time."""
    lacking = {part for part in parts.items() if part not in _PARTS and part[0] in PARTS}
    read = dict(ReleasePart.objects.filter(pk__in={key for _, key in lacking}).values_list("sha256", "content"))
    for name, key in lacking:
        _PARTS[name, key] = _READERS[name].validate_json(read[key])
    read_parts = {name: _PARTS[name, key] for name, key in parts.items() if name in PARTS}
    while len(_PARTS) > KEPT_PARTS:
        del _PARTS[next(iter(_PARTS))]
    return read_parts


def _stored(year: int, number: int) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Return the head of a release, and the hashes of its parts. One query."""
    head, parts = PublishedRelease.objects.filter(round=year, number=number).values_list("head", "parts").get()
    return head, parts


def _one(rows: QuerySet[PublishedRelease]) -> ReleaseRow:
    for row in _rows(rows[:1]):
        return row
    raise NotPublished("There is no such release")


def _rows(rows: QuerySet[PublishedRelease]) -> tuple[ReleaseRow, ...]:
    return rows_of(ReleaseRow, rows, year="round_id")
