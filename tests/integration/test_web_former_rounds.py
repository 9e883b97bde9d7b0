"""Former years are read in as published: what was asked and decided, what is hidden, and what nobody knows."""

import argparse
import csv
import io
import json
import re
from collections import Counter

import pytest
from django.test import Client

from bosett.figures import series
from bosett.figures.kinds import Status
from bosett.geography import counties, municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import former
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.operations.console import former_rounds
from bosett_web.queries.former import untold, years_to_read_in
from bosett_web.queries.round.duties import duties
from bosett_web.queries.standing import standing
from bosett_web.records.models import CriteriaSet, Decision, Request, SettlementRound
from bosett_web.screens.formats import number
from coming_year import PEOPLED, TODAY
from formeryears import READ_IN, YEARS
from markup import tidy
from parties import DEMO, approver, worker
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(READ_IN)]
NATIONAL = ("", "criteria", "forecasts", "targets", "proposal", "counties", "meetings", "numbers", "decisions")
"""Pages of a round."""


def page(client: Client, year: int, path: str, before: str = "") -> str:
    answer = client.get(f"{before}/{year}/{path}")
    assert answer.status_code == 200, (year, path, answer.status_code)
    text = tidy(answer.content.decode()).replace("\u00a0", " ")
    assert "MISSING-IN-TEMPLATE" not in text, (year, path)
    return text.split("<main")[1]


def public_page(year: int, path: str) -> str:
    return page(Client(), year, path, "/nb")


def test_every_year_with_published_requests_is_there_as_a_former_round() -> None:
    assert years_to_read_in(TODAY) == ()
    for year in YEARS:
        at = standing(year)
        assert (at.state, at.is_former, at.closed_on) == ("frozen", True, None)
        assert at.release_at is not None
        assert at.final_numbers == {}
        assert duties(at, TODAY) == ()
    files = dict(CriteriaSet.objects.values_list("round", "file"))
    assert files == {year: f"no-{year}-official" for year in (2018, 2019, 2020, 2022)}
    assert not verify().faults


@pytest.mark.parametrize("year", YEARS)
def test_the_newest_requests_are_the_published_ones_and_no_later_is_told_as_the_first(year: int) -> None:
    last = series("requested", year)
    newest = dict(Request.objects.filter(round=year).order_by("version").values_list("municipality", "number"))
    assert newest == {code: each.persons for code, each in last.figures.items() if each.persons is not None}
    firsts = dict(Request.objects.filter(round=year, version=1).values_list("municipality", "number"))
    if year == 2023:  # its first requests were not published by municipality
        assert firsts == {}
        return
    first = series("requested_first", year)
    assert firsts == {code: each.persons for code, each in first.figures.items() if each.persons is not None}


def test_versions_are_as_many_as_were_published() -> None:
    counts = Counter(Request.objects.values_list("round", "version"))
    revised_2020 = sum(
        each.persons != series("requested_first", 2020).figures[code].persons
        for code, each in series("requested", 2020).figures.items()
    )
    assert counts[2018, 1] == 224
    assert counts[2019, 1] == 235
    assert counts[2020, 1] == counts[2021, 1] == 211
    assert counts[2020, 2] == revised_2020
    assert counts[2022, 1] == 212
    assert (counts[2023, 1], counts[2023, 2]) == (0, 355)
    assert {key for key in counts if key[1] == 2} == {(2020, 2), (2022, 2), (2023, 2)}


@pytest.mark.parametrize("year", YEARS)
def test_decisions_are_the_published_ones_on_the_request_that_was_known_then(year: int) -> None:
    decided = series("decided", year)
    rows = Decision.objects.filter(round=year).select_related("request")
    asked = set(Request.objects.filter(round=year).values_list("municipality", flat=True))
    assert {row.municipality: row.number for row in rows} == {
        code: each.persons
        for code, each in decided.figures.items()
        if code in asked and each.status in (Status.OK, Status.HIDDEN)
    }
    assert {(row.decided_on, row.source, row.day) for row in rows} == {(None, "IMDi", decided.known_on)}
    expected = {2018: {1}, 2019: {1}, 2020: {1}, 2021: {1}, 2022: {1, 2}, 2023: {2}}[year]
    assert {row.request.version for row in rows} <= expected


def test_it_is_journalled_as_a_move_of_the_directorate_s_approver() -> None:
    events = Event.objects.filter(name="round.read_in").order_by("round")
    assert [event.round for event in events] == list(YEARS)
    body = json.loads(next(event.body for event in events if event.round == 2018))
    assert body["after"] == {
        "state": "frozen",
        "municipalities": 224,
        "requests": 224,
        "decisions": 224,
        "file": "no-2018-official",
    }
    assert body["seat_name"]


@pytest.mark.begins_at(PEOPLED)
def test_it_is_an_approver_s_and_only_of_years_that_are_known_and_not_here() -> None:
    with pytest.raises(Objected) as low:
        former.read_in(worker(Party.DIRECTORATE), year=2019)
    assert low.value.objection.code == "low_grade"
    for year in (2017, 2024, 2027):
        with pytest.raises(Invalid) as refused:
            former.read_in(approver(Party.DIRECTORATE), year=year)
        assert refused.value.code == "year_not_to_read_in"
    former.read_in(approver(Party.DIRECTORATE), year=2019)
    with pytest.raises(Objected) as again:
        former.read_in(approver(Party.DIRECTORATE), year=2019)
    assert again.value.objection.code == "wrong_state"
    assert list(SettlementRound.objects.values_list("year", flat=True)) == [2019]


@pytest.mark.begins_at(DEMO)
def test_no_year_is_read_in_before_its_requests_were_known() -> None:
    assert years_to_read_in(TODAY.replace(year=2020, month=5)) == (2018, 2019)
    former.read_in(approver(Party.DIRECTORATE), year=2018)
    assert standing(2020).is_former


@pytest.mark.begins_at(PEOPLED)
def test_the_command_line_shows_first_and_does_it_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert former_rounds.run(argparse.Namespace(accept=False)) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "2018: 224 municipalities asked, as known from 2017-12-31"
    assert shown[2] == "2020: 211 municipalities asked, as known from 2019-10-24 and 2020-12-31"
    assert shown[-1] == "6 former rounds. Nothing has been done: --accept does it"
    assert not SettlementRound.objects.exists()
    assert former_rounds.run(argparse.Namespace(accept=True)) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "6 former rounds: done"
    assert {event.person for event in Event.objects.filter(name="round.read_in")} == {None}
    assert former_rounds.run(argparse.Namespace(accept=True)) == 0
    assert capsys.readouterr().out == "0 former rounds: done\n"


@pytest.mark.begins_at(PEOPLED)
def test_the_page_of_rounds_reads_them_in_by_one_button() -> None:
    boss = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    shown = tidy(boss.get("/rounds").content.decode())
    assert "ingen runde her: 2018, 2019, 2020, 2021, 2022, 2023." in shown
    case_worker = client_of(Party.DIRECTORATE)
    assert "rounds/former" not in case_worker.get("/rounds").content.decode()
    assert "Tidligere år" not in client_of(Party.KS).get("/rounds").content.decode()
    signed = boss.get("/rounds").context["signed"]
    assert boss.post("/rounds/former", {"shown_to": signed}).status_code == 302
    listed = tidy(boss.get("/rounds").content.decode())
    assert "Lest inn: 2018, 2019, 2020, 2021, 2022, 2023." in listed
    assert "Tidligere år" not in listed
    for year in YEARS:
        assert f'href="/{year}/"' in listed


@pytest.mark.parametrize("year", YEARS)
def test_every_page_of_it_works_for_the_map_of_its_year(year: int) -> None:
    place = next(each for each in municipalities(year) if Request.objects.filter(round=year, municipality=each.code))
    local = (f"counties/{counties(year)[0].code}", f"numbers/{place.county}", f"decisions?for={place.code}")
    readers = ((Party.DIRECTORATE, "", ("country", "letters", "documents", "journal")), (Party.KS, "", ("ks",)))
    for party, area, own in (*readers, (Party.COUNTY, "46", ("documents",))):
        client = client_of(party, area)
        for path in (*NATIONAL, *own, f"search?q={place.name[:4]}"):
            page(client, year, path)
        page(client, year, local[1])
        page(client, year, local[2])
    udi = client_of(Party.UDI)  # sees no more than the public
    for path in ("", "criteria", "numbers", "decisions", *local[1:]):
        page(udi, year, path)
    released = public_of(year)
    assert [each.code for each in released.municipalities] == [each.code for each in municipalities(year)]
    for path in ("", "places", "criteria", "calendar", "data", f"counties/{place.county}"):
        public_page(year, path)
    asked = next(each.asked.persons for each in released.municipalities if each.code == place.code)
    assert asked is not None
    assert number(asked).replace("\u00a0", " ") in public_page(year, f"municipalities/{place.code}")


def test_a_municipality_of_which_nobody_knows_is_not_told_as_not_asked() -> None:
    unknown = untold(standing(2018), TODAY)
    assert len(unknown) == 198
    code = min(unknown)
    place = next(each for each in municipalities(2018) if each.code == code)
    numbers = page(client_of(Party.DIRECTORATE), 2018, f"numbers/{place.county}")
    row = numbers.split(f">{place.display_name}</th>")[1].split("</tr>")[0]
    assert "ikke anmodet" not in row
    assert "mangler" in row
    assert "ikke anmodet" not in page(client_of(Party.UDI), 2018, "decisions")
    released = {each.code: each.asked.status for each in public_of(2018).municipalities}
    assert {each for each, status in released.items() if status is Status.MISSING} == unknown
    assert "Det er ikke kjent" in public_page(2018, f"municipalities/{code}")
    assert "ikke anmodet" not in public_page(2018, f"municipalities/{code}").split("<table")[0]
    # In 2019 it is known who was not asked.
    assert untold(standing(2019), TODAY) == frozenset()


def test_no_answer_is_awaited_on_a_request_that_came_after_the_published_decision() -> None:
    waiting = client_of(Party.DIRECTORATE).get("/2020/decisions").context["waiting"]
    assert waiting.rows == []


def test_its_numbers_are_in_the_csv_as_published() -> None:
    text = client_of(Party.UDI).get("/2019/numbers.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    last = next(name for name in rows[0] if re.match("endelig", name, re.IGNORECASE))
    assert sum(int(row[last]) for row in rows if row[last]) == 5350
    assert len(rows) == 422
    # And in what has been published, which the public is led to.
    assert led_from("/2019/numbers.csv") == "/nb/2019/data"
    released = public_of(2019).municipalities
    assert {each.code: each.asked.persons for each in released if each.asked.persons} == {
        row["kommunenummer"]: int(row[last]) for row in rows if row[last] not in ("", "0")
    }
