"""`bosett backtest need` from end to end."""

import json

import pytest

from bosett.cli import main


def test_the_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "need"]) == 0
    printed = capsys.readouterr().out
    for title in ("Twelve months of arrivals", "By the step of the level", "By country", "Norway, 3 months ahead"):
        assert title in printed
    assert "These share months, so they are not." in printed


def test_the_document_has_every_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "need", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["months"] for each in document["ahead"]] == [0, 3]
    for each in document["countries"]:
        hits = sum(point["low"] <= point["came"] <= point["high"] for point in each["told"])
        assert (each["points"], len(each["told"]), each["hits"]) == (12, 12, hits)
