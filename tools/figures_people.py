"""Compile the tables about people: population, immigrants, unemployment, results of the introduction programme."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from figures_facts import EARLIER_CODES
from figures_places import Table, changes, places, same_codes, split_receivers, without_figures
from figures_raw import RawProblem, RawRow, read, unique

AGES = {"age_0_17": "age_0_17", "age_18_66": "age_18_66", "age_67_plus": "age_67_plus"}


def structure_of(year: int) -> int:
    """The structure in force on 1 January of the year."""
    return 2024 if year >= 2024 else 2020 if year >= 2020 else 2019


def known(year: int, day: str, structure: int) -> str:
    """The day `day` (as MM-DD) of the year, or of the first year of a structure that came later: a recalculation."""
    return max(f"{year}-{day}", f"{structure}-{day}")


def population(folder: Path) -> Table:
    """Population on 1 January; ages where they are known. Two raw tables overlap and must agree."""
    aged = _population(folder, "population.csv", list(AGES))
    longer = _population(folder, "population_2020_2026.csv", [])
    for key in sorted(aged.keys() & longer.keys()):
        if aged[key].whole("population") != longer[key].whole("population"):
            other = longer[key]
            what = f"{aged[key].whole('population')} for {key}, but {other.file} line {other.line} has another number"
            raise aged[key].problem("population", what, "Find out which one SSB publishes and correct the other")
    rows = []
    unsplit = _unsplit(folder, aged | longer)
    for key in sorted(aged.keys() | longer.keys()):
        year, structure, code = key
        row = aged.get(key) or longer[key]
        ages = {name: str(row.whole(column)) if key in aged else "" for name, column in AGES.items()}
        if key in aged and sum(map(int, ages.values())) != row.whole("population"):
            raise row.problem("population", "the ages do not add up to it", "Correct the number that is wrong")
        figures = {"population": str(row.whole("population")), **ages}
        rows.append(
            {
                "year": str(year),
                "structure": str(structure),
                "code": code,
                **(dict.fromkeys(figures, "") if key in unsplit else figures),
                "known_on": known(year, "03-01", structure),
            }
        )
    return rows


def _unsplit(folder: Path, rows: dict[tuple[int, int, str], RawRow]) -> set[tuple[int, int, str]]:
    """Return the keys of receivers of a split that SSB has not divided people between in the years before it."""
    keys = set()
    for year, structure in {key[:2] for key in rows}:
        people = {code: row.text("population") for (*when, code), row in rows.items() if when == [year, structure]}
        splits = split_receivers(folder, year, structure)
        keys |= {(year, structure, code) for code in without_figures(people, splits)}
    return keys


def _population(folder: Path, file: str, more: list[str]) -> dict[tuple[int, int, str], RawRow]:
    rows = unique(
        read(folder, file, ["year", "code_version", "code", "population", *more]),
        lambda row: (
            row.year("year"),
            int(row.one_of("code_version", ("2019", "2020", "2024"))),
            row.municipality("code"),
        ),
    )
    listed = places(folder)
    for year, structure in {key[:2] for key in rows}:
        same_codes(file, [key[2] for key in rows if key[:2] == (year, structure)], listed[structure], structure)
    return rows


def immigrants(folder: Path) -> Table:
    """Immigrants and refugee background on 1 January; years before 2020 are brought to the codes of 2019."""
    file, measures = "immigrants.csv", ("immigrants", "refugee_background")
    sums: dict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
    to_2019, listed = codes_of_2019(folder), places(folder)
    for row in read(folder, file, ["year", "code_version", "code", *measures]):
        year, code = row.year("year"), row.municipality("code")
        version = row.one_of("code_version", ("imdi_pre2020", "2020"))
        if (version == "2020") != (year >= 2020):
            raise row.problem(
                "code_version", f"{version} for {year}", "Use imdi_pre2020 before 2020 and 2020 from then on"
            )
        key = code if version == "2020" else to_2019.get(code)
        if key is None:
            raise row.problem(
                "code", f"{code} is in no list of codes", "Correct the code, or add it to figures_facts.py"
            )
        sums[year, key].append({measure: row.whole_or_blank(measure) for measure in measures})
    for year in sorted({year for year, _ in sums}):
        structure = structure_of(year)
        same_codes(file, [code for when, code in sums if when == year], listed[structure], structure)
    return [
        {
            "year": str(year),
            "structure": str(structure_of(year)),
            "code": code,
            **{measure: _sum(part[measure] for part in sums[year, code]) for measure in measures},
            "known_on": f"{year}-03-15",
        }
        for year, code in sorted(sums)
    ]


def _sum(parts: Iterable[str]) -> str:
    texts = list(parts)
    return str(sum(map(int, texts))) if all(texts) else ""


def codes_of_2019(folder: Path) -> dict[str, str]:
    """Return the code of 2019 for each code that IMDi's tables use for the years before 2020.

    The immigrant table writes a municipality that was only renumbered in 2020 with its new code,
    and one that was merged in 2020 with its old ones.
    No code means two places: the new codes of renumbered ones are in no list of 2019.
    """
    listed = places(folder)
    renumbered = {
        one.new: one.old
        for one in changes(folder)
        if one.end == 2020 and one.kind == "renumbered" and one.new not in listed[2019]
    }
    return renumbered | {code: new for code, (new, _) in EARLIER_CODES.items()} | {code: code for code in listed[2019]}


def unemployment_county(folder: Path) -> Table:
    """NAV's months for the country and the counties of 2024."""
    file = "unemployment_monthly_county.csv"
    rows = [
        row
        for row in read(
            folder, file, ["month", "code_version", "level", "code", "fully_unemployed", "pct_of_labour_force"]
        )
        # The raw table also has the municipalities of Telemark alone, which would make one county richer than the
        # others.
        if row.one_of("level", ("country", "county", "municipality")) != "municipality"
    ]
    unique(rows, lambda row: (row.month("month"), row.county("code")))
    return [
        {
            "month": row.month("month"),
            "structure": row.one_of("code_version", ("2024",)),
            "code": row.county("code"),
            "fully_unemployed": row.whole_or_blank("fully_unemployed"),
            "pct": row.decimal_or_blank("pct_of_labour_force"),
            "known_on": _tenth_of_next(row.month("month")),
        }
        for row in sorted(rows, key=lambda row: (row.month("month"), row.county("code")))
    ]


def _tenth_of_next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}-10"


def unemployment_immigrants_county(folder: Path) -> Table:
    """SSB's February and March 2020, for the counties of 2020."""
    columns = ["unemployed_excl_immigrants", "unemployed_immigrants", "pct_excl_immigrants", "pct_immigrants"]
    rows = read(folder, "unemployment_county_2020_immigrants.csv", ["month", "county_code_2020", *columns])
    by_key = unique(rows, lambda row: (row.month("month"), row.county("county_code_2020")))
    _same_counties(folder, "unemployment_county_2020_immigrants.csv", {code for _, code in by_key})
    return [
        {
            "month": month,
            "structure": "2020",
            "code": code,
            **{name: row.whole_or_blank(name) for name in columns[:2]},
            **{name: row.decimal_or_blank(name) for name in columns[2:]},
            # SSB's own day is not in the raw table. The summer after is the earliest that we dare say.
            "known_on": "2020-06-30",
        }
        for (month, code), row in sorted(by_key.items())
    ]


def programme_results_county(folder: Path) -> Table:
    """Percent in work or education one year after the introduction programme, for the counties of 2020."""
    column = "in_work_or_education_one_year_after_pct"
    rows = read(folder, "intro_programme_county.csv", ["status_year", "code_version", "county_code", column])
    by_key = unique(rows, lambda row: (row.year("status_year"), row.county("county_code")))
    _same_counties(folder, "intro_programme_county.csv", {code for _, code in by_key})
    return [
        {
            "status_year": str(year),
            "structure": row.one_of("code_version", ("2020",)),
            "code": code,
            "pct": row.decimal_or_blank(column),
            "known_on": f"{year + 1}-06-30",
        }
        for (year, code), row in sorted(by_key.items())
    ]


def _same_counties(folder: Path, file: str, codes: set[str]) -> None:
    listed = {place.county_code for place in places(folder)[2020].values()} | {"00"}
    if odd := sorted(codes ^ listed):
        raise RawProblem(
            file, f"{odd[0]} is in only one of this table and the counties of 2020", "Give each county its rows"
        )
