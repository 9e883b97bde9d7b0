"""What is filled in of the ledger of a settlement year, and what is done with it."""

from collections.abc import Callable

from bosett.sources.ledger_rows import HIDDEN
from bosett.sources.limits import MOST_FILE
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.accounts.actor import Actor
from bosett_web.actions.settlement import drawn
from bosett_web.actions.settlement.ledger import NewCount, NewRow
from bosett_web.screens.boxes import TextArea, TextBox
from bosett_web.screens.fields import CarriedField, ChoiceField, DayField, FileField, KeyField, PickField, TextField
from bosett_web.screens.fields import NumberField as Persons
from bosett_web.screens.forms import PageForm, ReasonForm

UPLOAD = "ledger.upload"
"""The form of a table: what is wrong with it stands there, not at the form of one count."""
STEPS = tuple((step.value, f"ledger_step_{step}") for step in SettlementStep)
GROUPS = tuple((group.value, f"ledger_group_{group}") for group in LedgerGroup)


class CountField(Persons):
    """A number of persons, or the mark of one that its publisher hides."""

    widget = TextBox({"autocomplete": "off"})

    def to_python(self, value: object) -> int | str | None:  # type: ignore[override]  # the mark is no number
        """Return the number, or the mark; None when nothing is written.

        Raises:
            ValidationError: It is neither.
        """
        return HIDDEN if str(value or "").strip() == HIDDEN else super().to_python(value)


class CountedForm(PageForm):
    """A day, a count, and who says so."""

    on = DayField("ledger_on", needed=True, explained="ledger_on_help")
    count = CountField("ledger_count", needed=True, explained="ledger_count_help")
    said_by = TextField("ledger_said_by", needed=True)
    said_on = DayField("ledger_said_on", needed=True)

    def count_of(self) -> int | None:
        """Return the count; None when its publisher hides it."""
        count = self.cleaned_data["count"]
        return None if count == HIDDEN else int(count)


class CountForm(CountedForm):
    """A count that is entered by hand."""

    municipality = PickField("municipality", needed=True)
    step = ChoiceField("ledger_step", STEPS, needed=True)
    group = ChoiceField("ledger_group", GROUPS, needed=True)

    field_order = ("municipality", "step", "group", "on", "count", "said_by", "said_on")


class CorrectRowForm(CountedForm, ReasonForm):
    """A row that is corrected by a new one."""

    corrects = KeyField()


class TableForm(PageForm):
    """A table of counts, as a file or pasted, and what it does not say itself."""

    pasted = CarriedField("ledger_pasted", explained="ledger_pasted_help", widget=TextArea(6))
    file = FileField("ledger_file", most=MOST_FILE, kinds=".xlsx, .csv", explained="ledger_file_help")
    on = DayField("ledger_table_on", explained="ledger_table_on_help")
    said_by = TextField("ledger_said_by", needed=True)
    said_on = DayField("ledger_said_on", needed=True)


class LedgerRowsForm(PageForm):
    """The rows of a table, as the page before has shown them."""

    rows = CarriedField()


class LedgerFilter(PageForm):
    """On which day, and for whom, the ledger is shown."""

    on = DayField("ledger_as_of")
    county = PickField("county")
    municipality = PickField("municipality")


def entered(function: Callable[..., object]) -> Callable[[Actor, int, CountForm], object]:
    """Return how the form of one count is acted on."""

    def act(actor: Actor, year: int, form: CountForm) -> object:
        count = NewCount(
            municipality=form.text_of("municipality"),
            step=SettlementStep(form.text_of("step")),
            group=LedgerGroup(form.text_of("group")),
            on=form.day_of("on"),
            count=form.count_of(),
            said_by=form.text_of("said_by"),
            said_on=form.day_of("said_on"),
        )
        return function(actor, year=year, counts=[count], source="hand")

    return act


def corrected(function: Callable[..., object]) -> Callable[[Actor, int, CorrectRowForm], object]:
    """Return how the form that corrects a row is acted on."""

    def act(actor: Actor, year: int, form: CorrectRowForm) -> object:
        row = NewRow(
            form.day_of("on"),
            form.count_of(),
            form.text_of("said_by"),
            form.day_of("said_on"),
            form.text_of("reason"),
        )
        return function(actor, year=year, number=form.key_of("corrects"), row=row)

    return act


def draw(actor: Actor, year: int, form: PageForm) -> object:  # noqa: ARG001  - nothing is filled in
    """Enter the demo's drawn weeks."""
    return drawn.draw(actor, year=year)


def stands_at(form: PageForm) -> str:
    """Return where on the page the rows stand."""
    return f"?municipality={form.text_of('municipality')}#rows" if isinstance(form, CountForm) else "#rows"
