"""`bosett release`: what of a year's ledger the public sees on a day, kept as a file that can be verified."""

import argparse
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.cli.days import day
from bosett.cli.output import Listing, emit, format_arguments, words
from bosett.disclosure import Hiding, Terms
from bosett.documents.open_data import count_in_words, open_word, place_name
from bosett.parameters import least_shown
from bosett.render.new_file import new_file
from bosett.rounds.published import PublicRelease, public_release
from bosett.rounds.release import Release, ReleaseFacts, places_of_year, release_of
from bosett.rounds.release_file import release_bytes, verified_release
from bosett.sources.fetching import from_file
from bosett.sources.ledger_rows import read_ledger
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

EXAMPLE = "bosett release 2021 --ledger ledger.csv --on 2021-06-30 --publisher IMDi --keep june.json"
LANGUAGE = "en"


class BadReleaseCall(Refusal):
    """The arguments do not say what is to be done."""


class KeptAlready(Refusal):
    """A release is never written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already, and what has been published never changes. Name another file")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("what", metavar="YEAR|FILE.json", help="settlement year, or a release that has been kept")
    parser.add_argument(
        "--verify", action="store_true", help="hold a kept release against its hash and its witnesses, and show it"
    )
    parser.add_argument("--ledger", type=Path, metavar="FILE.csv", help="the ledger, one count on each line")
    parser.add_argument("--on", type=day, metavar="DAY", help="the day: what is said later is not known yet")
    parser.add_argument("--publisher", metavar="NAME", help="who publishes")
    parser.add_argument("--former", type=Path, metavar="FILE.json", help="the release before in the same year")
    parser.add_argument(
        "--year-before", type=Path, metavar="FILE.json", help="the last release of the year before: begin with it"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FILE.json", help="keep the release here, with what is hidden: not for the public"
    )
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Make or verify a release, and print what the public sees."""
    release = _verified(Path(args.what)) if args.verify else _made(args)
    if args.keep is not None:
        _keep(release, args.keep)
    public = public_release(release)
    emit(args, [_listing(release, public)], public.document())
    return Exit.DONE


def _made(args: argparse.Namespace) -> Release:
    lacking = [name for name in ("ledger", "on", "publisher") if getattr(args, name) is None]
    if lacking or not (args.what.isascii() and args.what.isdigit()):
        raise BadReleaseCall(
            "Name a year with --ledger, --on and --publisher to make a release, or a file with --verify"
        )
    year = int(args.what)
    facts = ReleaseFacts(
        year=year,
        day=args.on,
        publisher=args.publisher,
        places=places_of_year(year),
        ledger=read_ledger(from_file(args.ledger, args.on).content, args.ledger.name),
    )
    return release_of(
        facts,
        Terms(least_shown(year), 1),
        former=None if args.former is None else _verified(args.former),
        year_before=None if args.year_before is None else _verified(args.year_before),
    )


def _verified(path: Path) -> Release:
    # The day on which a file is read is kept of figures; nothing here is kept.
    return verified_release(from_file(path, date.min).content)


def _keep(release: Release, path: Path) -> None:
    if path.exists():
        raise KeptAlready(path)
    with new_file(path) as beside:
        beside.write_bytes(release_bytes(release))
    words(f"wrote {path}: it tells what is hidden, and is not for the public")


def _listing(release: Release, public: PublicRelease) -> Listing:
    last = public.days[-1]
    counts = {(each.place, each.step, each.group): count_in_words(each, LANGUAGE) for each in last.counts}
    kinds = [(step, group) for step in SettlementStep for group in LedgerGroup]
    rows = tuple(
        (f"{place.code} {place_name(place, LANGUAGE)}", *(counts[place.code, step, group] for step, group in kinds))
        for place in public.places
    )
    hidden = [
        hiding
        for protected in release.days[-1].tables.values()
        for hiding in protected.hidden.values()
        if hiding is not Hiding.ABOVE
    ]
    notes = (
        f"Each of the {len(hidden)} counts that are hidden, with what is neither, has a witness that fits.",
        *(
            f"{each.place}, {each.step.value}: its parts are not shown since {each.since} ({each.why.value})"
            for each in last.parts_not_shown
        ),
        f"SHA-256 of what is published: {public.hash}",
    )
    title = f"Release {public.number} of {public.year}, {public.day}, by {public.publisher}"
    heads = (f"{open_word(f'step_{step}', LANGUAGE)}, {open_word(f'group_{group}', LANGUAGE)}" for step, group in kinds)
    return Listing(title, ("place", *heads), rows, notes)
