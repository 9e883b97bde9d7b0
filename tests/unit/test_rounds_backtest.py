"""Back-tests: the known errors of the plain baselines, the reference model within its promise."""

from fractions import Fraction

import pytest

from bosett.rounds.backtest import MODELS, Backtest, YearOutside, backtest, years_of
from bosett.rounds.sizes import SIZES, Distance, by_group, distance, size_of


def errors(of_year: Backtest) -> dict[str, float | None]:
    return {
        each.model: None if each.error is None or each.error.part is None else float(each.error.part)
        for each in of_year.tested
    }


@pytest.fixture(scope="module")
def tested() -> dict[int, Backtest]:
    return {year: backtest(year) for year in range(2018, 2024)}


@pytest.mark.parametrize(("year", "low", "high"), [(2020, 0.128, 0.132), (2021, 0.1795, 0.186), (2022, 0.099, 0.101)])
def test_last_year_scaled_is_as_known(year: int, low: float, high: float, tested: dict[int, Backtest]) -> None:
    error_of = errors(tested[year])
    for model in ("last year scaled", "last year scaled with floor"):
        error = error_of[model]
        assert error is not None
        assert low <= error <= high


@pytest.mark.parametrize(("year", "error"), [(2020, "0.132"), (2021, "0.185"), (2022, "0.100")])
def test_last_year_scaled_to_the_digit(year: int, error: str, tested: dict[int, Backtest]) -> None:
    distance_to = errors(tested[year])["last year scaled"]
    assert f"{distance_to:.3f}" == error


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_population_is_as_known(year: int, tested: dict[int, Backtest]) -> None:
    error = errors(tested[year])["population"]
    assert error is not None
    assert 0.53 <= round(error, 2) <= 0.62


def test_the_reference_model_keeps_its_promise_for_2021(tested: dict[int, Backtest]) -> None:
    error = errors(tested[2021])["reference"]
    assert error is not None
    assert error <= 0.25


def test_what_has_no_figure_says_so(tested: dict[int, Backtest]) -> None:
    assert set(errors(tested[2018]).values()) == {None}
    error_of = errors(tested[2019])
    assert {model for model, error in error_of.items() if error is None} == {
        "reference",
        "population",
        "population with floor",
    }
    for year in (2018, 2019):
        assert all(bool(each.why_not) == (each.error is None) for each in tested[year].tested)


@pytest.mark.parametrize(("model", "error"), [("reference", "0.191"), ("last year scaled", "0.206")])
def test_2023_knows_the_request_of_march_2022(model: str, error: str, tested: dict[int, Backtest]) -> None:
    """35 000 had been requested on 18 March 2022, before the round: 5 500 is not what was known of last year."""
    assert f"{errors(tested[2023])[model]:.3f}" == error
    last_year = tested[2023].last_year
    assert last_year is not None
    assert (last_year.indicator, last_year.year) == ("requested", 2022)


def test_every_year_says_which_request_of_last_year_it_sees(tested: dict[int, Backtest]) -> None:
    indicators = {year: of_year.last_year and of_year.last_year.indicator for year, of_year in tested.items()}
    assert indicators == {2018: None, **dict.fromkeys((2019, 2020, 2022, 2023), "requested"), 2021: "requested_first"}
    for of_year in tested.values():
        assert of_year.last_year is None or of_year.last_year.known_on <= of_year.day
        assert of_year.floor == 10


def test_2023_is_held_against_the_latest_request_and_says_so(tested: dict[int, Backtest]) -> None:
    assert [tested[year].truth for year in range(2018, 2023)] == ["first request"] * 5
    assert (tested[2023].truth, tested[2023].total) == ("latest request", 38_000)


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022, 2023])
def test_groups_add_up_to_the_whole(year: int, tested: dict[int, Backtest]) -> None:
    assert tuple(each.model for each in tested[year].tested) == tuple(MODELS)
    for each in tested[year].tested:
        if each.error is not None:
            for groups in (each.by_county, each.by_size):
                assert sum(group.persons for group in groups.values()) == each.error.persons
                assert sum(group.of for group in groups.values()) == each.error.of == tested[year].total


def test_years_of_a_text() -> None:
    assert list(years_of("2021")) == [2021]
    assert list(years_of("2020..2023")) == [2020, 2021, 2022, 2023]


@pytest.mark.parametrize(
    "text", ["", "..", "2021..", "2023..2020", "2017", "2024", "2020-2023", "20x1", "2020..x", "²"]
)
def test_other_years_are_refused(text: str) -> None:
    with pytest.raises(YearOutside, match=r"give a year or years from 2018 to 2023, such as 2021 or 2020\.\.2023"):
        years_of(text)


def test_distance_by_hand() -> None:
    """|10 - 12| + |5 - 0| + |0 - 8| = 15 persons apart, of 20."""
    by_hand = distance({"a": 10, "b": 5}, {"a": 12, "c": 8})
    assert (by_hand, by_hand.part) == (Distance(Fraction(15), Fraction(20)), Fraction(3, 4))
    groups = by_group({"a": 10, "b": 5}, {"a": 12, "c": 8}, {"a": "x", "b": "x", "c": "y"})
    assert groups == {"x": Distance(Fraction(7), Fraction(12)), "y": Distance(Fraction(8), Fraction(8))}


def test_a_distance_from_nobody_has_no_part() -> None:
    assert distance({"a": 1}, {}).part is None


def test_size_classes_at_their_edges() -> None:
    assert [size_of(smallest) for smallest, _ in SIZES] == [name for _, name in SIZES]
    assert [size_of(smallest - 1) for smallest, _ in SIZES[1:]] == [name for _, name in SIZES[:-1]]
    assert size_of(None) == "no figure"
