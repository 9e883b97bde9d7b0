"""The network itself: what breaks off, is too slow or too large, and what a fetcher is made of."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import requests
from pytest_socket import disable_socket, enable_socket

from bosett.sources import ssb, transport
from bosett.sources.fetching import Patience, Question, TooLarge, Unreached
from bosett.sources.transport import clock, network, over_http, pause
from publishers import DAY, Publishers, publishing


@pytest.fixture
def sockets(closed_sockets: None) -> Iterator[None]:  # noqa: ARG001  (opened after)
    enable_socket()
    yield
    disable_socket(allow_unix_socket=True)


@pytest.fixture
def publishers(sockets: None) -> Iterator[Publishers]:  # noqa: ARG001
    with publishing() as served:
        yield served


@contextmanager
def saying(*pieces: bytes) -> Iterator[str]:
    """Run a server that says these bytes to whoever comes first, and then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                line.recv(65_536)
                for piece in pieces:
                    line.sendall(piece)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def test_a_reply_has_its_headers_in_small_letters() -> None:
    enable_socket()
    with saying(HEAD, b"Content-Length: 2\r\n\r\n{}") as address:
        reply = over_http(Question(address), Patience())
    disable_socket(allow_unix_socket=True)
    assert (reply.status, reply.content, reply.headers["content-type"]) == (200, b"{}", "application/json")


@pytest.mark.usefixtures("sockets")
@pytest.mark.parametrize(
    ("pieces", "sentence"),
    [
        ([HEAD, b"Content-Length: 9\r\n\r\n{}"], "the answer breaks off"),
        ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}"], "the answer breaks off"),
        ([HEAD, b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"], "the answer breaks off"),
        ([b"220 smtp ready\r\n"], "no connection"),
        ([], "no connection"),
    ],
)
def test_what_breaks_off_is_told(pieces: list[bytes], sentence: str) -> None:
    with saying(*pieces) as address, pytest.raises(Unreached, match=sentence):
        over_http(Question(address), Patience(connect=2, read=2))


@pytest.mark.usefixtures("sockets")
def test_an_answer_that_takes_too_long_in_all_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0, 300_001])
    monkeypatch.setattr(transport, "clock", lambda: next(moments))
    with saying(HEAD, b"Content-Length: 2\r\n\r\n{}") as address, pytest.raises(Unreached, match="longer than 300"):
        over_http(Question(address), Patience())


@pytest.mark.usefixtures("sockets")
def test_what_is_too_large_is_given_up_while_it_comes() -> None:
    with saying(HEAD, b"\r\n", b"x" * 1_000) as address, pytest.raises(TooLarge):
        over_http(Question(address), Patience(most_bytes=999))


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (requests.ConnectTimeout(), "not reached in time"),
        (requests.ReadTimeout(), "silent for too long"),
        (requests.exceptions.SSLError(ssl.SSLCertVerificationError()), "certificate is not valid"),
        (requests.ConnectionError(), "no connection"),
        (requests.exceptions.ChunkedEncodingError(), "breaks off"),
    ],
)
def test_faults_are_told_in_words(monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(requests, "request", fail)
    with pytest.raises(Unreached, match=sentence):
        over_http(Question("https://data.example.org/"), Patience())


def test_the_network_of_a_process_holds_ssb_s_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[object] = []
    monkeypatch.setattr("time.sleep", waited.append)
    pause(1_500)
    assert waited == [1.5]
    fetcher = network(DAY)
    assert (fetcher.day, fetcher.transport, list(fetcher.pacers)) == (DAY, over_http, [ssb.HOST])
    assert fetcher.jitter(1) == 0
    assert clock() <= clock()


def test_the_network_asks_publishers_on_this_machine(publishers: Publishers) -> None:
    publishers.files["/a.csv"] = b"1\r\n"
    assert network(DAY).fetch(Question(f"{publishers.address}/a.csv")).content == b"1\r\n"


def test_redirects_are_left_to_the_fetcher(publishers: Publishers) -> None:
    publishers.plan.append("away")
    assert over_http(Question(publishers.address), Patience()).status == 302


def test_the_stand_in_waits_for_nobody(publishers: Publishers) -> None:
    ask: Callable[[], object] = lambda: over_http(Question(publishers.address), Patience(read=5))  # noqa: E731
    publishers.plan += ["drop", "cut"]
    for _ in range(2):
        with pytest.raises(Unreached):
            ask()
