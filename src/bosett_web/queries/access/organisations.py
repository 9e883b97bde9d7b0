"""The organisations of municipalities and counties as a register has them, against those that are here: what differs.

A municipality is called by its name in the structure that is in force, not by the register's capital letters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bosett.geography import County, counties, municipalities
from bosett.rounds.parties import Party
from bosett.sources.addresses import objections
from bosett.sources.enhetsregisteret import BodiesByPlace, RegisteredBody
from bosett_web.accounts.models import Organisation, Seat


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is known of an organisation.

    Attributes:
        orgnr: Its number.
        name: Its name.
        seats: Its roles: party and area, with the county that the area lies in.
        lines: Lines of its postal address, none when it is not known.
        postal_code: Four digits, or empty.
        place: Postal place, or empty.
    """

    orgnr: str
    name: str
    seats: tuple[tuple[str, str, str], ...]
    lines: tuple[str, ...] = ()
    postal_code: str = ""
    place: str = ""

    @property
    def address(self) -> str:
        """The address on a line; empty when it is not known."""
        return ", ".join((*self.lines, f"{self.postal_code} {self.place}")) if self.lines else ""


class OrganisationDifference(StrEnum):
    """What of an organisation differs."""

    NEW = "new"
    NUMBER = "number"
    NAME = "name"
    SEATS = "seats"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    """One organisation that is to be made or changed; `before` is None for a new one."""

    before: OrganisationFacts | None
    after: OrganisationFacts
    differs: tuple[OrganisationDifference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A register held against the workspace.

    Attributes:
        changes: What is to be made or changed, in order of number.
        same: How many are here as they are in the register.
        clashes: Why something cannot be done, in words; then nothing is.
        without_address: Organisations whose address the register lacks or cannot stand, and why.
        lacking: Places without an organisation in the register.
        several: Places with more than one.
        no_longer: Roles here whose place is not in the structure.
    """

    changes: tuple[OrganisationChange, ...]
    same: int
    clashes: tuple[str, ...] = field(default=())
    without_address: tuple[str, ...] = field(default=())
    lacking: tuple[str, ...] = field(default=())
    several: tuple[str, ...] = field(default=())
    no_longer: tuple[str, ...] = field(default=())


def compare(of_municipalities: BodiesByPlace, of_counties: BodiesByPlace, year: int) -> Comparison:
    """Return what differs between a register and the workspace.

    Args:
        of_municipalities: Which organisation each municipality has by the register.
        of_counties: Which each county has.
        year: A year of the structure that is to be in force.
    """
    wanted, unaddressed = _wanted(of_municipalities, of_counties, year)
    known = _held()
    by_seat = {seat[:2]: facts for facts in known.values() for seat in facts.seats}
    changes: list[OrganisationChange] = []
    clashes: list[str] = []
    same = 0
    for after in wanted:
        numbers = {by_seat[seat[:2]].orgnr for seat in after.seats if seat[:2] in by_seat}
        numbers |= {after.orgnr} & set(known)
        if len(numbers) > 1:
            clashes.append(f"{after.orgnr} {after.name}: its roles are held by {', '.join(sorted(numbers))}")
            continue
        change = _change(known[numbers.pop()] if numbers else None, after)
        if change is None:
            same += 1
        else:
            changes.append(change)
    return Comparison(
        tuple(sorted(changes, key=lambda each: each.after.orgnr)),
        same,
        tuple(clashes),
        tuple(unaddressed),
        (*of_municipalities.lacking, *_truly_lacking(of_counties, year)),
        (*of_municipalities.several, *of_counties.several),
        tuple(_no_longer(year)),
    )


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """Return what is known here of an organisation, with its address and seats."""
    seats = tuple(sorted((seat.party, seat.area, seat.county) for seat in organisation.seats.all()))
    address = getattr(organisation, "address", None)
    known = OrganisationFacts(organisation.orgnr, organisation.name, seats)
    if address is None:
        return known
    lines = tuple(address.lines.splitlines())
    return OrganisationFacts(known.orgnr, known.name, seats, lines, address.postal_code, address.place)


def _change(before: OrganisationFacts | None, after: OrganisationFacts) -> OrganisationChange | None:
    if before is None:
        return OrganisationChange(None, after, (OrganisationDifference.NEW,))
    more = set(after.seats) - set(before.seats)
    changed = {
        OrganisationDifference.NUMBER: before.orgnr != after.orgnr,
        OrganisationDifference.NAME: before.name != after.name,
        OrganisationDifference.SEATS: bool(more),
        OrganisationDifference.ADDRESS: bool(after.lines) and before.address != after.address,
    }
    differs = tuple(each for each, does in changed.items() if does)
    return OrganisationChange(before, after, differs) if differs else None


def _held() -> Mapping[str, OrganisationFacts]:
    rows = Organisation.objects.select_related("address").prefetch_related("seats")
    return {each.orgnr: facts_of(each) for each in rows}


def _wanted(
    of_municipalities: BodiesByPlace, of_counties: BodiesByPlace, year: int
) -> tuple[Sequence[OrganisationFacts], Sequence[str]]:
    """Return the organisations that the structure is to have, and those whose address cannot stand."""
    county_of = {county.code: county for county in counties(year)}
    wanted: list[OrganisationFacts] = []
    unaddressed: list[str] = []
    for code, body in of_counties.bodies.items():
        seat = (Party.COUNTY.value, code, code)
        wanted.append(_facts(body, f"{county_of[code].name} fylkeskommune", (seat,), unaddressed))
    for place in municipalities(year):
        body_here = of_municipalities.bodies.get(place.code)
        if body_here is None:
            continue
        county = county_of[place.county]
        seats = [(Party.MUNICIPALITY.value, place.code, place.county)]
        if _is_one(county, place.name) and county.code not in of_counties.bodies:
            seats.insert(0, (Party.COUNTY.value, county.code, county.code))
        shown = f" ({county.name})" if place.display_name != place.name else ""
        wanted.append(_facts(body_here, f"{place.name} {place.kind}{shown}", tuple(seats), unaddressed))
    return wanted, unaddressed


def _is_one(county: County, name: str) -> bool:
    """Tell whether a municipality is its county too, as Oslo is."""
    return county.name == name


def _facts(
    body: RegisteredBody, name: str, seats: tuple[tuple[str, str, str], ...], unaddressed: list[str]
) -> OrganisationFacts:
    address = body.postal or body.business
    if address is None:
        unaddressed.append(f"{body.number} {name}: the register has none")
        return OrganisationFacts(body.number, name, seats)
    fault = next(objections(address.lines, address.postal_code, address.place), None)
    if fault:
        unaddressed.append(f"{body.number} {name}: {fault[1]} cannot stand ({fault[0]})")
        return OrganisationFacts(body.number, name, seats)
    return OrganisationFacts(body.number, name, seats, address.lines, address.postal_code, address.place)


def _truly_lacking(of_counties: BodiesByPlace, year: int) -> Iterator[str]:
    """Yield the counties without an organisation; one that is a municipality too has that of the municipality."""
    both = {
        f"{county.code} {county.name}"
        for county in counties(year)
        for place in municipalities(year)
        if place.county == county.code and _is_one(county, place.name)
    }
    yield from (each for each in of_counties.lacking if each not in both)


def _no_longer(year: int) -> Iterator[str]:
    known = {place.code for place in municipalities(year)} | {county.code for county in counties(year)}
    local = Seat.objects.filter(party__in=(Party.MUNICIPALITY, Party.COUNTY)).select_related("organisation")
    for seat in local.order_by("area"):
        if seat.area not in known:
            yield f"{seat.area} {seat.organisation.name}"
