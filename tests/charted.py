"""The drawings of a page: each in a figure with a sentence, a table, and its files; and rounds that have them all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from django.db.models import F
from django.test import Client

from answering import record
from bosett.rounds.parties import Party
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.round import demo, proposals
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount
from bosett_web.records import clock
from bosett_web.records.models import Proposal, Request, Targets
from parties import FROZEN, SHARED, YEAR, register_forecast, worker
from web_database import Start

BERGEN, KINN, VESTLAND = "4601", "4602", "46"
DAY = date(2021, 3, 10)

FILES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
"""The files of a drawing, by the ending of their names, and what they are."""
SMALL = frozenset({"swatch", "spark", "span", "level"})
"""Drawings within a line of a table or a list, whose figures stand beside them there."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Charted:
    """A figure with drawings: their classes, what its caption says, whether a table is in it or named by it, files."""

    drawings: list[str] = field(default_factory=list)
    caption: str = ""
    has_table: bool = False
    table_at: str = ""
    files: list[str] = field(default_factory=list)


class _Figures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.figures: list[Charted] = []
        self.bare: list[str] = []
        self.ids: set[str] = set()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._figure: Charted | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "figure":
            self._figure = Charted(table_at=given.get("aria-details", ""))
            self.figures.append(self._figure)
        elif tag == "svg" and not set(given.get("class", "").split()) & SMALL:
            (self.bare if self._figure is None else self._figure.drawings).append(given.get("class", ""))
        elif self._figure is not None:
            self._figure.has_table |= tag == "table"
            if tag == "a" and "/chart/" in given.get("href", ""):
                self._figure.files.append(given["href"])
        if tag not in VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "figure":
            self._figure = None

    def handle_data(self, data: str) -> None:
        if self._figure is not None and any(tag == "figcaption" for tag, _ in self._open):
            self._figure.caption += data


def read_charts(page: str) -> tuple[list[Charted], list[str], set[str]]:
    """Return the figures of a page that hold drawings, the drawings outside figures, and the ids of the page."""
    parser = _Figures()
    parser.feed(page)
    return [each for each in parser.figures if each.drawings], parser.bare, parser.ids


def faults_of_charts(page: str) -> Iterator[str]:
    """Yield what the drawings of a page lack."""
    figures, bare, ids = read_charts(page)
    yield from (f"{each}: no figure" for each in bare)
    for each in figures:
        name = each.drawings[0]
        if not re.search(r"[.!?]\s*$", each.caption):
            yield f"{name}: no sentence"
        if not each.has_table and each.table_at not in ids:
            yield f"{name}: no table"
        kinds = [re.sub(r"\?.*", "", address).rpartition(".")[2] for address in each.files]
        if sorted(kinds) != sorted(FILES):
            yield f"{name}: files {kinds}"


def faults_of_files(page: str, client: Client) -> Iterator[str]:
    """Yield the files of a page's drawings that do not come."""
    for each in read_charts(page)[0]:
        for address in each.files:
            answer = client.get(address)
            kind = re.sub(r"\?.*", "", address).rpartition(".")[2]
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith(FILES[kind]):
                yield f"{address}: {answer.status_code}"


def work_on() -> None:
    """Register a second forecast, and compute a second run."""
    register_forecast(5200)
    for code, by in ((VESTLAND, -100), ("03", 100)):
        Targets.objects.get(round=YEAR).counties.filter(county=code).update(number=F("number") + by)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR, version=2).pk, lambda _: None)


def into_the_year() -> None:
    """Send the letters, record two answers, and count a few in the settlement year."""
    demo.move_clock(worker(Party.DIRECTORATE), day=DAY)
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment())
    for code, number in ((BERGEN, 40), (KINN, 30)):
        record(number, code)
    counts = [
        NewCount(code, step, LedgerGroup.ALL, date(2021, 2, 1), 9, "IMDi", date(2021, 2, 2))
        for code in (BERGEN, KINN)
        for step in (SettlementStep.ENQUIRED, SettlementStep.AGREED, SettlementStep.SETTLED)
    ]
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=counts, source="hand")


WORKED_ON = Start(work_on, SHARED)
"""A round at work, with two forecasts and two runs."""
IN_THE_YEAR = Start(into_the_year, FROZEN)
"""The settlement year, with a few decisions and counts."""
