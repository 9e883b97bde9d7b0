"""Postal addresses: the known and the missing; one by hand, many from a file that is shown before it is set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from bosett.rounds.parties import Party
from bosett.sources.addresses import (
    SENTENCES,
    AddressFault,
    AddressFile,
    Given,
    NotAddresses,
    read_addresses,
)
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.doing import Invalid, require
from bosett_web.actions.letters import addresses as actions
from bosett_web.actions.letters.addresses import MOVE, WantedAddress
from bosett_web.queries.letters.addresses import AddressRow, address_rows, unaddressed
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.screens import formats, uploads
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import PageRequest, attempt, sent, shown
from bosett_web.screens.frame import show
from bosett_web.screens.letters.forms import AddressFileForm, AddressFilter, AddressForm, signed
from bosett_web.screens.screen import View, answer, look
from bosett_web.screens.words import say

UPLOAD = "addresses.upload"
"""The form of a file: what is wrong with it stands there, not at the form of one address."""
REGISTER = "Enhetsregisteret"
"""Where most files of addresses are from."""
MOST_TOLD = 50
"""Faults of a file that are told; whoever has more has chosen another file."""
MOST_SIGNED = 2_000_000


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """The organisations of one kind whose address is missing, by name."""

    party: str
    rows: tuple[AddressRow, ...]


@dataclass(frozen=True, slots=True)
class AddressChange:
    """One address that a file changes: what is known now, and what it becomes."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    business: bool


def addresses(view: View) -> Mapping[str, Any]:
    """Build the page; it is the directorate's own.

    Raises:
        Http404: For others.
    """
    button, rows = _may(view), _by_name(address_rows())
    usable = may(button)
    known = [row for row in rows if row.known]
    county = view.request.GET.get("county", "")
    chosen = sent(view.request, "orgnr") or view.request.GET.get("edit", "")
    edited = next((row for row in rows if row.orgnr == chosen), None)
    return {
        "may": button,
        "total": len(rows),
        "known_count": len(known),
        "missing": [MissingGroup(party, receivers) for party, receivers in _missing(rows)],
        "known": [row for row in known if not county or row.county == county],
        "filter": _filter(view, county),
        "edited": edited,
        "address_form": _address_form(view, edited) if edited and usable else None,
        "file_form": _file_form(view) if usable else None,
        "needed": settings.DISPATCH.needs_address,
        "channel": settings.DISPATCH.channel,
        "subject": f"address:{edited.orgnr}" if edited else actions.SUBJECT,
    }


def addressing(receivers: Iterable[str]) -> Mapping[str, Any]:
    """Return what another page tells of the receivers' addresses: which are missing, and whether they must not be."""
    return {"unaddressed": unaddressed(receivers), "address_needed": settings.DISPATCH.needs_address}


@require_POST
def upload(request: PageRequest, year: int) -> HttpResponse:
    """Show what a file would change, and what is wrong with it; nothing is set.

    Raises:
        Http404: There is no such round, or the reader is not the directorate.
    """
    view = look(request, year)
    _may(view)
    form = AddressFileForm(request.POST, request.FILES, language=request.language, move=UPLOAD)
    file_facts: dict[str, Any] = {}

    def read() -> None:
        require(MOVE, acting(request), new_situation(view.whole), actions.SUBJECT, year)
        publisher, known_on = form.text_of("publisher"), form.day_of("known_on")
        if known_on > clock.today():
            raise Invalid("known_on", "address_day_to_come")
        rows = {row.orgnr: row for row in address_rows()}
        try:
            address_file = read_addresses(
                *form.file_of("file"), frozenset(rows), business=bool(form.text_of("business"))
            )
        except NotAddresses as refused:
            own = f"addressfile_{refused.code}"  # what is wrong with any table has its words already
            raise Invalid("file", own if refused.code in SENTENCES else f"file_{refused.code}", refused.facts) from None
        file_facts.update(_told(view, address_file, rows, (publisher, known_on)))

    # The same screen with the reason when the file cannot be read.
    if status := attempt(request, form, read):
        return answer(request, addresses, year, {}, status)
    context = {"year": year, "year_text": str(year), "page": "addresses", "at": view.at, **file_facts}
    return show(request, "letters/addresses_upload.html", context, 422 if file_facts["faults"] else 200)


# Parts of the page


def _may(view: View) -> Button | None:
    """Return the button of setting an address, with why not when this grade may not."""
    if view.actor is None or view.actor.party is not Party.DIRECTORATE:
        raise Http404
    return next(iter(buttons(view.request, new_situation(view.whole), MOVE)), None)


def _address_form(view: View, row: AddressRow) -> AddressForm:
    """Return the form of one address."""
    begun = {"lines": row.lines_text, "postal_code": row.postal_code, "place": row.place, "known_on": view.day}
    initial = {**begun, "before": "\n".join(row.whole)}
    return shown(view.request, AddressForm, MOVE, begin="a", initial=initial, orgnr=row.orgnr)


def _file_form(view: View) -> AddressFileForm:
    """Return the form of many addresses."""
    initial = {"publisher": REGISTER, "known_on": view.day}
    return shown(view.request, AddressFileForm, UPLOAD, begin="i", initial=initial)


def _filter(view: View, county: str) -> AddressFilter:
    """Return the form that picks a county's addresses."""
    form = AddressFilter(language=view.language, initial={"county": county})
    form.begin_with("k")
    form.offer("county", [("", form.worded("letters_any")), *((each.code, each.name) for each in view.counties)])
    return form


def _by_name(rows: Sequence[AddressRow]) -> list[AddressRow]:
    return sorted(rows, key=lambda row: formats.sort_key(row.name))


def _missing(rows: Sequence[AddressRow]) -> list[tuple[str, tuple[AddressRow, ...]]]:
    parties = (Party.DIRECTORATE, Party.COUNTY, Party.MUNICIPALITY)
    groups = [(party, tuple(row for row in rows if row.party == party and not row.known)) for party in parties]
    return [(party.value, receivers) for party, receivers in groups if receivers]


def _told(
    view: View, address_file: AddressFile, rows: Mapping[str, AddressRow], source: tuple[str, date]
) -> Mapping[str, Any]:
    """Return what the page tells of a file that was read; `signed_changes` only when all of it can be set."""
    changed = [each for each in address_file.given if _whole(each) != rows[each.orgnr].whole]
    shown = [
        AddressChange(rows[each.orgnr].name, rows[each.orgnr].whole, _whole(each), each.business) for each in changed
    ]
    faults = [_in_words(fault, address_file, view.language) for fault in address_file.faults]
    known = {each.orgnr for each in address_file.given} | {orgnr for orgnr, row in rows.items() if row.known}
    signed = "" if faults or not changed else _signed(changed, rows, view.actor, source, view.language)
    if len(signed) > MOST_SIGNED:
        faults, signed = [("", say("file_too_much", view.language))], ""
    return {
        "faults": faults[:MOST_TOLD],
        "more_faults": faults[MOST_TOLD:],
        "warned": uploads.warned(address_file.notes, view.language),
        "notes": uploads.noted(address_file.notes, view.language),
        "changes": sorted(shown, key=lambda each: formats.sort_key(each.name)),
        "same": len(address_file.given) - len(changed),
        "still_missing": len(rows.keys() - known),
        "signed_changes": signed,
    }


def _whole(each: Given) -> tuple[str, ...]:
    return (*each.lines, f"{each.postal_code} {each.place}")


def _in_words(fault: AddressFault, address_file: AddressFile, language: str) -> tuple[str, str]:
    where = say("address_unit" if address_file.register else "address_line", language, row=fault.row)
    return where, say(f"address_{fault.code}", language, **fault.facts)


def _signed(
    changed: Sequence[Given],
    rows: Mapping[str, AddressRow],
    actor: Actor | None,
    source: tuple[str, date],
    language: str,
) -> str:
    """Return changes as a form carries them: bound to whom they were shown to."""
    publisher, known_on = source
    business = f"{publisher} ({say('address_business', language)})"
    wanted = [
        WantedAddress(
            orgnr=each.orgnr,
            lines=each.lines,
            postal_code=each.postal_code,
            place=each.place,
            publisher=business if each.business else publisher,
            before=rows[each.orgnr].whole,
        )
        for each in changed
    ]
    return signed(wanted, known_on, actor)
