"""Finding a place by what somebody types."""

import pytest

from bosett.geography import municipalities, nearness
from bosett.geography.name_matching import fold

PLACES = [place for year in (2019, 2020, 2024) for place in municipalities(year)]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("tromso", "Tromsø"),
        ("TROMSOE", "Tromsø"),
        ("karasjohka", "Kárášjohka"),
        ("baerum", "Bærum"),
        ("barum", "Bærum"),
        ("aalesund", "Ålesund"),
        ("alesund", "Ålesund"),
        ("nord  fron", "Nord-Fron"),
        ("guovdageaidnu", "Guovdageaidnu"),
        ("Unjarga", "Unjárga"),
        ("yykea", "Yykeä"),
        ("stientje", "Stïentje"),
        ("porsanger\u00ad", "Porsanger"),
    ],
)
def test_a_name_is_found_without_its_marks(asked: str, name: str) -> None:
    assert nearness(asked, (name,)) == 0


def test_the_nearest_of_several_names_counts() -> None:
    names = "Deatnu", "Tana"
    assert nearness("tana", names) == 0
    assert nearness("dea", names) == 1
    assert nearness("fron", ("Nord-Fron",)) == 2
    assert nearness("erg", ("Bergen",)) == 3
    assert nearness("oslo", names) is None


@pytest.mark.parametrize("asked", ["", "  ", "-", "«»", "\u0301"])
def test_nothing_is_found_by_nothing(asked: str) -> None:
    assert nearness(asked, ("Bergen", "-")) is None


def test_every_name_is_found_by_itself_and_by_its_beginning() -> None:
    names = {name.text for place in PLACES for name in place.names}
    assert "Kárášjohka" in names
    for name in names:
        assert nearness(name.upper(), (name,)) == 0
        assert all(nearness(name[:end], (name,)) in (0, 1) for end in range(1, len(name)))


def test_folding_leaves_plain_letters() -> None:
    folded = {fold(name.text) for place in PLACES for name in place.names}
    assert {letter for name in folded for letter in name} <= set("abcdefghijklmnopqrstuvwxyz ")
