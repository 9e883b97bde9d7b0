"""A process of its own for what reads files from outside, or needs much memory: bounded, and without our secrets.

A file that makes its reader run wild or die takes the box with it and nothing else. In go a function of ours and its
arguments; out come bytes, which are never unpacked as objects, so that nothing a file could make of the box reaches us.
What the function refuses is a value among those bytes; a box that broke is `Broken`.

The box has no environment variables, writes no file, and gives its memory back. It is the same user of the machine:
what that user can read, it can read too. Needs POSIX.
"""

import json
import os
import pickle  # only of ours, on its way in
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic

from bosett.basis.refusals import Refusal

AT_ONCE = 2
"""Boxes of one process at the same time; others wait, within their own time."""
MEMORY_SPENT = 75
"""The exit status of a box whose memory did not suffice."""

_BEGIN = (
    "import json, sys; told = json.loads(sys.stdin.buffer.readline()); sys.path[:] = told.pop('path'); "
    "from bosett.basis.boxed import run; run(**told)"
)
_NO_MEMORY = b"memory allocation of"  # what a library in Rust says before it ends the process
_SENTENCES = {
    "time": "It took too long, and was stopped.",
    "memory": "It needed too much memory, and was stopped.",
    "died": "Its process ended without an answer.",
}
_free = BoundedSemaphore(AT_ONCE)


class Broken(Refusal):
    """A box gave no answer: `why` is `time`, `memory` or `died`; `last` is the name of the error, if it said one."""

    def __init__(self, why: str, last: str = "") -> None:
        super().__init__(_SENTENCES[why])
        self.why, self.last = why, last


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until a box must have answered, and bytes of memory (address space) that it may have."""

    seconds: int
    memory: int


def boxed(work: Callable[..., bytes], *given: object, limits: Limits) -> bytes:
    """Return what a function makes of its arguments, done in a box.

    Args:
        work: A function of a module, found by its name.
        given: Its arguments; they must be such as can be pickled.
        limits: What the box may use.

    Raises:
        Broken: No answer came within the limits.
    """
    ends = monotonic() + limits.seconds
    if not _free.acquire(timeout=limits.seconds):
        raise Broken("time")
    try:
        return _answer(pickle.dumps((work, given)), limits, ends)
    finally:
        _free.release()


def _answer(task: bytes, limits: Limits, ends: float) -> bytes:
    settings = {
        "path": [str(Path(each).absolute()) for each in sys.path],
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    with subprocess.Popen(  # noqa: S603  - our own Python with words of ours
        [sys.executable, "-I", "-X", "utf8", "-c", _BEGIN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
        cwd=os.sep,
        start_new_session=True,
    ) as box:
        try:
            answer, errors = box.communicate(json.dumps(settings).encode() + b"\n" + task, max(ends - monotonic(), 0))
        except subprocess.TimeoutExpired:
            raise Broken("time") from None
        finally:
            with suppress(ProcessLookupError):  # also what it may have begun
                os.killpg(box.pid, signal.SIGKILL)
    if box.returncode == 0:
        return answer
    last = errors.rsplit(b"\n", 2)[-2:]
    name = b"".join(last).partition(b":")[0][:100].decode("ascii", "replace")
    if box.returncode == -signal.SIGXCPU:
        raise Broken("time")
    spent = box.returncode == MEMORY_SPENT or _NO_MEMORY in errors
    raise Broken("memory" if spent else "died", name)
