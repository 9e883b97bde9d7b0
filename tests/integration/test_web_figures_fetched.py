"""Figures fetched from their publishers in the workspace: by the worker, as if a file was read in, or not at all."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_socket import disable_socket, enable_socket

import published
from bosett.figures import SHIPPED, series
from bosett.rounds.parties import Grade, Party
from bosett.sources import ssb
from bosett.sources.fetchable import FETCHABLE
from bosett.sources.ssb import SsbService
from bosett_web.accounts.models import Grant
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.figures import fetching, figures
from bosett_web.config import settings as configured
from bosett_web.jobs import tasks
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.layers import layers_now, version_read
from bosett_web.records import clock
from bosett_web.records.models import FigureFetch, FigureFile, FigureSet
from bosett_web.records.tasks import Task
from coming_year import PEOPLED
from parties import DEMO, approver, somebody, worker
from publishers import Publishers, fetcher, publishing
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(PEOPLED)]
WHAT, TIME, NUMBER = "ssb_immigrants", "2025", "09817"


@pytest.fixture(autouse=True)
def asking(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workspace ask publishers; it does not in the demo, unless it is told to. A job keeps the connection."""
    settings.ASK_PUBLISHERS = True
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


@pytest.fixture
def publishers(monkeypatch: pytest.MonkeyPatch, closed_sockets: None) -> Iterator[Publishers]:  # noqa: ARG001
    """The publishers on this machine in SSB's place, asked by the worker without waiting."""
    enable_socket()
    with publishing() as served:
        monkeypatch.setattr(ssb, "V2", SsbService(served.pxweb_v2, second=True))
        monkeypatch.setattr(tasks, "publishers", fetcher)
        yield served
    disable_socket(allow_unix_socket=True)


def ask(what: str = WHAT, time: str = TIME) -> int:
    """Ask for a table and return its identity."""
    fetching.fetch(worker(Party.DIRECTORATE), what=what, time=time)
    return int(FigureFetch.objects.order_by("-pk").values_list("pk", flat=True)[0])


def work(fetch: int) -> FigureFetch:
    """Do what the worker does, and return what came of it."""
    tasks.fetch_figures(fetch)
    # The job is over; here no worker tells so.
    ProcrastinateJob.objects.filter(task_name=Task.FETCH_FIGURES.value).delete()
    return FigureFetch.objects.get(pk=fetch)


def page(grade: Grade = Grade.CASE_WORKER, language: str = "") -> str:
    text = html.unescape(client_of(Party.DIRECTORATE, grade=grade, language=language).get("/figures").content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def post(
    party: Party = Party.DIRECTORATE, grade: Grade = Grade.CASE_WORKER, what: str = WHAT, time: str = TIME
) -> tuple[int, str]:
    client = client_of(party, grade=grade)
    shown = client.get("/figures")
    signed = shown.context["signed"] if shown.status_code == 200 else client.get("/rounds").context["signed"]
    answer = client.post("/figures/fetch", {"shown_to": signed, "what": what, "time": time})
    return answer.status_code, html.unescape(answer.content.decode())


def test_the_worker_fetches_what_a_person_asks_for_and_nothing_counts_before_another_accepts(
    publishers: Publishers,
) -> None:
    assert post() == (302, "")
    row = FigureFetch.objects.get()
    (job,) = ProcrastinateJob.objects.filter(task_name=Task.FETCH_FIGURES.value)
    assert (job.args, job.lock) == ({"fetch": row.pk}, "publisher:SSB")
    assert publishers.asked == []  # the web asks nobody
    assert "SSB 09817: innvandrere, 2025: hentes nå." in page()
    assert work(row.pk).state == "fetched"
    assert {each.partition("?")[0] for each in publishers.asked} == {f"GET /api/pxwebapi/v2/tables/{NUMBER}/data"}
    kept, asker = FigureSet.objects.get(), worker(Party.DIRECTORATE)
    assert (kept.state, kept.indicator, kept.read_by_id) == ("read_in", "immigrants", asker.person_id)
    assert kept.content["source"] == kept.file.source == f"{publishers.pxweb_v2}/tables/{NUMBER}/data"
    assert (kept.read_on, kept.content["known_on"]) == (clock.today(), "2026-02-24")
    event = Event.objects.get(name="figures.read")
    assert event.person == asker.person_id
    assert json.loads(event.body)["after"]["sha256"] == kept.file.sha256
    assert layers_now() == SHIPPED
    with pytest.raises(Objected):
        figures.accept(asker, identity=kept.pk, looked=True)
    figures.accept(approver(Party.DIRECTORATE), identity=kept.pk, looked=True)
    accepted = series("immigrants", 2025, figures=layers_now()).figures
    assert accepted["0301"].persons == version_read(kept).figures["2025"]["0301"].persons
    assert "hentes nå" not in page()
    assert not verify().faults


@pytest.mark.parametrize(("what", "time"), [(name, "2026" if "population" in name else "2025") for name in FETCHABLE])
def test_a_saved_file_gives_the_same(publishers: Publishers, what: str, time: str) -> None:
    assert work(ask(what, time)).state == "fetched"
    file = FigureFile.objects.get()
    fetched = {row.indicator: row.content for row in FigureSet.objects.all()}
    assert set(fetched) == {*FETCHABLE[what].indicators}
    # The same bytes are refused as read in already; once that is refused they are read, and are the same.
    client = client_of(Party.DIRECTORATE)
    fields = {"shown_to": client.get("/figures").context["signed"], "reader": what, "time": time}

    def upload() -> int:
        saved = SimpleUploadedFile("svar.json", bytes(file.content))
        return int(client.post("/figures/read", fields | {"file": saved}).status_code)

    assert upload() == 422
    for row in FigureSet.objects.all():
        figures.refuse(worker(Party.DIRECTORATE), identity=row.pk, reason="Prøve.")
    assert upload() == 302
    uploaded = {row.indicator: row.content for row in FigureSet.objects.filter(state="read_in")}
    assert uploaded == {name: content | {"source": "svar.json"} for name, content in fetched.items()}
    assert publishers.address in fetched[next(iter(fetched))]["source"]


PLANS = {
    "busy": (["busy"] * 3, "127.0.0.1 er opptatt (svar 429: «Too many requests»), spurt 3 ganger."),
    "closed": (["closed"] * 3, "127.0.0.1 er opptatt (svar 503), spurt 3 ganger."),
    "refused": (["many"], '127.0.0.1 sier nei (svar 403: «{"error": "Too many values selected"}»).'),
    "page": (["page"], "Dette er en nettside, og ikke tall."),
    "short": (["short"], "Innholdet bryter av, eller er ikke JSON."),
    "cut": (["cut"] * 3, "127.0.0.1 ga ikke noe helt svar, spurt 3 ganger: svaret brøt av."),
    "unreached": (["drop"] * 3, "127.0.0.1 ga ikke noe helt svar, spurt 3 ganger: ingen forbindelse."),
    "away": (["away"], "127.0.0.1 viser videre til en annen adresse"),
    "half": (["ok", "gone"], "127.0.0.1 sier nei (svar 404"),
}


@pytest.mark.parametrize("name", PLANS)
def test_what_does_not_come_says_why_and_leaves_nothing_half(publishers: Publishers, name: str) -> None:
    plan, words = PLANS[name]
    publishers.plan += plan
    row = work(ask())
    assert row.state == "not_fetched"
    assert not FigureFile.objects.exists()
    assert not FigureSet.objects.exists()
    shown = page()
    assert "SSB 09817: innvandrere, 2025: ikke hentet." in shown
    assert words in shown
    assert Event.objects.filter(name="figures.fail").count() == 1
    for language in ("nn", "en"):
        assert words not in page(language=language)
    # It can be tried again, from the page.
    assert "Hent SSB 09817: innvandrere på nytt" in shown
    assert post()[0] == 302
    again = FigureFetch.objects.order_by("-pk")[0]
    assert "ikke hentet" not in page()
    assert work(again.pk).state == "fetched"
    assert FigureSet.objects.count() == 1
    assert "ikke hentet" not in page()


def test_another_table_in_its_place_is_seen(publishers: Publishers) -> None:
    regions = sorted(published.shipped("population", 2026) or {})
    other = published.statbank("11616", regions, ["2025"], {"ContentsCode": ["Bosatt", "Arbeidssted"]})
    publishers.files[f"/api/pxwebapi/v2/tables/{NUMBER}/data"] = published.as_bytes(other)
    assert work(ask()).why["code"] == "unread_other_table"
    assert "Dette er tabell 11616, og ikke 09817." in page()
    assert not FigureSet.objects.exists()


def test_municipalities_that_are_missing_are_named(publishers: Publishers) -> None:
    regions = sorted(published.shipped("population", 2026) or {})[2:]
    chosen = {"InnvandrKat": ["B"], "Landbakgrunn": ["999"], "ContentsCode": ["Personer1"]}
    short = published.statbank(NUMBER, regions, ["2025"], chosen)
    publishers.files[f"/api/pxwebapi/v2/tables/{NUMBER}/data"] = published.as_bytes(short)
    work(ask())
    shown = page()
    assert "2025: 2 av 357 kommuner i 2024 mangler (0301 Oslo, 1101 Eigersund). Ingenting er lest." in shown


def test_figures_that_are_here_already_are_not_read_twice(publishers: Publishers) -> None:
    assert work(ask()).state == "fetched"
    row = work(ask())
    assert row.why == {
        "code": "figures_here",
        "facts": {"source": f"{publishers.pxweb_v2}/tables/{NUMBER}/data", "day": clock.today().isoformat()},
    }
    assert "Filen er lest inn før" in page()
    assert FigureSet.objects.count() == 1


@pytest.mark.begins_at(DEMO)
def test_in_the_demo_s_spring_no_figures_come_from_a_day_to_come(publishers: Publishers) -> None:
    row = work(ask("ssb_population", "2020"))
    assert publishers.asked
    assert row.why["code"] == "dated_later"
    assert not FigureSet.objects.exists()


def test_done_once_it_is_not_done_again(publishers: Publishers) -> None:
    fetch = ask()
    assert work(fetch).state == "fetched"
    asked = len(publishers.asked)
    assert work(fetch).state == "fetched"
    assert (len(publishers.asked), FigureSet.objects.count()) == (asked, 1)


def test_the_same_is_not_asked_for_twice_at_once() -> None:
    ask()
    with pytest.raises(Invalid) as refused:
        ask()
    assert refused.value.code == "fetch_under_way"
    status, text = post()
    assert status == 422
    assert "Denne tabellen hentes allerede for dette året." in text
    ask(time="2024")  # another year is another thing
    first = FigureFetch.objects.order_by("pk")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureFetch.objects.create(
            what=WHAT, time=TIME, asked_on=clock.today(), asked_by_id=first.asked_by_id, seat_id=first.seat_id
        )


def test_one_that_broke_off_is_told_and_taken_up_again(publishers: Publishers) -> None:
    fetch = ask()
    ProcrastinateJob.objects.filter(task_name=Task.FETCH_FIGURES.value).delete()
    shown = page()
    assert "Hentingen ble avbrutt. Be om tallene på nytt." in shown
    assert 'hx-trigger="every 2s"' not in shown
    assert ask() == fetch
    assert "hentes nå" in page()
    assert work(fetch).state == "fetched"
    assert publishers.asked


@pytest.mark.parametrize(
    ("what", "time", "field", "words"),
    [
        ("nav", TIME, "what", "Velg en av tabellene i listen."),
        (WHAT, "2026-02", "time", "Skriv et år, for eksempel 2026."),
        (WHAT, "", "time", "Skriv et år, for eksempel 2026."),
    ],
)
def test_a_table_or_year_that_is_none_is_told_at_its_field(what: str, time: str, field: str, words: str) -> None:
    status, text = post(what=what, time=time)
    assert status == 422
    assert words in text
    assert f'id="fetch-{field}-error"' in text
    assert not FigureFetch.objects.exists()


def test_who_may_not_ask_is_told_so_and_journalled() -> None:
    assert post(grade=Grade.READER)[0] == 403
    assert 'action="/figures/fetch"' not in page(Grade.READER)
    for party in (Party.COMMITTEE, Party.KS):
        with pytest.raises(Objected) as refused:
            fetching.fetch(somebody(party, Grade.CASE_WORKER), what=WHAT, time=TIME)
        assert refused.value.objection.code == "wrong_party"
        assert post(party)[0] == 404
    assert not FigureFetch.objects.exists()
    assert Event.objects.filter(name="refused").count() == 3


def test_who_has_lost_the_right_meanwhile_reads_nothing_in(publishers: Publishers) -> None:
    fetch = ask()
    Grant.objects.filter(person=worker(Party.DIRECTORATE).person_id).update(withdrawn_at=clock.moment())
    assert work(fetch).why == {"code": "fetch_by_nobody", "facts": {}}
    assert publishers.asked == []
    assert not FigureSet.objects.exists()


def test_where_publishers_are_not_asked_the_page_says_so_and_the_worker_asks_nobody(
    publishers: Publishers, settings: LazySettings
) -> None:
    fetch = ask()
    settings.ASK_PUBLISHERS = False
    assert work(fetch).why["code"] == "fetch_off"
    assert publishers.asked == []
    shown = page()
    assert "Denne arbeidsflaten spør ikke utgiverne selv. Lagre filen hos utgiveren" in shown
    assert 'action="/figures/fetch"' not in shown
    assert 'action="/figures/read"' in shown
    with pytest.raises(Invalid):
        ask()
    assert not configured.ASK_PUBLISHERS  # so it is in the demo, and in the tests


def test_a_failure_is_told_for_a_while(publishers: Publishers) -> None:
    publishers.plan += ["gone"]
    row = work(ask())
    assert "ikke hentet" in page()
    FigureFetch.objects.filter(pk=row.pk).update(asked_on=date(2026, 2, 20))
    assert "ikke hentet" not in page()


def test_the_worker_s_day_is_the_workspace_s_and_its_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    days = []
    monkeypatch.setattr(tasks, "bring", lambda _, asked_by: days.append((asked_by.day, asked_by.pacers)))
    first = tasks.publishers()
    assert tasks.publishers() is first  # one a process: it counts the questions within a minute
    tasks.fetch_figures(7)
    assert days == [(clock.today(), first.pacers)]
    assert list(first.pacers) == [ssb.HOST]
    assert replace(first, day=date(2020, 1, 1)).patience == tasks.PATIENCE
