"""Borders: where a place comes in the plane, that neighbours keep one border, and what is refused."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_socket import disable_socket, enable_socket

import published
from bosett.basis.structures import Structure
from bosett.geography import municipalities
from bosett.geography.borders import Point, Ring, area, border_map, projected
from bosett.sources.answers import UnreadableAnswer
from bosett.sources.fetching import Fetched, from_bytes
from bosett.sources.kartverket import fetch_areas, read_borders
from publishers import DAY, fetcher, publishing

DEGREE = 1_000_000


def near(number: int, wanted: int, within: int) -> bool:
    return abs(number - wanted) <= within


def test_places_in_the_plane() -> None:
    # A degree along a meridian is 6 371 000 m times pi / 180 = 111 195 m; at a standard parallel, 60 north, a degree to
    # the east is half of it along the arc, cos 60 = 1/2.
    x, y = projected((15 * DEGREE, 60 * DEGREE))
    assert x == 0
    north = projected((15 * DEGREE, 61 * DEGREE))
    assert (north[0], near(y - north[1], 111_195, 2)) == (0, True)
    east = projected((16 * DEGREE, 60 * DEGREE))
    assert near((east[0] - x) ** 2 + (east[1] - y) ** 2, 55_597**2, 55_597 * 20)
    west = projected((14 * DEGREE, 60 * DEGREE))
    assert near(west[0], -east[0], 2)
    assert near(west[1], east[1], 2)


def square(x: int, y: int, side: int = 10_000) -> Ring:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def test_corners_where_three_meet_are_kept() -> None:
    shapes = {"a": [square(0, 0)], "b": [square(10_000, 0)], "c": [square(0, 10_000)]}
    drawn = border_map(shapes, tolerance=100)
    assert {code: set(rings[0]) for code, rings in drawn.shapes.items()} == {
        code: set(rings[0]) for code, rings in shapes.items()
    }
    assert (drawn.width, drawn.height) == (20_000, 20_000)


def test_points_on_a_line_go_and_those_beside_it_stay() -> None:
    ring: Ring = ((0, 0), (5_000, 90), (10_000, 0), (10_000, 10_000), (5_000, 10_110), (0, 10_000))
    (corners,) = border_map({"a": [ring]}, tolerance=100).shapes["a"]
    assert set(corners) == {(0, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_110), (0, 10_000)}


def test_small_islands_go_but_not_the_largest_part_of_anybody() -> None:
    shapes = {"a": [square(0, 0, 5_000), square(20_000, 0, 1_000)], "b": [square(40_000, 0, 1_000)]}
    drawn = border_map(shapes, tolerance=10, smallest_island=4_000_000)
    assert {code: [area(ring) // 2 for ring in rings] for code, rings in drawn.shapes.items()} == {
        "a": [25_000_000],
        "b": [1_000_000],
    }


def test_a_shape_smaller_than_the_tolerance_is_still_seen() -> None:
    drawn = border_map({"a": [square(0, 0)], "b": [square(50_000, 0, 300)]}, tolerance=2_000)
    assert area(drawn.shapes["b"][0]) > 0


WIGGLES = st.lists(st.integers(-3_000, 3_000), min_size=1, max_size=40)


def two(wiggles: Sequence[int]) -> tuple[Ring, Ring]:
    """Return two areas with a border between them that goes from north to south, each in its own order of points."""
    border: list[Point] = [(20_000, 0)]
    border += [(20_000 + to_side, 1_000 * place) for place, to_side in enumerate(wiggles, 1)]
    border.append((20_000, 1_000 * (len(wiggles) + 1)))
    south = border[-1][1]
    west: Ring = ((0, 0), *border, (0, south))
    east: Ring = (*reversed(border), (40_000, 0), (40_000, south))
    return west, east


@given(WIGGLES, st.integers(0, 2_500), st.integers(0, 50))
def test_neighbours_keep_one_border(wiggles: list[int], tolerance: int, turn: int) -> None:
    west, east = two(wiggles)
    place = turn % len(east)
    drawn = border_map({"w": [west], "e": [(*east[place:], *east[:place])]}, tolerance)
    shared = [point for point in drawn.shapes["w"][0] if point[0] not in (0, 40_000)]
    assert sorted(shared) == sorted(point for point in drawn.shapes["e"][0] if point[0] not in (0, 40_000))


def distance(point: Point, start: Point, end: Point) -> tuple[int, int]:
    """Return the square of the distance from a line, as a fraction."""
    length = (end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2
    along = (end[0] - start[0]) * (point[0] - start[0]) + (end[1] - start[1]) * (point[1] - start[1])
    if not 0 < along < length:
        return min((point[0] - a) ** 2 + (point[1] - b) ** 2 for a, b in (start, end)), 1
    cross = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return cross * cross, length


@given(WIGGLES, st.integers(1, 2_500))
def test_no_point_lies_farther_from_the_new_line_than_is_allowed(wiggles: list[int], tolerance: int) -> None:
    west, east = two(wiggles)
    (ring,) = border_map({"w": [west], "e": [east]}, tolerance).shapes["w"]
    left, top = min(x for x, _ in (*west, *east)), min(y for _, y in (*west, *east))
    sides = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    for x, y in west:
        far = [distance((x - left, y - top), *side) for side in sides]
        assert any(above <= tolerance**2 * below for above, below in far)


# Kartverket's answers


def collection(codes: Sequence[str], name: str = "kommunenummer") -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {name: code},
                "geometry": {"type": "Polygon", "coordinates": [published.square(code)]},
            }
            for code in codes
        ],
    }


CODES = [each.code for each in municipalities(2024)]


def of(value: object) -> Fetched:
    return from_bytes("kommuner.geojson", json.dumps(value).encode(), DAY)


def test_areas_that_were_fetched_and_a_file_give_the_same_map() -> None:
    enable_socket()
    with publishing() as server:
        fetched = fetch_areas(fetcher(), Structure.Y2024, server.kommuneinfo)
    disable_socket(allow_unix_socket=True)
    by_area = read_borders(fetched, Structure.Y2024, tolerance=100)
    by_file = read_borders(of(collection(CODES)), Structure.Y2024, tolerance=100)
    layered = read_borders(of({"kommune": collection(CODES, "code")}), Structure.Y2024, tolerance=100)
    assert by_area == by_file == layered
    assert list(by_area.shapes) == CODES
    # A grid of twenty columns of half a degree: neighbours share two corners.
    assert len(set(by_area.shapes["1101"][0]) & set(by_area.shapes["1103"][0])) == 2


def test_metres_of_utm_are_read_as_they_are() -> None:
    borders = collection(CODES)
    for place, feature in enumerate(borders["features"]):
        x, y = 10_000 * (place % 20), 6_500_000 + 10_000 * (place // 20)
        ring = [[x, y], [x + 10_000.5, y], [x + 10_000, y + 10_000], [x, y + 10_000], [x, y]]
        feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[ring]]}
    drawn = read_borders(of(borders), Structure.Y2024, tolerance=100)
    assert (drawn.width, drawn.height) == (200_000, 180_000)


def test_a_code_that_a_program_took_for_a_number_gets_its_zero_back() -> None:
    borders = collection(CODES)
    for feature in borders["features"]:
        feature["properties"] = {"kommunenummer": int(feature["properties"]["kommunenummer"])}
    assert list(read_borders(of(borders), Structure.Y2024).shapes) == CODES


def test_borders_of_too_many_points_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett.sources.kartverket.MOST_POINTS", 4 * 357 - 1)
    with pytest.raises(UnreadableAnswer, match="more than 1427 points"):
        read_borders(of(collection(CODES)), Structure.Y2024)


def _moved(borders: dict[str, Any]) -> None:
    borders["features"][0]["geometry"]["coordinates"][0][0] = [100.0, 10.0]


def _line(borders: dict[str, Any]) -> None:
    borders["features"][0]["geometry"]["type"] = "LineString"


def _text(borders: dict[str, Any]) -> None:
    borders["features"][0]["geometry"]["coordinates"][0][0] = ["ten", 60]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda borders: borders["features"].pop(3),
            "1 of the 357 municipalities of 2024 are missing in the borders: 1106",
        ),
        (
            lambda borders: borders["features"][0]["properties"].update(kommunenummer="3001"),
            "no municipalities of 2024: 3001",
        ),
        (lambda borders: borders["features"][0].pop("properties"), "a feature has no properties"),
        (lambda borders: borders["features"][0].pop("geometry"), "an area has no coordinates"),
        (
            lambda borders: borders["features"][0]["geometry"].update(coordinates=[[[5, 60], [6, 60]]]),
            "fewer than three",
        ),
        (lambda borders: borders["features"][0]["geometry"].update(coordinates=[]), "no polygon"),
        (lambda borders: borders.update(features={}), "not a list of objects"),
        (_moved, "a point of 0301 lies outside Norway"),
        (_line, "the area of 0301 is no polygon"),
        (_text, "no pair of numbers"),
    ],
)
def test_borders_that_are_not_whole_are_refused(change: Callable[[dict[str, Any]], object], sentence: str) -> None:
    borders = collection(CODES)
    change(borders)
    with pytest.raises(UnreadableAnswer) as fault:
        read_borders(of(borders), Structure.Y2024)
    assert sentence in str(fault.value)
