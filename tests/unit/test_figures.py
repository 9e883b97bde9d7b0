"""Published figures: exact, with status, and never before they were known."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest

from bosett import figures, geography
from bosett.basis import tables
from bosett.basis.structures import Structure
from bosett.basis.tables import Finding
from bosett.figures import (
    Figure,
    Level,
    NoFigures,
    NotKnownYet,
    SourcesDisagree,
    Status,
    UnknownIndicator,
    check,
    country,
    indicators,
    national_total,
    national_totals,
    require_known_by,
    series,
)


@pytest.mark.parametrize(
    ("indicator", "year", "published", "asked"),
    [
        ("population", 2019, 5_328_212, 422),
        ("population", 2020, 5_367_580, 356),
        ("population", 2021, 5_391_369, 356),
        ("requested_first", 2019, 5_350, 235),
        ("requested_first", 2020, 5_120, 211),
        ("requested", 2020, 3_602, 211),
        ("decided", 2020, 4_838, 199),
        ("requested_first", 2021, 5_025, 211),
        ("requested_first", 2022, 5_500, 212),
        ("requested", 2022, 35_000, 356),
        ("requested", 2023, 38_000, 355),
    ],
)
def test_published_totals(indicator: str, year: int, published: int, asked: int) -> None:
    requests = series(indicator, year)
    assert requests.total() == published
    assert sum(1 for value in requests.values().values() if value > 0) == asked


@pytest.mark.parametrize("year", [2020, 2021])
def test_both_structures_have_the_same_people(year: int) -> None:
    in_2020, in_2024 = series("population", year), series("population", year, structure=Structure.Y2024)
    # Ålesund was one until 2024, and nobody has divided its people back in time.
    assert in_2020.total() - in_2020.values()["1507"] == in_2024.total()
    assert {code for code, figure in in_2024.figures.items() if figure.value is None} == {"1508", "1580"}
    ages = sum(series(f"population_{age}", year).total() for age in ("0_17", "18_66", "67_plus"))
    assert ages == series("population", year).total()


@pytest.mark.parametrize("name", sorted(indicators()))
def test_every_series_has_every_code_of_its_structure(name: str) -> None:
    described = indicators()[name]
    for year in described.years:
        for structure in Structure:
            try:
                read = series(name, year, structure=structure, month=_month(name, year))
            except NoFigures:
                continue
            whole = geography.municipalities if read.level is Level.MUNICIPALITY else geography.counties
            assert list(read.figures) == [place.code for place in whole(structure.value)], (year, structure)
            assert (read.unit, read.publisher) == (described.unit, described.publisher)
            whole_numbers = read.unit == "person"
            assert all(isinstance(value, int) is whole_numbers for value in read.values().values())


def _month(name: str, year: int) -> int | None:
    if not indicators()[name].monthly:
        return None
    return 2 if year == 2020 else 1


def test_a_figure_has_a_value_exactly_when_it_is_ok() -> None:
    assert Figure(0, Status.OK).value == 0
    for value, status in ((None, Status.OK), (0, Status.HIDDEN), (3, Status.MISSING)):
        with pytest.raises(ValueError, match="exactly when it is ok"):
            Figure(value, status)


def test_not_asked_hidden_missing_and_zero_are_four_things() -> None:
    request, decided, settled = (series(name, 2020).figures for name in ("requested_first", "decided", "settled"))
    not_asked = {code for code, figure in request.items() if figure.status is Status.NOT_ASKED}
    assert len(not_asked) == 145
    assert {code for code, figure in decided.items() if figure.status is Status.NOT_ASKED} == not_asked
    assert _count(decided, Status.HIDDEN) == 12
    assert _count(settled, Status.HIDDEN) == 22
    assert _count(series("decided", 2023).figures, Status.MISSING) == 10
    assert [code for code, figure in series("decided", 2023).figures.items() if figure.status is Status.NOT_ASKED] == [
        "1874"
    ]
    # Kvitsøy was not asked in 2021, which the base writes as a request of 0; nobody came, and that is a number.
    assert series("requested", 2021).figures["1144"] == Figure(None, Status.NOT_ASKED)
    assert series("settled", 2021).figures["1144"] == Figure(0, Status.OK)


def _count(by_place: Mapping[str, Figure], status: Status) -> int:
    return sum(1 for figure in by_place.values() if figure.status is status)


def test_a_first_request_that_was_never_published_is_no_series() -> None:
    with pytest.raises(NoFigures, match=r"requested_first for 2023\. There are for 2018, 2019, 2020, 2021, 2022\."):
        series("requested_first", 2023)


def test_the_latest_request_is_the_first_where_it_was_not_revised() -> None:
    for year in (2018, 2019, 2021):
        assert series("requested_first", year).figures == series("requested", year).figures
    first, latest = series("requested_first", 2020).values(), series("requested", 2020).values()
    assert sum(1 for code in first if latest[code] == max(10, _rounded(Fraction(655, 1000) * first[code]))) == 200


def _rounded(value: Fraction | int) -> int:
    return int(value + Fraction(1, 2))


def test_old_codes_of_the_statistics_base_are_brought_to_those_of_2019() -> None:
    assert series("requested", 2019).figures["5001"].value == 160  # 1601 in the base
    assert series("requested", 2016).figures["0710"].value == 110 + 25 + 40  # Sandefjord, Andebu, Stokke
    assert series("decided", 2013).figures["1903"].value == 60  # Harstad: 1901 in the base
    assert series("immigrants", 2019).figures["0101"].value == series("immigrants", 2019).values()["0101"]
    assert "9999" not in series("settled", 2014).figures
    assert series("immigrants", 2019).total() == 765_108
    assert series("refugee_background", 2014).figures["1903"].status is Status.MISSING


def test_percent_is_exact() -> None:
    assert series("immigrant_unemployed_pct", 2020, month=2).figures["03"].value == Fraction(5)
    assert series("programme_result_pct", 2022).figures["30"].value == 71
    assert country("programme_result_pct", 2022).value == 65


def test_counties_of_2020_are_added_up_where_that_is_exact() -> None:
    now, then = series("unemployed", 2020, structure=Structure.Y2024, month=2), series("unemployed", 2020, month=2)
    assert then.figures["30"].value == sum(now.values()[code] for code in ("31", "32", "33"))
    assert then.total() == now.total()
    assert then.figures["46"] == now.figures["46"]
    percent = series("unemployed_pct", 2020, month=2).figures
    assert {code for code, figure in percent.items() if figure.status is Status.MISSING} == {"30", "38", "54"}
    assert percent["03"].value == Fraction("2.5")


def test_a_county_of_2024_lies_in_one_county_of_2020() -> None:
    parts = [part for within in figures.counties_within().values() for part in within]
    assert sorted(parts) == [county.code for county in geography.counties(2024)]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: series("population", 2018), "population for 2018. There are for 2019, 2020"),
        (lambda: series("unemployed", 2020), "unemployed for 2020. There are for single months: name one."),
        (lambda: series("population", 2020, month=1), "month 1 of 2020. There are for whole years: name no month."),
        (lambda: series("unemployed", 2030, month=1), "unemployed for 2030-01. There are for 2018-01 to 2026-01."),
        (
            lambda: series("decided", 2021, structure=Structure.Y2024),
            "2021 in the structure of 2024. There are for 2021 in the structure of 2020.",
        ),
        (
            lambda: series("unemployed", 2019, month=1),
            "in the structure of 2019. There are for 2019 in the structure of 2024",
        ),
        (lambda: country("population", 2020), "population for the whole country. There are for municipalities"),
        (lambda: national_total("requested_first", 2018), "requested_first (all) for 2018. There are for 2017, 2019"),
        (lambda: national_total("wishes", 2018), "There are for no year at all."),
    ],
)
def test_what_there_is_not_is_told(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(NoFigures) as refusal:
        ask()
    assert sentence in str(refusal.value)


def test_an_unknown_indicator_is_told_which_there_are() -> None:
    with pytest.raises(UnknownIndicator, match=r"no indicator 'poplation'\. The indicators are population, "):
        series("poplation", 2020)
    with pytest.raises(UnknownIndicator):
        country("poplation", 2020)


@pytest.mark.parametrize(
    ("indicator", "year", "month", "known_on"),
    [
        ("population", 2020, None, "2020-03-01"),
        ("immigrants", 2020, None, "2020-03-15"),
        ("requested_first", 2020, None, "2019-10-24"),
        ("requested_first", 2021, None, "2020-10-30"),
        ("requested_first", 2022, None, "2021-12-31"),
        ("requested", 2020, None, "2020-12-31"),
        ("requested", 2021, None, "2020-10-30"),
        ("decided", 2020, None, "2020-04-01"),
        ("decided", 2022, None, "2022-12-31"),
        ("settled", 2020, None, "2021-03-01"),
        ("unemployed", 2020, 12, "2021-01-10"),
        ("unemployed", 2020, 4, "2020-05-10"),
        ("immigrant_unemployed_pct", 2020, 2, "2020-06-30"),
        ("programme_result_pct", 2022, None, "2023-06-30"),
    ],
)
def test_a_run_refuses_what_was_not_known(indicator: str, year: int, month: int | None, known_on: str) -> None:
    read, day = series(indicator, year, month=month), date.fromisoformat(known_on)
    assert read.known_on == day
    require_known_by(read, day)
    with pytest.raises(NotKnownYet, match=f"counts as known from {known_on}, and the run is of") as refusal:
        require_known_by(read, day - timedelta(days=1))
    assert refusal.value.known_on == day


def test_a_recalculation_was_not_known_before_its_structure() -> None:
    assert series("population", 2021, structure=Structure.Y2024).known_on == date(2024, 3, 1)
    assert series("population", 2025, structure=Structure.Y2020).known_on == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("measure", "year", "value"),
    [
        ("requested_first", 2020, 5_120),
        ("requested_first", 2022, 5_500),
        ("requested_first", 2023, 35_000),
        ("requested", 2022, 35_000),
        ("requested", 2023, 38_000),
        ("requested", 2024, 37_000),
    ],
)
def test_national_totals(measure: str, year: int, value: int) -> None:
    total = national_total(measure, year)
    assert total.value == value
    assert total.source


def test_sources_that_disagree_are_all_shown() -> None:
    assert [total.value for total in national_totals("requested", 2017)] == [12_522, 12_714]
    with pytest.raises(SourcesDisagree, match="Sources disagree on requested for 2017: 12522 "):
        national_total("requested", 2017)
    assert national_totals("requested", 1999) == ()


def test_the_check_finds_nothing_wrong() -> None:
    report = check.report()
    assert [finding.text for finding in report if not finding.ok] == []
    assert len(report) > len(tables.check())


def test_the_check_stops_at_damaged_files(monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = (Finding("population", ok=False, text="population is missing."),)
    monkeypatch.setattr(tables, "check", lambda: damaged)
    assert check.report() == damaged


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "PUBLISHED_SUMS", (("population", 2020, 5_367_581),))
    wrong = [finding for finding in check.report() if not finding.ok]
    assert [finding.text for finding in wrong] == ["population 2020 adds up to 5367580; published: 5367581."]
