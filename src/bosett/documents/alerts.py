"""News of a round in words: one line of each event, and the e-mail that tells of several, without what people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.basis.counting import Count
from bosett.documents.days import day_in
from bosett.geography import counties, municipalities
from bosett.rounds.mandate import mandate_on
from bosett.words import FOLDER, Words

WORDS = Words(FOLDER / "alerts.yaml")
MOST = 20
"""Lines of an e-mail: of more it tells how many."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A line of an e-mail: what happened, in which round, on what day, and the address of its page."""

    title: str
    year: int
    day: date
    link: str


@dataclass(frozen=True, slots=True)
class AlertMail:
    """An e-mail as it is sent: its subject and its text."""

    subject: str
    body: str


def alert_told(name: str, area: str, year: int, day: date, language: str) -> str:
    """Return what happened on a day in one line; of the joint meeting when a meeting is of no county."""
    joint = f"alert_{name}.joint"
    code = joint if not area and joint in WORDS else f"alert_{name}"
    return WORDS[code].in_language(language).format(place=_place(area, year), mandate=mandate_on(day))


def alert_mail(lines: Sequence[AlertLine], seat: str, duties: int, links: tuple[str, str], language: str) -> AlertMail:
    """Return the e-mail that tells of some news.

    Args:
        lines: The news, the newest first.
        seat: Name of the organisation that it concerns.
        duties: How many duties wait on it.
        links: Addresses of the front page and of the page on which e-mail is chosen.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    front, settings = links
    parts = [words["mail_lead"].format(seat=seat)]
    for line in lines[:MOST]:
        line_words = words["mail_line"].format(title=line.title, year=line.year, day=day_in(line.day, language))
        parts.append(f"– {line_words}\n  {line.link}")
    if len(lines) > MOST:
        parts.append(words["mail_more"].format(count=_count(len(lines) - MOST)))
    if duties:
        parts.append(f"{words['mail_duties'].format(count=_count(duties))}\n{front}")
    parts.append(f"{words['mail_foot']}\n{settings}")
    subject = words["mail_subject"].format(count=_count(len(lines)), seat=seat)
    return AlertMail(subject, "\n\n".join(parts) + "\n")


def _count(number: int) -> Count:
    return Count(number, str(number))


def _place(area: str, year: int) -> str:
    if not area:
        return ""
    names = {each.code: each.name for each in counties(year)} if len(area) == len("46") else {}
    names = names or {each.code: each.display_name for each in municipalities(year)}
    return names.get(area, area)
