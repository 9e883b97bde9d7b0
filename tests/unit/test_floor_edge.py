"""The edge of the floor, worked by hand: who stands there, for how many years, and who came in or fell out."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from bosett.apportion import Problem, Recipient, Shared, share_out
from bosett.documents.floor_edge import edge_lines, edge_section
from bosett.geography import was
from bosett.parameters import CriteriaChoice, load_shipped
from bosett.rounds.floor_edge import (
    EdgeBasis,
    EdgePlace,
    EdgeYear,
    HeldYear,
    first_left,
    floor_edge,
    last_asked,
    row_of,
    turns,
    years_before,
)
from bosett.rounds.kinds import Mode
from bosett.rounds.run import Sharing, share_round
from bosett.rounds.what_if import what_if
from bosett.stages.criteria import Claims

DAY = date(2020, 6, 30)
HALDEN, STAVANGER, SOLA, ENEBAKK = "3001", "1103", "1124", "3028"
"""Halden is 0101 until 2019; Stavanger was merged of three in 2020; Sola is what it was."""


def shared(claims: dict[str, int], total: int, floor: int = 10) -> Sharing:
    problem = Problem.of(total, [Recipient(code, Fraction(claim), floor) for code, claim in claims.items()])
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)
    nothing = Claims({}, (), Fraction(0), {}, {}, {})
    return Sharing(nothing, None, {}, {"NO": problem}, {"NO": outcome})


def year(at: int, *, asked: bool | None = True, near: bool | None = None, basis: EdgeBasis | None = None) -> EdgeYear:
    return EdgeYear(at, asked, near, basis)


def place(scaled: str, *, asked: bool = False) -> EdgePlace:
    return EdgePlace(SOLA, asked, Fraction(scaled), Fraction(5))


def test_the_scaled_share_is_that_among_those_who_are_asked() -> None:
    # 34 persons: A and B alone are asked, and have 160 of claim between them. So C has 12 x 34/160 = 2.55 persons.
    edge = floor_edge(shared({"A": 100, "B": 60, "C": 12, "D": 5}, 34))
    assert {code: each.scaled for code, each in edge.items()} == {
        "A": Fraction(34 * 100, 160),
        "B": Fraction(34 * 60, 160),
        "C": Fraction(255, 100),
        "D": Fraction(34 * 5, 160),
    }
    assert {code for code, each in edge.items() if each.asked} == {"A", "B"}
    assert {code for code, each in edge.items() if each.near} == {"C"}
    assert {each.half for each in edge.values()} == {5}


@pytest.mark.parametrize(
    ("scaled", "near"),
    [("2.49", False), ("2.5", True), ("5", True), ("7.5", True), ("7.51", False), ("0", False), ("10", False)],
)
def test_the_edge_of_a_floor_of_10_goes_from_2_5_to_7_5(scaled: str, near: bool) -> None:
    assert place(scaled).near is near


def test_a_sharing_without_a_floor_has_no_edge() -> None:
    assert floor_edge(shared({"A": 100, "B": 1}, 10, floor=1)) == {}


def test_the_nearest_on_each_side_stand_first() -> None:
    edge = floor_edge(shared({"A": 100, "B": 60, "C": 12, "D": 5}, 34))
    assert [each.code for each in last_asked(edge)] == ["B", "A"]
    assert [each.code for each in first_left(edge)] == ["C", "D"]
    assert [each.code for each in first_left(edge, 1)] == ["C"]


def test_who_is_asked_stands_above_who_is_not_in_each_county_of_a_round() -> None:
    """The edge lies between them, by another way than the engine's: no number of it is used in the comparison."""
    file = load_shipped("no-2021-reference")
    sharing = share_round(file, 2021, 5025, Mode.COUNTIES)
    edge = floor_edge(sharing)
    assert edge.keys() == sharing.numbers.keys()
    for problem in sharing.problems.values():
        own = [edge[who.id] for who in problem.recipients]
        asked, left = ([each for each in own if each.asked is side] for side in (True, False))
        assert all(one.scaled > other.scaled for one, other in product(asked, left))


def test_what_the_page_says_of_last_year_s_requests_and_of_population() -> None:
    file, parts = load_shipped("no-2021-reference"), ("continuity", "size", "work")
    ours = floor_edge(share_round(file, 2021, 5025, Mode.COUNTIES))
    assert {code for code, each in ours.items() if each.near} == {ENEBAKK}
    population = CriteriaChoice(tuple((code, Fraction(code == "size")) for code in parts), 10)
    near = [each for each in what_if(file, population, 5025).edge.values() if each.near]
    assert (len(near), sum(each.asked for each in near)) == (124, 42)
    page = (Path(__file__).parents[2] / "docs/explanation/floor-edge.md").read_text(encoding="utf-8")
    assert "By population alone 124 would, and 42 of them would be asked." in page


def test_years_in_a_row_end_at_the_first_that_is_another_or_unknown() -> None:
    own, ours = EdgeBasis.HELD, EdgeBasis.REFERENCE
    row = row_of([year(2018, near=False), year(2019, near=True, basis=ours), year(2020, near=True, basis=own)])
    assert (row.years, row.is_whole, row.basis) == (3, True, (own, ours))
    row = row_of([year(2018, near=True, basis=own), year(2019), year(2020, near=True, basis=own)])
    assert (row.years, row.is_whole) == (2, False), "nobody knows of 2019"
    assert row_of([year(2020, near=False, basis=own)]).years == 1
    assert not row_of([]).is_whole


def test_in_and_out_are_told_over_what_is_unknown() -> None:
    years = [year(2016), year(2017, asked=None), year(2018, asked=False), year(2019, asked=False), year(2020)]
    assert [(one.year, other.year) for one, other in turns(years)] == [(2016, 2018), (2019, 2020)]


def test_what_was_asked_before_is_what_was_published() -> None:
    # Enebakk was asked in 2017 and not in 2019; of 2018 IMDi's table has nothing.
    known = {each.year: each.asked for each in years_before(ENEBAKK, 2021, DAY, {})}
    assert known == {2015: True, 2016: True, 2017: True, 2018: None, 2019: False, 2020: False}


def test_a_year_is_computed_by_its_own_criteria_and_where_they_are_not_known_by_our_model() -> None:
    basis = {each.year: each.basis for each in years_before(SOLA, 2021, DAY, {})}
    assert basis == {**dict.fromkeys(range(2015, 2020)), 2020: EdgeBasis.REFERENCE}
    assert {each.basis for each in years_before(SOLA, 2021, date(2019, 6, 1), {})} == {None}, "not known that day"


def test_a_round_that_was_held_here_is_told_by_its_own_run_in_the_codes_of_its_year() -> None:
    kept_years = {2019: HeldYear({"0101": True, "1103": True}, {"0101": False, "1103": True})}
    halden = next(each for each in years_before(HALDEN, 2021, DAY, kept_years) if each.year == 2019)
    assert (halden.asked, halden.near, halden.basis) == (False, True, EdgeBasis.HELD)


def test_several_that_were_merged_had_each_their_own_place() -> None:
    assert len(was(STAVANGER, 2021, 2019)) == 3
    kept_years = {2019: HeldYear({"1103": True}, {"1103": True})}
    stavanger = next(each for each in years_before(STAVANGER, 2021, DAY, kept_years) if each.year == 2019)
    assert (stavanger.near, stavanger.basis) == (None, None)
    assert stavanger.asked, "the published requests are carried over the merger"


SENTENCES: Sequence[tuple[EdgePlace, Sequence[EdgeYear], str, str, str]] = (
    (
        place("6", asked=True),
        [
            year(2018, near=False, basis=EdgeBasis.HELD),
            year(2019, near=True, basis=EdgeBasis.HELD),
            year(2020, near=True, basis=EdgeBasis.HELD),
        ],
        "På kanten 3. år på rad. Anmodet hvert år som er kjent, fra 2018 til 2020.",
        "På kanten 3. året på rad. Oppmoda kvart år som er kjent, frå 2018 til 2020.",
        "At the edge for 3 years in a row. Asked in each year that is known, from 2018 to 2020.",
    ),
    (
        place("3"),
        [year(2019, asked=True), year(2020, asked=False, near=True, basis=EdgeBasis.REFERENCE)],
        (
            "På kanten 2. år på rad, så langt det er kjent. "
            "For 2020 er kanten regnet ut etter Bosetts referansemodell. Anmodet i 2019, ikke i 2020."
        ),
        (
            "På kanten 2. året på rad, så langt det er kjent. "
            "For 2020 er kanten rekna ut etter Bosetts referansemodell. Oppmoda i 2019, ikkje i 2020."
        ),
        (
            "At the edge for 2 years in a row, as far as is known. For 2020 the edge is computed by Bosett's reference "
            "model (Bosetts referansemodell). Asked in 2019, not in 2020."
        ),
    ),
    (
        place("3"),
        [year(2019, asked=None), year(2020, asked=None)],
        "På kanten i 2021. Om 2020 er det ikke kjent. Om kommunen ble anmodet, er ukjent for 2019, 2020.",
        "På kanten i 2021. Om 2020 er det ikkje kjent. Om kommunen vart oppmoda, er ukjent for 2019, 2020.",
        "At the edge in 2021. Of 2020 it is not known. Whether it was asked is unknown for 2019, 2020.",
    ),
    (
        place("3"),
        [year(2019, asked=False), year(2020, asked=True, near=False, basis=EdgeBasis.OFFICIAL)],
        (
            "På kanten i 2021, ikke i 2020. For 2020 er kanten regnet ut etter de vedtatte kriteriene. "
            "Ikke anmodet i 2019, anmodet i 2020."
        ),
        (
            "På kanten i 2021, ikkje i 2020. For 2020 er kanten rekna ut etter dei vedtekne kriteria. "
            "Ikkje oppmoda i 2019, oppmoda i 2020."
        ),
        (
            "At the edge in 2021, not in 2020. For 2020 the edge is computed by the adopted criteria. "
            "Not asked in 2019, asked in 2020."
        ),
    ),
    (
        place("1"),
        [year(2020, asked=False)],
        "Ikke på kanten i 2021. Ikke anmodet i noe år som er kjent, fra 2020 til 2020.",
        "Ikkje på kanten i 2021. Ikkje oppmoda i noko år som er kjent, frå 2020 til 2020.",
        "Not at the edge in 2021. Not asked in any year that is known, from 2020 to 2020.",
    ),
)


@pytest.mark.parametrize(("at", "years", "nb", "nn", "en"), SENTENCES)
def test_it_is_told_in_plain_words(at: EdgePlace, years: Sequence[EdgeYear], nb: str, nn: str, en: str) -> None:
    assert {language: " ".join(edge_lines(at, 2021, years, language)) for language in ("nb", "nn", "en")} == {
        "nb": nb,
        "nn": nn,
        "en": en,
    }


def test_an_explained_number_says_where_the_edge_lies() -> None:
    section = edge_section(place("2.55"), 2021, [], "nb")
    assert section.heading == "På kanten av minstetallet"
    assert section.lines[0] == (
        "Kommunens andel blant dem som anmodes, er 2,55. Minstetallet er 10, og kanten mellom å bli anmodet og ikke "
        "går ved 5,0."
    )
