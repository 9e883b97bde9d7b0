"""The real map beside the tiles, from a folder of borders that whoever runs the workspace has saved."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from bosett.cli import main
from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett_web.operations.settings_list import SETTINGS
from bosett_web.queries.borders import borders_of
from bosett_web.records import clock
from bosett_web.records.models import Request
from bosett_web.screens.words import say
from parties import FROZEN, YEAR
from published import square
from readers import client_of

CHECK = next(each.check for each in SETTINGS if each.name == "BOSETT_BORDERS")


def saved(folder: Path, year: int = 2020, leave_out: str = "") -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"kommunenummer": each.code},
            "geometry": {"type": "Polygon", "coordinates": [square(each.code, year)]},
        }
        for each in municipalities(year)
        if each.code != leave_out
    ]
    path = folder / f"{year}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
@pytest.mark.parametrize("page", ["country", "counties/46", "decisions"])
def test_it_stands_beside_the_tiles(settings: LazySettings, tmp_path: Path, page: str) -> None:
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment())  # else there are no answers to draw
    client = client_of(Party.DIRECTORATE)
    label = f'aria-label="{say("real_map", "nb")}"'
    assert label not in client.get(f"/{YEAR}/{page}").content.decode()
    saved(tmp_path)
    settings.BORDERS = tmp_path
    content = client.get(f"/{YEAR}/{page}").content.decode()
    assert content.count(label) == 1
    assert 'class="map real"' in content


def test_without_a_file_of_its_structure_a_year_has_tiles_alone(settings: LazySettings, tmp_path: Path) -> None:
    saved(tmp_path)
    settings.BORDERS = tmp_path
    assert borders_of(2027) is None
    borders = borders_of(2023)
    assert borders is not None
    assert set(borders.shapes) == {place.code for place in municipalities(2023)}


def test_a_file_that_cannot_be_read_is_told_by_the_check_and_breaks_no_page(
    settings: LazySettings, tmp_path: Path
) -> None:
    assert "there is none of 2019.geojson, 2020.geojson, 2024.geojson" in CHECK(str(tmp_path), {})
    saved(tmp_path, leave_out="4601")
    assert "4601" in CHECK(str(tmp_path), {})
    settings.BORDERS = tmp_path
    assert borders_of(YEAR) is None
    saved(tmp_path)
    assert CHECK(str(tmp_path), {}) == ""


def test_the_page_of_a_round_has_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path)
    assert main(["round", str(YEAR), "--out", str(tmp_path / "out"), "--borders", str(path)]) == 0
    page = (tmp_path / "out" / f"bosett-{YEAR}.html").read_text(encoding="utf-8")
    assert page.count('class="map real"') == 1
    assert page.count('class="map"') == 1
    capsys.readouterr()
    assert main(["round", "2024", "--total", "100", "--out", str(tmp_path / "out"), "--borders", str(path)]) == 2
    assert "these are no municipalities of 2024" in capsys.readouterr().err
