"""What is filled in of access, and what is done with it."""

from datetime import datetime, time

from django.utils import timezone

from bosett.rounds.parties import Grade
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import AlertHow
from bosett_web.actions.access import access
from bosett_web.screens.fields import ChoiceField, DayField, KeyField, KeyPickField, PickField, TextField
from bosett_web.screens.forms import PageForm


class GrantForm(PageForm):
    """Access for somebody of the organisation."""

    person = KeyPickField("access_person", needed=True)
    seat = KeyPickField("access_role", needed=True)
    grade = PickField("access_grade", [(grade.value, f"grade_{grade.value}") for grade in Grade], needed=True)


class LendForm(PageForm):
    """Access that is lent to a substitute, to the end of a day."""

    grant = KeyPickField("access_whose", needed=True)
    person = KeyPickField("access_substitute", needed=True)
    until = DayField("access_until", needed=True)


class AlertForm(PageForm):
    """How often e-mail is sent, and where to."""

    often = ChoiceField("field_often", [(each, f"alert_{each}") for each in AlertHow], needed=True)
    address = TextField("field_alert_address", explained="alert_address_help", marked=True)


class ReadForm(PageForm):
    """Up to which event what is new has been read."""

    upto = KeyField()


class InviteForm(PageForm):
    """The organisation, in a role, whose first administrator gets a link."""

    seat = KeyPickField("first_organisation", needed=True)


class RoleForm(PageForm):
    """A role that somebody takes on, or loses: by its grant."""

    grant = KeyField()


class CountyChoiceForm(PageForm):
    """A county whose municipalities are shown."""

    county = PickField("show_municipalities")


def grant(actor: Actor, form: PageForm) -> object:
    """Give somebody access."""
    return access.grant(actor, person=form.key_of("person"), seat=form.key_of("seat"), grade=form.text_of("grade"))


def lend(actor: Actor, form: PageForm) -> object:
    """Lend access to the end of a day in Norway."""
    until = timezone.make_aware(datetime.combine(form.day_of("until"), time.max))
    return access.lend(actor, grant=form.key_of("grant"), person=form.key_of("person"), until=until)


def withdraw(actor: Actor, form: PageForm) -> object:
    """Take access away."""
    return access.withdraw(actor, grant=form.key_of("grant"))
