"""A number on a page of its own: who sees which version, in which words, and that a version stays what it was."""

import re
from datetime import UTC, datetime

import pytest
from django.db.models import F
from django.test import Client

from bosett import __version__
from bosett.documents.explanation import sections
from bosett.geography import municipalities
from bosett.rounds.floor_edge import HeldYear
from bosett.rounds.parties import Party
from bosett_web.actions.round import proposals
from bosett_web.queries.explained import explained_by_run
from bosett_web.queries.round.floor_edge import held_years
from bosett_web.queries.standing import forget_kept
from bosett_web.records import clock
from bosett_web.records.models import FinalNumber, Proposal, ProposalLine, Request, Targets
from markup import tidy
from parties import DECIDED, FROZEN, SHARED, YEAR, new_targets, worker
from readers import client_of, led_from
from web_database import Start

KINN, BERGEN, COUNTY, COUNTRY = "4602", "4601", "46", "0"
FORM = re.compile(r'<div class="explained-form" lang="(\w+)">')
pytestmark = pytest.mark.django_db


def another_run() -> None:
    """Compute a second run, of targets that have moved 100 persons from Vestland to Oslo; it is not shared."""
    for code, by in ((COUNTY, -100), ("03", 100)):
        Targets.objects.get(round=YEAR).counties.filter(county=code).update(number=F("number") + by)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR, version=2).pk, lambda _: None)


TWO = Start(another_run, SHARED)


def page(client: Client, code: str, version: str = "") -> str:
    answer = client.get(f"/{YEAR}/why/{code}{'/' if version else ''}{version}")
    assert answer.status_code == 200, (code, version)
    return tidy(answer.content.decode()).replace("&nbsp;", " ").replace("\u00a0", " ").replace("&#x27;", "'")


def articles(text: str) -> list[str]:
    return re.findall(r"<article>.*?</article>", text)


def status(client: Client, code: str, version: str = "") -> int:
    return client.get(f"/{YEAR}/why/{code}{'/' if version else ''}{version}").status_code


def number(version: int, code: str = KINN) -> int:
    return ProposalLine.objects.get(proposal__round=YEAR, proposal__version=version, municipality=code).number


@pytest.mark.begins_at(SHARED)
def test_a_proposed_number_stands_in_both_written_forms_the_reader_s_own_first() -> None:
    text = page(client_of(Party.DIRECTORATE), KINN)
    forms = re.findall(FORM, text)
    assert forms == ["nb", "nn"]
    run = Proposal.objects.get(round=YEAR)
    explanation = explained_by_run(run.pk, [KINN])[KINN]
    for form, article in zip(forms, articles(text), strict=True):
        title, parts = sections(explanation, form)
        assert title.replace("\u00a0", " ") in article
        for part in parts:
            assert part.heading in article
        assert run.inputs_sha256 in article
        assert f"Bosett {__version__}, reg" in article
        assert f"<dd>testserver/{YEAR}/why/{KINN}/proposal-1</dd>" in article
        assert "SSB" in article
    assert re.findall(FORM, page(client_of(Party.DIRECTORATE, language="nn"), KINN)) == ["nn", "nb"]


@pytest.mark.begins_at(SHARED)
def test_who_reads_english_can_open_the_others() -> None:
    text = page(client_of(Party.DIRECTORATE, language="en"), KINN)
    first, _, folded = text.partition('<details class="explained-folded">')
    assert re.findall(FORM, first) == ["en"]
    assert re.findall(FORM, folded) == ["nb", "nn"]
    assert "How the number came about" in text
    assert "Slik ble tallet til" in folded


@pytest.mark.begins_at(TWO)
def test_each_version_has_an_address_of_its_own_and_says_what_has_changed() -> None:
    directorate = client_of(Party.DIRECTORATE)
    newest = page(directorate, KINN)
    before, after = number(1), number(2)
    assert before != after
    assert articles(newest) == articles(page(directorate, KINN, "proposal-2"))
    assert f"Tallet var {before} og er {after}." in newest
    target = Targets.objects.get(round=YEAR).counties.get(county=COUNTY).number
    assert target is not None
    assert f"Fylkets måltall var {target + 100} og er {target}." in newest
    first = page(directorate, KINN, "proposal-1")
    assert "Endret siden" not in first
    assert "Det er kommet en nyere versjon." in first
    assert "Det er kommet en nyere versjon." not in newest
    assert f'href="/{YEAR}/why/{KINN}/proposal-1"' in newest


@pytest.mark.begins_at(TWO)
def test_a_version_that_is_not_for_a_reader_is_not_there() -> None:
    ks = client_of(Party.KS)
    assert "proposal-1" in page(ks, KINN)
    assert "proposal-2" not in page(ks, KINN)
    assert status(ks, KINN, "proposal-2") == 404
    for party, area in ((Party.MUNICIPALITY, KINN), (Party.MINISTRY, ""), (Party.UDI, "")):
        client = client_of(party, area)
        assert (status(client, KINN), status(client, KINN, "proposal-1")) == (404, 404), party
        assert status(client, COUNTY) == 200, "decided targets are everybody's"
    county = client_of(Party.COUNTY, COUNTY)
    assert (status(county, KINN), status(county, KINN, "proposal-2")) == (200, 404)


@pytest.mark.begins_at(SHARED)
def test_what_there_is_not_is_not_found() -> None:
    client = client_of(Party.DIRECTORATE)
    for code, version in (
        ("9999", ""),
        ("99", ""),
        ("x", ""),
        (KINN, "proposal-9"),
        (KINN, "x"),
        (COUNTY, "proposal-1"),
    ):
        assert status(client, code, version) == 404, (code, version)
    assert client.get(f"/1999/why/{KINN}").status_code == 404


@pytest.mark.begins_at(SHARED)
def test_everybody_else_is_led_to_the_public_page_that_tells_the_same() -> None:
    assert led_from(f"/{YEAR}/why/{KINN}") == f"/nb/{YEAR}/municipalities/{KINN}"
    assert led_from(f"/{YEAR}/why/{KINN}/proposal-1") == f"/nb/{YEAR}/municipalities/{KINN}"
    assert led_from(f"/{YEAR}/why/{COUNTY}") == f"/nb/{YEAR}/counties/{COUNTY}"
    assert led_from(f"/{YEAR}/why/{COUNTRY}") == f"/nb/{YEAR}/"


@pytest.mark.begins_at(SHARED)
def test_the_old_address_tells_it_still_and_leads_here() -> None:
    text = tidy(client_of(Party.COUNTY, COUNTY).get(f"/{YEAR}/counties/{COUNTY}/why/{KINN}").content.decode())
    assert "Slik ble tallet til" in text
    assert f'href="/{YEAR}/why/{KINN}/proposal-1"' in text


# Targets


def another_target() -> None:
    """Decide a smaller target, with the committee's reason for it."""
    new_targets(3602, 2)
    Targets.objects.filter(round=YEAR, version=2).update(note="Behovet er mindre.")


LATER = Start(another_target, DECIDED)


@pytest.mark.begins_at(LATER)
def test_a_county_s_target_says_what_the_criteria_give_and_what_was_set() -> None:
    Targets.objects.get(round=YEAR, version=2).counties.filter(county=COUNTY).update(number=F("number") + 7)
    forget_kept()
    text = page(client_of(Party.MUNICIPALITY, BERGEN), COUNTY)
    own = Targets.objects.get(round=YEAR, version=2).counties.get(county=COUNTY).number
    assert f"Vestland: måltall for 2021: {own} personer" in text
    assert f"Vestland: måltal for 2021: {own} personar" in text
    assert "Måltallet er satt 7 høyere enn det kriteriene gir." in text
    assert "Begrunnelse: Behovet er mindre." in text
    assert "Det nasjonale måltallet var 5 025 og er 3 602." in text
    assert f"<dd>testserver/{YEAR}/why/{COUNTY}/targets-2</dd>" in text
    assert "Behovet er mindre." not in page(client_of(Party.DIRECTORATE), COUNTY, "targets-1")


@pytest.mark.begins_at(LATER)
def test_the_national_target_is_shared_over_the_counties() -> None:
    text = page(client_of(Party.DIRECTORATE), COUNTRY)
    assert "Hele landet: måltall for 2021: 3 602 personer" in text
    assert "Prognosen fra Laget for prøven per 15. juni 2020 sier 5 000 personer, fra 4 000 til 7 000." in text
    assert "Måltallet er 1 398 lavere enn midten av prognosen." in text
    assert "Tallet var 5 025 og er 3 602." in text
    assert "Til sammen blir det 3 602." in text
    assert "Hvert fylke har fått det kriteriene alene gir." in text
    # The forecast is not for a municipality before the release: it is told so, and not that there is none.
    closed = page(client_of(Party.MUNICIPALITY, BERGEN), COUNTRY)
    assert "Laget for prøven" not in closed
    assert "Prognosen som måltallet bygger på, er ikke åpen for deg." in closed
    assert "noen registrert prognose" not in closed


# Requests


def not_asked() -> str:
    code: str = (
        FinalNumber.objects.filter(round=YEAR, number=0)
        .order_by("municipality")
        .values_list("municipality", flat=True)[0]
    )
    return code


def send(code: str) -> None:
    Request.objects.filter(round=YEAR, municipality=code).update(sent_at=datetime(2020, 9, 2, 10, tzinfo=UTC))
    forget_kept()


@pytest.mark.begins_at(FROZEN)
def test_a_request_says_how_it_came_of_the_proposal() -> None:
    asked = Request.objects.get(round=YEAR, municipality=KINN).number
    text = page(client_of(Party.DIRECTORATE), KINN)
    assert f"Kinn (4602), Vestland: anmodning for 2021: {asked} personer" in text
    assert f"Kinn (4602), Vestland: oppmoding for 2021: {asked} personar" in text
    assert f"Fylkeskommunen anbefalte {asked} personer, det samme som forslaget." in text
    assert f"Møtet kom fram til {asked} personer." in text
    assert f"Direktoratet satte tallet til {asked} personer." in text
    assert "Brevet er ikke sendt." in text
    assert f"Forslaget som lå til grunn: {number(1)} personer" in text
    assert f"/{YEAR}/why/{KINN}/request-1" in text
    assert "Brevet er ikke sendt" not in "".join(articles(text)), "that may change: it stands beside what does not"
    before = articles(text)
    send(KINN)
    after = page(client_of(Party.DIRECTORATE), KINN, "request-1")
    assert articles(after) == before
    assert "Brevet ble sendt 2. september 2020." in after
    assert "Kommunen har ikke svart på denne versjonen." in after


@pytest.mark.begins_at(FROZEN)
def test_a_municipality_reads_its_own_with_its_letter_and_no_other_s() -> None:
    client = client_of(Party.MUNICIPALITY, KINN)
    assert status(client, KINN) == 404
    send(KINN)
    send(BERGEN)
    text = page(client, KINN)
    assert "Slik ble tallet til" in text, "a number comes with its reasons"
    assert "Hvem betaler for det?" not in text, "the numbers of others are not for it yet"
    assert "Fylkeskommunens anbefaling er ikke åpen for deg." in text
    assert "Møtet kom fram til" not in text
    assert "Direktoratet satte tallet" not in text
    assert status(client, KINN, "proposal-1") == 200
    assert status(client, BERGEN) == 404


@pytest.mark.begins_at(FROZEN)
def test_who_is_not_asked_is_told_so_and_a_version_that_has_not_come_is_not() -> None:
    code = not_asked()
    text = page(client_of(Party.DIRECTORATE), code)
    assert "ingen (kommunen anmodes ikke)" in text
    assert "Kommunen anmodes ikke om å bosette noen i 2021." in text
    assert f"/{YEAR}/why/{code}/not-asked" in text
    assert status(client_of(Party.MUNICIPALITY, code), code) == 404, "its letter has not come"
    Request.objects.create(
        round_id=YEAR, municipality=KINN, version=2, number=11, reason="Feil.", day=datetime(2020, 10, 1, tzinfo=UTC)
    )
    send_first = Request.objects.filter(round=YEAR, municipality=KINN, version=1)
    send_first.update(sent_at=datetime(2020, 9, 2, 10, tzinfo=UTC))
    forget_kept()
    own = client_of(Party.MUNICIPALITY, KINN)
    assert (status(own, KINN, "request-1"), status(own, KINN, "request-2")) == (200, 404)
    newest = page(client_of(Party.DIRECTORATE), KINN)
    assert "Anmodning, versjon 2, av 1. oktober 2020. Kommunen anmodes om å bosette 11 personer." in newest
    assert "Begrunnelse: Feil." in newest
    assert "versjon 2" not in "".join(articles(page(client_of(Party.DIRECTORATE), KINN, "request-1")))


@pytest.mark.begins_at(SHARED)
def test_a_round_from_before_the_workspace_is_told_as_it_was_published_and_nothing_is_guessed() -> None:
    client = client_of(Party.DIRECTORATE)
    answer = client.get(f"/2020/why/{BERGEN}")
    text = tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "Bergen (4601), Vestland: anmodning for 2020: 195 personer" in text
    assert "Hva fylkeskommunen anbefalte, er ikke kjent." in text
    assert "Hvordan tallet ble regnet ut, er ikke kjent her." in text
    assert "Kommunen vedtok å bosette 195 personer, som svar på versjon 1." in text
    none = client.get("/2020/why/3028/not-asked").content.decode()
    assert "Kommunen anmodes ikke om å bosette noen i 2020." in none
    assert client.get(f"/2020/why/{COUNTY}").status_code == 404, "no targets of it are known"


# What a round that was held here tells of the edge of the floor in a later one


@pytest.mark.begins_at(FROZEN)
def test_a_round_that_was_held_here_tells_each_reader_what_they_may_see_of_it() -> None:
    def told_by(party: Party, area: str = "") -> HeldYear:
        years = held_years(YEAR + 1, worker(party, area).who, clock.moment())
        assert years.keys() == {YEAR}, "a round from before the workspace is told by published figures"
        return years[YEAR]

    whole = told_by(Party.DIRECTORATE)
    assert (whole.asked[KINN], whole.asked[not_asked()]) == (True, False)
    assert {code for code, near in whole.near.items() if near} == {"3028"}
    county = told_by(Party.COUNTY, COUNTY)
    assert county.asked.keys() == {place.code for place in municipalities(YEAR) if place.county == COUNTY}
    own = told_by(Party.MUNICIPALITY, KINN)
    assert (own.asked, own.near) == ({}, {}), "its letter has not come"
    send(KINN)
    assert told_by(Party.MUNICIPALITY, KINN).asked == {KINN: True}


# What leads to it


@pytest.mark.begins_at(SHARED)
def test_wherever_a_number_stands_with_a_name_it_leads_to_its_page() -> None:
    client = client_of(Party.DIRECTORATE)
    for address, links in {
        "counties": (COUNTY,),
        "proposal": (f"{COUNTY}/targets-1",),
        "targets": (f"{COUNTY}/targets-1", f"{COUNTRY}/targets-1"),
        "search?q=kinn": (KINN,),
        "search?q=vestland": (COUNTY,),
        f"numbers/{COUNTY}": (f"{KINN}/proposal-1",),
    }.items():
        text = client.get(f"/{YEAR}/{address}").content.decode()
        for link in links:
            assert f'href="/{YEAR}/why/{link}"' in text, address
            assert client.get(f"/{YEAR}/why/{link}").status_code == 200
    assert "/why/" not in client_of(Party.UDI).get(f"/{YEAR}/search?q=kinn").content.decode(), "it sees no number of it"


@pytest.mark.begins_at(FROZEN)
def test_a_municipality_s_own_page_and_the_final_numbers_lead_to_it() -> None:
    send(KINN)
    own = client_of(Party.MUNICIPALITY, KINN).get(f"/{YEAR}/own").content.decode()
    assert f'href="/{YEAR}/why/{KINN}"' in own
    numbers = client_of(Party.DIRECTORATE).get(f"/{YEAR}/numbers/{COUNTY}").content.decode()
    assert f'href="/{YEAR}/why/{KINN}"' in numbers
