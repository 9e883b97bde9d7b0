"""Postal addresses from a file: known answers, and what is wrong told by row and field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.sources.addresses import Given, NotAddresses, objections, read_addresses

BERGEN, OSLO, NESTE = "964338531", "958935420", "874780782"
PARTIES = frozenset({BERGEN, OSLO, NESTE})
HEADING = "orgnr;adresse;postnummer;poststed"


def unit(orgnr: str = BERGEN, **more: object) -> dict[str, object]:
    """A unit as Enhetsregisteret tells it, with what else it tells left out."""
    postal = {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": "5020",
        "poststed": "BERGEN",
        "adresse": ["Postboks 7700", "Byrådsavdelingen"],
        "kommune": "BERGEN",
        "kommunenummer": "4601",
    }
    return {"organisasjonsnummer": orgnr, "navn": "BERGEN KOMMUNE", "postadresse": postal, **more}


def answer(*units: object) -> bytes:
    return json.dumps({"_embedded": {"enheter": list(units)}, "page": {"size": len(units)}}).encode()


def faults(content: bytes, *, business: bool = False) -> list[tuple[int, str, str]]:
    return [
        (each.row, each.field, each.code)
        for each in read_addresses("a.csv", content, PARTIES, business=business).faults
    ]


def refused(content: bytes) -> str:
    with pytest.raises(NotAddresses) as fault:
        read_addresses("a.csv", content, PARTIES)
    return fault.value.code


BERGEN_GIVEN = Given(1, BERGEN, ("Postboks 7700", "Byrådsavdelingen"), "5020", "BERGEN")


@pytest.mark.parametrize(
    "content",
    [answer(unit()), json.dumps(unit()).encode(), json.dumps([unit()]).encode(), b"\xef\xbb\xbf" + answer(unit())],
    ids=["answer", "one", "list", "mark"],
)
def test_the_register_s_answer_is_read_whole_as_a_list_and_alone(content: bytes) -> None:
    addresses = read_addresses("a.csv", content, PARTIES)
    assert addresses.given == (BERGEN_GIVEN,)
    assert addresses.faults == ()
    assert addresses.register


def test_units_that_are_no_party_are_left_aside() -> None:
    addresses = read_addresses("a.csv", answer(unit("999999999"), "text", None, unit(OSLO)), PARTIES)
    assert [each.orgnr for each in addresses.given] == [OSLO]
    assert addresses.faults == ()


def test_a_unit_without_a_postal_address_is_told_and_its_business_address_taken_only_when_asked_for() -> None:
    business = {"adresse": ["Rådhusgata 10"], "postnummer": "5014", "poststed": "BERGEN", "landkode": "NO"}
    content = answer({"organisasjonsnummer": BERGEN, "forretningsadresse": business})
    assert faults(content) == [(1, "adresse", "none")]
    addresses = read_addresses("a.csv", content, PARTIES, business=True)
    assert addresses.given == (Given(1, BERGEN, ("Rådhusgata 10",), "5014", "BERGEN", business=True),)
    for empty in (None, [], [None, " "]):
        without = unit(postadresse={"land": "Norge", "adresse": empty}, forretningsadresse=business)
        assert read_addresses("a.csv", answer(without), PARTIES, business=True).given == addresses.given
        assert faults(answer(without))[0] == (1, "adresse", "no_lines")
    # A postal address that is there is always taken, whatever is asked for.
    assert read_addresses("a.csv", answer(unit(forretningsadresse=business)), PARTIES, business=True).given == (
        BERGEN_GIVEN,
    )


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"adresse": []}, [(1, "adresse", "no_lines")]),
        ({"adresse": "Postboks"}, [(1, "adresse", "no_lines")]),
        ({"adresse": [None, 7, {}]}, [(1, "adresse", "no_lines")]),
        ({"adresse": ["a", "b", "c", "d"]}, [(1, "adresse", "many_lines")]),
        ({"adresse": ["x" * 101]}, [(1, "adresse", "line_long")]),
        ({"adresse": ["a\u202eb"]}, [(1, "adresse", "line_long")]),
        ({"postnummer": "502"}, [(1, "postnummer", "not_postal_code")]),
        ({"postnummer": "٥٠٢٠"}, [(1, "postnummer", "not_postal_code")]),
        ({"postnummer": 5020}, [(1, "postnummer", "not_postal_code")]),
        ({"poststed": ""}, [(1, "poststed", "not_place")]),
        ({"poststed": "5020 BERGEN"}, [(1, "poststed", "not_place")]),
        ({"landkode": "SE"}, [(1, "landkode", "abroad")]),
        ({"postnummer": None, "poststed": None}, [(1, "postnummer", "not_postal_code"), (1, "poststed", "not_place")]),
    ],
)
def test_what_is_wrong_with_a_unit_is_told_by_field(change: dict[str, object], codes: list[object]) -> None:
    changed = unit()
    changed["postadresse"] = {**changed["postadresse"], **change}  # type: ignore[dict-item]
    assert faults(answer(changed)) == codes
    assert read_addresses("a.csv", answer(changed), PARTIES).given == ()


def test_csv_is_read_with_several_lines_in_a_cell() -> None:
    text = f'{HEADING}\n964 338 531;"Postboks 7700|Byrådsavdelingen";5020;BERGEN\n\n{OSLO};"Rådhuset\nPost";0037;OSLO\n'
    addresses = read_addresses("a.csv", text.encode(), PARTIES)
    assert addresses.given == (
        Given(2, BERGEN, ("Postboks 7700", "Byrådsavdelingen"), "5020", "BERGEN"),
        Given(4, OSLO, ("Rådhuset", "Post"), "0037", "OSLO"),
    )
    assert not addresses.register
    comma = read_addresses("a.csv", f"{HEADING}\n{OSLO};Rådhuset;0037;OSLO".replace(";", ",").encode(), PARTIES)
    assert comma.given == (Given(2, OSLO, ("Rådhuset",), "0037", "OSLO"),)


def test_cells_beyond_the_columns_are_told_and_empty_ones_are_not() -> None:
    row = f"{OSLO},Rådhuset, 3. etasje,0037,OSLO"
    (fault,) = read_addresses("a.csv", f"{HEADING.replace(';', ',')}\n{row}".encode(), PARTIES).faults
    assert (fault.row, fault.field, fault.code, fault.facts) == (2, "adresse", "many_cells", {"found": "OSLO"})
    assert faults(f"{HEADING}\n{OSLO};Rådhuset;0037;OSLO; ;".encode()) == []


def test_what_is_wrong_with_csv_is_told_by_line() -> None:
    rows = [
        f"{BERGEN};Postboks 7700;5020;BERGEN",
        "12345;Gata 1;0001;OSLO",
        "123456789;Gata 1;0001;OSLO",
        f"{OSLO};Rådhuset;37;OSLO",
        f"{NESTE};;;",
        f"{BERGEN};En annen gate;5020;BERGEN",
        f"{BERGEN};Postboks 7700;5020;BERGEN",
    ]
    assert faults("\n".join([HEADING, *rows]).encode()) == [
        (3, "orgnr", "not_orgnr"),
        (4, "orgnr", "not_party"),
        (5, "postnummer", "not_postal_code"),
        (6, "adresse", "no_lines"),
        (6, "postnummer", "not_postal_code"),
        (6, "poststed", "not_place"),
        (7, "orgnr", "twice"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe\x00", "letters"),
        (b"{", "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "no_units"),
        (b"{}", "no_units"),
        (b"[]", "no_units"),
        (b'{"_embedded": {"enheter": {}}}', "no_units"),
        (b'{"_embedded": []}', "no_units"),
        (b"navn;adresse\n", "no_heading"),
        (b"MZ\x90", "letters"),
        (b'orgnr;adresse;postnummer;poststed\n"a', "damaged"),
        (b"orgnr;adresse;postnummer;poststed\n" + b"1;2;3;4\n" * 5001, "rows"),
        (b"[" + b",".join([b"{}"] * 5001) + b"]", "rows"),
        (b"x" * (4 * 1024 * 1024 + 1), "large"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_with_a_word(content: bytes, code: str) -> None:
    assert refused(content) == code


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEADING}\n{text}".encode()))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    try:
        addresses = read_addresses("a.csv", content, PARTIES)
    except NotAddresses:
        return
    for each in addresses.given:
        assert not list(objections(each.lines, each.postal_code, each.place))
