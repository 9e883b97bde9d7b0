"""The minutes of a meeting as a letter tells them, from what was kept when it was held and what was added since."""

from collections.abc import Mapping

from django.utils import timezone

from bosett.documents.letters import (
    Addendum,
    AddendumKind,
    ChangedSinceMinutes,
    LetterHead,
    Meeting,
    Minutes,
    OpenPoint,
    Outcome,
    Said,
    Worded,
)
from bosett.documents.letters.names import DIRECTORATE, county_municipality, municipality_named
from bosett.documents.letters.words import NAMES
from bosett.geography import county as county_of
from bosett_web.queries.letters.contents import KS
from bosett_web.queries.meetings.minutes import KeptMinutes
from bosett_web.queries.meetings.record import Minuted, MinutedLine

MEETING, COUNTIES = Worded(*NAMES["meeting"]), Worded(*NAMES["counties"])
IMDI = Worded.same("IMDi")


def minutes_of(kept: KeptMinutes, year: int, county: str, head: LetterHead) -> Minutes:
    """Return the minutes of a held meeting; of the joint one (county empty) without numbers for municipalities."""
    minuted, spoken = kept.minuted, {"directorate": DIRECTORATE, **_spoken(year, county)}
    return Minutes(
        head=head,
        meeting=_meeting(minuted, year, county),
        present=tuple(
            (line.strip(), spoken[party])
            for party, functions in minuted.present
            for line in functions.splitlines()
            if line.strip()
        ),
        target=minuted.target.number,
        outcomes=tuple(_outcome(line, year, spoken) for line in minuted.lines),
        open_points=tuple(OpenPoint(each.text, None, None) for each in minuted.points if not each.closed),
        remarks=tuple(part.strip() for part in minuted.text.split("\n\n") if part.strip()),
        comments=tuple((each.name, each.text) for each in minuted.comments),
        addenda=addenda_of(kept, year, county),
    )


def addenda_of(kept: KeptMinutes, year: int, county: str) -> tuple[Addendum, ...]:
    """Return what was added to minutes, as documents tell it."""
    spoken = {"directorate": IMDI, **_spoken(year, county)}
    return tuple(
        Addendum(
            number=each.number,
            day=each.day,
            by=county_municipality(each.area, year) if each.area else spoken[each.party],
            kind=AddendumKind(each.kind),
            about=each.about,
            text=each.text,
            lines=tuple(
                ChangedSinceMinutes(
                    line.name,
                    line.before.number,
                    line.after.number,
                    _said(line.reason, line.by, spoken, municipality_named(line.name, line.code, year)),
                )
                for line in each.lines
            ),
        )
        for each in kept.addenda
    )


def _spoken(year: int, county: str) -> Mapping[str, Worded]:
    return {"ks": KS, "county": county_municipality(county, year) if county else COUNTIES}


def _meeting(minuted: Minuted, year: int, county: str) -> Meeting:
    local = timezone.localtime(minuted.at)
    name = county_of(county, year).name if county else None
    return Meeting(year, name, local.date(), local.time(), None, Worded.same(minuted.place))


def _outcome(line: MinutedLine, year: int, spoken: Mapping[str, Worded]) -> Outcome:
    own = municipality_named(line.name, line.code, year)
    reasons = _said(line.outcome_reason, line.outcome_by, spoken, own)
    return Outcome(line.name, line.proposed, line.number, line.outcome, reasons)


def _said(reason: str, by: str, spoken: Mapping[str, Worded], own: Worded) -> tuple[Said, ...]:
    """Return why, and who said so: a party, the municipality itself, or the meeting when nobody is named."""
    if not reason:
        return ()
    return (Said({**spoken, "municipality": own}.get(by, MEETING), reason),)
