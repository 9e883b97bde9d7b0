"""What KS says of a county's recommendation, wherever it stands on the screens."""

from bosett_web.accounts.actor import Actor
from bosett_web.actions.county import comments
from bosett_web.screens.fields import CarriedField, PageField, PickField, TextField
from bosett_web.screens.forms import CountyForm, PageForm


class CommentForm(CountyForm):
    """A comment on a county's recommendation, or on one municipality in it."""

    municipality: PageField = CarriedField()
    comment = TextField("field_comment", needed=True, explained="no_person", rows=3)


class CommentOfForm(CommentForm):
    """The same, where it is chosen what the comment is on."""

    municipality = PickField("comment_of")


def comment(actor: Actor, year: int, form: PageForm) -> object:
    """Say something of a recommendation."""
    county, remark, municipality = (form.text_of(name) for name in ("county", "comment", "municipality"))
    return comments.comment(actor, year=year, county=county, comment=remark, municipality=municipality)
