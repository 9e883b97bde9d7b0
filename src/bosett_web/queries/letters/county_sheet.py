"""A county's sheet in any of its versions, and its final recommendation, as letters tell them.

A version keeps the county's own numbers and the meeting's, and what stood beside them when it was kept: a document of
it reads nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.documents.letters import (
    CountySheetLetter,
    LetterHead,
    Receiver,
    ReceiverKind,
    Sender,
    SheetLine,
    SheetStanding,
    SheetVersion,
)
from bosett.documents.letters.names import DIRECTORATE, county_decider, county_municipality
from bosett.documents.letters.words import COUNTY
from bosett.geography import county as county_of
from bosett.rounds.parties import Party
from bosett.stages.recommendation import Weighed, reason_of_departure
from bosett_web.queries.county.versions import VersionRow, beside_of, lines_of
from bosett_web.queries.letters.addresses import addresses_of
from bosett_web.queries.letters.contents import SENDER
from bosett_web.queries.lines import lines
from bosett_web.queries.meetings.minutes import held_to, standing_numbers
from bosett_web.queries.situations import county_target
from bosett_web.queries.standing_rows import RecommendationRow, Standing
from bosett_web.records.choices import LetterKind, Occasion

KIND = LetterKind.RECOMMENDATION
_STANDINGS: Mapping[str, SheetStanding] = {
    "kept": SheetStanding.DRAFT,
    "submitted": SheetStanding.SUBMITTED,
    "final": SheetStanding.CLOSED,
    "reopened": SheetStanding.REOPENED,
    "discussed": SheetStanding.SUBMITTED,
}
"""How far a version, or a recommendation in a state, has come; all others are drafts."""
_SENT = {"submitted": "submitted", "discussed": "submitted", "final": "final"}
"""The version that a recommendation in a state is as it is now: nobody works on it."""
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

    Now is the version that was sent or became final, until the county opens it again.

    Args:
        row: The recommendation.
        kept: The versions that the reader may see.
        number: Number of the version; None is as it is now.
        today: The workspace's day.
    """
    if number is None and row.state in _SENT:
        number = next((each.version for each in kept if each.made == _SENT[row.state]), None)
    if number is None:
        return Version(None, _STANDINGS.get(row.state, SheetStanding.DRAFT), today)
    version = next((each for each in kept if each.version == number), None)
    return None if version is None else Version(number, _STANDINGS[version.made], version.day)


def beside(at: Standing, row: RecommendationRow) -> dict[str, Any]:
    """Return what stands beside a county's numbers, as JSON holds it: to be kept with a version of them."""
    rows = lines(at, row.proposal, row.county)
    minutes = held_to(at, row.county)
    return {
        "target": county_target(at, row.county),
        "sender": list(sender_of(at, row.county).lines),
        "names": {line.code: line.name for line in rows},
        "proposed": {line.code: line.proposed for line in rows},
        "signals": {line.code: line.signal for line in rows},
        "minutes": None
        if minutes is None
        else {
            "day": minutes.day.isoformat(),
            "numbers": {each.code: each.minuted for each in minutes.departures(standing_numbers(rows))},
        },
    }


def sheet(
    at: Standing, row: RecommendationRow, version: Version, kept: Iterable[VersionRow], language: str
) -> CountySheetLetter:
    """Return a county's sheet in a version.

    Args:
        at: The round as it stands; nothing but its year is told of a version that was kept.
        row: The recommendation, which the reader may see.
        version: Which version.
        kept: The versions that the reader may see.
        language: Language of the names of versions.
    """
    context = _beside(at, row, version)
    drafts = version.standing is SheetStanding.DRAFT
    return CountySheetLetter(
        head=LetterHead(_sender(at, row.county, context), (to_directorate(language),), version.day, None, ()),
        final=False,
        versions=_versions([each for each in kept if drafts or each.made != Occasion.KEPT], version.number, language),
        standing=version.standing,
        **_told(at, row, version, context),
    )


def recommendation(
    at: Standing, row: RecommendationRow, final: VersionRow, kept: Iterable[VersionRow], head: LetterHead, language: str
) -> CountySheetLetter:
    """Return a county's final recommendation as a letter, as it was kept when it became final.

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
        final=True,
        versions=_versions([each for each in kept if each.made != Occasion.KEPT], final.version, language),
        decided_by=county_decider(row.decided_by, row.county),
        decided_on=row.decided_on,
        case=row.case_number or None,
        **_told(at, row, version, _beside(at, row, version)),
    )


def sender_of(at: Standing, county: str) -> Sender:
    """Return a county municipality as the sender of a letter, with its address as far as that is known."""
    return Sender(county_municipality(county, at.year), addresses_of(Party.COUNTY).get(county, ()))


def to_directorate(language: str) -> Receiver:
    """Return the directorate as the receiver of a county's letter."""
    return Receiver((DIRECTORATE.in_language(language),), ReceiverKind.OTHER, SENDER.lines[:2])


def _beside(at: Standing, row: RecommendationRow, version: Version) -> Mapping[str, Any]:
    """Return what stood beside a version when it was kept, or stands beside the sheet now."""
    return beside(at, row) if version.number is None else beside_of(row.id, version.number)


def _sender(at: Standing, county: str, context: Mapping[str, Any]) -> Sender:
    return Sender(county_municipality(county, at.year), tuple(context["sender"]))


def _versions(kept: Iterable[VersionRow], last: int | None, language: str) -> tuple[SheetVersion, ...]:
    """Return the versions up to the one that is told of."""
    shown = [each for each in kept if last is None or each.version <= last]
    return tuple(SheetVersion(each.version, each.day, _named(each, language)) for each in shown)


def _named(row: VersionRow, language: str) -> str:
    made = COUNTY[f"made_{row.made}"].in_language(language)
    return f"{made}: {row.name}" if row.name else made


def _told(at: Standing, row: RecommendationRow, version: Version, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every document of a county's numbers tells."""
    minutes = context["minutes"] or {"day": None, "numbers": {}}
    return {
        "year": at.year,
        "county": county_of(row.county, at.year).name,
        "target": context["target"],
        "lines": tuple(
            _line(code, line, version, context, minutes["numbers"].get(code))
            for code, line in (lines_of(row.id, version.number) or {}).items()
        ),
        "minutes_on": date.fromisoformat(minutes["day"]) if minutes["numbers"] else None,
    }


def _line(
    code: str, line: Mapping[str, object], version: Version, context: Mapping[str, Any], minuted: int | None
) -> SheetLine:
    outcome = version.standing in _OUTCOMES and line.get("outcome") is not None
    names = ("outcome", "outcome_under15", "outcome_from15") if outcome else ("number", "under15", "from15")
    number, under15, from15 = (_whole(line.get(name)) for name in names)
    return SheetLine(
        name=context["names"][code],
        proposal=context["proposed"].get(code),
        recommended=number,
        minors=None if under15 is None or from15 is None else under15 + from15,
        signal=context["signals"].get(code),
        reason=_reason(line, context["proposed"].get(code), outcome=outcome),
        minuted=minuted,
    )


def _reason(line: Mapping[str, object], proposed: int | None, *, outcome: bool) -> str:
    """Return why: the meeting's reason where it came to another number than the county's, else the county's own."""
    meeting_reason = str(line.get("outcome_reason") or "") if outcome else ""
    differs = outcome and line.get("outcome") != line.get("number")
    against = Weighed(_whole(line.get("number")), proposed)
    own = "" if differs else reason_of_departure(against, str(line.get("reason") or ""))
    return "\n".join(part for part in (own, meeting_reason) if part)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
