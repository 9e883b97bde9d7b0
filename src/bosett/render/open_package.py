"""A release as a folder that describes itself: a Frictionless data package, with a hash of each file.

Source: Data Package 1.0 (specs.frictionlessdata.io): descriptor, tabular data resource, table schema.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from bosett.documents.open_data import OpenDataHome, open_word
from bosett.figures.kinds import Status
from bosett.render.open_tables import (
    COUNT_COLUMNS,
    DECISION_COLUMNS,
    PLACE_COLUMNS,
    REQUEST_COLUMNS,
    counts_for_people,
    counts_for_programs,
    decisions_for_programs,
    json_stat,
    places_for_programs,
    requests_for_programs,
)
from bosett.render.open_workbook import release_workbook
from bosett.rounds.published import CountMark, PublicRelease
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

LANGUAGE = "en"
"""The language of what describes the files: the standard has one."""
DOCUMENT, DESCRIPTOR, PACKAGE = "release.json", "datapackage.json", "package.zip"
_BEGUN = (1980, 1, 1, 0, 0, 0)
"""The moment that each file in an archive has: the same release, the same bytes."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file that a release may have.

    Attributes:
        name: Its name.
        title: Code of what it is called.
        kind: As the EU's table of file types has it.
        media: Its media type.
        make: Makes it of a release.
        has: Tells whether a release has it.
        columns: Of a table for programs; else empty.
    """

    name: str
    title: str
    kind: str
    media: str
    make: Callable[[PublicRelease], bytes]
    has: Callable[[PublicRelease], bool]
    columns: tuple[str, ...] = ()


def _json(document: Mapping[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _always(release: PublicRelease) -> bool:  # noqa: ARG001  - as the others are asked
    return True


def _counted(release: PublicRelease) -> bool:
    return bool(release.days)


def _told(release: PublicRelease) -> bool:
    return bool(release.municipalities)


CSV, JSON, BOOK = "text/csv", "application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Sequence[ReleaseFile] = (
    ReleaseFile("release-nb.xlsx", "file_workbook_nb", "XLSX", BOOK, partial(release_workbook, language="nb"), _told),
    ReleaseFile("release-nn.xlsx", "file_workbook_nn", "XLSX", BOOK, partial(release_workbook, language="nn"), _told),
    ReleaseFile("release-en.xlsx", "file_workbook_en", "XLSX", BOOK, partial(release_workbook, language="en"), _told),
    ReleaseFile(
        "counts-for-people.csv", "file_counts_people", "CSV", CSV, partial(counts_for_people, language="nb"), _counted
    ),
    ReleaseFile("counts.csv", "file_counts", "CSV", CSV, counts_for_programs, _counted, COUNT_COLUMNS),
    ReleaseFile("counts.json", "file_json_stat", "JSON", JSON, partial(json_stat, language=LANGUAGE), _counted),
    ReleaseFile("municipalities.csv", "file_places", "CSV", CSV, places_for_programs, _told, PLACE_COLUMNS),
    ReleaseFile("requests.csv", "file_requests", "CSV", CSV, requests_for_programs, _always, REQUEST_COLUMNS),
    ReleaseFile("decisions.csv", "file_decisions", "CSV", CSV, decisions_for_programs, _always, DECISION_COLUMNS),
    ReleaseFile(DOCUMENT, "file_release", "JSON", JSON, lambda release: _json(release.document()), _always),
)
"""What a release consists of, for people first; what describes the others comes beside them."""

Field = Mapping[str, object]
_CODE: Field = {"type": "string", "description": "Code of the place in the code list of the year; the country is 0."}
_STATUS: Field = {
    "type": "string",
    "description": "ok: the number. not_asked: asked for nobody. hidden: kept back by its publisher. missing: unknown.",
    "constraints": {"enum": [each.value for each in Status], "required": True},
}
_FIELDS: Mapping[str, Field] = {
    "day": {"type": "date", "description": "Day of the release that the count is of; the year so far is counted."},
    "place": _CODE,
    "municipality": _CODE,
    "name": {"type": "string", "description": "Name of the place."},
    "part_of": {"type": "string", "description": "Code of the place that it is a part of; blank for the country."},
    "step": {"type": "string", "constraints": {"enum": [each.value for each in SettlementStep]}},
    "group": {"type": "string", "constraints": {"enum": [each.value for each in LedgerGroup]}},
    "persons": {
        "type": "integer",
        "description": "Persons. 0 is nobody; blank is that there is no number, as the mark says.",
        "constraints": {"minimum": 0},
    },
    "mark": {
        "type": "string",
        "description": "shown: the number. at_least: no fewer, as some are hidden by others or unknown. hidden: few "
        "persons, or what would give few away. unknown: nobody has told.",
        "constraints": {"enum": [each.value for each in CountMark], "required": True},
    },
    "version": {"type": "integer", "description": "1 is the first request."},
    "answers": {"type": "integer", "description": "Version of the request that it answers."},
    "asked": {"type": "integer", "description": "Persons that it is asked for now; blank as the status says."},
    "asked_status": _STATUS,
    "decided": {"type": "integer", "description": "Persons that it has decided to settle; 0 is no."},
    "decided_status": _STATUS,
    "inhabitants": {"type": "integer", "description": "On the newest 1 January that was known before the round."},
    "centrality": {"type": "integer", "description": "Class of centrality by SSB; 1 is the most central."},
    "region": {"type": "string", "description": "Its labour market region; blank is not known."},
    "on": {"type": "date", "description": "The day on which it was decided."},
    "minors": {"type": "integer", "description": "Unaccompanied minors among them; blank is unknown."},
}


def files_of(release: PublicRelease) -> tuple[ReleaseFile, ...]:
    """Return the files that a release has; the one that describes them is not among them."""
    return tuple(each for each in FILES if each.has(release))


def release_files(
    release: PublicRelease, home: OpenDataHome, document: Mapping[str, object] | None = None
) -> Mapping[str, bytes]:
    """Return all files of a release by name; the descriptor is the last.

    Args:
        release: What has been published.
        home: Who publishes, and where.
        document: Its document, where that is kept as it was published; by default as it would be now.
    """
    files = {each.name: each.make(release) for each in files_of(release)}
    if document is not None:
        files[DOCUMENT] = _json(document)
    return {**files, DESCRIPTOR: _json(_descriptor(release, home, files))}


def release_package(files: Mapping[str, bytes]) -> bytes:
    """Return the files of a release as one archive: the same files, the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(zipfile.ZipInfo(name, _BEGUN), file, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _descriptor(release: PublicRelease, home: OpenDataHome, files: Mapping[str, bytes]) -> Mapping[str, object]:
    return {
        "profile": "data-package",
        "name": f"settlement-{release.year}-{release.number}",
        "id": home.release(release.year, release.number),
        "title": open_word("title", LANGUAGE, year=release.year),
        "description": open_word("description", LANGUAGE),
        "homepage": home.address,
        "version": f"{release.year}.{release.number}",
        "created": f"{release.day.isoformat()}T00:00:00Z",
        "contributors": [
            {
                "title": release.publisher,
                "email": home.contact,
                "role": "publisher",
                "organization": home.organisation,
            }
        ],
        "licenses": [{"name": home.license_name, "title": home.license_title, "path": home.license_address}],
        "release": {"year": release.year, "number": release.number, "sha256": release.hash},
        "resources": [_resource(each, files[each.name], release.year) for each in files_of(release)],
    }


def _resource(file: ReleaseFile, content: bytes, year: int) -> dict[str, object]:
    resource = {
        "name": file.name.replace(".", "-") if not file.columns else file.name.removesuffix(".csv"),
        "path": file.name,
        "title": open_word(file.title, LANGUAGE, year=year),
        "format": file.name.rpartition(".")[2],
        "mediatype": file.media,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if file.media != BOOK:
        resource["encoding"] = "utf-8"
    if not file.columns:
        return resource
    return {
        **resource,
        "profile": "tabular-data-resource",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": {"fields": [{"name": column, **_FIELDS[column]} for column in file.columns], "missingValues": [""]},
    }
