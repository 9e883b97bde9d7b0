"""The pages by a client: who sees what and when, refusals with words, forms that are not lost, numbers of queries."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from bosett.basis.languages import LANGUAGES
from bosett.figures.kinds import Status
from bosett.geography import counties, municipalities
from bosett.rounds.moves import MOVES, Gate, Track, states_of
from bosett.rounds.open_round import OpenFigure
from bosett.rounds.parties import Grade, Party
from bosett.rounds.visibility import SIGHTS, Audience
from bosett_web.accounts.models import Grant
from bosett_web.actions.numbers import numbers
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.actions.round import demo
from bosett_web.dispatch import Channel
from bosett_web.journal.models import Event
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import FinalNumber, Request
from bosett_web.screens.fields import NumberField
from bosett_web.screens.formats import number, sort_key
from bosett_web.screens.moves import DEEDS
from bosett_web.screens.site.desk import is_open
from bosett_web.screens.words import WORDS
from parties import (
    COUNTIES,
    DEMO,
    FROZEN,
    SHARED,
    YEAR,
    approver,
    decide_targets,
    share_proposal,
)
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
OF_FIGURES = {"figures.fetch", "figures.read", "figures.accept", "figures.refuse", "figures.take_back"}
SOURCE = Path(__file__).parents[2] / "src" / "bosett_web"
SCREENS = ("", "criteria", "forecasts", "targets", "proposal", "counties", "counties/46", "meetings", "numbers")


def signed(client: Client, page: str = f"/{YEAR}/criteria") -> str:
    """Return what the forms of a page carry to tell whom they were shown to."""
    text = client.get(page).content.decode()
    match = re.search(r'name="shown_to" value="([^"]+)"', text)
    assert match, page
    return match[1]


def published_text() -> str:
    """Return all that the public reads of the round once what is public has been published."""
    return json.dumps(public_of(YEAR).document(), ensure_ascii=False)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code in (200, 404), (path, answer.status_code)
    return str(answer.content.decode())


# Words


def test_every_move_state_gate_and_fault_has_words() -> None:
    asked = {f"event_{move.name}" for move in MOVES} | {f"do_{move.name}" for move in MOVES if move.by}
    asked |= {f"state_{state}" for track in Track for state in states_of(track)} | {f"track_{track}" for track in Track}
    asked |= {f"gate_{gate}" for gate in Gate} | {f"holds_{gate}" for gate in Gate}
    asked |= {f"thing_{row.thing}" for row in SIGHTS} | {f"state_{row.state}" for row in SIGHTS}
    asked |= {f"audience_{audience}" for audience in Audience} | {row.ground for row in SIGHTS if row.ground}
    asked |= {f"party_{party}" for party in Party} | {f"grade_{grade}" for grade in Grade}
    asked |= {f"letter_{kind}" for kind in LetterKind} | {f"channel_{channel}" for channel in Channel}
    asked |= {f"form_{language}" for language in LANGUAGES}
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'Invalid\([^,()]+(?:\([^)]*\))?, "(\w+)"', source))
        asked |= set(re.findall(r'\bObjection\("(\w+)"', source))
        asked |= {f"service_{code}" for code in re.findall(r'\bcoded\("(\w+)"', source)}
    assert "number_missing" in asked
    assert asked <= set(WORDS)


def test_every_word_that_a_template_asks_for_is_there() -> None:
    asked = set()
    for path in (SOURCE / "screens").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'{% say "([\w.]+)"(?: as \w+| \w+=[^%]*)? %}', text))
        asked |= set(re.findall(r'{% (?:cell|\w+_cell) "([\w.]+)"', text))
    assert len(asked) > 700
    assert asked <= set(WORDS), asked - set(WORDS)


def test_every_move_that_people_make_has_its_address() -> None:
    assert {move.name for move in MOVES if move.by} - set(DEEDS) == {
        *("round.open", "round.read_in"),
        *OF_FIGURES,
    }  # not of a round that there is


def test_numbers_and_names_are_written_the_norwegian_way() -> None:
    assert number(5025) == "5\u00a0025"
    names = ["Ål", "Øygarden", "Ærø", "Asker", "Čáhcesuolu", "Drammen", "Aasen"]
    assert sorted(names, key=sort_key) == ["Asker", "Čáhcesuolu", "Drammen", "Ærø", "Øygarden", "Ål", "Aasen"]
    assert NumberField().clean("1 234") == NumberField().clean("1\u00a0234") == 1234


# Who sees what, when


@pytest.mark.begins_at(FROZEN)
def test_nobody_outside_sees_a_number_of_the_coming_round_before_its_letter() -> None:
    asked = {row.municipality: row.number for row in Request.objects.filter(round=YEAR)}
    code = max(asked, key=lambda each: asked[each])
    county = next(place.county for place in municipalities(YEAR) if place.code == code)
    own = client_of(Party.MUNICIPALITY, area=code)
    paths = [*SCREENS, "numbers.csv", "journal", f"counties/{county}", f"numbers/{county}", f"meetings/{county}.ics"]
    # A number that cannot be taken for another: set apart from every figure that is open.
    FinalNumber.objects.filter(round=YEAR, municipality=code).update(number=987_651)
    Request.objects.filter(round=YEAR, municipality=code).update(number=987_651)
    pattern = re.compile("987(?:\u00a0|&nbsp;)?651")
    for client in (own, client_of(Party.MINISTRY), client_of(Party.UDI), client_of(Party.COMMITTEE)):
        for path in paths:
            assert not pattern.search(text_of(client, f"/{YEAR}/{path}")), path
    for path in paths:
        if is_open(resolve(f"/{YEAR}/{path}")):
            assert not pattern.search(text_of(Client(), f"/{YEAR}/{path}")), path
    assert "987651" not in published_text()
    other = next(each for each in COUNTIES if each != county)
    assert not pattern.search(text_of(client_of(Party.COUNTY, area=other), f"/{YEAR}/numbers.csv"))
    for client in (client_of(Party.DIRECTORATE), client_of(Party.KS), client_of(Party.COUNTY, area=county)):
        assert pattern.search(text_of(client, f"/{YEAR}/numbers.csv"))
    # Its letter is sent: it sees its own number, and still nobody else's.
    Request.objects.filter(round=YEAR, municipality=code).update(sent_at=clock.moment())
    assert pattern.search(text_of(own, f"/{YEAR}/numbers.csv"))
    assert pattern.search(text_of(own, f"/{YEAR}/numbers"))
    assert not pattern.search(text_of(client_of(Party.UDI), f"/{YEAR}/numbers.csv"))
    assert "987651" not in published_text()
    neighbour = next(each for each in asked if each != code)
    assert not pattern.search(text_of(client_of(Party.MUNICIPALITY, area=neighbour), f"/{YEAR}/numbers.csv"))
    # A correction that is not sent yet is not shown to it.
    Request.objects.create(round_id=YEAR, municipality=code, version=2, number=123_457, day=clock.today())
    assert "123457" not in text_of(own, f"/{YEAR}/numbers.csv")
    assert "123457" not in published_text()
    # Released: everyone sees, at the same moment.
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    assert len(text_of(client_of(Party.UDI), f"/{YEAR}/numbers.csv").splitlines()) == 357
    assert "123457" in text_of(client_of(Party.UDI), f"/{YEAR}/numbers.csv")
    assert led_from(f"/{YEAR}/numbers.csv") == f"/nb/{YEAR}/data"
    released = public_of(YEAR)
    assert {each.code: each.asked.persons for each in released.municipalities}[code] == 123_457
    assert len(released.municipalities) == 356


@pytest.mark.begins_at(FROZEN)
def test_a_release_time_that_has_not_come_shows_nothing() -> None:
    later = clock.moment() + timedelta(hours=1)
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=later)
    rows = text_of(client_of(Party.UDI), f"/{YEAR}/numbers.csv").splitlines()[1:]
    assert all(row.endswith(";") for row in rows)
    released = public_of(YEAR)
    assert released.requests == ()
    assert {each.asked for each in released.municipalities} == {OpenFigure(None, Status.MISSING)}


@pytest.mark.begins_at(SHARED)
def test_drafts_and_shared_proposals_are_seen_by_their_own() -> None:
    assert "Hvorfor" in text_of(client_of(Party.COUNTY, area="46"), f"/{YEAR}/counties/46")
    for client in (client_of(Party.COUNTY, area="03"), client_of(Party.DIRECTORATE), client_of(Party.UDI)):
        assert "Hvorfor" not in text_of(client, f"/{YEAR}/counties/46")
    assert "Bergen" not in text_of(client_of(Party.MINISTRY), f"/{YEAR}/proposal")
    assert "Versjon 1" not in text_of(client_of(Party.MINISTRY), f"/{YEAR}/proposal")
    assert "Versjon 1" in text_of(client_of(Party.KS), f"/{YEAR}/proposal")


# Refusals


def refusal() -> tuple[str, str]:
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    return last.name, json.loads(last.body)["after"].get("code", "")


def test_wrong_party_wrong_state_too_early_and_anothers_row_are_refused_and_journalled() -> None:
    def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
        page = client.get(f"/{YEAR}/").context["signed"]
        answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": page, **fields})
        return answer.status_code, answer.content.decode()

    status, page = post(client_of(Party.DIRECTORATE, grade=Grade.APPROVER), "criteria.adopt", version=1)
    assert (status, refusal()) == (403, ("refused", "wrong_party"))
    assert "Dette kan bare departementet gjøre." in page
    status, page = post(client_of(Party.MINISTRY), "criteria.adopt", version=1)
    assert (status, refusal()) == (403, ("refused", "low_grade"))
    status, page = post(client_of(Party.DIRECTORATE), "criteria.share", version=1)
    assert (status, refusal()) == (409, ("refused", "wrong_state"))
    assert "«foreslått»" in page
    status, page = post(client_of(Party.DIRECTORATE), "proposal.queue")
    assert (status, refusal()) == (409, ("refused", "gate_targets_decided"))
    decide_targets()
    share_proposal()
    rogaland = client_of(Party.COUNTY, area="11")
    fields = {"4601-was": '{"number": ""}', "4601-number": 7, "county": "46"}
    status, page = post(rogaland, "recommendation.edit", **fields)
    assert (status, refusal()) == (403, ("refused", "wrong_area"))
    # Another county's municipality in one's own form.
    status, page = post(rogaland, "recommendation.edit", **{**fields, "county": "11"})
    assert status == 422
    assert "ligger ikke i fylket" in page
    status, page = post(rogaland, "recommendation.nothing")
    assert status == 404
    assert post(rogaland, "recommendation.edit", county="99")[0] == 404


def test_what_cannot_stand_comes_back_with_everything_that_was_filled_in() -> None:
    client = client_of(Party.DIRECTORATE)
    fields = {"low": "tre", "middle": "5 000", "high": "7000", "as_of": "2020-05-01", "publisher": "Prøven"}
    answer = client.post(f"/{YEAR}/do/forecast.register", {"shown_to": signed(client, f"/{YEAR}/forecasts"), **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv et helt tall" in page
    for value in fields.values():
        assert f'value="{value}"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_shown_in_another_role_is_refused() -> None:
    ministry = client_of(Party.MINISTRY, grade=Grade.APPROVER)
    old = signed(ministry)
    directorate = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    answer = directorate.post(f"/{YEAR}/do/criteria.adopt", {"shown_to": old, "version": 1})
    assert answer.status_code == 409
    assert "byttet rolle" in answer.content.decode()
    for forged in ("", "1:1", f"{old}x"):
        assert ministry.post(f"/{YEAR}/do/criteria.adopt", {"shown_to": forged, "version": 1}).status_code == 409


def test_a_session_that_ends_keeps_the_form_for_the_same_person() -> None:
    client = client_of(Party.DIRECTORATE)
    old = signed(client, f"/{YEAR}/forecasts")
    session = client.session
    del session["grant"]  # as when the grant has ended
    session.save()
    answer = client.post(f"/{YEAR}/do/forecast.register", {"shown_to": old, "note": "En lang merknad"})
    assert answer.status_code == 302
    grant = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.CASE_WORKER)
    answer = client.post("/login/demo", {"grant": grant.pk})
    assert answer.headers["Location"] == "/kept"
    assert "En lang merknad" in text_of(client, "/kept")
    other = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.APPROVER)
    client.post("/login/demo", {"grant": other.pk})
    assert client.get("/kept").status_code == 302  # not for somebody else


def test_a_withdrawn_grant_ends_at_once() -> None:
    client = client_of(Party.DIRECTORATE)
    Grant.objects.filter(seat__party=Party.DIRECTORATE, grade=Grade.CASE_WORKER).update(withdrawn_at=clock.moment())
    assert client.get("/rules").context["actor"] is None
    assert client.get(f"/{YEAR}/").headers["Location"] == f"/nb/{YEAR}/", "as anybody is"
    grant = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.CASE_WORKER)
    assert client.post("/login/demo", {"grant": grant.pk}).status_code == 403


def test_oslo_logs_in_as_county_or_as_municipality_and_the_choice_is_logged() -> None:
    for party, area in ((Party.COUNTY, "03"), (Party.MUNICIPALITY, "0301")):
        client = client_of(party, area=area)
        assert client.get(f"/{YEAR}/").context["actor"].seat_name == "Oslo kommune"
        last = Event.objects.order_by("-pk").first()
        assert last is not None
        assert last.name == "access.login"
        assert json.loads(last.body)["after"]["party"] == party


def test_a_form_without_the_pages_own_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/login/demo", {"grant": 1}).status_code == 403


def test_outside_the_demo_there_is_no_demo_login(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    grant = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.APPROVER)
    assert Client().post("/login/demo", {"grant": grant.pk}).status_code == 404


def test_pages_carry_a_strict_policy_and_are_not_kept_by_caches() -> None:
    answer = client_of(Party.DIRECTORATE).get(f"/{YEAR}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_home_is_the_newest_round_that_there_is() -> None:
    client = client_of(Party.DIRECTORATE)
    assert client.get("/").headers["Location"] == "/2021/"
    assert led_from("/") == "/nb/"
    publish_all()
    assert 'href="/nb/2020/places"' in text_of(Client(), "/nb/"), "the year that goes on"
    demo.move_clock(approver(Party.DIRECTORATE), day=date(2021, 2, 1))  # nobody has begun the round of 2022
    assert client.get("/").headers["Location"] == "/2021/"
    publish_all()
    assert led_from("/") == "/nb/"
    assert 'href="/nb/2021/places"' in text_of(Client(), "/nb/")


def test_a_form_larger_than_any_of_ours_is_refused_unread() -> None:
    client = client_of(Party.COUNTY, area="46")
    answer = client.post(
        f"/{YEAR}/do/recommendation.attach", {"attachment": ""}, headers={"Content-Length": "50000000"}
    )
    assert answer.status_code == 413
    assert "høyst 10 MB" in answer.content.decode()


def test_an_unknown_address_or_year_is_told_so() -> None:
    for path in ("/nope", "/1999/", f"/{YEAR}/counties/99", f"/{YEAR}/numbers/99"):
        answer = Client().get(path, follow=True)  # from the desk on to the public page that there would be
        assert answer.status_code == 404, path
        assert "Siden finnes ikke" in answer.content.decode()
    for path in ("/1999/", f"/{YEAR}/counties/99", f"/{YEAR}/numbers/99", f"/{YEAR}/ks"):
        answer = client_of(Party.DIRECTORATE).get(path)
        assert answer.status_code == 404, path
        assert "Siden finnes ikke" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.begins_at(SHARED)
def test_every_screen_is_whole_in_every_language(language: str) -> None:
    for party, area in ((Party.DIRECTORATE, ""), (Party.COUNTY, "46"), (Party.COMMITTEE, ""), (Party.KS, "")):
        client = client_of(party, area=area)
        assert client.post("/settings", {"language": language, "scheme": "dark", "back": "/"}).status_code == 302
        for path in (*SCREENS, "journal"):
            text = text_of(client, f"/{YEAR}/{path}")
            assert "MISSING-IN-TEMPLATE" not in text, path
            assert f'<html lang="{language}" data-color-scheme="dark"' in text, path


def test_display_leads_back_to_our_own_pages_only() -> None:
    for back in ("https://example.org/", "//example.org", "/\\example.org"):
        answer = Client().post("/settings", {"language": "nn", "scheme": "auto", "back": back})
        assert answer.headers["Location"] == "/"


# Queries

EXPECTED = {
    "": 11,
    "criteria": 19,
    "forecasts": 5,
    "targets": 7,
    "proposal": 6,
    "counties": 5,
    "counties/46": 5,
    "meetings": 6,
    "numbers": 10,
    "numbers/46": 9,
    "journal": 10,
    "numbers.csv": 4,
}


@pytest.fixture
def counted() -> Callable[[Client, str], int]:
    def count(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    return count


@pytest.mark.begins_at(SHARED)
def test_a_page_asks_the_database_a_fixed_number_of_times(counted: Callable[[Client, str], int]) -> None:
    """However large the county: what the frame, the session and the standing ask, and a page's own few."""
    client = client_of(Party.DIRECTORATE)
    assert (counted(client, f"/{YEAR}/"), counted(client, f"/{YEAR}/")) == (29, 11)  # nothing has changed since
    counts = {path: counted(client, f"/{YEAR}/{path}") for path in (*SCREENS, "numbers/46", "journal", "numbers.csv")}
    assert counts == EXPECTED
    sizes = {each.code: sum(place.county == each.code for place in municipalities(YEAR)) for each in counties(YEAR)}
    for code in (min(sizes, key=lambda each: sizes[each]), max(sizes, key=lambda each: sizes[each])):
        county = client_of(Party.COUNTY, area=code)
        assert counted(county, f"/{YEAR}/counties/{code}") == 16


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Bare for 2023"), ("nn", "Berre for 2023"), ("en", "Only in 2023")]
)
def test_the_page_of_criteria_says_where_our_own_model_loses(language: str, words: str) -> None:
    client = client_of(Party.DIRECTORATE)
    client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
    assert words in text_of(client, f"/{YEAR}/criteria")
    assert words not in text_of(client, "/2020/criteria")  # the criteria of 2020 are the ministry's
