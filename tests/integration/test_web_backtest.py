"""The back-test as a page: the command line's numbers, of whom a reader may read, and nothing known later."""

import re
from datetime import date

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.documents.words import percent
from bosett.figures import series
from bosett.rounds.backtest import backtest
from bosett.rounds.backtested import KEPT, back_tests
from bosett.rounds.parties import Party
from bosett_web.actions.round import demo
from charted import faults_of_charts, faults_of_files, read_charts
from markup import tidy
from parties import DEMO, YEAR, worker
from readers import client_of

BERGEN, KINN, VESTLAND, OSLO = "4601", "4602", "46", "0301"
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def page(of: str = "0", party: Party = Party.DIRECTORATE, area: str = "", language: str = "nb") -> str:
    answer = client_of(party, area, language=language).get(f"/{YEAR}/backtest?of={of}")
    assert answer.status_code == 200, of
    return tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")


def rows_of(text: str, chart: str) -> list[list[str]]:
    """Return the rows of the table of a drawing, cell by cell."""
    figure = text.split(f'id="chart-{chart}"', 1)[1].split("</figure>", 1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", figure.split("<tbody>", 1)[1], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in rows]


def test_the_country_s_misses_are_those_that_the_command_line_prints() -> None:
    text = page()
    errors = {each.model: each.error.part for each in backtest(2020).tested if each.error and each.error.part}
    shown = {row[0]: row for row in rows_of(text, "rounds")}
    assert list(shown) == ["2018", "2019", "2020"]
    assert shown["2020"][3:] == [percent(errors[model], "nb").replace("\u00a0", " ") for model in KEPT]
    assert shown["2020"][1:3] == ["30. juni 2019", "5 120"]
    assert shown["2018"][3:] == ["mangler"] * 3, "what is lacking is no 0"
    assert "Runden for 2020: Bosetts referansemodell ville plassert 17,5 % av personene" in text


def test_forecasts_and_answers_stand_with_what_came() -> None:
    text = page()
    (first, *_) = rows_of(text, "arrivals")
    assert first == ["31. mars 2015", "4 590", "10 922", "26 283", "28 200", "holdt ikke"]
    (decided,) = [row for row in rows_of(text, "decided") if row[0] == "2020"]
    assert decided == ["2020", "24. oktober 2019", "4 926", "4 612", "4 867", "4 901", "4 838", "holdt"]


def test_nothing_is_told_that_the_day_does_not_know() -> None:
    text = page()
    assert "2021" not in {row[0] for row in rows_of(text, "rounds")}
    assert "Justeringer" not in text
    assert {row[0] for row in rows_of(text, "settled")} == {"2019"}
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2021, 3, 10))
    later = page()
    assert "Hvordan justeringer ville blitt" in later
    assert "193 av 211" not in later  # nothing of a rise that has not come
    assert {row[0] for row in rows_of(later, "settled")} == {"2019", "2020"}


def test_a_municipality_has_its_own_years_beside_the_model_s() -> None:
    (_, _, row) = rows_of(page(BERGEN, Party.MUNICIPALITY, BERGEN), "place")
    model = next(each for each in back_tests().rounds if each.year == 2020).models[0]
    decided = series("decided", 2020).figures[BERGEN].persons
    assert row == ["2020", str(model.numbers[BERGEN]), *row[2:4], "195", str(decided), "mangler"]
    (of_2018, of_2019, _) = rows_of(page(BERGEN, Party.MUNICIPALITY, BERGEN), "place")
    # As 1201, its code then.
    assert of_2019 == ["2019", "mangler", *of_2019[2:4], "205", "205", "196"]
    assert of_2018[4:] == ["240", "240", "179"]


def test_a_county_is_the_sum_of_its_municipalities_and_says_what_is_lacking() -> None:
    (_, _, row) = rows_of(page(VESTLAND), "place")
    model = next(each for each in back_tests().rounds if each.year == 2020).models[0]
    assert row[1] == str(sum(number for code, number in model.numbers.items() if code.startswith(VESTLAND)))
    assert row[5].startswith("minst ")
    assert f'href="/{YEAR}/backtest?of={BERGEN}"' in page(VESTLAND)


@pytest.mark.parametrize(
    ("party", "area", "of"),
    [
        (Party.MUNICIPALITY, KINN, BERGEN),
        (Party.COUNTY, "03", BERGEN),
        (Party.DIRECTORATE, "", "99"),
        (Party.DIRECTORATE, "", "1201"),
        (Party.DIRECTORATE, "", "%3Cb%3E"),
    ],
)
def test_another_s_municipality_and_a_place_that_there_is_not_are_told_of_to_nobody(
    party: Party, area: str, of: str
) -> None:
    client = client_of(party, area)
    assert client.get(f"/{YEAR}/backtest?of={of}").status_code == 404
    for kind in ("svg", "png", "xlsx", "csv"):
        assert client.get(f"/{YEAR}/backtest/chart/place.{kind}?of={of}").status_code == 404


def test_a_county_reads_its_own_municipalities_and_a_municipality_leads_to_itself() -> None:
    assert "Bergen" in page(BERGEN, Party.COUNTY, VESTLAND)
    assert f'href="/{YEAR}/backtest?of={KINN}"' in page(party=Party.MUNICIPALITY, area=KINN)
    assert f'href="/{YEAR}/backtest?of={BERGEN}"' not in page(VESTLAND, Party.MUNICIPALITY, KINN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_of_it_has_its_sentence_its_table_and_its_files(language: str) -> None:
    client = client_of(Party.KS, language=language)
    for of in ("0", VESTLAND, BERGEN):
        text = client.get(f"/{YEAR}/backtest?of={of}").content.decode()
        assert "MISSING-IN-TEMPLATE" not in text
        assert read_charts(text)[0]
        assert [*faults_of_charts(text)] == []
        if language == "nb":
            assert [*faults_of_files(text, client)] == []


def test_it_is_linked_from_the_years_before_the_targets_and_the_need() -> None:
    client = client_of(Party.DIRECTORATE)
    for path in ("history", "targets", "need"):
        assert f'href="/{YEAR}/backtest"' in client.get(f"/{YEAR}/{path}").content.decode(), path
