"""A reform as one proposal: those of 2020 and 2024, and one made up for 2028."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.figures import NoFigures, Series, series
from bosett.geography import (
    BadReform,
    BadWord,
    Reform,
    SplitRule,
    Value,
    WordNeeded,
    asked_of_person,
    carry,
    carry_over,
    change_rows,
    municipalities,
    reform_of,
    shipped_reform,
)

DAY = date(2028, 1, 1)
# Made up: two merge, one is split in two, one is shared by a new and an old one, one gets another number.
BEFORE = ("0101", "0102", "0103", "0104", "0105", "0106")
AFTER = ("0102", "0107", "0108", "0109", "0201", "0106")
CHANGES = (
    ("0101", "0107"),
    ("0102", "0107"),
    ("0103", "0108"),
    ("0103", "0109"),
    ("0104", "0201"),
    ("0105", "0109"),
    ("0105", "0102"),
)
OFFICIAL = {("0103", "0108"): Fraction(3, 4), ("0103", "0109"): Fraction(1, 4)}


@pytest.fixture
def made_up() -> Reform:
    return reform_of(DAY, BEFORE, AFTER, CHANGES, OFFICIAL)


def test_what_merges_splits_and_is_renumbered(made_up: Reform) -> None:
    assert made_up.renumbered == (("0104", "0201"),)
    assert [(each.code, each.parts) for each in made_up.merged] == [
        ("0107", ("0101", "0102")),
        ("0109", ("0103", "0105")),
    ]
    assert [(each.code, each.receivers, each.weights) for each in made_up.split] == [
        ("0103", ("0108", "0109"), {"0108": Fraction(3, 4), "0109": Fraction(1, 4)}),
        ("0105", ("0102", "0109"), None),
    ]
    assert made_up.unchanged == ("0106",)
    assert made_up.split_counties == {"01": ("01", "02")}


def test_a_person_is_asked_for_what_has_a_figure_and_no_official_weights(made_up: Reform) -> None:
    known: dict[str, dict[str, Value]] = {
        "people": dict.fromkeys(BEFORE, 100),
        "few": {"0105": 0, "0103": 8},
        "unknown": {"0105": None},
    }
    (asked,) = asked_of_person(made_up, known)
    assert (asked.series, asked.code, asked.value, asked.receivers) == ("people", "0105", 100, ("0102", "0109"))
    percent = asked_of_person(made_up, {"pct": dict.fromkeys(BEFORE, Fraction(61, 2))}, frozenset({"pct"}))
    assert [(each.code, each.receivers, each.adds_up) for each in percent] == [
        ("0102", ("0105",), False),
        ("0107", ("0101", "0102"), False),
        ("0108", ("0103",), False),
        ("0109", ("0103", "0105"), False),
    ]


def test_a_figure_is_carried_by_official_weights_and_by_a_persons_word(made_up: Reform) -> None:
    values = {"0101": 10, "0102": 20, "0103": 40, "0104": 5, "0105": 9, "0106": 7}
    with pytest.raises(WordNeeded, match=r"^0105 is split on 2028-01-01 into 0102 and 0109 without official weights"):
        carry_over(made_up, values)
    word = {"0105": {"0102": Fraction(1, 3), "0109": Fraction(2, 3)}}
    carried = carry_over(made_up, values, word)
    assert carried == {"0102": 3, "0106": 7, "0107": 30, "0108": 30, "0109": 16, "0201": 5}
    assert sum(value or 0 for value in carried.values()) == sum(values.values())
    assert carry_over(made_up, values, {"0105": None})["0109"] is None
    assert carry_over(made_up, {**values, "0105": 0})["0102"] == 0


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"0102": Fraction(1, 3), "0109": Fraction(1, 3)}, "are 1/3, 1/3"),
        ({"0102": Fraction(2), "0109": Fraction(-1)}, "are 2, -1"),
        ({"0102": Fraction(1)}, "are of 0102"),
        ({}, "are of nobody"),
    ],
)
def test_a_word_that_does_not_share(made_up: Reform, parts: Mapping[str, Fraction], why: str) -> None:
    with pytest.raises(BadWord, match=why):
        carry_over(made_up, {"0105": 9}, {"0105": parts})


@pytest.mark.parametrize(
    ("before", "after", "changes", "weights", "what"),
    [
        (BEFORE, AFTER, CHANGES[1:], {}, "0101 is gone, and nothing tells what it became"),
        (BEFORE, (*AFTER, "0110"), CHANGES, {}, "0110 is new, and nothing tells what it was"),
        (BEFORE, AFTER, (*CHANGES, ("0199", "0107")), {}, "0199 is told to become 0107, and is not in the list before"),
        (BEFORE, AFTER, (*CHANGES, ("0101", "0199")), {}, "0101 is told to become 0199, which is not in the new list"),
        (BEFORE, AFTER, CHANGES, {("0103", "0108"): Fraction(1)}, "the weights of 0103 are 1, none"),
        (BEFORE, AFTER, CHANGES, {**OFFICIAL, ("0103", "0109"): Fraction(1, 3)}, "the weights of 0103 are 3/4, 1/3"),
        (BEFORE, AFTER, CHANGES, {("0103", "0107"): Fraction(1)}, "for 0103 to 0107, which is no change"),
    ],
)
def test_what_is_not_whole_is_refused(
    before: tuple[str, ...],
    after: tuple[str, ...],
    changes: tuple[tuple[str, str], ...],
    weights: Mapping[tuple[str, str], Fraction],
    what: str,
) -> None:
    with pytest.raises(BadReform, match=what):
        reform_of(DAY, before, after, changes, weights)


@pytest.mark.parametrize("structure", [Structure.Y2020, Structure.Y2024])
def test_the_shipped_reforms_from_their_codes_and_changes(structure: Structure) -> None:
    """Klass tells codes of two days and the changes; the kinds that follow are those that are shipped."""
    rows = [row for row in table("municipality_changes") if row["valid_from"] == f"{structure.value}-01-01"]
    changes = [(row["old_code"], row["new_code"]) for row in rows if row["kind"] != "unchanged"]
    weights = {
        (row["old_code"], row["new_code"]): Fraction(row["weight"])
        for row in rows
        if row["kind"] == "split" and row["weight"]
    }
    before = [place.code for place in municipalities(structure.value - 1)]
    after = [place.code for place in municipalities(structure.value)]
    made = reform_of(date(structure.value, 1, 1), before, after, changes, weights)
    shipped = shipped_reform(structure)
    assert dict(made.forward) == dict(shipped.forward)
    assert dict(made.backward) == dict(shipped.backward)
    assert [{**row, "weight": row["weight"] and Fraction(row["weight"])} for row in change_rows(made)] == [
        {**row, "weight": row["weight"] and Fraction(row["weight"])} for row in rows
    ]


def test_the_reform_of_2020_asks_for_two_and_that_of_2024_for_none() -> None:
    people = {"population": series("population", 2019).values()}
    asked = asked_of_person(shipped_reform(Structure.Y2020), people)
    assert [(each.code, each.receivers) for each in asked] == [
        ("1850", ("1806", "1875")),
        ("5012", ("5055", "5056", "5059")),
    ]
    people = {"population": series("population", 2023).values()}
    assert asked_of_person(shipped_reform(Structure.Y2024), people) == ()
    assert [each.code for each in shipped_reform(Structure.Y2024).split] == ["1507"]
    assert set(shipped_reform(Structure.Y2024).split_counties) == {"30", "38", "54"}


def parted(reform: Reform) -> dict[str, dict[str, Fraction]]:
    """Return a word for every split without official weights: equal parts."""
    return {
        each.code: dict.fromkeys(each.receivers, Fraction(1, len(each.receivers)))
        for each in reform.split
        if each.weights is None
    }


def last_before(name: str, structure: Structure) -> Series:
    """Return the last figures that stand in the codes before a reform."""
    old = max(each for each in Structure if each < structure)
    for year in range(structure.value - 1, 2010, -1):
        with suppress(NoFigures):
            return series(name, year, structure=old)
    raise LookupError(name)


@pytest.mark.parametrize("name", ["population", "immigrants", "requested_first", "requested", "decided", "settled"])
@pytest.mark.parametrize("structure", [Structure.Y2020, Structure.Y2024])
def test_every_shipped_series_adds_up_in_old_and_new_codes(name: str, structure: Structure) -> None:
    reform, before = shipped_reform(structure), last_before(name, structure)
    values: dict[str, Value] = dict.fromkeys(reform.forward, 0)
    values.update(before.values())
    carried = carry_over(reform, values, parted(reform))
    assert set(carried) == set(reform.backward)
    assert sum(value or 0 for value in carried.values()) == before.total() > 0
    assert carried == carry(values, structure.value - 1, structure.value, SplitRule.EQUAL)


CODES = [f"{number:04d}" for number in range(1, 10)]


@st.composite
def reforms(draw: st.DrawFn) -> Reform:
    """Draw a reform in which anything may happen to anybody."""
    before = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    after = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    changes = {(code, into) for code in before for into in draw(st.sets(st.sampled_from(after), max_size=3))}
    changed = {code for code, _ in changes}
    changes |= {(code, draw(st.sampled_from(after))) for code in before if code not in changed and code not in after}
    reached = {into for _, into in changes} | {code for code in before if code not in {each for each, _ in changes}}
    changes |= {(draw(st.sampled_from(before)), code) for code in after if code not in reached}
    try:
        return reform_of(DAY, before, after, changes)
    except BadReform:
        assume(False)
        raise


@given(reforms(), st.data())
def test_whatever_the_reform_nobody_is_lost_or_made(reform: Reform, data: st.DataObject) -> None:
    values = {code: data.draw(st.integers(0, 1000)) for code in reform.forward}
    words = {}
    for each in reform.split:
        shares = data.draw(st.lists(st.integers(1, 9), min_size=len(each.receivers), max_size=len(each.receivers)))
        words[each.code] = {
            code: Fraction(share, sum(shares)) for code, share in zip(each.receivers, shares, strict=True)
        }
    carried = carry_over(reform, values, words)
    assert set(carried) == set(reform.backward)
    assert sum(Fraction(value or 0) for value in carried.values()) == sum(values.values())
    asked = {each.code for each in asked_of_person(reform, {"people": values})}
    assert asked == {each.code for each in reform.split if values[each.code]}
    kinds = [*(each.code for each in reform.split), *reform.unchanged, *(code for code, _ in reform.renumbered)]
    merged_whole = [
        code for code, parts in reform.forward.items() if len(parts) == 1 and len(reform.backward[parts[0].code]) > 1
    ]
    assert sorted([*kinds, *merged_whole]) == sorted(reform.forward)


@given(reforms())
def test_missing_is_never_nobody(reform: Reform) -> None:
    nothing: dict[str, Value] = dict.fromkeys(reform.forward)
    assert set(carry_over(reform, nothing).values()) == {None}
    assert asked_of_person(reform, {"people": nothing}) == ()
