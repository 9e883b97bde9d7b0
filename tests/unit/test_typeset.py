"""Letters as PDF, read back: language, title, tags, conformance, hostile text, the same bytes, tables that break."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from bosett.basis.box import Broken, Limits
from bosett.documents.letters import (
    Block,
    Column,
    Content,
    Heading,
    Letter,
    LetterAttachment,
    List,
    MinorsAsked,
    Paragraph,
    SideBySide,
    Table,
    TableRow,
    letter_of,
    letter_text,
)
from bosett.documents.letters.language import choose, forms_of
from bosett.documents.letters.names import municipality_receiver
from bosett.render import typeset as typesetting
from bosett.render.binding import bind, bound
from bosett.render.typeset import NotTypeset, merge, typeset, typeset_many
from bosett.rounds.explanation import Explanation, explain_all
from letter_samples import YEAR, circular, not_asked, reminder, request, revised, samples
from pdfs import Element, Read
from thorough import asked_of

pytestmark = pytest.mark.typeset

REGIONS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
HOSTILE = (
    '#import "x"',
    "*a* _b_ `c` $x^2$ @d <e> // f /* g */ = h - i + j / k: l \\ #panic()",
    "#(1 + 1) #let a = 2; ~ -- --- ...  \\u{41} &amp; {{year}} {0} %s",
    "'\"«»“”’ Kárášjohka – Guovdageaidnu Ŋŋ Đđ Čč Šš Ŧŧ Žž Áá Ïï Åå",
)


def letters(language: str = "nb") -> Iterator[Letter]:
    return (letter_of(content, language) for content in samples().values())


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_a_table_s_caption_does_not_run_into_the_paragraph_above_it() -> None:
    read = Read(typeset(letter_of(circular(), "nb")))
    lines = read.baselines(read.pages)
    assert len(lines) > 10
    assert min(above - below for above, below in pairwise(lines)) > 10


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_kind_says_its_language_its_title_and_what_it_conforms_to(language: str) -> None:
    for letter, pdf in zip(letters(language), typeset_many(letters(language)), strict=True):
        read = Read(pdf)
        assert read.language == REGIONS[language]
        assert read.title == plain(letter.title)
        for mark in (
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
        ):
            assert mark in read.description
        assert read.root["/MarkInfo"]["/Marked"]
        assert read.root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_kind_is_tagged_with_headings_lists_and_tables_in_order() -> None:
    for letter, pdf in zip(letters(), typeset_many(letters()), strict=True):
        elements = list(Read(pdf).elements())
        levels = [int(each.tag[2:]) for each in elements if each.tag.startswith("/H") and each.tag[2:].isdigit()]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        heads = [each for each in elements if each.tag == "/TH"]
        tables = [each for each in elements if each.tag == "/Table"]
        assert bool(heads) == bool(tables) == ("Kommune" in letter_text(letter) and letter.kind in WITH_TABLES)
        assert {each.parent for each in heads} <= {"/TR"}
        assert all(each.headers for each in elements if each.tag == "/TD")
        captions = [each.parent for each in elements if each.tag == "/Caption"]
        assert captions == ["/Table"] * len(tables)


WITH_TABLES = {"circular", "agenda", "minutes", "sheet", "recommendation"}


def test_every_text_of_every_kind_stands_in_its_pdf() -> None:
    for letter, pdf in zip(letters("nn"), typeset_many(letters("nn")), strict=True):
        shown = Read(pdf).whole
        texts = [letter.title, *letter.receiver, *letter.sender, *(value for _, value in letter.marks)]
        texts += [block.text for block in letter.blocks if isinstance(block, Paragraph)]
        texts += [item for block in letter.blocks if isinstance(block, List) for item in block.items]
        texts += [name for name, _ in letter.signers]
        assert [text for text in texts if plain(text) not in shown] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_is(text: str) -> None:
    letter = replace(
        letter_of(reminder(), "nb"),
        title=text,
        receiver=(text,),
        blocks=(
            Paragraph(text, note=text),
            List((text,)),
            Table(text, (Column(text, width=1), Column("n", number=True)), (TableRow((text, text), sum=True),)),
        ),
        signers=((text, text),),
        attachments=(LetterAttachment(text, (Paragraph(text, quiet=True),)),),
    )
    read = Read(typeset(letter))
    assert read.title == text
    assert read.whole.replace(" ", "").count(text.replace(" ", "")) >= 9


def test_what_cannot_be_seen_is_left_out_and_lines_are_kept() -> None:
    hidden = "Første\x00\x0b\u202e linje\r\nandre\tlinje\ufeff"
    letter = replace(letter_of(reminder(), "nb"), blocks=(Paragraph(hidden),))
    assert "Første linje andre linje" in Read(typeset(letter)).whole


@pytest.mark.parametrize("text", ["🙂", "漢字", "\ue000"])
def test_text_without_a_shape_is_refused(text: str) -> None:
    letter = replace(letter_of(reminder(), "nb"), blocks=(Paragraph(f"Hei {text}"),))
    with pytest.raises(NotTypeset, match="cannot be set") as refused:
        typeset(letter)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ((Heading("Først"), Heading("Så", level=4)), "skipped from heading level 2 to 4"),
        ((Heading(""),), "heading title is empty"),
    ],
)
def test_what_pdf_ua_forbids_is_refused(blocks: tuple[Block, ...], why: str) -> None:
    with pytest.raises(NotTypeset, match=f"PDF/UA-1 error: {why}"):
        typeset(replace(letter_of(reminder(), "nb"), blocks=blocks))


def test_a_warning_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FACES", ["No Such Face"])
    with pytest.raises(NotTypeset, match="unknown font family: no such face"):
        typeset(letter_of(reminder(), "nb"))


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = letter_of(circular(), "nb")
    one, other = typeset(letter), typeset(letter)
    assert one == other
    assert list(typeset_many((letter, letter))) == [one, one]
    later = Read(typeset(replace(letter, day=date(2021, 5, 19))))
    assert "2021-05-19" in later.description


def test_pages_are_counted_from_the_second() -> None:
    read = Read(typeset(letter_of(request(), "nn")))
    assert read.pages == 2
    assert "Side 1" not in read.text(1)
    assert "Side 2 av 2" in read.text(2)
    assert "Postboks 8059" in read.text(1)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_page_holds_the_signing_alone(language: str) -> None:
    # A table at the end stays where it is: held together with what follows, it would lose its caption's tag.
    signed = [each for each in letters(language) if each.signers and not isinstance(each.blocks[-1], Table)]
    begun = 0
    for letter, pdf in zip(signed, typeset_many(signed), strict=True):
        read = Read(pdf)
        for page in range(2, read.pages + 1):
            begun += 1
            assert not read.text(page).startswith(plain(letter.closing[0])), letter.kind
    assert begun > 2


def test_a_long_table_breaks_and_repeats_its_heads() -> None:
    rows = tuple(TableRow((f"Sted {place}", str(place))) for place in range(1, 301))
    table = Table("Alle", (Column("Kommune", width=1), Column("Tall", number=True)), rows)
    read = Read(typeset(replace(letter_of(reminder(), "nb"), blocks=(table,))))
    with_rows = [page for page in range(1, read.pages + 1) if "Sted " in read.text(page)]
    assert len(with_rows) > 5
    assert all(read.text(page).count("Kommune Tall") == 1 for page in with_rows)
    assert [each.tag for each in read.elements()].count("/TH") == 2


@pytest.mark.parametrize("fillers", range(0, 40, 3))
def test_a_caption_is_tagged_inside_its_table_wherever_the_page_ends(fillers: int) -> None:
    table = Table(
        "Alle", (Column("Kommune"), Column("Tall", width=1)), tuple(TableRow((str(n), "x")) for n in range(30))
    )
    blocks: tuple[Block, ...] = (*(Paragraph("Linje."),) * fillers, table, SideBySide((table, table)))
    read = Read(typeset(replace(letter_of(reminder(), "nb"), blocks=blocks)))
    assert [each.parent for each in read.elements() if each.tag == "/Caption"] == ["/Table"] * 3
    for page in range(1, read.pages + 1):
        assert not read.text(page).split(" Med vennlig")[0].rstrip().endswith("Alle")


def test_a_cell_of_many_lines_keeps_them() -> None:
    table = Table("A", (Column("Hvem"), Column("Hva", width=1)), (TableRow(("KS", "en\nto")), TableRow(("", ""))))
    assert "en to" in Read(typeset(replace(letter_of(reminder(), "nb"), blocks=(table,)))).whole


def test_merged_letters_begin_on_their_own_page_and_keep_their_language() -> None:
    several = (
        letter_of(request(minors=MinorsAsked.NONE), "nb"),
        letter_of(reminder(), "nn"),
        letter_of(not_asked(), "en"),
    )
    alone = [Read(pdf) for pdf in typeset_many(several)]
    merged = Read(merge(several))
    assert merged.pages == sum(each.pages for each in alone)
    assert merged.language == "nb-NO"
    assert {each.language for each in merged.elements()} == {None, "nn-NO", "en-GB"}
    first = 1
    for letter, each in zip(several, alone, strict=True):
        assert plain(letter.title) in merged.text(first)
        assert all(merged.text(first + page) == each.text(1 + page) for page in range(each.pages))
        first += each.pages
    assert Element("/H1", "/Document", "nn-NO", headers=False) in list(merged.elements())


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="no letters"):
        merge(())


def test_letters_are_bound_in_a_box_as_they_are_merged() -> None:
    several = [letter_of(reminder(), language) for language in ("nb", "nn")]
    assert bind(several) == merge(several)


def test_a_box_tells_why_letters_cannot_be_bound() -> None:
    letter = replace(letter_of(reminder(), "nb"), blocks=(Paragraph("Hei 🙂"),))
    with pytest.raises(NotTypeset) as alone:
        merge((letter,))
    assert json.loads(bound((letter,))) == {"title": alone.value.title, "why": alone.value.why}
    with pytest.raises(NotTypeset) as refused:
        bind((letter,))
    assert str(refused.value) == str(alone.value)


def test_letters_that_need_too_much_memory_break_their_box_alone() -> None:
    with pytest.raises(Broken):
        bind((letter_of(reminder(), "nb"),), Limits(60, 100 << 20))


def test_many_signers_and_a_long_address_find_their_place() -> None:
    letter = letter_of(reminder(), "nb")
    crowded = replace(letter, receiver=tuple(f"Linje {place}" for place in range(1, 15)), signers=letter.signers * 3)
    read = Read(typeset(crowded))
    assert "Linje 14" in read.text(1)
    assert read.whole.count("avdelingsdirektør") == 3


@cache
def numbers() -> dict[str, Explanation]:
    return explain_all(YEAR)


def to_all(kind: str) -> dict[str, Content]:
    """Return a letter of a kind to every municipality that gets one, by code."""
    heads = {code: (municipality_receiver(code, YEAR),) for code in numbers()}
    if kind == "number":
        return {code: request(code, each) if each.number else not_asked(code, each) for code, each in numbers().items()}
    sample = revised() if kind == "revised" else reminder()
    asked = {code: each.number for code, each in numbers().items() if each.number}
    return {
        code: replace(sample, head=replace(sample.head, receivers=heads[code]), number=number + 1)
        for code, number in asked.items()
    }


def tagged(letter: Letter) -> tuple[list[str], int]:
    """Return the headings that a letter's PDF is to have in order, and how many items of lists."""
    levels = ["/H1", *(f"/H{block.level}" for block in letter.blocks if isinstance(block, Heading))]
    items = sum(len(block.items) for block in letter.blocks if isinstance(block, List))
    return levels, items + sum(len(members) for _, members in letter.lists)


@pytest.mark.bulk
@pytest.mark.parametrize("kind", asked_of(("number", "revised", "reminder"), ("number",)))
def test_every_letter_to_every_municipality_is_tagged_and_in_the_receivers_language(kind: str) -> None:
    languages = choose(forms_of(YEAR), "nb")
    contents = to_all(kind)
    made = {code: letter_of(content, languages[code] or "") for code, content in contents.items()}
    faults, forms = [], Counter[str]()
    for (code, letter), pdf in zip(made.items(), typeset_many(made.values()), strict=True):
        read = Read(pdf)
        elements = list(read.elements())
        headings = [each.tag for each in elements if re.fullmatch(r"/H\d", each.tag)]
        items = sum(each.tag == "/LI" for each in elements)
        languages_within = {each.language for each in elements} - {None}
        right = (
            read.language == REGIONS[languages[code] or ""]
            and (headings, items) == tagged(letter)
            and not languages_within
            and read.title == plain(letter.title)
            and "<pdfuaid:part>1</pdfuaid:part>" in read.description
            and plain(letter.receiver[0]) in read.text(1)
        )
        forms[read.language] += 1
        if not right:
            faults.append(code)
    assert faults == []
    assert set(forms) == {"nb-NO", "nn-NO"}
    assert forms.total() == (
        len(numbers()) if kind == "number" else sum(each.number > 0 for each in numbers().values())
    )
    assert kind != "number" or forms.total() == 356
