"""Laying in what a sort of letter said the year before, where the workspace did not make it."""

import hashlib
from datetime import date
from typing import Any

from bosett.basis.languages import NORWEGIAN
from bosett.rounds.states import LetterState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.letters.former_texts import Formers
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import FormerWording, Letter


@action
def lay_in(actor: Actor, /, *, year: int, kind: str, language: str, words: str, source: str, day: date) -> Event:
    """Lay in the earlier text of a sort of letter; one that was laid in before is replaced, and kept in the journal.

    Args:
        actor: Who.
        year: Settlement year of the letters that are compared with it.
        kind: Kind of letter.
        language: nb or nn.
        words: The text, from its title to its greeting.
        source: Where it is taken from.
        day: Its date.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such sort, the workspace has such a letter itself, one of this year's is approved, or text,
            source or day lacks or cannot be.
    """
    at = locked(year)
    subject = f"letters:{year}"
    require("letter.wording", actor, new_situation(at), subject, year)
    if kind not in LetterKind.values or language not in NORWEGIAN:
        raise Invalid("wording_of", "wording_of_what")
    if Formers(year).has_letter((kind, language)):
        raise Invalid("wording_of", "wording_unneeded")
    if Letter.objects.filter(round=year, kind=kind, language=language).exclude(state=LetterState.MADE).exists():
        raise Invalid("wording_of", "wording_late")
    words = text("wording_text", words, needed=True)
    source = text("wording_source", source, needed=True)
    if day > clock.today():
        raise Invalid("wording_day", "wording_day_ahead")
    sort: dict[str, Any] = {"round_id": year, "kind": kind, "language": language}
    before = FormerWording.objects.filter(**sort).first()
    FormerWording.objects.update_or_create(**sort, defaults={"text": words, "source": source, "day": day})
    facts = {"kind": kind, "language": language, "day": day, "sha256": hashlib.sha256(words.encode()).hexdigest()}
    replaced = {"before-text": before.text, "before-source": before.source} if before else {}
    return note(actor, Entry("letter.wording", subject, year, {}, facts, {"source": source, **replaced}))
