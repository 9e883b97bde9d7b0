"""The diagnosis, on figures small enough to work by hand (docs/explanation/diagnosis.md) and on the real round."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from bosett.apportion import Shared
from bosett.parameters import CriteriaFile, load_shipped
from bosett.rounds.diagnose import NoPopulation, Unlike, _population_parts, _unlike, _weighed, diagnose, r_squared
from bosett.rounds.kinds import Mode
from bosett.rounds.run import Sharing, population_known, share_claims
from bosett.stages.criteria import Claims, Measured

A, B, C = "0301", "1101", "4601"


def parts(a: str, b: str, c: str) -> dict[str, Fraction]:
    return {A: Fraction(a), B: Fraction(b), C: Fraction(c)}


POPULATION = parts("0.5", "0.3", "0.2")


def made_up(measures: Mapping[str, tuple[str, Mapping[str, Fraction]]]) -> Claims:
    """Return claims of three places by criteria given as weight and parts."""
    criterion = load_shipped("no-2021-reference").criteria[0]
    measured = tuple(
        Measured(replace(criterion, code=code, weight=Fraction(weight)), Fraction(weight), each, ())
        for code, (weight, each) in measures.items()
    )
    claims = {place: sum(each.weight * each.parts[place] for each in measured) for place in (A, B, C)}
    return Claims(
        claims={place: Fraction(claim) for place, claim in claims.items()},
        measured=measured,
        unassigned=Fraction(0),
        left_out={},
        bounds=dict.fromkeys((A, B, C), (0, None)),
        bound_figures={},
    )


@pytest.fixture
def file() -> CriteriaFile:
    return load_shipped("no-2021-reference")


def test_the_example_of_the_page(file: CriteriaFile) -> None:
    """Jobs is stated at one half and decides 15 of 100; size is population itself and decides nothing of its own."""
    jobs = parts("0.2", "0.3", "0.5")
    sharing = share_claims(made_up({"size": ("1/2", POPULATION), "jobs": ("1/2", jobs)}), file, 100, Mode.NATION)
    assert sharing.numbers == {A: 35, B: 30, C: 35}
    size, work = (_weighed(sharing, file, Mode.NATION, each, POPULATION) for each in sharing.claims.measured)
    assert (size.criterion, size.stated) == ("size", Fraction(1, 2))
    assert size.real == 0
    assert size.r2_population == 1
    assert (work.criterion, work.stated, work.real) == ("jobs", Fraction(1, 2), Fraction(15, 100))
    assert work.r2_population == Fraction(169, 196)


def test_a_criterion_alone_against_population(file: CriteriaFile) -> None:
    """By jobs alone 20, 30 and 50; by population 50, 30 and 20: 30 of 100 people are somewhere else."""
    sharing = share_claims(made_up({"jobs": ("1", parts("0.2", "0.3", "0.5"))}), file, 100, Mode.NATION)
    (weighed,) = (_weighed(sharing, file, Mode.NATION, each, POPULATION) for each in sharing.claims.measured)
    assert weighed.real == Fraction(30, 100)


def test_nobody_to_share_is_decided_by_nobody(file: CriteriaFile) -> None:
    sharing = share_claims(made_up({"size": ("1", POPULATION)}), file, 0, Mode.NATION)
    (weighed,) = (_weighed(sharing, file, Mode.NATION, each, POPULATION) for each in sharing.claims.measured)
    assert weighed.real == 0


@pytest.mark.parametrize(
    ("ys", "xs", "expected"),
    [
        ([1, 2, 3], [2, 4, 6], 1),
        ([3, 2, 1], [2, 4, 6], 1),  # falling is as strong as rising
        ([1, 2, 1], [1, 2, 3], 0),
        ([1, 2, 2], [1, 2, 3], Fraction(3, 4)),  # 1 x 1 of (2/3) x 2
        ([1, 1, 1], [1, 2, 3], None),
        ([1, 2, 3], [5, 5, 5], None),
        ([], [], None),
    ],
)
def test_r_squared_by_hand(ys: list[int], xs: list[int], expected: Fraction | None) -> None:
    assert r_squared([Fraction(y) for y in ys], [Fraction(x) for x in xs]) == expected


def test_unlike_pairs_by_hand() -> None:
    """A's claim is the largest and C got the most: two pairs; the wider difference comes first."""
    claims = replace(
        made_up({"size": ("1", POPULATION)}),
        claims=parts("0.5", "0.3", "0.2"),
        bounds=dict.fromkeys((A, B, C), (10, None)),
    )
    outcome = Shared(numbers={A: 20, B: 10, C: 25}, settled={})
    sharing = Sharing(claims, None, {A: "03", B: "11", C: "46"}, {}, {"NO": outcome})
    names = {A: "Oslo", B: "Eigersund", C: "Bergen"}
    assert _unlike(sharing, names) == [
        Unlike(B, "Eigersund", 10, C, "Bergen", 25),
        Unlike(A, "Oslo", 20, C, "Bergen", 25),
    ]
    # With a ceiling of its own the smaller number has another reason.
    own = replace(claims, bounds={A: (10, 20), B: (10, None), C: (10, None)})
    assert [pair.larger_claim for pair in _unlike(replace(sharing, claims=own), names)] == [B]


def test_population_that_is_not_known_is_refused(file: CriteriaFile) -> None:
    claims = replace(made_up({"size": ("1", POPULATION)}), claims={"9999": Fraction(1)})
    with pytest.raises(NoPopulation, match=r"^There is no population of 9999 known before the round of 2021"):
        _population_parts(file, claims, population_known(file))


def test_the_real_round_of_2021() -> None:
    diagnosis = diagnose(2021)
    assert {each.criterion: each.stated for each in diagnosis.weighed} == {
        "continuity": Fraction(3, 4),
        "size": Fraction(3, 20),
        "work": Fraction(1, 10),
    }
    continuity, size, work = diagnosis.weighed
    assert size.real == 0
    assert size.r2_population == 1
    assert 0 < work.real < Fraction(1, 100)
    assert continuity.real > Fraction(1, 10)
    for each in (continuity, work):
        assert each.r2_population is not None
        assert 0 < each.r2_population < 1
    assert diagnosis.unassigned == 0
    assert (
        sum(county.people for county in diagnosis.counties)
        == sum(county.straight for county in diagnosis.counties)
        == 5_025
    )
    assert sum(county.exact for county in diagnosis.counties) == 5_025
    assert diagnosis.distance is not None
    assert sum(group.persons for group in diagnosis.by_county.values()) == diagnosis.distance.persons
    assert sum(group.persons for group in diagnosis.by_size.values()) == diagnosis.distance.persons
    assert len(diagnosis.unlike) == min(diagnosis.pairs, 20)


def test_straight_from_the_nation_nobody_is_treated_unlike() -> None:
    diagnosis = diagnose(2021, mode=Mode.NATION)
    assert (diagnosis.pairs, diagnosis.unlike) == (0, ())
    assert all(county.people == county.straight for county in diagnosis.counties)
