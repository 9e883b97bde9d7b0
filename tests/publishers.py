"""A stand-in of the publishers of figures, on this machine: PxWeb, Klass, Enhetsregisteret, kommuneinfo, files.

It answers with the shipped figures (`published`), and as the services refuse: too many cells, unknown codes, an address
that is too long. `plan` says what happens to the next calls, one word each; without a plan a call is answered well.

    ok      answered
    busy    429, with Retry-After
    closed  503
    many    403, too many cells
    gone    404
    page    200, with a page of HTML
    cut     the line breaks within the answer
    short   200, half of the answer with the length of that half
    drop    no answer at all
    moved   sent on to the same address on this host
    away    sent on to another host

`files` holds what lies under a path, such as IMDi's file; `units` the organisations of each form.
"""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import published
from bosett.basis.structures import Structure
from bosett.geography import register
from bosett.sources.fetching import Fetcher, Patience
from bosett.sources.transport import over_http

LONGEST_ADDRESS = 2_100
MOST_CELLS = 800_000
QUICK = Patience(connect=5, read=5, tries=3)
Answered = tuple[int, bytes, dict[str, str]]


class Publishers(ThreadingHTTPServer):
    """The publishers in this process; `asked` holds every address, with the method, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.plan: list[str] = []
        self.asked: list[str] = []
        self.files: dict[str, bytes] = {}
        self.units = {form: published.units(form) for form in ("KOMM", "FYLK")}
        self.most_cells = MOST_CELLS
        self.retry_after = "1"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def pxweb_v2(self) -> str:
        return f"{self.address}/api/pxwebapi/v2"

    @property
    def pxweb_v1(self) -> str:
        return f"{self.address}/api/v0/no"

    @property
    def klass(self) -> str:
        return f"{self.address}/api/klass/v1"

    @property
    def brreg(self) -> str:
        return f"{self.address}/enhetsregisteret/api"

    @property
    def kommuneinfo(self) -> str:
        return f"{self.address}/kommuneinfo/v1"

    def handle_error(self, *_: object) -> None:
        """Say nothing of a caller that has gone."""

    def answer_to(self, method: str, path: str, body: bytes) -> Answered:
        """Return the status, the content and the headers of an answer."""
        parts = urlsplit(path)
        query = parse_qsl(parts.query)
        where = parts.path.strip("/").split("/")
        if parts.path in self.files:
            return 200, self.files[parts.path], {"Content-Type": "text/csv"}
        if where[:3] == ["api", "pxwebapi", "v2"]:
            return self._second(where[3:], query, path)
        if where[:3] == ["api", "v0", "no"] and method == "POST":
            return self._first(where[-1], body)
        if where[:3] == ["api", "klass", "v1"]:
            return _klass(where[3:], dict(query))
        if where[0] == "enhetsregisteret":
            return self._units(dict(query))
        if where[0] == "kommuneinfo":
            return _kommuneinfo(where[2:])
        return _told(404, "Not Found")

    def _second(self, where: Sequence[str], query: list[tuple[str, str]], path: str) -> Answered:
        if len(path) > LONGEST_ADDRESS:
            return 404, b"<html><body>404 - File or directory not found.</body></html>", {"Content-Type": "text/html"}
        if where[0] != "tables" or where[1] not in published.STATBANK or where[2:] != ["data"]:
            return _told(404, {"title": "Non-existent table"})
        lists = {name[9:-1]: codes for name, codes in query if name.startswith("codelist[")}
        chosen = {name[11:-1]: codes.split(",") for name, codes in query if name.startswith("valueCodes[")}
        if dict(query).get("outputFormat") != "json-stat2" or not {"Region", "Tid", "ContentsCode"} <= set(chosen):
            return _told(400, {"title": "Missing selection for mandatory variable"})
        return self._table(where[1], chosen, together=lists.get("Region") == "agg_KommSummer", second=True)

    def _first(self, number: str, body: bytes) -> Answered:
        if number not in published.STATBANK:
            return _told(404, {"error": "Table not found"})
        asked = json.loads(body)
        if asked["response"] != {"format": "json-stat2"}:
            return _told(400, {"error": "Parameter error"})
        chosen = {each["code"]: each["selection"]["values"] for each in asked["query"]}
        filters = {each["code"]: each["selection"]["filter"] for each in asked["query"]}
        return self._table(number, chosen, together=filters["Region"] == "agg:KommSummer", second=False)

    def _table(self, number: str, chosen: Mapping[str, Sequence[str]], *, together: bool, second: bool) -> Answered:
        known = published.STATBANK[number].variables
        selected = {name: known[name] if codes == ["*"] and name in known else codes for name, codes in chosen.items()}
        for name, codes in selected.items():
            if name in ("Region", "Tid"):
                odd = [code for code in codes if name == "Region" and not _is_region(code, together=together)]
            else:
                odd = [code for code in codes if code not in known.get(name, ())]
            if odd:
                message = f"The request for variable '{name}' has an error. Please check your query."
                return _told(400, {"title": message} if second else {"error": message})
        regions, years = selected.pop("Region"), selected.pop("Tid")
        if published.cells_of(number, len(regions), len(years), selected) > self.most_cells:
            return _told(403, {"title": "Too many cells selected"} if second else {"error": "Too many values selected"})
        return _told(200, published.statbank(number, regions, years, selected))

    def _units(self, query: Mapping[str, str]) -> Answered:
        units = self.units.get(query.get("organisasjonsform", ""), [])
        return _told(200, published.unit_page(units, int(query.get("page", "0")), int(query.get("size", "20"))))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Publishers

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _answer(self, body: bytes) -> None:
        server = self.server
        server.asked.append(f"{self.command} {self.path}")
        way = server.plan.pop(0) if server.plan else "ok"
        if way == "drop":
            self.close_connection = True
            return
        status, content, headers = self._as_planned(way, body)
        self.send_response(status)
        length = len(content)
        if way in ("cut", "short"):
            content = content[: length // 2]
        for name, header in headers.items():
            self.send_header(name, header)
        self.send_header("Content-Length", str(length if way == "cut" else len(content)))
        self.end_headers()
        self.wfile.write(content)
        if way == "cut":
            self.close_connection = True

    def _as_planned(self, way: str, body: bytes) -> Answered:
        html = {"Content-Type": "text/html"}
        if way == "busy":
            return 429, b"Too many requests", {"Retry-After": self.server.retry_after}
        if way == "closed":
            return 503, b"<html>Service Unavailable</html>", html
        if way == "many":
            return _told(403, {"error": "Too many values selected"})
        if way == "gone":
            return _told(404, {"error": "not found"})
        if way == "page":
            return 200, b"<!DOCTYPE html><html><body>Logg inn</body></html>", html
        if way == "moved":
            return 307, b"", {"Location": self.path}
        if way == "away":
            return 302, b"", {"Location": "https://example.org/elsewhere"}
        return self.server.answer_to(self.command, self.path, body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


DAY = date(2026, 11, 2)
"""The day on which the tests fetch."""


def fetcher(waited: list[int] | None = None, patience: Patience | None = None) -> Fetcher:
    """Return one that asks over the network and never waits; what it would have waited is added to `waited`."""
    pauses: list[int] = [] if waited is None else waited
    return Fetcher(over_http, DAY, pauses.append, lambda most: most - 1, patience=patience or QUICK)


@contextmanager
def publishing() -> Iterator[Publishers]:
    """Run the publishers on this machine; sockets must be open."""
    server = Publishers()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _told(status: int, value: object) -> Answered:
    return status, published.as_bytes(value), {"Content-Type": "application/json;charset=UTF-8"}


def _is_region(code: str, *, together: bool) -> bool:
    if together:
        return code.startswith("K-") and code[2:] in register().municipalities[max(Structure)]
    return any(code in register().municipalities[structure] for structure in Structure)


def _klass(where: Sequence[str], query: Mapping[str, str]) -> Answered:
    what = where[-1]
    if not what.endswith(".json"):
        return 200, b"<?xml version='1.0'?><codeList/>", {"Content-Type": "application/xml"}
    if where[0] == "correspondencetables":
        return _told(200, published.klass_numbers())
    number = int(where[1])
    if number not in (104, 131):
        return 404, f"Classification not found with id = {number}".encode(), {"Content-Type": "text/plain"}
    answers: dict[str, Any] = {
        "codesAt.json": lambda: published.klass_codes(number, int(query["date"][:4])),
        "codes.json": lambda: published.klass_codes(number, int(query["from"][:4])),
        "changes.json": lambda: published.klass_changes(query["from"], query["to"]),
        "correspondsAt.json": lambda: published.klass_counties(int(query["date"][:4])),
    }
    return _told(200, answers[what]()) if what in answers else _told(404, "Not Found")


def _kommuneinfo(where: Sequence[str]) -> Answered:
    if where == ["fylkerkommuner"]:
        return _told(200, published.kommuneinfo())
    if len(where) == 3 and where[1] in register().municipalities[Structure.Y2024]:
        if where[2] == "omrade":
            return _told(200, published.area(where[1]))
        if where[2] == "nabokommuner":
            return _told(200, published.beside(where[1]))
    return _told(404, {"melding": "Fant ikke kommunen"})
