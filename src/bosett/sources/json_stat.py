"""JSON-stat 2.0: a table as SSB (PxWeb) and Eurostat send it, read into cells by code.

A dataset has `id` (the variables in order), `size` (how many codes each has), `dimension` (the codes with their place,
by `category.index` as a list or an object, or by `category.label` alone when there is but one), and `value`: a list, or
an object with the cells that have a number, the last variable running fastest. `status` says why a cell has none: one
text for all, a list, or an object. Source: json-stat.org/full; SSB's signs: ssb.no, "Standardtegn i tabeller".

A cell without a number is never 0: it is hidden or missing by its mark. A number beside a mark that says that there is
none, or a mark that is not known where no number is, is refused: nobody can tell which is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from bosett.figures import Figure, Status
from bosett.sources.answers import day_of, listed, unexpected
from bosett.sources.fetching import Fetched

MOST_CELLS = 2_000_000
"""Cells of one table; SSB itself gives at most 800 000 at a time."""

SSB_MARKS: Mapping[str, Status] = {
    "": Status.MISSING,
    ".": Status.MISSING,
    "..": Status.MISSING,
    "...": Status.MISSING,
    ":": Status.HIDDEN,
    ":c": Status.HIDDEN,
    "c": Status.HIDDEN,
    "m": Status.MISSING,
    "z": Status.MISSING,
    ":z": Status.MISSING,
    ":u": Status.MISSING,
}
"""Why a cell has no number: SSB's signs, and Eurostat's flags. Other flags, such as `p`, stand beside a number."""
EUROSTAT_MARKS = {**SSB_MARKS, ":": Status.MISSING}
"""Eurostat writes `:` for what is not available, and hides by `c`."""
_NEVER_WITH_NUMBER = SSB_MARKS.keys() - {""}


@dataclass(frozen=True, slots=True)
class CubeVariable:
    """A variable of a table: its code and label, its codes in order, and what each is called."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cube:
    """A table of one or more variables.

    Attributes:
        label: Its title.
        source: Who it is by, as it says itself.
        updated: The day on which it was last changed; None when it does not say.
        variables: In order.
        roles: The variables that are time, places or measures, as far as it says.
        cells: A figure for each combination of codes, by the codes in the variables' order.
    """

    label: str
    source: str
    updated: date | None
    variables: tuple[CubeVariable, ...]
    roles: Mapping[str, tuple[str, ...]]
    cells: Mapping[tuple[str, ...], Figure]

    def variable(self, code: str) -> CubeVariable | None:
        """Return a variable by its code, None when the table has none such."""
        return next((each for each in self.variables if each.code == code), None)


def read_cube(value: object, fetched: Fetched, marks: Mapping[str, Status] = SSB_MARKS) -> Cube:
    """Return a table from what stands in JSON.

    Args:
        value: The JSON's value.
        fetched: Where it comes from, for what is said of it.
        marks: What a mark says of a cell that has no number.

    Raises:
        UnreadableAnswer: It is no JSON-stat 2.0, or does not hang together.
    """
    if not isinstance(value, dict) or value.get("class") != "dataset" or "value" not in value:
        raise unexpected(fetched, _other(value))
    variables = _variables(value, fetched)
    count = prod(len(each.codes) for each in variables)
    if count > MOST_CELLS:
        raise unexpected(fetched, f"the table has {count} cells, more than {MOST_CELLS}")
    numbers, statuses = _numbers(value["value"], count, fetched), _statuses(value.get("status"), count, fetched)
    codes = list(product(*(each.codes for each in variables)))
    cells = {
        at: _figure(numbers.get(place), statuses.get(place, ""), at, marks, fetched) for place, at in enumerate(codes)
    }
    role = value.get("role")
    roles = role if isinstance(role, dict) else {}
    return Cube(
        label=str(value.get("label") or ""),
        source=str(value.get("source") or ""),
        updated=day_of(value.get("updated"), fetched),
        variables=variables,
        roles={name: tuple(map(str, named)) for name, named in roles.items() if isinstance(named, list)},
        cells=cells,
    )


def _other(value: object) -> str:
    """Return what it is instead, as far as that can be told: services answer with an error in JSON too."""
    message = (value.get("error") or value.get("title") or value.get("detail")) if isinstance(value, dict) else None
    return (
        f"the service says: {str(message)[:200].rstrip('.')}"
        if isinstance(message, str | list)
        else "it is no table in JSON-stat 2.0"
    )


def _variables(value: Mapping[str, Any], fetched: Fetched) -> tuple[CubeVariable, ...]:
    names, sizes, dimensions = value.get("id"), value.get("size"), value.get("dimension")
    good = (
        isinstance(names, list)
        and isinstance(sizes, list)
        and isinstance(dimensions, dict)
        and names
        and len(names) == len(sizes)
        and all(isinstance(name, str) for name in names)
        and len(set(names)) == len(names)
    )
    if not (good and isinstance(names, list) and isinstance(sizes, list) and isinstance(dimensions, dict)):
        raise unexpected(fetched, "'id', 'size' and 'dimension' do not tell the variables")
    return tuple(_variable(name, size, dimensions.get(name), fetched) for name, size in zip(names, sizes, strict=True))


def _variable(name: str, size: object, described: object, fetched: Fetched) -> CubeVariable:
    category = described.get("category") if isinstance(described, dict) else None
    if not isinstance(described, dict) or not isinstance(category, dict):
        raise unexpected(fetched, f"the variable {name!r} has no categories")
    labels = category.get("label")
    labels = labels if isinstance(labels, dict) else {}
    codes = _codes(category.get("index", list(labels) if len(labels) == 1 else None))
    if codes is None:
        raise unexpected(fetched, f"the codes of the variable {name!r} have no order")
    if size != len(codes) or isinstance(size, bool):
        raise unexpected(fetched, f"the variable {name!r} has {len(codes)} codes, and its size is {str(size)[:20]}")
    return CubeVariable(
        name,
        str(described.get("label") or name),
        codes,
        {code: label for code in codes if isinstance(label := labels.get(code, code), str)},
    )


def _codes(index: object) -> tuple[str, ...] | None:
    """Return codes in their order; None when there is none."""
    if isinstance(index, dict):
        places = index.values()
        if any(isinstance(place, bool) or not isinstance(place, int) for place in places):
            return None
        if sorted(places) != list(range(len(index))):
            return None
        return tuple(sorted(index, key=index.__getitem__)) or None
    if isinstance(index, list) and all(isinstance(each, str) for each in index) and len(set(index)) == len(index):
        return tuple(index) or None
    return None


def _numbers(value: object, count: int, fetched: Fetched) -> dict[int, Fraction | int]:
    """Return the numbers by their place, without the cells that have none."""
    numbers = _by_place(value, count, "value", fetched)
    for number in numbers.values():
        if isinstance(number, bool) or not isinstance(number, int | Fraction | None):
            raise unexpected(fetched, f"{str(number)[:40]!r} stands where a number should")
    return {place: number for place, number in numbers.items() if number is not None}


def _statuses(value: object, count: int, fetched: Fetched) -> dict[int, str]:
    if value is None:
        return {}
    if isinstance(value, str):
        return dict.fromkeys(range(count), value)
    if isinstance(value, list) and len(value) == 1 and count > 1:  # one for all
        value = value * count
    statuses = _by_place(value, count, "status", fetched)
    if not all(isinstance(each, str | None) for each in statuses.values()):
        raise unexpected(fetched, "'status' holds something else than texts")
    return {place: each for place, each in statuses.items() if each is not None}


def _by_place(value: object, count: int, what: str, fetched: Fetched) -> dict[int, Any]:
    if isinstance(value, list):
        if len(value) != count:
            raise unexpected(fetched, f"'{what}' has {len(value)} cells, and the table {count}")
        return dict(enumerate(value))
    if not isinstance(value, dict):
        raise unexpected(fetched, f"'{what}' is neither a list nor an object")
    odd = [each for each in value if not (each.isascii() and each.isdigit() and int(each[:9]) < count) or len(each) > 9]
    if odd:
        raise unexpected(fetched, f"'{what}' has cells outside the table: {listed([each[:20] for each in odd])}")
    by_place = {int(place): each for place, each in value.items()}
    if len(by_place) != len(value):
        raise unexpected(fetched, f"'{what}' has a cell twice")
    return by_place


def _figure(
    number: Fraction | int | None, mark: str, at: Sequence[str], marks: Mapping[str, Status], fetched: Fetched
) -> Figure:
    if number is not None:
        if mark in _NEVER_WITH_NUMBER:
            raise unexpected(fetched, f"the cell {' / '.join(at)[:100]} has a number and the mark {mark!r}")
        return Figure(number, Status.OK)
    if mark not in marks:
        raise unexpected(
            fetched, f"the cell {' / '.join(at)[:100]} has no number, and the mark {mark[:20]!r} is not known"
        )
    return Figure(None, marks[mark])


def cubes(values: Sequence[object], fetched: Fetched, marks: Mapping[str, Status] = SSB_MARKS) -> Iterator[Cube]:
    """Yield the tables of several values.

    Raises:
        UnreadableAnswer: One of them is none.
    """
    return (read_cube(value, fetched, marks) for value in values)
