"""A scenario with some of its numbers changed by whoever asks: what if the quota were another, or it began again later?

Nothing else of it changes, and chance is the same: what differs in the answer is what was changed.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.calendar import BadCalendar, Restart, StreamStop
from bosett.stages.forecast.streams import MINORS, Flow, NeedModel, PermitFlow, QuotaFlow


class NothingToChange(Refusal):
    """A change is asked for of something that a scenario does not have."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: the scenario has none, so it cannot be changed. Leave it out, or take another scenario."
        )
        self.what = what


@dataclass(frozen=True, slots=True)
class NeedChanges:
    """What is changed of a scenario; None leaves its own.

    Attributes:
        quota: Persons a year who come by decision.
        restart: When the last stop of them ends, and nothing else may happen.
        ramp: Weeks in which they come up to their full number after it.
        permits: How many times as many permits a month, of every stream of permits.
        alone: The part of those who are ready that find a home alone; minors do not.
    """

    quota: int | None = None
    restart: Restart | None = None
    ramp: int | None = None
    permits: Fraction | None = None
    alone: Fraction | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything is changed."""
        return self != UNCHANGED


UNCHANGED = NeedChanges()


def with_changes(model: NeedModel, changes: NeedChanges) -> NeedModel:
    """Return a model in which some numbers are others.

    Raises:
        NothingToChange: It has no quota, no stop or no permits.
        BadCalendar: The restart is not after the stop.
        BadFlow: A number is less than nothing, or a part more than the whole.
    """
    quotas = [flow for flow in model.flows if isinstance(flow, QuotaFlow)]
    asked = (
        ("quota", changes.quota, quotas),
        ("restart", changes.restart, [flow for flow in quotas if flow.stops]),
        ("ramp", changes.ramp, [flow for flow in quotas if flow.stops]),
        ("permits", changes.permits, [flow for flow in model.flows if isinstance(flow, PermitFlow)]),
        ("alone", changes.alone, [flow for flow in model.flows if may_settle_alone(flow)]),
    )
    for name, value, there in asked:
        if value is not None and not there:
            raise NothingToChange(name)
    return replace(model, flows=tuple(_changed(flow, changes) for flow in model.flows))


def may_settle_alone(flow: Flow) -> bool:
    """Tell whether those of a flow may find a home without a municipality: adults with a permit."""
    return isinstance(flow, PermitFlow) and flow.stream not in MINORS


def last_stop(flow: QuotaFlow) -> StreamStop | None:
    """Return the stop of a quota that began last; None when there is none."""
    return max(flow.stops, key=lambda stop: stop.since, default=None)


def _changed(flow: Flow, changes: NeedChanges) -> Flow:
    if isinstance(flow, PermitFlow):
        alone = changes.alone if changes.alone is not None and may_settle_alone(flow) else flow.alone
        return replace(flow, a_month=flow.a_month * (1 if changes.permits is None else changes.permits), alone=alone)
    last = last_stop(flow)
    stops = tuple(_ended(stop, changes) if stop is last else stop for stop in flow.stops)
    return replace(flow, quota=flow.quota if changes.quota is None else changes.quota, stops=stops)


def _ended(stop: StreamStop, changes: NeedChanges) -> StreamStop:
    restarts = stop.restarts if changes.restart is None else (replace(changes.restart, part=Fraction(1)),)
    ramp = stop.ramp if changes.ramp is None else changes.ramp
    if ramp < 0:
        raise BadCalendar(stop.since, "its ramp is no fewer than 0 weeks")
    return replace(stop, restarts=restarts, ramp=ramp)
