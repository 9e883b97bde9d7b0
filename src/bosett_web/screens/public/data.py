"""Open data: the files of a release, all releases of a year, and how programs read the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from bosett.documents.open_data import open_word
from bosett.render.open_package import DESCRIPTOR, PACKAGE, files_of
from bosett_web.queries.releases import published
from bosett_web.screens import formats
from bosett_web.screens.public.page import PublicView


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a release."""

    address: str
    title: str
    kind: str


def data(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    releases = published.releases_of(view.year)
    return {
        "files": file_rows(view),
        "releases": [
            (
                row.number,
                reverse("public_release", args=[view.language, view.year, row.number]),
                formats.moment(row.at, view.language),
                row.sha256,
            )
            for row in releases
        ],
        "feed": reverse("public_feed", args=[view.language, view.year]),
        "catalogue": reverse("public_catalogue"),
        "api": "/api/v1/rounds",
        "description": "/api/v1/openapi.json",
        "documents": reverse("public_documents", args=[view.language, view.year]),
        "licence": settings.OPEN_DATA.license_title,
        "licence_address": settings.OPEN_DATA.license_address,
        "contact": settings.OPEN_DATA.contact,
        "permanent": settings.OPEN_DATA.release(view.year, view.release.number),
    }


def file_rows(view: PublicView) -> list[FileRow]:
    """Return the files of the release that is read, each at its permanent address."""
    named = [(each.name, each.title, each.kind) for each in files_of(view.release)]
    named += [(PACKAGE, "file_archive", "ZIP"), (DESCRIPTOR, "file_package", "JSON")]
    return [
        FileRow(
            reverse("public_file", args=[view.year, view.release.number, name]),
            open_word(title, view.language, year=view.year),
            kind,
        )
        for name, title, kind in named
    ]
