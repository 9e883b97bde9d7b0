"""Figures of one's own in the workspace: read in, held against what is there, accepted, taken back; a run replays."""

import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

import madeup
from bosett.documents.days import time_in
from bosett.figures import SHIPPED, series
from bosett.figures.catalogue import rows_by_time
from bosett.rounds.history import requests_before
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.figures import figures
from bosett_web.actions.round import proposals
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.layers import layers_now
from bosett_web.queries.round.lacking import lacking
from bosett_web.queries.standing import standing
from bosett_web.records.models import FigureFile, FigureSet, Proposal, ProposalLine
from coming_year import FIGURED, OPENED, PEOPLED, PERSONS, READY, SHARED, YEAR, csv_of
from markup import tidy
from parties import approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(PEOPLED)]


def upload(content: bytes, **more: str) -> tuple[int, str, str]:
    """Post a file on the page; return status, address and page."""
    client = client_of(Party.DIRECTORATE)
    signed = client.get("/figures").context["signed"]
    fields = {"shown_to": signed, "reader": "plain", "indicator": "requested", "time": "2026", "known_on": "2026-01-15"}
    file = SimpleUploadedFile("anmodninger.csv", content)
    answer = client.post("/figures/read", fields | more | {"file": file})
    return answer.status_code, answer.headers.get("Location", ""), html.unescape(answer.content.decode())


def test_nothing_counts_before_a_second_person_has_accepted_it() -> None:
    status, address, _ = upload(csv_of(madeup.requests_of_2026()))
    assert (status, layers_now()) == (302, SHIPPED)
    row = FigureSet.objects.get()
    assert address == f"/figures/{row.pk}"
    page = html.unescape(client_of(Party.DIRECTORATE).get(address).content.decode())
    assert "Nytt" in page
    assert "Horten" in page
    with pytest.raises(Objected) as low:
        figures.accept(worker(Party.DIRECTORATE), identity=row.pk)
    assert low.value.objection.code == "low_grade"
    figures.accept(approver(Party.DIRECTORATE), identity=row.pk, looked=True)
    assert series("requested", 2026, figures=layers_now()).figures["3903"].persons
    before = requests_before(YEAR, date(2026, 6, 30), figures=layers_now())
    assert sum(before.numbers.values()) == 13_000
    assert not verify().faults


def test_who_read_it_in_does_not_accept_it() -> None:
    boss = approver(Party.DIRECTORATE)
    (identity,) = figures.read(boss, source="x.csv", content=b"x", versions=[madeup.requests_of_2026()])
    with pytest.raises(Objected) as refused:
        figures.accept(boss, identity=identity, looked=True)
    assert refused.value.objection.code == "same_person"


@pytest.mark.parametrize(
    ("content", "more", "field"),
    [
        (b"<html><body>Logg inn</body></html>", {}, "file"),
        (b"code,time,value,status\n0301,2026,elleve,\n", {}, "file"),
        (b"", {}, "file"),
        (b"code,time,value,status\n0301,2026,11,\n", {"known_on": "2027-01-01"}, "known_on"),
        (b"code,time,value,status\n0301,2026,11,\n", {"reader": "xml"}, "reader"),
        (b"code,time,value,status\n0301,2026,11,\n", {"indicator": "happiness"}, "indicator"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_kept(
    content: bytes, more: dict[str, str], field: str
) -> None:
    status, _, page = upload(content, **more)
    assert status == 422
    assert f'name="{field}"' in page
    assert "ds-validation-message" in page
    assert not FigureSet.objects.exists()
    assert not FigureFile.objects.exists()


def test_what_stands_out_is_looked_at_first() -> None:
    strange = madeup.version("population", {"2026": madeup.persons({"0301": 1_700_000})})
    (identity,) = figures.read(worker(Party.DIRECTORATE), source="x.csv", content=b"x", versions=[strange])
    with pytest.raises(Invalid) as refused:
        figures.accept(approver(Party.DIRECTORATE), identity=identity)
    assert refused.value.code == "figures_to_look_at"
    figures.accept(approver(Party.DIRECTORATE), identity=identity, rows=[("2026", "0301")], looked=True)
    accepted = series("population", 2026, figures=layers_now())
    assert accepted.figures["0301"].persons == 1_700_000
    assert accepted.figures["1103"] == series("population", 2026).figures["1103"]  # not taken: stands as it was


def test_accepting_row_by_row_on_the_page() -> None:
    _, address, _ = upload(csv_of(madeup.requests_of_2026()))
    client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    signed = client.get(address).context["signed"]
    fields = {"shown_to": signed, "which": "some", "looked": "yes", "rows": ["2026|3903", "2026|3905"]}
    assert client.post(f"{address}/accept", fields).status_code == 302
    values = series("requested", 2026, figures=layers_now()).values()
    assert set(values) == {"3903", "3905"}
    again = client.post(f"{address}/accept", fields)
    assert again.status_code == 409


def test_what_stands_out_is_told_with_numbers_and_times_as_people_write_them() -> None:
    figures_of_2026 = madeup.requests_of_2026().figures["2026"]
    more = dict(figures_of_2026) | madeup.persons({"0301": (figures_of_2026["0301"].persons or 0) + 1_722})
    _, address, _ = upload(csv_of(madeup.version("requested", {"2026": more})))
    page = tidy(client_of(Party.DIRECTORATE).get(address).content.decode())
    assert "sum 14\u00a0722, publisert 13\u00a0000, uten tall:" in page
    assert "tall er som før" not in page  # there are none
    odd = page[page.index("g-sum_off") : page.index("g-new")]
    assert ">Landet<" in odd.replace(" ", "")
    assert "mangler" not in odd
    overview = tidy(client_of(Party.DIRECTORATE).get("/figures").content.decode())
    assert f"{time_in(max(rows_by_time('unemployed')), 'nb')}" in overview


def test_the_same_file_is_read_once_until_it_is_refused() -> None:
    content = csv_of(madeup.requests_of_2026())
    _, address, _ = upload(content)
    status, _, page = upload(content)
    assert status == 422
    assert "Filen er lest inn før" in page
    figures.refuse(worker(Party.DIRECTORATE), identity=int(address.rsplit("/", 1)[1]), reason="Feil år.")
    assert upload(content)[0] == 302


@pytest.mark.begins_at(FIGURED)
def test_the_database_keeps_what_was_accepted() -> None:
    row = FigureSet.objects.order_by("pk")[0]
    attempts: tuple[dict[str, Any], ...] = ({"taken": {}}, {"content": {}}, {"sequence": 99}, {"accepted_by": "NN"})
    for changed in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            FigureSet.objects.filter(pk=row.pk).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureFile.objects.all().delete()


@pytest.mark.begins_at(OPENED)
def test_a_round_tells_what_it_lacks_and_where_it_is_published() -> None:
    assert lacking(standing(YEAR)).least
    page = html.unescape(client_of(Party.DIRECTORATE).get(f"/{YEAR}/").content.decode())
    assert "Det er ikke bestemt hvor få personer en kommune kan anmodes om i 2027." in page


@pytest.mark.begins_at(SHARED)
def test_a_suggestion_of_targets_that_lacks_figures_says_so_in_the_reader_s_language() -> None:
    for row in FigureSet.objects.order_by("pk"):
        figures.take_back(approver(Party.DIRECTORATE), identity=row.pk, reason="Feil fil.")
    client = client_of(Party.COMMITTEE)
    sent = {"shown_to": client.get(f"/{YEAR}/").context["signed"], "way": "criteria", "national-number": "9000"}
    page = html.unescape(client.post(f"/{YEAR}/targets/fill", sent).content.decode())
    (fault,) = re.findall(r'ds-validation-message"[^>]*>\s*([^<]+?)\s*<', page)
    assert re.fullmatch(r"Tall mangler: .*Siste anmodning 2026.*\. Les dem inn under Tallgrunnlag, .*", fault)
    assert "Helt ledige februar\u00a02026" in fault


@pytest.mark.begins_at(READY)
def test_with_the_figures_nothing_is_lacking() -> None:
    at = standing(YEAR)
    assert lacking(at).figures == ()
    for row in FigureSet.objects.filter(indicator="requested"):
        figures.take_back(approver(Party.DIRECTORATE), identity=row.pk, reason="Feil fil.")
    (one,) = lacking(standing(YEAR)).figures
    assert (one.indicator, one.time, one.publisher, one.needed) == ("requested", "2026", "IMDi", True)
    page = html.unescape(client_of(Party.DIRECTORATE).get(f"/{YEAR}/").content.decode())
    assert "Les inn disse tallene, og få dem godkjent:" in page
    assert "nmodning" in page


@pytest.mark.begins_at(SHARED)
def test_the_proposal_of_2027_names_its_figures_and_replays_after_they_are_taken_back() -> None:
    run = Proposal.objects.get(round=YEAR)
    lines = ProposalLine.objects.filter(proposal=run)
    assert (lines.count(), len({line.county for line in lines})) == (357, 15)
    assert sum(line.number for line in lines) == PERSONS
    assert run.inputs["figures"] == [1, 2]
    assert proposals.replay(run.pk)
    for row in FigureSet.objects.all():
        figures.take_back(approver(Party.DIRECTORATE), identity=row.pk, reason="Prøve.")
    assert layers_now() == SHIPPED
    assert proposals.replay(run.pk)
    event = Event.objects.filter(name="figures.take_back").order_by("-pk")[0]
    assert json.loads(event.body)["after"]["state"] == "taken_back"
    for path in ("", "criteria", "proposal", "counties", "counties/40", "meetings", "country", "targets", "forecasts"):
        assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/{path}").status_code == 200, path


@pytest.mark.begins_at(SHARED)
def test_the_sheet_of_a_county_of_today_tells_last_year_s_requests() -> None:
    page = client_of(Party.COUNTY, "40").get(f"/{YEAR}/counties/40").content.decode()
    asked = madeup.requests_of_2026().figures["2026"]
    assert "Telemark" in page
    assert f">{asked['4003'].persons}<" in page


def test_others_than_the_directorate_have_no_such_page() -> None:
    for party in (Party.COMMITTEE, Party.KS, Party.UDI):
        assert client_of(party).get("/figures").status_code == 404
