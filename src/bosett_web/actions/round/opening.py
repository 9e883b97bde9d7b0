"""A round is opened: its calendar, the fewest that a municipality is asked for, and criteria to begin from."""

from collections.abc import Mapping
from datetime import date

from bosett.parameters import criteria_of_year
from bosett.rounds.due import CalendarStep
from bosett.rounds.moves import Situation
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.numbers.numbers import subject_of
from bosett_web.actions.values import people
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import round_situation
from bosett_web.records import clock
from bosett_web.records.models import CalendarDay, CriteriaSet, SettlementRound

YEARS_AHEAD = 2
"""The latest settlement year that can be opened: so many years after the present one."""
MUST_PRECEDE = (
    (CalendarStep.CRITERIA, CalendarStep.TARGETS),
    (CalendarStep.FORECAST, CalendarStep.TARGETS),
    (CalendarStep.TARGETS, CalendarStep.RECOMMENDATION),
    (CalendarStep.RECOMMENDATION, CalendarStep.MEETINGS),
    (CalendarStep.MEETINGS, CalendarStep.LETTERS),
    (CalendarStep.LETTERS, CalendarStep.ANSWERS),
)
"""Steps of the calendar of which the first rests on nothing of the second, and the second on the first."""


@action
def open_round(actor: Actor, /, *, year: int, days: Mapping[CalendarStep, date], least: int | None = None) -> Event:
    """Open the round of a settlement year.

    Its criteria begin as a draft from those of the newest round before it in the workspace: title and wording, to be
    computed by our reference model until the committee names another file. Without such a round there is no draft.

    Args:
        actor: The directorate's approver.
        year: Settlement year: this one or one of the next two.
        days: By when steps are to be done; a step without a day is one that nobody has named a day for.
        least: Fewest persons that a municipality is asked for, if asked at all; None is not known.

    Raises:
        Objected: Not by this role, or there is a round for the year.
        Invalid: The year cannot be opened, a day lies outside the round or before one that it follows, or the number
            cannot be.
    """
    state = SettlementRound.objects.filter(pk=year).values_list("state", flat=True).first()
    require("round.open", actor, Situation(state), subject_of(year), year)
    this = clock.today().year
    if not this <= year <= this + YEARS_AHEAD:
        raise Invalid("year", "year_not_to_open", {"first": str(this), "last": str(this + YEARS_AHEAD)})
    checked_days(year, days)
    SettlementRound.objects.create(year=year, least=people("least", least), opened_on=clock.today())
    _enter(year, days)
    draft = _begin_criteria(year, least)
    after = {"least": least, "days": {step: day.isoformat() for step, day in days.items()}, "criteria": draft}
    return note(actor, Entry("round.open", subject_of(year), year, {}, after))


@action
def change_days(actor: Actor, /, *, year: int, days: Mapping[CalendarStep, date]) -> Event:
    """Change the calendar of a round: all its days are given anew.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A day lies outside the round or before one that it follows, or nothing is changed.
    """
    at = locked(year)
    require("round.change_days", actor, round_situation(at), subject_of(year), year)
    before = {step: by.last for step, by in at.calendar.items()}
    if before == dict(days):
        raise Invalid("lines", "nothing_changed")
    # A season that is left as it is stays one, and no day comes too early for it.
    seasons = {step for step, by in at.calendar.items() if by.season and days.get(step) == by.last}
    named = {step: day for step, day in days.items() if step not in seasons}
    checked_days(year, named)
    CalendarDay.objects.filter(round=year).exclude(step__in=seasons).delete()
    _enter(year, named)
    return note(actor, Entry("round.change_days", subject_of(year), year, _told(before), _told(days)))


def checked_days(year: int, days: Mapping[CalendarStep, date]) -> None:
    """Refuse a calendar that cannot be.

    Raises:
        Invalid: A day lies outside the two years of the round, or before the day of a step that it follows.
    """
    first, last = date(year - 1, 1, 1), date(year, 12, 31)
    for step, day in days.items():
        if not first <= day <= last:
            raise Invalid(f"day_{step}", "day_outside_round", {"first": first, "last": last})
    for earlier, later in MUST_PRECEDE:
        if earlier in days and later in days and days[later] < days[earlier]:
            raise Invalid(f"day_{later}", "day_before_step", {"step": earlier, "day": days[earlier]})


def _enter(year: int, days: Mapping[CalendarStep, date]) -> None:
    CalendarDay.objects.bulk_create([CalendarDay(round_id=year, step=step, last=day) for step, day in days.items()])


def _told(days: Mapping[CalendarStep, date]) -> Mapping[str, object]:
    return {"days": {step.value: days[step].isoformat() for step in CalendarStep if step in days}}


def _begin_criteria(year: int, least: int | None) -> Mapping[str, object] | None:
    """Lay a draft of the criteria from the newest that an earlier round has; return what it is, for the journal."""
    last = CriteriaSet.objects.filter(round__lt=year).order_by("round", "version").last()
    if last is None:
        return None
    draft = CriteriaSet.objects.create(
        round_id=year,
        version=1,
        title=last.title.replace(str(last.round_id), str(year)),
        wording=last.wording,
        file=criteria_of_year(year, least)[-1],
        day=clock.today(),
    )
    return {"version": 1, "title": draft.title, "file": draft.file, "from": [last.round_id, last.version]}
