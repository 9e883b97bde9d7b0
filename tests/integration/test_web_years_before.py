"""The years before a round as a page and as files: of the country, a county and a municipality."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from bosett.basis.languages import LANGUAGES
from bosett.figures import series
from bosett.figures.kinds import Figure, Status
from bosett.geography import municipalities
from bosett.rounds.history import SumBefore
from bosett.rounds.parties import Party
from markup import tidy
from parties import DEMO, YEAR
from readers import client_of

BERGEN, VESTLAND = "4601", "46"
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def page(of: str, party: Party = Party.DIRECTORATE, language: str = "nb", area: str = "") -> str:
    answer = client_of(party, area, language=language).get(f"/{YEAR}/history?of={of}")
    assert answer.status_code == 200, of
    return tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")


def file_of(of: str, kind: str) -> bytes:
    answer = client_of(Party.KS).get(f"/{YEAR}/history/chart/years.{kind}?of={of}")
    assert answer.status_code == 200
    return bytes(answer.content)


def row_of(text: str, head: str) -> list[str]:
    row = re.search(rf'<tr><th scope="row">{head}</th>(.*?)</tr>', text)
    assert row, head
    return re.findall(r"<td[^>]*>([^<]*)</td>", row[1])


@pytest.mark.parametrize(
    ("figures", "sum_of"),
    [
        ([Figure(3, Status.OK), Figure(0, Status.OK), Figure(None, Status.NOT_ASKED)], SumBefore(3, 0, 0, 3)),
        ([Figure(3, Status.OK), Figure(None, Status.HIDDEN)], SumBefore(3, 1, 0, 1)),
        ([Figure(None, Status.MISSING), Figure(None, Status.HIDDEN)], SumBefore(0, 1, 1, 0)),
    ],
)
def test_a_sum_says_what_it_lacks(figures: list[Figure], sum_of: SumBefore) -> None:
    assert SumBefore.of(figures) == sum_of
    assert sum_of.is_whole is not any(each.status in (Status.HIDDEN, Status.MISSING) for each in figures)


def test_a_municipality_s_years_are_those_that_are_published() -> None:
    text = page(BERGEN)
    # Of 2016 and 2019 as IMDi has published them.
    assert row_of(text, "2016") == ["720", "720", "636"]
    assert row_of(text, "2019") == ["205", "205", "196"]
    assert "Bergen ble anmodet om flest i 2016 (720), færrest i 2020 (195)" in text
    assert text.count('class="bars"') == 1


def test_a_county_s_sum_tells_what_is_lacking_in_it() -> None:
    own = {place.code for place in municipalities(2020) if place.county == VESTLAND}
    asked = series("requested_first", 2020).figures
    assert row_of(page(VESTLAND), "2020")[0] == str(sum(asked[code].persons or 0 for code in own))
    settled = series("settled", 2015)
    assert {each.status for each in settled.figures.values()} == {Status.OK}
    assert "minst" not in row_of(page("0"), "2015")[2]
    # The country's sum is of the municipalities of its year, none of which is lost in a later merger.
    of_2018 = series("settled", 2018).figures.values()
    persons, hidden = sum(each.persons or 0 for each in of_2018), sum(each.status is Status.HIDDEN for each in of_2018)
    cell = row_of(page("0"), "2018")[2].replace(" ", "")
    assert cell.startswith(f"minst{persons}({hidden}kommunerskjermet,")
    assert re.search(r"minst \d[\d ]* \(\d+ kommuner? skjermet\)", page(VESTLAND))
    assert "≥" in page(VESTLAND)
    # Of a year that is not told whole it is never said that it was the largest, or the smallest.
    assert "Norge ble sist anmodet om 5 120, i 2020." in page("0")


def test_each_place_leads_to_those_above_and_below_it() -> None:
    country = page("0")
    assert country.count('class="spark"') == 11
    county = page(VESTLAND)
    assert county.count('class="spark"') == 43
    assert f'href="/{YEAR}/history?of={BERGEN}"' in county
    own = page(BERGEN)
    assert f'href="/{YEAR}/history?of={VESTLAND}"' in own
    assert 'class="spark"' not in own


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_whole_in_every_language_and_for_everybody_who_is_logged_in(language: str) -> None:
    for of in ("0", VESTLAND, BERGEN):
        text = page(of, Party.MUNICIPALITY, language, "4602")
        assert "MISSING-IN-TEMPLATE" not in text
        assert f'<html lang="{language}"' in text


@pytest.mark.parametrize("of", ["99", "46010", "x", "9999", "%3Cb%3E"])
def test_a_place_that_there_is_not_is_told_so(of: str) -> None:
    client = client_of(Party.KS)
    assert client.get(f"/{YEAR}/history?of={of}").status_code == 404
    assert client.get(f"/{YEAR}/history/chart/years.csv?of={of}").status_code == 404
    assert client.get(f"/{YEAR}/history/chart/years.exe?of=46").status_code == 404


def test_the_files_tell_the_same() -> None:
    rows = file_of(BERGEN, "csv").decode("utf-8-sig").splitlines()
    assert any(row.startswith("2016;720;720;636;") and "IMDi" in row for row in rows)
    sheet = CalamineWorkbook.from_filelike(BytesIO(file_of(BERGEN, "xlsx"))).get_sheet_by_index(0).to_python()
    assert ["2016", 720.0, 720.0, 636.0] in [row[:4] for row in sheet]
    drawing = file_of(BERGEN, "svg")
    root = ET.fromstring(drawing)  # noqa: S314  - our own
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"720", "636", "2016", "Anmodet", "Vedtatt", "Bosatt"} <= {*words}
    picture = file_of(BERGEN, "png")
    assert picture.startswith(b"\x89PNG")
    assert picture == file_of(BERGEN, "png"), "the same bytes each time"
    assert len(file_of("0", "png")) > 10_000
