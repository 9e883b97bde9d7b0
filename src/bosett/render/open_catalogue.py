"""A catalogue of releases that catalogues of data read: DCAT-AP-NO, as JSON-LD.

Source: DCAT-AP-NO 2 (data.norge.no/specification/dcat-ap-no): what it asks of a catalogue (title, description,
identifier, publisher, contact point, datasets), a dataset (the same with theme) and a distribution (access address,
format, licence); codes of the EU's authority tables.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bosett.basis.languages import LANGUAGES
from bosett.documents.open_data import WORDS, OpenDataHome
from bosett.render.open_package import DESCRIPTOR, JSON, PACKAGE, files_of
from bosett.rounds.published import PublicRelease

_EU = "http://publications.europa.eu/resource/authority"
_ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations"
_CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE_CODES: Mapping[str, str] = {"nb": "NOB", "nn": "NNO", "en": "ENG"}
Node = Mapping[str, object]


def catalogue(releases: Sequence[PublicRelease], home: OpenDataHome) -> bytes:
    """Return the catalogue of releases: each is a dataset, with its files.

    Args:
        releases: One or more; the publisher is that of the last.
        home: Who publishes, and where.
    """
    document = {
        "@context": _CONTEXT,
        "@graph": [
            {
                "@id": home.address,
                "@type": "dcat:Catalog",
                "dct:identifier": home.address,
                "dct:title": _in_all("catalogue_title"),
                "dct:description": _in_all("catalogue_description"),
                "dct:publisher": _publisher(home),
                "dcat:contactPoint": {"@id": f"{home.address}#contact"},
                "dct:language": [_link(f"{_EU}/language/{_LANGUAGE_CODES[each]}") for each in LANGUAGES],
                "dct:license": _link(home.license_address),
                "dct:issued": _day(min(each.day for each in releases)),
                "dct:modified": _day(max(each.day for each in releases)),
                "dcat:dataset": [_link(home.release(each.year, each.number)) for each in releases],
            },
            {
                **_publisher(home),
                "@type": "foaf:Agent",
                "dct:identifier": home.organisation,
                "foaf:name": {"@value": releases[-1].publisher, "@language": "nb"},
            },
            {
                "@id": f"{home.address}#contact",
                "@type": "vcard:Organization",
                "vcard:fn": releases[-1].publisher,
                "vcard:hasEmail": _link(f"mailto:{home.contact}"),
            },
            *(node for each in releases for node in _nodes(each, home)),
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _nodes(release: PublicRelease, home: OpenDataHome) -> Iterable[Node]:
    """Yield a dataset and its distributions."""
    address = home.release(release.year, release.number)
    yield {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": address,
        "dct:title": _in_all("title", year=release.year),
        "dct:description": _in_all("description"),
        "dcat:keyword": _in_all("keyword"),
        "dct:publisher": _publisher(home),
        "dcat:contactPoint": {"@id": f"{home.address}#contact"},
        "dcat:theme": _link(f"{_EU}/data-theme/SOCI"),
        "dct:accessRights": _link(f"{_EU}/access-right/PUBLIC"),
        "dct:spatial": _link(f"{_EU}/country/NOR"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(date(release.year, 1, 1)),
            "dcat:endDate": _day(min(release.day, date(release.year, 12, 31))),
        },
        "dct:issued": _day(release.day),
        "dct:modified": _day(release.day),
        "owl:versionInfo": f"{release.year}.{release.number}",
        "dcat:distribution": [_link(home.file(release, name)) for name, *_ in _files(release)],
    }
    for name, kind, media, code in _files(release):
        yield {
            "@id": home.file(release, name),
            "@type": "dcat:Distribution",
            "dct:title": _in_all(code, year=release.year),
            "dcat:accessURL": _link(home.file(release, name)),
            "dcat:downloadURL": _link(home.file(release, name)),
            "dct:format": _link(f"{_EU}/file-type/{kind}"),
            "dcat:mediaType": _link(f"https://www.iana.org/assignments/media-types/{media}"),
            "dct:license": _link(home.license_address),
        }


def _files(release: PublicRelease) -> Sequence[tuple[str, str, str, str]]:
    """Return name, type of file, media type and code of the title of all files of a release."""
    return [
        *((each.name, each.kind, each.media, each.title) for each in files_of(release)),
        (DESCRIPTOR, "JSON", JSON, "file_package"),
        (PACKAGE, "ZIP", "application/zip", "file_archive"),
    ]


def _publisher(home: OpenDataHome) -> Node:
    return _link(f"{_ORGANISATIONS}/{home.organisation}")


def _in_all(code: str, **facts: int) -> Sequence[Node]:
    """Return a text in each language, with its tag."""
    texts = WORDS[code]._asdict().items()
    return [{"@value": text.format(**facts), "@language": language} for language, text in texts]


def _link(address: str) -> Node:
    return {"@id": address}


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
