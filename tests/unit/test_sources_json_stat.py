"""JSON-stat 2.0: the forms that a table may have, and what is none."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bosett.figures import Figure, Status
from bosett.sources.answers import UnreadableAnswer, document, documents
from bosett.sources.fetching import Fetched
from bosett.sources.json_stat import EUROSTAT_MARKS, SSB_MARKS, Cube, read_cube

DAY = date(2026, 11, 2)
OK, MISSING, HIDDEN = Status.OK, Status.MISSING, Status.HIDDEN


def fetched(content: object) -> Fetched:
    return Fetched(content if isinstance(content, bytes) else json.dumps(content).encode(), "a.json", DAY)


def small() -> dict[str, Any]:
    """Two places and three years; by hand: A 1 2 3, B 4 - 6."""
    return {
        "class": "dataset",
        "label": "00001: A small table",
        "source": "SSB",
        "updated": "2026-02-24T07:00:00Z",
        "id": ["Region", "Tid"],
        "size": [2, 3],
        "dimension": {
            "Region": {"label": "region", "category": {"index": {"A": 0, "B": 1}, "label": {"A": "Aa", "B": "Bb"}}},
            "Tid": {"label": "year", "category": {"index": ["2024", "2025", "2026"]}},
        },
        "value": [1, 2, 3, 4, None, 6],
        "role": {"time": ["Tid"]},
    }


def cube(**changed: object) -> Cube:
    return read_cube(document(fetched(small() | changed)), fetched(b""))


def refusal(content: object) -> str:
    with pytest.raises(UnreadableAnswer) as fault:
        read_cube(document(fetched(content)), fetched(content))
    return str(fault.value)


def ok(number: int) -> Figure:
    return Figure(number, OK)


def test_cells_stand_by_their_codes() -> None:
    read = cube()
    assert read.cells == {
        ("A", "2024"): ok(1),
        ("A", "2025"): ok(2),
        ("A", "2026"): ok(3),
        ("B", "2024"): ok(4),
        ("B", "2025"): Figure(None, MISSING),
        ("B", "2026"): ok(6),
    }
    assert (read.label, read.source, read.updated) == ("00001: A small table", "SSB", date(2026, 2, 24))
    assert read.roles == {"time": ("Tid",)}
    place = read.variable("Region")
    assert place is not None
    assert (place.label, place.codes, dict(place.labels)) == ("region", ("A", "B"), {"A": "Aa", "B": "Bb"})
    assert read.variable("Alder") is None


@pytest.mark.parametrize(
    "value", [{"0": 1, "1": 2, "2": 3, "3": 4, "5": 6}, {"5": 6, "3": 4, "0": 1, "1": 2, "2": 3, "4": None}]
)
def test_values_may_be_an_object_of_those_that_there_are(value: dict[str, int]) -> None:
    assert cube(value=value).cells == cube().cells


def test_codes_may_have_their_places_in_any_order() -> None:
    turned = small()
    turned["dimension"]["Region"]["category"]["index"] = {"B": 1, "A": 0}
    assert read_cube(turned, fetched(b"")).cells == cube().cells
    turned["dimension"]["Region"]["category"]["index"] = {"B": 0, "A": 1}
    assert read_cube(turned, fetched(b"")).cells["B", "2024"] == ok(1)


def test_one_code_needs_no_index() -> None:
    one = small() | {"size": [1, 3], "value": [1, 2, 3]}
    one["dimension"]["Region"]["category"] = {"label": {"A": "Aa"}}
    assert list(read_cube(one, fetched(b"")).cells) == [("A", "2024"), ("A", "2025"), ("A", "2026")]


@pytest.mark.parametrize("status", [{"4": ":"}, [None, None, None, None, ":", None], ["", "", "", "", ":", ""]])
def test_a_mark_says_why_there_is_no_number(status: object) -> None:
    assert cube(status=status).cells["B", "2025"] == Figure(None, HIDDEN)


@pytest.mark.parametrize(
    ("mark", "status"), [(".", MISSING), ("..", MISSING), ("...", MISSING), (":", HIDDEN), ("c", HIDDEN)]
)
def test_what_the_marks_mean(mark: str, status: Status) -> None:
    assert cube(status={"4": mark}).cells["B", "2025"].status is status
    assert SSB_MARKS[mark] is status


def test_eurostat_s_colon_is_no_figure() -> None:
    read = read_cube(small() | {"status": {"4": ":"}}, fetched(b""), EUROSTAT_MARKS)
    assert read.cells["B", "2025"] == Figure(None, MISSING)


def test_one_mark_for_all_stands_beside_numbers_too() -> None:
    assert cube(status="p", value=[1, 2, 3, 4, 5, 6]).cells["B", "2025"] == ok(5)


def test_a_list_of_one_mark_is_for_all() -> None:
    assert cube(status=["p"], value=[1, 2, 3, 4, 5, 6]).cells["B", "2025"] == ok(5)


def test_numbers_are_exact() -> None:
    content = json.dumps(small()).replace("[1, 2,", "[0.1, 2.0,").encode()
    cells = read_cube(document(fetched(content)), fetched(content)).cells
    assert cells["A", "2024"] == Figure(Fraction(1, 10), OK)
    assert cells["A", "2025"] == ok(2)


CULPRITS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another form": (lambda dataset: {"dataset": dataset}, "no table in JSON-stat 2.0"),
    "an error in JSON": (lambda dataset: {"error": "Too many values selected"}, "says: Too many values"),  # noqa: ARG005
    "Eurostat's error": (lambda dataset: {"error": [{"label": "No results"}]}, "No results"),  # noqa: ARG005
    "a list": (lambda dataset: [dataset], "no table"),
    "no id": (lambda dataset: dataset | {"id": None}, "do not tell the variables"),
    "id twice": (lambda dataset: dataset | {"id": ["Tid", "Tid"]}, "do not tell"),
    "id without dimension": (lambda dataset: dataset | {"id": ["Region", "Alder"]}, "'Alder' has no categories"),
    "size of another": (lambda dataset: dataset | {"size": [2, 4]}, "'Tid' has 3 codes, and its size is 4"),
    "size as truth": (lambda dataset: dataset | {"size": [True, 3]}, "size is True"),
    "a cell too few": (lambda dataset: dataset | {"value": [1, 2, 3, 4, 5]}, "'value' has 5 cells, and the table 6"),
    "a cell outside": (lambda dataset: dataset | {"value": {"6": 1}}, "outside the table: 6"),
    "a cell of no place": (lambda dataset: dataset | {"value": {"-1": 1}}, "outside the table"),
    "a cell twice": (lambda dataset: dataset | {"value": {"0": 1, "00": 2}}, "twice"),
    "text for a number": (lambda dataset: dataset | {"value": ["1", 2, 3, 4, 5, 6]}, "stands where a number should"),
    "truth for a number": (lambda dataset: dataset | {"value": [True, 2, 3, 4, 5, 6]}, "stands where a number should"),
    "values as a number": (lambda dataset: dataset | {"value": 7}, "neither a list nor an object"),
    "status too long": (lambda dataset: dataset | {"status": [":"] * 7}, "'status' has 7 cells"),
    "status of numbers": (lambda dataset: dataset | {"status": {"0": 1}}, "something else than texts"),
    "an unknown mark": (lambda dataset: dataset | {"status": {"4": "x"}}, "the mark 'x' is not known"),
    "a number that is hidden": (lambda dataset: dataset | {"status": {"0": ":"}}, "has a number and the mark ':'"),
    "no day": (lambda dataset: dataset | {"updated": "yesterday"}, "'yesterday' is no day"),
    "no such day": (lambda dataset: dataset | {"updated": "2026-02-30T07:00:00Z"}, "is no day"),
}


@pytest.mark.parametrize("name", CULPRITS)
def test_what_does_not_hang_together_is_refused(name: str) -> None:
    spoil, sentence = CULPRITS[name]
    assert sentence in refusal(spoil(small()))


@pytest.mark.parametrize("index", [{"A": 0, "B": 2}, {"A": 0, "B": 0}, {"A": "0", "B": "1"}, ["A", "A"], [], None, {}])
def test_codes_without_an_order_are_refused(index: object) -> None:
    table = small()
    table["dimension"]["Region"]["category"]["index"] = index
    assert "'Region'" in refusal(table)


def test_a_table_larger_than_any_is_refused_before_it_is_made() -> None:
    codes = [str(each) for each in range(1_500)]
    table = small() | {"size": [1_500, 1_500]}
    table["dimension"] = {name: {"category": {"index": codes}} for name in ("Region", "Tid")}
    assert "2250000 cells" in refusal(table)


# JSON itself


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE html><html></html>", "a page (HTML)"),
        (b"\xef\xbb\xbf <html>", "a page (HTML)"),
        (b"<?xml version='1.0'?>", "XML"),
        (json.dumps(small()).encode()[:-20], "breaks off"),
        (b"not json", "breaks off, or is none"),
        (b"[" * 200_000, "breaks off, or is none"),
        (b'{"a": 1, "a": 2}', "breaks off, or is none"),
        (b"[NaN]", "breaks off, or is none"),
        (b"[1e999999999]", "breaks off, or is none"),
        (b"[" + b"9" * 100 + b"]", "breaks off, or is none"),
        ('{"a": "ø"}'.encode("latin-1"), "not UTF-8 (byte 8)"),
        (b" \n", "nothing in it"),
        (b"{}{}", "2 answers stand in it"),
    ],
)
def test_what_is_no_json_is_called_what_it_is(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableAnswer) as fault:
        document(fetched(content))
    assert sentence in str(fault.value)
    assert str(fault.value).startswith("a.json: ")


def test_answers_may_stand_in_a_row() -> None:
    assert documents(fetched(b'\xef\xbb\xbf{"a": 1}\n[2.50]\r\n"c"')) == ({"a": 1}, [Fraction(5, 2)], "c")
