"""`bosett-web work`."""

import argparse

from bosett_web.operations.console import DONE
from bosett_web.operations.working import work


def run(_: argparse.Namespace) -> int:
    """Do background jobs until told to stop."""
    work()
    return DONE
