"""What is filled in of meetings, needs and comments, and what is done with it."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from bosett.geography import counties
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county import outcomes
from bosett_web.actions.county.outcomes import SAID_BY
from bosett_web.actions.doing import Invalid
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.pdfs import LARGEST
from bosett_web.queries.meetings.minutes import PRESENT
from bosett_web.queries.standing import kept_standing
from bosett_web.records.choices import AnsweredTo
from bosett_web.screens.fields import (
    CarriedField,
    ChoiceField,
    FilesField,
    KeyField,
    MomentField,
    NumberField,
    PageField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import CountyForm, OlderForm, PageForm
from bosett_web.screens.rows import OutcomesForm


class PlanMeetingForm(OlderForm):
    """A meeting that is to be held."""

    county: PageField = PickField("which_meeting")
    at = MomentField("field_at", needed=True)
    place = TextField("field_place", needed=True)
    older = TextField("field_older", marked=True, rows=2)
    agenda = TextField("field_agenda", explained="no_person", rows=3)


class ChangeMeetingForm(PlanMeetingForm):
    """Another time, place or agenda of a meeting."""

    county = CarriedField()


class HoldForm(CountyForm):
    """A meeting that has been held, and its minutes."""

    minutes = TextField("field_minutes", needed=True, explained="no_person", rows=5)


class PresentForm(CountyForm):
    """Who takes part in a meeting."""

    present_directorate = TextField("field_present_directorate", rows=2)
    present_ks = TextField("field_present_ks", rows=2)
    present_county = TextField("field_present_county", rows=2)


class AmendForm(CountyForm):
    """What is added to the minutes of a meeting."""

    addendum = TextField("field_addendum", needed=True, explained="no_person", rows=3)


class PointForm(CountyForm):
    """A point that a meeting leaves open."""

    point = TextField("field_point", needed=True, explained="no_person")


class KnownPointForm(CountyForm):
    """A point that is closed, or opened again."""

    identity = KeyField()


class AsRecommendedForm(CountyForm):
    """The recommended numbers as the outcome: of one municipality, or of all that have none."""

    municipality = CarriedField()


class NeedForm(CountyForm):
    """What a county needs to know."""

    need = TextField("field_need", needed=True, explained="need_help", rows=3)


class ReplyForm(PageForm):
    """The answer to what a county needs to know."""

    request = KeyField()
    reply = TextField("field_reply", needed=True, explained="no_person", rows=3)
    to = ChoiceField(
        "field_answered_to", [(each, f"answered_{each}") for each in AnsweredTo], explained="answered_to_help"
    )
    attachment = FilesField(
        "field_attachments", most=LARGEST, kinds="application/pdf, .pdf", explained="attachments_help"
    )


class JoinForm(PageForm):
    """An answer to all that answers one more need."""

    request = KeyField()
    given = KeyField()


class KnowledgeFilter(PageForm):
    """Which needs and answers are looked for."""

    q = TextField("field_knowledge_q", explained="knowledge_help")
    year = PickField("settlement_year")
    county = PickField("county")
    only = PickField("field_knowledge_only")


class RoomOutcomeForm(OutcomesForm):
    """What a meeting came to for one municipality, as meeting mode shows it: with labels that are seen."""

    heads: Mapping[str, str] = MappingProxyType({part: f"outcome_{part}" for part in OutcomesForm.heads})
    in_rows = False

    def part_field(self, part: str, head: str) -> PageField:
        """Return the field of a part."""
        field: PageField = NumberField(head)
        if part == "by":
            field = ChoiceField(head, [(party, f"party_{party}" if party else "nobody_chosen") for party in SAID_BY])
        elif part == "reason":
            field = TextField(head, explained="no_person", rows=2)
        field.look = part
        return field


def plan(actor: Actor, year: int, form: PageForm) -> object:
    """Plan a meeting."""
    return meetings.plan(
        actor,
        year=year,
        county=form.text_of("county"),
        at=form.moment_of("at"),
        place=form.text_of("place"),
        agenda=form.text_of("agenda"),
        why_older=form.text_of("older"),
    )


def plan_all(actor: Actor, year: int, form: PageForm) -> object:
    """Plan the missing meetings of the counties, one each working day from the first."""
    at, place, agenda = form.moment_of("at"), form.text_of("place"), form.text_of("agenda")
    planned = kept_standing(year).meetings
    missing = [each.code for each in counties(year) if each.code not in planned]
    if not missing:
        raise Invalid("county", "nothing_to_fill")
    for code in missing:
        meetings.plan(actor, year=year, county=code, at=at, place=place, agenda=agenda)
        at += timedelta(days=1)
        while at.weekday() > 4:
            at += timedelta(days=1)
    return None


def change(actor: Actor, year: int, form: PageForm) -> object:
    """Change time, place and agenda."""
    return meetings.change(
        actor,
        year=year,
        county=form.text_of("county"),
        at=form.moment_of("at"),
        place=form.text_of("place"),
        agenda=form.text_of("agenda"),
        why_older=form.text_of("older"),
    )


def hold(actor: Actor, year: int, form: PageForm) -> object:
    """Keep that a meeting was held, and its minutes."""
    return meetings.hold(actor, year=year, county=form.text_of("county"), minutes=form.text_of("minutes"))


def call_off(actor: Actor, year: int, form: PageForm) -> object:
    """Call off a meeting."""
    return meetings.call_off(actor, year=year, county=form.text_of("county"), reason=form.text_of("reason"))


def note(actor: Actor, year: int, form: PageForm) -> object:
    """Record who takes part."""
    present = {party: form.text_of(f"present_{party}") for party in PRESENT}
    return meetings.note_present(actor, year=year, county=form.text_of("county"), present=present)


def point(actor: Actor, year: int, form: PageForm) -> object:
    """Note an open point."""
    return meetings.add_point(actor, year=year, county=form.text_of("county"), point=form.text_of("point"))


def amend(actor: Actor, year: int, form: PageForm) -> object:
    """Add to the minutes of a held meeting."""
    return meetings.amend(actor, year=year, county=form.text_of("county"), addendum=form.text_of("addendum"))


def close_point(actor: Actor, year: int, form: PageForm) -> object:
    """Close an open point."""
    return meetings.close_point(actor, year=year, county=form.text_of("county"), point=form.key_of("identity"))


def reopen_point(actor: Actor, year: int, form: PageForm) -> object:
    """Open a closed point again."""
    return meetings.reopen_point(actor, year=year, county=form.text_of("county"), point=form.key_of("identity"))


def as_recommended(actor: Actor, year: int, form: PageForm) -> object:
    """Record what was recommended as the outcome: of one municipality, or of all that have none."""
    county, municipality = form.text_of("county"), form.text_of("municipality")
    return outcomes.outcomes_as_recommended(actor, year=year, county=county, municipality=municipality)


def ask(actor: Actor, year: int, form: PageForm) -> object:
    """Tell what a county needs to know."""
    return needs.ask(actor, year=year, county=form.text_of("county"), need=form.text_of("need"))


def answer(actor: Actor, year: int, form: PageForm) -> object:
    """Answer one need."""
    return needs.answer(
        actor,
        year=year,
        request=form.key_of("request"),
        reply=form.text_of("reply"),
        to=form.text_of("to") or AnsweredTo.TO_ONE,
        documents=form.files_of("attachment"),
    )


def join(actor: Actor, year: int, form: PageForm) -> object:
    """Answer one need by what has been answered to all before."""
    return needs.join(actor, year=year, request=form.key_of("request"), given=form.key_of("given"))
