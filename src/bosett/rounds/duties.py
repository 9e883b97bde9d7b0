"""What a situation makes somebody's duty: the moves of the table that are owed now, and wait on nobody else."""

from collections.abc import Collection

from bosett.rounds.due import Due
from bosett.rounds.moves import BY_TRACK, SKIPPABLE, Gate, Move, Situation, Track

OWN_WORK = frozenset(
    {
        Gate.SUMS_CLOSE,
        Gate.NUMBERS_COMPLETE,
        Gate.DEPARTURES_REASONED,
        Gate.OUTCOMES_COMPLETE,
        Gate.MINUTES_WRITTEN,
        Gate.TARGET_REACHED,
    }
)
"""Gates that the one who makes the move fulfils on the way to it: they are part of the duty and do not postpone it."""


def is_owed(move: Move, situation: Situation) -> bool:
    """Tell whether a move is a duty in a situation: somebody waits for it, and it waits on nobody else."""
    return (
        isinstance(move.duty, Due)
        and situation.state == move.start
        and not situation.ended(move)
        and not any(_waits(gate, situation) for gate in move.gates)
    )


def owed(track: Track, situation: Situation, unless: Collection[str] = ()) -> tuple[Move, ...]:
    """Return the moves of a track that are owed in a situation, in the order of the table.

    Args:
        track: The track.
        situation: The thing that would be moved.
        unless: Names of moves that the situation alone does not tell about, and that are not owed.
    """
    return tuple(move for move in BY_TRACK[track] if move.name not in unless and is_owed(move, situation))


def _waits(gate: Gate, situation: Situation) -> bool:
    skipped = gate in situation.skipped and gate in SKIPPABLE
    return gate in situation.unmet and gate not in OWN_WORK and not skipped
