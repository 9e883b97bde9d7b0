"""The minutes of a meeting as a letter tells them, from what was written in the meeting."""

from collections.abc import Mapping
from dataclasses import replace

from bosett.documents.letters import Head, Minutes, OpenPoint, Outcome, Said, Worded
from bosett.documents.letters.names import DIRECTORATE, county_municipality
from bosett_web.queries.lettering import KS
from bosett_web.queries.lines import Line, lines
from bosett_web.queries.meetingletters import told_meeting
from bosett_web.queries.meetings import last_outcomes, points
from bosett_web.queries.standing import MeetingRow, Standing, county_target

MEETING = Worded("Møtet", "Møtet", "The meeting")
COUNTIES = Worded("fylkeskommunene", "fylkeskommunane", "the county municipalities")


def minutes_of(at: Standing, row: MeetingRow, head: Head) -> Minutes:
    """Return the minutes of a meeting; of the joint one without numbers for municipalities."""
    county = county_municipality(row.county, at.year) if row.county else COUNTIES
    spoken = {"directorate": DIRECTORATE, "ks": KS, "county": county}
    present = tuple(
        (line.strip(), party)
        for code, party in spoken.items()
        for line in getattr(row, f"present_{code}").splitlines()
        if line.strip()
    )
    return Minutes(
        head=head,
        meeting=told_meeting(at.year, row),
        present=present,
        target=county_target(at, row.county),
        outcomes=tuple(
            Outcome(line.name, line.proposed, line.number, line.outcome, _said(line, spoken))
            for line in _lines(at, row.county)
        ),
        open_points=tuple(OpenPoint(each.text, None, None) for each in points(row.id) if not each.closed),
        remarks=tuple(part.strip() for part in row.minutes.split("\n\n") if part.strip()),
    )


def _said(line: Line, spoken: Mapping[str, Worded]) -> tuple[Said, ...]:
    """Return why, and who said so: a party, the municipality itself, or the meeting when nobody is named."""
    if not line.outcome_reason:
        return ()
    own = Worded(f"{line.name} kommune", f"{line.name} kommune", f"{line.name} municipality")
    who = {**spoken, "municipality": own}.get(line.outcome_by, MEETING)
    return (Said(who, line.outcome_reason),)


def _lines(at: Standing, county: str) -> tuple[Line, ...]:
    """Return what the meeting came to; of a recommendation that was opened again, as it was kept."""
    if not county:
        return ()
    said = at.recommendations.get(county)
    found = tuple(lines(at.year, said.proposal if said else None, county))
    if any(line.outcome is not None for line in found):
        return found
    kept = last_outcomes(at.year, county)
    return tuple(replace(line, **kept[line.code]) if line.code in kept else line for line in found)
