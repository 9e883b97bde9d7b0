"""The network: asks a publisher once, over HTTP. The only part of the core that opens a connection.

Whoever fetches hands this to a `Fetcher` with a day, a pause and chance; tests hand in others.
Proxies are those of the environment, and certificates are checked.
"""

import secrets
import time
from collections.abc import Iterator
from datetime import date

import requests

from bosett.sources import ssb
from bosett.sources.fetching import Fetcher, Patience, Question, Reply, TooLarge, Unreached

AGENT = "bosett (settlement of refugees; figures for the yearly round)"
_PIECE = 1 << 16


def network(day: date) -> Fetcher:
    """Return what fetches over the network, within SSB's limit; one serves a process, as it counts the questions.

    Args:
        day: Today.
    """
    return Fetcher(over_http, day, pause, secrets.randbelow, {ssb.HOST: ssb.pacer(clock, pause)})


def over_http(question: Question, patience: Patience) -> Reply:
    """Ask once; no redirect is followed.

    Raises:
        Unreached: No whole answer came in time.
        TooLarge: The answer has more bytes than it may have.
    """
    headers = {"User-Agent": AGENT, "Accept": question.accept}
    if question.body is not None:
        headers["Content-Type"] = question.media_type
    ends = clock() + patience.whole * 1000
    try:
        with requests.request(
            "GET" if question.body is None else "POST",
            question.address,
            data=question.body,
            headers=headers,
            timeout=(patience.connect, patience.read),
            allow_redirects=False,
            stream=True,
        ) as response:
            content = b"".join(_pieces(response, patience, ends))
            return Reply(response.status_code, {name.lower(): text for name, text in response.headers.items()}, content)
    except requests.RequestException as fault:
        raise Unreached(_cause(fault)) from fault


def pause(milliseconds: int) -> None:
    """Wait."""
    time.sleep(milliseconds / 1000)


def clock() -> int:
    """Return milliseconds that only grow."""
    return time.monotonic_ns() // 1_000_000


def _pieces(response: requests.Response, patience: Patience, ends: int) -> Iterator[bytes]:
    size = 0
    for piece in response.iter_content(_PIECE):
        size += len(piece)
        if size > patience.most_bytes:
            raise TooLarge
        if clock() > ends:
            raise Unreached("long", seconds=patience.whole)
        yield piece


def _cause(fault: Exception) -> str:
    if isinstance(fault, requests.ConnectTimeout):
        return "slow"
    if isinstance(fault, requests.Timeout):
        return "silent"
    if isinstance(fault, requests.exceptions.SSLError):
        return "certificate"
    if isinstance(fault, requests.ConnectionError):
        return "unconnected"
    return "cut"
