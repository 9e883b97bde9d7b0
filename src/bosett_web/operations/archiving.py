"""The documents of a round as a folder that a case and archive system takes in, and whether such a folder is whole.

    archive(year, folder) -> RoundArchive     archive_faults(folder) -> what does not hold

It holds the files, one `arkivmelding.xml` with a journal post for each document, and a list with the sum of each file
in the form of `sha256sum`. The same round gives the same bytes. What is no correspondence, and tells by what the
numbers were made, lies in a folder of its own, of which the message tells nothing: the alternatives to the criteria,
and the rules.
"""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.db import transaction

from bosett.basis.refusals import Refusal
from bosett.documents.days import NO_BREAK
from bosett.render.typeset import NotTypeset, typeset_many
from bosett_web.actions.doing import locked
from bosett_web.actions.round.archiving import take_out
from bosett_web.dispatch.archive import (
    FILE_NAME,
    ArchivedFile,
    ArchiveRecord,
    Correspondent,
    Shielding,
    UnreadableMessage,
    case_message,
    files_named,
)
from bosett_web.dispatch.port import stem
from bosett_web.queries.letters.addresses import correspondents
from bosett_web.queries.round.archive import (
    DIRECTORATE,
    ArchivedDocument,
    Place,
    archived_alternatives,
    archived_documents,
    archived_rules,
    file_of_document,
    left_out,
)
from bosett_web.queries.round.documents import DocumentRow
from bosett_web.queries.standing_rows import Standing, WithheldRow
from bosett_web.records import clock
from bosett_web.records.choices import DocumentKind
from bosett_web.screens.decisions.receipts import receipts
from bosett_web.screens.journal_words import ground_told
from bosett_web.screens.words import say

LIST = "sha256sums.txt"
CRITERIA = "kriterier"
"""The folder of the alternatives and the rules."""
ALTERNATIVES = f"{CRITERIA}/alternativer.json"
LANGUAGE = "nb"
"""What the archive's own words are in."""
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class BadArchive(Refusal):
    """A round cannot be taken out for the archive, or a folder holds none."""


@dataclass(frozen=True, slots=True)
class RoundArchive:
    """What was taken out.

    Attributes:
        documents: How many documents.
        withheld: How many of them are withheld from the public.
        files: How many files they are, beside the message and the list.
        size: Bytes of the files.
        sha256: Of the list of sums.
        left_out: What stands in the list of documents, and nobody has got yet.
        release_at: When the public sees the round; None when that is not set.
    """

    documents: int
    withheld: int
    files: int
    size: int
    sha256: str
    left_out: tuple[DocumentRow, ...]
    release_at: datetime | None


def archive(year: int, folder: Path, tell: Callable[[int, int], None] = lambda _done, _all: None) -> RoundArchive:
    """Take the documents of a round out into a folder; it gets its name, and is journalled, when it is whole.

    Args:
        year: Settlement year.
        folder: Where; one that is not there yet, or is empty.
        tell: Is told how many documents have been written, of how many.

    Raises:
        NoRound: There is none for the year.
        BadArchive: The folder is taken or cannot be written, there is nothing to take out, or a file is not as it was.
    """
    try:
        _refuse_taken(folder)
        with transaction.atomic():
            at = locked(year)  # so that the list is of one moment; the documents themselves never change
            rows = archived_documents(at)
            rest = left_out(at, rows, clock.moment())
            beside = _criteria(at)
        if not rows:
            raise BadArchive(f"nothing of the round of {year} has been sent or has come: there is nothing to archive")
        with _draft(folder) as draft:
            records = tuple(_records(at, rows, draft, tell))
            (draft / FILE_NAME).write_bytes(case_message(records))
            files = [file for record in records for file in record.files]
            sums = {FILE_NAME: _sum(draft / FILE_NAME)} | {file.name: file.sha256 for file in files}
            (draft / CRITERIA).mkdir()
            for name, content in beside.items():
                (draft / name).write_bytes(content)
                sums[name] = hashlib.sha256(content).hexdigest()
            listed = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
            (draft / LIST).write_bytes(listed)
            sha256 = hashlib.sha256(listed).hexdigest()
            take_out(year=year, documents=len(rows), sha256=sha256, place=lambda: _place(draft, folder))
    except OSError as fault:
        raise BadArchive(f"{folder} cannot be written ({fault.strerror or fault}): name another folder") from None
    return RoundArchive(
        documents=len(rows),
        withheld=sum(row.withheld is not None for row in rows),
        files=len(files),
        size=sum(file.size for file in files),
        sha256=sha256,
        left_out=rest,
        release_at=at.release_at,
    )


def archive_faults(folder: Path) -> tuple[str, ...]:
    """Return what of a round that was taken out is not as it was made, or does not fit together.

    Raises:
        BadArchive: It is none, or cannot be read.
    """
    try:
        sums = _listed(folder)
        here = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {LIST}
        faults = [f"{name} is missing" for name in sorted({FILE_NAME, *sums} - here)]
        faults += [f"{name} is no part of it" for name in sorted(here - sums.keys())]
        kept = sorted(here & sums.keys())
        faults += [f"{name} has been changed" for name in kept if _sum(folder / name) != sums[name]]
        if FILE_NAME in here:
            faults += _message_faults((folder / FILE_NAME).read_bytes(), sums)
    except OSError as fault:
        raise BadArchive(f"{folder} cannot be read ({fault.strerror or fault})") from None
    return tuple(faults)


def _message_faults(message: bytes, sums: Mapping[str, str]) -> Iterator[str]:
    """Yield where the message and the list of sums do not tell of the same files."""
    try:
        count, named = files_named(message)
    except UnreadableMessage as fault:
        yield f"{FILE_NAME} cannot be read: {fault}"
        return
    if count != len(named):
        yield f"{FILE_NAME} says that there are {count} files, and names {len(named)}"
    times = Counter(name for name, _ in named)
    yield from (f"{FILE_NAME} names {name} {n} times" for name, n in sorted(times.items()) if n > 1)
    told_of = {name for name in sums if not name.startswith(f"{CRITERIA}/")}
    yield from (f"{FILE_NAME} does not name {name}" for name in sorted(told_of - times.keys() - {FILE_NAME}))
    for name, sha256 in named:
        if name not in sums:
            yield f"{FILE_NAME} names {name}, which {LIST} does not"
        elif sha256 != sums[name]:
            yield f"{FILE_NAME} has another sum for {name} than {LIST}"


def _listed(folder: Path) -> Mapping[str, str]:
    """Return the sums of a folder by name.

    Raises:
        BadArchive: There is no list of them.
    """
    try:
        lines = (folder / LIST).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeError) as fault:
        raise BadArchive(
            f"{folder} is no round for the archive: {LIST} cannot be read ({type(fault).__name__})"
        ) from None
    matches = [_LINE.fullmatch(line) for line in lines]
    if not all(matches):
        raise BadArchive(f"{folder} is no round for the archive: {LIST} is no list of sums")
    return {match[2]: match[1] for match in matches if match}


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise BadArchive(f"{folder} holds something already: name a folder that is empty, or not there yet")


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Make a folder beside the one that is meant, and take it away unless it has got its name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _place(draft: Path, folder: Path) -> None:
    _refuse_taken(folder)
    draft.rename(folder)


def _records(
    at: Standing, rows: tuple[ArchivedDocument, ...], draft: Path, tell: Callable[[int, int], None]
) -> Iterator[ArchiveRecord]:
    """Write the files of each document, and yield what the archive is told of it."""
    parties = correspondents()
    set_receipts = _receipts(at, rows)
    for count, row in enumerate(rows, 1):
        withheld = row.withheld
        yield ArchiveRecord(
            reference=row.reference,
            year=at.year,
            kind=say(f"document_{row.kind}", LANGUAGE),
            title=_title(row),
            day=row.day,
            sender=_party(parties, row, row.sender),
            receiver=_party(parties, row, row.receiver),
            files=tuple(_kept(draft / name, title, content) for name, title, content in _files(row, set_receipts)),
            incoming=row.incoming,
            moved_on=row.moved_on,
            copies=tuple(parties[each] for each in row.copies if each in parties),
            shielding=None if withheld is None else Shielding(_ground(withheld), withheld.day),
        )
        tell(count, len(rows))


def _files(row: ArchivedDocument, set_receipts: Iterator[bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, title and content of each file of a document: of a decision the receipt, and what came with it.

    Raises:
        BadArchive: A file is not as it was kept, or a receipt cannot be set.
    """
    name = stem(row.reference)
    if row.kind == DocumentKind.DECISION:
        try:
            yield f"{name}.pdf", say("receipt_title", LANGUAGE), next(set_receipts)
        except NotTypeset as fault:
            raise BadArchive(f"the receipt of {row.reference} cannot be set as a PDF: {fault.why}") from None
        if not row.attached:
            return
    content = file_of_document(row)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise BadArchive(f"the file of {row.reference} is not the one that was kept: ask why before it is archived")
    if row.kind == DocumentKind.DECISION:
        yield f"{name}-vedlegg.pdf", row.attached, content
    else:
        yield f"{name}.pdf", row.title, content


def _criteria(at: Standing) -> Mapping[str, bytes]:
    """Return the files of the alternatives and the rules, by their names in the folder."""
    kept = archived_alternatives(at.year)
    listed = json.dumps([asdict(each) for each in kept], default=str, ensure_ascii=False, indent=2, sort_keys=True)
    rules = {f"{CRITERIA}/{name}.yaml": text.encode() for name, text in archived_rules(at, kept).items()}
    return {ALTERNATIVES: f"{listed}\n".encode(), **rules}


def _receipts(at: Standing, rows: tuple[ArchivedDocument, ...]) -> Iterator[bytes]:
    """Yield the receipts of the decisions as PDF, in their order."""
    decisions = [row for row in rows if row.kind == DocumentKind.DECISION]
    every = receipts(at, DIRECTORATE, clock.moment(), LANGUAGE) if decisions else ()
    letters = {(code, version): letter for code, version, letter in every}
    yield from typeset_many(letters[row.sender[1], row.version] for row in decisions)


def _kept(path: Path, title: str, content: bytes) -> ArchivedFile:
    with path.open("xb") as file:
        file.write(content)
    return ArchivedFile(path.name, title, hashlib.sha256(content).hexdigest(), len(content))


def _title(row: ArchivedDocument) -> str:
    if row.kind == DocumentKind.DECISION:
        return f"{say('document_decision', LANGUAGE)}, {say('version', LANGUAGE, version=row.version).lower()}"
    return f"{say('document_attachment', LANGUAGE)}: {row.title}" if row.kind == DocumentKind.ATTACHMENT else row.title


def _party(parties: Mapping[Place, Correspondent], row: ArchivedDocument, place: Place) -> Correspondent:
    """Return a party of a document.

    Raises:
        BadArchive: Nobody holds its role.
    """
    if place not in parties:
        raise BadArchive(
            f"no organisation is {' '.join(place).strip()}, which {row.reference} is from or to: "
            "take it in by bosett-web organisations, then try again"
        )
    return parties[place]


def _ground(withheld: WithheldRow) -> str:
    return ground_told(withheld.ground, withheld.detail, LANGUAGE).replace(NO_BREAK, " ")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
