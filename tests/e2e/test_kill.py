"""kill -9 of web, worker or database in the middle of actions: all or nothing, nothing acknowledged is lost."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from workspace import Workspace, workspace

YEAR = 2021


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("kill") / "var") as found:
        yield found


class Visitor:
    """Somebody with forms and cookies, as a browser without script has them."""

    def __init__(self, stage: Workspace, organisation: str, grade: str) -> None:
        self.stage, self.session = stage, requests.Session()
        page = self.get("/login")
        label = f'aria-label="{grade}, {organisation}'
        before = page[: page.index(label)]
        grant = re.findall(r'name="grant" value="(\d+)"', before)[-1]
        self.send("/login/demo", {"grant": grant}, page)

    def get(self, path: str) -> str:
        return self.session.get(f"{self.stage.address}{path}", timeout=20).text

    def send(self, path: str, fields: dict[str, str], page: str) -> int:
        """Send a form of a page; return the status, without following where it leads."""
        hidden = {
            name: found[1]
            for name in ("csrfmiddlewaretoken", "shown_to")
            if (found := re.search(f'name="{name}" value="([^"]+)"', page))
        }
        answer = self.session.post(
            f"{self.stage.address}{path}", {**hidden, **fields}, allow_redirects=False, timeout=20
        )
        return answer.status_code


def children_of(parent: int) -> dict[int, str]:
    """Return the processes below one, with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, IndexError):
            continue
        if above == parent:
            found[int(folder.name)] = command
            found |= children_of(int(folder.name))
    return found


def kill(stage: Workspace, what: str) -> None:
    """Kill -9 what the launcher runs: all processes whose command says it."""
    end = time.monotonic() + 30
    pids: list[int] = []
    while not pids and time.monotonic() < end:
        pids = [pid for pid, command in children_of(stage.process.pid).items() if what in command]
        time.sleep(0.05)
    assert pids, what
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def ready_again(stage: Workspace) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if stage.ready():
            return
        time.sleep(0.3)
    pytest.fail(f"not ready again:\n{stage.log.read_text(encoding='utf-8')[-3000:]}")


def holds(visitor: Visitor) -> None:
    page = visitor.get(f"/{YEAR}/journal?verify=1")
    assert 'data-holds="True"' in page


@pytest.mark.parametrize("what", ["granian", "postgres"])
def test_what_was_acknowledged_is_there_and_what_was_not_is_whole_or_absent(stage: Workspace, what: str) -> None:
    visitor = Visitor(stage, "Integrerings- og mangfoldsdirektoratet", "saksbehandler")
    acknowledged: list[int] = []
    tried: list[int] = []
    stop = threading.Event()
    first = 4000 if what == "granian" else 5000

    def write() -> None:
        number = first
        page = visitor.get(f"/{YEAR}/forecasts")
        while not stop.is_set():
            fields = {"low": "1000", "middle": str(number), "high": "9000", "as_of": "2020-05-01", "publisher": "Prøve"}
            tried.append(number)
            try:
                if visitor.send(f"/{YEAR}/do/forecast.register", fields, page) == 302:
                    acknowledged.append(number)
            except requests.RequestException:
                time.sleep(0.1)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(1.5)
    kill(stage, what)
    time.sleep(0.5)
    ready_again(stage)
    time.sleep(1.5)
    stop.set()
    writer.join(30)
    ready_again(stage)

    page = visitor.get(f"/{YEAR}/forecasts")
    table = page[page.index("<tbody>") : page.index("</tbody>")].replace("\u00a0", "")
    stored = [int(each) for each in re.findall(r'data-label="Middels">(\d+)<', table)]
    mine = [each for each in stored if first <= each < first + 1000]
    assert len(acknowledged) > 5
    assert set(acknowledged) <= set(mine)
    assert set(mine) <= set(tried)
    assert len(mine) == len(set(mine))
    # Each stored forecast has its one event: an action is one transaction.
    told = re.search(r"([\d\u00a0]+) hendelser", visitor.get(f"/{YEAR}/journal?subject=forecast:{YEAR}"))
    assert told
    assert int(told[1].replace("\u00a0", "")) == len(stored)
    holds(visitor)


def test_a_killed_worker_leaves_no_half_proposal_and_the_next_one_does_it(stage: Workspace) -> None:
    def someone(organisation: str, grade: str, name: str, fields: dict[str, str], screen: str) -> None:
        visitor = Visitor(stage, organisation, grade)
        page = visitor.get(f"/{YEAR}/{screen}")
        assert visitor.send(f"/{YEAR}/do/{name}", fields, page) == 302, name

    imdi, committee = "Integrerings- og mangfoldsdirektoratet", "Nasjonalt utvalg for mottak og bosetting"
    someone("Kunnskapsdepartementet", "godkjenner", "criteria.adopt", {"version": "1"}, "criteria")
    forecast = {"low": "1000", "middle": "3000", "high": "9000", "as_of": "2020-05-01", "publisher": "Prøve"}
    someone(imdi, "saksbehandler", "forecast.register", forecast, "forecasts")
    visitor = Visitor(stage, committee, "saksbehandler")
    page = visitor.get(f"/{YEAR}/targets?suggest=5025")
    numbers = dict(re.findall(r'name="(\w+-number)"[^>]*value="(\d+)"', page))
    assert len(numbers) == 12
    assert visitor.send(f"/{YEAR}/do/targets.draft", numbers, page) == 302
    someone(committee, "saksbehandler", "targets.submit", {"version": "1"}, "targets")
    someone(committee, "godkjenner", "targets.decide", {"version": "1"}, "targets")
    visitor = Visitor(stage, imdi, "saksbehandler")
    page = visitor.get(f"/{YEAR}/proposal")
    assert visitor.send(f"/{YEAR}/do/proposal.queue", {}, page) == 302
    for _ in range(3):
        kill(stage, "django work")
        time.sleep(0.7)
    end = time.monotonic() + 120
    while "regnet ut</span>" not in (page := visitor.get(f"/{YEAR}/proposal")) and time.monotonic() < end:
        time.sleep(1)
    table = page[page.index("<tfoot>") : page.index("</tfoot>")].replace("\u00a0", "")
    assert ">5025<" in table
    holds(visitor)


def test_stopping_by_ctrl_c_is_clean_and_a_new_start_finds_everything(stage: Workspace) -> None:
    visitor = Visitor(stage, "Integrerings- og mangfoldsdirektoratet", "saksbehandler")
    before = visitor.get(f"/{YEAR}/forecasts").count("Versjon")
    below = children_of(stage.process.pid)
    assert stage.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in below)
    stage.start()
    visitor = Visitor(stage, "Integrerings- og mangfoldsdirektoratet", "saksbehandler")
    assert visitor.get(f"/{YEAR}/forecasts").count("Versjon") == before
    holds(visitor)
