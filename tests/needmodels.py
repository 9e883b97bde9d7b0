"""Small flows for tests, with numbers that are nobody's."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from bosett.stages.forecast.calendar import Restart, StreamStop
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.streams import (
    Flow,
    MonthlyPlaces,
    NeedModel,
    NeedStream,
    PermitFlow,
    QuotaFlow,
    Spread,
)

STILL = Spread(Fraction(0), Fraction(0), Fraction(1))
"""Nothing wanders; a month is still as noisy as a count is."""
WANDERING = Spread(Fraction("0.2"), Fraction("0.25"), Fraction(20))
JANUARY = FlowMonth(2020, 1)


def stop(since: date, *restarts: tuple[date | None, str], ramp: int = 0) -> StreamStop:
    return StreamStop(since, tuple(Restart(day, Fraction(part)) for day, part in restarts), ramp)


@st.composite
def parts(draw: st.DrawFn, most: int = 4) -> tuple[Fraction, ...]:
    """Parts that add up to 1, any of them 0."""
    weights = draw(st.lists(st.integers(0, 5), min_size=1, max_size=most).filter(any))
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


@st.composite
def stops(draw: st.DrawFn) -> StreamStop:
    since = draw(st.dates(date(2019, 11, 1), date(2021, 6, 1)))
    ends = [
        Restart(draw(st.none() | st.dates(date(2021, 6, 2), date(2022, 12, 31))), part) for part in draw(parts(most=3))
    ]
    return StreamStop(since, tuple(ends), draw(st.integers(0, 12)))


@st.composite
def flows(draw: st.DrawFn, stream: NeedStream, months: int) -> Flow:
    """A flow, perhaps with months of which something was observed."""
    calendar = tuple(draw(st.lists(stops(), max_size=2)))
    counts = st.just(()) | st.lists(st.integers(0, 500), max_size=months).map(tuple)
    if stream is NeedStream.RESETTLEMENT:
        extra = draw(st.none() | st.integers(0, 300))
        return QuotaFlow(stream, draw(st.integers(0, 4000)), extra, calendar, draw(counts))
    rate = draw(st.fractions(0, 400, max_denominator=12))
    alone = draw(st.fractions(0, 1, max_denominator=10))
    return PermitFlow(
        stream, draw(st.integers(0, 900)), rate, draw(parts()), alone, calendar, draw(counts), draw(counts)
    )


@st.composite
def models(draw: st.DrawFn) -> NeedModel:
    months = draw(st.integers(1, 30))
    streams = [stream for stream in NeedStream if draw(st.booleans())] or [NeedStream.RECEPTION]
    monthly = st.lists(st.none() | st.integers(0, 600), min_size=months, max_size=months).map(tuple)
    places = st.builds(MonthlyPlaces, monthly, monthly)
    return NeedModel(
        FlowMonth(2020, draw(st.integers(1, 12))),
        months,
        tuple(draw(flows(stream, months)) for stream in streams),
        WANDERING,
        draw(st.none() | places),
    )


def limits(places: MonthlyPlaces, *, alone: bool) -> tuple[int, ...]:
    """Return the limits of minors alone or of anybody else; where there is none, more than there can be people."""
    monthly = places.minors if alone else places.general
    return tuple(10**9 if limit is None else limit for limit in monthly)
