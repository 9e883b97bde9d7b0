"""The alert that the need has moved: raised and ended by the system, acknowledged by the committee."""

from django.db import transaction

from bosett.parameters import AlertLimits, NotKnown, alert_limits
from bosett.rounds.need_alerts import AlertStep, NeedGroup, NeedMove, next_step
from bosett.rounds.states import NeedAlertState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.revision.alerts import (
    AlertRow,
    NeedKnown,
    alert_situation,
    alerts_of,
    need_moves,
    standing_alerts,
    target_in_force,
)
from bosett_web.queries.standing import years_closed
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import NeedAlert


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of a round's alerts."""
    return f"alert:{year}"


@action
def acknowledge(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Say that the committee has seen an alert, and what it makes of it.

    Raises:
        Objected: Not by this role, or without a reason.
        Invalid: There is no such alert.
    """
    at = locked(year)
    row = next((each for each in alerts_of(year) if each.version == version), None)
    if row is None:
        raise Invalid("version", "version_gone", {"version": version})
    reason = text("reason", reason)
    require("alert.acknowledge", actor, alert_situation(at, row), subject_of(year), year, reason)
    NeedAlert.objects.filter(pk=row.id).update(
        state=NeedAlertState.ACKNOWLEDGED, reason=reason, acknowledged_on=clock.today()
    )
    after = {"version": row.version, "group": row.group, "state": NeedAlertState.ACKNOWLEDGED}
    return note(
        actor, Entry("alert.acknowledge", subject_of(year), year, {"state": row.state}, after, {"reason": reason})
    )


def weigh_all() -> None:
    """Hold the need that is known now against the target, in each round that is not closed and whose year is not over.

    An alert of a group is raised, stands, or ends. Of a year for which no limit is known nothing is weighed. Each
    change is an event of its own. Safe to run again.
    """
    today = clock.today()
    for year, closed_on in years_closed().items():
        if closed_on is not None or year < today.year:
            continue
        try:
            limits = alert_limits(year)
        except NotKnown:
            continue
        for group in NeedGroup:
            with transaction.atomic(durable=True):
                _weigh(locked(year), group, limits)


def _weigh(at: Standing, group: NeedGroup, limits: AlertLimits) -> None:
    if at.is_closed:
        return
    rows = alerts_of(at.year)
    open_alert = standing_alerts(rows).get(group)
    weighed = next(
        (each for each in need_moves(at, clock.today(), target_in_force(at)) if each[0].group is group), None
    )
    if weighed is None:
        if open_alert is not None:
            _end(at, open_alert, None)
        return
    move, known = weighed
    step = next_step(move, limits, None if open_alert is None else open_alert.move)
    if step is AlertStep.RAISE:
        _raise(at, move, known, open_alert, len(rows) + 1)
    elif step is AlertStep.END and open_alert is not None:
        _end(at, open_alert, move)


def _raise(at: Standing, move: NeedMove, known: NeedKnown, former: AlertRow | None, version: int) -> None:
    if former is not None:
        NeedAlert.objects.filter(pk=former.id).update(state=NeedAlertState.REPLACED)
    facts = {"group": move.group, "target": move.target, "need": move.need, "low": known.low, "high": known.high}
    NeedAlert.objects.create(
        round_id=at.year,
        version=version,
        basis=known.basis,
        forecast_id=known.forecast,
        day=clock.today(),
        **facts,
    )
    before = {} if former is None else {"version": former.version, "need": former.need}
    after = {"version": version, "basis": known.basis, "as_of": known.as_of, **facts}
    note(None, Entry("alert.raise", subject_of(at.year), at.year, before, after))


def _end(at: Standing, row: AlertRow, move: NeedMove | None) -> None:
    """End an alert: the need is back, or is not known any more, as when a stop was taken back."""
    NeedAlert.objects.filter(pk=row.id).update(state=NeedAlertState.ENDED, ended_on=clock.today())
    name = "alert.end" if row.state == NeedAlertState.ACKNOWLEDGED else "alert.lapse"
    before = {"version": row.version, "need": row.need, "state": row.state}
    now = {} if move is None else {"target": move.target, "need": move.need}
    after = {"group": row.group, **now, "state": NeedAlertState.ENDED}
    note(None, Entry(name, subject_of(at.year), at.year, before, after))
