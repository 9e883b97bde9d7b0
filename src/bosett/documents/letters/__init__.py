"""Letters as typed documents: facts in, words in the receiver's language out, nothing of how they look.

    letter_of(content, language) -> Letter            # raises Missing when a fact lacks that may not
    letter_text(letter) -> str                        # the same as plain text, for e-mail and for tests
    bosett.render.typeset.typeset(letter) -> bytes    # one PDF: PDF/UA-1 and PDF/A-2a

Contents are frozen dataclasses of facts (modules `contents` and `meeting_contents`), made of the parts in `parts`: each
has a head, which tells who writes to whom, when, and who signs.

`None` is what is not known. `Missing.lacks` lists what a letter may not be without, as codes with facts; what it may be
without (minors, a county's target, a number in the minutes) is told as unknown, never as 0.

Receivers from the register: `names.municipality_receiver(code, year, address=())`, `names.county_receiver(...)`.
An agenda as people write it: `agendas.agenda_items(written, starts)`.
Names of bodies: `names.DIRECTORATE`, `names.COMMITTEE`, `names.ministry_on(day)`,
`names.county_municipality(code, year)`.
Why one is not asked, as its letter tells it: `why_not_asked(decided, language)`.
How many persons a letter asks for, read back from its facts: `persons_told(kind, pairs)`.
What the shipped figures know: `published.asked_in(year)`, `published.official_criteria(year)`; any criteria file:
`criteria_told(file, source=None, adopted_by=None, adopted_on=None)`.

Languages: nb, nn, en. Which one a receiver has: `language.forms_of(year)` (None where it has to be asked),
`language.choose(forms, prefer, before=Shares())`, and `language.shares(forms, chosen)` as the report of shares.
One PDF of many letters is `typeset.merge(letters)`; many PDFs with one compiler are `typeset.typeset_many(letters)`.
"""

from bosett.documents.letters.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Letter,
    LetterAttachment,
    List,
    Paragraph,
    SideBySide,
    Table,
    TableRow,
)
from bosett.documents.letters.contents import (
    Asked,
    AskedCounty,
    AskedRow,
    Circular,
    Content,
    CountySheetLetter,
    MinorsAsked,
    NotAsked,
    Reminder,
    Request,
    Revised,
    SheetLine,
    SheetStanding,
    SheetVersion,
)
from bosett.documents.letters.meeting_contents import (
    Addendum,
    AddendumKind,
    Agenda,
    AgendaItem,
    Cancellation,
    ChangedSinceMinutes,
    Invitation,
    Meeting,
    Minutes,
    OpenPoint,
    Outcome,
    Said,
)
from bosett.documents.letters.missing import Lack, Missing
from bosett.documents.letters.parts import (
    Advice,
    CriterionKind,
    DecidedBy,
    Forecast,
    HowToAnswer,
    LetterHead,
    Month,
    Origin,
    PartOfYear,
    Receiver,
    ReceiverKind,
    SeasonOfYear,
    Sender,
    Signer,
    Stop,
    ToldCriteria,
    ToldCriterion,
    When,
    Worded,
    criteria_told,
)
from bosett.documents.letters.plain import letter_text
from bosett.documents.letters.write.request import persons_told, why_not_asked
from bosett.documents.letters.writing import letter_of

__all__ = [
    "Addendum",
    "AddendumKind",
    "Advice",
    "Agenda",
    "AgendaItem",
    "Asked",
    "AskedCounty",
    "AskedRow",
    "Block",
    "Cancellation",
    "ChangedSinceMinutes",
    "Circular",
    "Column",
    "Content",
    "CountySheetLetter",
    "CriterionKind",
    "DecidedBy",
    "Facts",
    "Forecast",
    "Heading",
    "HowToAnswer",
    "Invitation",
    "Lack",
    "Letter",
    "LetterAttachment",
    "LetterHead",
    "List",
    "Meeting",
    "MinorsAsked",
    "Minutes",
    "Missing",
    "Month",
    "NotAsked",
    "OpenPoint",
    "Origin",
    "Outcome",
    "Paragraph",
    "PartOfYear",
    "Receiver",
    "ReceiverKind",
    "Reminder",
    "Request",
    "Revised",
    "Said",
    "SeasonOfYear",
    "Sender",
    "SheetLine",
    "SheetStanding",
    "SheetVersion",
    "SideBySide",
    "Signer",
    "Stop",
    "Table",
    "TableRow",
    "ToldCriteria",
    "ToldCriterion",
    "When",
    "Worded",
    "criteria_told",
    "letter_of",
    "letter_text",
    "persons_told",
    "why_not_asked",
]
