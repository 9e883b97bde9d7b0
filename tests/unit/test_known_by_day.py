"""A run uses no figure from after its own day: with every later figure taken out it is the same, to the byte.

The tables are taken from the package as a whole, so a figure that is read past `series` (a split, a size) is found too.
"""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bosett.basis.tables import package, table
from bosett.parameters import load_shipped, round_day, shipped

pytestmark = pytest.mark.long

DATA = files("bosett") / "data"
# A round is computed, diagnosed, explained and back-tested; the years before it are looked up. One process for each
# set of tables, as tables are kept once read. The total is the round's own question, so it is given.
SCRIPT = """
import json, sys
from datetime import date
from pathlib import Path
from bosett.basis import tables
if sys.argv[1]:
    tables._root = lambda: Path(sys.argv[1])
from bosett.documents.explanation import explanation_document
from bosett.documents.run_data import run_document
from bosett.rounds.backtest import MODELS
from bosett.rounds.diagnose import diagnose
from bosett.rounds.explanation import explain_all
from bosett.rounds.history import history, requests_before, sources
from bosett.rounds.population import inhabitants
from bosett.rounds.run import compute
from bosett.geography import SplitRule
SOME = {"0301", "1806", "5055", "5059"}  # two of them received a split
year, day, told = int(sys.argv[2]), date.fromisoformat(sys.argv[3]), {}
told["before"] = repr((history(year, day), sources(year, day), requests_before(year, day), inhabitants(year, day)))
told["split"] = repr(requests_before(year, day, SplitRule.LARGEST_RECEIVER))
if sys.argv[4] == "round":
    told["run"] = run_document(compute(year, total=5000))
    told["diagnosis"] = repr(diagnose(year, total=5000))
    explained = explain_all(year, total=5000, only=SOME)
    told["explained"] = {code: explanation_document(each) for code, each in explained.items()}
    told["models"] = {name: repr(numbers(year, 5000)) for name, numbers in MODELS.items()}
json.dump(told, sys.stdout, sort_keys=True)
"""
REFERENCE = [load_shipped(name) for name in shipped() if name.endswith("-reference")]


def known_by(day: str, folder: Path) -> Path:
    """Write the shipped package with only the figures that counts as known on a day."""
    root = folder / f"known-{day}"
    shutil.copytree(str(DATA), root)
    described = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        rows = table(resource["name"])
        if "known_on" not in rows[0]:
            continue
        kept, text = [row for row in rows if row["known_on"] <= day], io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
        (root / resource["path"]).write_bytes(text.getvalue().encode())
        resource |= {
            "hash": f"sha256:{hashlib.sha256(text.getvalue().encode()).hexdigest()}",
            "rowcount": len(kept),
        }
    (root / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return root


def printed(root: Path | str, year: int, day: str, what: str) -> dict[str, object]:
    command = [sys.executable, "-c", SCRIPT, str(root), str(year), day, what]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return dict(json.loads(done.stdout))


@pytest.mark.bulk
@pytest.mark.parametrize("file", REFERENCE, ids=lambda file: str(file.year))
def test_a_round_needs_no_figure_from_after_its_day(file: object, tmp_path: Path) -> None:
    year, day = file.year, file.day.isoformat()  # type: ignore[attr-defined]
    with_all, with_known = printed("", year, day, "round"), printed(known_by(day, tmp_path), year, day, "round")
    for part, content in with_all.items():
        assert with_known[part] == content, part


@pytest.mark.bulk
@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2020, "2019-02-28"),  # the day before the sizes of the receivers of Tysfjord and Snillfjord are known
        (2020, "2019-06-30"),
        (2021, "2020-05-19"),
        (2023, "2022-03-18"),
        (2024, "2023-10-31"),
    ],
)
def test_the_years_before_need_no_figure_from_after_a_day(year: int, day: str, tmp_path: Path) -> None:
    assert printed(known_by(day, tmp_path), year, day, "before") == printed("", year, day, "before")


def test_the_test_can_fail(tmp_path: Path) -> None:
    """With fewer figures than are known on the day, the round of 2023 is another."""
    early = known_by("2022-03-17", tmp_path)
    assert printed(early, 2023, "2022-03-18", "before") != printed("", 2023, "2022-03-18", "before")


def test_every_table_with_figures_says_from_when_they_count_as_known() -> None:
    """Only what is true of a place from its first day, or has one day for the whole table, has no column for it."""
    without = {each["name"] for each in package()["resources"] if "known_on" not in table(each["name"])[0]}
    assert without == {
        *("counties", "municipalities", "municipality_names", "municipality_changes"),
        *("language_decisions", "labour_market_regions", "centrality", "coordinates"),
    }


@pytest.mark.parametrize("file", REFERENCE, ids=lambda file: str(file.year))
def test_the_reference_model_is_of_the_day_that_rounds_are_counted_from(file: object) -> None:
    assert file.day == round_day(file.year)  # type: ignore[attr-defined]
