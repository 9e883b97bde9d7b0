"""`bosett figures fetch`: a publisher's table, saved as it came."""

import argparse
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.basis.structures import Structure
from bosett.cli.days import day
from bosett.cli.output import words
from bosett.render.new_file import new_file
from bosett.sources.fetchable import FETCHABLE, fetch_figures, fetchable

EXAMPLE = "bosett figures fetch ssb_population --time 2026 --on 2026-11-29 --to 07459.json"


class NoYears(Refusal):
    """What is to be fetched is named by something else than years."""

    def __init__(self, written: str) -> None:
        super().__init__(f"--time {written} names no year: give one such as 2026, or several with commas between.")
        self.written = written


def fetch_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a fetch is told."""
    parser.add_argument("what", metavar="WHAT", help=f"what is fetched: {', '.join(FETCHABLE)}")
    parser.add_argument("--time", required=True, metavar="YEARS", help="year, or several: 2026 or 2025,2026")
    parser.add_argument(
        "--structure",
        type=int,
        choices=[each.value for each in Structure],
        metavar="YEAR",
        help="structure of the municipalities (default: in force on 1 January of the last year)",
    )
    parser.add_argument("--on", type=day, required=True, metavar="DAY", help="the day of today, such as 2026-11-29")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="where the answer is saved")


def fetch(args: argparse.Namespace) -> Exit:
    """Save what the publisher answers, all of it or nothing, and say where it is from."""
    years, structure = _years(args.time), None if args.structure is None else Structure(args.structure)
    wanted = fetchable(args.what)
    # What asks over the network is loaded when something is asked.
    from bosett.sources.transport import network  # noqa: PLC0415

    with new_file(args.to) as file:
        fetched = fetch_figures(network(args.on), args.what, years, structure)
        file.write_bytes(fetched.content)
    words(f"fetched {wanted.dataset}: {', '.join(wanted.indicators)}; {', '.join(map(str, years))}")
    words(f"from {fetched.source} on {fetched.fetched_on}")
    words(f"sha256 {fetched.sha256}")
    words(f"wrote {args.to}; read it with --reader {args.what} --source {fetched.source}")
    return Exit.DONE


def _years(written: str) -> list[int]:
    years = [each.strip() for each in written.split(",")]
    if not all(each.isascii() and each.isdigit() and 1900 <= int(each) <= 2099 for each in years):
        raise NoYears(written)
    return sorted({int(each) for each in years})
