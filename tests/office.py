"""A workspace without the demo, set up and run by the commands that `docs/how-to/run-for-real.md` tells.

Its roles and database are made on the server that DATABASE_URL names, else on one that is begun for it; what it runs is
given their addresses all the same. It goes by a clock that the walk moves (`dated`).
"""

import os
import re
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests
from playwright.sync_api import Browser, BrowserContext

import dated
from bosett.rounds.parties import Grade
from bosett_web.operations.console.commands import COMMANDS
from bosett_web.screens.words import say
from issuer import CLIENT, SECRET, Provider
from own_server import OVERSEER, address, own_server
from visitor import Caller
from walker import Walker
from web_database import GIVEN
from workspace import free_port

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "run-for-real.md"
WITHIN = 120
"""Seconds that anything of it may take."""
CONSOLE = [sys.executable, "-m", "bosett_web.operations.console"]
ADMINISTRATOR, WORKER, APPROVER = Grade.ADMINISTRATOR, Grade.CASE_WORKER, Grade.APPROVER
OURS = ("BOSETT_", "OIDC_", "DATABASE_")
"""How the names of settings begin that these tests may have been begun with."""
RUNNING = ("serve", "work")
"""Commands that go on until they are told to stop."""
OF_THE_OWNER = {each.name for each in COMMANDS if each.as_owner}


def section(number: int) -> str:
    """Return a section of the page."""
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (own,) = (part for part in parts if part.startswith(f"{number}. "))
    return own


def commands(number: int) -> list[list[str]]:
    """Return the commands of `bosett-web` that a section of the page tells one to run, in their order."""
    return [shlex.split(line) for line in re.findall(r"^\$ bosett-web (.+)$", section(number), re.MULTILINE)]


@contextmanager
def founded(folder: Path) -> Iterator[Mapping[str, str]]:
    """Make roles and database by the page; yield the address of the owner and of the application, by setting."""
    name = f"bosett_{secrets.token_hex(4)}"
    owner, application = f"{name}_owner", f"{name}_app"
    own = {owner: secrets.token_hex(16), application: secrets.token_hex(16)}
    words = re.search(r"```sql\n(.+?)```", section(2), re.DOTALL)
    assert words is not None
    made = re.sub(r"\bbosett(?=_|\b)", name, words[1])
    for written, role in (("write-the-owners-password", owner), ("write-the-applications-password", application)):
        assert written in made
        made = made.replace(written, own[role])
    with ExitStack() as stack:
        overseer = GIVEN or address(stack.enter_context(own_server(folder)), OVERSEER, "postgres")
        with psycopg.connect(overseer, autocommit=True) as connection:
            for statement in made.splitlines():
                if statement.startswith("CREATE DATABASE"):  # who is no superuser gives away only to whom one may be
                    connection.execute(f"GRANT {owner} TO CURRENT_USER".encode())
                connection.execute(statement.encode())
        stack.callback(_forget, overseer, name)
        place = urlsplit(overseer)
        host = place.netloc.rpartition("@")[2]
        urls = {
            role: place._replace(netloc=f"{role}:{password}@{host}", path=f"/{name}").geturl()
            for role, password in own.items()
        }
        yield {"BOSETT_OWNER_URL": urls[owner], "DATABASE_URL": urls[application]}


def _forget(overseer: str, name: str) -> None:
    with psycopg.connect(overseer, autocommit=True) as connection:
        for what in (f"DATABASE {name} WITH (FORCE)", f"ROLE {name}_app", f"ROLE {name}_owner"):
            connection.execute(f"DROP {what}".encode())


class Office:
    """What runs: the workspace's web and worker, and the issuer by which people log in.

    Attributes:
        address: Where the workspace is.
        var: Its folder.
        issuer: Who vouches for people.
    """

    def __init__(self, folder: Path, urls: Mapping[str, str]) -> None:
        self.port, self.var, self.log = free_port(), folder / "var", folder / "log"
        self.address = f"http://127.0.0.1:{self.port}"
        self.issuer = Provider(f"{self.address}/login/callback")
        self._moved = folder / "moved"
        self._running: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("BOSETT_", "OIDC_", "DATABASE_"))
            },
            "BOSETT_VAR": str(self.var),
            "BOSETT_TESTING": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "OIDC_ISSUER": self.issuer.address,
            "OIDC_CLIENT_ID": CLIENT,
            "DJANGO_SETTINGS_MODULE": dated.__name__,
            "PYTHONPATH": str(Path(__file__).parent),
            dated.MOVED: str(self._moved),
        }
        kept = {**urls, "BOSETT_SECRET_KEY": secrets.token_urlsafe(50), "OIDC_CLIENT_SECRET": SECRET}
        files = re.findall(r"^\| `([a-z-]+)` \| `([A-Z_]+)` \|", section(3), re.MULTILINE)
        assert {name for _, name in files} == set(kept)
        for file, name in files:
            path = folder / file
            path.write_text(kept[name], encoding="utf-8")
            self._environment[f"{name}_FILE"] = str(path)

    def be_on(self, day: date) -> None:
        """Let it be a day."""
        dated.move(self._moved, day)

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*CONSOLE, *words],
            env=self._given_to(words[0]),
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN,
        )

    def do(self, words: Sequence[str]) -> str:
        """Run a command that must do what it is asked for, or begin one that goes on; return what it said."""
        if words[0] not in RUNNING:
            done = self.run(words)
            assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
            return done.stdout
        with self.log.open("ab") as log:
            begun = [*CONSOLE, *words]
            self._running.append(
                subprocess.Popen(begun, env=self._given_to(words[0]), stdout=log, stderr=log, start_new_session=True)
            )
        return ""

    def wait(self) -> None:
        """Wait until all is ready."""
        end = time.monotonic() + WITHIN
        while time.monotonic() < end and all(each.poll() is None for each in self._running):
            try:
                if requests.get(f"{self.address}/healthz", timeout=5).ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.2)
        pytest.fail(f"the workspace was not ready:\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    def stop(self) -> None:
        """Stop what runs."""
        for each in self._running:
            each.send_signal(signal.SIGTERM)
        for each in self._running:
            try:
                each.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(each.pid, signal.SIGKILL)
                each.wait()
        self.issuer.stop()

    def _given_to(self, command: str) -> dict[str, str]:
        """Return the environment of a command: the owner's address is for those alone that need it."""
        owners = command in OF_THE_OWNER or command == "check"
        return {name: value for name, value in self._environment.items() if owners or name != "BOSETT_OWNER_URL_FILE"}


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """An office whose server and issuer run, in an empty database; stopped at the end."""
    with founded(folder / "server") as urls:
        made = Office(folder, urls)
        made.issuer.start()
        try:
            yield made
        finally:
            made.stop()


class Here(requests.Session):
    """A session that sends its cookies to this machine without TLS, as browsers do."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Let no cookie wait for TLS."""
        for cookie in self.cookies:
            cookie.secure = False
        return super().prepare_request(request)


class Person(Caller):
    """Somebody who acts for an organisation, by the issuer's word."""

    def __init__(self, of: Office, subject: str, number: str, name: str) -> None:
        super().__init__(of.address)
        self.session, self.subject = Here(), subject
        of.issuer.knows(subject, number, name=name)

    def log_in(self, link: str = "") -> None:
        """Come back from the issuer; on the way, by the link of a first administrator, when one is named."""
        began = self._led(f"{self.address}/login/start{f'?first={link}' if link else ''}")
        answer = requests.post(began, {"sub": self.subject}, allow_redirects=False, timeout=20)
        self._led(answer.headers["Location"])

    def take(self, link: str) -> None:
        """Become administrator by a link."""
        token = link.rpartition("/")[2]
        self.log_in(token)
        assert self.send(f"/first/{token}", {}, self.get(f"/first/{token}")) == 302

    @property
    def reference(self) -> str:
        """What an administrator knows the person by, before there is access."""
        written = re.search(r"Referanse: <strong>(\d+)</strong>", self.get("/login/role"))
        assert written is not None
        return written[1]

    def enter(self) -> None:
        """Take on the one role that has been given."""
        page = self.get("/login/role")
        (grant,) = re.findall(r'name="grant" value="(\d+)"', page)
        assert self.send("/login/role", {"grant": grant}, page) == 302

    def give(self, other: "Person", grade: str) -> None:
        """Give somebody access, as an administrator does, in the organisation's own role."""
        page = self.get("/access")
        seats = re.search(r'<select[^>]*name="seat".*?</select>', page, re.DOTALL)
        assert seats is not None
        seat = re.findall(r'<option value="(\d+)"', seats[0])[0]
        fields = {"person": other.reference, "seat": seat, "grade": grade}
        assert self.send("/access/access.grant", fields, page) == 302
        other.enter()

    def sit_down(self, browser: Browser) -> BrowserContext:
        """Open a browser that is logged in as the session is."""
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="nb-NO", timezone_id="Europe/Oslo"
        )
        context.add_cookies(
            [{"name": each.name, "value": str(each.value), "url": self.address} for each in self.session.cookies]
        )
        return context

    def _led(self, address: str) -> str:
        """Return where an address leads on."""
        answer = self.session.get(address, allow_redirects=False, timeout=20)
        assert answer.status_code == 302, f"{address}: {answer.text[-2000:]}"
        return answer.headers["Location"]


class Cast:
    """Who takes part, by role and grade: each with forms and cookies, and with a browser when it is asked for.

    Attributes:
        faults: What the browsers have complained of.
    """

    def __init__(self, of: Office, browser: Browser, year: int) -> None:
        self.year, self.office, self.browser, self.faults = year, of, browser, list[str]()
        self._people: dict[tuple[str, Grade], Person] = {}
        self._walks: dict[tuple[str, Grade], Walker] = {}

    def enter(self, role: str, grade: Grade, organisation: str) -> Person:
        """Let somebody be known to the issuer."""
        name = f"{say(f'grade_{grade}', 'nb').capitalize()} (laget for prøven)"
        person = self._people[role, grade] = Person(self.office, f"{role}-{grade}", organisation, name)
        return person

    def begin(self, role: str, organisation: str, link: str, *grades: Grade) -> None:
        """Let the first administrator of an organisation take a link, and give others their access."""
        boss = self.enter(role, ADMINISTRATOR, organisation)
        boss.take(link)
        for grade in grades:
            other = self.enter(role, grade, organisation)
            other.log_in()
            boss.give(other, grade)

    def person(self, role: str, grade: Grade = WORKER) -> Person:
        return self._people[role, grade]

    def walk(self, role: str, grade: Grade = WORKER) -> Walker:
        """Return somebody's browser."""
        if (role, grade) not in self._walks:
            context = self.person(role, grade).sit_down(self.browser)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            walk = Walker(context.new_page(), self.office.address, self.year)
            walk.faults = self.faults
            self._walks[role, grade] = walk
        return self._walks[role, grade]

    def do(self, role: str, name: str, grade: Grade = WORKER, /, **fields: str) -> None:
        """Let somebody send the form of a move, without a browser."""
        person = self.person(role, grade)
        assert person.send(f"/{self.year}/do/{name}", fields, person.get(f"/{self.year}/")) == 302, name
