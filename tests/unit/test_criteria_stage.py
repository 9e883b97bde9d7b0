"""From a criteria file and figures to exact claims: held against figures worked by hand, and against whole numbers."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import Shared, TieRule, share_out
from bosett.figures import SeriesNote
from bosett.parameters import Reading, load
from bosett.stages.allocation import municipal_problem
from bosett.stages.criteria import (
    Claims,
    Known,
    Lookup,
    NobodyHasAClaim,
    NothingToMeasure,
    _whole_root,
    claims_of,
    power,
)
from bosett.stages.targets import county_problem

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
Column = Mapping[str, Fraction | int | None]
WEIGHT = """
  - code: {code}
    kind: weight
    weight: {weight}
    wording: {{nb: a, nn: b, en: c}}
    wording_status: own
    source: made up
    {rest}"""
OTHER = """
  - code: {code}
    kind: {kind}
    wording: {{nb: a, nn: b, en: c}}
    wording_status: own
    source: made up
    {rest}"""
PEOPLE = "measure: [{indicator: people, year: 2020}]"


def note_of(indicator: str) -> SeriesNote:
    return SeriesNote(indicator, indicator, 2020, None, "made up", date(2020, 1, 1), by_county=False)


def figures(columns: Mapping[str, Column], county_of: Mapping[str, str] | None = None) -> Lookup:
    """Return a lookup of made-up figures; those whose name begins with `county_` are a county's."""

    def lookup(reading: Reading) -> Known:
        by_county = reading.indicator.startswith("county_")
        return Known(columns[reading.indicator], county_of if by_county else None, note_of(reading.indicator))

    return lookup


def claims_by(folder: Path, criteria: str, columns: Mapping[str, Column], county_of: Mapping[str, str]) -> Claims:
    path = folder / "trial.yaml"
    path.write_text(
        "id: t\nyear: 2021\nsort: reference\ntitle: {nb: a, nn: b, en: c}\nday: 2020-06-30\n"
        f"source: made up\nsource_date: today\ncriteria:{criteria}\n",
        encoding="utf-8",
    )
    return claims_of(load(path), list(county_of), figures(columns, county_of))


ABC = {"A": "K1", "B": "K1", "C": "K2"}


def test_koenigstein_by_hand() -> None:
    """Nord: 2/3 x 300/1000 + 1/3 x 100/500 = 3/15 + 1/15, and so on."""
    file = load(GOLDEN / "koenigstein.yaml")
    columns = {
        "tax_revenue": {"nord": 300, "sued": 500, "west": 200},
        "population": {"nord": 100, "sued": 300, "west": 100},
    }
    shares = claims_of(file, ["west", "nord", "sued"], figures(columns))
    assert shares.claims == {"nord": Fraction(4, 15), "sued": Fraction(8, 15), "west": Fraction(3, 15)}
    assert list(shares.claims) == ["nord", "sued", "west"]
    assert shares.unassigned == 0
    assert not shares.left_out
    outcome = share_out(municipal_problem(shares.claims, shares.bounds, 1500, None))
    assert isinstance(outcome, Shared)
    assert outcome.numbers == {"nord": 400, "sued": 800, "west": 300}


def test_the_norwegian_shape_of_2018_by_hand() -> None:
    file = load(GOLDEN / "norway-2018-shape.yaml")
    columns = {
        "population": {"A": 10_000, "B": 6_000, "C": 4_999, "D": 8_000},
        "unemployed_pct": {"A": 2, "B": 5, "C": 1, "D": 3},
        "programme_result_pct": {"A": 60, "B": 40, "C": 90, "D": 100},
    }
    shares = claims_of(file, ["A", "B", "C", "D"], figures(columns))
    # C is below 5 000 and takes no part in any sum.
    assert {code: step.text for code, step in shares.left_out.items()} == {"C": "over_5000: 4999 is below 5000"}
    size = [Fraction(10, 24), Fraction(6, 24), Fraction(8, 24)]
    work = [Fraction(98, 290), Fraction(95, 290), Fraction(97, 290)]
    results = [Fraction(60, 200), Fraction(40, 200), Fraction(100, 200)]
    by_hand = [
        Fraction(7, 10) * a + Fraction(2, 10) * b + Fraction(1, 10) * c
        for a, b, c in zip(size, work, results, strict=True)
    ]
    assert list(shares.claims.values()) == by_hand
    assert sum(shares.claims.values()) == 1
    assert shares.bounds == dict.fromkeys("ABD", (10, None))
    assert shares.bound_figures == {"over_5000": (note_of("population"),)}


def test_a_weight_without_figures_is_unassigned_and_never_filled(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="size", weight="0.6", rest=PEOPLE) + WEIGHT.format(
        code="results", weight="0.4", rest="not_computable: none were published"
    )
    shares = claims_by(tmp_path, criteria, {"people": {"A": 1, "B": 2, "C": 3}}, ABC)
    assert shares.claims == {"A": Fraction(1, 10), "B": Fraction(2, 10), "C": Fraction(3, 10)}
    assert shares.unassigned == Fraction(2, 5)


def test_an_unknown_weight_leaves_the_rest_unassigned(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="size", weight="0.25", rest=PEOPLE) + WEIGHT.format(
        code="results", weight="unknown", rest="not_computable: none were published"
    )
    shares = claims_by(tmp_path, criteria, {"people": {"A": 1, "B": 1, "C": 2}}, ABC)
    assert shares.unassigned == Fraction(3, 4)
    assert sum(shares.claims.values()) == Fraction(1, 4)


def test_nothing_to_measure_says_why(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="results", weight="1", rest="not_computable: none were published")
    with pytest.raises(NothingToMeasure, match=r"results: none were published\)\. Nothing is filled in by guess"):
        claims_by(tmp_path, criteria, {}, ABC)


def test_a_missing_figure_leaves_out_with_the_reason_and_the_others_share_all(tmp_path: Path) -> None:
    shares = claims_by(
        tmp_path, WEIGHT.format(code="size", weight="1", rest=PEOPLE), {"people": {"A": 1, "B": None, "C": 3}}, ABC
    )
    assert shares.claims == {"A": Fraction(1, 4), "C": Fraction(3, 4)}
    (left,) = shares.left_out.values()
    assert (left.rule, left.id, left.text) == ("no-figure", "B", "no figure for size")


def test_a_published_zero_is_a_figure_but_no_claim(tmp_path: Path) -> None:
    shares = claims_by(
        tmp_path, WEIGHT.format(code="size", weight="1", rest=PEOPLE), {"people": {"A": 1, "B": 0, "C": 3}}, ABC
    )
    assert {code: step.rule for code, step in shares.left_out.items()} == {"B": "no-claim"}


def test_a_zero_in_one_measure_of_two_leaves_the_other(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="size", weight="0.5", rest=PEOPLE) + WEIGHT.format(
        code="last", weight="0.5", rest="measure: [{indicator: last, year: 2020}]"
    )
    columns = {"people": {"A": 1, "B": 1, "C": 2}, "last": {"A": 0, "B": 30, "C": 10}}
    shares = claims_by(tmp_path, criteria, columns, ABC)
    assert shares.claims == {"A": Fraction(1, 8), "B": Fraction(1, 2), "C": Fraction(3, 8)}


def test_criteria_that_leave_nobody_are_refused(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="size", weight="1", rest=PEOPLE)
    with pytest.raises(NobodyHasAClaim, match=r"^By t no municipality has a claim \(for example A: every measure is 0"):
        claims_by(tmp_path, criteria, {"people": {"A": 0, "B": 0, "C": 0}}, ABC)


def test_eligibility_reads_hidden_figures_as_no_figure(tmp_path: Path) -> None:
    criteria = WEIGHT.format(code="size", weight="1", rest=PEOPLE) + OTHER.format(
        code="big", kind="eligibility", rest="{reading: {indicator: other, year: 2020}, at_least: 7/2}"[1:-1]
    ).replace("}, at_least", "}\n    at_least")
    columns: dict[str, Column] = {"people": {"A": 1, "B": 2, "C": 3}, "other": {"A": 3, "B": 4, "C": None}}
    shares = claims_by(tmp_path, criteria, columns, ABC)
    assert shares.claims == {"B": Fraction(1)}
    assert {code: step.text for code, step in shares.left_out.items()} == {
        "A": "big: 3 is below 7/2",
        "C": "no figure for big",
    }
    assert shares.left_out["A"].facts == {"criterion": "big", "value": "3", "at_least": "7/2"}


def test_bounds_meet_and_a_corridor_is_rounded_inwards(tmp_path: Path) -> None:
    criteria = (
        WEIGHT.format(code="size", weight="1", rest=PEOPLE)
        + OTHER.format(code="floor", kind="bound", rest="least: 10\n    most: 40")
        + OTHER.format(code="near", kind="bound", rest="corridor: {indicator: last, year: 2020, from: 0.85, to: 1.15}")
    )
    columns: dict[str, Column] = {"people": {"A": 1, "B": 2, "C": 3}, "last": {"A": 21, "B": None, "C": 50}}
    shares = claims_by(tmp_path, criteria, columns, ABC)
    # A: 17.85 to 24.15 persons; B had no figure; C: 42.5 to 57.5, but at most 40.
    assert shares.bounds == {"A": (18, 24), "B": (10, 40), "C": (43, 40)}
    assert shares.bound_figures == {"near": (note_of("last"),)}


def test_a_ceiling_of_one_s_own_holds_where_there_is_a_figure_and_0_is_one(tmp_path: Path) -> None:
    criteria = (
        WEIGHT.format(code="size", weight="1", rest=PEOPLE)
        + OTHER.format(code="floor", kind="bound", rest="least: 10")
        + OTHER.format(code="room", kind="bound", rest="ceiling: {indicator: room, year: 2020}")
    )
    room: Column = {"A": 12, "B": None, "C": 0, "D": 7}
    columns: dict[str, Column] = {"people": {"A": 1, "B": 2, "C": 3, "D": 4}, "room": room}
    shares = claims_by(tmp_path, criteria, columns, ABC | {"D": "K2"})
    assert shares.bounds == {"A": (10, 12), "B": (10, None), "C": (10, 0), "D": (10, 7)}
    assert shares.bound_figures == {"room": (note_of("room"),)}
    # Whose ceiling is below the floor is not asked: A has 12, and B the rest.
    outcome = share_out(municipal_problem(shares.claims, shares.bounds, 40, None))
    assert isinstance(outcome, Shared)
    assert outcome.numbers == {"A": 12, "B": 28, "C": 0, "D": 0}


def test_a_county_figure_is_divided_by_the_countys_own_sum(tmp_path: Path) -> None:
    """K1: 100 of 4 000 without work, so 40 people for each; K2: 25 of 2 000, so 80."""
    measure = (
        "measure:\n      - {indicator: people, year: 2020}\n"
        "      - {indicator: county_idle, year: 2020, month: 2, per: {indicator: people, year: 2020}, power: -1}"
    )
    columns: dict[str, Column] = {
        "people": {"A": 3_000, "B": 1_000, "C": 2_000},
        "county_idle": {"A": 100, "B": 100, "C": 25},
    }
    shares = claims_by(tmp_path, WEIGHT.format(code="work", weight="1", rest=measure), columns, ABC)
    assert shares.claims == {"A": Fraction(3, 8), "B": Fraction(1, 8), "C": Fraction(1, 2)}
    assert shares.measured[0].figures == (note_of("people"), note_of("county_idle"), note_of("people"))
    # Without the population of B the county's sum is not known, so neither A nor B has a figure.
    columns["people"] = {"A": 3_000, "B": None, "C": 2_000}
    shares = claims_by(tmp_path, WEIGHT.format(code="work", weight="1", rest=measure), columns, ABC)
    assert set(shares.left_out) == {"A", "B"}


def test_a_figure_per_nothing_or_below_nothing_is_no_figure(tmp_path: Path) -> None:
    measure = "measure: [{indicator: people, year: 2020, per: {indicator: last, year: 2020}, complement_of: 2}]"
    columns: dict[str, Column] = {"people": {"A": 1, "B": 3, "C": 1}, "last": {"A": 1, "B": 1, "C": 0}}
    shares = claims_by(tmp_path, WEIGHT.format(code="gap", weight="1", rest=measure), columns, ABC)
    assert shares.claims == {"A": Fraction(1)}
    assert set(shares.left_out) == {"B", "C"}


def test_the_order_of_municipalities_does_not_matter(tmp_path: Path) -> None:
    columns = {"people": {"A": 5, "B": 2, "C": 3}}
    criteria = WEIGHT.format(code="size", weight="1", rest=PEOPLE)
    turned = {code: ABC[code] for code in "CBA"}
    assert claims_by(tmp_path, criteria, columns, ABC) == claims_by(tmp_path, criteria, columns, turned)


def test_county_targets_share_over_the_sums_of_claims() -> None:
    claims = {"A": Fraction(1, 8), "B": Fraction(3, 8), "C": Fraction(1, 2)}
    problem = county_problem(claims, ABC, 11, TieRule.ID)
    assert [(who.id, who.claim, who.least, who.most) for who in problem.recipients] == [
        ("K1", Fraction(1, 2), 0, None),
        ("K2", Fraction(1, 2), 0, None),
    ]
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)
    assert outcome.numbers == {"K1": 6, "K2": 5}


@given(st.integers(0, 10**60), st.integers(2, 8))
def test_a_whole_root_is_the_largest_that_fits(value: int, degree: int) -> None:
    root = _whole_root(value, degree)
    assert root**degree <= value < (root + 1) ** degree


@given(st.integers(1, 10**9), st.integers(2, 8))
def test_a_whole_root_at_the_edges(root: int, degree: int) -> None:
    power_of_it = root**degree
    assert [_whole_root(power_of_it + beside, degree) for beside in (-1, 0, 1)] == [root - 1, root, root]


bases = st.fractions(min_value=0, max_value=10**9, max_denominator=10**6)


@given(bases, st.integers(1, 8), st.integers(2, 8), st.integers(0, 8))
def test_a_root_is_rounded_half_up_exactly(base: Fraction, over: int, under: int, digits: int) -> None:
    exponent = Fraction(over, under)
    if exponent.denominator == 1:
        return
    root = power(base, exponent, digits)
    assert root is not None
    units = root * 10**digits
    assert units.denominator == 1
    # units - 1/2 <= 10^digits x root < units + 1/2, raised to the degree and cleared of fractions.
    raised, degree = base**exponent.numerator, exponent.denominator
    scaled = raised.numerator * (2 * 10**digits) ** degree
    twice = 2 * int(units)
    assert twice == 0 or (twice - 1) ** degree * raised.denominator <= scaled
    assert scaled < (twice + 1) ** degree * raised.denominator


@given(bases, st.integers(-8, 8).filter(bool))
def test_a_whole_power_is_exact(base: Fraction, exponent: int) -> None:
    if base:
        assert power(base, Fraction(exponent), None) == base**exponent
    else:
        assert power(base, Fraction(exponent), None) == (None if exponent < 0 else 0)


@pytest.mark.parametrize(
    ("base", "exponent", "digits", "expected"),
    [
        (Fraction(1, 4), Fraction(1, 2), 0, 1),  # 0.5 is rounded up
        (Fraction(9, 4), Fraction(1, 2), 0, 2),  # and so is 1.5
        (Fraction(2), Fraction(1, 2), 3, Fraction(1414, 1000)),
        (Fraction(2), Fraction(-1, 2), 1, Fraction(10, 14)),  # rounded first, then turned over
        (Fraction(1, 100), Fraction(-1, 2), 0, None),  # 0.1 is rounded to 0, and nothing goes into 0
        (Fraction(27), Fraction(2, 3), 0, 9),
        (Fraction(-1), Fraction(1), None, None),
        (Fraction(0), Fraction(1, 2), 2, 0),
    ],
)
def test_powers_by_hand(base: Fraction, exponent: Fraction, digits: int | None, expected: Fraction | None) -> None:
    assert power(base, exponent, digits) == expected
