"""`bosett-web serve`."""

import argparse
import os

from bosett_web.operations.preparing import gather_static
from bosett_web.operations.web_server import command, workers


def run(args: argparse.Namespace) -> int:
    """Gather what browsers load, and become the web server."""
    gather_static()
    processes = args.workers or workers(os.environ.get("BOSETT_WEB_WORKERS", ""))
    words = command(os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000), processes)
    os.execv(words[0], words)  # noqa: S606 (our own words)
