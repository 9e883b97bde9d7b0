"""Plugin-free helpers of the browser tests: a workspace of its own, begun by the launcher as a user begins it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, sync_playwright

READY_WITHIN = 120


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; its lack fails the test, it never skips it."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("These tests need Debian's chromium: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--headless"])
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Workspace:
    """A running workspace: its folder, address and launcher; `environment` adds to what it is started with."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.environment: dict[str, str] = {}
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = var.parent / f"{var.name}.log"

    def start(self) -> None:
        """Begin it and wait until all is ready."""
        settings = {"HOST": "127.0.0.1", "PORT": str(self.port), "BOSETT_VAR": str(self.var), "BOSETT_DEMO": "1"}
        environment = {key: value for key, value in os.environ.items() if not key.startswith("BOSETT_")}
        if environment.get("DATABASE_URL", "").endswith("not-started-yet"):
            del environment["DATABASE_URL"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bosett_web.operations.launcher"],
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
def workspace(var: Path) -> Iterator[Workspace]:
    """A workspace in a folder of its own, stopped at the end."""
    found = Workspace(var)
    found.start()
    try:
        yield found
    finally:
        found.stop()
