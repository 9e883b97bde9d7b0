"""Documents as `arkivmelding.xml`: what a case and archive system takes in (the exchange format of Noark 5).

Source: docs.digdir.no, eFormidling, the standard arkivmelding and its schema, which builds on Noark 5 version 3.1: one
case with records, elements in the schema's order. The words of shielding are those of the metadata catalogue of Noark
5 (M025, M500 to M503). What the schema has no place for, such as checksums and organisation numbers, stands among the
sender's own.
"""

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from bosett_web.dispatch.port import Address, Parcel

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
SYSTEM = "Bosett"
FILE_NAME = "arkivmelding.xml"
HIDDEN = "******"
"""What stands in a public title for the words that are kept from the public."""
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bosett:archive")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold, however they are written."""


class UnreadableMessage(ValueError):
    """What should be an `arkivmelding.xml` is none."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who sends or gets a document: name, organisation number, and postal address when anybody knows it."""

    name: str
    orgnr: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of a record: its name, which is unique, its title, its SHA-256 and its size in bytes."""

    name: str
    title: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Shielding:
    """That a record is kept from the public: by which law and paragraph, and since when."""

    ground: str
    day: date


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """A document that has been sent or has come, as an archive journals it.

    Attributes:
        reference: Ours; unique for ever.
        year: Settlement year: each year is a case.
        kind: What it is, in a word that the public may always be told.
        title: Its title, without whom it is to or from.
        day: Its date.
        sender: Who it is from.
        receiver: Whom it is to.
        files: The document itself, then what is attached to it.
        incoming: Whether it has come to whoever keeps the archive; else it is theirs.
        moved_on: The day on which it was sent or came; None is that of the document.
        copies: Who has got a copy.
        shielding: That it is kept from the public, when it is.
    """

    reference: str
    year: int
    kind: str
    title: str
    day: date
    sender: Correspondent
    receiver: Correspondent
    files: tuple[ArchivedFile, ...]
    incoming: bool = False
    moved_on: date | None = None
    copies: tuple[Correspondent, ...] = ()
    shielding: Shielding | None = None

    @property
    def journalled_on(self) -> date:
        """The day of the journal."""
        return self.moved_on or self.day

    @property
    def other(self) -> Correspondent:
        """The party that does not keep the archive."""
        return self.sender if self.incoming else self.receiver

    @property
    def own(self) -> Correspondent:
        """The party that keeps the archive."""
        return self.receiver if self.incoming else self.sender


def archive_message(parcel: Parcel) -> bytes:
    """Return the message for one outgoing letter; the same letter gives the same bytes."""
    record = ArchiveRecord(
        reference=parcel.reference,
        year=parcel.year,
        kind="Brev",
        title=parcel.title,
        day=parcel.day,
        sender=Correspondent(parcel.sender_name, parcel.sender_orgnr, parcel.sender_address),
        receiver=Correspondent(parcel.receiver_name, parcel.receiver_orgnr, parcel.receiver_address),
        files=(ArchivedFile(parcel.file_name, parcel.title, parcel.sha256, len(parcel.pdf)),),
    )
    return _written(_message(_identity("message", parcel.reference), (record,)))


def case_message(records: Sequence[ArchiveRecord]) -> bytes:
    """Return the message for many records of one year's case, in their order; the same records give the same bytes.

    Raises:
        ValueError: There are no records.
    """
    if not records:
        raise ValueError("there are no records to make a case of")
    contents = hashlib.sha256(repr(records).encode()).hexdigest()
    root = _message(_identity("round", f"{records[0].year}:{contents}"), records)
    ET.indent(root)
    return _written(root)


def files_named(message: bytes) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return how many files a message says that it comes with, and the name and SHA-256 of each that it names.

    Raises:
        UnreadableMessage: It is no `arkivmelding.xml`, or names a file without its sum.
    """
    try:
        root = ET.fromstring(message)  # noqa: S314  - expat opens no file, and bounds what entities grow to
        count = int(root.findtext("{*}antallFiler") or "")
        named: list[tuple[str, str]] = []
        for record in root.iterfind("{*}mappe/{*}basisregistrering"):
            names = [each.text or "" for each in record.iterfind(".//{*}referanseDokumentfil")]
            sums = [each.text or "" for each in record.iterfind("{*}virksomhetsspesifikkeMetadata/{*}sjekksum")]
            named += zip(names, sums, strict=True)
    except (ET.ParseError, ValueError) as fault:
        raise UnreadableMessage(str(fault)) from None
    return count, tuple(named)


def _message(identity: str, records: Sequence[ArchiveRecord]) -> ET.Element:
    """Return a message of records that all belong to one case; its moment is the day of the newest."""
    first, last = (choose(each.journalled_on for each in records) for choose in (min, max))
    year, office = records[0].year, records[0].own.name
    root = _tag(None, "arkivmelding")
    files = sum(len(each.files) for each in records)
    _texts(root, system=SYSTEM, meldingId=identity, tidspunkt=_moment(last), antallFiler=str(files))
    case = _tag(root, "mappe")
    case.set(_TYPE, "saksmappe")
    _texts(case, systemID=_identity("case", str(year)), tittel=f"Anmodning om bosetting i {year}", **_made(first))
    for record in records:
        _record(case, record)
    _texts(case, saksdato=first.isoformat(), administrativEnhet=office)
    _texts(case, saksansvarlig=office, saksstatus="Under behandling")
    return root


def _record(case: ET.Element, record: ArchiveRecord) -> None:
    element, made = _tag(case, "basisregistrering"), _made(record.journalled_on)
    element.set(_TYPE, "journalpost")
    _texts(element, systemID=_identity("record", record.reference), **made)
    if record.shielding is None:
        _texts(element, registreringsID=record.reference)  # it says whom the document is to: no field shields it
    _texts(element, referanseForelderMappe=_identity("case", str(record.year)))
    if record.shielding is not None:
        _shielding(element, record.shielding, incoming=record.incoming)
    for number, file in enumerate(record.files, 1):
        _document(element, record, number, file, made)
    public = record.title if record.shielding is None else f"{record.kind} {HIDDEN}"
    _texts(element, tittel=f"{record.title}, {record.other.name}", offentligTittel=public)
    _own(element, record)
    _texts(element, journalposttype="Inngående dokument" if record.incoming else "Utgående dokument")
    _texts(element, journalstatus="Journalført" if record.incoming else "Ekspedert")
    _texts(element, journaldato=record.journalled_on.isoformat(), dokumentetsDato=record.day.isoformat())
    if record.moved_on is not None:
        _texts(element, **{"mottattDato" if record.incoming else "sendtDato": record.moved_on.isoformat()})
    if record.shielding is not None:
        _texts(element, offentlighetsvurdertDato=record.shielding.day.isoformat())
    if len(record.files) > 1:
        _texts(element, antallVedlegg=str(len(record.files) - 1))
    _party(element, "Avsender", record.sender)
    _party(element, "Mottaker", record.receiver)
    for copy in record.copies:
        _party(element, "Kopimottaker", copy)


def _shielding(element: ET.Element, shielding: Shielding, *, incoming: bool) -> None:
    """Keep document, titles and the other party's name from the public; what is left is kind, day and ground."""
    part = _tag(element, "skjerming")
    _texts(part, tilgangsrestriksjon="Unntatt offentlighet", skjermingshjemmel=shielding.ground)
    _texts(part, skjermingMetadata="Skjerming tittel registrering - utvalgte ord")
    _texts(part, skjermingMetadata="Skjerming tittel dokumentbeskrivelse")
    _texts(part, skjermingMetadata="Skjerming navn avsender" if incoming else "Skjerming navn mottaker")
    _texts(part, skjermingDokument="Skjerming av hele dokumentet")


def _document(
    element: ET.Element, record: ArchiveRecord, number: int, file: ArchivedFile, made: dict[str, str]
) -> None:
    """Add a file's description; the first file is the document, the others are attached to it."""
    identity = record.reference if number == 1 else f"{record.reference}:{number}"
    document = _tag(element, "dokumentbeskrivelse")
    _texts(document, systemID=_identity("document", identity), dokumenttype=record.kind)
    _texts(document, dokumentstatus="Dokumentet er ferdigstilt", tittel=file.title, **made)
    _texts(document, tilknyttetRegistreringSom="Hoveddokument" if number == 1 else "Vedlegg")
    _texts(document, dokumentnummer=str(number), tilknyttetDato=made["opprettetDato"], tilknyttetAv=SYSTEM)
    part = _tag(document, "dokumentobjekt")
    _texts(part, versjonsnummer="1", variantformat="Arkivformat", **made, referanseDokumentfil=file.name)


def _own(element: ET.Element, record: ArchiveRecord) -> None:
    """Add what the schema has no place for; the sums stand in the order of the files."""
    own = _tag(element, "virksomhetsspesifikkeMetadata")
    if record.shielding is not None:
        _texts(own, referanse=record.reference)
    _texts(own, avsenderOrganisasjonsnummer=record.sender.orgnr, mottakerOrganisasjonsnummer=record.receiver.orgnr)
    for copy in record.copies:
        _texts(own, kopimottakerOrganisasjonsnummer=copy.orgnr)
    for file in record.files:
        _texts(own, sjekksum=file.sha256, sjekksumAlgoritme="SHA-256", filstoerrelse=str(file.size))


def _party(element: ET.Element, kind: str, who: Correspondent) -> None:
    party = _tag(element, "korrespondansepart")
    _texts(party, korrespondanseparttype=kind, korrespondansepartNavn=who.name)
    if who.address is not None:
        for line in who.address.lines:
            _texts(party, postadresse=line)
        _texts(party, postnummer=who.address.postal_code, poststed=who.address.place)


def _identity(part: str, whose: str) -> str:
    """Return the identity of a part of a message: the same for one document, and one case for each year."""
    return str(uuid.uuid5(_OURS, f"{part}:{whose}"))


def _made(day: date) -> dict[str, str]:
    return {"opprettetDato": _moment(day), "opprettetAv": SYSTEM}


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _written(root: ET.Element) -> bytes:
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xsi", "http://www.w3.org/2001/XMLSchema-instance")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        _tag(parent, name).text = _NO_XML.sub("", text)


def _tag(parent: ET.Element | None, name: str) -> ET.Element:
    full = f"{{{NAMESPACE}}}{name}"
    return ET.Element(full) if parent is None else ET.SubElement(parent, full)
