"""Hand the texts that people read to translators, and take them back.

    words.py                        writes out/words/nn.po, out/words/en.po and out/words/words.xlsx
    words.py --from FILE            reads one of them back into the files of words, and tells what changed
    words.py --begin CODE --as en   begins a language: under each text, in rule files too, the English one as its own

What comes back may not name a code that is not there, nor fill in other facts than the other languages do. A file of
words keeps its order and its comments; a text that did not change stays as it is written.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill

import xlsxwriter
import yaml
from babel.messages import pofile
from babel.messages.catalog import Catalog
from python_calamine import CalamineWorkbook

from bosett import __version__
from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.words import LOADER, Text, disagreement, entries

ROOT = Path(__file__).parents[1]
HOUSES = {"core": ROOT / "src" / "bosett" / "words", "screens": ROOT / "src" / "bosett_web" / "words"}
RULES = ROOT / "src" / "bosett" / "data"
"""Files of rules, whose texts stand among what is computed from and are not handed out."""
OUT = ROOT / "out" / "words"
WIDTH = 120
CODE = re.compile(r"[a-z]{2,3}")
"""How the code of a language is written."""
HEAD = ("file", "code", *LANGUAGES)
DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for the day of making, so that the same words are the same bytes."""

Key = tuple[str, str]
Table = Mapping[Key, Text]


class NotTaken(Refusal):
    """What came back cannot be taken in."""


@dataclass(frozen=True, slots=True)
class Change:
    """A text that came back otherwise: where it stands, in which language, and what it was and is."""

    file: str
    code: str
    language: str
    before: str
    after: str


def table_of(houses: Mapping[str, Path]) -> Table:
    """Return every text by file and code: core/letters/county, title_draft."""
    return {
        (file, code): text
        for file, path in _files(houses)
        for code, (text, _) in entries(path.name, path.read_text(encoding="utf-8")).items()
    }


def write_po(table: Table, language: str, to: Path) -> None:
    """Write a catalogue from bokmål to a language."""
    catalog = Catalog(
        locale=language,
        header_comment="# The texts of Bosett. What stands in braces is filled in by the program and stays as it is.",
        project="Bosett",
        version=__version__,
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=DAY,
        revision_date=DAY,
        fuzzy=False,
    )
    for (file, code), text in table.items():
        catalog.add(text.nb, text.in_language(language), context=f"{file}:{code}")
    with to.open("wb") as stream:
        pofile.write_po(stream, catalog, width=WIDTH)


def read_po(path: Path, table: Table) -> Table:
    """Return a catalogue that came back as a table.

    Raises:
        NotTaken: It is from another bokmål, names a code that is not there, or leaves a text open.
    """
    with path.open("rb") as stream:
        catalog = pofile.read_po(stream)
    language = str(catalog.locale_identifier)
    if language not in LANGUAGES[1:]:
        raise NotTaken(f"{path.name} is in {language!r}; it must be in {' or '.join(LANGUAGES[1:])}")
    merged = dict(table)
    for message in catalog:
        if not message.id:
            continue
        file, _, code = str(message.context).partition(":")
        text = _known(table, (file, code))
        if message.id != text.nb:
            raise NotTaken(f"{file}, {code}: bokmål is another now. Write the catalogue anew")
        if not message.string or message.fuzzy:
            raise NotTaken(f"{file}, {code}: is not finished")
        merged[file, code] = text._replace(**{language: str(message.string)})
    return merged


def write_workbook(table: Table, to: Path) -> None:
    """Write a workbook with a row for each text and a column for each language."""
    book = xlsxwriter.Workbook(
        str(to), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": DAY.replace(tzinfo=None)})
    sheet = book.add_worksheet("words")
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 1, 28, wrapped)
    sheet.set_column(2, len(HEAD) - 1, 60, wrapped)
    sheet.freeze_panes(1, 2)
    sheet.write_row(0, 0, HEAD, bold)
    for row, (key, text) in enumerate(table.items(), start=1):
        for column, value in enumerate((*key, *text)):
            sheet.write_string(row, column, value)
    sheet.autofilter(0, 0, len(table), len(HEAD) - 1)
    book.close()


def read_workbook(path: Path, table: Table) -> Table:
    """Return a workbook that came back as a table.

    Raises:
        NotTaken: Its columns are others, or it names a code that is not there.
    """
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    if tuple(head) != HEAD:
        raise NotTaken(f"{path.name} must have the columns {', '.join(HEAD)}")
    merged = dict(table)
    for row in rows:
        file, code, *texts = (str(cell) for cell in row)
        _known(table, (file, code))
        if not all(text.strip() for text in texts):
            raise NotTaken(f"{file}, {code}: is not finished")
        merged[file, code] = Text(*texts)
    return merged


def changes(before: Table, after: Table) -> tuple[Change, ...]:
    """Return what is another text than before.

    Raises:
        NotTaken: A text no longer fills in the same facts as in the other languages.
    """
    differing = []
    for (file, code), text in after.items():
        if (fault := disagreement(text)) and text != before[file, code]:
            raise NotTaken(f"{file}, {code}: {fault}")
        for language, was, is_ in zip(LANGUAGES, before[file, code], text, strict=True):
            if was != is_:
                differing.append(Change(file, code, language, was, is_))
    return tuple(differing)


def take_in(houses: Mapping[str, Path], changed: tuple[Change, ...]) -> None:
    """Write what changed into the files of words, in the lines where it stands."""
    for file, path in _files(houses):
        new = {(each.code, each.language): each.after for each in changed if each.file == file}
        if not new:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, (first, last) in reversed(places("\n".join(lines)).items()):
            if place in new:
                lines[first:last] = written(place[1], new[place]).splitlines()
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def begin(folders: Iterable[Path], language: str, other: str) -> int:
    """Write each text of a language as that of a new one too, in the lines after it, and return how many there are.

    A text that has one in the new language already is left as it is.

    Args:
        folders: Where the files lie.
        language: The code of the new language.
        other: The code of the language that it begins as.
    """
    begun = 0
    for path in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        content = path.read_text(encoding="utf-8")
        lines = content.splitlines()
        for key, value in reversed(list(_lacking(yaml.compose(content, Loader=LOADER), language, other))):
            first, column = key.start_mark.line, key.start_mark.column
            # A text in a block ends where the next line begins, and takes the empty lines before it along.
            own = lines[first : value.end_mark.line + (value.end_mark.column > 0)]
            while not own[-1].strip():
                own.pop()
            last = first + len(own)
            lines[last:last] = [f"{own[0][:column]}{language}{own[0][column + len(other) :]}", *own[1:]]
            begun += 1
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return begun


def written(language: str, text: str) -> str:
    """Return a text as it stands in a file of words: plain where YAML reads it so, else quoted, and folded."""
    quoted = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    for scalar in (text, f'"{quoted}"'):
        folded = fill(
            f"{language}: {scalar}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        if _reads_as(folded, language, text):
            return folded
    return f'  {language}: "{quoted}"'


def places(content: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each code and language the lines that its text takes: the first, and the one after the last."""
    return {
        (code.value, language.value): (language.start_mark.line, value.end_mark.line + 1)
        for code, text in _pairs(yaml.compose(content, Loader=LOADER))
        for language, value in _pairs(text)
    }


def main(arguments: list[str] | None = None) -> int:
    """Run; return 0, or 1 when what came back was not taken."""
    parser = argparse.ArgumentParser(description="Hand the texts to translators, and take them back.")
    parser.add_argument("--from", dest="back", type=Path, metavar="FILE", help="a .po or .xlsx that came back")
    parser.add_argument("--begin", metavar="CODE", help="begin a language that is not among ours yet")
    parser.add_argument("--as", dest="other", choices=LANGUAGES, default="en", help="what it begins as (default: en)")
    asked = parser.parse_args(arguments)
    if asked.begin is not None:
        if not CODE.fullmatch(asked.begin):
            print(f"words: {asked.begin!r} is no code of a language: write se, or another of ISO 639", file=sys.stderr)
            return 1
        print(f"began {begin((*HOUSES.values(), RULES), asked.begin, asked.other)} texts in {asked.begin}")
        return 0
    back: Path | None = asked.back
    table = table_of(HOUSES)
    if back is None:
        OUT.mkdir(parents=True, exist_ok=True)
        names = (*(f"{language}.po" for language in LANGUAGES[1:]), "words.xlsx")
        for language, name in zip(LANGUAGES[1:], names, strict=False):
            write_po(table, language, OUT / name)
        write_workbook(table, OUT / "words.xlsx")
        print(f"wrote {len(table)} texts to {OUT.relative_to(ROOT)}: {', '.join(names)}")
        return 0
    if not back.is_file():
        print(f"words: there is no file {back}. Nothing was changed.", file=sys.stderr)
        return 1
    try:
        changed = changes(table, (read_po if back.suffix == ".po" else read_workbook)(back, table))
    except NotTaken as refusal:
        print(f"words: {refusal}. Nothing was changed.", file=sys.stderr)
        return 1
    take_in(HOUSES, changed)
    for each in changed:
        print(f"{each.file}, {each.code}, {each.language}\n  - {each.before}\n  + {each.after}")
    print(f"{len(changed)} of {len(table) * len(LANGUAGES)} texts changed")
    return 0


def _files(houses: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for house, folder in houses.items():
        for path in sorted(folder.rglob("*.yaml")):
            yield f"{house}/{path.relative_to(folder).with_suffix('').as_posix()}", path


def _lacking(node: yaml.Node | None, language: str, other: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Yield the code and the text of a language wherever a new one stands not beside it yet, from above."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _lacking(each, language, other)
    is_text = {*LANGUAGES} <= (codes := {key.value for key, _ in _pairs(node)})
    for key, value in _pairs(node):
        if is_text and key.value == other and language not in codes:
            yield key, value
        yield from _lacking(value, language, other)


def _known(table: Table, key: Key) -> Text:
    if key not in table:
        raise NotTaken(f"{', '.join(key)}: there is no such text")
    return table[key]


def _reads_as(line: str, language: str, text: str) -> bool:
    """Tell whether a line, among others, is read as one text of one language."""
    try:
        (_, words), (after, _) = _pairs(yaml.compose(f"code:\n{line}\nafter: after\n", Loader=LOADER))
        ((key, value),) = _pairs(words)
    except (yaml.YAMLError, ValueError):
        return False
    return (key.value, value.value, after.value) == (language, text, "after")


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


if __name__ == "__main__":
    sys.exit(main())
