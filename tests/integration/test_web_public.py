"""The public pages: what they show is what has been published, in three languages, and nothing of it by the desk."""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from answering import record
from bosett.basis.languages import LANGUAGES
from bosett.documents.days import NO_BREAK
from bosett.geography import counties, municipalities
from bosett.parameters import load, load_shipped, rules_digest
from bosett.rounds.parties import Party
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.releases.publishing import publish, publish_all
from bosett_web.actions.round import demo
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount
from bosett_web.queries.releases import published
from bosett_web.records import clock
from bosett_web.records.models import LetterSettings, Request, SettlementRound
from bosett_web.screens.public import page
from bosett_web.screens.site.desk import DOCUMENTS, INSTEAD, OPEN, PARTS
from crawl import routes
from markup import tidy
from parties import DEMO, FROZEN, YEAR, worker
from readers import client_of
from web_database import Start

BERGEN, KINN, OSLO, UTSIRA = "4601", "4602", "0301", "1151"
SETTLED = SettlementStep.SETTLED
MODEL = f"no-{YEAR}-reference"
READ = {"records_publishedrelease", "records_releasepart", "records_settlementround"}
"""The tables that the public pages may read: of the rounds only which years there are."""


def into_the_year() -> None:
    """Take the frozen round into its settlement year: public, answered by three, and with counts of three months."""
    by = worker(Party.DIRECTORATE)
    demo.move_clock(by, day=date(2020, 11, 2))
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment(), day=clock.today())
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": date(2021, 1, 15)})
    for code, number in ((BERGEN, 40), (KINN, 0), (OSLO, 300)):
        record(number, code)
    demo.move_clock(by, day=date(2021, 4, 2))
    counted = {BERGEN: (12, 3), "4627": (17, 2), "4602": (30, 9), OSLO: (80, 20), "3005": (24, 6), "1103": (9, 5)}
    rows = [
        NewCount(code, SETTLED, group, date(2021, month, 10), count, "IMDi", date(2021, month, 12))
        for month in (1, 2, 3)
        for code, counts in counted.items()
        for group, count in zip(LedgerGroup, counts, strict=True)
    ]
    ledger.enter(by, year=YEAR, counts=rows, source="hand")
    publish_all()


IN_THE_YEAR = Start(into_the_year, FROZEN)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(IN_THE_YEAR)]


def get(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return tidy(answer.content.decode().replace(NO_BREAK, " "))


def addresses(language: str, year: int) -> Iterator[str]:
    """Yield the address of each kind of page, of a year."""
    yield reverse("public_front", args=[language])
    yield reverse("public_about", args=[language])
    yield reverse("public_find", args=[language]) + "?q=ka"
    yield reverse("public_help", args=[language, "public_places"])
    yield reverse("public_glossary", args=[language]) + "?q=a"
    for name in ("year", "places", "calendar", "criteria", "documents", "data"):
        yield reverse(f"public_{name}", args=[language, year])
    yield reverse("public_places", args=[language, year]) + "?county=46&sort=asked"
    yield reverse("public_release", args=[language, year, 1])
    for county in counties(year):
        yield reverse("public_county", args=[language, year, county.code])
    for code in (BERGEN, KINN, UTSIRA, OSLO):
        yield reverse("public_municipality", args=[language, year, code])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("year", [2020, YEAR])
def test_each_page_is_there_without_scripts_and_reads_what_has_been_published_alone(language: str, year: int) -> None:
    for address in addresses(language, year):
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert "<script" not in text, address
        assert "MISSING-IN-TEMPLATE" not in text, address
        assert f'<html lang="{language}"' in text
        tables = {table for each in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', each["sql"])}
        assert tables <= READ, address


def test_the_rule_of_a_published_round_is_fetched_by_anybody_and_no_other(tmp_path: Path) -> None:
    (link,) = re.findall(r'href="(/data/rules/[^"]+)"', get(f"/nb/{YEAR}/criteria"))
    answer = Client().get(link)
    path = tmp_path / "rule.yaml"
    path.write_bytes(answer.content)
    assert (load(path).id, rules_digest(load(path))) == (MODEL, rules_digest(load_shipped(MODEL)))
    assert answer["Content-Disposition"] == f'attachment; filename="{MODEL}.yaml"'
    assert Client().get(link, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    others = (f"{MODEL}-weights-50-30-20-floor-5", "no-2022-official", f"no-{YEAR}-written-{'0' * 64}", "..%2Fsecrets")
    assert {Client().get(f"/data/rules/{name}.yaml").status_code for name in others} == {404}


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_that_has_only_begun_says_so(language: str) -> None:
    assert Client().get(f"/{language}/").status_code == 200, "nothing has been published"
    assert Client().get(f"/{language}/{YEAR}/").status_code == 404
    publish_all()
    for address in (*addresses(language, YEAR), *addresses(language, 2020)):
        assert Client().get(address).status_code == 200, address
    text = get(f"/nb/{YEAR}/municipalities/{BERGEN}")
    assert "Det er ikke kjent ennå hva Bergen blir anmodet om i 2021." in text


def test_numbers_hidden_and_unknown_are_told_apart() -> None:
    release = published.release(published.newest_of(YEAR))
    hidden = {each.place for each in release.days[-1].counts if each.mark == "hidden" and each.step is SETTLED}
    assert hidden, "few persons are among the counts of this test"
    text = get(f"/nb/{YEAR}/municipalities/{BERGEN}")
    assert "Bergen er anmodet om å bosette" in text
    assert "Kommunen har vedtatt å bosette 40." in text
    assert "Kommunen har svart nei." in get(f"/nb/{YEAR}/municipalities/{KINN}")
    assert "ikke anmodet om å bosette" in get(f"/nb/{YEAR}/municipalities/{UTSIRA}")
    assert "har ikke svart ennå" in get(f"/nb/{YEAR}/municipalities/5001")
    assert "ikke kjent" in get(f"/nb/{YEAR}/counties/50")


def test_a_page_is_not_sent_again_before_something_is_published() -> None:
    address = f"/nb/{YEAR}/"
    first = Client().get(address)
    etag = first.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]
    again = Client().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2021, 5, 2))
    assert publish(YEAR)
    changed = Client().get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag
    assert f"30.{NO_BREAK}april{NO_BREAK}2021" in changed.content.decode()


def test_a_release_is_read_at_its_own_address_as_it_was() -> None:
    first = get(f"/nb/{YEAR}/releases/1")
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2021, 5, 2))
    publish(YEAR)
    later = get(f"/nb/{YEAR}/releases/1")
    assert "Dette er publisering 1" in later
    assert "31. mars 2021" in first
    assert "30. april 2021" not in later
    assert "30. april 2021" in get(f"/nb/{YEAR}/releases/2")
    assert Client().get(f"/nb/{YEAR}/releases/3").status_code == 404
    assert Client().get(f"/data/{YEAR}/1").headers["Location"] == f"/nb/{YEAR}/releases/1"


@pytest.mark.parametrize(
    "path",
    [
        *("/nb/2019/", "/nb/1900/places", "/nb/99999999999/", "/de/", f"/nb/{YEAR}/counties/99"),
        *(f"/nb/{YEAR}/municipalities/46", f"/nb/{YEAR}/municipalities/9999", f"/nb/{YEAR}/releases/99999999999"),
        *(f"/data/{YEAR}/1/no.csv", f"/data/{YEAR}/9/release.json", "/data/1900/1/release.json", "/nb/1900/news.atom"),
    ],
)
def test_what_is_not_there_is_told_so(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_choice_that_there_is_not_is_no_choice() -> None:
    everything = get(f"/nb/{YEAR}/places")
    assert get(f"/nb/{YEAR}/places?county=99&sort=what&x=%3Cb%3E") == everything
    assert everything.count("<tr>") == len(municipalities(YEAR)) + 1
    in_county = get(f"/nb/{YEAR}/places?county=46&sort=asked")
    names = re.findall(r'municipalities/(\d{4})">', in_county.split("<tbody>")[1])
    assert {code[:2] for code in names} == {"46"}
    assert names[0] == BERGEN, "the largest first"


def test_a_place_is_found_by_any_of_its_names() -> None:
    for asked in ("kárá", "KARASJOHKA", "karasj"):
        text = get(f"/nb/find?q={asked}")
        assert f"/nb/{YEAR}/municipalities/5437" in text, asked
        assert "Kárášjohka – Karasjok" in text
    text = get(f"/nb/{YEAR}/municipalities/5437")
    assert '<span lang="se">Kárášjohka</span>' in text
    assert "Ingen kommune eller fylke heter noe med «xyz»" in get("/nb/find?q=xyz")
    assert "&lt;b&gt;" in get("/nb/find?q=<b>")


def test_the_files_of_a_release_are_one_package_and_each_can_be_had() -> None:
    package = Client().get(f"/data/{YEAR}/1/package.zip")
    assert "immutable" in package.headers["Cache-Control"]
    assert package.headers["Access-Control-Allow-Origin"] == "*"
    with zipfile.ZipFile(BytesIO(package.content)) as archive:
        for name in archive.namelist():
            answer = Client().get(f"/data/{YEAR}/1/{name}")
            assert answer.content == archive.read(name), name
        whole = json.loads(archive.read("release.json"))
        book = CalamineWorkbook.from_filelike(BytesIO(archive.read("release-nn.xlsx")))
    assert whole["hash"] == published.newest_of(YEAR).sha256
    assert book.sheet_names == ["Kommunar", "Månad for månad", "Siste nytt"]
    rows = book.get_sheet_by_name("Kommunar").to_python()
    bergen = next(row for row in rows if row[0] == BERGEN)
    assert (bergen[1], bergen[3]) == ("Bergen", 40.0)
    again = Client().get(f"/data/{YEAR}/1/package.zip", headers={"If-None-Match": package.headers["ETag"]})
    assert again.status_code == 304


def test_the_feed_and_the_catalogue_lead_to_what_is_there() -> None:
    feed = ET.fromstring(Client().get(f"/en/{YEAR}/news.atom").content)  # noqa: S314  - our own
    entries = [each.text or "" for each in feed.findall("{*}entry/{*}id")]
    text = get(f"/en/{YEAR}/")
    assert entries
    for address in entries:
        assert f'id="{address.partition("#")[2]}"' in text, address
    catalogue = json.loads(Client().get("/data/").content)
    addresses_of = [each["dcat:downloadURL"]["@id"] for each in catalogue["@graph"] if "dcat:downloadURL" in each]
    assert len(addresses_of) > 20
    for address in addresses_of:
        assert Client().get("/data/" + address.partition("/data/")[2]).status_code == 200, address


def every_address() -> Iterator[tuple[str, str]]:
    """Yield name and an address of every route."""
    for name, pattern in routes():
        code = BERGEN if name in OF_A_MUNICIPALITY else "46"
        given = {"language": "nb", "year": YEAR, "code": code, "municipality": BERGEN, "uid": UUID(int=1)}
        address = pattern
        for part in re.findall(r"<\w+:(\w+)>|{\w+}", pattern):
            address = re.sub(rf"<\w+:{part}>|{{\w+}}", str(given.get(part, 1)), address, count=1)
        yield name, address


OF_A_MUNICIPALITY = {
    "public_municipality",
    "explained",
    "explained_version",
    "decision_document",
    "receipt",
    "receipt_pdf",
    "answer_control",
}
SAFE = {"records_clock", "records_settlementround"}
"""What any page may ask for, a fault's too: the day, and which years there are."""


def test_who_is_not_logged_in_reads_releases_and_documents_and_is_led_on_from_everything_else() -> None:
    led = set()
    for name, address in every_address():
        with CaptureQueriesContext(connection) as queries:
            answer = Client(raise_request_exception=False).get(address)
        tables = {table for each in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', each["sql"])}
        if name in DOCUMENTS:
            assert answer.status_code in (200, 404), (name, address)
            continue
        if name not in OPEN and not name.startswith(("public_", "api-")):
            assert answer.status_code in (302, 405), (name, address)
            led |= {name} if answer.status_code == 302 else set()
            assert not tables, (name, address)
        elif name not in ("login", "first", "healthz"):
            assert tables <= READ | SAFE, (name, address)
    assert led >= {*INSTEAD}
    assert "letters" in led
    assert not {*INSTEAD} & (OPEN | DOCUMENTS)


@pytest.mark.parametrize("name", INSTEAD)
def test_the_desk_leads_who_is_not_logged_in_to_the_public_page_that_tells_the_same(name: str) -> None:
    parts = {"year": YEAR, "code": BERGEN if name in OF_A_MUNICIPALITY else "46", "municipality": BERGEN, "version": 1}
    pattern = dict(routes())[name]
    own = {part: value for part, value in {**parts, "uid": UUID(int=1)}.items() if f":{part}>" in pattern}
    address = reverse(name, kwargs=own)
    answer = Client().get(address)
    assert answer.status_code == 302
    public = {"year": YEAR, "code": own.get("municipality", own.get("code"))}
    wanted = {part: public[part] for part in PARTS.get(INSTEAD[name], ("year",))}
    assert answer.headers["Location"] == reverse(INSTEAD[name], kwargs={"language": "nb", **wanted})
    assert Client().get(answer.headers["Location"]).status_code == 200
    assert client_of(Party.DIRECTORATE).get(address).status_code in (200, 404)


def test_the_front_page_is_in_the_language_that_is_asked_for() -> None:
    for asked, language in (("nn-NO,nn;q=0.9", "nn"), ("no,en;q=0.5", "nb"), ("de,en-GB;q=0.8", "en"), ("", "nb")):
        assert Client().get("/", headers={"Accept-Language": asked}).headers["Location"] == f"/{language}/", asked
    chosen = Client()
    chosen.cookies["bosett_language"] = "nn"
    assert chosen.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/nn/"


def test_a_shelf_keeps_so_many_pages_and_those_that_were_read_last() -> None:
    shelf = page._Shelf(2)  # noqa: SLF001  - what the pages are kept in
    for name in ("a", "b"):
        shelf.put((name,), name.encode())
    assert shelf.take(("a",)) == b"a"
    shelf.put(("c",), b"c")
    assert [shelf.take((name,)) for name in "abc"] == [b"a", None, b"c"]


def test_what_is_looked_for_pushes_out_no_page() -> None:
    before = dict(page._PLAIN._pages)  # noqa: SLF001
    get(f"/nb/{YEAR}/")
    for number in range(page.KEPT_CHOSEN + 3):
        get(f"/nb/find?q=x{number}")
    assert len(page._CHOSEN._pages) <= page.KEPT_CHOSEN  # noqa: SLF001
    assert before.keys() <= page._PLAIN._pages.keys()  # noqa: SLF001
