"""Letters that are written on demand: composed and set as PDF first, then kept if they would still be the same.

Hundreds of letters take seconds to set, and everything else that is done in a round waits for its lock. So the lock is
taken when the files are there: what the round says then is composed once more, and must be what was set.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bosett.documents.letters import Content, Letter, Missing, Signer, letter_of
from bosett.render.typeset import NotTypeset, typeset_many
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, Objected, action, locked, note
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.letters.contents import signers_of
from bosett_web.queries.letters.text import kept
from bosett_web.queries.letters.truth import Basis
from bosett_web.queries.standing import Standing, standing
from bosett_web.records import clock
from bosett_web.records.models import Letter as LetterRecord

FORMS = ("nb", "nn")
"""The forms that letters are written in."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is to be kept.

    Attributes:
        kind: Kind of letter.
        receiver: Code of a municipality or county; of a county's own recommendation that county.
        version: Its version.
        reference: Its reference.
        language: nb or nn.
        content: What it says.
        answer_by: The day by which it asks for an answer that is its own, and not the round's or its receiver's.
        handed_over: Whether it has come to its receiver by being kept here.
        request: The request that it is about, if it is true of that alone.
    """

    kind: str
    receiver: str
    version: int
    reference: str
    language: str
    content: Content
    answer_by: date | None = None
    handed_over: bool = False
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """Letters of one kind, composed from a round as it stands.

    Attributes:
        letters: The letters.
        fault_at: The field to which a fault is told.
        move: The move that makes them, and the name of its event.
        subject: What the journal tells it of, when that is no letter.
        facts: What the journal tells beside them.
        texts: Free text of the same.
        then: What else is written in the same transaction.
    """

    letters: tuple[Written, ...]
    fault_at: str
    move: str = "letter.write"
    subject: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[], object] | None = field(default=None, compare=False)


Composer = Callable[[Standing], Composed]


@dataclass(frozen=True, slots=True)
class _Set:
    """A letter that has been set."""

    text: Letter
    pdf: bytes


def write(actor: Actor, /, *, year: int, compose: Composer) -> Event:
    """Compose letters, set them without holding the round, and keep them; those kept already are made anew.

    Args:
        actor: Who writes them, and may not approve them.
        year: Settlement year.
        compose: From the round as it stands to letters. It requires the right, and gives the same for the same round.

    Raises:
        Objected: Not by this role, or not now.
        Invalid: Something lacks, cannot be set, or has changed while the letters were set; then none is kept.
    """
    try:
        composed = compose(standing(year))
    except Objected:
        # The action below is refused in the same way, and journals it.
        return _keep(actor, year=year, compose=compose, composed=None, made=())
    return _keep(actor, year=year, compose=compose, composed=composed, made=_set(composed))


def signers(written: str, field: str) -> tuple[Signer, ...]:
    """Return who signs a round's letters.

    Raises:
        Invalid: Nobody does.
    """
    found = signers_of(written)
    if not found:
        raise Invalid(field, "letter_without_signers")
    return found


@action
def _keep(actor: Actor, /, *, year: int, compose: Composer, composed: Composed | None, made: Sequence[_Set]) -> Event:
    now = compose(locked(year))
    if composed is None or now != composed:
        raise Invalid(now.fault_at, "letters_changed_meanwhile")
    found, basis = {}, Basis(year)
    for each, held in zip(now.letters, made, strict=True):
        found[each.reference] = sha256 = hashlib.sha256(held.pdf).hexdigest()
        place = {"round_id": year, "kind": each.kind, "receiver": each.receiver, "version": each.version}
        LetterRecord.objects.update_or_create(**place, defaults=_values(each, held, sha256, actor.person_id, basis))
    if now.then is not None:
        now.then()
    one = now.letters[0].reference if len(now.letters) == 1 else ""
    subject = now.subject or (f"letter:{one}" if one else f"letters:{year}")
    state = "delivered" if now.letters[0].handed_over else "made"
    after = {"state": state, "day": clock.today(), "letters": found, **now.facts}
    return note(actor, Entry(now.move, subject, year, {}, after, now.texts))


def _set(composed: Composed) -> tuple[_Set, ...]:
    try:
        typed = [letter_of(each.content, each.language) for each in composed.letters]
        files = list(typeset_many(typed))
    except Missing as missing:
        raise Invalid(composed.fault_at, "letter_lacks", {"lacks": missing.lacks}) from None
    except NotTypeset as refused:
        raise Invalid(composed.fault_at, "letter_not_set", {"told": str(refused)}) from None
    return tuple(_Set(text, pdf) for text, pdf in zip(typed, files, strict=True))


def _values(each: Written, held: _Set, sha256: str, person: int, basis: Basis) -> Mapping[str, object]:
    """Return a letter's row. Facts that are used later are kept beside the text: nobody reads them out of a text."""
    told: dict[str, object] = {"rests_on": basis.of(each.kind, each.receiver, each.reference)}
    told |= {"answer_by": each.answer_by.isoformat()} if each.answer_by else {}
    arrived = {"state": "delivered", "delivered_at": clock.moment()} if each.handed_over else {}
    return {
        "reference": each.reference,
        "language": each.language,
        "title": held.text.title,
        "day": held.text.day,
        "content": {**kept(held.text), **told},
        "pdf": held.pdf,
        "sha256": sha256,
        "made_by": person,
        "request_id": each.request,
        **arrived,
    }
