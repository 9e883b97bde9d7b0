"""What may be said of the targets: decided where the committee decides them, set after advice where it only advises."""

from dataclasses import dataclass
from datetime import date

from bosett.rounds.parties import TargetsRole, agreement_on


@dataclass(frozen=True, slots=True)
class Mandate:
    """What the national committee does with the targets, as the choice of the words beside it; None is not known.

    In a text, `{mandate:vedtatt|fastsatt etter råd|fastsatt}` takes the first words where the committee decides, the
    second where it advises, and the last where no agreement is known; with two, the last is said in both other cases.
    """

    role: TargetsRole | None

    def __format__(self, form: str) -> str:
        """Return the words that are true."""
        words = form.split("|")
        last = len(words) - 1
        return words[last if self.role is None else min([*TargetsRole].index(self.role), last)]


NOT_KNOWN = Mandate(None)
"""What is said where no round is shown, or no agreement known: what is true in any year."""


def mandate_on(day: date) -> Mandate:
    """Return what may be said of targets of a day: by the agreement that was in force on it."""
    agreement = agreement_on(day)
    return Mandate(agreement.role) if agreement else NOT_KNOWN
