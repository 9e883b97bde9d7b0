"""The circular letter: one to each county municipality, in its own form, from one set of facts."""

from collections.abc import Mapping
from dataclasses import replace

from bosett.documents.letters import Head
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.letterkeeping import Written, keep, signers
from bosett_web.actions.letters import FORMS
from bosett_web.actions.rounds import locked
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.circulars import KIND, Told, circular, known_forms, receiver_head, receivers
from bosett_web.queries.lettering import SENDER, languages_of
from bosett_web.queries.letters import letter_rows, settings_of
from bosett_web.queries.standing import new_situation
from bosett_web.records import clock

LEAST, MOST = 0, 100


@action
def circulate(actor: Actor, /, *, year: int, told: Told) -> Event:
    """Write the circular to every county municipality that has not got it; those not approved are written anew.

    Args:
        actor: Who.
        year: The coming settlement year.
        told: What the round does not hold.

    Raises:
        Objected: Not by this role.
        Invalid: Everybody has got it, or something lacks.
    """
    at = locked(year)
    require("letter.write", actor, new_situation(at), f"letters:{year}", year)
    settings, today = settings_of(year), clock.today()
    gone = {row.receiver for row in letter_rows(year) if row.kind == KIND and row.state != "made"}
    left = [county for county in receivers(year) if county.code not in gone]
    if not left:
        raise Invalid("circular", "circular_gone")
    if told.percent is not None and not LEAST <= told.percent <= MOST:
        raise Invalid("percent", "percent_outside")
    if any(day is not None and day <= today for day in (told.capacity_by, told.information_by)):
        raise Invalid("circular", "deadline_not_after")
    forms = {**told.forms, **known_forms(languages_of(year, settings.neutral_form))}
    unknown = [county.name for county in left if forms.get(county.code, "") not in FORMS[1:]]
    if unknown:
        raise Invalid("circular", "circular_forms", {"names": ", ".join(unknown)})
    head = Head(SENDER, (), today, None, signers(settings.signers, "circular"))
    references = {county.code: f"{year}/{county.code}-{KIND}-1" for county in left}
    content = circular(at, told, head)
    letters = [
        Written(
            kind=KIND,
            receiver=code,
            version=1,
            reference=reference,
            language=forms[code],
            content=replace(content, head=receiver_head(head, code, year, reference)),
        )
        for code, reference in references.items()
    ]
    made = keep(year, actor.person_id, letters, "circular")
    after = {"state": "made", "day": today, "letters": made, "percent": told.percent, "goes_on": told.goes_on}
    return note(actor, Entry("letter.write", f"letters:{year}", year, {}, after, _texts(told)))


def _texts(told: Told) -> Mapping[str, str]:
    situation = told.situation.nb if told.situation else ""
    return {"answer_to": text("answer_to", told.answer_to), "situation": text("situation_nb", situation)}
