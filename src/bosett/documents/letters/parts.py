"""What the contents of letters share: names in each language, parties, dates of more or less precision, forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.basis.languages import LANGUAGES
from bosett.parameters import CriteriaFile, whose
from bosett.rounds.explanation import Explanation
from bosett.rounds.notices import Stream
from bosett.words import Text


class Worded(Text):
    """A fact of a letter that is words: the same said in each language."""

    __slots__ = ()

    @classmethod
    def same(cls, text: str) -> "Worded":
        """Return what is the same in each, such as a name, or what somebody wrote in a language of their own."""
        return cls(*(text for _ in LANGUAGES))

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Worded":
        """Return words by language as one value."""
        return cls(*(words[language] for language in LANGUAGES))


class ReceiverKind(StrEnum):
    """What a receiver is, as its name is put in words."""

    MUNICIPALITY = "municipality"
    HERAD = "herad"
    COUNTY = "county"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a letter is for.

    Attributes:
        names: Its names in the official order, Sami and Kven names too; for a municipality without the word for it.
        kind: What it is.
        address: Lines beneath the name, as far as they are known.
    """

    names: tuple[str, ...]
    kind: ReceiverKind
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: its name, and the lines of address, telephone and the like."""

    name: Worded
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: name, and title."""

    name: str
    title: Worded


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What every letter carries; what is None or empty and may not be is told by `Missing`.

    Attributes:
        sender: Who sends it.
        receivers: Whom it is for.
        day: Its date.
        reference: The sender's case number.
        signers: Who signs.
        your_reference: The receiver's case number, if there is one.
        copies: Who gets a copy.
        group: One name for many receivers, who are then listed at the end.
    """

    sender: Sender
    receivers: tuple[Receiver, ...]
    day: date | None
    reference: str | None
    signers: tuple[Signer, ...]
    your_reference: str | None = None
    copies: tuple[Worded, ...] = ()
    group: Worded | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, when the day is not set."""

    year: int
    month: int


class PartOfYear(StrEnum):
    """A part of a year."""

    SPRING = "spring"
    BEFORE_SUMMER = "before-summer"
    AUTUMN = "autumn"


@dataclass(frozen=True, slots=True)
class SeasonOfYear:
    """A part of a year, when the month is not set either."""

    year: int
    part: PartOfYear


When = date | Month | SeasonOfYear


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a stream: since when, and until when, None while it lasts; the name of a programme or a place."""

    stream: Stream
    since: date
    until: date | None = None
    name: str = ""

    def lasts_on(self, day: date | None) -> bool:
        """Tell whether it has begun and not ended on a day; on one that is not known it does not."""
        return day is not None and self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast of the need in persons, with its uncertainty: who gives it, and as of which day."""

    low: int | None
    middle: int | None
    high: int | None
    publisher: Worded | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Advice:
    """A county's recommendation of one number: who, how many persons (None is unknown), when."""

    by: Worded
    number: int | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Who decided a number and when, after whose recommendation, or why without one; `why` told when it departs."""

    by: Worded | None
    on: date | None
    advice: Advice | None = None
    why: Worded | None = None


@dataclass(frozen=True, slots=True)
class HowToAnswer:
    """Until when and how: the way in words that complete «svaret sendes ...»."""

    deadline: date | None
    way: Worded | None


class CriterionKind(StrEnum):
    """How a criterion works, as in criteria files."""

    WEIGHT = "weight"
    ELIGIBILITY = "eligibility"
    BOUND = "bound"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class ToldCriterion:
    """One criterion as a letter tells it; a weight that is None is not known."""

    wording: Worded
    kind: CriterionKind
    weight: Fraction | None


@dataclass(frozen=True, slots=True)
class ToldCriteria:
    """The criteria of a year as a letter tells them.

    Attributes:
        year: Settlement year.
        title: Their name.
        official: Whether they are in the ministry's own words.
        lines: One by one.
        own_words: Whether some of the wording is ours, not the source's.
        source: Where the wording comes from, if a letter is to say so.
        adopted_by: The ministry, if known.
        adopted_on: The day, if known.
        written: Whether the committee has written them; if neither is so, the letter says that they are Bosetts
            referansemodell.
    """

    year: int
    title: Worded
    official: bool
    lines: tuple[ToldCriterion, ...]
    own_words: bool
    source: Worded | None = None
    adopted_by: Worded | None = None
    adopted_on: date | None = None
    written: bool = False


def criteria_told(
    file: CriteriaFile,
    *,
    source: Worded | None = None,
    adopted_by: Worded | None = None,
    adopted_on: date | None = None,
) -> ToldCriteria:
    """Return a criteria file as a letter tells it.

    Args:
        file: The criteria; their source there is a note for engineers, in English.
        source: The source in words for a letter.
        adopted_by: The ministry that adopted them, if known.
        adopted_on: The day, if known.
    """
    lines = tuple(
        ToldCriterion(Worded.of(each.wording), CriterionKind(each.kind), each.weight) for each in file.criteria
    )
    own = any(each.wording_status != "official" for each in file.criteria)
    title = Worded.of(file.title)
    is_written = whose(file.id, official=file.official) == "written"
    return ToldCriteria(file.year, title, file.official, lines, own, source, adopted_by, adopted_on, is_written)


@dataclass(frozen=True, slots=True)
class Origin:
    """How a number came about: the explained proposal, and the national total it is a part of, in persons."""

    explained: Explanation | None
    national: int | None
