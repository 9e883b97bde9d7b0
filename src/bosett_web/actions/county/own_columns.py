"""The columns of a county's sheet that are its own: what it calls them."""

from collections.abc import Mapping

from bosett.rounds.columns import NAMED_BY_COUNTY
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county.recommendations import located, subject_of
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import recommendation_situation
from bosett_web.records.models import Recommendation, RecommendationLine

LONGEST_NAME = 40
"""Characters in what a column is called: more are no heading."""


@action
def name_columns(actor: Actor, /, *, year: int, county: str, names: Mapping[str, str]) -> Event:
    """Say what a county calls the columns of its sheet that are its own; one without a name is not there.

    Args:
        actor: The county's case worker.
        year: Settlement year.
        county: County code.
        names: By field; empty takes a column away, which must hold nothing.

    Raises:
        Objected: As an edit.
        Invalid: A name is too long or given twice, a column that is taken away holds something, or nothing was changed.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject, year)
    after = {field: _name(field, names.get(field, "")) for field in NAMED_BY_COUNTY}
    after = {field: name for field, name in after.items() if name}
    _refuse_twice(after)
    before = row.own_columns
    if after == before:
        raise Invalid(NAMED_BY_COUNTY[0], "nothing_changed")
    for field in before.keys() - after.keys():
        if RecommendationLine.objects.filter(recommendation=row.id).exclude(**{field: ""}).exists():
            raise Invalid(field, "column_holds", {"name": before[field]})
    Recommendation.objects.filter(pk=row.id).update(own_columns=after)
    changed = [field for field in NAMED_BY_COUNTY if before.get(field) != after.get(field)]
    texts = {f"before-{field}": before.get(field, "") for field in changed}
    texts |= {field: after.get(field, "") for field in changed}
    return note(actor, Entry("recommendation.columns", subject, year, {}, {}, texts))


def _name(field: str, written: str) -> str:
    name = " ".join(text(field, written).split())
    if len(name) > LONGEST_NAME:
        raise Invalid(field, "column_long", {"most": LONGEST_NAME})
    return name


def _refuse_twice(names: Mapping[str, str]) -> None:
    seen: set[str] = set()
    for field, name in names.items():
        if name.casefold() in seen:
            raise Invalid(field, "column_taken", {"name": name})
        seen.add(name.casefold())
