"""What is not done in a round when it is to be closed, and the situation in which it is closed or taken up again."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from bosett.rounds.moves import Gate, Situation
from bosett.rounds.states import LetterState
from bosett_web.queries.round.duties import CLEAR_UP, newest_letters, of_decisions, unmade
from bosett_web.queries.situations import round_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Correction

ON_THEIR_WAY = (LetterState.MADE, LetterState.APPROVED, LetterState.QUEUED, LetterState.STOPPED, LetterState.FAILED)
"""States of a letter that has not come to its receiver."""
ANSWERING = "decision.record"


class Left(StrEnum):
    """A kind of thing that is left when a round is to be closed."""

    UNSENT = "unsent"  # letters that are yet to be made, or have not come
    UNANSWERED = "unanswered"  # municipalities without a decision on the newest request that they have got
    UNJUDGED = "unjudged"  # decisions that are not complete, and time that was asked for
    UNCORRECTED = "uncorrected"  # corrections that wait for their second person
    UNRELEASED = "unreleased"  # the numbers, while nobody has said when all may read them


def left(at: Standing) -> Mapping[Left, int]:
    """Return how much is left of a round by kind, only of what there is; in ten queries.

    What is left does not depend on the day: a round whose year is over owes nothing, and is not done for that.
    """
    letters = newest_letters(at.year)
    owed = [duty for duty in of_decisions(at) if duty.code != CLEAR_UP]
    counts = {
        Left.UNSENT: sum(state in ON_THEIR_WAY for _, state, _ in letters.values()) + len(unmade(at, letters)),
        Left.UNANSWERED: sum(duty.move.name == ANSWERING for duty in owed),
        Left.UNJUDGED: sum(duty.count for duty in owed if duty.move.name != ANSWERING),
        Left.UNCORRECTED: Correction.objects.filter(round=at.year, approved_at=None).count(),
        Left.UNRELEASED: int(at.release_at is None),
    }
    return {kind: count for kind, count in counts.items() if count}


def closing_situation(at: Standing, left: Mapping[Left, int]) -> Situation:
    """Return the situation in which a round is closed, or taken up again: with what is left, which a reason answers."""
    situation = round_situation(at)
    if not left:
        return situation
    counts = {kind.value: count for kind, count in left.items()}
    return replace(situation, unmet={**situation.unmet, Gate.NOTHING_LEFT: {"left": counts}})
