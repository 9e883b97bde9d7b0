"""Everything that can be read, by every party and grade, in every language, at several starts of the round.

Nobody is shown a code of the program's own, and nobody a 0 that was made from a figure that is missing.
"""

import gc
import importlib
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from django.test import Client

import madeup
from answering import PDF, given_answer, unkept
from bosett.basis.languages import LANGUAGES
from bosett.basis.structures import Structure
from bosett.basis.tables import Row
from bosett.figures.catalogue import IndicatorColumn
from bosett.figures.kinds import Figure, Status
from bosett.render.open_package import FILES
from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.decisions import decisions
from bosett_web.actions.figures import figures
from bosett_web.actions.letters import letters, making
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.actions.revision import revisions
from bosett_web.actions.revision.revisions import GivenRevision
from bosett_web.actions.round import closing
from bosett_web.queries.releases import published
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import Decision, InformationAnswer, InformationRequest, Letter, Request
from charted import faults_of_charts
from crawl import (
    BOOK,
    Arguments,
    Crawl,
    Page,
    Reader,
    Watch,
    addresses,
    content_of,
    crawl,
    public_arguments,
    read,
    routes,
    values_of,
)
from formeryears import READ_IN
from lettersteps import deliver, prepare, some
from parties import DECIDED, DEMO, FINISHED, FROZEN, SHARED, YEAR, approver, worker
from rawcodes import codes_in
from thorough import asked_of
from web_database import Start

series = importlib.import_module("bosett.figures.series")  # the package has a function of that name
pytestmark = [pytest.mark.django_db, pytest.mark.bulk]

COUNTY, ASKED, NOT_ASKED, FORMER = "46", "4601", "4612", 2020
LETTERS = (ASKED, NOT_ASKED, "4602", "4617", "4631")
KNOWN: Arguments = {
    **{name: [{"code": COUNTY}] for name in ("county", "county_numbers", "county_xlsx", "county_csv", "versions")},
    **{name: [{"code": COUNTY}, {"code": "joint"}] for name in ("meeting", "room", "minutes", "calendar")},
    **{name: [{"code": ASKED, "version": 1}] for name in ("receipt", "receipt_pdf", "answer_control")},
    "run_control": [{"version": 1}],
    "explained": [{"code": code} for code in (ASKED, NOT_ASKED, COUNTY, "0")],
    "explained_version": [{"code": ASKED, "version": version} for version in ("proposal-1", "request-1")],
    **{name: [{"name": "targets"}, {"name": "guide_letters"}] for name in ("help_page", "help_of_year")},
    **{name: [{"name": f"no-{YEAR}-reference"}] for name in ("rules_file", "public_rules")},
    "sheet_pdf": [{"code": COUNTY, "version": "now"}],
    "api-1:read_municipality": [{"code": ASKED}],
    "api-1:read_release": [{"number": 1}],
}
ASKING = (
    "journal?track=recommendation",
    "journal?party=county",
    "journal?verify=1",
    "search?q=bergen",
    "targets?a=1&b=1",
    "criteria/try?w-continuity=50&w-size=30&w-work=20&least=10",
)
ACTING = frozenset(
    {
        *("do", "logout", "set_display", "move_clock", "demo_login", "demo_walk", "access_change", "access_invite"),
        *("figures_read", "figures_change", "open_round", "read_in", "addresses_upload", "upload", "upload_apply"),
        *("county_capacity_upload", "targets_fill", "criteria_change"),
        *("ledger_upload", "ledger_apply"),
        *("cells", "figures_fetch", "given_read", "alerts_read"),
    }
)
"""Routes that only act: what they say when they refuse is read apart, below."""
ELSEWHERE = frozenset(
    {
        *("icon", "healthz", "metrics"),  # a picture, and words for machines
        *("home", "public_permanent"),  # lead on to a page
        *("login_start", "login_callback", "role"),  # where there is a provider of logins
        "first",  # a link that is shown once
        "kept",  # after a session has ended
        *("document", "answer_document"),  # what a county or the directorate has attached, as it was
        "calendar_of",  # a meeting's file by its identity, beside the letters that invite to it or call it off
        *("runs_csv", "runs_xlsx", "runs_chart"),  # of two runs, and there is one
        "forecasts_chart",  # of two forecasts, and there is one
        *("criteria_write", "criteria_write_chart"),  # while alternatives are kept: read at the earlier starts
        "settlement_year_chart",  # the year has not begun; `test_web_charts` reads it
        "api-1:api-root",  # an address that there is nothing at
    }
)
CHECKED = frozenset({"public_data", "public_file", "runs", "explained", "explained_version"})
"""Where a hash is shown for people to hold what they have fetched, or a run, against another."""
PROGRAMS = frozenset({"application/json", "text/calendar", "application/yaml"})
"""Files that programs read: they hold codes, and people see none of them."""


def letter_some() -> None:
    """Make the letters of a few municipalities; some are delivered, and some answered."""
    prepare(answer_by=date(2020, 12, 15), signers="avdelingsdirektør: N.N.")
    with mock.patch("bosett_web.queries.letters.contents.municipalities", lambda year: some(year, LETTERS)):
        letters.make(worker(Party.DIRECTORATE), year=YEAR)
        making.make_all(YEAR, worker(Party.DIRECTORATE).person_id)
    made = {row.receiver: row.pk for row in Letter.objects.filter(round=YEAR)}
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[made[code] for code in LETTERS[:4]])
    with TemporaryDirectory() as folder:
        for code in LETTERS[:3]:
            deliver(made[code], Path(folder))
    number = Request.objects.get(round=YEAR, municipality=ASKED).number
    answer = given_answer(number, conditions="Kun familier.", document=("vedtak.pdf", PDF))
    decisions.record(worker(Party.MUNICIPALITY, ASKED), year=YEAR, municipality=ASKED, request=1, answer=answer)
    decisions.plan(worker(Party.MUNICIPALITY, "4602"), year=YEAR, municipality="4602", planned_on=date(2020, 11, 30))
    shared = {"round_id": YEAR, "text": "Tall for botid.", "day": "2020-06-30"}
    given = InformationAnswer.objects.create(to=AnsweredTo.TO_ALL, **shared)
    InformationRequest.objects.create(
        county=COUNTY, given=given, state="answered", answer=given.text, answered_on="2020-06-30", **shared
    )
    total = sum(Request.objects.filter(round=YEAR).values_list("number", flat=True))
    cut = GivenRevision(total - 40, "left", 10, 1, False, False, False, "larger-claim", "Behovet er mindre.", {})
    revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=cut)
    monthly = replace(madeup.everywhere("employed", "2019-11", Structure.Y2020), known_on=date(2020, 3, 1))
    figures.read(worker(Party.DIRECTORATE), source="tall.csv", content=b"tall", versions=[monthly])
    publish_all()


def close_round() -> None:
    """Close the round, with letters and answers left."""
    closing.close(approver(Party.DIRECTORATE), year=YEAR, reason="Resten kommer ikke.")


LETTERED = Start(letter_some, FROZEN)
CLOSED = Start(close_round, LETTERED)
STARTS: Mapping[str, tuple[Start, tuple[int, ...]]] = {
    "demo": (DEMO, (FORMER, YEAR)),
    "shared": (SHARED, (YEAR,)),
    "frozen": (FROZEN, (YEAR,)),
    "lettered": (LETTERED, (YEAR,)),
    "closed": (CLOSED, (YEAR,)),
    "former": (READ_IN, (2018,)),
}
"""Starts at which all read, with the years that are read there: the former round, which is the same at each, at one."""
FEW = {"decided": DECIDED, "finished": FINISHED}
"""Starts at which those who work on the round read."""
SEATS = (
    *((party, "") for party in (Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.UDI)),
    *((Party.COUNTY, COUNTY), (Party.MUNICIPALITY, ASKED), (Party.MUNICIPALITY, NOT_ASKED), (Party.PUBLIC, "")),
)


def readers(start: str) -> Iterator[Reader]:
    """Yield who reads at a start: each party with each grade at one of them, and the languages in turn."""
    turn = list(STARTS).index(start)
    for place, (party, area) in enumerate(SEATS):
        yield Reader(party, area, list(Grade)[(place + turn) % len(Grade)], LANGUAGES[(place + turn) % len(LANGUAGES)])


def read_all(reader: Reader, years: tuple[int, ...], watch: Watch | None = None) -> Crawl:
    """Read everything that somebody comes to."""
    asked = [f"/{year}/{question}" for year in years for question in ASKING]
    numbers = {row.number for year, row in published.newest().items() if year in years}
    public = public_arguments([reader.language], COUNTY, ASKED, numbers)
    return crawl(reader, [*addresses({**KNOWN, **public}, years), *asked], years=years, watch=watch)


def language_of(page: Page, reads: str) -> str:
    """Return the language of a page: that of its address, and of a file's name; else that which somebody reads in.

    Tables of a release for programs have names of columns in English.
    """
    named = re.match(r"/(nb|nn|en)/", page.address) or re.search(r"-(nb|nn|en)\.xlsx$", page.address)
    return named[1] if named else "en" if page.route == "public_file" else reads


def faults_of(crawled: Crawl, language: str) -> list[tuple[str, str, str, str]]:
    """Return the codes that a reader is shown, each with where and in what line."""
    faults = []
    for page in crawled.pages:
        if page.media in PROGRAMS:
            continue
        table = page.media in ("text/csv", BOOK)
        for line in page.lines:
            raw = codes_in(line, language_of(page, language), table=table)
            faults += [
                (page.route, why, what, line[:100]) for why, what in raw if why != "hash" or page.route not in CHECKED
            ]
    return faults


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Say nothing of each page that is not for a reader."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.mark.parametrize(
    "start",
    asked_of(
        [pytest.param(name, marks=pytest.mark.begins_at(start)) for name, (start, _) in STARTS.items()],
        ("lettered",),
    ),
)
def test_nobody_is_shown_a_code_of_the_program_s_own(start: str) -> None:
    shown: dict[tuple[str, str, str], str] = {}
    met: set[str] = set()
    bare: set[str] = set()

    def look_at_drawings(address: str, content: bytes) -> None:
        if re.match(r"/\d{4}/", address) and content.startswith(b"<!DOCTYPE html"):
            bare.update(f"{address}: {fault}" for fault in faults_of_charts(content.decode()))

    publish_all()
    for reader in readers(start):
        crawled = read_all(reader, STARTS[start][1], look_at_drawings)
        assert len(crawled.pages) > 20, str(reader)
        assert crawled.broken == [("/healthz", 503)], str(reader)  # no worker runs here
        shown |= {
            (route, why, what): f"{reader}: {line}" for route, why, what, line in faults_of(crawled, reader.language)
        }
        met |= {page.route for page in crawled.pages}
    assert shown == {}
    assert bare == set(), "every drawing of the desk has its sentence, its table and its files"
    if start == "lettered":
        assert {name for name, _ in routes()} - met == ACTING | ELSEWHERE


@pytest.mark.parametrize(
    "start", [pytest.param(name, marks=pytest.mark.begins_at(start)) for name, start in FEW.items()]
)
def test_nor_is_one_who_works_on_the_round_between_them(start: str) -> None:
    assert start in FEW
    publish_all()
    for reader in (Reader(Party.DIRECTORATE), Reader(Party.COUNTY, COUNTY, language="nn")):
        crawled = read_all(reader, (YEAR,))
        assert faults_of(crawled, reader.language) == [], str(reader)


@pytest.mark.begins_at(LETTERED)
def test_nor_is_one_who_reads_a_file_of_a_release() -> None:
    publish_all()
    number = published.newest_of(YEAR).number
    pages = []
    for each in FILES:
        answer = Client().get(f"/data/{YEAR}/{number}/{each.name}")
        if answer.status_code == 200:
            lines, _ = read(each.media, content_of(answer))
            pages.append(Page(f"/data/{YEAR}/{number}/{each.name}", "public_file", each.media, tuple(lines)))
    assert len(pages) > 4
    assert faults_of(Crawl(pages), "nb") == []


def test_every_party_reads_with_every_grade_and_in_every_language() -> None:
    met = [reader for start in STARTS for reader in readers(start)]
    parties = {party for party, _ in SEATS} - {Party.PUBLIC}
    assert {(reader.party, reader.grade) for reader in met} >= {(party, grade) for party in parties for grade in Grade}
    assert {(reader.party, reader.language) for reader in met} >= {
        (party, language) for party in parties for language in LANGUAGES
    }


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Kontrollsum 5967b87143cc2878ec21ba25e3e88903", "nb"),
        ("no-2021-reference", "nb"),
        ("criteria:2021", "en"),
        ("recommendation:2021:46", "en"),
        ("Folketall (SSB; kjent 2020-03-01)", "nb"),
        ("state approved queued", "nn"),
        ("area grade party", "nb"),
        ("letter.approve", "en"),
        ("case_worker", "en"),
        ("18. mai 2020, 2020-05-18T09:30", "nb"),
        ("17108232082418850467562923850417/23444039", "en"),
        ("Møtet er None", "nb"),
    ],
)
def test_the_rule_finds_what_was_once_shown(line: str, language: str) -> None:
    assert list(codes_in(line, language))


@pytest.mark.parametrize(
    "line",
    [
        "Skriv til kontakt@imdi.no, eller se www.imdi.no/planlegging og filen kommuner.csv.",
        "19. mai 2020 kl. 09.30 · 5 025 personer · saksnummer 2020/1234",
        "Tilgang til å lese og godkjenne tall for kommunene i Vestland",
    ],
)
def test_the_rule_lets_words_be(line: str) -> None:
    assert list(codes_in(line, "nb")) == []


@pytest.mark.begins_at(SHARED)
def test_a_refusal_is_told_in_words_and_so_is_what_was_filled_in() -> None:
    """Each move in two languages, one of them Norwegian: to who has no part in the round, and to who may only read."""
    moves = [move for move in MOVES if move.by is not None]
    for turn, seat in enumerate(((Party.UDI, "", Grade.CASE_WORKER), (Party.COUNTY, COUNTY, Grade.READER))):
        for first, language in enumerate(LANGUAGES):
            client = Reader(*seat, language).client()
            fields = {
                "shown_to": client.get(f"/{YEAR}/").context["signed"],
                "county": COUNTY,
                "municipality": ASKED,
                "version": "1",
                "reason": "Fordi.",
            }
            for move in moves[(first + turn) % len(LANGUAGES) :: len(LANGUAGES)]:
                answer = client.post(f"/{YEAR}/do/{move.name}", fields)
                if answer.status_code in (302, 404):
                    continue
                crawled = Crawl([Page(move.name, move.name, "text/html", tuple(read("text/html", answer.content)[0]))])
                assert faults_of(crawled, language) == [], move.name


# Figures that are missing

ZERO = re.compile(r"(?<![\w.,:/+\u2212-])0(?![\w.,:/%]|[\u00a0 ]\d{3})")
"""A 0 that stands alone: no part of a number, a time or a code."""
WHO_COUNT = (
    *(Reader(Party.DIRECTORATE), Reader(Party.COUNTY, COUNTY, language="nn")),
    *(Reader(Party.MUNICIPALITY, ASKED, language="en"), Reader(Party.KS)),
)


COUNTED = frozenset({"api-1:read_round", "api-1:read_numbers", "api-1:read_municipality"})
"""What programs read of numbers, of the newest release: a 0 there stands under a name."""


def _place(page: Page) -> str:
    """Return a page's address; of one release in place of another."""
    return re.sub(r"^(/data/\d+|/\w\w/\d+/releases)/\d+", r"\1/0", page.address)


def zeros(crawled: Crawl) -> Counter[tuple[str, str]]:
    """Count every 0 that somebody is told, by page; in an answer to a program by its name."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in crawled.pages:
        if page.route in COUNTED:
            counts.update((_place(page), name) for name, value in values_of(page) if value == 0)
        elif page.media not in PROGRAMS:
            counts[_place(page), ""] += sum(len(ZERO.findall(line)) for line in page.lines)
    return counts


@contextmanager
def without_figures() -> Iterator[None]:
    """Let every figure on requests, decisions and settlement be missing."""
    real = series._figure  # noqa: SLF001 (there is no other place that all of them come through)

    def missing(row: Row, column: IndicatorColumn) -> Figure:
        return Figure(None, Status.MISSING) if column.table == "settlement" else real(row, column)

    _forget()
    with mock.patch.object(series, "_figure", missing):
        yield
    _forget()


def _forget() -> None:
    """Forget what has been read of figures, and computed from them."""
    for each in gc.get_objects():
        # Asked of its type: others of these objects do something when they are asked what they are.
        if type(each) is _lru_cache_wrapper and each.__module__.startswith("bosett."):
            each.cache_clear()


def told_without(reader: Reader, years: tuple[int, ...]) -> Counter[tuple[str, str]]:
    """Return each 0 that is told only when every figure is missing."""
    publish_all()
    known = zeros(read_all(reader, years))
    with without_figures():
        assert publish_all()
        return zeros(read_all(reader, years)) - known


@pytest.mark.parametrize("reader", asked_of(WHO_COUNT, WHO_COUNT[:1]), ids=str)
@pytest.mark.parametrize(
    "years",
    [
        pytest.param((FORMER,), marks=pytest.mark.begins_at(DEMO)),
        pytest.param((YEAR,), marks=pytest.mark.begins_at(SHARED)),
    ],
)
def test_a_figure_that_is_missing_is_told_to_nobody_as_0(reader: Reader, years: tuple[int, ...]) -> None:
    assert told_without(reader, years) == Counter()


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("reader", asked_of(WHO_COUNT, WHO_COUNT[:1]), ids=str)
def test_nor_is_an_answer_that_nobody_knows(reader: Reader) -> None:
    known = zeros(read_all(reader, (FORMER,)))
    with unkept():
        Decision.objects.filter(round=FORMER).delete()
    assert zeros(read_all(reader, (FORMER,))) - known == Counter()


def test_the_rule_finds_a_0_and_no_part_of_another_number() -> None:
    for line in ("0", "0 av 211", "Sum: 0", "Viken;15;0;0", "(0)", "har 0 kommuner"):
        assert ZERO.search(line), line
    for line in ("10", "5 000", "0,5", "kl. 09.00", "0301", "1.0", "2020/0301-anmodning-1", "100 %"):
        assert not ZERO.search(line), line
