"""The shipped figures as tables of text: a Frictionless data package, opened strictly.

What the cells mean is told by `datapackage.json`, field by field.
Whoever needs a number reads it from the text exactly.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from bosett.basis.refusals import Refusal

Row = Mapping[str, str]
DESCRIPTOR = "datapackage.json"


class DamagedData(Refusal):
    """A shipped table, or the descriptor of the package, is missing or not as it was shipped."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"The shipped figures are damaged: {name} {what}. Install Bosett again, or compile the figures anew."
        )
        self.name, self.what = name, what


class UnknownTable(Refusal):
    """No table of this name is shipped."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no table {name!r}. The tables are {', '.join(known)}.")
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, whether it is as it should be, and a sentence."""

    name: str
    ok: bool
    text: str


@cache
def package() -> Mapping[str, Any]:
    """Return the descriptor of the shipped data package.

    Raises:
        DamagedData: It is missing or is not JSON.
    """
    return descriptor(_root())


@cache
def resource(name: str) -> Mapping[str, Any]:
    """Return the descriptor of one table: fields, units, publisher, terms, sources, checksum.

    Raises:
        UnknownTable: No such table.
    """
    described = {each["name"]: each for each in package()["resources"]}
    if name not in described:
        raise UnknownTable(name, tuple(described))
    return MappingProxyType(described[name])


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of one table, each a mapping from column to text; an empty text is no figure.

    Raises:
        UnknownTable: No such table.
        DamagedData: The file is missing or its checksum is wrong.
    """
    return rows(_root(), resource(name))


def check() -> tuple[Finding, ...]:
    """Look at every shipped table anew: file, checksum, size, columns and number of rows; one finding each.

    Raises:
        DamagedData: The descriptor itself is missing or is not JSON, so there is nothing to check against.
    """
    return check_in(_root())


def check_in(root: Traversable) -> tuple[Finding, ...]:
    """The same as `check`, for a data package in another place."""
    return tuple(_look(root, described) for described in descriptor(root)["resources"])


def descriptor(root: Traversable) -> Mapping[str, Any]:
    """Read the descriptor of a data package.

    Raises:
        DamagedData: It is missing, is not JSON, or lists no resources.
    """
    try:
        read = json.loads(_bytes(root, DESCRIPTOR))
    except ValueError as error:
        raise DamagedData(DESCRIPTOR, "is not JSON") from error
    if not isinstance(read, dict) or not isinstance(read.get("resources"), list):
        raise DamagedData(DESCRIPTOR, "lists no tables")
    return MappingProxyType(read)


def rows(root: Traversable, described: Mapping[str, Any]) -> tuple[Row, ...]:
    """Read one table of a data package.

    Raises:
        DamagedData: The file is missing, or its checksum, columns or number of rows differ from the descriptor.
    """
    name = described["name"]
    content = _bytes(root, described["path"])
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != described["hash"]:
        raise DamagedData(name, "has another checksum than it was shipped with")
    lines = csv.DictReader(io.StringIO(content.decode(), newline=""))
    if (columns := list(lines.fieldnames or ())) != [field["name"] for field in described["schema"]["fields"]]:
        raise DamagedData(name, f"has the columns {', '.join(columns) or 'none'}, not those of the descriptor")
    read_rows = tuple(MappingProxyType(dict(line)) for line in lines)
    if len(read_rows) != described["rowcount"]:
        raise DamagedData(name, f"has {len(read_rows)} rows where the descriptor says {described['rowcount']}")
    return read_rows


def _look(root: Traversable, described: Mapping[str, Any]) -> Finding:
    name = str(described["name"])
    try:
        read_rows = rows(root, described)
    except DamagedData as damage:
        return Finding(name, ok=False, text=f"{name} {damage.what}.")
    return Finding(name, ok=True, text=f"{name}: {len(read_rows)} rows, checksum as shipped.")


def _bytes(root: Traversable, path: str) -> bytes:
    try:
        return root.joinpath(*path.split("/")).read_bytes()
    except FileNotFoundError as error:
        raise DamagedData(path, "is missing") from error


def _root() -> Traversable:
    return files("bosett") / "data"
