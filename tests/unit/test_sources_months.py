"""NAV's counties, UDI's and Eurostat's months, and the committee's forecast by a workbook of ours."""

import json
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from xlsxwriter import Workbook

from bosett.basis.structures import Structure
from bosett.figures import Figure, Status, series
from bosett.geography import counties
from bosett.sources import eurostat, forecast_template, nav, udi
from bosett.sources.answers import UnreadableAnswer
from bosett.sources.fetching import Fetched, from_bytes
from bosett.sources.forecast_template import ExpectedNeed, template
from bosett.sources.months import month_of

DAY = date(2026, 11, 2)
HIDDEN, MISSING = Figure(None, Status.HIDDEN), Figure(None, Status.MISSING)


def ok(number: int | Fraction) -> Figure:
    return Figure(number, Status.OK)


def text(*lines: str, name: str = "a.csv") -> Fetched:
    return from_bytes(name, "".join(f"{line}\r\n" for line in lines).encode("cp1252"), DAY)


def book(rows: list[list[Any]], name: str = "Ark1") -> Fetched:
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as made:
        sheet = made.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return from_bytes("a.xlsx", file.getvalue(), DAY)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(UnreadableAnswer) as fault:
        read()
    return str(fault.value)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-02", "2026-02"),
        ("2026M02", "2026-02"),
        ("01.02.2026", "2026-02"),
        ("Februar 2026", "2026-02"),
        ("Helt ledige ved utgangen av mai 2026", "2026-05"),
        ("des 2025", "2025-12"),
        ("februar", ""),
        ("mars til mai 2026", ""),
        ("mars 2025 2026", ""),
        ("2026-13", ""),
        ("markedet 2026", ""),
        ("", ""),
    ],
)
def test_months_as_they_are_written(written: str, month: str) -> None:
    assert month_of(written) == month


def test_a_year_beside_completes_a_month() -> None:
    assert month_of("Juni", 2026) == "2026-06"


# NAV


def shipped_lines(month: int = 10) -> list[list[Any]]:
    number = series("unemployed", 2023, month=month, structure=Structure.Y2024).figures
    share = series("unemployed_pct", 2023, month=month, structure=Structure.Y2024).figures
    return [[each.name, number[each.code].value, float(share[each.code].value or 0)] for each in counties(2024)]


def lines_of(rows: list[list[Any]]) -> list[str]:
    """Return rows as a Norwegian spreadsheet saves them."""
    return [
        ";".join(f"{cell:.1f}".replace(".", ",") if isinstance(cell, float) else str(cell) for cell in row)
        for row in rows
    ]


HEAD = ["Fylke", "Antall helt ledige", "I prosent av arbeidsstyrken"]


def test_unemployment_is_as_shipped_from_text_and_from_a_workbook() -> None:
    rows = [["Helt ledige oktober 2023"], [], HEAD, *shipped_lines(), ["Hele landet", 60_000, 2.0], ["Kilde: NAV"]]
    for fetched in (book(rows), text(*lines_of(rows))):
        version_of = {each.indicator: each for each in nav.read_unemployment(fetched)}
        for name, version in version_of.items():
            shipped = series(name, 2023, month=10, structure=Structure.Y2024).figures
            figures = dict(version.figures["2023-10"])
            assert figures.pop(nav.COUNTRY) == ok({"unemployed": 60_000, "unemployed_pct": 2}[name])
            assert figures == dict(shipped)
            assert (version.publisher, version.structure) == ("NAV", Structure.Y2024)


def test_few_are_hidden_and_codes_will_do() -> None:
    rows: list[list[Any]] = [["Fylkesnr", *HEAD[1:]], *([each.code, 100, 2.5] for each in counties(2024))]
    rows[1][1] = "*"
    number, share = nav.read_unemployment(book(rows), "2026-09")
    assert number.figures["2026-09"]["03"] == HIDDEN
    assert share.figures["2026-09"]["03"] == ok(Fraction(5, 2))


def changed_lines(change: Callable[[list[list[Any]]], object]) -> Fetched:
    rows = [["Helt ledige oktober 2023"], [*HEAD], *shipped_lines()]
    change(rows)
    return text(*lines_of(rows))


@pytest.mark.parametrize(
    ("change", "month", "sentence"),
    [
        (lambda rows: None, "2023-11", "it is the table of 2023-10, where that of 2023-11 should be"),  # noqa: ARG005
        (lambda rows: rows[0].clear(), "", "not told which month"),
        (lambda rows: rows[0].append("mai 2023"), "", "several months"),
        (lambda rows: rows.pop(5), "2023-10", "counties are missing: 18 Nordland"),
        (lambda rows: rows[5].__setitem__(0, "Viken"), "", "'Viken' is no county of 2024"),
        (lambda rows: rows[5].__setitem__(0, "Oslo"), "", "'Oslo' stands twice"),
        (lambda rows: rows[5].__setitem__(1, "-"), "", "does not say whether"),
        (lambda rows: rows[5].__setitem__(2, 120.0), "", "is no percentage"),
        (lambda rows: rows[1].__setitem__(1, "Kvinner"), "", "no row of headings"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(
    change: Callable[[list[list[Any]]], object], month: str, sentence: str
) -> None:
    assert sentence in refusal(lambda: nav.read_unemployment(changed_lines(change), month))


# UDI


def test_months_of_a_table_by_its_headings() -> None:
    lines = ["Måned;Asylsøknader;Kollektiv beskyttelse", "Januar;312;1 500", "Februar;*;", "Totalt;700;1 500"]
    months = udi.read_months(text(*lines), "Asylsøknader etter måned", 2026)
    assert {name: dict(counts) for name, counts in months.counts.items()} == {
        "Asylsøknader": {"2026-01": ok(312), "2026-02": HIDDEN},
        "Kollektiv beskyttelse": {"2026-01": ok(1_500), "2026-02": MISSING},
    }
    assert (months.publisher, months.dataset, months.fetched_on) == ("UDI", "Asylsøknader etter måned", DAY)
    dated = udi.read_months(book([["Måned", "Antall"], [datetime(2026, 3, 1), 7]]), "a")  # noqa: DTZ001  - a workbook's
    assert dict(dated.counts["Antall"]) == {"2026-03": ok(7)}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["Måned;Antall", "Januar;3"], "'Januar' is no month with its year"),
        (["Måned;Antall", "Januar 2026;3", "2026-01;4"], "2026-01 stands twice"),
        (["Måned;Antall", "Januar 2026;tre"], "is no number of persons"),
        (["Måned;Antall"], "no month stands in the table"),
        (["Uke;Antall", "1;3"], "no row of headings"),
    ],
)
def test_a_table_of_no_months_is_refused(lines: list[str], sentence: str) -> None:
    assert sentence in refusal(lambda: udi.read_months(text(*lines), "a"))


# Eurostat


def applicants(**changed: object) -> dict[str, Any]:
    """Norway and Sweden in two months: 100 105, and 200 and what is not available."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Asylum applicants",
        "source": "ESTAT",
        "updated": "2026-10-28T23:00:00+0200",
        "value": {"0": 100, "1": 105, "2": 200},
        "status": {"3": ":", "1": "p"},
        "id": ["freq", "unit", "citizen", "geo", "time"],
        "size": [1, 1, 1, 2, 2],
        "dimension": {
            "freq": {"category": {"index": {"M": 0}}},
            "unit": {"category": {"index": {"PER": 0}}},
            "citizen": {"category": {"index": {"TOTAL": 0}}},
            "geo": {"category": {"index": {"NO": 0, "SE": 1}}},
            "time": {"category": {"index": {"2026-08": 0, "2026-09": 1}}},
        },
    } | changed


def test_applicants_of_each_country_by_month() -> None:
    applicants_read = eurostat.read_applicants(from_bytes("a.json", json.dumps(applicants()).encode(), DAY))
    assert {name: dict(counts) for name, counts in applicants_read.counts.items()} == {
        "NO": {"2026-08": ok(100), "2026-09": ok(105)},
        "SE": {"2026-08": ok(200), "2026-09": MISSING},
    }
    assert (applicants_read.publisher, applicants_read.published_on) == ("Eurostat", date(2026, 10, 28))


def test_eurostat_is_asked_with_its_filters() -> None:
    assert eurostat.applicants(["NO", "SE"], "2018-01").address == (
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/migr_asyappctzm?format=JSON&lang=EN&unit=PER"
        "&citizen=TOTAL&sex=T&age=TOTAL&applicant=ASY_APP&geo=NO&geo=SE&sinceTimePeriod=2018-01"
    )


def test_what_eurostat_leaves_open_is_refused() -> None:
    def read(answer: object) -> object:
        return eurostat.read_applicants(from_bytes("a.json", json.dumps(answer).encode(), DAY))

    wide = applicants(size=[1, 1, 2, 2, 2], value={})
    wide["dimension"]["citizen"]["category"]["index"] = {"TOTAL": 0, "SY": 1}
    wide["status"] = ":"
    assert "which is meant of citizen" in refusal(lambda: read(wide))
    weeks = applicants()
    weeks["dimension"]["time"]["category"]["index"] = {"2026-W08": 0, "2026-W09": 1}
    assert "2026-W08, 2026-W09 is no month" in refusal(lambda: read(weeks))
    assert "no whole number" in refusal(lambda: read(applicants(value={"0": 1.5, "1": 1, "2": 1})))
    assert "No results" in refusal(lambda: read({"error": [{"status": 404, "label": "No results found"}]}))
    assert "no places and times" in refusal(
        lambda: read(applicants(id=["a", "b", "c", "d", "e"], dimension=_renamed()))
    )


def _renamed() -> dict[str, Any]:
    return dict(zip("abcde", applicants()["dimension"].values(), strict=True))


# The committee's forecast


def filled(language: str = "nb") -> list[list[Any]]:
    words_of = {code: words.in_language(language) for code, words in forecast_template.WORDS.items()}
    return [
        [words_of["title"]],
        [words_of["how"]],
        [],
        [words_of["publisher"], "Nasjonalt utvalg"],
        [words_of["as_of"], "01.06.2026"],
        [words_of["year"], 2027],
        [],
        [words_of["category"], words_of["low"], words_of["middle"], words_of["high"]],
        [words_of["all"], 9_000, 12_000, 20_000],
        [words_of["resettlement"], 500, 1_000, 1_000],
        [words_of["collective_protection"], "", 8_000, 15_000],
        [words_of["minors"], 0, 300, ""],
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_forecast_is_read_in_any_of_our_languages(language: str) -> None:
    forecast = forecast_template.read_forecast(book(filled(language)))
    assert (forecast.publisher, forecast.as_of, forecast.year) == ("Nasjonalt utvalg", date(2026, 6, 1), 2027)
    assert dict(forecast.needs) == {
        "all": ExpectedNeed(9_000, 12_000, 20_000),
        "resettlement": ExpectedNeed(500, 1_000, 1_000),
        "collective_protection": ExpectedNeed(None, 8_000, 15_000),
        "minors": ExpectedNeed(0, 300, None),
    }


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_our_own_template_is_read_back_and_empty_it_is_none(language: str) -> None:
    fetched = from_bytes("prognose.xlsx", template(language, 2027), DAY)
    assert "'Utgiver' is not filled in" in refusal(lambda: forecast_template.read_forecast(fetched))


def set_cell(row: int, column: int, value: object) -> Fetched:
    rows = filled()
    rows[row] = [*rows[row][:column], value, *rows[row][column + 1 :]]
    return text(*lines_of(rows))


@pytest.mark.parametrize(
    ("row", "column", "value", "sentence"),
    [
        (3, 1, "", "'Utgiver' is not filled in"),
        (4, 1, "juni", "is no date"),
        (5, 1, 1999, "the settlement year is none"),
        (8, 2, "", "the middle number of all is not filled in"),
        (8, 1, 13_000, "B9 the numbers fall from low to high"),
        (9, 2, "ca. 1000", "is no number of persons"),
        (9, 3, 25_000, "Overføringsflyktninger are 25000, more than all, 20000 (Høy)"),
        (10, 0, "Andre", "'Andre' is none of the groups"),
        (10, 0, "Alle", "'Alle' stands twice"),
        (7, 2, "Midt", "no row of headings"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(row: int, column: int, value: object, sentence: str) -> None:
    assert sentence in refusal(lambda: forecast_template.read_forecast(set_cell(row, column, value)))


def test_an_error_in_a_forecast_is_told_and_an_empty_row_is_none() -> None:
    rows = filled()
    rows.insert(9, [])
    rows.append(["", "", "", ""])
    assert forecast_template.read_forecast(book(rows)).needs["resettlement"].low == 500
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for place, row in enumerate(filled()):
            sheet.write_row(place, 0, row)
        sheet.write_formula(8, 2, "=1/0", value="#DIV/0!")
    sentence = refusal(lambda: forecast_template.read_forecast(from_bytes("a.xlsx", file.getvalue(), DAY)))
    assert "Sheet1 C9 shows an error" in sentence


def test_a_template_may_leave_the_year_open() -> None:
    assert template("nn") != template("nn", 2027)
