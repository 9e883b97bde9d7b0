"""The need of a year in the workspace: what it says, who sees it, a full run, its files, and a forecast from it."""

import json
from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from answering import page, post
from bosett.cli import main
from bosett.rounds.parties import Party
from bosett.stages.forecast.changes import NeedChanges
from bosett.stages.forecast.judgement import judge_arrivals
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.need import runs
from bosett_web.actions.round import demo
from bosett_web.journal.models import Event
from bosett_web.queries.need_reckoned import QUICK
from bosett_web.records.models import NeedRun
from parties import DEMO, YEAR, worker
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
STOPPED = {"of": "2020", "scenario": "stop-resettlement"}
AREAS = {Party.COUNTY: "46", Party.MUNICIPALITY: "4601"}
SEEING = (Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY)


@pytest.fixture
def directorate() -> Client:
    return client_of(Party.DIRECTORATE)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A full run of so few paths that it is made at once."""
    for module in ("actions.need.runs", "screens.need.cards"):
        monkeypatch.setattr(f"bosett_web.{module}.FULL", 7_000)
    return 7_000


def command_line(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["need", "2020", "--as-of", "2020-05-19", "--format", "json", *more]) == 0
    return capsys.readouterr().out


def saved(client: Client, kind: str, **query: str) -> bytes:
    answer = client.get(f"/{YEAR}/need.{kind}", query)
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    return bytes(answer.content)


def test_scenarios_stand_side_by_side_with_what_they_are_held_against(directorate: Client) -> None:
    shown = page(directorate, "need?of=2020")
    for words in (
        "2020 som planlagt i oktober 2019",
        "2020 med overføringsflyktninger stanset fra 14. mars",
        "med de stansene som er meldt her",
        "Opprinnelig anmodning, 5 120, ligger innenfor.",
        "Opprinnelig anmodning, 5 120, ligger over.",
        "7 av 12 ganger",
        f"Foreløpig svar, regnet ut av {QUICK // 1000} 000 forløp.",
    ):
        assert (
            words.replace(" 000", "\u00a0000") in shown
            or words in shown
            or words.replace("5 120", "5\u00a0120") in shown
        )
    norway = next(each for each in judge_arrivals().countries if each.country == "Norway").score
    assert (norway.hits, norway.points) == (7, 12)


def test_a_year_of_which_nothing_is_known_says_what_is_lacking(directorate: Client) -> None:
    assert "Behovet i 2021 er ikke kjent ennå." in page(directorate, "need")
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 2, 1))
    assert "Behovet i 2022 er ikke kjent her. Det finnes ikke noe scenario for året." in page(
        directorate, "need?of=2022"
    )


@pytest.mark.parametrize("party", [*SEEING, Party.MUNICIPALITY])
def test_whoever_sees_forecasts_sees_the_need(party: Party) -> None:
    client = client_of(party, AREAS.get(party, ""))
    expected = 200 if party in SEEING else 404
    assert client.get(f"/{YEAR}/need").status_code == expected
    assert client.get(f"/{YEAR}/need.json", STOPPED).status_code == expected
    assert ("Behov</a>" in client.get(f"/{YEAR}/forecasts").content.decode()) is (party in SEEING)


def test_the_public_does_not_see_it() -> None:
    assert led_from(f"/{YEAR}/need") == f"/nb/{YEAR}/"
    assert Client().get(f"/{YEAR}/need.json", STOPPED).headers["Location"].startswith("/login")
    released = public_of(YEAR)
    assert released.round is not None
    assert released.round.forecasts == ()
    assert "prognose" not in Client().get(f"/nb/{YEAR}/").content.decode().casefold()


def test_the_file_is_what_the_command_line_prints(directorate: Client, capsys: pytest.CaptureFixture[str]) -> None:
    quick = ("--paths", str(QUICK))
    whole = command_line(capsys, "--scenario", "stop-resettlement", *quick)
    assert saved(directorate, "json", **STOPPED).decode() == whole
    changed = {"quota": "3500", "never": "1", "permits": "120", "alone": "5", "ramp": "4"}
    options = ("--quota", "3500", "--restart", "never", "--permits", "1.2", "--alone", "1/20", "--ramp", "4")
    mine = saved(directorate, "json", **STOPPED, **changed).decode()
    assert mine == command_line(capsys, "--scenario", "stop-resettlement", *quick, *options)
    assert json.loads(mine)["changed"] == {
        "quota": 3500,
        "restart": "never",
        "ramp": 4,
        "permits": "6/5",
        "alone": "1/20",
    }
    with_told = command_line(capsys, "--scenario", "as-planned", *quick, "--stop", "2020-03-14")
    assert saved(directorate, "json", of="2020", scenario="told").decode() == with_told


def test_tables_have_the_same_numbers(directorate: Client) -> None:
    total = json.loads(saved(directorate, "json", **STOPPED))["year_total"]["all"]
    last = saved(directorate, "csv", **STOPPED).decode("utf-8-sig").splitlines()[-1].split(";")
    assert last == ["Hele 2020", "Alle", *(str(total[each]) for each in ("p10", "p50", "p90"))]
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(saved(directorate, "xlsx", **STOPPED))).sheet_names
    assert sheet == "Behov"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"quota": "mange"}, "own-quota-error"),
        ({"quota": "100001"}, "own-quota-error"),
        ({"permits": "301"}, "Tallet må være fra 0 til 300."),
        ({"ramp": "53"}, "Tallet må være fra 0 til 52."),
        ({"alone": "-1"}, "own-alone-error"),
        ({"restart": "2020-13-01"}, "own-restart-error"),
        ({"restart": "2020-03-14"}, "Velg en senere dag."),
        ({"restart": "2020-09-01", "never": "1"}, "Velg én av delene."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(directorate: Client, query: dict[str, str], words: str) -> None:
    answer = directorate.get(f"/{YEAR}/need", STOPPED | query)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert words in shown
    assert "Endret:" not in shown
    assert directorate.get(f"/{YEAR}/need.json", STOPPED | query).status_code == 404


def test_what_stands_as_in_the_scenario_changes_nothing(directorate: Client) -> None:
    same = STOPPED | {"quota": "3000", "ramp": "8", "permits": "100", "alone": "0"}
    assert "Ingenting er endret." in page(
        directorate, f"need?{'&'.join(f'{key}={value}' for key, value in same.items())}"
    )
    assert "changed" not in json.loads(saved(directorate, "json", **same))


def test_a_full_run_is_ordered_made_and_shown(
    directorate: Client, few: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert post(directorate, "need.run", **STOPPED, quota="2500")[0] == 302
    row = NeedRun.objects.get()
    assert (row.state, row.inputs["changed"]) == ("queued", {"quota": 2500})
    shown = page(directorate, "need?of=2020&scenario=stop-resettlement&quota=2500")
    assert "er i gang. Siden skifter av seg selv." in shown
    runs.run(row.pk)
    runs.run(row.pk)  # once more does nothing
    row.refresh_from_db()
    assert row.state == "done"
    same = command_line(capsys, "--scenario", "stop-resettlement", "--quota", "2500", "--paths", str(few))
    assert row.result is not None
    assert row.result["document"] == same
    assert saved(directorate, "json", **STOPPED, quota="2500").decode() == same
    assert "Full kjøring, " in page(directorate, "need?of=2020&scenario=stop-resettlement&quota=2500")
    names = [event.name for event in Event.objects.filter(subject=f"need:{YEAR}").order_by("pk")]
    assert names == ["need.run", "need.finish"]
    status, shown = post(directorate, "need.run", **STOPPED, quota="2500")
    assert status == 422
    assert "Den fulle kjøringen er alt bestilt eller ferdig." in shown
    assert NeedRun.objects.count() == 1


def test_a_run_that_broke_off_is_taken_up_again(few: int) -> None:
    actor = worker(Party.DIRECTORATE)
    runs.order(actor, year=YEAR, of=2020, scenario="as-planned")
    with pytest.raises(Invalid, match="need_run_there"):
        runs.order(actor, year=YEAR, of=2020, scenario="as-planned")
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415  - needs Django to be set up

    ProcrastinateJob.objects.all().delete()
    runs.order(actor, year=YEAR, of=2020, scenario="as-planned")
    assert NeedRun.objects.count() == 1
    assert few


def test_a_run_whose_scenario_is_another_by_now_says_so(directorate: Client, few: int) -> None:
    runs.order(worker(Party.DIRECTORATE), year=YEAR, of=2020, scenario="as-planned")
    NeedRun.objects.update(key="0" * 64)
    row = NeedRun.objects.get()
    runs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.why) == ("failed", {"code": "need_changed", "facts": {}})
    assert Event.objects.filter(name="need.fail").count() == 1
    assert few
    # It is no hindrance: the run is ordered anew.
    assert post(directorate, "need.run", of="2020", scenario="as-planned")[0] == 302
    assert NeedRun.objects.count() == 2


@pytest.mark.parametrize(
    "party", [Party.KS, Party.COUNTY, Party.COMMITTEE, Party.MINISTRY, Party.MUNICIPALITY, Party.UDI]
)
def test_only_the_directorate_orders_a_run(party: Party) -> None:
    with pytest.raises(Objected):
        runs.order(worker(party, AREAS.get(party, "")), year=YEAR, of=2020, scenario="as-planned")


@pytest.mark.parametrize(
    ("scenario", "changes"),
    [("nothing", NeedChanges()), ("as-planned", NeedChanges(ramp=3)), ("as-planned", NeedChanges(quota=-1))],
)
def test_what_cannot_be_reckoned_is_not_ordered(scenario: str, changes: NeedChanges) -> None:
    with pytest.raises(Invalid, match="need_not_told"):
        runs.order(worker(Party.DIRECTORATE), year=YEAR, of=2020, scenario=scenario, changes=changes)


def test_a_run_is_kept_once_and_whole(few: int) -> None:
    runs.order(worker(Party.DIRECTORATE), year=YEAR, of=2020, scenario="as-planned")
    row = NeedRun.objects.get()
    assert few
    for change in (
        {"state": "done"},
        {"state": "failed"},
        {"state": "queued", "why": {"code": "x"}},
        {"state": "other"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedRun.objects.filter(pk=row.pk).update(**change)


def test_the_answer_is_filled_in_as_a_forecast(directorate: Client) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 7, 1))
    shown = directorate.get(f"/{YEAR}/need").content.decode()
    address = shown.partition('href="/2021/forecasts?')[2].partition('"')[0].replace("&amp;", "&")
    filled = {name: values[0] for name, values in parse_qs(urlsplit(f"?{address}").query).items()}
    total = json.loads(saved(directorate, "json", of="2021", scenario="june-2020"))["year_total"]
    assert (filled["low"], filled["middle"], filled["high"]) == tuple(
        str(total["all"][each]) for each in ("p10", "p50", "p90")
    )
    assert (filled["under15"], filled["from15"]) == tuple(
        str(total[each]["p50"]) for each in ("minors_under_15", "minors_15_18")
    )
    assert (filled["as_of"], filled["publisher"]) == ("2020-07-01", "Integrerings- og mangfoldsdirektoratet")
    form = directorate.get(f"/{YEAR}/forecasts", filled).content.decode()
    assert f'value="{filled["middle"]}"' in form
    assert post(directorate, "forecast.register", **filled)[0] == 302
    assert (
        post(
            directorate,
            "forecast.register",
            **filled | {"low": "100", "middle": "2000", "under15": "20", "from15": "30"},
        )[0]
        == 302
    )
    compared = page(directorate, "forecasts")
    middle, minors = int(filled["middle"]), int(filled["under15"]) + int(filled["from15"])
    assert f"({round(100 * (2000 - middle) / middle)}".replace("-", "\u2212") in compared
    assert f"enslige mindreårige: \u2212{minors - 50}" in compared
    assert "Prognosene over tid" in compared
    # Who may not register sees no button.
    assert "Registrer som prognose" not in client_of(Party.KS).get(f"/{YEAR}/need").content.decode()
