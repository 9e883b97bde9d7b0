"""What holds of every expectation of answers: paths are earlier years, sums are of paths, and no day sees later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import madeup
from bosett.basis.structures import Structure, structure_of
from bosett.figures import Figure, FigureVersion, Layers, NoFigures, Status, series
from bosett.geography import municipality
from bosett.stages.answers.expected import AnswerRange, expected_answers, range_of
from bosett.stages.answers.history import Choices, EarlierYear, Followed, YearChoice, earlier_years
from bosett.stages.answers.known import KnownAnswers, known_answers
from bosett.stages.answers.paths import POOL, SIZES, answer_paths

CODES = ("0301", "1103", "1106", "1506", "1804", "3001", "3003", "4601")
DAY = date(2021, 3, 1)
FOLLOWED = st.builds(Followed, of=st.integers(1, 90), came=st.integers(0, 120))
SOME = st.lists(FOLLOWED, min_size=1, max_size=40).map(tuple)
ALL = Choices(YearChoice(None, by_turn=False), YearChoice(None, by_turn=False))


@st.composite
def histories(draw: st.DrawFn) -> tuple[EarlierYear, ...]:
    count = draw(st.integers(2, 4))
    return tuple(
        EarlierYear(2020 - count + place, 100, None, draw(SOME), draw(st.one_of(st.none(), SOME)))
        for place in range(count)
    )


@st.composite
def knowns(draw: st.DrawFn) -> KnownAnswers:
    requests = draw(st.dictionaries(st.sampled_from(CODES), st.integers(1, 300), min_size=1))
    some = st.dictionaries(st.sampled_from(sorted(requests)), st.integers(0, 300))
    answered = {code: requests[code] + more for code, more in draw(some).items()}
    return KnownAnswers(2021, DAY, requests, {**draw(some)}, draw(some), answered)


def alike(year: tuple[Followed, ...], of: int) -> list[Followed]:
    """Return those of the size of a number, by plain loops: the oracle of the pools."""
    bounds = [0, *SIZES, 10**9]
    (size,) = [
        place for place in range(len(SIZES) + 1) if max(of, 1) in range(bounds[place] + 1, bounds[place + 1] + 1)
    ]
    pool = [each for each in year if bounds[size] < each.of <= bounds[size + 1]]
    return pool if len(pool) >= POOL else list(year)


def following(year: tuple[Followed, ...], of: int) -> set[int]:
    return {floor(Fraction(of * each.came, each.of) + Fraction(1, 2)) for each in alike(year, of)}


@settings(max_examples=60, deadline=None)
@given(knowns(), histories())
def test_every_path_follows_one_like_it_in_the_year_that_all_of_the_path_meet(
    known: KnownAnswers, years: tuple[EarlierYear, ...]
) -> None:
    paths = answer_paths(known, years, choices=ALL, paths=12)
    whole = [each.settlements for each in years if each.settlements is not None]
    whole = whole if len(whole) >= 2 else []
    first = len(paths.decided_as) or 1
    for path in range(paths.decided.shape[1]):
        for place, code in enumerate(paths.codes):
            decided = int(paths.decided[place, path])
            if known.decided.get(code) is None:
                assert decided in following(years[path % first].decisions, known.requests[code])
                left = decided
            else:
                assert decided == known.decided[code]
                cut = known.answered.get(code, 0) > known.requests[code]
                left = min(decided, known.requests[code]) if cut else decided
            if paths.settled is not None:
                settled, so_far = int(paths.settled[place, path]), known.settled.get(code, 0)
                year = whole[path // first % len(whole)]
                assert settled == so_far or (settled > so_far and settled in following(year, left))
                assert left or settled == so_far, "nobody new is settled of nobody"
    assert (paths.settled is None) == (not whole)


def test_the_check_sees_a_number_that_follows_of_nobody() -> None:
    assert following((Followed(10, 5), Followed(4, 4)), 9) == {5, 9}


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(CODES), st.integers(1, 300), min_size=1), st.data())
def test_the_nation_and_the_counties_are_sums_of_paths(requests: Mapping[str, int], data: st.DataObject) -> None:
    decided = data.draw(st.dictionaries(st.sampled_from(sorted(requests)), st.integers(0, 300)))
    known = KnownAnswers(2021, DAY, requests, {**decided})
    answers, paths = expected_answers(known), answer_paths(known, earlier_years(2021, DAY))
    assert paths.settled is not None
    by_county: dict[str, list[int]] = {}
    for place, code in enumerate(paths.codes):
        by_county.setdefault(municipality(code, 2021).county, []).append(place)
    for table, name in ((paths.decided, "decided"), (paths.settled, "settled")):
        assert range_of(sum(table[place] for place in range(len(table)))) == getattr(answers.nation, name)
        for county, places in by_county.items():
            assert range_of(table[places].sum(axis=0)) == getattr(answers.counties[county], name)
    for each in (answers.nation, *answers.counties.values(), *answers.municipalities.values()):
        assert each.settled is not None
        for marks in (each.decided, each.settled):
            assert 0 <= marks.low <= marks.middle <= marks.high
    assert (
        sum(each.requested for each in answers.counties.values()) == answers.nation.requested == sum(requests.values())
    )


@settings(max_examples=30, deadline=None)
@given(knowns(), histories())
def test_order_changes_nothing_and_who_else_is_asked_no_path_of_ones_own(
    known: KnownAnswers, years: tuple[EarlierYear, ...]
) -> None:
    one = answer_paths(known, years, choices=ALL, paths=12)
    turned = replace(
        known, requests=dict(reversed([*known.requests.items()])), decided=dict(reversed([*known.decided.items()]))
    )
    assert answer_paths(turned, years, choices=ALL, paths=12).decided.tolist() == one.decided.tolist()
    waiting = [code for code in one.codes if known.decided.get(code) is None]
    if len(waiting) > 1:
        without = replace(known, requests={code: each for code, each in known.requests.items() if code != waiting[-1]})
        less = answer_paths(without, years, choices=ALL, paths=12)
        for place, code in enumerate(less.codes):
            assert less.decided[place].tolist() == one.decided[one.codes.index(code)].tolist()


def test_the_nation_misses_as_its_year_does_however_many_are_asked() -> None:
    # Were they independent, all 356 would have a tenth of the range that 4 have, as a part of what is asked for.
    known = known_answers(2022, date(2022, 3, 18))
    few = replace(known, requests={code: known.requests[code] for code in sorted(known.requests)[::100]})
    wide, narrow = (expected_answers(each).nation for each in (few, known))
    parts = [Fraction(each.decided.high - each.decided.low, each.requested) for each in (wide, narrow)]
    assert parts[1] > parts[0] / 3


def noise(indicator: str, year: int, known_on: date, number: int) -> FigureVersion:
    codes = series("requested", min(year, 2023)).figures
    structure = structure_of(year) if year < 2024 else Structure.Y2020
    figures = {code: Figure(number + place % 7, Status.OK) for place, code in enumerate(codes)}
    return madeup.version(indicator, {str(year): figures}, structure=structure, known_on=known_on)


def known_later(day: date, number: int, *, before: bool = False) -> Layers:
    """Return layers in which all that became known after a day is noise; with `before`, what was known by then is."""
    versions = []
    for year in range(2012, 2024):
        for indicator in ("requested_first", "requested", "decided", "settled"):
            try:
                known_on = series(indicator, year).known_on
            except NoFigures:
                continue
            if (known_on <= day) is before:
                versions.append(noise(indicator, year, known_on, number))
    return madeup.layers(*versions)


@pytest.mark.parametrize(
    ("year", "day"), [(2019, "2019-03-01"), (2020, "2019-10-24"), (2021, "2021-04-01"), (2022, "2022-03-18")]
)
@pytest.mark.parametrize("number", [0, 50])
def test_what_became_known_later_may_be_anything_and_no_byte_changes(year: int, day: str, number: int) -> None:
    at = date.fromisoformat(day)
    plain = expected_answers(known_answers(year, at))
    for layers, same in ((known_later(at, number), True), (known_later(at, number, before=True), False)):
        assert (repr(expected_answers(known_answers(year, at, layers), layers)) == repr(plain)) is same


def test_the_same_day_gives_the_same_numbers() -> None:
    known = known_answers(2022, date(2022, 3, 18))
    assert repr(expected_answers(known)) == repr(expected_answers(known))
    assert expected_answers(known).nation.decided == AnswerRange(30103, 31708, 39859)
