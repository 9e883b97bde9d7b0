"""Making letters: what one says is composed and set as PDF, and kept with what it rests on.

Setting hundreds of letters takes seconds, and everything else that is done in a round waits for its lock. So the files
are made first, and the lock is taken when they are there. Letters that are written on demand are then composed once
more, must be what was set, and are kept in one event: all or none, or, where each stands apart, those that are the
same. Those that tell municipalities of their numbers are made in the background, in batches: each that can be made is
kept, and what lacks in the others is journalled.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from bosett.documents.letters import Content, Letter, Missing, Signer, letter_of
from bosett.render.typeset import NotTypeset, typeset, typeset_many
from bosett.rounds.explanation import Explanation
from bosett.rounds.states import LetterState, RoundState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, Objected, action, locked, note
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.explained import explained_by_run
from bosett_web.queries.letters.contents import DueLetter, signers_of
from bosett_web.queries.letters.text import kept
from bosett_web.queries.letters.truth import Basis, letters_due, told_in
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import Letter as LetterRecord
from bosett_web.records.models import SettlementRound

BATCH = 24
"""Letters in one transaction of the background: about half a second of work."""


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
        apart: Whether each stands apart: one that has changed while they were set is left out, and the others are kept.
    """

    letters: tuple[Written, ...]
    fault_at: str
    move: str = "letter.write"
    subject: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[], object] | None = field(default=None, compare=False)
    apart: bool = False


Composer = Callable[[Standing], Composed]
NotMade = dict[str, dict[str, object]]
"""Letters that could not be made by reference: the codes of what they lack, or what the typesetting told."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A letter that has been set."""

    text: Letter
    pdf: bytes

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.pdf).hexdigest()

    def values(self, person: int, **facts: object) -> Mapping[str, object]:
        """Return the columns of its row; `facts` that are used later are kept beside the text, not read out of it."""
        return {
            "language": self.text.language,
            "title": self.text.title,
            "day": self.text.day,
            "content": {**kept(self.text), **facts},
            "pdf": self.pdf,
            "sha256": self.sha256,
            "made_by_id": person,
        }


def write(actor: Actor, /, *, year: int, compose: Composer) -> Event:
    """Compose letters, set them without holding the round, and keep them; those kept already are made anew.

    Args:
        actor: Who writes them, and may not approve them.
        year: Settlement year.
        compose: From the round as it stands to letters. It requires the right, and gives the same for the same round.

    Raises:
        Objected: Not by this role, or not now.
        Invalid: Something lacks, cannot be set, or has changed while the letters were set: in one of those that belong
            together, or in each of those that stand apart. Then none is kept.
    """
    try:
        composed = compose(standing(year))
    except Objected:
        # The action below is refused in the same way, and journals it.
        return _keep(actor, year=year, compose=compose, composed=None, made=())
    return _keep(actor, year=year, compose=compose, composed=composed, made=_set_all(composed))


def signers(written: str, field: str) -> tuple[Signer, ...]:
    """Return who signs a round's letters.

    Raises:
        Invalid: Nobody does.
    """
    signing = signers_of(written)
    if not signing:
        raise Invalid(field, "letter_without_signers")
    return signing


def make_all(year: int, person: int) -> int:
    """Make every letter of a frozen round that is due and lacks nothing; safe to run again after a crash.

    Args:
        year: Settlement year.
        person: Who ordered it, and may not approve it.

    Returns:
        How many were made or made anew: none of a closed round, and one that would come out the same is left as it is.
    """
    at = standing(year)
    if at.is_closed:
        return 0
    ready = [each for each in letters_due(at, clock.today()) if each.language and not each.lacks()]
    if not ready:
        return 0
    run = at.current_proposal
    explained = explained_by_run(run.id, {each.code for each in ready}) if run else {}
    return sum(_batch(year, person, ready[start : start + BATCH], explained) for start in range(0, len(ready), BATCH))


@action
def _keep(actor: Actor, /, *, year: int, compose: Composer, composed: Composed | None, made: Sequence[_Set]) -> Event:
    now = compose(locked(year))
    files = _still_so(now, composed, made)
    stored, basis = {}, Basis(year)
    for each in now.letters:
        file = files.get(each.reference)
        if file is None:
            continue
        place: dict[str, Any] = {"round_id": year, "kind": each.kind}
        place |= {"receiver": each.receiver, "version": each.version}
        facts: dict[str, object] = {"rests_on": basis.of(each.kind, each.receiver, each.reference)}
        facts |= {"answer_by": each.answer_by.isoformat()} if each.answer_by else {}
        arrived = {"state": LetterState.DELIVERED, "delivered_at": clock.moment()} if each.handed_over else {}
        values = {**file.values(actor.person_id, **facts), "reference": each.reference, "request_id": each.request}
        LetterRecord.objects.update_or_create(**place, defaults=values | arrived)
        stored[each.reference] = file.sha256
    if now.then is not None:
        now.then()
    one = now.letters[0].reference if len(now.letters) == 1 else ""
    subject = now.subject or (f"letter:{one}" if one else f"letters:{year}")
    state = LetterState.DELIVERED if now.letters[0].handed_over else LetterState.MADE
    after = {"state": state, "day": clock.today(), "letters": stored, **now.facts}
    if composed is not None and (left_out := [row.reference for row in composed.letters if row.reference not in files]):
        after["left_out"] = left_out
    return note(actor, Entry(now.move, subject, year, {}, after, now.texts))


def _still_so(now: Composed, composed: Composed | None, made: Sequence[_Set]) -> Mapping[str, _Set]:
    """Return the files of the letters that say now what they were set to say, by reference."""
    written = {each.reference: each for each in now.letters}
    set_before = zip(composed.letters if composed else (), made, strict=True)
    files = {each.reference: file for each, file in set_before if each == written.get(each.reference)}
    if not files or (now != composed and not now.apart):
        raise Invalid(now.fault_at, "letters_changed_meanwhile")
    return files


def _set_all(composed: Composed) -> tuple[_Set, ...]:
    try:
        texts = [letter_of(each.content, each.language) for each in composed.letters]
        files = list(typeset_many(texts))
    except Missing as missing:
        raise Invalid(composed.fault_at, "letter_lacks", {"lacks": missing.lacks}) from None
    except NotTypeset as refused:
        raise Invalid(composed.fault_at, "letter_not_set", {"told": str(refused)}) from None
    return tuple(_Set(text, pdf) for text, pdf in zip(texts, files, strict=True))


def _batch(year: int, person: int, batch: Sequence[DueLetter], explained: Mapping[str, Explanation]) -> int:
    before = {row.pk: row.content for row in LetterRecord.objects.filter(pk__in=[each.letter for each in batch])}
    texts: list[tuple[DueLetter, Letter]] = []
    not_made: NotMade = {}
    for each in batch:
        try:
            text = letter_of(each.explained(explained.get(each.code)), each.language or "")
        except Missing as missing:
            not_made[each.reference] = {"lacks": [lack.code for lack in missing.lacks]}
            continue
        if each.letter is None or before.get(each.letter) != {**kept(text), "rests_on": told_in(each.content)}:
            texts.append((each, text))
    made = _set_each(texts, not_made)
    return _store(year, person, made, not_made) if made or not_made else 0


def _set_each(texts: Sequence[tuple[DueLetter, Letter]], not_made: NotMade) -> list[tuple[DueLetter, _Set]]:
    """Set letters; when one of them cannot be set, the others are set all the same."""
    try:
        files = list(typeset_many(text for _, text in texts))
        return [(each, _Set(text, pdf)) for (each, text), pdf in zip(texts, files, strict=True)]
    except NotTypeset:
        made = []
    for each, text in texts:
        try:
            made.append((each, _Set(text, typeset(text))))
        except NotTypeset as refused:
            not_made[each.reference] = {"told": refused.why}
    return made


def _store(year: int, person: int, made: Sequence[tuple[DueLetter, _Set]], not_made: NotMade) -> int:
    with transaction.atomic(durable=True):
        if SettlementRound.objects.select_for_update().get(pk=year).state == RoundState.CLOSED:
            return 0
        stored = {each.reference: _row(year, person, each, file) for each, file in made if _still_due(year, each)}
        after = {"state": LetterState.MADE, "by": person, "letters": stored, "not_made": dict(not_made)}
        note(None, Entry("letter.make", f"letters:{year}", year, {}, after))
    return len(stored)


def _still_due(year: int, each: DueLetter) -> bool:
    """Tell whether nobody has moved the letter, or made it, since it was found due."""
    if each.letter is not None:
        return LetterRecord.objects.filter(pk=each.letter, state=LetterState.MADE).exists()
    return not LetterRecord.objects.filter(round=year, receiver=each.code, version=each.version).exists()


def _row(year: int, person: int, each: DueLetter, file: _Set) -> str:
    """Store a letter and return its hash; one that is made anew keeps its reference."""
    values: dict[str, Any] = {"kind": each.kind, "request_id": each.request}
    values |= file.values(person, rests_on=told_in(each.content))
    if each.letter is not None:
        LetterRecord.objects.filter(pk=each.letter).update(**values)
    else:
        place = {"round_id": year, "receiver": each.code, "version": each.version, "reference": each.reference}
        LetterRecord.objects.create(**place, **values)
    return file.sha256
