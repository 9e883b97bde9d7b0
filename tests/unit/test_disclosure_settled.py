"""A real example: who was settled in each municipality in three years, as published, with counties and the nation."""

from collections import Counter

from bosett.basis.tables import table as shipped
from bosett.disclosure import CountCell, CountRow, CountTable, Hiding, Terms, check_release, protect

YEARS = ("2012", "2013", "2015")


def settled() -> CountTable:
    """Return the settled of three years by municipality, of those that have all three figures."""
    counts: dict[str, dict[str, int]] = {}
    for line in shipped("settlement"):
        of_all = (line["group"], line["measure"], line["structure"], line["status"]) == ("all", "settled", "2019", "ok")
        if of_all and line["year"] in YEARS:
            counts.setdefault(line["code"], {})[line["year"]] = int(line["value"])
    whole = {code: of_code for code, of_code in counts.items() if len(of_code) == len(YEARS)}
    counties = sorted({code[:2] for code in whole})
    rows = [CountRow("all", None), *(CountRow(county, "all") for county in counties)]
    rows += [CountRow(code, code[:2]) for code in whole]
    cells = [CountCell(code, year, count) for code, of_code in whole.items() for year, count in of_code.items()]
    return CountTable.of(rows, YEARS, cells, total="sum")


def test_settled_in_three_years_is_protected() -> None:
    table = settled()
    protected = protect(table, Terms(5, 1))
    check_release(protected, None)
    small = {spot for spot, hiding in protected.hidden.items() if hiding is Hiding.SMALL}
    assert (len(table.cells), len(small), protected.coarse) == (1764, 115, {})
    # Of these rows one cell alone is small, and its sum gives it away: each needs another one of its own.
    alone = [row for row, times in Counter(row for row, _ in small).items() if times == 1]
    assert len(alone) == 46
    assert len(alone) <= len(protected.extra) <= 70
