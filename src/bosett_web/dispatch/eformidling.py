"""eFormidling by one's own integration point, which finds the receiver's channel itself.

Source: docs.digdir.no, eFormidling, the example of saksbehandling: the message, `arkivmelding.xml` first, then the PDF,
then the order to send. The message's identity is made from our reference, so the integration point can be asked by it.
"""

import uuid
from collections.abc import Iterator

from bosett_web.dispatch.archive import FILE_NAME, archive_message
from bosett_web.dispatch.port import Absent, Found, Parcel, Refused, Sent, Status, Unknown
from bosett_web.dispatch.web import Answer, Service

STANDARD = "urn:no:difi:arkivmelding:xsd::arkivmelding"
PROCESS = "urn:no:difi:profile:arkivmelding:administrasjon:ver1.0"
AUTHORITY = "iso6523-actorid-upis"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:letter")
_BEGUN, _FAILED = "OPPRETTET", ("FEIL", "LEVETID_UTLOPT")
"""Laid in but perhaps not sent yet; and given up by the integration point."""


class EFormidlingDispatch:
    """Sends by the integration point's REST interface."""

    channel = "eformidling"

    def __init__(self, service: Service) -> None:
        self.service = service

    def send(self, parcel: Parcel) -> Sent | Refused | Unknown:
        """Make the message, lay in the files, order it sent; no step is taken when the one before was not good."""
        identity = message_id(parcel.reference)
        for answer in self._steps(parcel, f"/api/messages/out/{identity}"):
            if answer.refusal:
                return Refused(answer.told)
            if not answer.good:
                return Unknown(answer.told)
        return Sent(identity)

    def ask(self, parcel: Parcel) -> Found | Absent | Unknown:
        """Tell whether the message has left, by its identity."""
        identity = message_id(parcel.reference)
        answer = self.service.call("GET", f"/api/conversations/messageId/{identity}")
        if answer.missing:
            return Absent(answer.told)
        told = _statuses(answer)
        if not answer.good or not told or set(told) == {_BEGUN}:
            return Unknown(answer.told)
        if told[-1] in _FAILED:
            return Unknown(answer.told, again=False)
        return Found(identity)

    def status(self, external: str) -> Status | None:
        """Tell whether the receiver has read it."""
        told = _statuses(self.service.call("GET", f"/api/conversations/messageId/{external}"))
        return Status.READ if "LEST" in told else None

    def _steps(self, parcel: Parcel, path: str) -> Iterator[Answer]:
        begun = self.service.call("POST", "/api/messages/out", json=document(parcel))
        if begun.refusal and self._half_made(parcel):
            # A try before this one was broken off before it was ordered sent: what lies there is thrown away.
            self.service.call("DELETE", path)
            begun = self.service.call("POST", "/api/messages/out", json=document(parcel))
        yield begun
        yield self._file(path, "Arkivmelding", FILE_NAME, "application/xml", archive_message(parcel))
        yield self._file(path, parcel.title, parcel.file_name, "application/pdf", parcel.pdf)
        yield self.service.call("POST", path)

    def _half_made(self, parcel: Parcel) -> bool:
        answer = self.service.call("GET", f"/api/conversations/messageId/{message_id(parcel.reference)}")
        return set(_statuses(answer)) == {_BEGUN}

    def _file(self, path: str, title: str, name: str, kind: str, content: bytes) -> Answer:
        # A header holds ASCII only; the title's own letters stand in the message itself.
        plain = title.encode("ascii", "ignore").decode().replace('"', "")
        headers = {"Content-Type": kind, "Content-Disposition": f'attachment; name="{plain}"; filename="{name}"'}
        return self.service.call("PUT", path, headers=headers, data=content)


def message_id(reference: str) -> str:
    """Return the identity of a letter's message: always the same for one reference."""
    return str(uuid.uuid5(_OURS, reference))


def document(parcel: Parcel) -> dict[str, object]:
    """Return the message without its files."""
    identity = message_id(parcel.reference)
    scope = {"type": "ConversationId", "instanceIdentifier": identity, "identifier": PROCESS}
    return {
        "standardBusinessDocumentHeader": {
            "headerVersion": "1.0",
            "sender": [{"identifier": {"value": f"0192:{parcel.sender_orgnr}", "authority": AUTHORITY}}],
            "receiver": [{"identifier": {"value": f"0192:{parcel.receiver_orgnr}", "authority": AUTHORITY}}],
            "documentIdentification": {
                "standard": STANDARD,
                "typeVersion": "1.0",
                "type": "arkivmelding",
                "instanceIdentifier": identity,
            },
            "businessScope": {"scope": [scope]},
        },
        "arkivmelding": {"sikkerhetsnivaa": 3, "hoveddokument": parcel.file_name},
    }


def _statuses(answer: Answer) -> list[str]:
    """Return the statuses of a message, oldest first."""
    held = answer.body.get("messageStatuses") if isinstance(answer.body, dict) else None
    rows = [row for row in held or [] if isinstance(row, dict)] if isinstance(held, list) else []
    ordered = sorted(rows, key=lambda row: str(row.get("lastUpdate") or row.get("lastUpdated") or ""))
    return [str(row.get("status", "")) for row in ordered]
