"""Capacity reports in a plain CSV of ours: one line for each report."""

from bosett.basis.place_kinds import PlaceKind
from bosett.sources.report_lines import SaidLine, read_lines
from bosett.stages.capacity.reports import Firmness, Hindrance, LocalSituation, Report

NEEDED = ("municipality", "kind", "first", "last", "count", "firmness", "said_by", "said_on", "expires_on")
ALLOWED = (*NEEDED, "ask_by", "lead", "situation", "hindrance", "measures")


def read_reports(content: bytes, file: str) -> tuple[Report, ...]:
    """Return the reports of a file, numbered by their lines.

    Args:
        content: The file.
        file: Its name, for refusals.

    Raises:
        BadLines: It is not such a file; each line that says what it may not is told, with its column.
    """
    return read_lines(content, file, NEEDED, ALLOWED, _report)


def _report(line: SaidLine) -> Report:
    first = line.week("first")
    return Report(
        number=line.number,
        municipality=line.municipality("municipality", first.year),
        kind=line.choice("kind", PlaceKind),
        first=first,
        last=line.week("last"),
        count=line.number_of("count"),
        firmness=line.choice("firmness", Firmness),
        said_by=line.text("said_by"),
        said_on=line.day("said_on"),
        expires_on=line.day("expires_on"),
        ask_by=line.week("ask_by") if line.has("ask_by") else None,
        lead=line.number_of("lead") if line.has("lead") else None,
        situation=line.choice("situation", LocalSituation) if line.has("situation") else LocalSituation.OPEN,
        hindrance=line.choice("hindrance", Hindrance) if line.has("hindrance") else None,
        measures=line.cells.get("measures", ""),
    )
