"""What stands around every letter: sender, address block, references, signers and lists; and what it may not lack."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from bosett.documents.letters.blocks import Block, Column, LetterAttachment, List, Paragraph, Table, TableRow
from bosett.documents.letters.missing import Lack, Missing, lacking
from bosett.documents.letters.names import in_order, joined
from bosett.documents.letters.parts import (
    CriterionKind,
    HowToAnswer,
    LetterHead,
    ReceiverKind,
    ToldCriteria,
    ToldCriterion,
)
from bosett.documents.letters.wording import DASH, Wording
from bosett.documents.words import percent

T = TypeVar("T")

Framed = tuple[str, tuple[Block, ...], tuple[LetterAttachment, ...]]
"""Title, blocks and attachments."""


def refuse_lacks(kind: str, *groups: tuple[Lack, ...]) -> None:
    """Refuse a letter when anything lacks.

    Raises:
        Missing: With all of it.
    """
    lacks = tuple(lack for group in groups for lack in group)
    if lacks:
        raise Missing(kind, lacks)


def head_lacks(head: LetterHead, *, signed: bool = True, referenced: bool = True) -> tuple[Lack, ...]:
    """Return what lacks in a head: a date and a receiver always, a case number and signers as the kind asks."""
    things: list[tuple[str, object]] = [("day", head.day), ("receivers", head.receivers)]
    if referenced:
        things.append(("reference", head.reference))
    if signed:
        things.append(("signers", head.signers))
    return lacking(things)


def answer_lacks(answer: HowToAnswer, head: LetterHead) -> tuple[Lack, ...]:
    """Return what lacks in how to answer; a deadline that is no later than the letter is none."""
    late = answer.deadline is not None and head.day is not None and answer.deadline <= head.day
    lacks = lacking([("deadline", answer.deadline), ("answer_way", answer.way)])
    return (*lacks, Lack("deadline", {"given": str(answer.deadline)})) if late else lacks


def known(value: T | None) -> T:
    """Return a value that has been looked for already; the lack of it is told by then.

    Raises:
        ValueError: It was not looked for.
    """
    if value is None:
        raise ValueError("a fact is used that was not looked for")
    return value


def criteria_list(lines: Iterable[ToldCriterion], wording: Wording) -> List:
    """Return criteria as a short list, each with its weight."""
    return List(tuple(_weighted(each, wording) for each in lines))


def criteria_table(criteria: ToldCriteria, caption: str, wording: Wording) -> Table:
    """Return criteria as a table: wording, how each works, weight."""
    say = wording.say
    columns = (Column(say("criterion"), width=1), Column(say("how_it_works")), Column(say("weight"), number=True))
    rows = tuple(
        TableRow(
            (each.wording.in_language(wording.language), say(f"kind_{each.kind.value}"), _weight(each, wording) or DASH)
        )
        for each in criteria.lines
    )
    return Table(caption, columns, rows)


def criteria_notes(criteria: ToldCriteria, wording: Wording) -> tuple[Block, ...]:
    """Return what must be said of criteria: who adopted them, or that nobody did; whose the wording is."""
    say, language = wording.say, wording.language
    if not criteria.official and not criteria.written:
        return (Paragraph(say("reference_model"), quiet=True),)
    notes = [say("criteria_written")] if criteria.written else []
    if criteria.adopted_by is not None:
        by = criteria.adopted_by.in_language(language)
        on = criteria.adopted_on
        dated = say("criteria_adopted", ministry=by, on=wording.on(on)) if on is not None else None
        notes.append(dated or say("criteria_adopted_by", ministry=by))
    if criteria.source is not None:
        notes.append(say("criteria_source", source=criteria.source.in_language(language)))
    if criteria.own_words and not criteria.written:
        notes.append(say("criteria_own_words"))
    return (Paragraph(" ".join(notes), quiet=True),) if notes else ()


def receiver_lines(head: LetterHead, wording: Wording) -> tuple[str, ...]:
    """Return the address block: all names of the receiver and its address, or the name of a group."""
    if head.group is not None:
        return (head.group.in_language(wording.language),)
    if len(head.receivers) == 1:
        return (wording.receiver(head.receivers[0]), *head.receivers[0].address)
    return tuple(wording.receiver(each) for each in head.receivers)


def marks(head: LetterHead, day: date, wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return the line of references."""
    pairs = [(wording.say("date"), wording.day(day))]
    if head.reference:
        pairs.append((wording.say("reference"), head.reference))
    if head.your_reference:
        pairs.append((wording.say("your_reference"), head.your_reference))
    return tuple(pairs)


def after_lists(
    head: LetterHead, attachments: tuple[LetterAttachment, ...], wording: Wording
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lists that follow the signers: attachments, receivers of a group, copies; empty ones are left out."""
    named = (wording.receiver(each) for each in head.receivers) if head.group is not None else ()
    receivers = in_order(named)
    lists = (
        (wording.say("attachments"), tuple(each.title for each in attachments)),
        (wording.say("receivers"), receivers),
        (wording.say("copies"), tuple(each.in_language(wording.language) for each in head.copies)),
    )
    return tuple((title, items) for title, items in lists if items)


def first_named(head: LetterHead, wording: Wording) -> str:
    """Return how the receiver is named where the letter names it first: with all its official names.

    Raises:
        ValueError: There are several receivers, and the letter is one for one.
    """
    if len(head.receivers) != 1:
        names = ", ".join(joined(each.names) for each in head.receivers)
        raise ValueError(f"this letter is for one receiver: {names}")
    name = wording.receiver(head.receivers[0])
    english = wording.language == "en" and head.receivers[0].kind is not ReceiverKind.OTHER
    return f"the municipality of {joined(head.receivers[0].names)}" if english else name


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _weight(each: ToldCriterion, wording: Wording) -> str | None:
    """Return the weight of a criterion as text; None for a kind that has none."""
    if each.kind is not CriterionKind.WEIGHT:
        return None
    return wording.say("weight_unknown") if each.weight is None else percent(each.weight, wording.language, 0)


def _weighted(each: ToldCriterion, wording: Wording) -> str:
    text, weight = each.wording.in_language(wording.language), _weight(each, wording)
    return text if weight is None else wording.say("weighted", wording=text, weight=weight)
