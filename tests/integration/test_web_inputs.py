"""A county's input in prose: written, sent, read and answered, and on the agenda of the county's meeting."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from answering import page, post
from bosett.rounds.parties import Party
from bosett_web.actions.county import inputs
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.meetings import meetings
from bosett_web.queries.inputs import inputs as rows
from bosett_web.records.models import CountyInput
from parties import DEMO, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
COUNTY, OTHER, BERGEN = "46", "11", "4601"
WORDS = "Smittevernet er på plass i alle kommunene."


@pytest.fixture
def county() -> Client:
    return client_of(Party.COUNTY, COUNTY)


@pytest.fixture
def directorate() -> Client:
    return client_of(Party.DIRECTORATE)


def seen() -> str:
    """Return what the first input is known by as it stands."""
    return rows(YEAR)[0].seen


def test_an_input_goes_from_draft_to_answer(county: Client, directorate: Client) -> None:
    written = {"topic": "preparedness", "municipality": "", "words": WORDS}
    assert post(county, "input.write", **written)[0] == 302
    row = CountyInput.objects.get()
    assert WORDS not in page(directorate, "inputs")  # a draft is the county's own
    assert "Send et innspill som er skrevet" in page(county, "")
    changed = {**written, "identity": row.pk, "municipality": BERGEN, "topic": "situation", "seen": seen()}
    assert post(county, "input.edit", **changed)[0] == 302
    status, shown = post(county, "input.send", identity=row.pk, seen=changed["seen"])  # it is another than was seen
    assert (status, "Noen andre har endret innspillet" in shown) == (422, True)
    assert post(county, "input.edit", **changed)[0] == 422
    assert post(county, "input.send", identity=row.pk, seen=seen())[0] == 302
    assert post(county, "input.edit", **changed)[0] == 409
    assert "Les et innspill fra Vestland" in page(directorate, "")
    shown = page(directorate, "inputs")
    assert WORDS in shown
    assert "Bergen" in shown
    assert WORDS not in page(client_of(Party.COUNTY, OTHER), "inputs")
    assert WORDS in page(client_of(Party.KS), "inputs")
    reply = {"identity": row.pk, "words": "Takk. Vi tar det med til UDI.", "outcome": "Ankomstene er utsatt."}
    assert post(directorate, "input.reply", **reply)[0] == 409  # it is read first
    assert post(directorate, "input.read", identity=row.pk)[0] == 302
    assert "Svar på et innspill fra Vestland" in page(directorate, "")
    assert post(directorate, "input.reply", **reply)[0] == 302
    shown = page(county, "inputs")
    assert "Takk. Vi tar det med til UDI." in shown
    assert "Ankomstene er utsatt." in shown


def test_what_is_sent_stands_on_the_agenda_of_the_county_s_meeting(county: Client) -> None:
    by = worker(Party.COUNTY, COUNTY)
    inputs.write(by, year=YEAR, topic="handling", words=WORDS)
    inputs.write(by, year=YEAR, topic="situation", words="Bare et utkast.")
    first, _ = CountyInput.objects.order_by("pk")
    inputs.send(by, year=YEAR, identity=first.pk, seen=seen())
    directorate = worker(Party.DIRECTORATE)
    when = datetime(2020, 9, 1, 8, tzinfo=UTC)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=when, place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    for client in (county, client_of(Party.KS)):
        shown = page(client, f"meetings/{COUNTY}")
        assert WORDS in shown
        assert "Bare et utkast." not in shown


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"topic": "annet"}, "topic"), ({"municipality": "1103"}, "municipality"), ({"words": " "}, "words")],
)
def test_what_cannot_stand_is_refused(changed: dict[str, str], field: str) -> None:
    whole = {"topic": "handling", "words": WORDS} | changed
    with pytest.raises(Invalid) as refused:
        inputs.write(worker(Party.COUNTY, COUNTY), year=YEAR, **whole)
    assert refused.value.field == field


def test_who_may_not() -> None:
    for party, area in ((Party.DIRECTORATE, ""), (Party.MUNICIPALITY, BERGEN), (Party.KS, "")):
        with pytest.raises(Objected, match="wrong_party"):
            inputs.write(worker(party, area), year=YEAR, topic="handling", words=WORDS)
    by = worker(Party.COUNTY, COUNTY)
    inputs.write(by, year=YEAR, topic="handling", words=WORDS)
    row = CountyInput.objects.get()
    with pytest.raises(Objected, match="wrong_area"):
        inputs.send(worker(Party.COUNTY, OTHER), year=YEAR, identity=row.pk, seen=seen())
    with pytest.raises(Invalid, match="input_gone"):
        inputs.send(by, year=YEAR, identity=row.pk + 1, seen=seen())
    for party, area in ((Party.UDI, ""), (Party.MUNICIPALITY, BERGEN), (Party.MINISTRY, "")):
        assert client_of(party, area).get(f"/{YEAR}/inputs").status_code == 404
