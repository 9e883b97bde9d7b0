"""Who can move in where, in the workspace: groups that wait, a plan with reasons, what is agreed and what is kept."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client

from answering import page, post
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.rounds.parties import Party
from bosett.stages.placement import HouseholdKind, MovingIn, WaitingGroup
from bosett_web.actions.capacity import placement, reports
from bosett_web.actions.capacity.reports import GivenReport
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import demo
from bosett_web.queries.capacity.placement import plan_digest, plan_of, waiting_list
from bosett_web.records.models import AgreedPlace, KeptPlan, WaitingList
from parties import DEMO, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
BERGEN, ASKOY = "4601", "4627"
TODAY, THIS, LAST = date(2020, 5, 19), Week(2020, 21), Week(2020, 32)
TABLE = """Gruppe;Slag;Størrelse;Husstander;Ventet;Tidligst
A;enslig voksen;1;8;20;
B;familie;5;6;30;2020-W23
C;familie;6;2;10;
"""


@pytest.fixture
def directorate() -> Client:
    return client_of(Party.DIRECTORATE)


def can_take(municipality: str, counts: dict[PlaceKind, int | None], last: Week = LAST, **more: Any) -> None:  # noqa: ANN401
    given = GivenReport(municipality, counts, THIS, last, date(2020, 8, 1), **more)
    reports.report(worker(Party.MUNICIPALITY, municipality), year=YEAR, reports=[given])


def test_groups_are_told_small_ones_are_put_together_and_the_plan_says_who_where_and_why(directorate: Client) -> None:
    can_take(BERGEN, {PlaceKind.ADULT: 1, PlaceKind.FAMILY_4_5: 1})
    can_take(ASKOY, {PlaceKind.FAMILY_6: 1}, Week(2020, 22))
    status, shown = post(directorate, "placement.wait", table=TABLE)
    assert status == 302, shown
    row = WaitingList.objects.get()
    assert row.alone == ["C"]  # two large families that are like no other are kept nowhere
    assert [(each["code"], each["count"]) for each in row.groups] == [("A", 8), ("B", 6)]
    shown = page(directorate, "placement")
    assert "C er for liten til å vises" in shown
    # Eight adults, one place a week from week 21 on: none is without a place, and each is explained.
    assert "A, enslig voksen" in shown
    assert "Den tidligste plassen som passer." in shown
    assert "Tidligere plasser er tatt." in shown
    plan = plan_of(YEAR, TODAY, placement.WEEKS)
    assert plan is not None
    adults = [(each.week.number, each.count) for each in plan.plan.moving if each.group == "A"]
    assert adults == [(week, 1) for week in range(21, 29)]
    families = {(each.municipality, each.week.number) for each in plan.plan.moving if each.group == "B"}
    assert families == {(BERGEN, week) for week in range(23, 29)}  # not before they can come
    assert plan.plan.without == ()


def test_waiting_goes_on_from_the_day_that_the_list_was_told() -> None:
    placement.wait(worker(Party.DIRECTORATE), year=YEAR, groups=waiting())
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 9))
    plan = plan_of(YEAR, date(2020, 6, 9), placement.WEEKS)
    assert plan is not None
    assert [(each.size, each.before) for each in plan.plan.sizes] == [(1, 8 * 23)]


def waiting(count: int = 8) -> list[WaitingGroup]:
    return [WaitingGroup("A", HouseholdKind.ADULT, 1, count, 20)]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "Meld minst én gruppe"),
        ("Gruppe;Slag\nA;familie\n", "Tabellen mangler overskriftene"),
        (TABLE.replace("A;enslig voksen;1", "A;enslig voksen;2"), "Linje 2, Størrelse: En familie er to eller flere"),
        (TABLE.replace("familie;5;6", "familie;fem;6"), "Linje 3, Størrelse: Skriv et helt tall"),
        (TABLE.replace("familie;6;2", "slekt;6;2"), "Linje 4, Slag:"),
        (TABLE.replace("2020-W23", "2020-W54"), "Linje 3, Tidligst: Velg en uke"),
        (TABLE.replace("C;familie", "B;familie"), "B står flere ganger"),
        (TABLE.replace(";20;", ";;"), "Linje 2, Ventet:"),
    ],
)
def test_a_table_that_cannot_stand_is_told_by_line_and_column(directorate: Client, table: str, words: str) -> None:
    status, shown = post(directorate, "placement.wait", table=table)
    assert status == 422
    assert words in shown
    assert not WaitingList.objects.exists()


def test_a_file_does_as_well_with_tabs_and_english_headings(directorate: Client) -> None:
    text = "Group\tKind\tSize\tHouseholds\tWaited\nX\tsingle adult\t1\t9\t4\n"
    file = SimpleUploadedFile("groups.csv", text.encode())
    assert post(directorate, "placement.wait", table="", file=file)[0] == 302
    assert [each["code"] for each in WaitingList.objects.get().groups] == ["X"]


def test_what_is_agreed_stands_and_is_lifted_with_a_reason(directorate: Client) -> None:
    can_take(BERGEN, {PlaceKind.ADULT: 2})
    placement.wait(worker(Party.DIRECTORATE), year=YEAR, groups=waiting())
    agree = {
        "group": "A",
        "count": "2",
        "municipality": BERGEN,
        "week": "2020-W30",
        "kind": "adult",
        "reason": "Søsken.",
    }
    assert post(directorate, "placement.agree", **agree)[0] == 302
    assert "Avtalt: Søsken." in page(directorate, "placement")
    status, shown = post(directorate, "placement.agree", **agree)  # the two places of that week are taken
    assert (status, "Det er avtalt for flere enn det er plass til den uka." in shown) == (422, True)
    assert post(directorate, "placement.agree", **{**agree, "week": "2020-W20"})[0] == 422  # it is over
    row = AgreedPlace.objects.get()
    can_take(BERGEN, {PlaceKind.ADULT: 0})  # whatever is reported later, what is agreed has its place
    assert "Avtalt: Søsken." in page(directorate, "placement")
    status, shown = post(directorate, "placement.wait", table=TABLE.replace("A;enslig voksen;1", "A;familie;2"))
    assert (status, "Noe er avtalt for A." in shown) == (422, True)
    assert post(directorate, "placement.lift", identity=row.pk, reason="Færre plasser.")[0] == 302
    assert post(directorate, "placement.lift", identity=row.pk, reason="Igjen.")[0] == 409
    assert "Avtalt: Søsken." not in page(directorate, "placement")


def test_more_agreed_than_there_are_is_told_with_place_and_week(directorate: Client) -> None:
    can_take(BERGEN, {PlaceKind.ADULT: 9})
    boss = worker(Party.DIRECTORATE)
    placement.wait(boss, year=YEAR, groups=waiting())
    for week in (Week(2020, 24), Week(2020, 25)):
        moving = MovingIn("A", BERGEN, week, PlaceKind.ADULT, 4, "Avtalt.")
        placement.agree(boss, year=YEAR, moving=moving)
    placement.wait(boss, year=YEAR, groups=waiting(5))  # fewer wait than are agreed
    shown = page(directorate, "placement")
    assert "A: 4 husstander til Bergen, uke 24" in shown
    assert "Det er avtalt for flere enn gruppa har." in shown
    assert post(directorate, "placement.keep", seen="")[0] == 422


def test_who_has_moved_in_waits_no_more() -> None:
    can_take(BERGEN, {PlaceKind.ADULT: 3})
    placement.wait(worker(Party.DIRECTORATE), year=YEAR, groups=waiting())
    moving = MovingIn("A", BERGEN, THIS, PlaceKind.ADULT, 2, "Avtalt.")
    placement.agree(worker(Party.DIRECTORATE), year=YEAR, moving=moving)
    later = date(2020, 6, 9)
    demo.move_clock(worker(Party.DIRECTORATE), day=later)
    plan = plan_of(YEAR, later, placement.WEEKS)
    assert plan is not None
    assert sum(each.count for each in plan.plan.moving) == 6


def test_a_plan_is_kept_as_it_was_seen(directorate: Client) -> None:
    can_take(BERGEN, {PlaceKind.ADULT: 3})
    placement.wait(worker(Party.DIRECTORATE), year=YEAR, groups=waiting())
    old = shown_plan()
    can_take(ASKOY, {PlaceKind.ADULT: 3})
    status, shown = post(directorate, "placement.keep", seen=old)
    assert (status, "Planen er blitt en annen" in shown) == (422, True)
    assert post(directorate, "placement.keep", seen=shown_plan())[0] == 302


def shown_plan() -> str:
    plan = plan_of(YEAR, TODAY, placement.WEEKS)
    assert plan is not None
    return plan_digest(plan)


def test_the_next_plan_changes_as_little_of_the_kept_one_as_it_can() -> None:
    boss = worker(Party.DIRECTORATE)
    can_take(ASKOY, {PlaceKind.ADULT: 8}, Week(2020, 21))
    placement.wait(boss, year=YEAR, groups=waiting())
    placement.keep(boss, year=YEAR, seen=shown_plan())
    assert [each["municipality"] for each in KeptPlan.objects.get().moving] == [ASKOY]
    can_take(BERGEN, {PlaceKind.ADULT: 8}, Week(2020, 21))  # as good, and first by code
    plan = plan_of(YEAR, TODAY, placement.WEEKS)
    assert plan is not None
    assert [(each.municipality, each.count) for each in plan.plan.moving] == [(ASKOY, 8)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"group": "X"}, "group"), ({"municipality": "9999"}, "municipality"), ({"count": 0}, "count")],
)
def test_an_agreement_that_cannot_stand_is_refused(changed: dict[str, Any], field: str) -> None:
    placement.wait(worker(Party.DIRECTORATE), year=YEAR, groups=waiting())
    whole: dict[str, Any] = {"group": "A", "municipality": BERGEN, "week": THIS, "kind": PlaceKind.ADULT, "count": 1}
    with pytest.raises(Invalid) as refused:
        placement.agree(worker(Party.DIRECTORATE), year=YEAR, moving=MovingIn(**{**whole, **changed}, reason="Prøve."))
    assert refused.value.field == field


def test_who_may_and_who_sees() -> None:
    for party, area in ((Party.COUNTY, "46"), (Party.MUNICIPALITY, BERGEN), (Party.KS, ""), (Party.UDI, "")):
        with pytest.raises(Objected, match="wrong_party"):
            placement.wait(worker(party, area), year=YEAR, groups=waiting())
        assert client_of(party, area).get(f"/{YEAR}/placement").status_code == 404
    assert client_of(Party.PUBLIC).get(f"/{YEAR}/placement").status_code == 302


def test_a_list_and_a_plan_never_change() -> None:
    boss = worker(Party.DIRECTORATE)
    placement.wait(boss, year=YEAR, groups=waiting())
    placement.keep(boss, year=YEAR, seen=shown_plan())
    for table in (WaitingList, KeptPlan):
        with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
            table._default_manager.update(day=date(2020, 1, 1))  # noqa: SLF001 (Django documents it)
    row = waiting_list(YEAR)
    assert row is not None
    assert row.groups == tuple(waiting())
