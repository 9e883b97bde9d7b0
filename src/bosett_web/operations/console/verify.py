"""`bosett-web verify`."""

import argparse

from bosett_web.operations.console import DONE, FOUND, say
from bosett_web.operations.verifying import look


def run(args: argparse.Namespace) -> int:
    """Look whether everything that is kept holds, and tell every fault."""
    verified = look(args.backup, args.archive)
    for fault in verified.faults:
        say(fault)
    say(
        f"{verified.events} events in {verified.chains} chains and {verified.proposals} shared proposals: "
        + (f"{len(verified.faults)} faults. Keep everything as it is, and ask why" if verified.faults else "all hold")
    )
    return FOUND if verified.faults else DONE
