"""Open data of a release: whose they are, where they lie, and what their parts are called."""

import re
from dataclasses import dataclass

from bosett.basis.refusals import Refusal
from bosett.rounds.published import CountMark, PublicCount, PublicRelease
from bosett.rounds.release import COUNTRY, ReleasePlace
from bosett.words import FOLDER, Words

WORDS = Words(FOLDER / "open_data.yaml")
_ADDRESS = re.compile(r"https?://[^\s/]+(?:/[^\s/]+)*")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_ORGANISATION = re.compile(r"[0-9]{9}")


class BadOpenDataHome(Refusal):
    """What is said of the publisher cannot stand in a catalogue."""

    def __init__(self, field: str, value: str, what: str) -> None:
        super().__init__(f"{field} is {value!r}; it must be {what}")
        self.field = field


@dataclass(frozen=True, slots=True)
class OpenDataHome:
    """Who publishes open data, and where.

    Attributes:
        address: Where the releases lie for ever, without a stroke at the end.
        organisation: The publisher's organisation number.
        contact: An e-mail address for questions.
        license_name: A short name, such as `NLOD-2.0`.
        license_title: The name that people read.
        license_address: Its address.
    """

    address: str
    organisation: str
    contact: str
    license_name: str
    license_title: str
    license_address: str

    def __post_init__(self) -> None:
        for field, value in (("address", self.address), ("license_address", self.license_address)):
            if not _ADDRESS.fullmatch(value.removesuffix("/") if field == "license_address" else value):
                raise BadOpenDataHome(field, value, "an address on the web, without a stroke at the end")
        if not _ORGANISATION.fullmatch(self.organisation):
            raise BadOpenDataHome("organisation", self.organisation, "nine digits")
        if not _MAIL.fullmatch(self.contact):
            raise BadOpenDataHome("contact", self.contact, "an e-mail address")

    def release(self, year: int, number: int) -> str:
        """Return the permanent address of a release."""
        return f"{self.address}/{year}/{number}"

    def file(self, release: PublicRelease, name: str) -> str:
        """Return the permanent address of one of its files."""
        return f"{self.release(release.year, release.number)}/{name}"


def open_word(code: str, language: str, **facts: str | int) -> str:
    """Return the words for a code in a language, with facts filled in.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    return WORDS[code].in_language(language).format(**facts)


def place_name(place: ReleasePlace, language: str) -> str:
    """Return what a place is called; the country has a name in each language, others have their own.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    return open_word("country", language) if place.code == COUNTRY else place.name


def count_in_words(count: PublicCount, language: str) -> str:
    """Return a count as people read it: a number, so many or more, hidden or unknown.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    if count.mark is CountMark.SHOWN:
        return str(count.persons)
    return open_word(f"mark_{count.mark}", language, persons=str(count.persons))
