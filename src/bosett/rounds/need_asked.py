"""A forecast that is asked for: of which scenario, as which day knows it, with what changed, along which paths.

It is all that an answer depends on, so whoever asks the same gets the same: at the command line, on a page, and in the
background.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.basis.digest import digest
from bosett.rounds.need_stops import with_stops
from bosett.rounds.notices import Span
from bosett.stages.forecast.calendar import Restart
from bosett.stages.forecast.changes import UNCHANGED, NeedChanges, with_changes
from bosett.stages.forecast.scenario import NeedScenario
from bosett.stages.forecast.streams import NeedModel

VERSION = "need-1"
"""Of the way in which paths are made. Another makes others, so an answer that was kept is not taken for its own."""
NEVER = "never"
"""What stands for a restart that is not within the months."""


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """A forecast that is asked for.

    Attributes:
        scenario: What the year rests on.
        year: The settlement year.
        day: What became known later is not seen.
        seed: Where chance begins.
        paths: How many.
        changes: What is changed of the scenario.
        stops: The stops of resettlement that are told, instead of the scenario's own; None leaves those.
    """

    scenario: NeedScenario
    year: int
    day: date
    seed: int
    paths: int
    changes: NeedChanges = UNCHANGED
    stops: tuple[Span, ...] | None = None

    @property
    def name(self) -> str:
        """The scenario's name without its year."""
        return self.scenario.id.removeprefix(f"{self.year}-")

    def model(self) -> NeedModel:
        """Return what it rests on.

        Raises:
            KnownLater: The day knows nothing of one of the scenario's numbers, or of a stop.
            BeginsLater: The scenario begins after the year.
            NothingToChange: Something is changed that the scenario does not have.
            BadCalendar: A restart is not after its stop.
            BadFlow: A number is less than nothing.
        """
        model = self.scenario.as_of(self.day, self.year)
        if self.stops is not None:
            model = with_stops(model, self.stops)
        return with_changes(model, self.changes)

    def changed(self) -> Mapping[str, object]:
        """Return what is changed, as plain data: fractions as text; empty when nothing is."""
        changes, restart = self.changes, self.changes.restart
        whole = {
            "stops": None if self.stops is None else [span_text(span) for span in self.stops],
            "quota": changes.quota,
            "restart": None if restart is None else NEVER if restart.day is None else restart.day.isoformat(),
            "ramp": changes.ramp,
            "permits": None if changes.permits is None else str(changes.permits),
            "alone": None if changes.alone is None else str(changes.alone),
        }
        return {name: value for name, value in whole.items() if value is not None}

    def key(self) -> str:
        """Return the hash of all that the answer depends on."""
        return digest(
            {
                "version": VERSION,
                "scenario": self.scenario.id,
                "year": self.year,
                "as_of": self.day.isoformat(),
                "changed": self.changed(),
                "seed": self.seed,
                "paths": self.paths,
                "model": repr(self.model()),
            }
        )


def read_changes(given: Mapping[str, object]) -> NeedChanges:
    """Return changes from plain data, as `NeedAsked.changed` gives it; what it does not name is not changed.

    Raises:
        ValueError: A number or a day is none.
    """
    texts = {name: str(value) for name, value in given.items()}
    return NeedChanges(
        quota=int(texts["quota"]) if "quota" in texts else None,
        restart=read_restart(texts["restart"]) if "restart" in texts else None,
        ramp=int(texts["ramp"]) if "ramp" in texts else None,
        permits=read_part(texts["permits"]) if "permits" in texts else None,
        alone=read_part(texts["alone"]) if "alone" in texts else None,
    )


def read_part(text: str) -> Fraction:
    """Return a number that may have decimals or be a fraction.

    Raises:
        ValueError: It is none.
    """
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None


def read_restart(text: str) -> Restart:
    """Return when a stop ends: a day, or the word for never.

    Raises:
        ValueError: It is neither.
    """
    return Restart(None if text == NEVER else date.fromisoformat(text), Fraction(1))


def read_span(text: str) -> Span:
    """Return a stop from what `span_text` writes.

    Raises:
        ValueError: It is none, or ends before it begins.
    """
    days, _, ramp = text.partition("+")
    since, _, until = days.partition("..")
    span = Span(date.fromisoformat(since), date.fromisoformat(until) if until else None, int(ramp) if ramp else 0)
    if span.ramp < 0 or (span.until is not None and span.until < span.since):
        raise ValueError(text)
    return span


def span_text(span: Span) -> str:
    """Return a stop as an option gives it: `2020-03-14`, `2020-03-14..2020-06-30` or `2020-03-14..2020-06-30+8`."""
    until = "" if span.until is None else f"..{span.until}"
    return f"{span.since}{until}{f'+{span.ramp}' if span.ramp else ''}"
