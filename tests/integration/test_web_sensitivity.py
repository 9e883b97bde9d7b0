"""How far numbers hang on weights and forecast: the page tells what the engine comes to, and what is tried comes to."""

import html
import re
from fractions import Fraction

import pytest

from bosett.geography import municipalities
from bosett.parameters import CriteriaChoice, choice_of, load_shipped
from bosett.rounds.parties import Party
from bosett.rounds.sensitivity import AskedIn, Forecasted, Sensitivity, sensitivity
from bosett_web.queries.round.what_if import sensitive
from bosett_web.records import clock
from markup import tidy
from parties import DECIDED, DEMO, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DECIDED)]
FILE, TOTAL, FORECAST = "no-2021-reference", 5025, Forecasted(4000, 5000, 7000)
PAGE, TRY = f"/{YEAR}/criteria/sensitivity", f"/{YEAR}/criteria/try"


def read(query: str = "", party: Party = Party.COMMITTEE, at: str = PAGE, language: str = "") -> str:
    answer = client_of(party, language=language).get(f"{at}?{query}")
    assert answer.status_code == 200
    return html.unescape(tidy(answer.content.decode())).replace("\u00a0", " ")


def rows_of(page: str, heading: str) -> dict[str, list[str]]:
    table = page.split(heading, 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in table.split("</tr>")
    ]
    return {row[0]: row[1:] for row in rows if row}


def known() -> Sensitivity:
    file = load_shipped(FILE).known_by(clock.today())
    base = choice_of(file)
    assert base is not None
    whole = sensitivity(file, base, TOTAL, FORECAST)
    assert whole is not None
    return whole


def test_the_page_tells_what_the_engine_comes_to() -> None:
    page, whole = read(), known()
    rows = rows_of(page, "Hva som flytter mest")
    names = ["nr. 1 ned, fra 75 % til 70 %", "nr. 1 opp, fra 75 % til 80 %", "nr. 2 ned, fra 15 % til 10 %"]
    assert [*rows][:3] == names
    assert [*rows][6:] == [
        "lav prognose, 4 000 personer",
        "midt i prognosen, 5 000 personer",
        "høy prognose, 7 000 personer",
    ]
    figures = [[str(each.changed), str(each.most), str(each.asked)] for each in whole.variations]
    assert [*rows.values()] == figures
    assert f"{len(whole.core)} av {len(whole.spans)} kommuner har det samme tallet" in page
    assert "Ingen kommune faller ut eller kommer til." in page
    assert not [code for code, span in whole.spans.items() if span.asked_in is AskedIn.SOME]
    widest = max(whole.spans.values(), key=lambda span: span.by_weights[1] - span.by_weights[0])
    first = next(iter(rows_of(page, "De som flytter seg mest").values()))
    assert first[2] == f"{widest.by_weights[0]}–{widest.by_weights[1]}"


def test_its_figures_are_those_of_the_page_where_the_same_is_tried() -> None:
    """Nr. 1 up a step is 80, 12 and 8 per cent: whole numbers that can be tried."""
    changed, most, asked = rows_of(read(), "Hva som flytter mest")["nr. 1 opp, fra 75 % til 80 %"]
    tried = read("w-continuity=80&w-size=12&w-work=8&least=10", at=TRY)
    assert rows_of(tried, "Side om side")["Kommuner som anmodes"][1] == asked
    up, down = map(int, re.findall(r"(\d+) kommuner? får flere, (\d+) får færre", tried)[0])
    assert up + down == int(changed)
    first = next(iter(rows_of(tried, "Hvem som får flere, og hvem som får færre").values()))
    assert abs(int(first[1]) - int(first[2])) == int(most)


def test_it_goes_on_from_what_is_tried_and_back_to_it() -> None:
    asked = "w-continuity=50&w-size=30&w-work=20&least=5"
    (link,) = re.findall(r'href="(/\d+/criteria/sensitivity[^"]*)"', read(asked, at=TRY))
    assert link == f"{PAGE}?{asked}"
    page = read(asked)
    assert f'href="{TRY}?{asked}"' in page
    assert [*re.findall(r"<li>[^<]+<strong>([^<]+)</strong></li>", page)] == ["50 %", "30 %", "20 %"]
    assert "Minstetall: <strong>5</strong>" in page
    assert "Vektene er 95 % til sammen." in read("w-continuity=45&w-size=30&w-work=20")


def test_the_rim_is_who_is_asked_in_some_cases_and_not_in_others() -> None:
    places = {place.code: place.display_name for place in municipalities(YEAR)}
    file = load_shipped(FILE).known_by(clock.today())
    parts = {"continuity": Fraction(1, 2), "size": Fraction(3, 10), "work": Fraction(1, 5)}
    whole = sensitivity(file, CriteriaChoice(tuple(parts.items()), 5), TOTAL, FORECAST)
    assert whole is not None
    rim = {places[code] for code, span in whole.spans.items() if span.asked_in is AskedIn.SOME}
    assert rim
    assert {*rows_of(read("w-continuity=50&w-size=30&w-work=20&least=5"), "Den urolige randen")} == rim


@pytest.mark.begins_at(DEMO)
def test_without_a_forecast_that_is_told_and_only_weights_are_moved() -> None:
    page = read()
    assert "ingen prognose å holde tallene mot ennå" in page
    assert len(rows_of(page, "Hva som flytter mest")) == 6


def test_who_may_try_may_see_it_and_nobody_else() -> None:
    for party, area, status in (
        (Party.MUNICIPALITY, "4601", 404),
        (Party.PUBLIC, "", 302),
        (Party.COUNTY, "46", 200),
        (Party.KS, "", 200),
    ):
        assert client_of(party, area).get(PAGE).status_code == status
    assert "ingenting å prøve" in client_of(Party.DIRECTORATE).get("/2020/criteria/sensitivity").content.decode()


def test_what_was_reckoned_is_remembered() -> None:
    sensitive.cache_clear()
    client = client_of(Party.COMMITTEE)
    client.get(PAGE)
    client.get(PAGE)
    assert sensitive.cache_info().hits == 1


@pytest.mark.parametrize("query", ["w-continuity=%00", "w-continuity=100&w-size=0&w-work=0", "w-size=x", "beside=1"])
def test_whatever_is_asked_is_answered(query: str) -> None:
    assert client_of(Party.COMMITTEE).get(f"{PAGE}?{query}").status_code in (200, 400)
