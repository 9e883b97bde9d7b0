"""Layers of figures: what is accepted stands above what is shipped, by whole times, as known on the day asked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import madeup
from bosett.basis.structures import Structure
from bosett.documents.words import figure_line
from bosett.figures import (
    SHIPPED,
    EventsInDisorder,
    Figure,
    FigureVersion,
    Layers,
    Level,
    NoFigures,
    NotKnownYet,
    Status,
    TakenBack,
    country,
    indicators,
    layers_of,
    national_total,
    national_totals,
    require_known_by,
    series,
)
from bosett.rounds.history import history, requests_before
from bosett.rounds.population import inhabitants
from bosett.rounds.run import compute, first_total

DAY = date(2026, 6, 30)


def test_the_shipped_figures_have_nothing_accepted() -> None:
    assert (SHIPPED.accepted, SHIPPED.sha256) == ((), "")
    assert Layers(()) == SHIPPED
    assert hash(Layers(())) == hash(SHIPPED)


def test_an_accepted_time_is_read_whole_and_the_others_from_below() -> None:
    above = madeup.layers(
        madeup.version("population", {"2021": madeup.persons({"0301": 7})}, structure=Structure.Y2020)
    )
    people = series("population", 2021, figures=above)
    assert (people.figures["0301"], people.publisher) == (Figure(7, Status.OK), madeup.MADE_UP)
    assert people.figures["1103"] == Figure(None, Status.MISSING)
    assert list(people.figures) == list(series("population", 2021).figures)
    assert people.accepted is not None
    assert (people.accepted.time, people.accepted.sha256) == ("2021", above.accepted[0].sha256)
    for year in (2020, 2022):
        assert series("population", year, figures=above) == series("population", year)
    for name in ("immigrants", "population_0_17"):
        assert series(name, 2021, figures=above) == series(name, 2021)


def test_another_structure_of_the_same_time_is_not_touched() -> None:
    above = madeup.layers(madeup.everywhere("population", "2021"))
    assert series("population", 2021, figures=above) == series("population", 2021)
    assert series("population", 2021, structure=Structure.Y2024, figures=above).publisher == madeup.MADE_UP


def test_the_one_accepted_last_counts_of_those_known_by_the_day() -> None:
    early, late = (madeup.requests_of_2026(), replace(madeup.requests_of_2026(), known_on=date(2026, 8, 1)))
    above = madeup.layers(early, late)
    assert series("requested", 2026, figures=above).known_on == late.known_on
    assert series("requested", 2026, day=DAY, figures=above).known_on == early.known_on
    assert series("requested", 2026, day=date(2026, 8, 1), figures=above).known_on == late.known_on


def test_a_revised_figure_stands_as_it_was_shipped_until_the_revision_was_known() -> None:
    revised = madeup.version("population", {"2021": madeup.persons({"0301": 7})}, structure=Structure.Y2020)
    above = madeup.layers(revised)
    assert series("population", 2021, day=date(2021, 6, 30), figures=above) == series("population", 2021)
    assert series("population", 2021, day=revised.known_on, figures=above).accepted is not None


def test_what_was_known_later_is_refused() -> None:
    above = madeup.layers(replace(madeup.requests_of_2026(), known_on=date(2026, 8, 1)))
    requests = series("requested", 2026, day=DAY, figures=above)
    with pytest.raises(NotKnownYet, match="counts as known from 2026-08-01, and the run is of 2026-06-30"):
        require_known_by(requests, DAY)
    assert requests_before(2027, DAY, figures=above).note is None


def test_an_indicator_that_nothing_is_shipped_of() -> None:
    with pytest.raises(NoFigures, match=r"There are no figures on employed for 2026\. There are for no year at all\."):
        series("employed", 2026)
    above = madeup.layers(madeup.everywhere("employed", "2026"))
    assert len(series("employed", 2026, figures=above).values()) == 357
    assert (indicators()["employed"].years, indicators(above)["employed"].years) == ((), (2026,))
    with pytest.raises(NoFigures, match="There are for 2026"):
        series("employed", 2025, figures=above)
    with pytest.raises(NoFigures, match=r"2026 in the structure of 2020\. There are for 2026 in the structure of 2024"):
        series("employed", 2026, structure=Structure.Y2020, figures=above)


def test_a_month_by_county_is_added_up_to_the_counties_of_2020() -> None:
    counties = {"00": 100, **{code: int(code) for code in sorted(series("unemployed", 2026, month=1).figures)}}
    above = madeup.layers(madeup.version("unemployed", {"2020-03": madeup.persons(counties)}))
    unemployed = series("unemployed", 2020, month=3, figures=above)
    assert unemployed.figures["30"] == Figure(31 + 32 + 33, Status.OK)  # Viken is Østfold, Akershus and Buskerud
    assert unemployed.accepted is not None
    assert country("unemployed", 2020, month=3, figures=above) == Figure(100, Status.OK)
    assert country("unemployed", 2020, month=4, figures=above) == country("unemployed", 2020, month=4)


def test_an_accepted_national_total_stands_alone() -> None:
    above = madeup.layers(madeup.total_of_2027())
    (total,) = national_totals("requested_first", 2027, figures=above)
    assert (total.value, total.accepted is not None) == (9000, True)
    assert national_total("requested_first", 2027, figures=above) == total
    assert first_total(2027, above) == 9000
    assert national_totals("requested_first", 2021, figures=above) == national_totals("requested_first", 2021)
    with pytest.raises(NoFigures, match="There are for 2018-01"):
        country("unemployed", 2017, month=1, figures=above)
    with pytest.raises(NoFigures, match="2027"):
        national_total("requested_first", 2028, figures=above)
    with pytest.raises(NoFigures, match="the whole country: see the national totals"):
        series("national_requested_first", 2027, figures=above)


def test_taken_back_is_as_before() -> None:
    one, two = madeup.accepted(madeup.requests_of_2026(), madeup.total_of_2027())
    back = TakenBack(3, 2, date(2026, 12, 1), madeup.BY, "wrong year")
    assert layers_of([one, two], [back]) == layers_of([one]) == Layers((one,))
    assert layers_of([one, two]) != layers_of([one])
    assert layers_of([one], [TakenBack(2, 1, back.on, back.by, back.why)]) == SHIPPED


@pytest.mark.parametrize(
    ("back", "what"),
    [
        (TakenBack(1, 1, DAY, "Test", ""), "Event 1 of the accepted figures stands twice"),
        (TakenBack(3, 9, DAY, "Test", ""), "takes back 9, which was not accepted before it"),
        (TakenBack(0, 1, DAY, "Test", ""), "takes back 1, which was not accepted before it"),
    ],
)
def test_events_that_do_not_belong_together(back: TakenBack, what: str) -> None:
    with pytest.raises(EventsInDisorder, match=what):
        layers_of(madeup.accepted(madeup.requests_of_2026()), [back])
    twice = [TakenBack(2, 1, DAY, "Test", ""), TakenBack(3, 1, DAY, "Test", "")]
    with pytest.raises(EventsInDisorder, match="was taken back before"):
        layers_of(madeup.accepted(madeup.requests_of_2026()), twice)


def test_the_hash_covers_all_that_a_version_says() -> None:
    one = madeup.requests_of_2026()
    others = [
        replace(one, known_on=date(2026, 1, 16)),
        replace(one, source="elsewhere"),
        replace(one, raw_sha256="1" * 64),
        replace(one, published_on=date(2026, 1, 1)),
        replace(one, kept=(("2026", "0301"),)),
        replace(one, figures={"2026": {**one.figures["2026"], "0301": Figure(None, Status.HIDDEN)}}),
    ]
    assert len({one.sha256, *(each.sha256 for each in others)}) == 7
    assert replace(one) == one
    assert hash(replace(one)) == hash(one)


def test_what_is_looked_up_keeps_its_layers_apart() -> None:
    above = madeup.layers(madeup.requests_of_2026(), madeup.everywhere("population", "2026", add=5))
    assert requests_before(2027, DAY).note is None
    assert requests_before(2027, DAY, figures=above).note is not None
    assert inhabitants(2027, DAY) != inhabitants(2027, DAY, above)
    assert history(2027, DAY) != history(2027, DAY, above)
    assert history(2027, DAY, above)["0301"][-1].requested == madeup.requests_of_2026().figures["2026"]["0301"]


def test_a_run_names_the_versions_that_it_used_and_only_those() -> None:
    population = replace(
        madeup.version("population", {"2020": dict(series("population", 2020).figures)}, structure=Structure.Y2020),
        known_on=date(2020, 5, 1),
    )
    above = madeup.layers(population, madeup.everywhere("immigrants", "2020", Structure.Y2020))
    shipped, run = compute(2021), compute(2021, figures=above)
    assert shipped.figures == ()
    assert [(each.indicator, each.time, each.sha256) for each in run.figures] == [
        ("population", "2020", population.sha256)
    ]
    assert run.inputs_sha256 != shipped.inputs_sha256
    assert [line.number for county in run.counties for line in county.municipalities] == [
        line.number for county in shipped.counties for line in county.municipalities
    ]


@pytest.mark.parametrize(
    "beside",
    [
        madeup.everywhere("employed", "2020"),
        madeup.everywhere("requested_first", "2021"),
        madeup.everywhere("population", "2019", Structure.Y2020),
        madeup.everywhere("population", "2020", Structure.Y2019),
        # Revised, and known only after the round of 2021: that round sees what was shipped.
        replace(madeup.everywhere("population", "2020", Structure.Y2020), known_on=date(2020, 7, 1)),
        replace(madeup.everywhere("requested_first", "2020", Structure.Y2020), known_on=date(2020, 7, 1)),
    ],
    ids=lambda version: f"{version.indicator} {next(iter(version.figures))} {version.structure}",
)
def test_what_a_shipped_run_does_not_read_leaves_it_the_same(beside: FigureVersion) -> None:
    assert compute(2021, figures=madeup.layers(beside)) == compute(2021)


SOME = ("population", "immigrants", "requested_first", "requested", "decided", "settled")


@given(
    name=st.sampled_from(SOME),
    year=st.integers(2018, 2026),
    known=st.dates(date(2018, 1, 1), date(2026, 12, 31)),
    numbers=st.dictionaries(st.sampled_from(("0301", "1103", "4601")), st.integers(0, 999), min_size=1),
)
def test_accepted_figures_override_exactly_their_own_times(
    name: str, year: int, known: date, numbers: dict[str, int]
) -> None:
    given_version = replace(
        madeup.version(name, {str(year): madeup.persons(numbers)}, structure=Structure.Y2024), known_on=known
    )
    above = madeup.layers(given_version)
    for each in SOME:
        assert indicators()[each].level is Level.MUNICIPALITY
        for other in indicators()[each].years:
            for structure in Structure:
                own = (each, other, structure) == (name, year, Structure.Y2024)
                try:
                    below = series(each, other, structure=structure)
                except NoFigures:
                    continue
                assert own == (series(each, other, structure=structure, figures=above) != below)
    read = series(name, year, structure=Structure.Y2024, figures=above)
    assert read.values() == numbers


def test_what_was_accepted_is_told_in_each_language() -> None:
    above = madeup.layers(madeup.requests_of_2026())
    sentences = requests_before(2027, DAY, figures=above).note
    assert sentences is not None
    assert {language: figure_line(sentences, language).replace("\u00a0", " ") for language in ("nb", "nn", "en")} == {
        "nb": "Siste anmodning, 2026 (made up for a test; kjent 15. januar 2026; godtatt 29. november 2026)",
        "nn": "Siste oppmoding, 2026 (made up for a test; kjent 15. januar 2026; godteke 29. november 2026)",
        "en": "Latest request, 2026 (made up for a test; known on 15 January 2026; accepted on 29 November 2026)",
    }
