"""Search in a round: what is found by what, what the page says of it, and that it stands in the frame."""

import pytest
from django.test import Client

from bosett.basis.languages import LANGUAGES
from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.screens.site.search import LONGEST, MOST
from markup import tidy
from parties import DEMO
from readers import client_of, led_from

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def reader(language: str = "") -> Client:
    """Return a client of one who sees no more in a round than the public."""
    return client_of(Party.UDI, language=language)


def names_for(asked: str, year: int = 2020) -> tuple[list[str], list[str]]:
    """Return the names of the municipalities found, and of the rest."""
    answer = reader().get(f"/{year}/search", {"q": asked})
    assert answer.status_code == 200
    return [row["place"].name for row in answer.context["rows"]], [hit.name for hit in answer.context["others"]]


@pytest.mark.parametrize(
    ("asked", "places", "others"),
    [
        ("tromso", ["Tromsø"], []),
        ("karasjohka", ["Karasjok"], []),
        ("4601", ["Bergen"], []),
        ("oslo", ["Oslo"], ["Oslo"]),
        ("trondelag", [], ["Trøndelag"]),
        ("kriterier for anmodning", [], ["Kriterier for anmodning om bosetting i 2020"]),
        ("4601 bergen", [], []),
    ],
)
def test_places_and_titles_are_found(asked: str, places: list[str], others: list[str]) -> None:
    assert names_for(asked) == (places, others)


def test_a_code_finds_what_begins_with_it() -> None:
    places, others = names_for("46")
    assert len(places) == sum(place.county == "46" for place in municipalities(2020))
    assert others == ["Vestland"]


def test_the_nearest_come_first() -> None:
    assert names_for("våler")[0] == ["Våler", "Våler", "Hvaler"]


def test_no_more_than_fifty_are_shown_and_the_page_says_so() -> None:
    answer = reader().get("/2020/search", {"q": "a"})
    assert len(answer.context["rows"]) + len(answer.context["others"]) == MOST == 50
    assert f"Viser de 50 nærmeste av {answer.context['count']} treff." in answer.content.decode()


def test_a_row_tells_county_and_number_and_leads_to_the_countys_numbers() -> None:
    page = tidy(reader().get("/2020/search", {"q": "tromsø"}).content.decode())
    assert "Troms og Finnmark" in page
    assert '<a class="ds-link" href="/2020/numbers/54">Tromsø</a>' in page
    assert 'data-label="Endelig">82</td>' in page
    # Nothing is asked of 2021 yet: there is nothing to lead to, and a lack is not a zero.
    page = tidy(reader().get("/2021/search", {"q": "tromsø"}).content.decode())
    assert '<th scope="row">Tromsø <small>5401 </small></th>' in page
    assert "/2021/numbers/" not in page
    assert ">0<" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_says_what_one_can_search_for(language: str) -> None:
    client = reader(language)
    help_ = {"nb": "Søk etter navn", "nn": "Søk etter namn", "en": "Search by name"}[language]
    for asked in ("", "   ", "<b>zzz</b>", "{year}", "%zzz\\", "x" * 3 * LONGEST):
        page = client.get("/2020/search", {"q": asked}).content.decode()
        assert help_ in page, asked
        assert "MISSING-IN-TEMPLATE" not in page
        assert "<b>zzz" not in page
    assert help_ in client.get("/2020/search").content.decode()


def test_the_field_stands_on_every_page_of_a_round_with_its_label() -> None:
    page = tidy(reader().get("/2020/criteria").content.decode())
    assert '<form class="find" role="search" action="/2020/search">' in page
    assert '<label class="unseen" for="find">' in page
    assert 'value="tromsø"' in reader().get("/2020/search", {"q": "tromsø"}).content.decode()
    assert 'class="find"' not in tidy(reader().get("/rules").content.decode())  # no round to search in
    assert reader().get("/1999/search").status_code == 404


def test_who_was_not_asked_last_year_is_told_so_and_has_no_dash() -> None:
    """Kautokeino (5430) was not asked for 2020: a dash would mean that nothing is known."""
    page = tidy(reader().get("/2021/search", {"q": "5430"}).content.decode())
    assert 'data-label="Anmodet i fjor"><span class="missing">ikke anmodet</span></td>' in page


def test_who_is_not_logged_in_searches_in_what_has_been_published() -> None:
    publish_all()
    address = led_from("/2020/search?q=troms%C3%B8")
    assert address == "/nb/find?q=troms%C3%B8"
    assert ">Tromsø<" in tidy(Client().get(address).content.decode())
