"""One content of every kind of letter, with real figures where there are some. The signers are nobody: N.N."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from functools import cache, partial

from bosett.documents.letters import (
    Advice,
    Agenda,
    AgendaItem,
    Cancellation,
    Circular,
    Content,
    CountySheetLetter,
    DecidedBy,
    Forecast,
    HowToAnswer,
    Invitation,
    LetterHead,
    Meeting,
    MinorsAsked,
    Minutes,
    Month,
    NotAsked,
    OpenPoint,
    Origin,
    Outcome,
    PartOfYear,
    Receiver,
    ReceiverKind,
    Reminder,
    Request,
    Revised,
    Said,
    SeasonOfYear,
    Sender,
    SheetLine,
    SheetVersion,
    Signer,
    Stop,
    ToldCriteria,
    Worded,
    criteria_told,
)
from bosett.documents.letters.names import (
    COMMITTEE,
    DIRECTORATE,
    EDUCATION,
    county_receiver,
    municipality_receiver,
)
from bosett.documents.letters.published import asked_in, official_criteria
from bosett.geography import counties, county, municipality
from bosett.parameters import load_shipped
from bosett.rounds.explanation import Explanation, explain
from bosett.rounds.notices import Stream

YEAR = 2021
BERGEN, NORDREISA, KARASJOK, ALVDAL = "4601", "5428", "5437", "3428"
COUNTY_NAME = "Vestland"
HEADS = (
    Signer("N.N.", Worded("avdelingsdirektør", "avdelingsdirektør", "head of department")),
    Signer("N.N.", Worded("seksjonsleder", "seksjonsleiar", "head of section")),
)
KS = Worded.same("KS")
IMDI = Worded("IMDi", "IMDi", "IMDi")
UDI = Worded("UDI", "UDI", "the immigration directorate (UDI)")
VESTLAND = Worded("Vestland fylkeskommune", "Vestland fylkeskommune", "Vestland county municipality")
WAY = Worded("i Bosett", "i Bosett", "in Bosett")
FORECAST = Forecast(4100, 5030, 5900, UDI, date(2020, 10, 1))
ANSWER = HowToAnswer(date(2020, 12, 15), WAY)
DECIDED = DecidedBy(Worded("direktøren i IMDi", "direktøren i IMDi", "the director of IMDi"), date(2020, 10, 23))


def head(*receivers: Receiver, group: Worded | None = None, day: date = date(2020, 10, 30)) -> LetterHead:
    sender = Sender(DIRECTORATE, ("Postboks 8059 Dep", "0031 Oslo", "imdi.no"))
    return LetterHead(sender, receivers, day, "20/04711", HEADS, copies=(KS,), group=group)


def _county_municipality(code: str) -> Worded:
    name = county(municipality(code, YEAR).county, YEAR).name
    return Worded(f"{name} fylkeskommune", f"{name} fylkeskommune", f"{name} county municipality")


@cache
def explained(code: str) -> Explanation:
    return explain(YEAR, code)


@cache
def reference() -> ToldCriteria:
    return criteria_told(load_shipped("no-2021-reference"))


def circular() -> Circular:
    everybody = tuple(county_receiver(county.code, 2020) for county in counties(2020))
    group = Worded("Fylkeskommunene", "Fylkeskommunane", "The county municipalities")
    return Circular(
        head=replace(head(*everybody, group=group, day=date(2020, 5, 19)), copies=()),
        year=YEAR,
        taken_over=date(2020, 1, 1),
        plan=5100,
        resettlement_percent=60,
        stops=(Stop(Stream.RESETTLEMENT, date(2020, 3, 14)),),
        reception_goes_on=True,
        committee=COMMITTEE,
        ministry=EDUCATION,
        criteria_proposed=True,
        criteria_adopted=None,
        forecast_due=Month(2020, 6),
        targets_due=Month(2020, 6),
        requests_due=SeasonOfYear(2020, PartOfYear.AUTUMN),
        meeting_due=SeasonOfYear(2020, PartOfYear.BEFORE_SUMMER),
        answer_to="post@imdi.no",
        asked=asked_in(2020),
        criteria=official_criteria(2020),
        situation=Worded("spredning av koronaviruset", "spreiing av koronaviruset", "the spread of the coronavirus"),
    )


def request(
    code: str = BERGEN, explanation: Explanation | None = None, *, minors: MinorsAsked = MinorsAsked.UNKNOWN
) -> Request:
    explanation = explanation or explained(code)
    return Request(
        head=head(municipality_receiver(code, YEAR)),
        year=YEAR,
        number=explanation.number,
        minors_asked=minors,
        minors=4 if minors is MinorsAsked.NUMBER else None,
        origin=Origin(explanation, 5025),
        decided=replace(DECIDED, advice=Advice(_county_municipality(code), explanation.number, date(2020, 9, 18))),
        forecast=FORECAST,
        criteria=reference(),
        answer=ANSWER,
    )


def not_asked(code: str = ALVDAL, explanation: Explanation | None = None) -> NotAsked:
    return NotAsked(
        head=head(municipality_receiver(code, YEAR)),
        year=YEAR,
        origin=Origin(explanation or explained(code), 5025),
        decided=replace(DECIDED, advice=Advice(_county_municipality(code), 0, date(2020, 9, 18))),
        forecast=FORECAST,
        criteria=reference(),
        contact="post@imdi.no",
    )


def revised(number: int = 110, answered: int | None = 150) -> Revised:
    return Revised(
        head=head(municipality_receiver(BERGEN, YEAR), day=date(2021, 6, 18)),
        year=YEAR,
        first=152,
        first_on=date(2020, 10, 30),
        number=number,
        minors_asked=MinorsAsked.NUMBER,
        minors=3,
        why=Worded(
            "Reisene er fortsatt stengt for mange, og færre kommer enn ventet.",
            "Reisene er framleis stengde for mange, og færre kjem enn venta.",
            "Travel is still closed to many, and fewer arrive than expected.",
        ),
        answered=answered,
        decided=replace(
            DECIDED,
            on=date(2021, 6, 11),
            why=Worded("Saken hastet.", "Saka hasta.", "The matter was urgent."),
        ),
        forecast=Forecast(3100, 3790, 4400, UDI, date(2021, 6, 1)),
        answer=HowToAnswer(date(2021, 8, 20), WAY),
    )


def reminder() -> Reminder:
    return Reminder(
        head=head(municipality_receiver(KARASJOK, YEAR), day=date(2021, 1, 11)),
        year=YEAR,
        number=10,
        asked_on=date(2020, 10, 30),
        deadline=date(2020, 12, 15),
        answer=HowToAnswer(date(2021, 1, 29), WAY),
    )


def meeting(county: str | None = COUNTY_NAME) -> Meeting:
    place = Worded("Bergen, og på skjerm", "Bergen, og på skjerm", "Bergen, and by screen")
    return Meeting(YEAR, county, date(2020, 9, 10), time(10), time(14, 30), place)


def invitation(county: str | None = COUNTY_NAME) -> Invitation:
    return Invitation(
        head=head(county_receiver("46", 2020), Receiver(("KS",), ReceiverKind.OTHER), day=date(2020, 8, 20)),
        meeting=meeting(county),
        subjects=(
            Worded("Prognosene og måltallene", "Prognosane og måltala", "Forecasts and targets"),
            Worded("Forslaget for hver kommune", "Framlegget for kvar kommune", "The proposal for each municipality"),
        ),
        prepare=(
            Worded("Et tall for hver kommune", "Eit tal for kvar kommune", "A number for each municipality"),
            Worded("Grunnene bak tallet", "Grunnane bak talet", "The reasons for it"),
        ),
        answer=HowToAnswer(date(2020, 9, 3), Worded("til post@imdi.no", "til post@imdi.no", "at post@imdi.no")),
    )


def cancellation(county: str | None = COUNTY_NAME) -> Cancellation:
    return Cancellation(
        head=head(county_receiver("46", 2020), day=date(2020, 9, 7)),
        meeting=meeting(county),
        why=Worded(
            "Prognosene kommer først i oktober.", "Prognosane kjem først i oktober.", "The forecasts come in October."
        ),
    )


def agenda() -> Agenda:
    return Agenda(
        head=head(county_receiver("46", 2020), day=date(2020, 9, 4)),
        meeting=meeting(),
        items=(
            AgendaItem(Worded("Velkommen", "Velkomen", "Welcome"), time(10), 15, IMDI),
            AgendaItem(Worded("Kommune for kommune", "Kommune for kommune", "One by one"), time(10, 15), 180, VESTLAND),
            AgendaItem(Worded("Eventuelt", "Ymse", "Any other business")),
        ),
    )


def minutes() -> Minutes:
    return Minutes(
        head=head(county_receiver("46", 2020), day=date(2020, 9, 14)),
        meeting=meeting(),
        present=(("N.N.", IMDI), ("N.N.", VESTLAND), ("N.N.", KS)),
        target=645,
        outcomes=(
            Outcome("Øygarden", 25, 30, 28, (Said(VESTLAND, "Har ledige boliger."), Said(IMDI, "Enig i noen flere."))),
            Outcome("Bergen", 152, 152, 152, ()),
            Outcome("Askøy", 20, None, None, (Said(KS, "Kommunen må spørres først."),)),
            Outcome("Ulvik", 10, 0, 0, (Said(VESTLAND, "Skolen er full."),)),
        ),
        open_points=(
            OpenPoint("Spørre Askøy om kapasiteten", VESTLAND, date(2020, 9, 18)),
            OpenPoint("Sjekke tallet for enslige mindreårige", None, None),
        ),
        remarks=("Fylkeskommunen ba om oppdaterte ledighetstall.",),
    )


def sheet(*, final: bool = False) -> CountySheetLetter:
    lines = (
        SheetLine("Øygarden", 25, 28, 2, 30, "Har ledige boliger og plass i barnehagene."),
        SheetLine("Bergen", 152, 152, None, None, ""),
        SheetLine("Askøy", 20, 20 if final else None, None, 18, "Samme arbeidsmarked som Bergen."),
        SheetLine("Ulvik", 10, 0, None, 0, "Skolen er full, og kommunen ber om et år uten bosetting."),
        SheetLine("Årdal", None, 12, 0, None, ""),
    )
    made = CountySheetLetter(
        head=LetterHead(
            Sender(VESTLAND, ("Postboks 7900", "5020 Bergen")),
            (Receiver((DIRECTORATE.nb,), ReceiverKind.OTHER),),
            date(2020, 9, 18),
            "2020/1234",
            HEADS[:1],
        ),
        year=YEAR,
        county=COUNTY_NAME,
        target=645,
        lines=lines,
        final=final,
        versions=(
            SheetVersion(1, date(2020, 9, 1), "Første utkast"),
            SheetVersion(2, date(2020, 9, 18), "Etter møtet"),
        ),
    )
    if not final:
        return replace(made, head=replace(made.head, signers=(), reference=None))
    by = Worded("fylkesutvalget", "fylkesutvalet", "the county executive board")
    return replace(made, decided_by=by, decided_on=date(2020, 9, 17), case="88/20")


SAMPLES: Mapping[str, Callable[[], Content]] = {
    "circular": circular,
    "invitation": invitation,
    "invitation-joint": partial(invitation, None),
    "cancellation": cancellation,
    "cancellation-joint": partial(cancellation, None),
    "agenda": agenda,
    "minutes": minutes,
    "sheet": sheet,
    "recommendation": partial(sheet, final=True),
    "request": request,
    "request-minors": partial(request, NORDREISA, minors=MinorsAsked.NUMBER),
    "not-asked": not_asked,
    "revised-down": revised,
    "revised-up": partial(revised, 180, None),
    "reminder": reminder,
}
"""Every kind of letter by a short name; a content is made when it is asked for, as some rest on a whole round."""


@cache
def samples() -> dict[str, Content]:
    """Return one content of each kind by a short name."""
    return {name: make() for name, make in SAMPLES.items()}
