"""Invitation to a meeting, that it is called off, its agenda and its minutes."""

from collections.abc import Iterator
from datetime import time

from bosett.documents.letters.addenda import addendum_told, comment_told, said_lines
from bosett.documents.letters.blocks import Block, Column, Facts, Heading, List, Paragraph, Table, TableRow
from bosett.documents.letters.meeting_contents import Agenda, Cancellation, Invitation, Meeting, Minutes, Outcome
from bosett.documents.letters.missing import Lack, lacking
from bosett.documents.letters.names import alphabetical, genitive
from bosett.documents.letters.wording import DASH, Wording
from bosett.documents.letters.words import MEETINGS
from bosett.documents.letters.write.frame import Framed, answer_lacks, head_lacks, known, refuse_lacks


def invitation(content: Invitation, language: str) -> Framed:
    """Return an invitation.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "invitation",
        head_lacks(content.head),
        _meeting_lacks(content.meeting, begins=True),
        lacking([("subjects", content.subjects)]),
        answer_lacks(content.answer, content.head),
    )
    wording = Wording(MEETINGS, language)
    say, meeting = wording.say, content.meeting
    kind = "joint" if meeting.county is None else "county"
    on, county = wording.on(known(meeting.day)), meeting.county or ""
    blocks: list[Block] = [
        Paragraph(say(f"invite_{kind}", on=on, year=str(meeting.year), county=county)),
        _when_and_where(meeting, wording),
        Heading(say("h_subjects")),
        List(tuple(each.in_language(language) for each in content.subjects), numbered=True),
    ]
    if content.prepare:
        blocks += [Heading(say("h_prepare")), List(tuple(each.in_language(language) for each in content.prepare))]
    answer = say(
        "answer",
        way=known(content.answer.way).in_language(language),
        deadline=wording.day(known(content.answer.deadline)),
    )
    blocks += [Heading(say("h_answer")), Paragraph(answer)]
    return say("title_invitation", meeting=_name(meeting, wording)), tuple(blocks), ()


def cancellation(content: Cancellation, language: str) -> Framed:
    """Return that a meeting is called off: which one, why, and what happens now.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "cancellation",
        head_lacks(content.head),
        _meeting_lacks(content.meeting, begins=True),
        lacking([("called_off_why", content.why)]),
    )
    wording = Wording(MEETINGS, language)
    say, meeting = wording.say, content.meeting
    kind = "joint" if meeting.county is None else "county"
    lead = say(
        f"called_off_{kind}", on=wording.on(known(meeting.day)), year=str(meeting.year), county=meeting.county or ""
    )
    why = known(content.why).in_language(language)
    blocks: tuple[Block, ...] = (
        Paragraph(lead),
        Heading(say("h_not_held")),
        _when_and_where(meeting, wording),
        Heading(say("h_why")),
        *(Paragraph(line.strip()) for line in why.splitlines() if line.strip()),
        Heading(say("h_then")),
        Paragraph(say("then")),
    )
    return say("title_cancellation", meeting=_name(meeting, wording)), blocks, ()


def agenda(content: Agenda, language: str) -> Framed:
    """Return an agenda; columns that nothing is known for are left out.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "agenda",
        head_lacks(content.head, signed=False),
        _meeting_lacks(content.meeting, begins=True),
        lacking([("items", content.items)]),
    )
    wording = Wording(MEETINGS, language)
    say = wording.say
    blocks: tuple[Block, ...] = (_when_and_where(content.meeting, wording), _items(content, wording))
    return say("title_agenda", meeting=_name(content.meeting, wording)), blocks, ()


def minutes(content: Minutes, language: str) -> Framed:
    """Return minutes: who was there, what came out, who said why, and what is open.

    Raises:
        Missing: A fact lacks that it may not be without; a municipality without a number is told as such.
    """
    refuse_lacks(
        "minutes",
        head_lacks(content.head, signed=False),
        _meeting_lacks(content.meeting, begins=False),
    )
    wording = Wording(MEETINGS, language)
    say = wording.say
    blocks: list[Block] = [
        _when_and_where(content.meeting, wording),
        Heading(say("h_present")),
        _present(content, wording),
        Heading(say("h_outcomes")),
        *_outcomes(content, wording),
    ]
    if content.remarks:
        blocks += [Heading(say("h_remarks")), *(Paragraph(each) for each in content.remarks)]
    if content.comments:
        comments = tuple(comment_told(about, text, wording) for about, text in content.comments)
        blocks += [Heading(say("h_comments")), List(comments)]
    blocks += [Heading(say("h_open")), _open(content, wording)]
    if content.addenda:
        blocks += [Heading(say("h_addenda")), *_addenda(content, language)]
    return say("title_minutes", meeting=_name(content.meeting, wording)), tuple(blocks), ()


def _present(content: Minutes, wording: Wording) -> Block:
    """Return who was there; nobody knows it afterwards when it was not noted then."""
    if not content.present:
        return Paragraph(wording.say("nobody_noted"))
    people = ((name, party.in_language(wording.language)) for name, party in content.present)
    return List(tuple(wording.say("present", name=name, party=party) for name, party in people))


def _meeting_lacks(meeting: Meeting, *, begins: bool) -> tuple[Lack, ...]:
    things: list[tuple[str, object]] = [("meeting_day", meeting.day), ("meeting_place", meeting.place)]
    return lacking([*things, ("meeting_starts", meeting.starts)] if begins else things)


def _name(meeting: Meeting, wording: Wording) -> str:
    if meeting.county is None:
        return wording.say("joint", year=str(meeting.year))
    return wording.say("county_meeting", county=meeting.county, year=str(meeting.year))


def _when_and_where(meeting: Meeting, wording: Wording) -> Facts:
    say = wording.say
    pairs = [(say("day"), wording.day(known(meeting.day)))]
    if meeting.starts is not None:
        starts = wording.hour(meeting.starts)
        ends = meeting.ends
        pairs.append((say("time"), starts if ends is None else say("from_to", starts=starts, ends=wording.clock(ends))))
    return Facts((*pairs, (say("place"), known(meeting.place).in_language(wording.language))))


def _items(content: Agenda, wording: Wording) -> Table:
    say, language = wording.say, wording.language
    columns: list[tuple[Column, list[str]]] = [
        (Column(say("item"), width=1), [each.title.in_language(language) for each in content.items])
    ]
    if any(each.starts is not None for each in content.items):
        columns.insert(0, (Column(say("begins")), [_clock(each.starts, wording) for each in content.items]))
    if any(each.minutes is not None for each in content.items):
        lasting = [wording.or_dash(each.minutes) for each in content.items]
        columns.append((Column(say("minutes"), number=True), lasting))
    if any(each.by is not None for each in content.items):
        led = [DASH if each.by is None else each.by.in_language(language) for each in content.items]
        columns.append((Column(say("by")), led))
    rows = tuple(TableRow(cells) for cells in zip(*(cells for _, cells in columns), strict=True))
    return Table(say("items"), tuple(column for column, _ in columns), rows)


def _clock(value: time | None, wording: Wording) -> str:
    return DASH if value is None else wording.clock(value)


def _outcomes(content: Minutes, wording: Wording) -> tuple[Block, ...]:
    say, county = wording.say, content.meeting.county
    if not content.outcomes:
        return (Paragraph(say("no_outcomes")),)
    columns = (
        Column(say("municipality"), width=2),
        Column(say("proposal"), number=True),
        Column(say("recommended"), number=True),
        Column(say("outcome"), number=True),
        Column(say("said"), width=4),
    )
    ordered = sorted(content.outcomes, key=lambda each: alphabetical(each.name))
    rows = tuple(_outcome(each, wording) for each in ordered)
    known = [each.outcome for each in ordered if each.outcome is not None]
    pairs = [(say("outcome_sum"), wording.persons(sum(known)) if known else wording.or_dash(None))]
    if content.target is not None and county is not None:
        label = say("target", county=county, county_s=genitive(county, wording.language))
        pairs.insert(0, (label, wording.persons(content.target)))
    caption = say("outcomes_joint") if county is None else say("outcomes", county=county)
    return Facts(tuple(pairs)), Table(caption, columns, rows), Paragraph(say("legend"), quiet=True)


def _outcome(each: Outcome, wording: Wording) -> TableRow:
    reasons = said_lines(each.reasons, wording)
    numbers = (wording.or_dash(number) for number in (each.proposal, each.recommended, each.outcome))
    return TableRow((each.name, *numbers, reasons))


def _addenda(content: Minutes, language: str) -> Iterator[Block]:
    for each in content.addenda:
        addendum = addendum_told(each, language)
        yield Heading(addendum.heading, level=3)
        yield Paragraph(addendum.lead)
        yield from (Paragraph(text) for text in addendum.texts)
        if addendum.table is not None:
            yield addendum.table


def _open(content: Minutes, wording: Wording) -> Block:
    say = wording.say
    if not content.open_points:
        return Paragraph(say("no_open"))
    columns = (Column(say("what"), width=3), Column(say("owner"), width=1), Column(say("due")))
    rows = tuple(
        TableRow(
            (
                each.text,
                say("no_owner") if each.owner is None else each.owner.in_language(wording.language),
                say("no_due") if each.by is None else wording.day(each.by),
            )
        )
        for each in content.open_points
    )
    return Table(say("open"), columns, rows)
