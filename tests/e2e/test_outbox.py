"""kill -9 in the middle of sending: every letter comes, and none of them twice, by the service's own list.

SvarUt's stand-in takes a second letter with the same reference as well, so nothing but the outbox keeps it from coming.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from killing import kill, ready_again
from standins import Maskinporten, SvarUt, running
from thorough import asked_of
from visitor import APPROVER, IMDI, WORKER, YEAR, Visitor, county_names
from workspace import Workspace

WITHIN = 150
EACH = 2
"""Letters in each case."""


@dataclass(frozen=True, slots=True)
class Post:
    """A workspace that sends by SvarUt, and the service."""

    stage: Workspace
    service: SvarUt
    counties: list[str]


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with ExitStack() as stack:
        service, access = stack.enter_context(running(SvarUt)), stack.enter_context(running(Maskinporten))
        stage = Workspace(tmp_path_factory.mktemp("outbox") / "var")
        stage.environment |= {
            "BOSETT_DISPATCH": "svarut",
            "BOSETT_DISPATCH_SECONDS": "5",
            "BOSETT_SVARUT_URL": service.address,
            "BOSETT_SVARUT_ACCOUNT": "k1",
            "BOSETT_SVARUT_INTEGRATION": "integration-1",
            "BOSETT_SVARUT_PASSWORD": "hush",
            "BOSETT_MASKINPORTEN_ISSUER": access.address,
            "BOSETT_MASKINPORTEN_CLIENT": "we",
            "BOSETT_MASKINPORTEN_KEY": access.key.as_pem(private=True).decode(),
            "BOSETT_MASKINPORTEN_KEY_ID": "k-1",
        }
        stack.callback(stage.forget)
        stage.start()
        stack.callback(stage.stop)
        names = county_names(stage)
        prepare(stage, names)
        yield Post(stage, service, [code for code in names if code != "03"])


def prepare(stage: Workspace, names: dict[str, str]) -> None:
    """Say who signs, and where the county municipalities get paper post."""
    visitor = Visitor(stage, IMDI, WORKER)
    page = visitor.get(f"/{YEAR}/letters")
    assert visitor.send(f"/{YEAR}/do/letter.prepare", {"signers": "avdelingsdirektør: N.N."}, page) == 302
    page = visitor.get(f"/{YEAR}/addresses")
    address = {"before": "", "lines": "Postboks 1", "postal_code": "0001", "place": "OSLO", "publisher": "Prøve"}
    for name in names.values():
        match = re.search(rf'\?edit=(\d+)#edit">{re.escape(name)} fylkeskommune<', page)
        if match:
            fields = {**address, "orgnr": match[1], "known_on": "2020-05-01"}
            assert visitor.send(f"/{YEAR}/do/letter.address", fields, page) == 302


def queued(stage: Workspace, counties: list[str]) -> list[str]:
    """Write, approve and send invitations to county meetings; return their references."""
    visitor = Visitor(stage, IMDI, WORKER)
    for county in counties:
        plan = {"county": county, "at": "2020-09-01T09:00", "place": "Video", "agenda": "Tallene"}
        assert visitor.send(f"/{YEAR}/do/meeting.plan", plan, visitor.get(f"/{YEAR}/meetings")) == 302
        fields = {
            "kind": "invitation",
            "county": county,
            "language": "nb",
            "invited_by": "2020-08-01",
            "how_to_come": "til post@imdi.no",
        }
        assert visitor.send(f"/{YEAR}/do/letter.write", fields, visitor.get(f"/{YEAR}/letters")) == 302
    for grade, name, step in ((APPROVER, "letter.approve", "check"), (WORKER, "letter.send", "confirm")):
        somebody = Visitor(stage, IMDI, grade)
        page = somebody.get(f"/{YEAR}/letters/{step}")
        form = page[page.index(f"/do/{name}") :]
        letters = re.search(r'name="letters" value="([\d,]+)"', form)
        seen = re.search(r'name="seen" value="(\w+)"', form)
        assert letters
        assert seen
        assert somebody.send(f"/{YEAR}/do/{name}", {"letters": letters[1], "seen": seen[1]}, page) == 302
    return [f"{YEAR}/{county}-innkalling-1" for county in counties]


@pytest.mark.parametrize(
    ("what", "way"),
    asked_of(product(("console work", "postgres"), ("hold", "hang")), (("console work", "hold"), ("postgres", "hang"))),
)
def test_every_letter_comes_once_whatever_is_killed_in_the_middle(post: Post, what: str, way: str) -> None:
    service = post.service
    service.holding.clear()
    service.let_go.clear()
    service.plan = [way]
    references = queued(post.stage, [post.counties.pop() for _ in range(EACH)])
    assert service.holding.wait(60), "no letter was on its way"
    kill(post.stage, what)
    service.let_go.set()
    ready_again(post.stage)
    visitor, end = Visitor(post.stage, IMDI, WORKER), time.monotonic() + WITHIN
    while (states := states_of(visitor, references)) != ["levert"] * EACH and time.monotonic() < end:
        time.sleep(0.5)
    assert states == ["levert"] * EACH
    assert sorted(reference for reference in service.got if reference in references) == sorted(references)
    assert service.faults == []
    assert 'data-holds="True"' in visitor.get(f"/{YEAR}/journal?verify=1")


def test_what_a_run_makes_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Letters, keys, logs and the database, whatever the shell that begins it lets others read."""
    stage = Workspace(tmp_path / "var", embedded=True)
    before = os.umask(0)
    try:
        stage.start()
    finally:
        os.umask(before)
    try:
        prepare(stage, county_names(stage))
        references, end = queued(stage, ["46", "11"]), time.monotonic() + WITHIN
        dispatched = stage.var / "dispatch"
        while len(list(dispatched.glob("*.zip"))) < len(references) and time.monotonic() < end:
            time.sleep(0.3)
    finally:
        stage.stop()
    paths = [stage.var, *stage.var.rglob("*")]
    names = {each.relative_to(stage.var).parts[0] for each in paths[1:]}
    assert {"dispatch", "postgres", "secret-key", "static"} <= names
    assert len(list(dispatched.glob("*.zip"))) == len(references)
    assert (stage.var / "postgres" / "postgres.log") in paths
    kept = [each for each in paths if not each.is_symlink() and (each.is_file() or each.is_dir())]
    assert [str(each) for each in kept if each.stat().st_mode & 0o077] == []


def states_of(visitor: Visitor, references: list[str]) -> list[str]:
    page = visitor.get(f"/{YEAR}/letters/look?kind=invitation")
    states = []
    for reference in references:
        row = page[page.index(f">{reference}</small>") :]
        state = re.search(r'class="state">([^<]+)<', row)
        assert state
        states.append(state[1])
    return states
