"""A round for the archive as a folder: what of it does not hold is told; and records as the schema has them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from arkivmelding import faults_of
from bosett_web.dispatch.archive import (
    HIDDEN,
    ArchivedFile,
    ArchiveRecord,
    Correspondent,
    Shielding,
    archive_message,
    case_message,
)
from bosett_web.dispatch.port import Parcel
from bosett_web.operations.archiving import LIST, BadArchive, archive_faults

YEAR, MESSAGE, DAY = 2021, "arkivmelding.xml", date(2020, 10, 30)
WHO = Correspondent("Direktoratet", "300000000"), Correspondent("Bergen kommune", "300000001")
FILES = tuple(ArchivedFile(f"{number}.pdf", f"Fil {number}", "0" * 64, number) for number in range(3))
RECORD = ArchiveRecord("2021/4601-anmodning-1", YEAR, "Brev", "Tittel", DAY, *WHO, FILES[:1])


def texts(part: ET.Element, name: str) -> list[str]:
    return [each.text or "" for each in part.iterfind(f".//{{*}}{name}")]


def read(records: tuple[ArchiveRecord, ...]) -> ET.Element:
    return ET.fromstring(case_message(records))  # noqa: S314  - our own


def small(folder: Path) -> Path:
    """Write an archive of two letters."""
    folder.mkdir()
    records = []
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(name.encode())
        file = ArchivedFile(name, "Brev", hashlib.sha256(name.encode()).hexdigest(), len(name))
        records.append(replace(RECORD, reference=name, files=(file,)))
    (folder / MESSAGE).write_bytes(case_message(records))
    listed(folder)
    return folder


def listed(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.name != LIST)
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / LIST).write_text("".join(f"{sums[name]}  {name}\n" for name in names))


def add(folder: Path) -> None:
    """Lay another file there, with its sum in the list."""
    (folder / "c.pdf").write_text("")
    listed(folder)


def message_says(folder: Path, old: str, new: str) -> None:
    """Change the message, and the list with it: only what is in them can tell."""
    text = (folder / MESSAGE).read_text(encoding="utf-8")
    assert old in text
    (folder / MESSAGE).write_text(text.replace(old, new), encoding="utf-8")
    listed(folder)


SUM = hashlib.sha256(b"b.pdf").hexdigest()
FAULTS: Mapping[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "as it was": (lambda _: None, ()),
    "a file away": (lambda folder: (folder / "b.pdf").unlink(), ("b.pdf is missing",)),
    "the message away": (lambda folder: (folder / MESSAGE).unlink(), (f"{MESSAGE} is missing",)),
    "a file more": (lambda folder: (folder / "c.pdf").write_text(""), ("c.pdf is no part of it",)),
    "a file changed": (lambda folder: (folder / "b.pdf").write_text("x"), ("b.pdf has been changed",)),
    "a file that no post names": (
        add,
        (f"{MESSAGE} does not name c.pdf",),
    ),
    "a count that is wrong": (
        lambda folder: message_says(folder, "antallFiler>2", "antallFiler>3"),
        (f"{MESSAGE} says that there are 3 files, and names 2",),
    ),
    "a sum that is another": (
        lambda folder: message_says(folder, SUM, "0" * 64),
        (f"{MESSAGE} has another sum for b.pdf than {LIST}",),
    ),
    "a file named twice": (
        lambda folder: message_says(folder, "Dokumentfil>b.pdf", "Dokumentfil>a.pdf"),
        (
            f"{MESSAGE} names a.pdf 2 times",
            f"{MESSAGE} does not name b.pdf",
            f"{MESSAGE} has another sum for a.pdf than {LIST}",
        ),
    ),
    "a file named that is nowhere": (
        lambda folder: message_says(folder, "Dokumentfil>b.pdf", "Dokumentfil>../b.pdf"),
        (f"{MESSAGE} does not name b.pdf", f"{MESSAGE} names ../b.pdf, which {LIST} does not"),
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_does_not_hold_is_told(case: str, tmp_path: Path) -> None:
    harm, faults = FAULTS[case]
    folder = small(tmp_path / "out")
    harm(folder)
    assert archive_faults(folder) == faults


@pytest.mark.parametrize("content", ["", "<a>", "<a/>", "<arkivmelding><antallFiler>x</antallFiler></arkivmelding>"])
def test_a_message_that_is_none_is_told(content: str, tmp_path: Path) -> None:
    folder = small(tmp_path / "out")
    (folder / MESSAGE).write_text(content)
    listed(folder)
    (fault,) = archive_faults(folder)
    assert fault.startswith(f"{MESSAGE} cannot be read: ")


def test_a_folder_that_is_no_archive_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "away"):
        with pytest.raises(BadArchive, match=f"is no round for the archive: {LIST} cannot be read"):
            archive_faults(folder)
    (tmp_path / LIST).write_text("not a sum\n")
    with pytest.raises(BadArchive, match="is no list of sums"):
        archive_faults(tmp_path)


# Records


def test_records_with_and_without_more_files_stand_in_the_schema_s_order() -> None:
    every = (RECORD, replace(RECORD, reference="s", files=FILES, copies=WHO[:1], moved_on=date(2020, 11, 2)))
    root = read(every)
    assert faults_of(root) == []
    assert texts(root, "antallFiler") == ["4"]
    assert texts(root, "antallVedlegg") == ["2"]
    assert texts(root, "tilknyttetRegistreringSom") == ["Hoveddokument"] * 2 + ["Vedlegg"] * 2
    assert root.findtext("{*}tidspunkt") == "2020-11-02T00:00:00"
    assert root.findtext("{*}mappe/{*}saksdato") == "2020-10-30"
    identities = texts(root, "systemID")
    assert len(identities) == len(set(identities)) == 1 + 2 + 4
    with pytest.raises(ValueError, match="no records"):
        case_message(())


def test_a_letter_is_the_same_record_in_the_same_case_as_when_it_was_sent_alone() -> None:
    parcel = Parcel(
        reference=RECORD.reference,
        year=YEAR,
        kind="request",
        title=RECORD.title,
        day=DAY,
        language="nb",
        sender_name=WHO[0].name,
        sender_orgnr=WHO[0].orgnr,
        receiver_name=WHO[1].name,
        receiver_orgnr=WHO[1].orgnr,
        pdf=b"%PDF",
        sha256="0" * 64,
    )
    alone = ET.fromstring(archive_message(parcel))  # noqa: S314  - our own
    assert texts(alone, "systemID") == texts(read((RECORD,)), "systemID")
    assert texts(alone, "meldingId") != texts(read((RECORD,)), "meldingId")


@pytest.mark.parametrize("incoming", [False, True])
def test_a_shielded_record_tells_the_public_kind_day_and_ground(incoming: bool) -> None:
    shielded = replace(RECORD, incoming=incoming, shielding=Shielding("offentleglova § 13", date(2021, 1, 2)))
    root = read((shielded,))
    assert faults_of(root) == []
    assert texts(root, "offentligTittel") == [f"Brev {HIDDEN}"]
    assert texts(root, "registreringsID") == []
    assert texts(root, "skjermingshjemmel") == ["offentleglova § 13"]
    names = {"Skjerming navn avsender", "Skjerming navn mottaker"}
    assert names & {*texts(root, "skjermingMetadata")} == {f"Skjerming navn {'avsender' if incoming else 'mottaker'}"}
