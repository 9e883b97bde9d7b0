"""`bosett share`: the engine by itself, JSON in and JSON out."""

import argparse
import gc
import sys

from bosett.apportion import Impossible, Outcome, Shared, Tied, share_out
from bosett.apportion.wire import document_of, read_problem
from bosett.basis.refusals import Exit
from bosett.cli.output import emit_json

EXAMPLE = """bosett share problem.json, or - for standard input, with problem.json such as
  {"total": 100, "step": 1, "tie_rule": null, "recipients": [
    {"id": "a", "claim": "7/3", "least": 10, "most": null, "must": false, "fixed": null},
    {"id": "b", "claim": "2.5", "least": 10}]}"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE.json", help="the problem; - reads standard input")


def run(args: argparse.Namespace) -> Exit:
    """Share, print the outcome as JSON, and tell by the exit code how it ended."""
    digits = sys.get_int_max_str_digits()
    # Nothing here holds itself: to look for such among the parts of a large problem is a tenth of the whole work.
    gc.disable()
    try:
        problem = read_problem(args.file)
        # Claims of many digits make exact fractions of more; the file's size and lengths have been bounded already.
        sys.set_int_max_str_digits(0)
        outcome = share_out(problem)
        emit_json(document_of(problem, outcome))
    finally:
        gc.enable()
        sys.set_int_max_str_digits(digits)
    return exit_of(outcome)


def exit_of(outcome: Outcome) -> Exit:
    """Return the exit code that tells this outcome."""
    if isinstance(outcome, Shared):
        return Exit.DONE
    if isinstance(outcome, Tied):
        return Exit.TIED
    return Exit.IMPOSSIBLE if isinstance(outcome, Impossible) else Exit.UNPROVEN
