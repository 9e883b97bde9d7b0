"""The ledger of a year in a plain CSV of ours: one line for each count, in the order in which they were entered."""

from bosett.basis.refusals import Refusal
from bosett.sources.report_lines import BadLines, SaidLine, read_lines
from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep, hold

NEEDED = ("number", "municipality", "step", "on", "count", "said_by", "said_on")
ALLOWED = (*NEEDED, "group", "corrects")
HIDDEN = ":"
"""The mark of a count that its publisher hides, as IMDi and SSB write it in their statistics."""


def read_ledger(content: bytes, file: str) -> tuple[LedgerRow, ...]:
    """Return the rows of a file, in the order of the ledger.

    Args:
        content: The file.
        file: Its name, for refusals.

    Raises:
        BadLines: It is not such a file, or a row cannot stand in the ledger.
    """
    rows = read_lines(content, file, NEEDED, ALLOWED, _row)
    try:
        return hold(rows)
    except Refusal as fault:
        raise BadLines(file, [f", {fault}"]) from None


def _row(line: SaidLine) -> LedgerRow:
    on = line.day("on")
    return LedgerRow(
        number=line.number_of("number"),
        municipality=line.municipality("municipality", on.year),
        step=line.choice("step", SettlementStep),
        group=line.choice("group", LedgerGroup) if line.has("group") else LedgerGroup.ALL,
        on=on,
        count=None if line.text("count") == HIDDEN else line.number_of("count"),
        said_by=line.text("said_by"),
        said_on=line.day("said_on"),
        corrects=line.number_of("corrects") if line.has("corrects") else None,
    )
