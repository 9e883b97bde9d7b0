"""Municipalities like one, the people who live in them, and where the years before a round come from."""

from datetime import date

from bosett.geography import municipalities
from bosett.rounds.history import sources
from bosett.rounds.population import inhabitants
from bosett.rounds.similar import alike, centrality_classes

DAY = date(2020, 5, 19)


def test_the_nearest_in_population_within_the_same_class_come_first() -> None:
    people = inhabitants(2021, DAY).people
    nearest = alike("4601", 2021, people, most=3)
    assert [each.place.name for each in nearest] == ["Trondheim", "Stavanger", "Drammen"]
    classes = centrality_classes(2021)
    assert {classes[each.place.code] for each in nearest} == {classes["4601"]}
    apart = [abs(each.people - people["4601"]) for each in alike("4601", 2021, people, most=99)]
    assert apart == sorted(apart)


def test_what_is_not_known_is_like_nobody() -> None:
    people = inhabitants(2021, DAY).people
    assert alike("4601", 2021, {}) == ()
    assert "1103" not in {each.place.code for each in alike("4601", 2021, {"4601": 1, "5001": 2})}
    part = next(place.code for place in municipalities(2024) if place.code not in centrality_classes(2024))
    assert alike(part, 2024, {part: 1, "4601": 1}) == ()
    assert people["4601"] == 283_929


def test_population_is_the_newest_that_was_known_on_the_day() -> None:
    newest, older = inhabitants(2021, DAY), inhabitants(2021, date(2020, 1, 1))
    assert newest.note is not None
    assert (newest.note.year, newest.note.publisher) == (2020, "SSB")
    assert older.note is not None
    assert older.note.year == 2019
    assert older.people["4601"] == 281_190
    assert inhabitants(2021, date(2018, 1, 1)).note is None
    assert not inhabitants(2018, DAY).people


def test_the_years_before_tell_their_sources_as_known_on_the_day() -> None:
    known = sources(2021, DAY)
    assert all(each.known_on <= DAY and each.publisher == "IMDi" for each in known)
    assert ("settled", 2020) not in {(each.indicator, each.year) for each in known}
    assert ("settled", 2019) in {(each.indicator, each.year) for each in known}
    assert not sources(2021, date(2000, 1, 1))
