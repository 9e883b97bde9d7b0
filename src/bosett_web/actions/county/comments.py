"""What KS says of a county's recommendation, as a whole or of one municipality in it."""

from bosett.documents.letters import AddendumKind
from bosett.geography import municipalities
from bosett_web.accounts.actor import Actor
from bosett_web.actions.addenda import add_if_held
from bosett_web.actions.county.recommendations import located, subject_of
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import recommendation_situation
from bosett_web.records import clock
from bosett_web.records.models import Comment


@action
def comment(actor: Actor, /, *, year: int, county: str, comment: str, municipality: str = "") -> Event:
    """Say something of a submitted recommendation; what was said before stays.

    Args:
        actor: Who.
        year: Settlement year.
        county: County that the recommendation is of.
        comment: What is said.
        municipality: Municipality that it is said of, or empty for the county as a whole.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The municipality is not in the county, or nothing is said.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.comment", actor, recommendation_situation(at, row), subject, year)
    names = {each.code: each.display_name for each in municipalities(year) if each.county == county}
    if municipality and municipality not in names:
        raise Invalid("municipality", "municipality_not_in_county", {"municipality": municipality, "county": county})
    comment = text("comment", comment, needed=True)
    Comment.objects.create(round_id=year, county=county, municipality=municipality, text=comment, day=clock.today())
    add_if_held(actor, at, county, AddendumKind.COMMENT, about=names.get(municipality, ""), text=comment)
    facts = {"municipality": municipality}
    return note(actor, Entry("recommendation.comment", subject, year, {}, facts, {"comment": comment}))
