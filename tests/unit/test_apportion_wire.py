"""The engine's JSON: what is refused, with where and why, and what comes out."""

import argparse
import io
import json
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

from bosett.apportion import Problem, Recipient, Unproven, share_out, wire
from bosett.apportion.wire import document_of, problem_of, read_problem
from bosett.basis.refusals import Exit, Refusal
from bosett.cli.share import arguments, exit_of
from bosett.cli.share import run as run_share


def one(**fields: object) -> bytes:
    recipient = {"id": "a", "claim": "1"} | fields
    return json.dumps({"total": 1, "recipients": [recipient]}).encode()


def whole(**fields: object) -> bytes:
    return json.dumps({"total": 1, "recipients": []} | fields).encode()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b" \n", "input: the file is empty"),
        (b"{", "input:1:2: not JSON"),
        (b"\xff\xff", "not UTF-8"),
        (b"[" * 100_000, "too deep"),
        (b"[]", "should be an object, not a list"),
        (b'"a"', "should be an object, not text"),
        (b'{"total": NaN, "recipients": []}', "NaN is no JSON"),
        (b'{"total": -Infinity, "recipients": []}', "-Infinity is no JSON"),
        (b'{"total": 1, "total": 2}', "the key 'total' stands twice"),
        (b'{"total": ' + b"9" * 5000 + b"}", "5000 digits is too long"),
        (b'{"total": 1}', "the key 'recipients' is missing"),
        (whole(totl=1), "unknown key 'totl'"),
        (whole(total="1"), "total: should be a whole number, not text"),
        (whole(total=True), "total: should be a whole number, not true"),
        (whole(total=1.5), "total: should be a whole number, not the number '1.5'"),
        (whole(total=-1), "total: '-1' should be a whole number from 0"),
        (whole(total=10**12), "should be a whole number from 0 to 1000000000"),
        (whole(step=0), "step: '0' should be a whole number from 1"),
        (whole(tie_rule="lot"), "tie_rule: should be null or one of"),
        (whole(tie_rule=[]), "tie_rule: should be null or one of"),
        (whole(recipients={}), "recipients: should be a list, not an object"),
        (whole(recipients=[3]), "recipients[0]: should be an object, not the number '3'"),
        (one(most="x"), "recipients[0].most: should be a whole number, not text"),
        (one(least=None), "recipients[0].least: should be a whole number, not null"),
        (one(must=1), "recipients[0].must: should be true or false, not the number '1'"),
        (one(fixed=-1), "recipients[0].fixed: '-1' should be"),
        (one(id=7), "recipients[0].id: should be text"),
        (one(id=""), "recipients[0].id: should have 1 to 1000 characters"),
        (one(id="x" * 1001), "recipients[0].id: should have 1 to 1000 characters"),
        (one(id="\ud800"), "half of a surrogate pair"),
        (one(claim=0.5), "recipients[0].claim: '0.5' is a JSON number with a point; give it as text"),
        (one(claim=True), "recipients[0].claim: should be a fraction or decimal as text"),
        (one(claim=0), "recipients[0].claim: '0' is not above 0"),
        (one(claim="-7/3"), "recipients[0].claim: '-7/3' is not above 0"),
        (one(claim="1/0"), "recipients[0].claim: '1/0' divides by zero"),
        (one(claim="NaN"), "recipients[0].claim: 'NaN' is no fraction"),
        (one(claim="1e1001"), "recipients[0].claim: the exponent of '1e1001' is beyond 1000"),
        (one(claim="1e-99999999999"), "the exponent of"),
        (one(claim="1" * 1001), "1001 characters are too many"),
        (one(claim="x" * 90), "..."),
        (
            whole(recipients=[{"id": "a", "claim": 1}, {"id": "a", "claim": 1}]),
            "recipients[1].id: 'a' stands in recipients[0] too",
        ),
    ],
)
def test_refused_in_one_line(content: bytes, line: str) -> None:
    with pytest.raises(Refusal) as caught:
        problem_of(content)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code is Exit.BAD_INPUT


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("7/3", Fraction(7, 3)),
        ("2.50", Fraction(5, 2)),
        ("1e-3", Fraction(1, 1000)),
        (10**30, Fraction(10**30)),
        (" 4 ", Fraction(4)),
    ],
)
def test_claims_are_exact(claim: str | int, value: Fraction) -> None:
    assert problem_of(one(claim=claim)).recipients == (Recipient("a", value),)


def test_every_field_is_read() -> None:
    problem = problem_of(
        b'{"total": 9, "step": 3, "tie_rule": "id", "recipients":'
        b'[{"id": "a", "claim": "1", "least": 2, "most": 4, "must": true, "fixed": null},'
        b'{"id": "b", "claim": 1, "fixed": 0}]}'
    )
    people = [Recipient("a", Fraction(1), 2, 4, must=True), Recipient("b", Fraction(1), fixed=0)]
    assert problem == Problem.of(9, people, step=3, tie_rule=problem.tie_rule)
    assert str(problem.tie_rule) == "id"


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (tmp_path / "none.json", tmp_path, "a\0b"):
        with pytest.raises(wire.BadFile, match="check the path"):
            read_problem(str(name))
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 100)
    monkeypatch.setattr(wire, "LARGEST_FILE", 99)
    with pytest.raises(wire.BadFile, match="larger than"):
        read_problem(str(large))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b" " * 100)))
    with pytest.raises(wire.BadFile, match="larger than"):
        read_problem("-")


def run(content: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[Exit, object]:
    parser = argparse.ArgumentParser()
    arguments(parser)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    ended = run_share(parser.parse_args(["-"]))
    return ended, json.loads(capsys.readouterr().out)


def test_shared(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ended, document = run(one(), monkeypatch, capsys)
    assert ended is Exit.DONE
    assert isinstance(document, dict)
    assert document["outcome"] == "shared"
    assert document["numbers"] == {"a": 1}
    assert document["proof"] == "optimal"
    assert [step["rule"] for step in document["steps"]] == ["share", "rounding"]


def test_tied(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    two = whole(recipients=[{"id": "a", "claim": 1}, {"id": "b", "claim": 1}, {"id": "c", "claim": 1, "fixed": 0}])
    ended, document = run(two, monkeypatch, capsys)
    assert ended is Exit.TIED
    assert document == {
        "outcome": "tied",
        "tied": ["a", "b"],
        "range": {"a": [0, 1], "b": [0, 1]},
        "numbers": {"c": 0},
        "places": 1,
    }


def test_impossible(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ended, document = run(one(least=10), monkeypatch, capsys)
    assert ended is Exit.IMPOSSIBLE
    assert isinstance(document, dict)
    assert [each["rule"] for each in document["because"]] == ["gap"]
    assert (document["nearest_below"], document["nearest_above"]) == (0, 10)


def test_unproven() -> None:
    outcome = Unproven({"a": 1}, Fraction(7, 3), Fraction(2))
    assert exit_of(outcome) is Exit.UNPROVEN
    problem = Problem.of(1, [Recipient("a", Fraction(3, 7))])
    document = document_of(problem, outcome)
    assert document == {"outcome": "unproven", "numbers": {"a": 1}, "cost": "7/3", "bound": "2"}
    assert document_of(problem, Unproven({}, None, Fraction(2)))["cost"] is None


def test_nothing_to_share_among_nobody() -> None:
    problem = problem_of(whole(total=0))
    assert document_of(problem, share_out(problem))["numbers"] == {}
