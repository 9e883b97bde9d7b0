"""Open data of a release: hidden, unknown and 0 told apart in every form, read back, described and found."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bosett.documents.open_data import BadOpenDataHome, OpenDataHome
from bosett.figures import Status
from bosett.render.feed import BadNews, NewsEntry, NewsFeed, atom
from bosett.render.open_catalogue import catalogue
from bosett.render.open_package import PACKAGE, release_files
from bosett.render.open_tables import (
    counts_for_people,
    counts_for_programs,
    decisions_for_programs,
    json_stat,
    requests_for_programs,
)
from bosett.rounds.published import CountMark, PublicRelease, public_release
from bosett.rounds.release import PublicDecision, PublicRequest, release_of
from bosett.sources.answers import document
from bosett.sources.fetching import Fetched
from bosett.sources.json_stat import SSB_MARKS, read_cube
from releases import ASKVOLL, BREMANGER, FJALER, ONE, PUBLISHER, YEAR, end_of, facts_of, places_of, rows_of

FIRST, SECOND = end_of(YEAR, 1), end_of(YEAR, 2)
HOME = OpenDataHome(
    address="https://example.org/open",
    organisation="123456789",
    contact="data@example.org",
    license_name="NLOD-2.0",
    license_title="Norsk lisens for offentlige data",
    license_address="https://data.norge.no/nlod/no/2.0",
)


@pytest.fixture(scope="module")
def public() -> PublicRelease:
    """Two releases: 2 minors of Askvoll are hidden, none are told of in Fjaler, and 5001 has nobody."""
    places = places_of({"46": (ASKVOLL, FJALER, BREMANGER), "50": ("5001", "5006")})
    counted = {ASKVOLL: (12, 2), FJALER: (27, None), BREMANGER: (17, 8), "5001": (0, 0)}
    facts = replace(
        facts_of(rows_of(counted, FIRST), FIRST, places=places),
        requests=(PublicRequest(FJALER, 1, 3, None, date(2020, 12, 1)), PublicRequest("5001", 1, 10, 0, FIRST)),
        decisions=(PublicDecision(FJALER, 1, 0, 0, FIRST),),
    )
    january = release_of(facts, ONE)
    return public_release(release_of(replace(facts, day=SECOND), ONE, former=january))


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode())))


def test_csv_for_programs_has_each_count_of_each_day_with_its_mark(public: PublicRelease) -> None:
    content = counts_for_programs(public)
    lines = lines_of(content)
    assert content.isascii() is False or b"\xef\xbb\xbf" not in content
    assert len(lines) == 2 * len(public.places) * 6
    of_day = {
        (line["place"], line["group"]): (line["persons"], line["mark"])
        for line in lines
        if (line["day"], line["step"]) == ("2021-02-28", "settled")
    }
    assert of_day[ASKVOLL, "minors"] == ("", "hidden")
    assert of_day[FJALER, "minors"] == ("", "unknown")
    assert of_day["5001", "all"] == ("0", "shown")
    assert of_day["0", "all"] == ("56", "at_least")
    assert lines[0] == {
        "day": "2021-01-31",
        "place": "0",
        "name": "Norge",
        "part_of": "",
        "step": "enquired",
        "group": "all",
        "persons": "",
        "mark": "unknown",
    }


def test_csv_for_people_has_a_line_for_each_place_in_words(public: PublicRelease) -> None:
    content = counts_for_people(public, "nn")
    assert content.startswith(b"\xef\xbb\xbfDag;Nummer;Stad;")
    lines = {line[1]: line for line in csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")}
    assert lines["Nummer"][-2:] == ["Busett, alle", "Busett, einslege mindreårige"]
    assert lines[ASKVOLL][-2:] == ["12", "skjerma"]
    assert lines[FJALER][-2:] == ["27", "ukjend"]
    assert lines["5001"][-2:] == ["0", "0"]
    assert lines["0"] == ["2021-02-28", "0", "Noreg", *["ukjend"] * 4, "56 eller fleire", "10 eller fleire"]


def test_requests_and_decisions_are_whole_and_a_blank_is_unknown(public: PublicRelease) -> None:
    requests, decisions = lines_of(requests_for_programs(public)), lines_of(decisions_for_programs(public))
    assert [(line["municipality"], line["persons"], line["minors"]) for line in requests] == [
        (FJALER, "3", ""),
        ("5001", "10", "0"),
    ]
    assert [(line["answers"], line["on"], line["persons"], line["minors"]) for line in decisions] == [
        ("1", "2021-01-31", "0", "0")
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_json_stat_is_read_back_by_our_own_reader(public: PublicRelease, language: str) -> None:
    fetched = Fetched(json_stat(public, language), "a.json", SECOND)
    cube = read_cube(document(fetched), fetched, {**SSB_MARKS, "at_least": Status.MISSING})
    assert (cube.source, cube.updated, cube.roles) == (PUBLISHER, SECOND, {"time": ("day",), "geo": ("place",)})
    assert [each.code for each in cube.variables] == ["day", "place", "step", "group"]
    statuses = {CountMark.HIDDEN: Status.HIDDEN, CountMark.UNKNOWN: Status.MISSING}
    for day in public.days:
        for count in day.counts:
            figure = cube.cells[day.day.isoformat(), count.place, count.step, count.group]
            assert (figure.persons, figure.status) == (count.persons, statuses.get(count.mark, Status.OK))
    named = cube.variable("place")
    assert named is not None
    assert named.labels["0"] == {"nb": "Norge", "nn": "Noreg", "en": "Norway"}[language]


def test_json_stat_says_which_counts_are_no_fewer_than_so_many(public: PublicRelease) -> None:
    value = json.loads(json_stat(public, "en"))
    counts = [each for day in public.days for each in day.counts]
    at_least = {str(cell) for cell, each in enumerate(counts) if each.mark is CountMark.AT_LEAST}
    assert at_least == {cell for cell, mark in value["status"].items() if mark == "at_least"}
    assert value["extension"]["sha256"] == public.hash


def test_the_package_describes_each_file_with_its_hash(public: PublicRelease) -> None:
    files = release_files(public, HOME)
    descriptor = json.loads(files["datapackage.json"])
    assert {each["path"] for each in descriptor["resources"]} == files.keys() - {"datapackage.json"}
    for each in descriptor["resources"]:
        content = files[each["path"]]
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if "schema" in each:
            fields = [field["name"] for field in each["schema"]["fields"]]
            assert fields == next(csv.reader(StringIO(content.decode())))
    assert descriptor["release"]["sha256"] == public.hash
    assert re.fullmatch(r"[a-z0-9._/-]+", descriptor["name"])
    assert descriptor["licenses"][0]["path"] == HOME.license_address
    assert descriptor["contributors"][0]["title"] == PUBLISHER
    assert json.loads(files["release.json"]) == public.document()
    assert release_files(public, HOME) == files


def test_every_line_of_the_package_fits_its_schema(public: PublicRelease) -> None:
    files = release_files(public, HOME)
    reads: Mapping[str, Callable[[str], object]] = {"integer": int, "date": date.fromisoformat, "string": str}
    tables = [each for each in json.loads(files["datapackage.json"])["resources"] if "schema" in each]
    assert [each["name"] for each in tables] == ["counts", "requests", "decisions"]
    for table in tables:
        for line in lines_of(files[table["path"]]):
            for field in table["schema"]["fields"]:
                text = line[field["name"]]
                constraints = field.get("constraints", {})
                assert text or not constraints.get("required")
                if text:
                    reads[field["type"]](text)
                    assert text in constraints.get("enum", [text])


def nodes_of(content: bytes) -> Mapping[str, Any]:
    return {node["@id"]: node for node in json.loads(content)["@graph"]}


def links(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["@id"]] if set(value) == {"@id"} else ()
        for each in value.values():
            yield from links(each)
    elif isinstance(value, list):
        for each in value:
            yield from links(each)


def test_the_catalogue_has_what_the_standard_asks_for(public: PublicRelease) -> None:
    content = catalogue([replace(public, number=1, days=public.days[:1]), public], HOME)
    nodes = nodes_of(content)
    top = nodes[HOME.address]
    asked = {"dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint"}
    assert {*asked, "dcat:dataset"} <= top.keys()
    assert [each["@id"] for each in top["dcat:dataset"]] == [f"{HOME.address}/2021/1", f"{HOME.address}/2021/2"]
    dataset = nodes[f"{HOME.address}/2021/2"]
    assert {*asked, "dcat:theme", "dct:spatial", "dct:temporal", "dcat:distribution"} <= dataset.keys()
    assert [each["@language"] for each in dataset["dct:title"]] == ["nb", "nn", "en"]
    assert dataset["dct:title"][1]["@value"] == "Busetjing av flyktningar i 2021"
    assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == "2021-02-28"
    for each in dataset["dcat:distribution"]:
        distribution = nodes[each["@id"]]
        assert {"dcat:accessURL", "dct:format", "dct:license"} <= distribution.keys()
        assert each["@id"].rpartition("/")[2] in {*release_files(public, HOME), PACKAGE}
    # Every link leads to a node of the catalogue, or out of it.
    inside = [link for link in links(json.loads(content)) if link.startswith(HOME.address)]
    assert inside
    assert {*inside} <= nodes.keys()
    prefixes = json.loads(content)["@context"].keys()
    used = {key.partition(":")[0] for node in nodes.values() for key in node if ":" in key}
    assert used <= prefixes


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "example.org"),
        ("address", "https://example.org/open/"),
        ("license_address", "NLOD"),
        ("organisation", "12345678"),
        ("contact", "nobody"),
    ],
)
def test_what_cannot_stand_in_a_catalogue_is_refused(field: str, value: str) -> None:
    with pytest.raises(BadOpenDataHome, match=f"{field} is '{re.escape(value)}'; it must be"):
        replace(HOME, **{field: value})


def test_a_licence_may_end_with_a_stroke() -> None:
    address = "https://creativecommons.org/licenses/by/4.0/"
    assert replace(HOME, license_address=address).license_address == address


def news(place: int, at: datetime, *, title: str = "Stans & <start>", text: str = "Ny dag.") -> NewsEntry:
    return NewsEntry(f"https://example.org/news/{place}", title, text, at)


MOMENT = datetime(2021, 3, 1, 9, 30, tzinfo=UTC)


def feed_of(*entries: NewsEntry) -> NewsFeed:
    address, page = "https://example.org/news.atom", "https://example.org/news"
    return NewsFeed(address, page, "Nytt", "nb", PUBLISHER, entries)


def test_a_feed_has_what_the_standard_asks_for_and_the_newest_first() -> None:
    content = atom(feed_of(news(1, MOMENT), news(2, MOMENT.replace(day=3))))
    root = ET.fromstring(content)  # noqa: S314  - our own
    atom_name = "{http://www.w3.org/2005/Atom}"
    assert root.tag == f"{atom_name}feed"
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "nb"}
    assert [root.findtext(f"{atom_name}{name}") for name in ("id", "title", "updated")] == [
        "https://example.org/news.atom",
        "Nytt",
        "2021-03-03T09:30:00+00:00",
    ]
    assert root.findtext(f"{atom_name}author/{atom_name}name") == PUBLISHER
    entries = root.findall(f"{atom_name}entry")
    assert [each.findtext(f"{atom_name}id") for each in entries] == [
        "https://example.org/news/2",
        "https://example.org/news/1",
    ]
    assert entries[0].findtext(f"{atom_name}title") == "Stans & <start>"
    assert entries[0].findtext(f"{atom_name}summary") == "Ny dag."
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ((), "there is no news"),
        ((news(1, MOMENT), news(1, MOMENT)), "two have the same address"),
        ((news(1, MOMENT.replace(tzinfo=None)),), "without a time zone"),
        ((news(1, MOMENT, text="a\x00"),), "a sign that XML cannot hold"),
        ((news(1, MOMENT, title="a\x08"),), "a sign that XML cannot hold"),
    ],
)
def test_no_feed_is_made_of_news_that_are_none(entries: tuple[NewsEntry, ...], what: str) -> None:
    with pytest.raises(BadNews, match=what):
        atom(feed_of(*entries))
