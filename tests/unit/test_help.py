"""Every page has help in every language, each word that it lists is in the glossary, and none stands there unused."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern

from bosett.basis.languages import LANGUAGES
from bosett_web.screens import help_pages
from bosett_web.screens.help_pages import DESK, GUIDE, GUIDES, PUBLIC, by_letter, desk_help, glossary, public_help
from bosett_web.screens.led_back import NO_PAGES, SENT_TO
from bosett_web.screens.moves import DEEDS
from bosett_web.screens.urls import urlpatterns
from bosett_web.screens.words import WORDS, say

PAGES = {**DESK, **PUBLIC}
OF_HELP = frozenset({"help_index", "help_page", "help_of_year", "glossary", "public_help", "public_glossary"})
"""The help itself."""
LEAD_ON = frozenset({"home", "login_start", "login_callback", "decisions_live"})
"""What leads on, or is a part of a page."""
OF_ANOTHER = {
    "public_release": "public_year",
    "explained_version": "explained",
    "criteria_change": "criteria_write",
}
"""Addresses whose page is another's."""
FILES = frozenset({"public_feed", "public_catalogue", "public_permanent", "public_file", "document"})
"""Files whose address has no ending."""


def pages() -> Iterator[str]:
    """Yield the names of the addresses that show a page: no file, and nothing that only takes a form."""
    for each in urlpatterns:
        assert isinstance(each, URLPattern)
        name = str(each.name)
        file = re.search(r"\.[a-z<]", str(each.pattern)) is not None
        if not file and name not in FILES | SENT_TO | NO_PAGES | LEAD_ON | OF_HELP:
            yield OF_ANOTHER.get(name, name)


def test_every_page_has_help_and_no_help_is_of_a_page_that_is_not_there() -> None:
    assert set(pages()) == set(PAGES)


def test_the_search_for_pages_reads_the_routes() -> None:
    named = [*pages()]
    assert len(named) > 60
    assert {"targets", "county", "public_data", "rules", "settlement_year"} <= set(named)
    assert set(named).isdisjoint({"export", "sheet_pdf", "do", "calendar", "public_file", "settlement_year_csv"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_help_of_a_page_is_whole_in_every_language(name: str, language: str) -> None:
    page = PAGES[name]
    known = {each.code: each for each in glossary(language)}
    about = say(f"help_{name}", language)
    assert 20 <= len(about) <= 330, "what the page is for, and short"
    assert say(page.title, language)
    assert "{" not in say(page.title, language)
    assert set(page.words) <= set(known)
    assert len(set(page.words)) == len(page.words)
    assert all(known[code].term and known[code].meaning.endswith(".") for code in page.words)
    assert all(say(f"key_{key}{part}", language) for key in page.keys for part in ("", "_does"))
    assert set(page.guides) <= set(GUIDES)
    assert set(page.own) <= set(DEEDS)


def test_every_word_of_the_glossary_is_used_by_the_help_of_a_page_or_in_a_text() -> None:
    listed = {code for page in PAGES.values() for code in page.words}
    texts = [text.nb.casefold() for code, text in WORDS.items() if not code.startswith(("term_", "meaning_"))]
    unused = [
        each.code
        for each in glossary("nb")
        if each.code not in listed and not any(each.term.casefold() in text for text in texts)
    ]
    assert unused == []


def test_the_meanings_and_sources_belong_to_words() -> None:
    codes = {code.partition("_")[2] for code in WORDS if code.startswith(help_pages.TERM)}
    assert codes == {code.partition("_")[2] for code in WORDS if code.startswith("meaning_")}
    assert {code.partition("_")[2] for code in WORDS if code.startswith("law_")} <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice_and_each_under_its_letter(language: str) -> None:
    terms = [each.term for each in glossary(language)]
    assert len({each.casefold() for each in terms}) == len(terms)
    letters = by_letter(glossary(language))
    assert sum(len(group) for _, group in letters) == len(terms)
    assert len({letter for letter, _ in letters}) == len(letters)
    assert all(each.term[0].upper() == letter for letter, group in letters for each in group)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_guide_has_the_steps_that_it_says(language: str) -> None:
    for guide, steps in GUIDES.items():
        assert say(f"{GUIDE}{guide}", language)
        numbers = {code for code in WORDS if re.fullmatch(rf"{GUIDE}{guide}_\d+", code)}
        assert numbers == {f"{GUIDE}{step}" for step in steps}


def test_the_help_of_a_page_is_that_of_what_it_shows() -> None:
    assert desk_help("targets", "do") == "targets"
    assert desk_help("", "search") == "search"
    assert desk_help("help", "help_page") == ""
    assert public_help("criteria") == "public_criteria"
    assert public_help("nothing") == "public_front"


def test_what_is_looked_for_is_read_in_word_and_meaning() -> None:
    terms = glossary("nb")
    assert "target" in {each.code for each in help_pages.terms_with(terms, "MÅLTALL")}
    assert {each.code for each in help_pages.terms_with(terms, "0 er nei")} == {"decision"}
    assert help_pages.terms_with(terms, "finnes ikke her i det hele tatt") == []
    assert help_pages.terms_with(terms, "") == terms
