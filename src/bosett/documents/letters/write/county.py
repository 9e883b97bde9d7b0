"""A county's sheet while it is worked on, and its recommendation."""

from bosett.documents.letters.blocks import Block, Column, Facts, Heading, Paragraph, Table, TableRow
from bosett.documents.letters.contents import CountySheetLetter, SheetLine
from bosett.documents.letters.missing import Lack, lacking
from bosett.documents.letters.names import alphabetical, genitive
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import COUNTY
from bosett.documents.letters.write.frame import Framed, capital, head_lacks, known, refuse_lacks
from bosett.stages.recommendation import Weighed, lacks_reason


def county(content: CountySheetLetter, language: str) -> Framed:
    """Return a county's sheet or recommendation.

    Raises:
        Missing: A fact lacks that it may not be without; for a recommendation also a number, or a reason for one that
            departs from the proposal.
    """
    if content.final:
        refuse_lacks("recommendation", head_lacks(content.head), _final_lacks(content))
    else:
        refuse_lacks("sheet", head_lacks(content.head, signed=False, referenced=False), _lines_lack(content))
    wording = Wording(COUNTY, language)
    say, year = wording.say, str(content.year)
    kind = "final" if content.final else content.standing.value
    lines = tuple(sorted(content.lines, key=lambda line: alphabetical(line.name)))
    blocks: list[Block] = [Paragraph(say(f"intro_{kind}", county=content.county))]
    if content.final:
        facts = {
            "by": known(content.decided_by).in_language(language),
            "on": wording.on(known(content.decided_on)),
            "case": known(content.case),
        }
        blocks.append(Paragraph(capital(say("decided", **facts))))
    blocks += [_facts(content, wording), _table(content, lines, wording), Paragraph(say("legend"), quiet=True)]
    if content.minutes_on is not None:
        blocks += [Heading(say("h_minutes", day=wording.day(content.minutes_on))), _departures(content, lines, wording)]
    if content.versions:
        blocks += [Heading(say("h_versions")), _versions(content, wording)]
    return say(f"title_{kind}", county=content.county, year=year), tuple(blocks), ()


def _lines_lack(content: CountySheetLetter) -> tuple[Lack, ...]:
    return lacking([("lines", content.lines)])


def _final_lacks(content: CountySheetLetter) -> tuple[Lack, ...]:
    lacks = lacking([("decided_by", content.decided_by), ("decided_on", content.decided_on), ("case", content.case)])
    return (
        *lacks,
        *lacking([("versions", content.versions)]),
        *_lines_lack(content),
        *(lack for line in content.lines for lack in _line_lacks(line)),
    )


def _line_lacks(line: SheetLine) -> tuple[Lack, ...]:
    """Return what lacks in a recommended number: the number, or why it is another than the proposal."""
    if line.recommended is None:
        return (Lack("recommended", {"municipality": line.name}),)
    lacks = lacks_reason(Weighed(line.recommended, line.proposal), line.reason)
    return (Lack("reason", {"municipality": line.name}),) if lacks else ()


def _facts(content: CountySheetLetter, wording: Wording) -> Facts:
    say = wording.say
    numbers = [line.recommended for line in content.lines if line.recommended is not None]
    target = content.target
    label = say("target", county=content.county, county_s=genitive(content.county, wording.language))
    pairs = [
        (label, say("target_unknown") if target is None else wording.persons(target)),
        (say("recommended_sum"), wording.persons(sum(numbers))),
    ]
    if target is not None:
        pairs.append((say("left"), wording.number(target - sum(numbers))))
    pairs.append((say("asked"), wording.number(sum(1 for number in numbers if number))))
    if len(numbers) < len(content.lines):
        pairs.append((say("open"), wording.number(len(content.lines) - len(numbers))))
    return Facts(tuple(pairs))


def _table(content: CountySheetLetter, lines: tuple[SheetLine, ...], wording: Wording) -> Table:
    say = wording.say
    columns = (
        Column(say("municipality"), width=2),
        Column(say("proposal"), number=True),
        Column(say("recommendation"), number=True),
        Column(say("minors"), number=True),
        Column(say("signal"), number=True),
        Column(say("reason"), width=4),
    )
    rows = [
        TableRow(
            (
                line.name,
                *(wording.or_dash(each) for each in (line.proposal, line.recommended, line.minors, line.signal)),
                line.reason,
            )
        )
        for line in lines
    ]
    sums = [
        _sum([line.proposal for line in lines]),
        _sum([line.recommended for line in lines]),
        _sum([line.minors for line in lines]),
        _sum([line.signal for line in lines]),
    ]
    last = TableRow((say("sum"), *(wording.or_dash(each) for each in sums), ""), sum=True)
    return Table(say("caption", county=content.county, year=str(content.year)), columns, (*rows, last))


def _sum(numbers: list[int | None]) -> int | None:
    """Return the sum of what is known; None when nothing is."""
    known_ones = [number for number in numbers if number is not None]
    return sum(known_ones) if known_ones else None


def _departures(content: CountySheetLetter, lines: tuple[SheetLine, ...], wording: Wording) -> Table:
    """Return the numbers that are others than in the minutes of the meeting."""
    say = wording.say
    columns = (
        Column(say("municipality"), width=1),
        Column(say("minuted"), number=True),
        Column(say("recommendation"), number=True),
    )
    rows = tuple(
        TableRow((line.name, wording.or_dash(line.minuted), wording.or_dash(line.recommended)))
        for line in lines
        if line.minuted is not None
    )
    return Table(say("departures", day=wording.day(known(content.minutes_on))), columns, rows)


def _versions(content: CountySheetLetter, wording: Wording) -> Table:
    say = wording.say
    columns = (Column(say("version"), number=True), Column(say("day")), Column(say("note"), width=1))
    rows = tuple(
        TableRow((wording.number(each.number), wording.day(each.day), each.note))
        for each in sorted(content.versions, key=lambda each: each.number)
    )
    return Table(say("versions"), columns, rows)
