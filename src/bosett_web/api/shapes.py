"""The shapes of the answers.

Numbers are persons. A number that is null is missing, hidden or unknown, and the status or mark beside it says which:
null is never zero, and a zero is a real zero. What stands in a release as it is has the shape that it has there.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from bosett.figures.kinds import Status
from bosett.rounds.open_round import (
    OpenCriteria,
    OpenDay,
    OpenDocument,
    OpenForecast,
    OpenMeeting,
    OpenName,
    OpenNews,
    OpenNotice,
    OpenPlace,
    OpenRound,
    OpenSection,
    OpenState,
    OpenStep,
    OpenTargets,
    OpenYear,
)
from bosett.rounds.published import CountMark, PartsNotShown, PublicCount, PublicDay
from bosett.rounds.release import PublicDecision, PublicRequest, ReleasePlace
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep


class ReleaseAddress(Schema):
    """A release, and where it is read.

    Attributes:
        number: Which of the year; the first is 1.
        day: Its day.
        at: When it was published.
        sha256: The hash of its document.
        address: Where the whole of it is read.
    """

    number: int
    day: date
    at: datetime
    sha256: str
    address: str


class ReleaseRead(ReleaseAddress):
    """The release that an answer is of.

    Attributes:
        publisher: Who publishes.
    """

    publisher: str


class RoundAddress(Schema):
    """A year of which something has been published.

    Attributes:
        year: Settlement year.
        address: Where its round is read.
        newest: Its newest release.
    """

    year: int
    address: str
    newest: ReleaseAddress


class Rounds(Schema):
    """The years of which something has been published, the newest first."""

    rounds: Sequence[RoundAddress]


class OfRelease(Schema):
    """What is told of a year by its newest release.

    Attributes:
        year: Settlement year.
        release: The release that this is read in.
    """

    year: int
    release: ReleaseRead


class Round(OfRelease):
    """How far a round has come, and what it rests on.

    Attributes:
        state: How far the round has come.
        released_at: Since when the numbers are public; null until they are.
        closed_on: When it was closed; null until it is.
        is_former: Whether it is told by published figures, as it was run before the workspace.
        planned: Persons that the year was planned for before targets were decided; null is not known.
        targets: The versions that have been decided.
        forecasts: The versions that have been registered.
        criteria: The versions that have been adopted.
        calendar: In the order of the round.
        meetings: By day.
        notices: Those in force, by their first day.
        sources: Where the figures of the years before are from, by language.
        people_from: Where the counts of inhabitants are from, by language; empty when there are none.
    """

    state: OpenState
    released_at: datetime | None
    closed_on: date | None
    is_former: bool
    planned: int | None
    targets: Sequence[OpenTargets]
    forecasts: Sequence[OpenForecast]
    criteria: Sequence[OpenCriteria]
    calendar: Sequence[OpenDay]
    meetings: Sequence[OpenMeeting]
    notices: Sequence[OpenNotice]
    sources: Mapping[str, Sequence[str]]
    people_from: Mapping[str, str]


class NewsOfYear(OfRelease):
    """The news of a round, the newest first.

    Attributes:
        news: The newest first.
    """

    news: Sequence[OpenNews]


class MunicipalityNumbers(Schema):
    """The numbers of a municipality.

    Attributes:
        code: In the code list of the year.
        name: Its name.
        county: Code of its county.
        county_name: Name of its county.
        asked: What it is asked for now.
        asked_status: Why there is a number or none; missing until it is public.
        first_asked: What it was first asked for; null where it has not been asked anew.
        decided: What it has decided; 0 is no.
        decided_status: Why there is a number or none; missing until it has answered.
        decided_on: When it decided; null is not known.
        inhabitants: On the newest 1 January that was known before the round; null is not known.
        centrality: Class of centrality, 1 is the most central; null is not known.
        region: Name of its labour market region; null is not known.
    """

    code: str
    name: str
    county: str
    county_name: str
    asked: int | None
    asked_status: Status
    first_asked: int | None
    decided: int | None
    decided_status: Status
    decided_on: date | None
    inhabitants: int | None
    centrality: int | None
    region: str | None


class Numbers(OfRelease):
    """The numbers of every municipality of the year, by code.

    Attributes:
        municipalities: By code.
    """

    municipalities: Sequence[MunicipalityNumbers]


class PlaceCounts(Schema):
    """The newest counts of a place.

    Attributes:
        day: The day that they are of; the year so far is counted.
        counts: By step and group.
    """

    day: date
    counts: Sequence[PublicCount]


class OneMunicipality(MunicipalityNumbers, OfRelease):
    """All that is told of a municipality in a round.

    Attributes:
        names: All its official names, in their order.
        before: The years before, the oldest first.
        like: Codes of the municipalities most like it, the nearest in population first.
        way: The steps to its number, in their order; empty until they are public.
        explained: How its proposed number came about, by language; empty until that is public.
        requests: All versions of what it has been asked for, the first first.
        decisions: What it has decided, by the version that it answers.
        counts: Its newest counts; null before any have been published.
    """

    names: Sequence[OpenName]
    before: Sequence[OpenYear]
    like: Sequence[str]
    way: Sequence[OpenStep]
    explained: Mapping[str, Sequence[OpenSection]]
    requests: Sequence[PublicRequest]
    decisions: Sequence[PublicDecision]
    counts: PlaceCounts | None


class CountDay(Schema):
    """A day that there are counts of.

    Attributes:
        day: The last of a month.
        publisher: Who published them.
        parts_not_shown: Places whose parts were not shown on it.
    """

    day: date
    publisher: str
    parts_not_shown: Sequence[PartsNotShown]


class OneCount(Schema):
    """A count of persons in the year so far.

    Attributes:
        day: The day that it is of.
        place: Code of the municipality, county or country.
        step: What has happened.
        group: Whom it counts.
        persons: How many; null is hidden or unknown, by the mark.
        mark: What is known of it: shown is the number, at_least no fewer than that.
    """

    day: date
    place: str
    step: SettlementStep
    group: LedgerGroup
    persons: int | None
    mark: CountMark


class CountFilter(Schema):
    """Which counts are asked for; whatever is left out is not asked about."""

    place: str | None = Field(
        None,
        description="Code of a municipality, a county, or the country, which is 0.",
        json_schema_extra={"pattern": "^(0|[0-9]{2}|[0-9]{4})$"},
    )
    step: SettlementStep | None = Field(None, description="What has happened.")
    group: LedgerGroup | None = Field(None, description="Whom the counts are of.")
    day: str | None = Field(None, description="A day that there are counts of.", json_schema_extra={"format": "date"})


class Counts(OfRelease):
    """The counts of a year, by day, place, step and group.

    Attributes:
        days: All days that there are counts of, the oldest first, whatever is asked for.
        counts: Those that are asked for; without a filter all of them.
    """

    days: Sequence[CountDay]
    counts: Sequence[OneCount]


class Releases(Schema):
    """The releases of a year, the newest first.

    Attributes:
        year: Settlement year.
        releases: The newest first.
    """

    year: int
    releases: Sequence[ReleaseAddress]


class ReleaseDocument(Schema):
    """The whole document of a release.

    Its hash is the SHA-256, in hexadecimal, of the document without `hash`, written as JSON in UTF-8 with its names
    sorted, `, ` and `: ` between its parts, and no other space.

    Attributes:
        format: What a document of this shape is called; another shape has another name.
        year: Settlement year.
        number: Which of the year; the first is 1.
        day: Its day.
        publisher: Who publishes.
        least: Counts of fewer persons, but not 0, are hidden.
        width: So many persons are between two counts that a hidden one may be.
        places: By code.
        days: The last counts of each month so far, as they were; none before there are any.
        requests: By municipality and version.
        decisions: Likewise.
        round: How far the round has come.
        municipalities: What is told of each municipality, by code.
        explained: How the proposed number of each came about, by code and language; empty until that is public.
        documents: The newest first; not there in a release that was made before they were listed.
        hash: Of all the rest.
    """

    format: str
    year: int
    number: int
    day: date
    publisher: str
    least: int
    width: int
    places: Sequence[ReleasePlace]
    days: Sequence[PublicDay]
    requests: Sequence[PublicRequest]
    decisions: Sequence[PublicDecision]
    round: OpenRound | None
    municipalities: Sequence[OpenPlace]
    explained: Mapping[str, Mapping[str, Sequence[OpenSection]]]
    documents: Sequence[OpenDocument] = ()
    hash: str
