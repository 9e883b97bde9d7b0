"""Who is to be reminded of a request: its deadline has passed or is near, and there is no decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bosett.documents.letters import HowToAnswer, LetterHead, Reminder
from bosett.documents.letters.names import alphabetical, municipality_receiver
from bosett.rounds.parties import Party, Who
from bosett.rounds.states import LetterState
from bosett_web.queries.decisions.deadlines import REMINDER
from bosett_web.queries.decisions.decisions import Answer, answers
from bosett_web.queries.letters.addresses import addresses_of
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.references import reference as reference_of
from bosett_web.queries.sight import lines_for
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Request
from bosett_web.records.models.letters import SENT


@dataclass(frozen=True, slots=True)
class Remindable:
    """A municipality that has not decided.

    Attributes:
        answer: What it was asked for and until when.
        late: Whether its deadline has passed; otherwise it is near.
        language: nb, nn, or None when it is not known.
        last: Its newest reminder.
        address: Where it gets post, as far as it is known.
        request: The request that it is reminded of.
    """

    answer: Answer
    late: bool
    language: str | None
    last: LetterRow | None
    address: tuple[str, ...] = ()
    request: int | None = None

    @property
    def code(self) -> str:
        """The municipality."""
        return self.answer.line.code

    @property
    def name(self) -> str:
        """Its name."""
        return self.answer.line.name

    @property
    def reminded(self) -> bool:
        """Whether a reminder has reached it."""
        return self.last is not None and self.last.state in SENT

    @property
    def on_way(self) -> bool:
        """Whether a reminder is approved or going out; one that has failed is not."""
        return (
            self.last is not None
            and self.last.state not in (LetterState.MADE, LetterState.FAILED)
            and not self.reminded
        )

    @property
    def version(self) -> int:
        """Version of the reminder that is made now; one that is not approved is made anew."""
        if self.last is None:
            return 1
        return self.last.version + (self.last.state != LetterState.MADE)

    def ready(self, *, again: bool) -> bool:
        """Tell whether a reminder can be made; `again` reminds also those that have been reminded."""
        return self.language is not None and not self.on_way and (again or not self.reminded)

    def content(self, year: int, head: LetterHead, answer: HowToAnswer) -> Reminder:
        """Return what the reminder says; a deadline that is yet to come stays as it is."""
        deadline, receiver = self.answer.deadline, municipality_receiver(self.code, year, self.address)
        return Reminder(
            head=replace(head, receivers=(receiver,), reference=self.reference(year)),
            year=year,
            number=self.answer.asked,
            asked_on=self.answer.sent_on,
            deadline=deadline,
            answer=answer if self.late else HowToAnswer(deadline, answer.way),
        )

    def reference(self, year: int) -> str:
        """Return the reference of the reminder that is made now."""
        return reference_of(year, self.code, REMINDER, self.version)


def remindable(
    at: Standing,
    rows: Iterable[LetterRow],
    languages: Mapping[str, str | None],
    who: Who,
    moment: datetime,
    today: date,
) -> tuple[Remindable, ...]:
    """Return who has not decided though the deadline has passed or is near, by name, in eleven queries.

    One whose deadline is today is neither late nor left any time, and is not among them. Nor is one whose number has
    been corrected: it is to get the corrected one first.

    Args:
        at: The round as it stands.
        rows: The round's letters.
        languages: Language of each municipality, None where it is not known.
        who: Who looks.
        moment: When.
        today: The workspace's day.
    """
    if not at.is_frozen or at.is_closed:
        return ()
    addresses = addresses_of(Party.MUNICIPALITY)
    last = {row.receiver: row for row in rows if row.kind == REMINDER}
    requests = _sent_newest(at.year)
    remindables = [
        Remindable(
            answer=each,
            late=each.late(today),
            language=languages[each.line.code],
            last=last.get(each.line.code),
            address=addresses.get(each.line.code, ()),
            request=requests[each.line.code],
        )
        for each in answers(at, lines_for(at, who, moment), who, moment)
        if each.line.code in requests and each.deadline != today and (each.late(today) or each.near(today))
    ]
    return tuple(sorted(remindables, key=lambda each: alphabetical(each.name)))


def _sent_newest(year: int) -> Mapping[str, int]:
    """Return the newest request of each municipality that has got it."""
    rows = Request.objects.filter(round=year).order_by("version").values_list("municipality", "pk", "sent_at")
    newest = {code: (request, sent_at) for code, request, sent_at in rows}
    return {code: request for code, (request, sent_at) in newest.items() if sent_at is not None}
