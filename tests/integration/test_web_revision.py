"""The need moves: an alert, the committee, a revision of those who are asked, and the requests that come of it."""

import json
import re
from datetime import date

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.figures import series
from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import letters
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.notices import notices
from bosett_web.actions.numbers import numbers
from bosett_web.actions.revision import alerts, revisions
from bosett_web.actions.revision.revisions import GivenRevision
from bosett_web.actions.round import demo, forecasts
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount
from bosett_web.journal.models import Event
from bosett_web.queries.letters.contents import due
from bosett_web.queries.revision.alerts import target_in_force
from bosett_web.queries.revision.revisions import asked_for
from bosett_web.queries.round.duties import duties
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.models import (
    CapacityReport,
    Letter,
    NeedAlert,
    Notice,
    Request,
    Revision,
    RevisionLine,
    Targets,
)
from lettersteps import only
from parties import DECIDED, DEMO, approver, worker
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
YEAR = 2020
KEPT = {"Sarpsborg": 24, "Lørenskog": 25, "Lunner": 19, "Gjøvik": 27, "Notodden": 13, "Grimstad": 18}
KEPT |= {"Kristiansand": 61, "Ullensvang": 24, "Askøy": 24, "Malvik": 15, "Stjørdal": 22}
WHY = "Alle ankomster av overføringsflyktninger er stanset."


def given(**changed: object) -> GivenRevision:
    codes = {place.display_name: place.code for place in municipalities(YEAR)}
    plain: dict[str, object] = {
        "total": 3602,
        "way": "first",
        "floor": 10,
        "step": 1,
        "may_drop": False,
        "take_in": False,
        "ask_all": False,
        "tie_rule": "",
        "why": WHY,
        "locks": {codes[name]: number for name, number in KEPT.items()},
    }
    return GivenRevision(**{**plain, **changed})  # type: ignore[arg-type]  # as the form gives them


def seen(version: int) -> str:
    return Revision.objects.get(round=YEAR, version=version).result_sha256


def register(middle: int, *, under15: int | None = None, from15: int | None = None) -> None:
    forecasts.register(
        worker(Party.DIRECTORATE),
        year=YEAR,
        low=middle - 500,
        middle=middle,
        high=middle + 500,
        as_of=clock.today(),
        publisher="Laget for prøven",
        under15=under15,
        from15=from15,
    )
    alerts.weigh_all()


def path(client: Client, query: str = "") -> str:
    return page_of(client, f"/{YEAR}/revision{query}")


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def _journal(client: Client) -> str:
    return client.get(f"/{YEAR}/journal").content.decode()


def test_the_stop_of_march_raises_an_alert_that_waits_on_the_committee() -> None:
    alerts.weigh_all()
    row = NeedAlert.objects.get()
    assert (row.round_id, row.group, row.state, row.target, row.basis) == (YEAR, "all", "raised", 5100, "plan")
    assert row.low is not None
    assert row.high is not None
    assert 2000 < row.low < row.need < row.high < 4000  # by the stop until further notice the whole year
    owed = [duty for duty in duties(standing(YEAR), clock.today()) if duty.move.name == "alert.acknowledge"]
    assert [(duty.party, duty.count) for duty in owed] == [(Party.COMMITTEE, 1)]
    alerts.weigh_all()
    assert NeedAlert.objects.count() == 1  # looked at again, it stands
    shown = path(client_of(Party.COUNTY, "46"))
    assert "Måltallet er 5 100" in shown
    assert "den danske loven måtte tallet vært endret" in shown
    assert "venter på utvalget" in shown
    assert "Varsel: behovet har flyttet seg" in _journal(client_of(Party.COMMITTEE))


def test_the_committee_acknowledges_with_a_reason_and_nobody_else_does() -> None:
    alerts.weigh_all()
    with pytest.raises(Objected, match="wrong_party"):
        alerts.acknowledge(worker(Party.DIRECTORATE), year=YEAR, version=1, reason="Vi ser det.")
    with pytest.raises(Objected, match="reason_missing"):
        alerts.acknowledge(worker(Party.COMMITTEE), year=YEAR, version=1, reason=" ")
    alerts.acknowledge(worker(Party.COMMITTEE), year=YEAR, version=1, reason="Anmodningene må ned.")
    row = NeedAlert.objects.get()
    assert (row.state, row.reason, row.acknowledged_on) == ("acknowledged", "Anmodningene må ned.", clock.today())
    assert not [duty for duty in duties(standing(YEAR), clock.today()) if duty.move.name == "alert.acknowledge"]
    assert "Anmodningene må ned." in path(client_of(Party.KS))
    with pytest.raises(Objected, match="wrong_state"):
        alerts.acknowledge(worker(Party.COMMITTEE), year=YEAR, version=1, reason="En gang til.")


def test_a_forecast_counts_from_its_day_and_ends_the_alert_when_the_need_is_back() -> None:
    alerts.weigh_all()
    register(5000)
    row = NeedAlert.objects.get()
    assert row.state == "ended"  # 2 per cent from the target, told after the stop
    assert Event.objects.filter(name="alert.lapse", round=YEAR).exists()
    register(4500)
    assert NeedAlert.objects.filter(state="raised", basis="forecast", need=4500).exists()
    register(4650)  # within the limit, and not near enough yet
    assert NeedAlert.objects.filter(state="raised", need=4500).exists()
    register(3600)  # another 10 per cent
    assert NeedAlert.objects.get(need=4500).state == "replaced"
    assert NeedAlert.objects.get(state="raised").need == 3600


def test_a_stop_that_is_over_drives_the_need_as_well() -> None:
    alerts.weigh_all()
    until = NeedAlert.objects.get().need
    stop = Notice.objects.get(kind="stop")
    kept = {name: getattr(stop, name) for name in ("kind", "since", "source", "text_nb", "text_nn", "stream")}
    new = notices.GivenNotice(**kept, until=date(2020, 6, 30), ramp=4)
    notices.change(worker(Party.DIRECTORATE), year=stop.round_id, identity=stop.pk, notice=new, reason="Flyene går.")
    alerts.weigh_all()
    now = NeedAlert.objects.get(state="raised")
    assert now.need > until + 510
    assert now.version == 2


def test_without_a_target_for_the_minors_nothing_is_said_of_them() -> None:
    register(5000, under15=40, from15=100)
    assert not NeedAlert.objects.filter(group="minors").exists()


def test_the_cut_of_2020_from_draft_to_requests_for_all_211() -> None:
    alerts.weigh_all()
    drafter, second, committee = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE), approver(Party.COMMITTEE)
    revisions.draft(drafter, year=YEAR, given=given())
    real = {code: int(value) for code, value in series("requested", YEAR).values().items() if value}
    assert dict(RevisionLine.objects.values_list("municipality", "number")) == real
    assert [duty.move.name for duty in duties(standing(YEAR), clock.today()) if duty.move.track == "revision"] == [
        "revision.submit"
    ]
    with pytest.raises(Objected, match="wrong_state"):
        revisions.decide(second, year=YEAR, version=1, seen=seen(1))
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    with pytest.raises(Objected, match="wrong_party"):
        revisions.set_total(second, year=YEAR, version=1, seen=seen(1))
    revisions.set_total(committee, year=YEAR, version=1, seen=seen(1))
    with pytest.raises(Objected, match="low_grade"):
        revisions.decide(drafter, year=YEAR, version=1, seen=seen(1))
    revisions.decide(second, year=YEAR, version=1, seen=seen(1))
    assert {code: number for code, number in asked_for(YEAR).items() if number} == real
    changed = Request.objects.filter(round=YEAR, version=2)
    assert changed.count() == 164  # who keeps the number gets no new request
    assert set(changed.values_list("reason", flat=True)) == {WHY}
    assert Request.objects.filter(round=YEAR, version=1).count() == 211  # the first is kept
    assert target_in_force(standing(YEAR)) == 3602
    event = Event.objects.get(name="revision.decide")
    assert json.loads(event.body)["after"]["changed"] == 164


def test_the_new_total_is_explained_on_a_page_of_its_own() -> None:
    drafter, second = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/why/0/revision-1").status_code == 404
    revisions.draft(drafter, year=YEAR, given=given())
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/why/0/revision-1").status_code == 404, "it is not decided yet"
    revisions.set_total(approver(Party.COMMITTEE), year=YEAR, version=1, seen=seen(1))
    revisions.decide(second, year=YEAR, version=1, seen=seen(1))
    shown = page_of(client_of(Party.DIRECTORATE), f"/{YEAR}/why/0/revision-1")
    first, now = (sum(RevisionLine.objects.values_list(name, flat=True)) for name in ("before", "number"))
    assert (first, now) == (5120, 3602)
    assert "Hele landet: måltall for 2020: 3 602 personer" in shown
    assert "var anmodet om 5 120 til sammen. Etter revisjonen er de anmodet om 3 602, 1 518 færre." in shown
    assert f"Begrunnelse: {WHY}" in shown
    assert "164 kommuner fikk et lavere tall." in shown
    for name, code in (("Oslo", "03"), ("Vestland", "46")):
        lines = RevisionLine.objects.filter(county=code)
        asked, after = (sum(lines.values_list(each, flat=True)) for each in ("before", "number"))
        assert f"{name}: fra {asked} til {after}" in shown
    assert "oppmodingane slik dei var" in shown  # the other written form stands beside
    assert page_of(client_of(Party.DIRECTORATE), f"/{YEAR}/why/0").count("Revisjon 1") > 1, "it is the newest"
    assert f'href="/{YEAR}/why/0/revision-1"' in path(client_of(Party.DIRECTORATE))
    assert client_of(Party.MUNICIPALITY, "4601").get(f"/{YEAR}/why/0/revision-1").status_code == 404


def test_who_laid_it_before_the_committee_does_not_decide_it() -> None:
    both = approver(Party.DIRECTORATE)
    revisions.draft(both, year=YEAR, given=given())
    revisions.submit(both, year=YEAR, version=1, seen=seen(1))
    revisions.set_total(approver(Party.COMMITTEE), year=YEAR, version=1, seen=seen(1))
    with pytest.raises(Objected, match="same_person"):
        revisions.decide(both, year=YEAR, version=1, seen=seen(1))


def test_it_goes_back_is_changed_and_given_up() -> None:
    drafter, committee = worker(Party.DIRECTORATE), approver(Party.COMMITTEE)
    revisions.draft(drafter, year=YEAR, given=given())
    with pytest.raises(Invalid, match="revision_open"):
        revisions.draft(drafter, year=YEAR, given=given())
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    with pytest.raises(Objected, match="wrong_state"):
        revisions.change(drafter, year=YEAR, version=1, given=given(total=3700))
    revisions.give_back(committee, year=YEAR, version=1, reason="Gjenstående i stedet.")
    revisions.change(drafter, year=YEAR, version=1, given=given(total=3700, way="left"))
    row = Revision.objects.get()
    assert (row.total, row.way, row.state) == (3700, "left", "drafted")
    assert sum(RevisionLine.objects.values_list("number", flat=True)) == 3700
    revisions.drop(drafter, year=YEAR, version=1, reason="Behovet er tilbake.")
    revisions.draft(drafter, year=YEAR, given=given(total=4000))
    assert Revision.objects.get(state="drafted").version == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"total": None}, "number_missing"),
        ({"total": -1}, "number_outside"),
        ({"way": "fair"}, "not_a_choice"),
        ({"step": 0}, "number_outside"),
        ({"floor": None}, "number_missing"),
        ({"why": " "}, "text_missing"),
        ({"tie_rule": "lot"}, "not_a_choice"),
        ({"locks": {"9999": 10}}, "revision_lock_unasked"),
        ({"take_in": True}, "revision_no_claims"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_kept(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=given(**changed))
    assert not Revision.objects.exists()


def test_an_impossible_total_is_drafted_and_told_and_goes_no_further() -> None:
    drafter = worker(Party.DIRECTORATE)
    revisions.draft(drafter, year=YEAR, given=given(total=1000))  # 211 of at least 10
    assert not RevisionLine.objects.exists()
    assert "Det går ikke å dele 1 000" in path(client_of(Party.DIRECTORATE))
    with pytest.raises(Invalid, match="revision_not_shared"):
        revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))


def settle(code: str, count: int) -> None:
    row = NewCount(code, SettlementStep.SETTLED, LedgerGroup.ALL, clock.today(), count, "IMDi", clock.today())
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=[row], source="")


def test_who_has_settled_more_in_the_meantime_stops_it_until_it_is_reckoned_anew() -> None:
    drafter = worker(Party.DIRECTORATE)
    revisions.draft(drafter, year=YEAR, given=given())
    settle("4601", 300)
    assert "Flere er bosatt eller avtalt enn revisjonen gir: Bergen." in path(client_of(Party.DIRECTORATE))
    with pytest.raises(Invalid, match="revision_locks_broken"):
        revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    revisions.change(drafter, year=YEAR, version=1, given=given(tie_rule="larger-claim"))
    assert RevisionLine.objects.get(municipality="4601").number >= 300
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))


def test_the_page_lays_the_ways_side_by_side_and_says_who_bears_it() -> None:
    directorate = client_of(Party.DIRECTORATE)
    codes = "\n".join(f"{name} {number}" for name, number in KEPT.items())
    form = {"total": "3602", "way": "first", "floor": "10", "step": "1", "why": WHY, "locks": codes}
    signed = directorate.get(f"/{YEAR}/revision").context["signed"]
    answer = directorate.post(f"/{YEAR}/do/revision.draft", {"shown_to": signed, **form})
    assert answer.status_code == 302
    shown = path(directorate, "?county=46")
    for words in ("Anmodningene slik de er: minst mulig endring", "Kommunenes vedtak", "Meldt kapasitet", "164"):
        assert words in shown
    assert "1 518" in shown  # persons moved
    assert "Ullensvang" in shown
    assert "Bosatt, avtalt eller låst for hånd" in shown
    written = directorate.get(f"/{YEAR}/revision/1.csv").content.decode()
    assert written.count("\r\n") == 212
    assert "4618;Ullensvang" in written


def test_a_wrong_line_of_the_locks_is_named_and_what_was_filled_in_stays() -> None:
    directorate = client_of(Party.DIRECTORATE)
    form = {"total": "3602", "way": "first", "floor": "10", "step": "1", "why": WHY, "locks": "Bergen 80\nÅ 3"}
    signed = directorate.get(f"/{YEAR}/revision").context["signed"]
    answer = directorate.post(f"/{YEAR}/do/revision.draft", {"shown_to": signed, **form})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Linje 2 må ha kommunenummeret eller navnet til én kommune" in shown
    assert "Bergen 80\nÅ 3" in shown
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("party", "area", "sees"),
    [
        (Party.COMMITTEE, "", True),
        (Party.KS, "", True),
        (Party.MINISTRY, "", True),
        (Party.COUNTY, "46", False),
    ],
)
def test_a_revision_is_seen_when_it_is_laid_before_the_committee(party: Party, area: str, *, sees: bool) -> None:
    drafter = worker(Party.DIRECTORATE)
    revisions.draft(drafter, year=YEAR, given=given())
    reader = client_of(party, area)
    assert WHY not in path(reader)
    assert reader.get(f"/{YEAR}/revision/1.csv").status_code == 404
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    assert (WHY in path(reader)) is sees
    assert (reader.get(f"/{YEAR}/revision/1.csv").status_code == 200) is sees


def test_outsiders_and_the_municipalities_read_a_later_number_in_its_letter_alone() -> None:
    for party, area in ((Party.UDI, ""), (Party.MUNICIPALITY, "4601")):
        assert client_of(party, area).get("/2021/revision").status_code == 404  # no forecast of it is open to them
    before = Request.objects.get(round=YEAR, municipality="4601", version=1).number
    drafter = worker(Party.DIRECTORATE)
    revisions.draft(drafter, year=YEAR, given=given())
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    revisions.set_total(approver(Party.COMMITTEE), year=YEAR, version=1, seen=seen(1))
    revisions.decide(approver(Party.DIRECTORATE), year=YEAR, version=1, seen=seen(1))
    for party, area in ((Party.UDI, ""), (Party.MUNICIPALITY, "4601")):
        assert WHY not in path(client_of(party, area))
        assert client_of(party, area).get(f"/{YEAR}/revision/1.csv").status_code == 404
    now = Request.objects.get(round=YEAR, municipality="4601", version=2)
    assert now.number != before

    def public() -> int | None:
        return next(each.asked.persons for each in public_of(YEAR).municipalities if each.code == "4601")

    def read(party: Party, area: str = "") -> list[str]:
        rows = client_of(party, area).get(f"/{YEAR}/numbers.csv").content.decode().splitlines()
        return next(row for row in rows if row.startswith("4601")).split(";")

    assert read(Party.UDI)[-1] == read(Party.MUNICIPALITY, "4601")[-1] == str(before)
    assert public() == before
    assert read(Party.DIRECTORATE)[-1] == str(now.number)
    Request.objects.filter(pk=now.pk).update(sent_at=clock.moment())
    forget_kept()
    assert read(Party.UDI)[-1] == str(now.number)
    assert public() == now.number
    assert led_from(f"/{YEAR}/numbers.csv") == f"/nb/{YEAR}/data"


def test_moving_the_demo_s_day_has_the_need_weighed() -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 1))
    assert ProcrastinateJob.objects.filter(task_name="weigh_need", status="todo").count() == 1


def decide(**changed: object) -> None:
    revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=given(**changed))
    revisions.submit(worker(Party.DIRECTORATE), year=YEAR, version=1, seen=seen(1))
    revisions.set_total(approver(Party.COMMITTEE), year=YEAR, version=1, seen=seen(1))
    revisions.decide(approver(Party.DIRECTORATE), year=YEAR, version=1, seen=seen(1))


def test_each_whose_number_changes_is_owed_a_letter_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def owed() -> list[int]:
        listed = duties(standing(YEAR), clock.today())
        return [duty.count for duty in listed if duty.move.name == "letter.make"]

    assert not owed()  # the first requests went out before the workspace
    assert not due(standing(YEAR), clock.today())
    register(3600)
    decide()
    assert owed() == [164]
    letters.prepare(
        worker(Party.DIRECTORATE),
        year=YEAR,
        answer_by=date(2020, 6, 30),
        how_to_answer="i Bosett",
        signers="avdelingsdirektør: N.N.",
        neutral_form="nb",
    )
    waiting = due(standing(YEAR), clock.today())
    assert len(waiting) == 164
    assert {each.kind for each in waiting} == {"revised"}
    assert not [each.code for each in waiting if each.lacks()]
    only("4601", monkeypatch=monkeypatch)
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id or 0) == 1
    letter = Letter.objects.get(receiver="4601")
    asked, now = (Request.objects.get(round=YEAR, municipality="4601", version=each).number for each in (1, 2))
    text = json.dumps(letter.content, ensure_ascii=False)
    assert str(asked) in text
    assert str(now) in text
    assert WHY in text
    assert letter.kind == "revised"
    assert owed() == [163]


def test_a_county_reads_its_own_lines_alone_as_they_tell_of_a_ledger() -> None:
    settle("4601", 120)
    decide()
    own = client_of(Party.COUNTY, "46")
    codes = {row.split(";")[0] for row in own.get(f"/{YEAR}/revision/1.csv").content.decode().splitlines()[1:]}
    assert codes
    assert {code[:2] for code in codes} == {"46"}
    assert "Ullensvang" in path(own, "?county=46")
    shown = path(own, "?county=30")
    assert "Sarpsborg" not in shown
    assert "Viken" not in shown.split("Hvem som bærer")[1]


def test_capacity_is_told_to_those_who_may_read_it() -> None:
    for code in ("4601", "4618"):
        CapacityReport.objects.create(
            round_id=YEAR,
            situation="open",
            municipality=code,
            kind="family_2_3",
            first=date(2020, 6, 1),
            last=date(2020, 6, 1),
            count=3,
            firmness="firm",
            said_by=Party.MUNICIPALITY,
            said_on=clock.today(),
            expires_on=date(2020, 12, 31),
        )
    revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=given(total=3700, tie_rule="larger-claim"))
    revisions.submit(worker(Party.DIRECTORATE), year=YEAR, version=1, seen=seen(1))
    inputs = Revision.objects.get().inputs["asked"]
    assert inputs["4601"]["capacity"] == 6  # three homes for two or more
    assert inputs["4602"]["capacity"] is None

    def beside(party: Party) -> list[str]:
        page = path(client_of(party), "?county=46")
        row = page[page.index('<th scope="row">Bergen</th>') :]
        return re.findall(r"<td[^>]*>(.*?)</td>", row[: row.index("</tr>")])

    ks, committee = beside(Party.KS), beside(Party.COMMITTEE)
    assert ks[:-1] == committee[:-1]
    assert ks[-1].strip() != committee[-1].strip() == "–"


def test_a_decided_total_is_the_public_s_when_the_letters_have_come() -> None:
    alerts.weigh_all()
    alerts.acknowledge(worker(Party.COMMITTEE), year=YEAR, version=1, reason="Ned til det halve.")
    decide()
    alerts.weigh_all()
    shown = path(client_of(Party.UDI))
    assert "3 602" not in shown
    assert "Ned til det halve." not in shown
    assert "Måltallet er 5 100" in shown
    assert "3 602" in path(client_of(Party.KS))
    Request.objects.filter(round=YEAR, sent_at=None).update(sent_at=clock.moment())
    assert "Måltallet er 3 602" in path(client_of(Party.UDI))


def test_a_correction_that_waits_would_undo_a_revision_and_stops_it() -> None:
    numbers.propose_correction(
        worker(Party.DIRECTORATE), year=YEAR, municipality="4601", number=200, reason="Skrivefeil."
    )
    revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=given())
    with pytest.raises(Invalid, match="revision_correction_open"):
        revisions.submit(worker(Party.DIRECTORATE), year=YEAR, version=1, seen=seen(1))


def test_nobody_decides_what_they_have_not_looked_at() -> None:
    drafter, committee = worker(Party.DIRECTORATE), approver(Party.COMMITTEE)
    revisions.draft(drafter, year=YEAR, given=given())
    looked_at = seen(1)
    revisions.submit(drafter, year=YEAR, version=1, seen=looked_at)
    revisions.give_back(committee, year=YEAR, version=1, reason="Lavere.")
    revisions.change(drafter, year=YEAR, version=1, given=given(total=3500, tie_rule="larger-claim"))
    revisions.submit(drafter, year=YEAR, version=1, seen=seen(1))
    with pytest.raises(Invalid, match="revision_changed_meanwhile"):
        revisions.set_total(committee, year=YEAR, version=1, seen=looked_at)


def test_a_decision_that_its_publisher_hides_is_hidden_and_not_unanswered() -> None:
    revisions.draft(worker(Party.DIRECTORATE), year=YEAR, given=given())
    inputs = Revision.objects.get().inputs["asked"]
    hidden = [code for code, each in inputs.items() if each["is_hidden"]]
    assert len(hidden) == 12
    shown = path(client_of(Party.DIRECTORATE))
    assert "12 kommuner har svart, men tallet er skjermet" in shown
    assert "har ikke svart" not in shown
    written = client_of(Party.DIRECTORATE).get(f"/{YEAR}/revision/1.csv").content.decode().splitlines()
    assert sum(";skjermet;" in row for row in written) == 12


def test_an_alert_is_over_when_nothing_is_known_of_the_need_any_more() -> None:
    alerts.weigh_all()
    stop = Notice.objects.get(kind="stop")
    notices.take_back(worker(Party.DIRECTORATE), year=stop.round_id, identity=stop.pk, reason="Feil.")
    alerts.weigh_all()
    assert NeedAlert.objects.get().state == "ended"
    assert "Behovet nå er ikke kjent" in path(client_of(Party.KS))


@pytest.mark.begins_at(DECIDED)
def test_the_minors_are_held_against_their_own_target() -> None:
    Targets.objects.filter(round=2021).update(under15=40, from15=100)
    forecasts.register(
        worker(Party.DIRECTORATE),
        year=2021,
        low=4900,
        middle=5025,
        high=5100,
        as_of=clock.today(),
        publisher="Laget for prøven",
        under15=40,
        from15=70,
    )
    alerts.weigh_all()
    row = NeedAlert.objects.get(round=2021)
    assert (row.group, row.target, row.need, row.low) == ("minors", 140, 110, None)
