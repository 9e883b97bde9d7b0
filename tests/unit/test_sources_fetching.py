"""Fetching: patience, limits, and where an answer may come from."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.sources.fetching import (
    MOST_REDIRECTS,
    Fetched,
    Fetcher,
    NotFetched,
    Pacer,
    Patience,
    Question,
    Reply,
    TooLarge,
    Unreached,
    from_bytes,
    joined,
)

DAY = date(2026, 11, 2)
ADDRESS = "https://data.example.org/table"
ASKED = Question(ADDRESS)
GOOD = Reply(200, {"content-type": "application/json; charset=UTF-8"}, b"{}")


class Line:
    """A transport that gives what it is told, one after another, and remembers what was asked and how long waited."""

    def __init__(self, *answers: Reply | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []
        self.waited: list[int] = []

    def __call__(self, question: Question, patience: Patience) -> Reply:  # noqa: ARG002  - a transport's form
        self.asked.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetcher(self, *, pacers: Mapping[str, Pacer] | None = None, tries: int = 5) -> Fetcher:
        return Fetcher(self, DAY, self.waited.append, lambda most: most - 1, pacers or {}, Patience(tries=tries))


def reply(status: int, content: bytes = b"", **headers: str) -> Reply:
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def refused(line: Line, question: Question | Path = ASKED) -> NotFetched:
    with pytest.raises(NotFetched) as fault:
        line.fetcher().fetch(question)
    return fault.value


def test_what_is_fetched_has_its_bytes_hash_address_day_and_kind() -> None:
    fetched = Line(GOOD).fetcher().fetch(Question(ADDRESS))
    assert fetched == Fetched(b"{}", ADDRESS, DAY, "application/json")
    assert fetched.sha256 == hashlib.sha256(b"{}").hexdigest()


def test_a_busy_service_is_asked_again_later_each_time() -> None:
    line = Line(reply(503), Unreached("unconnected"), reply(502), reply(500), GOOD)
    assert line.fetcher().fetch(Question(ADDRESS)).content == b"{}"
    # 1, 2, 4 and 8 seconds; half for certain, the other half by chance, which here is all of it
    assert line.waited == [1000, 2000, 4000, 8000]


@pytest.mark.parametrize("status", [429, 503])
def test_the_service_says_when_to_come_back(status: int) -> None:
    line = Line(reply(status, retry_after="17"), GOOD)
    line.fetcher().fetch(Question(ADDRESS))
    assert line.waited == [17_000]


def test_a_moment_to_come_back_is_told_by_the_service_s_own_clock() -> None:
    busy = reply(429, retry_after="Mon, 02 Nov 2026 10:00:40 GMT", date="Mon, 02 Nov 2026 10:00:00 GMT")
    line = Line(busy, GOOD)
    line.fetcher().fetch(Question(ADDRESS))
    assert line.waited == [40_000]


@pytest.mark.parametrize("moment", ["soon", "-1", "Mon, 02 Nov 2026 10:00:40 GMT", "9" * 30])
def test_what_is_no_moment_is_left_aside(moment: str) -> None:
    line = Line(reply(429, retry_after=moment), GOOD)
    line.fetcher().fetch(Question(ADDRESS))
    assert line.waited == [1000]


def test_who_asks_for_more_than_we_wait_is_not_asked_again() -> None:
    fault = refused(Line(reply(429, retry_after="3600")))
    assert (fault.why, fault.status, fault.facts["minutes"]) == ("busy_until", 429, 60)
    assert "come back in 3600 seconds" in str(fault)


def test_a_service_that_never_answers_is_given_up() -> None:
    line = Line(*[Unreached("unconnected")] * 5)
    fault = refused(line)
    assert (fault.why, len(line.asked), len(line.waited)) == ("unreached", 5, 4)
    assert str(fault) == (
        f"{ADDRESS}: no whole answer came (no connection), asked 5 times. Check the line, and try again."
    )


def test_a_service_that_stays_busy_is_given_up_with_its_words() -> None:
    fault = refused(Line(*[reply(503, b"Closed for the night")] * 5))
    assert (fault.why, fault.status) == ("busy", 503)
    assert "it answers 503 Service Unavailable: Closed for the night, asked 5 times" in str(fault)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_no_is_final(status: int) -> None:
    line = Line(reply(status, b'{"error": "Too many values selected"}'))
    fault = refused(line)
    assert (fault.why, fault.status, len(line.asked)) == ("refused", status, 1)
    assert "Too many values selected" in str(fault)


def test_a_page_is_not_quoted() -> None:
    assert "<" not in str(refused(Line(reply(404, b"<html>gone</html>"))))


def test_nothing_is_no_answer() -> None:
    assert "answers with nothing" in str(refused(Line(reply(200, b" \n"))))


def test_too_much_is_refused_and_not_asked_again() -> None:
    line = Line(TooLarge())
    assert (refused(line).why, len(line.asked)) == ("large", 1)


@pytest.mark.parametrize(
    "address",
    [
        "http://data.example.org/",
        "ftp://data.example.org/",
        "file:///etc/hosts",
        "https://user:word@data.example.org/",
        "https://",
        "https://data.example.org:nine/",
        "https://data.example.org/a b",
        "http://localhost.example.org/",
    ],
)
def test_only_https_is_asked_without_a_name(address: str) -> None:
    line = Line()
    fault = refused(line, Question(address))
    assert fault.why == "address"
    assert "word@" not in str(fault)
    assert not line.asked


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/a", "http://localhost/a", "http://[::1]:80/a"])
def test_this_machine_may_be_asked_without(address: str) -> None:
    assert Line(GOOD).fetcher().fetch(Question(address)).content == b"{}"


def test_a_redirect_is_followed_on_the_same_host() -> None:
    line = Line(reply(301, location="/other?x=1"), GOOD)
    assert line.fetcher().fetch(Question(ADDRESS)).source == ADDRESS
    assert [each.address for each in line.asked] == [ADDRESS, "https://data.example.org/other?x=1"]


@pytest.mark.parametrize(
    "location", ["https://elsewhere.org/table", "http://data.example.org/table", "https://data.example.org:444/", ""]
)
def test_a_redirect_elsewhere_is_refused(location: str) -> None:
    line = Line(reply(302, location=location))
    assert (refused(line).why, len(line.asked)) == ("redirect", 1)


def test_a_question_with_a_body_is_not_turned_into_another() -> None:
    assert refused(Line(reply(302, location="/b")), Question(ADDRESS, b"{}")).why == "redirect"
    line = Line(reply(307, location="/b"), GOOD)
    line.fetcher().fetch(Question(ADDRESS, b"{}"))
    assert line.asked[1].body == b"{}"


def test_redirects_end() -> None:
    line = Line(*[reply(301, location=f"/{turn}") for turn in range(MOST_REDIRECTS + 1)])
    assert refused(line).why == "redirect"


def test_a_saved_file_is_read_by_the_same_function(tmp_path: Path) -> None:
    path = tmp_path / "07459.json"
    path.write_bytes(b"{}")
    fetched = Line().fetcher().fetch(path)
    assert (fetched.content, fetched.source, fetched.fetched_on) == (b"{}", "07459.json", DAY)
    fault = refused(Line(), tmp_path / "other.json")
    assert fault.why == "file"
    assert str(tmp_path) not in str(fault)


def test_a_file_is_neither_empty_nor_too_large() -> None:
    with pytest.raises(NotFetched, match="nothing in it"):
        from_bytes("a.csv", b"\r\n", DAY)
    with pytest.raises(NotFetched, match="larger than 0 MB"):
        from_bytes("a.csv", b"abc", DAY, 2)


def test_parts_are_joined_in_order() -> None:
    parts = [Fetched(b"1", ADDRESS, DAY), Fetched(b"2", "other", date(2026, 11, 3))]
    assert joined(parts) == Fetched(b"1\n2", ADDRESS, date(2026, 11, 3))
    assert joined(parts[:1]) is parts[0]


# The limit of so many questions a minute


class Clock:
    """Milliseconds that pass only when somebody waits or works."""

    def __init__(self) -> None:
        self.now = 5

    def __call__(self) -> int:
        return self.now

    def wait(self, milliseconds: int) -> None:
        assert milliseconds > 0
        self.now += milliseconds


def moments(work: list[int], pacer: Callable[[Clock], Pacer]) -> list[int]:
    """Return when each question is asked, with so much work before it."""
    clock = Clock()
    paced, starts = pacer(clock), []
    for each in work:
        clock.now += each
        paced.wait()
        starts.append(clock.now)
    return starts


def most_within(times: list[int], within: int) -> int:
    return max(sum(start <= time < start + within for time in times) for start in times)


@given(st.lists(st.integers(0, 9_000), min_size=1, max_size=120))
def test_never_more_than_thirty_within_a_minute(work: list[int]) -> None:
    times = moments(work, lambda clock: Pacer(30, 60_000, clock, clock.wait))
    assert most_within(times, 60_000) <= 30


def test_the_check_of_the_limit_can_fail() -> None:
    assert most_within(moments([0] * 40, lambda clock: Pacer(40, 60_000, clock, clock.wait)), 60_000) == 40


def test_nobody_waits_without_need() -> None:
    assert moments([0] * 31, lambda clock: Pacer(30, 60_000, clock, clock.wait)) == [5] * 30 + [60_005]
    assert moments([2_000] * 60, lambda clock: Pacer(30, 60_000, clock, clock.wait))[-1] == 5 + 60 * 2_000


def test_a_fetcher_keeps_each_host_s_limit_also_when_it_asks_again() -> None:
    clock = Clock()
    line = Line(reply(503), GOOD, GOOD)
    fetcher = line.fetcher(pacers={"data.example.org": Pacer(2, 60_000, clock, clock.wait)})
    fetcher.fetch(Question(ADDRESS))
    assert clock.now == 5
    fetcher.fetch(Question(ADDRESS))
    assert clock.now == 60_005
