"""kill -9 of web, worker or database in the middle of actions: all or nothing, nothing acknowledged is lost."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from killing import children_of, kill, ready_again
from visitor import IMDI, WORKER, YEAR, Visitor, computed, decide_targets
from workspace import Workspace, workspace


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("kill") / "var") as demo:
        yield demo


def holds(visitor: Visitor) -> None:
    page = visitor.get(f"/{YEAR}/journal?verify=1")
    assert 'data-holds="True"' in page


@pytest.mark.parametrize("what", ["granian", "postgres"])
def test_what_was_acknowledged_is_there_and_what_was_not_is_whole_or_absent(stage: Workspace, what: str) -> None:
    visitor = Visitor(stage, IMDI, WORKER)
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
    count = re.search(r"Hendelser i alt: ([\d\u00a0]+)\.", visitor.get(f"/{YEAR}/journal?subject=forecast:{YEAR}"))
    assert count
    assert int(count[1].replace("\u00a0", "")) == len(stored)
    holds(visitor)


def test_a_killed_worker_leaves_no_half_proposal_and_the_next_one_does_it(stage: Workspace) -> None:
    decide_targets(stage)
    visitor = Visitor(stage, IMDI, WORKER)
    page = visitor.get(f"/{YEAR}/proposal")
    assert visitor.send(f"/{YEAR}/do/proposal.queue", {}, page) == 302
    for _ in range(3):
        kill(stage, "console work")
        time.sleep(0.7)
    page = computed(visitor)
    table = page[page.index("<tfoot>") : page.index("</tfoot>")].replace("\u00a0", "")
    assert ">5025<" in table
    holds(visitor)


def test_stopping_by_ctrl_c_is_clean_and_a_new_start_finds_everything(stage: Workspace) -> None:
    visitor = Visitor(stage, IMDI, WORKER)
    before = visitor.get(f"/{YEAR}/forecasts").count("Versjon")
    below = children_of(stage.process.pid)
    assert stage.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in below)
    stage.start()
    visitor = Visitor(stage, IMDI, WORKER)
    assert visitor.get(f"/{YEAR}/forecasts").count("Versjon") == before
    holds(visitor)
