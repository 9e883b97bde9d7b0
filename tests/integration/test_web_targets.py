"""The targets' page: what is read before them, the counties' form filled in by a way of sharing, and its versions."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Protocol

import pytest
from django.test import Client

from bosett.figures import SHIPPED
from bosett.geography import municipalities
from bosett.rounds.county_targets import TargetPeople, as_last_year
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import criteria, demo, forecasts, targets
from bosett_web.actions.values import Numbers
from bosett_web.queries.round.targets import counties_before
from bosett_web.records.models import Request, Targets
from bosett_web.screens.words import say
from markup import tidy
from parties import COUNTIES, DECIDED, DEMO, FROZEN, SHARED, YEAR, approver, county_numbers, worker
from readers import client_of
from web_database import Start

PAGE = f"/{YEAR}/targets"
FILL = f"{PAGE}/fill"
JUNE = date(2020, 6, 30)
OSLO, VIKEN = "03", "30"


def forecasted() -> None:
    """Take the demo to a forecast with minors: the committee has all that it drafts by."""
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    demo.move_clock(worker(Party.DIRECTORATE), day=JUNE)
    forecasts.register(
        worker(Party.DIRECTORATE),
        year=YEAR,
        low=4000,
        middle=5025,
        high=7000,
        under15=35,
        from15=75,
        as_of=date(2020, 6, 15),
        publisher="Laget for prøven",
    )


class Answer(Protocol):
    """What a client is answered."""

    @property
    def content(self) -> bytes: ...
    @property
    def status_code(self) -> int: ...


FORECASTED = Start(forecasted, DEMO)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FORECASTED)]


def text_of(answer: Answer) -> str:
    """Return a page without its frame, numbers with plain spaces."""
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main")[1].replace("\u00a0", " ").replace("&nbsp;", " ")


def fields_of(answer: Answer) -> dict[str, str]:
    """Return what the draft's form holds, as it is shown."""
    form = answer.content.decode().split("do/targets.draft")[1].split("</form>")[0]
    boxes = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
    (note,) = re.findall(r'<textarea[^>]*name="note"[^>]*>\s*([^<]*)</textarea>', form)
    return {**dict(boxes), "note": note}


def filled(client: Client, way: str, **changed: str) -> Answer:
    """Send the form as it stands, with some fields changed, to be filled in in a way."""
    sent = {**fields_of(client.get(PAGE)), **changed, "way": way}
    return client.post(FILL, sent)


def numbers_in(fields: Mapping[str, str], part: str = "number") -> dict[str, int | None]:
    written = {code: fields[f"{code}-{part}"] for code in COUNTIES}
    return {code: int(text) if text else None for code, text in written.items()}


def column(text: str, heading: str) -> dict[str, str]:
    """Return the cells of a column of the form, by county."""
    table = text.split('id="county-targets"')[1].split("</tbody>", maxsplit=1)[0]
    cells = {}
    for row in table.split('data-code="')[1:]:
        (cell,) = re.findall(rf'data-label="{heading}"[^>]*>(.*?)</td>', row, re.DOTALL)
        cells[row[:2]] = re.sub(r"<[^>]+>", " ", cell).strip()
    return cells


# What is read before


def test_the_forecast_and_the_years_before_are_drawn_and_told() -> None:
    text = text_of(client_of(Party.COMMITTEE).get(PAGE))
    assert 'class="bars fan"' in text
    assert (
        "Prognosen per 15. juni 2020 (Laget for prøven) går fra 4 000 til 7 000 personer, med 5 025 i midten." in text
    )
    assert "Enslige mindreårige i prognosen: under 15 år 35, fra 15 til 18 år 75." in text
    # 5 350 were asked for first, and at least 4 782 settled.
    assert "2019 høyst 12 % over" in text
    assert "2018" not in re.findall(r"mot dem som ble bosatt: ([^<]*)", text)[0]  # not all of what was asked is known
    years = text.split('aria-labelledby="years-before"')[1].split("</table>")[0]
    of_2020 = years.split('scope="row">2020')[1].split("</tr>")[0]
    assert "5 120" in of_2020
    assert "mangler" in of_2020  # who is settled in the year that runs is not known, and is no zero
    assert not re.search(r">\s*0\s*<", years)


def test_who_takes_part_reads_the_same_and_writes_nothing() -> None:
    text = text_of(client_of(Party.KS).get(PAGE))
    assert "Prognosen per" in text
    assert 'id="county-targets"' not in text  # KS writes no targets


@pytest.mark.begins_at(DEMO)
def test_before_the_forecast_there_is_no_drawing_and_no_form() -> None:
    text = text_of(client_of(Party.COMMITTEE).get(PAGE))
    assert "Ingen prognose er registrert ennå." in text
    assert 'class="bars fan"' not in text
    assert 'id="county-targets"' not in text


@pytest.mark.begins_at(SHARED)
def test_who_takes_no_part_reads_targets_and_nothing_before_them() -> None:
    for party, area, code in ((Party.MUNICIPALITY, "4601", 200), (Party.COUNTY, "46", 200)):
        answer = client_of(party, area=area).get(PAGE)
        assert answer.status_code == code
        assert ("Før måltallene settes" in text_of(answer)) is (party is Party.COUNTY)


def test_who_decides_follows_from_the_day() -> None:
    committee = client_of(Party.COMMITTEE)
    words_by_day = {
        None: "vedtar måltallene, både for landet og for fylkene",
        date(2022, 2, 1): "gir råd om måltallene",
        date(2026, 1, 1): "er ikke kjent i Bosett",
    }
    for day, words in words_by_day.items():
        if day is not None:
            demo.move_clock(worker(Party.DIRECTORATE), day=day)
        assert words in text_of(committee.get(PAGE)), day


def test_where_the_committee_only_advises_its_button_does_not_say_that_it_decides() -> None:
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(number) for code, number in county_numbers(5025).items()}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties=parts)
    targets.submit(committee, year=YEAR, version=1)
    decides = client_of(Party.COMMITTEE, grade=Grade.APPROVER)
    assert "Vedta måltallene" in text_of(decides.get(PAGE))
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 2, 1))
    advised = text_of(decides.get(PAGE))
    assert "Registrer måltallene som fastsatt etter rådet" in advised
    assert "Vedta måltallene" not in advised


def test_in_an_advising_year_no_page_says_that_the_targets_are_decided() -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 2, 1))
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(number) for code, number in county_numbers(5025).items()}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties=parts)
    decides = re.compile(r"(?i)(vedta|vedtek|beslutt)[^.<]{0,40}måltal|måltal[^.<]{0,40}(vedta[^k]|vedtek|beslutt)")
    pages = (
        "",
        "targets",
        "forecasts",
        "criteria",
        "proposal",
        "counties",
        "meetings",
        "numbers",
        "journal",
        "help/targets",
    )
    is_after = False
    for step in ("drafted", "submitted", "decided"):
        if step == "submitted":
            targets.submit(committee, year=YEAR, version=1)
        if step == "decided":
            targets.decide(approver(Party.COMMITTEE), year=YEAR, version=1)
        for party in (Party.COMMITTEE, Party.DIRECTORATE):
            for grade in (Grade.CASE_WORKER, Grade.APPROVER):
                client = client_of(party, grade=grade)
                for page in pages:
                    text = re.sub(r"<[^>]+>", "<", text_of(client.get(f"/{YEAR}/{page}")))
                    text = text.replace(say("meaning_committee", "nb"), "")  # what it does in either kind of year
                    assert [each[0] for each in decides.finditer(text)] == [], (step, party, grade, page)
                    is_after |= "fastsatt etter råd" in text
    assert is_after


# The form


def test_the_draft_begins_with_the_forecast_and_says_so() -> None:
    answer = client_of(Party.COMMITTEE).get(PAGE)
    fields = fields_of(answer)
    assert (fields["national-number"], fields["national-under15"], fields["national-from15"]) == ("5025", "35", "75")
    assert set(numbers_in(fields).values()) == {None}  # nothing is given to a county by itself
    assert "Tallene for landet er hentet fra prognosen per 15. juni 2020 (Laget for prøven)" in text_of(answer)


def test_the_columns_are_what_the_core_gives_and_add_up() -> None:
    client = client_of(Party.COMMITTEE)
    text = text_of(filled(client, "show", **{"national-number": "4000"}))
    assert "er regnet ut for 4 000 personer" in text
    by_criteria = {code: int(cell) for code, cell in column(text, "Etter kriteriene").items()}
    assert by_criteria == county_numbers(4000)
    before = counties_before(YEAR, JUNE, SHIPPED)
    shared = as_last_year(before.asked, TargetPeople(4000), "larger-claim")
    as_before = {code: int(cell) for code, cell in column(text, "Som i fjor").items()}
    assert as_before == {code: each.number for code, each in shared.items()}
    assert sum(by_criteria.values()) == sum(as_before.values()) == 4000
    assert column(text, "Bedt om i 2020")[OSLO].split() == ["210", "0,3", "per", "1", "000"]
    assert column(text, "Innbyggere")[OSLO] == "693 494"


@pytest.mark.parametrize("way", ["criteria", "last"])
def test_the_form_is_filled_in_and_adds_up_and_nothing_is_saved(way: str) -> None:
    client = client_of(Party.COMMITTEE)
    answer = filled(client, way)
    assert answer.status_code == 200
    fields = fields_of(answer)
    given = numbers_in(fields)
    assert sum(number or 0 for number in given.values()) == 5025
    assert sum(number or 0 for number in numbers_in(fields, "under15").values()) == 35
    assert sum(number or 0 for number in numbers_in(fields, "from15").values()) == 75
    if way == "criteria":
        assert given == county_numbers(5025)
    text = text_of(answer)
    assert text.count('data-kind="even"') == 3
    assert "Ingen tall som sto der, er byttet ut." in text
    assert "Ingenting er lagret ennå." in text
    assert not Targets.objects.filter(round=YEAR).exists()
    # What is filled in can be saved as it stands, and laid before the committee.
    saved = client.post(f"/{YEAR}/do/targets.draft", fields)
    assert saved.status_code == 302
    targets.submit(worker(Party.COMMITTEE), year=YEAR, version=1)


def test_what_was_typed_is_told_when_it_is_replaced_and_comes_back() -> None:
    client = client_of(Party.COMMITTEE)
    typed = {f"{OSLO}-number": "300", f"{OSLO}-from15": "9", f"{VIKEN}-number": "971", "note": "Fordi."}
    answer = filled(client, "criteria", **typed)
    text = text_of(answer)
    assert "2 tall som sto der, er byttet ut:" in text
    assert "Oslo: 300 → 307" in text
    assert re.search(r"Oslo, 15–1[78][^:<]*: 9 → \d", text)
    assert "Viken: 971" not in text  # 971 is what the criteria give, too
    fields = fields_of(answer)
    assert fields["note"] == "Fordi."
    undone = client.post(FILL, {**fields, "way": "undo"})
    assert "slik de var før de ble fylt ut" in text_of(undone)
    assert "Oslo: 307 → 300" in text_of(undone)
    assert "Rogaland: 449 → –" in text_of(undone)
    back = fields_of(undone)
    assert {name: back[name] for name in typed} == typed
    assert [code for code, number in numbers_in(back).items() if number is not None] == [OSLO, VIKEN]


def test_without_minors_of_the_country_those_of_the_counties_stay() -> None:
    changed = {"national-under15": "", "national-from15": "", f"{OSLO}-under15": "4"}
    fields = fields_of(filled(client_of(Party.COMMITTEE), "criteria", **changed))
    assert fields[f"{OSLO}-under15"] == "4"
    assert {number for code, number in numbers_in(fields, "under15").items() if code != OSLO} == {None}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"national-number": ""}, "Tallet mangler."),
        ({"national-number": "mange"}, "Skriv et helt tall"),
        ({"national-number": "100"}, "mindreårige"),
        ({f"{OSLO}-number": "en del"}, "Skriv et helt tall"),
        ({"national-number": "5", "national-under15": "", "national-from15": ""}, "går ikke opp"),
    ],
)
def test_what_cannot_be_filled_in_is_told_at_its_field_and_nothing_is_lost(
    changed: Mapping[str, str], words: str
) -> None:
    answer = filled(client_of(Party.COMMITTEE), "criteria", **changed, **{f"{VIKEN}-number": "900"})
    assert answer.status_code == 422
    text = text_of(answer)
    faults = re.findall(r'ds-validation-message" id="[^"]*">\s*([^<]*)', text)
    assert any(words in fault for fault in faults), faults
    fields = fields_of(answer)
    assert fields[f"{VIKEN}-number"] == "900"
    assert all(fields[name] == value for name, value in changed.items())


@pytest.mark.begins_at(DEMO)
def test_a_round_that_goes_on_without_criteria_is_shared_as_last_year_alone() -> None:
    for gate in ("criteria_adopted", "forecast_registered"):
        numbers.skip(approver(Party.DIRECTORATE), year=YEAR, gate=gate, reason="Krise.")
    client = client_of(Party.COMMITTEE)
    assert set(numbers_in(fields_of(client.get(PAGE)), "number").values()) == {None}
    refused = filled(client, "criteria", **{"national-number": "4000"})
    assert refused.status_code == 422
    assert "Ingen kriterier er vedtatt." in text_of(refused)
    given = numbers_in(fields_of(filled(client, "last", **{"national-number": "4000"})))
    assert sum(number or 0 for number in given.values()) == 4000


def test_sums_and_what_is_left_are_told_by_the_server() -> None:
    changed = {f"{OSLO}-number": "300", f"{VIKEN}-number": "1 000", f"{OSLO}-under15": "40"}
    text = text_of(filled(client_of(Party.COMMITTEE), "show", **changed))
    sums = dict(re.findall(r'data-sum="(\w+)"[^>]*>\s*([^<]*?)\s*<', text))
    assert sums == {"number": "1 300", "under15": "40", "from15": "–", "empty": "9"}
    rests = dict(re.findall(r'data-rest="(\w+)"[^>]*>\s*([^<]*?)\s*<', text))
    assert rests == {"number": "3 725 igjen", "under15": "5 for mye", "from15": "–"}
    assert column(text, "Per 1 000 innb.")[OSLO] == "0,4"


def test_who_may_not_draft_is_led_to_the_page() -> None:
    for party in (Party.DIRECTORATE, Party.KS):
        client = client_of(party)
        signed = client.get(PAGE).context["signed"]
        answer = client.post(FILL, {"shown_to": signed, "way": "criteria", "national-number": "5025"})
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert client_of(Party.COMMITTEE).get(FILL).status_code == 405


# Versions


def version(total: int, number: int, note: str = "", minors: int | None = None) -> None:
    parts = {code: Numbers(persons) for code, persons in county_numbers(total).items()}
    if minors is not None:
        parts = {code: Numbers(each.number, minors) for code, each in parts.items()}
    committee = worker(Party.COMMITTEE)
    whole = Numbers(total, None if minors is None else minors * len(parts))
    targets.draft(committee, year=YEAR, national=whole, counties=parts, note_text=note)
    targets.submit(committee, year=YEAR, version=number)
    targets.decide(approver(Party.COMMITTEE), year=YEAR, version=number)


def test_two_versions_are_held_against_each_other() -> None:
    version(5025, 1, "Etter prognosen.")
    version(5200, 2, "Flere venter.", minors=2)
    client = client_of(Party.KS)
    text = text_of(client.get(PAGE))
    part = text.split('id="compare"')[1].split("</section>")[0]
    assert "Begrunnelsen er en annen." in part
    assert "Grunnlaget er et annet." not in part
    whole = part.split("Hele landet")[1].split("</tr>")[0]
    assert [each in whole for each in ("5 025", "5 200", "+175", "Under 15: mangler → 22")] == [True] * 4
    turned = text_of(client.get(f"{PAGE}?a=2&b=1")).split('id="compare"')[1].split("</section>")[0]
    assert "−175" in turned
    same = text_of(client.get(f"{PAGE}?a=1&b=1")).split('id="compare"')[1].split("</section>")[0]
    assert "Ingen tall er forskjellige i de to versjonene." in same
    for asked in ("a=9&b=1", "a=x&b=", "a=<b>"):
        part = text_of(client.get(f"{PAGE}?{asked}")).split('id="compare"')[1].split("</section>")[0]
        assert "<table" not in part


@pytest.mark.begins_at(DECIDED)
def test_the_newest_version_tells_how_far_it_is_from_the_criteria_and_from_last_year() -> None:
    moved = {**county_numbers(5025), OSLO: county_numbers(5025)[OSLO] + 3, VIKEN: county_numbers(5025)[VIKEN] - 3}
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(number) for code, number in moved.items()}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties=parts, note_text="Oslo har plass.")
    text = text_of(client_of(Party.DIRECTORATE).get(PAGE))
    if "Oslo har plass." not in text:  # a draft is the committee's own
        text = text_of(client_of(Party.COMMITTEE).get(PAGE))
    newest = text.split("<article")[1].split("</article>")[0]
    oslo = newest.split('scope="row">Oslo')[1].split("</tr>")[0]
    against = re.findall(r'data-label="Mot kriteriene"[^>]*>\s*([^<]*?)\s*<', newest)
    assert against.count("0") == len(COUNTIES) - 2
    assert re.findall(r'data-label="Mot kriteriene"[^>]*>\s*([^<]*?)\s*<', oslo) == ["+3"]
    assert re.findall(r'data-label="Bedt om i 2020"[^>]*>\s*([^<]*?)\s*<', oslo) == ["210"]
    assert "Bygger på kriteriene i versjon 1 og prognosen i versjon 1." in newest
    assert "Oslo har plass." in newest


def test_the_next_draft_begins_with_the_last_version() -> None:
    version(5025, 1, "Etter prognosen.")
    answer = client_of(Party.COMMITTEE).get(PAGE)
    assert numbers_in(fields_of(answer)) == county_numbers(5025)
    assert fields_of(answer)["note"] == ""  # the next has reasons of its own
    assert "Tallene begynner med dem i versjon 1." in text_of(answer)


# Last year


@pytest.mark.begins_at(FROZEN)
def test_a_round_that_was_held_here_tells_what_its_letters_asked_for() -> None:
    published = counties_before(2022, date(2021, 6, 30), SHIPPED)
    assert not published.is_own
    Request.objects.filter(round=YEAR).update(sent_at=datetime(2020, 10, 30, 12, tzinfo=UTC))
    own = counties_before(2022, date(2021, 6, 30), SHIPPED)
    assert own.is_own
    assert own.asked == county_numbers(5025)
    Request.objects.create(
        round_id=YEAR,
        municipality="0301",
        version=2,
        number=100,
        day=date(2021, 1, 1),
        sent_at=datetime(2021, 1, 1, 12, tzinfo=UTC),
    )
    assert counties_before(2022, date(2021, 6, 30), SHIPPED).asked[OSLO] == 100


def test_a_county_of_which_something_is_not_known_has_no_sum() -> None:
    before = counties_before(2024, date(2023, 6, 30), SHIPPED)
    assert {place.county for place in municipalities(2024)} == before.asked.keys()
    assert set(before.asked.values()) == {None}
    assert before.asked_by is None
