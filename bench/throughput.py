"""Ask a running workspace for pages as fast as it answers, and write docs/reference/bench-throughput.md.

The workspace is begun as `make run` begins it, on an embedded server, with a process for each of two cores, and the
demo's parties take its round to frozen numbers. The client shares the two cores with it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
PAGE = ROOT / "docs" / "reference" / "bench-throughput.md"

from visitor import IMDI, WORKER, YEAR, Visitor, freeze  # noqa: E402  - the tests' own helpers
from workspace import Workspace  # noqa: E402

COUNTY, COUNTY_NAME = "46", "Vestland fylkeskommune"
CONNECTIONS, MANY = 8, 200
WARM, SECONDS, TURNS = 1.0, 4.0, 3
ABOUT = f"""Made by `make bench` (`bench/throughput.py`): a workspace with its database, its worker and two web
processes on two cores, its round frozen, asked over {CONNECTIONS} connections that are kept open, by a client on
the same two cores.
Each page is asked for {SECONDS:.0f} seconds in {TURNS} turns, one page after the other; the rate is the median of them.
Read the ratios: the page without a round is what the server, the session and the frame take by themselves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: answers a second, and seconds that one in two and one in twenty took at least."""

    rate: float
    median: float
    slowest: float
    failed: int


async def ask_again(host: str, port: int, words: bytes, ends: float, taken: list[float]) -> int:
    """Ask the same over one connection until the time has come; return how many answers were not 200."""
    failed = 0
    reader, writer = await asyncio.open_connection(host, port, limit=1 << 22)
    while (begins := time.perf_counter()) < ends:
        writer.write(words)
        status = await answered(reader)
        taken.append(time.perf_counter() - begins)
        failed += status != 200
    writer.close()
    await writer.wait_closed()
    return failed


async def answered(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end, and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((line for line in head.split("\r\n") if line.startswith("content-length:")), "")
    if length:
        await reader.readexactly(int(length.partition(":")[2]))
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(" ", 2)[1])


async def asked(stage: Workspace, path: str, cookie: str, *, connections: int, seconds: float) -> Asked:
    """Ask for a page over so many connections for so long."""
    words = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{stage.port}\r\n{cookie}\r\n".encode()
    taken: list[float] = []
    begins = time.perf_counter()
    tasks = [ask_again("127.0.0.1", stage.port, words, begins + seconds, taken) for _ in range(connections)]
    failed = sum(await asyncio.gather(*tasks))
    took = time.perf_counter() - begins
    return Asked(len(taken) / took, statistics.median(taken), statistics.quantiles(taken, n=20)[-1], failed)


def cookie_of(visitor: Visitor) -> str:
    """Return the line of the request that says who asks."""
    jar = "; ".join(f"{name}={value}" for name, value in visitor.session.cookies.items())
    return f"Cookie: {jar}\r\n"


def measured(stage: Workspace, pages: Mapping[str, tuple[str, str]]) -> dict[str, Asked]:
    """Return what came of each page, in turns, and end when an answer was not the page."""
    turns: dict[str, list[Asked]] = {name: [] for name in pages}
    for turn in range(TURNS + 1):
        for name, (path, cookie) in pages.items():
            seconds = SECONDS if turn else WARM
            answer = asyncio.run(asked(stage, path, cookie, connections=CONNECTIONS, seconds=seconds))
            if answer.failed:
                sys.exit(f"{name}: {answer.failed} answers were not the page")
            if turn:
                turns[name].append(answer)
    return {name: sorted(answers, key=lambda each: each.rate)[len(answers) // 2] for name, answers in turns.items()}


def published(stage: Workspace, seconds: float = 60) -> None:
    """Wait until the worker has published the year."""
    ends = time.monotonic() + seconds
    while requests.get(f"{stage.address}/nb/{YEAR}/places", timeout=10).status_code != 200:
        if time.monotonic() > ends:
            sys.exit("nothing has been published")
        time.sleep(0.5)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bosett-bench-") as folder:
        stage = Workspace(Path(folder) / "var", embedded=True)
        stage.environment["BOSETT_WEB_WORKERS"] = "2"
        stage.start()
        try:
            freeze(stage)
            published(stage)
            directorate = cookie_of(Visitor(stage, IMDI, WORKER))
            county = cookie_of(Visitor(stage, COUNTY_NAME, WORKER, COUNTY))
            pages = {
                "a page without a round (/accessibility)": ("/accessibility", ""),
                "the public page of the year": (f"/nb/{YEAR}/", ""),
                "the public page of all municipalities": (f"/nb/{YEAR}/places", ""),
                "the public page of a municipality": (f"/nb/{YEAR}/municipalities/4601", ""),
                "the directorate's overview": (f"/{YEAR}/", directorate),
                "a county's page, 43 municipalities": (f"/{YEAR}/counties/{COUNTY}", county),
                "the directorate's decisions": (f"/{YEAR}/decisions", directorate),
            }
            answers = measured(stage, pages)
            many = asyncio.run(asked(stage, f"/nb/{YEAR}/", "", connections=MANY, seconds=SECONDS * 2))
        finally:
            stage.stop()
    bare = next(iter(answers.values())).rate
    lines = [
        f"| {name} | {row.rate:.0f} | {row.rate / bare:.2f} |"
        f" {row.median * 1000:.0f} ms | {row.slowest * 1000:.0f} ms |"
        for name, row in answers.items()
    ]
    head = "| page | a second | of the page without a round | one in two within | nineteen in twenty within |"
    table = "\n".join([head, "| --- | --- | --- | --- | --- |", *lines])
    crowd = (
        f"{MANY} connections on the public page of the year at once: {many.rate:.0f} answers a second,"
        f" nineteen in twenty within {many.slowest:.1f} s, {many.failed} that were not the page."
    )
    PAGE.write_text(f"# Bench: how many pages a second\n\n{ABOUT}\n\n{table}\n\n{crowd}\n", encoding="utf-8")
    print(table, crowd, sep="\n")


if __name__ == "__main__":
    main()
