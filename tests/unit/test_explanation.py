"""Explained numbers: the words in three languages, looked at, and every way a number can come about."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from bosett.apportion.exchange import Nothing, OneMore
from bosett.basis.counting import Count
from bosett.basis.steps import Step
from bosett.documents.explanation import WORDS, explanation_document, explanation_text, sections, why_none
from bosett.documents.words import whole
from bosett.figures import Figure, SeriesNote, Status
from bosett.render.page import round_page
from bosett.rounds.explanation import ChangedNumber, Explanation, explain, explain_all
from bosett.rounds.kinds import Mode
from bosett.rounds.run import compute

pytestmark = pytest.mark.long

EIGERSUND_EN = """\
Eigersund (1101), Rogaland: proposal for 2021: 17 persons

Basis: Bosett's reference model for 2021 (Bosetts referansemodell).
This is our own model, not criteria that anybody adopted.

How the number came about
In 2021, 5,025 refugees are to be settled in the whole country.
The county Rogaland has the target 449: its part of all claims, rounded to whole persons.
The municipality's part of the country's claims is 0.333%. It is made up so:
  – The municipality's part of the first request for 2020. One that was not asked has no part. Weight 75%. \
The municipality's part is 0.352%, which answers to 13.25 persons.
  – Population on 1 January 2020. Weight 15%. The municipality's part is 0.276%, which answers to 2.08 persons.
  – Population on 1 January 2020, divided by the county's fully unemployed per inhabitant in February 2020. \
Weight 10%. The municipality's part is 0.275%, which answers to 1.38 persons.
Of the county's 449, the claim answers to 16.73 persons before rounding.
With the places shared among those asked, that makes 16.82, rounded to the nearest whole number: 17.
The first request of the year before was 18.

What would give more?
With a claim 4.05% larger, all else equal, the municipality gets at least 18.
The county's target is taken as unchanged.

Who pays for it?
If the number were 18, the best answer would otherwise become:
  – Sola: 17 instead of 18
"""


def eigersund() -> Explanation:
    return explain(2021, "1101")


def test_the_whole_text_as_looked_at() -> None:
    assert explanation_text(eigersund(), "en") == EIGERSUND_EN


def test_the_parts_of_the_text_can_be_worked_by_hand() -> None:
    # 18 of the 5 120 of 2020, at 75 % of 5 025; 14 811 of 5 367 580 people, at 15 %.
    parts = {part.criterion: part.persons for part in eigersund().parts}
    assert parts["continuity"] == Fraction(18, 5_120) * Fraction(3, 4) * 5_025
    assert parts["size"] == Fraction(14_811, 5_367_580) * Fraction(15, 100) * 5_025
    assert sum(parts.values()) == eigersund().share * 5_025


def test_a_decided_county_target_is_told_as_decided() -> None:
    run = compute(2021)
    targets = {county.code: county.target for county in run.counties}
    explanation = explain(2021, "1101", targets=targets)
    assert replace(explanation, decided=False) == eigersund()
    assert "The county Rogaland has the target 449, as the targets were set." in explanation_text(explanation, "en")
    targets |= {"11": 439, "46": targets["46"] + 10}
    assert explain(2021, "1101", targets=targets).target == 439


def test_the_numbers_of_others_can_be_left_out() -> None:
    _, parts = sections(eigersund(), "en", others=False)
    assert [each.heading for each in parts] == ["", WORDS.of("en")["how"], WORDS.of("en")["more"]]


def test_norwegian_numbers_and_words() -> None:
    bergen = explanation_text(explain(2021, "4601"), "nn")
    assert "5\u00a0025 flyktningar" in bergen
    assert "Oppmod" not in bergen
    assert "4,203\u00a0%" in bergen
    assert "Den opphavlege oppmodinga året før var 195." in bergen
    kvitsoy = explanation_text(explain(2021, "1144"), "nb")
    assert "ingen (kommunen anmodes ikke)" in kvitsoy
    assert "ganger så stort" in kvitsoy
    assert "Kommunen ble ikke anmodet året før." in kvitsoy


def test_the_only_one_asked_gets_all() -> None:
    oslo = explain(2021, "0301")
    text = explanation_text(oslo, "nb")
    assert "får derfor alle 307" in text
    assert "det er ingen flere plasser" in text
    assert "uten at en annen regel brytes" in text


def test_straight_from_the_nation_speaks_of_no_county_target() -> None:
    text = explanation_text(explain(2021, "4601", mode=Mode.NATION), "nb")
    assert "måltall" not in text
    assert "Av landets 5\u00a0025" in text


@pytest.mark.bulk
def test_every_number_is_explained_and_agrees_with_the_run() -> None:
    numbers = {line.code: line.number for county in compute(2021).counties for line in county.municipalities}
    explanations = explain_all(2021)
    assert {code: each.number for code, each in explanations.items()} == numbers
    assert all(each.changed for each in explanations.values() if each.next_number is not None)
    for each in explanations.values():
        moved = sum(change.after - change.before for change in each.changed)
        if each.next_number is not None:
            assert moved == each.number - each.next_number


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_way_a_number_can_come_about_has_words(language: str) -> None:
    explanation, words = eigersund(), WORDS.of(language)

    def text(**changes: object) -> str:
        return explanation_text(replace(explanation, **changes), language)  # type: ignore[arg-type]

    assert words["tie"] in text(steps=(Step("tie-rule", "1101", ""),))
    assert "10" in text(steps=(Step("least", "1101", ""),), number=10)
    assert "15" in text(steps=(Step("ceiling", "1101", ""),), number=15, ceiling=15)
    assert words["rounded"][:12] not in text(steps=())
    assert re.search(r"\b1 person\b", text(number=1))
    assert words["reference"] not in text(official=True)
    for because in Nothing:
        assert words[because.value] in text(more=OneMore(17, because=because))
    for status in (Status.NOT_ASKED, Status.HIDDEN, Status.MISSING):
        assert words[f"previous_{status.value}"] in text(previous=Figure(None, status))
    for indicator in ("requested", "requested_first"):
        before = SeriesNote(indicator, "", 2020, None, "IMDi", date(2019, 10, 24), by_county=False)
        sentence = words[f"previous_{indicator}"].format(previous="24")
        assert sentence in text(previous=Figure(24, Status.OK), before=before)
    for count, more in ((9, words["others"].format(n=Count(3))), (7, words["others"].format(n=Count(1))), (6, "")):
        many = tuple(ChangedNumber(str(n), f"M{n}", 20, 19) for n in range(count))
        assert all(each.name in text(changed=many) for each in many)
        assert sections(replace(explanation, changed=many), language)[1][-1].folds == more
    assert words["impossible"] in text(next_number=None, changed=())
    assert text(number=0, floor=1, steps=()).count("\n") > 5
    for rule, facts in (
        ("no-figure", {"criterion": "size"}),
        ("not-eligible", {"criterion": "size", "value": "3", "at_least": "5"}),
        ("no-claim", {}),
    ):
        left = text(left_out=Step(rule, "1101", "", facts), more=None)
        # A criterion is told by its wording, never by its code.
        wording = explain(2021, "1101").wordings["size"][language].rstrip(".")
        assert words[rule].format(**facts | ({"criterion": wording} if facts else {})) in left
        assert words["how"] not in left


@pytest.fixture(scope="module")
def everybody() -> dict[str, Explanation]:
    return explain_all(2021)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_everybody_who_would_pay_is_named(everybody: dict[str, Explanation], language: str) -> None:
    """In text and data all of them, with both numbers; a page may fold a long list, so nothing stands for the rest."""
    assert max(len(each.changed) for each in everybody.values()) > 6
    for explanation in everybody.values():
        text = explanation_text(explanation, language)
        for changed in explanation.changed:
            line = WORDS.of(language)["changed"].format(
                name=changed.name,
                before=whole(changed.before, language),
                after=whole(changed.after, language),
            )
            assert line in text, (explanation.code, changed.code)
        given = explanation_document(explanation)["with_next"]
        assert isinstance(given, dict)
        assert len(given["changed"]) == len(explanation.changed)


def test_a_page_folds_a_long_list_and_leaves_nobody_out(everybody: dict[str, Explanation]) -> None:
    explanations = {code: sections(each, "nb")[1] for code, each in everybody.items()}
    page = round_page(compute(2021), explanations=explanations)
    kvitsoy = everybody["1144"]
    assert len(kvitsoy.changed) == 8
    row = page[page.index('id="k1144"') :].split("</tbody>")[0]
    assert "<details><summary>Vis 2 kommuner til</summary><ul>" in row
    shown, folded = row.split("Vis 2 kommuner til")
    assert sum(f"<li>{each.name}: " in shown for each in kvitsoy.changed) == 6
    assert sum(f"<li>{each.name}: " in folded for each in kvitsoy.changed) == 2


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_why_nobody_is_proposed_is_told_in_one_line(language: str) -> None:
    explanation, words = eigersund(), WORDS.of(language)
    assert why_none(explanation, language) == ""
    none = replace(explanation, number=0, steps=(), floor=10)
    assert why_none(none, language) == words["not_asked"].format(floor=10)
    assert why_none(replace(none, floor=1), language) == words["too_small"]
    facts = {"criterion": "size", "value": "3", "at_least": "5"}
    out = replace(none, left_out=Step("not-eligible", "1101", "", facts))
    named = {**facts, "criterion": explanation.wordings["size"][language].rstrip(".")}
    assert why_none(out, language) == words["out"].format(reason=words["not-eligible"].format(**named))
    for each in (none, replace(none, floor=1), out):
        assert why_none(each, language) in explanation_text(each, language)


def test_as_data_fractions_are_text() -> None:
    document = explanation_document(eigersund())
    assert document["number"] == 17
    assert Fraction(str(document["share"])) == eigersund().share
    assert document["with_next"] == {
        "number": 18,
        "changed": [{"code": "1124", "name": "Sola", "before": 18, "after": 17}],
    }
    more = document["one_more"]
    assert isinstance(more, dict)
    assert more["larger"] == 18
    assert explanation_document(replace(eigersund(), more=None))["one_more"] is None
    gone = replace(eigersund(), more=OneMore(17, because=Nothing.CEILING), left_out=Step("no-claim", "1101", "x"))
    assert explanation_document(gone)["left_out"] is not None
