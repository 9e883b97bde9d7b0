"""Let a whole country answer on one day, and write docs/reference/bench-deadline-day.md.

The workspace is begun as `make run` begins it, with a process for each of two cores; the demo's parties take its round
to frozen numbers, and each municipality gets its letter. Then all of them come at once: those that are asked tell when
they will decide, record their decisions with a document and read the receipt, the others and the counties read, and
the directorate sets reminders to those who have not answered, has them approved and sends them.

What was acknowledged is looked for again afterwards: number, document and journal. Anything else than the page that was
asked for ends the bench.
"""

import hashlib
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
PAGE = ROOT / "docs" / "reference" / "bench-deadline-day.md"

import hostile  # noqa: E402  - the tests' own helpers
from bosett.geography import counties, municipalities  # noqa: E402
from visitor import (  # noqa: E402
    APPROVER,
    IMDI,
    WORKER,
    YEAR,
    Visitor,
    asked_of,
    freeze,
    move_clock,
    municipality_body,
    municipality_of,
    organisation_of,
)
from workspace import Workspace  # noqa: E402

LETTERS_ON, DEADLINE_DAY, DEADLINE, LATER = "2021-02-01", "2021-02-26", "2021-02-27", "2021-03-12"
STEP = {"made": "check", "approved": "confirm"}
"""The page on which letters in a state are approved, or sent."""
AT_ONCE = 16
"""Browsers that wait for an answer at any time, on the two cores that the workspace has too."""
PLAN, ANSWER, READ = "a municipality tells when it decides", "a decision with its document", "a page is read"


@dataclass
class Day:
    """What came of a day.

    Attributes:
        taken: Seconds of each answer by what was done.
        written: SHA-256 of the document of each decision that was acknowledged, by municipality.
    """

    taken: dict[str, list[float]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Time one answer."""
        begins = time.perf_counter()
        yield
        self.taken.setdefault(what, []).append(time.perf_counter() - begins)

    def read(self, visitor: Visitor, path: str) -> str:
        """Read a page."""
        with self.timed(READ):
            answer = visitor.session.get(f"{visitor.address}{path}", timeout=60)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer.text


def document_of(code: str) -> bytes:
    """Return a document of a municipality's own: a comment tells them apart."""
    return hostile.added(f"% {code}\n".encode())


def posted(visitor: Visitor, name: str, fields: dict[str, str], page: str, document: bytes | None = None) -> None:
    """Send a form, and end when it is not acknowledged."""
    hidden = {each: match[1] for each in ("csrfmiddlewaretoken", "shown_to") if (match := _hidden(each, page))}
    files = {"attachment": ("vedtak.pdf", document, "application/pdf")} if document else None
    address = f"{visitor.address}/{YEAR}/do/{name}"
    answer = visitor.session.post(address, {**hidden, **fields}, files=files, allow_redirects=False, timeout=120)
    if answer.status_code != 302:
        raise RuntimeError(f"{name} {fields}: {answer.status_code}")


def _hidden(name: str, page: str) -> re.Match[str] | None:
    return re.search(rf'name="{name}" value="([^"]+)"', page)


def municipality_answers(stage: Workspace, day: Day, code: str, number: int) -> None:
    """Read one's letter, tell when one decides, decide, and read what has been recorded."""
    visitor = municipality_of(stage, code)
    page = day.read(visitor, f"/{YEAR}/own")
    with day.timed(PLAN):
        posted(visitor, "decision.plan", {"municipality": code, "planned_on": DEADLINE_DAY}, page)
    page = day.read(visitor, f"/{YEAR}/own")
    content = document_of(code)
    fields = {"municipality": code, "request": "1", "number": str(number), "minors": "no", "from": "own"}
    fields |= {"decided_by": "council", "decided_on": DEADLINE_DAY}
    with day.timed(ANSWER):
        posted(visitor, "decision.record", fields, page, content)
    day.written[code] = hashlib.sha256(content).hexdigest()
    day.read(visitor, f"/{YEAR}/decisions/{code}/1")


def municipality_reads(stage: Workspace, day: Day, code: str) -> None:
    """Read one's own page, and how the country stands."""
    visitor = municipality_of(stage, code)
    for path in (f"/{YEAR}/own", f"/{YEAR}/"):
        day.read(visitor, path)


def county_reads(stage: Workspace, day: Day, county: str, names: dict[str, str]) -> None:
    """Follow the answers of one's municipalities."""
    visitor = Visitor(stage, organisation_of(county, names), WORKER, county)
    for _ in range(5):
        for path in (f"/{YEAR}/counties/{county}", f"/{YEAR}/decisions"):
            day.read(visitor, path)


def directorate_reminds(stage: Workspace, day: Day) -> None:
    """Set reminders to those who have not answered, have another approve them, and send those that are still true."""
    visitor = Visitor(stage, IMDI, WORKER)
    with day.timed("reminders to all who have not answered are set"):
        posted(visitor, "letter.write", {"kind": "reminder", "remind_by": LATER}, day.read(visitor, f"/{YEAR}/letters"))
    for grade, name, state in ((APPROVER, "letter.approve", "made"), (WORKER, "letter.send", "approved")):
        by = Visitor(stage, IMDI, grade)
        page = day.read(by, f"/{YEAR}/letters/{STEP[state]}?kind=reminder")
        form = page[page.index(f'action="/{YEAR}/do/{name}"') :]
        fields = {each: match[1] for each in ("letters", "seen") if (match := _hidden(each, form))}
        with day.timed(f"they are {'approved' if state == 'made' else 'sent'}"):
            posted(by, name, fields, page)


def begun(stage: Workspace) -> None:
    """Take the demo to the last day but one: the round is frozen, and each municipality has its letter."""
    freeze(stage)
    move_clock(stage, LETTERS_ON)
    worker, approver = Visitor(stage, IMDI, WORKER), Visitor(stage, IMDI, APPROVER)
    needs = {"answer_by": DEADLINE, "how_to_answer": "i Bosett", "signers": "direktør: NN", "neutral_form": "nb"}
    posted(worker, "letter.prepare", needs, worker.home)
    posted(worker, "letter.make", {}, worker.home)
    everybody = len(municipalities(YEAR))
    until(lambda: f"{everybody} brev er lagd" in worker.get(f"/{YEAR}/letters"))
    for by, name, state in ((approver, "letter.approve", "made"), (worker, "letter.send", "approved")):
        page = by.get(f"/{YEAR}/letters/{STEP[state]}")
        form = page[page.index(f'action="/{YEAR}/do/{name}"') :]
        posted(by, name, {each: match[1] for each in ("letters", "seen") if (match := _hidden(each, form))}, page)
    until(lambda: f"{everybody} levert" in worker.get(f"/{YEAR}/letters"))
    move_clock(stage, DEADLINE_DAY)


def until(is_so: Callable[[], bool], seconds: float = 600) -> None:
    """Wait for the worker."""
    ends = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(2)


def whole_day(stage: Workspace) -> tuple[Day, float]:
    """Let everybody come, and return what came of it and how long it took, in seconds."""
    day, asked = Day(), asked_of(stage)
    names = {county.code: county.name for county in counties(YEAR)}
    others = [place.code for place in municipalities(YEAR) if place.code not in asked]
    begins = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        work = [crowd.submit(county_reads, stage, day, county, names) for county in names]
        answers = [crowd.submit(municipality_answers, stage, day, code, number) for code, number in asked.items()]
        work += [crowd.submit(municipality_reads, stage, day, code) for code in others]
        until(lambda: len(day.written) > len(asked) // 4 or any(each.done() and each.exception() for each in answers))
        directorate_reminds(stage, day)
        for each in (*work, *answers):
            each.result()
    return day, time.perf_counter() - begins


def found_again(stage: Workspace, day: Day) -> None:
    """Hold what is there to what was acknowledged.

    Raises:
        RuntimeError: Something is lost.
    """
    directorate, asked = Visitor(stage, IMDI, WORKER), asked_of(stage)
    for code, sha256 in day.written.items():
        answer = directorate.session.get(f"{stage.address}/{YEAR}/decisions/{code}/1.pdf", timeout=60)
        if hashlib.sha256(answer.content).hexdigest() != sha256:
            raise RuntimeError(f"the document of {municipality_body(code)}")
    if day.written.keys() != asked.keys():
        raise RuntimeError("not everybody has answered")
    decided = f"{len(asked)} av {len(asked)}"
    if decided not in " ".join(re.sub(r"<[^>]+>", "", directorate.get(f"/{YEAR}/decisions")).split()):
        raise RuntimeError(f"not {decided}")
    until(lambda: 'data-holds="True"' in directorate.get(f"/{YEAR}/journal?verify=1"), 60)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bosett-bench-") as folder:
        stage = Workspace(Path(folder) / "var", embedded=True)
        stage.environment["BOSETT_WEB_WORKERS"] = "2"
        stage.start()
        try:
            begun(stage)
            day, took = whole_day(stage)
            found_again(stage, day)
        finally:
            stage.stop()
    page = median(day.taken[READ])
    rows = "\n".join(
        f"| {what} | {len(seconds)} | {_seconds(median(seconds))} | {_seconds(_slow(seconds))} |"
        f" {median(seconds) / page:.1f} |"
        for what, seconds in sorted(day.taken.items(), key=lambda each: -len(each[1]))
    )
    answers = sum(map(len, day.taken.values()))
    text = f"""# Bench: the last day

Made by `make bench` (`bench/deadline_day.py`). Each of {len(municipalities(YEAR))} municipalities and
{len(counties(YEAR))} county municipalities logs in and does what it has to on the last day, {AT_ONCE} at any time,
while the directorate sets reminders; database, worker, two web processes and the crowd share two cores.

| what | answers | one in two within | nineteen in twenty within | of a page |
| --- | --- | --- | --- | --- |
{rows}

{answers / took:.0f} answers a second beside the logins; none was another than the one that was asked for.
Found again afterwards: {len(day.written)} decisions of {len(day.written)}, each with its document, and a whole journal.
"""
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


def _slow(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
