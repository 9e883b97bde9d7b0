"""The county's sheet by its actions: cells saved alone or in a block, faults, clashes, filled, spread and undone."""

import itertools
import json
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bosett.apportion import Tied
from bosett.geography import municipalities
from bosett.rounds.columns import FIELDS, TEXTS
from bosett.rounds.parties import Party
from bosett.rounds.run import NotShared
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import UNREAD, BadCell, Cell, Conflict, Done, Unread, Value
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import LONGEST
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.queries.situations import county_target
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import ProposalLine, Recommendation, RecommendationLine
from parties import SHARED, YEAR, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN, KINN = "46", "4601", "4602"
BLANK: Mapping[str, Value] = {field: "" if field in TEXTS else None for field in FIELDS}


def put(*wanted: Cell, source: str = "") -> Done:
    return cells.set_cells(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted, source=source)


def cell(field: str, value: Value, before: Value | Unread = UNREAD, code: str = BERGEN) -> Cell:
    return Cell(code, field, value, before)


def line(code: str = BERGEN) -> dict[str, Value]:
    """Return what a line holds that is not blank."""
    row = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return {field: getattr(row, field) for field in FIELDS if getattr(row, field) != BLANK[field]}


def numbers() -> dict[str, int | None]:
    rows = RecommendationLine.objects.filter(recommendation__round=YEAR, recommendation__county=COUNTY)
    return dict(rows.order_by("municipality").values_list("municipality", "number"))


def refused(wanted: str, done: Done) -> list[tuple[str, str]]:
    """Hold that nothing but faults of one code came of it; return where they are."""
    assert done.event is None
    assert {fault.code for fault in done.faults} == {wanted}
    return [(fault.municipality, fault.field) for fault in done.faults]


def undo(event: Event | None) -> Event:
    assert event is not None
    return cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)


def newest() -> Event:
    event: Event = Event.objects.order_by("-pk")[0]
    return event


# One event of one act


def test_a_block_is_one_event_that_tells_before_and_after() -> None:
    count = Event.objects.count()
    done = put(cell("number", 20), cell("under15", 2), cell("number", 0, code=KINN), cell("signal", 25, code=KINN))
    assert (Event.objects.count(), done.faults, done.clashes) == (count + 1, (), ())
    assert done.event == newest()
    body = json.loads(newest().body)
    assert body["before"]["lines"] == {
        BERGEN: {"asked": None, "number": None, "under15": None},
        KINN: {"asked": None, "number": None, "signal": None},
    }
    assert body["after"] == {
        "lines": {
            BERGEN: {"asked": True, "number": 20, "under15": 2},
            KINN: {"asked": False, "number": 0, "signal": 25},
        }
    }
    assert (newest().name, newest().subject) == ("recommendation.edit", f"recommendation:{YEAR}:{COUNTY}")


def test_a_block_that_changes_nothing_writes_no_event_and_counts_no_change() -> None:
    put(cell("number", 20), cell("reason", "So."))
    count, changed = Event.objects.count(), standing(YEAR).recommendations[COUNTY].changed
    again = put(cell("number", 20, 20), cell("reason", "  So. ", "So."))
    assert again == Done(None, made={BERGEN: {"number": (20, 20), "reason": ("So.", "So.")}})
    assert put() == Done(None)
    assert (Event.objects.count(), standing(YEAR).recommendations[COUNTY].changed) == (count, changed)
    put(cell("number", 21, 20))
    assert standing(YEAR).recommendations[COUNTY].changed == changed + 1


def test_the_event_says_where_the_cells_come_from() -> None:
    put(cell("number", 20), source="file")
    assert (newest().name, json.loads(newest().body)["after"]["source"]) == ("recommendation.edit", "file")
    put(cell("number", None, 20), source="undo")
    assert newest().name == "round.undo"


def test_what_cannot_be_saved_is_told_by_cell_and_the_rest_is_saved() -> None:
    put(cell("number", 20, code=KINN))
    done = put(
        cell("number", BadCell("ti", "not_a_number")),
        cell("reason", "Said by phone."),
        cell("from15", 3),
        cell("signal", 7, code="4611"),
        cell("number", 30, None, code=KINN),
        cell("signal_note", "Said so.", "", code=KINN),
    )
    assert [(each.municipality, each.field, each.code) for each in done.faults] == [(BERGEN, "number", "not_a_number")]
    assert [(each.municipality, each.field) for each in done.clashes] == [(KINN, "number")]
    assert line() == {"reason": "Said by phone.", "from15": 3}
    assert line("4611") == {"signal": 7}
    assert line(KINN) == {"asked": True, "number": 20, "signal_note": "Said so."}
    assert done.event == newest()


def test_cells_that_contradict_each_other_are_told_each_and_the_others_of_the_line_are_saved() -> None:
    done = put(cell("number", 3), cell("under15", 4), cell("signal", 5), cell("reason", "So."))
    assert [(each.field, each.code) for each in done.faults] == [
        ("number", "minors_exceed"),
        ("under15", "minors_exceed"),
    ]
    assert line() == {"signal": 5, "reason": "So."}


def test_another_s_municipality_and_an_unknown_field_stop_the_whole_block() -> None:
    for wrong, code in ((Cell("1103", "number", 3), "municipality_not_in_county"), (cell("id", 3), "unknown_field")):
        with pytest.raises(Invalid, match=code):
            put(cell("number", 20), wrong)
    assert line() == {}


# Two writers


def test_a_block_sent_again_is_no_clash_and_changes_nothing() -> None:
    block = [cell("number", 20, None), cell("under15", 2, None), cell("reason", "So.", "")]
    assert put(*block).event is not None
    again = put(*block)
    assert (again.event, again.faults, again.clashes) == (None, (), ())


def test_two_writers_on_different_fields_of_one_line_do_not_clash() -> None:
    assert not put(cell("number", 20, None)).clashes
    assert not put(cell("reason", "So.", "")).clashes
    assert not put(cell("signal", 25, None)).clashes
    assert line() == {"asked": True, "number": 20, "reason": "So.", "signal": 25}


def test_two_writers_of_one_cell_clash_with_mine_theirs_and_before() -> None:
    written: tuple[tuple[str, Value, Value, Value], ...] = (
        ("number", 20, 30, None),
        ("reason", "Theirs.", "Mine.", ""),
        ("signal_on", date(2020, 6, 1), date(2020, 6, 2), None),
        ("asked", False, True, None),
        ("signal_minors", 0, 1, None),
    )
    for code, (field, theirs, mine, before) in zip(numbers(), written, strict=False):
        put(cell("signal", 5, code=code), cell(field, theirs, before, code))
        line_before, count = line(code), Event.objects.count()
        done = put(cell(field, mine, before, code))
        assert [(each.mine, each.theirs, each.before) for each in done.clashes] == [(mine, theirs, before)]
        assert (line(code), Event.objects.count(), done.event) == (line_before, count, None)
        assert put(cell(field, mine, theirs, code)).event is not None  # read anew, it is set


def test_all_or_none_saves_none_when_one_cell_clashes_or_cannot_stand() -> None:
    county = worker(Party.COUNTY, COUNTY)
    put(cell("number", 20))
    for wrong, kind, code in (
        (cell("number", 30, None), Conflict, "changed_by_another"),
        (cell("number", 30, 25), Conflict, "changed_by_another"),
        (cell("number", -1, 20), Invalid, "number_outside"),
        (cell("number", BadCell("x", "not_a_number"), 20), Invalid, "not_a_number"),
    ):
        with pytest.raises(kind) as caught:
            cells.set_all(county, year=YEAR, county=COUNTY, cells=[cell("number", 9, None, code=KINN), wrong])
        assert (caught.value.code, caught.value.field) == (code, f"{BERGEN}-number")
    assert (line(), line(KINN)) == ({"asked": True, "number": 20}, {})
    with pytest.raises(Invalid, match="nothing_changed"):
        cells.set_all(county, year=YEAR, county=COUNTY, cells=[cell("number", 20)])


def test_two_writers_of_the_recommendation_s_own_reason_clash_too() -> None:
    county = worker(Party.COUNTY, COUNTY)

    def say(reason: str, before: str) -> Event:
        return cells.set_all(county, year=YEAR, county=COUNTY, cells=[], reason=reason, reason_before=before)

    say("Fewer homes.", "")
    with pytest.raises(Conflict) as caught:
        say("More homes.", "")
    assert (caught.value.field, caught.value.facts["theirs"]) == ("reason", "Fewer homes.")
    assert Recommendation.objects.get(round=YEAR, county=COUNTY).reason == "Fewer homes."
    event = say("More homes.", "Fewer homes.")
    assert "homes" not in event.body
    undo(event)
    assert Recommendation.objects.get(round=YEAR, county=COUNTY).reason == "Fewer homes."
    undo(newest())
    assert Recommendation.objects.get(round=YEAR, county=COUNTY).reason == "More homes."


# What the choice and the number say of each other


# held, given, expected
SAID_BY_EACH_OTHER: tuple[tuple[Mapping[str, Value], Mapping[str, Value], Mapping[str, Value]], ...] = (
    ({}, {"number": 0}, {"asked": False, "number": 0}),
    ({}, {"number": 7}, {"asked": True, "number": 7}),
    ({}, {"asked": True}, {"asked": True}),
    ({}, {"asked": False}, {"asked": False, "number": 0}),
    ({"number": 7, "under15": 1, "from15": 2}, {"asked": False}, {"asked": False, "number": 0}),
    ({"number": 7, "under15": 1}, {"asked": True}, {"asked": True, "number": 7, "under15": 1}),
    ({"number": 7}, {"asked": None}, {}),
    ({"number": 7}, {"number": None}, {"asked": True}),
    ({"number": 0}, {"number": None}, {}),
    ({"asked": False}, {"asked": True}, {"asked": True}),
    ({"asked": False}, {"number": 5}, {"asked": True, "number": 5}),
    ({"asked": True}, {"number": 0}, {"asked": False, "number": 0}),
    ({"number": 7}, {"asked": False, "number": 0}, {"asked": False, "number": 0}),
    ({"number": 7}, {"asked": True, "number": None}, {"asked": True}),
    ({}, {"asked": True, "number": 9}, {"asked": True, "number": 9}),
    ({}, {"under15": 3}, {"under15": 3}),
)


def test_the_number_says_whether_it_is_asked_and_the_choice_what_becomes_of_the_number() -> None:
    for code, (filled, given, expected) in zip(numbers(), SAID_BY_EACH_OTHER, strict=False):
        put(*(cell(field, value, code=code) for field, value in filled.items()))
        assert not put(*(cell(field, value, code=code) for field, value in given.items())).faults
        assert line(code) == expected, (filled, given)


def test_a_choice_and_a_number_that_contradict_each_other_are_refused() -> None:
    for asked, number in ((True, 0), (False, 4)):
        assert refused("asked_differs", put(cell("asked", asked), cell("number", number))) == [
            (BERGEN, "asked"),
            (BERGEN, "number"),
        ]
    assert line() == {}


def test_there_are_no_more_minors_than_persons() -> None:
    put(cell("number", 7), cell("signal", 4))
    assert refused("minors_exceed", put(cell("under15", 5), cell("from15", 3))) == [
        (BERGEN, "under15"),
        (BERGEN, "from15"),
    ]
    assert refused("minors_exceed", put(cell("signal_minors", 5))) == [(BERGEN, "signal_minors")]
    put(cell("under15", 4), cell("from15", 3), cell("signal_minors", 4))
    assert refused("minors_exceed", put(cell("number", 6))) == [(BERGEN, "number")]
    assert refused("minors_exceed", put(cell("number", 0))) == [(BERGEN, "number")]
    assert refused("minors_exceed", put(cell("signal", 3))) == [(BERGEN, "signal")]
    assert (line()["number"], line()["signal"]) == (7, 4)


def test_numbers_and_texts_that_cannot_be_are_refused_each_by_itself() -> None:
    assert refused("number_outside", put(cell("number", -1), cell("signal", 1_000_001))) == [
        (BERGEN, "number"),
        (BERGEN, "signal"),
    ]
    assert refused("text_long", put(cell("reason", "x" * (LONGEST + 1)))) == [(BERGEN, "reason")]
    assert line() == {}


def test_a_signal_is_not_from_a_day_to_come() -> None:
    today = clock.today()
    assert refused("dated_later", put(cell("signal_on", today + timedelta(days=1)))) == [(BERGEN, "signal_on")]
    put(cell("signal_on", today))
    assert line() == {"signal_on": today}


def test_the_database_refuses_a_contradiction_even_behind_the_actions_back() -> None:
    lines = RecommendationLine.objects.filter(recommendation__round=YEAR, municipality=BERGEN)
    for asked, number in itertools.product((None, False, True), (None, 0, 7)):
        try:
            with transaction.atomic():
                lines.update(asked=asked, number=number)
        except IntegrityError as fault:
            refusal = str(fault)
        else:
            refusal = ""
        stands = (asked, number) in {(None, None), (True, None), (False, 0), (True, 7)}
        assert stands == (refusal == ""), (asked, number)
        assert stands or "recommendation_line_asked" in refusal


# Texts


def test_texts_stand_beside_the_chain_and_never_in_the_event() -> None:
    put(cell("reason", "A telling word."), cell("signal_by", "The telling mayor"), cell("number", 4))
    put(cell("reason", "Another telling word.", "A telling word."), cell("signal_note", "Telling."))
    for event in Event.objects.filter(name="recommendation.edit"):
        assert "elling" not in event.body
        assert all(value is None for field, value in _after(event).items() if field in TEXTS)
    texts = FreeText.objects.filter(event=newest()).order_by("field").values_list("field", "text")
    assert list(texts) == [
        (f"after-{BERGEN}-reason", "Another telling word."),
        (f"after-{BERGEN}-signal_note", "Telling."),
        (f"before-{BERGEN}-reason", "A telling word."),
    ]
    assert verify().holds


def _after(event: Event) -> Mapping[str, Value]:
    after: Mapping[str, Value] = json.loads(event.body)["after"]["lines"][BERGEN]
    return after


# Undone


def test_an_edit_is_undone_with_numbers_choices_dates_and_texts_and_the_undoing_too() -> None:
    put(cell("number", 7), cell("reason", "First."), cell("signal_on", date(2020, 6, 1)))
    first = line()
    done = put(
        *(cell("asked", False), cell("reason", ""), cell("signal", 4), cell("signal_by", "The council")),
        *(cell("signal_on", date(2020, 6, 2)), cell("number", 9, code=KINN)),
    )
    second, kinn = line(), line(KINN)
    undone = undo(done.event)
    assert (line(), line(KINN)) == (first, {})
    assert undone.name == "round.undo"
    redone = undo(undone)
    assert (line(), line(KINN)) == (second, kinn)
    undo(redone)
    assert (line(), line(KINN)) == (first, {})
    assert verify().holds


def test_undoing_after_another_s_change_changes_nothing() -> None:
    done = put(cell("number", 7), cell("reason", "So."), cell("number", 9, code=KINN))
    put(cell("number", 8, 7))
    lines_before, count = (line(), line(KINN)), Event.objects.count()
    with pytest.raises(Conflict) as caught:
        undo(done.event)
    assert caught.value.facts == {"mine": None, "theirs": 8, "before": 7}
    assert ((line(), line(KINN)), Event.objects.count()) == (lines_before, count)


def test_undoing_what_could_not_stand_beside_what_is_now_changes_nothing() -> None:
    put(cell("number", 7), cell("under15", 5))
    done = put(cell("under15", 2), cell("number", 9, code=KINN))
    put(cell("number", 3))
    lines_before = (line(), line(KINN))
    with pytest.raises(Invalid, match="minors_exceed") as caught:
        undo(done.event)
    assert caught.value.field == f"{BERGEN}-under15"
    assert (line(), line(KINN)) == lines_before


def test_only_an_edit_of_the_county_s_own_can_be_undone() -> None:
    other = cells.set_cells(worker(Party.COUNTY, "03"), year=YEAR, county="03", cells=[Cell("0301", "number", 9)]).event
    assert other is not None
    for event in (other, Event.objects.filter(name="proposal.share").get()):
        with pytest.raises(Invalid, match="event_gone"):
            undo(event)


# Filled and spread


def proposed() -> dict[str, int]:
    rows = ProposalLine.objects.filter(proposal__round=YEAR, county=COUNTY).order_by("municipality")
    return dict(rows.values_list("municipality", "number"))


def test_filling_gives_the_proposal_s_number_to_those_without_one() -> None:
    county, proposal = worker(Party.COUNTY, COUNTY), proposed()
    none = next(code for code, number in proposal.items() if not number)
    put(cell("number", 7), cell("asked", True, code=none))
    event = cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    assert numbers() == proposal | {BERGEN: 7, none: None}  # a choice to ask is not turned round
    assert json.loads(event.body)["after"]["source"] == "proposal"
    with pytest.raises(Invalid, match="nothing_to_fill"):
        cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    undo(event)
    assert {code for code, number in numbers().items() if number is not None} == {BERGEN}


def test_more_minors_than_the_number_that_would_be_filled_in_stop_the_filling() -> None:
    put(cell("under15", proposed()[BERGEN] + 1))
    for fill in (cells.fill_from_proposal, cells.spread):
        with pytest.raises(Invalid, match="minors_exceed") as caught:
            fill(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
        assert caught.value.field == f"{BERGEN}-number"
    assert set(numbers().values()) == {None}


def test_the_rest_is_spread_by_the_engine_in_one_event_and_undone() -> None:
    county, target = worker(Party.COUNTY, COUNTY), county_target(standing(YEAR), COUNTY)
    small = next(code for code, number in proposed().items() if not number)
    put(cell("number", 100), cell("asked", False, code=KINN), cell("asked", True, code=small))
    event = cells.spread(county, year=YEAR, county=COUNTY)
    shares = numbers()
    assert (shares[BERGEN], shares[KINN]) == (100, 0)
    assert (shares[small] or 0) >= 10
    assert sum(number or 0 for number in shares.values()) == target
    assert json.loads(event.body)["after"]["source"] == "spread"
    with pytest.raises(Invalid, match="spread_nobody"):
        cells.spread(county, year=YEAR, county=COUNTY)
    undo(event)
    assert [number for number in numbers().values() if number is not None] == [100, 0]
    assert line(small) == {"asked": True}
    assert verify().holds


def test_a_county_that_is_spread_whole_gets_the_proposal() -> None:
    cells.spread(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    assert numbers() == proposed()


def test_what_cannot_be_spread_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    county, target = worker(Party.COUNTY, COUNTY), county_target(standing(YEAR), COUNTY)
    assert target is not None
    put(cell("number", target + 1))
    with pytest.raises(Invalid, match="spread_over") as caught:
        cells.spread(county, year=YEAR, county=COUNTY)
    assert caught.value.facts == {"given": target + 1, "target": target}
    put(cell("number", target - 3))
    with pytest.raises(Invalid, match="spread_impossible") as caught:
        cells.spread(county, year=YEAR, county=COUNTY)
    assert caught.value.facts == {"rest": 3, "near": "0, 10"}

    def tied(*_: object) -> Mapping[str, int]:
        raise NotShared("The rest", Tied({KINN: (4, 5), "4611": (4, 5)}, {}, 1))

    monkeypatch.setattr(cells, "spread_rest", tied)
    with pytest.raises(Invalid, match="spread_tied") as caught:
        cells.spread(county, year=YEAR, county=COUNTY)
    assert caught.value.facts == {"who": "Kinn, Etne"}  # names, as a person knows them
    names = {place.code: place.name for place in municipalities(YEAR)}
    assert (names[KINN], names["4611"]) == ("Kinn", "Etne")
