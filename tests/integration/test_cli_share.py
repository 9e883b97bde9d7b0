"""`bosett share` from end to end: small problems with the right answer beside each."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bosett.cli import main

Captured = pytest.CaptureFixture[str]
Fields = dict[str, Any]
Run = Callable[[Fields], tuple[int, Fields, str]]


def problem(total: int, *recipients: Fields, **more: object) -> Fields:
    return {"total": total, "recipients": list(recipients)} | more


def who(name: str, claim: str, **bounds: object) -> Fields:
    return {"id": name, "claim": claim} | bounds


def asked(name: str, claim: str) -> Fields:
    return who(name, claim, least=1, must=True)


@pytest.fixture
def shared(tmp_path: Path, capsys: Captured) -> Run:
    def run(fields: Fields) -> tuple[int, Fields, str]:
        path = tmp_path / "problem.json"
        path.write_text(json.dumps(fields), encoding="utf-8")
        code = main(["share", str(path)])
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else {}, printed.err

    return run


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        pytest.param(
            problem(20, who("a", "3", least=10, most=13), who("c", "2", least=15)),
            {"a": 0, "c": 20},
            id="floors of their own, and the two largest regrets at once",
        ),
        pytest.param(
            problem(
                17,
                asked("a", "5609968"),
                asked("b", "2873709"),
                asked("c", "83801"),
                asked("d", "16295"),
                asked("e", "10107"),
                asked("f", "6467"),
            ),
            {"a": 9, "b": 4, "c": 1, "d": 1, "e": 1, "f": 1},
            id="each must have one",
        ),
        pytest.param(
            problem(8, who("a", "720"), who("b", "720"), who("c", "120"), who("d", "120")),
            {"a": 3, "b": 3, "c": 1, "d": 1},
            id="two kinds beside each other, and no tie",
        ),
        pytest.param(problem(0), {}, id="nothing among nobody"),
        pytest.param(problem(0, who("a", "1", least=10)), {"a": 0}, id="nothing among one"),
        pytest.param(
            problem(1, who("10", "1"), who("9", "1"), tie_rule="id"),
            {"10": 1, "9": 0},
            id="ids are text, though they look like numbers",
        ),
    ],
)
def test_shared(shared: Run, fields: Fields, numbers: dict[str, int]) -> None:
    code, document, err = shared(fields)
    assert (code, document["outcome"], document["numbers"], err) == (0, "shared", numbers, "")


@pytest.mark.parametrize(
    ("fields", "ranges", "places"),
    [
        pytest.param(
            problem(2, who("a", "4"), who("b", "4"), who("c", "4")),
            {"a": [0, 1], "b": [0, 1], "c": [0, 1]},
            2,
            id="three alike, two places",
        ),
        pytest.param(
            problem(4, who("a", "0.625"), who("b", "0.125"), who("c", "0.125"), who("d", "0.125")),
            {"a": [2, 3], "b": [0, 1], "c": [0, 1], "d": [0, 1]},
            2,
            id="every share ends on a half",
        ),
    ],
)
def test_tied(shared: Run, fields: Fields, ranges: dict[str, list[int]], places: int) -> None:
    code, document, err = shared(fields)
    assert (code, document["outcome"], document["range"], err) == (3, "tied", ranges, "")
    assert (document["tied"], document["numbers"], document["places"]) == (list(ranges), {}, places)


def test_ceilings_too_low(shared: Run) -> None:
    code, document, err = shared(problem(2, who("a", "1", most=1), who("b", "1", most=0)))
    assert (code, document["outcome"], err) == (4, "impossible", "")
    assert [each["text"] for each in document["because"]] == [
        "The ceilings let at most 1 be given, 1 fewer than 2.",
    ]
    assert (document["nearest_below"], document["nearest_above"]) == (1, None)


def test_the_process_is_left_as_it_was(shared: Run) -> None:
    digits, collects = sys.get_int_max_str_digits(), gc.isenabled()
    shared(problem(0))
    assert (sys.get_int_max_str_digits(), gc.isenabled()) == (digits, collects)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param(
            problem(19, who("a", "0"), who("b", "0"), who("c", "1", most=2)),
            "recipients[0].claim: '0' is not above 0; leave out whoever has no claim",
            id="claims of zero",
        ),
        pytest.param(
            problem(3, who("a", "1,5"), who("b", "2")),
            "recipients[0].claim: '1,5' is no fraction or decimal",
            id="a decimal comma",
        ),
        pytest.param(
            problem(2, who("a", "1 234"), who("b", "2")),
            "recipients[0].claim: '1 234' is no fraction or decimal",
            id="thousands apart",
        ),
    ],
)
def test_refused_in_one_line(shared: Run, fields: Fields, line: str) -> None:
    code, document, err = shared(fields)
    assert (code, document) == (2, {})
    assert err.startswith(f"bosett: {line}")
    assert err.count("\n") == 1
