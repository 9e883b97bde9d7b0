"""Who sees what, when.

The table is written out by hand: a row changed in code must be changed here too.
"""

import pytest

from bosett.rounds.parties import PUBLIC, Grade, Party, Who
from bosett.rounds.visibility import SIGHTS, Thing, may_see, sight

COUNTY, MUNICIPALITY = "46", "4601"
LOOKING = {
    "D": Who(1, Party.DIRECTORATE),
    "M": Who(1, Party.MINISTRY),
    "C": Who(1, Party.COMMITTEE),
    "K": Who(1, Party.KS),
    "U": Who(1, Party.UDI),
    "y": Who(1, Party.COUNTY, COUNTY, COUNTY),
    "z": Who(1, Party.COUNTY, "30", "30"),
    "m": Who(1, Party.MUNICIPALITY, MUNICIPALITY, COUNTY),
    "n": Who(1, Party.MUNICIPALITY, "4602", COUNTY),
    "p": PUBLIC,
}
ALL = "DMCKUyzmnp"

# What concerns the nation: the joint things. y and z are two counties, m and n two municipalities.
NATIONAL = {
    ("criteria", "drafted"): "C",
    ("criteria", "proposed"): "DMCK",
    ("criteria", "adopted"): "DMCK",
    ("criteria", "shared"): ALL,
    ("alternative", "drafted"): "C",
    ("alternative", "shared"): "DMCKyz",
    ("alternative", "retired"): "C",
    ("forecast", "registered"): "DMCKyz",
    ("forecast", "released"): ALL,
    ("targets", "drafted"): "C",
    ("targets", "submitted"): "C",
    ("targets", "decided"): ALL,
    ("notice", "told"): ALL,
    ("revision", "drafted"): "D",
    ("revision", "dropped"): "D",
    ("revision", "submitted"): "DMCK",
    ("revision", "total_decided"): "DMCK",
    ("revision", "decided"): "DMCKyz",
}

# What concerns municipality 4601 in county 46.
LOCAL = {
    ("proposal", "queued"): "D",
    ("proposal", "failed"): "D",
    ("proposal", "computed"): "D",
    ("proposal", "shared"): "DKy",
    ("proposal", "sent"): "DKym",
    ("proposal", "released"): ALL,
    ("recommendation", "open"): "y",
    ("recommendation", "ready"): "y",
    ("recommendation", "submitted"): "DKy",
    ("recommendation", "discussed"): "DKy",
    ("recommendation", "final"): "DKy",
    ("recommendation", "returned"): "DKy",
    ("recommendation", "released"): ALL,
    ("capacity", "reported"): "DKym",
    ("input", "drafted"): "y",
    ("input", "sent"): "DKy",
    ("input", "read"): "DKy",
    ("input", "answered"): "DKy",
    ("meeting", "planned"): "D",
    ("meeting", "invited"): "DKy",
    ("meeting", "held"): "DKy",
    ("meeting", "called_off"): "DKy",
    ("meeting", "dropped"): "D",
    ("meeting", "released"): ALL,
    ("minutes", "planned"): "D",
    ("minutes", "invited"): "D",
    ("minutes", "called_off"): "D",
    ("minutes", "dropped"): "D",
    ("minutes", "held"): "DKy",
    ("minutes", "released"): ALL,
    ("information", "to_one"): "DKy",
    ("information", "to_all"): "DMCKy",
    ("information", "released"): ALL,
    ("number", "open"): "D",
    ("number", "numbers_submitted"): "D",
    ("number", "consulted"): "DK",
    ("number", "frozen"): "DKy",
    ("number", "closed"): "DKy",
    ("number", "sent"): "DKym",
    ("number", "released"): ALL,
    ("letter", "made"): "D",
    ("letter", "approved"): "D",
    ("letter", "queued"): "D",
    ("letter", "failed"): "D",
    ("letter", "stopped"): "D",
    ("letter", "withdrawn"): "D",
    ("letter", "sent"): "DKym",
    ("letter", "released"): ALL,
    ("decision", "preliminary"): "DMCKym",
    ("decision", "answered"): "DMCKym",
    ("decision", "released"): ALL,
    ("ledger", "entered"): "DMCKym",
}


@pytest.mark.parametrize(("row", "seen_by"), NATIONAL.items())
def test_what_concerns_the_nation(row: tuple[str, str], seen_by: str) -> None:
    thing, state = row
    assert "".join(key for key, who in LOOKING.items() if may_see(who, Thing(thing), state)) == seen_by


@pytest.mark.parametrize(("row", "seen_by"), LOCAL.items())
def test_what_concerns_a_municipality(row: tuple[str, str], seen_by: str) -> None:
    thing, state = row
    seeing = [key for key, who in LOOKING.items() if may_see(who, Thing(thing), state, COUNTY, MUNICIPALITY)]
    assert "".join(seeing) == seen_by


def test_every_row_of_the_table_is_held_against_this_page() -> None:
    assert {(row.thing.value, row.state) for row in SIGHTS} == set(NATIONAL) | set(LOCAL)


@pytest.mark.parametrize("thing", [Thing.PROPOSAL, Thing.RECOMMENDATION, Thing.MINUTES, Thing.NUMBER])
def test_no_municipality_and_not_the_public_sees_a_number_before_its_letter(thing: Thing) -> None:
    for state in (row.state for row in SIGHTS if row.thing is thing and row.state not in ("sent", "released")):
        for who in (LOOKING["m"], LOOKING["n"], PUBLIC):
            assert not may_see(who, thing, state, COUNTY, MUNICIPALITY)


def test_the_grade_opens_nothing() -> None:
    boss = Who(1, Party.MUNICIPALITY, MUNICIPALITY, COUNTY, Grade.ADMINISTRATOR)
    assert not may_see(boss, Thing.NUMBER, "frozen", COUNTY, MUNICIPALITY)


def test_an_unknown_state_is_seen_by_its_owner_alone() -> None:
    assert may_see(LOOKING["D"], Thing.NUMBER, "something new", COUNTY, MUNICIPALITY)
    assert not may_see(LOOKING["K"], Thing.NUMBER, "something new", COUNTY, MUNICIPALITY)


def test_what_is_kept_from_anybody_has_its_legal_ground() -> None:
    seen_by_all = {row for row, seen_by in (NATIONAL | LOCAL).items() if seen_by == ALL}
    for row in SIGHTS:
        assert bool(row.ground) == ((row.thing.value, row.state) not in seen_by_all)
    assert sight(Thing.NUMBER, "frozen").ground == "offl5"
