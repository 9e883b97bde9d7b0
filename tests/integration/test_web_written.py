"""Criteria that the committee writes: what is wrong and what comes of it at once, any step undone, and kept by name."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from answering import post
from bosett.cli import main
from bosett.parameters import NotOnShelf, load, load_shipped, rules_digest, written_text
from bosett.rounds.parties import Grade, Party
from bosett.rounds.run import compute
from bosett.rounds.what_if import come_to
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import alternatives, criteria, proposals
from bosett_web.journal.models import Event
from bosett_web.queries.explained import explained_by_run
from bosett_web.records import clock
from bosett_web.records.models import CriteriaAlternative, CriteriaSet, Proposal, ProposalLine, WrittenRule
from bosett_web.screens.round.criteria_write import sealed, unsealed
from bosett_web.screens.round.written_form import filled
from markup import tidy
from parties import DECIDED, DEMO, YEAR, approver, new_targets, register_forecast, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DECIDED)]
BERGEN, COUNTY = "4601", "46"
MODEL = "no-2021-reference"
WRITE = f"/{YEAR}/criteria/write"
NAME = "Korridor rundt fjoråret"
BEGUN = dict(filled(load_shipped(MODEL).criteria))
CORRIDOR = {
    "order": "c1 c2 c3 c4 c5",
    "c5-kind": "bound",
    "c5-code": "near",
    "c5-nb": "Nær fjoråret.",
    "c5-nn": "Nær fjoråret.",
    "c5-en": "Near last year.",
    "c5-figure": "requested_first 2020",
    "c5-from": "50",
    "c5-to": "400",
}
WRITTEN = {**BEGUN, "c1-weight": "62,5", "c2-weight": "27,5", **CORRIDOR}


def read(client: Client, query: str = "", at: str = WRITE) -> str:
    answer = client.get(f"{at}?{query}")
    assert answer.status_code == 200
    return plain(answer.content.decode())


def plain(page: str) -> str:
    return html.unescape(tidy(page)).replace("\u00a0", " ")


def sent(client: Client, fields: Mapping[str, str], **more: str) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/criteria").context["signed"]
    answer = client.post(f"{WRITE}/change", {**fields, **more, "shown_to": signed})
    return answer.status_code, plain(answer.content.decode())


def values(page: str) -> dict[str, str]:
    """Return what stands in the form of a page."""
    form = page.split('id="cards"')[1].split("</form>", maxsplit=1)[0]
    inputs = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
    areas = re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    chosen = [
        (name, match[1] if (match := re.search(r'value="([^"]*)" selected', inner)) else "")
        for name, inner in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL)
    ]
    return dict([*inputs, *areas, *chosen])


def keep(name: str = NAME, fields: Mapping[str, str] = WRITTEN) -> CriteriaAlternative:
    status, page = post(
        client_of(Party.COMMITTEE), "alternative.keep", **fields, name=name, comment="", **{"from": "criteria_write"}
    )
    assert status == 302, page
    return CriteriaAlternative.objects.latest("pk")


# The page


def test_the_round_s_criteria_stand_in_the_form_with_what_they_say() -> None:
    committee = client_of(Party.COMMITTEE)
    page = read(committee)
    stands = values(page)
    assert {name: stands[name] for name in BEGUN} == BEGUN
    for words in (
        "Vektene er 100 % til sammen.",
        "Måles ved opprinnelig anmodning 2020.",
        "Regnes slik: minst 10.",
        "Ingen kommune får et annet tall.",
        "kjent 1. mars 2020",
        "Likhet med folketall, nr. 1",
        "kriteriene i denne runden",
    ):
        assert words in page, words
    assert WRITE in committee.get(f"/{YEAR}/criteria").content.decode()


def test_only_figures_known_by_the_round_s_day_can_be_chosen() -> None:
    page = read(client_of(Party.COMMITTEE))
    figures = re.search(r'<select[^>]*name="c2-f1-figure".*?</select>', page, re.DOTALL)
    assert figures is not None
    offered = re.findall(r'value="([^"]+)"', figures[0])
    assert {"population 2020", "requested_first 2020", "unemployed 2020-05"} <= {*offered}
    assert not {"population 2021", "unemployed 2020-07", "national_requested 2020", "jobs 2020"} & {*offered}
    assert '<optgroup label="Folketall 1. januar (SSB)">' in figures[0]
    status, page = sent(client_of(Party.COMMITTEE), {**BEGUN, "c2-f1-figure": "population 2021"})
    assert status == 422
    assert (
        "Dette tallet var ikke kjent på rundens dag." in page.split('id="w-c2-f1-figure-error"')[1].split("</div>")[0]
    )
    assert values(page)["c2-f1-figure"] == "population 2021", "nothing is changed unseen"


def test_what_is_written_comes_to_what_the_core_says() -> None:
    _, page = sent(client_of(Party.COMMITTEE), WRITTEN)
    now = come_to(load_shipped(MODEL).known_by(clock.today()), TOTAL)
    file = load_shipped(keep().file)
    new = come_to(file.known_by(clock.today()), TOTAL)
    up = sum(new.numbers[code] > now.numbers[code] for code in now.numbers)
    down = sum(new.numbers[code] < now.numbers[code] for code in now.numbers)
    assert up
    assert down
    assert f"{up} kommuner får flere, {down} får færre." in page
    cells = re.findall(r'<th scope="row">Kommuner som anmodes</th>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)</td>', page)
    assert cells == [(str(now.asked), str(new.asked))]
    assert "62,5 %" in page
    assert "Regnes slik: fra 50 % til 400 % av opprinnelig anmodning 2020." in page


TOTAL = 5025


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        ({"c1-weight": "62,5"}, "sum", "Vektene er 87,5 % til sammen. 12,5 % mangler."),
        ({"c1-weight": "80"}, "sum", "Vektene er 105 % til sammen. 5 % for mye."),
        ({"c1-weight": ""}, "w-c1-weight-error", "Tallet mangler."),
        ({"c1-weight": "0"}, "w-c1-weight-error", "En vekt er mer enn 0 %"),
        ({"c1-weight": "mye"}, "w-c1-weight-error", "Skriv et tall fra 0 til 100"),
        ({"c1-nb": " "}, "w-c1-nb-error", "Fyll ut feltet."),
        ({"c1-f1-figure": ""}, "w-c1-f1-figure-error", "Velg et tall fra listen."),
        ({"c1-f1-power": "1/2"}, "w-c1-f1-digits-error", "hvor mange desimaler"),
        ({"c1-f1-power": "1/2", "c1-f1-digits": "13"}, "w-c1-f1-digits-error", "12"),
        ({"c4-least": ""}, "w-c4-least-error", "Skriv minst én grense"),
        ({"c4-least": "10", "c4-most": "9"}, "w-c4-most-error", "lavere enn minstetallet 10"),
        ({**CORRIDOR, "c5-to": "40"}, "w-c5-to-error", "lavere enn det korridoren begynner på"),
        ({**CORRIDOR, "c5-to": ""}, "w-c5-to-error", "Tallet mangler."),
        ({**CORRIDOR, "c5-figure": ""}, "w-c5-figure-error", "Velg et tall fra listen."),
        ({"order": "c4"}, "effect", "Minst ett kriterium må fordele en del av tallet."),
        ({"c2-code": "continuity"}, "effect", "samme kode"),
        ({"c4-least": "900"}, "effect", "går ikke opp"),
        ({**CORRIDOR, "c5-to": "150"}, "effect", "Fordelingen for Oslo går ikke opp"),
        ({"c2-f1-figure": "decided 2020"}, "told-c2", "mangler for 12 kommuner"),
    ],
)
def test_what_is_wrong_stands_at_its_place(fields: Mapping[str, str], at: str, words: str) -> None:
    status, page = sent(client_of(Party.COMMITTEE), {**BEGUN, **fields})
    is_wrong = not words.startswith(("går ikke opp", "Fordelingen", "mangler for"))
    assert status == (422 if is_wrong else 200)
    assert ("Dette må rettes" in page) is is_wrong
    place = page.split(f'id="{at}"')[1]
    until = "</main>" if at == "effect" else "</section>" if at.startswith("told") else "</div>"
    assert words in place[: place.index(until)]


def test_cards_are_moved_added_and_removed_and_each_step_is_undone() -> None:
    committee = client_of(Party.COMMITTEE)
    first = values(read(committee))
    _, page = sent(committee, first, do="down c1")
    moved = values(page)
    assert moved["order"] == "c2 c1 c3 c4"
    _, page = sent(committee, {**moved, "new": "eligibility"}, do="add")
    added = values(page)
    assert (added["order"], added["c5-kind"], added["c5-code"]) == ("c2 c1 c3 c4 c5", "eligibility", "eligibility_1")
    _, page = sent(committee, {**added, "c5-least": "500"}, do="remove c3")
    removed = values(page)
    assert removed["order"] == "c2 c1 c4 c5"
    assert "c3-weight" not in removed
    _, page = sent(committee, removed, do="undo")
    back = values(page)
    assert (back["order"], back["c5-least"]) == ("c2 c1 c3 c4 c5", "500")
    _, page = sent(committee, back, do="undo")
    assert values(page)["c5-least"] == "", "what was typed is a step of its own"
    _, page = sent(committee, {**values(page), "c1-nb": "Skrevet, og så angret."}, do="undo")
    assert (values(page)["order"], "Skrevet" in page) == ("c2 c1 c3 c4 c5", False)
    for _ in range(5):
        _, page = sent(committee, values(page), do="undo")
    assert {name: values(page)[name] for name in BEGUN} == BEGUN
    assert "c5-kind" not in values(page)


def test_a_measure_takes_another_figure_and_lets_it_go() -> None:
    committee = client_of(Party.COMMITTEE)
    _, page = sent(committee, BEGUN, do="row c1")
    assert values(page)["c1-rows"] == "f1 f2"
    assert "Velg et tall fra listen." in page.split('id="w-c1-f2-figure-error"')[1].split("</div>")[0]
    _, page = sent(
        committee, {**values(page), "c1-f2-figure": "population 2020", "c1-f2-power": "1/2", "c1-f2-digits": "2"}
    )
    assert "ganger kvadratroten av folketall 1. januar 2020" in page
    _, page = sent(committee, values(page), do="unrow c1 f1")
    assert values(page)["c1-rows"] == "f2"
    _, page = sent(committee, values(page), do="unrow c1 f2")
    assert values(page)["c1-rows"] == "f2", "a measure has a figure"


def test_the_states_before_are_ours_and_stay_within_what_is_kept_of_a_form() -> None:
    states = [{**WRITTEN, "c1-nb": f"{n} " + "Lang tekst. " * 40} for n in range(60)]
    assert len(sealed(states)) <= 24_000
    assert unsealed(sealed(states))[-1] == states[-1]
    assert unsealed(sealed(states)[:-2] + "xx") == []
    assert unsealed("") == []


@pytest.mark.parametrize("junk", ["", "c1 c1 ../x", "c1 " * 500, "%00", "c9"])
def test_whatever_is_sent_for_cards_is_answered(junk: str) -> None:
    status, page = sent(client_of(Party.COMMITTEE), {**BEGUN, "order": junk, "past": junk}, do=junk)
    assert status in (200, 422)
    assert "Skriv kriterier" in page


def test_last_year_s_criteria_are_the_start_where_they_are_known() -> None:
    committee = client_of(Party.COMMITTEE)
    assert "begin=before" not in read(committee), "of 2020 the weights are not known"
    assert "begin=model" in read(committee)
    model = values(read(committee, "begin=model"))
    assert {name: model[name] for name in BEGUN} == BEGUN


# Who


def test_who_writes_and_who_reads() -> None:
    row = keep()
    for party, area in ((Party.DIRECTORATE, ""), (Party.MINISTRY, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)):
        client = client_of(party, area)
        assert client.get(WRITE).status_code == 404
        assert client.get(f"{WRITE}?alternative={row.pk}").status_code == 404, "it is not shared"
        assert client.get(f"/{YEAR}/criteria/rules/{row.file}.yaml").status_code == 404
        assert sent(client, WRITTEN)[0] == 302
        with pytest.raises(Objected, match="wrong_party"):
            alternatives.keep_written(
                worker(party, area), year=YEAR, name="Mitt", comment="", criteria=load_shipped(row.file).criteria
            )
    assert client_of(Party.MUNICIPALITY, BERGEN).get(WRITE).status_code == 404
    assert client_of(Party.COMMITTEE, grade=Grade.READER).get(WRITE).status_code == 404
    alternatives.share(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    page = read(client_of(Party.COUNTY, COUNTY), f"alternative={row.pk}")
    for words in (NAME, "Nær fjoråret.", "Regnes slik: fra 50 % til 400 %", "kommuner får flere", "62,5 %"):
        assert words in page, words
    assert f'<th scope="col" class="num">{NAME}</th>' in page
    assert "<textarea" not in page.split("<main")[1]
    assert client_of(Party.COUNTY, COUNTY).get(f"/{YEAR}/criteria/rules/{row.file}.yaml").status_code == 200
    assert client_of(Party.MUNICIPALITY, BERGEN).get(f"/{YEAR}/criteria/rules/{row.file}.yaml").status_code == 404


@pytest.mark.begins_at(DEMO)
def test_before_anything_is_shared_a_county_reads_no_alternative() -> None:
    row = keep()
    alternatives.share(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    assert client_of(Party.COUNTY, COUNTY).get(f"{WRITE}?alternative={row.pk}").status_code == 404


# Kept


def test_what_is_kept_is_a_rule_by_its_content_and_never_changes() -> None:
    row = keep()
    rule = WrittenRule.objects.get()
    file = load_shipped(row.file)
    assert (rule.pk, rule.text) == (row.file, written_text(file))
    assert file.title["nb"] == f"Utvalgets kriterier for 2021: {NAME}"
    assert not file.official
    assert (file.day, file.tie_rule, file.source_date) == (
        load_shipped(MODEL).day,
        "larger-claim",
        clock.today().isoformat(),
    )
    event = json.loads(Event.objects.get(name="alternative.keep").body)["after"]
    assert (event["file"], event["sha256"]) == (row.file, rules_digest(file))
    with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
        WrittenRule.objects.filter(pk=rule.pk).update(text="noe annet")
    with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
        rule.delete()
    alternatives.drop(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    assert keep().file == row.file, "the same again is the same rule"
    assert WrittenRule.objects.count() == 1


def test_what_cannot_be_kept_is_told_and_all_that_was_written_stays() -> None:
    keep()
    committee = client_of(Party.COMMITTEE)
    extra = {"comment": "Min kommentar.", "from": "criteria_write"}
    for fields, place, words in (
        ({"name": NAME.upper()}, "w-name-error", "Det er alt et alternativ som heter"),
        ({"name": ""}, "w-name-error", "Fyll ut feltet."),
        ({"name": "Annet", "c1-weight": "60"}, "main", "Vektene er 97,5 % til sammen. De må være 100 %."),
        ({"name": "Annet", "c1-nn": ""}, "w-c1-nn-error", "Fyll ut feltet."),
        ({"name": "Annet", "c2-f1-figure": "population 2021"}, "w-c2-f1-figure-error", "ikke kjent på rundens dag"),
    ):
        status, page = post(committee, "alternative.keep", **{**WRITTEN, **extra, **fields})
        page = plain(page)
        assert status == 422
        assert words in page.split(f'id="{place}"')[1], words
        assert "Min kommentar." in page
        assert ("Side om side" in page) is (place == "w-name-error")
        stands = values(page)
        assert {name: stands[name] for name in WRITTEN if name not in fields} == {
            name: value for name, value in WRITTEN.items() if name not in fields
        }
    assert "Nr. 1, Ordlyd på nynorsk" in plain(
        post(committee, "alternative.keep", **{**WRITTEN, **extra, "c1-nn": ""})[1]
    )
    assert CriteriaAlternative.objects.count() == WrittenRule.objects.count() == 1


def test_the_action_itself_refuses_what_no_round_could_be_computed_by() -> None:
    file = load_shipped(MODEL)
    by = worker(Party.COMMITTEE)
    for wrong in (file.criteria[1:], file.criteria[3:], (), load_shipped("no-2022-reference").criteria):
        with pytest.raises(Invalid, match="criteria_not_written"):
            alternatives.keep_written(by, year=YEAR, name="Mitt", comment="", criteria=wrong)
    assert not WrittenRule.objects.exists()


def test_a_form_whose_session_has_ended_comes_back_with_all_that_was_written() -> None:
    client = client_of(Party.COMMITTEE)
    signed = client.get(WRITE).context["signed"]
    answer = Client().post(f"{WRITE}/change", {**WRITTEN, "past": sealed([WRITTEN] * 30), "shown_to": signed})
    assert (answer.status_code, answer["Location"]) == (302, "/login")
    again = client_of(Party.COMMITTEE)
    page = plain(again.get("/kept").content.decode())
    assert f'action="{WRITE}/change"' in page
    assert 'name="c5-nb" value="Nær fjoråret."' in page


def test_an_alternative_is_opened_told_and_begun_from() -> None:
    row, committee = keep(), client_of(Party.COMMITTEE)
    page = read(committee, f"alternative={row.pk}")
    stands = values(page)
    assert {name: stands[name] for name in WRITTEN if name != "c5-code"} == {
        name: value for name, value in WRITTEN.items() if name != "c5-code"
    }
    for at in (WRITE, f"/{YEAR}/criteria/try"):
        section = read(committee, at=at).split('id="alternatives"')[1]
        for words in (
            "Nr. 1: 62,5 % i stedet for 75 %",
            "Nr. 5 er nytt: Nær fjoråret.",
            f"alternative={row.pk}",
            f"{row.file}.yaml",
        ):
            assert words in section, words


def test_two_alternatives_at_most_are_laid_beside_what_is_written() -> None:
    committee = client_of(Party.COMMITTEE)
    parts = (("En", "60", "30"), ("To", "55", "35"), ("Tre", "50", "40"))
    rows = [keep(name, {**WRITTEN, "c1-weight": size, "c2-weight": other}) for name, size, other in parts]
    signed = committee.get(f"/{YEAR}/criteria").context["signed"]
    form = {**WRITTEN, "beside": [str(row.pk) for row in rows] + ["0"], "shown_to": signed}
    page = plain(committee.post(f"{WRITE}/change", form).content.decode())
    heads = re.findall(r'<th scope="col" class="num">([^<]+)</th>', page)
    assert heads[:4] == ["Kriteriene", "En", "To", "Det du skriver"]
    row = page.split('<th scope="row">Kommuner som anmodes</th>')[1].split("</tr>")[0]
    files = (load_shipped(name) for name in (MODEL, rows[0].file, rows[1].file, keep().file))
    asked = [str(come_to(file.known_by(clock.today()), TOTAL).asked) for file in files]
    assert re.findall(r"<td[^>]*>(\d+)</td>", row) == asked
    assert re.findall(r'name="beside"\s+value="(\d+)"\s+checked', page) == [str(each.pk) for each in rows[:2]]


# The whole way


def test_a_written_rule_goes_the_whole_way_and_anybody_computes_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row, committee = keep(), client_of(Party.COMMITTEE)
    status, _ = post(committee, "criteria.draft", title="Nye kriterier", wording="", file=row.file)
    assert status == 302
    drafted = CriteriaSet.objects.get(round=YEAR, version=2)
    alternatives.drop(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    criteria.propose(approver(Party.COMMITTEE), year=YEAR, version=2)
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=2)
    criteria.share(worker(Party.DIRECTORATE), year=YEAR, version=2)
    municipality = read(client_of(Party.MUNICIPALITY, BERGEN), at=f"/{YEAR}/criteria")
    for words in ("62,5 %", "Nær fjoråret.", f"Utvalgets kriterier for 2021: {NAME}", "kriterier skrevet av utvalget"):
        assert words in municipality, words
    for words in ("vår egen modell", "Gjengitt med våre ord"):
        assert words not in municipality.split("</article>")[0], words

    register_forecast()
    new_targets(TOTAL, 2)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    stored = Proposal.objects.get(round=YEAR)
    proposals.compute(stored.pk, lambda _: None)
    stored.refresh_from_db()
    assert (stored.state, stored.error, stored.criteria_file) == ("computed", "", row.file)
    assert proposals.replay(stored.pk)

    # The file as anybody gets it, and the numbers by it.
    answer = client_of(Party.MUNICIPALITY, BERGEN).get(f"/{YEAR}/criteria/rules/{drafted.file}.yaml")
    assert answer["Content-Disposition"] == f'attachment; filename="{drafted.file}.yaml"'
    path = tmp_path / "fetched.yaml"
    path.write_bytes(answer.content)
    file = load(path)
    assert stored.inputs["criteria_sha256"] == rules_digest(file)
    run = compute(YEAR, total=TOTAL, criteria=file.known_by(clock.today()), targets=stored.inputs["targets"])
    numbers = {line.code: line.number for county in run.counties for line in county.municipalities}
    lines = dict(ProposalLine.objects.filter(proposal=stored).values_list("municipality", "number"))
    assert {code: lines[code] for code in numbers} == numbers
    assert explained_by_run(stored.pk, [BERGEN])[BERGEN].number == numbers[BERGEN]
    straight = compute(YEAR, total=TOTAL, criteria=load_shipped(row.file))
    assert main(["allocate", str(YEAR), "--total", str(TOTAL), "--criteria", str(path), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    by_command = {line["code"]: line["number"] for county in printed["counties"] for line in county["municipalities"]}
    assert by_command == {line.code: line.number for county in straight.counties for line in county.municipalities}

    # What is tried and written from now on begins from it.
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=1)
    assert values(read(committee))["c5-nb"] == "Nær fjoråret."
    tried = read(committee, at=f"/{YEAR}/criteria/try")
    assert "Side om side" in tried
    assert 'id="keep"' not in tried, "other weights of it have no id: they are written"
    assert WRITE in tried


def test_a_rule_that_is_kept_nowhere_is_none() -> None:
    file = load_shipped(keep().file)
    missing = file.id[:-1] + ("0" if file.id[-1] != "0" else "1")
    with pytest.raises(NotOnShelf):
        load_shipped(missing)
    with pytest.raises(Invalid, match="unknown_criteria_file"):
        criteria.draft(worker(Party.COMMITTEE), year=YEAR, title="Nye", wording="", file=missing)
