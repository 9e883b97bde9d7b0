"""What the published schema of arkivmelding demands, as far as we write it."""

import re
from xml.etree import ElementTree as ET

from bosett_web.dispatch.archive import NAMESPACE

SCHEMA = {
    # What the schema of arkivmelding lets stand where: + is required, * may stand more than once.
    "arkivmelding": "system+ meldingId+ tidspunkt+ antallFiler+ mappe+",
    "mappe": "systemID+ mappeID tittel+ offentligTittel opprettetDato+ opprettetAv+ skjerming basisregistrering+*"
    " saksdato+ administrativEnhet+ saksansvarlig+ journalenhet saksstatus+",
    "basisregistrering": "systemID+ opprettetDato+ opprettetAv+ arkivertDato arkivertAv registreringsID"
    " referanseForelderMappe+ skjerming dokumentbeskrivelse+* tittel+ offentligTittel beskrivelse"
    " virksomhetsspesifikkeMetadata merknad* kryssreferanse* journalaar journalsekvensnummer journalpostnummer"
    " journalposttype+ journalstatus+ journaldato+ dokumentetsDato mottattDato sendtDato forfallsdato"
    " offentlighetsvurdertDato antallVedlegg journalenhet korrespondansepart+*",
    "dokumentbeskrivelse": "systemID+ dokumenttype+ dokumentstatus+ tittel+ opprettetDato+ opprettetAv+"
    " tilknyttetRegistreringSom+ dokumentnummer+ tilknyttetDato+ tilknyttetAv+ skjerming dokumentobjekt+",
    "dokumentobjekt": "versjonsnummer+ variantformat+ opprettetDato+ opprettetAv+ referanseDokumentfil+",
    "korrespondansepart": "korrespondanseparttype+ korrespondansepartNavn+ postadresse* postnummer poststed land",
    "skjerming": "tilgangsrestriksjon+ skjermingshjemmel+ skjermingMetadata+* skjermingDokument skjermingsvarighet"
    " skjermingOpphoererDato",
}
_MOMENT, _DAY = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", r"\d{4}-\d\d-\d\d"
VALUES = {
    "systemID": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "referanseForelderMappe": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "antallFiler": r"\d+",
    "antallVedlegg": r"\d+",
    "saksstatus": "Under behandling|Avsluttet|Utgår",
    "journalstatus": "Journalført|Ferdigstilt fra saksbehandler|Godkjent av leder|Ekspedert|Arkivert|Utgår",
    "journalposttype": "Inngående dokument|Utgående dokument",
    "dokumentstatus": "Dokumentet er (under redigering|ferdigstilt)",
    "tilknyttetRegistreringSom": "Hoveddokument|Vedlegg",
    "korrespondanseparttype": "Avsender|Mottaker|Kopimottaker",
    "variantformat": "Produksjonsformat|Arkivformat",
    "tilgangsrestriksjon": "Unntatt offentlighet",
    "skjermingMetadata": "Skjerming (tittel registrering - utvalgte ord|tittel dokumentbeskrivelse|navn avsender"
    "|navn mottaker)",
    "skjermingDokument": "Skjerming av (hele|deler av) dokumentet",
    "skjermingshjemmel": ".+",
    "tidspunkt": _MOMENT,
    "opprettetDato": _MOMENT,
    "tilknyttetDato": _MOMENT,
    "saksdato": _DAY,
    "journaldato": _DAY,
    "dokumentetsDato": _DAY,
    "mottattDato": _DAY,
    "sendtDato": _DAY,
    "offentlighetsvurdertDato": _DAY,
    "versjonsnummer": r"\d+",
    "dokumentnummer": r"\d+",
}


def faults_of(part: ET.Element) -> list[str]:
    """Return what the schema says is wrong with a part of an arkivmelding: order, what lacks, what it does not know."""
    name = part.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name in VALUES:
        return [] if re.fullmatch(VALUES[name], part.text or "") else [f"{name}: {part.text}"]
    if name not in SCHEMA:
        return []
    order = [(word.strip("+*"), "+" in word, "*" in word) for word in SCHEMA[name].split()]
    tags = [each.tag.removeprefix(f"{{{NAMESPACE}}}") for each in part]
    words = [word for word, _, _ in order]
    places = [words.index(each) if each in words else -1 for each in tags]
    faults = [f"{name}: {each} is unknown" for each, place in zip(tags, places, strict=True) if place < 0]
    faults += [f"{name}: not in order: {tags}"] if places != sorted(places) else []
    faults += [f"{name}: lacks {word}" for word, needed, _ in order if needed and word not in tags]
    faults += [f"{name}: {word} twice" for word, _, many in order if not many and tags.count(word) > 1]
    return faults + [fault for each in part for fault in faults_of(each)]
