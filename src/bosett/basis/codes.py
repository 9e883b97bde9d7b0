"""Which codes a structure has: the rows of the shipped lists that hold on its first day."""

from collections.abc import Mapping
from functools import cache

from bosett.basis.structures import Structure
from bosett.basis.tables import Row, table


@cache
def rows_in_force(name: str, structure: Structure) -> Mapping[str, Row]:
    """Return the rows of `municipalities` or `counties` that hold on the first day of a structure, by code in order.

    Raises:
        UnknownTable: No such table.
    """
    day = f"{structure.value}-01-01"
    rows = [row for row in table(name) if row["first_day"] <= day and (not row["last_day"] or row["last_day"] >= day)]
    return {row["code"]: row for row in sorted(rows, key=lambda row: row["code"])}
