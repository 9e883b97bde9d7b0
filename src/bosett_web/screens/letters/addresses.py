"""Postal addresses: the known and the missing; one by hand, many from a file that is shown before it is set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from bosett.rounds.parties import Party
from bosett.sources.addresses import (
    MOST_FILE,
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
from bosett_web.actions.values import text
from bosett_web.queries.letters.addresses import AddressRow, address_rows, unaddressed
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.screens import formats, uploads
from bosett_web.screens.forms import Button, Form, PageRequest, attempt, buttons
from bosett_web.screens.frame import show
from bosett_web.screens.screen import View, answer, look
from bosett_web.screens.words import say

UPLOAD = "addresses.upload"
"""The form of a file: what is wrong with it stands there, not at the form of one address."""
HOUR = 3600
MOST_TOLD = 50
"""Faults of a file that are told; whoever has more has chosen another file."""
MOST_SIGNED = 2_000_000
_SALT = "bosett.addresses"


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
    may, rows = _may(view), _by_name(address_rows())
    known = [row for row in rows if row.known]
    county = view.request.GET.get("county", "")
    filled = (getattr(view.request, "filled", None) or {}).get("values", {})
    chosen = filled.get("orgnr") or view.request.GET.get("edit", "")
    edited = next((row for row in rows if row.orgnr == chosen), None)
    return {
        "may": may,
        "total": len(rows),
        "known_count": len(known),
        "missing": [MissingGroup(party, held) for party, held in _missing(rows)],
        "known": [row for row in known if not county or row.county == county],
        "counties": view.counties,
        "county": county,
        "edited": edited,
        "needed": settings.DISPATCH.needs_address,
        "today": view.day.isoformat(),
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
    form = Form(request.POST, request.FILES)
    told: dict[str, Any] = {}

    def read() -> None:
        require(MOVE, acting(request), new_situation(view.whole), actions.SUBJECT, year)
        publisher, known_on = text("publisher", form.text("publisher"), needed=True), form.day("known_on")
        if known_on > clock.today():
            raise Invalid("known_on", "address_day_to_come")
        name, content = form.file("file", MOST_FILE)
        rows = {row.orgnr: row for row in address_rows()}
        try:
            found = read_addresses(name, content, frozenset(rows), business=bool(form.text("business")))
        except NotAddresses as refused:
            own = f"addressfile_{refused.code}"  # what is wrong with any table has its words already
            raise Invalid("file", own if refused.code in SENTENCES else f"file_{refused.code}", refused.facts) from None
        told.update(_told(view, found, rows, (publisher, known_on)))

    # The same screen with the reason when the file cannot be read.
    if status := attempt(request, UPLOAD, form, read):
        return answer(request, addresses, year, {}, status)
    context = {"year": year, "year_text": str(year), "page": "addresses", "at": view.at, **told}
    return show(request, "letters/addresses_upload.html", context, 422 if told["faults"] else 200)


def act(actor: Actor, year: int, form: Form) -> object:
    """Act on the form of one address, or on the changes of a file that were shown before."""
    if form.text("changes"):
        wanted, known_on = _unsigned(form.text("changes"), actor)
        return actions.set_all(actor, year=year, wanted=wanted, known_on=known_on, source="file")
    lines = tuple(line for line in (" ".join(each.split()) for each in form.text("lines").split("\n")) if line)
    before = tuple(form.text("before").split("\n")) if form.text("before") else ()
    one = WantedAddress(
        orgnr=form.text("orgnr"),
        lines=lines,
        postal_code=form.text("postal_code").strip(),
        place=" ".join(form.text("place").split()),
        publisher=text("publisher", form.text("publisher"), needed=True),
        before=before,
    )
    return actions.set_all(actor, year=year, wanted=[one], known_on=form.day("known_on"), source="hand")


# Parts of the page


def _may(view: View) -> Button | None:
    """Return the button of setting an address, with why not when this grade may not."""
    if view.actor is None or view.actor.party is not Party.DIRECTORATE:
        raise Http404
    return next(iter(buttons(view.actor, new_situation(view.whole), MOVE, view.language)), None)


def _by_name(rows: Sequence[AddressRow]) -> list[AddressRow]:
    return sorted(rows, key=lambda row: formats.sort_key(row.name))


def _missing(rows: Sequence[AddressRow]) -> list[tuple[str, tuple[AddressRow, ...]]]:
    parties = (Party.DIRECTORATE, Party.COUNTY, Party.MUNICIPALITY)
    found = [(party, tuple(row for row in rows if row.party == party and not row.known)) for party in parties]
    return [(party.value, held) for party, held in found if held]


def _told(view: View, found: AddressFile, rows: Mapping[str, AddressRow], said: tuple[str, date]) -> Mapping[str, Any]:
    """Return what the page tells of a file that was read; `signed_changes` only when all of it can be set."""
    changed = [each for each in found.given if _whole(each) != rows[each.orgnr].whole]
    shown = [
        AddressChange(rows[each.orgnr].name, rows[each.orgnr].whole, _whole(each), each.business) for each in changed
    ]
    faults = [_in_words(fault, found, view.language) for fault in found.faults]
    known = {each.orgnr for each in found.given} | {orgnr for orgnr, row in rows.items() if row.known}
    signed = "" if faults or not changed else _signed(changed, rows, view.actor, said, view.language)
    if len(signed) > MOST_SIGNED:
        faults, signed = [("", say("file_too_much", view.language))], ""
    return {
        "faults": faults[:MOST_TOLD],
        "more_faults": faults[MOST_TOLD:],
        "warned": uploads.warned(found.notes, view.language),
        "notes": uploads.noted(found.notes, view.language),
        "changes": sorted(shown, key=lambda each: formats.sort_key(each.name)),
        "same": len(found.given) - len(changed),
        "still_missing": len(rows.keys() - known),
        "signed_changes": signed,
    }


def _whole(each: Given) -> tuple[str, ...]:
    return (*each.lines, f"{each.postal_code} {each.place}")


def _in_words(fault: AddressFault, found: AddressFile, language: str) -> tuple[str, str]:
    where = say("address_unit" if found.register else "address_line", language, row=fault.row)
    return where, say(f"address_{fault.code}", language, **fault.facts)


def _signed(
    changed: Sequence[Given],
    rows: Mapping[str, AddressRow],
    actor: Actor | None,
    said: tuple[str, date],
    language: str,
) -> str:
    """Return changes as a form carries them: bound to whom they were shown to."""
    publisher, known_on = said
    business = f"{publisher} ({say('address_business', language)})"
    told = []
    for each in changed:
        whose = business if each.business else publisher
        told.append((each.orgnr, each.lines, each.postal_code, each.place, whose, rows[each.orgnr].whole))
    whole = {"for": _whom(actor), "day": known_on.isoformat(), "told": told}
    return signing.dumps(whole, salt=_SALT, compress=True)


def _whom(actor: Actor | None) -> list[int]:
    return [actor.person_id, actor.seat_id] if actor else []


def _unsigned(signed: str, actor: Actor) -> tuple[list[WantedAddress], date]:
    """Return the changes of a form.

    Raises:
        Invalid: They were shown to somebody else, or too long ago.
    """
    try:
        whole = signing.loads(signed, salt=_SALT, max_age=HOUR)
    except signing.SignatureExpired:
        raise Invalid("file", "upload_expired") from None
    except signing.BadSignature:
        raise Invalid("file", "upload_foreign") from None
    if whole["for"] != _whom(actor):
        raise Invalid("file", "upload_foreign")
    found = [
        WantedAddress(orgnr, tuple(lines), postal_code, place, publisher, tuple(before))
        for orgnr, lines, postal_code, place, publisher, before in whole["told"]
    ]
    return found, date.fromisoformat(whole["day"])
