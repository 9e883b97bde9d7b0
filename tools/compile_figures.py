"""Compile the raw tables in a folder into the figures that Bosett ships.

    python tools/compile_figures.py FOLDER [--out FOLDER]

Writes `figures/*.csv` and `datapackage.json` under `src/bosett/data`. The same raw tables give the same bytes.
The raw tables themselves are never part of the product.
Ends with 2 and one line when a raw table is missing or malformed.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

from figures_described import Field, Resource
from figures_package import RESOURCES
from figures_places import Table
from figures_raw import RawProblem

DATA = Path(__file__).resolve().parents[1] / "src" / "bosett" / "data"


def main(arguments: list[str] | None = None) -> int:
    """Compile, and say what was written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of raw tables")
    parser.add_argument("--out", type=Path, default=DATA, help="where the package goes (default: the product's own)")
    given = parser.parse_args(arguments)
    try:
        files = compiled(given.folder)
    except RawProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    for path, content in files.items():
        (given.out / path).parent.mkdir(parents=True, exist_ok=True)
        (given.out / path).write_bytes(content)
        print(f"{path}: {len(content)} bytes")
    return 0


def compiled(folder: Path) -> dict[str, bytes]:
    """Return each file of the data package, by its path in the package.

    Raises:
        RawProblem: A raw table is missing or malformed.
    """
    files, described = {}, []
    for resource in RESOURCES:
        table = resource.compile(folder)
        refuse_zeros(resource, table)
        content = as_csv(table, resource.fields)
        path = f"figures/{resource.name}.csv"
        files[path] = content
        described.append(descriptor(resource, path, content, len(table)))
    files["datapackage.json"] = package(described)
    return files


def refuse_zeros(resource: Resource, table: Table) -> None:
    """Refuse a 0 in a column of which nobody has said what a 0 means.

    A zero is a statement (nobody came, a no); no figure, hidden and not asked have marks of their own.

    Raises:
        RawProblem: There is one.
    """
    for field in resource.fields:
        if field.type in {"integer", "number"} and not field.zero:
            for row in table:
                if row[field.name] and Decimal(row[field.name]) == 0:
                    where = ", ".join(row[name] for name in resource.key)
                    raise RawProblem(
                        resource.name,
                        f"a 0 for {where}, where a 0 is no figure",
                        "Leave it blank, or say in the table's description what a 0 means",
                        column=field.name,
                    )


def as_csv(table: Table, fields: tuple[Field, ...]) -> bytes:
    """Return the table as UTF-8 CSV with the fields as columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def descriptor(resource: Resource, path: str, content: bytes, rows: int) -> dict[str, object]:
    """Return the Frictionless descriptor of one table."""
    return {
        "name": resource.name,
        "path": path,
        "title": resource.title,
        "description": resource.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "publisher": resource.publisher,
        "published": resource.published,
        "knownFrom": {"rule": resource.known_rule, "ground": resource.known_ground},
        "licenses": [resource.license],
        "sources": list(resource.sources),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
        "rowcount": rows,
        "schema": {
            "fields": [
                {"name": field.name, "type": field.type, "description": field.description}
                | ({"unit": field.unit} if field.unit else {})
                | ({"zero": field.zero} if field.zero else {})
                for field in resource.fields
            ],
            "missingValues": [""],
            "primaryKey": list(resource.key),
        },
    }


def package(resources: list[dict[str, object]]) -> bytes:
    """Return `datapackage.json`."""
    described = {
        "profile": "data-package",
        "name": "bosett-figures",
        "title": "Figures on settlement of refugees in Norway",
        "description": "Places, people, requests, decisions and settlement, compiled from public figures for Bosett. "
        "An empty cell is no figure. known_on is a conservative bound, not the exact day of publication.",
        "version": "1.0.0",
        "resources": resources,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    sys.exit(main())
