"""Processes that do not outlive their parent. Only what the kernel of Linux knows; elsewhere nothing happens."""

import ctypes
import os
import signal
import sys
from contextlib import suppress

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4


def die_with_parent(sign: signal.Signals = signal.SIGTERM, parent: int | None = None) -> None:
    """Ask the kernel to send a signal to this process when its parent dies.

    Args:
        sign: The signal.
        parent: Who the parent should be; when it is gone already, this process ends at once.
    """
    try:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    except (AttributeError, OSError):  # not Linux
        return
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def keep_to_oneself() -> None:
    """Ask the kernel to show what this process remembers, and was started with, to nobody but root."""
    with suppress(AttributeError, OSError):  # not Linux
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


if __name__ == "__main__":
    # Become a server that shuts down quickly when the launcher dies: `processes PARENT COMMAND...`.
    die_with_parent(signal.SIGINT, int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 (the launcher's own words)
