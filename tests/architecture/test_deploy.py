"""What an installation starts from: units, compose file and example name only settings and commands that there are."""

import argparse
import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bosett_web.operations import console
from bosett_web.operations.console.commands import COMMANDS
from bosett_web.operations.settings_list import SETTINGS, setting_faults

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("bosett-*.service"))
DECLARED = {each.name for each in SETTINGS} | {f"{each.name}_FILE" for each in SETTINGS if each.in_file}
SECRET = {each.name for each in SETTINGS if each.secret}
NAMES = {command.name for command in COMMANDS}
COMMAND = re.compile(r"(?:^\$ |/bin/|`)bosett-web ([a-z][a-z-]*)((?: [^\s`|;)]+)*)")


def unit(path: Path) -> configparser.ConfigParser:
    """Return a unit; what stands several times is one text with several lines."""

    class Several(dict[str, Any]):
        def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 (whatever the parser reads)
            if isinstance(value, list) and key in self and isinstance(self[key], list):
                self[key].extend(value)
            else:
                super().__setitem__(key, value)

    parser = configparser.ConfigParser(strict=False, interpolation=None, dict_type=Several, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def assigned(lines: str) -> dict[str, str]:
    """Return the settings that lines as `NAME=value` assign."""
    rows = [
        (line.partition("=")[0], line.partition("=")[2])
        for line in lines.splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return dict(rows)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_sets_declared_settings_runs_a_command_and_holds_no_secret(path: Path) -> None:
    service = unit(path)["Service"]
    environment = assigned(service["Environment"])
    assert environment
    assert set(environment) - DECLARED == set()
    assert set(environment) & SECRET == set()
    credentials = {each.partition(":")[0] for each in service["LoadCredential"].splitlines()}
    assert {value.removeprefix("%d/") for value in environment.values()} == credentials
    named = COMMAND.search(service["ExecStart"])
    assert named
    assert named[1] in NAMES
    assert (service["User"], service["NoNewPrivileges"], service["UMask"]) == ("bosett", "yes", "0077")


def test_there_is_a_unit_for_web_worker_and_backup_and_a_timer() -> None:
    assert {COMMAND.search(unit(path)["Service"]["ExecStart"])[1] for path in UNITS} == {"serve", "work", "backup"}  # type: ignore[index]
    assert unit(DEPLOY / "systemd" / "bosett-backup.timer")["Timer"]["OnCalendar"]


def test_web_and_worker_are_never_given_the_owner() -> None:
    for path in UNITS:
        environment = assigned(unit(path)["Service"]["Environment"])
        assert ("BOSETT_OWNER_URL_FILE" in environment) is (path.name == "bosett-backup.service")


def test_the_example_of_settings_stands_with_its_secrets(tmp_path: Path) -> None:
    environment = assigned((DEPLOY / "systemd" / "settings.example").read_text(encoding="utf-8"))
    assert set(environment) - DECLARED == set()
    assert set(environment) & SECRET == set()
    secrets = {
        "BOSETT_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "DATABASE_URL": "postgresql://bosett_app:pw@localhost/bosett",
        "OIDC_CLIENT_SECRET": "hush",
    }
    assert setting_faults(environment | secrets | {"BOSETT_VAR": str(tmp_path)}) == ()


def compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return services


def test_the_compose_file_sets_declared_settings_and_runs_commands() -> None:
    services = compose()["services"]
    ours = {name: each for name, each in services.items() if each["image"] == "bosett"}
    assert {each["command"][0] for each in ours.values()} == {"migrate", "serve", "work"}
    for name, each in ours.items():
        assert set(each["environment"]) - DECLARED == set()
        assert set(each["environment"]) & SECRET == set()
        files = {Path(value).name for key, value in each["environment"].items() if key.endswith("_FILE")}
        assert files == set(each["secrets"])
        assert ("owner-url" in files) is (name == "migrate")
    assert set(compose()["secrets"]) == {secret for each in services.values() for secret in each["secrets"]}
    assert ours["web"]["ports"] == ["127.0.0.1:8000:8000"]  # the proxy alone reaches it


def named_commands() -> Iterator[tuple[str, list[str]]]:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        if "reference" not in page.parts:
            for line in page.read_text(encoding="utf-8").splitlines():
                if line.startswith("$ ") and (match := COMMAND.search(line)):
                    yield f"{page.name}: {line}", [match[1], *match[2].split()]


@pytest.mark.parametrize(("where", "words"), list(named_commands()))
def test_the_commands_of_the_pages_can_be_read(where: str, words: list[str]) -> None:
    args = console.parser().parse_args(words)
    assert isinstance(args, argparse.Namespace), where


def test_the_settings_that_the_pages_name_are_declared() -> None:
    pages = [page for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if page.name != "CHANGELOG.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)  # what has changed names what is gone
    named = set(re.findall(r"\b((?:BOSETT|OIDC)_[A-Z_]+[A-Z])\b", text))
    assert named - DECLARED == set()
