"""What a letter on the command line holds: what the shipped figures know, and what is told on the line."""

import argparse
from datetime import date

from bosett.basis.refusals import Refusal
from bosett.cli.allocate import criteria_chosen
from bosett.cli.days import day
from bosett.cli.layers import layers_named
from bosett.documents.letters import (
    Advice,
    Circular,
    Content,
    CountySheetLetter,
    DecidedBy,
    Forecast,
    HowToAnswer,
    LetterHead,
    MinorsAsked,
    Month,
    NotAsked,
    Origin,
    PartOfYear,
    Receiver,
    ReceiverKind,
    Request,
    SeasonOfYear,
    Sender,
    SheetLine,
    Signer,
    Stop,
    When,
    Worded,
    criteria_told,
)
from bosett.documents.letters.names import (
    COMMITTEE,
    COUNTIES,
    DECIDERS_OF_TARGETS,
    DIRECTORATE,
    county_municipality,
    county_receiver,
    ministry_on,
    municipality_receiver,
)
from bosett.documents.letters.published import (
    TAKEN_OVER,
    asked_in,
    official_criteria,
    plan_of,
    resettlement_percent_of,
)
from bosett.geography import counties, county, municipality
from bosett.rounds.explanation import explain
from bosett.rounds.kinds import Mode
from bosett.rounds.notices import NAMED, Stream
from bosett.rounds.run import compute, reference


class UnknownStanding(Refusal):
    """The standing of the criteria is none that there is."""

    def __init__(self, written: str) -> None:
        super().__init__(f"{written!r} is no standing of criteria: give drafted, proposed, or the day of adoption")
        self.written = written


class UnknownMinors(Refusal):
    """The number of minors is no number."""

    def __init__(self, written: str) -> None:
        super().__init__(f"{written!r} is no number of minors: give a whole number, or none")
        self.written = written


def when(text: str) -> When:
    """Read a day, a month or a part of a year: 2020-06-12, 2020-06, autumn-2020, before-summer-2020."""
    part, _, year = text.rpartition("-")
    try:
        if part in set(PartOfYear):
            return SeasonOfYear(int(year), PartOfYear(part))
        if text.count("-") == 1:
            return Month(*_month(text))
        return date.fromisoformat(text)
    except ValueError:
        parts = ", ".join(f"{each.value}-2020" for each in PartOfYear)
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2020-06-12, 2020-06, {parts}") from None


def signer(text: str) -> Signer:
    """Read a name and a title with a comma between."""
    name, comma, title = text.partition(",")
    if not (comma and name.strip() and title.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is no signer; write the name, a comma, and the title")
    return Signer(name.strip(), Worded.same(title.strip()))


def stop(text: str) -> Stop:
    """Read a stop: its stream, with a name where it needs one, since when, and until when if that is known."""
    what, *days = text.split(":")
    stream, _, name = what.partition("=")
    if stream not in set(Stream) or (Stream(stream) in NAMED) is not bool(name.strip()) or len(days) not in (1, 2):
        streams = ", ".join(f"{each}=NAME" if each in NAMED else each for each in Stream)
        raise argparse.ArgumentTypeError(f"{text!r} is no stop; write resettlement:2020-03-14, or one of {streams}")
    since, until = day(days[0]), day(days[1]) if len(days) == 2 else None
    return Stop(Stream(stream), since, until, name.strip())


def forecast(text: str) -> tuple[int, int, int]:
    """Read three numbers with commas between: low, middle, high."""
    try:
        low, middle, high = map(int, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no forecast; write low,middle,high in persons") from None
    return low, middle, high


def content_of(args: argparse.Namespace) -> Content:
    """Return the facts of the letter that was asked for; what nobody told is None."""
    if args.kind == "circular":
        return _circular(args)
    if args.kind == "sheet":
        return _sheet(args)
    return _to_municipality(args)


def _month(text: str) -> tuple[int, int]:
    first = date.fromisoformat(f"{text}-01")
    return first.year, first.month


def _head(args: argparse.Namespace, receivers: tuple[Receiver, ...], group: Worded | None = None) -> LetterHead:
    sender = Sender(DIRECTORATE, tuple(args.sender_line))
    return LetterHead(sender, receivers, args.date, args.reference, tuple(args.signer), group=group)


def _worded(text: str | None) -> Worded | None:
    return None if text is None else Worded.same(text)


def _circular(args: argparse.Namespace) -> Circular:
    before, figures = args.year - 1, layers_named(args)
    everybody = tuple(county_receiver(each.code, before) for each in counties(before))
    proposed, adopted = _standing(args.criteria_standing)
    return Circular(
        head=_head(args, everybody, COUNTIES),
        year=args.year,
        taken_over=TAKEN_OVER,
        plan=plan_of(before, figures) if args.plan is None else args.plan,
        resettlement_percent=resettlement_percent_of(before, figures)
        if args.resettlement_percent is None
        else args.resettlement_percent,
        stops=tuple(args.stopped),
        reception_goes_on=None if args.reception is None else args.reception == "goes-on",
        committee=COMMITTEE,
        # Without a date the letter is refused for that.
        ministry=ministry_on(args.date or date(before, 1, 1)),
        criteria_proposed=proposed,
        criteria_adopted=adopted,
        forecast_due=args.forecast_when,
        targets_due=args.targets_when,
        requests_due=args.letters_when,
        meeting_due=args.meeting_when,
        answer_to=args.contact,
        asked=asked_in(before, figures),
        criteria=official_criteria(before),
        situation=_worded(args.situation),
        capacity_by=args.capacity_by,
        information_by=args.information_by,
        targets_by=DECIDERS_OF_TARGETS.get(args.targets_by or ""),
    )


def _standing(written: str | None) -> tuple[bool | None, date | None]:
    """Return whether the criteria are proposed, and the day on which they were adopted."""
    if written in (None, "drafted", "proposed"):
        return None if written is None else written == "proposed", None
    try:
        return True, date.fromisoformat(str(written))
    except ValueError:
        raise UnknownStanding(str(written)) from None


def _to_municipality(args: argparse.Namespace) -> Request | NotAsked:
    place = municipality(args.code, args.year)
    criteria = criteria_chosen(args)
    mode, figures = Mode(args.mode), layers_named(args)
    explanation = explain(args.year, args.code, total=args.total, criteria=criteria, mode=mode, figures=figures)
    advisor = county_municipality(place.county, args.year)
    advice = None if args.recommended is None else Advice(advisor, args.recommended, args.recommended_on)
    decided = DecidedBy(_worded(args.decided_by), args.decided_on, advice, _worded(args.why))
    low, middle, high = args.forecast or (None, None, None)
    need = Forecast(low, middle, high, _worded(args.forecast_by), args.forecast_as_of)
    head = _head(args, (municipality_receiver(args.code, args.year, tuple(args.address_line)),))
    criteria_facts = criteria_told(criteria or reference(args.year))
    origin = Origin(explanation, explanation.total)
    if args.kind == "not-asked":
        return NotAsked(head, args.year, origin, decided, need, criteria_facts, args.contact)
    asked, minors = _minors(args.minors)
    return Request(
        head=head,
        year=args.year,
        number=explanation.number if args.number is None else args.number,
        minors_asked=asked,
        minors=minors,
        origin=origin,
        decided=decided,
        forecast=need,
        criteria=criteria_facts,
        answer=HowToAnswer(args.deadline, _worded(args.answer_way)),
    )


def _minors(written: str | None) -> tuple[MinorsAsked, int | None]:
    if written is None:
        return MinorsAsked.UNKNOWN, None
    if written == "none":
        return MinorsAsked.NONE, None
    if not written.isdecimal():
        raise UnknownMinors(written)
    return MinorsAsked.NUMBER, int(written)


def _sheet(args: argparse.Namespace) -> CountySheetLetter:
    place = county(args.code, args.year)
    mode, figures = Mode(args.mode), layers_named(args)
    run = compute(args.year, total=args.total, criteria=criteria_chosen(args), mode=mode, figures=figures)
    (county_line,) = (each for each in run.counties if each.code == args.code)
    sender = Sender(county_municipality(args.code, args.year), tuple(args.sender_line))
    receiver = Receiver((DIRECTORATE.in_language(args.lang or "nb"),), ReceiverKind.OTHER, tuple(args.address_line))
    lines = tuple(SheetLine(line.name, line.number, None, None, None, "") for line in county_line.municipalities)
    return CountySheetLetter(
        head=LetterHead(sender, (receiver,), args.date, args.reference, tuple(args.signer)),
        year=args.year,
        county=place.name,
        target=county_line.target,
        lines=lines,
        final=False,
    )
