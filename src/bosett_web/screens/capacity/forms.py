"""What is filled in of capacity, and what is done with it."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from django.core.exceptions import ValidationError

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import NoWeek, Week, read_week, week_of
from bosett.sources.limits import MOST_FILE
from bosett.stages.capacity.reports import LONGEST_LEAD, Firmness, Hindrance, LocalSituation, Report
from bosett_web.accounts.actor import Actor
from bosett_web.actions.capacity import asking, reports
from bosett_web.actions.capacity.reports import GivenReport
from bosett_web.actions.doing import Invalid
from bosett_web.actions.figures import capacity as figures
from bosett_web.records import clock
from bosett_web.screens import boxes, formats
from bosett_web.screens.fields import (
    CarriedField,
    ChoiceField,
    Choices,
    DayField,
    FileField,
    KeyField,
    NumberField,
    OfferingField,
    PageField,
    TextField,
)
from bosett_web.screens.forms import PageForm
from bosett_web.screens.rows import RowsForm
from bosett_web.screens.words import say

WEEKS = 52
"""Weeks ahead that can be chosen."""
LASTS = timedelta(weeks=4)
"""How long a report may be used, unless something else is said."""
BESIDE: Mapping[str, str] = MappingProxyType({"situation": "capacity_situation", "hindrance": "capacity_hindrance"})
HEADS: Mapping[str, str] = MappingProxyType({kind.value: f"place_{kind}" for kind in PlaceKind} | dict(BESIDE))
"""The parts of a row: a count of each kind, and how the municipality is placed."""
SITUATIONS = [(each.value, f"situation_{each}") for each in LocalSituation]
HINDRANCES = [("", ""), *((each.value, f"hindrance_{each}") for each in Hindrance)]


class WeekField(OfferingField):
    """A week among those that the screen offers."""

    missing = "not_a_week"

    def to_python(self, value: object) -> Week | None:
        """Return the week; None when none is chosen.

        Raises:
            ValidationError: It is none.
        """
        written = str(value or "").strip()
        try:
            return read_week(written) if written else None
        except NoWeek:
            raise self.fault("not_a_week") from None


class LeadField(NumberField):
    """A number of weeks."""

    def to_python(self, value: object) -> int | None:
        """Return the weeks; None when nothing is written.

        Raises:
            ValidationError: It is no number, or too many weeks.
        """
        weeks = super().to_python(value)
        if weeks is not None and weeks > LONGEST_LEAD:
            raise ValidationError(say("report_lead", self.language))
        return weeks


class CapacityForm(RowsForm):
    """What is reported: a row for each municipality, and what goes for all of them."""

    heads = HEADS
    first = WeekField("capacity_first", needed=True)
    last = WeekField("capacity_last", needed=True)
    firmness = ChoiceField(
        "capacity_firmness", [(each.value, f"firmness_{each}") for each in Firmness], explained="firmness_help"
    )
    ask_by = WeekField("capacity_ask_by", explained="ask_by_help")
    lead = LeadField("capacity_lead", explained="lead_help")
    expires_on = DayField("capacity_expires", needed=True, explained="expires_help")

    def part_field(self, part: str, head: str) -> PageField:
        """Return the field of a part."""
        look = {"class": "cell"} if self.in_rows else {}
        if part == "situation":
            choice = ChoiceField(head, SITUATIONS)
        elif part == "hindrance":
            choice = ChoiceField(head, HINDRANCES)
        else:
            box = boxes.NumberBox({"class": "cell number"}) if self.in_rows else boxes.NumberBox()
            return NumberField(head, widget=box)
        choice.widget = boxes.ChoiceBox(look)
        choice.speak(self.spoken)
        return choice

    def place_of(self, fault: str) -> str | None:
        """Return the field at which something is told; what is told of a whole row stands at its first count."""
        return super().place_of(fault) or super().place_of(f"{fault}-{PlaceKind.ADULT}")

    def offer_weeks(self, today: date) -> None:
        """Offer the weeks from this one on."""
        offered = week_choices(today, self.spoken)
        for name in ("first", "last"):
            self.offer(name, offered)
        self.offer("ask_by", [("", "–"), *offered])

    def reports_given(self) -> list[GivenReport]:
        """Return what the rows report that come back otherwise than they were shown.

        Raises:
            Invalid: A week is missing.
        """
        first, last = (self.cleaned_data[name] for name in ("first", "last"))
        return [
            GivenReport(
                municipality=code,
                counts={kind: self.number_of(f"{code}-{kind}") for kind in PlaceKind if self.is_told(code, kind)},
                first=first,
                last=last,
                expires_on=self.day_of("expires_on"),
                firmness=self.text_of("firmness") or Firmness.FIRM,
                ask_by=self.cleaned_data["ask_by"],
                lead=self.number_of("lead"),
                situation=self.text_of(f"{code}-situation") or LocalSituation.OPEN,
                hindrance=self.text_of(f"{code}-hindrance"),
                measures=self.measures_of(code),
            )
            for code in self.codes
            if self.is_changed(code)
        ]

    def is_told(self, code: str, kind: PlaceKind) -> bool:
        """Tell whether a count is reported: one that was changed, or all when how the municipality is placed was."""
        before = dict(zip(self.heads, self.was_of(code).split("|"), strict=False))
        changed = [part for part in self.heads if self.sent(f"{code}-{part}").strip() != before.get(part, "")]
        return kind in changed or not BESIDE.keys().isdisjoint(changed)

    def measures_of(self, code: str) -> str:  # noqa: ARG002  - for those whose rows have them
        """Return what a municipality does about what hinders it."""
        return ""

    def is_changed(self, code: str) -> bool:
        """Tell whether a row comes back otherwise than it was shown."""
        return "|".join(self.sent(f"{code}-{part}").strip() for part in self.heads) != self.was_of(code)


class CountyCapacityForm(CapacityForm):
    """What a county municipality reports of its municipalities."""

    county = CarriedField()


class OwnCapacityForm(CapacityForm):
    """What a municipality reports of itself, on a page that a telephone has room for."""

    in_rows = False
    measures = TextField("capacity_measures", explained="no_person", rows=2)

    def is_told(self, code: str, kind: PlaceKind) -> bool:  # noqa: ARG002  - to say the same once more is to say it
        """Tell that it is reported."""
        return True

    def measures_of(self, code: str) -> str:  # noqa: ARG002  - there is one
        """Return what it does about what hinders it."""
        return self.text_of("measures")

    def is_changed(self, code: str) -> bool:  # noqa: ARG002  - to say the same once more is to say it
        """Tell that it is said."""
        return True


class FillGridForm(PageForm):
    """A filled workbook, to be laid into the grid."""

    file = FileField("upload_file", most=MOST_FILE, kinds=".xlsx, .csv", needed=True, explained="capacity_fill_help")


class AgainForm(PageForm):
    """The same once more, of one municipality or of all of one's own."""

    only = CarriedField()


class CountyAgainForm(AgainForm):
    """The same once more, of municipalities of a county."""

    county = CarriedField()


class AskCapacityForm(PageForm):
    """A round of asking."""

    by = DayField("asking_by", needed=True)
    first = WeekField("capacity_first", needed=True)
    last = WeekField("capacity_last", needed=True)
    words = TextField("asking_words", explained="no_person", rows=3)


class ReadCapacityForm(PageForm):
    """The weeks whose capacity is read in as figures."""

    first = WeekField("capacity_first", needed=True)
    last = WeekField("capacity_last", needed=True)


class AskingForm(PageForm):
    """A round of asking that there is."""

    asking = KeyField()


def report(actor: Actor, year: int, form: CapacityForm) -> object:
    """Report capacity."""
    given = form.reports_given()
    if not given:
        raise Invalid("lines", "nothing_changed")
    return reports.report(actor, year=year, reports=given)


def again(actor: Actor, year: int, form: PageForm) -> object:
    """Report the same once more."""
    only = form.text_of("only")
    return reports.as_before(actor, year=year, only=(only,) if only else ())


def ask(actor: Actor, year: int, form: PageForm) -> object:
    """Ask for capacity."""
    first, last = (form.cleaned_data[name] for name in ("first", "last"))
    return asking.ask(actor, year=year, by=form.day_of("by"), first=first, last=last, words=form.text_of("words"))


def read_capacity(actor: Actor, year: int, form: PageForm) -> object:
    """Read what is reported in as figures."""
    first, last = (form.cleaned_data[name] for name in ("first", "last"))
    source = form.worded("capacity_figures_source", day=formats.day(clock.today(), form.spoken))
    return figures.read_capacity(actor, year=year, first=first, last=last, source=source)


def remind(actor: Actor, year: int, form: PageForm) -> object:
    """Remind those who have not answered."""
    return asking.remind(actor, year=year, asking=form.key_of("asking"))


def week_choices(today: date, language: str, weeks: int = WEEKS) -> Choices:
    """Return the weeks from this one on, each with its days."""
    this = week_of(today)
    return [(str(week), week_told(week, language)) for week in this.to(this.after(weeks - 1))]


def week_told(week: Week, language: str) -> str:
    """Return a week in words, with the day that it begins on."""
    return say("week_told", language, number=str(week.number), first=formats.day(week.monday, language))


def row_parts(code: str, former: Mapping[PlaceKind, Report]) -> dict[str, object]:
    """Return what the newest reports of a municipality are, by the names of the form's fields."""
    newest = max(former.values(), key=lambda each: (each.said_on, each.number), default=None)
    # A closed municipality has said that there is no place now; what it says when it opens is not known.
    is_closed = newest is not None and newest.situation is LocalSituation.CLOSED
    counts = ["" if is_closed or kind not in former else str(former[kind].count) for kind in PlaceKind]
    beside = [newest.situation.value, (newest.hindrance or "")] if newest else [LocalSituation.OPEN.value, ""]
    written = [*counts, *(str(each) for each in beside)]
    parts: dict[str, object] = {f"{code}-{part}": value for part, value in zip(HEADS, written, strict=True)}
    return {**parts, f"{code}-was": "|".join(written)}
