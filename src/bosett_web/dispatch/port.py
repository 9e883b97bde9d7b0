"""The port that every channel is behind: what is sent, and what a service can say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter with what a channel needs to know of it.

    Attributes:
        reference: Ours; unique for ever, and what a service is asked by.
        year: Settlement year.
        kind: Kind of letter.
        title: Its heading.
        day: Its date.
        language: nb, nn or en.
        sender_name: Who sends it.
        sender_orgnr: Its organisation number.
        receiver_name: Whom it is for.
        receiver_orgnr: Its organisation number.
        pdf: The letter.
        sha256: Hash of the PDF.
    """

    reference: str
    year: int
    kind: str
    title: str
    day: date
    language: str
    sender_name: str
    sender_orgnr: str
    receiver_name: str
    receiver_orgnr: str
    pdf: bytes
    sha256: str

    @property
    def file_name(self) -> str:
        """Name of the PDF: the reference without what a file name may not hold."""
        return f"{stem(self.reference)}.pdf"


@dataclass(frozen=True, slots=True)
class Sent:
    """The service has taken it; `external` is its own name for it."""

    external: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The service has said no, in words; nothing was sent."""

    told: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows: no answer, or one that says nothing. `again` tells whether it may know when asked later."""

    told: str
    again: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The service has had it all the time."""

    external: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The service has never had it."""

    told: str = ""


class Status(StrEnum):
    """What has become of a letter that was delivered."""

    READ = "read"
    ON_PAPER = "on_paper"


class Dispatch(Protocol):
    """A channel."""

    @property
    def channel(self) -> str:
        """Its name: folder, eformidling or svarut."""

    def send(self, parcel: Parcel) -> Sent | Refused | Unknown:
        """Send a letter."""

    def ask(self, parcel: Parcel) -> Found | Absent | Unknown:
        """Tell whether the service has had a letter, by its reference."""

    def status(self, external: str) -> Status | None:
        """Tell whether a delivered letter has been read or printed; None while neither is known."""


def stem(reference: str) -> str:
    """Return a reference as a part of a file name."""
    return reference.replace("/", "-")
