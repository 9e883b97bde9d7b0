"""How far each thing of a round has come: the states that the table of moves leads between, a class for each track."""

from enum import StrEnum


class CriteriaState(StrEnum):
    """A version of the criteria."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    SHARED = "shared"


class AlternativeState(StrEnum):
    """A choice of weights that was tried and is kept by name."""

    DRAFTED = "drafted"
    SHARED = "shared"
    RETIRED = "retired"


class ForecastState(StrEnum):
    """A forecast, which is registered or not there."""

    REGISTERED = "registered"


class TargetsState(StrEnum):
    """A version of the national target and the counties' targets."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    DECIDED = "decided"


class ProposalState(StrEnum):
    """A proposal, which the workspace computes by itself once it is queued."""

    QUEUED = "queued"
    COMPUTED = "computed"
    FAILED = "failed"
    SHARED = "shared"


class RecommendationState(StrEnum):
    """A county's recommendation."""

    OPEN = "open"
    READY = "ready"
    SUBMITTED = "submitted"
    DISCUSSED = "discussed"
    FINAL = "final"
    RETURNED = "returned"


class MeetingState(StrEnum):
    """A meeting: dropped before anybody was invited, or called off after."""

    PLANNED = "planned"
    INVITED = "invited"
    HELD = "held"
    DROPPED = "dropped"
    CALLED_OFF = "called_off"


class InformationState(StrEnum):
    """What a county asks to be told."""

    ASKED = "asked"
    ANSWERED = "answered"


class NoticeState(StrEnum):
    """A version of a notice of what goes on; a changed one is replaced by the next."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"


class CapacityState(StrEnum):
    """What is told of capacity: it was asked for, and reported."""

    ASKED = "asked"
    REPORTED = "reported"


class InputState(StrEnum):
    """A county's input in prose."""

    DRAFTED = "drafted"
    SENT = "sent"
    READ = "read"
    ANSWERED = "answered"


class PlacementState(StrEnum):
    """What is kept of who can move in where: the groups that wait, what is agreed, and plans."""

    WAITING = "waiting"
    AGREED = "agreed"
    LIFTED = "lifted"
    KEPT = "kept"


class RoundState(StrEnum):
    """The round's final numbers, and last the round itself."""

    OPEN = "open"
    NUMBERS_SUBMITTED = "numbers_submitted"
    FROZEN = "frozen"
    CLOSED = "closed"

    @property
    def is_frozen(self) -> bool:
        """Whether the numbers are frozen: they stay so when the round is closed."""
        return self in (RoundState.FROZEN, RoundState.CLOSED)


class LetterState(StrEnum):
    """A letter that is there."""

    MADE = "made"
    APPROVED = "approved"
    QUEUED = "queued"
    STOPPED = "stopped"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    ON_PAPER = "on_paper"


class LetterWork(StrEnum):
    """What is done for letters beside the letters themselves: no row of a letter is in one of these."""

    PREPARED = "prepared"
    REMOVED = "removed"
    ADDRESSED = "addressed"


class DecisionState(StrEnum):
    """A municipality's decision; the table of moves knows all but a replaced one, which a newer version makes."""

    ANSWERED = "answered"
    UNCLEAR = "unclear"
    COMPLETE = "complete"
    REPLACED = "replaced"


class AnswerTime(StrEnum):
    """When a municipality answers: the day that it tells, and the longer time that it asks for."""

    PLANNED = "planned"
    TIME_ASKED = "time_asked"
    TIME_GIVEN = "time_given"
    TIME_REFUSED = "time_refused"


class LedgerState(StrEnum):
    """A row of the ledger of the settlement year, which is entered and never changes."""

    ENTERED = "entered"


class NeedRunState(StrEnum):
    """A forecast of the need that is simulated in full in the background."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class NeedAlertState(StrEnum):
    """An alert that the need has moved; one that a newer one has taken the place of is replaced."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    REPLACED = "replaced"
    ENDED = "ended"


class RevisionState(StrEnum):
    """A revision of the requests of a frozen round: its total is the committee's, its numbers the directorate's."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    TOTAL_DECIDED = "total_decided"
    DECIDED = "decided"
    DROPPED = "dropped"


class FetchState(StrEnum):
    """A table that was asked for, to be fetched from its publisher; reading it in is what makes it fetched."""

    FETCHING = "fetching"
    FETCHED = "fetched"
    NOT_FETCHED = "not_fetched"


class FigureState(StrEnum):
    """A set of figures of one's own."""

    READ_IN = "read_in"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
