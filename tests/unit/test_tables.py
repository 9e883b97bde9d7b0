"""The data package is opened strictly: damage is named, never passed on."""

import hashlib
import json
from pathlib import Path

import pytest

from bosett.basis import tables
from bosett.basis.tables import DamagedData, UnknownTable

CONTENT = b"code,value\n0301,5\n1507,\n"


def package_in(folder: Path, content: bytes, changed: dict[str, object]) -> dict[str, object]:
    described: dict[str, object] = {
        "name": "people",
        "path": "figures/people.csv",
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rowcount": 2,
        "schema": {"fields": [{"name": "code"}, {"name": "value"}]},
    } | changed
    (folder / "figures").mkdir()
    (folder / "figures" / "people.csv").write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps({"resources": [described]}), encoding="utf-8")
    return described


def test_rows_are_text_and_an_empty_cell_is_no_figure(tmp_path: Path) -> None:
    described = package_in(tmp_path, CONTENT, {})
    assert [dict(row) for row in tables.rows(tmp_path, described)] == [
        {"code": "0301", "value": "5"},
        {"code": "1507", "value": ""},
    ]
    (finding,) = tables.check_in(tmp_path)
    assert finding.ok
    assert finding.text == "people: 2 rows, checksum as shipped."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"hash": "sha256:00"}, "people has another checksum than it was shipped with"),
        ({"rowcount": 3}, "people has 2 rows where the descriptor says 3"),
        ({"schema": {"fields": [{"name": "code"}]}}, "people has the columns code, value, not those of the descriptor"),
        ({"path": "figures/gone.csv"}, "figures/gone.csv is missing"),
    ],
)
def test_damage_is_named(tmp_path: Path, changed: dict[str, object], sentence: str) -> None:
    described = package_in(tmp_path, CONTENT, changed)
    with pytest.raises(DamagedData) as refusal:
        tables.rows(tmp_path, described)
    assert sentence in str(refusal.value)
    assert "Install Bosett again" in str(refusal.value)
    (finding,) = tables.check_in(tmp_path)
    assert not finding.ok


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    described = package_in(tmp_path, b"", {})
    with pytest.raises(DamagedData, match="has the columns none"):
        tables.rows(tmp_path, described)


@pytest.mark.parametrize(
    ("text", "sentence"), [("{", "is not JSON"), ("[]", "lists no tables"), ('{"a": 1}', "lists no tables")]
)
def test_a_damaged_descriptor_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedData, match=sentence):
        tables.descriptor(tmp_path)


def test_a_missing_descriptor_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedData, match=r"datapackage\.json is missing"):
        tables.check_in(tmp_path)


def test_an_unknown_table_is_told_which_there_are() -> None:
    with pytest.raises(UnknownTable, match=r"no table 'peple'\. The tables are counties, municipalities"):
        tables.table("peple")


def test_what_is_shipped_is_whole() -> None:
    findings = tables.check()
    assert {finding.name for finding in findings} >= {"municipalities", "population", "settlement", "national_totals"}
    assert [finding.text for finding in findings if not finding.ok] == []


def test_every_table_is_described_in_full() -> None:
    for described in tables.package()["resources"]:
        for need in ("title", "description", "publisher", "published", "knownFrom", "licenses", "sources", "bytes"):
            assert described[need], (described["name"], need)
        assert described["knownFrom"].keys() == {"rule", "ground"}
        for field in described["schema"]["fields"]:
            assert field["type"], field["description"]
            if field["type"] == "number":
                assert field["unit"], (described["name"], field["name"])
        assert set(described["schema"]["primaryKey"]) <= {field["name"] for field in described["schema"]["fields"]}


def test_no_two_rows_share_a_key() -> None:
    for described in tables.package()["resources"]:
        keys = [
            tuple(row[name] for name in described["schema"]["primaryKey"]) for row in tables.table(described["name"])
        ]
        assert len(keys) == len(set(keys)), described["name"]
