"""JSON on stdout: the bytes that the standard library makes, in few and large writes, while it is being made."""

import io
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.apportion.wire import document_of
from bosett.cli import output
from bosett.cli.output import PIECE, emit_json

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats(allow_nan=False))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4), st.tuples(inner, inner)
    ),
    max_leaves=12,
)


class Counted(io.RawIOBase):
    """A file that keeps what each write to the system brought."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401  - whatever the buffer gives
        self.writes.append(bytes(data))
        return len(self.writes[-1])


def written(document: Mapping[str, object]) -> list[bytes]:
    """Return what reached the system, write by write."""
    raw = Counted()
    stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        emit_json(document)
    stream.flush()
    return raw.writes


def large(count: int) -> Problem:
    people = [Recipient(f"nummer {place}", Fraction(1 + place % 97), 3) for place in range(count)]
    return Problem.of(7 * count, people, tie_rule=TieRule.ID)


@given(document=st.dictionaries(st.text(), values, max_size=5))
def test_the_bytes_of_the_standard_library(document: dict[str, object]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert b"".join(written(document)) == text.encode("utf-8", "surrogatepass")


def test_an_iterator_is_written_as_a_list() -> None:
    text = json.dumps({"none": [], "some": [1, {"a": []}], "deep": {"in": ["b"]}}, indent=2) + "\n"
    pieces = written({"none": iter(()), "some": iter([1, {"a": iter(())}]), "deep": {"in": iter(["b"])}})
    assert b"".join(pieces).decode() == text


def test_what_no_document_holds_is_no_json() -> None:
    with pytest.raises(TypeError):
        written({"a": object()})


def test_few_and_large_writes() -> None:
    problem = large(3_000)
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)
    pieces = written(document_of(problem, outcome))
    size = sum(map(len, pieces))
    assert size > 4 * PIECE
    assert len(pieces) <= size // PIECE + 1
    assert min(map(len, pieces[:-1])) >= PIECE


def test_steps_are_worded_while_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for the last step, so that the memory is that of a piece."""
    monkeypatch.setattr(output, "PIECE", 1_000)
    made_before: list[int] = []

    class Stream(io.StringIO):
        def write(self, text: str) -> int:
            made_before.append(made)
            return len(text)

    made = 0

    def steps() -> Iterator[dict[str, str]]:
        nonlocal made
        for place in range(200):
            made += 1
            yield {"text": f"number {place}"}

    monkeypatch.setattr("sys.stdout", Stream())
    emit_json({"steps": steps()})
    assert len(made_before) > 5
    assert max(after - before for before, after in zip([0, *made_before], made_before, strict=False)) < 40
