"""Capacity in the workspace: asked for, reported by municipality and county, mended, and used where numbers are set."""

import io
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client

from answering import page, post
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.geography import municipalities
from bosett.parameters import load
from bosett.rounds.kinds import Run
from bosett.rounds.parties import Grade, Party
from bosett.rounds.run import compute
from bosett.sources.workbooks import read_workbook
from bosett_web.accounts.models import Seat
from bosett_web.actions.capacity import asking, reports
from bosett_web.actions.capacity.reports import GivenReport
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.figures import figures
from bosett_web.actions.round import demo
from bosett_web.journal.models import Event
from bosett_web.queries.capacity.capacity import unanswered
from bosett_web.queries.layers import layers_now
from bosett_web.records.models import CapacityReport, FigureSet
from parties import DEMO, SHARED, YEAR, approver, somebody, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
BERGEN, ASKOY, COUNTY = "4601", "4627", "46"
TODAY, THIS, LAST = date(2020, 5, 19), Week(2020, 21), Week(2020, 32)
COMMON = {"first": "2020-W21", "last": "2020-W32", "expires_on": "2020-06-16", "firmness": "firm"}
OWN = {f"{BERGEN}-was": "", f"{BERGEN}-adult": "3", f"{BERGEN}-family_4_5": "0", f"{BERGEN}-situation": "open"} | COMMON


def given(code: str = BERGEN, **changed: Any) -> GivenReport:  # noqa: ANN401  - fields by their names
    whole: dict[str, Any] = {
        "municipality": code,
        "counts": {PlaceKind.ADULT: 2},
        "first": THIS,
        "last": LAST,
        "expires_on": date(2020, 6, 16),
    }
    return GivenReport(**{**whole, **changed})


@pytest.fixture
def bergen() -> Client:
    return client_of(Party.MUNICIPALITY, BERGEN)


@pytest.fixture
def county() -> Client:
    return client_of(Party.COUNTY, COUNTY)


def test_a_municipality_reports_and_sees_what_holds(bergen: Client) -> None:
    assert "Kommunen har ikke meldt noe som gjelder nå" in page(bergen, "capacity")
    assert post(bergen, "capacity.report", **OWN)[0] == 302
    rows = {row.kind: row.count for row in CapacityReport.objects.all()}
    assert rows == {"adult": 3, "family_4_5": 0}  # what is left empty is not said; 0 is
    shown = page(bergen, "capacity")
    assert "Enslige voksne" in shown
    assert "Kommunen, 19. mai 2020: 3, Sikker. Kan brukes til og med 16. juni 2020." in shown
    assert 'value="3"' in shown  # the form begins with what was said last


def test_as_before_says_the_same_from_this_week_on(bergen: Client) -> None:
    assert post(bergen, "capacity.again", only="")[0] == 422
    post(bergen, "capacity.report", **OWN)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 9))
    assert post(bergen, "capacity.again", only="")[0] == 302
    newest = CapacityReport.objects.filter(kind="adult").latest("pk")
    assert (newest.count, newest.first, newest.last) == (3, date(2020, 6, 8), date(2020, 8, 24))
    assert newest.expires_on == date(2020, 7, 7)


def test_an_expired_report_is_told_and_not_used(bergen: Client) -> None:
    post(bergen, "capacity.report", **OWN)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 17))
    shown = page(bergen, "capacity")
    assert "gått ut" in shown
    assert "gått ut" in page(client_of(Party.DIRECTORATE), "capacity")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({f"{BERGEN}-adult": "tre"}, "Skriv et helt tall"),
        ({f"{BERGEN}-adult": "", f"{BERGEN}-family_4_5": ""}, "Skriv minst ett tall"),
        ({"last": "2020-W20"}, "Siste uke"),
        ({"last": "2020-W19", "first": "2020-W19"}, "Ukene er over"),
        ({"first": ""}, "Velg en uke"),
        ({"expires_on": "2020-05-18"}, "Dagen må ligge fra"),
        ({"expires_on": "2022-05-18"}, "Dagen må ligge fra"),
        ({f"{BERGEN}-situation": "closed"}, "I en stengt kommune er tallet 0"),
        ({f"{BERGEN}-situation": "reduced"}, "sier hvorfor"),
        ({f"{BERGEN}-hindrance": "staff"}, "har ingen grunn"),
        ({"firmness": "if_asked"}, "Siste uke å spørre i"),
        ({"ask_by": "2020-W22"}, "Siste uke å spørre i"),
        ({"lead": "105"}, "Skriv uker fra 0 til 104"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(bergen: Client, changed: dict[str, str], words: str) -> None:
    status, shown = post(bergen, "capacity.report", **{**OWN, **changed})
    assert status == 422
    assert words in shown
    assert not CapacityReport.objects.exists()


def test_a_closed_municipality_has_no_place_of_any_kind(bergen: Client) -> None:
    closed = {f"{BERGEN}-was": "", f"{BERGEN}-situation": "closed", f"{BERGEN}-hindrance": "infection"} | COMMON
    assert post(bergen, "capacity.report", **closed)[0] == 302
    assert list(CapacityReport.objects.values_list("count", flat=True)) == [0] * len(PlaceKind)


def test_who_may_report_for_whom() -> None:
    reports.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given()])
    reports.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[given(), given(ASKOY)])
    for by, at in ((worker(Party.MUNICIPALITY, BERGEN), ASKOY), (worker(Party.COUNTY, "11"), BERGEN)):
        with pytest.raises(Invalid, match="capacity_not_own"):
            reports.report(by, year=YEAR, reports=[given(at)])
        with pytest.raises(Invalid, match="capacity_not_own"):
            reports.as_before(by, year=YEAR, only=(at,))
    for party in (Party.DIRECTORATE, Party.KS, Party.UDI):
        with pytest.raises(Objected, match="wrong_party"):
            reports.report(worker(party), year=YEAR, reports=[given()])
    with pytest.raises(Objected, match="low_grade"):
        reports.report(somebody(Party.MUNICIPALITY, Grade.READER, BERGEN), year=YEAR, reports=[given()])


@pytest.mark.parametrize(
    ("party", "area", "path", "status"),
    [
        (Party.PUBLIC, "", "capacity", 302),
        (Party.UDI, "", "capacity", 404),
        (Party.MINISTRY, "", "capacity", 404),
        (Party.MUNICIPALITY, BERGEN, "capacity", 200),
        (Party.MUNICIPALITY, BERGEN, f"capacity/{COUNTY}", 404),
        (Party.COUNTY, COUNTY, f"capacity/{COUNTY}", 200),
        (Party.COUNTY, "11", f"capacity/{COUNTY}", 404),
        (Party.COUNTY, "11", f"capacity/{COUNTY}.xlsx", 404),
        (Party.DIRECTORATE, "", f"capacity/{COUNTY}", 200),
        (Party.KS, "", f"capacity/{COUNTY}", 200),
        (Party.KS, "", "capacity/99", 404),
    ],
)
def test_places_are_seen_by_those_who_place_and_nobody_else(party: Party, area: str, path: str, status: int) -> None:
    assert client_of(party, area).get(f"/{YEAR}/{path}").status_code == status


def test_two_who_say_otherwise_are_told_and_neither_is_used(county: Client) -> None:
    reports.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given()])
    reports.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[given(counts={PlaceKind.ADULT: 5})])
    for client in (county, client_of(Party.DIRECTORATE)):
        shown = page(client, "capacity")
        assert "Motstridende meldinger" in shown
        assert "Kommunen, 19. mai 2020: 2, Sikker." in shown
        assert "Fylkeskommunen, 19. mai 2020: 5, Sikker." in shown
        assert "1 motstridende" in shown
    assert "motstridende" in page(county, f"capacity/{COUNTY}")


def test_the_county_mends_rows_of_its_grid_and_only_those_that_changed(county: Client) -> None:
    grid = {f"{code}-was": "|" * 6 + "|open|" for code in (BERGEN, ASKOY)}
    grid |= {f"{code}-situation": "open" for code in (BERGEN, ASKOY)} | {f"{ASKOY}-adult": "4", "county": COUNTY}
    assert post(county, "capacity.report_for", **COMMON, **grid)[0] == 302
    assert list(CapacityReport.objects.values_list("municipality", "said_by", "count")) == [(ASKOY, "county", 4)]
    status, shown = post(
        county, "capacity.report_for", **COMMON, **{**grid, f"{ASKOY}-adult": "-1", f"{BERGEN}-adult": "1"}
    )
    assert status == 422
    assert f'href="#{ASKOY}-adult"' in shown  # the fault leads to its cell
    assert CapacityReport.objects.count() == 1  # all or nothing


def book(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return SimpleUploadedFile("kapasitet.xlsx", file.getvalue())


def test_a_workbook_goes_out_and_fills_the_grid_on_its_way_back(county: Client) -> None:
    reports.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[given(ASKOY)])
    out = county.get(f"/{YEAR}/capacity/{COUNTY}.xlsx")
    rows = next(iter(read_workbook(out.content))).rows
    assert [str(cell) for cell in rows[3][:3]] == ["Kommunenr.", "Kommune", "Enslige voksne"]
    askoy = next(row for row in rows if row and row[1] == "Askøy")
    assert [askoy[0], askoy[2], askoy[9]] == [ASKOY, 2, "Åpen"]
    signed = county.get(f"/{YEAR}/").context["signed"]
    head = ("Kommunenr.", "Enslige voksne", "Bolig for 2–3", "Situasjon", "Grunn")
    sent = book(head, (BERGEN, 7, "to", "Redusert", "Staff"), ("1103", 3, "", "", ""), (ASKOY, 2, "", "Åpen", ""))
    back = county.post(f"/{YEAR}/capacity/{COUNTY}/upload", {"shown_to": signed, "file": sent})
    text = back.content.decode()
    assert back.status_code == 200
    assert "1103 er ingen kommune i fylket" in text
    assert 'name="4601-adult" id="4601-adult"' in text or 'id="4601-adult"' in text
    assert "Skriv et helt tall" in text  # at the cell of the homes for 2–3
    assert CapacityReport.objects.count() == 1  # nothing is saved unseen


@pytest.mark.parametrize("name", ["kapasitet.xlsx", "kapasitet.csv", "kapasitet.pdf"])
def test_a_file_that_is_none_is_refused_in_words(county: Client, name: str) -> None:
    signed = county.get(f"/{YEAR}/").context["signed"]
    file = SimpleUploadedFile(name, b"hei")
    answer = county.post(f"/{YEAR}/capacity/{COUNTY}/upload", {"shown_to": signed, "file": file})
    assert answer.status_code == 422
    assert "ds-validation-message" in answer.content.decode()


def test_a_round_of_asking_stands_with_each_until_it_has_answered(bergen: Client, county: Client) -> None:
    directorate = client_of(Party.DIRECTORATE)
    ask = {"by": "2020-05-29", "first": "2020-W22", "last": "2020-W40", "words": "Meld innen fredag."}
    assert post(directorate, "capacity.ask", **ask)[0] == 302
    assert "Meld kapasitet" in page(bergen, "own")
    assert "innen 29. mai 2020" in page(bergen, "own")
    everybody = len(municipalities(YEAR))
    assert f"Har svart: 0 av {everybody}." in page(directorate, "capacity")
    post(bergen, "capacity.report", **OWN)
    assert "Kommunen har svart." in page(bergen, "capacity")
    assert 'class="duties"' not in page(bergen, "own")
    shown = page(county, f"capacity/{COUNTY}")
    assert "42 kommuner har ikke svart" in shown
    assert shown.index("ikke svart</span>") < shown.index('id="4601-adult"')  # the silent stand first
    running = unanswered(YEAR, TODAY)
    assert running is not None
    row, silent = running
    assert (row.by, len(silent)) == (date(2020, 5, 29), everybody - 1)
    assert post(directorate, "capacity.remind", asking=row.id)[0] == 302
    assert "Påminnet 19. mai 2020" in page(directorate, "capacity")
    assert unanswered(YEAR, date(2020, 10, 6)) is None  # its weeks are over


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"by": date(2020, 5, 18)}, "day_past"),
        ({"by": date(2020, 8, 30)}, "asking_after_weeks"),
        ({"last": Week(2020, 20)}, "report_last"),
        ({"last": Week(2023, 20)}, "weeks_many"),
    ],
)
def test_a_round_of_asking_that_cannot_be_answered_is_refused(changed: dict[str, object], code: str) -> None:
    ask: dict[str, object] = {"by": date(2020, 5, 29), "first": THIS, "last": LAST}
    with pytest.raises(Invalid, match=code):
        asking.ask(worker(Party.DIRECTORATE), year=YEAR, **{**ask, **changed})  # type: ignore[arg-type]  # by names


def test_a_report_never_changes() -> None:
    reports.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given()])
    with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
        CapacityReport.objects.update(count=9)


def test_a_whole_county_is_one_event() -> None:
    codes = [place.code for place in municipalities(YEAR) if place.county == COUNTY]
    before = Event.objects.count()
    reports.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[given(code) for code in codes])
    assert Event.objects.count() == before + 1
    assert CapacityReport.objects.count() == len(codes)


@pytest.mark.begins_at(SHARED)
def test_capacity_stands_in_the_sheet_and_the_country_s_desk(county: Client) -> None:
    day = date(2020, 6, 30)
    whole: dict[str, Any] = {"first": Week(2020, 27), "last": Week(2020, 28), "expires_on": day}
    counts = {PlaceKind.ADULT: 2, PlaceKind.FAMILY_4_5: 1}
    reports.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given(counts=counts, **whole)])
    # Two weeks with two adults and a home for four or five: 2 x (2 + 4).
    assert "Minst 12 personer, uke 27–38 (meldt 30. juni 2020)." in page(county, f"counties/{COUNTY}")
    desk = page(client_of(Party.DIRECTORATE), "country")
    assert "Kapasitet er personer kommunene minst" in desk
    assert "Minst 12 personer" not in page(client_of(Party.COUNTY, "11"), "counties/11")


@pytest.mark.begins_at(SHARED)
def test_capacity_is_used_in_a_run_by_criteria_that_say_so_and_replays(tmp_path: Path) -> None:
    """Bergen can take 30 persons: read in, accepted, and a ceiling; a later report changes nothing of that run."""
    weeks: dict[str, Any] = {"first": Week(2020, 27), "last": Week(2020, 28), "expires_on": date(2020, 6, 30)}
    bergen = worker(Party.MUNICIPALITY, BERGEN)
    reports.report(bergen, year=YEAR, reports=[given(counts={PlaceKind.ADULT: 15}, **weeks)])
    directorate = client_of(Party.DIRECTORATE)
    assert post(directorate, "capacity.figures", first="2020-W27", last="2020-W28")[0] == 302
    assert post(directorate, "capacity.figures", first="2020-W27", last="2020-W28")[0] == 422  # it is here already
    (row,) = FigureSet.objects.filter(indicator="reported_capacity")
    figures.accept(approver(Party.DIRECTORATE), identity=row.pk, looked=True)
    shipped = (files("bosett.data") / "criteria" / "no-2021-reference.yaml").read_text(encoding="utf-8")
    path = tmp_path / "no-2021-reference.yaml"
    path.write_text(f"{shipped.rstrip()}\n{ROOM}", encoding="utf-8")

    def with_ceiling() -> Mapping[str, int]:
        return numbers_of(compute(YEAR, total=5025, criteria=load(path), figures=layers_now()))

    capped = with_ceiling()
    assert numbers_of(compute(YEAR, total=5025))[BERGEN] > capped[BERGEN] == 30
    assert sum(capped.values()) == 5025
    reports.report(bergen, year=YEAR, reports=[given(counts={PlaceKind.ADULT: 0}, **weeks)])
    assert with_ceiling() == capped


def numbers_of(run: Run) -> Mapping[str, int]:
    return {line.code: line.number for county in run.counties for line in county.municipalities}


ROOM = """  - code: room
    kind: bound
    wording: {nb: Høyst det som er meldt, nn: Høgst det som er meldt, en: At most what is reported}
    wording_status: own
    source: Prøve
    ceiling: {indicator: reported_capacity, year: 2021}
"""


def test_nothing_is_read_in_where_nothing_is_reported() -> None:
    status, shown = post(client_of(Party.DIRECTORATE), "capacity.figures", first="2020-W27", last="2020-W28")
    assert status == 422
    assert "Ingen har meldt noe om disse ukene" in shown


def test_as_before_repeats_what_was_told_last_and_no_kind_that_was_left_out(bergen: Client) -> None:
    both: dict[PlaceKind, int | None] = {PlaceKind.FAMILY_6: 9, PlaceKind.ADULT: 1}
    reports.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given(counts=both)])
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 5, 26))
    post(bergen, "capacity.report", **{**OWN, f"{BERGEN}-family_4_5": "", "first": "2020-W30"})
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 2))
    post(bergen, "capacity.again", only="")
    rows = CapacityReport.objects.filter(said_on=date(2020, 6, 2))
    assert [(row.kind, row.count, row.first) for row in rows] == [("adult", 3, date(2020, 7, 20))]  # week 30 stays


def test_a_municipality_that_was_closed_begins_with_nothing_when_it_opens(bergen: Client) -> None:
    closed = {f"{BERGEN}-was": "", f"{BERGEN}-situation": "closed", f"{BERGEN}-hindrance": "infection"} | COMMON
    post(bergen, "capacity.report", **closed)
    assert 'value="0"' not in page(bergen, "capacity")


def test_a_cell_that_nobody_touched_is_not_said_anew(county: Client) -> None:
    whole = given(ASKOY, counts={PlaceKind.ADULT: 4, PlaceKind.FAMILY_6: 1})
    reports.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[whole])
    grid = {f"{ASKOY}-was": "4|||1||||open|", f"{ASKOY}-adult": "4", f"{ASKOY}-family_6": "2"}
    grid |= {f"{ASKOY}-situation": "open", "county": COUNTY}
    assert post(county, "capacity.report_for", **COMMON, **grid)[0] == 302
    rows = CapacityReport.objects.order_by("pk").values_list("kind", "count")
    assert list(rows) == [("adult", 4), ("family_6", 1), ("family_6", 2)]


@pytest.mark.parametrize("week", ["9999-W50", "0001-W01"])
def test_weeks_of_no_calendar_are_refused(bergen: Client, week: str) -> None:
    assert post(bergen, "capacity.report", **{**OWN, "first": week})[0] == 422
    assert post(bergen, "capacity.report", **{**OWN, "last": week})[0] == 422


def test_a_municipality_of_another_year_finds_no_page() -> None:
    assert client_of(Party.MUNICIPALITY, "1103").get("/2021/capacity").status_code == 200
    Seat.objects.filter(area="1103").update(area="1199")  # a code of no year
    assert client_of(Party.MUNICIPALITY, "1199").get("/2021/capacity").status_code == 404
