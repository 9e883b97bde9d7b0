"""Accepted figures in a folder: a described data package of its own, which the command line reads and adds to.

`datapackage.json` tells of every version what it is, who accepted it and when, its checksum and the hash of all that
it says; the figures stand in a CSV each. Nothing is deleted: what was taken back keeps its file and its place.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bosett.basis import tables
from bosett.basis.digest import digest
from bosett.basis.refusals import Refusal
from bosett.figures import AcceptedVersion, FigureVersion, Layers, TakenBack, layers_of
from bosett.figures.catalogue import UnknownIndicator, column_of
from bosett.figures.cells import value_text
from bosett.figures.content import BadContent, version_from

NAME = "bosett-accepted-figures"
FIELDS = (
    ("time", "Year, or month such as 2026-02."),
    ("code", "Municipality of four digits, county of two, 00 for the whole country."),
    ("value", "The number; an empty cell is no figure. A 0 is a number that the source gave."),
    ("status", "ok, hidden, missing or not_asked."),
    ("kept", "kept where the figure was not taken from the source, but stands as it was before."),
)
_FILE = re.compile(r"versions/[0-9]{4}-[a-z0-9_]+\.csv")


class NoFigureFolder(Refusal):
    """A folder holds no accepted figures."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"{folder} is no folder of accepted figures: {why}. Name one that `bosett figures accept --into` has made."
        )
        self.folder = folder


class DamagedFolder(Refusal):
    """A folder of accepted figures is not as it was written."""

    def __init__(self, folder: Path, name: str, what: str) -> None:
        super().__init__(f"The figures in {folder} are damaged: {name} {what}. Restore the folder from a copy.")
        self.folder, self.name, self.what = folder, name, what


class FolderNotWritten(Refusal):
    """A folder of accepted figures cannot be written."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder} cannot be written ({why}). Name another folder.")
        self.folder = folder


class NotInForce(Refusal):
    """The version that is to be taken back is not in force."""

    def __init__(self, folder: Path, number: int, in_force: tuple[int, ...]) -> None:
        there = ", ".join(map(str, in_force)) or "none"
        super().__init__(
            f"Version {number} of {folder} is not in force. In force are: {there}. See `bosett figures list`."
        )
        self.number = number


@dataclass(frozen=True, slots=True)
class FigureFolder:
    """What stands in a folder of accepted figures.

    Attributes:
        accepted: Every version that was accepted, those taken back too, by number.
        taken_back: What was taken back, by number.
    """

    accepted: tuple[AcceptedVersion, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()

    @property
    def layers(self) -> Layers:
        """Return the layers that it gives."""
        return layers_of(self.accepted, self.taken_back)

    @property
    def next_number(self) -> int:
        """Return the number of the next event."""
        numbers = [*(each.sequence for each in self.accepted), *(each.sequence for each in self.taken_back)]
        return 1 + max(numbers, default=0)


def read_folder(folder: Path) -> FigureFolder:
    """Read a folder of accepted figures, and check every file and every version in it.

    Raises:
        NoFigureFolder: It is none.
        DamagedFolder: A file is missing or changed, or the list of versions is.
    """
    if not (folder / tables.DESCRIPTOR).is_file():
        raise NoFigureFolder(folder, f"there is no {tables.DESCRIPTOR} in it")
    try:
        described = tables.descriptor(folder)
        if described.get("name") != NAME:
            raise NoFigureFolder(folder, f"its {tables.DESCRIPTOR} tells of {str(described.get('name'))[:60]!r}")
        if described.get("contents") != _contents(described):
            raise DamagedFolder(folder, tables.DESCRIPTOR, "has another checksum than it was written with")
        accepted = tuple(_version(folder, each) for each in described["resources"])
        back = tuple(
            TakenBack(each["sequence"], each["of"], date.fromisoformat(each["on"]), each["by"], each["why"])
            for each in described["takenBack"]
        )
        figure_folder = FigureFolder(accepted, back)
        layers_of(accepted, back)
    except tables.DamagedData as damage:
        raise DamagedFolder(folder, damage.name, damage.what) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFolder(folder, tables.DESCRIPTOR, f"tells what it may not ({error})") from None
    return figure_folder


def accept_into(folder: Path, version: FigureVersion, *, on: date, by: str) -> AcceptedVersion:
    """Add a version to a folder, which is made when it is not there, and return it as accepted.

    Raises:
        NoFigureFolder: The folder is there and is none of accepted figures.
        DamagedFolder: As `read_folder`.
        FolderNotWritten: It cannot be written, or somebody else wrote at the same time.
    """
    there = read_folder(folder) if folder.exists() and any(folder.iterdir()) else FigureFolder()
    accepted = AcceptedVersion(version, there.next_number, on, by)
    path = folder / _path(accepted)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:  # a number is given once, also when two write together
            file.write(_table(version))
        _write(folder, FigureFolder((*there.accepted, accepted), there.taken_back))
    except FileExistsError:
        why = f"{_path(accepted)} stands there and is not listed: somebody else writes, or a write broke off"
        raise FolderNotWritten(folder, why) from None
    except OSError as error:
        raise FolderNotWritten(folder, error.strerror or "unknown") from None
    return accepted


def take_back_in(folder: Path, number: int, *, on: date, by: str, why: str) -> TakenBack:
    """Take a version of a folder back by a new event, and return it.

    Raises:
        NotInForce: No such version is in force.
        NoFigureFolder: It is no such folder.
        DamagedFolder: As `read_folder`.
        FolderNotWritten: It cannot be written.
    """
    there = read_folder(folder)
    in_force = tuple(each.sequence for each in there.layers.accepted)
    if number not in in_force:
        raise NotInForce(folder, number, in_force)
    event = TakenBack(there.next_number, number, on, by, why)
    try:
        _write(folder, FigureFolder(there.accepted, (*there.taken_back, event)))
    except OSError as error:
        raise FolderNotWritten(folder, error.strerror or "unknown") from None
    return event


def write_folder(folder: Path, there: FigureFolder) -> None:
    """Write a whole folder anew, such as one that a workspace hands out; an empty folder or none must be there.

    Raises:
        FolderNotWritten: It cannot be written, or something stands in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderNotWritten(folder, "it is not empty")
        (folder / "versions").mkdir()
        for each in there.accepted:
            (folder / _path(each)).write_bytes(_table(each.version))
        _write(folder, there)
    except OSError as error:
        raise FolderNotWritten(folder, error.strerror or "unknown") from None


def _version(folder: Path, described: Mapping[str, Any]) -> AcceptedVersion:
    path, content, how = described["path"], described["version"], described["accepted"]
    if not _FILE.fullmatch(path):
        raise DamagedFolder(folder, str(path)[:80], "is no file of a version")
    figures: dict[str, dict[str, tuple[str, str]]] = {}
    kept = []
    for row in tables.rows(folder, described):
        figures.setdefault(row["time"], {})[row["code"]] = (row["value"], row["status"])
        if row["kept"]:
            kept.append((row["time"], row["code"]))
    try:
        version = version_from({**content, "figures": figures, "kept": kept})
    except UnknownIndicator as unknown:
        raise DamagedFolder(folder, path, f"is of an indicator that this version of Bosett lacks ({unknown})") from None
    except BadContent as refused:
        raise DamagedFolder(folder, path, f"holds what it may not: {refused.why}") from None
    if version.sha256 != how["sha256"]:
        raise DamagedFolder(folder, path, "has another content than was accepted")
    return AcceptedVersion(version, how["sequence"], date.fromisoformat(how["on"]), how["by"])


def _path(accepted: AcceptedVersion) -> str:
    return f"versions/{accepted.sequence:04d}-{accepted.version.indicator}.csv"


def _table(version: FigureVersion) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([name for name, _ in FIELDS])
    kept = set(version.kept)
    for time, by_code in sorted(version.figures.items()):
        for code, figure in sorted(by_code.items()):
            stays = "kept" if (time, code) in kept else ""
            writer.writerow([time, code, value_text(figure), figure.status.value, stays])
    return text.getvalue().encode()


def _write(folder: Path, there: FigureFolder) -> None:
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": NAME,
        "title": "Figures accepted above those that Bosett ships",
        "description": "Each version stands for whole years or months. An empty cell is no figure.",
        "resources": [_resource(each) for each in there.accepted],
        "takenBack": [
            {"sequence": each.sequence, "of": each.of, "on": each.on.isoformat(), "by": each.by, "why": each.why}
            for each in there.taken_back
        ],
    }
    described["contents"] = _contents(described)
    beside = folder / f".{tables.DESCRIPTOR}.new"
    beside.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(folder / tables.DESCRIPTOR)


def _resource(accepted: AcceptedVersion) -> dict[str, Any]:
    version, content = accepted.version, _table(accepted.version)
    return {
        "name": f"{accepted.sequence:04d}-{version.indicator}",
        "path": _path(accepted),
        "title": column_of(version.indicator).title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "publisher": version.publisher,
        "sources": [{"title": version.dataset, "path": version.source}],
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
        "rowcount": sum(len(by_code) for by_code in version.figures.values()),
        "schema": {
            "fields": [{"name": name, "type": "string", "description": text} for name, text in FIELDS],
            "missingValues": [""],
            "primaryKey": ["time", "code"],
        },
        "version": version.described(),
        "accepted": {
            "sequence": accepted.sequence,
            "on": accepted.accepted_on.isoformat(),
            "by": accepted.accepted_by,
            "sha256": accepted.sha256,
        },
    }


def _contents(described: Mapping[str, Any]) -> str:
    return digest({"resources": described["resources"], "takenBack": described["takenBack"]})
