"""What is filled in of a county's recommendation, and what is done with it."""

import json
from collections.abc import Mapping

from bosett.rounds.columns import FIELDS, IN_FILES, NAMED_BY_COUNTY
from bosett.sources.limits import MOST_FILE
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county import attachments, cells, outcomes, own_columns, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.doing import Invalid
from bosett_web.actions.letters import recommendations as letters
from bosett_web.actions.pdfs import LARGEST
from bosett_web.records.choices import Decider
from bosett_web.screens.field_names import CELL, field_name
from bosett_web.screens.fields import (
    CarriedField,
    ChoiceField,
    DayField,
    FileField,
    KeyField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import CountyForm, FaultLine, OlderForm, PageForm
from bosett_web.screens.refusals import in_words
from bosett_web.screens.rows import OutcomesForm
from bosett_web.screens.words import WORDS

UPLOAD = "recommendation.upload"
"""The form of a file: what is wrong with it stands there, not in the sheet."""
DECIDERS = tuple((each, f"decider_{each}") for each in ("", *Decider))


class SheetForm(CountyForm):
    """A county's sheet without its script: cells, which have a reader of their own, and the county's own reason.

    Attributes:
        cell_faults: What is wrong with the cells, by the names of their fields.
    """

    reason = TextField("whole_reason", rows=2)

    def add_own(self) -> None:
        """Add what the reason was, whose name is no name in Python."""
        self.cell_faults: dict[str, str] = {}
        self.add("reason-was", CarriedField())

    def codes(self) -> list[str]:
        """Return the municipalities whose cells were sent, in the sheet's order."""
        ends = "-was"
        return [name.removesuffix(ends) for name in self.data if name.endswith(ends) and name[:4].isdigit()]

    def was(self, code: str) -> Mapping[str, str]:
        """Return what the cells of a municipality were when the sheet was shown; empty when it does not say so."""
        try:
            cells_then = json.loads(self.sent(f"{code}-was") or "{}")
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in cells_then.items()} if isinstance(cells_then, dict) else {}

    def written(self, code: str, field: str) -> str:
        """Return what was written in a cell."""
        return self.sent(f"{code}-{field}").replace("\r\n", "\n")

    def changed(self) -> list[Cell]:
        """Return the cells that differ from what they were, and those beside them.

        Raises:
            Invalid: One of them cannot be read.
        """
        changed: list[Cell] = []
        for code in self.codes():
            seen = {name: was for name, was in self.was(code).items() if name in FIELDS}
            written = {name: self.written(code, name).strip() for name in seen}
            differ = [name for name, was in seen.items() if written[name] != was]
            changed += [cells.read_cell(code, name, written[name], seen[name]) for name in differ]
            changed += [cells.read_beside(code, name, seen[name]) for name in seen if differ and name not in differ]
        return changed

    def refuse(self, fault: Invalid) -> None:
        """Tell what an action has found wrong: at its cell, when it is one."""
        if CELL.fullmatch(fault.field) is None:
            super().refuse(fault)
        else:
            self.cell_faults[fault.field] = in_words(fault.code, fault.facts, self.spoken)

    @property
    def faults(self) -> list[FaultLine]:
        """What is wrong; each leads to its field or cell."""
        in_cells = [
            FaultLine(words, field_name(name, self.spoken), name if self.is_shown else "")
            for name, words in self.cell_faults.items()
        ]
        return [*in_cells, *super().faults]


class KeepForm(CountyForm):
    """A version of the recommendation that is kept under a name."""

    name = TextField("field_name", needed=True)


class DecidedForm(CountyForm, OlderForm):
    """Who decided the recommendation, when and in which case."""

    decided_by = ChoiceField("field_decided_by", DECIDERS)
    decided_on = DayField("field_decided_on")
    case_number = TextField("field_case_number")
    older = TextField("field_older", marked=True, rows=2)


class UndoForm(CountyForm):
    """A change that is undone."""

    event = KeyField()


class OwnColumnsForm(CountyForm):
    """What a county calls the columns of its sheet that are its own."""

    own1 = TextField("field_own1")
    own2 = TextField("field_own2")
    own3 = TextField("field_own3")


class AttachForm(CountyForm):
    """A document that goes with the recommendation."""

    attachment = FileField(
        "field_attachment", most=LARGEST, kinds="application/pdf, .pdf", needed=True, missing="attachment_missing"
    )


class DetachForm(CountyForm):
    """A document that goes with it no longer."""

    document = KeyField()


class HandOverForm(CountyForm, OlderForm):
    """What a county says when it hands its recommendation over as a letter.

    The screen leaves out what has been recorded already.
    """

    decided_by = ChoiceField("field_decided_by", [("", ""), *DECIDERS[1:]])
    decided_on = DayField("field_decided_on")
    case_number = TextField("field_case_number")
    older = TextField("field_older", marked=True, rows=2)
    language = ChoiceField(
        "letter_language", [("", ""), ("nb", "form_nb"), ("nn", "form_nn")], needed=True, missing="form_unknown"
    )
    signers = TextField(
        "field_signers", needed=True, explained="signers_help", missing="letter_without_signers", rows=2
    )


class UploadForm(PageForm):
    """A county's sheet as a file."""

    file = FileField("upload_file", most=MOST_FILE, kinds=".xlsx, .csv", needed=True, explained="upload_file_help")

    @property
    def file_name(self) -> str:
        """What the file is called; empty when none was chosen."""
        return self.cleaned_data["file"][0] if "file" in self.cleaned_data else ""


class ChangesForm(PageForm):
    """The changes of a file, as the page before has shown them."""

    changes = CarriedField()


class CompareForm(PageForm):
    """Two versions that are compared."""

    to = PickField("compare_to")

    def add_own(self) -> None:
        """Add the choice whose name is no name in Python."""
        self.fields = {"from": PickField("compare_from"), "to": self.fields["to"]}


def edit(actor: Actor, year: int, form: SheetForm) -> object:
    """Save the cells that differ from what the page was shown with, and the county's own reason when it does."""
    changed = form.changed()
    reason, before = form.text_of("reason"), form.text_of("reason-was")
    rewritten = reason != before
    if not changed and not rewritten:
        raise Invalid("lines", "nothing_changed")
    return cells.set_all(
        actor,
        year=year,
        county=form.text_of("county"),
        cells=changed,
        reason=reason if rewritten else None,
        reason_before=before,
    )


def record_outcomes(actor: Actor, year: int, form: OutcomesForm) -> object:
    """Save the outcomes that differ from what the page was shown with."""
    changed = form.changed()
    if not changed:
        raise Invalid("lines", "nothing_changed")
    return outcomes.set_outcomes(actor, year=year, county=form.text_of("county"), outcomes=changed)


def keep(actor: Actor, year: int, form: PageForm) -> object:
    """Keep a version."""
    return recommendations.keep(actor, year=year, county=form.text_of("county"), name=form.text_of("name"))


def decided(actor: Actor, year: int, form: PageForm) -> object:
    """Record who decided."""
    return recommendations.set_decision(
        actor,
        year=year,
        county=form.text_of("county"),
        decided_by=form.text_of("decided_by"),
        decided_on=form.day_or_none_of("decided_on"),
        case_number=form.text_of("case_number"),
        why_older=form.text_of("older"),
    )


def name_columns(actor: Actor, year: int, form: PageForm) -> object:
    """Save what the county calls its own columns; none is called as another is, in any language: files tell them so."""
    names = {field: form.text_of(field) for field in NAMED_BY_COUNTY}
    taken = {words.casefold() for each in IN_FILES if each.name not in names for words in WORDS[f"book_{each.name}"]}
    for field, name in names.items():
        if name.strip().casefold() in taken:
            raise Invalid(field, "column_taken", {"name": name})
    return own_columns.name_columns(actor, year=year, county=form.text_of("county"), names=names)


def undo(actor: Actor, year: int, form: PageForm) -> object:
    """Undo a change."""
    return cells.undo(actor, year=year, county=form.text_of("county"), event=form.key_of("event"))


def attach(actor: Actor, year: int, form: PageForm) -> object:
    """Attach a document."""
    name, content = form.file_of("attachment")
    return attachments.attach(actor, year=year, county=form.text_of("county"), name=name, content=content)


def detach(actor: Actor, year: int, form: PageForm) -> object:
    """Take a document away."""
    return attachments.detach(actor, year=year, county=form.text_of("county"), document=form.key_of("document"))


def hand_over(actor: Actor, year: int, form: PageForm) -> object:
    """Hand the recommendation over as a letter."""
    given = letters.HandedOver(
        language=form.text_of("language"),
        signers=form.text_of("signers"),
        decided_by=form.text_of("decided_by"),
        decided_on=form.day_or_none_of("decided_on"),
        case_number=form.text_of("case_number"),
        why_older=form.text_of("older"),
    )
    return letters.hand_over(actor, year=year, county=form.text_of("county"), handover=given)
