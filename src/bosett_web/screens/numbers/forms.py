"""What is filled in of the final numbers, and what is done with it."""

from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import closing
from bosett_web.actions.values import Numbers
from bosett_web.screens.fields import CarriedField, KeyField, MomentField, NumberField, PickField, TextField
from bosett_web.screens.forms import CountyForm, CountyReasonForm, PageForm, ReasonForm
from bosett_web.screens.rows import RowsForm, joined


class FinalNumbersForm(RowsForm, CountyForm):
    """The final numbers of a county's municipalities."""

    reason = TextField("field_reason", explained=("set_reason_help", "no_person"), rows=2)

    def clean(self) -> None:
        """Refuse to take away a number that is there."""
        for name, code in [(f"{code}-number", code) for code in self.codes]:
            taken_away = name in self.cleaned_data and self.cleaned_data[name] is None
            if taken_away and self.was_of(code).partition("|")[0]:
                self.add_error(name, self.worded("number_missing"))

    def changed(self) -> dict[str, Numbers]:
        """Return the numbers of the rows that come back otherwise than they were shown."""
        rows = {code: self.numbers_of(code) for code in self.codes}
        return {
            code: each for code, each in rows.items() if each.number is not None and joined(each) != self.was_of(code)
        }


class FillForm(CountyReasonForm):
    """Where a county's final numbers are taken from, and why."""

    source = CarriedField()


class SkipForm(ReasonForm):
    """A step that the round goes on without, and why."""

    gate = PickField("gate")


class CorrectionForm(ReasonForm):
    """Another number than the one that was frozen, and why."""

    municipality = PickField("municipality")
    number = NumberField("field_number", needed=True)


class CorrectForm(PageForm):
    """A correction that is to be made."""

    correction = KeyField()


class ReleaseForm(PageForm):
    """The moment from which everybody may read the numbers."""

    release = MomentField("field_release", needed=True)


def set_numbers(actor: Actor, year: int, form: FinalNumbersForm) -> object:
    """Save the final numbers that differ from what the page was shown with."""
    changed = form.changed()
    if not changed:
        raise Invalid("lines", "nothing_changed")
    return numbers.set_numbers(actor, year=year, numbers=changed, reason=form.text_of("reason"))


def fill(actor: Actor, year: int, form: PageForm) -> object:
    """Fill a county's final numbers."""
    county, source, reason = (form.text_of(name) for name in ("county", "source", "reason"))
    return numbers.fill_county(actor, year=year, county=county, source=source, reason=reason)


def answer(actor: Actor, year: int, form: PageForm) -> object:
    """Answer the consultation."""
    return numbers.answer(actor, year=year, comment=form.text_of("comment"))


def give_back(actor: Actor, year: int, form: PageForm) -> object:
    """Return the numbers to be worked on."""
    return numbers.return_numbers(actor, year=year, reason=form.text_of("reason"))


def close(actor: Actor, year: int, form: PageForm) -> object:
    """Close the round."""
    return closing.close(actor, year=year, reason=form.text_of("reason"))


def reopen(actor: Actor, year: int, form: PageForm) -> object:
    """Take a closed round up again."""
    return closing.reopen(actor, year=year, reason=form.text_of("reason"))


def skip(actor: Actor, year: int, form: PageForm) -> object:
    """Go on without a step."""
    return numbers.skip(actor, year=year, gate=form.text_of("gate"), reason=form.text_of("reason"))


def propose_correction(actor: Actor, year: int, form: PageForm) -> object:
    """Propose to correct a frozen number."""
    municipality, reason = form.text_of("municipality"), form.text_of("reason")
    number = form.key_of("number")
    return numbers.propose_correction(actor, year=year, municipality=municipality, number=number, reason=reason)


def correct(actor: Actor, year: int, form: PageForm) -> object:
    """Correct a frozen number."""
    return numbers.correct(actor, year=year, correction=form.key_of("correction"))


def release(actor: Actor, year: int, form: PageForm) -> object:
    """Say from when everybody may read the numbers."""
    return numbers.set_release(actor, year=year, at=form.moment_of("release"))
