"""Keeping letters that are written on demand: set as PDF, and one row for each reference."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bosett.documents.letters import Content, Missing, Signer, letter_of
from bosett.render.typeset import NotTypeset, typeset_many
from bosett_web.actions.doing import Invalid
from bosett_web.queries.lettering import signers_of
from bosett_web.queries.lettertext import kept
from bosett_web.records.letters import Letter


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that is to be kept.

    Attributes:
        kind: Kind of letter.
        receiver: Code of a municipality or county.
        version: Its version.
        reference: Its reference.
        language: nb or nn.
        content: What it says.
        request: The request that it tells of, if there is one.
    """

    kind: str
    receiver: str
    version: int
    reference: str
    language: str
    content: Content
    request: int | None = None


def keep(year: int, person: int, letters: Sequence[Written], field: str) -> dict[str, str]:
    """Set letters and keep them; one that is kept already and not approved is made anew under its reference.

    Args:
        year: Settlement year.
        person: Who wrote them, and may not approve them.
        letters: The letters, the same kind of all.
        field: The field to which a fault is told.

    Returns:
        The hash of each PDF by reference.

    Raises:
        Invalid: One of them lacks something or cannot be set; then none is kept.
    """
    try:
        typed = [letter_of(each.content, each.language) for each in letters]
        files = list(typeset_many(typed))
    except Missing as missing:
        raise Invalid(field, "letter_lacks", {"lacks": missing.lacks}) from None
    except NotTypeset as refused:
        raise Invalid(field, "letter_not_set", {"told": str(refused)}) from None
    found = {}
    for each, text, pdf in zip(letters, typed, files, strict=True):
        found[each.reference] = sha256 = hashlib.sha256(pdf).hexdigest()
        values = {
            "reference": each.reference,
            "request_id": each.request,
            "language": each.language,
            "title": text.title,
            "day": text.day,
            "content": kept(text),
            "pdf": pdf,
            "sha256": sha256,
            "made_by": person,
        }
        place = {"round_id": year, "kind": each.kind, "receiver": each.receiver, "version": each.version}
        Letter.objects.update_or_create(**place, defaults=values)
    return found


def signers(written: str, field: str) -> tuple[Signer, ...]:
    """Return who signs a round's letters.

    Raises:
        Invalid: Nobody does.
    """
    found = signers_of(written)
    if not found:
        raise Invalid(field, "letter_without_signers")
    return found
