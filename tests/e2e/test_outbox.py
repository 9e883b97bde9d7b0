"""kill -9 in the middle of sending: every letter comes, and none of them twice, by the service's own list.

SvarUt's stand-in takes a second letter with the same reference as well, so nothing but the outbox keeps it from coming.
"""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from killing import kill, ready_again
from standins import Maskinporten, SvarUt, running
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
    with ExitStack() as held:
        service, access = held.enter_context(running(SvarUt)), held.enter_context(running(Maskinporten))
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
        held.callback(stage.forget)
        stage.start()
        held.callback(stage.stop)
        names = county_names(stage)
        prepare(stage, names)
        yield Post(stage, service, [code for code in names if code != "03"])


def prepare(stage: Workspace, names: dict[str, str]) -> None:
    """Say who signs, and where the county municipalities get paper post."""
    visitor = Visitor(stage, IMDI, WORKER)
    page = visitor.get(f"/{YEAR}/letters")
    assert visitor.send(f"/{YEAR}/do/letter.prepare", {"signers": "avdelingsdirektør: N.N."}, page) == 302
    page = visitor.get(f"/{YEAR}/addresses")
    told = {"before": "", "lines": "Postboks 1", "postal_code": "0001", "place": "OSLO", "publisher": "Prøve"}
    for name in names.values():
        found = re.search(rf'\?edit=(\d+)#edit">{re.escape(name)} fylkeskommune<', page)
        if found:
            fields = {**told, "orgnr": found[1], "known_on": "2020-05-01"}
            assert visitor.send(f"/{YEAR}/do/letter.address", fields, page) == 302


def queued(post: Post) -> list[str]:
    """Write, approve and send invitations to the next county meetings; return their references."""
    visitor, counties = Visitor(post.stage, IMDI, WORKER), [post.counties.pop() for _ in range(EACH)]
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
    for grade, name in ((APPROVER, "letter.approve"), (WORKER, "letter.send")):
        somebody = Visitor(post.stage, IMDI, grade)
        page = somebody.get(f"/{YEAR}/letters")
        form = page[page.index(f"/do/{name}") :]
        letters = re.search(r'name="letters" value="([\d,]+)"', form)
        seen = re.search(r'name="seen" value="(\w+)"', form)
        assert letters
        assert seen
        assert somebody.send(f"/{YEAR}/do/{name}", {"letters": letters[1], "seen": seen[1]}, page) == 302
    return [f"{YEAR}/{county}-innkalling-1" for county in counties]


@pytest.mark.parametrize(
    ("what", "way"), [("django work", "hold"), ("django work", "hang"), ("postgres", "hold"), ("postgres", "hang")]
)
def test_every_letter_comes_once_whatever_is_killed_in_the_middle(post: Post, what: str, way: str) -> None:
    service = post.service
    service.holding.clear()
    service.let_go.clear()
    service.plan = [way]
    references = queued(post)
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


def states_of(visitor: Visitor, references: list[str]) -> list[str]:
    page = visitor.get(f"/{YEAR}/letters?all=1")
    found = []
    for reference in references:
        row = page[page.index(f">{reference}</td>") :]
        told = re.search(r'class="state">([^<]+)<', row)
        assert told
        found.append(told[1])
    return found
