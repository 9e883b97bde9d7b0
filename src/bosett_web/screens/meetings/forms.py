"""How the forms of meetings, needs and comments are read: one small function per move (see `moves.py`)."""

from bosett_web.accounts.actor import Actor
from bosett_web.actions.county import comments, outcomes
from bosett_web.actions.meetings import meetings, needs
from bosett_web.screens.forms import Form


def ask(actor: Actor, year: int, form: Form) -> object:
    """Tell what a county needs to know."""
    return needs.ask(actor, year=year, county=form.text("county"), need=form.text("need"))


def answer(actor: Actor, year: int, form: Form) -> object:
    """Answer one need."""
    request = form.whole("request")
    return needs.answer(actor, year=year, request=request, reply=form.text("reply"))


def change(actor: Actor, year: int, form: Form) -> object:
    """Change time, place and agenda."""
    return meetings.change(
        actor,
        year=year,
        county=form.text("county"),
        at=form.moment("at"),
        place=form.text("place"),
        agenda=form.text("agenda"),
        why_older=form.text("older"),
    )


def call_off(actor: Actor, year: int, form: Form) -> object:
    """Call off a meeting."""
    return meetings.call_off(actor, year=year, county=form.text("county"), reason=form.text("reason"))


def note(actor: Actor, year: int, form: Form) -> object:
    """Record who takes part."""
    present = {party: form.text(f"present_{party}") for party in ("directorate", "ks", "county")}
    return meetings.note_present(actor, year=year, county=form.text("county"), present=present)


def point(actor: Actor, year: int, form: Form) -> object:
    """Note an open point."""
    return meetings.add_point(actor, year=year, county=form.text("county"), point=form.text("point"))


def amend(actor: Actor, year: int, form: Form) -> object:
    """Add to the minutes of a held meeting."""
    return meetings.amend(actor, year=year, county=form.text("county"), addendum=form.text("addendum"))


def close_point(actor: Actor, year: int, form: Form) -> object:
    """Close an open point."""
    return meetings.close_point(actor, year=year, county=form.text("county"), point=form.whole("identity"))


def reopen_point(actor: Actor, year: int, form: Form) -> object:
    """Open a closed point again."""
    return meetings.reopen_point(actor, year=year, county=form.text("county"), point=form.whole("identity"))


def as_recommended(actor: Actor, year: int, form: Form) -> object:
    """Record what was recommended as the outcome: of one municipality, or of all that have none."""
    return outcomes.outcomes_as_recommended(
        actor, year=year, county=form.text("county"), municipality=form.text("municipality")
    )


def comment(actor: Actor, year: int, form: Form) -> object:
    """Say something of a recommendation."""
    return comments.comment(
        actor,
        year=year,
        county=form.text("county"),
        comment=form.text("comment"),
        municipality=form.text("municipality"),
    )
