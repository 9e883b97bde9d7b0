"""What is public of a round beside the counts of persons: how far it has come, what it rests on, and each municipality.

All of it is frozen with a release, so that a page of last month can be read as it was: a field that comes later has a
default, for the releases that were made before it. Numbers are persons; None is not
known. Free texts stand in the language of who wrote them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bosett.figures.kinds import Figure, Status
from bosett.rounds.due import CalendarStep, Season
from bosett.rounds.notices import NoticeKind, NoticeTime, Span


class OpenState(StrEnum):
    """How far a round has come, as the public is told."""

    OPEN = "open"
    """Its numbers are not there yet."""
    NUMBERED = "numbered"
    """Its numbers are public."""
    CLOSED = "closed"


class NewsKind(StrEnum):
    """What has happened."""

    CRITERIA = "criteria"
    FORECAST = "forecast"
    TARGETS = "targets"
    NUMBERS = "numbers"
    NOTICE = "notice"
    NOTICE_CHANGED = "notice_changed"
    NOTICE_TAKEN_BACK = "notice_taken_back"
    DECISIONS = "decisions"
    REVISION = "revision"
    COUNTS = "counts"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """A number of persons, or why there is none."""

    persons: int | None
    status: Status

    @classmethod
    def of(cls, figure: Figure) -> "OpenFigure":
        """Return a figure of persons."""
        return cls(figure.persons, figure.status)


@dataclass(frozen=True, slots=True)
class OpenNews:
    """One piece of news.

    Attributes:
        on: Its day.
        kind: What has happened.
        by: The party that did it; a publisher's name where it is no party; empty when several did.
        facts: What its words are filled in with.
        text: What its writer says, by language.
    """

    on: date
    kind: NewsKind
    by: str
    facts: Mapping[str, str | int]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A notice that is in force: what is stopped, asked of all, talked about or restricted.

    Attributes:
        kind: What it tells.
        stream: What is stopped; empty when it is no stop.
        name: The programme or place that it is about.
        since: Its first day.
        until: Its last; None is until further notice.
        ramp: Weeks in which arrivals come up again after it.
        next_on: When those who talk meet next.
        decided_by: Who decided it.
        source: Where it stands.
        told_by: The party that told it.
        told_on: When.
        text: In words, by language.
    """

    kind: NoticeKind
    stream: str
    name: str
    since: date
    until: date | None
    ramp: int
    next_on: date | None
    decided_by: str
    source: str
    told_by: str
    told_on: date
    text: Mapping[str, str]

    def time_on(self, day: date) -> NoticeTime:
        """Return how it stands on a day."""
        return Span(self.since, self.until, self.ramp).time_on(day)


@dataclass(frozen=True, slots=True)
class OpenTargets:
    """Decided targets, in persons.

    Attributes:
        version: The first is 1.
        day: When they were decided.
        national: Of the country.
        under15: Unaccompanied minors under 15 in it.
        from15: Those of 15 to 17.
        counties: By code of the county.
    """

    version: int
    day: date
    national: int
    under15: int | None
    from15: int | None
    counties: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class OpenForecast:
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
    document: str


@dataclass(frozen=True, slots=True)
class OpenCriterion:
    """One criterion, in plain words.

    Attributes:
        code: Short code, the same from year to year.
        kind: weight, eligibility, bound or guidance.
        wording: By language.
        is_official: Whether the wording is that of the source, and not ours.
        source: Where it is from.
        weight: The part of the total that it shares, as a fraction such as `7/10`; empty when it has none.
        weight_known: False of a weight that nobody has told.
        indicators: Names of the figures that it reads, with their year.
        measure: How it measures, by language; empty when it does not.
    """

    code: str
    kind: str
    wording: Mapping[str, str]
    is_official: bool
    source: str
    weight: str
    weight_known: bool
    indicators: tuple[str, ...]
    measure: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenCriteria:
    """A version of the criteria that the ministry has adopted.

    Attributes:
        version: The first is 1.
        day: When it was adopted or shared.
        title: As it was written.
        wording: As it was written; empty when it is not known.
        file: The rule file that the numbers are reckoned by.
        is_official: Whether the file holds the ministry's own words; else it is our model, or the committee's.
        criteria: In the order of the file; empty when the file cannot be read any more.
    """

    version: int
    day: date
    title: str
    wording: str
    file: str
    is_official: bool
    criteria: tuple[OpenCriterion, ...]


@dataclass(frozen=True, slots=True)
class OpenDay:
    """By when a step of the round is to be done; `season` is how it was announced when no day was named."""

    step: CalendarStep
    last: date
    season: Season | None


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A meeting that the public may know of; `county` is empty for the joint one."""

    county: str
    day: date
    state: str


@dataclass(frozen=True, slots=True)
class OpenRound:
    """How far a round has come.

    Attributes:
        state: As the public is told.
        released_at: Since when the numbers are public.
        closed_on: When it was closed.
        is_former: Whether it is told by published figures, as it was run before the workspace.
        planned: Persons that the year was planned for before targets were decided.
        targets: The versions that have been decided.
        forecasts: The versions that have been registered.
        criteria: The versions that have been adopted.
        calendar: In the order of the round.
        meetings: By day.
        notices: Those in force, by their first day.
        news: The newest first.
        sources: Where the figures of the years before are from, by language.
        people_from: Where the counts of inhabitants are from, by language; empty when there are none.
    """

    state: OpenState
    released_at: datetime | None
    closed_on: date | None
    is_former: bool
    planned: int | None
    targets: tuple[OpenTargets, ...]
    forecasts: tuple[OpenForecast, ...]
    criteria: tuple[OpenCriteria, ...]
    calendar: tuple[OpenDay, ...]
    meetings: tuple[OpenMeeting, ...]
    notices: tuple[OpenNotice, ...]
    news: tuple[OpenNews, ...]
    sources: Mapping[str, tuple[str, ...]]
    people_from: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenYear:
    """What a municipality was asked for, decided and settled in a year before."""

    year: int
    requested: OpenFigure
    decided: OpenFigure
    settled: OpenFigure


@dataclass(frozen=True, slots=True)
class OpenSection:
    """A part of an explained number: its lines, items of a list among them, which begin with a dash."""

    heading: str
    lines: tuple[str, ...]
    folds: str


@dataclass(frozen=True, slots=True)
class OpenName:
    """One of the official names of a municipality, and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """What a step of the way came to for a municipality, in persons.

    The steps are `proposed`, `recommended`, `outcome` and `final`. Reasons stand in the documents: each of those may be
    withheld at any time, and a release never changes.
    """

    step: str
    persons: int


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A municipality in a round.

    Attributes:
        code: In the code list of the year.
        names: All its official names, in their order.
        asked: What it is asked for now; unknown until that is public.
        first_asked: What it was first asked for, where it has been asked anew.
        decided: What it has decided; an answer that waits for the council's is none.
        decided_on: When it decided; None is not known.
        people: Inhabitants.
        centrality: Class of centrality, 1 is the most central.
        region: Name of its labour market region; empty when it is not known.
        before: The years before, the oldest first.
        like: Codes of the municipalities most like it, the nearest in population first.
        way: The steps to its number, in their order; empty until they are public.
    """

    code: str
    names: tuple[OpenName, ...]
    asked: OpenFigure
    first_asked: int | None
    decided: OpenFigure
    decided_on: date | None
    people: int | None
    centrality: int | None
    region: str
    before: tuple[OpenYear, ...]
    like: tuple[str, ...]
    way: tuple[OpenStep, ...]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document of the round that everybody may read, or that is withheld and told to be there.

    Its name, reference and text are none of it: each document may be withheld at any time, and a release never changes.

    Attributes:
        kind: letter, minutes, recommendation, attachment, decision or answer (to what the counties asked to know).
        key: Which of its kind; empty when it is withheld.
        day: Its date.
        about: Code of the county or municipality that it is about; empty for all of them, and when it is withheld.
        letter: Kind of letter, of a letter.
        version: Of a recommendation or decision; None of the others, and when it is withheld.
        has_file: Whether a decision has a file of its own beside the receipt.
        ground: Code of the legal ground that it is withheld on; empty when it is open.
        detail: What the ground leaves out: law and paragraph.
    """

    kind: str
    key: str
    day: date
    about: str
    letter: str
    version: int | None
    has_file: bool
    ground: str
    detail: str
