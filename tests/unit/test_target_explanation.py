"""Explained targets and the way of a number, worked by hand and looked at in three languages."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bosett.documents.explanation import ITEM, WORDS, figures_section
from bosett.documents.number_way import (
    Afterwards,
    DecisionStep,
    NumberWay,
    Openness,
    RequestStep,
    afterwards_section,
    number_title,
    way_section,
)
from bosett.documents.target_explanation import (
    ForecastBasis,
    SetTarget,
    SharedCounty,
    country_sections,
    county_sections,
    target_title,
)
from bosett.documents.version_changes import VersionBasis, changes_section
from bosett.documents.words import counted
from bosett.parameters import load_shipped
from bosett.rounds.explanation import explain
from bosett.rounds.run import compute
from bosett.rounds.target_explanation import TargetExplainer

VESTLAND, TOTAL = "46", 5025
FORECAST = ForecastBasis("UDI", date(2020, 6, 15), 4000, 5000, 7000)
TARGET = SetTarget(
    year=2021,
    name="Vestland",
    number=659,
    under15=3,
    from15=21,
    decided=True,
    reason="Fylket har bedt om flere.",
    criteria=Openness.THERE,
    title="Bosett's reference model for 2021",
    forecast_is=Openness.THERE,
    forecast=FORECAST,
)
VESTLAND_EN = """\
Basis: Bosett's reference model for 2021.
# How the number came about
In 2021, 5,025 refugees are to be settled in the whole country.
The county's municipalities have 12.91% of the country's claims in all. It is made up so:
– The municipality's part of the first request for 2020. One that was not asked has no part. Weight 75%. \
The county's part is 13.18%, which answers to 496.86 persons.
– Population on 1 January 2020. Weight 15%. The county's part is 11.86%, which answers to 89.39 persons.
– Population on 1 January 2020, divided by the county's fully unemployed per inhabitant in February 2020. \
Weight 10%. The county's part is 12.40%, which answers to 62.30 persons.
Of the nation's 5,025, the county's claims answer to 648.55 persons before rounding. A county has neither floor nor \
ceiling, so the criteria alone give 649.
43 municipalities of the county take part in the sharing.
The target is set 10 above what the criteria give.
Reason: Fylket har bedt om flere.
Unaccompanied minors among them are 3 below 15 and 21 of 15 to 18.
# What would give more?
With claims 0.16% larger, all else equal, the criteria give the county at least 650.
# Who pays for it?
If the number were 650, the best answer would otherwise become:
– Rogaland: 448 instead of 449
# Figures used
– First request, 2020 (IMDi; known on 24\u00a0October\u00a02019)
– Population on 1 January 2020 (SSB; known on 1\u00a0March\u00a02020)
– Fully unemployed, February\u00a02020 (NAV; known on 10\u00a0March\u00a02020; the county's figure, used for each \
of its municipalities)\
"""


@pytest.fixture(scope="module")
def explainer() -> TargetExplainer:
    return TargetExplainer(load_shipped("no-2021-reference"), TOTAL)


def text(explainer: TargetExplainer, target: SetTarget, language: str) -> str:
    sections = county_sections(target, explainer.explain(VESTLAND), explainer.notes, language)
    return "\n".join(
        line for each in sections for line in ((f"# {each.heading}",) if each.heading else ()) + each.lines
    )


def test_a_county_s_target_as_looked_at(explainer: TargetExplainer) -> None:
    assert target_title("Vestland", 2021, 659, "en") == "Vestland: target for 2021: 659 persons"
    assert text(explainer, TARGET, "en") == VESTLAND_EN


def test_the_parts_of_a_county_can_be_worked_by_hand(explainer: TargetExplainer) -> None:
    # 636 531 of 5 367 580 people on 1 January 2020, at 15 % of 5 025; 675 of the 5 120 of 2020, at 75 %.
    vestland = explainer.explain(VESTLAND)
    persons = {part.criterion: part.persons for part in vestland.parts}
    assert persons["size"] == Fraction(636_531, 5_367_580) * Fraction(15, 100) * TOTAL
    assert persons["continuity"] == Fraction(675, 5_120) * Fraction(3, 4) * TOTAL
    assert sum(persons.values()) == vestland.exact == vestland.share * TOTAL


def test_the_counties_are_those_of_the_run(explainer: TargetExplainer) -> None:
    of_run = {county.code: (county.target, county.exact) for county in compute(2021, total=TOTAL).counties}
    explained = {code: explainer.explain(code) for code in of_run}
    assert {code: (each.number, each.exact) for code, each in explained.items()} == of_run
    assert sum(each.share for each in explained.values()) == 1
    assert sum(each.taking_part + each.left_out for each in explained.values()) == 356


def test_one_more_is_paid_for_by_one_other(explainer: TargetExplainer) -> None:
    vestland = explainer.explain(VESTLAND)
    assert vestland.next_number == vestland.number + 1
    assert sum(each.after - each.before for each in vestland.changed) == -1
    assert vestland.more is not None
    assert vestland.more.claim is not None
    assert vestland.more.claim > vestland.claim


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_way_a_target_can_be_set_has_words(explainer: TargetExplainer, language: str) -> None:
    words, computed = WORDS.of(language), explainer.explain(VESTLAND).number

    def text_of(**changes: object) -> str:
        return text(explainer, replace(TARGET, **changes), language)  # type: ignore[arg-type]

    assert words["set_as_computed"] in text_of(number=computed)
    assert words["set_below"].format(change="7") in text_of(number=computed - 7)
    assert words["no_reason"] in text_of(reason="")
    assert words["minors_not_set"] in text_of(from15=None)
    assert words["target_draft"] in text_of(decided=False)
    assert words["no_criteria"] in text_of(criteria=Openness.NONE, title="")
    assert words["criteria_closed"] in text_of(criteria=Openness.CLOSED, title="")
    closed = county_sections(replace(TARGET, criteria=Openness.CLOSED, title=""), None, (), language)
    assert words["not_computed"] not in closed[1].lines, "that they are closed is no lack of an answer"
    assert words["not_set"] in target_title("Vestland", 2021, None, language)
    unknown = county_sections(TARGET, None, (), language)
    assert [each.heading for each in unknown] == ["", words["how"]]
    assert unknown[1].lines[0] == words["not_computed"]
    assert words["reason_given"].format(reason=TARGET.reason) in unknown[1].lines, "what was set is told all the same"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_country_is_told_by_forecast_and_counties(explainer: TargetExplainer, language: str) -> None:
    words, country = WORDS.of(language), replace(TARGET, name="", number=5025)
    counties = [SharedCounty("Oslo", 307, 307), SharedCounty("Vestland", 659, 649), SharedCounty("Viken", None, 12)]

    def text_of(target: SetTarget, shares: list[SharedCounty]) -> str:
        return "\n".join(
            line for each in country_sections(target, shares, explainer.notes, language) for line in each.lines
        )

    whole = text_of(country, counties)
    assert target_title("", 2021, 5025, language).startswith(words["country"])
    assert words["forecast_above"].format(change="25") in whole
    assert ITEM + words["shared_one"].format(county="Oslo", set="307") in whole
    assert ITEM + words["shared_other"].format(county="Vestland", set="659", computed="649") in whole
    assert ITEM + words["shared_other"].format(county="Viken", set=words["not_set"], computed="12") in whole
    assert words["shared_lead"] in whole
    assert words["shared_lead_same"] in text_of(country, counties[:1])
    assert ITEM + words["shared_one"].format(county="Oslo", set="307") in text_of(
        country, [SharedCounty("Oslo", 307, None)]
    )
    assert words["shared_sum"].format(total="966") not in whole, "Viken is not set, and no sum is whole without it"
    assert words["shared_sum"].format(total="966") in text_of(country, counties[:2])
    assert words["forecast_met"] in text_of(replace(country, number=5000), counties)
    assert words["forecast_below"].format(change="12") in text_of(replace(country, number=4988), counties)
    none = replace(country, forecast_is=Openness.NONE, forecast=None)
    assert words["no_forecast"] in text_of(none, counties)
    assert words["forecast_closed"] in text_of(replace(none, forecast_is=Openness.CLOSED), counties)
    unseen = replace(country, criteria=Openness.CLOSED, title="")
    assert words["not_computed"] not in text_of(unseen, [SharedCounty("Oslo", 307, None)])
    assert words["not_computed"] in text_of(country, [SharedCounty("Oslo", 307, None)])


def test_the_figures_behind_a_municipality_s_number_are_named_once() -> None:
    notes = [note for part in explain(2021, "1101").parts for note in part.figures]
    assert len(notes) == 5, "population stands behind two criteria, three times"
    assert figures_section(notes, "nb").lines == (
        "– Opprinnelig anmodning, 2020 (IMDi; kjent 24.\u00a0oktober\u00a02019)",
        "– Folketall 1. januar 2020 (SSB; kjent 1.\u00a0mars\u00a02020)",
        (
            "– Helt ledige, februar\u00a02020 (NAV; kjent 10.\u00a0mars\u00a02020; "
            "fylkets tall, brukt for hver kommune i fylket)"
        ),
    )


# What happened next

WAY = NumberWay(
    year=2021,
    proposed=17,
    recommendation=Openness.THERE,
    recommended=15,
    reason="Få boliger.",
    outcome=16,
    outcome_reason="",
    final=16,
    final_reason="",
    not_asked=False,
    requests=(
        RequestStep(1, 16, date(2020, 9, 1), ""),
        RequestStep(2, 12, date(2020, 11, 3), "Feil i tallet."),
    ),
)
AFTER = Afterwards(date(2020, 9, 2), DecisionStep(16, date(2020, 12, 10), 1, preliminary=False), Openness.THERE)


def test_the_way_of_a_number_is_told_in_its_order() -> None:
    assert way_section(WAY, "nb").lines == (
        "Fylkeskommunen anbefalte 15 personer. Forslaget var 17 personer.",
        "Begrunnelse: Få boliger.",
        "Møtet kom fram til 16 personer.",
        "Direktoratet satte tallet til 16 personer.",
        "Anmodning, versjon 1, av 1.\u00a0september\u00a02020. Kommunen anmodes om å bosette 16 personer.",
        "Anmodning, versjon 2, av 3.\u00a0november\u00a02020. Kommunen anmodes om å bosette 12 personer.",
        "Begrunnelse: Feil i tallet.",
    )
    assert afterwards_section(AFTER, "nb").lines == (
        "Brevet ble sendt 2.\u00a0september\u00a02020.",
        "Kommunen vedtok å bosette 16 personer, som svar på versjon 1.",
        "Vedtaket er av 10.\u00a0desember\u00a02020.",
    )
    assert number_title("Kinn", "4602", "Vestland", 2021, 16, "nn") == (
        "Kinn (4602), Vestland: oppmoding for 2021: 16 personar"
    )
    assert "ingen (kommunen anmodes ikke)" in number_title("Kinn", "4602", "Vestland", 2021, 0, "nb")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_unknown_zero_hidden_and_closed_are_told_apart(language: str) -> None:
    words = WORDS.of(language)

    def way_of(**changes: object) -> tuple[str, ...]:
        return way_section(replace(WAY, **changes), language).lines  # type: ignore[arg-type]

    def after(**changes: object) -> tuple[str, ...]:
        return afterwards_section(replace(AFTER, **changes), language).lines  # type: ignore[arg-type]

    assert way_of(recommendation=Openness.CLOSED)[0] == words["way_closed"]
    assert way_of(recommendation=Openness.UNKNOWN)[0] == words["way_recommendation_unknown"]
    assert way_of(recommendation=Openness.NONE)[0] == words["way_not_recommended"]
    assert way_of(recommended=None)[0] == words["way_not_recommended"]
    assert way_of(recommended=17)[0].startswith(words["way_recommended_same"].split("{")[0])
    assert words["persons"].format(n=counted(0, language)) in " ".join(way_of(recommended=0))
    only = way_of(proposed=None)[0]
    assert only == words["way_recommended"].format(set=words["persons"].format(n=counted(15, language)))
    assert words["way_not_asked_first"] in way_of(not_asked=True), "it was asked after all"
    alone = way_of(recommendation=Openness.NONE, outcome=None, final=0, not_asked=True, requests=())
    assert alone[-1] == words["way_not_asked"].format(year=2021)
    assert after(sent_on=None)[0] == words["way_not_sent"]
    assert after(decision=None)[-1] == words["way_no_decision"]
    assert after(decided=Openness.CLOSED)[-1] == words["way_decision_closed"], "that is not the same as no answer"
    assert after(decided=Openness.UNKNOWN, decision=None)[-1] == words["way_decision_unknown"]
    assert after(decision=DecisionStep(None, None, 1, preliminary=False))[-1] == words["way_decision_hidden"]
    assert after(decision=DecisionStep(0, None, 1, preliminary=False))[-1] == words["way_decided_none"].format(
        version=1
    )
    preliminary = after(decision=DecisionStep(4, None, 1, preliminary=True))[-1]
    assert preliminary.startswith(words["way_preliminary"].split("{")[0])


# What differs between versions

BASIS = VersionBasis(17, 5025, 449, 5000, "A", date(2020, 6, 30), (1,), "bosett 0.1.0, rules 1")


def test_versions_are_held_against_each_other_point_by_point() -> None:
    later = VersionBasis(12, 3602, 322, 4000, "B", date(2020, 9, 1), (1, 2), "bosett 0.2.0, rules 1")
    assert changes_section(BASIS, later, "nb").lines == (
        "Tallet var 17 og er 12.",
        "Det nasjonale måltallet var 5\u00a0025 og er 3\u00a0602.",
        "Fylkets måltall var 449 og er 322.",
        "Midten av prognosen var 5\u00a0000 og er 4\u00a0000.",
        "Kriteriene var «A» og er «B».",
        "Det er regnet med det som var kjent 1.\u00a0september\u00a02020, og ikke bare 30.\u00a0juni\u00a02020.",
        "Det er regnet med andre godtatte tall.",
        "Det er regnet med en annen versjon av programmet.",
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_the_same_or_unknown_is_no_difference(language: str) -> None:
    words = WORDS.of(language)
    same = (words["change_no_number"], words["change_no_basis"])
    assert changes_section(BASIS, BASIS, language).lines == same
    unknown = replace(BASIS, number=None, total=None, criteria="", day=None)
    assert changes_section(unknown, BASIS, language).lines == (words["change_no_basis"],)
