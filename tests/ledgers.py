"""Rows of a ledger for tests, with counts that are nobody's."""

from datetime import date

from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep

BERGEN, ASKOY, OSLO = "4601", "4627", "0301"
ALL_YEAR = date(2021, 1, 1), date(2021, 12, 31)


def row(
    number: int,
    on: date,
    count: int | None,
    *,
    municipality: str = BERGEN,
    step: SettlementStep = SettlementStep.SETTLED,
    group: LedgerGroup = LedgerGroup.ALL,
    said_on: date | None = None,
    corrects: int | None = None,
) -> LedgerRow:
    return LedgerRow(number, municipality, step, group, on, count, "Prøve", said_on or on, corrects)
