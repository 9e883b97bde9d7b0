"""A workspace of today without the demo's rounds: its parties on the map of 2024, on a day of 2026."""

import hashlib
from dataclasses import replace
from datetime import date

import madeup
from bosett.figures import FigureVersion
from bosett.parameters import criteria_of_year, load_shipped
from bosett.rounds.due import CalendarStep
from bosett.rounds.parties import Party
from bosett.rounds.run import compute
from bosett_web.actions.figures import figures
from bosett_web.actions.round import criteria, demo, forecasts, opening, proposals, targets
from bosett_web.actions.values import Numbers
from bosett_web.queries.standing import standing
from bosett_web.records.models import Clock, Proposal
from parties import approver, worker
from web_database import Start

YEAR = 2027
PERSONS = 9000
TODAY = date(2026, 3, 16)
DAYS = {
    CalendarStep.CRITERIA: date(2026, 5, 29),
    CalendarStep.FORECAST: date(2026, 6, 12),
    CalendarStep.JOINT_MEETING: date(2026, 6, 16),
    CalendarStep.TARGETS: date(2026, 6, 24),
    CalendarStep.RECOMMENDATION: date(2026, 9, 25),
    CalendarStep.MEETINGS: date(2026, 10, 9),
    CalendarStep.LETTERS: date(2026, 10, 30),
    CalendarStep.ANSWERS: date(2027, 1, 29),
}


def people() -> None:
    """Fill an empty workspace with the parties of the day."""
    Clock.objects.create(pk=1, day=TODAY)
    demo.organisations(TODAY)


def open_round() -> None:
    """Open the round of 2027 with a day for each step."""
    opening.open_round(approver(Party.DIRECTORATE), year=YEAR, days=DAYS)


PEOPLED = Start(people)
OPENED = Start(open_round, PEOPLED)


def csv_of(version: FigureVersion) -> bytes:
    """Return a version as a plain file of figures."""
    rows = ["code,time,value,status"]
    for time, by_code in version.figures.items():
        for code, figure in by_code.items():
            status = "" if figure.value is not None else figure.status.value
            rows.append(f"{code},{time},{'' if figure.value is None else figure.value},{status}")
    return "\n".join(rows).encode()


def accept_figures() -> None:
    """Read in and accept made-up requests of 2026 and unemployment of February 2026."""
    for version in (madeup.requests_of_2026(), madeup.unemployed_of_february_2026()):
        content = csv_of(version)
        kept = replace(version, raw_sha256=hashlib.sha256(content).hexdigest())
        (identity,) = figures.read(
            worker(Party.DIRECTORATE), source=f"{version.indicator}.csv", content=content, versions=[kept]
        )
        figures.accept(approver(Party.DIRECTORATE), identity=identity, looked=True)


def open_with_least() -> None:
    """Open the round of 2027 in which nobody is asked for fewer than ten."""
    opening.open_round(approver(Party.DIRECTORATE), year=YEAR, days=DAYS, least=10)


def share_proposal() -> None:
    """Take the round of 2027 from its criteria to a shared proposal for 9 000 persons."""
    directorate, committee = worker(Party.DIRECTORATE), worker(Party.COMMITTEE)
    file = criteria_of_year(YEAR, 10)[-1]
    criteria.draft(committee, year=YEAR, title="Kriterier for 2027", wording="", file=file)
    criteria.propose(approver(Party.COMMITTEE), year=YEAR, version=1)
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    criteria.share(directorate, year=YEAR, version=1)
    demo.move_clock(directorate, day=date(2026, 6, 30))
    forecast = {"low": 7000, "middle": 9000, "high": 12000, "publisher": "Laget for prøven"}
    forecasts.register(directorate, year=YEAR, as_of=date(2026, 6, 12), **forecast)  # type: ignore[arg-type]
    at = standing(YEAR)
    run = compute(YEAR, total=PERSONS, criteria=load_shipped(file), figures=at.figures)
    parts = {county.code: Numbers(county.target) for county in run.counties}
    targets.draft(committee, year=YEAR, national=Numbers(PERSONS), counties=parts)
    targets.submit(committee, year=YEAR, version=1)
    targets.decide(approver(Party.COMMITTEE), year=YEAR, version=1)
    proposals.queue(directorate, year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR).pk, lambda _: None)
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=1)


FIGURED = Start(accept_figures, PEOPLED)
READY = Start(open_with_least, FIGURED)
SHARED = Start(share_proposal, READY)
