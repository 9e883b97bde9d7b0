"""A refusal of figures is told in the reader's own language: every code has its words, and they ask for its facts."""

import re
from datetime import date

import pytest

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.figures import cells
from bosett.sources import answers, plain_figures
from bosett.sources.fetching import CAUSES, Fetched, NotFetched
from bosett.sources.figure_readers import READERS, FileFacts, wanted
from bosett.sources.figure_rules import require_all
from bosett_web.screens.figures.refused import why_refused, words_of
from bosett_web.screens.words import LANGUAGES, WORDS

DAY = date(2026, 11, 2)
WHOLE = {"series", "time"}
"""Facts that stand together in one place of the words."""


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


@pytest.mark.parametrize(
    ("prefix", "sentences"),
    [
        ("unread", {code: " ".join(sentence) for code, sentence in answers.SENTENCES.items()}),
        ("plain", plain_figures.SENTENCES),
        ("plain", cells.SENTENCES),
    ],
)
def test_every_code_has_words_that_ask_for_no_more_than_its_facts(prefix: str, sentences: dict[str, str]) -> None:
    asked = {code: places(WORDS[f"{prefix}_{code}"].nb) for code in sentences}
    known = {code: places(sentence) | WHOLE | {"year", "missing", "all"} for code, sentence in sentences.items()}
    assert {code: names - known[code] for code, names in asked.items() if names - known[code]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_publisher_gave_no_answer_has_words(language: str) -> None:
    for cause in CAUSES:
        refused = NotFetched("https://data.ssb.no/a", "unreached", "x", "y", None, {"tries": 3, "cause": cause})
        assert "data.ssb.no" in why_refused(refused, language)
    for why, facts in (
        ("busy", {"tries": 1, "words": ""}),
        ("busy", {"tries": 1, "words": "Closed"}),
        ("busy_until", {"minutes": 60}),
        ("refused", {"words": ""}),
        ("refused", {"words": "Too many"}),
        ("empty", {}),
        ("large", {"most": 64}),
        ("redirect", {}),
        ("address", {}),
        ("file", {}),
    ):
        words = why_refused(NotFetched("https://data.ssb.no/a", why, "x", "y", 503, facts), language)
        assert str(facts.get("words", "")) in words
        assert "{" not in words


def refusal(reader: str, content: bytes, indicator: str = "", time: str = "") -> Refusal:
    facts = FileFacts(indicator, time, Structure.Y2024, "", "", "fil.csv", None, None, DAY)
    with pytest.raises(Refusal) as refused:
        wanted(READERS[reader](content, facts), facts)
    return refused.value


@pytest.mark.parametrize(
    ("reader", "content", "words"),
    [
        ("plain", b"kode,verdi\n0301,1\n", "Linje 1: Kolonner mangler: code, value."),
        ("plain", b"code,time,value\n0301,2026,elleve\n", "Linje 2: «elleve» er ikke et tall."),
        ("plain", b"code,time,value\n301,2026,11\n", "Linje 2: «301» er ikke nummeret til en kommune."),
        ("plain", b"code,time,value\n0301,2026,1,1\n", "Linje 2: Raden har ikke like mange celler (4)"),
        ("plain", "code,time,value\n0301,2026,\xe6\n".encode("iso-8859-1"), "Filen er ikke tekst i UTF-8."),
        ("plain", b"code,time,value\n", "Det står ingen rader under overskriftene."),
        ("plain", b"code,time,value\n0301,2025,11\n", "Linje 2: Raden gjelder 2025, og ikke 2026"),
        ("imdi", b"<html>Logg inn</html>", "Dette er en nettside, og ikke en tabell."),
        ("imdi", b"Navn;Antall\r\nOslo;3\r\n", "Ingen rad har overskriftene"),
        ("imdi", b"PK\x03\x04skadet", "Filen er "),
        ("imdi_year", b"Kommune\tAnmodning\nOslo\tmange", "Celle B2: «mange» er ikke et helt tall."),
        ("imdi_year", b"Kommune\tAnmodning\nAtlantis\t3", "Celle A2: «Atlantis» er ikke navnet på noen kommune"),
        ("ssb_population", b"<html>Logg inn</html>", "Dette er en nettside, og ikke tall."),
        ("ssb_population", b'{"class": "dataset"', "Innholdet bryter av, eller er ikke JSON."),
        ("nav", b"Fylke;Helt ledige;Prosent\r\nOslo;3;1,0\r\n", "Filen sier ikke hvilken måned"),
    ],
)
def test_what_is_met_most_is_told_in_norwegian(reader: str, content: bytes, words: str) -> None:
    refused = refusal(reader, content, "requested" if reader == "plain" else "", "" if reader == "nav" else "2026")
    sentence = why_refused(refused, "nb")
    assert words in sentence
    for language in LANGUAGES:
        assert why_refused(refused, language)


def test_of_many_names_the_first_are_listed() -> None:
    with pytest.raises(answers.UnreadableAnswer) as refused:
        require_all(Structure.Y2024, ["0301"], "population", "2026", Fetched(b"{}", "a.json", DAY))
    sentence = why_refused(refused.value, "nb")
    assert "356 av 357 kommuner i 2024 mangler (1101 Eigersund" in sentence
    assert "og 344 til)" in sentence


def test_what_has_no_code_is_told_as_it_is() -> None:
    assert why_refused(Refusal("SSB has none."), "nb") == "SSB has none."
    assert words_of("unread_form", {"words": "a cell twice"}, "nb").endswith("(a cell twice).")
