"""Reminders: to all at once that have been asked, and have not decided by the deadline or just before it."""

from datetime import date

from bosett.documents.letters import HowToAnswer, LetterHead, Worded
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, require
from bosett_web.actions.letters.making import Composed, Written, signers, write
from bosett_web.journal.models import Event
from bosett_web.queries.decisions.deadlines import REMINDER
from bosett_web.queries.letters.contents import KS, SENDER, languages_of
from bosett_web.queries.letters.letters import letter_rows, settings_of
from bosett_web.queries.letters.reminders import Remindable, remindable
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock


def remind(actor: Actor, /, *, year: int, answer_by: date | None, again: bool = False) -> Event:
    """Write a reminder to everybody that is to be reminded; one that is not approved yet is written anew.

    Its new deadline counts from when it has come to the municipality.

    Args:
        actor: Who.
        year: Settlement year.
        answer_by: New deadline of those whose own has passed.
        again: Whether those that have been reminded already are reminded once more.

    Raises:
        Objected: Not by this role.
        Invalid: There is nobody to remind, or something lacks.
    """

    def compose(at: Standing) -> Composed:
        require("letter.write", actor, new_situation(at), f"letters:{year}", year)
        to_remind = _found(at, actor, again=again)
        today, settings = clock.today(), settings_of(year)
        if any(each.late for each in to_remind) and (answer_by is None or answer_by <= today):
            raise Invalid("remind_by", "deadline_not_after")
        if not settings.how_to_answer:
            raise Invalid("remind_by", "reminder_without_way")
        head = LetterHead(SENDER, (), today, None, signers(settings.signers, "remind_by"), copies=(KS,))
        answer = HowToAnswer(answer_by, Worded.same(settings.how_to_answer))
        letters = tuple(_letter(each, year, head, answer) for each in to_remind)
        return Composed(letters, "remind_by", facts={"answer_by": answer_by}, apart=True)

    return write(actor, year=year, compose=compose)


def _found(at: Standing, actor: Actor, *, again: bool) -> list[Remindable]:
    languages = languages_of(at.year, settings_of(at.year).neutral_form)
    everybody = remindable(at, letter_rows(at.year), languages, actor.who, clock.moment(), clock.today())
    to_remind = [each for each in everybody if each.ready(again=again)]
    if not to_remind:
        raise Invalid("remind_by", "nobody_to_remind")
    return to_remind


def _letter(each: Remindable, year: int, head: LetterHead, answer: HowToAnswer) -> Written:
    return Written(
        kind=REMINDER,
        receiver=each.code,
        version=each.version,
        reference=each.reference(year),
        language=each.language or "",
        content=each.content(year, head, answer),
        answer_by=answer.deadline if each.late else None,
        request=each.request,
    )
