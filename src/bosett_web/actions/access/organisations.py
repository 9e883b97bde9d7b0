"""Taking in organisations from a register: all in one transaction and one event, or none."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from bosett.sources.enhetsregisteret import BodiesByPlace
from bosett_web.accounts.models import Organisation, PostalAddress, Seat
from bosett_web.actions.doing import Invalid, note
from bosett_web.journal.write import Entry
from bosett_web.queries.access.organisations import Comparison, OrganisationChange, OrganisationFacts, compare

EVENT = "access.organisations"
PUBLISHER = "Enhetsregisteret"


def take_in(
    of_municipalities: BodiesByPlace, of_counties: BodiesByPlace, *, year: int, known_on: date, sha256: str
) -> Comparison:
    """Make and change organisations, roles and addresses as a register has them; return what was done.

    A second time nothing differs, and then nothing is written.

    Args:
        of_municipalities: Which organisation each municipality has by the register.
        of_counties: Which each county has.
        year: A year of the structure that is to be in force.
        known_on: The day on which the register was asked.
        sha256: Of what it answered.

    Raises:
        Invalid: A role is another organisation's: nothing is changed.
    """
    with transaction.atomic(durable=True):
        list(Organisation.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        compared = compare(of_municipalities, of_counties, year)
        if compared.clashes:
            raise Invalid("orgnr", "organisations_clash", {"found": "; ".join(compared.clashes)})
        for change in compared.changes:
            _apply(change, known_on)
        if compared.changes:
            before = {each.after.orgnr: _told(each.before) for each in compared.changes if each.before}
            after = {each.after.orgnr: _told(each.after) for each in compared.changes}
            facts = {"organisations": after, "sha256": sha256, "known_on": known_on, "year": year}
            note(None, Entry(EVENT, "workspace", None, {"organisations": before}, facts))
    return compared


def _apply(change: OrganisationChange, known_on: date) -> None:
    after = change.after
    if change.before is None:
        organisation = Organisation.objects.create(orgnr=after.orgnr, name=after.name)
    else:
        organisation = Organisation.objects.get(orgnr=change.before.orgnr)
        organisation.orgnr, organisation.name = after.orgnr, after.name
        organisation.save(update_fields=["orgnr", "name"])
    for party, area, county in after.seats:
        Seat.objects.get_or_create(party=party, area=area, defaults={"county": county, "organisation": organisation})
    if after.lines:
        values = {
            "lines": "\n".join(after.lines),
            "postal_code": after.postal_code,
            "place": after.place,
            "publisher": PUBLISHER,
            "known_on": known_on,
        }
        PostalAddress.objects.update_or_create(organisation=organisation, defaults=values)


def _told(facts: OrganisationFacts | None) -> dict[str, object]:
    return asdict(facts) if facts else {}
