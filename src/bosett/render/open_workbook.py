"""A release as a workbook for people: each municipality with its numbers, the counts by month, and the news."""

from collections.abc import Iterable

from bosett.documents.open_data import count_in_words, news_in_words, open_word, place_name
from bosett.render.open_tables import KINDS
from bosett.render.tables import TableSheet, workbook_of
from bosett.rounds.open_round import OpenFigure
from bosett.rounds.published import CountMark, PublicCount, PublicRelease
from bosett.rounds.release import COUNTRY
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

Cell = str | int | None


def release_workbook(release: PublicRelease, language: str) -> bytes:
    """Return a release as a workbook, in a language: the same release, the same bytes.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    day, publisher = release.day.isoformat(), release.publisher
    notes = [
        open_word("description", language),
        open_word("release_of", language, number=release.number, day=day, publisher=publisher),
        f"SHA-256: {release.hash}",
    ]
    return workbook_of([_places(release, language, notes), _months(release, language), _news(release, language)])


def _places(release: PublicRelease, language: str, notes: list[str]) -> TableSheet:
    """Return the newest counts of every place, beside what municipalities are asked for and have decided."""
    newest = release.counts.counts if release.counts else ()
    counts = {(each.place, each.step, each.group): each for each in newest}
    by_code = {each.code: each for each in release.municipalities}
    kinds = KINDS if release.counts else ()
    head = [open_word(code, language) for code in ("code", "place", "asked", "decided")]
    rows: list[list[Cell]] = []
    for place in release.places:
        own = by_code.get(place.code)
        numbers = [None, None] if own is None else [_figure(each, language) for each in (own.asked, own.decided)]
        counted = (_count(counts[place.code, *kind], language) for kind in kinds)
        rows.append([place.code, place_name(place, language), *numbers, *counted])
    return open_word("sheet_places", language), [*head, *_heads(kinds, language)], rows, notes


def _months(release: PublicRelease, language: str) -> TableSheet:
    """Return the counts of the country and the counties, month by month."""
    above = [place for place in release.places if place.part_of in (None, COUNTRY)]
    rows: list[list[Cell]] = []
    for day in release.days:
        counts = {(each.place, each.step, each.group): each for each in day.counts}
        for place in above:
            counted = (_count(counts[place.code, *kind], language) for kind in KINDS)
            rows.append([day.day.isoformat(), place_name(place, language), *counted])
    head = [open_word(code, language) for code in ("day", "place")]
    return open_word("sheet_months", language), [*head, *_heads(KINDS, language)], rows, []


def _news(release: PublicRelease, language: str) -> TableSheet:
    news = [news_in_words(each, language) for each in (release.round.news if release.round else ())]
    head = [open_word(code, language) for code in ("day", "news", "by")]
    rows = [[each.on, " ".join([each.title, *each.lines]), each.by] for each in news]
    return open_word("news", language), head, rows, []


def _heads(kinds: Iterable[tuple[SettlementStep, LedgerGroup]], language: str) -> list[str]:
    return [f"{open_word(f'step_{step}', language)}, {open_word(f'group_{group}', language)}" for step, group in kinds]


def _figure(figure: OpenFigure, language: str) -> Cell:
    return open_word(f"figure_{figure.status}", language) if figure.persons is None else figure.persons


def _count(count: PublicCount, language: str) -> Cell:
    return count.persons if count.mark is CountMark.SHOWN else count_in_words(count, language)
