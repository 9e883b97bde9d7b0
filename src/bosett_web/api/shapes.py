"""The shapes of the answers. Numbers are persons; null is missing, or not shown to this reader, and never zero."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from bosett.figures import Status


class RoundAddress(Schema):
    """A round, and where it is read."""

    year: int
    address: str


class Rounds(Schema):
    """The rounds, newest first."""

    rounds: list[RoundAddress]


class People(Schema):
    """A number of persons, and the unaccompanied minors within it, under 15 and from 15."""

    number: int | None
    under15: int | None
    from15: int | None


class CountyPeople(People):
    """A county's part of the targets."""

    code: str
    name: str


class Targets(Schema):
    """A version of the targets."""

    version: int
    state: str
    day: date
    note: str | None
    national: People
    counties: list[CountyPeople]


class Criteria(Schema):
    """A version of the criteria; `wording` is null when it is not known, `file` names the rule file."""

    version: int
    state: str
    day: date
    title: str
    wording: str | None
    file: str


class Forecast(Schema):
    """A registered forecast of the need, in persons."""

    version: int
    day: date
    as_of: date
    low: int
    middle: int
    high: int
    under15: int | None
    from15: int | None
    publisher: str
    note: str | None


class Round(Schema):
    """A round as this reader may see it; versions with the newest last."""

    year: int
    state: str | None = Field(description="State of the final numbers, as the table of who sees what names it.")
    released_at: datetime | None = Field(description="When the numbers became public; null until they are.")
    planned: int | None
    targets: list[Targets]
    criteria: list[Criteria]
    forecasts: list[Forecast]


class MunicipalityNumbers(Schema):
    """The numbers of a municipality."""

    code: str
    name: str
    county: str = Field(description="Code of its county.")
    county_name: str
    previous: int | None = Field(
        description="What it was asked for the year before, by the latest request known on the day of the round."
    )
    previous_status: Status = Field(
        description="Why there is a number or none: ok, hidden (for privacy), missing (no figure), not_asked."
    )
    proposed: int | None
    recommended: int | None
    outcome: int | None = Field(description="The outcome of the county meeting.")
    final: int | None = Field(description="What it is asked for, 0 is not asked; before, the number decided so far.")


class Numbers(Schema):
    """Every municipality of the year, by code."""

    year: int
    municipalities: list[MunicipalityNumbers]
