"""Rows of the tables as frozen values: each field is filled by its name, never by its place."""

from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row")


def rows_of(kind: type[Row], rows: QuerySet[Any, Any], **columns: str) -> tuple[Row, ...]:
    """Return rows of a table as values of a frozen dataclass, in one query.

    Args:
        kind: The dataclass.
        rows: The rows, in their order.
        columns: For a field whose column has another name, that name.
    """
    return tuple(row for _, row in _read(kind, rows, "pk", columns))


def rows_by(key: str, kind: type[Row], rows: QuerySet[Any, Any], **columns: str) -> dict[Any, Row]:
    """Return the same by the value of a column; of several with one value the last."""
    return dict(_read(kind, rows, key, columns))


def _read(kind: type[Row], rows: QuerySet[Any, Any], key: str, columns: dict[str, str]) -> list[tuple[Any, Row]]:
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]  # a dataclass: any other fails here
    tuples: QuerySet[Model, tuple[Any, ...]] = rows.values_list(key, *(columns.get(name, name) for name in names))
    return [(key_value, kind(**dict(zip(names, values, strict=True)))) for key_value, *values in tuples]
