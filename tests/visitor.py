"""Somebody who uses the workspace by forms and cookies alone, and the 2021 round taken on by them."""

import csv
import re
import time
from functools import cache, cached_property
from io import StringIO

import requests

from bosett.geography import counties, municipalities
from bosett.rounds.run import compute
from workspace import Workspace

YEAR = 2021
IMDI, COMMITTEE = "Integrerings- og mangfoldsdirektoratet", "Nasjonalt utvalg for mottak og bosetting"
WORKER, APPROVER = "saksbehandler", "godkjenner"


class Caller:
    """Somebody with forms and cookies, as a browser without script has them."""

    def __init__(self, address: str) -> None:
        self.address, self.session = address, requests.Session()

    def get(self, path: str) -> str:
        return self.session.get(f"{self.address}{path}", timeout=20).text

    def send(self, path: str, fields: dict[str, str], page: str) -> int:
        """Send a form of a page; return the status, without following where it leads."""
        hidden = {
            name: match[1]
            for name in ("csrfmiddlewaretoken", "shown_to")
            if (match := re.search(f'name="{name}" value="([^"]+)"', page))
        }
        answer = self.session.post(f"{self.address}{path}", {**hidden, **fields}, allow_redirects=False, timeout=20)
        return answer.status_code


class Visitor(Caller):
    """Somebody of the demo."""

    def __init__(self, stage: Workspace, organisation: str, grade: str, county: str = "") -> None:
        super().__init__(stage.address)
        self.door = self.get(f"/login?county={county}")
        self.be(organisation, grade)

    def be(self, organisation: str, grade: str) -> None:
        """Log in as somebody whom the page of the login names: of a body of the country, or of the county's."""
        label = f'aria-label="{grade}, {organisation}'
        before = self.door[: self.door.index(label)]
        grant = re.findall(r'name="grant" value="(\d+)"', before)[-1]
        assert self.send("/login/demo", {"grant": grant}, self.door) == 302, organisation
        self.__dict__.pop("home", None)

    @cached_property
    def home(self) -> str:
        """The first page, whose hidden fields go with each form that is sent without a look at its own page."""
        return self.get(f"/{YEAR}/")


@cache
def logged_in(stage: Workspace, organisation: str, grade: str) -> Visitor:
    """Return somebody who has logged in once, and does all that falls to them."""
    return Visitor(stage, organisation, grade)


def someone(stage: Workspace, organisation: str, grade: str, name: str, fields: dict[str, str]) -> None:
    """Let somebody send one form."""
    visitor = logged_in(stage, organisation, grade)
    assert visitor.send(f"/{YEAR}/do/{name}", fields, visitor.home) == 302, name


def move_clock(stage: Workspace, day: str) -> None:
    """Move the demo's date forward."""
    visitor = logged_in(stage, IMDI, WORKER)
    assert visitor.send("/clock", {"day": day}, visitor.home) == 302


def decide_targets(stage: Workspace, total: int = 5025) -> None:
    """Take the demo to decided targets."""
    someone(stage, "Kunnskapsdepartementet", APPROVER, "criteria.adopt", {"version": "1"})
    forecast = {"low": "1000", "middle": "3000", "high": "9000", "as_of": "2020-05-01", "publisher": "Prøve"}
    someone(stage, IMDI, WORKER, "forecast.register", forecast)
    parts = {f"{county.code}-number": str(county.target) for county in compute(YEAR, total=total).counties}
    someone(stage, COMMITTEE, WORKER, "targets.draft", {"national-number": str(total), **parts})
    someone(stage, COMMITTEE, WORKER, "targets.submit", {"version": "1"})
    someone(stage, COMMITTEE, APPROVER, "targets.decide", {"version": "1"})


def computed(visitor: Visitor, seconds: float = 120) -> str:
    """Wait for a queued proposal, and return its page."""
    end = time.monotonic() + seconds
    while "regnet ut</span>" not in (page := visitor.get(f"/{YEAR}/proposal")) and time.monotonic() < end:
        time.sleep(0.5)
    assert "regnet ut</span>" in page
    return page


def share_proposal(stage: Workspace) -> None:
    """Compute and share the proposal."""
    visitor = logged_in(stage, IMDI, WORKER)
    assert visitor.send(f"/{YEAR}/do/proposal.queue", {}, visitor.home) == 302
    computed(visitor)
    someone(stage, IMDI, APPROVER, "proposal.share", {"version": "1"})


def to_the_counties(stage: Workspace) -> None:
    """Take the demo to where the counties take over: targets decided, proposal shared."""
    decide_targets(stage)
    share_proposal(stage)


def county_names(stage: Workspace) -> dict[str, str]:
    """Return the counties' names by code."""
    page = logged_in(stage, IMDI, WORKER).get(f"/{YEAR}/counties")
    return dict(re.findall(rf'href="/{YEAR}/counties/(\d\d)">([^<]+)<', page))


def organisation_of(county: str, names: dict[str, str]) -> str:
    """Return the body that acts for a county."""
    return "Oslo kommune" if county == "03" else f"{names[county]} fylkeskommune"


def fill_county(stage: Workspace, county: str, names: dict[str, str]) -> None:
    """Take a county's recommendation to approval, as proposed."""
    for name in ("recommendation.fill", "recommendation.ready"):
        someone(stage, organisation_of(county, names), WORKER, name, {"county": county})


def finish_county(stage: Workspace, county: str, names: dict[str, str]) -> None:
    """Take a county's recommendation, which is ready and to whose meeting all are invited, to a final one."""
    own = {"county": county}
    minutes = own | {"minutes": "Tallene ble gått gjennom kommune for kommune."}
    someone(stage, organisation_of(county, names), APPROVER, "recommendation.submit", own)
    someone(stage, IMDI, WORKER, "recommendation.outcomes", own)
    someone(stage, IMDI, WORKER, "meeting.hold", minutes)
    someone(stage, IMDI, WORKER, "recommendation.discuss", own)
    someone(stage, IMDI, APPROVER, "recommendation.finish", own)


def freeze(stage: Workspace, seconds: float = 240) -> None:
    """Let the demo's parties take the round on from where it stands to frozen numbers, and wait for them."""
    visitor = logged_in(stage, IMDI, WORKER)
    assert visitor.send("/login/demo/walk", {}, visitor.home) == 302
    end, frozen = time.monotonic() + seconds, f"Tallene for {YEAR} er frosset."
    while frozen not in (page := visitor.get("/login")) and time.monotonic() < end:
        assert "kom ikke videre" not in page, page
        time.sleep(1)
    assert frozen in page


def asked_of(stage: Workspace) -> dict[str, int]:
    """Return what each municipality that is asked is asked for."""
    table = Visitor(stage, IMDI, WORKER).get(f"/{YEAR}/numbers.csv").lstrip("\ufeff")
    rows = csv.reader(StringIO(table), delimiter=";")
    next(rows)
    return {row[0]: int(row[-1]) for row in rows if row[-1] not in ("", "0")}


def municipality_of(stage: Workspace, code: str) -> Visitor:
    """Log in as a municipality's case worker."""
    return Visitor(stage, municipality_body(code), WORKER, code[:2])


def municipality_body(code: str) -> str:
    """Return a municipality's name as the page of the login tells it."""
    place = next(each for each in municipalities(YEAR) if each.code == code)
    shown = {each.code: each.name for each in counties(YEAR)}[place.county]
    own = f"{place.name} {place.kind}"
    name = f"{own} ({shown})" if place.display_name != place.name else own
    return f"{name}, kommunen"  # Oslo is a county as well
