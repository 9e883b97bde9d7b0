"""The news of a year in plain words, and as a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bosett.documents.open_data import news_in_words
from bosett.render.feed import NewsEntry, NewsFeed, atom
from bosett.rounds.open_round import OpenNews
from bosett_web.queries.releases import published
from bosett_web.screens import formats
from bosett_web.screens.public.page import NEWEST
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A piece of news on a page: `code` is what it is known by there."""

    code: str
    on: date
    day: str
    title: str
    lines: tuple[str, ...]
    by: str


def news_rows(news: Iterable[OpenNews], language: str) -> list[NewsRow]:
    """Return news in a language, in their order."""
    rows = []
    for each in news:
        words = news_in_words(each, language)
        rows.append(NewsRow(words.code, each.on, formats.day(each.on, language), words.title, words.lines, words.by))
    return rows


@require_safe
def feed(request: HttpRequest, language: str, year: int) -> HttpResponse:
    """Answer with the news of a year as an Atom feed.

    Raises:
        Http404: Nothing has been published of the year.
    """
    row = published.newest().get(year)
    release = published.release(row) if row else None
    if release is None or release.round is None or not release.round.news:
        raise Http404(year)
    page = settings.ADDRESS + reverse("public_year", args=[language, year])
    entries = tuple(
        NewsEntry(
            address=f"{page}#{each.code}",
            title=each.title,
            text=" ".join([*each.lines, say("public_by", language, who=each.by)]),
            at=timezone.make_aware(datetime.combine(each.on, time(12))),
        )
        for each in news_rows(release.round.news, language)
    )
    title = say("public_title", language, year=year)
    address = settings.ADDRESS + request.path
    content = atom(NewsFeed(address, page, title, language, release.publisher, entries))
    answer = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Cache-Control"] = NEWEST
    return answer
