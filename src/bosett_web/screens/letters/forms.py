"""What is filled in of letters and addresses, and what is done with it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from bosett.sources.addresses import MOST_FILE, objections
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.letters import addresses, wordings
from bosett_web.actions.letters import letters as actions
from bosett_web.actions.letters.addresses import WantedAddress
from bosett_web.screens.boxes import NumberBox
from bosett_web.screens.fields import (
    CarriedField,
    CheckField,
    DayField,
    FileField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import Files, PageForm, ReasonForm
from bosett_web.screens.sealed import seal, unseal

FORMS = (("", ""), ("nb", "form_nb"), ("nn", "form_nn"))
"""The two forms of Norwegian that a letter is written in."""
_SALT = "bosett.addresses"


class PrepareForm(PageForm):
    """What a round's letters need to know."""

    answer_by = DayField("field_answer_by")
    how_to_answer = TextField("field_how_to_answer", explained="how_to_answer_help")
    signers = TextField("field_signers", explained="signers_help", rows=3)
    neutral_form = PickField("field_neutral_form", FORMS, explained="neutral_form_help")


class WordingForm(PageForm):
    """An earlier text of a sort of letter, to be compared with."""

    wording_of = PickField("field_wording_of")
    wording_text = TextField("field_wording_text", needed=True, rows=12)
    wording_source = TextField("field_wording_source", needed=True, explained="wording_source_help")
    wording_day = DayField("field_wording_day", needed=True)


class ChosenForm(PageForm):
    """What is done with some letters."""

    letters = CarriedField()
    seen = CarriedField()
    query = CarriedField()


class ChosenReasonForm(ChosenForm, ReasonForm):
    """What is done with some letters, and why."""


class AddressForm(PageForm):
    """An address by hand, or (`changes`) those of a file that were shown before."""

    orgnr = CarriedField()
    before = CarriedField()
    lines = TextField("address_lines", needed=True, explained="address_lines_help", missing="address_no_lines", rows=3)
    postal_code = TextField("address_postal_code", needed=True, widget=NumberBox())
    place = TextField("address_place", needed=True)
    publisher = TextField("address_publisher", needed=True, explained="address_publisher_help")
    known_on = DayField("address_known_on", needed=True)

    def clean(self) -> None:
        """Refuse an address that cannot stand, each part at its own field."""
        postal_code = self.cleaned_data.get("postal_code", "")
        for code, part in [*objections(self.address_lines(), postal_code, self.place_name())]:
            if (name := addresses.FIELDS[part]) in self.cleaned_data:  # nothing else is wrong there
                self.add_error(name, self.worded(f"address_{code}", found=postal_code))

    def address_lines(self) -> tuple[str, ...]:
        """Return the lines that hold something, without loose blanks."""
        lines = (" ".join(each.split()) for each in self.cleaned_data.get("lines", "").split("\n"))
        return tuple(line for line in lines if line)

    def place_name(self) -> str:
        """Return the place without loose blanks."""
        return " ".join(self.cleaned_data.get("place", "").split())


class AddressFilter(PageForm):
    """Whose addresses are listed."""

    county = PickField("letter_filter_county")


class AddressChangesForm(PageForm):
    """The addresses of a file, as the page before has shown them."""

    changes = CarriedField()


class AddressFileForm(PageForm):
    """A file of addresses, where it is from, and from when it is true."""

    file = FileField(
        "address_file", most=MOST_FILE, kinds=".json, .xlsx, .csv", needed=True, explained="address_file_help"
    )
    publisher = TextField("address_publisher", needed=True)
    known_on = DayField("address_known_on", needed=True)
    business = CheckField("address_take_business", explained="address_take_business_help")


def prepare(actor: Actor, year: int, form: PageForm) -> object:
    """Say what the letters need to know."""
    return actions.prepare(
        actor,
        year=year,
        answer_by=form.day_or_none_of("answer_by"),
        how_to_answer=form.text_of("how_to_answer"),
        signers=form.text_of("signers"),
        neutral_form=form.text_of("neutral_form"),
    )


def lay_in(actor: Actor, year: int, form: PageForm) -> object:
    """Lay in an earlier text."""
    kind, _, language = form.text_of("wording_of").partition(":")
    return wordings.lay_in(
        actor,
        year=year,
        kind=kind,
        language=language,
        words=form.text_of("wording_text"),
        source=form.text_of("wording_source"),
        day=form.day_of("wording_day"),
    )


def of_chosen(
    function: Callable[..., object], *, reason: bool = False, seen: bool = False
) -> Callable[[Actor, int, PageForm], object]:
    """Return how a form with letters in it is acted on; `seen` binds it to the letters that it was shown with."""

    def act(actor: Actor, year: int, form: PageForm) -> object:
        given = {"reason": form.text_of("reason")} if reason else {}
        given |= {"seen": form.text_of("seen")} if seen else {}
        return function(actor, year=year, letters=_ids(form), **given)

    return act


def letter_of(form: PageForm) -> str:
    """Return the letter on whose own page a form stood; empty when it stood elsewhere."""
    letter = form.sent("letters")
    return letter if form.sent("from") == "letter" and letter.isascii() and letter.isdigit() else ""


def among(form: PageForm) -> str:
    """Return the question by which a form is found again among the letters chosen."""
    query = QueryDict(form.text_of("query")).urlencode()
    return f"?{query}" if query else ""


def addressing(data: Mapping[str, Any], files: "Files | None", *, language: str, move: str) -> PageForm:
    """Return the form of one address, or of the addresses of a file that were shown before."""
    return (AddressChangesForm if data.get("changes") else AddressForm)(data, files, language=language, move=move)


def act_on_address(actor: Actor, year: int, form: PageForm) -> object:
    """Set one address, or those of a file."""
    return set_address(actor, year, form) if isinstance(form, AddressForm) else set_addresses(actor, year, form)


def set_address(actor: Actor, year: int, form: AddressForm) -> object:
    """Set one address."""
    before = form.text_of("before")
    one = WantedAddress(
        orgnr=form.text_of("orgnr"),
        lines=form.address_lines(),
        postal_code=form.text_of("postal_code"),
        place=form.place_name(),
        publisher=form.text_of("publisher"),
        before=tuple(before.split("\n")) if before else (),
    )
    return addresses.set_all(actor, year=year, wanted=[one], known_on=form.day_of("known_on"), source="hand")


def set_addresses(actor: Actor, year: int, form: PageForm) -> object:
    """Set the addresses of a file that were shown before."""
    wanted, known_on = _unsigned(form.text_of("changes"), actor)
    return addresses.set_all(actor, year=year, wanted=wanted, known_on=known_on, source="file")


def signed(wanted: list[WantedAddress], known_on: date, actor: Actor | None) -> str:
    """Return changes as a form carries them: bound to whom they were shown to."""
    carried = [(each.orgnr, each.lines, each.postal_code, each.place, each.publisher, each.before) for each in wanted]
    return seal({"day": known_on.isoformat(), "told": carried}, _whom(actor), salt=_SALT)


def _whom(actor: Actor | None) -> list[int]:
    return [actor.person_id, actor.seat_id] if actor else []


def _unsigned(sealed: str, actor: Actor) -> tuple[list[WantedAddress], date]:
    """Return the changes of a form.

    Raises:
        Invalid: They were shown to somebody else, or too long ago.
    """
    whole = unseal(sealed, _whom(actor), salt=_SALT, field="file")
    wanted = [
        WantedAddress(orgnr, tuple(lines), postal_code, place, publisher, tuple(before))
        for orgnr, lines, postal_code, place, publisher, before in whole["told"]
    ]
    return wanted, date.fromisoformat(whole["day"])


def _ids(form: PageForm) -> list[int]:
    written = [part for part in form.text_of("letters").split(",") if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in written):
        raise Invalid("letters", "letters_gone")
    return [int(part) for part in written]
