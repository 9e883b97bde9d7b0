"""The county's sheet for who only reads it: the same grid, all of it or what departs; and handing it back."""

import re

import pytest
from django.test import Client

from bosett.geography import municipalities
from bosett.rounds.columns import HIDDEN_AT_FIRST, NAMED_BY_COUNTY, ON_PAGE
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Objected
from bosett_web.actions.round.shielding import shield
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import FreeText
from bosett_web.queries.standing import standing
from bosett_web.records.models import ProposalLine
from markup import tidy
from parties import SHARED, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY = "46"
BERGEN, KINN, ALVER = "4601", "4602", "4631"
PLACES = {place.code for place in municipalities(YEAR) if place.county == COUNTY}
PAGE = f"/{YEAR}/counties/{COUNTY}"
READERS = (
    (Party.COUNTY, COUNTY, Grade.READER),
    (Party.COUNTY, COUNTY, Grade.APPROVER),
    (Party.KS, "", Grade.CASE_WORKER),
    (Party.DIRECTORATE, "", Grade.READER),
)


def proposed(code: str) -> int:
    return int(ProposalLine.objects.get(municipality=code, proposal__state="shared").number)


def recommend() -> None:
    """Recommend as proposed, but for one more in Kinn and one less in Alver; and Bergen has said what it can take."""
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    wanted = [
        Cell(KINN, "number", proposed(KINN) + 1),
        Cell(KINN, "reason", "Har <ledige> boliger."),
        Cell(ALVER, "number", proposed(ALVER) - 1),
        Cell(ALVER, "reason", "Skolen er full."),
        Cell(BERGEN, "signal", proposed(BERGEN) + 9),  # told of, but no departure
    ]
    cells.set_all(county, year=YEAR, county=COUNTY, cells=wanted)


def ready() -> None:
    recommend()
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)


def submit() -> None:
    ready()
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)


def text_of(client: Client, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return tidy(answer.content.decode())


def rows(text: str) -> dict[str, str]:
    matches = re.findall(r'<tr id="row-(\d{4})"(.*?)</tr>', text, re.DOTALL)
    assert len({code for code, _ in matches}) == len(matches)
    return dict(matches)


def columns(text: str) -> list[str]:
    return re.findall(r'<th[^>]*data-column="(\w+)"', text.split("</thead>", maxsplit=1)[0])


def of_row(row: str) -> list[str]:
    return re.findall(r'<td[^>]*data-column="(\w+)"', row)


# The same grid


@pytest.mark.parametrize("reader", READERS, ids=lambda each: f"{each[0]} {each[2]}")
def test_who_reads_has_the_grid_of_who_writes_without_fields(reader: tuple[Party, str, Grade]) -> None:
    recommend()
    written = text_of(client_of(Party.COUNTY, COUNTY))
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    text = text_of(client_of(*reader))
    assert columns(text) == columns(written) == [each.name for each in ON_PAGE if each.name not in NAMED_BY_COUNTY]
    assert rows(text).keys() == rows(written).keys() == PLACES
    for code, row in rows(text).items():
        assert of_row(row) == of_row(rows(written)[code])
        assert "<input" not in row
        assert "<select" not in row
    kinn = rows(text)[KINN]
    assert re.search(rf'data-column="number"[^>]*data-value="{proposed(KINN) + 1}"', kinn)
    assert "Har &lt;ledige&gt; boliger." in kinn
    assert "1 flere enn forslaget." in kinn
    assert re.search(r'data-column="asked"[^>]*>ja<', kinn)
    assert re.search(r'data-column="signal"[^>]*><span class="missing">ikke sagt</span>', kinn)


def test_columns_that_nobody_has_filled_are_not_shown_until_they_are_chosen() -> None:
    def shown(text: str) -> set[str]:
        choices = re.findall(r'<input[^>]*id="show-(\w+)"([^>]*)>', text)
        return {name for name, more in choices if "checked" in more}

    recommend()
    written = shown(text_of(client_of(Party.COUNTY, COUNTY)))
    read = shown(text_of(client_of(Party.COUNTY, COUNTY, Grade.READER)))
    assert {"minors", "signal"} <= written
    assert written.isdisjoint(HIDDEN_AT_FIRST)
    assert read == written - {"minors"}  # Bergen has said what it can take; nobody has told of minors


def test_what_the_meeting_came_to_stands_beside_the_number_from_when_there_is_one() -> None:
    submit()
    directorate = worker(Party.DIRECTORATE)
    ks = client_of(Party.KS)
    assert "outcome" not in columns(text_of(ks))
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=COUNTY)
    outcome = Outcome(BERGEN, Numbers(proposed(BERGEN) + 2), "Enighet i møtet.", "municipality")
    outcomes.set_outcomes(directorate, year=YEAR, county=COUNTY, outcomes=[outcome])
    text = text_of(ks)
    names = columns(text)
    assert names[names.index("number") + 1] == "outcome"
    assert all(of_row(row) == names[1:] for row in rows(text).values())
    bergen = rows(text)[BERGEN]
    assert re.search(rf'data-column="outcome"[^>]*data-value="{proposed(BERGEN) + 2}"', bergen)
    assert "Møtets utfall: Enighet i møtet. (kommunen)" in bergen
    # Its number is as proposed, but not what the meeting came to.
    assert rows(text_of(ks, f"{PAGE}?show=departing")).keys() == {KINN, ALVER, BERGEN}


# Only what departs


@pytest.mark.parametrize("reader", READERS, ids=lambda each: f"{each[0]} {each[2]}")
def test_bare_avvik_shows_what_departs_and_nothing_else(reader: tuple[Party, str, Grade]) -> None:
    submit()
    client = client_of(*reader)
    text = text_of(client)
    assert f"Alle kommuner ({len(PLACES)})" in text
    assert "Bare avvik (2)" in text
    only = text_of(client, f"{PAGE}?show=departing")
    assert rows(only).keys() == {KINN, ALVER}
    assert re.search(r'<a class="ds-link" href="[^"]*\?show=departing" aria-current="true">Bare avvik \(2\)</a>', only)
    assert only.split('id="sums"')[1].split("</dl>")[0] == text.split('id="sums"')[1].split("</dl>")[0]
    assert len(re.findall(r'class="t\w[^"]*"[^>]*data-code', only)) == len(
        re.findall(r'class="t\w[^"]*"[^>]*data-code', text)
    )  # the map is of the whole county


def test_nothing_that_departs_is_said_in_words() -> None:
    cells.fill_from_proposal(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    text = text_of(client_of(Party.COUNTY, COUNTY, Grade.READER), f"{PAGE}?show=departing")
    assert rows(text) == {}
    assert '<p class="empty" id="no-rows">Ingen kommuner passer.</p>' in text


def test_who_writes_chooses_in_the_sheet_and_is_told_by_the_server() -> None:
    recommend()
    client = client_of(Party.COUNTY, COUNTY)
    text = text_of(client, f"{PAGE}?show=departing")
    assert rows(text).keys() == PLACES  # all are there to be written in
    assert '<option value="departing" selected>bare avvik</option>' in text
    assert {code for code, row in rows(text).items() if "data-departs" in row} == {KINN, ALVER}
    answer = client.get(f"{PAGE}/cells", headers={"accept": "application/json"}).json()["rows"]
    assert {code for code, row in answer.items() if row["departs"]} == {KINN, ALVER}


# Handed back


def main_buttons(text: str) -> list[str]:
    moves = text.split('id="moves"')[1].split('class="workbench"', maxsplit=1)[0]
    return [
        words.strip()
        for attributes, words in re.findall(r'<(?:button|summary) class="ds-button"([^>]*)>([^<]*)<', moves)
        if "data-variant" not in attributes
    ]


def test_the_approver_hands_back_with_a_reason_and_by_no_main_button() -> None:
    ready()
    client = client_of(Party.COUNTY, COUNTY, Grade.APPROVER)
    text = text_of(client)
    assert main_buttons(text) == ["Godkjenn og send til IMDi"]
    assert "Send tilbake til saksbehandler" in text
    assert "Ta tilbake" not in text
    mark = {"shown_to": client.get(f"/{YEAR}/").context["signed"], "county": COUNTY}
    refused = client.post(f"/{YEAR}/do/recommendation.hand_back", mark | {"reason": "  "})
    assert refused.status_code == 409
    assert standing(YEAR).recommendations[COUNTY].state == "ready"
    assert "Skriv" in tidy(refused.content.decode())
    answer = client.post(f"/{YEAR}/do/recommendation.hand_back", mark | {"reason": "Se på Kinn <igjen>."})
    assert answer.status_code == 302
    assert standing(YEAR).recommendations[COUNTY].state == "open"
    assert FreeText.objects.filter(field="reason", text="Se på Kinn <igjen>.", event__name="recommendation.hand_back")


def test_the_case_worker_takes_back_and_by_no_main_button_either() -> None:
    ready()
    text = text_of(client_of(Party.COUNTY, COUNTY))
    assert main_buttons(text) == []
    assert "Ta tilbake" in text
    assert "Send tilbake til saksbehandler" not in text
    with pytest.raises(Objected) as caught:
        recommendations.withdraw(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    assert caught.value.objection.code == "low_grade"
    with pytest.raises(Objected):
        recommendations.hand_back(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Nei.")
    recommendations.withdraw(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    assert standing(YEAR).recommendations[COUNTY].state == "open"


def test_why_it_was_handed_back_stands_by_the_sheet_until_it_is_ready_again() -> None:
    ready()
    recommendations.hand_back(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Se på Kinn <igjen>.")
    client, words = (
        client_of(Party.COUNTY, COUNTY),
        "Godkjenneren sendte anbefalingen tilbake: Se på Kinn &lt;igjen&gt;.",
    )
    assert words in text_of(client)
    for party in (Party.KS, Party.DIRECTORATE):
        assert "Se på Kinn" not in text_of(client_of(party))
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.withdraw(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    assert words not in text_of(client)
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.hand_back(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Nevner en person.")
    text = FreeText.objects.get(text="Nevner en person.")
    shield(approver(Party.DIRECTORATE), free_text=text.pk, reason="Peker ut en person.")
    shown = text_of(client)
    assert "Nevner en person." not in shown
    assert "Godkjenneren sendte anbefalingen tilbake: (skjermet)" in shown
