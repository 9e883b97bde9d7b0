"""Municipalities and counties through time."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett import geography
from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.geography import (
    BackInTime,
    ChangeKind,
    LanguageForm,
    LinkEnd,
    Name,
    NotToldOfPlace,
    SizesNotKnown,
    SplitRule,
    SplitWithoutWeights,
    UnknownCounty,
    UnknownMunicipality,
    Value,
    became,
    carry,
    changes,
    was,
)
from bosett.geography.links import Links, follow

ALL = Fraction(1)


@pytest.mark.parametrize(("year", "municipalities", "counties"), [(2019, 422, 18), (2021, 356, 11), (2025, 357, 15)])
def test_each_structure_is_whole(year: int, municipalities: int, counties: int) -> None:
    places = geography.municipalities(year)
    assert len(places) == municipalities
    assert [each.code for each in places] == sorted(each.code for each in places)
    assert len(geography.counties(year)) == counties
    assert {each.county for each in places} == {each.code for each in geography.counties(year)}
    assert len({each.display_name for each in places}) == municipalities


def test_the_register_is_the_same_in_every_form() -> None:
    assert geography.register().municipalities[Structure.Y2020]["1507"] is geography.municipality("1507", 2022)
    assert geography.register().counties[Structure.Y2024]["56"] == geography.county("56", 2024)


def test_two_of_the_same_name_are_told_apart() -> None:
    assert geography.municipality("1515", 2021).display_name == "Herøy (Møre og Romsdal)"
    assert geography.municipality("1818", 2021).display_name == "Herøy (Nordland)"
    assert geography.municipality("3018", 2021).display_name == "Våler (Viken)"
    assert geography.municipality("3114", 2024).display_name == "Våler (Østfold)"
    assert geography.municipality("1507", 2021).display_name == "Ålesund"


def test_parallel_names_keep_their_order_and_language() -> None:
    storfjord = geography.municipality("5538", 2024)
    assert storfjord.official_name == "Storfjord - Omasvuotna - Omasvuono"
    assert storfjord.names == (Name("Storfjord", "no"), Name("Omasvuotna", "se"), Name("Omasvuono", "fkv"))
    assert geography.municipality("1875", 2021).names == (Name("Hábmer", "smj"), Name("Hamarøy", "no"))
    assert geography.municipality("5041", 2021).names[0] == Name("Snåase", "sma")


def test_names_that_lost_a_letter_in_the_source_are_whole() -> None:
    assert geography.municipality("1853", 2024).official_name == "Evenes - Evenášši"
    assert geography.municipality("5610", 2024).official_name == "Kárášjohka - Karasjok"
    for year in (2019, 2020, 2024):
        assert not [each.official_name for each in geography.municipalities(year) if "?" in each.official_name]


def test_no_name_is_of_unknown_language_and_one_is_norwegian() -> None:
    for year in (2019, 2020, 2024):
        for each in geography.municipalities(year):
            languages = [name.language for name in each.names]
            assert languages.count("no") == 1, each
            assert "unknown" not in languages, each


def test_a_row_spans_structures_until_something_changes() -> None:
    eigersund = geography.municipality("1101", 2020)
    assert (eigersund.first_day, eigersund.last_day) == (date(2019, 1, 1), None)
    stavanger = geography.municipality("1103", 2020)  # took in Finnøy and Rennesøy
    assert (stavanger.first_day, stavanger.last_day) == (date(2020, 1, 1), None)
    assert geography.municipality("1103", 2019).last_day == date(2019, 12, 31)
    assert geography.municipality("0301", 2024).official_name == "Oslo - Oslove"


@pytest.mark.parametrize(
    ("code", "year", "sentence"),
    [
        (
            "1850",
            2021,
            "1850 is not a municipality in 2021. It was split in 2020 into 1806 Narvik and 1875 Hábmer - Hamarøy.",
        ),
        ("1507", 2024, "1507 is not a municipality in 2024. It was split in 2024 into 1508 Ålesund and 1580 Haram."),
        (
            "1504",
            2024,
            (
                "1504 is not a municipality in 2024. It was merged in 2020 into 1507 Ålesund. "
                "In 2024 that is 1508 Ålesund and 1580 Haram."
            ),
        ),
        (
            "0101",
            2024,
            "0101 is not a municipality in 2024. It became 3001 Halden in 2020. In 2024 that is 3101 Halden.",
        ),
        ("3001", 2019, "3001 is not a municipality in 2019. The code came in 2020, from 0101 Halden."),
        ("1508", 2019, "1508 is not a municipality in 2019. The code came in 2024, from 1507 Ålesund."),
        (
            "5055",
            2019,
            (
                "5055 is not a municipality in 2019. "
                "The code came in 2020, from 1571 Halsa, 5011 Hemne and 5012 Snillfjord."
            ),
        ),
        ("9999", 2021, "9999 is not a municipality in 2021. Check the code: four digits, in the list of that year."),
    ],
)
def test_an_unknown_municipality_is_told_what_became_of_it(code: str, year: int, sentence: str) -> None:
    with pytest.raises(UnknownMunicipality) as refusal:
        geography.municipality(code, year)
    assert str(refusal.value) == sentence
    assert (refusal.value.code, refusal.value.year) == (code, year)


def test_an_unknown_county_is_told_which_there_are() -> None:
    with pytest.raises(UnknownCounty, match=r"30 is not a county in 2024\. The counties are 03 Oslo, 11 Rogaland"):
        geography.county("30", 2024)
    assert geography.county("30", 2023).name == "Viken"


def test_what_a_municipality_became() -> None:
    assert became("1504", 2019, 2021) == (LinkEnd("1507", ALL, ChangeKind.MERGED),)
    assert became("1507", 2021, 2021) == (LinkEnd("1507", ALL, ChangeKind.UNCHANGED),)
    assert became("1507", 2021, 2024) == (
        LinkEnd("1508", Fraction("0.8621"), ChangeKind.SPLIT),
        LinkEnd("1580", Fraction("0.1379"), ChangeKind.SPLIT),
    )
    assert became("1850", 2019, 2021) == (
        LinkEnd("1806", None, ChangeKind.SPLIT),
        LinkEnd("1875", None, ChangeKind.SPLIT),
    )
    assert became("0101", 2019, 2024) == (LinkEnd("3101", ALL, ChangeKind.RENUMBERED),)
    assert became("0301", 2019, 2024) == (LinkEnd("0301", ALL, ChangeKind.UNCHANGED),)


def test_what_a_municipality_was() -> None:
    assert [part.code for part in was("1508", 2024, 2019)] == ["1504", "1523", "1529", "1534", "1546"]
    assert was("1806", 2024, 2019)[1] == LinkEnd("1850", None, ChangeKind.SPLIT)
    assert was("3101", 2024, 2020) == (LinkEnd("3001", ALL, ChangeKind.RENUMBERED),)


def test_time_goes_one_way() -> None:
    with pytest.raises(BackInTime, match="2019 comes before 2021"):
        became("0301", 2021, 2019)
    with pytest.raises(BackInTime, match="2019 comes before 2024"):
        was("0301", 2019, 2024)
    with pytest.raises(BackInTime):
        carry({}, 2024, 2020)


def test_ways_that_meet_again_add_up() -> None:
    half = Fraction(1, 2)
    apart: Links = {"a": (LinkEnd("b", half, ChangeKind.SPLIT), LinkEnd("c", half, ChangeKind.SPLIT))}
    again: Links = {"b": (LinkEnd("d", ALL, ChangeKind.MERGED),), "c": (LinkEnd("d", ALL, ChangeKind.MERGED),)}
    assert follow("a", (apart, again)) == (LinkEnd("d", ALL, ChangeKind.SPLIT),)
    unknown: Links = {"a": (LinkEnd("b", None, ChangeKind.SPLIT), LinkEnd("c", half, ChangeKind.SPLIT))}
    assert follow("a", (unknown, again)) == (LinkEnd("d", None, ChangeKind.SPLIT),)


def test_a_series_adds_up_over_a_merger() -> None:
    parts: dict[str, Value] = {"1504": 10, "1523": 2, "1529": 3, "1534": 4, "1546": 0}
    assert carry(parts, 2019, 2021) == {"1507": 19}
    assert carry(parts | {"1546": None}, 2019, 2021) == {"1507": None}
    del parts["1546"]
    assert carry(parts, 2019, 2021) == {"1507": None}, "a code that is left out counts as missing"
    assert carry({"0301": 7}, 2020, 2021) == {"0301": 7}


def test_official_weights_share_exactly() -> None:
    assert carry({"1507": 1000}, 2021, 2024) == {"1508": Fraction("862.1"), "1580": Fraction("137.9")}
    assert carry({"1507": None}, 2021, 2024) == {"1508": None, "1580": None}


def test_a_split_without_official_weights_is_not_guessed() -> None:
    with pytest.raises(SplitWithoutWeights) as refusal:
        carry({"1850": 8}, 2019, 2021)
    assert str(refusal.value) == (
        "1850 was split in 2020 into 1806 and 1875 without official weights, so its figure is not shared by guess. "
        "Name a rule: largest_receiver, equal, missing."
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SplitRule.LARGEST_RECEIVER, {"5055": 1, "5056": 2, "5059": 11}),
        (SplitRule.EQUAL, {"5055": Fraction(1 + 2), "5056": Fraction(2 + 2), "5059": Fraction(5 + 2)}),
        (SplitRule.MISSING, {"5055": None, "5056": None, "5059": None}),
    ],
)
def test_a_split_by_a_named_rule(rule: SplitRule, expected: dict[str, Value]) -> None:
    values: dict[str, Value] = {"5012": 6, "1571": 0, "5011": 1, "5013": 2, "5016": 0, "5023": 0, "5024": 5}
    assert carry(values, 2019, 2021, rule) == expected


def test_the_largest_receiver_is_the_one_that_was_largest_before_the_split() -> None:
    """Narvik of 2020 is Narvik, Ballangen and a part of Tysfjord: only whole municipalities count, in January 2019."""
    people = {row["code"]: int(row["population"]) for row in table("population") if row["year"] == "2019"}
    sizes = changes.sizes_before(Structure.Y2020)
    assert sizes.people["1806"] == people["1805"] + people["1854"]
    assert sizes.people["1875"] == people["1849"]
    assert sizes.people["5056"] == people["5013"]
    assert sizes.known_on == date(2019, 3, 1)


def test_the_largest_receiver_is_refused_before_its_size_is_known() -> None:
    for day in (date(2019, 3, 1), None):
        assert carry({"1850": 8, "1805": 1, "1854": 1, "1849": 1}, 2019, 2021, SplitRule.LARGEST_RECEIVER, day=day) == {
            "1806": 10,
            "1875": 1,
        }
    with pytest.raises(SizesNotKnown, match="largest counts as known from 2019-03-01, and the run is of 2019-02-28"):
        carry({"1850": 8}, 2019, 2021, SplitRule.LARGEST_RECEIVER, day=date(2019, 2, 28))
    # A figure of nobody, equal parts and no figure at all need no sizes.
    assert carry({"1850": 0}, 2019, 2021, SplitRule.LARGEST_RECEIVER, day=date(2019, 2, 28))
    assert carry({"1850": 8}, 2019, 2021, SplitRule.EQUAL, day=date(2019, 2, 28))


def test_a_figure_of_zero_needs_no_rule() -> None:
    assert carry({"1850": 0, "1805": 3, "1854": 0}, 2019, 2021) == {"1806": 3, "1875": None}


def test_figures_of_an_unknown_code_are_refused() -> None:
    with pytest.raises(UnknownMunicipality):
        carry({"1507": 1}, 2019, 2021)


CODES = [each.code for each in geography.municipalities(2019)]
FIGURES = st.dictionaries(st.sampled_from(CODES), st.integers(0, 10**6)).map(
    lambda some: {code: some.get(code, 1) for code in CODES}
)
RULES = st.sampled_from([SplitRule.LARGEST_RECEIVER, SplitRule.EQUAL])


@given(FIGURES, RULES, st.sampled_from([2020, 2024]))
def test_nobody_is_lost_or_made(figures: dict[str, int], rule: SplitRule, end: int) -> None:
    carried = carry(figures, 2019, end, rule)
    assert list(carried) == [each.code for each in geography.municipalities(end)]
    assert sum(value for value in carried.values() if value is not None) == sum(figures.values())


@given(FIGURES, st.sampled_from(CODES), RULES)
def test_missing_makes_its_receivers_missing_and_no_others(figures: dict[str, int], gone: str, rule: SplitRule) -> None:
    whole, holed = carry(figures, 2019, 2024, rule), carry(figures | {gone: None}, 2019, 2024, rule)
    receivers = {part.code for part in became(gone, 2019, 2024)}
    assert {code for code, value in holed.items() if value is None} == receivers
    assert {code: value for code, value in holed.items() if code not in receivers} == {
        code: value for code, value in whole.items() if code not in receivers
    }


def test_the_test_of_conservation_can_fail() -> None:
    """The rule `missing` is known not to conserve the sum."""
    carried = carry(dict.fromkeys(CODES, 1), 2019, 2020, SplitRule.MISSING)
    assert sum(value for value in carried.values() if value is not None) != len(CODES)


def test_what_is_known_of_a_place() -> None:
    assert geography.labour_market_region("0301").name == "Oslo/Bærum"
    assert geography.labour_market_region("0101", 2019) == geography.labour_market_region("3001")
    assert geography.labour_market_region("3101", 2024) == geography.labour_market_region("3001")
    assert geography.centrality("0301") == 1
    assert geography.centrality("0301", 2024) == 1
    assert geography.language_form("1507", 2021) is LanguageForm.NEUTRAL
    assert geography.language_form("1580", 2024) is LanguageForm.NEUTRAL
    oslo = geography.coordinates("0301", 2024)
    assert oslo.centre_name == "Oslo"
    assert 59 < oslo.centroid.latitude < 61


def test_what_is_not_known_of_a_place_is_refused() -> None:
    with pytest.raises(NotToldOfPlace, match="No centrality is known for 1580 in 2024: it is a part of"):
        geography.centrality("1580", 2024)
    with pytest.raises(NotToldOfPlace, match="they are known from 2020 on"):
        geography.coordinates("0101", 2019)
    with pytest.raises(NotToldOfPlace, match="it is 1806 and 1875 in 2020, which differ"):
        geography.labour_market_region("1850", 2019)


@pytest.mark.parametrize("ask", [geography.labour_market_region, geography.centrality, geography.language_form])
def test_every_municipality_of_2020_is_told_of(ask: Callable[[str], object]) -> None:
    assert all(ask(each.code) for each in geography.municipalities(2020))
