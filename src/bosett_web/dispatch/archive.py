"""A letter as `arkivmelding.xml`: what a case and archive system takes in (the exchange format of Noark 5).

Source: docs.digdir.no, eFormidling, the standard arkivmelding and its schema, which builds on Noark 5 version 3.1: one
case with one record, elements in the schema's order. What the schema has no place for stands among the sender's own.
"""

import uuid
from xml.etree import ElementTree as ET

from bosett_web.dispatch.port import Address, Parcel

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
SYSTEM = "Bosett"
FILE_NAME = "arkivmelding.xml"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:archive")


def archive_message(parcel: Parcel) -> bytes:
    """Return the message for one outgoing letter; the same letter gives the same bytes."""
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xsi", "http://www.w3.org/2001/XMLSchema-instance")
    moment = f"{parcel.day.isoformat()}T00:00:00"
    made = {"opprettetDato": moment, "opprettetAv": SYSTEM}
    root = _tag(None, "arkivmelding")
    _texts(root, system=SYSTEM, meldingId=_identity("message", parcel), tidspunkt=moment, antallFiler="1")
    case = _tag(root, "mappe")
    case.set(_TYPE, "saksmappe")
    _texts(case, systemID=_identity("case", parcel), tittel=f"Anmodning om bosetting i {parcel.year}", **made)
    record = _tag(case, "basisregistrering")
    record.set(_TYPE, "journalpost")
    _texts(record, systemID=_identity("record", parcel), **made, registreringsID=parcel.reference)
    _texts(record, referanseForelderMappe=_identity("case", parcel))
    _document(record, parcel, made)
    _texts(record, tittel=f"{parcel.title}, {parcel.receiver_name}", offentligTittel=parcel.title)
    own = _tag(record, "virksomhetsspesifikkeMetadata")
    _texts(own, avsenderOrganisasjonsnummer=parcel.sender_orgnr, mottakerOrganisasjonsnummer=parcel.receiver_orgnr)
    _texts(own, sjekksum=parcel.sha256, sjekksumAlgoritme="SHA-256", filstoerrelse=str(len(parcel.pdf)))
    _texts(record, journalposttype="Utgående dokument", journalstatus="Ekspedert")
    _texts(record, journaldato=parcel.day.isoformat(), dokumentetsDato=parcel.day.isoformat())
    _party(record, "Avsender", parcel.sender_name, parcel.sender_address)
    _party(record, "Mottaker", parcel.receiver_name, parcel.receiver_address)
    _texts(case, saksdato=parcel.day.isoformat(), administrativEnhet=parcel.sender_name)
    _texts(case, saksansvarlig=parcel.sender_name, saksstatus="Under behandling")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _document(record: ET.Element, parcel: Parcel, made: dict[str, str]) -> None:
    document = _tag(record, "dokumentbeskrivelse")
    _texts(document, systemID=_identity("document", parcel), dokumenttype="Brev")
    _texts(document, dokumentstatus="Dokumentet er ferdigstilt", tittel=parcel.title, **made)
    _texts(document, tilknyttetRegistreringSom="Hoveddokument", dokumentnummer="1")
    _texts(document, tilknyttetDato=made["opprettetDato"], tilknyttetAv=SYSTEM)
    held = _tag(document, "dokumentobjekt")
    _texts(held, versjonsnummer="1", variantformat="Arkivformat", **made, referanseDokumentfil=parcel.file_name)


def _party(record: ET.Element, kind: str, name: str, address: Address | None) -> None:
    party = _tag(record, "korrespondansepart")
    _texts(party, korrespondanseparttype=kind, korrespondansepartNavn=name)
    if address is not None:
        for line in address.lines:
            _texts(party, postadresse=line)
        _texts(party, postnummer=address.postal_code, poststed=address.place)


def _identity(part: str, parcel: Parcel) -> str:
    """Return the identity of a part of the message: the same for one letter, and one case for each year."""
    whose = str(parcel.year) if part == "case" else parcel.reference
    return str(uuid.uuid5(_OURS, f"{part}:{whose}"))


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        _tag(parent, name).text = text


def _tag(parent: ET.Element | None, name: str) -> ET.Element:
    full = f"{{{NAMESPACE}}}{name}"
    return ET.Element(full) if parent is None else ET.SubElement(parent, full)
