"""The demo's settlement year, drawn week by week so that it adds up to what was published; each row says so."""

from datetime import date

from bosett.figures import series
from bosett.figures.kinds import Status
from bosett.stages.settlement.drawn import drawn_weeks
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett.stages.settlement.sides import LedgerSide
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action
from bosett_web.actions.settlement.ledger import ENTER, NewCount, keep
from bosett_web.journal.models import Event
from bosett_web.queries.settlement.ledger import ledger_lines
from bosett_web.records import clock

SAID_BY = "Demoen: oppdiktet"


@action
def draw(actor: Actor, /, *, year: int) -> Event:
    """Enter the drawn weeks that have passed by the demo's date and do not stand yet.

    One that the directorate has counted anything of is left as it is: what is drawn and what is counted are not mixed.
    A municipality whose figure for the year is hidden gets one hidden count at the end of the year; one without a
    figure gets none.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: There is no demo, or nothing new has happened.
    """
    if not clock.is_demo():
        raise Invalid("on", "no_demo")
    own = [line for line in ledger_lines(year) if line.side is LedgerSide.DIRECTORATE]
    counted = {line.row.municipality for line in own if not line.made_up}
    standing = {(line.row.municipality, line.row.step, line.row.on) for line in own}
    fresh = [
        each
        for each in drawn(year, clock.today())
        if each.municipality not in counted and (each.municipality, each.step, each.on) not in standing
    ]
    return keep(actor, (ENTER, ENTER), year, fresh, "made_up")


def drawn(year: int, day: date) -> list[NewCount]:
    """Return the drawn counts of a year up to a day, as they would be entered.

    Raises:
        NoFigures: None are known of the year.
    """
    counts: list[NewCount] = []
    for code, figure in sorted(series("settled", year).figures.items()):
        if figure.persons is not None:
            weeks = drawn_weeks(year, code, figure.persons)
            counts += [_count(code, week.step, week.on, week.count) for week in weeks if week.on <= day]
        elif figure.status is Status.HIDDEN and day >= date(year, 12, 31):
            counts.append(_count(code, SettlementStep.SETTLED, date(year, 12, 31), None))
    return counts


def _count(code: str, step: SettlementStep, on: date, count: int | None) -> NewCount:
    return NewCount(code, step, LedgerGroup.ALL, on, count, SAID_BY, on, made_up=True)
