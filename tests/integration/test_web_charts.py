"""Every drawing of the desk stands with a sentence, its table and its files; and the files tell what the page tells."""

import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from bosett.basis.languages import LANGUAGES
from bosett.render.csv_table import unlike_formula
from bosett.rounds.parties import Party
from bosett.rounds.planned_before import planned_years
from bosett_web.records import clock
from bosett_web.records.models import Proposal
from charted import BERGEN, IN_THE_YEAR, KINN, VESTLAND, WORKED_ON, faults_of_charts, faults_of_files, read_charts
from parties import DEMO, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(WORKED_ON)]
AT_WORK = {
    "history": {"bars"},
    f"history?of={VESTLAND}": {"bars"},
    f"history?of={BERGEN}": {"bars"},
    "forecasts": {"bars fan"},
    "targets": {"bars fan"},
    "need": {"bars fan"},
    "criteria/sensitivity": {"bars tornado"},
    "criteria/try?w-continuity=50&w-size=30&w-work=20&least=10": {"map"},
    "runs": {"map"},
    "country": {"map"},
}
IN_YEAR = {"decisions": {"bars climb", "map"}, "settlement/year": {"bars burn-up", "map"}}


def page(path: str, client: Client | None = None) -> str:
    answer = (client or client_of(Party.DIRECTORATE)).get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def file_at(address: str, client: Client | None = None) -> bytes:
    answer = (client or client_of(Party.DIRECTORATE)).get(f"/{YEAR}/{address}")
    assert answer.status_code == 200, address
    return bytes(answer.content)


def hold(pages: dict[str, set[str]], client: Client) -> None:
    for path, drawings in pages.items():
        text = page(path, client)
        assert [*faults_of_charts(text)] == [], path
        assert {name for each in read_charts(text)[0] for name in each.drawings} == drawings, path
        assert [*faults_of_files(text, client)] == [], path


def test_every_drawing_of_a_round_at_work_has_its_sentence_its_table_and_its_files() -> None:
    hold(AT_WORK, client_of(Party.DIRECTORATE))
    hold({f"counties/{VESTLAND}": {"map", "likeness"}}, client_of(Party.COUNTY, VESTLAND))


@pytest.mark.begins_at(IN_THE_YEAR)
def test_and_so_has_every_drawing_of_the_settlement_year_and_of_a_municipality_s_own_page() -> None:
    hold(IN_YEAR, client_of(Party.DIRECTORATE))
    hold({"own": {"bars"}}, client_of(Party.MUNICIPALITY, BERGEN))


@pytest.mark.begins_at(DEMO)
def test_and_so_has_every_drawing_of_a_former_round() -> None:
    drawings = set()
    for client, paths in (
        (client_of(Party.DIRECTORATE), ("history", "targets", "country", "decisions", "settlement/year", "backtest")),
        (client_of(Party.MUNICIPALITY, BERGEN), ("own", "decisions", f"backtest?of={BERGEN}")),
    ):
        for path in paths:
            answer = client.get(f"/{YEAR - 1}/{path}")
            assert answer.status_code == 200, path
            text = answer.content.decode()
            assert [*faults_of_charts(text)] == [], path
            assert [*faults_of_files(text, client)] == [], path
            drawings |= {name for each in read_charts(text)[0] for name in each.drawings}
    assert {"bars", "map"} <= drawings


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<svg class="bars"></svg>', "bars: no figure"),
        ('<figure><svg class="map"></svg><table></table></figure>', "map: no sentence"),
        ('<figure aria-details="x"><figcaption>So.</figcaption><svg class="map"></svg></figure>', "map: no table"),
        ('<figure><figcaption>So.</figcaption><svg class="map"></svg><table></table></figure>', "map: files []"),
    ],
)
def test_the_rule_finds_what_is_lacking(markup: str, fault: str) -> None:
    assert fault in [*faults_of_charts(markup)]
    assert [*faults_of_charts('<svg class="swatch"></svg><td><svg class="spark"></svg></td>')] == []


def test_the_files_of_a_drawing_tell_what_its_table_tells_and_where_from() -> None:
    client = client_of(Party.DIRECTORATE)
    rows = [*csv.reader(StringIO(file_at("forecasts/chart/versions.csv", client).decode("utf-8-sig")), delimiter=";")]
    assert [row[2:5] for row in rows[1:]] == [["4000", "5000", "7000"], ["4000", "5200", "7000"]]
    assert rows[0][-1] == "Kilde"
    assert all(row[-1].startswith("Fra Bosett, runden for 2021, slik den var ") for row in rows[1:])
    book = CalamineWorkbook.from_filelike(BytesIO(file_at("forecasts/chart/versions.xlsx", client)))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [row[2:5] for row in sheet[1:3]] == [[4000.0, 5000.0, 7000.0], [4000.0, 5200.0, 7000.0]]
    assert any("Fra Bosett" in str(row[0]) for row in sheet[3:])
    root = ET.fromstring(file_at("forecasts/chart/versions.svg", client))  # noqa: S314  - our own
    words = " ".join(each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Den siste prognosen, per 15. juni 2020, venter 5 200 (4 000 til 7 000)." in words.replace("\u00a0", " ")
    assert "Fra Bosett, runden for 2021" in words
    picture = file_at("forecasts/chart/versions.png", client)
    assert picture.startswith(b"\x89PNG")
    assert picture == file_at("forecasts/chart/versions.png", client), "the same bytes each time"


def test_the_map_of_the_country_has_every_municipality_in_its_file() -> None:
    text = file_at("country/chart/map.csv").decode("utf-8-sig")
    rows = [*csv.reader(StringIO(text), delimiter=";")]
    shown = dict(Proposal.objects.get(round=YEAR, version=1).lines.values_list("municipality", "number"))
    assert len(rows) == 1 + 356
    assert sum(int(row[2]) for row in rows[1:] if row[2].isdecimal()) == sum(shown.values())
    assert all("SSB" in row[-1] or "Statistisk" in row[-1] for row in rows[1:])
    assert b"<a href" not in file_at("country/chart/map.svg")


def test_what_the_page_is_asked_is_asked_of_its_files() -> None:
    text = page("runs?from=2021-2&to=2021-1")
    addresses = [address for each in read_charts(text)[0] for address in each.files]
    assert all(
        address.endswith("?from=2021-2&amp;to=2021-1") or "from=2021-2&to=2021-1" in address for address in addresses
    )
    of_bergen, of_country = (file_at(f"history/chart/years.csv?of={of}") for of in (BERGEN, "0"))
    assert b"2016;720;720;636" in of_bergen
    assert b"2016;720" not in of_country


def test_a_text_that_a_program_takes_for_a_formula_is_none() -> None:
    for text in ("=1", "+1", "-1", "@a", "\t=1", "\uff1d1", "'=1"):
        assert unlike_formula(text) == f"'{text}"
    for text in ("Bergen", "\u22125", "5 %", ""):
        assert unlike_formula(text) == text


@pytest.mark.parametrize(
    ("party", "area", "path"),
    [
        (Party.UDI, "", "country/chart/map"),
        (Party.COUNTY, "03", "country/chart/map"),
        (Party.MUNICIPALITY, KINN, f"counties/{VESTLAND}/chart/map"),
        (Party.COUNTY, "03", f"counties/{VESTLAND}/chart/likeness"),
        (Party.DIRECTORATE, "", "own/chart/years"),
        (Party.DIRECTORATE, "", "forecasts/chart/nothing"),
    ],
)
def test_who_does_not_read_the_page_does_not_read_its_files(party: Party, area: str, path: str) -> None:
    client = client_of(party, area)
    for kind in ("svg", "png", "xlsx", "csv"):
        assert client.get(f"/{YEAR}/{path}.{kind}").status_code == 404, kind


def test_there_are_no_other_files() -> None:
    client = client_of(Party.DIRECTORATE)
    for kind in ("pdf", "exe", "SVG", "csv.csv"):
        assert client.get(f"/{YEAR}/forecasts/chart/versions.{kind}").status_code == 404, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_in_the_reader_s_language(language: str) -> None:
    client = client_of(Party.COUNTY, VESTLAND, language=language)
    head = {"nb": "Kilde", "nn": "Kjelde", "en": "Source"}[language]
    for path in ("history/chart/years", "forecasts/chart/versions", f"counties/{VESTLAND}/chart/map"):
        text = file_at(f"{path}.csv", client).decode("utf-8-sig")
        assert re.search(rf";{head}\r\n", text), path


def test_the_targets_and_the_years_before_tell_the_same_of_the_country() -> None:
    """Of each year and measure the same number, whether of all municipalities, at least so many, or as published."""
    years = {str(each.year) for each in planned_years(YEAR, clock.today())}
    rows = rows_of(page("history?of=0"))
    before = rows_of(page("targets"))
    assert len(years) > 3
    assert years <= rows.keys() & before.keys()
    for year in years:
        requested, decided, settled = (first_number(cell) for cell in rows[year])
        first, last, decided_there, settled_there = (first_number(cell) for cell in before[year][-5:-1])
        assert requested == (last if last is not None else first), year
        assert (decided, settled) == (decided_there, settled_there), year
    # 2017 is published for the country too: both facts stand, told apart by words.
    assert "publisert for landet" in page("history?of=0")


def rows_of(text: str) -> dict[str, list[str]]:
    """Return the rows of years of a page's tables, by year, without the cells' markup."""
    rows = re.findall(r'<tr>\s*<th scope="row">\s*(\d{4})\s*</th>(.*?)</tr>', text, re.DOTALL)
    return {year: [re.sub(r"<[^>]+>", "", cell) for cell in cells_in(row)] for year, row in rows}


def cells_in(row: str) -> list[str]:
    return re.findall(r"<td.*?</td>", row, re.DOTALL)


def first_number(cell: str) -> int | None:
    number = re.search(r"\d[\d\u00a0]*", cell)
    return None if number is None else int(number[0].replace("\u00a0", ""))
