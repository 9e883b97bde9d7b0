"""Scenario files: what a possible year rests on, each number with its source or marked as an assumption.

Nothing in code fills in what a file does not tell. A stream that it does not name is not counted; one that is expected
to bring nobody says 0, and who says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from importlib.resources import as_file, files
from pathlib import Path

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.parameters.nodes import Value, read
from bosett.stages.forecast.arrivals import frozen_spread
from bosett.stages.forecast.calendar import BadCalendar, Restart, StreamStop
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.observed import ObservedCount, ObservedKind, used_counts, with_observed
from bosett.stages.forecast.streams import Flow, MonthlyPlaces, NeedModel, NeedStream, PermitFlow, QuotaFlow
from bosett.stages.forecast.versions import (
    NORWEGIAN,
    DatedNumber,
    KnownLater,
    NumberVersion,
    norwegian,
    read_number,
    read_source,
    refuse_disorder,
)

FOLDER = files("bosett") / "data" / "scenarios"
PLANNED = "as-planned"
"""The name of the scenario of a year as it was planned: nothing is stopped."""
NOT_YET = "not within the months"
"""How a file says that a stream may not begin again at all."""
WHOLE = frozenset({"quota", "catch_up", "waiting"})
"""Numbers that are whole persons."""


class UnknownScenario(Refusal):
    """No scenario of this name is shipped for the year."""

    def __init__(self, year: int, name: str, shipped: tuple[str, ...]) -> None:
        known = ", ".join(shipped) or "none"
        super().__init__(f"No scenario {name!r} is shipped for {year}; shipped are {known}. Name one, or a file.yaml.")
        self.year, self.name = year, name


class BeginsLater(Refusal):
    """A scenario begins after the year that is asked about."""

    def __init__(self, scenario: str, begins: FlowMonth, year: int) -> None:
        super().__init__(f"{scenario} begins in {begins}, so it tells nothing of {year}. Ask about a later year.")
        self.year = year


@dataclass(frozen=True, slots=True)
class StopVersion:
    """A stop as it was known from a day on; the source is as that of a number."""

    known_on: date
    source: str
    stop: StreamStop
    source_nb: str = ""
    source_nn: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioStream:
    """What a scenario tells of a stream.

    Attributes:
        stream: Which.
        numbers: By name: of a quota `quota` and `catch_up`; of permits `waiting`, `a_month`, `alone`, and `waits-0`,
            `waits-1` and so on, the parts that wait so many months.
        is_quota: Whether it comes by a quota.
        stops: Each stop by its versions, the earliest first.
    """

    stream: NeedStream
    numbers: Mapping[str, DatedNumber]
    is_quota: bool
    stops: tuple[tuple[StopVersion, ...], ...]


@dataclass(frozen=True, slots=True)
class RestsOn:
    """One thing that a forecast rests on.

    Attributes:
        of: The stream that it is told of, or `places`.
        name: What it is: the name of a number, or a stop with its first day.
        version: The number as the day knows it, or the stop.
    """

    of: str
    name: str
    version: NumberVersion | StopVersion


@dataclass(frozen=True, slots=True)
class NeedScenario:
    """A scenario as it is written.

    Attributes:
        id: Its name, for example `2020-stop-resettlement`.
        title: What it is, by language.
        begins: The first month that is simulated.
        seed: Where chance begins, unless another is named.
        streams: What it tells of each stream.
        places: MonthlyPlaces a month, `general` and `minors`; empty when it sets no limit.
        observed: What was observed of its months.
    """

    id: str
    title: Mapping[str, str]
    begins: FlowMonth
    seed: int
    streams: tuple[ScenarioStream, ...]
    places: Mapping[str, DatedNumber]
    observed: tuple[ObservedCount, ...] = ()

    def as_of(self, day: date, year: int) -> NeedModel:
        """Return what a day knows of it, as a model that ends with a year.

        Raises:
            KnownLater: The day knows nothing of one of the numbers, or of a stop.
            BeginsLater: It begins after the year.
        """
        if self.begins.year > year:
            raise BeginsLater(self.id, self.begins, year)
        months = FlowMonth(year, 12).since(self.begins) + 1
        places = None
        if self.places:
            general, minors = (int(self.places[name].on(day).value) for name in ("general", "minors"))
            places = MonthlyPlaces((general,) * months, (minors,) * months)
        flows = tuple(_flow_on(each, day) for each in self.streams)
        return with_observed(NeedModel(self.begins, months, flows, frozen_spread(day), places), self.observed, day)

    def rests_on(self, day: date, year: int) -> tuple[RestsOn, ...]:
        """Return all that a forecast of a year rests on as a day knows it, with where each is from.

        Raises:
            KnownLater: The day knows nothing of one of the numbers, or of a stop.
            BeginsLater: It begins after the year.
        """
        return (
            *(each for stream in self.streams for each in _rests_on(stream, day)),
            *(RestsOn("places", name, number.on(day)) for name, number in self.places.items()),
            *(
                RestsOn(
                    each.stream.value,
                    f"{each.kind.value} in {each.month}",
                    NumberVersion(Fraction(each.persons), each.known_on, each.source),
                )
                for each in used_counts(self.as_of(day, year), self.observed, day)
            ),
        )


def shipped_scenarios(year: int) -> tuple[str, ...]:
    """Return the names of the scenarios that are shipped for a year, without the year."""
    names = sorted(each.name for each in FOLDER.iterdir() if each.name.startswith(f"{year}-"))
    return tuple(name.removeprefix(f"{year}-").removesuffix(".yaml") for name in names)


def load_scenario(year: int, name: str) -> NeedScenario:
    """Read a shipped scenario of a year by its name, or any file by its path.

    Raises:
        UnknownScenario: None of this name is shipped.
        BadRuleFile: It is missing, or says something that it may not.
    """
    if name.endswith((".yaml", ".yml")):
        return parsed_scenario(read(Path(name)))
    if name not in shipped_scenarios(year):
        raise UnknownScenario(year, name, shipped_scenarios(year))
    with as_file(FOLDER / f"{year}-{name}.yaml") as path:
        return parsed_scenario(read(path))


def parsed_scenario(value: Value) -> NeedScenario:
    """Return a scenario from what was read.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    fields = value.fields(("id", "title", "begins", "seed", "streams"), ("places", "observed"))
    streams = tuple(_stream(each) for each in fields["streams"].items())
    if not streams:
        raise fields["streams"].refuse("names no stream")
    if len({each.stream for each in streams}) < len(streams):
        raise fields["streams"].refuse("names a stream twice")
    places: Mapping[str, DatedNumber] = {}
    if "places" in fields:
        places = {
            name: read_number(each, whole=True) for name, each in fields["places"].fields(("general", "minors")).items()
        }
    return NeedScenario(
        id=fields["id"].text(),
        title={language: each.text() for language, each in fields["title"].fields(LANGUAGES).items()},
        begins=_month(fields["begins"]),
        seed=fields["seed"].whole(),
        streams=tuple(sorted(streams, key=lambda each: list(NeedStream).index(each.stream))),
        places=places,
        observed=_all_observed(fields["observed"]) if "observed" in fields else (),
    )


def _all_observed(value: Value) -> tuple[ObservedCount, ...]:
    counts = tuple(map(_observed, value.items()))
    if len({(each.stream, each.kind, each.month, each.known_on) for each in counts}) < len(counts):
        raise value.refuse("tells a month of a stream twice, known on one day")
    return counts


def _observed(value: Value) -> ObservedCount:
    fields = value.fields(("stream", "kind", "month", "persons", "known_on", "source"))
    return ObservedCount(
        NeedStream(fields["stream"].choice(tuple(NeedStream))),
        ObservedKind(fields["kind"].choice(tuple(ObservedKind))),
        _month(fields["month"]),
        fields["persons"].whole(),
        fields["known_on"].day(),
        read_source(fields["source"]),
    )


def _stream(value: Value) -> ScenarioStream:
    numbers = ("quota", "catch_up", "waiting", "a_month", "waits", "alone")
    fields = value.fields(("stream",), (*numbers, "stops"))
    needed = ("quota",) if "quota" in fields else ("waiting", "a_month", "waits")
    optional = ("catch_up",) if "quota" in fields else ("alone",)
    # Asked again with what belongs to its kind, so that a refusal names what is lacking or does not belong.
    fields = value.fields(("stream", *needed), (*optional, "stops"))
    dated = {
        name: read_number(fields[name], whole=name in WHOLE)
        for name in (*needed, *optional)
        if name in fields and name != "waits"
    }
    if "waits" in fields:
        dated |= {f"waits-{place}": read_number(each) for place, each in enumerate(fields["waits"].items())}
    stops = fields["stops"].items() if "stops" in fields else []
    return ScenarioStream(
        stream=NeedStream(fields["stream"].choice(tuple(NeedStream))),
        numbers=dated,
        is_quota="quota" in fields,
        stops=tuple(_stop(each) for each in stops),
    )


def _stop(value: Value) -> tuple[StopVersion, ...]:
    fields = value.fields(("since", "versions"))
    versions = []
    for each in fields["versions"].items():
        version = each.fields(("known_on", "source", "ramp", "restarts"), NORWEGIAN)
        try:
            stop = StreamStop(
                fields["since"].day(), tuple(map(_restart, version["restarts"].items())), version["ramp"].whole()
            )
        except BadCalendar as refused:
            raise each.refuse(f"is not right: {refused}") from None
        day, source = version["known_on"].day(), read_source(version["source"])
        versions.append(StopVersion(day, source, stop, **norwegian(version)))
    refuse_disorder(fields["versions"], [version.known_on for version in versions])
    return tuple(versions)


def _restart(value: Value) -> Restart:
    fields = value.fields(("day", "part"))
    day = None if fields["day"].text() == NOT_YET else fields["day"].day()
    return Restart(day, fields["part"].fraction())


def _month(value: Value) -> FlowMonth:
    try:
        day = date.fromisoformat(f"{value.text()}-01")
    except ValueError:
        raise value.refuse(f"is {value.text()!r}; it must be a month such as 2020-01") from None
    return FlowMonth(day.year, day.month)


def _flow_on(stream: ScenarioStream, day: date) -> Flow:
    known = {name: number.on(day).value for name, number in stream.numbers.items()}
    stops = tuple(_stop_on(stream.stream, versions, day).stop for versions in stream.stops)
    if stream.is_quota:
        extra = int(known["catch_up"]) if "catch_up" in known else None
        return QuotaFlow(stream.stream, int(known["quota"]), extra, stops)
    waits = tuple(value for name, value in known.items() if name.startswith("waits-"))
    flow = PermitFlow(stream.stream, int(known["waiting"]), known["a_month"], waits, stops=stops)
    return replace(flow, alone=known["alone"]) if "alone" in known else flow


def _rests_on(stream: ScenarioStream, day: date) -> Iterator[RestsOn]:
    for name, number in stream.numbers.items():
        yield RestsOn(stream.stream.value, name, number.on(day))
    for versions in stream.stops:
        version = _stop_on(stream.stream, versions, day)
        yield RestsOn(stream.stream.value, f"stop of {version.stop.since}", version)


def _stop_on(stream: NeedStream, versions: tuple[StopVersion, ...], day: date) -> StopVersion:
    known = [version for version in versions if version.known_on <= day]
    if not known:
        raise KnownLater(f"the stop of {stream.value}", versions[0].known_on, day)
    return known[-1]
