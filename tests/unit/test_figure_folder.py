"""Accepted figures in a folder: written, read again the same, and refused when damaged or foreign."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import madeup
from bosett.basis.digest import digest
from bosett.basis.tables import check_in
from bosett.figures import SHIPPED, BadContent, Figure, FigureVersion, Status, UnknownIndicator, series, version_from
from bosett.figures.cells import NoFigure, figure_of, value_text
from bosett.sources.figure_folder import (
    DamagedFolder,
    FigureFolder,
    FolderNotWritten,
    NoFigureFolder,
    NotInForce,
    accept_into,
    read_folder,
    take_back_in,
    write_folder,
)
from bosett.sources.plain_figures import BadFigureFile, read_plain

DAY = date(2026, 11, 29)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "figures"
    accept_into(place, madeup.requests_of_2026(), on=DAY, by=madeup.BY)
    accept_into(place, madeup.total_of_2027(), on=DAY, by=madeup.BY)
    return place


def test_what_is_accepted_is_read_again_the_same(folder: Path) -> None:
    there = read_folder(folder)
    assert [each.sequence for each in there.accepted] == [1, 2]
    assert [each.version for each in there.accepted] == [madeup.requests_of_2026(), madeup.total_of_2027()]
    assert there.layers == madeup.layers(madeup.requests_of_2026(), madeup.total_of_2027())
    assert series("requested", 2026, figures=there.layers).values()["1103"] > 0
    assert [(finding.ok, finding.name) for finding in check_in(folder)] == [
        (True, "0001-requested"),
        (True, "0002-national_requested_first"),
    ]


def test_it_is_a_described_package_that_says_who_and_when(folder: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    first = described["resources"][0]
    assert first["accepted"] == {
        "sequence": 1,
        "on": "2026-11-29",
        "by": madeup.BY,
        "sha256": madeup.requests_of_2026().sha256,
    }
    assert (first["rowcount"], first["version"]["known_on"]) == (357, "2026-01-15")
    lines = (folder / first["path"]).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "time,code,value,status,kept"
    assert lines[1].startswith("2026,0301,")


def test_the_same_acceptances_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_folder(again, read_folder(folder))
    for path in sorted(each.relative_to(folder) for each in folder.rglob("*") if each.is_file()):
        assert (again / path).read_bytes() == (folder / path).read_bytes()
    with pytest.raises(FolderNotWritten, match="it is not empty"):
        write_folder(again, FigureFolder())


def test_taken_back_is_kept_and_no_longer_read(folder: Path) -> None:
    before = read_folder(folder).layers
    accept_into(folder, madeup.everywhere("employed", "2026"), on=DAY, by=madeup.BY)
    event = take_back_in(folder, 3, on=DAY, by=madeup.BY, why="of the wrong year")
    there = read_folder(folder)
    assert (event.sequence, event.of, there.taken_back) == (4, 3, (event,))
    assert (there.layers, len(there.accepted)) == (before, 3)
    assert accept_into(folder, madeup.everywhere("employed", "2026"), on=DAY, by=madeup.BY).sequence == 5
    with pytest.raises(NotInForce, match=r"Version 3 of .* is not in force\. In force are: 1, 2, 5\."):
        take_back_in(folder, 3, on=DAY, by=madeup.BY, why="again")


def test_an_empty_folder_and_none_are_made(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    accept_into(empty, madeup.total_of_2027(), on=DAY, by=madeup.BY)
    take_back_in(empty, 1, on=DAY, by=madeup.BY, why="x")
    assert read_folder(empty).layers == SHIPPED


def _foreign_name(described: dict[str, object]) -> None:
    described["name"] = "bosett-figures"


def _who(described: dict[str, object]) -> None:
    described["resources"][0]["accepted"]["by"] = "Somebody else"  # type: ignore[index]


def _outside(described: dict[str, object]) -> None:
    described["resources"][0]["path"] = "../../secret.csv"  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "kind", "what"),
    [
        (_foreign_name, NoFigureFolder, "tells of 'bosett-figures'"),
        (_who, DamagedFolder, "datapackage.json has another checksum than it was written with"),
        (_outside, DamagedFolder, "another checksum"),
    ],
)
def test_another_descriptor_is_refused(
    folder: Path, change: Callable[[dict[str, object]], None], kind: type[Exception], what: str
) -> None:
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    path.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(kind, match=what):
        read_folder(folder)


def _earlier(described: dict[str, object]) -> None:
    described["resources"][0]["version"]["known_on"] = "2025-01-15"  # type: ignore[index]


def _unknown(described: dict[str, object]) -> None:
    described["resources"][0]["version"]["indicator"] = "luck"  # type: ignore[index]


def _no_structure(described: dict[str, object]) -> None:
    described["resources"][0]["version"]["structure"] = 2022  # type: ignore[index]


def _lacking(described: dict[str, object]) -> None:
    del described["resources"][0]["accepted"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_outside, r"\.\./\.\./secret\.csv is no file of a version"),
        (_earlier, "0001-requested.csv has another content than was accepted"),
        (_unknown, "is of an indicator that this version of Bosett lacks"),
        (_no_structure, "holds what it may not: it tells what it may not"),
        (_lacking, r"datapackage\.json tells what it may not"),
    ],
)
def test_a_forged_descriptor_is_refused_also_with_the_right_checksum(
    folder: Path, change: Callable[[dict[str, object]], None], what: str
) -> None:
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    described["contents"] = digest({"resources": described["resources"], "takenBack": described["takenBack"]})
    path.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(DamagedFolder, match=what):
        read_folder(folder)


def test_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FolderNotWritten, match="cannot be written"):
        accept_into(tmp_path / "file" / "figures", madeup.total_of_2027(), on=DAY, by=madeup.BY)
    with pytest.raises(FolderNotWritten, match="cannot be written"):
        write_folder(tmp_path / "file" / "figures", FigureFolder())


def test_a_changed_or_lost_table_is_refused(folder: Path) -> None:
    table = folder / "versions" / "0001-requested.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b",ok,", b",hidden,", 1))
    with pytest.raises(DamagedFolder, match=r"0001-requested has another checksum.* Restore the folder from a copy\.$"):
        read_folder(folder)
    table.unlink()
    with pytest.raises(DamagedFolder, match="is missing"):
        read_folder(folder)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"name": "bosett-accepted-figures", "resources": [1]}'])
def test_what_is_no_descriptor_is_refused(folder: Path, text: str) -> None:
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises((DamagedFolder, NoFigureFolder)):
        read_folder(folder)


def test_what_is_no_folder_of_figures(tmp_path: Path) -> None:
    with pytest.raises(NoFigureFolder, match=r"there is no datapackage\.json in it"):
        read_folder(tmp_path / "nowhere")
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    with pytest.raises(NoFigureFolder):
        accept_into(tmp_path, madeup.total_of_2027(), on=DAY, by=madeup.BY)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["letter.txt"]


def test_a_write_that_broke_off_is_told_of(folder: Path) -> None:
    (folder / "versions" / "0003-employed.csv").write_text("half", encoding="utf-8")
    with pytest.raises(FolderNotWritten, match=r"0003-employed\.csv stands there and is not listed"):
        accept_into(folder, madeup.everywhere("employed", "2026"), on=DAY, by=madeup.BY)
    assert len(read_folder(folder).accepted) == 2


@pytest.mark.parametrize(
    "version",
    [
        madeup.requests_of_2026(),
        madeup.unemployed_of_february_2026(),
        replace(madeup.everywhere("employed_pct", "2025"), published_on=DAY, kept=(("2025", "1103"), ("2025", "0301"))),
    ],
    ids=lambda version: version.indicator,
)
def test_a_version_is_plain_data_and_back(version: FigureVersion) -> None:
    again = version_from(json.loads(json.dumps(version.content())))
    assert (again, again.sha256) == (version, version.sha256)


def test_what_is_no_version() -> None:
    content = madeup.total_of_2027().content()
    for change, what in (
        ({"structure": 2022}, "it tells what it may not"),
        ({"known_on": "soon"}, "it tells what it may not"),
        ({"figures": {"2027": {"00": ["9000", "hidden"]}}}, "a figure has the value 9000 and the status hidden"),
        ({"figures": []}, "it tells what it may not"),
    ):
        with pytest.raises(BadContent, match=what):
            version_from({**content, **change})
    with pytest.raises(UnknownIndicator):
        version_from({**content, "indicator": "luck"})


@given(st.fractions(min_value=0, max_value=100, max_denominator=999))
def test_a_percentage_is_written_and_read_exactly(value: Fraction) -> None:
    assert figure_of(value_text(Figure(value, Status.OK)), "ok", "percent") == Figure(value, Status.OK)


@pytest.mark.parametrize(
    ("value", "status", "unit", "what"),
    [
        ("12", "hidden", "person", "has the value 12 and the status hidden"),
        ("", "ok", "person", "is ok and has no value"),
        ("1 200", "", "person", "without spaces"),
        ("-1", "", "person", "must be a number"),
        ("1e9", "", "person", "must be a number"),
        ("12.5", "", "person", "a number of persons is whole"),
        ("100.1", "", "percent", "at most 100"),
        ("3", "maybe", "person", "has the status 'maybe'"),
    ],
)
def test_what_is_no_figure(value: str, status: str, unit: str, what: str) -> None:
    with pytest.raises(NoFigure, match=what):
        figure_of(value, status, unit)


def test_a_plain_file_tells_four_things_apart() -> None:
    rows = ("code,time,value,status", "0301,2026,0,", "1103,2026,,hidden", "4601,2026,,", "5001,2026,,not_asked", "")
    content = b"\xef\xbb\xbf" + "\r\n".join(rows).encode()
    figures = read_plain(content, "requests.csv", "requested")["2026"]
    assert [(code, figure.value, figure.status.value) for code, figure in figures.items()] == [
        ("0301", 0, "ok"),
        ("1103", None, "hidden"),
        ("4601", None, "missing"),
        ("5001", None, "not_asked"),
    ]
    assert (
        read_plain(b"value,code\n9000,00\n", "total.csv", "national_requested_first", "2027")["2027"]["00"].value
        == 9000
    )


@pytest.mark.parametrize(
    ("text", "time", "line", "what"),
    [
        ("code,time\n0301,2026\n", "", 1, "lacks value; the columns are code, time, value, status"),
        ("code,value\n0301,3\n", "", 1, "lacks time; .*or name the year of all rows"),
        ("code,value,name\n0301,3,Oslo\n", "2026", 1, "has 'name'"),
        ("code;value\n0301;3\n", "2026", 1, "lacks code, value"),
        ("code,value\n301,3\n", "2026", 2, "has the code '301'; a municipality has four digits, such as 0301"),
        ("code,value\n0301,3\n0301,4\n", "2026", 3, "has 0301, which stands above"),
        ("code,value\n0301\n", "2026", 2, "has 1 cells, the headings are 2"),
        ("code,time,value\n0301,26,3\n", "", 2, "has the time '26'; it must be a year"),
        ("code,time,value\n0301,2025,3\n", "2026", 2, "is of 2025, and the file is said to be of 2026"),
        ('code,value\n0301,"3\n', "2026", 2, "is no CSV"),
        ("<html><body>Not found</body></html>", "2026", 1, "lacks code, value"),
        ("code,value\n", "2026", None, "has no rows beneath its headings"),
        ("", "2026", 1, "lacks code, value"),
    ],
)
def test_what_is_no_plain_file(text: str, time: str, line: int | None, what: str) -> None:
    with pytest.raises(BadFigureFile, match=what) as refused:
        read_plain(text.encode(), "file.csv", "requested", time)
    assert refused.value.line == line
    assert str(refused.value).endswith("Nothing was read in.")


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff", b"code,value\n0301,\xe5\n", b"code\0value", b"x" * (9 << 20)])
def test_what_is_no_text(content: bytes) -> None:
    with pytest.raises(BadFigureFile):
        read_plain(content, "file.csv", "requested", "2026")


@given(st.binary(max_size=300), st.sampled_from([b"", b"code,time,value,status\n", b"code,value\n0301,"]))
def test_whatever_the_bytes_they_are_read_whole_or_refused(content: bytes, begins: bytes) -> None:
    with suppress(BadFigureFile):
        figures = read_plain(begins + content, "file.csv", "requested", "2026")
        assert set(figures) == {"2026"}
        assert all((figure.value is None) == (figure.status is not Status.OK) for figure in figures["2026"].values())
