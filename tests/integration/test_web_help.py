"""Help and glossary as pages: of each page, for who reads it, in three languages; without script and without login."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.operations.sender import RunningBody
from bosett_web.screens.help_pages import DESK, GUIDE, GUIDES, PUBLIC, glossary
from bosett_web.screens.words import say
from lettersteps import text_of
from markup import tidy
from parties import DEMO, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = tidy(answer.content.decode()).replace("&#x27;", "'")
    assert "MISSING-IN-TEMPLATE" not in text, path
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_every_page_is_shown_within_the_year_and_outside_it(language: str) -> None:
    client = client_of(Party.COUNTY, "46", language=language)
    for name, page in DESK.items():
        for path in (f"/{YEAR}/help/{name}", f"/help/{name}"):
            text = page_of(client, path)
            assert say(page.title, language) in text
            assert all(f'href="/glossary#{code}"' in text for code in page.words), path
    for name in PUBLIC:
        assert say(PUBLIC[name].title, language) in page_of(Client(), f"/{language}/help/{name}")
    for guide in GUIDES:
        assert say(f"{GUIDE}{guide}_1", language) in page_of(client, f"/{YEAR}/help/{GUIDE}{guide}")
    for path in ("/help/nothing", f"/{YEAR}/help/guide_", "/nb/help/targets", "/1999/help/targets"):
        assert client.get(path).status_code == 404, path


def test_what_one_can_do_on_a_page_is_read_from_the_table_of_moves() -> None:
    def parts(client: Client, name: str) -> tuple[str, str]:
        text = page_of(client, f"/{YEAR}/help/{name}")
        told_of = text[text.index("Det du kan gjøre her") : text.index(">Taster<")]
        mine, _, others = told_of.partition("Det andre gjør her")
        return mine, others

    mine, others = parts(client_of(Party.COMMITTEE, grade=Grade.APPROVER), "targets")
    assert "<li>Vedta måltallene</li>" in mine
    mine, others = parts(client_of(Party.COMMITTEE), "targets")
    assert "Vedta måltallene" not in mine
    assert re.search(r"Vedta måltallene <small[^>]*>Nasjonalt utvalg: godkjenner", others)
    mine, others = parts(client_of(Party.KS), "targets")
    assert "Her kan du lese." in mine
    mine, _ = parts(client_of(Party.MUNICIPALITY, "4601"), "own")
    assert say("do_decision.record", "nb") in mine


def test_every_page_leads_to_its_own_help() -> None:
    client = client_of(Party.COMMITTEE)
    link = re.compile(r'<a class="ds-link help-link" href="([^"]+)" data-help data-close="Lukk" ?>Hjelp</a>')
    for path, there in (
        ("targets", f"/{YEAR}/help/targets"),
        ("", f"/{YEAR}/help/overview"),
        ("criteria/try", f"/{YEAR}/help/criteria_try"),
        ("help/targets", "/help"),
        ("search?q=oslo", f"/{YEAR}/help/search"),
    ):
        assert link.findall(text_of(client, path)) == [there], path
    assert link.findall(page_of(client, "/rules")) == ["/help/rules"]
    assert link.findall(page_of(Client(), "/login")) == ["/help/login"]
    signed = client.get(f"/{YEAR}/").context["signed"]
    refused = client.post(f"/{YEAR}/do/targets.draft", {"shown_to": signed, "national-number": "x"})
    assert link.findall(tidy(refused.content.decode())) == [f"/{YEAR}/help/targets"]


def test_who_is_not_logged_in_reads_help_and_glossary_too() -> None:
    assert "Hvem som kan gjøre hva her" in page_of(Client(), "/help/targets")
    assert "All hjelp" in page_of(Client(), "/help")
    assert "Ordliste" in page_of(Client(), "/glossary")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_is_searched_by_its_address_and_each_word_has_an_anchor(language: str) -> None:
    terms = glossary(language)
    for client, at in ((client_of(Party.KS, language=language), "/glossary"), (Client(), f"/{language}/glossary")):
        whole = page_of(client, at)
        assert re.findall(r'<div id="([^"]+)">', whole[whole.index("letter-") :]) != []
        assert {each.code for each in terms} <= set(re.findall(r'<div id="([^"]+)">', whole))
        sought = terms[0]
        some = page_of(client, f"{at}?q={sought.term.upper()}")
        assert f'id="{sought.code}"' in some
        assert len(some) < len(whole)
        none = page_of(client, f"{at}?q=%3Cscript%3E{'x' * 300}")
        assert say("glossary_none", language) in none
        assert "<script>x" not in none


# Who runs the workspace


@pytest.mark.parametrize("path", ["/rules", "/login", "/nb/help/public_front"])
def test_the_foot_tells_who_runs_it_and_the_demo_that_it_is_one(path: str, settings: LazySettings) -> None:
    foot = page_of(Client(), path).partition("<footer")[2]
    assert "Dette er en demo på egen maskin." in foot
    assert "mailto:" not in foot, "nobody is named whom nobody has named"
    assert 'href="/accessibility"' in foot
    assert 'href="/privacy"' in foot
    ours = ("mailto:a@b.example", "https://f.example", "https://u.example/1", "/privacy")
    settings.SENDER, settings.DEMO = RunningBody("Vårt direktorat", *ours[:3], ""), False
    foot = page_of(Client(), path).partition("<footer")[2]
    assert "Bosett drives av Vårt direktorat." in foot
    assert [each for each in ours if f'href="{each}"' not in foot] == []
    assert "demo" not in foot


def test_what_is_known_of_people_is_told_to_everybody() -> None:
    assert "bare antall" in page_of(Client(), "/privacy")
