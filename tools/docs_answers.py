"""The reference page of the back-test of answers, made from the same tables as `bosett backtest answers` prints."""

from bosett.cli.answers_backtest import answers_tables, judged_answers
from docs_need import lines_of


def page() -> str:
    """Return the page as Markdown."""
    lines = [
        "# How far what was expected of municipalities missed",
        "",
        "Printed by `bosett backtest answers`, from IMDi's [requests, decisions and settled](figures.md#settlement).",
        "What it shows, and what it cannot:",
        "[What is expected of municipalities](../explanation/answers.md#how-far-it-misses).",
    ]
    for table in answers_tables(judged_answers()):
        lines += lines_of(table)
    return "\n".join(lines) + "\n"
