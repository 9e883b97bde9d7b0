"""Letters that are written one by one: the invitation to a county's meeting, from the meeting's own facts."""

from datetime import date

from django.utils import timezone

from bosett.documents.letters import Head, HowToAnswer, Invitation, Worded
from bosett.documents.letters import Meeting as ToldMeeting
from bosett.documents.letters.names import county_receiver
from bosett.geography import county as county_of
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.letterkeeping import Written, keep, signers
from bosett_web.actions.letters import FORMS
from bosett_web.actions.rounds import locked
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.lettering import KS, SENDER
from bosett_web.queries.letters import settings_of
from bosett_web.queries.standing import MeetingRow, new_situation
from bosett_web.records import clock
from bosett_web.records.letters import Letter

KIND = "invitation"


@action
def write(
    actor: Actor, /, *, year: int, county: str, language: str, answer_by: date, how_to_answer: str, ready: str = ""
) -> Event:
    """Write the invitation to a county's meeting; one that is not approved yet is written anew.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting.
        language: nb or nn.
        answer_by: Until when to say who comes.
        how_to_answer: The way in words.
        ready: What the county municipality is asked to have ready, one item a line.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such meeting, something lacks, or the invitation is approved or sent.
    """
    at = locked(year)
    require("letter.write", actor, new_situation(at), f"letters:{year}", year)
    row = at.meetings.get(county)
    if not county or row is None or row.state == "held":
        raise Invalid("county", "meeting_not_planned", {"county": county})
    if language not in FORMS[1:]:
        raise Invalid("language", "form_unknown")
    held = Letter.objects.filter(round=year, kind=KIND, receiver=county).order_by("-version").first()
    if held is not None and held.state != "made":
        raise Invalid("county", "invitation_on_its_way")
    reference = held.reference if held else f"{year}/{county}-{KIND}-1"
    how, items = text("how_to_come", how_to_answer, needed=True), text("ready", ready)
    content = _content(year, row, reference, HowToAnswer(answer_by, Worded.same(how)), items)
    written = Written(KIND, county, 1, reference, language, content)
    sha256 = keep(year, actor.person_id, [written], "county")[reference]
    after = {"state": "made", "sha256": sha256, "day": clock.today()}
    return note(actor, Entry("letter.write", f"letter:{reference}", year, {}, after, {"ready": items}))


def _content(year: int, row: MeetingRow, reference: str, answer: HowToAnswer, ready: str) -> Invitation:
    signing = signers(settings_of(year).signers, "county")
    subjects = _items(row.agenda)
    if not subjects:
        raise Invalid("county", "meeting_without_agenda")
    today = clock.today()
    if answer.deadline is None or answer.deadline <= today:
        raise Invalid("invited_by", "deadline_not_after")
    local = timezone.localtime(row.at)
    name = county_of(row.county, year).name
    meeting = ToldMeeting(year, name, local.date(), local.time(), None, Worded.same(row.place))
    head = Head(SENDER, (county_receiver(row.county, year),), today, reference, signing, copies=(KS,))
    return Invitation(head, meeting, subjects, _items(ready), answer)


def _items(written: str) -> tuple[Worded, ...]:
    return tuple(Worded.same(line.strip()) for line in written.splitlines() if line.strip())
