"""`bosett-web demo`."""

import argparse

from bosett_web.operations.launcher import launch


def run(_: argparse.Namespace) -> int:
    """Start database, web server and worker with the demo, where nothing else is said."""
    return launch(asked=True)
