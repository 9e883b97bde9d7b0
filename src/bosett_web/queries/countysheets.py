"""A county's sheet in any of its versions, and its final recommendation, as letters tell them.

A version keeps the county's own numbers and the meeting's; the proposal and the municipality's signal stand beside them
only as far as they were there when it was kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bosett.documents.letters import (
    CountyLine,
    CountySheetLetter,
    Head,
    Receiver,
    ReceiverKind,
    Sender,
    SheetStanding,
    SheetVersion,
)
from bosett.documents.letters.names import DIRECTORATE, county_decider, county_municipality
from bosett.documents.letters.words.county import MADE
from bosett.geography import county as county_of
from bosett.rounds.parties import Party
from bosett.stages.recommendation import Weighed, reason_of_departure
from bosett_web.queries.addresses import addresses_of
from bosett_web.queries.lettering import SENDER
from bosett_web.queries.lines import Line, lines
from bosett_web.queries.standing import RecommendationRow, Standing, county_target
from bosett_web.queries.versions import Lines, VersionRow, lines_of

KIND = "recommendation"
_STANDINGS: Mapping[str, SheetStanding] = {
    "kept": SheetStanding.DRAFT,
    "submitted": SheetStanding.SUBMITTED,
    "final": SheetStanding.CLOSED,
    "reopened": SheetStanding.REOPENED,
    "discussed": SheetStanding.SUBMITTED,
}
"""How far a version, or a recommendation in a state, has come; all others are drafts."""
_OUTCOMES = (SheetStanding.CLOSED, SheetStanding.REOPENED)
"""What the meeting came to is the number of these."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a county's sheet that is told of.

    Attributes:
        number: Its number; None is the sheet as it is now.
        standing: How far it had come.
        day: When it was kept, or today.
    """

    number: int | None
    standing: SheetStanding
    day: date


def version_of(row: RecommendationRow, kept: Iterable[VersionRow], number: int | None, today: date) -> Version | None:
    """Return a version of a sheet, or the sheet as it is now; None when there is no such version.

    Args:
        row: The recommendation.
        kept: The versions that the reader may see.
        number: Number of the version; None is as it is now.
        today: The workspace's day.
    """
    if number is None:
        return Version(None, _STANDINGS.get(row.state, SheetStanding.DRAFT), today)
    found = next((each for each in kept if each.version == number), None)
    return None if found is None else Version(number, _STANDINGS[found.made], found.day)


def sheet(
    at: Standing, row: RecommendationRow, version: Version, kept: Iterable[VersionRow], language: str
) -> CountySheetLetter:
    """Return a county's sheet in a version.

    Args:
        at: The round as it stands.
        row: The recommendation, which the reader may see.
        version: Which version.
        kept: The versions that the reader may see.
        language: Language of the names of versions.
    """
    return CountySheetLetter(
        head=_head(at, row.county, version.day, language),
        year=at.year,
        county=county_of(row.county, at.year).name,
        target=county_target(at, row.county),
        lines=_told(at, row, version),
        final=False,
        versions=_versions(kept, version.number, language),
        standing=version.standing,
    )


def recommendation(
    at: Standing, row: RecommendationRow, final: VersionRow, kept: Iterable[VersionRow], head: Head, language: str
) -> CountySheetLetter:
    """Return a county's final recommendation as a letter, with the numbers that were kept when it became final.

    Args:
        at: The round as it stands.
        row: The recommendation, and who decided it.
        final: The version that is final.
        kept: All versions.
        head: Head of the letter.
        language: Language of the names of versions.
    """
    version = Version(final.version, SheetStanding.CLOSED, final.day)
    return CountySheetLetter(
        head=head,
        year=at.year,
        county=county_of(row.county, at.year).name,
        target=county_target(at, row.county),
        lines=_told(at, row, version),
        final=True,
        versions=_versions([each for each in kept if each.made != "kept"], final.version, language),
        decided_by=county_decider(row.decided_by, row.county),
        decided_on=row.decided_on,
        case=row.case_number or None,
    )


def sender_of(at: Standing, county: str) -> Sender:
    """Return a county municipality as the sender of a letter, with its address as far as that is known."""
    return Sender(county_municipality(county, at.year), addresses_of(Party.COUNTY).get(county, ()))


def to_directorate(language: str) -> Receiver:
    """Return the directorate as the receiver of a county's letter."""
    return Receiver((DIRECTORATE.told(language),), ReceiverKind.OTHER, SENDER.lines[:2])


def _head(at: Standing, county: str, day: date, language: str) -> Head:
    return Head(sender_of(at, county), (to_directorate(language),), day, None, ())


def _versions(kept: Iterable[VersionRow], last: int | None, language: str) -> tuple[SheetVersion, ...]:
    """Return the versions up to the one that is told of."""
    shown = [each for each in kept if last is None or each.version <= last]
    return tuple(SheetVersion(each.version, each.day, _named(each, language)) for each in shown)


def _named(row: VersionRow, language: str) -> str:
    made = MADE[row.made].told(language)
    return f"{made}: {row.name}" if row.name else made


def _told(at: Standing, row: RecommendationRow, version: Version) -> tuple[CountyLine, ...]:
    held: Lines = lines_of(row.id, version.number) or {}
    proposal = next((each for each in at.proposals if each.id == row.proposal), None)
    proposed = version.number is None or (proposal is not None and proposal.day <= version.day)
    return tuple(
        _line(each, held[each.code], version, proposed=proposed)
        for each in lines(at.year, row.proposal, row.county)
        if each.code in held
    )


def _line(line: Line, held: Mapping[str, object], version: Version, *, proposed: bool) -> CountyLine:
    outcome = version.standing in _OUTCOMES and held.get("outcome") is not None
    names = ("outcome", "outcome_under15", "outcome_from15") if outcome else ("number", "under15", "from15")
    number, under15, from15 = (_whole(held.get(name)) for name in names)
    signalled = version.number is None or (line.signal_on is not None and line.signal_on <= version.day)
    return CountyLine(
        name=line.name,
        proposal=line.proposed if proposed else None,
        recommended=number,
        minors=None if under15 is None or from15 is None else under15 + from15,
        signal=line.signal if signalled else None,
        reason=_reason(held, line.proposed if proposed else None, outcome=outcome),
    )


def _reason(held: Mapping[str, object], proposed: int | None, *, outcome: bool) -> str:
    """Return why: the meeting's reason where it came to another number than the county's, else the county's own."""
    told = str(held.get("outcome_reason") or "") if outcome else ""
    differs = outcome and held.get("outcome") != held.get("number")
    against = Weighed(_whole(held.get("number")), proposed)
    own = "" if differs else reason_of_departure(against, str(held.get("reason") or ""))
    return "\n".join(part for part in (own, told) if part)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
