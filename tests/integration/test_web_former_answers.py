"""The round from before the workspace: its answers are the published ones, and what they do not tell is unknown."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from answering import given_answer, unkept
from bosett.figures import series
from bosett.figures.kinds import Status
from bosett.rounds.open_round import OpenFigure
from bosett.rounds.parties import Party
from bosett_web.actions.decisions import decisions
from bosett_web.records import clock
from bosett_web.records.models import Decision
from markup import tidy
from parties import DEMO, worker
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
FORMER = 2020
TOLD, HIDDEN, BOTH = 199, 12, 211
PERSONS = 4838
OWN, KEPT_BACK = "4601", "3023"


def page(client: Client, path: str) -> str:
    answer = client.get(f"/{FORMER}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main")[1].replace("\u00a0", " ").replace("&nbsp;", " ")


def public_row(code: str) -> str:
    """Return a municipality's row in the table that the public reads."""
    text = tidy(Client().get(f"/nb/{FORMER}/places").content.decode())
    return text.split(f'/nb/{FORMER}/municipalities/{code}">')[-1].split("</tr>")[0]


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    text = client.get(f"/{FORMER}/{path}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_demo_holds_what_was_published_of_the_decisions_and_no_day_that_nobody_knows() -> None:
    rows = Decision.objects.filter(round=FORMER).select_related("request")
    published = series("decided", FORMER)
    assert {row.municipality: row.number for row in rows} == {
        code: figure.persons for code, figure in published.figures.items() if figure.status is not Status.NOT_ASKED
    }
    numbers = [row.number for row in rows if row.number is not None]
    assert (len(numbers), len(rows), sum(numbers)) == (TOLD, BOTH, PERSONS)
    assert {(row.decided_on, row.decided_by, row.source, row.day) for row in rows} == {
        (None, "", "IMDi", published.known_on)
    }
    # Each answers the first request, which is the version that the municipality had got.
    assert {row.request.version for row in rows} == {1}
    assert sum(row.request.number for row in rows) == 5120


def test_a_decision_that_is_recorded_here_has_its_number_its_day_and_who_decided() -> None:
    decision = Decision.objects.filter(round=FORMER, municipality=OWN).get()
    whole = {"source": "", "number": 10, "decided_by": "council", "decided_on": date(2020, 1, 15)}
    with unkept():
        Decision.objects.filter(pk=decision.pk).update(**whole)
        for lacking in ({"number": None}, {"decided_by": ""}, {"decided_on": None}):
            with pytest.raises(IntegrityError, match="decision_recorded_whole"), transaction.atomic():
                Decision.objects.filter(pk=decision.pk).update(**(whole | lacking))


def test_everybody_is_told_the_published_decisions_and_how_many_are_hidden() -> None:
    ks_page = page(client_of(Party.KS), "ks")
    assert "199 av 211 kommuner har gjort vedtak, 4 838 personer i alt" in ks_page
    assert "Skjermet i tallene, og ikke medregnet: 12" in ks_page
    for party, area in ((Party.UDI, ""), (Party.DIRECTORATE, ""), (Party.COUNTY, "46"), (Party.MUNICIPALITY, OWN)):
        text = page(client_of(party, area), "decisions")
        assert ">199 <small>av 211</small>" in text
        assert ">4 838</dd>" in text
        assert "Skjermet i tallene, og ikke medregnet: 12" in text
        assert "tallene til IMDi, kjent fra 1. april 2020" in text
        assert "Ingen kommune er kjent for ikke å ha gjort vedtak." in text
        assert "Alle kommuner som er anmodet, har gjort vedtak." not in text
    # And the public in what has been published, where a hidden decision is no 0 and no lacking answer.
    assert led_from(f"/{FORMER}/decisions") == f"/nb/{FORMER}/places"
    decided = [each.decided for each in public_of(FORMER).municipalities]
    known = [each.persons for each in decided if each.persons is not None]
    assert (len(known), sum(known)) == (TOLD, PERSONS)
    assert sum(each.status is Status.HIDDEN and each.persons is None for each in decided) == HIDDEN
    assert 'data-label="Vedtatt"><span class="missing">skjermet</span>' in public_row(KEPT_BACK)


def test_a_count_that_would_be_0_without_the_hidden_ones_is_not_told_as_0() -> None:
    rows = {row["fylke"]: row for row in rows_of(client_of(Party.DIRECTORATE), "decisions/counties.csv")}
    viken = rows["Viken"]
    assert (viken["skjermet"], viken["av_dem_nei"], viken["færre"]) == ("2", "", "")
    assert (rows["Oslo"]["skjermet"], rows["Oslo"]["av_dem_nei"], rows["Oslo"]["færre"]) == ("0", "0", "1")
    assert sum(int(row["vedtatt"]) for row in rows.values()) == PERSONS
    text = page(client_of(Party.UDI), "decisions")
    viken_row = text.split(">Viken</th>")[1].split("</tr>")[0]
    assert 'data-label="av dem nei"><span class="missing">skjermet</span>' in viken_row


def test_without_published_decisions_it_is_unknown_what_was_answered_never_0() -> None:
    with unkept():
        Decision.objects.filter(round=FORMER).delete()
    ks_page = page(client_of(Party.KS), "ks")
    assert "det er ukjent hva 211 kommuner svarte" in ks_page
    text = page(client_of(Party.UDI), "decisions")
    head = text.split('id="headline"')[1].split('id="live"')[0]
    assert ">0<" not in head
    assert '<span class="missing">mangler</span> <small>av 211</small>' in head
    assert "svaret er ukjent" in page(client_of(Party.MUNICIPALITY, OWN), "own")
    assert "Vedtak over tid" not in text
    rows = rows_of(client_of(Party.UDI), "decisions/counties.csv")
    assert {row["har_gjort_vedtak"] for row in rows} == {row["vedtatt"] for row in rows} == {""}
    assert sum(int(row["ukjent"]) for row in rows) == BOTH
    released = public_of(FORMER)
    assert {each.decided for each in released.municipalities} == {OpenFigure(None, Status.MISSING)}
    assert released.decisions == ()


def test_no_curve_is_drawn_through_days_that_nobody_knows() -> None:
    text = page(client_of(Party.UDI), "decisions")
    course = text.split('id="course"')[1].split("</section>")[0]
    assert "199 vedtak har ukjent dato. Derfor er ingen kurve tegnet." in course
    assert "<svg" not in course
    assert rows_of(client_of(Party.UDI), "decisions/days.csv") == [
        {
            "dag": "dato ukjent",
            "svar_den_dagen": "199",
            "har_gjort_vedtak": "199",
            "bare_foreløpig_svar": "0",
            "vedtatt": "4838",
        }
    ]


def test_a_decision_says_that_its_day_is_unknown_and_where_it_is_taken_from() -> None:
    for client in (client_of(Party.MUNICIPALITY, OWN), client_of(Party.DIRECTORATE)):
        path = "own" if client.get(f"/{FORMER}/own").status_code == 200 else f"decisions?for={OWN}"
        answer = page(client, path).split('<article class="answer">')[1].split("</article>")[0]
        assert "fra publiserte tall" in answer
        assert "dato ukjent · tallene til IMDi, kjent fra 1. april 2020" in answer
        assert ">195</dd>" in answer
        assert "Kvittering" not in answer
    hidden = page(client_of(Party.MUNICIPALITY, KEPT_BACK), "own").split('<article class="answer">')[1]
    assert '<span class="missing">skjermet</span>' in hidden.split("</article>")[0]
    row = next(row for row in rows_of(client_of(Party.UDI), "decisions.csv") if row["kommunenummer"] == KEPT_BACK)
    cells = (row["vedtatt"], row["svar"], row["vedtaksdato"], row["kilde"], row["kom_etter_fristen"])
    assert cells == ("", "svaret er skjermet i tallene", "dato ukjent", "IMDi", "")
    released = {each.code: each for each in public_of(FORMER).municipalities}
    assert {released[code].decided_on for code in (OWN, KEPT_BACK)} == {None}
    assert released[OWN].decided.persons == 195


def test_there_is_no_receipt_of_what_was_not_recorded_here() -> None:
    for client in (client_of(Party.DIRECTORATE), client_of(Party.MUNICIPALITY, OWN)):
        assert client.get(f"/{FORMER}/decisions/{OWN}/1").status_code == 404
        assert client.get(f"/{FORMER}/decisions/{OWN}/1/receipt.pdf").status_code == 404


def test_a_decision_corrected_here_counts_from_its_day_beside_those_of_no_known_day() -> None:
    own = worker(Party.MUNICIPALITY, OWN)
    decisions.record(own, year=FORMER, municipality=OWN, request=1, answer=given_answer(190), reason="Feil i tallene.")
    first, second = rows_of(client_of(Party.UDI), "decisions/days.csv")
    assert (first["dag"], first["vedtatt"]) == ("dato ukjent", str(PERSONS))
    assert (second["dag"], second["svar_den_dagen"], second["har_gjort_vedtak"], second["vedtatt"]) == (
        clock.today().isoformat(),
        *("1", "199", str(PERSONS - 195 + 190)),
    )
    assert "<svg" not in page(client_of(Party.UDI), "decisions").split('id="course"')[1].split("</section>")[0]
    kept_back = worker(Party.MUNICIPALITY, KEPT_BACK)
    decisions.record(
        kept_back, year=FORMER, municipality=KEPT_BACK, request=1, answer=given_answer(0), reason="Vi svarte nei."
    )
    viken = next(row for row in rows_of(client_of(Party.UDI), "decisions/counties.csv") if row["fylke"] == "Viken")
    assert (viken["skjermet"], viken["av_dem_nei"]) == ("1", "1")
    released = {each.code: each for each in public_of(FORMER).municipalities}
    assert [(released[code].decided.persons, released[code].decided_on) for code in (OWN, KEPT_BACK)] == [
        (190, clock.today()),
        (0, clock.today()),
    ]
