"""A letter as `arkivmelding.xml`: what a case and archive system takes in (Noark 5's exchange format)."""

from xml.etree import ElementTree as ET

from bosett_web.dispatch.port import Parcel

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
SYSTEM = "Bosett"
FILE_NAME = "arkivmelding.xml"


def archive_message(parcel: Parcel) -> bytes:
    """Return the message for one outgoing letter; the same letter gives the same bytes."""
    ET.register_namespace("", NAMESPACE)
    day = parcel.day.isoformat()
    moment = f"{day}T00:00:00"
    root = _tag(None, "arkivmelding")
    _texts(root, system=SYSTEM, meldingId=parcel.reference, tidspunkt=moment, antallFiler="1")
    case = _tag(root, "mappe")
    case.set("{http://www.w3.org/2001/XMLSchema-instance}type", "saksmappe")
    _texts(case, tittel=f"Anmodning om bosetting i {parcel.year}", opprettetDato=moment, opprettetAv=SYSTEM)
    record = _tag(case, "registrering")
    record.set("{http://www.w3.org/2001/XMLSchema-instance}type", "journalpost")
    _texts(record, opprettetDato=moment, opprettetAv=SYSTEM)
    document = _tag(record, "dokumentbeskrivelse")
    _texts(document, dokumenttype="Brev", dokumentstatus="Dokumentet er ferdigstilt", tittel=parcel.title)
    _texts(document, opprettetDato=moment, opprettetAv=SYSTEM, tilknyttetRegistreringSom="Hoveddokument")
    _texts(document, dokumentnummer="1", tilknyttetDato=moment, tilknyttetAv=SYSTEM)
    held = _tag(document, "dokumentobjekt")
    _texts(held, versjonsnummer="1", variantformat="Arkivformat", format="PDF/A", opprettetDato=moment)
    _texts(held, opprettetAv=SYSTEM, referanseDokumentfil=parcel.file_name, sjekksum=parcel.sha256)
    _texts(held, sjekksumAlgoritme="SHA-256", filstoerrelse=str(len(parcel.pdf)))
    _texts(record, tittel=f"{parcel.title}, {parcel.receiver_name}", offentligTittel=parcel.title)
    _party(record, "Avsender", parcel.sender_name, parcel.sender_orgnr)
    _party(record, "Mottaker", parcel.receiver_name, parcel.receiver_orgnr)
    _texts(record, journalposttype="Utgående dokument", journalstatus="Ekspedert", journaldato=day, dokumentetsDato=day)
    _texts(record, eksternReferanse=parcel.reference)
    made = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return bytes(made)


def _party(record: ET.Element, kind: str, name: str, orgnr: str) -> None:
    party = _tag(record, "korrespondansepart")
    _texts(party, korrespondanseparttype=kind, korrespondansepartNavn=name, organisasjonsnummer=orgnr)


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        _tag(parent, name).text = text


def _tag(parent: ET.Element | None, name: str) -> ET.Element:
    full = f"{{{NAMESPACE}}}{name}"
    return ET.Element(full) if parent is None else ET.SubElement(parent, full)
