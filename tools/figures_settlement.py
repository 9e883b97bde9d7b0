"""Compile requests, decisions and settlement, each number with its status, edition and the day it was known.

Four things are never mixed: a number (a published 0 is a number), a number hidden for privacy, no figure,
and a municipality that was not asked.
"""

import calendar
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from figures_facts import EARLIER_CODES, LONG_GONE, NOT_BEFORE, SIDE_BY_SIDE, UNKNOWN_PLACE
from figures_people import codes_of_2019
from figures_places import Table, places, same_codes, split_receivers, without_figures
from figures_raw import RawProblem, RawRow, read

FILE, TOTALS = "settlement_requests.csv", "national_totals.csv"
FIRST_YEAR, NEWEST = 2012, "imdikator_2023"
MEASURES = {
    "requested_original": "requested_first",
    "requested": "requested",
    "decided": "decided",
    "settled": "settled",
}
REQUESTS = frozenset({"requested_first", "requested"})
RAW_STATUS = {"ok": "ok", "suppressed": "hidden", "missing": "missing"}
# The whole request was not changed inside these years (README of the raw tables), so the latest is the first.
UNREVISED = frozenset({2018, 2019, 2021})
# Days on which the request became public, from the raw national totals; else the last day before the year.
REQUEST_DAYS = {2020: "2019-10-24", 2021: "2020-10-30"}


@dataclass(frozen=True, slots=True)
class Number:
    """One figure: `value` is exact text, empty unless the status is ok."""

    value: str
    status: str
    edition: str
    note: str = ""


Key = tuple[int, int, str, str, str]  # year, structure, code, group, measure


def settlement(folder: Path) -> Table:
    """One row per year, structure, code, group and measure."""
    raw = _rows(folder)
    numbers: dict[Key, Number] = {}
    revised: dict[int, str] = {}
    for year in sorted({row.year("year") for row in raw if row.cells["source_id"] == NEWEST}):
        of_year = _earlier(folder, raw, year) if year < 2020 else _since_2020(folder, raw, year)
        numbers |= _with_first_requests(_asked_or_not(folder, of_year, year), year)
        revised[year] = _revised_on(folder, of_year, year)
    numbers |= _minors(folder, raw)
    names = ("year", "structure", "code", "group", "measure")
    return [
        {
            **dict(zip(names, map(str, key), strict=True)),
            "value": number.value,
            "status": number.status,
            "edition": number.edition,
            "note": number.note,
            "known_on": _known_on(key, revised),
        }
        for key, number in sorted(numbers.items())
    ]


def _rows(folder: Path) -> list[RawRow]:
    columns = ["year", "code_version", "code", "group", "measure", "value", "status", "source_id"]
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in read(folder, FILE, columns):
        key = tuple(row.cells[name] for name in ("year", "code_version", "code", "group", "measure", "source_id"))
        if key in seen:
            raise row.problem("code", "the same figure stands here twice", "Leave one of the lines out")
        seen.add(key)
        if (row.cells["status"] == "ok") != bool(row.cells["value"]):
            raise row.problem(
                "value", "a value without status ok, or ok without a value", "Give ok a value and others none"
            )
        if row.year("year") >= FIRST_YEAR:
            kept.append(row)
    return kept


def _number(row: RawRow) -> Number:
    status = RAW_STATUS[row.one_of("status", RAW_STATUS)]
    return Number(row.whole_or_blank("value"), status, row.text("source_id"))


def _newest(raw: list[RawRow], year: int) -> dict[tuple[str, str], RawRow]:
    """The rows of the newest edition for group all, by code and measure."""
    return {
        (row.municipality("code"), MEASURES[row.one_of("measure", MEASURES)]): row
        for row in raw
        if row.cells["year"] == str(year) and row.cells["source_id"] == NEWEST and row.cells["group"] == "all"
    }


def _since_2020(folder: Path, raw: list[RawRow], year: int) -> dict[Key, Number]:
    rows = _newest(raw, year)
    same_codes(FILE, {code for code, _ in rows}, places(folder)[2020], 2020)
    part_year = "part-year" if year == 2023 else ""
    numbers = {}
    for (code, measure), row in rows.items():
        note = part_year if measure in {"decided", "settled"} else ""
        numbers[year, 2020, code, "all", measure] = replace(_number(row), note=note)
    return numbers


def _earlier(folder: Path, raw: list[RawRow], year: int) -> dict[Key, Number]:
    """Bring IMDi's own older codes to the codes of 2019: renumber, and add the parts of what was merged by then."""
    rows, to_2019 = _newest(raw, year), codes_of_2019(folder)
    parts: dict[tuple[str, str], list[Number]] = defaultdict(list)
    for (code, measure), row in sorted(rows.items(), key=lambda item: item[0]):
        number = _number(row)
        if code == UNKNOWN_PLACE:
            parts[code, measure].append(replace(number, note="place-unknown"))
        elif _did_not_exist(code, year) or _stands_under_the_other_code(rows, code, measure):
            if number.status != "missing":
                raise row.problem("value", f"{code} has a figure in {year}, when it did not exist", "Look up the code")
        elif code not in to_2019:
            raise row.problem(
                "code", f"{code} is in no list of codes", "Correct the code, or add it to figures_facts.py"
            )
        else:
            parts[to_2019[code], measure].append(number)
    same_codes(FILE, {code for code, _ in parts} - {UNKNOWN_PLACE}, places(folder)[2019], 2019)
    # The base has no row at all for some decisions of 2016: no row is no figure.
    lacking: dict[Key, Number] = {
        (year, 2019, code, "all", measure): Number("", "missing", NEWEST, "no-row")
        for code in places(folder)[2019]
        for measure in ("requested", "decided", "settled")
    }
    return lacking | {(year, 2019, code, "all", measure): _joined(each) for (code, measure), each in parts.items()}


def _did_not_exist(code: str, year: int) -> bool:
    _, last = EARLIER_CODES.get(code, ("", year))
    return code in LONG_GONE or year > last or year < NOT_BEFORE.get(code, 0)


def _stands_under_the_other_code(rows: dict[tuple[str, str], RawRow], code: str, measure: str) -> bool:
    """One place under two codes: the blank one is not a figure of its own. Both blank: the older one goes."""
    for older, newer in SIDE_BY_SIDE:
        if code in {older, newer}:
            mine, other = rows[code, measure], rows.get((newer if code == older else older, measure))
            if other is not None and mine.cells["status"] == "missing":
                return other.cells["status"] != "missing" or code == older
    return False


def _joined(parts: list[Number]) -> Number:
    """Missing and anything is missing; hidden and a number is hidden; numbers add up."""
    if len(parts) == 1:
        return parts[0]
    edition = parts[0].edition
    for status in ("missing", "hidden"):
        if any(part.status == status for part in parts):
            return Number("", status, edition, "sum-of-parts")
    return Number(str(sum(int(part.value) for part in parts)), "ok", edition, "sum-of-parts")


def _asked_or_not(folder: Path, numbers: dict[Key, Number], year: int) -> dict[Key, Number]:
    """Mark the municipalities that were not asked, where the published figures show it.

    It shows when the numbers that are published add up to the national request: then nobody else was asked.
    The base writes "not asked" in three ways: as hidden in 2020 (":", README of the raw tables; there it must show), as
    a blank before, and as a request of 0 since 2021. Nobody is asked to settle nobody.
    """
    blank = "hidden" if year == 2020 else "missing"
    requests = {key: number for key, number in numbers.items() if key[4] in REQUESTS}
    odd = {"hidden", "missing"} - {blank}
    if any(number.status in odd for number in requests.values()) or not _adds_up(folder, numbers, year):
        if year == 2020:
            what = "the requests of 2020 do not add up to the national one, so a hidden request is not 'not asked'"
            raise RawProblem(
                FILE, what, f"Use the edition that the README speaks of, and the first request in {TOTALS}"
            )
        return _zeros_as_written(numbers)
    asked = {key[2] for key, number in requests.items() if int(number.value or 0) > 0}
    note = "" if year == 2020 else "rest-of-national"
    return {
        key: Number("", "not_asked", number.edition, note)
        if _is_silent(number, blank) and (key[4] in REQUESTS or key[2] not in asked) and not _came(key, number)
        else number
        for key, number in numbers.items()
    }


def _is_silent(number: Number, blank: str) -> bool:
    return number.status == blank or number.value == "0"


def _came(key: Key, number: Number) -> bool:
    """Whether it is a count of people who came: 0 of them is a number, and outside 2020 a blank is no figure.

    People may settle without a request.
    """
    return key[4] == "settled" and (key[0] != 2020 or number.status == "ok")


def _zeros_as_written(numbers: dict[Key, Number]) -> dict[Key, Number]:
    """Note requests of 0, and decisions of 0 beside them, that stand as the base writes them: no sum explains them."""
    zero = {key[2] for key, number in numbers.items() if key[4] == "requested" and number.value == "0"} - {
        UNKNOWN_PLACE
    }
    return {
        key: replace(number, note="zero-request")
        if key[2] in zero and number.value == "0" and key[4] in {*REQUESTS, "decided"}
        else number
        for key, number in numbers.items()
    }


def _adds_up(folder: Path, numbers: dict[Key, Number], year: int) -> bool:
    """Whether the first or the latest requests add up to a published national figure of the same name."""
    rows = read(folder, TOTALS, ["year", "measure", "group", "value"])
    published = {tuple(row.cells[name] for name in ("year", "measure", "group", "value")) for row in rows}
    # A sum of the base itself proves nothing about the base.
    published |= {
        (when, measure, "all", value) for when, _, measure, value, source in SAID_IN_README if source != OWN_SUM
    }
    sums: dict[str, int] = defaultdict(int)
    for key, number in numbers.items():
        sums[key[4]] += int(number.value or 0)
    return any(
        (str(year), raw, "all", str(sums[MEASURES[raw]])) in published for raw in ("requested", "requested_original")
    )


def _with_first_requests(numbers: dict[Key, Number], year: int) -> dict[Key, Number]:
    """Give every municipality a first request: published, the latest when it was never changed, or missing."""
    first = dict(numbers)
    for (when, structure, code, group, measure), number in numbers.items():
        if measure != "requested" or code == UNKNOWN_PLACE:
            continue
        key = (when, structure, code, group, "requested_first")
        if year in UNREVISED:
            first.setdefault(key, replace(number, note="latest-is-first"))
        else:
            first.setdefault(key, Number("", "missing", number.edition, "not-published"))
    return first


def _minors(folder: Path, raw: list[RawRow]) -> dict[Key, Number]:
    """Unaccompanied minors settled, which are published with the codes of 2024."""
    numbers = {}
    for row in raw:
        if row.cells["group"] == "em" and row.one_of("measure", ("settled",)):
            code = row.municipality("code")
            if code not in places(folder)[2024]:
                raise row.problem("code", f"{code} is no municipality of 2024", "Correct the code")
            numbers[row.year("year"), int(row.one_of("code_version", ("2024",))), code, "em", "settled"] = _number(row)
    for year, structure in {key[:2] for key in numbers}:
        values = {key[2]: number.value for key, number in numbers.items() if key[:2] == (year, structure)}
        for code in without_figures(values, split_receivers(folder, year, structure)):
            key = (year, structure, code, "em", "settled")
            numbers[key] = Number("", "missing", numbers[key].edition, "split-without-figures")
    return numbers


def _revised_on(folder: Path, numbers: dict[Key, Number], year: int) -> str:
    """The day in the year on which a national request of the same sum was published; else the end of the year."""
    total = str(sum(int(number.value or 0) for key, number in numbers.items() if key[4] == "requested"))
    days = [
        row.cells["as_of"]
        for row in read(folder, TOTALS, ["year", "as_of", "measure", "group", "value"])
        if tuple(row.cells[name] for name in ("year", "measure", "group", "value"))
        == (str(year), "requested", "all", total)
        and re.fullmatch(rf"{year}-\d{{2}}-\d{{2}}", row.cells["as_of"])
    ]
    return min(days, default=f"{year}-12-31")


def _known_on(key: Key, revised: dict[int, str]) -> str:
    """A day by which the figure was surely public: late rather than early. The rules are told in the data package."""
    year, structure, _, _, measure = key
    before = REQUEST_DAYS.get(year, f"{year - 1}-12-31")
    unrevised = year in UNREVISED
    if measure == "settled":
        return max(f"{year + 1}-03-01", f"{structure}-03-01")
    if measure == "decided":
        return f"{year}-04-01" if unrevised or year == 2020 else f"{year}-12-31"
    return before if measure == "requested_first" or unrevised else revised[year]


OWN_SUM = "sum of the municipalities in IMDi's statistics base, edition of 2023"
# Said in the README of the raw tables, not in the raw table of totals.
SAID_IN_README = (
    ("2017", "2017-12-31", "requested", "12714", OWN_SUM),
    ("2020", "2020-12-31", "requested", "3602", OWN_SUM),
    ("2020", "2020-04-01", "decided", "4838", OWN_SUM),
    ("2020", "2021-03-01", "settled", "2819", "IMDi, as told in the notes to the raw tables"),
    ("2023", "2022-12-31", "requested_first", "35000", "IMDi, as told in the notes to the raw tables"),
    ("2023", "2023-12-31", "requested", "38000", "IMDi, as told in the notes to the raw tables"),
)
TOTAL_NAMES = {"requested_original": "requested_first", "municipalities_requested": "municipalities_asked"}


def national_totals(folder: Path) -> Table:
    """Published national figures, each with its source; where they disagree all are kept."""
    totals = []
    for row in read(folder, TOTALS, ["year", "as_of", "measure", "group", "value", "source"]):
        if not row.cells["value"]:
            continue  # a date without a number, such as an answer deadline
        year, as_of, measure = row.year("year"), row.cells["as_of"].strip(), row.text("measure")
        total = {
            "year": str(year),
            "measure": TOTAL_NAMES.get(measure, measure),
            "group": row.text("group"),
            "value": str(row.whole("value")),
            "as_of": as_of,
            "source": row.text("source"),
            "known_on": _last_day_of(as_of, year, row),
        }
        totals.append(total)
        if measure == "requested" and total["known_on"] < f"{year}-01-01":
            totals.append(total | {"measure": "requested_first"})  # a request made before the year began is the first
    for year_text, day, measure, value, source in SAID_IN_README:
        totals.append(
            {
                "year": year_text,
                "measure": measure,
                "group": "all",
                "value": value,
                "as_of": day,
                "source": source,
                "known_on": day,
            }
        )
    unique = {tuple(total.items()): total for total in totals}
    return sorted(unique.values(), key=lambda total: tuple(total.values()))


def _last_day_of(as_of: str, year: int, row: RawRow) -> str:
    """The last day that `as_of` may mean; when nothing is said, the end of March of the year after."""
    if not as_of:
        return f"{year + 1}-03-31"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", as_of):
        return as_of
    if re.fullmatch(r"\d{4}-\d{2}", as_of):
        return f"{as_of}-{calendar.monthrange(int(as_of[:4]), int(as_of[5:]))[1]}"
    if re.fullmatch(r"\d{4}-summer", as_of):
        return f"{as_of[:4]}-08-31"
    if re.fullmatch(r"\d{4}", as_of):
        return f"{as_of}-12-31"
    raise row.problem("as_of", f"{as_of!r} is no date", "Write 2020-10-30, 2020-10, 2020-summer or 2020")
