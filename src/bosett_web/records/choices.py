"""The words of the tables' closed lists that the table of moves does not hold: each list once, for all who compare."""

from django.db.models import TextChoices


class Occasion(TextChoices):
    """When a version of a recommendation is made: kept by hand, or as it is submitted, final or taken up again."""

    KEPT = "kept"
    SUBMITTED = "submitted"
    FINAL = "final"
    REOPENED = "reopened"


class Decider(TextChoices):
    """Who decides in a county or a municipality: the administration, its executive committee, or its council."""

    ADMINISTRATION = "administration"
    EXECUTIVE = "executive"
    COUNCIL = "council"


class InputTopic(TextChoices):
    """What a county's input is about: preparedness, how what goes on is handled, or its own situation."""

    PREPAREDNESS = "preparedness"
    HANDLING = "handling"
    SITUATION = "situation"


class LetterKind(TextChoices):
    """Kinds of letters: those of the meetings and the counties, then those to a municipality of its number."""

    CIRCULAR = "circular"
    INVITATION = "invitation"
    CANCELLATION = "cancellation"
    AGENDA = "agenda"
    MINUTES = "minutes"
    RECOMMENDATION = "recommendation"
    REQUEST = "request"
    NOT_ASKED = "not_asked"
    REVISED = "revised"
    REMINDER = "reminder"


class NeedBasis(TextChoices):
    """What a need rests on: a registered forecast, or the shipped plan of the year with the stops that are told."""

    FORECAST = "forecast"
    PLAN = "plan"


class TryAct(TextChoices):
    """What a try did: it sent the letter, or asked the service what had become of it."""

    SEND = "send"
    ASK = "ask"


class TryOutcome(TextChoices):
    """What came of a try: begun is not known yet, unknown never was."""

    BEGUN = "begun"
    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FOUND = "found"
    ABSENT = "absent"


class AnsweredTo(TextChoices):
    """Whom the answer to a county's need is given to: the county that asked, or all, as shared knowledge."""

    TO_ONE = "to_one"
    TO_ALL = "to_all"


class DocumentKind(TextChoices):
    """Kinds of documents; the minutes of a meeting and a county's recommendation each with the letters of them."""

    ATTACHMENT = "attachment"
    LETTER = "letter"
    MINUTES = "minutes"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
