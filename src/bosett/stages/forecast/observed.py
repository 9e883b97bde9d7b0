"""What was observed of months that are over: who came, who got a permit, and who was settled.

A month of which something is observed holds it on every path, and the simulation goes on from there. Only what is known
on the day is used, and only of months that were over then; a month without an observation ends them, for nobody fills
it in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bosett.stages.forecast.months import FlowMonth, months_from
from bosett.stages.forecast.streams import BadFlow, Flow, NeedModel, NeedStream, QuotaFlow


class ObservedKind(StrEnum):
    """What was counted: who came or got a permit, or who was settled by a municipality."""

    CAME = "came"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class ObservedCount:
    """Persons of a stream who were counted in a month, as it was known from a day on.

    Attributes:
        stream: Of which.
        kind: What was counted. Who comes by a quota is settled on coming, so of it only `came` is told.
        month: In which month.
        persons: How many.
        known_on: From which day it was known; of several counts of a month the latest that a day knows is used.
        source: Where it is from.
    """

    stream: NeedStream
    kind: ObservedKind
    month: FlowMonth
    persons: int
    known_on: date
    source: str


def with_observed(model: NeedModel, counts: Iterable[ObservedCount], day: date) -> NeedModel:
    """Return a model that begins with what a day knows to have been observed.

    Args:
        model: What a forecast rests on.
        counts: What was observed, in any order; counts of other streams and other months than its own are not used.
        day: What became known later is not seen.

    Raises:
        BadFlow: Settled people are told of a quota, or there are fewer than 0 persons.
    """
    used = list(used_counts(model, counts, day))
    return replace(model, flows=tuple(_begun(flow, used) for flow in model.flows))


def _begun(flow: Flow, used: Sequence[ObservedCount]) -> Flow:
    came, settled = (
        tuple(each.persons for each in used if each.stream is flow.stream and each.kind is kind)
        for kind in (ObservedKind.CAME, ObservedKind.SETTLED)
    )
    return replace(flow, came=came) if isinstance(flow, QuotaFlow) else replace(flow, came=came, settled=settled)


def used_counts(model: NeedModel, counts: Iterable[ObservedCount], day: date) -> Iterator[ObservedCount]:
    """Yield the counts that a day knows and a model uses: for each stream and kind the first months without a gap.

    Raises:
        BadFlow: Settled people are told of a quota.
    """
    over = [month for month in months_from(model.first, model.months) if max(month.days()) < day]
    known = _known(counts, day)
    for flow in model.flows:
        for kind in ObservedKind:
            for month in over:
                if (count := known.get((flow.stream, kind, month))) is None:
                    break
                if kind is ObservedKind.SETTLED and isinstance(flow, QuotaFlow):
                    raise BadFlow(flow.stream, "it comes by a quota and is settled on coming; tell who came")
                yield count


def _known(
    counts: Iterable[ObservedCount], day: date
) -> Mapping[tuple[NeedStream, ObservedKind, FlowMonth], ObservedCount]:
    """Return of each month the latest count that a day knows."""
    in_order = sorted((each for each in counts if each.known_on <= day), key=lambda each: each.known_on)
    return {(each.stream, each.kind, each.month): each for each in in_order}
