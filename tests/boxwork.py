"""What is done in a box by its tests: functions of a module, as the box finds them by their name."""

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bosett.basis.box import Limits
from bosett.sources.workbooks import opened


def direct(work: Callable[..., bytes], *given: object, limits: Limits) -> bytes:
    """Do it here and now, in place of a box: a process for each of many small files would take minutes."""
    del limits
    return work(*given)


def opened_all(contents: Sequence[bytes]) -> bytes:
    """Open many workbooks in one box."""
    return json.dumps([opened(content).decode() for content in contents]).encode()


def turned(content: bytes) -> bytes:
    print("a library may print what it likes")  # noqa: T201  - see the test
    return content[::-1]


def waiting() -> bytes:
    signal.pause()
    return b""


def spinning() -> bytes:
    while True:
        pass


def swelling() -> bytes:
    return bytes(2 << 30)


def dying() -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def failing() -> bytes:
    message = "what the file says of somebody"
    raise KeyError(message)


def writing(path: str) -> bytes:
    Path(path).write_bytes(b"x")
    return b""


def seen() -> bytes:
    return json.dumps([sorted(os.environ), os.getcwd(), sys.argv]).encode()  # noqa: PTH109  - as the box has it


def begetting() -> bytes:
    """Leave somebody behind who waits, and say who."""
    child = os.fork()
    if child == 0:
        os.closerange(0, 100)
        signal.pause()
        os._exit(0)
    return str(child).encode()
