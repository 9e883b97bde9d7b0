"""Postal addresses: one set by hand, or those that a file changes, all or none, in one event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.sources.addresses import objections
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import Organisation, PostalAddress
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text, writable
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.letters.addresses import RECEIVERS, AddressRow, address_rows
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock

MOVE = "letter.address"
SUBJECT = "addresses"
LONGEST_PUBLISHER = 200
FIELDS = {"adresse": "lines", "postnummer": "postal_code", "poststed": "place"}
"""The form's fields by those of the files."""


@dataclass(frozen=True, slots=True)
class WantedAddress:
    """An address that is to be set; `before` is what was shown, so that two who write at once do not lose one."""

    orgnr: str
    lines: tuple[str, ...]
    postal_code: str
    place: str
    publisher: str
    before: tuple[str, ...]


@action
def set_all(actor: Actor, /, *, year: int, wanted: Sequence[WantedAddress], known_on: date, source: str) -> Event:
    """Set addresses, all or none.

    Args:
        actor: Who.
        year: Settlement year in which it is done.
        wanted: The addresses; each another than the one that is known.
        known_on: The day from which they are known.
        source: `file` or `hand`.

    Raises:
        Objected: Not by this role.
        Invalid: There are none, one cannot stand, is nobody's, or has been changed by somebody else; then none is set.
    """
    at = locked(year)
    require(MOVE, actor, new_situation(at), SUBJECT, year)
    if known_on > clock.today():
        raise Invalid("known_on", "address_day_to_come")
    rows = _held([each.orgnr for each in wanted])
    for each in wanted:
        _check(each, rows.get(each.orgnr))
    changed = [each for each in wanted if _told(each) != _known(rows[each.orgnr])]
    if not changed:
        raise Invalid("lines", "nothing_changed")
    organisations = dict(Organisation.objects.filter(orgnr__in=rows).values_list("orgnr", "pk"))
    for each in changed:
        values = {
            "lines": "\n".join(each.lines),
            "postal_code": each.postal_code,
            "place": each.place,
            "publisher": each.publisher.strip(),
            "known_on": known_on,
        }
        PostalAddress.objects.update_or_create(organisation_id=organisations[each.orgnr], defaults=values)
    before = {each.orgnr: _facts(_known(rows[each.orgnr])[0]) for each in changed}
    after = {
        "known_on": known_on,
        "source": source,
        "addresses": {each.orgnr: _facts(_told(each)[0]) for each in changed},
    }
    subject = f"address:{changed[0].orgnr}" if source == "hand" else SUBJECT
    texts = {"publisher": ", ".join(sorted({each.publisher.strip() for each in changed}))}
    return note(actor, Entry(MOVE, subject, year, {"addresses": before}, after, texts))


def _held(numbers: Sequence[str]) -> Mapping[str, AddressRow]:
    """Lock the organisations, and return what is known of them now."""
    rows = Organisation.objects.select_for_update().filter(orgnr__in=numbers).order_by("pk")
    list(rows.values_list("pk", flat=True))
    return {row.orgnr: row for row in address_rows(numbers)}


def _check(each: WantedAddress, row: AddressRow | None) -> None:
    if row is None or row.party not in RECEIVERS:
        raise Invalid("orgnr", "address_of_nobody", {"found": each.orgnr})
    for code, name in objections(each.lines, each.postal_code, each.place):
        raise Invalid(FIELDS[name], f"address_{code}", {"found": each.postal_code})
    for line in each.lines:
        writable("lines", line)
    writable("place", each.place)
    if len(text("publisher", each.publisher, needed=True)) > LONGEST_PUBLISHER:
        raise Invalid("publisher", "text_long", {"most": LONGEST_PUBLISHER})
    if each.before != row.whole:
        raise Invalid("lines", "address_changed_since", {"name": row.name})


def _told(each: WantedAddress) -> tuple[tuple[str, ...], str]:
    return (*each.lines, f"{each.postal_code} {each.place}"), each.publisher.strip()


def _known(row: AddressRow) -> tuple[tuple[str, ...], str]:
    return row.whole, row.publisher


def _facts(whole: tuple[str, ...]) -> dict[str, str]:
    """Return an address as facts of the event; who published it is free text, and stands among the texts."""
    return {"lines": "\n".join(whole[:-1]), "place": whole[-1]} if whole else {}
