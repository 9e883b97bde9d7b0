"""What differs between two versions of a number, in plain words: the number itself, and what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bosett.documents.days import day_in
from bosett.documents.explanation import WORDS, Section
from bosett.documents.words import whole


@dataclass(frozen=True, slots=True)
class VersionBasis:
    """A version of a number, and what it rests on; None is not known, or nothing of that kind.

    Attributes:
        number: Persons.
        total: The national target, in persons; None where the number is that itself.
        target: The target of the municipality's county, in persons.
        forecast: The middle of the forecast, in persons.
        criteria: Name of the criteria, in the reader's language.
        day: The day on which what it was computed from was known.
        figures: The accepted figures that it was computed from, by their numbers.
        program: The version of the program that computed it.
    """

    number: int | None
    total: int | None = None
    target: int | None = None
    forecast: int | None = None
    criteria: str = ""
    day: date | None = None
    figures: tuple[int, ...] = ()
    program: str = ""


def changes_section(before: VersionBasis, after: VersionBasis, language: str) -> Section:
    """Return what differs between a version and the one before it.

    Args:
        before: The version before.
        after: The version.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    if before.number == after.number or before.number is None or after.number is None:
        number = words["change_no_number"] if before.number == after.number else ""
    else:
        number = _line("change_number", before.number, after.number, language)
    basis = [*_basis(before, after, language)] or [words["change_no_basis"]]
    return Section(words["changes"], tuple(line for line in (number, *basis) if line))


def _basis(before: VersionBasis, after: VersionBasis, language: str) -> Iterator[str]:
    words = WORDS.of(language)
    for code, old, new in (
        ("change_total", before.total, after.total),
        ("change_target", before.target, after.target),
        ("change_forecast", before.forecast, after.forecast),
    ):
        if old is not None and new is not None and old != new:
            yield _line(code, old, new, language)
    if before.criteria != after.criteria and before.criteria and after.criteria:
        yield words["change_criteria"].format(before=before.criteria, after=after.criteria)
    if before.day != after.day and before.day is not None and after.day is not None:
        yield words["change_day"].format(before=day_in(before.day, language), after=day_in(after.day, language))
    if before.figures != after.figures:
        yield words["change_figures"]
    if before.program != after.program:
        yield words["change_program"]


def _line(code: str, before: int, after: int, language: str) -> str:
    return WORDS.of(language)[code].format(before=whole(before, language), after=whole(after, language))
