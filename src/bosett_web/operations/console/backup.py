"""`bosett-web backup`."""

import argparse
import hashlib

from bosett_web.operations.backup import LIST, backup
from bosett_web.operations.console import DONE, say
from bosett_web.records import clock


def run(args: argparse.Namespace) -> int:
    """Lay a backup, and tell what it holds and where the keys lie that it does not."""
    folder = args.folder.resolve()
    made = backup(args.owner, folder, clock.now(), args.given)
    size = sum(each[1] for each in made.files.values())
    say(f"{folder}: {len(made.files)} files, {size} bytes, {len(made.chains)} chains of the journal")
    say(f"sha256 of {LIST}, to keep elsewhere: {hashlib.sha256((folder / LIST).read_bytes()).hexdigest()}")
    for name, place in made.keys.items():
        say(f"not in it: {name} ({place})")
    return DONE
