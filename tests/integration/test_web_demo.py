"""The demo's parties take the round on by themselves: by the law of the round, and only as far as it lets them."""

import re
from collections.abc import Sequence

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.doing import Invalid
from bosett_web.actions.round import walk
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.round.duties import duties
from bosett_web.queries.round.overview import afterwards
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Clock, Decision, Letter, Request
from bosett_web.records.tasks import Task
from parties import DEMO, SHARED, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def login_page() -> str:
    return str(Client().get("/login").content, "utf-8")


def test_they_take_the_round_to_frozen_numbers() -> None:
    assert "Kjør runden fram til tallene er frosset" in login_page()
    walk.walk()
    at = standing(YEAR)
    asked = Request.objects.filter(round=YEAR, version=1).values_list("day", flat=True)
    assert (at.state, at.final_total, len(asked)) == ("frozen", 5025, 211)
    assert {day.isoformat() for day in asked} == {"2020-10-23"}
    assert [row.state for row in at.recommendations.values()] == ["final"] * 11
    assert verify().holds
    assert not Event.objects.filter(name__in=["refused", "demo.stop"]).exists()
    assert "Tallene for 2021 er frosset." in login_page()
    before = Event.objects.count()
    walk.walk()
    assert Client().post("/login/demo/walk").status_code == 302  # from a page that was shown before
    assert Event.objects.count() == before
    assert not ProcrastinateJob.objects.filter(task_name=Task.WALK_DEMO.value).exists()
    # From here on the overview follows letters and answers: one letter is sent, and its municipality has answered.
    assert told_of(Party.DIRECTORATE) == ("0 av 356 sendt", "ingen brev er sendt", True)
    first = Request.objects.filter(round=YEAR, number__gt=0).order_by("municipality")[0]
    send_letter(first)
    assert told_of(Party.DIRECTORATE) == ("1 av 356 sendt", "0 av 1 har gjort vedtak", True)
    answered(first)
    assert told_of(Party.KS) == ("", "1 av 1 har gjort vedtak", False)
    assert told_of(Party.MUNICIPALITY, "0301") is None
    # An answer is to be judged by the directorate, whoever has not answered yet; and those are waited for as well.
    assert waited_for() == {Party.DIRECTORATE}
    Request.objects.filter(round=YEAR, number__gt=0).exclude(pk=first.pk).update(sent_at=clock.moment())
    assert waited_for() == {Party.DIRECTORATE, Party.MUNICIPALITY}
    Decision.objects.filter(round=YEAR).update(state="complete")
    assert waited_for() == {Party.MUNICIPALITY}


def waited_for() -> set[Party]:
    at = standing(YEAR)
    return {party for party, _ in afterwards(at, duties(at, clock.today()))[1].waits_on}


def send_letter(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(sent_at=clock.now())
    Letter.objects.create(
        round_id=YEAR,
        kind="request",
        receiver=request.municipality,
        version=1,
        request=request,
        state="delivered",
        reference="2021/first-1",
        language="nb",
        title="Anmodning",
        day=request.day,
        content={},
        pdf=b"",
        made_by_id=worker(Party.DIRECTORATE).person_id,
    )


def answered(request: Request, version: int = 1, raised: Sequence[object] = ()) -> None:
    Decision.objects.create(
        round_id=YEAR,
        municipality=request.municipality,
        version=version,
        request=request,
        number=request.number,
        raised=list(raised),
        decided_by="council",
        decided_on=request.day,
        day=request.day,
    )


def told_of(party: Party, area: str = "") -> tuple[str, str, bool] | None:
    """Return what the overview tells somebody of letters and of answers, and whether the letters are a link."""
    page = str(client_of(party, area).get(f"/{YEAR}/").content, "utf-8")
    patterns = (r"\d+ av \d+ sendt", r"\d+ av \d+ har gjort vedtak|ingen brev er sendt")
    matches = [re.search(pattern, page) for pattern in patterns]
    if matches[1] is None:
        return None
    letters = matches[0][0] if matches[0] else ""
    return letters, matches[1][0], bool(re.search(rf'<th scope="row"><a [^>]*href="/{YEAR}/letters"', page))


@pytest.mark.begins_at(SHARED)
def test_they_go_on_from_where_the_round_stands() -> None:
    walk.walk()
    assert standing(YEAR).state == "frozen"
    assert Event.objects.filter(name="forecast.register").count() == 1


@pytest.mark.begins_at(SHARED)
def test_they_stop_where_somebody_has_gone_another_way_and_the_page_tells_why() -> None:
    county = worker(Party.COUNTY, "46")
    cells.set_all(county, year=YEAR, county="46", cells=[Cell("4601", "number", 1)])
    walk.walk()
    assert standing(YEAR).state == "open"
    page = login_page()
    assert "Partene kom ikke videre:" in page
    assert "Kjør runden fram til tallene er frosset" in page
    # Who was there goes on: the municipality's reason is given, and the walk comes past that step.
    cells.set_all(county, year=YEAR, county="46", cells=[Cell("4601", "reason", "Ingen boliger")])
    walk.order()
    assert "Partene er i gang" in login_page()


def test_an_access_that_is_withdrawn_stops_them() -> None:
    Grant.objects.filter(seat__party=Party.MINISTRY, grade=Grade.APPROVER).delete()
    walk.walk()
    assert standing(YEAR).criteria[0].state == "proposed"
    assert "Ingen i demoen har lenger tilgangen som trengs: departementet." in login_page()


def test_whatever_else_goes_wrong_is_told_and_is_the_job_s_to_fail_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MOST_STEPS", 1)
    with pytest.raises(RuntimeError, match="goes nowhere"):
        walk.walk()
    assert "Partene kom ikke videre: Noe gikk galt underveis." in login_page()


def test_they_are_sent_off_once_by_the_button() -> None:
    for _ in range(2):
        assert Client().post("/login/demo/walk").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name=Task.WALK_DEMO.value).count() == 1
    assert Event.objects.filter(name="demo.walk").count() == 1


def test_outside_the_demo_nobody_walks() -> None:
    Clock.objects.all().delete()
    assert "Kjør runden fram til tallene er frosset" not in login_page()
    with pytest.raises(Invalid, match="no_demo"):
        walk.order()
    assert Client().post("/login/demo/walk").status_code == 404
