"""What is filled in of a municipality's decision, and what is done with it."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from bosett_web.accounts.actor import Actor
from bosett_web.actions.decisions import decisions
from bosett_web.actions.decisions.decisions import GivenAnswer
from bosett_web.actions.decisions.held_documents import held_document, hold
from bosett_web.actions.pdfs import LARGEST
from bosett_web.records.choices import Decider
from bosett_web.screens.boxes import CheckBox
from bosett_web.screens.decisions.choice import answers_in
from bosett_web.screens.fields import (
    CarriedField,
    CheckField,
    ChoiceField,
    DayField,
    FileField,
    KeyField,
    NumberField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import OlderForm, PageForm, ReasonForm

YES_NO = {"yes": True, "no": False}


class MunicipalityForm(PageForm):
    """A move of a municipality's decision."""

    municipality = CarriedField()
    query = CarriedField()


class MunicipalityFilter(PageForm):
    """Which municipality is opened."""

    def add_own(self) -> None:
        """Add the choice, whose name is no name in Python."""
        self.add("for", PickField("open_one"))


class DecisionVersionForm(MunicipalityForm):
    """A move of one version of a decision."""

    version = KeyField()


class DecisionReasonForm(DecisionVersionForm, ReasonForm):
    """What is said of one version of a decision."""


class RefuseTimeForm(MunicipalityForm, ReasonForm):
    """More time that is refused, and why."""


class AskTimeForm(MunicipalityForm, ReasonForm):
    """Until when more time is asked for, and why."""

    until = DayField("time_until", needed=True)

    field_order = ("until", "reason")


class PlanAnswerForm(MunicipalityForm):
    """When the municipality means to decide."""

    planned_on = DayField("planned_on", needed=True)


class AnswerForm(MunicipalityForm, ReasonForm, OlderForm):
    """What a municipality answers, with its document."""

    request = KeyField()
    number = NumberField("answer_number", needed=True, explained="help_number")
    minors = ChoiceField("answer_minors", [("", "choose"), ("yes", "asked_yes"), ("no", "asked_no")])
    minors_number = NumberField("answer_minors_number")
    more = NumberField("answer_more")
    conditions = TextField("conditions", explained="help_conditions", rows=3)
    decided_by = ChoiceField(
        "field_decided_by", [(each, f"body_{each}") for each in ("", *reversed(Decider))], needed=True
    )
    decided_on = DayField("answer_decided_on", needed=True)
    case_number = TextField("field_case_number")
    older = TextField("field_older", marked=True, rows=2)
    preliminary = CheckField("answer_preliminary", value="yes")
    held_document = CheckField("document_held", explained="document_held_help")
    attachment = FileField("answer_document", most=LARGEST, kinds="application/pdf, .pdf", explained="field_attachment")
    reason = TextField("answer_reason", marked=True, explained="no_person", rows=3)

    def given(self) -> GivenAnswer:
        """Return the answer without its document."""
        return GivenAnswer(
            number=self.number_of("number"),
            minors=YES_NO.get(self.text_of("minors")),
            minors_number=self.number_of("minors_number"),
            more=self.number_of("more"),
            conditions=self.text_of("conditions"),
            preliminary=bool(self.text_of("preliminary")),
            decided_by=self.text_of("decided_by"),
            decided_on=self.day_of("decided_on"),
            case_number=self.text_of("case_number"),
            older=self.text_of("older"),
        )

    def document(self, actor: Actor, year: int) -> tuple[str, bytes]:
        """Return name and content of the document: the one that was chosen, or the one that is held."""
        chosen: tuple[str, bytes] = self.cleaned_data.get("attachment") or ("", b"")
        return (
            chosen if chosen[1] else held_document(actor, year, self.sent("municipality"), self.sent("held_document"))
        )

    def kept(self, actor: Actor, year: int) -> None:
        """Hold the document of a form that is refused, so that nobody has to choose it again."""
        hold(
            actor,
            move=self.move,
            year=year,
            municipality=self.sent("municipality"),
            document=self.document(actor, year),
        )

    def show_held(self, name: str, sha256: str) -> None:
        """Offer the document that is held, ticked."""
        self.field_of("attachment").is_marked, self.field_of("held_document").widget = False, CheckBox(sha256)
        self.call("held_document", self.worded("document_held", name=name))
        self.data = {**{each: self.sent(each) for each in self.data}, "held_document": sha256}


class AnswerForForm(AnswerForm):
    """What a municipality has sent outside the workspace, with the document that it has sent."""

    attachment = FileField(
        "answer_document_needed",
        most=LARGEST,
        kinds="application/pdf, .pdf",
        explained="field_attachment",
        marked=True,
    )


def stands_at(form: PageForm) -> str:
    """Return where on its screen a form stands: with the municipality that it is about, among those asked for."""
    if form.sent("from") == "own":
        return "#answer"
    asked = answers_in(QueryDict(form.sent("query")))
    return f"?{urlencode([('for', form.sent('municipality')), *asked.carried_pairs])}#one"


def recorded(function: Callable[..., object]) -> Callable[[Actor, int, AnswerForm], object]:
    """Return how an answer is recorded, by the municipality itself or for it."""

    def doer(actor: Actor, year: int, form: AnswerForm) -> object:
        answer = replace(form.given(), document=form.document(actor, year))
        return function(
            actor,
            year=year,
            municipality=form.text_of("municipality"),
            request=form.key_of("request"),
            answer=answer,
            reason=form.text_of("reason"),
        )

    return doer


def plan(actor: Actor, year: int, form: PageForm) -> object:
    """Tell when the municipality means to decide."""
    return decisions.plan(
        actor, year=year, municipality=form.text_of("municipality"), planned_on=form.day_of("planned_on")
    )


def ask_time(actor: Actor, year: int, form: PageForm) -> object:
    """Ask for more time."""
    until, reason = form.day_of("until"), form.text_of("reason")
    return decisions.ask_time(actor, year=year, municipality=form.text_of("municipality"), until=until, reason=reason)


def give_time(actor: Actor, year: int, form: PageForm) -> object:
    """Give more time."""
    return decisions.give_time(actor, year=year, municipality=form.text_of("municipality"))


def refuse_time(actor: Actor, year: int, form: PageForm) -> object:
    """Refuse more time."""
    municipality, reason = form.text_of("municipality"), form.text_of("reason")
    return decisions.refuse_time(actor, year=year, municipality=municipality, reason=reason)


def complete(actor: Actor, year: int, form: PageForm) -> object:
    """Take a decision as complete."""
    municipality, version = form.text_of("municipality"), form.key_of("version")
    return decisions.complete(actor, year=year, municipality=municipality, version=version)


def reasoned(function: Callable[..., object]) -> Callable[[Actor, int, PageForm], object]:
    """Return how something is said of a decision, with a reason."""
    return lambda actor, year, form: function(
        actor,
        year=year,
        municipality=form.text_of("municipality"),
        version=form.key_of("version"),
        reason=form.text_of("reason"),
    )
