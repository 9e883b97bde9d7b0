"""What letters are held to before they are approved and sent: that they are true, and are those that were seen.

And that each asks for the number that was decided, as it stands in the letter itself.
"""

from collections.abc import Sequence

from django.conf import settings

from bosett_web.actions.doing import Invalid
from bosett_web.queries.letters.addresses import unaddressed
from bosett_web.queries.letters.letters import LetterRow, digest_of
from bosett_web.queries.letters.numbers import departures
from bosett_web.queries.letters.truth import untruths
from bosett_web.records import clock


def as_seen(rows: Sequence[LetterRow], seen: str | None) -> None:
    """Hold letters to those that somebody has seen.

    Args:
        rows: The letters.
        seen: Digest of those that were seen; None when nobody has looked at a page.

    Raises:
        Invalid: One of them has been made anew since.
    """
    if seen is not None and seen != digest_of(rows):
        raise Invalid("letters", "letters_changed")


def still_true(year: int, rows: Sequence[LetterRow]) -> tuple[LetterRow, ...]:
    """Hold letters to what they rest on as the round stands, and return those that are true.

    Raises:
        Invalid: What they tell is not so any more, in any of them.
    """
    untrue = untruths(year, rows, clock.today())
    true = tuple(row for row in rows if row.id not in untrue)
    if not true:
        raise Invalid("letters", untrue[rows[0].id], {"reference": rows[0].reference})
    return true


def addressed(rows: Sequence[LetterRow]) -> None:
    """Hold letters to what their channel demands, before anybody approves what it would refuse.

    Raises:
        Invalid: The postal address of a receiver is not known.
    """
    lacking = unaddressed(row.receiver for row in rows) if settings.DISPATCH.needs_address else ()
    if lacking:
        name = next(row.name for row in rows if row.receiver == lacking[0])
        raise Invalid("letters", "letter_address_missing", {"count": len(lacking), "name": name})


def as_decided(year: int, rows: Sequence[LetterRow]) -> None:
    """Hold letters to the numbers that were decided: what is read in one is what its receiver is asked for.

    Raises:
        Invalid: One of them tells another number.
    """
    one = next((each for each in departures(year, rows) if each.in_letter is not None), None)
    if one is not None:
        facts = {"reference": one.row.reference, "number": one.in_letter, "decided": one.decided}
        raise Invalid("letters", "letter_number_differs", facts)
