"""Files of words: what is read, and what is refused with file, line and what to do."""

from pathlib import Path

import pytest

from bosett.basis.languages import LANGUAGES
from bosett.words import FOLDER, BadWords, Text, UnknownLanguage, Words, entries, facts

WHOLE = """# A file.

no:
  nb: "{count} {count:hendelse|hendelser} {on}"
  nn: "{on_capital}: {count:ei hending|{count} hendingar}"
  en: On {on}, {count} {count:event|events}
on:
  nb: på
  nn: på
  en: a text that is so long
    that it stands on two lines
"""


def test_every_scalar_stays_the_text_that_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WHOLE, encoding="utf-8")
    words = Words(tmp_path)
    assert list(words) == ["no", "on"]
    assert words["on"] == Text("på", "på", "a text that is so long that it stands on two lines")
    assert words.of("nn")["on"] == words["on"].in_language("nn") == "på"
    assert len(words) == 2


@pytest.mark.parametrize(
    ("written", "instead", "refused"),
    [
        ("on:\n", "no:\n", "a.yaml, line 7: no stands twice"),
        ("  nn: på\n", "", "a.yaml, line 7: on lacks nn"),
        ("  nn: på\n", "  se: på\n", "a.yaml, line 9: on has 'se'; it must have nb, nn, en"),
        ("  nn: på\n", "  nb: på\n", "a.yaml, line 9: on has 'nb'; it must have nb, nn, en, each once"),
        ("  nn: på\n", "  nn:\n", "a.yaml, line 9: on must have a text in nn"),
        ("On {on}, ", "Then, ", "a.yaml, line 3: no tells other facts .*: nb count, on; nn count, on; en count"),
        ("On {on}, ", "On {day}, ", "a.yaml, line 3: no tells other facts"),
        ("On {on}, ", "On {on, ", "a.yaml, line 3: no has a place that cannot be filled in"),
        ("On {on}, ", "On {}, ", "a.yaml, line 3: no has a place that cannot be filled in"),
        ("  nn: på\n", '  nn: "på\n', "a.yaml, line .*: cannot be read as YAML"),
        (WHOLE, "- a\n", "a.yaml, line 1: codes with their texts must stand here"),
        (WHOLE, "", "a.yaml: codes with their texts must stand here"),
    ],
)
def test_what_does_not_belong_together_is_refused(written: str, instead: str, refused: str) -> None:
    assert written in WHOLE
    with pytest.raises(BadWords, match=refused):
        entries("a.yaml", WHOLE.replace(written, instead))


def test_a_code_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(BadWords, match=r"b.yaml, line 3: no stands in another file too"):
        len(Words(tmp_path))
    assert len(Words(tmp_path / "a.yaml")) == 2


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="se"):
        Words(FOLDER / "revision.yaml").of("se")


def test_the_facts_of_a_text_are_told_whatever_their_form() -> None:
    assert facts("{county_s} {count:et brev|{n} brev} {on_capital} {status}") == {
        "county",
        "count",
        "n",
        "on",
        "status",
    }


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett.words.entries", lambda *_: pytest.fail("read"))
    words = Words(FOLDER / "revision.yaml")
    monkeypatch.undo()
    assert set(words["title"]._asdict()) == set(LANGUAGES)
