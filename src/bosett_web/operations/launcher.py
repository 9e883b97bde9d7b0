"""`make run`: one process that owns database, web and worker; it starts, watches, restarts and stops them.

With `--demo` it asks for the demo, where nothing else is said. A server named in DATABASE_URL is not its own to stop.

It knows no Django: the children do. Each child has a session of its own, so that Ctrl-C reaches the launcher alone,
and ends when the launcher does, however that ends.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from bosett_web.operations.environment import (
    CHECKOUT,
    Misconfigured,
    given_key,
    hosts,
    in_checkout,
    is_demo,
    is_loopback,
    refuse_plain_http,
)
from bosett_web.operations.own_database import application_on
from bosett_web.operations.postgres import APPLICATION, OWNER, NoDatabase, Postgres
from bosett_web.operations.processes import keep_to_oneself

SECONDS_TO_BE_READY = 90
SECONDS_TO_STOP = 20
CONSOLE = [sys.executable, "-m", "bosett_web.operations.console"]
SHORTEST_LIFE = 2.0
"""A child that lives shorter than this, in seconds, waits before it is started again."""


class CannotRun(RuntimeError):
    """The workspace cannot come up; the message says why and what to do."""


class Child:
    """A process that is started again when it ends, whatever its exit code."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name, self.command, self.environment = name, command, dict(environment)
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        """Start it by the helper that makes it end with this process."""
        helper = [sys.executable, "-m", "bosett_web.operations.processes", str(os.getpid()), *self.command]
        self._started = time.monotonic()
        self.process = subprocess.Popen(helper, env=self.environment, start_new_session=True)  # noqa: S603 (our own words)

    def keep(self) -> None:
        """Start it again when it has ended; not at once when it ended at once."""
        if self.process and self.process.poll() is not None and time.monotonic() - self._started > SHORTEST_LIFE:
            say(f"{self.name} has ended and is started again")
            self.start()

    def stop(self) -> None:
        """Let it finish what it is at, then end it."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"bosett: {words}\n")
    sys.stderr.flush()


def launch(*, asked: bool) -> int:
    """Run the workspace until it is told to stop; return the exit code.

    Args:
        asked: Whether the demo is asked for where nothing else is said.
    """
    keep_to_oneself()  # the owner's password is in its memory
    os.umask(0o077)  # what it and its children write is for who runs the workspace alone
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _stop)
    try:
        _run(os.environ.get("HOST") or "127.0.0.1", _port(os.environ.get("PORT") or "8000"), asked=asked)
    except KeyboardInterrupt:
        say("stopped")
        return 0
    except (CannotRun, Misconfigured, NoDatabase) as why:
        say(str(why))
        return 2
    return 0


def _stop(_sign: int, _frame: FrameType | None) -> None:
    # A second Ctrl-C must not break the stopping off half-way.
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(host: str, port: int, *, asked: bool) -> None:
    demo = _checked(host, asked=asked)
    _free(host, port)
    folder = _folder()
    common = {**os.environ, "BOSETT_DEMO": str(int(demo)), "BOSETT_VAR": str(folder), "BOSETT_SUPERVISED": "1"}
    common |= {"HOST": host, "PORT": str(port)}
    common.pop("BOSETT_OWNER_URL", None)  # the children that answer are never given it
    with ExitStack() as stack:
        given = os.environ.get("DATABASE_URL")
        server = None if given else stack.enter_context(Postgres(folder / "postgres"))
        if server is None:
            owner, application = str(given), application_on(str(given), folder)
        else:
            owner, application = server.url(OWNER), server.url(APPLICATION)
        say("the database answers; its tables are brought up to date")
        prepare = [*CONSOLE, "migrate"]
        environment = {**common, "DATABASE_URL": application}
        if subprocess.run(prepare, env={**environment, "BOSETT_OWNER_URL": owner}, check=False).returncode:  # noqa: S603 (our own words)
            raise CannotRun("the workspace could not be prepared; what it said stands above")
        children = [
            Child("the web server", [*CONSOLE, "serve"], {"BOSETT_WEB_WORKERS": "1", **environment}),
            Child("the worker", [*CONSOLE, "work"], environment),
        ]
        for child in children:
            stack.callback(child.stop)
            child.start()
        address = f"http://{host}:{port}"
        _wait(address, children)
        say(f"ready on {address}  (Ctrl-C stops it)")
        while True:
            if server and server.process and server.process.poll() is not None:
                say("the database has ended and is started again")
                server.start()
            for child in children:
                child.keep()
            time.sleep(0.2)


def _folder() -> Path:
    """Return where the workspace keeps everything.

    Raises:
        Misconfigured: Nothing is said, and this is no checkout, whose `var` it would be.
    """
    given = os.environ.get("BOSETT_VAR")
    if not given and not in_checkout():
        raise Misconfigured("BOSETT_VAR is not set: name the folder in which the workspace keeps what it keeps")
    return Path(given or CHECKOUT / "var").resolve()


def _checked(host: str, *, asked: bool) -> bool:
    """Tell whether it is the demo that starts.

    Raises:
        Misconfigured: The environment asks for what is not safe.
    """
    demo = is_demo(host, asked=asked)
    if not is_loopback(host):
        refuse_plain_http(f"HOST={host} can be reached from other machines")
    hosts(demo=demo)
    given_key(demo=demo)
    return demo


def _port(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CannotRun(f"PORT={given!r} is no port: give a number from 1 to 65535")
    return int(given)


def _free(host: str, port: int) -> None:
    """Refuse a port that somebody else holds, before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"port {port} on {host} cannot be used ({error.strerror}): choose another, for example "
                f"make run PORT={port + 1 if port < 65535 else 8000}"
            ) from None


def _wait(address: str, children: list[Child]) -> None:
    """Wait until all is ready.

    Raises:
        CannotRun: It takes too long.
    """
    until = time.monotonic() + SECONDS_TO_BE_READY
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 (our own address)
                return
        except (urllib.error.URLError, OSError):
            for child in children:
                child.keep()
            time.sleep(0.1)
    raise CannotRun(f"not ready after {SECONDS_TO_BE_READY} seconds; the log lines above may tell why")


if __name__ == "__main__":
    sys.exit(launch(asked="--demo" in sys.argv[1:]))
