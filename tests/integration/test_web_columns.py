"""Every column of the county's sheet that people write in comes through everywhere, whichever columns are declared."""

import io
import re
from collections.abc import Mapping
from datetime import date

import pytest

from bosett.rounds.columns import (
    COLUMNS,
    FIELDS,
    GROUPS,
    HIDDEN_AT_FIRST,
    IN_FILES,
    NAMED,
    NAMED_BY_COUNTY,
    NOTE_AT,
    ON_PAGE,
    OWN,
    CellKind,
)
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, own_columns, recommendations
from bosett_web.actions.county.cells import Cell, Value, write_value
from bosett_web.journal.models import Event
from bosett_web.queries.county.versions import lines_of
from bosett_web.records.models import Recommendation, RecommendationLine
from bosett_web.screens.words import WORDS
from markup import tidy
from parties import SHARED, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN = "46", "4601"
PAGE = f"/{YEAR}/counties/{COUNTY}"
BLANK: Mapping[str, Value] = {name: NAMED[name].blank for name in FIELDS}
WHOLES = {"number": 900, "signal": 800}
"""Numbers that others are within."""


def sample(place: int, name: str) -> Value:
    """Return something to write in a column, unlike what is in any other."""
    samples: Mapping[CellKind, Value] = {
        CellKind.CHOICE: True,
        CellKind.NUMBER: WHOLES.get(name, 101 + place),
        CellKind.DATE: date(2020, 6, 1 + place),
        CellKind.TEXT: f"Words of {name}.",
    }
    return samples[NAMED[name].kind]


SAMPLES: Mapping[str, Value] = {name: sample(place, name) for place, name in enumerate(FIELDS)}


OWN_NAMES = {name: f"Vår {name}" for name in NAMED_BY_COUNTY}


def fill() -> Event:
    own_columns.name_columns(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, names=OWN_NAMES)
    wanted = [Cell(BERGEN, name, value) for name, value in SAMPLES.items()]
    return cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted)


def stored_values() -> Mapping[str, Value]:
    line = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=BERGEN)
    return {name: getattr(line, name) for name in FIELDS}


def page(grade: Grade = Grade.CASE_WORKER) -> str:
    return tidy(client_of(Party.COUNTY, COUNTY, grade).get(PAGE).content.decode())


def test_the_page_shows_each_column_in_its_place() -> None:
    fill()
    text = page()
    names = [each.name for each in ON_PAGE]
    head, row = text.split("</thead>")[0], text.split(f'id="row-{BERGEN}"')[1].split("</tr>")[0]
    assert re.findall(r'<th[^>]*data-column="(\w+)"', head) == names
    assert re.findall(r'<td[^>]*data-column="(\w+)"', row) == names[1:]  # the name is the row's own heading
    at = {note: column for column, note in NOTE_AT.items()}
    for name, value in SAMPLES.items():
        cell = row.split(f'data-column="{at.get(name, name)}"')[1].split("</td>")[0]
        assert re.search(f'value="{write_value(value)}"', cell), name


def test_the_page_lets_a_reader_show_and_hide_every_group() -> None:
    fill()
    choices = re.findall(r'<input[^>]*id="show-(\w+)"[^>]*data-columns="([^"]*)"([^>]*)>', page())
    assert {name: tuple(columns.split()) for name, columns, _ in choices} == GROUPS
    assert {name for name, _, shown in choices if "checked" not in shown} == {*HIDDEN_AT_FIRST}


def test_who_may_not_write_reads_each_column() -> None:
    def not_told() -> set[str]:
        row = page(Grade.READER).split(f'id="row-{BERGEN}"')[1].split("</tr>")[0]
        return {name for name in columns if str(SAMPLES[name]) not in row}

    columns = {name for name in FIELDS if NAMED[name].kind in (CellKind.NUMBER, CellKind.TEXT)}
    assert not_told() == columns
    fill()
    assert not_told() == set()


def test_the_script_is_told_each_column() -> None:
    fill()
    sent = client_of(Party.COUNTY, COUNTY).get(f"{PAGE}/cells").json()["rows"][BERGEN]["cells"]
    assert sent == {name: write_value(value) for name, value in SAMPLES.items()}


def test_each_column_goes_out_in_a_file_and_comes_in_again() -> None:
    event, client = fill(), client_of(Party.COUNTY, COUNTY)
    content = client.get(f"{PAGE}.csv").content
    cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)
    heads = [OWN_NAMES.get(each.name) or WORDS[f"book_{each.name}"].nb for each in IN_FILES]
    assert content.decode("utf-8-sig").splitlines()[0].split(";") == heads
    file = io.BytesIO(content)
    file.name = "ark.csv"
    signed = client.get(f"/{YEAR}/").context["signed"]
    shown = client.post(f"{PAGE}/upload", {"shown_to": signed, "file": file}).content.decode()
    changes = re.search(r'name="changes" value="([^"]+)"', tidy(shown))
    assert changes, shown
    client.post(f"{PAGE}/upload/apply", {"shown_to": signed, "changes": changes[1]})
    assert stored_values() == {
        **SAMPLES,
        **dict.fromkeys(NOTE_AT.values(), ""),
    }  # a file shows notes, and brings none in


def test_each_column_is_undone() -> None:
    event = fill()
    assert stored_values() == SAMPLES
    undone = cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)
    assert stored_values() == BLANK
    cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=undone.pk)
    assert stored_values() == SAMPLES


def test_a_version_keeps_what_the_county_recommends() -> None:
    fill()
    recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="Kept")
    kept = lines_of(Recommendation.objects.get(round=YEAR, county=COUNTY).pk, 1)
    assert kept is not None
    assert {name: kept[BERGEN][name] for name in OWN} == {name: SAMPLES[name] for name in OWN}


def test_the_samples_tell_the_columns_apart() -> None:
    values = [value for value in SAMPLES.values() if value is not True]
    assert len({*values}) == len(values)
    assert {each.name for each in COLUMNS if each.editable} == SAMPLES.keys()
