"""A document that is withheld: others are told that it is there and on what ground, and get nothing of it anywhere."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import resolve, reverse

import hostile
from answering import ask
from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import HowToAnswer, Worded
from bosett.parameters import nodes
from bosett.parameters.grounds import load_grounds, parsed
from bosett.rounds.parties import Grade, Party, Who
from bosett.rounds.rights import WITHHOLDING, may_withhold
from bosett_web.actions.county import attachments, cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.decisions import decisions
from bosett_web.actions.decisions.decisions import GivenAnswer
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import letters
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.letters.recommendations import HandedOver
from bosett_web.actions.meetings import meetings
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.actions.round import withholding
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.releases import published
from bosett_web.queries.round.documents import documents as found_for
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.choices import DocumentKind
from bosett_web.records.models import Attachment, Letter, Meeting, RecommendationLine, SettlementRound, Withholding
from bosett_web.screens.site.desk import DOCUMENTS
from crawl import Arguments, Reader, addresses, crawl, public_arguments, read
from lettersteps import deliver, post, prepare, refused, text_of
from markup import tidy
from parties import COUNTIES, SHARED, YEAR, approver, somebody, worker
from readers import client_of, public_of
from thorough import asked_of
from web_database import Start

pytestmark = pytest.mark.django_db

COUNTY, OTHER, OWN, NEIGHBOUR, MORE = "46", "11", "4601", "4602", "4626"
WHEN = datetime(2020, 6, 30, 8, 0, tzinfo=UTC)
MARKS: Mapping[str, tuple[str, ...]] = {
    "attachment": ("gradertvedlegg", "VEDLEGGETS-BYTES"),
    "letter": ("gradertbrev", f"{COUNTY}-innkalling-1"),
    "minutes": ("gradertreferat", "gradertfunksjon", "gradertpunkt", f"{COUNTY}-referat-1"),
    "recommendation": ("gradertgrunn", f"{COUNTY}-anbefaling-"),
    "decision": ("gradertvedtak", "gradertforbehold", "gradertsak", "VEDTAKETS-BYTES"),
}
"""What only one document holds, or is called by: words, a reference, and bytes of its file."""
NOTHING: Mapping[str, set[str]] = {kind: set() for kind in MARKS}
GROUND, DETAIL = "offl13-fvl13-1", "tredje punktum"
TOLD = "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1, tredje punktum"


def pdf(mark: str) -> bytes:
    return hostile.added(f"% {mark}\n".encode())


def publish() -> None:
    """Take a county through its recommendation and meeting, ask and answer, and release it all."""
    by, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    own, head = worker(Party.COUNTY, COUNTY), approver(Party.COUNTY, COUNTY)
    prepare()
    cells.fill_from_proposal(own, year=YEAR, county=COUNTY)
    number, other = (RecommendationLine.objects.get(municipality=code).number for code in (OWN, MORE))
    assert number is not None
    assert other is not None
    departs = [Cell(OWN, "number", number - 1), Cell(OWN, "reason", "gradertgrunn")]
    departs += [Cell(MORE, "number", other + 1), Cell(MORE, "reason", "En mer.")]
    cells.set_all(own, year=YEAR, county=COUNTY, cells=departs)
    content = pdf(MARKS["attachment"][1])
    attachments.attach(own, year=YEAR, county=COUNTY, name="gradertvedlegg.pdf", content=content)
    recommendations.ready(own, year=YEAR, county=COUNTY)
    recommendations.submit(head, year=YEAR, county=COUNTY)
    meetings.plan(by, year=YEAR, county=COUNTY, at=WHEN, place="Video", agenda="Tallene")
    forms, answer = {COUNTY: "nb"}, HowToAnswer(date(2020, 8, 20), Worded.same("til post@imdi.no"))
    lettermeetings.invite(by, year=YEAR, county=COUNTY, forms=forms, answer=answer, ready="gradertbrev")
    meetings.invite(by, year=YEAR, county=COUNTY)
    with TemporaryDirectory() as folder:
        deliver(Letter.objects.get(kind="invitation").pk, Path(folder))
        meetings.note_present(by, year=YEAR, county=COUNTY, present={"ks": "gradertfunksjon"})
        meetings.add_point(by, year=YEAR, county=COUNTY, point="gradertpunkt")
        outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY)
        meetings.hold(by, year=YEAR, county=COUNTY, minutes="gradertreferat")
        lettermeetings.minute(by, year=YEAR, county=COUNTY, forms=forms)
        deliver(Letter.objects.get(kind="minutes").pk, Path(folder))
    recommendations.discuss(by, year=YEAR, county=COUNTY)
    recommendations.finish(boss, year=YEAR, county=COUNTY)
    facts = HandedOver("nb", "fylkesdirektør: N.N.", "council", clock.today(), "20/1")
    letterrecommending.hand_over(head, year=YEAR, county=COUNTY, handover=facts)
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=clock.moment(), release_at=clock.moment())
    ask(OWN)
    decision = GivenAnswer(
        40,
        minors=False,
        decided_by="council",
        decided_on=clock.today(),
        conditions="gradertforbehold: kun familier",
        case_number="gradertsak",
        document=("gradertvedtak.pdf", pdf(MARKS["decision"][3])),
    )
    decisions.record(worker(Party.MUNICIPALITY, OWN), year=YEAR, municipality=OWN, request=1, answer=decision)


PUBLISHED = Start(publish, SHARED)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Say nothing of each page that is not for a reader."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


def keys() -> Mapping[str, str]:
    """Return the key of the one document of each kind."""
    return {
        "attachment": str(Attachment.objects.get().pk),
        "letter": str(Letter.objects.get(kind="invitation").pk),
        "minutes": COUNTY,
        "recommendation": COUNTY,
        "decision": f"{OWN}-1",
    }


def withhold(kind: str, ground: str = GROUND, detail: str = DETAIL) -> None:
    withholding.withhold(
        worker(Party.DIRECTORATE), year=YEAR, kind=kind, key=keys()[kind], ground=ground, detail=detail
    )


def lift(kind: str) -> None:
    withholding.lift(approver(Party.DIRECTORATE), year=YEAR, kind=kind, key=keys()[kind])


# Where it might come out


def known() -> Arguments:
    """Return every address of a document that there is, beside those that only need a county."""
    county: list[Mapping[str, object]] = [{"code": COUNTY}]
    answer: list[Mapping[str, object]] = [{"code": OWN, "version": 1}]
    uid = Meeting.objects.get().uid
    every = [{"letter": pk} for pk in Letter.objects.values_list("pk", flat=True)]
    return {
        **dict.fromkeys(("county", "county_numbers", "county_xlsx", "county_csv", "versions"), county),
        **dict.fromkeys(("meeting", "room", "minutes", "calendar"), county),
        **dict.fromkeys(("receipt", "receipt_pdf", "answer_control", "decision_document"), answer),
        **dict.fromkeys(("letter_pdf", "letter", "letter_control"), every),
        "calendar_of": [{"code": COUNTY, "uid": uid}],
        "sheet_pdf": [{"code": COUNTY, "version": version} for version in ("now", 1, 2)],
        "document": [{"code": COUNTY, "identity": Attachment.objects.get().pk}],
        "why": [{"code": COUNTY, "municipality": OWN}],
        "run_control": [{"version": 1}],
        "explained": [{"code": OWN}],
        "explained_version": [{"code": OWN, "version": version} for version in ("proposal-1", "request-1")],
        **public_arguments(["nb"], COUNTY, OWN, [each.number for each in published.releases_of(YEAR)]),
    }


ASKING = (
    *(f"search?q={word}" for word in ("gradert", "bergen", "vestland", "møte")),
    *(f"decisions?for={OWN}", "documents?only=withheld", f"meetings/{COUNTY}/minutes?lang=nn"),
    *("letters/all.zip?kind=invitation", "letters/all.pdf?kind=minutes", f"counties/{COUNTY}/versions/1.pdf?lang=nn"),
)
OUTSIDERS = (
    Reader(Party.PUBLIC),
    Reader(Party.COUNTY, OTHER),
    Reader(Party.MUNICIPALITY, NEIGHBOUR),
    Reader(Party.UDI),
    Reader(Party.MINISTRY),
)


def leaks(reader: Reader) -> dict[str, set[str]]:
    """Return what a reader comes to of each document, by what was found: in every page, file and feed."""
    marks_met: dict[str, set[str]] = {kind: set() for kind in DocumentKind}

    def watch(address: str, content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        if content.startswith(b"%PDF") and b"BYTES" not in content:
            text = read("application/pdf", content)[0][0]
        if content.startswith(b"PK"):
            text = " ".join(_unpacked(address, content))
        for kind, marks in MARKS.items():
            marks_met[kind].update(mark for mark in marks if mark in text)

    publish_all()
    asked = [f"/{YEAR}/{question}" for question in ASKING]
    crawl(reader, [*addresses(known(), [YEAR]), *asked], years=[YEAR], each=20, watch=watch)
    return marks_met


def _unpacked(address: str, content: bytes) -> list[str]:
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return read(book, content)[0] if address.endswith(".xlsx") else [content.decode("latin-1")]


@pytest.mark.begins_at(PUBLISHED)
def test_what_is_released_is_found_before_it_is_withheld() -> None:
    """So that the rule below can fail."""
    leaked = leaks(Reader(Party.PUBLIC))
    lacking = {kind: set(marks) - leaked[kind] for kind, marks in MARKS.items()}
    assert lacking == {**NOTHING, "attachment": {"gradertvedlegg"}}, "its name is told with the file alone"
    file = Client().get(f"/{YEAR}/counties/{COUNTY}/documents/{keys()['attachment']}")
    assert "gradertvedlegg" in file.headers["Content-Disposition"]


@pytest.mark.begins_at(PUBLISHED)
def test_no_release_holds_a_text_that_may_have_to_be_withheld() -> None:
    """A release cannot be changed: what stands in it could never be withheld."""
    document = json.dumps(public_of(YEAR).document(), ensure_ascii=False)
    assert {kind: {mark for mark in marks if mark in document} for kind, marks in MARKS.items()} == NOTHING


@pytest.mark.begins_at(PUBLISHED)
@pytest.mark.parametrize("reader", asked_of(OUTSIDERS, OUTSIDERS[:2]), ids=str)
def test_nothing_of_a_withheld_document_is_in_any_page_file_or_feed(reader: Reader) -> None:
    publish_all()  # what has been published stays as it is when something is withheld
    for kind in MARKS:
        withhold(kind)
    leaked = leaks(reader)
    assert leaked == (NOTHING if reader.party is not Party.MINISTRY else {**NOTHING, "decision": leaked["decision"]})


@pytest.mark.begins_at(PUBLISHED)
@pytest.mark.parametrize("kind", asked_of(MARKS, ("recommendation", "decision")))
def test_one_is_withheld_and_the_others_stay_open(kind: str) -> None:
    withhold(kind)
    leaked = leaks(Reader(Party.PUBLIC))
    assert leaked[kind] == set()
    # What is attached to a recommendation goes with it: it is read nowhere else.
    with_it = {"recommendation": {"attachment"}}.get(kind, set()) | {kind}
    assert {other for other in MARKS if not leaked[other]} == with_it


@pytest.mark.begins_at(PUBLISHED)
def test_withheld_before_the_release_it_stays_closed_when_that_comes() -> None:
    SettlementRound.objects.filter(pk=YEAR).update(release_at=None)
    for kind in MARKS:
        withhold(kind)
    assert client_of(Party.PUBLIC).get(f"/{YEAR}/meetings/{COUNTY}/minutes").status_code == 404, "nobody is told of it"
    assert "Unntatt offentlighet:" not in list_of("nb").replace("</strong>", "")
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert leaks(Reader(Party.PUBLIC)) == NOTHING


# What is told in its place


def addresses_of(kind: str) -> list[str]:
    """Return where a document is read."""
    key = keys()[kind]
    letter = {each: Letter.objects.get(kind=each).pk for each in ("minutes", "recommendation")}
    return {
        "attachment": [f"counties/{COUNTY}/documents/{key}"],
        "letter": [f"letters/{key}.pdf"],
        "minutes": [f"meetings/{COUNTY}/minutes", f"letters/{letter['minutes']}.pdf"],
        "recommendation": [
            *(f"counties/{COUNTY}/versions", f"counties/{COUNTY}/versions/1.pdf", f"counties/{COUNTY}.xlsx"),
            *(f"counties/{COUNTY}.csv", f"letters/{letter['recommendation']}.pdf"),
        ],
        "decision": [f"decisions/{OWN}/1.pdf", f"decisions/{OWN}/1", f"decisions/{OWN}/1/receipt.pdf"],
    }[kind]


PARTIES: Mapping[str, tuple[tuple[Party, str], ...]] = {
    "attachment": ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)),
    "letter": ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)),
    "minutes": ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)),
    "recommendation": ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)),
    "decision": ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY), (Party.MUNICIPALITY, OWN)),
}


def is_document(path: str) -> bool:
    """Tell whether an address is a document's own: from the others who is not logged in is led on."""
    return resolve(f"/{YEAR}/{path}").view_name in DOCUMENTS


@pytest.mark.begins_at(PUBLISHED)
@pytest.mark.parametrize("kind", asked_of(MARKS, ("minutes", "attachment")))
def test_by_its_address_others_are_told_the_ground_and_its_parties_get_it(kind: str) -> None:
    documents = [path for path in addresses_of(kind) if is_document(path)]
    before = [Client().get(f"/{YEAR}/{path}") for path in documents]
    assert {answer.status_code for answer in before} == {200}
    files = [answer for answer in before if answer["Content-Type"] == "application/pdf"]
    assert {answer.headers.get("Cache-Control") for answer in files} <= {"private, no-store"}, "no cache keeps it"
    withhold(kind)
    for path in addresses_of(kind):
        for reader in OUTSIDERS:
            if kind == "decision" and reader.party is Party.MINISTRY:
                continue  # it sees each decision as it comes
            answer = reader.client().get(f"/{YEAR}/{path}")
            if reader.party is Party.PUBLIC and path not in documents:
                assert answer.status_code == 302, path
                continue
            text = tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
            assert answer.status_code == 403, (path, str(reader))
            assert "Unntatt offentlighet" in text
            assert TOLD in text
            assert "30. juni 2020" in text
        for party, area in PARTIES[kind]:
            assert client_of(party, area).get(f"/{YEAR}/{path}").status_code == 200, (path, party)
    lift(kind)
    assert {Client().get(f"/{YEAR}/{path}").status_code for path in documents} == {200}
    assert all(leaks(Reader(Party.PUBLIC)).values())


PLACES = {
    "attachment": f"counties/{COUNTY}",
    "letter": f"meetings/{COUNTY}",
    "minutes": f"meetings/{COUNTY}",
    "recommendation": f"counties/{COUNTY}",
    "decision": f"decisions?for={OWN}",
}


def list_of(language: str, asked: str = "") -> str:
    """Publish, and return the list of documents as everybody reads it."""
    publish_all()
    answer = Client().get(reverse("public_documents", args=[language, YEAR]) + asked)
    assert answer.status_code == 200
    return tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.mark.begins_at(PUBLISHED)
def test_the_list_and_the_page_where_it_stood_say_that_it_is_there() -> None:
    for language in LANGUAGES:
        cite = load_grounds()["offl14"].cites[language]
        at_the_desk = client_of(Party.UDI, language=language)
        links = links_of(list_of(language))
        for kind in MARKS if language == "nb" else ("attachment",):
            withhold(kind, "offl14", "")
            for path in ("documents", "documents?only=withheld", PLACES[kind]):
                assert cite in text_of(at_the_desk, path), (kind, path)
            page = list_of(language)
            assert cite in page
            assert links_of(page) < links, "its address is told no more"
            lift(kind)
        assert links_of(list_of(language)) == links


def links_of(page: str) -> set[str]:
    return {link for link in read("text/html", page.encode())[1] if link.startswith(f"/{YEAR}/")}


@pytest.mark.begins_at(PUBLISHED)
def test_everybody_is_told_what_documents_there_are_and_where_each_lies() -> None:
    page = list_of("nb")
    links = links_of(page)
    assert {resolve(link).view_name for link in links} == DOCUMENTS - {*("given_answer", "run_control")}
    for link in links:
        assert Client().get(link).status_code == 200, link
    public = public_of(YEAR)
    assert {each.kind for each in public.documents} == set(DocumentKind)
    assert links_of(list_of("nb", f"?county={COUNTY}")) <= links
    assert not links_of(list_of("nb", f"?county={OTHER}&kind=decision"))
    assert links_of(list_of("nb", "?kind=nothing&county=99&start=x")) == links
    assert links_of(list_of("nb", "?start=99999")) < links, "the last page"
    own = Client().get(reverse("public_municipality", args=["nb", YEAR, OWN])).content.decode()
    assert f"/{YEAR}/decisions/{OWN}/1/receipt.pdf" in own
    county = Client().get(reverse("public_county", args=["nb", YEAR, COUNTY])).content.decode()
    assert f"/{YEAR}/meetings/{COUNTY}/minutes" in county


@pytest.mark.begins_at(PUBLISHED)
def test_the_list_holds_each_kind_and_links_to_what_can_be_read() -> None:
    who = worker(Party.DIRECTORATE).who
    assert {row.kind for row in found_for(standing(YEAR), who, clock.moment())} == set(DocumentKind)
    client = client_of(Party.DIRECTORATE)
    for link in links_of(text_of(client, "documents")):
        assert client.get(link).status_code == 200, link


# Who may


READERS = [
    (Party.DIRECTORATE, ""),
    (Party.KS, ""),
    (Party.MINISTRY, ""),
    (Party.COMMITTEE, ""),
    (Party.UDI, ""),
    (Party.COUNTY, COUNTY),
    (Party.COUNTY, OTHER),
    (Party.MUNICIPALITY, OWN),
    (Party.MUNICIPALITY, NEIGHBOUR),
]
OWNERS: Mapping[str, tuple[Party, str]] = {
    "attachment": (Party.COUNTY, COUNTY),
    "letter": (Party.DIRECTORATE, ""),
    "minutes": (Party.DIRECTORATE, ""),
    "recommendation": (Party.COUNTY, COUNTY),
    "decision": (Party.MUNICIPALITY, OWN),
}


@pytest.mark.begins_at(PUBLISHED)
@pytest.mark.parametrize("kind", asked_of(MARKS, ("letter", "recommendation")))
def test_its_owner_and_the_directorate_withhold_it_and_their_approvers_lift_it(kind: str) -> None:
    did = []
    for party, area in READERS:
        for grade in (Grade.READER, Grade.CASE_WORKER, Grade.APPROVER):
            actor = somebody(party, grade, area)
            for name, act in (
                ("document.withhold", partial(withholding.withhold, ground="offl14")),
                ("document.lift", withholding.lift),
            ):
                events = Event.objects.exclude(name="refused").count()
                try:
                    act(actor, year=YEAR, kind=kind, key=keys()[kind])
                except (Objected, Invalid):
                    assert Event.objects.exclude(name="refused").count() == events
                else:
                    did.append((party, area, grade, name))
            # The next one finds it open.
            if Withholding.objects.filter(lifted_on=None).exists():
                lift(kind)
    allowed = {OWNERS[kind], (Party.DIRECTORATE, "")}
    both = (Grade.CASE_WORKER, Grade.APPROVER)
    assert {(party, area, grade) for party, area, grade, name in did if name == "document.withhold"} == {
        (party, area, grade) for party, area in allowed for grade in both
    }
    assert {(party, area, grade) for party, area, grade, name in did if name == "document.lift"} == {
        (party, area, Grade.APPROVER) for party, area in allowed
    }


def test_the_table_of_rights_says_the_same() -> None:
    county = somebody_like(Party.COUNTY, COUNTY)
    for name in WITHHOLDING:
        assert may_withhold(name, county(Grade.APPROVER), Party.COUNTY, COUNTY)
        assert not may_withhold(name, county(Grade.APPROVER), Party.COUNTY, OTHER)
        assert not may_withhold(name, county(Grade.READER), Party.COUNTY, COUNTY)
        assert not may_withhold(name, county(Grade.ADMINISTRATOR), Party.COUNTY, COUNTY)


def somebody_like(party: Party, area: str) -> Callable[[Grade], Who]:
    return lambda grade: Who(1, party, area, area, grade)


@pytest.mark.begins_at(PUBLISHED)
def test_the_form_withholds_and_lifts_and_a_refusal_keeps_what_was_chosen() -> None:
    client = client_of(Party.COUNTY, COUNTY, Grade.APPROVER)
    which = f"attachment:{keys()['attachment']}"
    page = text_of(client, f"documents?document={which}")
    assert "offentleglova § 14 (utarbeidet for egen saksforberedelse)" in page
    status, page = post(client, "document.withhold", document=which, ground="offl13-other", detail="")
    assert status == 422
    assert '<option value="offl13-other" selected>' in page
    status, page = post(client, "document.withhold", document=which, ground="", detail="")
    assert status == 422
    assert post(client, "document.withhold", document=which, ground="offl14", detail=" andre\nledd ")[0] == 302
    assert Withholding.objects.get().detail == "andre ledd"
    assert post(client, "document.withhold", document=which, ground="offl14")[0] == 409
    other = client_of(Party.COUNTY, OTHER)
    assert post(other, "document.withhold", document=which, ground="offl14")[0] == 422, "it is not there for them"
    worker_page = text_of(client_of(Party.COUNTY, COUNTY), f"documents?document={which}")
    assert "Gi innsyn igjen</button>" not in worker_page
    assert post(client, "document.lift", document=which)[0] == 302
    assert post(client, "document.lift", document=which)[0] == 409
    for broken in ("", "attachment", "attachment:", "attachment:99999999", "letter:x", "nothing:1"):
        assert post(client, "document.withhold", document=broken, ground="offl14")[0] == 422


@pytest.mark.begins_at(PUBLISHED)
def test_each_is_journalled_with_who_when_and_on_what_ground() -> None:
    withhold("decision")
    event = Event.objects.order_by("-pk")[0]
    assert (event.name, event.subject) == ("document.withhold", f"decision:{YEAR}:{OWN}")
    body = json.loads(event.body)
    assert body["after"] == {"document": "decision", "key": f"{OWN}-1", "dated": "2020-06-30", "ground": GROUND}
    assert body["person_name"]
    assert FreeText.objects.get(event=event, text=DETAIL).field == "detail", "so that it can be shielded"
    lift("decision")
    assert Event.objects.order_by("-pk")[0].name == "document.lift"
    page = text_of(client_of(Party.DIRECTORATE), "journal?track=document")
    assert "Dokument unntatt offentlighet" in page
    assert "Dokument åpnet for innsyn" in page
    assert load_grounds()[GROUND].cites["nb"] in page
    assert GROUND not in page


@pytest.mark.begins_at(PUBLISHED)
def test_the_database_keeps_what_was_withheld_and_lets_it_be_lifted_once() -> None:
    withhold("letter")
    for changed in ({"ground": "offl15"}, {"detail": "X"}, {"day": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Withholding.objects.update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Withholding.objects.all().delete()
    lift("letter")
    with pytest.raises(DatabaseError), transaction.atomic():
        Withholding.objects.update(lifted_on=None)
    withhold("letter", "offl14")
    assert Withholding.objects.count() == 2


# Removed from a draft


def attach(mark: str) -> int:
    own = worker(Party.COUNTY, COUNTY)
    attachments.attach(own, year=YEAR, county=COUNTY, name=f"{mark}.pdf", content=pdf(mark))
    return int(Attachment.objects.order_by("-pk")[0].pk)


@pytest.mark.begins_at(SHARED)
def test_what_is_attached_to_a_draft_is_removed_and_only_the_event_is_left() -> None:
    first = attach("utkast")
    client = client_of(Party.COUNTY, COUNTY)
    page = text_of(client, f"counties/{COUNTY}")
    assert "Fjern<" in page
    for party, area in ((Party.DIRECTORATE, ""), (Party.COUNTY, OTHER)):
        other = somebody(party, Grade.APPROVER, area)
        act = partial(attachments.detach, other, year=YEAR, county=COUNTY, document=first)
        assert refused(act) in ("wrong_party", "wrong_area")
    assert post(client, "recommendation.detach", county=COUNTY, document=first)[0] == 302
    assert not Attachment.objects.exists()
    assert client.get(f"/{YEAR}/counties/{COUNTY}/documents/{first}").status_code == 404
    event = Event.objects.order_by("-pk")[0]
    assert event.name == "recommendation.detach"
    assert set(json.loads(event.body)["before"]) == {"sha256", "size"}
    assert post(client, "recommendation.detach", county=COUNTY, document=first)[0] == 422
    attach("utkast")  # the same may come again


@pytest.mark.begins_at(SHARED)
def test_what_others_have_seen_is_not_removed_when_the_recommendation_is_opened_again() -> None:
    by, own = worker(Party.DIRECTORATE), worker(Party.COUNTY, COUNTY)
    shown = attach("innsendt")
    cells.fill_from_proposal(own, year=YEAR, county=COUNTY)
    recommendations.ready(own, year=YEAR, county=COUNTY)
    detach = partial(attachments.detach, own, year=YEAR, county=COUNTY)
    assert refused(partial(detach, document=shown)) == "wrong_state"
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    meetings.plan(by, year=YEAR, county=COUNTY, at=WHEN, place="Video")
    meetings.invite(by, year=YEAR, county=COUNTY)
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY)
    meetings.hold(by, year=YEAR, county=COUNTY, minutes="Gått gjennom.")
    recommendations.discuss(by, year=YEAR, county=COUNTY)
    recommendations.return_(by, year=YEAR, county=COUNTY, reason="Se en gang til.")
    recommendations.reopen(own, year=YEAR, county=COUNTY)
    later = attach("senere")
    assert refused(partial(detach, document=shown)) == "attachment_shown"
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.filter(pk=shown).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.filter(pk=later).update(name="et annet navn")
    assert text_of(client_of(Party.COUNTY, COUNTY), f"counties/{COUNTY}").count("Fjern<") == 1
    detach(document=later)
    assert [row.pk for row in Attachment.objects.all()] == [shown]


@pytest.mark.begins_at(SHARED)
def test_a_draft_of_a_letter_is_removed_and_an_approved_one_is_not() -> None:
    by = worker(Party.DIRECTORATE)
    prepare()
    meetings.plan(by, year=YEAR, county=COUNTY, at=WHEN, place="Video", agenda="Tallene")
    answer = HowToAnswer(date(2020, 8, 20), Worded.same("til post@imdi.no"))
    write = partial(lettermeetings.invite, by, year=YEAR, county=COUNTY, forms=dict.fromkeys(COUNTIES, "nb"))
    write(answer=answer)
    letter = Letter.objects.get()
    client = client_of(Party.DIRECTORATE)
    assert "Fjern utkastet" in text_of(client, f"letters/{letter.pk}")
    assert post(client, "letter.remove", letters=letter.pk, reason="")[0] == 409
    status, address = post(client, "letter.remove", letters=letter.pk, reason="Feil fylke.")
    assert (status, address) == (302, f"/{YEAR}/letters/look")
    assert not Letter.objects.exists()
    assert client.get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 404
    event = Event.objects.order_by("-pk")[0]
    assert (event.name, event.subject) == ("letter.remove", f"letter:{letter.reference}")
    write(answer=answer)
    again = Letter.objects.get().pk
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[again])
    assert refused(partial(letters.remove, by, year=YEAR, letters=[again], reason="X")) == "wrong_state"


# The grounds


def test_the_grounds_are_told_in_every_language_and_one_code_stands_once(tmp_path: Path) -> None:
    grounds = load_grounds()
    assert {"offl13-fvl13-1", "offl13-fvl13-2", "offl14", "offl15"} <= set(grounds)
    for each in grounds.values():
        assert set(each.cites) == set(each.about) == set(LANGUAGES)
        assert "§" in each.cites["nb"] or each.detail, "who withholds then writes it"
    twice = tmp_path / "no.yaml"
    one = "  - code: a\n    cites: {nb: x, nn: x, en: x}\n    about: {nb: x, nn: x, en: x}\n    detail: may\n"
    twice.write_text(f"id: no\nsource: x\ngrounds:\n{one}{one}", encoding="utf-8")
    with pytest.raises(nodes.BadRuleFile, match="has a code twice"):
        parsed(nodes.read(twice))
