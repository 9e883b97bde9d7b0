"""The port that every channel is behind: what is sent, and what a service can say."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody gets paper post: at most three lines, postal code and place."""

    lines: tuple[str, ...]
    postal_code: str
    place: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter with what a channel needs to know of it.

    Attributes:
        reference: Ours; unique for ever, and what the letter carries.
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
        receiver_address: Where the receiver gets paper post; None when nobody knows.
        sender_address: The same of the sender.
        sending: 1, and one more for each time that a service has given up what it had taken.
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
    receiver_address: Address | None = None
    sender_address: Address | None = None
    sending: int = 1

    @property
    def asked_by(self) -> str:
        """What a service knows it by: the reference; sent anew after it was given up, with which time this is."""
        return self.reference if self.sending == 1 else f"{self.reference}.{self.sending}"

    @property
    def file_name(self) -> str:
        """Name of the PDF: the reference without what a file name may not hold."""
        return f"{stem(self.reference)}.pdf"


@dataclass(frozen=True, slots=True)
class Sent:
    """The service has taken it; `external` is its own name for it."""

    external: str


@dataclass(frozen=True, slots=True)
class RefusedByService:
    """The service has said no, or given up, in its own words or in a code of ours: the receiver gets nothing."""

    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows: no answer, or one that says nothing. `again` tells whether it may know when asked later."""

    words: str
    again: bool = True


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """The service has had it all the time."""

    external: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The service has never had it."""

    words: str = ""


def coded(code: str, **facts: str | int) -> str:
    """Return what we say of a service ourselves: a code with facts, which whoever shows it puts in words."""
    return json.dumps({"code": code, **facts})


class Channel(StrEnum):
    """The ways that a letter can go; the environment names one by its word."""

    FOLDER = "folder"
    EFORMIDLING = "eformidling"
    SVARUT = "svarut"


class DeliveryStatus(StrEnum):
    """What has become of a letter that was delivered."""

    READ = "read"
    ON_PAPER = "on_paper"


class Dispatch(Protocol):
    """A channel."""

    @property
    def channel(self) -> Channel:
        """Its name."""

    @property
    def longest(self) -> float:
        """Seconds that the service may be at work with a letter; before that, not to know it says nothing."""

    def lacks(self, parcel: Parcel) -> str:
        """Return what the letter lacks for this channel, as a code of ours; empty when nothing."""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        """Send a letter."""

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        """Tell whether the service has had a letter, or has given it up, by what it knows it by."""

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
        """Tell whether a letter that was taken has been read, printed or given up; None while none is known."""


_FORBIDDEN = str.maketrans(dict.fromkeys('*:"\\/<>|?', "-"))
LONGEST_NAME = 200
"""Characters of a file name without its ending: what every channel takes."""


def stem(reference: str) -> str:
    """Return a reference as a part of a file name: without what file names may not hold."""
    kept = "".join(letter for letter in reference.translate(_FORBIDDEN) if letter.isprintable())
    return kept[:LONGEST_NAME]
