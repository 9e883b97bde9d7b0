"""What each kind of letter holds: facts only, no words. Persons are whole; None is what is not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.documents.letters.meeting_contents import Agenda, Cancellation, Invitation, Minutes
from bosett.documents.letters.parts import (
    DecidedBy,
    Forecast,
    HowToAnswer,
    LetterHead,
    Origin,
    Stop,
    ToldCriteria,
    When,
    Worded,
)
from bosett.figures import Figure
from bosett.rounds.notices import Stream


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What one municipality was asked for; the figure says why there is none."""

    code: str
    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class AskedCounty:
    """The municipalities of a county."""

    name: str
    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What every municipality was asked for in a year, by county: who published it, and when it was known."""

    year: int
    counties: tuple[AskedCounty, ...]
    publisher: str
    known_on: date


@dataclass(frozen=True, slots=True)
class Circular:
    """A letter to all county municipalities: how the running year stands, and the coming round.

    Attributes:
        head: As in every letter.
        year: The coming settlement year; the running one is the year before.
        taken_over: When the counties took over the regional work of integration.
        situation: What the government's measures are against, completing «tiltak mot ...»; None in a plain year.
        plan: Persons planned for in the running year.
        resettlement_percent: About how many percent of them are resettlement refugees.
        stops: Stops of streams in the running year.
        reception_goes_on: Whether settlement from reception centres goes on.
        committee: The national committee, and its name in full.
        ministry: Who adopts the criteria.
        criteria_proposed: Whether the committee has proposed the criteria of the coming year.
        criteria_adopted: The day on which they were adopted; None while they are not.
        forecast_due: When the forecast comes.
        targets_due: When the committee meets about the targets.
        requests_due: When the municipalities get their letters.
        meeting_due: When all county municipalities meet.
        capacity_by: Until when news of capacity is welcome; None is at any time.
        information_by: Until when to say what information is needed; None is before the meeting.
        answer_to: Where to send both.
        asked: First attachment: what was asked for in the running year.
        criteria: Second attachment: the criteria of the running year.
        targets_by: Who decides the targets after the committee's advice; None when the committee decides them.
    """

    head: LetterHead
    year: int
    taken_over: date | None
    plan: int | None
    resettlement_percent: int | None
    stops: tuple[Stop, ...]
    reception_goes_on: bool | None
    committee: tuple[Worded, Worded]
    ministry: Worded | None
    criteria_proposed: bool | None
    criteria_adopted: date | None
    forecast_due: When | None
    targets_due: When | None
    requests_due: When | None
    meeting_due: When | None
    answer_to: str | None
    asked: Asked | None
    criteria: ToldCriteria | None
    situation: Worded | None = None
    capacity_by: date | None = None
    information_by: date | None = None
    targets_by: Worded | None = None

    @property
    def reception_stop(self) -> Stop | None:
        """The stop of settlement from reception that lasts on the letter's day; None when none does."""
        lasting = (each for each in self.stops if each.stream is Stream.RECEPTION and each.lasts_on(self.head.day))
        return next(lasting, None)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One municipality in a county's sheet, in persons; None is not filled in, not proposed, or no signal.

    Attributes:
        name: The municipality.
        proposal: What the directorate proposed.
        recommended: What the county recommends; 0 is that it should not be asked.
        minors: Unaccompanied minors of them.
        signal: What the municipality itself has said it can take.
        reason: Why, in the county's own words.
        minuted: What the minutes of the meeting say, where that is another number.
    """

    name: str
    proposal: int | None
    recommended: int | None
    minors: int | None
    signal: int | None
    reason: str
    minuted: int | None = None


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One version of a sheet: its number, its day, and what was new."""

    number: int
    day: date
    note: str


class SheetStanding(StrEnum):
    """How far a county's sheet had come: the county's own draft, sent to the directorate, final, or opened again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class CountySheetLetter:
    """A county's sheet as it was at some time, or its final recommendation as a letter.

    Attributes:
        head: As in every letter; the county municipality sends it.
        year: Settlement year.
        county: Name of the county.
        target: The county's target in persons, None when it is not decided.
        lines: Its municipalities.
        final: True for the recommendation: then every number must be there, and who decided it, when, and the case.
        versions: The versions up to this one.
        decided_by: Who in the county decided it.
        decided_on: When.
        case: Case number of that decision.
        standing: How far a sheet had come; a letter is always of what is final.
        minutes_on: Day of the meeting whose minutes it departs from; None when it departs from none.
    """

    head: LetterHead
    year: int
    county: str
    target: int | None
    lines: tuple[SheetLine, ...]
    final: bool
    versions: tuple[SheetVersion, ...] = ()
    decided_by: Worded | None = None
    decided_on: date | None = None
    case: str | None = None
    standing: SheetStanding = SheetStanding.DRAFT
    minutes_on: date | None = None


class MinorsAsked(StrEnum):
    """Whether the number holds unaccompanied minors."""

    NONE = "none"
    NUMBER = "number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Request:
    """A request to one municipality (`head.receivers` is that one).

    Attributes:
        head: As in every letter.
        year: Settlement year.
        number: Persons asked for, minors included.
        minors_asked: Whether minors are among them; unknown is told as unknown.
        minors: How many, when a number is told.
        origin: How the number came about.
        decided: Who decided it, and after whose recommendation.
        forecast: The need of the whole country.
        criteria: The criteria it rests on.
        answer: Until when, and how.
    """

    head: LetterHead
    year: int
    number: int | None
    minors_asked: MinorsAsked
    minors: int | None
    origin: Origin
    decided: DecidedBy
    forecast: Forecast
    criteria: ToldCriteria | None
    answer: HowToAnswer


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A letter to a municipality that is not asked; the attributes are those of a request."""

    head: LetterHead
    year: int
    origin: Origin
    decided: DecidedBy
    forecast: Forecast
    criteria: ToldCriteria | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class Revised:
    """A revised request.

    Attributes:
        head: As in every letter.
        year: Settlement year.
        first: What was asked for first, in persons, and the day of that letter.
        first_on: That day.
        number: What is asked for now.
        minors_asked: As in a request.
        minors: As in a request.
        why: Why it was revised.
        answered: What the municipality has decided on the first request; None when it has not answered.
        decided: Who decided the revision.
        forecast: The forecast now.
        answer: Until when, and how.
    """

    head: LetterHead
    year: int
    first: int | None
    first_on: date | None
    number: int | None
    minors_asked: MinorsAsked
    minors: int | None
    why: Worded | None
    answered: int | None
    decided: DecidedBy
    forecast: Forecast
    answer: HowToAnswer


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that no answer has come: what was asked, when, the deadline that was, and how to answer now."""

    head: LetterHead
    year: int
    number: int | None
    asked_on: date | None
    deadline: date | None
    answer: HowToAnswer


Content = (
    Circular
    | Invitation
    | Cancellation
    | Agenda
    | Minutes
    | CountySheetLetter
    | Request
    | NotAsked
    | Revised
    | Reminder
)
"""Everything that `letter_of` makes a letter of."""
