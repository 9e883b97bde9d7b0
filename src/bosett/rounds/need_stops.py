"""The need with the stops that are told: the calendar of resettlement is that of the notices.

Only a stop of resettlement changes who is to be settled. Those in reception, and minors with a permit, are to be
settled all the same: a stop lets them wait. A notice does not say how many a programme or a place is about, so neither
is counted.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from bosett.rounds.notices import Span
from bosett.stages.forecast.calendar import Restart, StreamStop
from bosett.stages.forecast.streams import NeedModel, NeedStream


def with_stops(model: NeedModel, resettlement: Iterable[Span]) -> NeedModel:
    """Return a model in which resettlement has these stops and no others.

    Args:
        model: What a forecast rests on.
        resettlement: The stops of resettlement that are told. One without a last day lasts through all the months of
            the model: that is what until further notice says, and no guess is made of more.
    """
    stops = tuple(_stop(span) for span in resettlement)
    flows = tuple(
        replace(flow, stops=stops) if flow.stream is NeedStream.RESETTLEMENT else flow for flow in model.flows
    )
    return replace(model, flows=flows)


def _stop(span: Span) -> StreamStop:
    begins_again = None if span.until is None else span.until + timedelta(days=1)
    return StreamStop(span.since, (Restart(begins_again, Fraction(1)),), span.ramp)
