"""Open data of a release: whose they are, where they lie, and what their parts are called in plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bosett.basis.counting import Count
from bosett.basis.refusals import Refusal
from bosett.documents.days import NO_BREAK, day_in
from bosett.rounds.notices import NoticeKind
from bosett.rounds.open_round import NewsKind, OpenNews, OpenNotice
from bosett.rounds.parties import Party
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
    counted = {
        name: Count(fact, _whole(fact)) if isinstance(fact, int) and name != "year" else fact
        for name, fact in facts.items()
    }
    return WORDS[code].in_language(language).format(**counted)


def _whole(number: int) -> str:
    """Write a whole number with no-break spaces between thousands."""
    return f"{number:,}".replace(",", NO_BREAK)


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


@dataclass(frozen=True, slots=True)
class PublicNews:
    """A piece of news as people read it.

    Attributes:
        on: Its day, as ISO 8601 has it.
        title: In one line.
        lines: What more there is to it.
        by: Whose news it is.
        code: What it is known by on its page, for ever.
    """

    on: str
    title: str
    lines: tuple[str, ...]
    by: str
    code: str


def news_in_words(news: OpenNews, language: str) -> PublicNews:
    """Return a piece of news in a language.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    return PublicNews(
        on=news.on.isoformat(),
        title=_title(news, language),
        lines=tuple(_lines(news, language)),
        by=by_in_words(news.by, language),
        code="-".join([news.on.isoformat(), news.kind.replace("_", "-"), str(news.facts.get("number", 1))]),
    )


def by_in_words(by: str, language: str) -> str:
    """Return who did something: a party has words, others have a name."""
    return open_word(f"by_{by}", language) if by in {*Party} else by


def notice_title(notice: OpenNotice, language: str) -> str:
    """Return what a notice tells, in one line."""
    return _notice_title(notice.kind, notice.stream, notice.name, language)


def _notice_title(kind: str, stream: str, name: str, language: str) -> str:
    return open_word(f"news_{kind}_{stream}" if kind == NoticeKind.STOP else f"news_{kind}", language, name=name)


def _title(news: OpenNews, language: str) -> str:
    facts = news.facts
    if news.kind in (NewsKind.NOTICE, NewsKind.NOTICE_CHANGED, NewsKind.NOTICE_TAKEN_BACK):
        what = _notice_title(str(facts["kind"]), str(facts["stream"]), str(facts["name"]), language)
        if news.kind is NewsKind.NOTICE:
            return what
        code = "news_changed" if news.kind is NewsKind.NOTICE_CHANGED else "news_taken_back"
        return open_word(code, language, what=what)
    in_words = {name: _fact(name, fact, language) for name, fact in facts.items()}
    return open_word(f"news_{news.kind}", language, **in_words)


def _lines(news: OpenNews, language: str) -> Iterator[str]:
    facts = news.facts
    days = {name: _fact(name, facts[name], language) for name in ("since", "until") if name in facts}
    if "since" in days:
        yield open_word("news_until" if "until" in days else "news_since", language, **days)
    if news.kind is NewsKind.COUNTS:
        for name, code in (("persons", "news_counts_line"), ("least", "news_counts_least")):
            if name in facts:
                yield open_word(code, language, persons=facts[name], year=facts["year"])
    if text := news.text.get(language) or news.text.get("nb"):
        yield text


def _fact(name: str, fact: str | int, language: str) -> str | int:
    """Return a fact as it is filled in: days in words."""
    return day_in(date.fromisoformat(str(fact)), language) if name in ("since", "until") else fact
