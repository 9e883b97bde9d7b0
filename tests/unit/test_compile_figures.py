"""The script that compiles the raw tables: same input, same bytes; bad input is told with file, line and column."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

import compile_figures
import docs_figures
from bosett.basis.tables import check_in, package, table
from bosett.figures import indicators
from figures_package import RESOURCES
from figures_raw import RawProblem

SHIPPED = files("bosett") / "data"

# A country of four municipalities in 2020:
# Narvik and Hamarøy with the split Tysfjord, Halden that got new numbers, and Ålesund that is split in 2024.
OLD = {"0101": "3001", "1504": "1507", "1805": "1806", "1849": "1875"}
NEW = {"3001": "3101", "1507": "1508", "1806": "1806", "1875": "1875"}
NAMES = {
    "0101": "Halden",
    "3001": "Halden",
    "3101": "Halden",
    "1504": "Ålesund",
    "1507": "Ålesund",
    "1508": "Ålesund",
    "1580": "Haram",
    "1805": "Narvik",
    "1806": "Narvik",
    "1849": "Hábmer - Hamarøy",
    "1850": "Tysfjord - Divtasvuodna",
    "1875": "Hábmer - Hamarøy",
}
COUNTIES = {"30": "Viken", "31": "Østfold", "15": "Møre og Romsdal", "18": "Nordland"}
IN_2019, IN_2020, IN_2024 = [*OLD, "1850"], list(NEW), [*NEW.values(), "1580"]


def raw_tables() -> dict[str, str]:
    """A made-up folder of raw tables, as text by file."""
    return {
        "municipalities_2020.csv": _listed(IN_2020),
        "municipalities_2024.csv": _listed(IN_2024),
        "municipality_changes_2019_2020.csv": _csv(
            "valid_from,old_code,old_name,new_code,new_name,kind",
            [
                _change("2020-01-01", "0101", "3001", "renumbered"),
                _change("2020-01-01", "1504", "1507", "merged"),
                _change("2020-01-01", "1805", "1806", "merged"),
                _change("2020-01-01", "1849", "1875", "merged"),
                _change("2020-01-01", "1850", "1806", "split"),
                _change("2020-01-01", "1850", "1875", "split"),
            ],
        ),
        "municipality_changes_2023_2024.csv": _csv(
            "valid_from,old_code,old_name,new_code,new_name,kind,population_weight_2024",
            [
                _change("2024-01-01", "3001", "3101", "renumbered") + ",1",
                _change("2024-01-01", "1507", "1508", "split") + ",0.75",
                _change("2024-01-01", "1507", "1580", "split") + ",0.25",
                _change("2024-01-01", "1806", "1806", "unchanged") + ",1",
                _change("2024-01-01", "1875", "1875", "unchanged") + ",1",
            ],
        ),
        "language_form.csv": _csv("code_2020,language_form", [f"{code},nynorsk" for code in IN_2020]),
        "labour_market_regions_2020.csv": _csv(
            "code_2020,region_code,region_name,travel_minutes_to_centre,out_commuting_pct,in_commuting_pct",
            [f"{code},001,Halden,8.00,70.2," for code in IN_2020],
        ),
        "centrality.csv": _csv("code_2020,centrality_class", [f"{code},4" for code in IN_2020]),
        "coordinates.csv": _csv(
            "code_version,code,centroid_lat,centroid_lon,inside_lat,inside_lon,admin_centre_name",
            [f"2020,{code},59.1,11.5,59.2,-0.5,Byen" for code in IN_2020]
            + [f"2024,{code},59.1,11.5,59.2,11.5,Byen" for code in IN_2024],
        ),
        "population.csv": _csv(
            "year,code_version,code,population,age_0_17,age_18_66,age_67_plus",
            [f"2019,2019,{code},100,20,60,20" for code in IN_2019]
            + [f"2020,2020,{code},100,20,60,20" for code in IN_2020],
        ),
        "population_2020_2026.csv": _csv(
            "year,code_version,code,population",
            [f"2020,2020,{code},100" for code in IN_2020] + [f"2020,2024,{code},100" for code in IN_2024],
        ),
        "immigrants.csv": _csv(
            "year,code_version,code,immigrants,refugee_background",
            ["2019,imdi_pre2020,3001,9,4", *(f"2019,imdi_pre2020,{code},5," for code in IN_2019 if code != "0101")]
            + [f"2020,2020,{code},5,2" for code in IN_2020],
        ),
        "unemployment_monthly_county.csv": _csv(
            "month,code_version,level,code,fully_unemployed,pct_of_labour_force",
            ["2020-12,2024,country,00,9,2.6", "2020-12,2024,county,31,9,2.6", "2020-12,2024,municipality,4001,1,1"],
        ),
        "unemployment_county_2020_immigrants.csv": _csv(
            "month,county_code_2020,unemployed_excl_immigrants,unemployed_immigrants,pct_excl_immigrants,pct_immigrants",
            [f"2020-02,{code},8,5,1.7," for code in ("00", "15", "18", "30")],
        ),
        "intro_programme_county.csv": _csv(
            "status_year,code_version,county_code,in_work_or_education_one_year_after_pct",
            [f"2022,2020,{code},65" for code in ("00", "15", "18", "30")],
        ),
        "settlement_requests.csv": _csv(
            "year,code_version,code,group,measure,value,status,source_id",
            [
                *(line for code in IN_2019 for line in _settled(2019, "imdi_pre2020", code, ("10", "5", ""))),
                *_settled(2019, "imdi_pre2020", "9999", ("", "", "7")),
                *_settled(2019, "imdi_pre2020", "0103", ("", "", "")),
                *(line for code in ("3001", "1507") for line in _settled(2020, "2020", code, ("10", "10", "10"))),
                *(line for code in ("1806", "1875") for line in _settled(2020, "2020", code, (":", ":", ":"))),
                *(f"2020,2020,{code},all,requested_original,15,ok,imdikator_2023" for code in ("3001", "1507")),
                *(f"2020,2020,{code},all,requested_original,,suppressed,imdikator_2023" for code in ("1806", "1875")),
                "2022,2024,1580,em,settled,,suppressed,samarbeidsdesken",
                "2011,imdi_pre2020,0101,all,settled,,missing,imdikator_2023",
            ],
        ),
        "asylum_applicants_monthly.csv": _csv(
            "country,month,applicants", ["Norway,2019-01,185", "Norway,2018-11,", "Malta,2018-12,5"]
        ),
        "national_totals.csv": _csv(
            "year,as_of,measure,group,value,source",
            [
                "2018,,requested,all,3,a page",
                "2019,2018,requested,all,50,a page",
                "2020,2019-10-24,requested_original,all,30,a page",
                "2020,2020-02,decided,all,20,a page",
                "2020,2020-summer,decided,all,20,a page",
                "2020,2020-03-01,answer_deadline,all,,a page",
            ],
        ),
    }


def _csv(header: str, lines: list[str]) -> str:
    return "\n".join([header, *lines]) + "\n"


def _listed(codes: list[str]) -> str:
    lines = [f"{code},{NAMES[code].split(' - ')[-1]},{NAMES[code]},{code[:2]},{COUNTIES[code[:2]]}" for code in codes]
    return _csv("code,name,name_official,county_code,county_name", lines)


def _change(day: str, old: str, new: str, kind: str) -> str:
    return f"{day},{old},{NAMES[old]},{new},{NAMES[new]},{kind}"


def _settled(year: int, version: str, code: str, cells: tuple[str, str, str]) -> Iterator[str]:
    for measure, cell in zip(("requested", "decided", "settled"), cells, strict=True):
        status = {"": "missing", ":": "suppressed"}.get(cell, "ok")
        yield f"{year},{version},{code},all,{measure},{cell if status == 'ok' else ''},{status},imdikator_2023"


def folder_of(tmp_path: Path, tables: dict[str, str]) -> Path:
    folder = tmp_path / "raw"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file, text in tables.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def rows_of(compiled: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(compiled[f"figures/{name}.csv"].decode())))


def test_a_small_country_compiles_to_a_whole_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = folder_of(tmp_path, raw_tables()), tmp_path / "out"
    assert compile_figures.main([str(folder), "--out", str(out)]) == 0
    assert "figures/settlement.csv: " in capsys.readouterr().out
    assert [finding.text for finding in check_in(out) if not finding.ok] == []
    assert json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["name"] == "bosett-figures"
    assert compile_figures.compiled(folder) == {
        path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def test_figures_get_their_status(tmp_path: Path) -> None:
    compiled = compile_figures.compiled(folder_of(tmp_path, raw_tables()))
    cells = {
        (row["year"], row["code"], row["measure"]): (row["value"], row["status"], row["note"])
        for row in rows_of(compiled, "settlement")
    }
    assert cells["2020", "1806", "requested"] == ("", "not_asked", "")
    assert cells["2020", "1806", "settled"] == ("", "not_asked", "")
    assert cells["2020", "3001", "requested_first"] == ("15", "ok", "")
    assert cells["2019", "0101", "requested_first"] == ("10", "ok", "latest-is-first")
    assert cells["2019", "0101", "settled"] == ("", "missing", "")
    assert cells["2019", "9999", "settled"] == ("7", "ok", "place-unknown")
    assert ("2019", "9999", "requested_first") not in cells
    assert cells["2022", "1580", "settled"] == ("", "hidden", "")
    immigrants = {(row["year"], row["code"]): row["refugee_background"] for row in rows_of(compiled, "immigrants")}
    assert immigrants["2019", "0101"] == "4"
    assert immigrants["2019", "1504"] == ""
    totals = [(row["year"], row["measure"], row["known_on"]) for row in rows_of(compiled, "national_totals")]
    assert ("2018", "requested", "2019-03-31") in totals
    assert ("2019", "requested_first", "2018-12-31") in totals
    assert ("2020", "decided", "2020-02-29") in totals
    assert ("2020", "decided", "2020-08-31") in totals
    assert rows_of(compiled, "unemployment_county")[0]["known_on"] == "2021-01-10"
    assert [tuple(row.values()) for row in rows_of(compiled, "asylum_applicants")] == [
        ("Malta", "2018-12", "5", "2019-03-31"),
        ("Norway", "2018-11", "", "2019-02-28"),
        ("Norway", "2019-01", "185", "2019-04-30"),
    ]


@pytest.mark.parametrize(("published", "status"), [("40", "not_asked"), ("50", "missing")])
def test_a_blank_request_is_not_asked_only_when_the_others_add_up(tmp_path: Path, published: str, status: str) -> None:
    tables = raw_tables()
    for measure, value in (("requested", 10), ("decided", 5)):
        blank = replaced(f"1850,all,{measure},{value},ok", f"1850,all,{measure},,missing")
        tables["settlement_requests.csv"] = blank(tables["settlement_requests.csv"])
    tables["national_totals.csv"] = tables["national_totals.csv"].replace("all,50", f"all,{published}")
    compiled = compile_figures.compiled(folder_of(tmp_path, tables))
    statuses = {
        row["measure"]: row["status"]
        for row in rows_of(compiled, "settlement")
        if (row["year"], row["code"]) == ("2019", "1850")
    }
    assert statuses == {"requested": status, "requested_first": status, "decided": status, "settled": "missing"}


def status_by_measure(compiled: dict[str, bytes], year: str, code: str) -> dict[str, tuple[str, str, str]]:
    return {
        row["measure"]: (row["value"], row["status"], row["note"])
        for row in rows_of(compiled, "settlement")
        if (row["year"], row["code"]) == (year, code)
    }


def with_a_year_of_zeros(published: str) -> dict[str, str]:
    """The raw tables with a 2021 in the base's newer way: who was not asked has a request and a decision of 0."""
    tables = raw_tables()
    cells = {"3001": ("10", "10", "10"), "1507": ("5", "0", "0"), "1806": ("0", "0", "0"), "1875": ("0", "0", "3")}
    lines = [line for code in IN_2020 for line in _settled(2021, "2020", code, cells[code])]
    tables["settlement_requests.csv"] += "\n".join(lines) + "\n"
    tables["national_totals.csv"] += f"2021,2020-10-30,requested,all,{published},a page\n"
    return tables


def test_a_request_of_0_is_no_request_and_a_no_answers_one(tmp_path: Path) -> None:
    compiled = compile_figures.compiled(folder_of(tmp_path, with_a_year_of_zeros("15")))
    not_asked = ("", "not_asked", "rest-of-national")
    first = {"requested_first": ("", "not_asked", "latest-is-first"), "requested": not_asked, "decided": not_asked}
    assert status_by_measure(compiled, "2021", "1806") == first | {"settled": ("0", "ok", "")}
    assert status_by_measure(compiled, "2021", "1875") == first | {"settled": ("3", "ok", "")}
    said_no = status_by_measure(compiled, "2021", "1507")
    assert (said_no["decided"], said_no["settled"]) == (("0", "ok", ""), ("0", "ok", ""))


def test_a_request_of_0_that_no_published_sum_explains_stands_as_written(tmp_path: Path) -> None:
    compiled = compile_figures.compiled(folder_of(tmp_path, with_a_year_of_zeros("16")))
    statuses = status_by_measure(compiled, "2021", "1806")
    assert statuses["requested"] == statuses["decided"] == ("0", "ok", "zero-request")
    assert statuses["settled"] == ("0", "ok", "")
    assert status_by_measure(compiled, "2021", "1507")["decided"] == ("0", "ok", "")


def test_a_split_that_the_publisher_has_not_made_back_in_time_has_no_figure(tmp_path: Path) -> None:
    tables = raw_tables()
    for code, number in (("1508", "200"), ("1580", "0")):
        tables["population_2020_2026.csv"] = tables["population_2020_2026.csv"].replace(
            f"2020,2024,{code},100", f"2020,2024,{code},{number}"
        )
    tables["settlement_requests.csv"] = tables["settlement_requests.csv"].replace(
        "2022,2024,1580,em,settled,,suppressed",
        "2022,2024,1508,em,settled,,suppressed,samarbeidsdesken\n2022,2024,1580,em,settled,0,ok",
    )
    compiled = compile_figures.compiled(folder_of(tmp_path, tables))
    people = {(row["structure"], row["code"]): row["population"] for row in rows_of(compiled, "population")}
    assert (people["2024", "1508"], people["2024", "1580"]) == ("", "")
    assert (people["2020", "1507"], people["2024", "1806"]) == ("100", "100")
    for code in ("1508", "1580"):
        assert status_by_measure(compiled, "2022", code)["settled"] == ("", "missing", "split-without-figures")


def test_a_split_with_figures_keeps_them(tmp_path: Path) -> None:
    compiled = compile_figures.compiled(folder_of(tmp_path, raw_tables()))
    people = {(row["structure"], row["code"]): row["population"] for row in rows_of(compiled, "population")}
    assert (people["2024", "1508"], people["2024", "1580"]) == ("100", "100")


@pytest.mark.parametrize("seed", range(20))
def test_no_zero_comes_of_blanks_and_hidden_cells(tmp_path: Path, seed: int) -> None:
    """Raw tables without one 0, with any cell that may be blank or hidden made so, give figures without one 0."""
    chance, tables = Random(seed), raw_tables()  # noqa: S311  - no secret
    lines = tables["settlement_requests.csv"].splitlines()
    for place, line in enumerate(lines):
        year, _, _, _, measure, value, status, _ = line.split(",")
        asked_in_2020 = year == "2020" and measure.startswith("requested")  # there the sum must show who was not asked
        if status == "ok" and not asked_in_2020 and chance.random() < 0.5:
            other = chance.choice(("missing", "suppressed"))
            lines[place] = line.replace(f",{value},ok,", f",,{other},")
    tables["settlement_requests.csv"] = "\n".join(lines) + "\n"
    immigrants = tables["immigrants.csv"].splitlines()
    tables["immigrants.csv"] = "\n".join(
        line.rsplit(",", 1)[0] + "," if place and chance.random() < 0.5 else line
        for place, line in enumerate(immigrants)
    )
    compiled = compile_figures.compiled(folder_of(tmp_path, tables))
    for resource in RESOURCES:
        for row in rows_of(compiled, resource.name):
            for field in resource.fields:
                assert not (field.type in {"integer", "number"} and row[field.name] in {"0", "0.0"}), (row, field.name)


def test_parts_that_merged_before_2019_are_added_up(tmp_path: Path) -> None:
    tables = raw_tables()
    changes = tables["municipality_changes_2019_2020.csv"].replace("0101,Halden", "0710,Sandefjord")
    tables["municipality_changes_2019_2020.csv"] = changes
    for file in ("population.csv", "settlement_requests.csv"):
        tables[file] = tables[file].replace("0101", "0710")
    lines = [
        *_settled(2016, "imdi_pre2020", "0706", ("10", "5", "")),
        *_settled(2016, "imdi_pre2020", "0719", ("10", ":", "5")),
        *_settled(2016, "imdi_pre2020", "0720", ("10", "5", "5")),
        *(line for code in IN_2019 if code != "0101" for line in _settled(2016, "imdi_pre2020", code, ("5", "5", "5"))),
    ]
    tables["settlement_requests.csv"] += "\n".join(lines) + "\n"
    compiled = compile_figures.compiled(folder_of(tmp_path, tables))
    sums = {
        row["measure"]: (row["value"], row["status"], row["note"])
        for row in rows_of(compiled, "settlement")
        if (row["year"], row["code"]) == ("2016", "0710")
    }
    assert sums == {
        "requested": ("30", "ok", "sum-of-parts"),
        "decided": ("", "hidden", "sum-of-parts"),
        "settled": ("", "missing", "sum-of-parts"),
        "requested_first": ("", "missing", "not-published"),
    }


def test_one_place_under_two_codes_is_one_place(tmp_path: Path) -> None:
    tables = {
        file: text.replace("1805", "1903") if file != "national_totals.csv" else text
        for file, text in raw_tables().items()
    }
    others = [code for code in IN_2019 if code != "1805"]
    lines = [
        *_settled(2012, "imdi_pre2020", "1901", ("70", "60", "")),
        *_settled(2012, "imdi_pre2020", "1903", ("", "", "58")),
        *(line for code in others for line in _settled(2012, "imdi_pre2020", code, ("5", "", ""))),
        *_settled(2013, "imdi_pre2020", "1901", ("", "", "")),
        *_settled(2013, "imdi_pre2020", "1903", ("", "", "58")),
        *(line for code in others for line in _settled(2013, "imdi_pre2020", code, ("5", "", ""))),
    ]
    tables["settlement_requests.csv"] += "\n".join(lines) + "\n"
    compiled = compile_figures.compiled(folder_of(tmp_path, tables))
    values = {
        (row["year"], row["measure"]): row["value"]
        for row in rows_of(compiled, "settlement")
        if row["code"] == "1903" and row["year"] in {"2012", "2013"}
    }
    assert values["2012", "requested"] == "70"
    assert values["2012", "settled"] == "58"
    assert (values["2013", "requested"], values["2013", "settled"]) == ("", "58")


Change = Callable[[str], str]


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def added(line: str) -> Change:
    return lambda text: f"{text}{line}\n"


BAD: list[tuple[str, Change, str]] = [
    ("population.csv", replaced("population,age", "people,age"), "population.csv, line 1, column population: column"),
    ("population.csv", replaced("0101,100", "0101,1OO"), "line 2, column population: '1OO' is not a whole number."),
    (
        "population_2020_2026.csv",
        replaced("2020,2024,1806,100", "2020,2024,1806,0"),
        "population, column population: a 0 for 2020, 2024, 1806, where a 0 is no figure. Leave it blank, or say",
    ),
    (
        "unemployment_monthly_county.csv",
        replaced("31,9,2.6", "31,9,0.0"),
        "unemployment_county, column pct: a 0 for 2020-12, 31, where a 0 is no figure",
    ),
    ("population.csv", replaced("0101,100", "101,100"), "line 2, column code: '101' is not a municipality code"),
    ("population.csv", replaced("0101,100", "0101,"), "line 2, column population: is empty"),
    ("population.csv", replaced("2019,2019", "20l9,2019"), "column year: '20l9' is not a year"),
    ("population.csv", replaced("3001,100,20", "3001,101,21"), "column population: 101 for (2020, 2020, '3001'), but"),
    ("population.csv", replaced("0101,100,20", "0101,100,21"), "column population: the ages do not add up to it"),
    ("population.csv", added("2019,2019,0101,100,20,60,20"), "line 11: says the same thing as line 2"),
    ("population.csv", replaced("2019,2019,0101,100,20,60,20\n", ""), "0101 is in only one of this table and the list"),
    ("population.csv", added("2019,2019"), "line 11: 2 cells where the header has 7"),
    ("population.csv", lambda text: text.splitlines()[0], "population.csv: there is nothing under the header"),
    ("population.csv", lambda _: "", "population.csv, line 1, column year: column year is missing"),
    (
        "municipalities_2020.csv",
        replaced("3001,Halden,Halden,30", "3001,Halden,Halden,15"),
        "does not begin with its county",
    ),
    ("municipality_changes_2023_2024.csv", replaced("0.75", "0.76"), "the weights of 1507 do not add up to 1"),
    (
        "municipality_changes_2019_2020.csv",
        replaced("merged", "eaten"),
        "column kind: 'eaten' is not known. Write one of",
    ),
    (
        "municipality_changes_2019_2020.csv",
        replaced("2020-01-01", "2020-01-02"),
        "'2020-01-02' is not the day 2020-01-01",
    ),
    ("municipality_changes_2019_2020.csv", replaced("1805,Narvik", "1850,Narvik"), "1850 has 3 lines, not all split"),
    (
        "municipality_changes_2019_2020.csv",
        replaced("3001,Halden", "3002,Halden"),
        "3001 is not in both this table and",
    ),
    ("immigrants.csv", added("2019,imdi_pre2020,0199,1,1"), "column code: 0199 is in no list of codes"),
    ("immigrants.csv", replaced("2019,imdi_pre2020", "2019,2020"), "column code_version: 2020 for 2019"),
    (
        "intro_programme_county.csv",
        added("2022,2020,46,65"),
        "46 is in only one of this table and the counties of 2020",
    ),
    ("unemployment_monthly_county.csv", replaced("2020-12", "2020-13"), "'2020-13' is not a month such as 2020-02"),
    ("coordinates.csv", replaced("59.1", "59,1"), "coordinates.csv, line 2: 8 cells where the header has 7"),
    ("coordinates.csv", replaced("59.1", "north"), "column centroid_lat: 'north' is not a decimal number with a point"),
    (
        "settlement_requests.csv",
        added("2020,2020,3001,all,settled,10,ok,imdikator_2023"),
        "same figure stands here twice",
    ),
    ("settlement_requests.csv", replaced("requested,10,ok", "requested,10,missing"), "a value without status ok"),
    (
        "settlement_requests.csv",
        replaced("0103,all,settled,,missing", "0103,all,settled,1,ok"),
        "0103 has a figure in 2019",
    ),
    (
        "settlement_requests.csv",
        added("2019,imdi_pre2020,0199,all,settled,1,ok,imdikator_2023"),
        "0199 is in no list of codes",
    ),
    ("settlement_requests.csv", replaced("2024,1580", "2024,1581"), "1581 is no municipality of 2024"),
    ("national_totals.csv", replaced("all,30", "all,31"), "the requests of 2020 do not add up to the national one"),
    ("national_totals.csv", replaced("2019-10-24", "Oct 2019"), "column as_of: 'Oct 2019' is no date"),
    ("asylum_applicants_monthly.csv", added("Malta,2018-12,10"), "says the same thing as line 4"),
]


@pytest.mark.parametrize(("file", "change", "sentence"), BAD)
def test_bad_input_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, change: Change, sentence: str
) -> None:
    tables = raw_tables()
    tables[file] = change(tables[file])
    code = compile_figures.main([str(folder_of(tmp_path, tables)), "--out", str(tmp_path / "out")])
    errors = capsys.readouterr().err
    assert code == 2
    assert sentence in errors
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists(), "nothing is written when something is wrong"


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path: Path) -> None:
    tables = raw_tables()
    del tables["centrality.csv"]
    folder = folder_of(tmp_path, tables)
    with pytest.raises(
        RawProblem, match=r"centrality\.csv: the file is missing\. Put it in the folder of raw tables\."
    ):
        compile_figures.compiled(folder)
    (folder / "centrality.csv").write_bytes("code_2020,centrality_class\nHerøy,1\n".encode("latin-1"))
    with pytest.raises(RawProblem, match=r"centrality\.csv: the file is not UTF-8") as problem:
        compile_figures.compiled(folder)
    assert (problem.value.file, problem.value.row, problem.value.column) == ("centrality.csv", None, None)


def test_the_shipped_package_is_what_the_script_describes() -> None:
    """No raw table is needed for this: the descriptor and the form of the tables follow from the tables themselves."""
    described = []
    for resource in RESOURCES:
        content = (SHIPPED / "figures" / f"{resource.name}.csv").read_bytes()
        rows = [dict(row) for row in table(resource.name)]
        assert compile_figures.as_csv(rows, resource.fields) == content, resource.name
        path = f"figures/{resource.name}.csv"
        described.append(compile_figures.descriptor(resource, path, content, len(rows)))
    assert compile_figures.package(described) == (SHIPPED / "datapackage.json").read_bytes()


@pytest.mark.skipif("BOSETT_RAW" not in os.environ, reason="BOSETT_RAW names no folder of raw tables")
def test_the_raw_tables_give_the_shipped_bytes() -> None:
    for path, content in compile_figures.compiled(Path(os.environ["BOSETT_RAW"])).items():
        assert SHIPPED.joinpath(*path.split("/")).read_bytes() == content, path


def test_the_reference_page_tells_every_table_column_and_indicator() -> None:
    page = docs_figures.page()
    for described in package()["resources"]:
        assert f"### `{described['name']}`" in page
        for field in described["schema"]["fields"]:
            assert f"| `{field['name']}` | {field['type']} |" in page
    for name in indicators():
        assert f"| `{name}` |" in page
