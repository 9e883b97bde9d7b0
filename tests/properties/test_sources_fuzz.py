"""Answers that are cut or changed by a byte: a reader gives figures or refuses, and falls in no other way.

A digit that became another is another number, and nobody can see it; what is cut can be seen, where the form tells how
much there should be.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import published
from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.geography import counties, register
from bosett.sources import enhetsregisteret, eurostat, forecast_template, imdi, kartverket, klass, nav, ssb, udi
from bosett.sources.fetching import Fetched
from bosett.sources.imdi_tables import read_year_table
from bosett.sources.ssb_figures import read_table

DAY = date(2026, 11, 2)
Y2020, Y2024 = Structure.Y2020, Structure.Y2024
EXAMPLES = 25


def immigrants() -> bytes:
    chosen = {"InnvandrKat": ["B"], "Landbakgrunn": ["999"], "ContentsCode": ["Personer1"]}
    return published.as_bytes(published.statbank("09817", [*register().municipalities[Y2020]], ["2022"], chosen))


def pages() -> bytes:
    units = published.units("KOMM")[:30]
    return b"\n".join(published.as_bytes(published.unit_page(units, number, 10)) for number in range(3))


def unemployed() -> bytes:
    lines = ["Helt ledige september 2026", "Fylke;Antall;Prosent", *(f"{each.name};123;2,5" for each in counties(2024))]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def asylum() -> bytes:
    variables = {"geo": ["NO", "SE"], "time": ["2026-08", "2026-09"]}
    return published.as_bytes(published.json_stat("applicants", variables, lambda _: 5))


def squares() -> bytes:
    return b"\n".join(published.as_bytes(published.area(code)) for code in register().municipalities[Y2024])


WHOLE: Mapping[str, tuple[bytes, Callable[[Fetched], object]]] = {
    "ssb": (immigrants(), lambda fetched: [each.figures for each in read_table(fetched, ssb.IMMIGRANTS, Y2020)]),
    "klass codes": (published.as_bytes(published.klass_codes(104, 2024)), klass.read_codes),
    "klass changes": (published.as_bytes(published.klass_changes("2024-01-01", "2024-01-02")), klass.read_changes),
    "klass links": (published.as_bytes(published.klass_counties(2024)), klass.read_links),
    "enhetsregisteret": (pages(), lambda fetched: enhetsregisteret.read_bodies(fetched, "KOMM")),
    "kommuneinfo": (published.as_bytes(published.kommuneinfo()), kartverket.read_municipalities),
    "borders": (squares(), lambda fetched: kartverket.read_borders(fetched, Y2024)),
    "imdi": (
        published.imdi_file(published.shipped_settlement([2021])),
        lambda fetched: [each.figures for each in imdi.read_statistics(fetched)],
    ),
    "nav": (unemployed(), lambda fetched: [each.figures for each in nav.read_unemployment(fetched)]),
    "eurostat": (asylum(), lambda fetched: eurostat.read_applicants(fetched).counts),
}
"""Answers whose form tells how much there should be."""
OPEN: Mapping[str, tuple[bytes, Callable[[Fetched], object]]] = {
    "imdi tables": (
        "Kommune\tAnmodning 2027\tVedtak 2027\nOslo\t1 000 (190)\tavventer vedtak\nHerøy (Nordland)\t10\t0\n".encode(),
        lambda fetched: read_year_table(fetched, 2027),
    ),
    "udi": (
        "Måned;Antall\r\nJanuar 2026;12\r\nFebruar 2026;*\r\n".encode(),
        lambda fetched: udi.read_months(fetched, "a"),
    ),
    "forecast": (
        "Utgiver;Utvalget\nPer dato;01.06.2026\nBosettingsår;2027\nGruppe;Lav;Middels;Høy\nAlle;1;2;3\n".encode(),
        forecast_template.read_forecast,
    ),
}


def read(name: str, content: bytes) -> object:
    """Return what a reader gives; a refusal as its own kind."""
    _, reader = {**WHOLE, **OPEN}[name]
    try:
        return reader(Fetched(content, "answer", DAY))
    except Refusal as fault:
        sentence = str(fault)
    assert sentence.startswith("answer: ")
    return Refusal


@pytest.mark.parametrize("name", [*WHOLE, *OPEN])
def test_the_answer_itself_is_read(name: str) -> None:
    assert read(name, {**WHOLE, **OPEN}[name][0]) is not Refusal


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=EXAMPLES)
@given(st.data())
def test_what_is_cut_is_the_same_or_refused(name: str, data: st.DataObject) -> None:
    content, _ = WHOLE[name]
    length = data.draw(st.one_of(st.integers(0, len(content) - 1), st.integers(len(content) - 5, len(content) - 1)))
    from_cut = read(name, content[:length])
    assert from_cut is Refusal or from_cut == read(name, content)


@pytest.mark.parametrize("name", [*WHOLE, *OPEN])
@settings(max_examples=EXAMPLES)
@given(st.data())
def test_a_changed_byte_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray({**WHOLE, **OPEN}[name][0])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.one_of(st.integers(0, 255), st.sampled_from(b'{}[],:"0123456789\\ ;\n\t\x00\xff-e')))
    read(name, bytes(content))


@pytest.mark.parametrize("name", OPEN)
@settings(max_examples=EXAMPLES)
@given(st.data())
def test_what_is_cut_anywhere_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content, _ = OPEN[name]
    read(name, content[: data.draw(st.integers(0, len(content)))])


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize("name", [name for name in WHOLE if name not in ("imdi", "nav")])
@settings(max_examples=EXAMPLES)
@given(st.data())
def test_any_value_in_place_of_another_is_read_or_refused(name: str, data: st.DataObject) -> None:
    first, *rest = WHOLE[name][0].split(b"\n")
    value = json.loads(first)
    at, key = value, None
    for _ in range(data.draw(st.integers(1, 6))):
        inner = at if key is None else at[key]
        if isinstance(inner, dict) and inner:
            at, key = inner, data.draw(st.sampled_from(sorted(inner)))
        elif isinstance(inner, list) and inner:
            at, key = inner, data.draw(st.integers(0, len(inner) - 1))
        else:
            break
    at[key] = data.draw(JSON)
    read(name, b"\n".join([published.as_bytes(value), *rest]))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of such parts, well pressed together."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


BILLION = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>'
)


@pytest.mark.parametrize(
    "content",
    [
        packed({"xl/workbook.xml": BILLION}),
        packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (51 << 20)}),
        packed({f"xl/worksheets/sheet{number}.xml": b"<a/>" for number in range(600)}),
        packed({"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"macro"}),
        packed({"content.xml": b"<office/>"}),
        b"PK\x03\x04" + b"\x00" * 100,
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    ],
    ids=["entities", "bomb", "parts", "macros", "other kind", "damaged", "old"],
)
@pytest.mark.parametrize("name", ["imdi", "nav", "imdi tables", "udi", "forecast"])
def test_hostile_workbooks_are_refused(name: str, content: bytes) -> None:
    assert read(name, content) is Refusal
