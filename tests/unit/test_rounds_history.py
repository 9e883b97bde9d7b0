"""The years before a round, by published figures looked up by hand: what was known on a day, and what is no figure."""

from collections.abc import Mapping
from datetime import date

import pytest

from bosett.figures import series
from bosett.figures.kinds import Figure, Status
from bosett.geography import SplitRule, municipalities, was
from bosett.rounds.history import YEARS, YearBefore, history, requests_before

ROUND, LETTER = 2021, date(2020, 6, 30)
HIDDEN, MISSING, NOT_ASKED = (Figure(None, each) for each in (Status.HIDDEN, Status.MISSING, Status.NOT_ASKED))


def some(value: int) -> Figure:
    return Figure(value, Status.OK)


def of(code: str, year: int, day: date = LETTER, to_year: int = ROUND) -> YearBefore:
    return next(each for each in history(to_year, day)[code] if each.year == year)


def parts(measure: str, year: int, *codes: str) -> list[Figure]:
    """Return the published figures of the municipalities of that year."""
    published = series(measure, year).figures
    return [published[code] for code in codes]


def test_every_municipality_has_six_years_the_oldest_first() -> None:
    years_of = history(ROUND, LETTER)
    assert set(years_of) == {place.code for place in municipalities(ROUND)}
    assert {tuple(each.year for each in years) for years in years_of.values()} == {tuple(range(2015, 2021))}
    assert YEARS == 6


def test_bergen_was_asked_for_205_decided_205_and_settled_196_in_2019() -> None:
    assert of("4601", 2019) == YearBefore(2019, some(205), some(205), some(196))
    assert of("4601", 2018) == YearBefore(2018, some(240), some(240), some(179))  # as 1201, its code then


@pytest.mark.parametrize(
    ("day", "requested", "settled"),
    [
        (date(2019, 10, 23), MISSING, MISSING),  # the day before the first request of 2020 was known
        (date(2019, 10, 24), some(195), MISSING),
        (date(2020, 12, 30), some(195), MISSING),  # the cut is told from the last day of the year
        (date(2020, 12, 31), some(128), MISSING),
        (date(2021, 2, 28), some(128), MISSING),
        (date(2021, 3, 1), some(128), some(118)),
    ],
)
def test_nothing_is_told_before_it_was_known(day: date, requested: Figure, settled: Figure) -> None:
    year = of("4601", 2020, day)
    assert (year.requested, year.settled) == (requested, settled)


def test_hidden_missing_not_asked_and_nobody_are_told_apart() -> None:
    assert of("4601", 2020, date(2020, 3, 31)).decided == MISSING  # published a day later
    figures = {code: of(code, 2020).decided for code in history(ROUND, LETTER)}
    counts = {status: sum(each.status is status for each in figures.values()) for status in Status}
    assert counts == {Status.OK: 199, Status.HIDDEN: 12, Status.NOT_ASKED: 145, Status.MISSING: 0}
    assert of("5423", 2019).requested == NOT_ASKED
    assert of("5423", 2015).settled == some(0)  # a published nought is a figure


def test_who_was_not_asked_in_2021_has_neither_a_request_nor_a_no() -> None:
    """The base writes 0 and 0 for Kvitsøy (1144), which was not asked; the no of Stranda (1525) is real."""
    day = date(2022, 6, 30)
    assert of("1144", 2021, day, 2023) == YearBefore(2021, NOT_ASKED, NOT_ASKED, some(0))
    assert of("1525", 2021, day, 2023) == YearBefore(2021, some(10), some(0), some(0))
    figures = [each for years in history(2023, day).values() for each in years if each.year == 2021]
    assert sum(each.decided == some(0) for each in figures) == 2
    assert sum(each.requested == NOT_ASKED and each.decided == NOT_ASKED for each in figures) == 145


def test_merged_municipalities_are_summed_and_one_not_asked_adds_nobody() -> None:
    # Ålesund of 2020 was five: two were asked in 2019.
    assert parts("requested", 2019, "1504", "1523", "1529", "1534", "1546") == [
        *(some(45), NOT_ASKED, NOT_ASKED),
        *(some(12), NOT_ASKED),
    ]
    assert of("1507", 2019).requested == some(57)
    assert of("3014", 2019).requested == some(25)  # Indre Østfold: 15 and 10 of five
    assert parts("requested", 2019, "1571", "5011", "5012") == [NOT_ASKED] * 3
    assert of("5055", 2019).requested == NOT_ASKED  # Heim: none of the three


def test_a_sum_with_a_missing_part_is_missing_and_with_a_hidden_part_is_hidden() -> None:
    assert parts("settled", 2018, "1103", "1141", "1142") == [some(132), MISSING, some(6)]
    assert of("1103", 2018).settled == MISSING  # Stavanger
    assert parts("settled", 2018, "0602", "0625", "0711") == [some(73), some(21), HIDDEN]
    assert of("3005", 2018).settled == HIDDEN  # Drammen
    assert parts("settled", 2018, "1502", "1543", "1545") == [some(38), HIDDEN, MISSING]
    assert of("1506", 2018).settled == MISSING  # Molde


def test_a_split_without_weights_is_missing_unless_there_was_nobody_to_share() -> None:
    # Tysfjord (1850) went to Narvik and Hamarøy in 2020, and nobody knows how many of its people to each.
    assert parts("requested", 2015, "1805", "1850", "1854") == [some(45), some(15), some(15)]
    assert of("1806", 2015).requested == of("1875", 2015).requested == MISSING
    assert parts("requested", 2017, "1805", "1850", "1854") == [some(50), some(0), some(20)]
    assert of("1806", 2017).requested == some(70)
    assert of("1806", 2019).requested == some(28)  # Tysfjord was not asked
    assert of("1875", 2019).requested == some(10)


def test_a_part_of_a_person_is_never_told() -> None:
    # Ålesund was split by official weights in 2024: what each would have been asked for is an estimate.
    for code in ("1508", "1580"):
        for year in history(2024, date(2024, 6, 30))[code]:
            for figure in (year.requested, year.decided, year.settled):
                assert figure == MISSING
    for years in history(2024, date(2024, 6, 30)).values():
        for year in years:
            assert isinstance(year.requested.value, int | None)


def unlike(figures: Mapping[str, Figure], measure: str, year: int) -> list[str]:
    """Return the codes whose figure is another than the plain sum of what was published of their parts."""
    published, wrong = series(measure, year).figures, []
    for code, figure in figures.items():
        figures_of_parts = [published[part.code] for part in was(code, ROUND, year)]
        if all(part.weight == 1 for part in was(code, ROUND, year)) and all(
            each.value is not None for each in figures_of_parts
        ):
            expected = sum(int(each.value) for each in figures_of_parts if each.value is not None)
            if figure != some(expected):
                wrong.append(code)
    return wrong


@pytest.mark.parametrize("year", range(2015, 2020))
def test_every_figure_is_the_sum_of_what_was_published(year: int) -> None:
    for measure in ("requested", "decided", "settled"):
        figures = {code: getattr(of(code, year), measure) for code in history(ROUND, LETTER)}
        assert unlike(figures, measure, year) == []
        assert unlike(figures | {"0301": some(-1)}, measure, year) == ["0301"]  # the check can fail


@pytest.mark.parametrize(
    ("year", "day", "indicator", "total"),
    [
        (2021, date(2020, 6, 30), "requested_first", 5_120),
        (2021, date(2020, 12, 30), "requested_first", 5_120),
        (2021, date(2020, 12, 31), "requested", 3_602),  # the cut is told from the last day of the year
        (2023, date(2022, 3, 17), "requested_first", 5_500),
        (2023, date(2022, 3, 18), "requested", 35_000),  # the raise has its day
        (2023, date(2022, 6, 30), "requested", 35_000),
        (2024, date(2023, 12, 31), "requested", 38_000),
    ],
)
def test_last_years_request_is_the_latest_known_on_the_day(year: int, day: date, indicator: str, total: int) -> None:
    requests = requests_before(year, day, SplitRule.LARGEST_RECEIVER)
    assert requests.note is not None
    assert (requests.note.indicator, requests.note.year) == (indicator, year - 1)
    assert requests.note.known_on <= day
    assert sum(requests.numbers.values()) + (year == 2024) * 470 == total  # Ålesund is two, in parts of a person


def test_last_years_request_says_why_there_is_no_number() -> None:
    figures = requests_before(2021, LETTER).figures
    assert (figures["4601"], figures["5423"]) == (some(195), NOT_ASKED)
    for year, day in ((2025, date(2024, 6, 30)), (1999, LETTER), (2021, date(2019, 10, 23))):
        nothing = requests_before(year, day)
        assert (nothing.note, nothing.figures) == (None, {})


def test_a_day_before_every_figure_knows_none() -> None:
    years_of = history(ROUND, date(2010, 1, 1))
    assert {
        getattr(each, measure) for years in years_of.values() for each in years for measure in each.__slots__[1:]
    } == {MISSING}
