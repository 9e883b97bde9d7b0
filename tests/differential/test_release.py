"""The attack on releases: a reader of all published documents of a year, with a solver, recovers no hidden count."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from attacks import Published, Tips, Unknown, reckoned
from bosett.disclosure import Hiding
from bosett.rounds.published import CountMark, public_release
from bosett.rounds.release import Release
from bosett.rounds.release_file import release_bytes, verified_release
from bosett.stages.settlement.ledger import SettlementStep
from releases import YEAR, documents_of, made_year, reader_of
from thorough import asked_of

pytestmark = [pytest.mark.bulk, pytest.mark.solver]

small_year = partial(made_year, municipalities=24, counties=4, months=4)
MOST_EXTRA = 25
"""Percent: so many counts at most are hidden for others in a December, of those that are or were small."""
BEYOND = 7
"""Percent: so many more at most, in any month, than no pattern can do without."""


def lost(releases: Sequence[Release], *, tipped: bool = False) -> list[tuple[SettlementStep, Unknown]]:
    """Return what a reader of the documents knows of counts that are to be hidden, from all levels and months."""
    documents = documents_of(releases)
    return [
        (step, unknown)
        for step in SettlementStep
        for unknown in _lost_of_step(releases[-1], step, reader_of(documents, step), tipped=tipped)
    ]


def _lost_of_step(release: Release, step: SettlementStep, reader: Published, *, tipped: bool) -> list[Unknown]:
    protected = [day.tables[step] for day in release.days]
    tips = None
    if tipped:
        # The reader has no count of the rest, where the table that is protected may show one.
        counts = {(t, s): each.table.cells[s].count for t, each in enumerate(protected) for s in reader.hidden[t]}
        tips = replace(Tips.of(protected), table=counts)
    ranges = reckoned(reader, tips=tips)
    to_hide = [
        (t, spot) for t, each in enumerate(protected) for spot, why in each.hidden.items() if why is not Hiding.ABOVE
    ]
    # Every count that is to be hidden is one that the reader has to reckon.
    assert {*to_hide} <= ranges.keys()
    return [unknown for unknown in to_hide if ranges[unknown][0] == ranges[unknown][1]]


def years(seed: int, count: int, made: Callable[..., Iterator[Release]]) -> Iterator[list[Release]]:
    """Yield years that follow each other, each with the pattern of the one before."""
    year_before: Release | None = None
    for number in range(count):
        releases = [*made(seed, YEAR + number, year_before=year_before)]
        year_before = releases[-1]
        yield releases


@pytest.mark.parametrize("silent", [0, 5])
@pytest.mark.parametrize("seed", asked_of(range(12), range(2)))
def test_no_count_of_a_small_country_is_recovered(seed: int, silent: int) -> None:
    for releases in years(seed, 2, partial(small_year, silent=silent)):
        assert lost(releases) == []


@pytest.mark.parametrize("seed", asked_of(range(20), ()))
def test_no_count_of_three_years_is_recovered(seed: int) -> None:
    for releases in years(seed, 3, made_year):
        assert lost(releases, tipped=True) == []
        assert max(_extra(releases[-1])) <= MOST_EXTRA


def test_few_counts_are_hidden_for_others() -> None:
    """Early in a year no pattern keeps to the most that is aimed at: then nearly all is what each of them needs."""
    needed = []
    for release in made_year(0):
        for protected in release.days[-1].tables.values():
            small = sum(hiding in {Hiding.SMALL, Hiding.KEPT} for hiding in protected.hidden.values())
            assert 0 <= len(protected.extra) - protected.needed_in_rows <= small * BEYOND / 100
            needed.append(100 * protected.needed_in_rows // small)
    assert max(_extra(release)) <= MOST_EXTRA
    assert max(needed) > MOST_EXTRA, "of January"


def _extra(release: Release) -> list[int]:
    """Return, for each step, percent of counts that are hidden for others."""
    shares = []
    for protected in release.days[-1].tables.values():
        why = Counter(protected.hidden.values())
        shares.append(100 * len(protected.extra) // (why[Hiding.SMALL] + why[Hiding.KEPT]))
    return shares


def test_the_attack_recovers_what_is_hidden_alone() -> None:
    # Known culprit: only what is small is hidden.
    releases = [*small_year(1)]
    naive = []
    for release in releases:
        days = []
        for day in release.days:
            tables = {
                step: replace(each, hidden={spot: why for spot, why in each.hidden.items() if why is Hiding.SMALL})
                for step, each in day.tables.items()
            }
            days.append(replace(day, tables=tables))
        naive.append(replace(release, days=tuple(days)))
    assert lost(naive)


def test_the_counts_are_those_of_a_plain_loop_and_nothing_few_is_shown() -> None:
    for releases in years(3, 2, partial(small_year, silent=5)):
        for release, document in zip(releases, documents_of(releases), strict=True):
            _check_against_plain(release, document)


def _check_against_plain(release: Release, document: Mapping[str, Any]) -> None:
    part_of = {place.code: place.part_of for place in release.places}
    last = release.days[-1]
    for count in document["days"][-1]["counts"]:
        table = last.tables[SettlementStep(count["step"])].table
        lowest = [code for code in part_of if len(code) == 4 and _is_within(code, count["place"], part_of)]
        persons = sum(table.cells[code, count["group"]].count for code in lowest)
        if count["persons"] is not None:
            assert count["persons"] == persons
            assert not 0 < persons < document["least"]
        else:
            assert count["mark"] in {"hidden", "unknown"}


def _is_within(code: str, place: str, part_of: Mapping[str, str | None]) -> bool:
    above: str | None = code
    while above is not None and above != place:
        above = part_of[above]
    return above == place


def test_later_documents_repeat_the_earlier_ones_and_only_add() -> None:
    releases = [*small_year(4, silent=5)]
    publics = [public_release(release) for release in releases]
    for before, after in pairwise(publics):
        assert after.days[:-1] == before.days
    for earlier, later in pairwise(releases):
        hidden = {
            (row, step, column)
            for step, protected in earlier.days[-1].tables.items()
            for row, column in protected.hidden
            if column != "rest"
        }
        counts = public_release(later).days[-1].counts
        assert hidden <= {(each.place, each.step, each.group) for each in counts if each.mark is CountMark.HIDDEN}
    assert publics[-1].day == date(YEAR, 4, 30)


def test_a_year_is_read_back_and_verified() -> None:
    *_, last = small_year(5, silent=5)
    assert verified_release(release_bytes(last)) == last
