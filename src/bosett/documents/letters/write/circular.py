"""The circular letter to the county municipalities."""

from datetime import date

from bosett.basis.refusals import Refusal
from bosett.documents.letters.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    LetterAttachment,
    List,
    Paragraph,
    SideBySide,
    Table,
    TableRow,
)
from bosett.documents.letters.contents import Asked, AskedCounty, Circular
from bosett.documents.letters.missing import Lack, lacking
from bosett.documents.letters.parts import Stop, ToldCriteria, When
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import CIRCULAR
from bosett.documents.letters.write.frame import (
    Framed,
    capital,
    criteria_notes,
    criteria_table,
    head_lacks,
    known,
    refuse_lacks,
)
from bosett.figures import Figure, Status


class GoesOnThoughStopped(Refusal):
    """The letter would say that settlement from reception centres is stopped, and that it goes on."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(
            f"Settlement from reception centres is stopped since {stop.since}, and is said to go on. Say which holds."
        )
        self.stop = stop


def circular(content: Circular, language: str) -> Framed:
    """Return the circular letter's title, blocks and attachments.

    Raises:
        Missing: A fact lacks that it may not be without.
        GoesOnThoughStopped: It says of settlement from reception both that it is stopped and that it goes on.
    """
    refuse_lacks("circular", head_lacks(content.head), _lacks(content))
    if content.reception_goes_on and content.reception_stop is not None:
        raise GoesOnThoughStopped(content.reception_stop)
    wording = Wording(CIRCULAR, language)
    running, year = str(content.year - 1), str(content.year)
    blocks = (
        Paragraph(wording.say("intro", taken_over=wording.day(known(content.taken_over)), running=running, year=year)),
        *_status(content, wording),
        *_input(content, wording),
        *_round(content, wording),
        *_meeting(content, wording),
    )
    attachments = (
        _asked(known(content.asked), wording),
        _criteria(known(content.criteria), wording),
    )
    return wording.say("title", running=running, year=year), blocks, attachments


def _lacks(content: Circular) -> tuple[Lack, ...]:
    named = (
        *("taken_over", "plan", "resettlement_percent", "reception_goes_on", "ministry", "criteria_proposed"),
        *("forecast_due", "targets_due", "requests_due", "meeting_due", "answer_to"),
    )
    lacks = lacking([(name, getattr(content, name)) for name in named])
    attached = lacking([("asked", content.asked), ("criteria", content.criteria)], year=content.year - 1)
    return (*lacks, *attached)


def _on(when: When | None, wording: Wording) -> str:
    if when is None:
        raise ValueError("a time is used that was not looked for")
    return wording.on(when)


def _status(content: Circular, wording: Wording) -> list[Block]:
    say, running = wording.say, str(content.year - 1)
    plan = say(
        "plan",
        plan=wording.persons(known(content.plan)),
        running=running,
        percent=wording.number(known(content.resettlement_percent)),
    )
    blocks: list[Block] = [Heading(say("h_status", running=running))]
    if content.situation is not None:
        blocks.append(
            Paragraph(f"{say('situation', situation=content.situation.in_language(wording.language))} {plan}")
        )
    else:
        blocks.append(Paragraph(plan))
    stops = sorted(content.stops, key=lambda each: each.since)
    blocks += [Paragraph(_stop(each, content.head.day, wording)) for each in stops]
    return [*blocks, Paragraph(say("goes_on" if content.reception_goes_on else "goes_not_on"))]


def _stop(stop: Stop, day: date | None, wording: Wording) -> str:
    """Return a stop in words: it lasts, has an end that is yet to come on the letter's day, or has ended."""
    stream, since = stop.stream.value, wording.day(stop.since)
    if stop.until is None:
        return wording.say(f"stop_{stream}", since=since, name=stop.name)
    ends = {"since": since, "until": wording.day(stop.until), "name": stop.name}
    is_over = day is None or stop.until < day
    return wording.say(f"stop_{stream}_ended" if is_over else f"stop_{stream}_until", **ends)


def _input(content: Circular, wording: Wording) -> tuple[Block, ...]:
    say = wording.say
    if content.situation is None:
        handled = say("input_plain")
    else:
        handled = say("input_situation", situation=content.situation.in_language(wording.language))
    to = known(content.answer_to)
    until = (
        say("input_any", to=to)
        if content.capacity_by is None
        else say("input_by", to=to, day=wording.day(content.capacity_by))
    )
    return Heading(say("h_input")), Paragraph(f"{say('input')} {handled} {until}")


def _round(content: Circular, wording: Wording) -> tuple[Block, ...]:
    say, language, year = wording.say, wording.language, str(content.year)
    short, full = (each.in_language(language) for each in content.committee)
    ministry = known(content.ministry).in_language(language)
    facts = {"committee": short, "committee_capital": capital(short), "ministry": ministry, "year": year}
    if content.criteria_adopted is not None:
        criteria = say("criteria_adopted_circular", on=wording.on(content.criteria_adopted), **facts)
    else:
        criteria = say("criteria_proposed" if content.criteria_proposed else "criteria_drafted", **facts)
    steps = (
        say("step_forecast", year=year, on=_on(content.forecast_due, wording)),
        _targets(content, wording),
        say("step_meetings"),
        say("step_recommendation"),
        say("step_letters", on=_on(content.requests_due, wording)),
    )
    return (
        Heading(say("h_round", year=year)),
        Paragraph(say("role")),
        Paragraph(criteria, note=full),
        Heading(say("h_steps"), level=3),
        List(steps, numbered=True),
    )


def _targets(content: Circular, wording: Wording) -> str:
    """Return who decides the targets, and when the committee meets about them."""
    on = _on(content.targets_due, wording)
    if content.targets_by is None:
        return wording.say("step_targets", on=on, on_capital=capital(on))
    by = content.targets_by.in_language(wording.language)
    return wording.say("step_targets_advised", on=on, on_capital=capital(on), by=by, by_capital=capital(by))


def _meeting(content: Circular, wording: Wording) -> tuple[Block, ...]:
    say, running, year = wording.say, str(content.year - 1), str(content.year)
    by = say("by_meeting") if content.information_by is None else say("by_day", day=wording.day(content.information_by))
    return (
        Heading(say("h_meeting")),
        Paragraph(say("meeting", on=_on(content.meeting_due, wording), year=year)),
        Paragraph(say("question", to=known(content.answer_to), by=by)),
        Paragraph(say("attached", running=running)),
    )


def _asked(asked: Asked, wording: Wording) -> LetterAttachment:
    say, year = wording.say, str(asked.year)
    figures = [row.figure for county in asked.counties for row in county.rows]
    intro = say("asked_intro", publisher=asked.publisher, day=wording.day(asked.known_on))
    if any(figure.status in (Status.MISSING, Status.HIDDEN) for figure in figures):
        intro = f"{intro} {say('asked_unknown', missing=say('missing'), hidden=say('hidden'))}"
    blocks = (
        Paragraph(intro),
        Facts(
            (
                (say("asked_all"), _persons(_sum(figures), wording)),
                (say("asked_number"), wording.number(sum(1 for figure in figures if figure.persons))),
            )
        ),
        SideBySide(tuple(_county(county, year, wording) for county in asked.counties)),
    )
    return LetterAttachment(say("asked_title", year=year), blocks)


def _county(county: AskedCounty, year: str, wording: Wording) -> Table:
    say = wording.say
    columns = (
        Column(say("code")),
        Column(say("asked_place", county=county.name), width=1),
        Column(say("asked_head"), number=True),
    )
    rows = tuple(TableRow((row.code, row.name, _cell(row.figure, wording))) for row in county.rows)
    total = wording.or_dash(_sum([row.figure for row in county.rows]))
    return Table(
        say("asked_caption", county=county.name, year=year),
        columns,
        (*rows, TableRow(("", say("sum"), total), sum=True)),
    )


def _cell(figure: Figure, wording: Wording) -> str:
    return wording.say(figure.status.value) if figure.persons is None else wording.number(figure.persons)


def _persons(total: int | None, wording: Wording) -> str:
    return wording.or_dash(None) if total is None else wording.persons(total)


def _sum(figures: list[Figure]) -> int | None:
    """Return the sum of the figures that there are; None when there is none."""
    known = [figure.persons for figure in figures if figure.persons is not None]
    return sum(known) if known else None


def _criteria(criteria: ToldCriteria, wording: Wording) -> LetterAttachment:
    say, year = wording.say, str(criteria.year)
    blocks = (
        Paragraph(say("criteria_intro", year=year, title=criteria.title.in_language(wording.language))),
        criteria_table(criteria, say("criteria_caption", year=year), wording),
        *criteria_notes(criteria, wording),
    )
    return LetterAttachment(say("criteria_title", year=year), blocks)
