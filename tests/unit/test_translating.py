"""Texts handed to translators and taken back: nothing changes but what they changed, and nothing wrong is taken."""

from pathlib import Path

import pytest

import words
from bosett.words import Text, entries

FILE = """# What a person reads.

# Held against the law by a jurist.
greeting:
  nb: Hei, {name}. Det er {count} {count:brev|brev} til deg, og det lengste av dem er så langt at teksten om det ikke
    får plass på én linje.
  nn: Hei, {name}. Det er {count} {count:brev|brev} til deg, og det lengste av dei er så langt at teksten om det ikkje
    får plass på éi line.
  en: Hello, {name}. There {count:is a letter|are {count} letters} for you.
# The end.
ends:
  nb: "Slutt: #1 «nå»"
  nn: "Slutt: #1 «no»"
  en: "The \\"end\\": #1"
"""
GREETING, ENDS = ("core/letters/a", "greeting"), ("core/letters/a", "ends")
KINDS = ("nn.po", "en.po", "words.xlsx")


@pytest.fixture
def houses(tmp_path: Path) -> dict[str, Path]:
    """Return one house with one file of words, in place of ours."""
    (tmp_path / "core" / "letters").mkdir(parents=True)
    (tmp_path / "core" / "letters" / "a.yaml").write_text(FILE, encoding="utf-8")
    return {"core": tmp_path / "core"}


def returned(table: words.Table, back: words.Table, kind: str, folder: Path) -> words.Table:
    """Return a table that was handed out and came back as another, by one kind of file."""
    path = folder / kind
    if kind == "words.xlsx":
        words.write_workbook(back, path)
        return words.read_workbook(path, table)
    words.write_po(back, kind[:2], path)
    return words.read_po(path, table)


@pytest.mark.parametrize("kind", KINDS)
def test_ours_come_back_as_they_went(kind: str, tmp_path: Path) -> None:
    table = words.table_of(words.HOUSES)
    assert len(table) > 2000
    assert returned(table, table, kind, tmp_path) == table


@pytest.mark.parametrize("house", words.HOUSES)
def test_our_files_are_written_as_the_tool_writes_them(house: str) -> None:
    """Else a text that is taken back would look otherwise than its neighbours."""
    for path in words.HOUSES[house].rglob("*.yaml"):
        content = path.read_text(encoding="utf-8")
        lines, texts = content.splitlines(), entries(path.name, content)
        for (code, language), (first, last) in words.places(content).items():
            text = texts[code][0].in_language(language)
            assert "\n".join(lines[first:last]) == words.written(language, text), (path.name, code)


@pytest.mark.parametrize("kind", KINDS)
def test_what_changed_is_told_and_taken_in_and_all_else_stays_byte_for_byte(
    kind: str, houses: dict[str, Path], tmp_path: Path
) -> None:
    file = houses["core"] / "letters" / "a.yaml"
    table = words.table_of(houses)
    assert words.changes(table, returned(table, table, kind, tmp_path)) == ()
    language = "nn" if kind == "words.xlsx" else kind[:2]
    new = "{name}: " + "eit ord til " * 12 + "og {count} {count:brev|brev}: #2"
    back = {**table, GREETING: table[GREETING]._replace(**{language: new})}
    changed = words.changes(table, returned(table, back, kind, tmp_path))
    assert changed == (words.Change(*GREETING, language, table[GREETING].in_language(language), new),)
    words.take_in(houses, changed)
    assert words.table_of(houses) == back
    content = file.read_text(encoding="utf-8")
    assert max(map(len, content.splitlines())) <= words.WIDTH
    gone = [line for line in FILE.splitlines() if line not in content.splitlines()]
    assert all(line in FILE[FILE.index(f"  {language}: ") :] for line in gone)
    assert len(gone) == (2 if language == "nn" else 1)
    words.take_in(houses, words.changes(back, table))
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("key", "text", "refused"),
    [
        (GREETING, "Hei, {nmae}. {count}", "tells other facts in one language than in another"),
        (GREETING, "Hei, {name. {count}", "has a place that cannot be filled in"),
        (GREETING, "", "is not finished"),
        (("core/letters/a", "other"), "Noko", "core/letters/a, other: there is no such text"),
    ],
)
def test_what_would_do_harm_is_not_taken(
    kind: str, key: words.Key, text: str, refused: str, houses: dict[str, Path], tmp_path: Path
) -> None:
    table = words.table_of(houses)
    language = "nn" if kind == "words.xlsx" else kind[:2]
    back = {**table, key: table.get(key, Text("Noko", "Noko", "Noko"))._replace(**{language: text})}
    with pytest.raises(words.NotTaken, match=refused):
        words.changes(table, returned(table, back, kind, tmp_path))


def test_a_catalogue_from_another_bokmaal_is_not_taken(houses: dict[str, Path], tmp_path: Path) -> None:
    table = words.table_of(houses)
    words.write_po(table, "nn", tmp_path / "nn.po")
    newer = {**table, ENDS: table[ENDS]._replace(nb="Slutten")}
    with pytest.raises(words.NotTaken, match="core/letters/a, ends: bokmål is another now"):
        words.read_po(tmp_path / "nn.po", newer)


def test_the_same_words_are_the_same_bytes(houses: dict[str, Path], tmp_path: Path) -> None:
    table = words.table_of(houses)
    for name in ("a.po", "b.po"):
        words.write_po(table, "en", tmp_path / name)
    assert (tmp_path / "a.po").read_bytes() == (tmp_path / "b.po").read_bytes()


def test_the_command_writes_for_translators_and_says_why_it_takes_nothing(
    houses: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(words, "HOUSES", houses)
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "OUT", tmp_path / "out")
    assert words.main([]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(KINDS)
    catalogue = tmp_path / "out" / "nn.po"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("Slutt: #1 «no»", "Slutten: #1 «no»"), encoding="utf-8")
    assert words.main(["--from", str(catalogue)]) == 0
    assert "core/letters/a, ends, nn\n  - Slutt: #1 «no»\n  + Slutten: #1 «no»\n1 of 6" in capsys.readouterr().out
    catalogue.write_text(text.replace('"core/letters/a:ends"', '"core/letters/a:end"'), encoding="utf-8")
    assert words.main(["--from", str(catalogue)]) == 1
    assert capsys.readouterr().err == "words: core/letters/a, end: there is no such text. Nothing was changed.\n"
    assert words.main(["--from", str(tmp_path / "none.po")]) == 1
    assert "none.po. Nothing was changed." in capsys.readouterr().err


RULE = """criteria:
  - code: first
    wording:
      nb: Først
      nn: Først
      en: >-
        First of all,
        and on two lines.

# Not a text.
  - code: other
    en: 1
"""


def test_a_language_begins_as_another_wherever_there_is_a_text(houses: dict[str, Path], tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "rule.yaml"
    rule.parent.mkdir()
    rule.write_text(RULE, encoding="utf-8")
    assert words.begin([houses["core"], rule.parent], "se", "en") == 3
    assert rule.read_text(encoding="utf-8") == RULE.replace(
        "lines.\n", "lines.\n      se: >-\n        First of all,\n        and on two lines.\n"
    )
    file = houses["core"] / "letters" / "a.yaml"
    begun = FILE
    for line in [line for line in FILE.splitlines() if line.startswith("  en: ")]:
        begun = begun.replace(line, f"{line}\n  se{line.removeprefix('  en')}")
    assert file.read_text(encoding="utf-8") == begun
    assert words.begin([houses["core"], rule.parent], "se", "en") == 0
    assert file.read_text(encoding="utf-8") == begun


def test_what_is_no_code_of_a_language_is_not_begun(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ("", "Samisk", "s e", "se:"):
        assert words.main(["--begin", wrong]) == 1
        assert capsys.readouterr().err.startswith(f"words: {wrong!r} is no code of a language")
