"""The minutes of a county's meeting as a letter, from what was written in the meeting."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from bosett.documents.letters import Head, Minutes, OpenPoint, Outcome, Said, Worded
from bosett.documents.letters import Meeting as ToldMeeting
from bosett.documents.letters.names import DIRECTORATE, county_municipality, county_receiver
from bosett.geography import county as county_of
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.letterkeeping import Written, keep
from bosett_web.actions.letters import FORMS
from bosett_web.actions.rounds import locked
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.lettering import KS, SENDER, SENT, signers_of
from bosett_web.queries.letters import letter_rows, settings_of
from bosett_web.queries.lines import Line, lines
from bosett_web.queries.meetings import last_outcomes, points
from bosett_web.queries.standing import MeetingRow, Standing, county_target, new_situation
from bosett_web.records import clock

KIND = "minutes"
MEETING = Worded("Møtet", "Møtet", "The meeting")


@action
def minute(actor: Actor, /, *, year: int, county: str, language: str) -> Event:
    """Write the minutes of a held meeting; those not approved are written anew, after those sent comes a new version.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting.
        language: nb or nn.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such meeting, something lacks, or the minutes are on their way.
    """
    at = locked(year)
    require("letter.write", actor, new_situation(at), f"letters:{year}", year)
    row = at.meetings.get(county)
    if not county or row is None or row.state != "held":
        raise Invalid("minutes_of", "meeting_not_held")
    if language not in FORMS[1:]:
        raise Invalid("minutes_of", "form_unknown")
    held = [each for each in letter_rows(year) if (each.kind, each.receiver) == (KIND, county)]
    last = held[-1] if held else None
    if last is not None and last.state not in ("made", *SENT):
        raise Invalid("minutes_of", "minutes_on_their_way")
    version = 1 if last is None else last.version + (last.state in SENT)
    reference = f"{year}/{county}-{KIND}-{version}"
    written = Written(KIND, county, version, reference, language, _content(at, row, reference))
    sha256 = keep(year, actor.person_id, [written], "minutes_of")[reference]
    after = {"state": "made", "sha256": sha256, "day": clock.today()}
    return note(actor, Entry("letter.write", f"letter:{reference}", year, {}, after))


def _content(at: Standing, row: MeetingRow, reference: str) -> Minutes:
    year, county = at.year, row.county
    local = timezone.localtime(row.at)
    spoken = {
        "directorate": DIRECTORATE,
        "ks": KS,
        "county": county_municipality(county, year),
    }
    present = tuple(
        (line.strip(), party)
        for code, party in spoken.items()
        for line in getattr(row, f"present_{code}").splitlines()
        if line.strip()
    )
    signing = signers_of(settings_of(year).signers)
    return Minutes(
        head=Head(SENDER, (county_receiver(county, year),), clock.today(), reference, signing, copies=(KS,)),
        meeting=ToldMeeting(
            year, county_of(county, year).name, local.date(), local.time(), None, Worded.same(row.place)
        ),
        present=present,
        target=county_target(at, county),
        outcomes=tuple(
            Outcome(line.name, line.proposed, line.number, line.outcome, _said(line, spoken))
            for line in _lines(at, county)
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
    said = at.recommendations.get(county)
    found = tuple(lines(at.year, said.proposal if said else None, county))
    if any(line.outcome is not None for line in found):
        return found
    kept = last_outcomes(at.year, county)
    return tuple(replace(line, **kept[line.code]) if line.code in kept else line for line in found)
