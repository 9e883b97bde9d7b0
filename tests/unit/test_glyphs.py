"""What a letter can be set with is known before it is set, sign by sign, and exactly."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bosett.documents.letters import Heading, Paragraph, letter_of
from bosett.render import glyphs
from bosett.render.glyphs import without_glyph
from bosett.render.typeset import NotTypeset, typeset
from letter_samples import reminder

pytestmark = pytest.mark.typeset


def can_be_set(text: str) -> bool:
    """Whether a letter can be set with a text: the answer that must be foretold."""
    letter = replace(letter_of(reminder(), "nb"), blocks=(Heading(text), Paragraph(text)))
    try:
        typeset(letter)
    except (NotTypeset, UnicodeEncodeError):
        return False
    return True


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Porsáŋgu, Fjäll, Škoda, Þing – «alt» … 5 €", ""),
        ("Αθήνα, Київ, א, ✓ → ★ ☎ ≥ ½ ™", ""),
        ("e\u0301 og a\u0301\u0323", ""),
        ("mellom\u200brom, bløt\u00adbindestrek, vendt \u202e tekst\ufeff, \x0b", ""),
        ("Velkommen 🙂 til oss", "🙂"),
        ("Først 漢, så 🙂", "漢"),
        ("Familien 👩\u200d👩\u200d👧 bor her", "👩\u200d👩\u200d👧"),
        ("Punkt 1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("halv \ud83d", "\ud83d"),
        ("privat \ue000", "\ue000"),
    ],
)
def test_the_first_sign_that_cannot_be_set_is_found(text: str, lacking: str) -> None:
    assert without_glyph(text) == lacking
    assert can_be_set(text) is not bool(lacking)


def test_all_that_is_taken_as_known_can_be_set() -> None:
    assert can_be_set(" ".join(glyphs._known))  # noqa: SLF001


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1, max_size=3))
@example("\u0485")  # a mark that a typeface without an a has
def test_what_is_foretold_is_what_happens(text: str) -> None:
    """Of a text that begins with a letter: a mark at its beginning belongs to that."""
    whole = f"a{text}"
    assert bool(without_glyph(whole)) is not can_be_set(whole)


def test_many_signs_are_asked_of_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = [], glyphs._can_be_set  # noqa: SLF001

    def counted(signs: Sequence[str]) -> bool:
        asked.append(signs)
        return real(signs)

    monkeypatch.setattr(glyphs, "_known", set())
    monkeypatch.setattr(glyphs, "_can_be_set", counted)
    many = "".join(map(chr, range(0x400, 0x460)))
    assert without_glyph(f"{many}🙂{many}") == "🙂"
    assert len(asked) <= 20
    asked.clear()
    assert without_glyph(many) == ""
    assert asked == []
