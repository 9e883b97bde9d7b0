"""Meetings by a client: needs, changes, participants, points, meeting mode, minutes, KS's comments and the calendar."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

import parties
from bosett.geography import counties, municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import comments, outcomes, recommendations
from bosett_web.actions.county.cells import fill_from_proposal
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Invalid
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.comments import comments as comments_of
from bosett_web.queries.lines import Line
from bosett_web.queries.meetings.meetings import tally
from bosett_web.queries.standing import forget_kept
from bosett_web.queries.standing_rows import People
from bosett_web.records import clock
from bosett_web.records.models import (
    Comment,
    CountyTarget,
    InformationRequest,
    Meeting,
    MeetingPoint,
    RecommendationLine,
    SettlementRound,
)
from markup import tidy
from parties import COUNTIES, DEMO, SHARED, YEAR, approver, decide_targets, finish_county, share_proposal, worker
from readers import client_of
from web_database import Start

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]

COUNTY, NAME, OWN, OTHER = "11", "Rogaland", "1103", "46"
WHEN = datetime(2020, 9, 1, 7, 0, tzinfo=UTC)
NEED = "Trenger botid fra de siste fem årene"


@pytest.fixture
def directorate() -> Client:
    return client_of(Party.DIRECTORATE)


def call() -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, at=WHEN, place="Video", agenda="Tallene")
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY)


def share_and_submit() -> None:
    decide_targets()
    share_proposal()
    submit(COUNTY)


def submit(county: str) -> None:
    fill_from_proposal(worker(Party.COUNTY, county), year=YEAR, county=county)
    recommendations.ready(worker(Party.COUNTY, county), year=YEAR, county=county)
    recommendations.submit(approver(Party.COUNTY, county), year=YEAR, county=county)


# A county's meeting is called before anything is submitted; then its recommendation is submitted.
CALLED = Start(call, DEMO)
SUBMITTED = Start(share_and_submit, CALLED)


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code in (200, 404), (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text, path
    return str(text) if answer.status_code == 200 else ""


@dataclass
class Done:
    """What a form came to: status, page, and the names of the events that it wrote."""

    status: int
    page: str
    events: list[str]


def post(client: Client, name: str, **fields: object) -> Done:
    before = Event.objects.count()
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **fields})
    events = list(Event.objects.order_by("pk")[before:].values_list("name", flat=True))
    return Done(answer.status_code, tidy(answer.content.decode()), events)


def code_of_refusal() -> str:
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    return str(json.loads(last.body)["after"].get("code", ""))


# Who may do what: allowed with one event, refused with its objection, not found

FORMS = {
    "information.ask": {"county": COUNTY, "need": NEED},
    "information.answer": {"reply": "Tallene ligger hos SSB"},
    "meeting.change": {"county": COUNTY, "at": "2020-09-02T10:00", "place": "Stavanger", "agenda": "Tallene"},
    "meeting.note": {"county": COUNTY, "present_directorate": "rådgiver", "present_ks": "", "present_county": ""},
    "meeting.point": {"county": COUNTY, "point": "Avklar skolekapasitet"},
    "meeting.amend": {"county": COUNTY, "addendum": "KS gikk før sak 2"},
    "meeting.close_point": {"county": COUNTY},
    "meeting.reopen_point": {"county": COUNTY},
    "meeting.outcomes": {"county": COUNTY},
    "meeting.outcome": {"county": COUNTY, f"{OWN}-was-outcome": "||||", f"{OWN}-outcome-number": "0"}
    | {f"{OWN}-outcome-reason": "Avtalt", f"{OWN}-outcome-by": "ks"},
    "meeting.comment": {"county": COUNTY, "municipality": OWN, "comment": "KS er enig"},
    "recommendation.comment": {"county": COUNTY, "municipality": "", "comment": "KS er enig"},
    "ks.comment": {"county": COUNTY, "municipality": "", "comment": "KS er enig"},
}
MAKES = {
    "meeting.outcomes": "recommendation.outcome",
    "meeting.outcome": "recommendation.outcome",
    "meeting.comment": "recommendation.comment",
    "ks.comment": "recommendation.comment",
}
BY = dict.fromkeys(FORMS, Party.DIRECTORATE) | {
    "information.ask": Party.COUNTY,
    **dict.fromkeys(("meeting.comment", "recommendation.comment", "ks.comment"), Party.KS),
}


def filled(name: str) -> dict[str, object]:
    """Return the fields of a form, with the things that it needs made."""
    fields: dict[str, object] = dict(FORMS[name])
    if name == "meeting.amend":
        parties.hold(COUNTY, "Gått gjennom")
    if name == "information.answer":
        fields["request"] = InformationRequest.objects.create(
            round_id=YEAR, county=COUNTY, text=NEED, day="2020-05-20"
        ).pk
    if name in ("meeting.close_point", "meeting.reopen_point"):
        meeting = Meeting.objects.get(round=YEAR, county=COUNTY)
        fields["identity"] = MeetingPoint.objects.create(
            meeting=meeting, text="Avklar", closed=name == "meeting.reopen_point"
        ).pk
    return fields


def area_of(party: Party) -> str:
    return COUNTY if party is Party.COUNTY else ""


@pytest.mark.begins_at(SUBMITTED)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_done_by_its_own_party_with_one_event(name: str) -> None:
    done = post(client_of(BY[name], area=area_of(BY[name])), name, **filled(name))
    assert (done.status, done.events) == (302, [MAKES.get(name, name)]), done.page


@pytest.mark.begins_at(SUBMITTED)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_refused_to_others_and_the_journal_tells(name: str) -> None:
    fields = filled(name)
    for party in {Party.DIRECTORATE, Party.KS, Party.COUNTY} - {BY[name]}:
        done = post(client_of(party, area=area_of(party)), name, **fields)
        # KS's own view is nobody else's: the refusal is journalled, the page is not found.
        assert (done.status, done.events) == (404 if name == "ks.comment" else 403, ["refused"])
        assert code_of_refusal() == "wrong_party"
    reader = client_of(BY[name], grade=Grade.READER, area=area_of(BY[name]))
    assert post(reader, name, **fields).status == 403
    assert code_of_refusal() == "low_grade"


@pytest.mark.begins_at(CALLED)
def test_another_county_cannot_tell_a_county_s_need() -> None:
    done = post(client_of(Party.COUNTY, area=OTHER), "information.ask", **FORMS["information.ask"])
    assert (done.status, code_of_refusal()) == (403, "wrong_area")


@pytest.mark.parametrize(
    "name", ["meeting.change", "meeting.note", "meeting.point", "meeting.amend", "meeting.outcomes"]
)
def test_a_meeting_that_is_not_there_is_not_found(name: str, directorate: Client) -> None:
    assert post(directorate, name, **{**FORMS[name], "county": "99"}).status == 404


@pytest.mark.begins_at(SUBMITTED)
@pytest.mark.parametrize(
    ("name", "field", "value", "words"),
    [
        ("information.ask", "need", "  ", "Fyll ut feltet"),
        ("information.answer", "reply", "", "Fyll ut feltet"),
        ("information.answer", "request", 987_654, "Behovet finnes ikke"),
        ("meeting.change", "place", "", "Fyll ut feltet"),
        ("meeting.change", "at", "i morgen", "Skriv en dato"),
        ("meeting.note", "present_directorate", "", "Ingenting er endret"),
        ("meeting.point", "point", "", "Fyll ut feltet"),
        ("meeting.close_point", "identity", 987_654, "endret av en annen"),
        ("meeting.amend", "addendum", " ", "Fyll ut feltet"),
        ("meeting.outcome", f"{OWN}-outcome-reason", "", "Skriv hvorfor"),
        ("meeting.outcome", f"{OWN}-outcome-number", "mange", "helt tall"),
        ("meeting.outcome", f"{OWN}-outcome-under15", "4", "flere enn"),
        ("meeting.outcome", f"{OWN}-outcome-by", "somebody", "Velg et av svarene"),
        ("meeting.outcomes", "municipality", "4601", "ligger ikke i fylket"),
        ("meeting.comment", "comment", "", "Fyll ut feltet"),
        ("meeting.comment", "municipality", "4601", "ligger ikke i fylket"),
    ],
)
def test_what_cannot_stand_is_told_and_nothing_is_written(name: str, field: str, value: object, words: str) -> None:
    client = client_of(BY[name], area=area_of(BY[name]))
    done = post(client, name, **{**filled(name), field: value})
    assert (done.status, done.events) == (422, [])
    assert words in done.page


@pytest.mark.begins_at(SUBMITTED)
def test_a_fault_stands_at_its_field_and_what_was_written_is_kept(directorate: Client) -> None:
    fields = {**FORMS["meeting.outcome"], f"{OWN}-outcome-number": "7", f"{OWN}-outcome-reason": ""}
    page = post(directorate, "meeting.outcome", **fields).page
    assert f'name="{OWN}-outcome-number" type="text" inputmode="numeric" autocomplete="off" value="7"' in page
    assert re.search(rf'id="e-{OWN}-outcome-reason">Tallet avviker', page)


def test_a_need_is_answered_once(directorate: Client) -> None:
    fields = filled("information.answer")
    assert post(directorate, "information.answer", **fields).status == 302
    assert post(directorate, "information.answer", **fields).status == 409
    row = InformationRequest.objects.get()
    assert (row.state, row.answer) == ("answered", FORMS["information.answer"]["reply"])


def test_an_unknown_county_has_no_needs() -> None:
    own = worker(Party.COUNTY, COUNTY)
    nowhere = type(own)(**{**{name: getattr(own, name) for name in own.__slots__}, "area": "99"})
    with pytest.raises(Invalid, match="unknown_county"):
        needs.ask(nowhere, year=YEAR, county="99", need=NEED)


@pytest.mark.begins_at(CALLED)
def test_a_held_meeting_is_changed_no_more(directorate: Client) -> None:
    parties.hold(COUNTY, "Gått gjennom")
    for name in ("meeting.change", "meeting.note", "meeting.point"):
        assert post(directorate, name, **FORMS[name]).status == 409
    assert "Endre tid" not in text_of(directorate, f"meetings/{COUNTY}")


def test_a_planned_meeting_can_be_changed_but_not_noted_in(directorate: Client) -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, at=WHEN, place="Video")
    assert post(directorate, "meeting.change", **FORMS["meeting.change"]).status == 302
    assert Meeting.objects.get().place == "Stavanger"
    same = post(directorate, "meeting.change", **FORMS["meeting.change"])
    assert (same.status, same.events) == (422, [])
    assert post(directorate, "meeting.note", **FORMS["meeting.note"]).status == 409


@pytest.mark.begins_at(CALLED)
def test_what_is_written_freely_stands_beside_the_chain() -> None:
    """So that it can be shielded when it should never have been written."""
    needs.ask(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, need=NEED)
    meetings.add_point(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, point="Avklar")
    assert not Event.objects.filter(body__contains=NEED).exists()
    assert set(FreeText.objects.filter(text__in=[NEED, "Avklar"]).values_list("field", flat=True)) == {"need", "point"}


@pytest.mark.begins_at(SUBMITTED)
def test_as_recommended_for_one_takes_the_place_of_what_was_said() -> None:
    by, line = worker(Party.DIRECTORATE), RecommendationLine.objects.get(municipality=OWN)
    agreed = Outcome(OWN, Numbers(1), "Avtalt", "ks")
    outcomes.set_outcomes(by, year=YEAR, county=COUNTY, outcomes=[agreed])
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY, municipality=OWN)
    line.refresh_from_db()
    assert (line.outcome, line.outcome_reason, line.outcome_by) == (line.number, "", "")
    others = RecommendationLine.objects.filter(recommendation__county=COUNTY).exclude(municipality=OWN)
    assert set(others.values_list("outcome", flat=True)) == {None}
    with pytest.raises(Invalid, match="nothing_changed"):
        outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY, municipality=OWN)


# Who sees what, when


def readers() -> Iterator[tuple[str, Client]]:
    for party in (Party.DIRECTORATE, Party.KS, Party.MINISTRY, Party.UDI):
        yield party.value, client_of(party)
    for code in (COUNTY, OTHER):
        yield f"county {code}", client_of(Party.COUNTY, area=code)
    yield "municipality", client_of(Party.MUNICIPALITY, area=OWN)


def seen_by(path: str, words: str) -> set[str]:
    return {name for name, client in readers() if words in text_of(client, path)}


COUNTIES_TOO = {"directorate", "ks", f"county {COUNTY}", f"county {OTHER}"}
PARTIES = {"directorate", "ks", f"county {COUNTY}"}


def test_needs_are_seen_by_all_who_take_part_in_the_joint_meeting() -> None:
    needs.ask(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, need=NEED)
    assert seen_by("meetings", NEED) == COUNTIES_TOO
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=WHEN, place="Video")
    for path in ("meetings/joint", "meetings/joint/room"):
        assert seen_by(path, NEED) == {"directorate"}
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="")
    for path in ("meetings/joint", "meetings/joint/room"):
        assert seen_by(path, NEED) == COUNTIES_TOO
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert "udi" in seen_by("meetings", NEED)


def test_the_agenda_of_the_joint_meeting_lists_the_needs_county_by_county() -> None:
    for code in (OTHER, COUNTY):
        needs.ask(worker(Party.COUNTY, code), year=YEAR, county=code, need=f"Behov {code}")
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=WHEN, place="Video")
    text = text_of(client_of(Party.DIRECTORATE), "meetings/joint/minutes")
    assert (
        text.index("Rogaland") < text.index(f"Behov {COUNTY}") < text.index("Vestland") < text.index(f"Behov {OTHER}")
    )


def test_a_meeting_is_seen_by_its_parties_when_it_is_called() -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, at=WHEN, place="Ugla", agenda="Ugla")
    paths = (f"meetings/{COUNTY}", f"meetings/{COUNTY}/room", f"meetings/{COUNTY}.ics")
    for path in paths:
        assert seen_by(path, "Ugla") == {"directorate"}
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY)
    for path in paths:
        assert seen_by(path, "Ugla") == PARTIES


@pytest.mark.begins_at(CALLED)
def test_minutes_are_the_directorate_s_draft_until_the_meeting_is_held() -> None:
    path = f"meetings/{COUNTY}/minutes"
    assert seen_by(path, "Referat fra regionalt") == {"directorate"}
    assert "Utkast" in text_of(client_of(Party.DIRECTORATE), path)
    parties.hold(COUNTY, "Gått gjennom")
    assert seen_by(path, "Gått gjennom") == PARTIES


def mark(code: str, **numbers: int) -> None:
    RecommendationLine.objects.filter(recommendation__round=YEAR, municipality=code).update(**numbers)


@pytest.mark.begins_at(CALLED)
def test_meeting_mode_says_what_is_missing_until_the_recommendation_is_submitted() -> None:
    path, words = f"meetings/{COUNTY}/room", "har ikke sendt inn anbefalingen"
    assert seen_by(path, "Forslaget er ikke delt ennå") == PARTIES
    decide_targets()
    share_proposal()
    fill_from_proposal(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    mark(OWN, number=98_765)
    assert seen_by(path, words) == PARTIES
    assert seen_by(path, "98\u00a0765") == set(), "a draft is not shown on a screen, not even to its county"
    mark(OWN, number=RecommendationLine.objects.get(municipality="1106").number or 0)
    RecommendationLine.objects.filter(recommendation__county=COUNTY).update(reason="Lokalkunnskap")
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Vi kjenner fylket")
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    mark(OWN, number=98_765)
    assert seen_by(path, words) == set()
    assert seen_by(path, "98\u00a0765") == PARTIES
    assert seen_by(path, "Lokalkunnskap") == seen_by(path, "Vi kjenner fylket") == PARTIES


@pytest.mark.begins_at(SUBMITTED)
def test_the_directorate_writes_in_the_room_and_the_others_read() -> None:
    path = f"meetings/{COUNTY}/room"
    assert seen_by(path, f'name="{OWN}-outcome-number"') == {"directorate"}
    assert seen_by(path, 'name="point"') == {"directorate"}
    assert seen_by(path, 'name="comment"') == {"ks"}
    reader = text_of(client_of(Party.DIRECTORATE, grade=Grade.READER), path)
    assert 'name="point"' not in reader
    assert "outcome-number" not in reader


@pytest.mark.begins_at(SUBMITTED)
def test_the_room_shows_what_the_municipality_has_said_and_that_no_capacity_is_told() -> None:
    mark(OWN, signal=123, signal_minors=4)
    RecommendationLine.objects.filter(municipality=OWN).update(signal_by="formannskapet", signal_note="Har boliger")
    text = text_of(client_of(Party.COUNTY, area=COUNTY), f"meetings/{COUNTY}/room")
    for words in ("<strong>123</strong>", "hvorav 4 enslige", "formannskapet", "Har boliger", "ikke meldt inn"):
        assert words in text


@pytest.mark.begins_at(SUBMITTED)
def test_comments_of_ks_are_seen_with_the_recommendation() -> None:
    ks = worker(Party.KS)
    comments.comment(ks, year=YEAR, county=COUNTY, comment="Om hele fylket")
    comments.comment(ks, year=YEAR, county=COUNTY, municipality=OWN, comment="Om én kommune")
    Comment.objects.create(round_id=YEAR, text="Om runden", day="2020-09-01")
    for words in ("Om hele fylket", "Om én kommune"):
        assert seen_by(f"meetings/{COUNTY}/room", words) == PARTIES
        assert seen_by("ks", words) == {"ks"}
    assert seen_by("ks", "Om runden") == {"ks"}
    parties.hold(COUNTY, "Gått gjennom")
    assert seen_by(f"meetings/{COUNTY}/minutes", "Om én kommune") == PARTIES
    # Returned and opened again: the draft is the county's own, and so is what was said of it; KS keeps its own.
    directorate = worker(Party.DIRECTORATE)
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=COUNTY)
    recommendations.discuss(directorate, year=YEAR, county=COUNTY)
    recommendations.return_(directorate, year=YEAR, county=COUNTY, reason="Se på dette igjen")
    recommendations.reopen(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    # The minutes stand as they were held, with what had been said by then.
    assert seen_by(f"meetings/{COUNTY}/minutes", "Om én kommune") == PARTIES
    assert seen_by("ks", "Om én kommune") == {"ks"}


@pytest.mark.begins_at(SUBMITTED)
def test_comments_can_be_shown_on_another_page() -> None:
    comments.comment(worker(Party.KS), year=YEAR, county=COUNTY, municipality=OWN, comment="Om én kommune")
    shown = render_to_string("_comments.html", {"language": "nn", "comments": comments_of(YEAR, COUNTY)})
    assert "Stavanger" in shown
    assert "Om én kommune" in shown
    assert not render_to_string("_comments.html", {"language": "nn"}).strip()


@pytest.mark.begins_at(SUBMITTED)
def test_ks_s_own_view_tells_of_every_county() -> None:
    line = RecommendationLine.objects.filter(recommendation__county=COUNTY).order_by("municipality")[0]
    RecommendationLine.objects.filter(pk=line.pk).update(number=(line.number or 0) + 1, asked=True)
    text = text_of(client_of(Party.KS), "ks")
    for county in counties(YEAR):
        assert county.name in text
    row = text[text.index(f'id="c-{COUNTY}"') :].split("</tr>")[0]
    for words in (
        "sendt inn",
        f'counties/{COUNTY}?show=departing"> 1<',
        "1. september",
        f"/{YEAR}/meetings/{COUNTY}/room",
    ):
        assert words in row.replace("\u00a0", " "), words
    assert ">KS</a>" in text
    assert ">KS</a>" not in text_of(client_of(Party.DIRECTORATE), "")


# The calendar file


def event_of(client: Client, code: str = COUNTY) -> dict[str, Any]:
    answer = client.get(f"/{YEAR}/meetings/{code}.ics")
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    return {
        "uid": str(event["UID"]),
        "sequence": event.decoded("SEQUENCE"),
        "start": event.decoded("DTSTART"),
        "end": event.decoded("DTEND"),
        "stamp": event.decoded("DTSTAMP"),
        "place": str(event["LOCATION"]),
        "summary": str(event["SUMMARY"]),
        "agenda": str(event.get("DESCRIPTION", "")),
        "status": str(event["STATUS"]),
        "organiser": event["ORGANIZER"].params["CN"],
        "address": str(event["ORGANIZER"]),
        "zones": zones,
    }


@pytest.mark.begins_at(CALLED)
def test_the_calendar_file_tells_the_meeting_and_counts_its_changes(directorate: Client) -> None:
    first = event_of(directorate)
    assert first["start"] == WHEN
    assert first["summary"] == f"Regionalt fordelingsmøte: {NAME} ({YEAR})"
    assert (first["place"], first["agenda"], first["sequence"]) == ("Video", "Tallene", 1)
    assert first["organiser"] == "Integrerings- og mangfoldsdirektoratet"
    assert "@" not in first["address"]
    assert first["zones"] == {"Europe/Oslo"}
    assert first["status"] == "CONFIRMED"
    assert event_of(directorate) == first, "the same file for the same meeting"
    refused = post(client_of(Party.KS), "meeting.change", **FORMS["meeting.change"])
    assert refused.status == 403
    assert event_of(directorate)["sequence"] == 1
    post(directorate, "meeting.change", **FORMS["meeting.change"])
    changed = event_of(directorate)
    assert (changed["uid"], changed["sequence"], changed["place"]) == (first["uid"], 2, "Stavanger")
    assert changed["stamp"] >= first["stamp"]


@pytest.mark.parametrize(
    ("written", "offset", "end"),
    [
        ("2020-10-24T22:00", 2, "2020-10-25T01:00:00+02:00"),
        ("2020-10-25T01:00", 2, "2020-10-25T03:00:00+01:00"),  # the hour from 2 to 3 comes twice
        ("2021-03-28T01:00", 1, "2021-03-28T05:00:00+02:00"),  # and here not at all
        ("2020-12-01T09:00", 1, "2020-12-01T12:00:00+01:00"),
    ],
)
def test_times_are_right_across_daylight_saving(written: str, offset: int, end: str, directorate: Client) -> None:
    fields = {"county": "", "at": written, "place": "Video", "agenda": ""}
    assert post(directorate, "meeting.plan", **fields).status == 302
    event = event_of(directorate, "joint")
    start, ended = event["start"], event["end"]
    assert start.strftime("%Y-%m-%dT%H:%M") == written
    assert start.utcoffset() == timedelta(hours=offset)
    assert ended.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=3)
    assert ended.astimezone(ZoneInfo("Europe/Oslo")).isoformat() == end
    assert event["status"] == "TENTATIVE"
    assert event["summary"] == f"Felles møte med fylkeskommunene ({YEAR})"


# The minutes


def article_of(text: str) -> str:
    return text[text.index("<article") : text.index("</article>")]


@pytest.mark.begins_at(SUBMITTED)
def test_minutes_are_whole_in_both_languages() -> None:
    by = worker(Party.DIRECTORATE)
    CountyTarget.objects.filter(county=COUNTY).update(number=300)
    RecommendationLine.objects.filter(recommendation__county=COUNTY).update(number=10, asked=True)
    size = RecommendationLine.objects.filter(recommendation__county=COUNTY).count()
    present = {"directorate": "avdelingsdirektør", "ks": "rådgiver", "county": "integreringsleder"}
    meetings.note_present(by, year=YEAR, county=COUNTY, present=present)
    meetings.add_point(by, year=YEAR, county=COUNTY, point="Avklar skole")
    agreed = Outcome(OWN, Numbers(12, 1, 2), "Kommunen kan ta flere", "municipality")
    outcomes.set_outcomes(by, year=YEAR, county=COUNTY, outcomes=[agreed])
    path, client = f"meetings/{COUNTY}/minutes", client_of(Party.DIRECTORATE)
    assert f"har fått noe utfall: {size - 1}." in text_of(client, path)
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY)
    parties.hold(COUNTY, "Tallene ble gått gjennom.")
    total, minutes = 10 * size + 2, text_of(client, path)
    common = (*present.values(), "Avklar skole", "Kommunen kan ta flere", "Tallene ble gått gjennom.", "Tallene")
    wordings = {
        "nb": (
            "Referat fra regionalt",
            "anbefalt 10, utfall 12 (under 15: 1, 15–18: 2).",
            "Kommunen: Kommunen kan",
            f"{total} personer",
            "Åpent",
        ),
        "nn": ("Referat frå regionalt", "tilrådd 10, utfall 12", "Kommunen: Kommunen kan", f"{total} personar", "Ope"),
    }
    assert "Utkast" not in minutes
    for language, words in wordings.items():
        text = text_of(client, f"{path}?lang={language}")
        article = article_of(text)
        assert f'lang="{language}">' in article
        for each in (*common, *words, f"{300 - total}"):
            assert each in article, (language, each)
    assert article_of(text_of(client, f"{path}?lang=xx")) == article_of(minutes)


@pytest.mark.begins_at(CALLED)
def test_minutes_without_a_recommendation_say_so() -> None:
    text = text_of(client_of(Party.DIRECTORATE), f"meetings/{COUNTY}/minutes?lang=nn")
    assert "Det låg ikkje føre noka innsend tilråding" in text
    assert "Ikkje skrive opp" in text


@pytest.mark.begins_at(SHARED)
def test_minutes_keep_what_the_meeting_came_to_when_the_recommendation_is_opened_again() -> None:
    finish_county(COUNTY)
    path, client = f"meetings/{COUNTY}/minutes", client_of(Party.KS)
    before = text_of(client, path)
    assert "Alle utfall er som fylkeskommunen anbefalte" in before
    recommendations.reopen_final(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Ny prognose")
    after = text_of(client, path)
    assert (
        after[after.index("<table") : after.index("</table>")]
        == before[before.index("<table") : before.index("</table>")]
    )


# Sums


def line(number: int | None, outcome: int | None = None, under15: int | None = None) -> Line:
    names: dict[str, Any] = dict.fromkeys(Line.__slots__)
    return Line(**names | {"number": number, "outcome": outcome, "outcome_under15": under15, "proposed": 5})


def test_the_sums_run_against_the_target() -> None:
    counted = tally([line(10, 12, 1), line(20), line(30, 30)], People(60, 2, None))
    assert (counted.proposed, counted.recommended.number) == (15, 60)
    assert (counted.outcome.number, counted.ahead.number, counted.difference) == (42, 62, 2)
    assert (counted.done, counted.of, counted.complete) == (2, 3, False)
    assert (counted.outcome.under15, counted.outcome.from15) == (1, None)
    nothing = tally([line(None)], People(None))
    assert (nothing.recommended.number, nothing.difference) == (None, None)


# Queries

EXPECTED = {
    "meetings": 17,
    f"meetings/{COUNTY}": 19,
    f"meetings/{COUNTY}/room": 23,
    f"meetings/{COUNTY}/minutes": 22,
    f"meetings/{COUNTY}.ics": 15,
    "meetings/joint/room": 18,
    "ks": 35,
}


@pytest.fixture
def counted() -> Callable[[Client, str], int]:
    def count(client: Client, path: str) -> int:
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{YEAR}/{path}").status_code == 200, path
        return len(queries)

    return count


@pytest.mark.begins_at(SUBMITTED)
def test_a_page_asks_the_database_a_fixed_number_of_times(counted: Callable[[Client, str], int]) -> None:
    """However large the county, and however much was said."""
    by = worker(Party.DIRECTORATE)
    meetings.plan(by, year=YEAR, county="", at=WHEN, place="Video")
    client, ks = client_of(Party.DIRECTORATE), client_of(Party.KS)
    assert {path: counted(ks if path == "ks" else client, path) for path in EXPECTED} == EXPECTED
    sizes = {code: sum(place.county == code for place in municipalities(YEAR)) for code in COUNTIES}
    large = max(sizes, key=lambda code: sizes[code])
    meetings.plan(by, year=YEAR, county=large, at=WHEN, place="Video")
    meetings.invite(by, year=YEAR, county=large)
    submit(large)
    outcomes.outcomes_as_recommended(by, year=YEAR, county=large)
    for number in range(3):
        meetings.add_point(by, year=YEAR, county=large, point=f"Punkt {number}")
        comments.comment(worker(Party.KS), year=YEAR, county=large, comment=f"Merknad {number}")
        needs.ask(worker(Party.COUNTY, large), year=YEAR, county=large, need=f"Behov {number}")
    for path in ("meetings", f"meetings/{large}/room", f"meetings/{large}/minutes", "meetings/joint/room", "ks"):
        assert counted(ks if path == "ks" else client, path) == EXPECTED[path.replace(large, COUNTY)], path
