"""Stand-ins of the services that letters are sent by: they take letters, and fail in every way that services do.

`plan` says what happens to the next calls that change something, one word each; without a plan a call is answered well.

    ok      done and answered
    drop    done, and the answer is lost
    late    done, and answered after the caller has given up
    broken  not done, and no answer
    fail    not done, answered 500
    refuse  not done, answered 400 with a reason
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LATE = 0.6
PATIENCE = 0.3


class StandIn(ThreadingHTTPServer):
    """A service in this process; `got` holds every letter that it has taken, in the order taken."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.plan: list[str] = []
        self.asked_plan: list[str] = []
        self.got: list[str] = []
        self.files: dict[str, list[str]] = {}
        self.statuses: dict[str, list[str]] = {}
        self.let_go = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of a caller that has gone: that is what is tried here."""

    def change(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, object]:
        raise NotImplementedError

    def tell(self, path: str) -> tuple[int, object]:
        raise NotImplementedError


class SvarUt(StandIn):
    """KS SvarUt, which knows a letter by its `eksternReferanse`, and takes a second one as well."""

    def change(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, object]:
        assert (method, path) == ("POST", "/api/v2/kontoer/k1/forsendelser/")
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        parts = {str(part.get_param("name", header="content-disposition")): part for part in message.iter_parts()}
        told = json.loads(bytes(parts["forsendelse"].get_payload(decode=True)))
        assert next(iter(parts)) == "forsendelse", "the metadata comes first"
        assert told["dokumenter"][0]["filnavn"] == parts["filer"].get_filename()
        reference = told["eksternReferanse"]
        self.got.append(reference)
        self.statuses.setdefault(reference, ["MOTTATT"])
        return 200, {"id": f"svarut-{reference}"}

    def tell(self, path: str) -> tuple[int, object]:
        parts = urlsplit(path)
        if parts.path.endswith("/status"):
            reference = parts.path.split("/")[-2].replace("%2F", "/").removeprefix("svarut-")
            return 200, {"status": self.statuses[reference][-1]}
        (reference,) = parse_qs(parts.query)["eksternReferanse"]
        return 200, [{"id": f"svarut-{reference}"}] if reference in self.got else []


class IntegrationPoint(StandIn):
    """eFormidling's integration point, which refuses a second message with the same identity."""

    def change(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, object]:
        if path == "/api/messages/out":
            told = json.loads(body)["standardBusinessDocumentHeader"]
            identity = told["documentIdentification"]["instanceIdentifier"]
            assert told["receiver"][0]["identifier"]["value"].startswith("0192:")
            if identity in self.files:
                return 400, {"message": "MessageId already exists"}
            self.files[identity] = []
            self.statuses[identity] = ["OPPRETTET"]
            return 200, json.loads(body)
        identity = path.rsplit("/", 1)[1]
        if method == "DELETE":
            del self.files[identity], self.statuses[identity]
            return 200, {}
        if identity not in self.files:
            return 404, {}
        if method == "PUT":
            self.files[identity].append(kind)
            return 200, {}
        assert self.files[identity] == ["application/xml", "application/pdf"], "arkivmelding.xml comes first"
        self.got.append(identity)
        self.statuses[identity].append("SENDT")
        return 200, {}

    def tell(self, path: str) -> tuple[int, object]:
        identity = path.rsplit("/", 1)[1]
        if identity not in self.statuses:
            return 404, {"message": "not found"}
        rows = [{"lastUpdate": str(place), "status": each} for place, each in enumerate(self.statuses[identity])]
        return 200, {"messageId": identity, "messageStatuses": rows}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_POST(self) -> None:
        self._change()

    def do_PUT(self) -> None:
        self._change()

    def do_DELETE(self) -> None:
        self._change()

    def do_GET(self) -> None:
        way = self.server.asked_plan.pop(0) if self.server.asked_plan else "ok"
        self._answer(way, lambda: self.server.tell(self.path))

    def _change(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        way = self.server.plan.pop(0) if self.server.plan else "ok"
        kind = self.headers.get("Content-Type", "")
        self._answer(way, lambda: self.server.change(self.command, self.path, body, kind))

    def _answer(self, way: str, doing: Any) -> None:  # noqa: ANN401  - a call that gives status and body
        if way == "broken":
            self.close_connection = True
            return
        if way in ("fail", "refuse"):
            status, body = (500, {}) if way == "fail" else (400, {"message": "receiver unknown"})
        else:
            status, body = doing()
        if way == "drop":
            self.close_connection = True
            return
        if way == "late":
            self.server.let_go.wait(LATE)
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(kind: type[StandIn]) -> Iterator[StandIn]:
    """A stand-in, stopped at the end."""
    with kind() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            found.let_go.set()
            found.shutdown()
            thread.join()
