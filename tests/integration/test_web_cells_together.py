"""The fields that one key stroke sets together, with two writers: no act writes over what its writer had not seen."""

import json
from collections.abc import Mapping

import pytest

from bosett.rounds.columns import FIELDS, TOGETHER
from bosett.rounds.parties import Party
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import UNREAD, BadCell, Cell, Conflict, Done, Unread, Value
from bosett_web.journal.models import Event
from bosett_web.records.models import RecommendationLine
from parties import SHARED, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED), pytest.mark.bulk]
COUNTY, BERGEN, KINN = "46", "4601", "4602"
PAGE = f"/{YEAR}/counties/{COUNTY}"
ASKED_20: Mapping[str, Value] = {"asked": True, "number": 20}


def put(*wanted: Cell, source: str = "") -> Done:
    return cells.set_cells(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted, source=source)


def cell(field: str, value: Value | Unread, before: Value | Unread = UNREAD, code: str = BERGEN) -> Cell:
    return Cell(code, field, value, before)


def line(code: str = BERGEN) -> dict[str, Value]:
    """Return what a line holds of the fields that go together."""
    row = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return {field: getattr(row, field) for field in TOGETHER if getattr(row, field) is not None}


def clashes_of(done: Done) -> dict[str, tuple[str, ...]]:
    """Return what clashed, each with what is held with it, when nothing else came of an act."""
    assert (done.event, done.faults) == (None, ())
    return {clash.field: clash.beside for clash in done.clashes}


# Undo and redo


def test_undoing_a_number_that_another_has_written_anew_empties_it_for_nobody() -> None:
    put(cell("number", 20, None))
    put(cell("number", 30, 20))
    done = put(cell("number", None, 20), cell("asked", None, before=True), source="undo")
    assert line() == {"asked": True, "number": 30}
    assert clashes_of(done) == {"number": ("number", "asked")}
    (clash,) = done.clashes
    assert (clash.mine, clash.theirs, clash.before) == (None, 30, 20)


def test_doing_again_what_another_has_written_since_writes_nothing() -> None:
    put(cell("asked", None, None), cell("number", 30, None))
    done = put(cell("asked", value=True, before=None), cell("number", 20, None), source="undo")
    assert (line(), clashes_of(done)) == ({"asked": True, "number": 30}, {"number": ("asked", "number")})


def test_undoing_a_choice_does_not_take_the_number_that_another_has_given_since() -> None:
    chosen = put(cell("asked", value=True, before=None)).event
    put(cell("number", 30, None))
    done = put(cell("asked", None, before=True), source="undo")
    assert (line(), clashes_of(done)) == ({"asked": True, "number": 30}, {"number": ("asked",)})
    assert chosen is not None
    with pytest.raises(Conflict) as refused:  # the same by the page's button
        cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=chosen.pk)
    assert (refused.value.field, refused.value.facts["theirs"]) == (f"{BERGEN}-number", 30)
    assert line() == {"asked": True, "number": 30}


# What follows from a cell


@pytest.mark.parametrize("field", ["number", "under15", "from15"])
def test_what_follows_from_a_choice_is_not_written_over_what_was_not_seen(field: str) -> None:
    put(cell("number", 20), cell("under15", 2), cell("from15", 3))
    beside = {name: cell(name, UNREAD, seen) for name, seen in (("number", 20), ("under15", 2), ("from15", 3))}
    put(cell(field, 9))
    done = put(cell("asked", value=False, before=True), *beside.values())
    assert clashes_of(done) == {field: ("asked",)}
    assert line() == {"asked": True, "number": 20, "under15": 2, "from15": 3} | {field: 9}
    beside[field] = cell(field, UNREAD, 9)  # seen now
    assert put(cell("asked", value=False, before=True), *beside.values()).clashes == ()
    assert line() == {"asked": False, "number": 0}


def test_what_is_not_told_was_not_seen_but_over_nothing_nothing_is_lost() -> None:
    put(cell("number", 20))
    assert clashes_of(put(cell("asked", value=False, before=True))) == {"number": ("asked",)}
    assert put(cell("asked", value=False, before=None, code=KINN)).clashes == ()
    assert line(KINN) == {"asked": False, "number": 0}


def test_an_act_that_does_not_say_what_it_saw_sets_whatever_it_is() -> None:
    put(cell("number", 20), cell("under15", 2))
    assert put(cell("asked", value=False)).clashes == ()
    assert line() == {"asked": False, "number": 0}


def test_a_clash_holds_its_group_and_no_other_cell_of_the_row_or_of_the_act() -> None:
    put(cell("number", 30))
    done = put(
        *(cell("number", 20, None), cell("under15", 2, None), cell("reason", "So.", ""), cell("signal", 25, None)),
        cell("number", 7, None, code=KINN),
    )
    assert [(clash.field, clash.beside) for clash in done.clashes] == [("number", ("number", "under15"))]
    assert line() == {"asked": True, "number": 30}
    assert line(KINN) == {"asked": True, "number": 7}
    row = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=BERGEN)
    assert (row.reason, row.signal) == ("So.", 25)


def test_the_act_tells_what_it_made_of_each_cell_and_of_those_that_followed() -> None:
    done = put(cell("number", 20, None), cell("reason", "So.", ""))
    assert done.made == {BERGEN: {"number": (None, 20), "asked": (None, True), "reason": ("", "So.")}}
    assert put(cell("number", 20, None)).made == {BERGEN: {"number": (20, 20)}}  # sent again
    assert put(cell("number", 30, None)).made == {}


# What cannot be read


@pytest.mark.parametrize("chosen", [True, False])
def test_a_choice_beside_a_number_that_cannot_be_read_leaves_the_stored_number(chosen: bool) -> None:
    stored = 0 if chosen else 20
    put(cell("number", stored))
    done = put(cell("asked", chosen), cell("number", BadCell("30 35", "number_spaced")))
    assert line() == {"asked": not chosen, "number": stored}
    assert {(fault.field, fault.code) for fault in done.faults} == {
        ("number", "number_spaced"),
        ("asked", "waits_beside"),
    }
    assert done.event is None


# The other ways in


def test_the_form_without_script_holds_what_another_has_written_beside() -> None:
    put(cell("number", 20))
    client = client_of(Party.COUNTY, COUNTY)
    page = client.get(PAGE)
    was = dict.fromkeys(FIELDS, "") | {"asked": "yes", "number": "20"}
    filled = {f"{BERGEN}-{field}": value for field, value in was.items()} | {f"{BERGEN}-asked": "no"}
    put(cell("number", 30))
    form = filled | {f"{BERGEN}-was": json.dumps(was), "county": COUNTY, "shown_to": page.context["signed"]}
    answer = client.post(f"/{YEAR}/do/recommendation.edit", form | {"reason": "", "reason-was": ""})
    assert answer.status_code == 422
    assert line() == {"asked": True, "number": 30}
    form |= {f"{BERGEN}-was": json.dumps(was | {"number": "30"}), f"{BERGEN}-number": "30"}
    assert client.post(f"/{YEAR}/do/recommendation.edit", form | {"reason": "", "reason-was": ""}).status_code == 302
    assert line() == {"asked": False, "number": 0}


def test_a_file_that_was_looked_at_before_another_wrote_does_not_take_their_number() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    put(cell("number", 20))
    client = client_of(Party.COUNTY, COUNTY)
    signed = client.get(f"/{YEAR}/").context["signed"]
    file = SimpleUploadedFile("a.csv", f"Kommunenummer;Anmodes\n{BERGEN};nei\n".encode(), "text/csv")
    seen = client.post(f"{PAGE}/upload", {"file": file, "shown_to": signed})
    assert seen.status_code == 200, seen.context["faults"]
    put(cell("number", 30))
    count = Event.objects.count()
    form = {"changes": seen.context["signed_changes"], "shown_to": signed}
    assert client.post(f"{PAGE}/upload/apply", form).status_code == 422
    assert (line(), Event.objects.count()) == ({"asked": True, "number": 30}, count)
