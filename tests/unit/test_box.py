"""A box gives bytes back, or breaks in one of three ways; neither its faults nor its memory are ours."""

import json
import os
import select
import signal
from contextlib import suppress
from pathlib import Path

import pytest

import boxwork
from bosett.basis import box
from bosett.basis.box import Broken, Limits, boxed

AMPLE = Limits(30, 1 << 30)


def test_an_answer_comes_back_and_what_is_printed_on_the_way_does_not() -> None:
    assert boxed(boxwork.turned, b"\x00abc", limits=AMPLE) == b"cba\x00"


@pytest.mark.parametrize(
    ("work", "limits", "why"),
    [
        (boxwork.waiting, Limits(1, 1 << 30), "time"),
        (boxwork.spinning, Limits(1, 1 << 30), "time"),
        (boxwork.swelling, AMPLE, "memory"),
        (boxwork.dying, AMPLE, "died"),
        (boxwork.failing, AMPLE, "died"),
    ],
)
def test_a_box_that_breaks_says_how(work: object, limits: Limits, why: str) -> None:
    with pytest.raises(Broken) as broken:
        boxed(work, limits=limits)  # type: ignore[arg-type]
    assert broken.value.why == why
    assert str(broken.value).endswith(".")


def test_a_box_that_has_spent_its_processor_says_that_it_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's own limit, where ours comes later."""
    monkeypatch.setattr(box, "monotonic", iter((30.0, 0.0)).__next__)
    with pytest.raises(Broken) as broken:
        boxed(boxwork.spinning, limits=Limits(1, 1 << 30))
    assert broken.value.why == "time"


def test_the_name_of_an_error_is_told_and_not_what_it_says() -> None:
    with pytest.raises(Broken) as broken:
        boxed(boxwork.failing, limits=AMPLE)
    assert (broken.value.last, "Nordmann" in str(vars(broken.value))) == ("KeyError", False)


def test_a_box_knows_no_secret_and_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSETT_SECRET_KEY", "not to be seen")
    variables, folder, arguments = json.loads(boxed(boxwork.seen, limits=AMPLE))
    assert set(variables) <= {"LC_CTYPE"}  # Python's own
    assert (folder, arguments) == ("/", ["-c"])
    with pytest.raises(Broken):
        boxed(boxwork.writing, str(tmp_path / "file"), limits=AMPLE)
    assert not (tmp_path / "file").exists() or (tmp_path / "file").stat().st_size == 0


def test_nobody_is_left_behind() -> None:
    left = int(boxed(boxwork.begetting, limits=AMPLE))
    try:
        seen = os.pidfd_open(left)
    except ProcessLookupError:
        return
    try:
        assert select.select([seen], [], [], 10)[0], "it lives on"
    finally:
        os.close(seen)
        with suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)
