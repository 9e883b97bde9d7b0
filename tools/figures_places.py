"""Compile the tables about places: counties, municipalities, names, changes and what is known of each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from figures_facts import COUNTIES, HERAD, LANGUAGE_OF, REPAIRED_NAMES, REPAIRED_REGIONS
from figures_raw import RawProblem, RawRow, read, unique

Table = list[dict[str, str]]

FIRST_DAY = {2019: "2019-01-01", 2020: "2020-01-01", 2024: "2024-01-01"}
LAST_DAY = {2019: "2019-12-31", 2020: "2023-12-31", 2024: ""}
STRUCTURES = (2019, 2020, 2024)
CHANGES = ((2019, 2020, "municipality_changes_2019_2020.csv"), (2020, 2024, "municipality_changes_2023_2024.csv"))
KINDS = ("unchanged", "renumbered", "merged", "split")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in one structure, as the raw tables tell it."""

    code: str
    name: str
    official_name: str
    county_code: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one old code became: `weight` is exact text, or empty when there is no official one."""

    start: int
    end: int
    old: str
    new: str
    kind: str
    weight: str


@cache
def changes(folder: Path) -> list[Change]:
    """Read the two tables of changes, in order of day, old code and new code."""
    all_changes = []
    for start, end, file in CHANGES:
        weighted = "population_weight_2024" if end == 2024 else None
        columns = [
            "valid_from",
            "old_code",
            "old_name",
            "new_code",
            "new_name",
            "kind",
            *([weighted] if weighted else []),
        ]
        for row in read(folder, file, columns):
            row.matching("valid_from", re.compile(FIRST_DAY[end]), f"the day {FIRST_DAY[end]}")
            kind = row.one_of("kind", KINDS)
            weight = (row.decimal_or_blank(weighted) if weighted else "") if kind == "split" else "1"
            all_changes.append(
                Change(start, end, row.municipality("old_code"), row.municipality("new_code"), kind, weight)
            )
        _check_weights(file, [change for change in all_changes if change.end == end])
    return sorted(all_changes, key=lambda change: (change.end, change.old, change.new))


def split_receivers(folder: Path, year: int, structure: int) -> list[list[str]]:
    """Return the receivers of each split that came after 1 January of `year`, in the codes of a later `structure`."""
    receivers: dict[tuple[int, str], list[str]] = {}
    for change in changes(folder):
        if change.kind == "split" and year < change.end <= structure:
            receivers.setdefault((change.end, change.old), []).append(change.new)
    return list(receivers.values())


def without_figures(values: Mapping[str, str], splits: Iterable[list[str]]) -> set[str]:
    """Return the receivers of the splits that the publisher has not made back in time.

    Whoever recalculates to a later structure must divide what was whole. Some do not: one receiver gets all, and
    another a 0 for a year in which it did not exist. Then none of them has a figure. `values` are texts by code.
    """
    return {code for receivers in splits if "0" in map(values.get, receivers) for code in receivers}


def _check_weights(file: str, changed: list[Change]) -> None:
    """The official weights of a split add up to 1; a code that is not split becomes one code."""
    for old in {change.old for change in changed}:
        parts = [change for change in changed if change.old == old]
        split = all(part.kind == "split" for part in parts)
        if split != (len(parts) > 1):
            raise RawProblem(
                file, f"{old} has {len(parts)} lines, not all split", "Give a split two lines, all else one"
            )
        if split and any(part.weight for part in parts) and sum(Fraction(part.weight or 0) for part in parts) != 1:
            raise RawProblem(file, f"the weights of {old} do not add up to 1", "Give official weights that do, or none")


@cache
def places(folder: Path) -> dict[int, dict[str, Place]]:
    """Return the municipalities of each structure by code; those of 2019 come from the table of changes."""
    listed = {year: _listed(folder, year) for year in (2020, 2024)}
    rows = read(folder, CHANGES[0][2], ["old_code", "old_name", "new_code", "new_name", "kind"])
    earlier = {row.municipality("old_code"): _official(row.text("old_name")) for row in rows}
    listed[2019] = {code: Place(code, _norwegian(name), name, code[:2]) for code, name in earlier.items()}
    for start, end, file in CHANGES:
        mentioned = [change for change in changes(folder) if change.end == end]
        for year, codes in ((start, {one.old for one in mentioned}), (end, {one.new for one in mentioned})):
            if odd := sorted(codes ^ set(listed[year])):
                raise RawProblem(
                    file, f"{odd[0]} is not in both this table and the list of {year}", "Make the two agree"
                )
    return listed


def _listed(folder: Path, year: int) -> dict[str, Place]:
    columns = ["code", "name", "name_official", "county_code", "county_name"]
    rows = unique(read(folder, f"municipalities_{year}.csv", columns), lambda row: row.municipality("code"))
    for code, row in rows.items():
        if row.county("county_code") != code[:2]:
            raise row.problem(
                "county_code", f"{code} does not begin with its county code", "Correct the one or the other"
            )
    return {
        code: Place(code, row.text("name"), _official(row.text("name_official")), code[:2])
        for code, row in rows.items()
    }


def _official(name: str) -> str:
    """The official name, without the county that SSB adds in brackets to tell two of the same name apart."""
    plain = re.sub(r" \(.*\)$", "", name)
    for damaged, whole in REPAIRED_NAMES.items():
        plain = plain.replace(damaged, whole)
    return plain


def _norwegian(official: str) -> str:
    """The Norwegian one of parallel names; the first when none is Norwegian."""
    parts = official.split(" - ")
    return next((part for part in parts if part not in LANGUAGE_OF), parts[0])


def counties(folder: Path) -> Table:
    """One row per county code and unbroken time with the same name."""
    names = dict(COUNTIES)
    for year in (2020, 2024):
        rows = read(folder, f"municipalities_{year}.csv", ["county_code", "county_name"])
        names[year] = {row.county("county_code"): row.text("county_name") for row in rows}
    spans = _spans({year: {code: (name,) for code, name in names[year].items()} for year in STRUCTURES}, set())
    return [
        {"code": code, "first_day": first, "last_day": last, "name": facts[0]} for code, first, last, facts in spans
    ]


def municipalities(folder: Path) -> Table:
    """One row per code and unbroken time with the same name, county and territory."""
    listed = places(folder)
    facts = {
        year: {p.code: (p.name, p.official_name, _kind(p.code, year), p.county_code) for p in listed[year].values()}
        for year in STRUCTURES
    }
    # A code that received others is another municipality from that day on, even under the same name (Stavanger,
    # Trondheim).
    grown = {(change.end, change.new) for change in changes(folder) if change.kind in {"merged", "split"}}
    columns = ("name", "official_name", "kind", "county_code")
    return [
        {"code": code, "first_day": first, "last_day": last, **dict(zip(columns, values, strict=True))}
        for code, first, last, values in _spans(facts, grown)
    ]


def _kind(code: str, year: int) -> str:
    return "herad" if code in HERAD[year] else "kommune"


def _spans(
    facts: Mapping[int, Mapping[str, tuple[str, ...]]], breaks: set[tuple[int, str]]
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Join the structures in which a code says the same thing, except where `breaks` cuts it."""
    spans: list[tuple[str, str, str, tuple[str, ...]]] = []
    for code in sorted({code for year in STRUCTURES for code in facts[year]}):
        open_span: tuple[str, tuple[str, ...], int] | None = None
        for year in STRUCTURES:
            here = facts[year].get(code)
            if open_span and (here != open_span[1] or (year, code) in breaks):
                spans.append((code, open_span[0], LAST_DAY[open_span[2]], open_span[1]))
                open_span = None
            if here:
                open_span = (open_span[0] if open_span else FIRST_DAY[year], here, year)
        if open_span:
            spans.append((code, open_span[0], LAST_DAY[open_span[2]], open_span[1]))
    return spans


def municipality_names(folder: Path) -> Table:
    """Each official and parallel name with its language, in the order of the official name."""
    rows = []
    for row in municipalities(folder):
        for number, name in enumerate(row["official_name"].split(" - "), start=1):
            language = LANGUAGE_OF.get(name, "no" if name == row["name"] else "unknown")
            rows.append(
                {
                    "code": row["code"],
                    "first_day": row["first_day"],
                    "position": str(number),
                    "name": name,
                    "language": language,
                }
            )
    return rows


def municipality_changes(folder: Path) -> Table:
    """The changes with their day, kind and official weight."""
    return [
        {
            "old_code": one.old,
            "new_code": one.new,
            "valid_from": FIRST_DAY[one.end],
            "kind": one.kind,
            "weight": one.weight,
        }
        for one in changes(folder)
    ]


def language_decisions(folder: Path) -> Table:
    """The language form of each municipality of 2020."""
    rows = _of_2020(folder, "language_form.csv", ["language_form"])
    forms = {"bokmal": "bokmål", "nynorsk": "nynorsk", "noytral": "neutral"}
    return [{"code": code, "language_form": forms[row.one_of("language_form", forms)]} for code, row in rows]


def labour_market_regions(folder: Path) -> Table:
    """The labour-market region of each municipality of 2020."""
    shares = ["travel_minutes_to_centre", "out_commuting_pct", "in_commuting_pct"]
    rows = _of_2020(folder, "labour_market_regions_2020.csv", ["region_code", "region_name", *shares])
    return [
        {
            "code": code,
            "region_code": row.matching("region_code", re.compile(r"\d{3}"), "a region code of three digits"),
            "region_name": REPAIRED_REGIONS.get(row.text("region_name"), row.text("region_name")),
            **{share: row.decimal_or_blank(share) for share in shares},
        }
        for code, row in rows
    ]


def centrality(folder: Path) -> Table:
    """The centrality class of each municipality of 2020."""
    rows = _of_2020(folder, "centrality.csv", ["centrality_class"])
    return [{"code": code, "centrality_class": row.one_of("centrality_class", "123456")} for code, row in rows]


def _of_2020(folder: Path, file: str, columns: list[str]) -> list[tuple[str, RawRow]]:
    """Read a table that must have exactly one row for each municipality of 2020."""
    rows = unique(read(folder, file, ["code_2020", *columns]), lambda row: row.municipality("code_2020"))
    same_codes(file, rows, places(folder)[2020], 2020)
    return sorted(rows.items())


def same_codes(file: str, codes: Iterable[str], listed: Iterable[str], year: int) -> None:
    """Refuse a table that lacks a municipality of the structure, or has one too many."""
    if odd := sorted(set(codes) ^ set(listed)):
        what = f"{odd[0]} is in only one of this table and the list of municipalities of {year}"
        raise RawProblem(file, what, "Give each municipality of the list one row")


def coordinates(folder: Path) -> Table:
    """Where each municipality is, in the structures of 2020 and 2024."""
    numbers = ["centroid_lat", "centroid_lon", "inside_lat", "inside_lon"]
    rows = unique(
        read(folder, "coordinates.csv", ["code_version", "code", *numbers, "admin_centre_name"]),
        lambda row: (int(row.one_of("code_version", ("2020", "2024"))), row.municipality("code")),
    )
    for year in (2020, 2024):
        same_codes("coordinates.csv", [code for version, code in rows if version == year], places(folder)[year], year)
    return [
        {
            "structure": str(version),
            "code": code,
            "centroid_latitude": row.decimal("centroid_lat"),
            "centroid_longitude": row.decimal("centroid_lon"),
            "inside_latitude": row.decimal("inside_lat"),
            "inside_longitude": row.decimal("inside_lon"),
            "centre_name": row.text("admin_centre_name"),
        }
        for (version, code), row in sorted(rows.items())
    ]
