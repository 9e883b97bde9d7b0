"""Stand-ins of the services that letters are sent by: they take letters, and fail in every way that services do.

`plan` says what happens to the next calls that change something, one word each; without a plan a call is answered well.

    ok        done and answered
    drop      done, and the answer is lost
    late      done, and answered after the caller has given up
    hold      done, and not answered before `let_go`
    hang      not done, and not answered before `let_go` ends the call
    slow      not done before `finish`, and never answered
    broken    not done, and no answer
    fail      not done, answered 500
    fail_done done, answered 500
    conflict  done, answered 409
    garbage   done, answered with what is no answer
    refuse    not done, answered 400 with a reason
    half      eFormidling only: laid in and not ordered sent, answered 500

`asked_plan` says the same of calls that ask.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from joserfc import jwt
from joserfc.jwk import RSAKey

LATE = 0.6
PATIENCE = 0.3
Answered = tuple[int, object]


class StandIn(ThreadingHTTPServer):
    """A service in this process; `got` holds every letter that it has taken, in the order taken."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.plan: list[str] = []
        self.asked_plan: list[str] = []
        self.got: list[str] = []
        self.taken: list[dict[str, Any]] = []
        self.statuses: dict[str, list[str]] = {}
        self.slow: list[Callable[[], object]] = []
        self.headers: dict[str, str] = {}
        self.faults: list[str] = []
        self.holding, self.let_go = threading.Event(), threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of a caller that has gone: that is what is tried here."""

    def finish(self) -> None:
        """Do what slow calls asked for, long after they were given up."""
        for each in self.slow:
            each()
        self.slow.clear()

    def change(self, method: str, path: str, body: bytes, kind: str) -> Answered:
        raise NotImplementedError

    def half(self, body: bytes, kind: str) -> None:
        raise NotImplementedError

    def tell(self, path: str) -> Answered:
        raise NotImplementedError

    def asks(self, path: str) -> bool:  # noqa: ARG002  - some services are asked by POST
        return False


Kind = TypeVar("Kind", bound=StandIn)


class SvarUt(StandIn):
    """KS SvarUt, which knows a letter by its `eksternReferanse`, and takes a second one as well.

    As KS's own descriptions have it: what is required is demanded, and nothing is taken that they do not hold.
    """

    account = "k1"
    known = (
        *("tittel", "mottaker", "eksponertFor", "avgivendeSystem", "konteringskode", "kunDigitalLevering"),
        *("utskriftskonfigurasjon", "metadataFraAvleverendeSystem", "svarSendesTil", "svarPaForsendelse"),
        *("svarPaForsendelseLink", "dokumenter", "forsendelsestype", "eksternReferanse", "korrelasjonsid"),
    )

    def change(self, method: str, path: str, body: bytes, kind: str) -> Answered:
        if (method, path) != ("POST", f"/api/v2/kontoer/{self.account}/forsendelser/"):
            return 404, {"message": path}
        parts = parted(body, kind)
        metadata = json.loads(_content(parts["forsendelse"]))
        if (wrong := self._wrong(metadata, parts)) is not None:
            return 400, {"message": wrong}
        reference = metadata["eksternReferanse"]
        self.got.append(reference)
        self.taken.append(metadata)
        self.statuses.setdefault(reference, ["MOTTATT"])
        return 200, {"id": f"svarut-{reference}"}

    def _wrong(self, metadata: dict[str, Any], parts: dict[str, Message]) -> str | None:
        names = [each["filnavn"] for each in metadata["dokumenter"]]
        if next(iter(parts)) != "forsendelse":
            return "the metadata comes first"
        if unknown := set(metadata) - set(self.known):
            return f"unknown: {sorted(unknown)}"
        if names != [parts["filer"].get_filename()] or any(set(name) & set('*:"\\/<>|?') for name in names):
            return "filnavn"
        if lacks := {"navn", "adresselinje1", "postnummer", "poststed"} - set(metadata["mottaker"]):
            return f"mottaker lacks {sorted(lacks)}"
        if not isinstance(metadata.get("svarPaForsendelse", ""), str):
            return "svarPaForsendelse is an identity"
        if metadata.get("svarPaForsendelseLink") and "adresselinje1" not in metadata.get("svarSendesTil", {}):
            return "svarSendesTil lacks an address"
        return None

    def asks(self, path: str) -> bool:
        return path.endswith("/status-sok")

    def tell(self, path: str) -> Answered:
        references = parse_qs(urlsplit(path).query).get("eksternRef", [])
        if not references:
            return 400, {"message": "eksternRef"}
        ids = [f"svarut-{reference}" for reference in self.got if reference == references[0]]
        return 200, {"forsendelseIds": ids}

    def statuses_of(self, body: bytes) -> Answered:
        asked = json.loads(body)["forsendelseIds"]
        newest = {f"svarut-{reference}": states[-1] for reference, states in self.statuses.items()}
        return 200, {"statuser": [{"id": each, "status": newest[each]} for each in asked if each in newest]}


class IntegrationPoint(StandIn):
    """eFormidling's integration point, which refuses a second message with the same identity for ever."""

    def change(self, method: str, path: str, body: bytes, kind: str) -> Answered:
        if (method, path) == ("POST", "/api/messages/out/multipart"):
            status, answer = self._lay_in(body, kind)
            return (status, answer) if status != 200 else self._order(answer)
        identity = path.rsplit("/", 1)[1]
        if method != "POST" or identity not in self.statuses:
            return 404, {}
        return self._order(identity)

    def half(self, body: bytes, kind: str) -> None:
        self._lay_in(body, kind)

    def _lay_in(self, body: bytes, kind: str) -> tuple[int, Any]:
        parts = parted(body, kind)
        header = json.loads(_content(parts.pop("sbd")))["standardBusinessDocumentHeader"]
        identity = header["documentIdentification"]["instanceIdentifier"]
        assert header["receiver"][0]["identifier"]["value"].startswith("0192:")
        if identity in self.statuses:
            return 400, {"message": "MessageId already exists"}
        names = [str(part.get_filename()) for part in parts.values()]
        files = dict(zip(names, parts.values(), strict=True))
        message = ET.fromstring(_content(files["arkivmelding.xml"]))  # noqa: S314  - our own
        referred = [each.text for each in message.iter() if each.tag.endswith("referanseDokumentfil")]
        if referred != names[1:]:
            return 400, {"message": f"arkivmelding.xml refers to {referred}"}
        self.statuses[identity] = ["OPPRETTET"]
        return 200, identity

    def _order(self, identity: str) -> Answered:
        self.got.append(identity)
        self.statuses[identity].append("SENDT")
        return 200, {}

    def tell(self, path: str) -> Answered:
        identity = path.rsplit("/", 1)[1]
        if identity not in self.statuses:
            return 404, {"message": "not found"}
        rows = [
            {"lastUpdate": _moment(place), "status": each.title() if place % 2 else each}
            for place, each in reversed(list(enumerate(self.statuses[identity])))
        ]
        return 200, {"messageId": identity, "messageStatuses": rows}


def _moment(place: int) -> str:
    """Return the moment of a status in the zone of a clock of its own: as text the later ones come first."""
    moment = datetime(2026, 6, 1, 10, place, tzinfo=UTC)
    return moment.isoformat() if place % 2 else moment.astimezone(ZoneInfo("Europe/Oslo")).isoformat()


class Maskinporten(StandIn):
    """Gives a token for a grant that is signed by our key, meant for it, short and used once."""

    def __init__(self) -> None:
        super().__init__()
        self.key = RSAKey.generate_key(2048)
        self.lives = 120
        self.used: set[str] = set()

    def change(self, method: str, path: str, body: bytes, kind: str) -> Answered:  # noqa: ARG002  - as the others
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        token = jwt.decode(fields["assertion"], self.key, algorithms=["RS256"])
        claims = token.claims
        right = (
            (method, path) == ("POST", "/token")
            and fields["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
            and claims["aud"] == f"{self.address}/"
            and (claims["iss"], claims["scope"], token.header["kid"]) == ("we", "ks:fiks", "k-1")
            and 0 < claims["exp"] - claims["iat"] <= 120
            and claims["jti"] not in self.used
        )
        if not right:
            return 400, {"error": "invalid_grant"}
        self.used.add(claims["jti"])
        self.got.append(f"token-{len(self.got) + 1}")
        return 200, {"access_token": self.got[-1], "token_type": "Bearer", "expires_in": self.lives}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.asks(self.path):
            assert isinstance(self.server, SvarUt)
            statuses_of = self.server.statuses_of
            self._answer(self._next(self.server.asked_plan), lambda: statuses_of(body))
            return
        self.server.headers = {name: str(value) for name, value in self.headers.items()}
        way, kind = self._next(self.server.plan), self.headers.get("Content-Type", "")
        if way == "half":
            self.server.half(body, kind)
            way = "fail"
        self._answer(way, lambda: self.server.change(self.command, self.path, body, kind))

    def do_GET(self) -> None:
        self._answer(self._next(self.server.asked_plan), lambda: self.server.tell(self.path))

    @staticmethod
    def _next(plan: list[str]) -> str:
        return plan.pop(0) if plan else "ok"

    def _answer(self, way: str, doing: Callable[[], Answered]) -> None:
        if way == "hang":
            self.server.holding.set()
            self.server.let_go.wait(60)
        if way in ("broken", "slow", "hang"):
            if way == "slow":
                self.server.slow.append(doing)
            self.close_connection = True
            return
        status: int
        body: object
        if way in ("fail", "refuse"):
            status, body = (500, {}) if way == "fail" else (400, {"message": "receiver unknown"})
        else:
            status, body = self._done(doing)
        if way == "drop":
            self.close_connection = True
            return
        if way == "late":
            self.server.let_go.wait(LATE)
        if way == "hold":
            self.server.holding.set()
            self.server.let_go.wait(60)
        status = {"fail_done": 500, "conflict": 409}.get(way, status)
        content = b"<html>\xff" if way == "garbage" else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _done(self, doing: Callable[[], Answered]) -> Answered:
        try:
            return doing()
        except Exception as fault:
            # Told to the test: a stand-in that falls must not look like a service that is away.
            self.server.faults.append(repr(fault))
            raise

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def parted(body: bytes, kind: str) -> dict[str, Message]:
    """The parts of a form, by name, in their order."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    return {str(part.get_param("name", header="content-disposition")): part for part in message.iter_parts()}


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@contextmanager
def running(kind: type[Kind]) -> Iterator[Kind]:
    """A stand-in, stopped at the end; one that fell itself fails the test."""
    with kind() as stand_in:
        thread = threading.Thread(target=stand_in.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield stand_in
        finally:
            stand_in.let_go.set()
            stand_in.shutdown()
            thread.join()
        assert stand_in.faults == []
