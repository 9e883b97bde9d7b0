"""What of the capacity reports holds in a week: cases worked by hand, and against a plain reading of the rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week, week_of
from bosett.stages.capacity.holding import (
    UNSAID,
    Places,
    RoomAhead,
    Voice,
    contradictions,
    known_places,
    places_in,
    room_ahead,
    silent,
    sums,
)
from bosett.stages.capacity.reports import BadReport, Firmness, Hindrance, LocalSituation, Report

BERGEN, ASKOY = "4601", "4627"
W11, W12, W13, W16 = (Week(2020, number) for number in (11, 12, 13, 16))
DAY = date(2020, 3, 20)  # a Friday in week 12


def report(number: int = 1, **more: Any) -> Report:  # noqa: ANN401 (any field)
    plain: dict[str, Any] = {
        "number": number,
        "municipality": BERGEN,
        "kind": PlaceKind.ADULT,
        "first": W12,
        "last": W16,
        "count": 5,
        "firmness": Firmness.FIRM,
        "said_by": "municipality",
        "said_on": date(2020, 3, 1),
        "expires_on": date(2020, 5, 31),
    }
    return Report(**(plain | more))


def heard(*reports: Report, week: Week = W12, day: date = DAY) -> Places:
    return places_in(reports, BERGEN, PlaceKind.ADULT, week, day)


def test_one_report_holds_in_its_weeks_and_in_no_other() -> None:
    one = report()
    assert heard(one) == Places(Voice.SAID, 5, Firmness.FIRM, (one,))
    assert heard(one).report == one
    assert heard(one, week=W16).count == 5
    assert heard(one, week=W11) == heard(one, week=Week(2020, 17)) == UNSAID
    assert places_in([one], ASKOY, PlaceKind.ADULT, W12, DAY) == UNSAID
    assert places_in([one], BERGEN, PlaceKind.FAMILY_6, W12, DAY) == UNSAID


def test_what_is_said_later_is_not_known_yet_and_replaces_what_was_said_before() -> None:
    before, after = report(1), report(2, count=2, said_on=date(2020, 3, 18))
    assert heard(after, before).count == 2
    assert heard(after, before, day=date(2020, 3, 17)).count == 5
    of_one_day = report(3, count=1, said_on=date(2020, 3, 18))
    assert heard(of_one_day, after, before).count == 1
    # About other weeks than its own a new report says nothing.
    assert heard(before, replace(after, first=W13), week=W12).count == 5


def test_one_that_was_said_for_a_short_while_gives_way_when_it_has_expired() -> None:
    standing, short = report(1), report(2, count=1, said_on=date(2020, 3, 10), expires_on=date(2020, 3, 25))
    assert heard(standing, short).count == 1
    assert heard(standing, short, day=date(2020, 3, 25)).count == 1
    assert heard(standing, short, day=date(2020, 3, 26)).count == 5


def test_an_expired_report_is_told_and_never_used() -> None:
    old, older = report(2, expires_on=date(2020, 3, 19)), report(1, expires_on=date(2020, 3, 18), count=9)
    assert heard(older, old) == Places(Voice.EXPIRED, reports=(old,))
    assert heard(older, old).count is None
    assert heard(older, old).report is None


def test_places_that_are_made_ready_when_asked_for_are_gone_when_it_is_too_late_to_ask() -> None:
    asked = report(firmness=Firmness.IF_ASKED, ask_by=W12)
    assert heard(asked).firmness is Firmness.IF_ASKED
    assert heard(asked, day=W12.sunday).voice is Voice.SAID
    assert heard(asked, day=W13.monday).voice is Voice.EXPIRED


def test_two_parties_that_say_otherwise_are_told_and_nothing_is_made_of_them() -> None:
    own, county = report(1), report(2, said_by="county", count=7, said_on=date(2020, 3, 10))
    assert heard(own, county) == Places(Voice.CONTRADICTED, reports=(county, own))
    assert heard(own, county).count is None
    assert heard(own, replace(county, count=5)) == Places(Voice.SAID, 5, Firmness.FIRM, (replace(county, count=5), own))
    # One that has expired contradicts nobody.
    assert heard(own, replace(county, expires_on=date(2020, 3, 19))).count == 5
    closed = replace(county, count=0, situation=LocalSituation.CLOSED, hindrance=Hindrance.INFECTION)
    assert heard(replace(own, count=0), closed).voice is Voice.CONTRADICTED


def test_sums_hold_only_what_is_said_and_count_the_rest() -> None:
    reports = [
        report(1),
        report(2, municipality="4602", count=3, firmness=Firmness.LIKELY),
        report(3, municipality="4617", count=2),
        report(4, municipality="4617", count=4, said_by="county"),
        report(5, municipality=ASKOY, count=8, expires_on=date(2020, 3, 2)),
        report(6, kind=PlaceKind.FAMILY_6, count=0),
    ]
    known = known_places(reports, W12, W13, DAY)
    assert [(code, kind.value, str(week)) for code, kind, week in known][:3] == [
        (BERGEN, "adult", "2020-W12"),
        (BERGEN, "adult", "2020-W13"),
        (BERGEN, "family_6", "2020-W12"),
    ]
    adults = sums(known)[PlaceKind.ADULT, W12]
    assert adults.by_firmness == {Firmness.FIRM: 5, Firmness.LIKELY: 3, Firmness.IF_ASKED: 0}
    assert (adults.municipalities, adults.contradicted, adults.expired) == (2, 1, 1)
    assert sums(known)[PlaceKind.FAMILY_6, W12].municipalities == 1  # no places is said, and is not unknown
    assert silent(known, [BERGEN, ASKOY, "4617", "1103"]) == (ASKOY, "1103")
    assert contradictions(known) == (("4617", PlaceKind.ADULT, (reports[3], reports[2])),)


def test_keys_come_after_the_lead() -> None:
    one = report(lead=2)
    assert one.earliest(DAY) == Week(2020, 14)
    assert one.earliest(date(2020, 2, 3)) == W12
    assert report(lead=0).earliest(DAY) == W12
    assert report().earliest(DAY) is None  # nobody has said how long it takes


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"last": W11}, "last: 2020-W11 comes before the first week, 2020-W12"),
        ({"count": -1}, "count: -1 is below 0"),
        (
            {"situation": LocalSituation.CLOSED, "hindrance": Hindrance.STAFF},
            "count: 5 places in a municipality that is closed",
        ),
        ({"lead": 105}, "lead: 105 is no number of weeks"),
        ({"expires_on": date(2020, 2, 28)}, "expires_on: 2020-02-28 comes before"),
        ({"firmness": Firmness.IF_ASKED}, "ask_by: places that are made ready when asked for need"),
        ({"ask_by": W12}, "ask_by: only places that are made ready"),
        ({"firmness": Firmness.IF_ASKED, "ask_by": Week(2020, 17)}, "ask_by: 2020-W17 comes after the last week"),
        ({"hindrance": Hindrance.SCHOOL}, "hindrance: a municipality that is open has none"),
        ({"situation": LocalSituation.REDUCED}, "hindrance: a municipality that is reduced says why"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadReport) as refused:
        report(**more)
    assert str(refused.value).startswith(sentence)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Report, ...]:
    reports = []
    for number in range(draw(st.integers(0, 8))):
        first = W11.after(draw(st.integers(0, 3)))
        said_on = date(2020, 3, 1) + timedelta(days=draw(st.integers(0, 30)))
        firmness = draw(st.sampled_from(Firmness))
        reports.append(
            report(
                number,
                municipality=draw(st.sampled_from([BERGEN, ASKOY])),
                first=first,
                last=first.after(draw(st.integers(0, 3))),
                count=draw(st.integers(0, 2)),
                firmness=firmness,
                ask_by=first if firmness is Firmness.IF_ASKED else None,
                said_by=draw(st.sampled_from(["municipality", "county", "directorate"])),
                said_on=said_on,
                expires_on=said_on + timedelta(days=draw(st.integers(0, 30))),
            )
        )
    return tuple(reports)


def plainly(reports: Sequence[Report], code: str, week: Week, day: date) -> tuple[Voice, int | None]:
    """Read the rule as it is written, party by party and report by report."""
    about = [each for each in reports if each.municipality == code and each.first <= week <= each.last]
    about = [each for each in about if each.said_on <= day]
    voices = {}
    for party in {each.said_by for each in about}:
        live = [
            each
            for each in about
            if each.said_by == party and day <= each.expires_on and not (each.ask_by and each.ask_by < week_of(day))
        ]
        if live:
            latest = max(live, key=lambda each: (each.said_on, each.number))
            voices[party] = (latest.count, latest.firmness)
    if not voices:
        return (Voice.EXPIRED if about else Voice.UNSAID, None)
    if len(set(voices.values())) > 1:
        return (Voice.CONTRADICTED, None)
    return (Voice.SAID, next(iter(voices.values()))[0])


@given(drawn(), st.randoms(use_true_random=False), st.integers(0, 60))
def test_it_is_the_rule_whatever_order_the_reports_come_in(reports: tuple[Report, ...], chance: Any, days: int) -> None:  # noqa: ANN401 (hypothesis has no name for it)
    day, weeks = date(2020, 3, 1) + timedelta(days=days), list(W11.to(W11.after(7)))
    known = known_places(reports, weeks[0], weeks[-1], day)
    mixed = list(reports)
    chance.shuffle(mixed)
    assert known_places(mixed, weeks[0], weeks[-1], day) == known
    for code in (BERGEN, ASKOY):
        for week in weeks:
            places = places_in(mixed, code, PlaceKind.ADULT, week, day)
            assert known.get((code, PlaceKind.ADULT, week), UNSAID) == places
            assert (places.voice, places.count) == plainly(reports, code, week, day)
            assert (places.count is None) == (places.voice is not Voice.SAID)
    counted = sum(places.count for places in known.values() if places.count is not None)
    assert sum(sum(each.by_firmness.values()) for each in sums(known).values()) == counted


def test_the_room_ahead_counts_each_week_and_the_fewest_that_a_home_is_for() -> None:
    reports = [report(count=2), report(2, kind=PlaceKind.FAMILY_4_5, count=1, last=W12, said_on=date(2020, 3, 5))]
    room = room_ahead(known_places(reports, W12, W16, DAY))[BERGEN]
    assert room == RoomAhead(5 * 2 + 4, date(2020, 3, 5), contradicted=False, expired=False)


def test_the_room_ahead_has_no_number_of_what_may_not_be_used() -> None:
    both = [report(), report(2, said_by="county", count=9)]
    room = room_ahead(known_places(both, W12, W12, DAY))[BERGEN]
    assert room == RoomAhead(None, None, contradicted=True, expired=False)
    room = room_ahead(known_places([report()], W12, W12, date(2020, 6, 1)))[BERGEN]
    assert room == RoomAhead(None, None, contradicted=False, expired=True)
