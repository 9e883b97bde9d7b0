"""Columns and checks that several tables share: numbers of persons within reason, and words of a closed list."""

from collections.abc import Iterable
from typing import Any, Literal, overload

from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.expressions import Combinable

MOST = 1_000_000
"""No number of persons in a round comes near this; a larger one is a slip of the keyboard."""


@overload
def persons(*, null: Literal[False] = False) -> "models.IntegerField[int | Combinable, int]": ...


@overload
def persons(*, null: Literal[True]) -> "models.IntegerField[int | Combinable | None, int | None]": ...


def persons(*, null: bool = False) -> "models.IntegerField[Any, Any]":
    """Return a column of persons; an empty one is missing or not given yet, never zero."""
    return models.IntegerField(null=null)


def bounded(name: str, *fields: str) -> list[CheckConstraint]:
    """Return checks that numbers are missing, or from 0 to `MOST`."""
    return [
        CheckConstraint(
            name=f"{name}_{each}_bounded", condition=Q(**{f"{each}__isnull": True}) | Q(**{f"{each}__range": (0, MOST)})
        )
        for each in fields
    ]


def one_of(name: str, column: str, allowed: Iterable[str]) -> CheckConstraint:
    """Return the check that a column holds a word of a closed list."""
    return CheckConstraint(name=f"{name}_{column}", condition=Q(**{f"{column}__in": [str(each) for each in allowed]}))
