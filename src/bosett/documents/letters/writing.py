"""From facts to a letter: one entry for every kind."""

from collections.abc import Callable, Mapping

from bosett.documents.letters.blocks import Letter, LetterAttachment
from bosett.documents.letters.contents import Circular, Content, CountySheetLetter, NotAsked, Reminder, Request, Revised
from bosett.documents.letters.meeting_contents import Agenda, Cancellation, Invitation, Minutes
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import COMMON
from bosett.documents.letters.write import circular, county, meetings, request
from bosett.documents.letters.write.frame import Framed, after_lists, known, marks, receiver_lines

WRITERS: Mapping[type, tuple[str, Callable[..., Framed]]] = {
    Circular: ("circular", circular.circular),
    Invitation: ("invitation", meetings.invitation),
    Cancellation: ("cancellation", meetings.cancellation),
    Agenda: ("agenda", meetings.agenda),
    Minutes: ("minutes", meetings.minutes),
    CountySheetLetter: ("sheet", county.county),
    Request: ("request", request.request),
    NotAsked: ("not-asked", request.not_asked),
    Revised: ("revised", request.revised),
    Reminder: ("reminder", request.reminder),
}
"""By the type of its content: what a letter is called in code, and what writes it."""


def letter_of(content: Content, language: str) -> Letter:
    """Return the letter that holds these facts.

    Args:
        content: The facts.
        language: nb, nn or en.

    Raises:
        UnknownLanguage: There are no words in it.
        Missing: Facts lack that the letter may not be without; all of them are told.
    """
    wording = Wording(COMMON, language)
    kind, write = WRITERS[type(content)]
    title, blocks, attachments = write(content, language)
    if isinstance(content, CountySheetLetter) and content.final:
        kind = "recommendation"
    head = content.head
    day, sender = known(head.day), head.sender.name.in_language(language)
    named = tuple(LetterAttachment(wording.say("attachment", title=each.title), each.blocks) for each in attachments)
    return Letter(
        kind=kind,
        language=language,
        title=title,
        day=day,
        sender=(sender, *head.sender.lines),
        receiver=receiver_lines(head, wording),
        marks=marks(head, day, wording),
        blocks=blocks,
        closing=(wording.say("greeting"), sender),
        signers=tuple((each.name, each.title.in_language(language)) for each in head.signers),
        page=wording.raw("page"),
        lists=after_lists(head, attachments, wording),
        attachments=named,
    )
