"""No text holds the character NUL: wherever a request has it, the answer is 400 in words, and nothing is done."""

import json
import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Party
from bosett_web.journal.models import Event
from bosett_web.screens.frame import signature
from crawl import routes
from parties import SHARED, YEAR, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED), pytest.mark.bulk]

COUNTY = "46"
NUL = "\0"
WORDS = "Tegnet NUL"


def filled(pattern: str, text: str) -> str:
    """Return an address of a route; its arguments that are text are given."""
    address = pattern.replace("<int:year>", str(YEAR))
    return re.sub(r"<str:\w+>", text, re.sub(r"<int:\w+>", "1", address))


def everywhere() -> Iterator[str]:
    """Yield an address of every route, and of every move."""
    for name, pattern in routes():
        if name == "do":
            yield from (filled(pattern, move.name) for move in MOVES)
        else:
            yield filled(pattern, COUNTY)


ADDRESSES = sorted(set(everywhere()))
ARGUED = sorted({filled(pattern, "4%006") for _, pattern in routes() if "<str:" in pattern})


def clients() -> tuple[Client, Client]:
    made = Client(raise_request_exception=False), client_of(Party.COUNTY, COUNTY)
    made[1].raise_request_exception = False
    return made


def refused(answer: object, where: str) -> None:
    status, content = answer.status_code, answer.content.decode()  # type: ignore[attr-defined]
    assert status == 400, f"{where}: {status}"
    text = json.loads(content)["detail"] if where.startswith("/api/") else content
    assert (WORDS in text) or where.startswith("/api/"), where


def test_the_walk_comes_everywhere() -> None:
    assert len(ADDRESSES) > 100
    assert len(ARGUED) > 15


def test_in_an_address() -> None:
    for client in clients():
        for address in ARGUED:
            refused(client.get(address), address)


def test_in_a_query_its_name_or_its_value() -> None:
    for client in clients():
        for address in ADDRESSES:
            refused(client.get(f"{address}?q=a%00b"), address)
            refused(client.get(f"{address}?a%00b=q"), address)


def test_in_a_form_its_names_its_values_or_its_json() -> None:
    who, signed = clients(), signature(worker(Party.COUNTY, COUNTY))
    before = Event.objects.count()
    for client in who:
        for address in ADDRESSES:
            for form in ({"reason": NUL}, {NUL: "reason"}, {"cells": '[{"v": "\\u0000"}]'}):
                refused(client.post(address, {"shown_to": signed, "county": COUNTY, **form}), address)
    assert Event.objects.count() == before


def test_in_json() -> None:
    for client in clients():
        for document in ({"a": [{"b": NUL}]}, {NUL: 1}):
            refused(
                client.post("/api/v1/rounds", json.dumps(document), content_type="application/json"), "/api/v1/rounds"
            )


@pytest.mark.parametrize("name", ["a\0b.pdf", "a\0/b.pdf"])
def test_in_the_name_of_a_file(name: str) -> None:
    body = (
        '--x\r\nContent-Disposition: form-data; name="attachment"; filename="NAME"\r\nContent-Type: text/plain\r\n\r\n'
        "a\r\n--x--\r\n"
    ).replace("NAME", name)
    wide = body.replace(f'filename="{name}"', "filename*=UTF-8''a%00b.pdf")
    for client in clients():
        for each in (body, wide):
            answer = client.post(
                f"/{YEAR}/do/decision.record", each.encode(), content_type="multipart/form-data; boundary=x"
            )
            refused(answer, "a file")


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL", "Accept-Language", "X-Forwarded-For", "User-Agent"])
@pytest.mark.parametrize("written", ["a\0b", "a%00b"])
def test_in_a_header(header: str, written: str, settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True  # else what says that it came by a proxy is refused as such
    for client in clients():
        refused(client.get(f"/{YEAR}/", headers={header: written}), header)


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "other"])
@pytest.mark.parametrize("written", ["a\0b", '"a\\000b"', "a%00b"])
def test_in_a_cookie(name: str, written: str) -> None:
    client = Client(raise_request_exception=False)
    refused(client.get("/rules", headers={"Cookie": f"{name}={written}"}), name)


def test_a_script_is_told_as_a_script_reads_and_what_only_looks_alike_is_let_be() -> None:
    client = client_of(Party.COUNTY, COUNTY)
    signed = signature(worker(Party.COUNTY, COUNTY))
    answer = client.post(f"/{YEAR}/counties/{COUNTY}/cells", {"cells": NUL}, headers={"Accept": "application/json"})
    assert (answer.status_code, WORDS in answer.json()["why"]) == (400, True)
    answer = client.get("/api/v1/rounds?q=%00")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    cells = json.dumps([{"m": "4601", "f": "reason", "v": r"a\u0000b", "b": ""}])
    sent = {"shown_to": signed, "cells": cells}
    answer = client.post(f"/{YEAR}/counties/{COUNTY}/cells", sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.content
    assert client.get(f"/{YEAR}/search?q=%2500").status_code == 200


def test_files_are_read_by_their_own_rule() -> None:
    signed = signature(worker(Party.COUNTY, COUNTY))
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\0\0")
    client = client_of(Party.COUNTY, COUNTY)
    answer = client.post(
        f"/{YEAR}/do/recommendation.attach", {"shown_to": signed, "county": COUNTY, "attachment": file}
    )
    assert answer.status_code == 422
