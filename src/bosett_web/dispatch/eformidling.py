"""eFormidling by one's own integration point, which finds the receiver's channel itself.

Source: docs.digdir.no, eFormidling, the integration point's interface: one request with the message, `arkivmelding.xml`
and the PDF, which is what it means for many small letters; the point keeps all of it or nothing, then orders it sent.
The message's identity is made from our reference, so the point can be asked by it, and takes no second one.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bosett_web.dispatch.archive import FILE_NAME, archive_message
from bosett_web.dispatch.port import (
    Absent,
    AlreadySent,
    Channel,
    DeliveryStatus,
    Parcel,
    RefusedByService,
    Sent,
    Unknown,
    coded,
)
from bosett_web.dispatch.web import Service, ServiceAnswer

STANDARD = "urn:no:difi:arkivmelding:xsd::arkivmelding"
PROCESS = "urn:no:difi:profile:arkivmelding:administrasjon:ver1.0"
AUTHORITY = "iso6523-actorid-upis"
NORWAY = ZoneInfo("Europe/Oslo")
LARGEST = 5 * 1024 * 1024
"""Bytes of a file that the point takes in one request."""
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:letter")
_BEGUN, _GIVEN_UP = "OPPRETTET", ("FEIL", "LEVETID_UTLOPT")
"""Laid in but perhaps not ordered sent yet; and given up by the integration point."""


@dataclass(frozen=True, slots=True)
class EFormidlingDispatch:
    """Sends by the integration point's REST interface."""

    service: Service
    channel: Channel = Channel.EFORMIDLING

    @property
    def longest(self) -> float:
        """As long as we wait for an answer."""
        return self.service.seconds

    def lacks(self, parcel: Parcel) -> str:
        """Return why the point would not take it: a letter that is too large."""
        if len(parcel.pdf) > LARGEST:
            return coded("letter_large", size=len(parcel.pdf), most=LARGEST)
        return ""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        """Send a letter in one request; one that lies there begun since an earlier try is ordered sent."""
        if lack := self.lacks(parcel):
            return RefusedByService(lack)
        identity = message_id(parcel.asked_by)
        answer = self.service.call(
            "POST",
            "/api/messages/out/multipart",
            files=[
                ("sbd", (None, json.dumps(document(parcel), ensure_ascii=False), "application/json")),
                ("Arkivmelding", (FILE_NAME, archive_message(parcel), "application/xml")),
                (parcel.title, (parcel.file_name, parcel.pdf, "application/pdf")),
            ],
        )
        if answer.refusal and (statuses := self._told(identity)):
            # The point knows it from an earlier try: it is never laid in twice.
            if statuses[-1] in _GIVEN_UP:
                # Asked about, it is told as given up: that, and no refusal here, gives the next try a new identity.
                return Unknown(answer.words)
            if statuses != [_BEGUN]:
                return Sent(identity)
            answer = self.service.call("POST", f"/api/messages/out/{identity}")
        if answer.refusal:
            return RefusedByService(answer.words)
        return Sent(identity) if answer.good else Unknown(answer.words)

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        """Tell whether the message has left, by its identity."""
        identity = message_id(parcel.asked_by)
        answer = self._asked(identity)
        if answer.missing:
            return Absent(answer.words)
        statuses = _statuses(answer)
        if not answer.good or not statuses or set(statuses) == {_BEGUN}:
            return Unknown(answer.words)
        return RefusedByService(answer.words) if statuses[-1] in _GIVEN_UP else AlreadySent(identity)

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
        """Tell whether the receiver has read it, or the point has given it up."""
        answer = self._asked(external)
        statuses = _statuses(answer) if answer.good else []
        if "LEST" in statuses:
            return DeliveryStatus.READ
        return RefusedByService(answer.words) if statuses and statuses[-1] in _GIVEN_UP else None

    def _asked(self, identity: str) -> ServiceAnswer:
        return self.service.call("GET", f"/api/conversations/messageId/{identity}")

    def _told(self, identity: str) -> list[str]:
        answer = self._asked(identity)
        return _statuses(answer) if answer.good else []


def message_id(reference: str) -> str:
    """Return the identity of a letter's message: always the same for one reference."""
    return str(uuid.uuid5(_OURS, reference))


def document(parcel: Parcel) -> dict[str, object]:
    """Return the message without its files."""
    identity = message_id(parcel.asked_by)
    scope = {"type": "ConversationId", "instanceIdentifier": identity, "identifier": PROCESS}
    return {
        "standardBusinessDocumentHeader": {
            "headerVersion": "1.0",
            "sender": [{"identifier": {"value": f"0192:{parcel.sender_orgnr}", "authority": AUTHORITY}}],
            "receiver": [{"identifier": {"value": f"0192:{parcel.receiver_orgnr}", "authority": AUTHORITY}}],
            "documentIdentification": {
                "standard": STANDARD,
                "typeVersion": "2.0",
                "type": "arkivmelding",
                "instanceIdentifier": identity,
            },
            "businessScope": {"scope": [scope]},
        },
        "arkivmelding": {"sikkerhetsnivaa": 3, "hoveddokument": parcel.file_name},
    }


def _statuses(answer: ServiceAnswer) -> list[str]:
    """Return the statuses of a message in capital letters, oldest first; one of no known moment comes before all."""
    listed = answer.body.get("messageStatuses") if isinstance(answer.body, dict) else None
    rows = [row for row in listed or [] if isinstance(row, dict)] if isinstance(listed, list) else []
    return [str(row.get("status", "")).strip().upper() for row in sorted(rows, key=_moment)]


def _moment(row: Mapping[str, object]) -> datetime:
    """Return when a status was set; a moment without a zone is told in Norwegian time."""
    try:
        moment = datetime.fromisoformat(str(row.get("lastUpdate") or row.get("lastUpdated")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=NORWAY)
