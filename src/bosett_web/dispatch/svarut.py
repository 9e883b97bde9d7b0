"""KS SvarUt by its REST interface, version 2; whoever has no digital mailbox gets the letter on paper.

Source: developers.fiks.ks.no, SvarUt RestV2: one request of several parts, `forsendelse` first and the files after.
"""

import json
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from bosett_web.dispatch.port import Absent, Found, Parcel, Refused, Sent, Status, Unknown
from bosett_web.dispatch.web import Service

SYSTEM = "Bosett"
_STATUSES = {
    "LEST": Status.READ,
    "SENDT_PRINT": Status.ON_PAPER,
    "PRINTET": Status.ON_PAPER,
}
_GROUP = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:round")


@dataclass(frozen=True, slots=True)
class SvarUtDispatch:
    """Sends by an account of SvarUt."""

    service: Service
    account: str
    channel: str = "svarut"

    def send(self, parcel: Parcel) -> Sent | Refused | Unknown:
        """Send a letter in one request."""
        answer = self.service.call(
            "POST",
            f"{self._path}/",
            files=[
                ("forsendelse", (None, json.dumps(shipment(parcel), ensure_ascii=False), "application/json")),
                ("filer", (parcel.file_name, parcel.pdf, "application/pdf")),
            ],
        )
        if answer.refusal:
            return Refused(answer.told)
        external = answer.field("id")
        return Sent(external) if answer.good and external else Unknown(answer.told)

    def ask(self, parcel: Parcel) -> Found | Absent | Unknown:
        """Tell whether the account has a letter with our reference."""
        answer = self.service.call("GET", f"{self._path}?eksternReferanse={quote(parcel.reference, safe='')}")
        if not answer.good or not isinstance(answer.body, list):
            return Unknown(answer.told, again=not answer.refusal)
        found = [str(each.get("id", "")) for each in answer.body if isinstance(each, dict)]
        return Found(found[0]) if found else Absent(answer.told)

    def status(self, external: str) -> Status | None:
        """Tell whether a letter has been read, or went to paper."""
        answer = self.service.call("GET", f"{self._path}/{quote(external, safe='')}/status")
        return _STATUSES.get(answer.field("status")) if answer.good else None

    @property
    def _path(self) -> str:
        return f"/api/v2/kontoer/{quote(self.account, safe='')}/forsendelser"


def shipment(parcel: Parcel) -> dict[str, object]:
    """Return what SvarUt is told of a letter; `korrelasjonsid` holds a round's letters together."""
    return {
        "tittel": parcel.title,
        "avgivendeSystem": SYSTEM,
        "forsendelsestype": "bosett.anmodning",
        "eksternReferanse": parcel.reference,
        "korrelasjonsid": str(uuid.uuid5(_GROUP, str(parcel.year))),
        "mottaker": {"navn": parcel.receiver_name, "digitalId": parcel.receiver_orgnr},
        "svarPaForsendelse": True,
        "utskriftskonfigurasjon": {"utskriftMedFarger": False, "tosidig": True},
        "dokumenter": [{"filnavn": parcel.file_name, "mimeType": "application/pdf"}],
    }
