"""Releases by worked examples: what is shown, hidden, unknown and 0, what stays, and what is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from bosett.basis.digest import digest
from bosett.disclosure import BadTable, Coarsening, Exposed, Hiding, Terms
from bosett.rounds.published import CountMark, PublicCount, PublicRelease, public_release
from bosett.rounds.release import (
    BadRelease,
    PublicDecision,
    PublicRequest,
    Release,
    ReleasePlace,
    municipalities_of,
    municipalities_within,
    release_of,
)
from bosett.rounds.release_file import BadReleaseFile, published_hash, release_bytes, verified_release
from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep
from releases import (
    ASKVOLL,
    BREMANGER,
    FJALER,
    JANUARY,
    ONE,
    PUBLISHER,
    SETTLED,
    WEST,
    YEAR,
    end_of,
    facts_of,
    places_of,
    rows_of,
)

Kept = dict[str, Any]
ALL, MINORS = LedgerGroup.ALL, LedgerGroup.MINORS
FIRST, SECOND, THIRD = (end_of(YEAR, month) for month in (1, 2, 3))
FEBRUARY = {ASKVOLL: (3, 1), FJALER: (0, 0), BREMANGER: (0, 0)}


def months_of(*counted: Mapping[str, tuple[int | None, int | None]]) -> Release:
    """Return the last release of months in each of which these have come."""
    ledger: list[LedgerRow] = []
    former: Release | None = None
    for month, counts in enumerate(counted, 1):
        ledger += rows_of(counts, end_of(YEAR, month), first=len(ledger) + 1)
        former = release_of(facts_of(ledger, end_of(YEAR, month)), ONE, former=former)
    assert former is not None
    return former


def shown(public: PublicRelease, step: SettlementStep = SETTLED) -> dict[str, tuple[Any, Any]]:
    """Return what the last day shows of each place: a number, or the mark with the number, if there is one."""

    def in_short(count: PublicCount) -> object:
        if count.mark is CountMark.AT_LEAST:
            return f"{count.persons}+"
        return count.mark.value if count.persons is None else count.persons

    counts = {(each.place, each.group): in_short(each) for each in public.days[-1].counts if each.step is step}
    return {place.code: (counts[place.code, ALL], counts[place.code, MINORS]) for place in public.places}


def test_the_example_of_the_docs() -> None:
    # All but the minors are 10, 20 and 9: the 2 is hidden, and what would give it away.
    assert shown(public_release(months_of(JANUARY))) == {
        "0": (56, 17),
        "46": (56, 17),
        ASKVOLL: (12, "hidden"),
        FJALER: (27, 7),
        BREMANGER: (17, "hidden"),
    }


def test_unknown_zero_and_hidden_are_three_things() -> None:
    places = places_of({"46": ("4645", "4646", "4648"), "50": ("5001", "5006")})
    counted = {ASKVOLL: (12, 2), FJALER: (27, None), BREMANGER: (17, 8), "5001": (0, 0)}
    ledger = rows_of(counted, FIRST)
    public = public_release(release_of(facts_of(ledger, FIRST, places=places), ONE))
    assert shown(public) == {
        "0": ("56+", "10+"),
        "46": (56, "10+"),
        "50": ("0+", "0+"),
        ASKVOLL: (12, "hidden"),
        FJALER: (27, "unknown"),
        BREMANGER: (17, "hidden"),
        "5001": (0, 0),
        "5006": ("unknown", "unknown"),
    }
    # Nobody tells of the agreed: that is unknown on all levels, and no 0.
    assert {*shown(public, SettlementStep.AGREED).values()} == {("unknown", "unknown")}


def test_a_zero_that_would_tell_in_which_group_the_few_are_is_hidden() -> None:
    public = public_release(months_of({**JANUARY, ASKVOLL: (3, 0)}))
    assert shown(public)[ASKVOLL] == ("hidden", "hidden")


def test_a_zero_that_gives_nothing_away_is_shown() -> None:
    public = public_release(months_of({ASKVOLL: (12, 0), FJALER: (27, 7), BREMANGER: (0, 0)}))
    assert shown(public) == {
        "0": (39, 7),
        "46": (39, 7),
        ASKVOLL: (12, 0),
        FJALER: (27, 7),
        BREMANGER: (0, 0),
    }


def test_few_of_whom_no_minors_are_told_of_hide_each_other_and_leave_no_county() -> None:
    # The reader knows that the ledger says nothing of minors: it cannot be counted in which group the few are.
    counted = {ASKVOLL: (3, None), FJALER: (4, None), BREMANGER: (17, None)}
    public = public_release(months_of(counted))
    assert public.days[-1].parts_not_shown == ()
    assert shown(public) == {
        "0": (24, "unknown"),
        "46": (24, "unknown"),
        ASKVOLL: ("hidden", "unknown"),
        FJALER: ("hidden", "unknown"),
        BREMANGER: (17, "unknown"),
    }


def withheld(code: str, group: LedgerGroup, number: int = 90) -> LedgerRow:
    return LedgerRow(number, code, SETTLED, group, FIRST, None, "Prøve", FIRST)


def test_a_count_that_its_publisher_hides_stays_hidden_and_is_in_no_sum() -> None:
    counted = {ASKVOLL: (12, 0), FJALER: (27, 7), BREMANGER: (None, None)}
    ledger = (*rows_of(counted, FIRST), withheld(BREMANGER, ALL), withheld(ASKVOLL, ALL, 91))
    public = public_release(release_of(facts_of(ledger, FIRST), ONE))
    assert shown(public) == {
        "0": ("39+", "7+"),
        "46": ("39+", "7+"),
        ASKVOLL: ("12+", 0),
        FJALER: (27, 7),
        BREMANGER: ("hidden", "unknown"),
    }


def test_what_its_publisher_shows_later_is_counted_as_any_other() -> None:
    ledger = (*rows_of({**JANUARY, FJALER: (None, None)}, FIRST), withheld(FJALER, ALL))
    january = release_of(facts_of(ledger, FIRST), ONE)
    later = LedgerRow(99, FJALER, SETTLED, ALL, FIRST, 7, "Prøve", SECOND, corrects=90)
    february = release_of(facts_of((*ledger, later), SECOND), ONE, former=january)
    assert shown(public_release(january))[FJALER] == ("hidden", "unknown")
    assert shown(public_release(february))[FJALER] == (7, "unknown")
    assert public_release(february).days[0] == public_release(january).days[-1]


def test_where_all_are_hidden_by_their_publisher_there_are_as_many_as_minors() -> None:
    counted = {ASKVOLL: (12, 0), FJALER: (None, 7), BREMANGER: (17, 0)}
    ledger = (*rows_of(counted, FIRST), withheld(FJALER, ALL))
    assert shown(public_release(release_of(facts_of(ledger, FIRST), ONE)))[FJALER] == ("7+", 7)


def test_requests_and_decisions_are_never_hidden_and_those_of_later_are_not_known() -> None:
    requests = (
        PublicRequest(FJALER, 2, 4, None, THIRD),
        PublicRequest(FJALER, 1, 3, 2, FIRST),
        PublicRequest(ASKVOLL, 1, 1, 1, FIRST),
    )
    decisions = (PublicDecision(FJALER, 1, 0, 0, SECOND), PublicDecision(ASKVOLL, 1, 2, None, FIRST))
    facts = replace(facts_of(rows_of(JANUARY, FIRST), SECOND), requests=requests, decisions=decisions)
    public = public_release(release_of(facts, ONE))
    assert public.requests == (requests[2], requests[1])
    assert public.decisions == (decisions[1], decisions[0])
    document: Any = public.document()
    assert document["requests"][1] == {
        "municipality": FJALER,
        "version": 1,
        "persons": 3,
        "minors": 2,
        "on": "2021-01-31",
    }
    assert [each["persons"] for each in document["decisions"]] == [2, 0]


def test_what_is_hidden_stays_hidden_and_what_was_published_is_not_changed() -> None:
    january, march = months_of(JANUARY), months_of(JANUARY, {ASKVOLL: (10, 8)}, {BREMANGER: (5, 5)})
    public = public_release(march)
    assert public.days[0] == public_release(january).days[-1]
    # 10 of Askvoll are minors now, and this would have been shown if nothing had been hidden before.
    assert shown(public)[ASKVOLL] == (22, "hidden")
    assert [day.day for day in public.days] == [FIRST, SECOND, THIRD]
    assert public.number == 3


def test_of_each_month_the_last_release_stands_in_later_ones() -> None:
    ledger = rows_of(JANUARY, date(YEAR, 1, 5))
    release = release_of(facts_of(ledger, date(YEAR, 1, 10)), ONE)
    for day in (date(YEAR, 1, 20), date(YEAR, 2, 10), date(YEAR, 2, 20)):
        release = release_of(facts_of(ledger, day), ONE, former=release)
    public = public_release(release)
    assert ([day.day.day for day in public.days], public.number) == ([20, 20], 4)


def test_a_correction_that_would_break_a_witness_leaves_the_county_and_says_why() -> None:
    ledger = rows_of(JANUARY, FIRST)
    january = release_of(facts_of(ledger, FIRST), ONE)
    number = next(row.number for row in ledger if (row.municipality, row.group) == (BREMANGER, MINORS))
    fallen = LedgerRow(50, BREMANGER, SETTLED, MINORS, FIRST, 0, "Prøve", SECOND, corrects=number)
    february = release_of(facts_of((*ledger, fallen), SECOND), ONE, former=january)
    public = public_release(february)
    (left_out,) = public.days[-1].parts_not_shown
    assert (left_out.place, left_out.step, left_out.why, left_out.since) == (
        "46",
        SETTLED,
        Coarsening.WITNESS,
        SECOND,
    )
    assert public.days[0].parts_not_shown == ()
    assert shown(public)["46"] == (56, 9)
    assert shown(public)[FJALER] == ("hidden", "hidden")
    march = release_of(facts_of((*ledger, fallen), THIRD), ONE, former=february)
    assert public_release(march).days[-1].parts_not_shown == (left_out,)


def test_what_has_been_told_of_is_not_unknown_again() -> None:
    ledger = rows_of(JANUARY, FIRST)
    january = release_of(facts_of(ledger, FIRST), ONE)
    last_year = tuple(
        LedgerRow(
            50 + row.number, FJALER, SETTLED, row.group, date(2020, 12, 1), row.count, "Prøve", SECOND, row.number
        )
        for row in ledger
        if row.municipality == FJALER
    )
    february = release_of(facts_of((*ledger, *last_year), SECOND), ONE, former=january)
    assert shown(public_release(february))[FJALER] == (0, 0)


def test_a_year_begins_with_the_pattern_of_the_one_before() -> None:
    december = months_of(JANUARY)
    # Askvoll has 8 minors now: nothing is small, and what was may become so again. It costs nothing only with others.
    counted = {ASKVOLL: (20, 8), FJALER: (3, 3), BREMANGER: (17, 8)}
    day = date(2022, 1, 31)
    facts = facts_of(rows_of(counted, day), day, year=2022)
    with_pattern = release_of(facts, ONE, year_before=december).days[0].tables[SETTLED]
    without = release_of(facts, ONE).days[0].tables[SETTLED]
    assert with_pattern.hidden[ASKVOLL, "minors"] is Hiding.FORESEEN
    assert without.hidden[BREMANGER, "minors"] is Hiding.EXTRA


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda f: replace(f, day=date(2020, 12, 31)), "2020-12-31 is before 2021 begins"),
        (lambda f: replace(f, publisher=" "), "nobody publishes it"),
        (lambda f: replace(f, places=f.places[1:]), "no place is 0, the country"),
        (lambda f: replace(f, places=f.places[:-1]), f"{BREMANGER} is in the ledger, and is no municipality of 2021"),
        (
            lambda f: replace(f, ledger=rows_of({ASKVOLL: (None, 2)}, FIRST)),
            "4645 tells how many minors are settled, and not how many in all",
        ),
        (
            lambda f: replace(f, ledger=rows_of({ASKVOLL: (1, 2)}, FIRST)),
            "4645 has 1 settled in all, and 2 minors among them",
        ),
        (
            lambda f: replace(f, requests=(PublicRequest("46", 1, 3, 0, FIRST),)),
            "a request is of 46, which is no municipality of 2021",
        ),
        (
            lambda f: replace(f, decisions=(PublicDecision(ASKVOLL, 1, 3, 4, FIRST),)),
            "a decision of 4645 has 3 persons, 4 minors among them",
        ),
        (
            lambda f: replace(f, requests=(PublicRequest(ASKVOLL, 1, 3, 0, FIRST),) * 2),
            "version 1 of the request of 4645 stands twice",
        ),
    ],
)
def test_facts_that_do_not_hang_together_are_refused(change: Callable[[Any], Any], what: str) -> None:
    with pytest.raises(BadRelease) as refusal:
        release_of(change(facts_of(rows_of(JANUARY, FIRST), FIRST)), ONE)
    assert what in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "terms", "what"),
    [
        (lambda f: replace(f, day=FIRST), ONE, "the release before is of 2021-01-31; 2021-01-31 is not after it"),
        (lambda f: replace(f, year=2020), ONE, "the release before is of 2021; 2020 begins without one"),
        (lambda f: replace(f, places=places_of({"46": (ASKVOLL, FJALER, BREMANGER, "4601")})), ONE, "the places"),
        (lambda f: f, Terms(4, 1), "other terms begin a year"),
    ],
)
def test_what_does_not_follow_the_release_before_is_refused(
    change: Callable[[Any], Any], terms: Terms, what: str
) -> None:
    former = months_of(JANUARY)
    with pytest.raises(BadRelease, match=what):
        release_of(change(facts_of(rows_of(JANUARY, FIRST), SECOND)), terms, former=former)


def test_of_many_faults_ten_are_told() -> None:
    ledger = rows_of({f"99{place:02}": (8, None) for place in range(12)}, FIRST)
    with pytest.raises(BadRelease) as refusal:
        release_of(facts_of(ledger, FIRST), ONE)
    assert len(refusal.value.faults) == 12
    assert str(refusal.value).endswith("9909 is in the ledger, and is no municipality of 2021; and 2 more")


def test_places_that_are_no_tree_are_refused() -> None:
    places = (*WEST, ReleasePlace("a", "A", "b"), ReleasePlace("b", "B", "a"))
    with pytest.raises(BadTable, match="rows are a tree"):
        release_of(facts_of(rows_of(JANUARY, FIRST), FIRST, places=places), ONE)
    assert municipalities_of(WEST) == (ASKVOLL, FJALER, BREMANGER)
    assert municipalities_within(WEST)["0"] == (ASKVOLL, FJALER, BREMANGER)


def test_same_input_same_bytes_in_any_order() -> None:
    facts = facts_of(rows_of(JANUARY, FIRST), FIRST)
    requests = tuple(PublicRequest(code, 1, 10, 0, FIRST) for code in JANUARY)
    content = release_bytes(release_of(replace(facts, requests=requests), ONE))
    draw = Random(1)  # noqa: S311  - an order, no secret
    for _ in range(5):
        mixed = replace(
            facts,
            places=tuple(draw.sample(facts.places, len(facts.places))),
            ledger=tuple(draw.sample(facts.ledger, len(facts.ledger))),
            requests=tuple(draw.sample(requests, len(requests))),
        )
        assert release_bytes(release_of(mixed, ONE)) == content


def full_release() -> Release:
    """Return a release with all that a file can hold: an ended witness, unknown and withheld counts, numbers."""
    ledger = (*rows_of(JANUARY, FIRST), withheld(FJALER, ALL))
    january = release_of(facts_of(ledger, FIRST), ONE)
    number = next(row.number for row in ledger if (row.municipality, row.group) == (BREMANGER, MINORS))
    fallen = LedgerRow(99, BREMANGER, SETTLED, MINORS, FIRST, 0, "Prøve", SECOND, corrects=number)
    facts = replace(
        facts_of((*ledger, fallen), SECOND),
        requests=(PublicRequest(FJALER, 1, 3, None, FIRST),),
        decisions=(PublicDecision(FJALER, 1, 0, 0, SECOND),),
    )
    return release_of(facts, ONE, former=january)


def test_a_release_is_read_back_as_it_was_written() -> None:
    release = full_release()
    content = release_bytes(release)
    assert verified_release(content) == release
    assert json.loads(content)["published"] == published_hash(release)


def test_a_release_that_has_been_changed_is_caught_by_its_hash() -> None:
    content = release_bytes(full_release())
    with pytest.raises(BadReleaseFile, match="Its hash is not that of what stands in it"):
        verified_release(content.replace(PUBLISHER.encode(), b"Somebody else"))


def show_all(document: Kept) -> None:
    document["days"][0]["steps"]["settled"]["hidden"] = []


def take_the_witnesses(document: Kept) -> None:
    document["witnesses"]["settled"] = []


def changed(change: Callable[[Any], None], release: Release) -> bytes:
    """Return a file that has been changed by one who gives it a hash that fits."""
    document = json.loads(release_bytes(release))
    del document["hash"]
    change(document)
    return (json.dumps({**document, "hash": digest(document)}, ensure_ascii=False, indent=1) + "\n").encode()


def test_a_release_with_a_hash_that_fits_is_still_held_against_its_witnesses() -> None:
    for change in (show_all, take_the_witnesses):
        with pytest.raises(Exposed):
            verified_release(changed(change, months_of(JANUARY)))


def test_what_is_no_release_is_refused() -> None:
    release = months_of(JANUARY)
    for change in (
        lambda d: d.pop("days"),
        lambda d: d.update(days=[]),
        lambda d: d["days"][0]["steps"]["settled"]["counts"].update({ASKVOLL: ["2", 10]}),
        lambda d: d["days"][0].update(day="yesterday"),
        lambda d: d.update(year="2021"),
        lambda d: d.update(more=1),
        lambda d: d["places"][0].__setitem__(1, 5),
        lambda d: d.update(published="0"),
    ):
        with pytest.raises(BadReleaseFile, match="Nothing of it may be published"):
            verified_release(changed(change, release))
    with pytest.raises(BadReleaseFile, match="It says that it is 'another', and not 'bosett-kept-release-2'"):
        verified_release(changed(lambda d: d.update(format="another"), release))
    for content in (b"", b"[]", b"\xff", b"{}", b"1"):
        with pytest.raises(BadReleaseFile):
            verified_release(content)


def test_the_published_hash_tells_nothing_of_what_is_hidden() -> None:
    # Known culprit: a hash of hidden counts can be tried for each of the few that there may be.
    one, other = months_of(JANUARY), months_of({ASKVOLL: (12, 3), FJALER: (27, 7), BREMANGER: (17, 7)})
    assert public_release(one) == public_release(other)
    assert public_release(one).hash == public_release(other).hash
    assert release_bytes(one) != release_bytes(other)
    assert public_release(one).hash != public_release(months_of({**JANUARY, FJALER: (28, 7)})).hash
