"""KS SvarUt by its REST interface, version 2; whoever reads nothing within two working days gets the letter on paper.

Source: developers.fiks.ks.no, SvarUt RestV2, and KS's own OpenAPI descriptions of sending (v2), asking by the sender's
reference and asking for statuses (ks-no/fiks-svarut-klient, read 2026).
"""

import json
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from bosett_web.dispatch.port import (
    Absent,
    Address,
    AlreadySent,
    Channel,
    DeliveryStatus,
    Parcel,
    RefusedByService,
    Sent,
    Unknown,
    coded,
)
from bosett_web.dispatch.web import Service

SYSTEM = "Bosett"
SECONDS = 16 * 60
"""How long KS asks its callers to wait for an answer."""
LARGEST = 350 * 1000 * 1000
"""Bytes of all documents together that can be printed."""
MOST_LINES = 3
LONGEST_TITLE = 1000
_STATUSES = {
    "LEST": DeliveryStatus.READ,
    "SENDT_PRINT": DeliveryStatus.ON_PAPER,
    "PRINTET": DeliveryStatus.ON_PAPER,
}
_GIVEN_UP = ("AVVIST", "IKKE_LEVERT", "MANUELT_HANDTERT")
_GROUP = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:round")


@dataclass(frozen=True, slots=True)
class SvarUtDispatch:
    """Sends by an account of SvarUt."""

    service: Service
    account: str
    channel: Channel = Channel.SVARUT

    @property
    def longest(self) -> float:
        """As long as we wait for an answer."""
        return self.service.seconds

    def lacks(self, parcel: Parcel) -> str:
        """Return what SvarUt demands and the letter has not: the receiver's postal address, or a file it can print."""
        if parcel.receiver_address is None:
            return coded("address_unknown")
        if len(parcel.receiver_address.lines) > MOST_LINES:
            return coded("address_long", most=MOST_LINES)
        if len(parcel.pdf) > LARGEST:
            return coded("letter_large", size=len(parcel.pdf), most=LARGEST)
        return ""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        """Send a letter in one request; one that lacks what SvarUt demands is refused here, and nothing goes out."""
        if lack := self.lacks(parcel):
            return RefusedByService(lack)
        answer = self.service.call(
            "POST",
            f"{self._path}/",
            files=[
                ("forsendelse", (None, json.dumps(shipment(parcel), ensure_ascii=False), "application/json")),
                ("filer", (parcel.file_name, parcel.pdf, "application/pdf")),
            ],
        )
        if answer.refusal:
            return RefusedByService(answer.words)
        external = answer.field("id")
        return Sent(external) if answer.good and external else Unknown(answer.words)

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        """Tell whether the account has a letter with our reference."""
        answer = self.service.call("GET", f"{self._path}?eksternRef={quote(parcel.asked_by, safe='')}")
        listed = answer.body.get("forsendelseIds") if answer.good and isinstance(answer.body, dict) else None
        if not isinstance(listed, list):
            return Unknown(answer.words, again=not answer.refusal)
        identities = [each for each in listed if isinstance(each, str) and each]
        return AlreadySent(identities[0]) if identities else Absent(answer.words)

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
        """Tell whether a letter has been read, went to paper, or came to nobody."""
        answer = self.service.call("POST", f"{self._path}/status-sok", json={"forsendelseIds": [external]})
        rows = answer.body.get("statuser") if answer.good and isinstance(answer.body, dict) else None
        statuses = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        status = next((str(row.get("status")) for row in statuses if row.get("id") == external), "")
        return RefusedByService(status) if status in _GIVEN_UP else _STATUSES.get(status)

    @property
    def _path(self) -> str:
        return f"/api/v2/kontoer/{quote(self.account, safe='')}/forsendelser"


def shipment(parcel: Parcel) -> dict[str, object]:
    """Return what SvarUt is told of a letter; `korrelasjonsid` holds a round's letters together.

    An answer by SvarUt's own link is offered only when the sender's address is known: without it SvarUt refuses.
    """
    fields: dict[str, object] = {
        "tittel": parcel.title[:LONGEST_TITLE],
        "avgivendeSystem": SYSTEM,
        "forsendelsestype": "bosett.anmodning",
        "eksternReferanse": parcel.asked_by,
        "korrelasjonsid": str(uuid.uuid5(_GROUP, str(parcel.year))),
        "mottaker": _address(parcel.receiver_name, parcel.receiver_orgnr, parcel.receiver_address),
        "kunDigitalLevering": False,  # unread goes to paper: SvarUt vouches for nothing that is digital only
        "utskriftskonfigurasjon": {"utskriftMedFarger": False, "tosidig": True},
        "metadataFraAvleverendeSystem": {
            "registreringsId": parcel.reference,
            "journalposttype": "Utgående dokument",
            "journalstatus": "Ekspedert",
            "dokumentetsDato": f"{parcel.day.isoformat()}T00:00:00Z",
            "tittel": parcel.title,
        },
        "dokumenter": [{"filnavn": parcel.file_name, "mimeType": "application/pdf"}],
    }
    if parcel.sender_address is not None:
        fields["svarSendesTil"] = _address(parcel.sender_name, parcel.sender_orgnr, parcel.sender_address)
        fields["svarPaForsendelseLink"] = True
    return fields


def _address(name: str, orgnr: str, address: Address | None) -> dict[str, str]:
    fields = {"navn": name, "digitalId": orgnr}
    if address is None:
        return fields
    lines = {f"adresselinje{number}": line for number, line in enumerate(address.lines[:MOST_LINES], start=1)}
    return fields | lines | {"postnummer": address.postal_code, "poststed": address.place}
