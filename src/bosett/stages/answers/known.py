"""What a day knows of a settlement year: who has been asked, who has decided, who has settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers, Status
from bosett.stages.answers.history import known_of, left_of, requests_known


class NotPersons(Refusal):
    """A number of people is below 0."""

    def __init__(self, code: str, what: str, persons: int) -> None:
        super().__init__(f"{code}: {persons} persons {what}. A number of people is 0 or more: correct it.")
        self.code, self.persons = code, persons


class DayOutsideYear(Refusal):
    """The day is after the settlement year, when nothing is left to expect."""

    def __init__(self, year: int, day: date) -> None:
        super().__init__(f"{day} is after {year}, and what is settled after a year is not of it. Name an earlier day.")
        self.year, self.day = year, day


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """What a day knows of a settlement year, in persons by the municipality's code.

    Attributes:
        year: Settlement year.
        as_of: The day.
        requests: The latest request to each that is asked. Who is asked for 0 is not asked.
        decided: What each has decided, where 0 is a no; None, or nothing, is not answered.
        settled: How many each has settled so far, or at least so many; nothing is 0 of whom we know.
        answered: The request that a decision answered, where another came later; else it is the latest.
        hidden: Who has decided, and the number is hidden: nothing is expected of them, as nothing is known.

    Raises:
        NotPersons: A number is below 0.
        DayOutsideYear: The day is after the year.
    """

    year: int
    as_of: date
    requests: Mapping[str, int]
    decided: Mapping[str, int | None] = field(default_factory=dict)
    settled: Mapping[str, int] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.as_of.year > self.year:
            raise DayOutsideYear(self.year, self.as_of)
        for name in ("requests", "decided", "settled", "answered"):
            by_code: Mapping[str, int | None] = getattr(self, name)
            for code, persons in by_code.items():
                if persons is not None and persons < 0:
                    raise NotPersons(code, name, persons)
            object.__setattr__(self, name, MappingProxyType({code: by_code[code] for code in sorted(by_code)}))

    @property
    def asked(self) -> int:
        """Persons asked for in all."""
        return sum(self.requests.values())

    def most_left(self, code: str, anybody: int) -> int:
        """Return how many at most are left to settle of whatever is decided: `anybody` when no cut has come since."""
        if self.decided.get(code) is None:
            return anybody
        return left_of(anybody, self.answered.get(code, 0), self.requests[code])

    def expected_of(self) -> tuple[str, ...]:
        """Return the codes of those of whom something can be expected: asked, and no hidden decision."""
        return tuple(code for code, persons in self.requests.items() if persons and code not in self.hidden)


def last_day(year: int, figures: Layers = SHIPPED) -> date:
    """Return the day in a settlement year, or before it, on which the last published figures of it became known.

    When nothing became known by the end of the year it is the last of December.
    """
    ends = date(year, 12, 31)
    known = (known_of(each, year, ends, figures) for each in ("requested_first", "requested", "decided"))
    return max((each.known_on for each in known if each is not None), default=ends)


def known_answers(year: int, day: date, figures: Layers = SHIPPED) -> KnownAnswers:
    """Return what the published figures say of a settlement year on a day.

    How many have been settled so far is not published in the year, and therefore not known.

    Raises:
        NoFigures: There are no requests of the year.
        NotKnownYet: They became known later.
        DayOutsideYear: The day is after the year.
    """
    requests = requests_known(year, day, figures)
    asked = {code: int(persons) for code, persons in requests.values().items() if persons}
    decided = known_of("decided", year, day, figures)
    if decided is None:
        return KnownAnswers(year, day, asked)
    # What was decided answers what was asked for when the decisions became known.
    answered = requests_known(year, decided.known_on, figures).figures
    return KnownAnswers(
        year,
        day,
        asked,
        decided={code: decided.figures[code].persons for code in asked},
        answered={code: int(persons) for code in asked if (persons := answered[code].persons) is not None},
        hidden=frozenset(code for code in asked if decided.figures[code].status is Status.HIDDEN),
    )
