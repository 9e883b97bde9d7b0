"""What people write in cells, and what it is: the same list for every way in."""

from datetime import date, datetime

NUMBERS: list[tuple[object, int | None]] = [
    *(("12", 12), ("0", 0), ("007", 7), (" 12 ", 12), ("", None), (" \u00a0", None), (None, None)),
    *(("12,0", 12), ("12.00", 12), ("200,0", 200), ("1 234,0", 1234), ("\ufeff40\u200b", 40)),
    *(("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("1\u2009234", 1234), ("30 350", 30_350)),
    *((12, 12), (12.0, 12), (0.0, 0), (40.000000000000007, 40), (39.999999999999997, 40), ("1 000 000", 1_000_000)),
]
NO_NUMBERS: list[tuple[object, str]] = [
    *((each, "number_spaced") for each in ("30 35", "8 2", "1 2 3", "1  234", "12 34", "0 123", "30\n35", "1\t234")),
    *((each, "number_spaced") for each in ("1 234\u00a0567", "1234 567", "1 23")),
    *((each, "number_sign") for each in ("–", "-", "—", ":", "..", ".", "*", "−")),
    *((each, "number_pointed") for each in ("1.234", "12,5", "12,000", "1,234,567", "1 234,5", "-0,5", "3.", 12.5)),
    *((each, "number_outside") for each in ("-3", "−3", "– 3", "1234567890", "1 000 001", -1, -1.0, 1_000_001, 1e9)),
    *((each, "not_a_number") for each in ("tolv", "1e3", "0x10", "١٢", "²", "+4", "1_000", "12 pers.", "~5", "1'234")),
    *((each, "not_a_number") for each in (True, date(2020, 1, 1), float("nan"), float("inf"), 1e300, "12-13", "½")),
]
DAYS: list[tuple[object, date | None]] = [
    *((each, date(2020, 9, 1)) for each in ("2020-09-01", "01.09.2020", "1.9.2020", "1. 9. 2020", " 1.9.2020 ")),
    *((each, date(2020, 9, 1)) for each in (date(2020, 9, 1), datetime(2020, 9, 1))),  # noqa: DTZ001  - as a workbook has it
    *((each, None) for each in ("", " ", None)),
]
NO_DAYS: list[object] = [
    *("31.02.2020", "09/01/2020", "1.9.20", "i høst", "44075", "20200901", "2020-W36-2", "01.09.0202", "0000-01-01"),
    *("2020-9-1", "2020-09-01T08:00", "01.09.20200", "٠١.٠٩.٢٠٢٠"),
    *(True, 44075, 44075.0, datetime(2020, 9, 1, 8)),  # noqa: DTZ001  - as a workbook has it
]
