"""Alternatives to the criteria: kept by name, seen by others when they are shared, taken away, and drafted from."""

import html
import json
import re
from urllib.parse import parse_qsl

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from answering import post
from bosett.parameters import CriteriaFile, load_shipped, rules_digest
from bosett.rounds.parties import Grade, Party
from bosett.rounds.run import compute
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import alternatives, criteria, proposals
from bosett_web.journal.models import Event
from bosett_web.queries.explained import explained_by_run
from bosett_web.records import clock
from bosett_web.records.models import CriteriaAlternative, CriteriaSet, Proposal, ProposalLine
from bosett_web.screens.journal_words import file_title
from markup import tidy
from parties import DECIDED, DEMO, YEAR, approver, new_targets, register_forecast, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DECIDED)]
BERGEN, COUNTY = "4601", "46"
MODEL = "no-2021-reference"
FILE = f"{MODEL}-weights-50-30-20-floor-5"
ASKED = "w-continuity=50&w-size=30&w-work=20&least=5"
TRY = f"/{YEAR}/criteria/try"
COMMENT = "Mindre vekt på fjoråret."


def keep(name: str = "Mer til folketallet", file: str = FILE) -> CriteriaAlternative:
    alternatives.keep(worker(Party.COMMITTEE), year=YEAR, name=name, comment=COMMENT, file=file)
    return CriteriaAlternative.objects.latest("pk")


def shared() -> CriteriaAlternative:
    row = keep()
    alternatives.share(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    return row


def read(client: Client, query: str = "", at: str = TRY) -> str:
    answer = client.get(f"{at}?{query}")
    assert answer.status_code == 200
    return html.unescape(tidy(answer.content.decode())).replace("\u00a0", " ")


def test_what_is_tried_is_kept_under_a_name_with_what_is_different() -> None:
    committee = client_of(Party.COMMITTEE)
    page = read(committee, ASKED)
    hidden = dict(re.findall(r'type="hidden" name="(file|asked)" value="([^"]*)"', page))
    assert hidden == {"file": FILE, "asked": ASKED}
    answer = committee.post(
        f"/{YEAR}/do/alternative.keep",
        {**hidden, "name": "Mer til folketallet", "comment": COMMENT, "shown_to": committee.get(TRY).context["signed"]},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{TRY}?{ASKED}#alternatives")
    row = CriteriaAlternative.objects.get()
    assert (row.name, row.comment, row.file, row.state, row.kept_on) == (
        *("Mer til folketallet", COMMENT, FILE, "drafted"),
        clock.today(),
    )
    section = read(committee).split('id="alternatives"')[1]
    for words in (
        "Mer til folketallet",
        COMMENT,
        "Nr. 1: 50 % i stedet for 75 %",
        "Nr. 2: 30 % i stedet for 15 %",
        "Nr. 3: 20 % i stedet for 10 %",
        "Minstetall: 5 i stedet for 10",
        row.kept_by.name,
        "ikke delt",
    ):
        assert words in section, words
    event = json.loads(Event.objects.get(name="alternative.keep").body)
    assert event["after"] == {"alternative": row.pk, "name": row.name, "file": FILE, "state": "drafted"}


def test_it_is_opened_and_laid_beside_what_is_tried() -> None:
    keep()
    committee = client_of(Party.COMMITTEE)
    section = read(committee, "w-continuity=60&w-size=20&w-work=20&least=10").split('id="alternatives"')[1]
    opened, beside = re.findall(r'href="([^"]+/criteria/try[^"]*)"', section)
    assert dict(parse_qsl(opened.partition("?")[2])) == dict(parse_qsl(ASKED))
    assert "w-continuity=60" in beside
    assert "beside=50-30-20_5" in beside
    shown = committee.get(beside).content.decode()
    assert "Ved siden av 1" in shown
    assert "Legg ved siden av" not in html.unescape(shown).split('id="alternatives"')[1]


@pytest.mark.parametrize(
    ("name", "file", "field", "words"),
    [
        (" ", FILE, "name", "Skriv"),
        ("mer til FOLKETALLET", FILE, "name", "Det er alt et alternativ som heter"),
        ("x" * 81, FILE, "name", "høyst 80 tegn"),
        ("Annet", "", "file", "Vektene må være 100 %"),
        ("Annet", MODEL, "file", "Vektene må være 100 %"),
        ("Annet", "no-2020-reference-weights-50-30-20-floor-5", "file", "Vektene må være 100 %"),
        ("Annet", f"{MODEL}-weights-50-30-30-floor-5", "file", "Vektene må være 100 %"),
        ("Annet", "../../secrets", "file", "Vektene må være 100 %"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_filled_in_stays(name: str, file: str, field: str, words: str) -> None:
    keep()
    status, page = post(
        client_of(Party.COMMITTEE), "alternative.keep", name=name, comment="Min kommentar.", file=file, asked=ASKED
    )
    page = html.unescape(page)
    assert status == 422
    assert words in page
    assert "Min kommentar." in page
    assert re.search(r'name="w-continuity"[^>]*value="50"|value="50"[^>]*name="w-continuity"', page), "as it was tried"
    if field == "name":
        assert 'id="keep-name-error"' in page
    assert CriteriaAlternative.objects.count() == 1


def test_it_is_the_committee_s_own_until_it_is_shared_and_after_it_is_taken_away() -> None:
    row = keep()
    others = [(Party.DIRECTORATE, ""), (Party.MINISTRY, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)]
    assert [party for party, area in others if row.name in read(client_of(party, area))] == []
    by = worker(Party.COMMITTEE)
    alternatives.share(by, year=YEAR, identity=row.pk)
    for party, area in others:
        page = read(client_of(party, area))
        assert row.name in page
        assert COMMENT in page
        assert "alternative.drop" not in page
        assert "Ta vare på det du prøver" not in page
    assert row.name not in read(client_of(Party.UDI)), "it takes no part in the criteria"
    alternatives.take_back(by, year=YEAR, identity=row.pk, reason="Misforstått.")
    assert [party for party, area in others if row.name in read(client_of(party, area))] == []
    row.refresh_from_db()
    assert (row.state, row.retired_on) == ("retired", clock.today())
    keep()  # its name is free again
    assert CriteriaAlternative.objects.count() == 2


def test_that_it_is_shared_is_news_and_stands_in_the_log() -> None:
    row = shared()
    for party in (Party.DIRECTORATE, Party.MINISTRY, Party.KS):
        assert "Et alternativ til kriteriene er delt" in client_of(party).get(f"/{YEAR}/").content.decode()
        log = client_of(party).get(f"/{YEAR}/journal").content.decode()
        assert "Alternativ til kriteriene delt" in log
        assert row.name not in log
        assert "Alternativ til kriteriene lagret" not in log
    own = client_of(Party.COMMITTEE).get(f"/{YEAR}/journal").content.decode()
    assert row.name in own
    assert "Bosetts referansemodell for 2021 med vektene 50/30/20 og minstetallet 5" in own


def test_a_shared_one_is_taken_away_with_a_reason_and_a_draft_without() -> None:
    row = shared()
    committee = client_of(Party.COMMITTEE)
    assert post(committee, "alternative.drop", identity=row.pk)[0] == 409
    status, page = post(committee, "alternative.take_back", identity=row.pk, reason=" ")
    assert status == 409
    assert f'id="alternative-take_back-alternative-{row.pk}-reason-error"' in page
    assert post(committee, "alternative.take_back", identity=row.pk, reason="Feil.")[0] == 302
    assert post(committee, "alternative.take_back", identity=row.pk, reason="Feil.")[0] == 422
    other = keep("Et til")
    assert post(committee, "alternative.drop", identity=other.pk)[0] == 302


def test_who_may_not() -> None:
    for party, area in ((Party.DIRECTORATE, ""), (Party.MINISTRY, ""), (Party.KS, ""), (Party.COUNTY, COUNTY)):
        with pytest.raises(Objected, match="wrong_party"):
            alternatives.keep(worker(party, area), year=YEAR, name="Mitt", comment="", file=FILE)
    with pytest.raises(Invalid, match="alternative_gone"):
        alternatives.share(worker(Party.COMMITTEE), year=YEAR, identity=1)
    reader = client_of(Party.COMMITTEE, grade=Grade.READER)
    assert post(reader, "alternative.keep", name="Mitt", comment="", file=FILE, asked=ASKED)[0] == 403
    assert post(client_of(Party.MUNICIPALITY, BERGEN), "alternative.keep", name="Mitt", file=FILE)[0] in (403, 404)


def test_the_database_holds_names_apart_and_what_is_kept_as_it_was() -> None:
    row = keep()
    given = {"round_id": YEAR, "file": FILE, "kept_on": clock.today(), "kept_by_id": row.kept_by_id}
    with pytest.raises(IntegrityError, match="alternative_once"), transaction.atomic():
        CriteriaAlternative.objects.create(name=row.name.upper(), **given)
    for change in ({"name": "Et annet"}, {"comment": ""}, {"file": MODEL}):
        with pytest.raises(ProgrammingError, match="what is kept never changes"), transaction.atomic():
            CriteriaAlternative.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("asked", ["w-continuity=%00", "beside=x", "a=b%0d%0aSet-Cookie: x=1", "%" * 50])
def test_whatever_is_sent_back_with_it_leads_to_the_page(asked: str) -> None:
    committee = client_of(Party.COMMITTEE)
    fields = {"name": "Mitt", "comment": "", "file": FILE, "asked": asked}
    answer = committee.post(
        f"/{YEAR}/do/alternative.keep", {**fields, "shown_to": committee.get(TRY).context["signed"]}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(TRY)


# From a choice that was tried to a round that is computed by it


def test_a_draft_begins_with_an_alternative_and_the_round_is_computed_by_it() -> None:
    row, committee = keep(), client_of(Party.COMMITTEE)
    (link,) = re.findall(r'href="([^"]+alternative=\d+#draft)"', read(committee))
    page = read(committee, link.partition("?")[2].partition("#")[0], at=f"/{YEAR}/criteria")
    assert re.search(rf'<option[^>]*value="{FILE}"[^>]*selected', page), "it is chosen"
    assert 'value="Mer til folketallet"' in page
    status, _ = post(committee, "criteria.draft", title="Nye kriterier", wording="", file=FILE)
    assert status == 302
    drafted = CriteriaSet.objects.get(round=YEAR, version=2)
    assert drafted.file == row.file
    event = json.loads(Event.objects.filter(name="criteria.draft").latest("pk").body)
    assert event["after"]["sha256"] == rules_digest(load_shipped(FILE))
    alternatives.drop(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    criteria.propose(approver(Party.COMMITTEE), year=YEAR, version=2)
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=2)
    criteria.share(worker(Party.DIRECTORATE), year=YEAR, version=2)
    municipality = read(client_of(Party.MUNICIPALITY, BERGEN), at=f"/{YEAR}/criteria")
    assert "50,0 %" in municipality
    assert "Ingen kommune anmodes om færre enn 5." in municipality

    register_forecast()
    new_targets(5025, 2)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    stored = Proposal.objects.get(round=YEAR)
    proposals.compute(stored.pk, lambda _: None)
    stored.refresh_from_db()
    assert (stored.state, stored.error) == ("computed", "")
    assert (stored.criteria_file, stored.inputs["criteria"]) == (FILE, FILE)
    assert stored.inputs["criteria_sha256"] == rules_digest(load_shipped(FILE))
    run = compute(
        YEAR,
        total=5025,
        criteria=load_shipped(FILE).known_by(clock.today()),
        targets=stored.inputs["targets"],
    )
    numbers = {line.code: line.number for county in run.counties for line in county.municipalities}
    lines = dict(ProposalLine.objects.filter(proposal=stored).values_list("municipality", "number"))
    assert {code: lines[code] for code in numbers} == numbers
    assert proposals.replay(stored.pk)
    assert explained_by_run(stored.pk, [BERGEN])[BERGEN].number == numbers[BERGEN]
    # What is tried from now on is tried on the criteria that are in force.
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=1)
    again = keep("Som kriteriene")
    section = read(committee).split(f'id="alternative-{again.pk}"')[1]
    assert "Som kriteriene er nå" in section


def test_a_run_whose_rules_are_others_now_is_not_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    stored = Proposal.objects.get(round=YEAR)
    proposals.compute(stored.pk, lambda _: None)
    assert stored.inputs["criteria_sha256"] == rules_digest(load_shipped(MODEL))
    assert proposals.replay(stored.pk)

    def otherwise(file: CriteriaFile) -> str:
        return f"another than of {file.id}"

    monkeypatch.setattr(proposals, "rules_digest", otherwise)
    assert not proposals.replay(stored.pk)


def test_nobody_drafts_by_what_is_not_kept() -> None:
    for file in (FILE, f"{MODEL}-weights-1-2-3"):
        with pytest.raises(Invalid, match="unknown_criteria_file"):
            criteria.draft(worker(Party.COMMITTEE), year=YEAR, title="Nye", wording="", file=file)
    row = keep()
    alternatives.drop(worker(Party.COMMITTEE), year=YEAR, identity=row.pk)
    with pytest.raises(Invalid, match="unknown_criteria_file"):
        criteria.draft(worker(Party.COMMITTEE), year=YEAR, title="Nye", wording="", file=FILE)


def test_its_title_is_told_in_the_reader_s_language() -> None:
    assert file_title(FILE, "nn") == "Bosetts referansemodell for 2021 med vektene 50/30/20 og minstetalet 5"


@pytest.mark.begins_at(DEMO)
def test_before_the_criteria_are_shared_a_county_is_told_of_no_alternative() -> None:
    row = shared()
    page = read(client_of(Party.COUNTY, COUNTY))
    assert row.name not in page
    assert "ingenting å prøve" in page
