"""Who stands at the edge of the floor, in plain words: for how many years, and when it came in or fell out."""

from collections.abc import Iterator, Sequence

from bosett.documents.explanation import WORDS, Section
from bosett.documents.words import exact, whole
from bosett.rounds.floor_edge import EdgeBasis, EdgePlace, EdgeYear, row_of, turns


def edge_lines(place: EdgePlace, year: int, years: Sequence[EdgeYear], language: str) -> tuple[str, ...]:
    """Return what is known of a municipality near the edge, sentence by sentence.

    Args:
        place: Where it stands in the round.
        year: Settlement year of the round.
        years: The years before, the oldest first.
        language: nb, nn or en.
    """
    return (*_row(place, year, years, language), *_asked(years, language))


def edge_section(place: EdgePlace, year: int, years: Sequence[EdgeYear], language: str) -> Section:
    """Return the section of an explained number that stands at the edge."""
    words = WORDS.of(language)
    first = words["edge_share"].format(
        exact=exact(place.scaled, language, 2),
        floor=whole(int(2 * place.half), language),
        share=exact(place.half, language, 1),
    )
    return Section(words["edge"], (first, *edge_lines(place, year, years, language)))


def _row(place: EdgePlace, year: int, years: Sequence[EdgeYear], language: str) -> Iterator[str]:
    words = WORDS.of(language)
    if not place.near:
        yield words["edge_not"].format(year=year)
        return
    row = row_of(years)
    if row.years > 1:
        yield words["edge_row" if row.is_whole else "edge_row_known"].format(place=row.years)
    else:
        yield words["edge_now" if row.is_whole else "edge_now_known"].format(year=year, before=year - 1)
    for basis, code in ((EdgeBasis.OFFICIAL, "edge_by_official"), (EdgeBasis.REFERENCE, "edge_by_reference")):
        of_basis = [str(each.year) for each in years if each.basis is basis and each.year >= year - row.years]
        if of_basis:
            yield words[code].format(years=", ".join(of_basis))


def _asked(years: Sequence[EdgeYear], language: str) -> Iterator[str]:
    words = WORDS.of(language)
    known = [each for each in years if each.asked is not None]
    for before, after in turns(years):
        yield words["edge_came_in" if after.asked else "edge_fell_out"].format(before=before.year, after=after.year)
    if known and not turns(years):
        code = "edge_always" if known[0].asked else "edge_never"
        yield words[code].format(since=known[0].year, until=known[-1].year)
    unknown = [str(each.year) for each in years if each.asked is None]
    if unknown:
        yield words["edge_unknown"].format(years=", ".join(unknown))
