"""`bosett data check`: are the shipped figures whole and right?"""

import argparse

from bosett.basis.refusals import Exit
from bosett.cli.output import Listing, emit, format_arguments
from bosett.figures.check import report

EXAMPLE = "bosett data check"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("action", choices=("check",), help="check: say of each table and total whether it is right")
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Check and print; damaged figures are bad input."""
    findings = report()
    rows = tuple(("ok" if finding.ok else "BAD", finding.name, finding.text) for finding in findings)
    document = {"findings": [{"name": each.name, "ok": each.ok, "text": each.text} for each in findings]}
    emit(args, [Listing("Shipped figures", ("is", "what", "found"), rows)], document)
    return Exit.DONE if all(finding.ok for finding in findings) else Exit.BAD_INPUT
