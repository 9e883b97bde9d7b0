"""What is filled in of the round as a whole, and what is done with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms.boundfield import BoundField
from django.http import QueryDict

from bosett.geography import counties
from bosett.rounds.due import CalendarStep
from bosett_web.accounts.actor import Actor
from bosett_web.actions.round import alternatives, criteria, forecasts, opening, shielding, targets, withholding
from bosett_web.screens.fields import CarriedField, CheckField, DayField, KeyField, NumberField, PickField, TextField
from bosett_web.screens.forms import Files, PageForm, ReasonForm
from bosett_web.screens.round.written_form import WriteCriteriaForm
from bosett_web.screens.rows import HEADS, RowsForm

NATIONAL = "national"
"""The row of the country, among those of the counties."""


class CriteriaForm(PageForm):
    """A draft of the year's criteria."""

    title = TextField("field_title", needed=True)
    wording = TextField("field_wording", explained="no_person", rows=8)
    file = PickField("field_file")


class KeepAlternativeForm(PageForm):
    """A choice that was tried, and is to be kept: `asked` is what the address says of it."""

    name = TextField("alternative_name", needed=True)
    comment = TextField("alternative_comment", explained="no_person", rows=3)
    file = CarriedField()
    asked = CarriedField()


class AlternativeForm(PageForm):
    """An alternative that there is."""

    identity = KeyField()


class AlternativeReasonForm(AlternativeForm, ReasonForm):
    """An alternative that there is, with a reason."""


class ForecastForm(PageForm):
    """A forecast of the need."""

    low = NumberField("field_low", needed=True)
    middle = NumberField("field_middle", needed=True)
    high = NumberField("field_high", needed=True)
    under15 = NumberField("field_under15", explained="minors_help")
    from15 = NumberField("field_from15", explained="minors_help")
    as_of = DayField("field_as_of", needed=True)
    publisher = TextField("field_publisher", needed=True)
    document = TextField("field_forecast_document", explained="forecast_document_help")
    note = TextField("field_note", explained="no_person", rows=2)


class CalendarForm(PageForm):
    """By when the steps of a round are to be done; a step without a day is one that nobody has named a day for."""

    def add_own(self) -> None:
        """Add a field for each step."""
        for step in CalendarStep:
            self.add(f"day_{step}", DayField(f"field_day_{step}"))

    @property
    def steps(self) -> list[BoundField]:
        """The fields of the steps."""
        return [self[f"day_{step}"] for step in CalendarStep]

    def days(self) -> dict[CalendarStep, date]:
        """Return the calendar as it was filled in."""
        given = {step: self.day_or_none_of(f"day_{step}") for step in CalendarStep}
        return {step: day for step, day in given.items() if day is not None}


class OpenRoundForm(CalendarForm):
    """A round that is to be opened: its year, its calendar, and the fewest that a municipality is asked for."""

    year = NumberField("field_year", needed=True)
    least = NumberField("field_least", explained="least_help")


class TargetsForm(RowsForm):
    """A draft of the national target and the counties' shares of it.

    `before` carries what the counties' fields held when they were filled in last, so that it can be undone.
    """

    note = TextField("targets_reason", explained=("targets_reason_help", "no_person"), rows=4)
    before = CarriedField()

    heads: Mapping[str, str] = {**HEADS, "number": "target"}
    was = ""

    def add_row(self, code: str) -> None:
        """Add the fields of a row; those of the country stand above the table, each with its label."""
        super().add_row(code)
        if code == NATIONAL:
            for part in self.heads:
                field = self.field_of(f"{code}-{part}")
                field.is_in_row, field.template_name = False, "_field.html"

    def name_row(self, code: str, name: str) -> None:
        """Call the fields of a row by its place; those of the country by what they are."""
        super().name_row(code, name)
        if code == NATIONAL:
            for part in self.heads:
                self.call(f"{code}-{part}", self.worded(f"targets_national_{part}"))


class TargetsCompareForm(PageForm):
    """Two versions that are held against each other."""

    a = PickField("targets_compare_from")
    b = PickField("targets_compare_to")


class WithholdForm(PageForm):
    """A document and the ground on which it is withheld."""

    document = CarriedField()
    ground = PickField("withheld_ground", needed=True)
    detail = TextField("field_detail", explained="detail_help")


class DocumentsFilter(PageForm):
    """Which documents are listed."""

    kind = PickField("document_kind")
    only = CheckField("documents_only", value="withheld")


class JournalFilter(PageForm):
    """Which events are listed."""

    subject = CarriedField()
    q = TextField("log_words", explained="log_words_help")
    track = PickField("log_track")
    party = PickField("log_party")
    since = DayField("log_since")
    until = DayField("log_until")

    def clean(self) -> None:
        """Refuse days that end before they begin."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since is not None and until is not None and until < since:
            self.add_error("until", self.worded("log_until_before"))

    def leave_out(self, name: str) -> None:
        """Leave out a field that there is nothing to pick by in."""
        del self.fields[name]


class LiftForm(PageForm):
    """A document that is withheld no longer."""

    document = CarriedField()


class ShieldForm(ReasonForm):
    """A free text of the journal that is to be read no longer, and why."""

    text = KeyField()
    reason = TextField("field_reason", needed=True, rows=2)


def draft_criteria(actor: Actor, year: int, form: PageForm) -> object:
    """Draft the criteria."""
    title, wording, file = (form.text_of(name) for name in ("title", "wording", "file"))
    return criteria.draft(actor, year=year, title=title, wording=wording, file=file)


def keeping(data: Mapping[str, Any], files: "Files | None", *, language: str, move: str) -> PageForm:
    """Return the form of what is to be kept: of criteria that were written, or of a choice that was tried."""
    kind = WriteCriteriaForm if "order" in data else KeepAlternativeForm
    return kind(data, files, language=language, move=move)


def keep_alternative(actor: Actor, year: int, form: PageForm) -> object:
    """Keep a choice that was tried, or criteria that were written."""
    if isinstance(form, WriteCriteriaForm):
        name, comment = form.text_of("name"), form.text_of("comment")
        return alternatives.keep_written(actor, year=year, name=name, comment=comment, criteria=form.criteria)
    name, comment, file = (form.text_of(name) for name in ("name", "comment", "file"))
    return alternatives.keep(actor, year=year, name=name, comment=comment, file=file)


def share_alternative(actor: Actor, year: int, form: PageForm) -> object:
    """Share an alternative."""
    return alternatives.share(actor, year=year, identity=form.key_of("identity"))


def drop_alternative(actor: Actor, year: int, form: PageForm) -> object:
    """Take away an alternative that nobody else has seen."""
    return alternatives.drop(actor, year=year, identity=form.key_of("identity"))


def take_back_alternative(actor: Actor, year: int, form: PageForm) -> object:
    """Take away an alternative that has been shared."""
    return alternatives.take_back(actor, year=year, identity=form.key_of("identity"), reason=form.text_of("reason"))


def alternative_stands_at(form: PageForm) -> str:
    """Return where on its page an alternative stands, with what was tried when it was kept."""
    if isinstance(form, WriteCriteriaForm):
        return f"?{urlencode({'named': form.text_of('name')})}#alternatives"
    asked = QueryDict(form.sent("asked")).urlencode()
    return f"?{asked}#alternatives" if asked else "#alternatives"


def register(actor: Actor, year: int, form: PageForm) -> object:
    """Register a forecast."""
    return forecasts.register(
        actor,
        year=year,
        low=form.number_of("low"),
        middle=form.number_of("middle"),
        high=form.number_of("high"),
        under15=form.number_of("under15"),
        from15=form.number_of("from15"),
        as_of=form.day_of("as_of"),
        publisher=form.text_of("publisher"),
        document=form.text_of("document"),
        note_text=form.text_of("note"),
    )


def change_days(actor: Actor, year: int, form: CalendarForm) -> object:
    """Change the calendar of a round."""
    return opening.change_days(actor, year=year, days=form.days())


def draft_targets(actor: Actor, year: int, form: TargetsForm) -> object:
    """Draft the targets."""
    return targets.draft(
        actor,
        year=year,
        national=form.numbers_of(NATIONAL),
        counties={each.code: form.numbers_of(each.code) for each in counties(year)},
        note_text=form.text_of("note"),
    )


def withhold(actor: Actor, year: int, form: PageForm) -> object:
    """Withhold a document."""
    kind, key = _document(form)
    ground, detail = form.text_of("ground"), form.text_of("detail")
    return withholding.withhold(actor, year=year, kind=kind, key=key, ground=ground, detail=detail)


def lift(actor: Actor, year: int, form: PageForm) -> object:
    """Lift the withholding of a document."""
    kind, key = _document(form)
    return withholding.lift(actor, year=year, kind=kind, key=key)


def shield(actor: Actor, year: int, form: PageForm) -> object:  # noqa: ARG001  - what is done with a form is given its year
    """Shield a free text of the journal."""
    return shielding.shield(actor, free_text=form.key_of("text"), reason=form.text_of("reason"))


def _document(form: PageForm) -> tuple[str, str]:
    kind, _, key = form.text_of("document").partition(":")
    return kind, key
