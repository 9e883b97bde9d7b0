"""What can be changed of a scenario, as a form of the page's address: what it says is what is reckoned."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.forms import HiddenInput

from bosett.basis.refusals import Refusal
from bosett.rounds.need_asked import NeedAsked
from bosett.rounds.notices import MOST_RAMP, Span, Stream
from bosett.stages.forecast.calendar import Restart, StreamStop
from bosett.stages.forecast.changes import UNCHANGED, NeedChanges, last_stop, may_settle_alone
from bosett.stages.forecast.scenario import PLANNED, shipped_scenarios
from bosett.stages.forecast.streams import NeedModel, PermitFlow, QuotaFlow
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.need import runs
from bosett_web.queries.need_reckoned import asked_of
from bosett_web.queries.notices.notices import stops_in
from bosett_web.records import clock
from bosett_web.screens import boxes, formats
from bosett_web.screens.fields import CarriedField, CheckField, DayField, NumberField, PickField
from bosett_web.screens.forms import PageForm

TOLD = "told"
"""The name of the scenario whose stops are those that are told here."""
WHOLE = 100
"""Per cent."""
CHANGED = frozenset({"quota", "restart", "never", "ramp", "permits", "alone"})
"""The fields that change something."""
MOST_PERMITS, MOST_QUOTA = 300, 100_000


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """What a scenario has of what can be changed; None is that it has nothing of the kind.

    Attributes:
        quota: Persons a year who come by decision.
        stop: The last stop of them.
        has_permits: Whether anybody comes by permits.
        alone: The part of adults who settle alone, in whole per cent.
    """

    quota: int | None
    stop: StreamStop | None
    has_permits: bool
    alone: int | None


class SliderField(NumberField):
    """A whole number between two ends, chosen by a slider."""

    look = "field slider"

    def __init__(self, words: str, *, most: int, step: int = 1, percent: bool = False) -> None:
        """Declare a number from 0 to `most`, in steps; `percent` shows it as such."""
        self.percent = percent
        super().__init__(words, widget=boxes.SliderBox(most, step, self.shown))
        self.most = most

    def shown(self, value: object) -> str:
        """Return a number as it stands beside the slider; what is none as it was written."""
        text = str(value)
        number = formats.number(int(text)) if text.isascii() and text.isdigit() else text
        return f"{number}\u00a0%" if self.percent else number

    def to_python(self, value: object) -> int | None:
        """Return the number; None when nothing is written.

        Raises:
            ValidationError: It is none, or beyond the ends.
        """
        number = super().to_python(value)
        if number is not None and number > self.most:
            raise self.fault("number_outside", {"most": self.most})
        return number


class SlidersForm(PageForm):
    """A scenario and what is changed of it; what is left empty is the scenario's own."""

    of = CarriedField()
    scenario = PickField("need_field_scenario")
    quota = SliderField("need_field_quota", most=MOST_QUOTA)
    restart = DayField("need_field_restart")
    never = CheckField("need_field_never")
    ramp = SliderField("need_field_ramp", most=MOST_RAMP)
    permits = SliderField("need_field_permits", most=MOST_PERMITS, step=5, percent=True)
    alone = SliderField("need_field_alone", most=WHOLE, percent=True)

    def clean(self) -> dict[str, Any]:
        """Refuse a day on which it begins again together with that it does not."""
        if self.cleaned_data.get("restart") and self.cleaned_data.get("never"):
            self.add_error("restart", self.worded("need_restart_both"))
        return self.cleaned_data

    def fit(self, own: OwnNumbers) -> None:
        """Take away what the scenario has nothing of, and let the sliders end where it makes sense for it."""
        gone = {
            "quota": own.quota is None,
            **dict.fromkeys(("restart", "never", "ramp"), own.stop is None),
            "permits": not own.has_permits,
            "alone": own.alone is None,
        }
        for name, is_gone in gone.items():
            if is_gone:
                del self.fields[name]
        if own.quota is not None and isinstance(box := self.fields["quota"].widget, boxes.SliderBox):
            box.fit(max(2 * own.quota, WHOLE), 10 if own.quota % 10 == 0 else 1)

    def changes(self, own: OwnNumbers) -> NeedChanges:
        """Return what is changed: a slider that stands where the scenario has it changes nothing."""
        quota, ramp, permits, alone = (self._number(name) for name in ("quota", "ramp", "permits", "alone"))
        restart = self.day_or_none_of("restart") if "restart" in self.fields else None
        never = "never" in self.fields and bool(self.text_of("never"))
        return NeedChanges(
            quota=None if quota == own.quota else quota,
            restart=Restart(restart, Fraction(1)) if restart or never else None,
            ramp=None if own.stop is None or ramp == own.stop.ramp else ramp,
            permits=None if permits in (None, WHOLE) else Fraction(permits, WHOLE),
            alone=None if alone in (None, own.alone) else Fraction(alone, WHOLE),
        )

    def _number(self, name: str) -> int | None:
        return self.number_of(name) if name in self.fields else None


class CarriedSlidersForm(SlidersForm):
    """The same as a card carries it, to be run in full: nobody fills it in, so that no fault of it leads to a field."""

    def add_own(self) -> None:
        """Hide every field."""
        for field in self.fields.values():
            field.widget = HiddenInput()


def stops_told(year: int) -> tuple[Span, ...]:
    """Return the stops of resettlement that are told here and touch a year. One query."""
    return tuple(row.span for row in stops_in(year) if row.stream == Stream.RESETTLEMENT)


def base_of(year: int) -> str:
    """Return the scenario in which stops that are told take the place of its own: the plan, else the first there is."""
    shipped = shipped_scenarios(year)
    return PLANNED if PLANNED in shipped else shipped[0]


def question(year: int, name: str, day: date, stops: tuple[Span, ...], changes: NeedChanges = UNCHANGED) -> NeedAsked:
    """Return the question of a scenario by the name that the page gives it.

    Args:
        year: The settlement year.
        name: One that is shipped, or `told`.
        day: What became known later is not seen.
        stops: Those that are told here.
        changes: What is changed.

    Raises:
        UnknownScenario: There is none of this name.
    """
    if name == TOLD:
        return asked_of(year, base_of(year), day, stops=stops, changes=changes)
    return asked_of(year, name, day, changes=changes)


def own_numbers(model: NeedModel) -> OwnNumbers:
    """Return what a model has of what can be changed."""
    quota = next((flow for flow in model.flows if isinstance(flow, QuotaFlow)), None)
    permits = [flow for flow in model.flows if isinstance(flow, PermitFlow)]
    alone = next((flow.alone for flow in permits if may_settle_alone(flow)), None)
    return OwnNumbers(
        quota=None if quota is None else quota.quota,
        stop=None if quota is None else last_stop(quota),
        has_permits=bool(permits),
        alone=None if alone is None else round(alone * WHOLE),
    )


def pairs_of(year: int, name: str, changes: NeedChanges = UNCHANGED) -> list[tuple[str, str]]:
    """Return what the address of a question says: the year, the scenario and what is changed of it."""
    restart = changes.restart
    whole = {
        "of": str(year),
        "scenario": name,
        "quota": changes.quota,
        "restart": None if restart is None or restart.day is None else restart.day.isoformat(),
        "never": "1" if restart is not None and restart.day is None else None,
        "ramp": changes.ramp,
        "permits": None if changes.permits is None else int(changes.permits * WHOLE),
        "alone": None if changes.alone is None else int(changes.alone * WHOLE),
    }
    return [(key, str(value)) for key, value in whole.items() if value is not None]


def order(actor: Actor, year: int, form: SlidersForm) -> object:
    """Order a full run of what the form asks.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: It cannot be reckoned, or the run is done or under way.
    """
    of, name = year_in(form.text_of("of"), year, clock.today()), form.text_of("scenario")
    if name not in (TOLD, *shipped_scenarios(of)):
        raise Invalid("scenario", "not_a_choice")
    stops = stops_told(of) if name == TOLD else None
    asked = question(of, name, clock.today(), stops or ())
    try:
        changes = form.changes(own_numbers(asked.model()))
    except Refusal as refused:
        raise Invalid("scenario", "need_not_told", {"words": str(refused)}) from None
    return runs.order(actor, year=year, of=of, scenario=asked.name, changes=changes, stops=stops)


def year_in(text: str, year: int, day: date) -> int:
    """Return the year whose need is asked about: one of those that a round's page tells, else the round's own."""
    return int(text) if text in map(str, years_of(year, day.year)) else year


def years_of(year: int, running: int) -> tuple[int, ...]:
    """Return the years whose need a round's page tells: the one that runs, and its own."""
    return tuple(sorted({running, year}))


def stands_at(form: PageForm) -> str:
    """Return where on the page the answer to what was ordered stands."""
    names = ("of", "scenario", "quota", "restart", "never", "ramp", "permits", "alone")
    filled = [(name, form.sent(name)) for name in names if form.sent(name)]
    changed = [name for name, _ in filled if name not in ("of", "scenario")]
    place = "own" if changed else f"need-{form.sent('scenario')}"
    return f"?{urlencode(filled)}#{place}"
