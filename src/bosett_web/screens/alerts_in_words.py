"""What is new to the reader since they last marked it as read, in words and with the page that shows each."""

from dataclasses import dataclass

from django.urls import reverse

from bosett_web.accounts.actor import Actor
from bosett_web.queries.round.alerts import news, seen_upto

MOST = 8
"""Lines on the front page; of more it tells how many."""


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something new: what happened, where it is seen, and when by whom."""

    words: str
    link: str
    day: object
    organisation: str
    year: int


@dataclass(frozen=True, slots=True)
class NewsInWords:
    """What is new: the newest lines, how many more there are, and the event up to which it can be marked as read."""

    rows: tuple[NewsLine, ...]
    more: int
    upto: int


def news_for(actor: Actor | None, language: str) -> NewsInWords | None:
    """Return what is new to somebody; None for who is not logged in."""
    if actor is None:
        return None
    fresh = news(actor.who, seen_upto(actor.person_id, actor.seat_id))
    rows = tuple(
        NewsLine(row.words(language), reverse(row.page, args=row.parts), row.day, row.organisation, row.year)
        for row in fresh.rows[:MOST]
    )
    return NewsInWords(rows, len(fresh.rows) - len(rows), fresh.upto)
