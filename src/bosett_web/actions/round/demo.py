"""The demo: the real rounds of 2020 and 2021 as they stood on 19.05.2020, with made-up organisation numbers.

People are named by what they do. The decisions of 2020 are those of the published figures, on no known day.
Nothing is entered that the letter of 19.05.2020 and the published figures do not say: settled so far, and the wording
of the proposed criteria, are missing.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from bosett.geography import counties, municipalities
from bosett.rounds.due import CalendarStep, Season, by_season
from bosett.rounds.notices import NoticeKind, Stream
from bosett.rounds.parties import Grade, Party, holder
from bosett.rounds.states import CriteriaState
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import Grant, Organisation, Person, Seat
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, note
from bosett_web.actions.round.former import make_former
from bosett_web.journal.write import Entry
from bosett_web.records import clock
from bosett_web.records.models import CalendarDay, Clock, CriteriaSet, Notice, SettlementRound

DAY = date(2020, 5, 19)
LETTER = "IMDis brev til fylkeskommunene 19.05.2020"
CALENDAR = {
    CalendarStep.FORECAST: Season.JUNE,  # "I juni vil det foreligge oppdaterte prognoser"
    CalendarStep.JOINT_MEETING: Season.SUMMER,  # "et møte før sommeren"
    CalendarStep.TARGETS: Season.JUNE,  # "utvalgsmøte samme måned"
    CalendarStep.LETTERS: Season.AUTUMN,  # "IMDi sender brev om anmodning til kommunene høsten 2020"
}
"""When the letter says that the steps of the round of 2021 are to be done: it names no days."""
GOES_ON: tuple[Mapping[str, Any], ...] = (
    {
        "kind": NoticeKind.STOP,
        "stream": Stream.RESETTLEMENT,
        "since": date(2020, 3, 14),
        "text_nb": "Overføringsflyktninger kommer ikke til landet før annet er bestemt.",
        "text_nn": "Overføringsflyktningar kjem ikkje til landet før anna er bestemt.",
    },
    {
        "kind": NoticeKind.CALL,
        "since": DAY,
        "text_nb": "Bosettingen fra mottak går videre: IMDi ber kommunene ta imot som planlagt, så langt kapasiteten "
        "og restriksjonene fra myndighetene gjør det mulig.",
        "text_nn": "Busetjinga frå mottak går vidare: IMDi bed kommunane ta imot som planlagt, så langt kapasiteten og "
        "restriksjonane frå styresmaktene gjer det mogleg.",
    },
    {
        "kind": NoticeKind.DIALOGUE,
        "since": DAY,
        "text_nb": "IMDi og UDI drøfter når overføringsflyktninger kan komme igjen, og hvordan det kan gjøres.",
        "text_nn": "IMDi og UDI drøftar når overføringsflyktningar kan kome att, og korleis det kan gjerast.",
    },
)
"""What the letter says goes on; since when the call and the dialogue do, it does not say: they have its day."""
ISSUER = "demo"
NATIONAL = (Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.UDI)
WORK = {
    Grade.READER: "Leser",
    Grade.CASE_WORKER: "Saksbehandler",
    Grade.APPROVER: "Godkjenner",
    Grade.ADMINISTRATOR: "Administrator",
}


def begin() -> bool:
    """Fill an empty workspace with the demo; does nothing to one that holds a round. Tell whether it was filled."""
    with transaction.atomic(durable=True):
        if SettlementRound.objects.exists():
            return False
        Clock.objects.create(pk=1, day=DAY)
        organisations(DAY)
        _round_2020()
        _round_2021()
        note(None, Entry("demo.begin", "workspace", None, {}, {"day": DAY, "source": LETTER}))
    return True


@action
def move_clock(actor: Actor, /, *, day: date) -> None:
    """Move the demo's date forward.

    Raises:
        Invalid: There is no demo, or the day is before the demo's date.
    """
    row = Clock.objects.select_for_update().filter(pk=1).first()
    if row is None:
        raise Invalid("day", "no_demo")
    if day < row.day:
        raise Invalid("day", "demo_backwards", {"day": row.day})
    before, row.day, row.since = row.day, day, clock.now()
    row.save(update_fields=["day", "since"])
    tasks.weigh_need()
    note(actor, Entry("demo.clock", "workspace", None, {"day": before}, {"day": day}))


def organisations(day: date) -> None:
    """Make every party of a round as on a day, and in each seat one person per grade, named by the work."""
    year = day.year
    county_of = {county.code: county for county in counties(year)}
    named = [(_national(party, day), [(party, "", "")]) for party in NATIONAL]
    named += [
        (f"{county.name} fylkeskommune", [(Party.COUNTY, county.code, county.code)])
        for county in county_of.values()
        if county.name != "Oslo"
    ]
    for place in municipalities(year):
        own = [(Party.MUNICIPALITY, place.code, place.county)]
        if county_of[place.county].name == place.name:  # Oslo is county and municipality
            own.insert(0, (Party.COUNTY, place.county, place.county))
        shown = f" ({county_of[place.county].name})" if place.display_name != place.name else ""
        named.append((f"{place.name} {place.kind}{shown}", own))
    organisations = Organisation.objects.bulk_create(
        [Organisation(name=name, orgnr=str(_number(index)), synthetic=True) for index, (name, _) in enumerate(named)]
    )
    seats = Seat.objects.bulk_create(
        [
            Seat(organisation=organisation, party=party, area=area, county=county)
            for organisation, (_, roles) in zip(organisations, named, strict=True)
            for party, area, county in roles
        ]
    )
    people = Person.objects.bulk_create(
        [
            Person(
                issuer=ISSUER,
                subject=f"{organisation.orgnr}:{grade}",
                name=f"{work}, {organisation.name}",
                orgnr=organisation.orgnr,
            )
            for organisation in organisations
            for grade, work in WORK.items()
        ]
    )
    person_of = {person.subject: person for person in people}
    since = timezone.make_aware(datetime.combine(day, time()))
    Grant.objects.bulk_create(
        [
            Grant(person=person_of[f"{seat.organisation.orgnr}:{grade}"], seat=seat, grade=grade, since=since)
            for seat in seats
            for grade in WORK
        ]
    )


def _national(party: Party, day: date) -> str:
    body = holder(party, day)
    return body.name if body else party.value


def _number(index: int) -> int:
    """Return a nine-digit number that no register gives out: those begin with 8 or 9, these with 3."""
    return 300_000_000 + index


def _round_2020() -> None:
    """2020: requested in the autumn of 2019, as published; what the letter says goes on; settled so far is missing."""
    make_former(2020, DAY, planned=5100)
    Notice.objects.bulk_create(
        Notice(round_id=2020, told_by=Party.DIRECTORATE, told_on=DAY, source=LETTER, **each) for each in GOES_ON
    )


def _round_2021() -> None:
    """2021: the committee has sent its proposal for criteria to the ministry; nothing more is known on the day."""
    committee = Person.objects.filter(grants__seat__party=Party.COMMITTEE, grants__grade=Grade.CASE_WORKER).get()
    SettlementRound.objects.create(year=2021)
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(round_id=2021, step=step, last=by_season(season, 2021).last, season=season, source=LETTER)
            for step, season in CALENDAR.items()
        ]
    )
    CriteriaSet.objects.create(
        round_id=2021,
        version=1,
        state=CriteriaState.PROPOSED,
        title="Forslag til anmodningskriterier for 2021",
        file="no-2021-reference",
        day=DAY,
        submitted_by=committee,
    )
    note(
        None,
        Entry("criteria.propose", "criteria:2021", 2021, {}, {"version": 1, "source": LETTER, "day": clock.today()}),
    )
