"""Every setting is declared, every declared setting is read, and everything missing or weak is named at once."""

import ast
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from bosett_web.dispatch.channels import WAYS
from bosett_web.dispatch.port import Channel
from bosett_web.operations.environment import Misconfigured
from bosett_web.operations.settings_list import FAMILIES, SETTINGS, read_environment, setting_faults

SRC = Path(__file__).parents[2] / "src"
KEY = secrets.token_urlsafe(50)
WHOLE = {
    "BOSETT_SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://app:pw@localhost/bosett",
    "OIDC_ISSUER": "https://issuer.example",
    "OIDC_CLIENT_ID": "bosett",
    "OIDC_CLIENT_SECRET": "secret",
}
DECLARED = {each.name for each in SETTINGS}
WITH_FILES = DECLARED | {f"{each.name}_FILE" for each in SETTINGS if each.in_file}
NAME = re.compile(rf"(?:{'|'.join(FAMILIES)})[A-Z_]+[A-Z]|DATABASE_URL|HOST|PORT")


def settings_read(text: str) -> set[str]:
    """Return the names of settings that a source reads from an environment, whatever it calls it."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Call):
            asked = node.args
        elif isinstance(node, ast.Subscript):
            asked = [node.slice]
        elif isinstance(node, ast.Tuple | ast.List):
            asked = node.elts
        elif isinstance(node, ast.Assign):
            asked = [node.value]
        texts = [each.value for each in asked if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        names |= {each for each in texts if NAME.fullmatch(each)}
    return names


def environment_reads(text: str) -> set[str]:
    """Return what a source reads of `os.environ` by a name that stands there."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv", "os.environ.pop"}:
            names |= {ast.literal_eval(node.args[0])} if isinstance(node.args[0], ast.Constant) else set()
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names |= {ast.literal_eval(node.slice)} if isinstance(node.slice, ast.Constant) else set()
    return names


def test_every_setting_that_the_source_reads_is_declared() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py"))}
    read = {name for text in texts.values() for name in settings_read(text)}
    plainly = {name for text in texts.values() for name in environment_reads(text)}
    assert read - WITH_FILES == set()
    assert plainly - WITH_FILES - {"DJANGO_SETTINGS_MODULE"} == set()
    # What is declared is read somewhere else than where it is declared.
    others = [text for path, text in texts.items() if path.name != "settings_list.py"]
    elsewhere = {name for text in others for name in settings_read(text)}
    assert DECLARED - elsewhere == set()


def test_the_scan_can_find_an_undeclared_one() -> None:
    assert settings_read('import os\nos.environ.get("BOSETT_SECRET_WISH")\nflag("OIDC_OTHER")') == {
        "BOSETT_SECRET_WISH",
        "OIDC_OTHER",
    }
    assert environment_reads('import os\nos.environ["TMPDIR"]\nos.getenv("LANG")') == {"TMPDIR", "LANG"}


def test_names_are_given_once_and_each_has_its_words() -> None:
    assert len(DECLARED) == len(SETTINGS)
    for each in SETTINGS:
        assert each.meaning.endswith("."), each.name
        assert each.secret or not each.in_file
    assert set(WAYS) == set(Channel)
    assert {name for way in WAYS.values() for name in way.needed} <= DECLARED


def faults(**values: str) -> dict[str, str]:
    return {fault.name: fault.what for fault in setting_faults({**WHOLE, **values})}


def test_nothing_is_said_of_what_stands() -> None:
    assert faults() == {}
    assert faults(BOSETT_DISPATCH="eformidling", BOSETT_EFORMIDLING_URL="http://localhost:9093") == {}
    behind = {"BOSETT_BEHIND_PROXY": "1", "BOSETT_HOSTS": "bosett.example", "HOST": "192.0.2.1"}
    assert faults(**behind) == {}


def test_all_that_is_missing_is_named_and_not_the_first_only() -> None:
    missing = {fault.name for fault in setting_faults({})}
    assert missing == {"BOSETT_SECRET_KEY", "DATABASE_URL", "OIDC_ISSUER"}
    assert {fault.name for fault in setting_faults({"OIDC_ISSUER": "https://issuer.example"})} == {
        *("BOSETT_SECRET_KEY", "DATABASE_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    }
    svarut = faults(BOSETT_DISPATCH="svarut", BOSETT_SVARUT_URL="https://svarut.example")
    assert len(svarut) == 6
    assert all(what == "is not set: BOSETT_DISPATCH=svarut needs it" for what in svarut.values())


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("BOSETT_SECRET_KEY", "secret", "can be guessed"),
        ("BOSETT_DEMO", "1", "anybody walks in"),
        ("BOSETT_BEHIND_PROXY", "perhaps", "write 1 or 0"),
        ("BOSETT_HOSTS", "bosett.example", "plain HTTP is not for other machines"),
        ("HOST", "0.0.0.0", "plain HTTP is not for other machines"),  # noqa: S104 (refused)
        ("PORT", "70000", "from 1 to 65535"),
        ("BOSETT_WEB_WORKERS", "many", "from 1 to 64"),
        ("BOSETT_VAR", "var", "write the whole path"),
        ("DATABASE_URL", "sqlite:///x", "must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://app:pw@db.example/bosett", "says nothing of encryption"),
        ("BOSETT_OWNER_URL", "postgresql://app:pw@localhost/bosett", "must own no table"),
        ("OIDC_ISSUER", "issuer.example", "from https:// on"),
        ("OIDC_ISSUER", "http://issuer.example", "from https:// on"),
        ("BOSETT_DISPATCH", "pigeon", "write one of"),
        ("BOSETT_LOG_LEVEL", "loud", "write one of"),
        ("BOSETT_METRICS_TOKEN", "short", "can be guessed"),
        ("BOSETT_HOST", "x", "is no setting: is it BOSETT_HOSTS?"),
        ("OIDC_CLIENT_SECRETS_FILE", "x", "is it OIDC_CLIENT_SECRET_FILE?"),
    ],
)
def test_what_is_weak_or_no_setting_is_told_with_what_to_do(name: str, value: str, why: str) -> None:
    sentences = faults(**{name: value})
    assert {name} <= set(sentences) <= {name, "BOSETT_HOSTS"}
    assert why in sentences[name]
    assert not sentences[name].startswith(name)


def test_an_issuer_on_this_machine_and_a_socket_need_no_encryption() -> None:
    assert faults(OIDC_ISSUER="http://localhost:8080", DATABASE_URL="postgresql:///bosett?host=/run/postgresql") == {}
    assert faults(DATABASE_URL="postgresql://app:pw@database/bosett?sslmode=disable") == {}


def test_a_secret_may_stand_in_a_file_but_not_in_both_ways(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    environment = {name: value for name, value in WHOLE.items() if name != "BOSETT_SECRET_KEY"}
    environment["BOSETT_SECRET_KEY_FILE"] = str(file)
    assert setting_faults(environment) == ()
    assert read_environment(environment)["BOSETT_SECRET_KEY"] == KEY
    with pytest.raises(Misconfigured, match="are both set"):
        read_environment(environment | WHOLE)
    assert "cannot be read: FileNotFoundError" in str(
        setting_faults(environment | {"BOSETT_SECRET_KEY_FILE": "/none"})[0]
    )


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `bosett-web` in an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith((*FAMILIES, "DATABASE_"))}
    command = [sys.executable, "-m", "bosett_web.operations.console", *words]
    return subprocess.run(command, env=kept | environment, capture_output=True, text=True, check=False)


def test_check_tells_each_on_a_line_and_ends_with_1() -> None:
    done = run("check", OIDC_ISSUER="http://issuer.example")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        *("BOSETT_SECRET_KEY", "DATABASE_URL", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "5")
    ]
    assert run("check", "--settings", **WHOLE).stdout == "all is as it should be\n"


@pytest.mark.parametrize(
    ("command", "environment", "why"),
    [
        ("serve", {}, "BOSETT_SECRET_KEY is not set"),
        ("serve", {"BOSETT_DEMO": "1"}, "in the demo anybody walks in as any party"),
        ("work", WHOLE | {"BOSETT_DEMO": "1"}, "in the demo anybody walks in as any party"),
        ("migrate", WHOLE | {"BOSETT_HOST": "x"}, "is no setting"),
    ],
)
def test_nothing_begins_while_a_setting_lacks_and_the_demo_never_by_accident(
    command: str, environment: dict[str, str], why: str, tmp_path: Path
) -> None:
    done = run(command, BOSETT_VAR=str(tmp_path / "var"), **environment)
    assert done.returncode == 2
    assert why in done.stderr
    assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)
    assert not (tmp_path / "var").exists()


def test_a_fault_of_the_words_or_the_database_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    done = run("sevre")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    silent = WHOLE | {"DATABASE_URL": f"postgresql://app@/bosett?host={tmp_path}", "BOSETT_VAR": str(tmp_path)}
    owner = {"BOSETT_OWNER_URL": f"postgresql://owner@/bosett?host={tmp_path}"}
    done = run("migrate", **silent)
    assert done.returncode == 2
    assert "BOSETT_OWNER_URL is not set: migrate needs the role that owns the tables" in done.stderr
    done = run("migrate", **silent, **owner)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "DATABASE_URL gives no way into the database" in done.stderr
    done = run("check", **silent)
    assert (done.returncode, "the database does not answer" in done.stdout) == (1, True)
