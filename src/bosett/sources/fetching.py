"""Fetching: raw bytes with their hash, from a publisher over the network or from a file that was saved.

Nothing is parsed here, and nothing here reads a clock, sleeps or opens a connection: the day, the pause, the jitter and
the transport come in. A service that is busy (429, 503), that fails (500, 502, 504) or that is not reached is asked
again, later each time, and not before the moment that it names; every other no is final. An answer comes from the
host that was asked, over https; only what runs on the same machine may be asked without.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, urljoin, urlsplit

from bosett.basis.refusals import CodedRefusal

MOST_REDIRECTS = 3
MOST_BYTES = 64 * 1024 * 1024
LONGEST_TOLD = 200
"""Characters of a service's own words that a sentence quotes."""

_SECOND = 1000
_SOON = frozenset((429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_DO = {
    403: "It may be asked for too much at once, or closed to this network: ask for less, or save the answer as a file",
    404: "Check the table or code that was asked for; the publisher may have moved it",
    429: "Wait a while, and try again",
}


class NotFetched(CodedRefusal):
    """A publisher was not reached, or gave no answer that can be used.

    Attributes:
        address: What was asked.
        why: A code: address, unreached, large, redirect, refused, busy, busy_until, empty or file.
        status: The HTTP status, None when there was none.
    """

    def __init__(
        self,
        address: str,
        why: str,
        what: str,
        do: str,
        status: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        known = {"host": _host(address), **({} if status is None else {"status": status}), **(facts or {})}
        super().__init__(f"{in_short(address)}: {what}. {do}.", f"unfetched_{why}", known)
        self.address, self.why, self.status = address, why, status


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an address, and for a POST the body with its media type."""

    address: str
    body: bytes | None = None
    media_type: str = "application/json"
    accept: str = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back in one go: the HTTP status, the headers by name in small letters, and the body."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a service is asked.

    Attributes:
        connect: Seconds until it must have been reached.
        read: Seconds that it may be silent.
        whole: Seconds that an answer may take in all.
        most_bytes: Bytes that an answer may have, unpacked.
        tries: How often one question is asked.
        first_pause: Seconds before the second try; each later pause is twice as long.
        longest_pause: Seconds that are waited at most, also when the service asks for more.
    """

    connect: int = 10
    read: int = 60
    whole: int = 300
    most_bytes: int = MOST_BYTES
    tries: int = 5
    first_pause: int = 1
    longest_pause: int = 120


CAUSES = {
    "unconnected": "no connection",
    "slow": "not reached in time",
    "silent": "silent for too long",
    "certificate": "its certificate is not valid",
    "cut": "the answer breaks off",
    "long": "longer than {seconds} seconds",
}
"""Why no whole answer came, by code."""


class Unreached(Exception):
    """The transport got no whole answer: nobody there, a broken line, too slow. It may go better the next time.

    Attributes:
        cause: One of `CAUSES`.
    """

    def __init__(self, cause: str, **facts: int) -> None:
        super().__init__(CAUSES[cause].format(**facts))
        self.cause = cause


class TooLarge(Exception):
    """The transport stopped, as the answer had more bytes than it may have."""


Transport = Callable[[Question, Patience], Reply]
"""Asks once, follows no redirect, and raises `Unreached` or `TooLarge`."""
Pause = Callable[[int], None]
"""Waits for a number of milliseconds."""
Jitter = Callable[[int], int]
"""Returns a number of milliseconds from 0 up to and without the one given, as chance has it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Raw bytes as they were fetched or read in.

    Attributes:
        content: The bytes.
        source: The address that they came from, or the name of the file.
        fetched_on: The day.
        media_type: What the service says that it is, without parameters; empty for a file.
    """

    content: bytes
    source: str
    fetched_on: date
    media_type: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


class Pacer:
    """Holds a service's limit: so many questions within so long a time, and the next one waits.

    A clock (milliseconds that only grow) and a pause come in.
    """

    def __init__(self, most: int, within: int, clock: Callable[[], int], pause: Pause) -> None:
        self._within, self._clock, self._pause = within, clock, pause
        self._asked: deque[int] = deque(maxlen=most)

    def wait(self) -> None:
        """Return when one more question may be asked, and count it."""
        while len(self._asked) == self._asked.maxlen and (left := self._asked[0] + self._within - self._clock()) > 0:
            self._pause(left)
        self._asked.append(self._clock())


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches: everything that it needs of the world outside comes in here.

    Attributes:
        transport: Asks once over the network.
        day: Today.
        pause: Waits.
        jitter: Chance, so that many who were refused do not come back together.
        pacers: Limits by host name.
        patience: How long and how often.
    """

    transport: Transport
    day: date
    pause: Pause
    jitter: Jitter
    pacers: Mapping[str, Pacer] = field(default_factory=lambda: MappingProxyType({}))
    patience: Patience = Patience()

    def fetch(self, where: Question | Path) -> Fetched:
        """Return what a question is answered with, or what a saved file holds.

        Raises:
            NotFetched: The address may not be asked, nobody answers, the answer is a no or too large; or there is no
                such file. The sentence says which.
        """
        if isinstance(where, Path):
            return from_file(where, self.day, self.patience.most_bytes)
        question = where
        for _ in range(MOST_REDIRECTS + 1):
            _require_safe(question.address)
            reply = self._asked(question)
            if reply.status not in _REDIRECTS:
                media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Fetched(reply.content, where.address, self.day, media_type)
            question = _redirected(question, reply)
        what = f"it sends us on more than {MOST_REDIRECTS} times"
        raise NotFetched(where.address, "redirect", what, "Open it in a browser, and save the answer as a file")

    def _asked(self, question: Question) -> Reply:
        """Ask until there is an answer that is final.

        Raises:
            NotFetched: There is none within the tries, or it is a no.
        """
        last, facts = "", dict[str, object]()
        for turn in range(self.patience.tries):
            reply = None
            self._paced(question.address)
            try:
                reply = self.transport(question, self.patience)
            except TooLarge:
                most = self.patience.most_bytes // (1024 * 1024)
                what = f"the answer is larger than {most} MB"
                raise NotFetched(question.address, "large", what, "Ask for less", facts={"most": most}) from None
            except Unreached as fault:
                last, facts = f"no whole answer came ({fault})", {"cause": fault.cause}
            if reply is not None:
                if reply.status not in _SOON:
                    return _final(question.address, reply)
                last, facts = f"it answers {_named(reply.status)}{_quoted(reply)}", {"words": _words(reply)}
            if turn + 1 < self.patience.tries:
                self._hold(question.address, turn, reply)
        tries = self.patience.tries
        why, do = ("unreached", "Check the line, and try again") if reply is None else ("busy", _DO[429])
        what, status = f"{last}, asked {tries} times", reply.status if reply else None
        raise NotFetched(question.address, why, what, do, status, {"tries": tries, **facts})

    def _paced(self, address: str) -> None:
        pacer = self.pacers.get(urlsplit(address).hostname or "")
        if pacer is not None:
            pacer.wait()

    def _hold(self, address: str, turn: int, reply: Reply | None) -> None:
        longest = self.patience.longest_pause
        asked_for = _retry_after(reply) if reply is not None else None
        if asked_for is not None and asked_for > longest:
            what = f"it is busy, and asks us to come back in {asked_for} seconds"
            facts = {"minutes": -(-asked_for // 60)}
            raise NotFetched(address, "busy_until", what, "Try again then", reply.status if reply else None, facts)
        backoff = min(self.patience.first_pause * 2**turn, longest) * _SECOND
        # At least half of it, the rest by chance; what the service asks for is the least.
        pause = backoff // 2 + self.jitter(backoff // 2 + 1)
        self.pause(pause if asked_for is None else max(pause, asked_for * _SECOND))


def from_file(path: Path, day: date, most_bytes: int = MOST_BYTES) -> Fetched:
    """Return what a saved file holds; its source is the file's name, without the folder.

    Raises:
        NotFetched: There is no such file, or it is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as fault:
        what = f"the file cannot be read ({fault.strerror or type(fault).__name__})"
        raise NotFetched(path.name, "file", what, "Check the name and the folder") from fault
    return from_bytes(path.name, content, day, most_bytes)


def from_bytes(name: str, content: bytes, day: date, most_bytes: int = MOST_BYTES) -> Fetched:
    """Return what somebody has uploaded or pasted, under the name that it came with.

    Raises:
        NotFetched: It is empty or too large.
    """
    if len(content) > most_bytes:
        what = f"the file is larger than {most_bytes // (1024 * 1024)} MB"
        raise NotFetched(name, "large", what, "Is it the right one? Ask for less")
    if not content.strip():
        raise NotFetched(name, "file", "there is nothing in it", "Save it again")
    return Fetched(content, name, day)


def in_short(address: str) -> str:
    """Return an address as a sentence can tell it: what is asked of a table may be thousands of characters."""
    return address if len(address) <= LONGEST_TOLD else f"{address[:LONGEST_TOLD]}…"


def joined(parts: Sequence[Fetched]) -> Fetched:
    """Return answers that were fetched in parts as one: the bytes one after another, each on a line of its own.

    Whoever reads JSON here reads such a row of answers too, from the network or from a file. The source is the address
    of the first; at least one part must be given.
    """
    first = parts[0]
    if len(parts) == 1:
        return first
    return Fetched(
        b"\n".join(part.content for part in parts),
        first.source,
        max(part.fetched_on for part in parts),
        first.media_type,
    )


def _require_safe(address: str) -> None:
    parts = _split(address)
    if parts.username is not None or parts.password is not None:
        raise NotFetched(parts.hostname or "", "address", "the address holds a name or password", "Take it away")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        raise NotFetched(address, "address", "only https is asked", "Write the address with https://")


def _host(address: str) -> str:
    """Return who is asked; of a file its name, and nothing of what is no address."""
    try:
        return urlsplit(address).hostname or in_short(address)
    except ValueError:
        return in_short(address)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is no number
    except ValueError as fault:
        raise NotFetched(address, "address", "it is no address", "Check it") from fault
    if not parts.hostname or re.search(r"[\s\x00-\x1f\x7f]", address):
        raise NotFetched(address, "address", "it is no address", "Check it")
    return parts


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _redirected(question: Question, reply: Reply) -> Question:
    """Return the question as the service sends us on with it: on the same host, and by the same method."""
    location = reply.headers.get("location", "")
    target = urljoin(question.address, location)
    here, there = _split(question.address), _split(target)
    safe = (here.scheme, here.hostname, here.port) == (there.scheme, there.hostname, there.port)
    if not location or not safe or (question.body is not None and reply.status not in (307, 308)):
        what = f"it sends us on to {target[:LONGEST_TOLD] if location else 'nowhere'}"
        do = "Nothing is fetched from where nobody named: check the address, or save the answer as a file"
        raise NotFetched(question.address, "redirect", what, do, reply.status)
    return Question(target, question.body, question.media_type, question.accept)


def _final(address: str, reply: Reply) -> Reply:
    if reply.status in _REDIRECTS:
        return reply
    if reply.status != HTTPStatus.OK:
        do = _DO.get(reply.status, "Check what was asked for")
        what = f"it answers {_named(reply.status)}{_quoted(reply)}"
        raise NotFetched(address, "refused", what, do, reply.status, {"words": _words(reply)})
    if not reply.content.strip():
        raise NotFetched(address, "empty", "it answers with nothing", "Try again later", reply.status)
    return reply


def _named(status: int) -> str:
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known[status]}" if status in known else str(status)


def _words(reply: Reply) -> str:
    """Return what the service says, when it is a few plain words; a page of HTML is none."""
    text = " ".join(reply.content[: 4 * LONGEST_TOLD].decode("utf-8", "replace").split())
    return "" if text.startswith("<") or not text.isprintable() else text[:LONGEST_TOLD].rstrip(".")


def _quoted(reply: Reply) -> str:
    """Return what the service says as the end of a sentence tells it."""
    words = _words(reply)
    return f": {words}" if words else ""


def _retry_after(reply: Reply) -> int | None:
    """Return the seconds that the service asks us to wait; a moment counts from the service's own clock."""
    written = reply.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", written):
        return int(written)
    try:
        wait = parsedate_to_datetime(written) - parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, TypeError):
        return None
    return max(int(wait.total_seconds()), 1)
