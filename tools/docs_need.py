"""The reference page of the back-test of need, made from the same tables as `bosett backtest need` prints."""

from bosett.cli.need_backtest import history_tables, need_tables
from bosett.cli.output import Listing, shown
from bosett.rounds.need_history import need_years, seen_in_may
from bosett.stages.forecast.judgement import judge_arrivals


def page() -> str:
    """Return the page as Markdown."""
    lines = [
        "# How far forecasts of arrivals missed",
        "",
        "Printed by `bosett backtest need`, from Eurostat's [asylum applicants](figures.md#asylum_applicants).",
        "What it shows, and what it cannot: [How the need is forecast](../explanation/need.md#how-far-it-misses).",
    ]
    for table in [*need_tables(judge_arrivals()), *history_tables(need_years(), seen_in_may())]:
        lines += lines_of(table)
    return "\n".join(lines) + "\n"


def lines_of(table: Listing) -> list[str]:
    """Return a table that is printed as a section of a page."""
    return [
        "",
        f"## {table.title}",
        "",
        *([*(table.notes), ""] if table.notes else []),
        f"| {' | '.join(table.columns)} |",
        f"| {' | '.join('---' for _ in table.columns)} |",
        *(f"| {' | '.join(map(shown, row))} |" for row in table.rows),
    ]
