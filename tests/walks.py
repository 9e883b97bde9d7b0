"""The files that a call walks through: which, in what order, and where it climbs to a floor above."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

SRC = Path(__file__).parents[1] / "src"
FLOORS = {
    "config": 7,
    "operations": 6,
    "screens": 5,
    "pages": 5,
    "api": 5,
    "jobs": 5,
    "actions": 4,
    "queries": 3,
    "records": 2,
    "journal": 2,
    "accounts": 1,
    "dispatch": 1,
}


@dataclass
class Walk:
    """A walk through the workspace's files.

    Attributes:
        files: Each file when it is first come to.
        climbs: Calls from a file to one on a higher floor, each once.
    """

    files: list[str] = field(default_factory=list)
    climbs: list[tuple[str, str]] = field(default_factory=list)


def walk_of(doing: Callable[[], object]) -> Walk:
    """Do something, and return the walk of it. Files of the core are left out: nothing in it calls the workspace."""
    walk, house = Walk(), str(SRC / "bosett_web")

    def name(frame: FrameType | None) -> str | None:
        while frame is not None and not frame.f_code.co_filename.startswith(house):
            frame = frame.f_back
        return None if frame is None else frame.f_code.co_filename[len(house) + 1 :]

    def look(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or not frame.f_code.co_filename.startswith(house):
            return
        here, before = name(frame), name(frame.f_back)
        assert here is not None
        if here not in walk.files:
            walk.files.append(here)
        up = before is not None and _floor(here) > _floor(before)
        if before is not None and up and (before, here) not in walk.climbs:
            walk.climbs.append((before, here))

    sys.setprofile(look)
    try:
        doing()
    finally:
        sys.setprofile(None)
    return walk


def _floor(file: str) -> int:
    return FLOORS[file.split("/", maxsplit=1)[0]]
