"""Whatever cells are set and undone in whatever order, a line is what a plain model of it says, and the chain holds."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bosett.rounds.columns import FIELDS, NAMED_BY_COUNTY, NUMBERS, TEXTS
from bosett.rounds.parties import Party
from bosett_web.actions.county import cells, own_columns
from bosett_web.actions.county.cells import Cell, Value
from bosett_web.actions.doing import Invalid
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.records import clock
from bosett_web.records.models import RecommendationLine
from parties import SHARED, YEAR, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED), pytest.mark.bulk]
COUNTY, CODES = "46", ("4601", "4602")
State = dict[str, Value]
Model = dict[str, State]
BLANK: Mapping[str, Value] = {field: "" if field in TEXTS else None for field in FIELDS}


@pytest.fixture(autouse=True)
def _columns_of_its_own() -> None:
    """Let the county have named all that it can: only then are they written in."""
    names = {field: f"Our {field}" for field in NAMED_BY_COUNTY}
    own_columns.name_columns(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, names=names)


number = st.one_of(st.none(), st.integers(0, 12))
values: Mapping[str, st.SearchStrategy[Value]] = {
    "asked": st.sampled_from([None, True, False]),
    **dict.fromkeys(NUMBERS, number),
    **dict.fromkeys(TEXTS, st.sampled_from(["", "So.", "Otherwise."])),
    "signal_on": st.one_of(st.none(), st.integers(-3, 2)),  # days from today
}
one_line = st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True).flatmap(
    lambda fields: st.fixed_dictionaries({field: values[field] for field in fields})
)
block = st.dictionaries(st.sampled_from(CODES), one_line, min_size=1)
acts = st.lists(st.one_of(block, st.just("undo")), min_size=1, max_size=8)


def model(line: State, given: Mapping[str, Value], today: date) -> State:
    """Return a line with what can stand of some cells, by the rule as it is told to people: in words, not as coded."""
    after = line | {field: value for field, value in given.items() if field in TEXTS}
    if "signal_on" in given and (given["signal_on"] is None or given["signal_on"] <= today):  # type: ignore[operator]
        after["signal_on"] = given["signal_on"]
    signals = {field: given.get(field, line[field]) for field in ("signal", "signal_minors")}
    if signals["signal"] is None or (signals["signal_minors"] or 0) <= signals["signal"]:  # type: ignore[operator]
        after |= signals
    asks = {field: given.get(field, line[field]) for field in ("asked", "number", "under15", "from15")}
    if given.get("number") is not None:
        says = asks["number"] != 0
        if given.get("asked", says) not in (says, None):
            return after
        asks["asked"] = says
    elif "asked" in given:
        if asks["asked"] is False:
            asks = {"asked": False, "number": 0, "under15": None, "from15": None}
        elif asks["asked"] is None or asks["number"] == 0:
            asks["number"] = None
    elif "number" in given and line["asked"] is False:
        asks["asked"] = None
    minors = (asks["under15"] or 0) + (asks["from15"] or 0)  # type: ignore[operator]
    return after | asks if asks["number"] is None or minors <= asks["number"] else after  # type: ignore[operator]


def lines_now() -> Model:
    rows = RecommendationLine.objects.filter(recommendation__round=YEAR, municipality__in=CODES)
    return {row.municipality: {field: getattr(row, field) for field in FIELDS} for row in rows}


def walk(sequence: list[object], rule: Callable[[State, Mapping[str, Value], date], State]) -> None:
    """Act after act, hold the lines against the model; an undo takes the lines back to before the newest event."""
    county, today, begun = worker(Party.COUNTY, COUNTY), clock.today(), Event.objects.count()
    expected: Model = {code: dict(BLANK) for code in CODES}
    history: list[tuple[int, Model]] = []
    for act in sequence:
        before = {code: dict(line) for code, line in expected.items()}
        if act == "undo":
            if not history:
                continue
            event, expected = history[-1]
            done = cells.undo(county, year=YEAR, county=COUNTY, event=event)
            history.append((done.pk, before))
        else:
            assert isinstance(act, dict)
            wanted = {code: _with_days(line, today) for code, line in act.items()}
            changes = [Cell(code, field, value) for code, line in wanted.items() for field, value in line.items()]
            event_of = cells.set_cells(county, year=YEAR, county=COUNTY, cells=changes).event
            expected = {code: rule(line, wanted.get(code, {}), today) for code, line in expected.items()}
            assert (event_of is None) == (expected == before)
            if event_of is not None:
                history.append((event_of.pk, before))
        assert lines_now() == expected
    assert Event.objects.count() == begun + len(history)
    assert verify().holds


def _with_days(line: Mapping[str, Value], today: date) -> dict[str, Value]:
    return {
        field: today + timedelta(days=value) if field == "signal_on" and isinstance(value, int) else value
        for field, value in line.items()
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts)
@example([{"4601": {"number": 7, "under15": 2}}, {"4601": {"asked": False}}, "undo", "undo", "undo"])
@example([{"4601": {"asked": True}}, {"4601": {"asked": False}}, "undo", {"4601": {"number": 0, "from15": 1}}])
@example([{"4601": {"number": 0}}, {"4601": {"number": None}}, "undo", "undo"])
def test_a_line_is_always_what_a_plain_model_of_it_says(sequence: list[object]) -> None:
    RecommendationLine.objects.filter(municipality__in=CODES).update(**BLANK)  # each example begins anew
    walk(sequence, model)


def forgetful(line: State, given: Mapping[str, Value], today: date) -> State:
    """A known culprit: it forgets that one who is not asked has no minors."""
    after = model(line, given, today)
    return after | {"under15": line["under15"]} if after["number"] == 0 else after


def test_the_check_can_fail() -> None:
    with pytest.raises(AssertionError):
        walk([{"4601": {"number": 7, "under15": 2}}, {"4601": {"asked": False}}], forgetful)


def test_undoing_twice_in_a_row_by_the_same_event_changes_nothing_more() -> None:
    county = worker(Party.COUNTY, COUNTY)
    done = cells.set_cells(county, year=YEAR, county=COUNTY, cells=[Cell("4601", "number", 7)]).event
    assert done is not None
    cells.undo(county, year=YEAR, county=COUNTY, event=done.pk)
    with pytest.raises(Invalid, match="nothing_changed"):
        cells.undo(county, year=YEAR, county=COUNTY, event=done.pk)
    assert lines_now()["4601"] == BLANK
