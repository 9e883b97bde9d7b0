"""Plugin-free helpers of the browser tests: a workspace of its own, begun by the launcher as a user begins it."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from playwright.sync_api import Browser, sync_playwright

from web_database import GIVEN as SERVER
from web_database import MADE

READY_WITHIN = 120
GIVEN = SERVER or ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; its lack fails the test, it never skips it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("These tests need Debian's chromium: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--headless"])
        yield browser
        browser.close()


def free_port() -> int:
    """Return a free port, below those of outgoing connections: none of them takes it before a workspace does."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


class Workspace:
    """A running workspace: its folder, address and launcher; `environment` adds to what it is started with.

    On a server given by DATABASE_URL it has a database of its own, which is dropped at the end; `embedded` asks for
    the embedded one all the same. It is run by the Python of these tests, or by another.
    """

    def __init__(self, var: Path, *, python: Path = Path(sys.executable), embedded: bool = False) -> None:
        self.var, self.port, self.python = var, free_port(), python
        self.database = f"bosett_walk_{self.port}" if GIVEN and not embedded else ""
        self.environment: dict[str, str] = {}
        if self.database:
            self.environment["DATABASE_URL"] = urlsplit(GIVEN)._replace(path=f"/{self.database}").geturl()
            self.on_the_server(f"CREATE DATABASE {self.database}")
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = var.parent / f"{var.name}.log"

    def start(self) -> None:
        """Begin it and wait until all is ready."""
        settings = {"HOST": "127.0.0.1", "PORT": str(self.port), "BOSETT_VAR": str(self.var), "BOSETT_DEMO": "1"}
        environment = {key: value for key, value in os.environ.items() if not key.startswith("BOSETT_")}
        environment.pop("DATABASE_URL", None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.python), "-m", "bosett_web.operations.launcher"],
                env=environment | settings | {"BOSETT_TESTING": "1"} | self.environment,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            if self.ready():
                return
            time.sleep(0.3)
        self.stop()
        pytest.fail(f"the workspace was not ready:\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    @staticmethod
    def on_the_server(statement: str) -> None:
        """Run a statement of our own on the given server."""
        with psycopg.connect(GIVEN, autocommit=True) as connection:
            connection.execute(statement)

    def kill_connections(self) -> None:
        """End every connection to our database at once: what a given server does when it falls."""
        ours = f"datname = '{self.database}'"
        self.on_the_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}")  # noqa: S608  - our own name

    def forget(self) -> None:
        """Drop what a given server held for us: the database, and the application's role in it."""
        if self.database:
            self.on_the_server(f"DROP DATABASE {self.database} WITH (FORCE)")
            for kept in self.var.glob("application-*.json"):
                self.on_the_server(f"DROP ROLE IF EXISTS {json.loads(kept.read_text(encoding='utf-8'))['role']}")

    def ready(self) -> bool:
        """Tell whether /healthz answers that all is ready."""
        try:
            return requests.get(f"{self.address}/healthz", timeout=5).status_code == HTTPStatus.OK
        except requests.RequestException:
            return False

    def stop(self) -> int:
        """Stop it as Ctrl-C does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


@contextmanager
def workspace(var: Path, after: Callable[[Workspace], object] | None = None) -> Iterator[Workspace]:
    """A workspace in a folder of its own, stopped at the end.

    Args:
        var: The folder.
        after: How the demo is taken on from its first day; None leaves it there. What comes out is made once for all
            workers, and copied when it is asked for again; on a given server it is made each time.
    """
    demo = Workspace(var)
    if demo.database:
        demo.start()
        if after is not None:
            after(demo)
    else:
        subprocess.run(["cp", "-a", str(_made(after)), str(var)], check=True)  # with whom each file is of
        demo.start()
    try:
        yield demo
    finally:
        demo.stop()
        demo.forget()


def _made(after: Callable[[Workspace], object] | None) -> Path:
    """Return the folder of a workspace that has been taken on and stopped; whoever asks first makes it."""
    folder = MADE / (after.__name__ if after else "begun")
    with (MADE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            demo = Workspace(MADE / "var")
            shutil.rmtree(demo.var, ignore_errors=True)  # of one that did not come so far
            demo.start()
            try:
                if after is not None:
                    after(demo)
            finally:
                demo.stop()
            demo.var.rename(folder)
    return folder
