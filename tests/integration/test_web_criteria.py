"""The page of the criteria: each one can be read, and what it gives and decides is what the engine comes to."""

import html
import re
from fractions import Fraction

import pytest

from bosett.documents.words import percent
from bosett.figures import SHIPPED
from bosett.parameters import load_shipped
from bosett.rounds.diagnose import diagnose
from bosett.rounds.parties import Party
from bosett.rounds.spread import claims_by
from bosett_web.records import clock
from bosett_web.screens import formats
from markup import tidy
from parties import DECIDED, DEMO, YEAR
from readers import client_of

BERGEN, FILE = "4601", "no-2021-reference"
TOTAL = 5025
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DECIDED)]


def read(party: Party, area: str = "", year: int = YEAR, language: str = "") -> str:
    answer = client_of(party, area, language=language).get(f"/{year}/criteria")
    assert answer.status_code == 200
    return html.unescape(tidy(answer.content.decode()))


def rows_of(page: str, heading: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading: by the first cell, the others."""
    table = page.split(heading, 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in table.split("</tr>")
    ]
    return {row[0]: row[1:] for row in rows if row}


def exact_of(code: str) -> tuple[Fraction, ...]:
    claims = claims_by(FILE, clock.today(), SHIPPED)
    return tuple(TOTAL * each.weight * each.parts.get(code, Fraction(0)) for each in claims.measured)


def test_each_criterion_is_told_with_its_weight_its_measure_and_its_source() -> None:
    page = read(Party.MINISTRY)
    for words in (
        "Slik fordeles tallet",
        "75,0 %",
        "Måles ved opprinnelig anmodning 2020.",
        "Ingen kommune anmodes om færre enn 10.",
        "Gjengitt med våre ord. Kilde: Bosett.",
        "Ordlyden er ikke kjent",
        "Gjaldt i 2020, og gjelder ikke lenger",
    ):
        assert words in page.replace("\u00a0", " "), words


def test_what_it_gives_is_what_the_engine_comes_to_for_each_reader_s_own() -> None:
    own = rows_of(read(Party.MUNICIPALITY, BERGEN), "Hva kriteriene gir")
    exact = exact_of(BERGEN)
    assert own == {"Bergen": [*map(formats.decimal, exact), formats.decimal(sum(exact, start=Fraction(0)))]}
    county = rows_of(read(Party.COUNTY, "46"), "Hva kriteriene gir")
    assert county["Bergen"] == own["Bergen"]
    assert len(county) == 43 + 1
    country = rows_of(read(Party.DIRECTORATE), "Hva kriteriene gir")
    assert len(country) == 11 + 1
    assert country["Sum"][-1] == formats.decimal(Fraction(TOTAL))
    assert country["Vestland"] == county["Sum"]


def test_the_real_weights_are_those_of_the_diagnosis() -> None:
    shown = rows_of(read(Party.COMMITTEE), "Oppgitt og virkelig vekt")
    known = diagnose(YEAR, total=TOTAL, criteria=load_shipped(FILE).known_by(clock.today()), figures=SHIPPED)
    for place, each in enumerate(known.weighed, 1):
        stated, real, likeness = shown[str(place)]
        assert (stated, real) == (percent(each.stated, "nb"), percent(each.real, "nb"))
        assert likeness == ("varierer ikke" if each.r2_population is None else percent(each.r2_population, "nb", 0))


@pytest.mark.begins_at(DEMO)
def test_before_a_total_is_known_a_round_number_shows_how_it_goes() -> None:
    page = read(Party.DIRECTORATE)
    assert "Slik blir 1 000 personer fordelt" in page.replace("\u00a0", " ")


@pytest.mark.parametrize(("language", "words"), [("nb", "vekten er ikke kjent"), ("nn", "vekta er ikkje kjend")])
def test_a_weight_that_nobody_has_told_is_not_filled_in(language: str, words: str) -> None:
    page = read(Party.DIRECTORATE, year=2020, language=language)
    assert words in page
    assert "Hva kriteriene gir" not in page
    assert "Kva kriteria gir" not in page
