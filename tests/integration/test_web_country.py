"""The country's desk, the consultation of KS, final numbers, and the municipality's own page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.geography import municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.models import FinalNumber, Proposal, ProposalLine, Request, SettlementRound
from markup import tidy
from parties import (
    DEMO,
    FINISHED,
    FROZEN,
    SHARED,
    YEAR,
    approver,
    consult,
    decide_targets,
    finish_country,
    finish_county,
    share_proposal,
    worker,
)
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
OWN, NEIGHBOUR, COUNTY = "4601", "4602", "46"


def page(client: Client, path: str, year: int = YEAR) -> str:
    """Return a page without its frame, numbers with plain spaces."""
    answer = client.get(f"/{year}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main")[1].replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **fields})
    return answer.status_code, answer.headers.get("Location", "") or tidy(answer.content.decode())


def shift(people: int) -> None:
    """Move persons from one municipality to another in the same county, with a reason."""
    before = dict(FinalNumber.objects.filter(round=YEAR).order_by("pk").values_list("municipality", "number"))
    numbers = {OWN: Numbers(before[OWN] - people), NEIGHBOUR: Numbers(before[NEIGHBOUR] + people)}
    rounds.set_numbers(worker(Party.DIRECTORATE), year=YEAR, numbers=numbers, reason="New flats in Kinn.")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Objected) as caught:
        act()
    return caught.value.objection.code


# The country's desk


@pytest.mark.begins_at(SHARED)
def test_the_country_is_for_the_directorate_and_for_ks_when_the_numbers_are_laid_before_it() -> None:
    others = [
        client_of(Party.MINISTRY),
        client_of(Party.COMMITTEE),
        client_of(Party.UDI),
        client_of(Party.COUNTY, area=COUNTY),
        client_of(Party.MUNICIPALITY, area=OWN),
    ]
    ks, readers = client_of(Party.KS), [client_of(Party.DIRECTORATE, grade=grade) for grade in Grade]
    for client in (*others, ks):
        assert client.get(f"/{YEAR}/country").status_code == 404
        assert f'href="/{YEAR}/country"' not in client.get(f"/{YEAR}/").content.decode()
    for client in readers:
        assert client.get(f"/{YEAR}/country").status_code == 200
    SettlementRound.objects.filter(pk=YEAR).update(consulted={})
    assert ks.get(f"/{YEAR}/country").status_code == 200
    assert f'href="/{YEAR}/country"' in ks.get(f"/{YEAR}/").content.decode()
    for client in others:
        assert client.get(f"/{YEAR}/country").status_code == 404


def test_the_country_tells_each_county_s_progress_and_what_is_left() -> None:
    client = client_of(Party.DIRECTORATE)
    assert "Likebehandling måles når et forslag er delt" in page(client, "country")
    decide_targets()
    share_proposal()
    finish_county("03")
    text = page(client, "country")
    target = FinalNumber.objects.get(municipality="0301").number
    assert f"<dt>Måltall</dt><dd>5 025</dd></div><div><dt>Endelig</dt><dd>{target}</dd>" in text
    left = f"{5025 - target:,}".replace(",", " ")
    assert f'<dd data-sum="left" data-kind="left" data-target="5025">{left} igjen</dd>' in text
    assert "Kommuner med endelig tall: 1 av 356 · Endelige fylker: 1 av 11" in text
    assert text.count("Venter på: fylkeskommunen, saksbehandler") == 10
    assert text.count('data-code="') == 356


@pytest.mark.begins_at(SHARED)
def test_a_draft_of_a_county_is_not_on_the_country_s_desk() -> None:
    county = worker(Party.COUNTY, COUNTY)
    cells.set_all(county, year=YEAR, county=COUNTY, cells=[Cell(OWN, "number", 987)], reason="A draft.")
    client = client_of(Party.DIRECTORATE)
    assert "987" not in page(client, "country")
    cells.set_all(county, year=YEAR, county=COUNTY, cells=[Cell(OWN, "reason", "Far more flats.")])
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    recommendations.ready(county, year=YEAR, county=COUNTY)
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    text = page(client, "country")
    assert "987" in text
    assert "Far more flats." in text  # among the largest departures, with its reason
    assert "Bergen" in text


@pytest.mark.begins_at(FINISHED)
def test_equal_treatment_by_the_numbers_as_they_stand() -> None:
    client = client_of(Party.DIRECTORATE)
    assert "0 i samme fylke" in page(client, "country")
    shift(150)  # Kinn, a small one, passes Bergen and the others of the county
    text = page(client, "country")
    assert not re.search(r"\b0 i samme fylke", text)
    assert "New flats in Kinn." in text
    assert 'aria-hidden="true"' in text
    assert "Full søyle er 5,0 over eller under 100." in text
    for each in client.get(f"/{YEAR}/country").context["rates"]:
        box = re.search(r'<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"', each.bar)
        assert box
        assert (float(box[1]) == 60.0) == (each.apart[0] == "+"), each.name
        assert float(box[2]) < 12  # whole persons alone set nobody far apart


def test_a_year_of_unknown_weights_has_a_map_and_no_equal_treatment() -> None:
    text = page(client_of(Party.DIRECTORATE), "country", 2020)
    assert "Likebehandling måles når et forslag er delt" in text
    assert text.count('data-code="') == 356
    assert "ikke anmodet" in text


@pytest.mark.begins_at(SHARED)
def test_final_counties_that_lack_numbers_are_filled_by_one_event() -> None:
    finish_county("03")
    client = client_of(Party.DIRECTORATE)
    assert post(client, "round.fill_final")[0] == 422  # nothing is lacking
    FinalNumber.objects.all().delete()
    assert "do/round.fill_final" in page(client, "country")
    before = Event.objects.count()
    assert post(client, "round.fill_final") == (302, f"/{YEAR}/country")
    assert FinalNumber.objects.get().municipality == "0301"
    assert Event.objects.filter(name="round.set_number").count() == 1
    assert Event.objects.count() == before + 1
    assert refused(lambda: rounds.fill_final(worker(Party.KS), year=YEAR)) == "wrong_party"
    with pytest.raises(Invalid, match="nothing_to_fill"):
        rounds.fill_final(worker(Party.DIRECTORATE), year=YEAR)


# KS


@pytest.mark.begins_at(FINISHED)
def test_ks_is_asked_answers_and_only_then_are_the_numbers_submitted() -> None:
    directorate, ks = client_of(Party.DIRECTORATE), client_of(Party.KS)
    assert refused(lambda: rounds.submit(worker(Party.DIRECTORATE), year=YEAR)) == "gate_ks_consulted"
    assert refused(lambda: rounds.answer(worker(Party.KS), year=YEAR)) == "gate_ks_asked"
    assert refused(lambda: rounds.consult(worker(Party.KS), year=YEAR)) == "wrong_party"
    assert "Tallene er ikke lagt fram for KS." in page(directorate, "country")
    assert post(directorate, "round.consult", **{"from": "country"}) == (302, f"/{YEAR}/country")
    assert "KS har ikke svart ennå." in page(directorate, "numbers")
    assert "Svar på de endelige tallene" in page(ks, "").split("Hvor runden står")[0]  # it is KS's turn
    assert refused(lambda: rounds.answer(worker(Party.DIRECTORATE), year=YEAR)) == "wrong_party"
    assert 'name="comment"' in page(ks, "country")
    assert 'name="comment"' in page(ks, "numbers")
    status, where = post(ks, "round.answer", comment="Housing is short in Kinn.", **{"from": "country"})
    assert (status, where) == (302, f"/{YEAR}/country")
    for client in (directorate, ks):
        text = page(client, "country")
        assert "KS svarte" in text
        assert "Housing is short in Kinn." in text
        assert 'name="comment"' not in text
    assert post(directorate, "round.submit", **{"from": "country"}) == (302, f"/{YEAR}/country")
    assert standing(YEAR).state == "numbers_submitted"


@pytest.mark.begins_at(FINISHED)
def test_numbers_changed_after_the_answer_of_ks_are_laid_before_it_again() -> None:
    consult()
    shift(3)
    assert refused(lambda: rounds.submit(worker(Party.DIRECTORATE), year=YEAR)) == "gate_ks_consulted"
    for client in (client_of(Party.DIRECTORATE), client_of(Party.KS)):
        text = page(client, "country")
        assert "2 tall er endret etter at de ble lagt fram" in text
    consult()
    assert "er endret etter at de ble lagt fram" not in page(client_of(Party.DIRECTORATE), "country")
    rounds.submit(worker(Party.DIRECTORATE), year=YEAR)


@pytest.mark.begins_at(FINISHED)
def test_a_refused_answer_of_ks_comes_back_with_what_was_written() -> None:
    rounds.consult(worker(Party.DIRECTORATE), year=YEAR)
    reader = client_of(Party.KS, grade=Grade.READER)
    status, text = post(reader, "round.answer", comment="We have no objections.", **{"from": "country"})
    assert status == 403
    assert "<h1" in text
    assert standing(YEAR).ks_answered_at is None


@pytest.mark.begins_at(FINISHED)
def test_ks_s_comment_on_the_round_is_not_for_counties_and_municipalities() -> None:
    consult("Housing is short in Kinn.")
    for client in (client_of(Party.COUNTY, area=COUNTY), client_of(Party.MUNICIPALITY, area=OWN), client_of(Party.UDI)):
        for path in ("", "numbers", f"counties/{COUNTY}"):
            assert "Housing is short" not in client.get(f"/{YEAR}/{path}").content.decode()


# Final numbers


@pytest.mark.begins_at(FINISHED)
def test_final_numbers_stand_beside_what_led_to_them_and_minors_are_set_with_them() -> None:
    client = client_of(Party.DIRECTORATE)
    number = FinalNumber.objects.get(municipality=OWN).number
    text = page(client, f"numbers/{COUNTY}")
    assert f'name="{OWN}-was" value="{number}||"' in text
    fields = {f"{OWN}-was": f"{number}||", f"{OWN}-number": number, f"{OWN}-under15": 2, f"{OWN}-from15": 5}
    status, where = post(client, "round.set_number", county=COUNTY, **fields)
    assert (status, where) == (302, f"/{YEAR}/numbers/{COUNTY}")
    row = FinalNumber.objects.get(municipality=OWN)
    assert (row.number, row.under15, row.from15) == (number, 2, 5)
    assert f'name="{OWN}-was" value="{number}|2|5"' in page(client, f"numbers/{COUNTY}")
    fields = {f"{OWN}-was": f"{number}|2|5", f"{OWN}-number": number + 1, f"{OWN}-under15": 2, f"{OWN}-from15": 5}
    status, text = post(client, "round.set_number", county=COUNTY, **fields)
    assert status == 422
    assert f'value="{number + 1}"' in text  # what was written is still there
    status, _ = post(client, "round.set_number", county=COUNTY, reason="One more flat.", **fields)
    assert status == 302
    text = page(client, f"numbers/{COUNTY}")
    assert f"Skiller seg fra møtets utfall, {number}." in text
    assert "1 flere enn forslaget." in text
    assert "One more flat." in text
    assert re.search(r'<dd data-sum="left" data-kind="over" data-target="\d+">1 over</dd>', text)


@pytest.mark.begins_at(FINISHED)
def test_minors_beyond_the_number_are_refused_on_their_row() -> None:
    client = client_of(Party.DIRECTORATE)
    fields = {f"{OWN}-was": "", f"{OWN}-number": 5, f"{OWN}-under15": 4, f"{OWN}-from15": 4}
    status, text = post(client, "round.set_number", county=COUNTY, reason="So.", **fields)
    assert status == 422
    assert f'id="e-{OWN}-number"' in text


# The municipality's own page


def test_a_municipality_s_own_page_is_its_home_and_nobody_else_s() -> None:
    client = client_of(Party.MUNICIPALITY, area=OWN)
    assert client.get("/").headers["Location"] == f"/{YEAR}/own"
    assert f'href="/{YEAR}/own"' in client.get(f"/{YEAR}/").content.decode()
    for other in (client_of(Party.DIRECTORATE), client_of(Party.COUNTY, area=COUNTY), client_of(Party.KS)):
        assert other.get(f"/{YEAR}/own").status_code == 404
        assert other.get("/").headers["Location"].endswith("/")
    assert client.get("/1999/own").status_code == 404


def test_before_its_round_is_frozen_a_municipality_sees_no_number() -> None:
    assert "Det finnes ikke noe tall for Bergen ennå." in page(client_of(Party.MUNICIPALITY, area=OWN), "own")


@pytest.mark.begins_at(FROZEN)
def test_before_its_letter_a_municipality_sees_where_the_round_stands_and_no_number() -> None:
    client = client_of(Party.MUNICIPALITY, area=OWN)
    Request.objects.filter(round=YEAR, municipality=OWN).update(number=987_651)
    text = page(client, "own")
    assert "Det finnes ikke noe tall for Bergen ennå." in text
    assert "høsten 2020" in text
    assert "987 651" not in text
    assert "Måltall" in text


@pytest.mark.begins_at(FROZEN)
def test_from_its_letter_on_a_municipality_sees_its_number_explained_and_nobody_else_s() -> None:
    FinalNumber.objects.filter(round=YEAR).exclude(municipality=OWN).update(number=987_651)
    Request.objects.filter(round=YEAR).exclude(municipality=OWN).update(number=987_651)
    sent = Request.objects.filter(round=YEAR, municipality=OWN)
    sent.update(sent_at=datetime(2020, 10, 20, 9, 0, tzinfo=UTC), under15=2, from15=5)
    number = sent.get().number
    client = client_of(Party.MUNICIPALITY, area=OWN)
    text = page(client, "own")
    assert f'<strong class="large">{number}</strong>' in text
    assert "under 15 år 2, 15–18 år 5" in text
    assert "brev sendt 20. oktober 2020, versjon 1" in text
    assert "Kommunens del av landets beregningsgrunnlag er" in text
    assert "Hvem betaler for det?" not in text  # that names the numbers of others
    assert "987 651" not in text
    assert "ikke offentlig ennå" in text
    assert "Fylkeskommunen anbefalte" not in text
    assert "Svarfristen er ikke ført inn her" in text
    neighbour = client_of(Party.MUNICIPALITY, area=NEIGHBOUR)
    assert "Det finnes ikke noe tall for Kinn ennå." in page(neighbour, "own")
    # Released: everyone's numbers, the recommendation and the meeting too.
    rounds.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    text = page(client, "own")
    assert "Hvem betaler for det?" in text
    assert "987 651" in text
    assert f"Fylkeskommunen anbefalte {number}." in text
    assert f"Møtet kom til {number}." in text


@pytest.mark.begins_at(FROZEN)
def test_a_correction_without_a_letter_is_not_on_the_page() -> None:
    Request.objects.filter(round=YEAR, municipality=OWN).update(sent_at=clock.moment())
    Request.objects.create(round_id=YEAR, municipality=OWN, version=2, number=987_651, day="2020-11-01")
    text = page(client_of(Party.MUNICIPALITY, area=OWN), "own")
    assert "987 651" not in text
    assert "versjon 1" in text


@pytest.mark.begins_at(FROZEN)
def test_a_number_that_today_s_code_does_not_come_to_is_not_explained() -> None:
    Request.objects.filter(round=YEAR, municipality=OWN).update(sent_at=clock.moment())
    client = client_of(Party.MUNICIPALITY, area=OWN)
    ProposalLine.objects.filter(municipality=OWN).update(number=1)
    assert "Forklaringen kan ikke vises" in page(client, "own")
    stored = Proposal.objects.get()
    stored.inputs["targets"]["03"] += 1  # the sums do not close: it cannot be computed at all
    stored.save()
    assert "Forklaringen kan ikke vises" in page(client, "own")


def test_the_own_page_of_2020_says_that_the_weights_are_not_known() -> None:
    text = page(client_of(Party.MUNICIPALITY, area=OWN), "own", 2020)
    assert '<strong class="large">195</strong>' in text
    assert "vektene i kriteriene for 2020 er ikke kjent" in text
    assert "Hvor mange av disse som er enslige mindreårige, er ikke oppgitt." in text
    assert "IMDi; kjent 1. mars 2020" in text
    assert "SSB; kjent 1. mars 2019" in text
    assert "Trondheim" in text
    assert '<svg class="bars"' in text


def test_hidden_missing_and_not_asked_are_three_words_on_the_own_page() -> None:
    asked = set(Request.objects.filter(round=2020).order_by("pk").values_list("municipality", flat=True))
    shown: set[str] = set()
    for place in municipalities(2020):
        if place.code in asked or not {"skjermet", "mangler", "ikke anmodet"} - shown:
            continue
        text = page(client_of(Party.MUNICIPALITY, area=place.code), "own", 2020)
        assert f"{place.name} er ikke anmodet om å bosette flyktninger i 2020." in text
        cells_of = text.split("<tbody>")[1].split("</tbody>")[0]
        shown |= {word for word in ("skjermet", "mangler", "ikke anmodet") if f">{word}<" in cells_of}
    assert shown == {"skjermet", "mangler", "ikke anmodet"}


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.begins_at(FINISHED)
def test_the_new_pages_are_whole_in_every_language(language: str) -> None:
    consult("A word.")
    shift(2)
    for party, area, paths in (
        (Party.DIRECTORATE, "", ("country", "numbers", f"numbers/{COUNTY}")),
        (Party.KS, "", ("country", "numbers")),
        (Party.MUNICIPALITY, OWN, ("own",)),
    ):
        client = client_of(party, area=area)
        client.post("/settings", {"language": language, "scheme": "dark", "back": "/"})
        for path in paths:
            page(client, path)
    own = client_of(Party.MUNICIPALITY, area=NEIGHBOUR)
    own.post("/settings", {"language": language, "scheme": "dark", "back": "/"})
    page(own, "own", 2020)


QUERIES = {"country": 22, "numbers/46": 20}


@pytest.mark.begins_at(SHARED)
def test_the_pages_ask_the_database_a_fixed_number_of_times() -> None:
    def counted(client: Client, path: str) -> int:
        forget_kept()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/{YEAR}/{path}").status_code == 200
        return len(asked)

    client = client_of(Party.DIRECTORATE)
    few = {path: counted(client, path) for path in QUERIES}
    finish_country()
    consult("A word.")
    assert {path: counted(client, path) for path in QUERIES} == few == QUERIES
    own = client_of(Party.MUNICIPALITY, area=OWN)
    waiting = counted(own, "own")
    Request.objects.create(
        round_id=YEAR, municipality=OWN, version=1, number=200, day="2020-10-20", sent_at=clock.moment()
    )
    assert (waiting, counted(own, "own")) == (32, 44)


@pytest.mark.begins_at(SHARED)
def test_an_outcome_that_differs_is_told_with_who_said_why() -> None:
    county, directorate = worker(Party.COUNTY, "03"), worker(Party.DIRECTORATE)
    cells.fill_from_proposal(county, year=YEAR, county="03")
    recommendations.ready(county, year=YEAR, county="03")
    recommendations.submit(approver(Party.COUNTY, "03"), year=YEAR, county="03")
    outcome = Outcome("0301", Numbers(250), "Oslo has said so.", Party.MUNICIPALITY.value)
    outcomes.set_outcomes(directorate, year=YEAR, county="03", outcomes=[outcome])
    text = page(client_of(Party.DIRECTORATE), "country")
    assert "Møtets utfall (kommunen):" in text
    assert "Oslo has said so." in text
