"""The letters to municipalities: request, not asked, revised request, reminder."""

import re
from collections.abc import Mapping, Sequence

from bosett.documents.explanation import ITEM, sections
from bosett.documents.letters.blocks import Block, Facts, Heading, List, Paragraph
from bosett.documents.letters.contents import MinorsAsked, NotAsked, Reminder, Request, Revised
from bosett.documents.letters.missing import Lack, lacking
from bosett.documents.letters.parts import Advice, DecidedBy, Forecast, HowToAnswer, Origin, ToldCriteria
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import REQUEST
from bosett.documents.letters.write.frame import (
    Framed,
    answer_lacks,
    capital,
    criteria_list,
    criteria_notes,
    first_named,
    head_lacks,
    known,
    refuse_lacks,
)
from bosett.documents.words import signed
from bosett.rounds.explanation import Explanation

_NUMBER_AT: Mapping[str, int] = {"request": 0, "revised": 1, "reminder": 0}
"""At which place among its facts a letter tells the number that it asks for."""
_WHOLE = re.compile(r"\d[\d\s,.]*")


def persons_told(kind: str, pairs: Sequence[Sequence[str]]) -> int | None:
    """Return how many persons a letter asks for, as its reader finds it there; None when it tells no number.

    Args:
        kind: Kind of letter.
        pairs: The pairs of its `Facts`, in any language.
    """
    at = _NUMBER_AT.get(kind)
    if at is None or at >= len(pairs):
        return None
    written = _WHOLE.match(pairs[at][1])
    return int(re.sub(r"\D", "", written[0])) if written else None


def request(content: Request, language: str) -> Framed:
    """Return a request's title, blocks and attachments.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "request",
        head_lacks(content.head),
        (Lack("number", {"given": 0}),) if content.number == 0 else lacking([("number", content.number)]),
        _minors_lacks(content.minors_asked, content.minors),
        _origin_lacks(content.origin),
        _decided_lacks(content.decided, content.number),
        _forecast_lacks(content.forecast),
        lacking([("criteria", content.criteria)]),
        answer_lacks(content.answer, content.head),
    )
    wording = Wording(REQUEST, language)
    say, year, number = wording.say, str(content.year), known(content.number)
    explained = known(content.origin.explained)
    ask = say("ask", receiver=first_named(content.head, wording), persons=wording.persons(number), year=year)
    blocks = (
        Paragraph(capital(ask) + " " + _minors(content.minors_asked, content.minors, wording)),
        Facts(
            (
                (say("f_number", year=year), wording.persons(number)),
                (say("f_minors"), _minors_fact(content.minors_asked, content.minors, wording)),
                (say("f_deadline"), wording.day(known(content.answer.deadline))),
            )
        ),
        Heading(say("h_how")),
        *_how(explained, language),
        Paragraph(
            (f"{_other(explained, number, wording)} " if explained.number != number else "")
            + _decided(content.decided, number, wording)
        ),
        Heading(say("h_forecast")),
        Paragraph(f"{_national(content.origin, year, wording)} {_forecast(content.forecast, wording)}"),
        Paragraph(f"{say('may_change')} {say('budget', year=year)}"),
        Heading(say("h_criteria")),
        *_criteria(known(content.criteria), explained, "criteria_used", wording),
        *_answer(content.answer, year, wording),
    )
    return say("title_request", year=year), blocks, ()


def not_asked(content: NotAsked, language: str) -> Framed:
    """Return the letter to a municipality that is not asked.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "not-asked",
        head_lacks(content.head),
        _origin_lacks(content.origin),
        _decided_lacks(content.decided, 0),
        _forecast_lacks(content.forecast),
        lacking([("criteria", content.criteria), ("contact", content.contact)]),
    )
    wording = Wording(REQUEST, language)
    say, year = wording.say, str(content.year)
    explained = known(content.origin.explained)
    first = say("not_asked", receiver=first_named(content.head, wording), year=year)
    blocks = (
        Paragraph(f"{capital(first)} {say('not_asked_means')}"),
        Heading(say("h_how_none")),
        *_how(explained, language),
        Paragraph(
            (f"{say('proposal_other_none', proposal=wording.persons(explained.number))} " if explained.number else "")
            + _decided(content.decided, 0, wording, code="decided_none")
        ),
        Heading(say("h_forecast")),
        Paragraph(f"{_national(content.origin, year, wording)} {_forecast(content.forecast, wording)}"),
        Paragraph(say("not_asked_may", contact=known(content.contact))),
        Heading(say("h_criteria")),
        *_criteria(known(content.criteria), explained, "criteria_none_used", wording),
    )
    return say("title_not_asked", year=year), blocks, ()


def why_not_asked(decided: DecidedBy, language: str) -> str:
    """Return who decided that a municipality is not asked, after whose recommendation and why, as its letter tells it.

    Empty when a fact lacks that the letter may not be without.

    Args:
        decided: What was decided.
        language: nb, nn or en.
    """
    if _decided_lacks(decided, 0):
        return ""
    return _decided(decided, 0, Wording(REQUEST, language), code="decided_none")


def revised(content: Revised, language: str) -> Framed:
    """Return a revised request.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "revised",
        head_lacks(content.head),
        lacking([("first", content.first), ("first_on", content.first_on), ("number", content.number)]),
        lacking([("why", content.why)]),
        _minors_lacks(content.minors_asked, content.minors),
        _decided_lacks(content.decided, content.number),
        _forecast_lacks(content.forecast),
        answer_lacks(content.answer, content.head),
    )
    wording = Wording(REQUEST, language)
    say, year = wording.say, str(content.year)
    first, number = known(content.first), known(content.number)
    way = "up" if number > first else "down" if number < first else "same"
    ask = say(
        f"revised_{way}",
        receiver=first_named(content.head, wording),
        persons=wording.persons(number),
        year=year,
        first_on=wording.day(known(content.first_on)),
        first=wording.persons(first),
    )
    answered = (
        say("answered_not") if content.answered is None else say("answered", answered=wording.persons(content.answered))
    )
    blocks = (
        Paragraph(f"{capital(ask)} {_minors(content.minors_asked, content.minors, wording) if number else ''}".strip()),
        Facts(
            (
                (say("f_first"), wording.persons(first)),
                (say("f_new"), wording.persons(number)),
                (say("f_change"), signed(number - first, language)),
                (say("f_deadline"), wording.day(known(content.answer.deadline))),
            )
        ),
        Heading(say("h_why")),
        Paragraph(known(content.why).in_language(language)),
        Paragraph(f"{_decided(content.decided, number, wording)} {say('kept')}"),
        Heading(say("h_forecast")),
        Paragraph(_forecast(content.forecast, wording)),
        Paragraph(f"{say('may_change')} {say('budget', year=year)}"),
        *_answer(content.answer, year, wording, first=answered),
    )
    return say(f"title_{way}", year=year), blocks, ()


def reminder(content: Reminder, language: str) -> Framed:
    """Return a reminder that no answer has come: the deadline has passed, or is near and stays as it is.

    Raises:
        Missing: A fact lacks that it may not be without.
    """
    refuse_lacks(
        "reminder",
        head_lacks(content.head),
        lacking([("number", content.number), ("asked_on", content.asked_on), ("deadline_before", content.deadline)]),
        answer_lacks(content.answer, content.head),
    )
    wording = Wording(REQUEST, language)
    say, year = wording.say, str(content.year)
    asked_on, deadline = known(content.asked_on), wording.day(known(content.deadline))
    persons = wording.persons(known(content.number))
    passed = known(content.deadline) <= known(content.head.day)
    first = say(
        "reminder" if passed else "reminder_near",
        on=wording.day(asked_on),
        on_capital=capital(wording.on(asked_on)),
        receiver=first_named(content.head, wording),
        persons=persons,
        year=year,
        deadline=deadline,
    )
    blocks = (
        Paragraph(capital(first)),
        Facts(
            (
                (say("f_number", year=year), persons),
                (say("f_passed" if passed else "f_deadline"), deadline),
                *(((say("f_new_deadline"), wording.day(known(content.answer.deadline))),) if passed else ()),
            )
        ),
        Paragraph(say("reminder_why")),
        *_answer(content.answer, year, wording),
        Paragraph(say("reminder_crossed")),
    )
    return say("title_reminder", year=year), blocks, ()


def _how(explanation: Explanation, language: str) -> list[Block]:
    """Return how the proposal came about, as it is explained everywhere, without what is said of criteria below."""
    parts = sections(explanation, language, others=False)[1]
    lines = parts[0].lines[-1:] if explanation.left_out is not None else parts[1].lines
    blocks: list[Block] = []
    text: list[str] = []
    items: list[str] = []
    for line in lines:
        if line.startswith(ITEM):
            items.append(line.removeprefix(ITEM))
            continue
        if items:
            blocks += [Paragraph(" ".join(text)), List(tuple(items))]
            text, items = [], []
        text.append(line)
    return [*blocks, Paragraph(" ".join(text))]


def _other(explanation: Explanation, number: int, wording: Wording) -> str:
    return wording.say("proposal_other", proposal=wording.persons(explanation.number), number=wording.persons(number))


def _decided(decided: DecidedBy, number: int, wording: Wording, code: str = "decided") -> str:
    say, language = wording.say, wording.language
    who = known(decided.by).in_language(language)
    # In nynorsk the sentence begins with who decided.
    lines = [capital(say(code, by=who, on=wording.on(known(decided.on))))]
    if decided.advice is None:
        return " ".join([*lines, say("without", why=known(decided.why).in_language(language))])
    lines.append(_advice(decided.advice, wording))
    if decided.advice.number != number and decided.why is not None:
        lines.append(say("departs", why=decided.why.in_language(language)))
    return " ".join(lines)


def _advice(advice: Advice, wording: Wording) -> str:
    number = known(advice.number)
    facts = {"advisor": advice.by.in_language(wording.language), "persons": wording.persons(number)}
    code = "after" if number else "after_none"
    if advice.on is None:
        return wording.say(code, **facts)
    return wording.say(f"{code}_on", on=wording.on(advice.on), **facts)


def _national(origin: Origin, year: str, wording: Wording) -> str:
    return wording.say("national", national=wording.persons(known(origin.national)), year=year)


def _forecast(forecast: Forecast, wording: Wording) -> str:
    return wording.say(
        "forecast",
        middle=wording.persons(known(forecast.middle)),
        low=wording.number(known(forecast.low)),
        high=wording.number(known(forecast.high)),
        publisher=known(forecast.publisher).in_language(wording.language),
        as_of=wording.on(known(forecast.as_of)),
    )


def _minors(asked: MinorsAsked, minors: int | None, wording: Wording) -> str:
    if asked is MinorsAsked.NUMBER:
        return wording.say("minors_number", minors=wording.number(known(minors)))
    return wording.say(f"minors_{asked.value}")


def _minors_fact(asked: MinorsAsked, minors: int | None, wording: Wording) -> str:
    if asked is MinorsAsked.NUMBER:
        return wording.persons(known(minors))
    return wording.say("f_none" if asked is MinorsAsked.NONE else "unknown")


def _criteria(criteria: ToldCriteria, explanation: Explanation, code: str, wording: Wording) -> list[Block]:
    """Return the criteria, without repeating those whose weight and part the explanation has told."""
    title = criteria.title.in_language(wording.language)
    # A title that is no name of ours begins as any other word inside a sentence.
    inside = title if not (criteria.official or criteria.written) else title[:1].lower() + title[1:]
    shown = {part.wording["nb"] for part in explanation.parts} if explanation.left_out is None else set()
    rest = [each for each in criteria.lines if each.wording.nb not in shown]
    way = "" if len(rest) == len(criteria.lines) else "_rest" if rest else "_above"
    lead = Paragraph(wording.say(f"{code}{way}", title=inside))
    return [lead, *([criteria_list(rest, wording)] if rest else []), *criteria_notes(criteria, wording)]


def _answer(answer: HowToAnswer, year: str, wording: Wording, first: str = "") -> tuple[Block, ...]:
    say = wording.say
    items = (say("answer_number", year=year), say("answer_minors"), say("answer_more"))
    sent = say(
        "answer_by", way=known(answer.way).in_language(wording.language), deadline=wording.day(known(answer.deadline))
    )
    return (
        Heading(say("h_answer")),
        Paragraph(f"{first} {say('answer_intro_revised')}" if first else say("answer_intro")),
        List(items),
        Paragraph(say("answer_free")),
        Paragraph(sent),
    )


def _minors_lacks(asked: MinorsAsked, minors: int | None) -> tuple[Lack, ...]:
    return lacking([("minors", minors)]) if asked is MinorsAsked.NUMBER else ()


def _origin_lacks(origin: Origin) -> tuple[Lack, ...]:
    return lacking([("explained", origin.explained), ("national", origin.national)])


def _decided_lacks(decided: DecidedBy, number: int | None) -> tuple[Lack, ...]:
    lacks = lacking([("decided_by", decided.by), ("decided_on", decided.on)])
    if decided.advice is None:
        return (*lacks, *lacking([("recommendation", decided.why)]))
    lacks = (*lacks, *lacking([("recommended", decided.advice.number)]))
    departs = decided.advice.number is not None and number is not None and decided.advice.number != number
    return (*lacks, *lacking([("departure_reason", decided.why)])) if departs else lacks


def _forecast_lacks(forecast: Forecast) -> tuple[Lack, ...]:
    low, middle, high = forecast.low, forecast.middle, forecast.high
    lacks = lacking(
        [
            ("forecast_low", low),
            ("forecast_middle", middle),
            ("forecast_high", high),
            ("forecast_publisher", forecast.publisher),
            ("forecast_as_of", forecast.as_of),
        ]
    )
    if low is not None and middle is not None and high is not None and not low <= middle <= high:
        return (*lacks, Lack("forecast_in_order", {"low": low, "middle": middle, "high": high}))
    return lacks
