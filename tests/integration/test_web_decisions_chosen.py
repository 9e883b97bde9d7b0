"""The answers asked for: by name, county and how it was answered; the map in words; all of it in the address."""

import re
from datetime import date

import pytest
from django.test import Client

from bosett.rounds.parties import Party
from bosett_web.records import clock
from bosett_web.records.models import Decision, LetterSettings, Request
from bosett_web.screens.decisions import choice
from lettersteps import post, text_of
from parties import FROZEN, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]
BERGEN, KINN, OSLO, STAVANGER, KARASJOK = "4601", "4602", "0301", "1103", "5437"


@pytest.fixture
def answered() -> dict[str, int]:
    """Let five municipalities have been asked, and three have answered: as asked, fewer, no."""
    asked = {}
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": date(2030, 1, 1)})
    for code in (BERGEN, KINN, OSLO, STAVANGER):
        request = Request.objects.get(round=YEAR, municipality=code)
        Request.objects.filter(pk=request.pk).update(sent_at=clock.moment())
        asked[code] = request.number
        number = {BERGEN: request.number, KINN: request.number - 1, OSLO: 0}.get(code)
        if number is not None:
            Decision.objects.create(
                round_id=YEAR,
                municipality=code,
                version=1,
                request=request,
                number=number,
                decided_by="council",
                decided_on=request.day,
                day=request.day,
            )
    return asked


def listed(client: Client, question: str) -> tuple[set[str], set[str]]:
    """Return whose answers are listed, and who is listed as waiting."""
    answer = client.get(f"/{YEAR}/decisions?{question}")
    assert answer.status_code == 200
    decided, waiting = answer.context["decided"].rows, answer.context["waiting"].rows
    return {each.line.code for each in decided}, {each.line.code for each, _, _ in waiting}


@pytest.mark.parametrize(
    ("question", "rows", "waiting"),
    [
        ("", {BERGEN, KINN, OSLO}, {STAVANGER}),
        ("county=46", {BERGEN, KINN}, set()),
        ("county=11", set(), {STAVANGER}),
        ("answer=answered", {BERGEN, KINN, OSLO}, set()),
        ("answer=waiting", set(), {STAVANGER}),
        ("answer=yes", {BERGEN, KINN}, set()),
        ("answer=no", {OSLO}, set()),
        ("answer=equal", {BERGEN}, set()),
        ("answer=fewer", {KINN, OSLO}, set()),
        ("answer=more", set(), set()),
        ("answer=late", set(), set()),
        ("answer=preliminary", set(), set()),
        ("answer=nothing", {BERGEN, KINN, OSLO}, {STAVANGER}),
        ("q=oslo", {OSLO}, set()),
        ("q=vestland", {BERGEN, KINN}, set()),
        ("q=vestland&answer=fewer", {KINN}, set()),
        ("q=nowhere", set(), set()),
    ],
)
def test_what_is_asked_for_is_listed_and_nothing_else(
    answered: dict[str, int], question: str, rows: set[str], waiting: set[str]
) -> None:
    client = client_of(Party.DIRECTORATE)
    assert listed(client, question) == (rows, waiting)
    page = client.get(f"/{YEAR}/decisions?{question}")
    assert page.context["tally"].places == len(answered)  # the sums are of everything, whatever is listed


def test_what_is_asked_for_stays_in_every_address_of_the_page(answered: dict[str, int]) -> None:
    assert answered
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "decisions?county=46&answer=fewer&q=kinn")
    question = "q=kinn&amp;county=46&amp;answer=fewer"
    assert f'href="/{YEAR}/decisions?for={KINN}&amp;{question}#one"' in page
    assert re.search(rf'hx-get="/{YEAR}/decisions/live\?mark=\w+&amp;{re.escape(question)}"', page)
    assert 'hx-select-oob="#headline,#lists"' in page
    assert f"?live=off&amp;{question}" in page
    assert '<option value="fewer" selected' in page
    assert 'value="kinn"' in page
    assert "Viser 1 av 4 kommuner." in page
    assert "Ingen av kommunene i utvalget venter." in page
    opened = text_of(client, "decisions?for=4601&county=46")
    assert 'type="hidden" name="county" value="46"' in opened
    live = client.get(f"/{YEAR}/decisions/live?mark=old&county=46")
    assert {each.line.code for each in live.context["decided"].rows} == {BERGEN, KINN}


def test_the_map_stands_in_words_too(answered: dict[str, int]) -> None:
    client = client_of(Party.DIRECTORATE)
    answer = client.get(f"/{YEAR}/decisions")
    words = {each.look: each for each in answer.context["map_words"]}
    assert sum(each.count for each in words.values()) == 356
    assert [(county, [spot.title for spot in spots]) for county, spots in words["equal"].counties] == [
        ("Vestland", ["Bergen"])
    ]
    assert words["refused"].counties[0][1][0].number == "0"
    page = text_of(client, "decisions")
    part = page[page.index("Kartet i ord") :]
    assert re.search(rf"som anmodet: 1</h3>.*?Bergen</a> {answered[BERGEN]}", part)
    assert re.search(r"svar ikke registrert: 1</h3>.*?Stavanger</a>", part)


def test_a_reader_is_offered_no_more_counties_than_the_answers_seen(answered: dict[str, int]) -> None:
    assert answered
    own = client_of(Party.COUNTY, area="46").get(f"/{YEAR}/decisions")
    shown = {each.line.code for each in own.context["decided"].rows}
    select = re.search(r'<select[^>]*name="county".*?</select>', own.content.decode(), re.DOTALL)
    assert select
    assert shown == {BERGEN, KINN}
    assert re.findall(r'<option value="(\d*)"', select[0]) == ["", "46"]
    assert listed(client_of(Party.COUNTY, area="46"), "county=03") == (set(), set())


def test_what_is_asked_for_is_kept_over_a_move_and_over_one_that_is_refused(answered: dict[str, int]) -> None:
    assert answered
    client = client_of(Party.DIRECTORATE)
    asked = "q=vestland&county=46&answer=fewer&live=off"
    page = text_of(client, f"decisions?for={KINN}&{asked}")
    carried = re.findall(r'name="query" value="([^"]*)"', page)
    assert carried, "its forms stand on the page"
    assert set(carried) == {asked.replace("&", "&amp;")}
    form = {"municipality": KINN, "version": "1", "query": asked}
    status, refused = post(client, "decision.raise", **form, reason="")
    assert status == 409
    assert '<option value="fewer" selected' in refused
    assert "Viser 1 av 4 kommuner." in refused
    status, place = post(client, "decision.raise", **form, reason="Forbehold om familier.")
    assert (status, place) == (302, f"/{YEAR}/decisions?for={KINN}&{asked}#one")


@pytest.mark.parametrize("query", ["//evil.example", "x=1&for=0301", "answer=nothing&start=-4&q=%20", "%00&start=1e9"])
def test_what_a_form_carries_asks_for_nothing_that_is_no_question_of_ours(answered: dict[str, int], query: str) -> None:
    assert answered
    form = {"municipality": KINN, "version": "1", "query": query, "reason": "Forbehold om familier."}
    status, place = post(client_of(Party.DIRECTORATE), "decision.raise", **form)
    assert (status, place) == (302, f"/{YEAR}/decisions?for={KINN}#one")


def test_long_lists_are_shown_a_page_at_a_time(answered: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert choice.MOST == 100
    monkeypatch.setattr(choice, "MOST", 2)
    client, asked = client_of(Party.DIRECTORATE), "answer=answered"
    assert listed(client, asked) == ({BERGEN, KINN}, set())
    page = text_of(client, f"decisions?{asked}")
    assert "1 til 2 av 3" in page
    assert f'rel="next" href="/{YEAR}/decisions?answer=answered&amp;start=2#all"' in page
    assert listed(client, f"{asked}&start=2") == ({OSLO}, set())
    page = text_of(client, f"decisions?{asked}&start=2")
    assert f'rel="prev" href="/{YEAR}/decisions?answer=answered#all"' in page
    assert f'href="/{YEAR}/decisions?for={OSLO}&amp;answer=answered&amp;start=2#one"' in page
    assert len(answered) == 4
    assert listed(client, f"{asked}&start=2000000")[0] == {BERGEN, KINN}, "beyond the end is the first page"
    assert "Vis alle" not in text_of(client, "decisions?start=2"), "another page is no choice"
    # The two lists turn their pages apart.
    for code in ("1101", "1106"):
        Request.objects.filter(round=YEAR, municipality=code).update(sent_at=clock.moment())
    assert listed(client, "start=2") == ({OSLO}, {"1101", "1106"})
    assert listed(client, "waits=2&start=2") == ({OSLO}, {STAVANGER})
    assert f'href="/{YEAR}/decisions?start=2&amp;waits=2#waiting"' in text_of(client, "decisions?start=2")
