"""Letters as typed documents: facts in, words in the receiver's language out, nothing of how they look.

    letter_of(content, language) -> Letter            # raises Missing when a fact lacks that may not
    letter_text(letter) -> str                        # the same as plain text, for e-mail and for tests
    bosett.render.typeset.typeset(letter) -> bytes    # one PDF: PDF/UA-1 and PDF/A-2a

Contents are frozen dataclasses of facts (module `contents`), made of the parts in `parts`:

    Head(sender, receivers, day, reference, signers, your_reference=None, copies=(), group=None)
    Circular(head, year, taken_over, plan, resettlement_percent, stops, reception_goes_on, committee, ministry,
             criteria_proposed, criteria_adopted, forecast_due, targets_due, requests_due, meeting_due, answer_to,
             asked, criteria, situation=None, capacity_by=None, information_by=None)
    Invitation(head, meeting, subjects, prepare, answer)
    Agenda(head, meeting, items)
    Minutes(head, meeting, present, target, outcomes, open_points, remarks=())
    CountySheetLetter(head, year, county, target, lines, final, versions=(), decided_by=None, decided_on=None,
                      case=None)
    Request(head, year, number, minors_asked, minors, origin, decided, forecast, criteria, answer)
    NotAsked(head, year, origin, decided, forecast, criteria, contact)
    Revised(head, year, first, first_on, number, minors_asked, minors, why, answered, decided, forecast, answer)
    Reminder(head, year, number, asked_on, deadline, answer)

`None` is what is not known. `Missing.lacks` lists what a letter may not be without, as codes with facts; what it may be
without (minors, a county's target, a number in the minutes) is told as unknown, never as 0.
Languages: nb, nn, en; which one a receiver has is told by `language.forms_of` and `language.choose`.
Receivers from the register: `names.municipality_receiver(code, year)`, `names.county_receiver(code, year)`.
"""

from bosett.documents.letters.blocks import (
    Attachment,
    Block,
    Column,
    Facts,
    Heading,
    Letter,
    List,
    Paragraph,
    Row,
    SideBySide,
    Table,
)
from bosett.documents.letters.contents import (
    Agenda,
    AgendaItem,
    Asked,
    AskedCounty,
    AskedRow,
    Circular,
    Content,
    CountyLine,
    CountySheetLetter,
    Invitation,
    Meeting,
    MinorsAsked,
    Minutes,
    NotAsked,
    OpenPoint,
    Outcome,
    Reminder,
    Request,
    Revised,
    Said,
    SheetVersion,
)
from bosett.documents.letters.missing import Lack, Missing
from bosett.documents.letters.parts import (
    Advice,
    CriterionKind,
    Decided,
    Forecast,
    Head,
    HowToAnswer,
    Month,
    Origin,
    Part,
    Receiver,
    ReceiverKind,
    Season,
    Sender,
    Signer,
    Stop,
    Stream,
    ToldCriteria,
    ToldCriterion,
    When,
    Worded,
    criteria_told,
)
from bosett.documents.letters.plain import letter_text
from bosett.documents.letters.writing import letter_of

__all__ = [
    "Advice",
    "Agenda",
    "AgendaItem",
    "Asked",
    "AskedCounty",
    "AskedRow",
    "Attachment",
    "Block",
    "Circular",
    "Column",
    "Content",
    "CountyLine",
    "CountySheetLetter",
    "CriterionKind",
    "Decided",
    "Facts",
    "Forecast",
    "Head",
    "Heading",
    "HowToAnswer",
    "Invitation",
    "Lack",
    "Letter",
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
    "Part",
    "Receiver",
    "ReceiverKind",
    "Reminder",
    "Request",
    "Revised",
    "Row",
    "Said",
    "Season",
    "Sender",
    "SheetVersion",
    "SideBySide",
    "Signer",
    "Stop",
    "Stream",
    "Table",
    "ToldCriteria",
    "ToldCriterion",
    "When",
    "Worded",
    "criteria_told",
    "letter_of",
    "letter_text",
]
