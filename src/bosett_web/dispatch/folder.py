"""A folder that an archive reads: one zip for each letter, with its PDF and an `arkivmelding.xml`."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

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
    stem,
)

_SAME_MOMENT = (2000, 1, 1, 0, 0, 0)  # so that the same letter gives the same bytes


class FolderDispatch:
    """Writes a zip whole under another name, then renames it: whoever reads the folder never sees half a letter."""

    channel = Channel.FOLDER
    longest = 0.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lacks(self, parcel: Parcel) -> str:  # noqa: ARG002  - the port's; a folder takes any letter
        """Return nothing: a folder takes any letter."""
        return ""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        """Write a letter; one that is there already is left as it is, and another under its name is refused."""
        made = packed(parcel)
        path = self._path(parcel)
        draft = path.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            try:
                # A link takes no name that is taken: what lies there is never written over.
                os.link(draft, path)
            except FileExistsError:
                same = _hash(path.read_bytes()) == _hash(made)
                return Sent(path.name) if same else RefusedByService(_taken(path))
            finally:
                draft.unlink()
            self._settle()
        except OSError as fault:
            return Unknown(str(fault.strerror or fault))
        return Sent(path.name)

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        """Tell whether the same letter lies there."""
        path = self._path(parcel)
        try:
            digest = _hash(path.read_bytes())
        except FileNotFoundError:
            return Absent(path.name)
        except OSError as fault:
            return Unknown(str(fault.strerror or fault))
        if digest == _hash(packed(parcel)):
            return AlreadySent(path.name)
        return Unknown(_taken(path), again=False)

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:  # noqa: ARG002  - the port's; a folder knows nothing more
        """Tell nothing: who takes the file away does not say."""
        return None

    def _path(self, parcel: Parcel) -> Path:
        return self.folder / f"{stem(parcel.asked_by)}.zip"

    def _settle(self) -> None:
        """Let the name itself reach the disk."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def packed(parcel: Parcel) -> bytes:
    """Return a letter as a zip; the same letter gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in ((FILE_NAME, archive_message(parcel)), (parcel.file_name, parcel.pdf)):
            file.writestr(zipfile.ZipInfo(name, _SAME_MOMENT), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _taken(path: Path) -> str:
    return coded("name_taken", name=path.name)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
