"""Killing what a workspace runs: -9, in the middle of its work."""

import os
import signal
import time
from pathlib import Path

import pytest

from workspace import Workspace


def children_of(parent: int) -> dict[int, str]:
    """Return the processes below one, with their command lines."""
    children: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, IndexError):
            continue
        if above == parent:
            children[int(folder.name)] = command
            children |= children_of(int(folder.name))
    return children


def kill(stage: Workspace, what: str) -> None:
    """Kill -9 what the launcher runs: all processes whose command says it. A given server is not ours to kill."""
    if what == "postgres" and stage.database:
        stage.kill_connections()
        return
    end = time.monotonic() + 30
    pids: list[int] = []
    while not pids and time.monotonic() < end:
        pids = [pid for pid, command in children_of(stage.process.pid).items() if what in command]
        time.sleep(0.05)
    assert pids, what
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def ready_again(stage: Workspace) -> None:
    """Wait until all is ready."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if stage.ready():
            return
        time.sleep(0.3)
    pytest.fail(f"not ready again:\n{stage.log.read_text(encoding='utf-8')[-3000:]}")
