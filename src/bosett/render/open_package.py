"""A release as a folder that describes itself: a Frictionless data package, with a hash of each file.

Source: Data Package 1.0 (specs.frictionlessdata.io): descriptor, tabular data resource, table schema.
"""

import hashlib
import json
from collections.abc import Mapping

from bosett.documents.open_data import OpenDataHome, open_word
from bosett.render.open_tables import (
    COUNT_COLUMNS,
    DECISION_COLUMNS,
    REQUEST_COLUMNS,
    counts_for_people,
    counts_for_programs,
    decisions_for_programs,
    json_stat,
    requests_for_programs,
)
from bosett.rounds.published import CountMark, PublicRelease
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

LANGUAGE = "en"
"""The language of what describes the files: the standard has one."""
PEOPLE, COUNTS, JSON_STAT = "counts-for-people.csv", "counts.csv", "counts.json"
REQUESTS, DECISIONS, RELEASE, DESCRIPTOR = "requests.csv", "decisions.csv", "release.json", "datapackage.json"

Field = Mapping[str, object]
_CODE: Field = {"type": "string", "description": "Code of the place in the code list of the year; the country is 0."}
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
    "on": {"type": "date", "description": "The day on which it was decided."},
    "minors": {"type": "integer", "description": "Unaccompanied minors among them; blank is unknown."},
}


def release_files(release: PublicRelease, home: OpenDataHome) -> Mapping[str, bytes]:
    """Return all files of a release by name; the descriptor is the last."""
    files = {
        PEOPLE: counts_for_people(release, "nb"),
        COUNTS: counts_for_programs(release),
        JSON_STAT: json_stat(release, LANGUAGE),
        REQUESTS: requests_for_programs(release),
        DECISIONS: decisions_for_programs(release),
        RELEASE: _json(release.document()),
    }
    return {**files, DESCRIPTOR: _json(_descriptor(release, home, files))}


def _descriptor(release: PublicRelease, home: OpenDataHome, files: Mapping[str, bytes]) -> Mapping[str, object]:
    return {
        "profile": "data-package",
        "name": f"settlement-{release.year}-{release.number}",
        "id": home.release(release.year, release.number),
        "title": open_word("title", LANGUAGE, year=release.year),
        "description": open_word("description", LANGUAGE),
        "homepage": home.address,
        "version": f"{release.year}.{release.number}",
        "created": f"{release.last.day.isoformat()}T00:00:00Z",
        "contributors": [
            {
                "title": release.last.publisher,
                "email": home.contact,
                "role": "publisher",
                "organization": home.organisation,
            }
        ],
        "licenses": [{"name": home.license_name, "title": home.license_title, "path": home.license_address}],
        "release": {"year": release.year, "number": release.number, "sha256": release.hash},
        "resources": [
            _table("counts", COUNTS, files, COUNT_COLUMNS, "file_counts"),
            _table("requests", REQUESTS, files, REQUEST_COLUMNS, "file_requests"),
            _table("decisions", DECISIONS, files, DECISION_COLUMNS, "file_decisions"),
            _resource("counts-for-people", PEOPLE, files, "text/csv", "file_counts_people"),
            _resource("json-stat", JSON_STAT, files, "application/json", "file_json_stat"),
            _resource("release", RELEASE, files, "application/json", "title", year=release.year),
        ],
    }


def _resource(
    name: str, path: str, files: Mapping[str, bytes], media: str, code: str, **facts: int
) -> dict[str, object]:
    content = files[path]
    return {
        "name": name,
        "path": path,
        "title": open_word(code, LANGUAGE, **facts),
        "format": path.rpartition(".")[2],
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(name: str, path: str, files: Mapping[str, bytes], columns: tuple[str, ...], code: str) -> dict[str, object]:
    return {
        **_resource(name, path, files, "text/csv", code),
        "profile": "tabular-data-resource",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": {"fields": [{"name": column, **_FIELDS[column]} for column in columns], "missingValues": [""]},
    }


def _json(document: Mapping[str, object]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
