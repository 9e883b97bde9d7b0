"""Making letters: typed content from the round's own rows, set as PDF, one transaction and one event for each batch."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bosett.documents.letters import Letter as TypedLetter
from bosett.documents.letters import Missing, letter_of
from bosett.render.typeset import NotTypeset, typeset, typeset_many
from bosett.rounds.explanation import Explanation
from bosett_web.actions.doing import note
from bosett_web.journal.write import Entry
from bosett_web.queries.letters.contents import Due, explanations
from bosett_web.queries.letters.text import kept
from bosett_web.queries.letters.truth import letters_due, told_in
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Letter, SettlementRound

BATCH = 24
"""Letters in one transaction: about half a second of work."""
NotMade = dict[str, dict[str, object]]
"""Letters that could not be made by reference: the codes of what they lack, or what the typesetting told."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A letter that has been set."""

    due: Due
    text: TypedLetter
    pdf: bytes


def make_all(year: int, person: int) -> int:
    """Make every letter of a frozen round that is due and lacks nothing; safe to run again after a crash.

    Args:
        year: Settlement year.
        person: Who ordered it, and may not approve it.

    Returns:
        How many were made or made anew. One that would come out the same is left as it is.
    """
    at = standing(year)
    ready = [each for each in letters_due(at, clock.today()) if each.language and not each.lacks()]
    if not ready:
        return 0
    explained = explanations(at, {each.code for each in ready})
    return sum(_batch(year, person, ready[start : start + BATCH], explained) for start in range(0, len(ready), BATCH))


def _batch(year: int, person: int, batch: Sequence[Due], explained: Mapping[str, Explanation]) -> int:
    before = {row.pk: row.content for row in Letter.objects.filter(pk__in=[each.letter for each in batch])}
    texts: list[tuple[Due, TypedLetter]] = []
    not_made: NotMade = {}
    for each in batch:
        try:
            text = letter_of(each.explained(explained.get(each.code)), each.language or "")
        except Missing as missing:
            not_made[each.reference] = {"lacks": [lack.code for lack in missing.lacks]}
            continue
        if each.letter is None or before.get(each.letter) != _content(each, text):
            texts.append((each, text))
    made = _set(texts, not_made)
    return _store(year, person, made, not_made) if made or not_made else 0


def _set(texts: Sequence[tuple[Due, TypedLetter]], not_made: NotMade) -> list[_Made]:
    """Set letters; when one of them cannot be set, the others are set all the same."""
    try:
        files = list(typeset_many(text for _, text in texts))
    except NotTypeset:
        files = []
    if files:
        return [_Made(each, text, pdf) for (each, text), pdf in zip(texts, files, strict=True)]
    made = []
    for each, text in texts:
        try:
            made.append(_Made(each, text, typeset(text)))
        except NotTypeset as refused:
            not_made[each.reference] = {"told": refused.why}
    return made


def _store(year: int, person: int, made: Sequence[_Made], not_made: NotMade) -> int:
    with transaction.atomic(durable=True):
        SettlementRound.objects.select_for_update().get(pk=year)
        stored = {each.due.reference: _row(year, person, each) for each in made if _still_due(year, each.due)}
        after = {"state": "made", "by": person, "letters": stored, "not_made": dict(not_made)}
        note(None, Entry("letter.make", f"letters:{year}", year, {}, after))
    return len(stored)


def _still_due(year: int, each: Due) -> bool:
    """Tell whether nobody has moved the letter, or made it, since it was found due."""
    if each.letter is not None:
        return Letter.objects.filter(pk=each.letter, state="made").exists()
    return not Letter.objects.filter(round=year, receiver=each.code, version=each.version).exists()


def _content(each: Due, text: TypedLetter) -> dict[str, Any]:
    """Return what is kept of a letter: its text, and what it rests on."""
    return {**kept(text), "rests_on": told_in(each.content)}


def _row(year: int, person: int, each: _Made) -> str:
    """Store a letter and return its hash; one that is made anew keeps its reference."""
    sha256 = hashlib.sha256(each.pdf).hexdigest()
    values = {
        "kind": each.due.kind,
        "request_id": each.due.request,
        "language": each.text.language,
        "title": each.text.title,
        "day": each.text.day,
        "content": _content(each.due, each.text),
        "pdf": each.pdf,
        "sha256": sha256,
        "made_by": person,
    }
    if each.due.letter is not None:
        Letter.objects.filter(pk=each.due.letter).update(**values)
    else:
        Letter.objects.create(
            round_id=year,
            receiver=each.due.code,
            version=each.due.version,
            reference=each.due.reference,
            **values,
        )
    return sha256
