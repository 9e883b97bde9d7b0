"""Postal addresses of the parties that letters go to: known or missing, and what a letter needs of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bosett.rounds.parties import Party
from bosett_web.accounts.models import Organisation, PostalAddress, Seat
from bosett_web.dispatch import Address
from bosett_web.dispatch.archive import Correspondent

RECEIVERS = (Party.MUNICIPALITY, Party.COUNTY, Party.DIRECTORATE)
"""Who gets letters, and who sends them and gets the answers."""
_ORDER = {party: place for place, party in enumerate((Party.DIRECTORATE, Party.COUNTY, Party.MUNICIPALITY))}


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An organisation and its address; no lines when it is not known. Oslo, county and municipality, is one."""

    orgnr: str
    name: str
    party: str
    area: str
    county: str
    lines: tuple[str, ...] = ()
    postal_code: str = ""
    place: str = ""
    publisher: str = ""
    known_on: date | None = None

    @property
    def known(self) -> bool:
        """Whether there is an address."""
        return bool(self.lines)

    @property
    def lines_text(self) -> str:
        """The lines as they stand in a field."""
        return "\n".join(self.lines)

    @property
    def whole(self) -> tuple[str, ...]:
        """The address as it stands on an envelope, without the name."""
        return (*self.lines, f"{self.postal_code} {self.place}") if self.lines else ()


def address_rows(only: Iterable[str] | None = None) -> tuple[AddressRow, ...]:
    """Return the organisations that letters go to or come from, in one query; `only` those with these numbers."""
    seats = Seat.objects.filter(party__in=RECEIVERS).select_related("organisation__address")
    if only is not None:
        seats = seats.filter(organisation__orgnr__in=list(only))
    rows: dict[str, AddressRow] = {}
    for seat in sorted(seats, key=lambda each: (_ORDER[Party(each.party)], each.area)):
        address = getattr(seat.organisation, "address", None)
        row = AddressRow(seat.organisation.orgnr, seat.organisation.name, seat.party, seat.area, seat.county)
        if address is not None:
            row = AddressRow(
                row.orgnr,
                row.name,
                row.party,
                row.area,
                row.county,
                tuple(address.lines.splitlines()),
                address.postal_code,
                address.place,
                address.publisher,
                address.known_on,
            )
        rows.setdefault(row.orgnr, row)
    return tuple(rows.values())


def addresses_of(party: Party) -> Mapping[str, tuple[str, ...]]:
    """Return the known addresses of a role's holders by area, as lines beneath a name."""
    rows = PostalAddress.objects.filter(organisation__seats__party=party)
    addresses = rows.values_list("organisation__seats__area", "lines", "postal_code", "place")
    return {area: (*lines.splitlines(), f"{code} {place}") for area, lines, code, place in addresses}


def unaddressed(areas: Iterable[str]) -> tuple[str, ...]:
    """Return those codes of municipalities and counties whose address is not known."""
    wanted = set(areas)
    known = PostalAddress.objects.filter(
        Q(organisation__seats__party=Party.MUNICIPALITY) | Q(organisation__seats__party=Party.COUNTY),
        organisation__seats__area__in=wanted,
    )
    return tuple(sorted(wanted - set(known.values_list("organisation__seats__area", flat=True))))


def correspondents() -> Mapping[tuple[str, str], Correspondent]:
    """Return who sends and gets documents, by role and area, in one query."""
    seats = Seat.objects.select_related("organisation__address").order_by("pk")
    return {
        (seat.party, seat.area): Correspondent(
            seat.organisation.name, seat.organisation.orgnr, postal_address(seat.organisation)
        )
        for seat in seats
    }


def postal_address(organisation: Organisation) -> Address | None:
    """Return where an organisation gets paper post; None when nobody knows."""
    address = getattr(organisation, "address", None)
    return None if address is None else Address(tuple(address.lines.splitlines()), address.postal_code, address.place)
