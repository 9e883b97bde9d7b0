"""What the counties need to know: owed by a day, answered to one or to all, and found again in later years."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import hostile
import parties
from answering import PDF
from bosett.basis.languages import LANGUAGES
from bosett.rounds.due import CalendarStep
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.round import demo
from bosett_web.journal.models import Event
from bosett_web.queries.meetings.knowledge import FoundPart, like_words, parts_of
from bosett_web.queries.meetings.minutes import kept_minutes
from bosett_web.queries.round.duties import duties, of
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import AnswerDocument, InformationAnswer, InformationRequest, Meeting, SettlementRound
from bosett_web.screens.words import say
from markup import tidy
from parties import DEMO, YEAR, worker
from readers import client_of
from web_database import Start

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]

COUNTY, NAME, OTHER, OWN = "11", "Rogaland", "46", "1103"
JOINT = datetime(2020, 6, 16, 8, tzinfo=UTC)
OWN_MEETING = datetime(2020, 9, 1, 7, tzinfo=UTC)
NEED = "Hvor lenge blir flyktninger boende i kommunen?"
REPLY = "Botiden ligger i tabell 13055 hos SSB. <b>Se</b> vedlegget."
ALL, ONE = AnsweredTo.TO_ALL, AnsweredTo.TO_ONE


def tell(county: str = COUNTY, need: str = NEED, year: int = YEAR) -> int:
    """Tell a need and return its identity."""
    needs.ask(worker(Party.COUNTY, county), year=year, county=county, need=need)
    return InformationRequest.objects.order_by("-pk")[0].pk


def answered(request: int, to: str = ALL, reply: str = REPLY, **more: object) -> int:
    """Answer a need and return the identity of the answer."""
    needs.answer(worker(Party.DIRECTORATE), year=YEAR, request=request, reply=reply, to=to, **more)  # type: ignore[arg-type]
    return InformationAnswer.objects.order_by("-pk")[0].pk


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code in (200, 404), (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text, path
    return str(text) if answer.status_code == 200 else ""


def main_of(client: Client, path: str) -> str:
    return text_of(client, path).partition("<main")[2].replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **fields})
    return answer.status_code, tidy(answer.content.decode())


def readers() -> Iterator[tuple[str, Client]]:
    for party in (Party.DIRECTORATE, Party.KS, Party.COMMITTEE, Party.MINISTRY, Party.UDI):
        yield party.value, client_of(party)
    for code in (COUNTY, OTHER):
        yield f"county {code}", client_of(Party.COUNTY, area=code)
    yield "municipality", client_of(Party.MUNICIPALITY, area=OWN)


def seen_by(path: str, words: str) -> set[str]:
    return {name for name, client in readers() if words in main_of(client, path)}


BOTH = {f"county {COUNTY}", f"county {OTHER}"}
SHARED_WITH = {"directorate", "ks", "committee", "ministry", *BOTH}


# Owed: on the directorate's list, by the joint meeting or by the county's own


def owed() -> list[tuple[str, str, int, date | None]]:
    at = standing(YEAR)
    rows = [each for each in of(duties(at, clock.today()), Party.DIRECTORATE) if each.move.name == "information.answer"]
    return [(each.code, each.area, each.count, each.by.last if each.by else None) for each in rows]


def meeting_days(step: str) -> date | None:
    """Return the day that the calendar of the round has for meetings, if any."""
    by = standing(YEAR).calendar.get(CalendarStep(step))
    return by.last if by else None


def plan(county: str, at: datetime) -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=county, at=at, place="Video")


def test_a_need_is_owed_by_the_joint_meeting() -> None:
    assert owed() == []
    tell()
    tell(OTHER)
    assert owed() == [("information.answer", "", 2, meeting_days("joint_meeting"))]
    plan("", JOINT)
    assert owed() == [("information.answer", "", 2, date(2020, 6, 16))]
    page = main_of(client_of(Party.DIRECTORATE), "")
    assert "Svar på 2 informasjonsbehov fra fylkeskommunene" in page
    assert "innen 16. juni 2020" in page
    # The county is told the day once it is called to the meeting.
    county = client_of(Party.COUNTY, COUNTY)
    assert "svar: innen 16. juni 2020" not in main_of(county, "meetings")
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="")
    assert "svar: innen 16. juni 2020" in main_of(county, "meetings")


def test_one_that_is_not_answered_at_the_joint_meeting_is_late() -> None:
    tell()
    plan("", JOINT)
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="")
    parties.hold("", "Holdt.")
    assert owed() == [("information.answer", "", 1, date(2020, 6, 16))]
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 17))
    (duty,) = [each for each in duties(standing(YEAR), clock.today()) if each.move.name == "information.answer"]
    assert duty.late(clock.today())


def test_one_that_is_told_later_is_owed_by_the_county_s_own_meeting() -> None:
    tell()
    plan("", JOINT)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 17))
    tell(COUNTY)
    tell(COUNTY)
    tell(OTHER)
    autumn = meeting_days("meetings")
    plan(COUNTY, OWN_MEETING)
    assert owed() == [
        ("information.answer", "", 1, date(2020, 6, 16)),
        ("information.answer_later", COUNTY, 2, date(2020, 9, 1)),
        ("information.answer_later", OTHER, 1, autumn),
    ]
    page = main_of(client_of(Party.DIRECTORATE), "")
    assert "Svar på det 2 fylker meldte etter fellesmøtet" in page
    for each in InformationRequest.objects.filter(county=OTHER):
        answered(each.pk)
    page = main_of(client_of(Party.DIRECTORATE), "")
    assert "Svar på 2 informasjonsbehov som Rogaland meldte etter fellesmøtet" in page
    assert "innen 1. september 2020" in page


def test_it_is_the_directorate_s_duty_alone() -> None:
    tell()
    for party, area in ((Party.KS, ""), (Party.COUNTY, COUNTY), (Party.COMMITTEE, "")):
        assert not [
            each for each in of(duties(standing(YEAR), clock.today()), party, area) if "information" in each.code
        ]


# Answered: to one or to all, with documents, for good


def test_an_answer_to_one_is_seen_by_the_parties_of_that_county_s_meeting() -> None:
    answered(tell(), ONE, "Hemmelig svar")
    assert seen_by("meetings", "Hemmelig svar") == {"directorate", "ks", f"county {COUNTY}"}
    assert seen_by("meetings", NEED) == {"directorate", "ks", *BOTH}
    assert "Svaret er bare til den." in main_of(client_of(Party.COUNTY, OTHER), "meetings")
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert seen_by("meetings", "Hemmelig svar") == {"directorate", "ks", f"county {COUNTY}"}


def test_an_answer_to_all_is_seen_by_the_counties_ks_committee_and_ministry() -> None:
    given = answered(tell(), ALL, "Delt svar", documents=[("botid.pdf", PDF)])
    assert seen_by("meetings", "Delt svar") == SHARED_WITH
    assert seen_by("meetings", "botid.pdf") == SHARED_WITH
    assert seen_by(f"knowledge/{given}", "Delt svar") == SHARED_WITH
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    forget_kept()
    assert seen_by("meetings", "Delt svar") == SHARED_WITH | {"udi", "municipality"}
    assert seen_by("knowledge", "Delt svar") == SHARED_WITH | {"udi", "municipality"}
    # What is attached is not released with the text.
    assert seen_by(f"knowledge/{given}", "botid.pdf") == SHARED_WITH


def test_an_answer_from_before_there_was_a_choice_is_to_all() -> None:
    InformationRequest.objects.create(
        round_id=YEAR,
        county=COUNTY,
        text=NEED,
        day="2020-05-20",
        state="answered",
        answer="Svart før",
        answered_on="2020-05-21",
    )
    assert seen_by("meetings", "Svart før") == SHARED_WITH
    assert seen_by("knowledge", "Svart før") == SHARED_WITH


def test_a_document_of_an_answer_is_had_by_whoever_sees_the_answer() -> None:
    for to, having in ((ONE, {"directorate", "ks", f"county {COUNTY}"}), (ALL, SHARED_WITH)):
        given = answered(tell(), to, documents=[("../botid", PDF)])
        row = AnswerDocument.objects.get(answer=given)
        assert row.name == "botid.pdf"
        path = f"/{YEAR}/knowledge/{given}/{row.pk}.pdf"
        answers = {name: client.get(path) for name, client in readers()}
        assert {name for name, answer in answers.items() if answer.status_code == 200} == having
        assert {answer.status_code for answer in answers.values()} == {200, 404}
        answer = answers["directorate"]
        assert bytes(answer.content) == PDF
        assert "attachment" in answer["Content-Disposition"]
        assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/knowledge/{given}/987654.pdf").status_code == 404
        assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/knowledge/987654/{row.pk}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([("a.pdf", b"")], "attachment_missing"),
        ([("a.pdf", b"no pdf")], "attachment_kind"),
        ([("a.pdf", PDF), ("b.pdf", PDF)], "attachment_there"),
        ([(f"{each}.pdf", hostile.added(f"% {each}\n".encode())) for each in range(11)], "attachment_many"),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused_and_nothing_is_answered(
    documents: list[tuple[str, bytes]], code: str
) -> None:
    request = tell()
    with pytest.raises(Invalid, match=code):
        answered(request, documents=documents)
    assert InformationRequest.objects.get().state == "asked"
    assert not InformationAnswer.objects.exists()


def test_documents_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett_web.actions.meetings.needs.LARGEST", len(PDF) + 1)
    with pytest.raises(Invalid, match="attachments_large"):
        answered(tell(), documents=[("a.pdf", PDF), ("b.pdf", hostile.added(b"% b\n"))])


def test_an_answer_never_changes_once_given() -> None:
    given = answered(tell(), documents=[("botid.pdf", PDF)])
    with pytest.raises(Objected, match="wrong_state"):
        answered(InformationRequest.objects.get().pk)
    answer, document = InformationAnswer.objects.filter(pk=given), AnswerDocument.objects.filter(answer=given)
    for change in (
        lambda: answer.update(text="annet"),
        lambda: document.update(name="annet"),
        document.delete,
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_who_it_is_to_must_be_a_choice_and_is_one_when_nothing_is_said() -> None:
    with pytest.raises(Invalid, match="not_a_choice"):
        answered(tell(), "everybody")
    client = client_of(Party.DIRECTORATE)
    status, _ = post(client, "information.answer", request=InformationRequest.objects.get().pk, reply="Bare dere")
    assert status == 302
    assert InformationAnswer.objects.get().to == ONE


def test_the_form_takes_several_documents_and_says_what_is_wrong_at_the_field() -> None:
    client, request = client_of(Party.DIRECTORATE), tell()
    files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", hostile.added(b"% b\n"))]
    bad = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.txt", b"tekst")]
    status, page = post(client, "information.answer", request=request, reply=REPLY, to=ALL, attachment=bad)
    assert status == 422
    assert re.search(r'<p class="ds-validation-message" id="[^"]*attachment-error">', page)
    assert "Botiden ligger i tabell 13055" in page
    status, _ = post(client, "information.answer", request=request, reply=REPLY, to=ALL, attachment=files)
    assert status == 302
    assert list(AnswerDocument.objects.order_by("pk").values_list("name", flat=True)) == ["a.pdf", "b.pdf"]
    assert "information.answer" in Event.objects.order_by("-pk")[0].name


def test_the_joint_minutes_tell_an_answer_to_one_without_what_it_says() -> None:
    first, second = tell(), tell(OTHER, "Hva koster det?")
    answered(first, ONE, "Hemmelig svar")
    plan("", JOINT)
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="")
    parties.hold("", "Holdt.")
    answered(second, ONE, "Hemmelig pris")
    page = main_of(client_of(Party.COUNTY, COUNTY), "meetings/joint/minutes")
    assert "IMDi har svart fylkeskommunen." in page
    assert "Hemmelig" not in page
    kept = kept_minutes(Meeting.objects.get(county="").pk)
    assert kept is not None
    assert [(each.answer, each.to_one) for each in kept.minuted.needs] == [("", True), ("", False)]
    assert [(each.kind, each.about, each.text) for each in kept.addenda] == [("answer", "Hva koster det?", "")]


# Joined: answered once, for several


def test_a_shared_answer_is_joined_to_a_like_need_of_another_county() -> None:
    given = answered(tell(), documents=[("botid.pdf", PDF)])
    second = tell(OTHER, "Botid for flyktninger")
    client = client_of(Party.DIRECTORATE)
    page = main_of(client, f"knowledge?like={second}")
    assert "Bruk dette svaret" in page
    assert post(client, "information.join", request=second, given=given)[0] == 302
    row = InformationRequest.objects.get(pk=second)
    assert (row.state, row.given_id, row.answer) == ("answered", given, REPLY)
    assert Event.objects.order_by("-pk")[0].name == "information.join"
    page = main_of(client_of(Party.COUNTY, OTHER), f"knowledge/{given}")
    assert NEED in page
    assert "Botid for flyktninger" in page
    assert post(client, "information.join", request=second, given=given)[0] == 409


def test_an_answer_to_one_cannot_be_joined_and_neither_can_none() -> None:
    given = answered(tell(), ONE)
    second = tell(OTHER)
    for wrong in (given, 987_654):
        status, page = post(client_of(Party.DIRECTORATE), "information.join", request=second, given=wrong)
        assert status == 422
        assert "ikke delt med alle" in page
    assert post(client_of(Party.DIRECTORATE), "information.join", request=987_654, given=given)[0] == 422


def test_only_the_directorate_s_workers_join() -> None:
    given, second = answered(tell()), tell(OTHER)
    for party, area in ((Party.COUNTY, OTHER), (Party.KS, "")):
        assert post(client_of(party, area), "information.join", request=second, given=given)[0] == 403
        assert "Bruk dette svaret" not in main_of(client_of(party, area), f"knowledge?like={second}")
    reader = client_of(Party.DIRECTORATE, grade=Grade.READER)
    assert post(reader, "information.join", request=second, given=given)[0] == 403


def test_a_county_finds_what_resembles_what_it_needs() -> None:
    answered(tell(), reply="Botid finnes hos SSB")
    second = tell(OTHER, "Vi trenger tall for hvor lenge flyktningene bor i kommunene")
    client = client_of(Party.COUNTY, OTHER)
    assert f'href="/{YEAR}/knowledge?like={second}"' in main_of(client, "meetings")
    page = main_of(client, f"knowledge?like={second}")
    assert "Botid finnes hos SSB" in page
    third = tell(OTHER, "Skolekapasitet")
    assert "Ingen svar som er delt" in main_of(client, f"knowledge?like={third}")
    # A need that one may not see, or that is answered, is no need to look by.
    for asked in ("987654", "x", str(InformationRequest.objects.order_by("pk")[0].pk)):
        assert say("knowledge_like_lead", "nb") not in main_of(client, f"knowledge?like={asked}")


# Found again


def later_round() -> None:
    """A round of a later year, to be searched from."""
    SettlementRound.objects.create(year=YEAR + 1, least=10)


def finds(client: Client, asked: str) -> list[str]:
    """Return the needs that a search finds, in their order."""
    page = main_of(client, f"knowledge?{asked}")
    shown = re.findall(r'<p class="asked">(.*?)</p>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in shown]


def library() -> None:
    answered(tell(COUNTY, "Hvor lenge bor flyktningene i kommunene?"), ALL, "Botiden er fire år.")
    answered(tell(OTHER, "Hvor mange barn venter?"), ONE, "Trettisju barnefamilier.")
    tell(OTHER, "Når kommer overføringsflyktningene?")


LIBRARY = Start(library, DEMO)


@pytest.mark.begins_at(LIBRARY)
@pytest.mark.parametrize(
    ("asked", "needs_found"),
    [
        ("", ["Når kommer", "Hvor mange", "Hvor lenge"]),
        ("q=flyktning", ["Hvor lenge"]),  # in another form than it is written
        ("q=botid", ["Hvor lenge"]),  # in the answer
        ("q=flyktning+botid", ["Hvor lenge"]),  # one word in the need, one in the answer
        ("q=kommune+-botid", []),
        ("q=%22fire+år%22", ["Hvor lenge"]),
        ("q=%22år+fire%22", []),
        ("q=barnefamilie", ["Hvor mange"]),
        ("q=overf%C3%B8ringsflyktning", ["Når kommer"]),
        ("only=answered", ["Hvor mange", "Hvor lenge"]),
        ("only=unanswered", ["Når kommer"]),
        ("county=46", ["Når kommer", "Hvor mange"]),
        ("county=46&only=answered", ["Hvor mange"]),
        (f"year={YEAR}&q=barn", ["Hvor mange"]),
        (f"year={YEAR - 1}", []),
        ("year=x&county=99", []),
        ("q=og", []),  # a word that carries nothing
        ("q=%27+%7C+%26+%21+%28+%3A*", []),
    ],
)
def test_needs_and_answers_are_found_by_their_words_in_norwegian(asked: str, needs_found: list[str]) -> None:
    for client in (client_of(Party.DIRECTORATE), client_of(Party.KS), client_of(Party.COUNTY, OTHER)):
        hits = finds(client, asked)
        assert [any(hit.startswith(begins) for begins in needs_found) for hit in hits] == [True] * len(needs_found)


@pytest.mark.begins_at(LIBRARY)
def test_a_word_of_an_answer_that_one_may_not_see_finds_nothing() -> None:
    client = client_of(Party.COUNTY, COUNTY)
    assert finds(client, "q=barnefamilie") == []
    assert "Trettisju" not in main_of(client, "knowledge")
    assert [each[:10] for each in finds(client, "q=barn")] == ["Hvor mange"]  # the need itself is seen
    assert "Svaret er bare til den." in main_of(client, "knowledge?q=barn")


@pytest.mark.begins_at(LIBRARY)
def test_others_find_what_is_shared_and_nothing_more() -> None:
    for party in (Party.COMMITTEE, Party.MINISTRY):
        assert [each[:10] for each in finds(client_of(party), "")] == ["Hvor lenge"]
    for client in (client_of(Party.UDI), client_of(Party.MUNICIPALITY, OWN)):
        assert finds(client, "") == []
        assert finds(client, "q=botid") == []
        assert say("knowledge_empty", "nb") in main_of(client, "knowledge")


@pytest.mark.begins_at(LIBRARY)
def test_what_was_looked_for_is_marked_and_what_people_wrote_is_escaped() -> None:
    answered(tell(COUNTY, "<script>alert(1)</script> Hva med <mark>skolene</mark>?"), ALL, "Skole & <i>barnehage</i>")
    page = main_of(client_of(Party.KS), "knowledge?q=skole")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "&lt;mark&gt;<mark>skolene</mark>&lt;/mark&gt;" in page
    assert "<mark>Skole</mark> &amp; &lt;i&gt;" in page
    assert parts_of("a \ue000b\ue001 c") == (FoundPart("a "), FoundPart("b", is_hit=True), FoundPart(" c"))
    assert parts_of("\ue001a\ue000b") == (FoundPart("ab"),)  # never half a mark


@pytest.mark.begins_at(LIBRARY)
def test_it_is_found_from_a_later_round_and_joined_there() -> None:
    later_round()
    client = client_of(Party.COUNTY, OTHER)
    page = tidy(client.get(f"/{YEAR + 1}/knowledge?q=botid").content.decode())
    assert "Botiden er fire år." in page.replace("<mark>", "").replace("</mark>", "")
    second = tell(OTHER, "Botid for flyktninger", YEAR + 1)
    given = InformationAnswer.objects.get(to=ALL).pk
    needs.join(worker(Party.DIRECTORATE), year=YEAR + 1, request=second, given=given)
    page = tidy(client.get(f"/{YEAR + 1}/meetings").content.decode())
    assert "Botiden er fire år." in page


def test_what_a_need_is_resembled_by_is_its_longer_words() -> None:
    assert like_words("Hvor er det OR botid, botid?") == "hvor or botid"
    assert like_words("") == ""


@pytest.mark.begins_at(LIBRARY)
def test_the_indexes_are_there_to_be_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM records_informationrequest WHERE to_tsvector('norwegian'::regconfig, "
            "COALESCE(text, '')) @@ websearch_to_tsquery('norwegian'::regconfig, 'botid')"
        )
        assert "information_need_words" in str(cursor.fetchall())


def test_before_anything_is_told_the_page_says_what_will_come() -> None:
    for language in LANGUAGES:
        client = client_of(Party.COUNTY, COUNTY, language=language)
        assert say("knowledge_empty", language) in main_of(client, "knowledge")


@pytest.mark.begins_at(LIBRARY)
def test_no_hits_say_so_and_lead_to_all() -> None:
    page = main_of(client_of(Party.KS), "knowledge?q=romferge")
    assert "Ingen behov eller svar passer" in page
    assert f'href="/{YEAR}/knowledge"' in page
    assert 'value="romferge"' in page


def test_the_page_of_the_meetings_leads_there_for_those_it_is_shared_with() -> None:
    for name, client in readers():
        page = main_of(client, "meetings")
        assert (f'href="/{YEAR}/knowledge"' in page) is (name in SHARED_WITH), name


@pytest.mark.begins_at(LIBRARY)
def test_the_search_asks_the_database_a_fixed_number_of_times() -> None:
    client = client_of(Party.DIRECTORATE)

    def count(path: str) -> int:
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{YEAR}/{path}").status_code == 200
        return len(queries)

    paths = ("knowledge", "knowledge?q=flyktning", "meetings")
    before = [count(path) for path in paths]
    for each in range(6):
        answered(tell(COUNTY, f"Flyktninger {each}"), ALL, documents=[("a.pdf", PDF)])
        tell(OTHER, f"Flyktninger {each}")
    assert [count(path) for path in paths] == before
