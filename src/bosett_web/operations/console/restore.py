"""`bosett-web restore`."""

import argparse

from bosett_web.operations.backup import chains_that_differ, restore
from bosett_web.operations.console import DONE, FOUND, say
from bosett_web.operations.console.migrate import role_of
from bosett_web.operations.preparing import prepare
from bosett_web.operations.verifying import heads, look


def run(args: argparse.Namespace) -> int:
    """Bring a backup into an empty database, bring its tables up to date, and look whether all holds."""
    role = role_of(args.application, "DATABASE_URL")
    backup = restore(args.owner, args.folder.resolve())
    prepare(role)
    verified = look()
    faults = [
        *verified.faults,
        *(f"chain {name} is not as the backup has it" for name in chains_that_differ(backup, heads())),
    ]
    for fault in faults:
        say(fault)
    say(
        f"restored as of {backup.made_at}: "
        f"{verified.events} events in {verified.chains} chains, {verified.proposals} proposals"
    )
    return FOUND if faults else DONE
