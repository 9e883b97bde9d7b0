"""What a command loads: no more than it needs, so that asking for help does not wait for what makes letters."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OTHERS = {"numpy", "yaml", "xlsxwriter", "typst", "python_calamine", "icalendar", "requests", "django"}
RUN = """
import json, sys
from bosett.cli import main
try:
    code = main({arguments!r})
except SystemExit as ended:
    code = ended.code
with open({to!r}, "w") as file:
    json.dump([code, sorted(sys.modules)], file)
"""


def loaded(arguments: list[str], folder: Path) -> set[str]:
    """Run a command in a fresh interpreter and return every module that it has loaded at its end."""
    to = folder / "modules.json"
    run = RUN.format(arguments=arguments, to=str(to))
    ended = subprocess.run([sys.executable, "-c", run], cwd=folder, capture_output=True, check=True)
    code, modules = json.loads(to.read_text())
    assert code == 0, ended.stderr.decode()
    return set(modules)


def others(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} & OTHERS


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_but_the_list_of_commands(arguments: list[str], tmp_path: Path) -> None:
    modules = loaded(arguments, tmp_path)
    ours = {name for name in modules if name.partition(".")[0] == "bosett"}
    assert ours == {"bosett", "bosett.basis", "bosett.basis.refusals", "bosett.cli"}
    assert others(modules) == set()
    assert len(modules) < 150


LETTER = (
    "circular 2021 --date 2020-05-19 --reference 20/1 --signer N,N --reception goes-on --criteria-standing proposed "
    "--forecast-when 2020-06 --targets-when 2020-06-22 --letters-when autumn-2020 "
    "--meeting-when before-summer-2020 --contact post@imdi.no --stopped resettlement:2020-03-14"
)
PROBLEM = '{"total": 3, "recipients": [{"id": "a", "claim": "1"}, {"id": "b", "claim": "1.5"}]}'
OWN = '{"total": 9, "recipients": [{"id": "a", "claim": "1", "least": 4}, {"id": "b", "claim": "1", "least": 5}]}'


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("share problem.json", ""),
        ("share own.json", "numpy"),
        ("share --help", ""),
        ("allocate 2021", "yaml"),
        ("allocate 2021 --format json", "yaml"),
        ("allocate 2021 --format xlsx --out a.xlsx", "xlsxwriter yaml"),
        ("explain 2021 4601", "yaml"),
        ("revise 2020 --total 3602 --tie-rule id", "yaml"),
        ("diagnose 2021", "yaml"),
        ("backtest 2021", "yaml"),
        ("round --help", "xlsxwriter yaml"),
        ("letter --help", "yaml"),
        (f"letter {LETTER}", "yaml"),
        (f"letter {LETTER} --out a.pdf", "typst yaml"),
        ("data check", ""),
    ],
    ids=str.strip,
)
def test_a_command_loads_only_what_it_needs(line: str, needed: str, tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(PROBLEM, encoding="utf-8")
    (tmp_path / "own.json").write_text(OWN, encoding="utf-8")
    assert others(loaded(line.split(), tmp_path)) == set(needed.split())


def test_only_the_command_named_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(PROBLEM, encoding="utf-8")
    modules = loaded(["share", "problem.json"], tmp_path)
    assert {name for name in modules if name.startswith("bosett.cli.")} == {"bosett.cli.share", "bosett.cli.output"}
