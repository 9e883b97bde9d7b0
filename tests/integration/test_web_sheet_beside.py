"""What a county keeps beside the numbers of its sheet: columns of its own, and notes at cells; never for the public."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bosett.rounds.columns import BESIDE, NAMED_BY_COUNTY, NOTE_AT
from bosett.rounds.parties import PUBLIC, Grade, Party, Who
from bosett_web.actions.county import cells, own_columns, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.own_columns import LONGEST_NAME
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.lines import NOTHING_BESIDE, UNSAID, lines
from bosett_web.queries.sight import seen, seen_lines
from bosett_web.queries.standing import standing
from bosett_web.records.models import Recommendation, RecommendationLine, SettlementRound
from bosett_web.screens.words import WORDS
from markup import tidy
from parties import DECIDED, SHARED, YEAR, approver, share_proposal, worker
from readers import client_of, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN, KINN = "46", "4601", "4602"
PAGE = f"/{YEAR}/counties/{COUNTY}"
JSON: Mapping[str, Any] = {"headers": {"accept": "application/json"}}
HOUSES, NOTE = "Botilbud <høst>", "Ring Kari & co i juni."


def name_columns(**names: str) -> Event:
    return own_columns.name_columns(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, names=names)


def put(code: str, **values: cells.Value) -> Event:
    wanted = [Cell(code, field, value) for field, value in values.items()]
    return cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted)


def kept(code: str = BERGEN) -> dict[str, str]:
    line = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return {name: value for name in BESIDE if (value := getattr(line, name))}


def submit() -> None:
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    recommendations.ready(county, year=YEAR, county=COUNTY)
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)


def text_of(client: Client, path: str = PAGE) -> str:
    return tidy(client.get(path).content.decode())


def heads(text: str) -> dict[str, str]:
    return dict(re.findall(r'<th[^>]*data-column="(\w+)"[^>]*>([^<]*)<', text.split("</thead>", maxsplit=1)[0]))


def refused(**names: str) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(Invalid) as caught:
        name_columns(**names)
    return caught.value.field, caught.value.code, dict(caught.value.facts)


# Own columns


def test_a_column_is_there_when_the_county_has_named_it_and_is_written_as_any() -> None:
    client = client_of(Party.COUNTY, COUNTY)
    assert not heads(text_of(client)).keys() & {*NAMED_BY_COUNTY}
    name_columns(own2=f"  {HOUSES} ")
    assert heads(text_of(client)).get("own2") == "Botilbud &lt;høst&gt;"
    mark = str(client.get(f"/{YEAR}/").context["signed"])
    block = json.dumps([{"m": BERGEN, "f": "own2", "v": "40 plasser", "b": ""}])
    answer = client.post(f"{PAGE}/cells", {"shown_to": mark, "cells": block}, **JSON)
    assert answer.json()["rows"][BERGEN]["cells"]["own2"] == "40 plasser"
    row = text_of(client).split(f'id="row-{BERGEN}"')[1].split("</tr>")[0]
    assert 'data-label="Botilbud &lt;høst&gt;"' in row
    assert re.search(rf'<input[^>]*name="{BERGEN}-own2"[^>]*value="40 plasser"', row)
    event = Event.objects.order_by("-pk")[0]
    cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)
    assert kept() == {}


def test_a_cell_of_a_column_that_is_not_named_is_no_cell() -> None:
    with pytest.raises(Invalid) as caught:
        put(BERGEN, own1="x")
    assert caught.value.code == "unknown_field"


def test_naming_is_journalled_as_free_text_and_is_the_county_s_own() -> None:
    event = name_columns(own1=HOUSES)
    assert event.name == "recommendation.columns"
    assert FreeText.objects.get(event=event, field="own1").text == HOUSES
    assert HOUSES not in event.body
    for actor in (worker(Party.DIRECTORATE), worker(Party.KS), worker(Party.COUNTY, "11")):
        with pytest.raises(Objected):
            own_columns.name_columns(actor, year=YEAR, county=COUNTY, names={"own1": "Annet"})
    submit()
    with pytest.raises(Objected):
        name_columns(own1="Annet")


def test_a_name_is_given_once_and_a_column_that_holds_something_stays() -> None:
    assert refused(own1="Botilbud", own3="botilbud") == ("own3", "column_taken", {"name": "botilbud"})
    assert refused(own1="x" * (LONGEST_NAME + 1)) == ("own1", "column_long", {"most": LONGEST_NAME})
    assert refused()[1] == "nothing_changed"
    name_columns(own1="Botilbud", own2="Skole")
    put(KINN, own1="Mange")
    assert refused(own2="Skole") == ("own1", "column_holds", {"name": "Botilbud"})
    name_columns(own1="Boliger")  # another name, and the empty one away
    assert Recommendation.objects.get(round=YEAR, county=COUNTY).own_columns == {"own1": "Boliger"}
    assert kept(KINN) == {"own1": "Mange"}


@pytest.mark.parametrize("heading", ["Begrunnelse", "grunngiving", "Reason"])
def test_a_column_is_not_called_as_another_in_any_language_and_what_was_typed_is_kept(heading: str) -> None:
    client = client_of(Party.COUNTY, COUNTY)
    assert heading.casefold() in {word.casefold() for word in WORDS["book_reason"]}
    mark = str(client.get(f"/{YEAR}/").context["signed"])
    form = {"shown_to": mark, "county": COUNTY, "own1": heading, "own2": "Skole", "own3": ""}
    answer = client.post(f"/{YEAR}/do/recommendation.columns", form)
    assert answer.status_code == 422
    text = tidy(answer.content.decode())
    assert f"En annen kolonne heter «{heading}»." in text
    assert re.search(r'name="own2"[^>]*value="Skole"', text)
    assert client.post(f"/{YEAR}/do/recommendation.columns", form | {"own1": "Boliger"}).status_code == 302


def test_the_workbook_has_the_column_under_its_name_and_brings_it_in_again() -> None:
    name_columns(own1=HOUSES)
    put(BERGEN, own1="40 plasser")
    client = client_of(Party.COUNTY, COUNTY)
    content = client.get(f"{PAGE}.csv").content.decode("utf-8-sig")
    assert HOUSES in content.splitlines()[0].split(";")
    assert WORDS["book_own2"].nb not in content.splitlines()[0]
    file = io.BytesIO(content.replace("40 plasser", "50 plasser").encode("utf-8-sig"))
    file.name = "ark.csv"
    mark = client.get(f"/{YEAR}/").context["signed"]
    shown = tidy(client.post(f"{PAGE}/upload", {"shown_to": mark, "file": file}).content.decode())
    assert "Botilbud &lt;høst&gt;" in shown
    assert "50 plasser" in shown
    changes = re.search(r'name="changes" value="([^"]+)"', shown)
    assert changes, shown
    assert client.post(f"{PAGE}/upload/apply", {"shown_to": mark, "changes": changes[1]}).status_code == 302
    assert kept() == {"own1": "50 plasser"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{PAGE}.xlsx").content))
    assert any(HOUSES in row for row in book.get_sheet_by_index(0).to_python())


@pytest.mark.begins_at(DECIDED)
def test_a_county_keeps_its_columns_from_one_round_to_the_next() -> None:
    for year, names in ((YEAR - 2, {"own1": "Skole"}), (YEAR - 1, {"own1": HOUSES})):
        SettlementRound.objects.get_or_create(pk=year)
        Recommendation.objects.create(round_id=year, county=COUNTY, own_columns=names)
    share_proposal()
    kept_names = dict(Recommendation.objects.filter(round=YEAR).values_list("county", "own_columns"))
    assert kept_names.pop(COUNTY) == {"own1": HOUSES}
    assert not any(kept_names.values())
    assert heads(text_of(client_of(Party.COUNTY, COUNTY)))["own1"] == "Botilbud &lt;høst&gt;"


# Notes


def test_a_note_is_written_at_a_cell_undone_and_stands_in_the_workbook_as_one() -> None:
    event = put(BERGEN, note_number=NOTE)
    text = text_of(client_of(Party.COUNTY, COUNTY))
    row = text.split(f'id="row-{BERGEN}"')[1].split("</tr>")[0]
    cell = row.split('data-column="number"')[1].split("</td>")[0]
    assert 'data-noted title="Ring Kari &amp; co i juni."' in cell
    assert f'aria-describedby="n-{BERGEN}-number"' in cell
    assert f'<span class="unseen" id="n-{BERGEN}-number">Ring Kari &amp; co i juni.</span>' in cell
    assert re.search(rf'<input type="hidden" class="cell" name="{BERGEN}-note_number" value="Ring Kari &amp;', cell)
    book = zipfile.ZipFile(io.BytesIO(client_of(Party.COUNTY, COUNTY).get(f"{PAGE}.xlsx").content))
    assert "Ring Kari &amp; co i juni." in book.read("xl/comments1.xml").decode()
    assert NOTE not in event.body
    cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)
    assert kept() == {}


def test_who_reads_is_told_the_notes_below_the_grid() -> None:
    put(KINN, note_signal=NOTE)
    text = text_of(client_of(Party.COUNTY, COUNTY, Grade.READER))
    assert "<li><strong>Kinn, Kommunens signal:</strong> Ring Kari &amp; co i juni.</li>" in text
    assert text.count("data-noted") == 1


# For whom


def shown_to(who: Who) -> set[str]:
    """Return what somebody is told of what Bergen's line has beside its numbers, and of the names of the columns."""
    at = standing(YEAR)
    row = next(each for each in lines(at, at.recommendations[COUNTY].proposal, COUNTY) if each.code == BERGEN)
    (line,) = seen_lines(at, [row], who, timezone.now())
    named = seen(at, who, timezone.now()).recommendations.get(COUNTY)
    names = {"names"} if named is not None and named.own_columns else set()
    return {name for name in BESIDE if getattr(line, name)} | names


def test_it_is_seen_by_the_parties_of_the_meeting_and_never_by_others() -> None:
    assert {*NOTHING_BESIDE} == {*BESIDE} <= {*UNSAID}
    assert {*NOTE_AT.values()} | {*NAMED_BY_COUNTY} == {*BESIDE}
    name_columns(**{field: f"Kolonne {field}" for field in NAMED_BY_COUNTY})
    put(BERGEN, **dict.fromkeys(BESIDE, NOTE))
    own, ks, directorate = Who(1, Party.COUNTY, COUNTY, COUNTY), Who(1, Party.KS), Who(1, Party.DIRECTORATE)
    others = (
        PUBLIC,
        Who(1, Party.MUNICIPALITY, BERGEN, COUNTY),
        Who(1, Party.COUNTY, "11", "11"),
        Who(1, Party.MINISTRY),
    )
    everything = {*BESIDE, "names"}
    assert shown_to(own) == everything
    assert shown_to(ks) == shown_to(directorate) == set()
    submit()
    assert shown_to(own) == shown_to(ks) == shown_to(directorate) == everything
    Recommendation.objects.filter(round=YEAR).update(state="final")
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", release_at=timezone.now())
    assert shown_to(own) == shown_to(ks) == shown_to(directorate) == everything
    for who in others:
        assert shown_to(who) == set(), who


def test_nothing_of_it_is_in_a_release() -> None:
    name_columns(own1=HOUSES)
    put(BERGEN, own1="40 plasser", note_number=NOTE)
    submit()
    Recommendation.objects.filter(round=YEAR).update(state="final")
    SettlementRound.objects.filter(pk=YEAR).update(release_at=timezone.now())
    release = repr(public_of(YEAR))
    for words in (HOUSES, "40 plasser", NOTE):
        assert words not in release
