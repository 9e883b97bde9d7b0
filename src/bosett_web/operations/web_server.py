"""The web server: granian with as many processes as there are cores, which answer by threads."""

import os
import sys

MOST_WORKERS = 8
THREADS = 8
"""Threads of a process that answer; each holds a connection to the database."""


def workers(asked: str) -> int:
    """Return how many processes answer: what is asked for, else one for each core."""
    return int(asked) if asked else min(len(os.sched_getaffinity(0)), MOST_WORKERS)


def command(host: str, port: int, processes: int) -> list[str]:
    """Return the words that begin it.

    Args:
        host: Where it listens.
        port: On which port.
        processes: How many processes answer.
    """
    words = f"--interface wsgi --workers {processes} --blocking-threads {THREADS} --respawn-failed-workers"
    place = ["--log-level", "warning", "--host", host, "--port", str(port)]
    return [sys.executable, "-m", "granian", *words.split(), *place, "bosett_web.config.wsgi:application"]
