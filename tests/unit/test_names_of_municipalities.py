"""Names of municipalities: each in the letters of its language, as the official lists have them, with its own word."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bosett.basis.tables import table
from bosett.documents.letters import ReceiverKind
from bosett.documents.letters.names import county_municipality, municipality_named, municipality_receiver
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import COMMON
from bosett.geography import municipalities, municipality

SRC = Path(__file__).parents[2] / "src"
YEARS = (2019, 2020, 2024)

ALPHABETS = {
    "no": "abcdefghijklmnopqrstuvwxyzæøå",
    "se": "aábcčdđefghijklmnŋoprsštŧuvzž",
    "smj": "aábdefghijklmnŋńoprstuvåæäö",
    "sma": "abdefghiïjklmnoprstuvyæöåø",
    "fkv": "abdđefghijklmnoprsštuvyäö",
}
LOST = {"se": re.compile("n[gk]"), "smj": re.compile("n[gk]")}
"""What the language writes with another letter: ŋ stands before g and k, and where a code page lacked it, n."""

# Kartverket's and the Government's lists of official parallel names, in their order.
SINCE_2020 = """
1826 Aarborte - Hattfjelldal|1841 Fauske - Fuossko|1870 Sortland - Suortá|1875 Hábmer - Hamarøy
5007 Namsos - Nåavmesjenjaelmie|5041 Snåase - Snåsa|5043 Raarvihke - Røyrvik
"""
OFFICIAL = {
    2020: f"""{SINCE_2020}
5402 Harstad - Hárstták|5406 Hammerfest - Hámmerfeasta|5412 Dielddanuorri - Tjeldsund|5415 Loabák - Lavangen
5425 Storfjord - Omasvuotna - Omasvuono|5426 Gáivuotna - Kåfjord - Kaivuono|5428 Nordreisa - Ráisa - Raisi
5430 Guovdageaidnu - Kautokeino|5436 Porsanger - Porsáŋgu - Porsanki|5437 Kárášjohka - Karasjok
5441 Deatnu - Tana|5442 Unjárga - Nesseby
""",
    2024: f"""{SINCE_2020}
0301 Oslo - Oslove|1833 Rana - Raane|1845 Sørfold - Fuolldá|1853 Evenes - Evenášši|5001 Trondheim - Tråante
5006 Steinkjer - Stïentje|5025 Røros - Rosse|5037 Levanger - Levangke|5503 Harstad - Hárstták
5512 Dielddanuorri - Tjeldsund|5516 Gratangen - Rivtták|5518 Loabák - Lavangen|5536 Lyngen - Ivgu - Yykeä
5538 Storfjord - Omasvuotna - Omasvuono|5540 Gáivuotna - Kåfjord - Kaivuono|5544 Nordreisa - Ráisa - Raisi
5603 Hammerfest - Hámmerfeasta|5610 Kárášjohka - Karasjok|5612 Guovdageaidnu - Kautokeino
5622 Porsanger - Porsáŋgu - Porsanki|5628 Deatnu - Tana|5636 Unjárga - Nesseby
""",
}
HERAD = {2019: {"1233", "1234", "1238"}, 2020: {"4620", "4621", "4622"}, 2024: {"4620", "4621", "4622"}}
"""Ulvik, Granvin and Kvam; then Ulvik, Voss, which took Granvin in, and Kvam."""


def foreign(name: str, language: str) -> str:
    """Return what in a name its language does not write."""
    lost = LOST[language].findall(name.casefold()) if language in LOST else []
    return "".join([*lost, *sorted({each for each in name.casefold() if each not in f"{ALPHABETS[language]} -"})])


@pytest.mark.parametrize("year", YEARS)
def test_each_name_is_in_the_letters_of_its_language(year: int) -> None:
    names = [name for place in municipalities(year) for name in place.names]
    assert [name for name in names if foreign(name.text, name.language)] == []


def test_the_check_of_letters_can_fail() -> None:
    assert foreign("Porsángu", "se") == "ng"
    assert foreign("Porsáŋgu", "se") == ""
    assert foreign("Kárá?johka", "se") == "?"
    assert foreign("Hárstták", "sma") == "á"


@pytest.mark.parametrize("year", [2020, 2024])
def test_parallel_names_are_those_of_the_official_lists(year: int) -> None:
    official_names = {place.code: place.official_name for place in municipalities(year) if len(place.names) > 1}
    listed = (each.strip().partition(" ") for each in re.split(r"[|\n]", OFFICIAL[year]) if each.strip())
    assert official_names == {code: name for code, _, name in listed}


def test_a_name_is_written_alike_in_every_table() -> None:
    """A region that is named after one municipality has the municipality's own official name."""
    official = {place.code: place.official_name for place in municipalities(2020)}
    regions = {row["region_name"] for row in table("labour_market_regions") if " - " in row["region_name"]}
    assert regions
    assert regions <= set(official.values())


@pytest.mark.parametrize("year", YEARS)
def test_those_that_call_themselves_herad_do_so_everywhere(year: int) -> None:
    assert {place.code for place in municipalities(year) if place.kind == "herad"} == HERAD[year]
    assert {place.kind for place in municipalities(year)} == {"kommune", "herad"}
    for place in municipalities(year):
        named = municipality_named(place.name, place.code, year)
        receiver = municipality_receiver(place.code, year)
        assert named.nb.endswith(f" {place.kind}")
        assert Wording(COMMON, "nb").receiver(receiver).endswith(f" {place.kind}")
        assert Wording(COMMON, "nn").receiver(receiver).endswith(f" {place.kind}")
        assert Wording(COMMON, "en").receiver(receiver) == f"{' – '.join(n.text for n in place.names)} municipality"
    assert county_municipality("03", 2020).nb == "Oslo kommune"


def test_voss_became_a_herad_with_granvin() -> None:
    assert municipality("1235", 2019).kind == "kommune"
    assert municipality_receiver("4621", 2021).kind is ReceiverKind.HERAD


MAKERS = {
    "bosett/documents/letters/names.py",
    "bosett/documents/letters/wording.py",
    "bosett_web/actions/round/demo.py",
}
"""Where the word after a name is chosen; anywhere else it would be `kommune` for all."""


def composed(text: str) -> Iterator[str]:
    """Yield the texts in which `kommune` or `herad` is put right after a name that is filled in."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\{\w*name\w*\} (?:kommune|herad)\b", node.value)
        if isinstance(node, ast.JoinedStr):
            parts = zip(node.values, node.values[1:], strict=False)
            yield from (
                str(after.value)
                for before, after in parts
                if isinstance(before, ast.FormattedValue)
                and isinstance(after, ast.Constant)
                and re.match(r" (?:kommune|herad)\b", str(after.value))
            )


def test_the_word_after_a_name_is_chosen_in_one_way() -> None:
    makers = {
        path.relative_to(SRC).as_posix() for path in SRC.rglob("*.py") if [*composed(path.read_text(encoding="utf-8"))]
    }
    assert makers <= MAKERS
    pages = [*SRC.rglob("*.html"), *SRC.rglob("*.js"), *SRC.rglob("*.typ")]
    written = [path.name for path in pages if re.search(r"\}\}? (?:kommune|herad)\b", path.read_text(encoding="utf-8"))]
    assert written == []


def test_the_check_of_composing_can_fail() -> None:
    assert [*composed('x = f"{place.name} kommune"')] == [" kommune"]
    assert [*composed('x = {"sender": "{name} kommune"}')] == ["{name} kommune"]
    assert [*composed('x = "kommune for kommune"; y = f"{n} kommuner"')] == []
