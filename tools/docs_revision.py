"""The reference page of the back-test of revisions, from the same table as `bosett backtest revision` prints."""

from bosett.cli.revision_backtest import revision_tables
from bosett.rounds.revision_backtest import judge_revisions
from docs_need import lines_of


def page() -> str:
    """Return the page as Markdown."""
    lines = [
        "# How revisions would have come out",
        "",
        "Printed by `bosett backtest revision`, from IMDi's [requests and decisions](figures.md#settlement).",
        "What it shows: [Least change](../explanation/revision.md#the-known-answers).",
    ]
    for table in revision_tables(judge_revisions()):
        lines += lines_of(table)
    return "\n".join(lines) + "\n"
