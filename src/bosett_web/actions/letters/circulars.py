"""The circular letter: one to each county municipality, in its own form, from one set of facts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bosett.documents.letters import LetterHead
from bosett.documents.letters.names import DECIDERS_OF_TARGETS
from bosett.rounds.parties import Party
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, require
from bosett_web.actions.letters.making import Composed, Written, signers, write
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.queries.letters.addresses import addresses_of
from bosett_web.queries.letters.circulars import KIND, CircularFacts, circular, left_of, receiver_head, version_of
from bosett_web.queries.letters.contents import KS, SENDER, languages_of
from bosett_web.queries.letters.letters import LetterRow, Settings, letter_rows, settings_of
from bosett_web.queries.letters.receivers import known_forms, unknown_forms
from bosett_web.queries.letters.references import reference as reference_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock

LEAST, MOST = 0, 100


def circulate(actor: Actor, /, *, year: int, facts: CircularFacts) -> Event:
    """Write the circular to every county municipality that has not got it; those not approved are written anew.

    Args:
        actor: Who.
        year: The coming settlement year.
        facts: What the round does not hold.

    Raises:
        Objected: Not by this role.
        Invalid: Everybody has got it, or something lacks.
    """

    def compose(at: Standing) -> Composed:
        require("letter.write", actor, new_situation(at), f"letters:{year}", year)
        _checked(facts)
        settings, today = settings_of(year), clock.today()
        rows = letter_rows(year)
        forms = _forms(rows, facts, settings, year)
        head = LetterHead(SENDER, (), today, None, signers(settings.signers, "circular"), copies=(KS,))
        content, addresses = circular(at, facts, head), addresses_of(Party.COUNTY)
        if content.reception_goes_on and content.reception_stop is not None:
            raise Invalid("goes_on", "goes_on_stopped", {"since": content.reception_stop.since})
        letters = tuple(
            Written(
                kind=KIND,
                receiver=code,
                version=(version := version_of(rows, code)),
                reference=(reference := reference_of(year, code, KIND, version)),
                language=form,
                content=replace(content, head=receiver_head(head, code, reference, addresses.get(code, ()))),
                answer_by=min((day for day in (facts.capacity_by, facts.information_by) if day), default=None),
            )
            for code, form in forms.items()
        )
        kept = {"percent": facts.percent, "goes_on": facts.goes_on, "targets_by": facts.targets_by}
        return Composed(letters, "circular", facts=kept, texts=_texts(facts))

    return write(actor, year=year, compose=compose)


def _checked(facts: CircularFacts) -> None:
    if facts.percent is not None and not LEAST <= facts.percent <= MOST:
        raise Invalid("percent", "percent_outside")
    if facts.targets_by not in ("", *DECIDERS_OF_TARGETS):
        raise Invalid("targets_by", "not_a_choice")
    if any(day is not None and day <= clock.today() for day in (facts.capacity_by, facts.information_by)):
        raise Invalid("circular", "deadline_not_after")


def _forms(rows: Sequence[LetterRow], facts: CircularFacts, settings: Settings, year: int) -> Mapping[str, str]:
    """Return the form of each county municipality that is to get it."""
    left = left_of(rows, clock.today())
    if not left:
        raise Invalid("circular", "circular_gone")
    forms = {**facts.forms, **known_forms(languages_of(year, settings.neutral_form))}
    unknown = unknown_forms((county.code for county in left), forms)
    if unknown:
        names = ", ".join(county.name for county in left if county.code in unknown)
        raise Invalid("circular", "circular_forms", {"names": names})
    return {county.code: forms[county.code] for county in left}


def _texts(facts: CircularFacts) -> Mapping[str, str]:
    situation = facts.situation.nb if facts.situation else ""
    return {"answer_to": text("answer_to", facts.answer_to), "situation": text("situation_nb", situation)}
