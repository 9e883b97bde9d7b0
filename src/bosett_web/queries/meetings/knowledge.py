"""Shared knowledge: the needs and answers of all rounds, found by their words in Norwegian, as somebody may see them.

What somebody may not see is not searched either: a word of a hidden answer finds nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from bosett.rounds.parties import Party, Who
from bosett.rounds.states import InformationState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.meetings.needs import WHOM, AnswerDocumentRow, documents_of
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import InformationRequest, SettlementRound
from bosett_web.records.models.meetings import NEED_WORDS, NORWEGIAN, WHOLE_WORDS

BEGINS, ENDS = "\ue000", "\ue001"
"""What the database puts around a word that was found: no text that people write holds these signs."""
SHORTEST, MOST_WORDS = 4, 40
"""Letters that a word of a need has at least to look for like ones by, and how many of its words are looked for."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A piece of a text: what was looked for, or what stands between."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class WantedKnowledge:
    """Which needs: those with some words, of a round, of a county, answered or not; empty is all.

    `like` is a need that they resemble; those have an answer that is for all.
    """

    words: str = ""
    year: int | None = None
    county: str = ""
    answered: bool | None = None
    like: int | None = None


@dataclass(frozen=True, slots=True)
class KnownNeed:
    """A need and its answer as somebody may see them; an answer that they may not see has no text."""

    id: int
    year: int
    county: str
    text: tuple[FoundPart, ...]
    day: date
    is_answered: bool
    answer: tuple[FoundPart, ...]
    answered_on: date | None
    given: int | None
    given_in: int | None
    is_shared: bool
    documents: tuple[AnswerDocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was found: how many, the first of them, and the years and counties that there is anything of."""

    count: int
    rows: tuple[KnownNeed, ...]
    years: tuple[int, ...]
    counties: tuple[tuple[int, str], ...]


def knowledge(who: Who, moment: datetime, wanted: WantedKnowledge, most: int) -> Knowledge:
    """Return the needs and answers that somebody may see and looks for, in a fixed number of queries.

    The nearest come first; without words to look for, the newest round and in it the newest need.
    """
    seen = _Seen(who, moment)
    there = InformationRequest.objects.annotate(whom=WHOM).filter(seen.needs())
    places = sorted(set(there.values_list("round", "county")))
    rows, query = _matching(there, seen, wanted)
    answer = Case(When(seen.answers(), then=F("answer")), default=Value(""), output_field=TextField())
    rows = rows.annotate(shown=answer, given_in=F("given__round"))
    text, shown = ("text", "shown") if query is None else ("marked_text", "marked_answer")
    if query is not None:
        rows = rows.annotate(marked_text=_marked("text", query), marked_answer=_marked("shown", query))
    page = list(
        rows.values(
            *("pk", "round", "county", "day", "state", "shown", "answered_on", "given", "given_in", "whom"),
            *({text, shown} - {"shown"}),
        )[:most]
    )
    # The release opens an answer's text and not what is attached to it.
    is_party = may_see(who, Thing.INFORMATION, AnsweredTo.TO_ALL)
    documents = documents_of(row["given"] for row in page if row["shown"]) if is_party else {}
    return Knowledge(
        count=rows.count(),
        rows=tuple(_known(row, text, shown, documents.get(row["given"], ())) for row in page),
        years=tuple(sorted({year for year, _ in places}, reverse=True)),
        counties=tuple(places),
    )


def like_words(text: str) -> str:
    """Return what finds the texts that have any of a text's longer words, as PostgreSQL's web search reads it."""
    words = dict.fromkeys(word for word in re.findall(r"\w+", text.lower()) if len(word) >= SHORTEST)
    return " or ".join(list(words)[:MOST_WORDS])


def parts_of(marked: str) -> tuple[FoundPart, ...]:
    """Return a text in whose words those that were found are marked, piece by piece."""
    return tuple(_parts(marked))


def _parts(marked: str) -> Iterator[FoundPart]:
    for index, piece in enumerate(re.split(f"{BEGINS}(.*?){ENDS}", marked, flags=re.DOTALL)):
        text = piece.replace(BEGINS, "").replace(ENDS, "")
        if text:
            yield FoundPart(text, is_hit=index % 2 == 1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody may see of all rounds at a moment, as conditions on the table; a round that is released apart."""

    who: Who
    moment: datetime

    def needs(self) -> Q:
        """Return what picks the needs that they may see, as `requests_for` does in one round."""
        seen = Q(county=self.who.area) if self.who.party is Party.COUNTY else Q(pk=None)
        for rounds, released in self._rounds():
            if may_see(self.who, Thing.MEETING, "released" if released else "invited"):
                seen |= rounds
        return seen | (self.answers() & Q(whom=AnsweredTo.TO_ALL))

    def answers(self) -> Q:
        """Return what picks the needs whose answers they may see."""
        seen = Q(pk=None)
        for rounds, released in self._rounds():
            if may_see(self.who, Thing.INFORMATION, "released" if released else AnsweredTo.TO_ALL):
                seen |= rounds & Q(whom=AnsweredTo.TO_ALL)
        own = self.who.area
        if may_see(self.who, Thing.INFORMATION, AnsweredTo.TO_ONE, ANY_COUNTY):
            seen |= Q(whom=AnsweredTo.TO_ONE)
        elif own and may_see(self.who, Thing.INFORMATION, AnsweredTo.TO_ONE, own):
            seen |= Q(whom=AnsweredTo.TO_ONE, county=own)
        return seen & Q(state=InformationState.ANSWERED)

    def _rounds(self) -> tuple[tuple[Q, bool], ...]:
        released = Q(round__in=SettlementRound.objects.filter(release_at__lte=self.moment))
        return (released, True), (~released, False)


ANY_COUNTY = "any"
"""Stands for a county that is not one's own."""


def _matching(
    there: QuerySet[InformationRequest], seen: _Seen, wanted: WantedKnowledge
) -> tuple[QuerySet[Any], SearchQuery | None]:
    """Return the needs that are looked for, in their order, and what marks the words in them."""
    rows: QuerySet[Any] = there
    if wanted.year is not None:
        rows = rows.filter(round=wanted.year)
    if wanted.county:
        rows = rows.filter(county=wanted.county)
    if wanted.answered is not None:
        state = InformationState.ANSWERED if wanted.answered else InformationState.ASKED
        rows = rows.filter(state=state)
    words = wanted.words
    if wanted.like is not None:
        text = there.filter(pk=wanted.like).values_list("text", flat=True).first() or ""
        words = like_words(text)
        rows = rows.filter(seen.answers(), whom=AnsweredTo.TO_ALL, given__isnull=False).exclude(pk=wanted.like)
    if not words and wanted.like is None:
        return rows.order_by("-round", "-pk"), None
    query = SearchQuery(words, config=NORWEGIAN, search_type="websearch")
    rows = rows.annotate(own=NEED_WORDS, whole=WHOLE_WORDS)
    rows = rows.filter((seen.answers() & Q(whole=query)) | (~seen.answers() & Q(own=query)))
    near = Case(When(seen.answers(), then=SearchRank(WHOLE_WORDS, query)), default=SearchRank(NEED_WORDS, query))
    return rows.annotate(near=near).order_by("-near", "-round", "-pk"), query


def _marked(column: str, query: SearchQuery) -> SearchHeadline:
    return SearchHeadline(column, query, config=NORWEGIAN, start_sel=BEGINS, stop_sel=ENDS, highlight_all=True)


def _known(row: dict[str, Any], text: str, shown: str, documents: tuple[AnswerDocumentRow, ...]) -> KnownNeed:
    is_answered = row["state"] == InformationState.ANSWERED
    return KnownNeed(
        id=row["pk"],
        year=row["round"],
        county=row["county"],
        text=parts_of(row[text]),
        day=row["day"],
        is_answered=is_answered,
        answer=parts_of(row[shown]),
        answered_on=row["answered_on"],
        given=row["given"] if row["shown"] else None,
        given_in=row["given_in"],
        is_shared=is_answered and row["whom"] == AnsweredTo.TO_ALL,
        documents=documents,
    )
