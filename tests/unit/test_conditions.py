"""Conditions in a decision are recognised from declared words in three languages, and nothing is guessed."""

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
    "Familiegjenforente skal telle med i tallet.": "family_reunification",
    "Tallet inkluderer familiegjenforening.": "family_reunification",
    "Familiegjenforeninger inngår i vedtakstallet.": "family_reunification",
    "Vedtaket på 15 omfatter også familiegjenforente.": "family_reunification",
    "15 personer inkludert familiegjenforening, uten forbehold om alder.": "family_reunification",
    "Kommunen ber om at det kun er familier.": "family_type",
    "Kommunen ønsker kun familier med barn.": "family_type",
    "Vi tar ikke imot enslige menn.": "family_type",
    "Kommunen forutsetter at flyktningene er familier.": "family_type",
    "Kommunen tar forbehold om tilstrekkelig statlig tilskudd.": "economy",
    "Bosettingen skjer under forutsetning av full statlig finansiering.": "economy",
    "Vedtaket gjelder så lenge integreringstilskuddet opprettholdes.": "economy",
    "Kommunen bosetter bare kristne fra Syria.": "nationality",
    "Kun flyktninger fra Ukraina.": "nationality",
    "Kun ukrainere.": "nationality",
    "Personer over 67 år kan ikke bosettes.": "age",
    "Kommunen tar bare imot personer i arbeidsfør alder.": "age",
    "Kommunen kan ikke bosette personer med store pleiebehov.": "health",
    "Det forutsettes at flyktningene ikke har helseutfordringer.": "health",
    "Kommunen kan ikke ta imot rullestolbrukere.": "health",
    "Kommunen tek berre imot familiar.": "family_type",
    "Familiesameinte skal teljast med i talet.": "family_reunification",
    "Talet inkluderer familiesameining.": "family_reunification",
    "Kommunen tek ikkje imot einslege menn.": "family_type",
    "Vedtaket føreset full statleg finansiering.": "economy",
    "Kommunen ønskjer berre ukrainarar.": "nationality",
    "Personar over 67 år kan ikkje busetjast.": "age",
    "Det blir sett som vilkår at flyktningane er friske.": "health",
    "The number includes family reunification.": "family_reunification",
    "Family reunification is counted in the number.": "family_reunification",
    "20 refugees, including family members who are reunited.": "family_reunification",
    "Only families.": "family_type",
    "We cannot settle single men.": "family_type",
    "The municipality settles families only.": "family_type",
    "The decision is subject to full state funding.": "economy",
    "On the condition that the state covers all costs.": "economy",
    "Only refugees from Ukraine.": "nationality",
    "Only Ukrainians.": "nationality",
    "No one over 60 years of age can be settled.": "age",
    "The municipality sets a condition of age.": "age",
    "We cannot settle people with serious health problems.": "health",
    "Provided that the refugees are in good health.": "health",
    "Inntil 10 personer, herunder familiegjenforente.": "family_reunification",
    "Familiegjenforening trekkes fra tallet.": "family_reunification",
    "Bosettingen skal primært være familier; enslige menn bosettes ikke.": "family_type",
    "Det er en forutsetning at kommunen får dekket alle utgifter av staten.": "economy",
    "Vedtaket gjelder under forutsetning av at dagens tilskuddsordninger videreføres.": "economy",
    "Kommunen tar kun imot flyktninger fra Ukraina.": "nationality",
    "Flyktningene må være under 50 år.": "age",
    "Kommunen kan ikke ta imot personer med omfattende helsebehov.": "health",
    "Vedtaket føreset at staten dekkjer kostnadene.": "economy",
    "Kommunen ønskjer berre familiar med barn.": "family_type",
    "Kommunen kan ikkje busetje sjuke.": "health",
    "We only accept families with children.": "family_type",
    "The number includes family members reunited later.": "family_reunification",
    "Settlement requires that the state reimburses all costs.": "economy",
}

FREE = (
    "Vedtaket er gjort uten forbehold.",
    "Vedtaket er gjort utan atterhald.",
    "Det stilles ingen krav om nasjonalitet.",
    "Ingen krav om nasjonalitet.",
    "Kommunen takker for kravene til alder som ikke stilles.",
    "Krav om alder blir ikkje stilt, og vilkår om helse stilles ikke.",
    "Kommunen stiller ikke krav om nasjonalitet, alder eller helse.",
    "Kommunen set ikkje vilkår om alder eller helse.",
    "Uten forbehold om nasjonalitet, familier eller økonomi.",
    "Kommunen har ikkje noko atterhald om helse.",
    "Familiegjenforening er ikke inkludert i tallet.",
    "Familiesameinte blir ikkje rekna inn i talet.",
    "Familiegjenforente kommer i tillegg til vedtaket.",
    "Vi tar imot flyktninger uavhengig av nasjonalitet og alder.",
    "Kommunen bosetter 20 flyktninger uten forbehold om familiegjenforening.",
    "Vedtaket gjelder 20 personer, familiegjenforente ikke medregnet.",
    "Familiegjenforening kommer i tillegg.",
    "Kommunen tar ikke forbehold om statlig finansiering.",
    "Kommunen forutsetter ikke full statlig finansiering.",
    "Vedtaket er ikke betinget av statlig finansiering.",
    "Kommunen kan bosette både familier og enslige, uansett alder.",
    "Kommunen bosetter ikke bare familier, men også enslige.",
    "Kommunen kan ikke bare ta imot enslige voksne, men også familier.",
    "Kommunen tar imot både enslige menn og familier.",
    "Vi har ingen forutsetninger om helse.",
    "Kommunen ønsker gjerne familier.",
    "Det er ikke noe krav at flyktningene kommer fra Syria.",
    "Vedtaket gjelder uavhengig av familiestørrelse.",
    "Kommunestyret ber om at staten dekker utgiftene.",
    "Det er ikke satt noen krav til alder, helse eller nasjonalitet.",
    "Det er ikke tatt forbehold.",
    "Ingen betingelser.",
    "Kommunen stiller verken krav om alder eller helse.",
    "Kommunen har ikke tatt forbehold om økonomi eller familiesammensetning.",
    "Vi stiller ikke som vilkår at staten dekker kostnadene.",
    "Kommunen set ingen krav til nasjonalitet.",
    "Vedtaket er gjort utan atterhald om familiesameining.",
    "Familiesameining kjem i tillegg til talet.",
    "Det er ikkje teke atterhald om helse.",
    "Kommunen set verken krav til alder eller til helse.",
    "Kommunen buset ikkje berre familiar, men òg einslege.",
    "Vedtaket er ikkje avhengig av full statleg finansiering.",
    "The decision is made without reservations about nationality.",
    "No conditions are set on age or health.",
    "The municipality sets no conditions.",
    "Family reunification is not included in the number.",
    "Family reunification comes in addition.",
    "The municipality settles not only families but also singles.",
    "We do not require full state funding.",
    "We welcome people regardless of age and health.",
    "Kommunen vedtar å bosette 12 flyktninger i 2021, uten vilkår.",
    "Familiegjenforente kommer utenom vedtaket.",
    "Tallet er eksklusiv familiegjenforening.",
    "Familiesameining er ikkje medrekna.",
    "Det stilles ingen betingelser knyttet til alder, kjønn eller helse.",
    "Kommunen har god kapasitet for familier og eldre.",
    "Helsetjenesten er styrket, og kommunen kan ta imot personer med helseutfordringer.",
    "Kommunen har budsjettert med integreringstilskudd.",
    "Kommunen ber IMDi om å ta hensyn til at det er få store boliger.",
    "Kommunen har fire leiligheter som passer for enslige.",
    "Vi ser helst at det kommer familier, men stiller ikke krav om det.",
    "Kommunestyret minner om behovet for statlig finansiering.",
    "Kommunen tek imot både familiar og einslege utan vilkår.",
    "The municipality has no conditions regarding nationality.",
    "The council asks for predictable state funding.",
    "The municipality can take both families and single persons.",
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
    conditions = recognised(text, RULES)
    assert [each.code for each in conditions] == [code]
    assert text[conditions[0].start : conditions[0].end] == conditions[0].words != ""


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
    conditions = recognised(text, RULES)
    assert [each.code for each in conditions] == ["family_type", "economy"]
    assert conditions[0].start == 0


def test_every_condition_says_what_the_letter_says_in_three_languages() -> None:
    assert {each.code for each in RULES.conditions} == set(CARRIED.values())
    for each in RULES.conditions:
        assert set(each.letter) == set(each.title) == {"nb", "nn", "en"}
    assert RULES.source


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("<nobody> alder", "names the group 'nobody'"), (".. alder", "begins or ends"), ("alder ..", "begins or ends")],
)
def test_a_pattern_that_means_nothing_is_refused(line: str, sentence: str, tmp_path: Path) -> None:
    languages = "{nb: a, nn: b, en: c}"
    conditions = f"conditions: [{{code: a, title: {languages}, letter: {languages}, patterns: ['{line}']}}]"
    path = tmp_path / "some.yaml"
    path.write_text(f"id: a\nsource: b\ngroups: {{only: kun}}\nfrees: [uten]\nbreaks: [men]\n{conditions}\n", "utf-8")
    with pytest.raises(BadRuleFile, match=sentence):
        parsed(read(path))


def test_a_code_stands_once(tmp_path: Path) -> None:
    one = "{code: a, title: {nb: a, nn: b, en: c}, letter: {nb: a, nn: b, en: c}, patterns: [alder]}"
    path = tmp_path / "some.yaml"
    path.write_text(
        f"id: a\nsource: b\ngroups: {{only: kun}}\nfrees: [uten]\nbreaks: [men]\nconditions: [{one}, {one}]\n", "utf-8"
    )
    with pytest.raises(BadRuleFile, match="has a code twice"):
        parsed(read(path))
