"""A document that was held, shown, sent or approved never changes: each is read again after everything that follows."""

import json
import random
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import typst
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model
from django.test import Client

from afterwards import BERGEN, COUNTY, LETTERED, MODEL, OTHER, OTHERS_FINISHED, everything
from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import letter_text
from bosett.render import typeset
from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Party
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.journal.models import Event
from bosett_web.queries.journal import EventRow
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.lines import lines
from bosett_web.queries.meetings.record import digest
from bosett_web.queries.standing import forget_kept, kept_standing, standing
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import (
    AnswerDocument,
    AnswerReceipt,
    Attachment,
    CapacityReport,
    CountRelease,
    CriteriaAlternative,
    Decision,
    FigureFile,
    FigureSet,
    FinalNumber,
    InformationAnswer,
    KeptPlan,
    LedgerEntry,
    Letter,
    Meeting,
    MeetingAddendum,
    MeetingMinutes,
    Proposal,
    PublishedRelease,
    Recommendation,
    RecommendationVersion,
    ReleasePart,
    Request,
    Revision,
    Targets,
    WaitingList,
    Withholding,
    WrittenRule,
)
from bosett_web.screens.journal_words import facts_told, subject_told
from bosett_web.screens.urls import urlpatterns
from lettersteps import only
from parties import YEAR, worker
from pdfs import Read
from readers import client_of
from thorough import asked_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(OTHERS_FINISHED), pytest.mark.bulk]

Documents = Mapping[str, bytes]
"""What is read, by what it is called: address, reader, and what of it when it is a part of a page."""


# Every document that there is, by the name of its address


def _minutes() -> Iterable[str]:
    for county in Meeting.objects.filter(state="held").values_list("county", flat=True):
        if county in ("", COUNTY):
            yield from (f"meetings/{county or 'joint'}/minutes?lang={language}" for language in ("nb", "nn"))


def _calendars() -> Iterable[str]:
    """A calendar file is a new version when its number has gone up."""
    for row in Meeting.objects.exclude(state="planned"):
        if row.county in ("", COUNTY):
            yield f"meetings/{row.county or 'joint'}/{row.uid}.ics?sequence={row.sequence}"


def _sheets() -> Iterable[str]:
    for number in RecommendationVersion.objects.filter(recommendation__county=COUNTY).values_list("version", flat=True):
        yield f"counties/{COUNTY}/versions/{number}.pdf?lang=nn"


def _letters() -> Iterable[str]:
    """A letter that nobody has approved is a draft."""
    for letter in Letter.objects.exclude(state="made").values_list("pk", flat=True):
        yield f"letters/{letter}.pdf"


def _attachments() -> Iterable[str]:
    for identity in Attachment.objects.values_list("pk", flat=True):
        yield f"counties/{COUNTY}/documents/{identity}"


def _given() -> Iterable[str]:
    for answer in InformationAnswer.objects.filter(round=YEAR).values_list("pk", flat=True):
        yield f"knowledge/{answer}"


def _given_documents() -> Iterable[str]:
    for answer, identity in AnswerDocument.objects.values_list("answer", "pk"):
        yield f"knowledge/{answer}/{identity}.pdf"


def _revisions() -> Iterable[str]:
    """A revision whose numbers are not decided is worked on."""
    for version in Revision.objects.filter(round=YEAR, state="decided").values_list("version", flat=True):
        yield f"revision/{version}.csv"


def _explained() -> Iterable[str]:
    """A run that is not shared, or targets that are not decided, are worked on."""
    for code in LETTERED:
        for version in Proposal.objects.filter(round=YEAR, state="shared").values_list("version", flat=True):
            yield f"why/{code}/proposal-{version}"
        for version in Request.objects.filter(round=YEAR, municipality=code).values_list("version", flat=True):
            yield f"why/{code}/request-{version}"
        if FinalNumber.objects.filter(round=YEAR, round__state="frozen", municipality=code, number=0).exists():
            yield f"why/{code}/not-asked"
    for version in Targets.objects.filter(round=YEAR, state="decided").values_list("version", flat=True):
        yield from (f"why/{code}/targets-{version}" for code in (COUNTY, "0"))


def _answers(path: str, **which: object) -> Callable[[], Iterable[str]]:
    def paths() -> Iterable[str]:
        for code, version in Decision.objects.filter(round=YEAR, **which).values_list("municipality", "version"):
            yield path.format(code=code, version=version)

    return paths


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of document: every address of it that there is now, and who reads it."""

    paths: Callable[[], Iterable[str]]
    readers: tuple[str, ...]


KEPT: Mapping[str, Kept] = {
    "minutes": Kept(_minutes, ("directorate", "county", "ks")),
    "calendar_of": Kept(_calendars, ("county",)),
    "sheet_pdf": Kept(_sheets, ("county",)),
    "letter_pdf": Kept(_letters, ("directorate",)),
    "document": Kept(_attachments, ("county",)),
    "given_answer": Kept(_given, ("directorate", "county", "ks")),
    "answer_document": Kept(_given_documents, ("directorate", "county")),
    "decision_document": Kept(_answers("decisions/{code}/{version}.pdf", content__isnull=False), ("directorate",)),
    "receipt": Kept(_answers("decisions/{code}/{version}"), ("municipality", "directorate")),
    "explained_version": Kept(_explained, ("directorate", "county")),
    "revision_csv": Kept(_revisions, ("directorate", "county")),
    "receipt_pdf": Kept(_answers("decisions/{code}/{version}/receipt.pdf"), ("municipality",)),
}
DRAWN = (
    *("criteria_try", "criteria_sensitivity", "forecasts", "need", "targets", "history", "runs", "country", "own"),
    *("county", "decisions", "settlement_year", "backtest", "criteria_write"),
)
"""Pages with drawings, whose files are made from the page as it stands."""
LIVE = {
    *("icon", "home", "login", "login_start", "login_callback", "role", "demo_login", "demo_walk", "logout"),
    *("set_display", "kept", "move_clock", "access", "access_change", "rules", "accessibility", "privacy"),
    *("first", "access_invite", "login_check"),
    *("help_index", "help_page", "help_of_year", "glossary", "public_help", "public_glossary"),  # told by the program
    *("rounds", "open_round", "read_in", "figures", "figures_read", "figures_fetch", "figure_set", "figures_change"),
    *("overview", "criteria", "criteria_try", "forecasts", "proposal", "search", "journal", "do", "own"),
    *("targets", "targets_fill", "runs", "runs_csv", "runs_xlsx", "history", "backtest"),
    *(f"{name}_chart" for name in DRAWN),  # of what the page shows
    *("ks", "country", "criteria_sensitivity", "criteria_write", "criteria_change"),
    "rules_file",  # by the content that its name is; who may see it depends on what names it
    *("need", "need_file"),  # reckoned anew from scenarios, each time it is looked at
    *("numbers", "export", "county_numbers", "decisions", "decisions_live"),
    *("decisions_csv", "decision_counties_csv", "decision_days_csv"),  # the answers as they stand
    *("letters", "letter", "letters_pdf", "letters_zip", "bound"),  # a choice among letters, gathered when asked for
    *("letters_look", "letters_check", "letters_confirm", "letters_delivery"),
    *("addresses", "addresses_upload"),
    *("counties", "county", "cells", "upload", "upload_apply", "versions"),
    *("county_xlsx", "county_csv"),  # the sheet as it stands, to be worked on and read in again
    *(
        "notices",
        "capacity",
        "county_capacity",
        "county_capacity_xlsx",
        "county_capacity_upload",
        "inputs",
        "placement",
    ),
    *("meetings", "meeting", "room", "calendar", "knowledge"),
    "revision",  # what is known of the need now, the alerts, and what is worked on
    *("settlement_year", "settlement_year_csv", "settlement_year_xlsx"),
    *("settlement", "ledger_xlsx", "ledger_upload", "ledger_apply"),  # what the rows of the year come to
    *("given_read", "alerts", "alerts_read"),
    *("public_front", "public_about", "public_find", "public_permanent", "public_catalogue"),
    *("public_year", "public_places", "public_county", "public_municipality", "public_calendar", "public_criteria"),
    *("public_data", "public_feed", "public_documents"),  # of the newest release, whichever that is
    "documents",  # which there are, and which of them are open
    *("why", "run_control"),  # of the proposal that the sheet rests on
    "explained",  # the newest version of a number
    *("journal_file", "letter_control", "answer_control"),  # what the log holds, with its checksums
}
"""Addresses that show how things stand."""
RELEASED = {"public_release", "public_file", "public_rules"}
"""Addresses of one release, which is a row that never changes: the tests of the public pages read them again."""
SELDOM = 6
"""After how many steps each run reads; which of them is left to chance."""
REMEMBERING = ("", f"counties/{COUNTY}", "decisions")
"""Pages that a kept standing remembers something for."""
SEEN_BY = {
    "directorate": (Party.DIRECTORATE, ""),
    "county": (Party.COUNTY, COUNTY),
    "ks": (Party.KS, ""),
    "municipality": (Party.MUNICIPALITY, LETTERED[0]),
}
# What takes a letter one step on its way changes nothing in it, and is followed by the tests of sending.
ON_ITS_WAY = {"letter.retry", "letter.ask", "letter.found", "letter.again"}


def test_every_address_either_shows_how_things_stand_or_is_watched_here() -> None:
    names = {each.name for each in urlpatterns}
    assert len(LIVE) + len(KEPT) + len(RELEASED) == len(LIVE | set(KEPT) | RELEASED)
    assert names == LIVE | set(KEPT) | RELEASED


def read(clients: Mapping[str, Client]) -> Documents:
    """Return everything that is kept, as each reader gets it; of a page the articles, which are the document."""
    documents: dict[str, bytes] = {}
    for kind in KEPT.values():
        for path in kind.paths():
            for name in kind.readers:
                answer = clients[name].get(f"/{YEAR}/{path}")
                if answer.status_code == 404:
                    continue
                assert answer.status_code == 200, (path, name)
                if not answer["Content-Type"].startswith("text/html"):
                    documents[f"{path} to {name}"] = answer.content
                    continue
                articles = re.findall(r"<article\b.*?</article>", answer.content.decode(), re.DOTALL)
                assert articles, f"{path} has no article"
                for index, article in enumerate(articles):
                    documents[f"{path} to {name}, part {index}"] = article.encode()
    return documents


@pytest.fixture
def set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the same content once only: that it gives the same bytes is for the tests of typesetting to say."""
    real, made = typeset.compiled, dict[str, object]()

    def once(compiler: typst.Compiler, bundle: Mapping[str, object]) -> object:
        key = json.dumps(bundle, sort_keys=True)
        if key not in made:
            made[key] = real(compiler, bundle)
        return made[key]

    monkeypatch.setattr(typeset, "compiled", once)


def keep_standings(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Keep standings as in earnest, and hold each that an action begins with to what a reader would be shown.

    Returns:
        The transactions in which that was done.
    """
    monkeypatch.setattr("web_database.WRITES", re.compile(r"(?!)"))

    begun: set[str] = set()
    remembered = Standing.remembered
    readers: dict[tuple[int, Hashable], Callable[[], object]] = {}

    def recording(at: Standing, name: Hashable, read: Callable[[], object]) -> object:
        readers[id(at.memory), name] = read
        return remembered(at, name, read)

    def compared(year: int) -> Standing:
        fresh, transaction_of = standing(year), connection.savepoint_ids[-1]
        if transaction_of not in begun:  # nothing is written in it yet
            at = kept_standing(year)
            assert at == fresh
            for name, value in (at.memory or {}).items():
                assert readers[id(at.memory), name]() == value, name
            begun.add(transaction_of)
        return fresh

    monkeypatch.setattr(Standing, "remembered", recording)
    monkeypatch.setattr("bosett_web.actions.doing.standing", compared)
    return begun


def row_of(event: Event) -> EventRow:
    """Return an event as whoever did it reads it."""
    body = json.loads(event.body)
    return EventRow(
        id=event.pk,
        number=event.number,
        name=event.name,
        subject=event.subject,
        at=event.at,
        day=event.at.date(),
        person=body["person_name"],
        organisation=body["seat_name"],
        before=body["before"],
        after=body["after"],
        texts=(),
        own=True,
        by_itself=False,
        hash=event.hash,
    )


@pytest.mark.long
@pytest.mark.usefixtures("set_once")
@pytest.mark.parametrize("every", asked_of((1, SELDOM), (SELDOM,)))
def test_what_was_held_shown_sent_or_approved_reads_the_same_after_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    only(*LETTERED, monkeypatch=monkeypatch)
    clients = {name: client_of(party, area) for name, (party, area) in SEEN_BY.items()}
    begun = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    kept = dict(read(clients))
    forget_kept()  # what is remembered from here on is held to its rows
    compared_in = keep_standings(monkeypatch)
    changed: dict[str, list[str]] = {}

    def read_again(step: str) -> None:
        now = read(clients)
        for path, before in kept.items():
            if now.get(path, before) != before:  # what a reader may no longer see is not another document
                changed.setdefault(step, []).append(path)
        kept.update(now)

    first = random.randrange(every)  # noqa: S311  - no secret, and repeated by the seed of the run
    for place, step in enumerate(everything(tmp_path)):
        for page in REMEMBERING:
            assert clients["directorate"].get(f"/{YEAR}/{page}").status_code == 200
        if place % every == first:
            read_again(step)
    read_again("all")
    assert changed == {}
    assert len(compared_in) > 100
    # Every kind of document came into being, and every move was made after the first of them; none without its event.
    assert {name for name, kind in KEPT.items() if not list(kind.paths())} == set()
    assert set(Letter.objects.exclude(state="made").values_list("kind", flat=True)) == set(LetterKind)
    made = set(Event.objects.filter(pk__gt=begun).values_list("name", flat=True))
    assert {move.name for move in MOVES if move.by is not None} - made - ON_ITS_WAY == set()
    for event in Event.objects.all():
        for language in LANGUAGES:
            assert subject_told(event.subject, YEAR, language)
            facts_told(row_of(event), YEAR, language)  # it breaks no page that lists events


# What comes afterwards, and how it is told


@pytest.fixture
def taken(tmp_path: Path) -> Callable[[str], None]:
    """Take the round on until a step is done; a second call goes on from there."""
    steps = everything(tmp_path)

    def until(step: str) -> None:
        assert any(each == step for each in steps), step

    return until


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, path
    text = answer.content.decode()
    assert "MISSING-IN-TEMPLATE" not in text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split("<main")[1]).replace("\u00a0", " "))


def pdf_text(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", Read(client.get(f"/{YEAR}/{path}").content).whole.replace("\u00a0", " "))


def test_minutes_stand_and_what_is_decided_later_is_added_with_its_day_and_who(taken: Callable[[str], None]) -> None:
    taken("the meeting is held")
    path, ks = f"meetings/{COUNTY}/minutes", client_of(Party.KS)
    at_the_meeting = number_of(BERGEN, "outcome")
    before = text_of(ks, f"{path}?lang=nn")
    for words in ("rådgjevar", "fylkesdirektør", "Fleire bustader.", "Skuleplassar (Ope)", "KS er samd.", "avklarte"):
        assert words in before, words
    assert "Tillegg" not in before.partition("Referatet er låst")[0]
    taken("the recommendation is discussed")
    later = number_of(BERGEN, "outcome")
    assert later != at_the_meeting
    page = text_of(ks, f"{path}?lang=nn")
    article, added = page.split("Tillegg etter møtet")
    assert f"Bergen {number_of(BERGEN, 'proposed')} {number_of(BERGEN, 'number')} {at_the_meeting}" in article
    for words in ("Skuleplassar (Ope)", "Referatet er låst slik det stod 30. juni 2020."):
        assert words in article
    for words in (
        "Tillegg 1, 30. juni 2020, KS Merknad frå KS. Fylket som heilskap: KS la til noko etterpå.",
        "Tillegg 2, 30. juni 2020, IMDi Eit ope punkt vart lukka. Skuleplassar",
        "Tillegg 5, 30. juni 2020, IMDi IMDi føydde til dette. Rådgjevaren frå KS gjekk før sak 2.",
        f"Bergen {at_the_meeting} {later} Vestland fylkeskommune: Endå fleire.",
    ):
        assert words in added, words
    assert "Askøy" not in added, "its outcome is as the minutes say"
    taken("the recommendation is opened again")
    added = text_of(ks, f"{path}?lang=nb").split("Tillegg etter møtet")[1]
    assert "IMDi Anbefalingen ble sendt tilbake til fylkeskommunen. Måltalet er nytt." in added
    assert "Vestland fylkeskommune Anbefalingen ble åpnet igjen." in added


def test_the_letter_of_minutes_tells_what_was_held_and_what_was_added(taken: Callable[[str], None]) -> None:
    taken("minutes are sent and the recommendation is handed over")
    letters = {row.reference: letter_text(letter_from(row.content)) for row in Letter.objects.filter(kind="minutes")}
    own, joint = letters[f"{YEAR}/{COUNTY}-referat-1"], letters[f"{YEAR}/{COUNTY}-felles-referat-1"]
    for words in ("KS er samd.", "Skuleplassar", "Tillegg etter møtet", "Endå fleire.", "Rådgjevaren frå KS gjekk"):
        assert words in own, words
    assert "Skuleplassar" in own.partition("Opne punkt")[2].partition("Tillegg etter")[0], "it was open in the meeting"
    for words in ("Fellesmøtet vart halde.", "Nye prognosar", "I tabell 13055.", f"Butid i {OTHER}"):
        assert words in joint, words
    assert f"Butid i {COUNTY}" not in joint, "it had been answered before"
    assert "Noko nytt" not in joint, "it was not there"


def test_the_hash_of_the_minutes_stands_in_the_event_that_held_the_meeting(taken: Callable[[str], None]) -> None:
    taken("the joint meeting is held")
    for kept in MeetingMinutes.objects.select_related("meeting"):
        subject = f"meeting:{YEAR}:{kept.meeting.county or 'joint'}"
        event = Event.objects.get(name="meeting.hold", subject=subject)
        assert json.loads(event.body)["after"]["sha256"] == kept.sha256 == digest(kept.content)
    without = set(Meeting.objects.filter(kept__isnull=True).values_list("state", flat=True))
    assert without <= {"planned", "invited", "called_off", "dropped"}


def test_a_recommendation_says_which_minutes_it_departs_from(taken: Callable[[str], None]) -> None:
    taken("the recommendation is discussed")
    own, path = client_of(Party.COUNTY, COUNTY, language="nn"), f"counties/{COUNTY}"
    heading = "Avvik frå referat av 30. juni 2020"
    (record,) = MeetingMinutes.objects.filter(meeting__county=COUNTY)
    minuted = next(line["outcome"] for line in record.content["lines"] if line["code"] == BERGEN)
    # What was decided after the meeting is told as such at once.
    assert f"{heading} (1) Kommune I referatet I tilrådinga Bergen {minuted} {minuted + 1} Sjå referatet" in text_of(
        own, path
    )
    taken("the recommendation is opened again")
    draft = number_of(BERGEN, "number")
    assert f"Bergen {minuted} {draft}" in text_of(own, path).partition(heading)[2]
    taken("the recommendation is submitted again")
    newest = RecommendationVersion.objects.filter(recommendation__county=COUNTY).order_by("-version")[0].version
    text = pdf_text(own, f"{path}/versions/{newest}.pdf?lang=nn")
    assert heading in text
    assert f"Bergen {minuted} {number_of(BERGEN, 'number')}" in text
    first = RecommendationVersion.objects.filter(recommendation__county=COUNTY, made="submitted").order_by("version")[0]
    assert heading not in pdf_text(own, f"{path}/versions/{first.version}.pdf?lang=nn"), "there were no minutes then"
    taken("minutes are sent and the recommendation is handed over")
    letter = Letter.objects.get(kind="recommendation")
    assert heading in letter_text(letter_from(letter.content)).replace("\u00a0", " ")


def test_a_sheet_that_nobody_works_on_is_the_one_that_was_sent(taken: Callable[[str], None]) -> None:
    taken("the recommendation is final")
    own, path = client_of(Party.COUNTY, COUNTY), f"counties/{COUNTY}/versions"
    newest = RecommendationVersion.objects.filter(recommendation__county=COUNTY, made="final").order_by("-version")[0]
    sent = own.get(f"/{YEAR}/{path}/{newest.version}.pdf?lang=nb").content
    assert own.get(f"/{YEAR}/{path}/now.pdf?lang=nb").content == sent
    # It is one document, whoever reads it: the county's own drafts are told of in the county's own drafts.
    assert client_of(Party.KS).get(f"/{YEAR}/{path}/{newest.version}.pdf?lang=nb").content == sent
    taken("the proposal is new")
    assert own.get(f"/{YEAR}/{path}/now.pdf?lang=nb").content == sent


KEPT_ROWS: Mapping[type[Model], tuple[dict[str, object], dict[str, object]]] = {
    MeetingMinutes: ({"content": {}}, {}),
    MeetingAddendum: ({"text": "Noko anna"}, {}),
    RecommendationVersion: ({"beside": {}}, {}),
    Attachment: ({"content": b""}, {}),
    AnswerReceipt: ({"day": date(2021, 1, 20)}, {}),
    InformationAnswer: ({"text": "Noko anna"}, {}),
    AnswerDocument: ({"content": b""}, {}),
    Letter: ({"pdf": b""}, {"state": "read"}),
    Decision: ({"number": 1}, {"state": "complete"}),
    FigureFile: ({"content": b""}, {}),
    LedgerEntry: ({"count": 1}, {}),
    FigureSet: ({"content": {}}, {"state": "taken_back"}),
    WaitingList: ({"groups": []}, {}),
    KeptPlan: ({"moving": []}, {}),
    CapacityReport: ({"count": 9}, {}),
    CountRelease: ({"content": b""}, {}),
    ReleasePart: ({"content": "{}"}, {}),
    PublishedRelease: ({"sha256": ""}, {}),
    WrittenRule: ({"text": ""}, {}),
    CriteriaAlternative: ({"file": MODEL}, {"state": "retired", "retired_on": date(2021, 1, 20)}),
    Withholding: ({"ground": "offl14"}, {"lifted_on": date(2021, 1, 20)}),
}
"""What no action changes, in each table of what is kept; and what still moves."""
ENDED: Mapping[type[Model], str] = {Letter: "delivered", FigureSet: "taken_back", CriteriaAlternative: "drafted"}
"""In which state the rows of a table are kept, where it is not in all."""


def test_the_database_itself_refuses_to_change_what_is_kept(taken: Callable[[str], None]) -> None:
    taken("a municipality answers")
    on = dict.fromkeys(("on", "said_on", "day"), date(2021, 1, 4))
    row_of_year = {
        "round_id": YEAR,
        "number": 1,
        "side": "directorate",
        "municipality": BERGEN,
        "step": "settled",
        **on,
    }
    LedgerEntry.objects.create(**row_of_year, entered_by_id=worker(Party.DIRECTORATE).person_id)
    publish_all()
    counted = {"day": date(2021, 1, 31), "at": clock.moment(), "content": b"{}", "published": "0" * 64}
    CountRelease.objects.create(round_id=YEAR, **counted)  # the month is not over
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kept'")
        assert {name for (name,) in cursor} == {table._meta.db_table for table in KEPT_ROWS}  # noqa: SLF001
    for table, (refused, moved) in KEPT_ROWS.items():
        rows = table._default_manager.filter(**({"state": ENDED[table]} if table in ENDED else {}))  # noqa: SLF001
        row = rows.order_by("pk")[0]
        one = table._default_manager.filter(pk=row.pk)  # noqa: SLF001
        for act in (partial(one.update, **refused), partial(one._raw_delete, one.db)):  # noqa: SLF001
            with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
                act()
        if moved:
            assert one.update(**moved) == 1
    draft = Letter.objects.filter(state="made")
    assert draft.update(pdf=b"anew") == draft.count() > 0


def number_of(code: str, what: str) -> int:
    line = next(
        each
        for each in lines(standing(YEAR), Recommendation.objects.get(county=COUNTY).proposal_id)
        if each.code == code
    )
    return int(getattr(line, what))
