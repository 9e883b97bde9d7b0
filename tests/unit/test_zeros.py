"""A zero is a statement: every 0 of every shipped table is one that its publisher made.

The rules hold for all rows of all tables; nothing is looked up by place or year, but for the known answers at the end.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest

from bosett.basis.structures import Structure
from bosett.basis.tables import Row, package, table
from bosett.figures import Figure, Status, series

REQUESTS = ("requested_first", "requested")
NUMERIC = {"integer", "number"}
RESOURCES: list[Mapping[str, Any]] = list(package()["resources"])
AS_WRITTEN = {"zero-request", "place-unknown"}
"""Notes of a request of 0 that stands as the base writes it, as nothing shows what is behind it."""


def numeric_fields(resource: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [field for field in resource["schema"]["fields"] if field["type"] in NUMERIC]


def unexplained(rows: tuple[Row, ...], fields: list[Mapping[str, Any]]) -> list[tuple[str, Row]]:
    """Return each cell of 0 in a column of which nobody has said what a 0 means."""
    bare = [field["name"] for field in fields if not field.get("zero")]
    return [(name, row) for row in rows for name in bare if row[name] and Fraction(row[name]) == 0]


def years_of_settlement(rows: tuple[Row, ...]) -> Iterator[tuple[tuple[str, str, str, str], Mapping[str, Row]]]:
    """Go over each municipality's rows of one year and group, by measure."""
    by_place: dict[tuple[str, str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        by_place[row["year"], row["structure"], row["code"], row["group"]][row["measure"]] = row
    yield from by_place.items()


def asked_for_nobody(rows: tuple[Row, ...]) -> list[tuple[str, str, str, str]]:
    """Return who stands with a request of 0: nobody can be asked to settle nobody."""
    return [
        key
        for key, by_measure in years_of_settlement(rows)
        for measure in REQUESTS
        if measure in by_measure
        and by_measure[measure]["value"] == "0"
        and by_measure[measure]["note"] not in AS_WRITTEN
    ]


def noes_of_the_unasked(rows: tuple[Row, ...]) -> list[tuple[str, str, str, str]]:
    """Return who stands with a no, and was asked for nothing by any request of the year."""
    silent = {"0", "not_asked"}
    return [
        key
        for key, by_measure in years_of_settlement(rows)
        if "decided" in by_measure
        and by_measure["decided"]["value"] == "0"
        and by_measure["decided"]["note"] not in AS_WRITTEN
        and (
            answers := {
                by_measure[each]["value"] or by_measure[each]["status"] for each in REQUESTS if each in by_measure
            }
        )
        and answers - {"missing"} <= silent
        and answers & silent
    ]


def split_after(year: int, structure: int) -> list[set[str]]:
    """Return the receivers of each split between a year and a structure, by the shipped changes."""
    receivers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table("municipality_changes"):
        if row["kind"] == "split" and year < int(row["valid_from"][:4]) <= structure:
            receivers[row["valid_from"], row["old_code"]].add(row["new_code"])
    return list(receivers.values())


def unsplit(rows: tuple[Row, ...], column: str) -> list[tuple[str, str, str]]:
    """Return receivers of a split that stand with nobody in a year before it, and those that stand with all."""
    unsplit_rows = []
    by_year: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in rows:
        key = (row["year"], row["structure"], row.get("group", ""), row.get("measure", ""))
        by_year[key][row["code"]] = row[column]
    for (year, structure, *_), values in by_year.items():
        for receivers in split_after(int(year), int(structure)):
            parts = {code: values.get(code, "") for code in receivers}
            if "0" in parts.values():
                unsplit_rows += [(year, code, value) for code, value in sorted(parts.items()) if value]
    return unsplit_rows


@pytest.mark.parametrize("name", [resource["name"] for resource in RESOURCES])
def test_every_zero_stands_in_a_column_that_says_what_it_means(name: str) -> None:
    resource = next(each for each in RESOURCES if each["name"] == name)
    assert unexplained(table(name), numeric_fields(resource)) == []


def test_nobody_is_asked_to_settle_nobody() -> None:
    assert asked_for_nobody(table("settlement")) == []


def test_nobody_who_was_not_asked_says_no() -> None:
    assert noes_of_the_unasked(table("settlement")) == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (resource["name"], field["name"])
        for resource in RESOURCES
        if {"year", "structure", "code"} <= {field["name"] for field in resource["schema"]["fields"]}
        for field in numeric_fields(resource)
        if field.get("unit") == "person"
    ],
)
def test_a_split_without_figures_gives_no_figure(name: str, column: str) -> None:
    assert unsplit(table(name), column) == []


def test_a_value_stands_exactly_where_the_status_is_ok() -> None:
    assert [row for row in table("settlement") if bool(row["value"]) != (row["status"] == "ok")] == []


def test_the_rules_catch_what_was_shipped_before() -> None:
    """Rows as they stood: Kvitsøy of 2021, not asked; Haram of 2022, which did not exist."""
    kvitsoy = {"year": "2021", "structure": "2020", "code": "1144", "group": "all", "status": "ok", "note": ""}
    rows: tuple[Row, ...] = tuple({**kvitsoy, "measure": measure, "value": "0"} for measure in ("requested", "decided"))
    assert asked_for_nobody(rows) == [("2021", "2020", "1144", "all")]
    assert noes_of_the_unasked(rows) == [("2021", "2020", "1144", "all")]
    people: tuple[Row, ...] = tuple(
        {"year": "2022", "structure": "2024", "code": code, "population": value}
        for code, value in (("1508", "67114"), ("1580", "0"))
    )
    assert unsplit(people, "population") == [("2022", "1508", "67114"), ("2022", "1580", "0")]
    assert unexplained(people, [{"name": "population", "type": "integer"}]) == [("population", people[1])]


def test_only_two_said_no_in_2021() -> None:
    requests, decisions = series("requested", 2021).figures, series("decided", 2021).figures
    not_asked = {code for code, figure in requests.items() if figure.status is Status.NOT_ASKED}
    assert len(not_asked) == 145
    assert {code for code, figure in decisions.items() if figure.status is Status.NOT_ASKED} == not_asked
    assert [code for code, figure in decisions.items() if figure == Figure(0, Status.OK)] == ["1525", "1539"]
    # A count of people who came is another thing: 0 there is a number, asked or not.
    assert series("settled", 2021).figures["1144"] == Figure(0, Status.OK)


def test_who_got_no_first_request_in_2022_was_asked_later() -> None:
    first, latest = series("requested_first", 2022).figures, series("requested", 2022).figures
    later = {code for code, figure in first.items() if figure.status is Status.NOT_ASKED}
    assert len(later) == 144
    assert all(latest[code].persons for code in later)


def test_a_request_of_nobody_that_nothing_explains_stands_as_written() -> None:
    """The base of 2017 writes 0 for 14, and blanks for 11 others; its sum is none that was published elsewhere."""
    zeros = [row for row in table("settlement") if row["note"] == "zero-request" and row["measure"] == "requested"]
    assert {row["year"] for row in zeros} == {"2017"}
    assert len(zeros) == 14


@pytest.mark.parametrize("code", ["1508", "1580"])
def test_haram_and_alesund_have_no_figure_before_there_were_two(code: str) -> None:
    for year in range(2020, 2024):
        assert series("population", year, structure=Structure.Y2024).figures[code] == Figure(None, Status.MISSING)
    for year in (2022, 2023):
        assert series("settled_minors", year, structure=Structure.Y2024).figures[code] == Figure(None, Status.MISSING)
