"""Conditions in a decision are recognised from declared words, in bokmål and nynorsk; and nothing is guessed."""

from pathlib import Path

import pytest

from bosett.parameters.conditions import load_conditions, parsed
from bosett.parameters.nodes import BadRuleFile, read
from bosett.stages.decisions import recognised

RULES = load_conditions()

CARRIED = {
    "Tallet er inkludert familiegjenforening.": "family_reunification",
    "Kommunen vedtar å bosette 20 flyktninger, inkl. familiegjenforente.": "family_reunification",
    "Familiesameinte skal reknast inn i talet.": "family_reunification",
    "Familieinnvandring er medrekna i dei 15.": "family_reunification",
    "Vi tar forbehold om nasjonalitet.": "nationality",
    "Kommunen ønskjer berre flyktningar frå Syria.": "nationality",
    "Det er en forutsetning at flyktningene har samme opprinnelsesland.": "nationality",
    "Kommunen vil kun bosette familier.": "family_type",
    "Kommunen tek imot inntil 10, berre barnefamiliar.": "family_type",
    "Kommunen kan ikke ta imot enslige menn.": "family_type",
    "Vedtaket gjelder bare enslige kvinner.": "family_type",
    "Vedtaket forutsetter full statlig finansiering.": "economy",
    "Kommunestyret tek atterhald om statleg tilskot.": "economy",
    "Vi bosetter 12 dersom staten dekker utgiftene.": "economy",
    "Det blir stilt krav om alder.": "age",
    "Kommunen kan ikkje busetje personar over 60 år.": "age",
    "Bosettingen gjelder kun unge voksne.": "age",
    "Kommunen kan ikke bosette personer med store helseutfordringer.": "health",
    "Det blir teke atterhald om helsetilstanden til flyktningane.": "health",
    "Vi kan ikkje ta imot flyktningar med pleiebehov.": "health",
}

FREE = (
    "Vedtaket er gjort uten forbehold.",
    "Vedtaket er gjort utan atterhald.",
    "Det stilles ingen krav om nasjonalitet.",
    "Ingen krav om nasjonalitet.",
    "Kommunen stiller ikke krav om nasjonalitet, alder eller helse.",
    "Kommunen set ikkje vilkår om alder eller helse.",
    "Uten forbehold om nasjonalitet, familier eller økonomi.",
    "Kommunen har ikkje noko atterhald om helse.",
    "Familiegjenforening er ikke inkludert i tallet.",
    "Familiesameinte blir ikkje rekna inn i talet.",
    "Familiegjenforente kommer i tillegg til vedtaket.",
    "Vi tar imot flyktninger uavhengig av nasjonalitet og alder.",
)

UNKNOWN = (
    "",
    "Kommunen viser til saksframlegget.",
    "Kommunen har god helsetjeneste og et godt skoletilbud for familier.",
    "Alle aldersgrupper er velkomne.",
    "Tilskot til norskopplæring er viktig for kommunen.",
    "Kommunen kan ikke garantere bolig før juni.",
    "Rådmannen orienterte om familiegjenforening i møtet.",
)


@pytest.mark.parametrize(("text", "code"), CARRIED.items())
def test_a_condition_is_recognised_with_its_words_and_place(text: str, code: str) -> None:
    found = recognised(text, RULES)
    assert [each.code for each in found] == [code]
    assert text[found[0].start : found[0].end] == found[0].words != ""


@pytest.mark.parametrize("text", FREE)
def test_a_text_that_sets_no_condition_raises_nothing(text: str) -> None:
    assert recognised(text, RULES) == ()


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_text_gives_nothing(text: str) -> None:
    assert recognised(text, RULES) == ()


def test_a_free_part_does_not_free_what_comes_after_it() -> None:
    text = "Vedtaket er uten forbehold om nasjonalitet, men kommunen kan ikke bosette personer over 60 år."
    assert [each.code for each in recognised(text, RULES)] == ["age"]
    assert [each.code for each in recognised("Uten forbehold om helse, kun familier.", RULES)] == ["family_type"]
    assert [each.code for each in recognised("Ingen krav om alder. Kun familier.", RULES)] == ["family_type"]


def test_several_conditions_stand_in_the_order_of_the_text_and_each_once() -> None:
    text = "Kun familier. Vedtaket forutsetter full statlig finansiering. Kun familier, altså."
    found = recognised(text, RULES)
    assert [each.code for each in found] == ["family_type", "economy"]
    assert found[0].start == 0


def test_every_condition_says_what_the_letter_says_in_three_languages() -> None:
    assert {each.code for each in RULES.conditions} == set(CARRIED.values())
    for each in RULES.conditions:
        assert set(each.letter) == set(each.title) == {"nb", "nn", "en"}
    assert RULES.source


@pytest.mark.parametrize(
    ("line", "told"),
    [("<nobody> alder", "names the group 'nobody'"), (".. alder", "begins or ends"), ("alder ..", "begins or ends")],
)
def test_a_pattern_that_means_nothing_is_refused(line: str, told: str, tmp_path: Path) -> None:
    languages = "{nb: a, nn: b, en: c}"
    conditions = f"conditions: [{{code: a, title: {languages}, letter: {languages}, patterns: ['{line}']}}]"
    path = tmp_path / "some.yaml"
    path.write_text(f"id: a\nsource: b\ngroups: {{only: kun}}\nfrees: [uten]\nbreaks: [men]\n{conditions}\n", "utf-8")
    with pytest.raises(BadRuleFile, match=told):
        parsed(read(path))


def test_a_code_stands_once(tmp_path: Path) -> None:
    one = "{code: a, title: {nb: a, nn: b, en: c}, letter: {nb: a, nn: b, en: c}, patterns: [alder]}"
    path = tmp_path / "some.yaml"
    path.write_text(
        f"id: a\nsource: b\ngroups: {{only: kun}}\nfrees: [uten]\nbreaks: [men]\nconditions: [{one}, {one}]\n", "utf-8"
    )
    with pytest.raises(BadRuleFile, match="has a code twice"):
        parsed(read(path))
