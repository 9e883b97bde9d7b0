"""The answers asked for: by name, county and how it was answered; the map in words; all of it in the address."""

import re
from datetime import date

import pytest
from django.test import Client

from bosett.rounds.parties import Party
from bosett_web.records import clock
from bosett_web.records.models import Decision, LetterSettings, Request
from lettersteps import text_of
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
    context = answer.context
    return {each.line.code for each in context["rows"]}, {each.line.code for each, _, _ in context["waiting"]}


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
    assert {each.line.code for each in live.context["rows"]} == {BERGEN, KINN}


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
    shown = {each.line.code for each in own.context["rows"]}
    select = re.search(r'<select[^>]*name="county".*?</select>', own.content.decode(), re.DOTALL)
    assert select
    assert shown == {BERGEN, KINN}
    assert re.findall(r'<option value="(\d*)"', select[0]) == ["", "46"]
    assert listed(client_of(Party.COUNTY, area="46"), "county=03") == (set(), set())
