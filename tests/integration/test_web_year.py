"""Where the settlement year is heading: what the page and its files tell, of whom, and to whom."""

import csv
import html
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from answering import record
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import week_of
from bosett.rounds.parties import Party
from bosett.stages.forecast import scenario
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.capacity.reports import GivenReport, report
from bosett_web.actions.round import demo
from bosett_web.actions.settlement import drawn, ledger
from bosett_web.actions.settlement.ledger import NewCount
from bosett_web.queries.round import settlement_year
from bosett_web.records import clock
from bosett_web.records.models import LetterSettings, Request
from ledgers import ASKOY, BERGEN, OSLO
from markup import tidy
from parties import DEMO, FROZEN, YEAR, worker
from readers import client_of
from web_database import Start

SHIPPED = scenario.FOLDER
KINN = "4602"
DAY = date(2021, 3, 10)
ENQUIRED, AGREED, SETTLED = SettlementStep
PLAN = """\
id: 2021-as-planned
title: {nb: 2021 for prøven, nn: 2021 for prøva, en: 2021 for the test}
begins: 2021-01
seed: 1
streams:
  - stream: family
    quota:
      - {value: 1200, known_on: 2021-02-01, source: "assumption: made for the test"}
"""
"""100 persons each month, and nothing is left to chance; known from 1 February."""


def into_the_year() -> None:
    """Take the frozen round into its settlement year, with three decisions."""
    demo.move_clock(worker(Party.DIRECTORATE), day=DAY)
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": DAY})
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment())
    for code, number in ((BERGEN, 40), (KINN, 30), (OSLO, 300)):
        record(number, code)


IN_THE_YEAR = Start(into_the_year, FROZEN)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(IN_THE_YEAR)]


@pytest.fixture(autouse=True)
def scenarios(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Ship no scenario but those that a test writes."""
    monkeypatch.setattr(scenario, "FOLDER", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    settlement_year.plan_on.cache_clear()
    settlement_year._ahead.cache_clear()  # noqa: SLF001  - what it remembers is of another test's scenario


def enter(*counts: tuple[str, SettlementStep, date, int | None]) -> None:
    rows = [NewCount(code, step, LedgerGroup.ALL, on, count, "IMDi", on) for code, step, on, count in counts]
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=rows, source="hand")


def some_weeks() -> None:
    """Bergen is behind, Kinn is full; of Oslo nobody has told."""
    enter(
        (BERGEN, ENQUIRED, date(2021, 1, 10), 8),
        (BERGEN, AGREED, date(2021, 1, 20), 4),
        (BERGEN, SETTLED, date(2021, 2, 9), 2),
        (KINN, ENQUIRED, date(2021, 1, 3), 30),
        (KINN, AGREED, date(2021, 1, 3), 30),
        (KINN, SETTLED, date(2021, 1, 31), 12),
    )


def text_of(client: Client, query: str = "", year: int = YEAR) -> str:
    answer = client.get(f"/{year}/settlement/year{query}")
    assert answer.status_code == 200, answer.status_code
    page = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in page
    page = html.unescape(page).replace("\u00a0", " ").split("<main")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def course(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/{YEAR}/settlement/year.csv{query}")
    assert answer.status_code == 200
    heads, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert heads[-2:] == ["Slik det var sagt til og med", "Merknad"]
    return [row[:-2] for row in (heads, *rows)]


# Where it is heading


def test_before_anything_is_told_the_page_says_so() -> None:
    page = text_of(client_of(Party.DIRECTORATE))
    assert "Ingenting er ført ennå." in page
    assert "Året som fylles opp" not in page


@pytest.mark.begins_at(FROZEN)
def test_before_the_year_begins_the_page_says_so() -> None:
    assert "Bosettingsåret begynner 1. januar 2021." in text_of(client_of(Party.DIRECTORATE))
    assert course(client_of(Party.DIRECTORATE))[1:] == []


def test_a_day_before_the_year_says_so_too() -> None:
    some_weeks()
    assert "Bosettingsåret begynner 1. januar 2021." in text_of(client_of(Party.DIRECTORATE), "?on=2020-12-01")


def test_without_a_scenario_no_end_is_guessed() -> None:
    some_weeks()
    page = text_of(client_of(Party.DIRECTORATE))
    # 370 x 69 / 365 = 69.9.
    assert "14 er bosatt av 370 som er vedtatt. Etter planen skulle det nå vært 70." in page
    assert "For 1 av 3 kommuner med vedtak har ingen sagt hvor mange som er bosatt." in page
    assert "det finnes ikke noe scenario for 2021 å regne fra" in page
    assert "spredt jevnt over årets dager" in page
    assert "Åtte av ti" not in page
    assert "tidligere prognoser" not in page
    # 14 x 365 / 69 = 74.05: a rule of three, and named as that.
    assert "Fortsetter det akkurat som til nå, blir det 74 ved årets slutt. Det er ingen prognose" in page


def test_with_a_scenario_the_end_is_what_has_come_and_what_is_to_come_as_long_as_there_are_places(
    scenarios: Path,
) -> None:
    (scenarios / "2021-as-planned.yaml").write_text(PLAN, encoding="utf-8")
    some_weeks()
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    # 100 x 21 / 31 of March and 9 x 100 are more than the places left: 38 + 18 + 300 are left, and 14 have come.
    assert "minst 370 til 370 bosatte ved årets slutt" in page, "of Oslo nobody has told"
    assert "Av 12 tidligere prognoser laget på samme måte" in page
    assert "lå det som kom, innenfor i 7." in page
    assert "scenarioet «2021 for prøven»" in page
    assert "Som til nå" not in page
    enter((OSLO, SETTLED, date(2021, 3, 1), 0))
    page = text_of(client)
    assert "mot 370 til 370 bosatte" in page
    rows = course(client)
    assert rows[0][-3:] == ["Ventet, lavt", "Ventet, midterst", "Ventet, høyt"]
    by_day = {row[0]: row[1:] for row in rows[1:]}
    # The plan is a twelfth a month; of March 67.7 are to come, and 100 each month after it.
    assert by_day["2021-03-10"] == ["71,6", "38", "34", "14", "", "", ""]
    assert by_day["2021-03-31"] == ["92,5", "", "", "", "81", "81", "81"]
    assert by_day["2021-12-31"] == ["370", "", "", "", "370", "370", "370"]


def test_a_stop_that_is_told_lowers_the_end(scenarios: Path) -> None:
    """The demo's notice says that resettlement is stopped until further notice: nobody is to come."""
    (scenarios / "2021-as-planned.yaml").write_text(PLAN.replace("family", "resettlement"), encoding="utf-8")
    some_weeks()
    rows = course(client_of(Party.DIRECTORATE))
    assert rows[-1][-3:] == ["minst 14"] * 3  # of Oslo nobody has told


def test_a_day_that_did_not_know_the_scenario_has_no_end(scenarios: Path) -> None:
    (scenarios / "2021-as-planned.yaml").write_text(PLAN, encoding="utf-8")
    some_weeks()
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "?on=2021-01-31")
    assert "det finnes ikke noe scenario" in page
    assert "spredt jevnt" in page
    assert "12 er bosatt av 370" in page, "as it was told on that day"
    assert [row[4] for row in course(client, "?on=2021-01-31")[1:3]] == ["12", ""]


def test_of_a_county_no_end_is_reckoned(scenarios: Path) -> None:
    (scenarios / "2021-as-planned.yaml").write_text(PLAN, encoding="utf-8")
    some_weeks()
    page = text_of(client_of(Party.DIRECTORATE), "?county=46")
    assert "14 er bosatt av 70 som er vedtatt." in page
    assert "regnes bare ut for hele landet" in page


# Hidden


@pytest.mark.begins_at(DEMO)
def test_2020_on_19_may_with_its_hidden_decisions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The main case: 5 120 requested, resettlement stopped, and 2 819 who had moved in when the year ended."""
    monkeypatch.setattr(scenario, "FOLDER", SHIPPED)
    drawn.draw(worker(Party.DIRECTORATE), year=2020)
    page = text_of(client_of(Party.DIRECTORATE), year=2020)
    assert re.search(r"er bosatt av minst 4 838 som er vedtatt\. Etter planen skulle det nå vært minst \d", page)
    assert "12 vedtak er skjermet, og er verken med i det som er vedtatt eller i planen." in page
    low, high = re.findall(r"mot minst (\d \d+) til (\d \d+) bosatte", page)[0]
    assert int(low.replace(" ", "")) <= 2819 <= int(high.replace(" ", "")) < 5120
    assert "spredt over månedene slik behovet er i scenarioet" in page
    page = text_of(client_of(Party.DIRECTORATE), "?county=38", year=2020)
    assert re.search(r" skjermet – \S+ \S+ Skjermet Skjermede tall avgjør det\.", page)


def test_hidden_counts_stay_hidden_and_make_everything_no_fewer() -> None:
    some_weeks()
    enter((BERGEN, SETTLED, date(2021, 2, 20), None), (OSLO, SETTLED, date(2021, 2, 20), 0))
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    assert "minst 14 er bosatt av 370" in page
    assert "Fortsetter det akkurat som til nå" not in page, "no rule of three of what is not known"
    assert course(client)[3][4] == "minst 14"
    page = text_of(client, "?county=46")
    assert re.search(r"Bergen 40 7,6 minst 2 \(1 skjermet tall\) 4 Skjermet Skjermede tall avgjør det\.", page)
    assert re.search(r"Vestland 10 dager \(ni av ti høyst 10; 34 personer\)|Vestland", page)
    assert re.search(r"Bergen 10 dager \(ni av ti høyst 10; 4 personer\) skjermet skjermet", page)


# Who is ahead, behind, full


def test_each_municipality_stands_as_it_does_and_says_why() -> None:
    some_weeks()
    enter((OSLO, SETTLED, date(2021, 2, 20), 20))
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "?county=46")
    # 40 x 69 / 365 = 7.56, and 5 fewer than that is 2.56: 2 is behind.
    assert "Bergen 40 7,6 2 4 Bak planen 5,6 færre enn planen; grensen er 5." in page
    assert "Kinn 30 5,7 12 30 Fullt Like mange som vedtatt er bosatt eller avtalt." in page
    assert re.search(r"Vedtaket er ikke kjent, og ingenting er ført: .*\bAskøy\b", page)
    page = text_of(client, f"?municipality={OSLO}")
    # 300 x 69 / 365 = 56.7; a tenth of 300 is 30: 20 is behind.
    assert "Oslo 300 56,7 20 mangler Bak planen 36,7 færre enn planen; grensen er 30." in page
    page = text_of(client)
    assert re.search(r"Vestland 1 0 0 1 0 \d+", page)
    assert "innenfor 10 prosent av vedtaket fra planen, og i alle fall innenfor 5 personer" in page
    answer = client.get(f"/{YEAR}/settlement/year").content.decode()
    assert re.search(rf'class="pace-behind" href="/2021/settlement/year\?municipality={BERGEN}"', answer)
    assert 'aria-label="Bergen: Bak planen, bosatt 2"' in answer


# Waits, and idle places


def test_waiting_times_are_told_by_county_and_by_municipality() -> None:
    some_weeks()
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "?county=46")
    # Bergen: 10 days to a yes, 20 from it, 30 in all. Kinn: none, 28, 28.
    assert (
        "Bergen 10 dager (ni av ti høyst 10; 4 personer) 20 dager (ni av ti høyst 20; 2 personer) "
        "30 dager (ni av ti høyst 30; 2 personer)"
    ) in page
    assert (
        "Vestland 0 dager (ni av ti høyst 10; 34 personer) 28 dager (ni av ti høyst 28; 14 personer) "
        "28 dager (ni av ti høyst 30; 14 personer)"
    ) in page
    assert "Askøy 0 dager" not in page
    assert "Landet 0 dager" in text_of(client)


def test_idle_places_stand_beside_who_waits_and_what_is_not_reported_is_missing() -> None:
    some_weeks()
    this = week_of(DAY)
    given = GivenReport(BERGEN, {PlaceKind.FAMILY_2_3: 3}, this, this.after(3), date(2021, 6, 1))
    report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[given])
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "?county=46")
    # 3 homes for 2 at least in each of 4 weeks; 4 are agreed upon, of whom 2 have moved in; 8 - 4 wait for a yes.
    assert "Bergen 24 22 4" in page
    assert "Kinn mangler mangler 0" in page
    assert re.search(r"Vestland 24 \(ikke kjent for 42\) 22 4", page)
    assert re.search(r"Landet 24 \(ikke kjent for 355\) 22 4", text_of(client))
    assert re.search(r"Oslo mangler mangler mangler", text_of(client)) is None, "nothing is known of it at all"


# Files


def test_the_workbook_has_every_table_of_the_page() -> None:
    some_weeks()
    client = client_of(Party.DIRECTORATE)
    answer = client.get(f"/{YEAR}/settlement/year.xlsx?county=46")
    assert answer.status_code == 200
    assert 'filename="bosett-2021-bosettingsaaret.xlsx"' in answer.headers["Content-Disposition"]
    again = client.get(f"/{YEAR}/settlement/year.xlsx?county=46").content
    assert answer.content == again, "the same tables are the same bytes"
    workbook = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert workbook.sheet_names == [
        "Året som fylles opp",
        "Foran, bak eller fullt",
        "Ventetid",
        "Ledige plasser ved siden av fol",
    ]
    places = {row[1]: row for row in workbook.get_sheet_by_index(1).to_python()}
    assert places["Bergen"][2:8] == ["Vestland", 40.0, pytest.approx(40 * 69 / 365), 4.0, 2.0, "Bak planen"]
    waits = workbook.get_sheet_by_index(2).to_python()
    assert waits[1][:4] == ["Vestland", 0.0, 10.0, 34.0]


# Who


def test_each_sees_its_own_and_the_public_nothing() -> None:
    some_weeks()
    paths = [f"/{YEAR}/settlement/year{ending}" for ending in ("", ".csv", ".xlsx")]
    for outside, status in ((Client(), 302), (client_of(Party.UDI), 404)):
        assert [outside.get(path).status_code for path in paths] == [status] * 3
    for party in (Party.MINISTRY, Party.COMMITTEE, Party.KS):
        assert "14 er bosatt av 370" in text_of(client_of(party))
    page = text_of(client_of(Party.COUNTY, "46"))
    assert "14 er bosatt av 70" in page
    assert "Oslo" not in page
    assert "370" not in page
    page = text_of(client_of(Party.MUNICIPALITY, BERGEN), f"?municipality={KINN}&county=46")
    assert "2 er bosatt av 40" in page
    assert "Kinn" not in page
    assert "Ingenting er ført ennå." in text_of(client_of(Party.MUNICIPALITY, ASKOY))
    assert "Ingenting er ført ennå." in text_of(client_of(Party.COUNTY, "11"))


def test_the_ledger_leads_to_it_and_the_navigation_stands_there() -> None:
    some_weeks()
    client = client_of(Party.DIRECTORATE)
    assert f'href="/{YEAR}/settlement/year?county=46"' in client.get(f"/{YEAR}/settlement?county=46").content.decode()
    page = client.get(f"/{YEAR}/settlement/year").content.decode()
    assert re.search(r'aria-current="[a-z]+"[^>]*>\s*Bosettingsåret|href="/2021/settlement"[^>]*aria-current', page)


@pytest.mark.parametrize(
    ("language", "words"), [("nn", "Slik går busetjingsåret 2021"), ("en", "How the settlement year")]
)
def test_it_is_told_in_each_language(language: str, words: str) -> None:
    some_weeks()
    assert words in text_of(client_of(Party.DIRECTORATE, language=language))
    assert words in text_of(client_of(Party.DIRECTORATE, language=language), "?county=46")


def test_the_demo_s_whole_year_is_drawn_and_says_that_it_is_made_up() -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 1, 5))
    drawn.draw(worker(Party.DIRECTORATE), year=YEAR)
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    assert "oppdiktet" in page
    assert "Året er over." in page
    assert course(client)[-3][0] == "2021-10-31"
    assert course(client)[-1][0] == "2021-12-31"
