"""Dated parameters: numbers of policy, each with the settlement year from which it holds, its unit and its source.

Files lie in `data/parameters`. A number that is not known is `unknown`: whoever needs it is told so, and names one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.parameters.nodes import Value, read

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force.

    Attributes:
        since: First settlement year.
        value: As it is written; None when it is not known.
        source: Where it comes from, or why it is not known.
    """

    since: int
    value: Value | None
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of policy through the years.

    Attributes:
        id: Its name, for example `least-request`.
        description: What it is, by language.
        unit: For example `person`.
        entries: By year, the earliest first.
    """

    id: str
    description: Mapping[str, str]
    unit: str
    entries: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class AlertLimits:
    """When a need that moves becomes an alert, as parts of the target.

    Attributes:
        beyond: It has moved by more than this.
        back: It is over when it is no farther away than this.
    """

    beyond: Fraction
    back: Fraction


class NotKnown(Refusal):
    """No value of a parameter is known for a settlement year."""

    def __init__(self, parameter: Parameter, year: int, why: str, name_it: str) -> None:
        what = parameter.description["en"]
        super().__init__(f"{what}: not known for {year}. {why}{' ' if why else ''}{name_it}")
        self.parameter, self.year = parameter.id, year


def least_request(year: int, given: int | None = None) -> int:
    """Return the fewest persons that a municipality is asked for, if asked at all, in a settlement year.

    Args:
        year: Settlement year.
        given: The number that whoever opens the round gives; None takes the one in force.

    Raises:
        NotKnown: None is given, and none is known for the year.
    """
    if given is not None:
        return given
    return _in_force("least-request", year, "Name a number with --floor.").whole()


def least_group(year: int) -> int:
    """Return the fewest households of a group that may be kept and shown in a settlement year.

    Raises:
        NotKnown: None is known for the year.
    """
    return _in_force("least-group", year, "").whole()


def least_shown(year: int) -> int:
    """Return the fewest persons of a count that is shown to everybody in a settlement year; fewer, but not 0, are not.

    Raises:
        NotKnown: None is known for the year.
    """
    return _in_force("least-shown", year, "").whole()


def pace_part(year: int) -> Fraction:
    """Return how large a part of its decision a municipality may be from its plan and still be on it.

    Raises:
        NotKnown: None is known for the year.
    """
    return _in_force("pace-part", year, "").fraction()


def pace_persons(year: int) -> int:
    """Return how many persons a municipality may in any case be from its plan and still be on it.

    Raises:
        NotKnown: None is known for the year.
    """
    return _in_force("pace-persons", year, "").whole()


def least_request_source(year: int) -> str:
    """Return where that number comes from; empty where no entry speaks of the year."""
    entry = _entry(parameter("least-request"), year)
    return "" if entry is None else entry.source


def round_day(year: int, given: date | None = None) -> date:
    """Return the day that the round of a settlement year is counted from.

    Args:
        year: Settlement year.
        given: The day that whoever opens the round gives; None takes the one in force.

    Raises:
        NotKnown: None is given, and the year is before the first that is told of.
    """
    if given is not None:
        return given
    value = _in_force("round-day", year, "Use a later year.")
    try:
        return date.fromisoformat(f"{year - 1}-{value.text()}")
    except ValueError:
        raise value.refuse(f"is {value.text()!r}; it must be a month and a day such as 06-30") from None


def alert_limits(year: int) -> AlertLimits:
    """Return when the need of a settlement year that moves becomes an alert, and when that is over.

    Raises:
        NotKnown: No part of the target is known for the year.
    """
    beyond, back = (_in_force(name, year, "").fraction() for name in ("need-alert", "need-alert-end"))
    return AlertLimits(beyond, back)


def danish_limit(year: int, target: int) -> Fraction:
    """Return by more than which part of a target the need must move before Denmark's law would have it changed.

    Args:
        year: Settlement year.
        target: The target in persons.

    Raises:
        NotKnown: The rule is not known for the year.
    """
    border = _in_force("need-alert-denmark-border", year, "").whole()
    size = "large" if target > border else "small"
    return _in_force(f"need-alert-denmark-{size}", year, "").fraction()


@cache
def parameter(name: str) -> Parameter:
    """Read a shipped parameter.

    Raises:
        BadRuleFile: It is missing, or says something that it may not.
    """
    with as_file(files("bosett") / "data" / "parameters" / f"{name}.yaml") as path:
        return parsed(read(path))


def parsed(value: Value) -> Parameter:
    """Return a parameter from what was read.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    fields = value.fields(("id", "description", "unit", "values"))
    entries = tuple(_read_entry(each) for each in fields["values"].items())
    years = [entry.since for entry in entries]
    if not years or years != sorted(set(years)):
        raise fields["values"].refuse("must be told by year, each once and the earliest first")
    texts = fields["description"].fields(LANGUAGES)
    return Parameter(
        id=fields["id"].text(),
        description={language: each.text() for language, each in texts.items()},
        unit=fields["unit"].text(),
        entries=entries,
    )


def _read_entry(value: Value) -> DatedValue:
    fields = value.fields(("from", "value", "source"))
    known = fields["value"].text() != UNKNOWN
    return DatedValue(fields["from"].whole(), fields["value"] if known else None, fields["source"].text())


def _in_force(name: str, year: int, name_it: str) -> Value:
    dated = parameter(name)
    entry = _entry(dated, year)
    if entry is None or entry.value is None:
        raise NotKnown(dated, year, "" if entry is None else entry.source, name_it)
    return entry.value


def _entry(dated: Parameter, year: int) -> DatedValue | None:
    return next((entry for entry in reversed(dated.entries) if entry.since <= year), None)
