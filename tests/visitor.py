"""Somebody who uses the workspace by forms and cookies alone, and the 2021 round taken on by them."""

import re
import time
from functools import cache

import requests

from workspace import Workspace

YEAR = 2021
IMDI, COMMITTEE = "Integrerings- og mangfoldsdirektoratet", "Nasjonalt utvalg for mottak og bosetting"
WORKER, APPROVER = "saksbehandler", "godkjenner"


class Visitor:
    """Somebody with forms and cookies, as a browser without script has them."""

    def __init__(self, stage: Workspace, organisation: str, grade: str, county: str = "") -> None:
        self.stage, self.session = stage, requests.Session()
        page = self.get(f"/login?county={county}")
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


@cache
def logged_in(stage: Workspace, organisation: str, grade: str) -> Visitor:
    """Return somebody who has logged in once, and does all that falls to them."""
    return Visitor(stage, organisation, grade)


def someone(stage: Workspace, organisation: str, grade: str, name: str, fields: dict[str, str], screen: str) -> None:
    """Let somebody open a screen and send one form."""
    visitor = logged_in(stage, organisation, grade)
    assert visitor.send(f"/{YEAR}/do/{name}", fields, visitor.get(f"/{YEAR}/{screen}")) == 302, name


def move_clock(stage: Workspace, day: str) -> None:
    """Move the demo's date forward."""
    visitor = logged_in(stage, IMDI, WORKER)
    assert visitor.send("/clock", {"day": day}, visitor.get(f"/{YEAR}/")) == 302


def decide_targets(stage: Workspace, total: int = 5025) -> None:
    """Take the demo to decided targets."""
    someone(stage, "Kunnskapsdepartementet", APPROVER, "criteria.adopt", {"version": "1"}, "criteria")
    forecast = {"low": "1000", "middle": "3000", "high": "9000", "as_of": "2020-05-01", "publisher": "Prøve"}
    someone(stage, IMDI, WORKER, "forecast.register", forecast, "forecasts")
    visitor = logged_in(stage, COMMITTEE, WORKER)
    page = visitor.get(f"/{YEAR}/targets?suggest={total}")
    numbers = dict(re.findall(r'name="(\w+-number)"[^>]*value="(\d+)"', page))
    assert len(numbers) == 12
    assert visitor.send(f"/{YEAR}/do/targets.draft", numbers, page) == 302
    someone(stage, COMMITTEE, WORKER, "targets.submit", {"version": "1"}, "targets")
    someone(stage, COMMITTEE, APPROVER, "targets.decide", {"version": "1"}, "targets")


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
    assert visitor.send(f"/{YEAR}/do/proposal.queue", {}, visitor.get(f"/{YEAR}/proposal")) == 302
    computed(visitor)
    someone(stage, IMDI, APPROVER, "proposal.share", {"version": "1"}, "proposal")


def county_names(stage: Workspace) -> dict[str, str]:
    """Return the counties' names by code."""
    page = logged_in(stage, IMDI, WORKER).get(f"/{YEAR}/counties")
    return dict(re.findall(rf'href="/{YEAR}/counties/(\d\d)">([^<]+)<', page))


def organisation_of(county: str, names: dict[str, str]) -> str:
    """Return the body that acts for a county."""
    return "Oslo kommune" if county == "03" else f"{names[county]} fylkeskommune"


def fill_counties(stage: Workspace) -> None:
    """Take every county's recommendation to approval, as proposed."""
    names = county_names(stage)
    for county in names:
        fields, screen = {"county": county}, f"counties/{county}"
        for name in ("recommendation.fill", "recommendation.ready"):
            someone(stage, organisation_of(county, names), WORKER, name, fields, screen)


def freeze(stage: Workspace) -> None:
    """Take the counties' recommendations, which are ready for approval, to frozen numbers."""
    names = county_names(stage)
    move_clock(stage, "2020-09-01")  # a meeting is held on its day, and no earlier
    for county in names:
        organisation, fields = organisation_of(county, names), {"county": county}
        screen = f"counties/{county}"
        someone(stage, organisation, APPROVER, "recommendation.submit", fields, screen)
        plan = fields | {"at": "2020-09-01T09:00", "place": "Video"}
        minutes = fields | {"minutes": "Tallene ble gått gjennom kommune for kommune."}
        for grade, name, given, page in (
            (WORKER, "meeting.plan", plan, "meetings"),
            (WORKER, "meeting.invite", fields, "meetings"),
            (WORKER, "recommendation.outcomes", fields, screen),
            (WORKER, "meeting.hold", minutes, "meetings"),
            (WORKER, "recommendation.discuss", fields, screen),
            (APPROVER, "recommendation.finish", fields, screen),
        ):
            someone(stage, IMDI, grade, name, given, page)
    someone(stage, IMDI, WORKER, "round.consult", {}, "numbers")
    someone(stage, "KS", WORKER, "round.answer", {"comment": "KS har ingen merknader."}, "numbers")
    someone(stage, IMDI, WORKER, "round.submit", {}, "numbers")
    someone(stage, IMDI, APPROVER, "round.freeze", {}, "numbers")
