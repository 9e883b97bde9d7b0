"""The fields of the forms: what each is read as, what it refuses in three languages, and how it stands on a page."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from bosett.basis.languages import LANGUAGES
from bosett.rounds.moves import Objection
from bosett_web.actions.doing import Invalid
from bosett_web.screens.fields import (
    CheckField,
    ChoiceField,
    DayField,
    FileField,
    KeyField,
    KeyPickField,
    MomentField,
    NumberField,
    PageField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import OlderForm, PageForm, ReasonForm
from bosett_web.screens.rows import OutcomesForm, RowsForm
from bosett_web.screens.words import WORDS, say
from markup import tidy

YES_NO = [("", "choose"), ("yes", "asked_yes"), ("no", "asked_no")]


class Sample(PageForm):
    """One field of each kind."""

    title = TextField("field_title", needed=True, explained="no_person")
    note = TextField("field_note", rows=2)
    low = NumberField("field_low", needed=True)
    as_of = DayField("field_as_of", needed=True)
    at = MomentField("field_at", needed=True)
    minors = ChoiceField("answer_minors", YES_NO, needed=True)
    file = FileField("upload_file", most=4, kinds=".csv", needed=True)
    preliminary = CheckField("answer_preliminary", value="yes")
    version = KeyField()


FILLED = {
    "title": " Tittel\r\nunder ",
    "note": "",
    "low": "1 234",
    "as_of": "1.9.2020",
    "at": "2020-09-01T10:00",
    "minors": "yes",
    "version": "2000000",
}


def filled(language: str = "nb", **more: str) -> Sample:
    """Return the form with everything in it, but for what is told otherwise."""
    chosen: list[UploadedFile[Any]] = [SimpleUploadedFile("a.csv", b"a;b;c;d;e")]
    files = MultiValueDict({"file": chosen})
    return Sample({**FILLED, **more}, files, language=language, move="criteria.draft")


def refused(field: PageField, written: object) -> str | None:
    """Return the code of why a field refuses something."""
    try:
        field.clean(written)
    except ValidationError as fault:
        return fault.code
    return None


def test_each_is_read_as_what_it_should_be() -> None:
    form = filled(preliminary="yes")
    assert form.is_valid(), form.errors
    assert (form.text_of("title"), form.text_of("note")) == ("Tittel\nunder", "")
    assert (form.number_of("low"), form.key_of("version")) == (1234, 2_000_000)
    assert (form.day_of("as_of"), form.day_or_none_of("as_of")) == (date(2020, 9, 1), date(2020, 9, 1))
    assert form.moment_of("at") == datetime(2020, 9, 1, 8, tzinfo=UTC)
    assert (form.text_of("minors"), form.text_of("preliminary")) == ("yes", "yes")
    assert form.file_of("file") == ("a.csv", b"a;b;c")  # one byte more than it may have: its reader tells of it


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        (NumberField(), "12,5", "number_pointed"),
        (NumberField(), "30 35", "number_spaced"),
        (NumberField(), "–", "number_sign"),
        (NumberField(), "-1", "number_outside"),
        (NumberField(needed=True), " ", "number_missing"),
        (NumberField(), "", None),
        (NumberField(), 0, None),
        (KeyField(), "99999999999", "number_outside"),
        (DayField(), "31.02.2020", "not_a_day"),
        (DayField(needed=True), "", "not_a_day"),
        (DayField(), "", None),
        (MomentField(), "snart", "not_a_moment"),
        (MomentField(), "2020-09-01", None),
        (MomentField(), "10:00 10:00", "not_a_moment"),
        (MomentField(needed=True), "", "not_a_moment"),
        (TextField(needed=True), " \n ", "text_missing"),
        (TextField(needed=True, missing="letter_without_signers"), "", "letter_without_signers"),
        (TextField(), "x" * 20_001, "text_long"),
        (TextField(), "Et smil 🙂 her", "sign_unknown"),
        (ChoiceField(choices=YES_NO), "maybe", "not_a_choice"),
        (ChoiceField(choices=YES_NO, needed=True), "", "not_a_choice"),
        (PickField(), "whatever", None),
        (KeyPickField(needed=True), "ti", "not_a_choice"),
        (KeyPickField(needed=True), "", "not_a_choice"),
        (FileField(most=4, kinds=""), None, None),
        (FileField(most=4, kinds="", needed=True, missing="attachment_missing"), None, "attachment_missing"),
    ],
)
def test_what_cannot_stand_is_refused_by_its_code(field: PageField, written: object, code: str | None) -> None:
    assert refused(field, written) == code


@pytest.mark.parametrize("written", ["2020-09-01T10:00", "2020-09-01 10:00", "01.09.2020 10:00", "1.9.2020 kl. 10.00"])
def test_a_moment_is_read_as_browsers_and_people_write_it(written: str) -> None:
    assert MomentField().clean(written) == datetime(2020, 9, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_wrong_is_told_at_once_in_the_readers_language(language: str) -> None:
    form = Sample({}, language=language)
    assert not form.is_valid()
    codes = {
        "title": "text_missing",
        "low": "number_missing",
        "as_of": "not_a_day",
        "at": "not_a_moment",
        "minors": "not_a_choice",
        "file": "file_none",
    }
    sentences = {name: form.errors[name][0] for name in codes}
    assert sentences == {name: say(code, language) for name, code in codes.items()}
    # What only the program fills in is told of the form as a whole.
    assert [each.words for each in form.faults if not each.label] == [say("number_missing", language)]
    assert [each.label for each in form.faults[:2]] == [say("field_title", language), say("field_low", language)]


def test_what_is_wrong_leads_to_its_field_only_where_the_page_shows_it() -> None:
    form = Sample({}, language="nb")
    assert not form.is_valid()
    assert {each.id for each in form.faults} == {""}
    assert not form.leads
    form.is_shown = True
    form.begin_with("a")
    assert [each.id for each in form.faults if each.id][:2] == ["a-title", "a-low"]
    assert form.leads


def test_a_field_is_written_one_way() -> None:
    form = filled(low="12,5", title="<b>")
    assert not form.is_valid()
    assert tidy(form["low"].as_field_group()).strip() == (
        '<div class="ds-field field narrow">'
        '<label class="ds-label" data-weight="medium" for="f-low">Lav</label> '
        '<input class="ds-input" id="f-low" name="low" type="text" inputmode="numeric" autocomplete="off" '
        'value="12,5" aria-describedby="f-low-error" aria-invalid="true" aria-required="true">'
        f'<p class="ds-validation-message" id="f-low-error">{say("number_pointed", "nb")}</p></div>'
    )
    title = form["title"].as_field_group()
    assert 'value="&lt;b&gt;"' in title
    assert 'aria-describedby="f-title-help"' in title
    assert f'id="f-title-help">{say("no_person", "nb")}' in title
    assert "required" not in re.sub("aria-required", "", title)  # the browser says nothing of its own


def test_what_was_filled_in_comes_back() -> None:
    form = filled(as_of="1.9.2020", at="snart", preliminary="yes")
    assert not form.is_valid()
    assert 'value="2020-09-01"' in str(form["as_of"])  # as the browser's calendar takes it
    assert 'value="snart"' in str(form["at"])
    assert '<option value="yes" selected>' in tidy(str(form["minors"]))
    assert "checked" in str(form["preliminary"])
    begun = Sample(language="nn", initial={"as_of": date(2020, 9, 1), "at": datetime(2020, 9, 1, 8, tzinfo=UTC)})
    assert 'value="2020-09-01"' in str(begun["as_of"])
    assert 'value="2020-09-01T10:00"' in str(begun["at"])
    assert "checked" not in str(begun["preliminary"])
    assert 'value=""' in str(begun["low"])


def test_what_a_form_carries_is_what_the_page_knows_now() -> None:
    form = filled()
    form.initial = {"version": 3}
    assert form.carried() == [("version", "3")]
    assert Sample(language="nb", initial={"from": "own"}).carried() == [("version", ""), ("from", "own")]


def test_what_an_action_finds_wrong_lands_at_its_field() -> None:
    form = filled()
    assert form.is_valid()
    form.refuse(Invalid("low", "number_outside", {"most": 10}))
    form.refuse(Invalid("lines", "nothing_changed"))
    assert form.errors["low"] == [say("number_outside", "nb", most=10)]
    assert form.non_field_errors() == [say("nothing_changed", "nb")]
    assert [each.words for each in form.faults] == [say("nothing_changed", "nb"), say("number_outside", "nb", most=10)]


def test_an_objection_stands_at_the_reason_that_answers_it() -> None:
    form, other = ReasonForm({"reason": ""}, language="nn"), ReasonForm({"reason": "Slik."}, language="nn")
    for each in (form, other):
        assert each.is_valid()
    form.object_to(Objection("reason_missing"))
    other.object_to(Objection("same_person"))
    assert (form.is_objected, [*form.errors]) == (False, ["reason"])
    assert (other.is_objected, [*other.non_field_errors()]) == (True, [say("same_person", "nn")])


def test_why_a_day_is_earlier_is_asked_when_it_is_or_was_told() -> None:
    forms = [OlderForm(sent, language="nb") for sent in (None, {"older": ""}, {"older": "Slik var det."})]
    assert [each.is_valid() for each in forms] == [False, True, True]
    assert [each.asks_older for each in forms] == [False, False, True]
    forms[1].refuse(Invalid("older", "dated_before_letter", {"since": date(2020, 9, 1)}))
    assert [each.asks_older for each in forms] == [False, True, True]


def test_rows_are_read_by_their_codes() -> None:
    sent = {"4601-was": "5||", "4601-number": "1 200", "4601-under15": "2", "4601-from15": "x", "evil-was": "", "x": ""}
    form = RowsForm(sent, language="nb")
    assert form.codes == ["4601", "evil"]
    assert not form.is_valid()
    assert [*form.errors] == ["4601-from15"]
    assert (form.numbers_of("4601").number, form.numbers_of("4601").under15) == (1200, 2)
    assert form.was_of("4601") == "5||"
    fields = form.row("4601", "Bergen")
    assert fields["from15"].fault_id == "e-4601-from15"
    box = tidy(fields["from15"].as_field_group())
    assert 'aria-label="Bergen: ' in box
    assert '<p class="ds-validation-message" id="e-4601-from15">' in box
    # What is told of a row stands at its number, and a row that was not sent is shown as the page knows it.
    assert form.place_of("4601") == form.place_of("4601-number") == "4601-number"
    form.initial = {"4602-number": 7}
    assert 'value="7"' in str(form.row("4602", "Kinn")["number"])


def test_an_outcome_is_changed_when_any_part_is() -> None:
    sent = {"county": "46", "4601-was-outcome": "7|||ks|So.", "4601-outcome-number": "7", "4601-outcome-by": "ks"}
    same = OutcomesForm({**sent, "4601-outcome-reason": "So."}, language="nb")
    other = OutcomesForm({**sent, "4601-outcome-reason": "Because."}, language="nb")
    assert (same.is_valid(), other.is_valid()) == (True, True)
    assert same.changed() == []
    assert [(each.municipality, each.reason) for each in other.changed()] == [("4601", "Because.")]
    nobody = OutcomesForm({**sent, "4601-outcome-by": "the king", "4601-outcome-reason": ""}, language="nn")
    assert not nobody.is_valid()
    assert [*nobody.errors] == ["4601-outcome-by"]


def test_the_words_of_a_field_are_ours() -> None:
    for name in ("not_a_moment", "text_missing", "number_missing", "not_a_day", "not_a_choice", "file_none"):
        assert name in WORDS
