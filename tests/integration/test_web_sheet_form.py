"""The county's sheet without script: the form saves what differs, tells of conflicts, and loses nothing."""

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import Cell
from bosett_web.journal.models import Event
from bosett_web.records.models import Recommendation, RecommendationLine
from markup import tidy
from parties import SHARED, YEAR, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN, KINN, ETNE = "46", "4601", "4602", "4611"
PAGE = f"/{YEAR}/counties/{COUNTY}"
Filled = dict[str, str]


class FormReader(HTMLParser):
    """Reads what a browser without script would send of one form: fields as they stand, after the form's last one."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.area, self.chosen = action, False, "", ""
        self.fields: Filled = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = attributes.get("action") == self.action
        if not self.inside:
            return
        if tag == "input":
            self.fields[attributes["name"]] = attributes.get("value", "").replace(
                "\n", "" if attributes.get("type") != "hidden" else "\n"
            )
        elif tag == "select":
            self.chosen = attributes["name"]
            self.fields[self.chosen] = ""
        elif tag == "option" and "selected" in attributes:
            self.fields[self.chosen] = attributes["value"]
        elif tag == "textarea":
            self.area = attributes["name"]
            self.fields[self.area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data


def form_of(page: str, name: str = "recommendation.edit") -> Filled:
    reader = FormReader(f"/{YEAR}/do/{name}")
    reader.feed(page)
    assert reader.fields, name
    return reader.fields


@pytest.fixture
def client() -> Client:
    client = Client()
    grant = Grant.objects.get(seat__party=Party.COUNTY, seat__area=COUNTY, grade=Grade.CASE_WORKER)
    assert client.post("/login/demo", {"grant": grant.pk}).status_code == 302
    return client


def opened(client: Client) -> Filled:
    return form_of(client.get(PAGE).content.decode())


def send(client: Client, filled: Filled, name: str = "recommendation.edit") -> tuple[int, str]:
    answer = client.post(f"/{YEAR}/do/{name}", filled)
    return answer.status_code, tidy(answer.content.decode())


def theirs(*wanted: Cell, reason: str | None = None) -> None:
    """Somebody else saves cells meanwhile."""
    cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted, reason=reason)


def number(code: str) -> int | None:
    number: int | None = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code).number
    return number


def own_reason() -> str:
    return str(Recommendation.objects.get(round=YEAR, county=COUNTY).reason)


def test_the_form_saves_only_what_differs_in_one_event(client: Client) -> None:
    theirs(Cell(BERGEN, "reason", "Long ago."), Cell(KINN, "number", 9))
    filled = opened(client)
    assert filled[f"{BERGEN}-reason"] == "Long ago."
    assert json.loads(filled[f"{KINN}-was"])["number"] == "9"
    status, _ = send(
        client, filled | {f"{BERGEN}-number": " 1 200 ", f"{BERGEN}-signal_on": "2020-06-01", "reason": "So."}
    )
    assert status == 302
    event = Event.objects.order_by("-pk")[0]
    assert json.loads(event.body)["after"]["lines"] == {
        BERGEN: {"asked": True, "number": 1200, "signal_on": "2020-06-01"}
    }
    assert own_reason() == "So."
    assert opened(client)["reason"] == opened(client)["reason-was"] == "So."


def test_a_form_in_which_nothing_was_changed_says_so(client: Client) -> None:
    theirs(Cell(BERGEN, "reason", "«a» & <b>"), reason="Two\nlines")
    count = Event.objects.count()
    status, page = send(client, opened(client))
    assert status == 422
    assert "Ingenting er endret." in page
    assert Event.objects.count() == count


def test_what_another_saved_meanwhile_is_kept_when_it_is_of_another_cell(client: Client) -> None:
    filled = opened(client)
    theirs(Cell(BERGEN, "number", 20), Cell(KINN, "reason", "Theirs."))
    assert send(client, filled | {f"{KINN}-number": "9"})[0] == 302
    assert (number(BERGEN), number(KINN)) == (20, 9)


def test_a_conflict_is_told_in_words_with_what_was_filled_in_and_nothing_is_saved(client: Client) -> None:
    filled = opened(client)
    theirs(Cell(BERGEN, "number", 20))
    status, page = send(client, filled | {f"{BERGEN}-number": "30", f"{KINN}-number": "9"})
    assert status == 422
    words = "En annen har endret dette etter at du åpnet siden. Før: mangler. Deres: 20. Ditt: 30."
    assert f'id="e-{BERGEN}-number">{words}</p>' in page
    assert (number(BERGEN), number(KINN)) == (20, None)
    back = form_of(page)
    assert (back[f"{BERGEN}-number"], back[f"{KINN}-number"]) == ("30", "9")
    # Told of it, the person sends it again and means it.
    assert send(client, back)[0] == 302
    assert (number(BERGEN), number(KINN)) == (30, 9)


def test_a_conflict_over_a_choice_and_over_what_cannot_be_read_is_told_in_words(client: Client) -> None:
    filled = opened(client)
    theirs(Cell(BERGEN, "asked", value=False))
    _, page = send(client, filled | {f"{BERGEN}-asked": "yes"})
    assert "Før: mangler. Deres: nei. Ditt: ja." in page
    _, page = send(client, filled | {f"{BERGEN}-number": "ti"})
    assert "Før: mangler. Deres: 0. Ditt: ti." in page


def test_a_second_conflict_that_was_not_told_yet_is_not_saved_over(client: Client) -> None:
    filled = opened(client)
    theirs(Cell(BERGEN, "number", 20), Cell(KINN, "number", 21))
    _, page = send(client, filled | {f"{BERGEN}-number": "30", f"{KINN}-number": "31"})
    assert "Deres: 20. Ditt: 30." in page
    status, page = send(client, form_of(page))
    assert status == 422
    assert "Deres: 21. Ditt: 31." in page
    assert (number(BERGEN), number(KINN)) == (20, 21)
    assert send(client, form_of(page))[0] == 302
    assert (number(BERGEN), number(KINN)) == (30, 31)


def test_a_form_that_comes_back_does_not_undo_what_others_saved_in_cells_that_were_left_alone(client: Client) -> None:
    theirs(Cell(ETNE, "number", 7))
    filled = opened(client)
    theirs(Cell(KINN, "number", 21), Cell(KINN, "signal_by", "the council"), Cell(ETNE, "number", 8), reason="Theirs.")
    status, page = send(client, filled | {f"{BERGEN}-number": "ti", f"{ETNE}-reason": "Mine."})
    assert status == 422
    back = form_of(page)
    assert back[f"{BERGEN}-number"] == "ti"
    assert (back[f"{KINN}-number"], back[f"{KINN}-signal_by"]) == ("21", "the council")
    assert send(client, back | {f"{BERGEN}-number": "10"})[0] == 302
    assert (number(BERGEN), number(KINN), number(ETNE), own_reason()) == (10, 21, 8, "Theirs.")


def test_the_recommendation_s_own_reason_is_not_saved_over_another_s(client: Client) -> None:
    filled = opened(client)
    theirs(reason="Theirs.")
    status, page = send(client, filled | {"reason": "Mine.", f"{BERGEN}-number": "30"})
    assert status == 422
    assert "Før: mangler. Deres: Theirs. Ditt: Mine." in page.replace("Theirs..", "Theirs.").replace("Mine..", "Mine.")
    assert (own_reason(), number(BERGEN)) == ("Theirs.", None)
    back = form_of(page)
    assert (back["reason"], back["reason-was"]) == ("Mine.", "Theirs.")
    assert send(client, back)[0] == 302
    assert (own_reason(), number(BERGEN)) == ("Mine.", 30)


def test_a_reason_that_another_changed_after_a_refusal_is_told_too(client: Client) -> None:
    filled = opened(client)
    _, page = send(client, filled | {"reason": "Mine.", f"{BERGEN}-number": "ti"})
    theirs(reason="Theirs.")
    status, _ = send(client, form_of(page) | {f"{BERGEN}-number": "10"})
    assert (status, own_reason()) == (422, "Theirs.")


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [
        ("number", "ti", "Skriv et helt tall"),
        ("number", "1000001", "Tallet må være fra 0 til 1\u00a0000\u00a0000."),
        ("under15", "31", "31 enslige mindreårige er flere enn 30 i alt."),
        ("signal_on", "2030-01-01", "Datoen er etter arbeidsdatoen 30."),
        ("asked", "no", "Valget og tallet sier hver sin ting"),
    ],
)
def test_an_error_stands_at_its_cell_with_all_that_was_filled_in(
    client: Client, field: str, written: str, words: str
) -> None:
    wanted = {f"{BERGEN}-number": "30", f"{BERGEN}-signal_by": 'the "council" <x>', "reason": "So & so"}
    wanted |= {f"{BERGEN}-{field}": written}
    status, page = send(client, opened(client) | wanted)
    assert status == 422
    assert words in page
    assert page.count('aria-invalid="true"') == 1
    at = "asked" if field == "asked" else field if field != "under15" else "number"
    assert f'id="e-{BERGEN}-{at}">' in page
    back = form_of(page)
    assert {name: back[name] for name in wanted} == wanted
    assert number(BERGEN) is None
    assert own_reason() == ""


def test_hidden_facts_that_were_tampered_with_change_nothing_else(client: Client) -> None:
    filled, count = opened(client), Event.objects.count()
    for was in ("", "[]", "{", '{"id": "1"}', '{"outcome": "x", "changed": ""}'):
        status, _ = send(client, filled | {f"{BERGEN}-was": was, f"{BERGEN}-number": "9", f"{BERGEN}-outcome": "9"})
        assert status == 422, was
    assert Event.objects.count() == count


def test_the_newest_edit_is_undone_by_its_button_and_a_stale_button_says_why_not(client: Client) -> None:
    page = tidy(client.get(PAGE).content.decode())
    assert 'action="/2021/do/recommendation.undo" hidden' in page
    theirs(Cell(BERGEN, "number", 20), Cell(BERGEN, "signal_on", date(2020, 6, 1)))
    button = form_of(client.get(PAGE).content.decode(), "recommendation.undo")
    theirs(Cell(BERGEN, "number", 21))
    status, page = send(client, button, "recommendation.undo")
    assert status == 422
    assert "Før: 20. Deres: 21. Ditt: mangler." in page
    newest = form_of(page, "recommendation.undo")
    assert send(client, newest, "recommendation.undo")[0] == 302
    assert send(client, button, "recommendation.undo")[0] == 302
    assert number(BERGEN) is None
    for event in ("", "x", "0", "999999999"):
        assert send(client, button | {"event": event}, "recommendation.undo")[0] == 422


def test_the_county_s_own_reason_is_undone_by_the_button_too(client: Client) -> None:
    theirs(reason="So.")
    button = form_of(client.get(PAGE).content.decode(), "recommendation.undo")
    assert send(client, button, "recommendation.undo")[0] == 302
    assert own_reason() == ""


def test_filling_and_spreading_by_their_buttons(client: Client) -> None:
    page = tidy(client.get(PAGE).content.decode())
    assert send(client, form_of(page, "recommendation.spread"), "recommendation.spread")[0] == 302
    status, page = send(client, form_of(page, "recommendation.spread"), "recommendation.spread")
    assert status == 422
    assert "Alle som kan være med i fordelingen, har tall allerede." in page
    status, page = send(client, form_of(page, "recommendation.fill"), "recommendation.fill")
    assert status == 422
    assert "Det er ingenting å fylle inn." in page


def test_who_decided_comes_back_as_filled_in_when_the_day_cannot_stand(client: Client) -> None:
    filled = form_of(client.get(PAGE).content.decode(), "recommendation.decided")
    wrong = filled | {"decided_by": "council", "decided_on": "2030-01-01", "case_number": "20/1"}
    status, page = send(client, wrong, "recommendation.decided")
    assert status == 422
    back = form_of(page, "recommendation.decided")
    assert {name: back[name] for name in ("decided_by", "decided_on", "case_number")} == {
        "decided_by": "council",
        "decided_on": "2030-01-01",
        "case_number": "20/1",
    }
    assert send(client, back | {"decided_on": "2020-06-30"}, "recommendation.decided")[0] == 302
    form = form_of(client.get(PAGE).content.decode(), "recommendation.decided")
    assert (form["decided_by"], form["decided_on"]) == ("council", "2020-06-30")
