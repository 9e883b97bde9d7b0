"""The API: published releases and nothing else, the same for everybody, of exactly the shape that it describes."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from schemathesis.config import PositiveDataAcceptanceConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.case import Case
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test

from answering import given_answer
from bosett.basis.digest import digest
from bosett.basis.plain import plain
from bosett.geography import counties, municipalities
from bosett.rounds.open_round import OpenRound
from bosett.rounds.parties import Party
from bosett.rounds.published import PublicRelease
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.decisions import decisions
from bosett_web.actions.numbers import numbers
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.actions.round import demo
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount
from bosett_web.api import rounds, shapes
from bosett_web.queries.releases import published
from bosett_web.records import clock
from bosett_web.records.models import Request
from parties import DEMO, FROZEN, YEAR, approver, worker
from readers import client_of
from web_database import Start

ROOT = "/api/v1"
FORMER, BERGEN, KINN, ASKOY, OSLO = 2020, "4601", "4602", "4627", "0301"
FEBRUARY = date(2021, 2, 28)
PATHS = tuple(
    f"{ROOT}/rounds{path}"
    for path in (
        *("", "/{year}", "/{year}/news", "/{year}/numbers", "/{year}/municipalities/{code}", "/{year}/counts"),
        *("/{year}/releases", "/{year}/releases/{number}"),
    )
)
OPEN_TABLES = {"records_publishedrelease", "records_releasepart", "records_settlementround"}
NUMBERS = f"{ROOT}/rounds/{YEAR}/numbers"
NEWEST, FOR_EVER = "public, max-age=15", "public, max-age=31536000, immutable"


def tell_of_a_year() -> None:
    """Publish thrice: before the numbers, when they and an answer are public, and when the first counts are."""
    publish_all()
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    Request.objects.filter(round=YEAR, municipality=BERGEN).update(sent_at=clock.moment())
    decisions.record(
        worker(Party.MUNICIPALITY, BERGEN), year=YEAR, municipality=BERGEN, request=1, answer=given_answer(200)
    )
    publish_all()
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2021, 3, 10))
    both: Mapping[str, tuple[int | None, int | None]] = {
        BERGEN: (40, 0),
        KINN: (3, 0),
        ASKOY: (None, None),
        OSLO: (120, 9),
    }
    counts = [
        NewCount(code, SettlementStep.SETTLED, group, FEBRUARY, count, "IMDi", FEBRUARY)
        for code, counted in both.items()
        for group, count in zip(LedgerGroup, counted, strict=True)
    ]
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=counts, source="hand")
    publish_all()


BEGUN = Start(publish_all, DEMO)
"""Of both years there is one release; the round of 2021 has not come far."""
TOLD = Start(tell_of_a_year, FROZEN)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(TOLD)]


def read(path: str, client: Client | None = None) -> Any:  # noqa: ANN401 (whatever the answer holds)
    answer = (client or Client()).get(f"{ROOT}/{path}")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    return json.loads(answer.content)


def problem_at(path: str, status: int) -> str:
    """Return the detail of the problem that an address answers with."""
    answer = Client().get(f"{ROOT}/{path}")
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert set(problem) == {"type", "title", "status", "detail", "instance"}
    assert (answer.status_code, problem["status"], problem["type"]) == (status, status, "about:blank")
    assert problem["instance"] == f"{ROOT}/{path.partition('?')[0]}"
    assert (answer.headers["Cache-Control"], answer.headers["Access-Control-Allow-Origin"]) == ("no-store", "*")
    return str(problem["detail"])


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the path of each operation with an address of it, of two years."""
    for path in PATHS:
        for year, number in ((YEAR, 3), (YEAR, 1), (FORMER, 1)):
            filled = path.format(year=year, code=BERGEN, number=number)
            yield path, filled.removeprefix(f"{ROOT}/")


# What is described


def misfits(schema: Mapping[str, Any], value: Any, parts: Mapping[str, Any], at: str = "$") -> list[str]:  # noqa: ANN401
    """Return where a value is not of the shape that a schema describes; all fields that it must have, and no more."""
    if "$ref" in schema:
        return misfits(parts[schema["$ref"].rpartition("/")[2]], value, parts, at)
    if "anyOf" in schema:
        return min((misfits(each, value, parts, at) for each in schema["anyOf"]), key=len)
    inside: list[tuple[Mapping[str, Any], Any, str]] = []
    fits = type(value) is {"string": str, "integer": int, "null": type(None), "boolean": bool}.get(schema["type"])
    if schema["type"] == "object" and "additionalProperties" in schema:
        fits = isinstance(value, dict) and "properties" not in schema
        inside = (
            [(schema["additionalProperties"], each, f"{at}.{name}") for name, each in value.items()] if fits else []
        )
    elif schema["type"] == "object":
        fits = isinstance(value, dict) and set(schema["required"]) <= set(value) <= set(schema["properties"])
        inside = [(schema["properties"][name], each, f"{at}.{name}") for name, each in value.items()] if fits else []
    elif schema["type"] == "array":
        fits = isinstance(value, list)
        inside = [(schema["items"], each, f"{at}[{index}]") for index, each in enumerate(value)] if fits else []
    elif "enum" in schema:
        fits = value in schema["enum"]
    if not fits:
        return [at]
    return [fault for each, inner, place in inside for fault in misfits(each, inner, parts, place)]


def test_the_description_tells_of_every_path_and_of_nothing_that_writes() -> None:
    described = read("openapi.json")
    assert described["openapi"].startswith("3.1")
    assert tuple(described["paths"]) == PATHS
    assert [list(path) for path in described["paths"].values()] == [["get"]] * len(PATHS)
    for path, methods in described["paths"].items():
        responses = methods["get"]["responses"]
        faults = {"400", *(["404"] if "{" in path else []), *(["422"] if path.endswith("counts") else [])}
        assert set(responses) == {"200", "304", *faults}
        for status in faults:
            (media,) = responses[status]["content"].items()
            assert media == ("application/problem+json", {"schema": {"$ref": "#/components/schemas/HttpProblem"}})


def test_every_field_of_every_shape_is_told_of() -> None:
    parts = read("openapi.json")["components"]["schemas"]
    assert {"HttpProblem", "Round", "OpenNotice", "OpenCriterion", "PublicCount", "ReleaseDocument"} <= set(parts)
    untold = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, schema in part.get("properties", {}).items()
        if getattr(vars(shapes).get(name), "__module__", "") == shapes.__name__ and not schema.get("description")
    ]
    assert untold == ["Rounds.rounds"]  # the shape itself says it
    assert parts["OpenNotice"]["properties"]["until"]["description"] == "Its last; null is until further notice."
    optional = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field in {*part.get("properties", {})} - {*part.get("required", ())}
        if name in vars(shapes) and name != "CountFilter"  # it is asked with
    ]
    assert optional == ["ReleaseDocument.documents"], "of releases that were made before it"
    assert [name for name, part in parts.items() if "Attributes:" in part.get("description", "")] == []


@pytest.mark.parametrize(
    "start", [pytest.param(BEGUN, marks=pytest.mark.begins_at(BEGUN)), TOLD], ids=["begun", "told"]
)
def test_an_answer_has_the_shape_that_is_described(start: Start) -> None:
    described = read("openapi.json")
    parts = described["components"]["schemas"]
    for path, address in addresses():
        if start is BEGUN and address.endswith("/3"):
            continue
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = read(address)
        assert misfits(schema, answer, parts) == [], address
        assert misfits(schema, {**answer, "more": 1}, parts)
        assert misfits(schema, {**answer, next(iter(answer)): None}, parts)


def test_the_shapes_are_those_of_what_is_published() -> None:
    """A field that a release gets is told of here, or the test says so."""
    of_round = {each.name for each in fields(OpenRound)}
    assert set(shapes.Round.model_fields) - set(shapes.OfRelease.model_fields) == of_round - {"news"}
    assert set(shapes.ReleaseDocument.model_fields) == {each.name for each in fields(PublicRelease)} | {
        "format",
        "hash",
    }


@contextmanager
def application() -> Iterator[Callable[..., Iterable[bytes]]]:
    """The application as it answers this machine, which leaves the test's own connection open between requests."""
    signals, served = (request_started, request_finished), get_wsgi_application()
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield lambda environ, start: served({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)
    for signal in signals:
        signal.connect(close_old_connections)


def hold_to(described: dict[str, Any]) -> list[int]:
    """Ask for all that a description allows and much that it forbids; return the statuses of the answers.

    Raises:
        FailureGroup: An answer is another than is described.
    """
    known = {"year": [YEAR, FORMER], "number": [1, 3], "code": [BERGEN, "4"], "place": ["0", "46", BERGEN]}
    for path in described["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in known:  # else next to nothing that is asked for would be there
                parameter["schema"] = {"anyOf": [{"enum": known[parameter["name"]]}, parameter["schema"]]}
    schema = schemathesis.openapi.from_dict(described, config=SchemathesisConfig())
    # A day or a place of the right form need not be one of the year's.
    accepted = PositiveDataAcceptanceConfig(expected_statuses=["2xx", "3xx", "404", "422"])
    schema.config.checks.positive_data_acceptance = accepted
    drawn = settings(max_examples=15, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    modes = [HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
    statuses: list[int] = []

    def is_as_described(case: Case[Any]) -> None:
        statuses.append(case.call_and_validate().status_code)

    with application() as schema.app:
        for paths in schema.get_all_operations():
            assert isinstance(paths, Ok), paths
            of_test = HypothesisTestConfig(project=schema.config, modes=modes, settings=drawn, seed=YEAR)
            create_test(operation=paths.ok(), test_func=is_as_described, config=of_test)()
    return statuses


def test_no_answer_departs_from_the_description_whatever_is_asked() -> None:
    statuses = hold_to(read("openapi.json"))
    assert {200, 404, 405, 422} <= {*statuses}
    assert len(statuses) > 15 * len(PATHS)


def test_an_answer_that_departs_from_the_description_is_found() -> None:
    described = read("openapi.json")
    described["components"]["schemas"]["OneCount"]["properties"]["persons"] = {"type": "integer"}  # some are hidden
    described["paths"] = {path: own for path, own in described["paths"].items() if path.endswith("/counts")}
    with pytest.raises(FailureGroup):
        hold_to(described)


# What is answered


def test_the_years_are_listed_with_their_newest_releases() -> None:
    listed = read("rounds")["rounds"]
    assert [(each["year"], each["newest"]["number"]) for each in listed] == [(YEAR, 3), (FORMER, 1)]
    for each in listed:
        newest = each["newest"]
        assert Client().get(each["address"]).json()["release"].items() >= newest.items()
        assert Client().get(newest["address"]).json()["hash"] == newest["sha256"]


@pytest.mark.begins_at(DEMO)
def test_a_year_without_a_release_is_not_there() -> None:
    assert read("rounds") == {"rounds": []}
    assert (
        problem_at(f"rounds/{YEAR}", 404)
        == "Nothing has been published of 2021. /api/v1/rounds lists the years that have releases."
    )


def test_a_document_is_the_one_that_was_published_and_its_hash_is_of_the_rest() -> None:
    listed = read(f"rounds/{YEAR}/releases")["releases"]
    assert [each["number"] for each in listed] == [3, 2, 1]
    for each in listed:
        document = Client().get(each["address"]).json()
        row = published.numbered(YEAR, each["number"])
        assert document == published.release(row).document()
        rest = {name: value for name, value in document.items() if name != "hash"}
        assert document["hash"] == each["sha256"] == row.sha256 == digest(rest)
        # As a program without any code of ours reckons it.
        text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(", ", ": "))
        assert hashlib.sha256(text.encode()).hexdigest() == document["hash"]
        assert digest({**rest, "number": 4}) != document["hash"]


def test_a_round_tells_how_far_it_has_come_and_what_it_rests_on() -> None:
    document = read(f"rounds/{YEAR}")
    assert (document["state"], document["is_former"], document["closed_on"]) == ("numbered", False, None)
    (targets,) = document["targets"]
    assert targets["national"] == sum(targets["counties"].values()) == 5025
    assert set(targets["counties"]) == {county.code for county in counties(YEAR)}
    assert document["forecasts"][0]["middle"] == 5000
    assert document["criteria"][0]["criteria"]
    assert {each["kind"] for each in document["notices"]} == {"stop", "call", "dialogue"}
    assert {each["state"] for each in document["meetings"]} == {"held"}
    assert read(f"rounds/{FORMER}")["is_former"] is True


@pytest.mark.begins_at(BEGUN)
def test_a_round_that_has_not_come_far_tells_little() -> None:
    document = read(f"rounds/{YEAR}")
    assert (document["state"], document["released_at"], document["forecasts"]) == ("open", None, [])
    rows = read(f"rounds/{YEAR}/numbers")["municipalities"]
    assert {(row["asked"], row["asked_status"], row["decided"]) for row in rows} == {(None, "missing", None)}
    assert read(f"rounds/{YEAR}/municipalities/{BERGEN}")["way"] == []
    assert read(f"rounds/{YEAR}/counts")["counts"] == []
    assert problem_at(f"rounds/{YEAR}/counts?day=2021-01-31", 422) == "day: no counts have been published of 2021."


def test_news_are_told_the_newest_first() -> None:
    news = read(f"rounds/{YEAR}/news")["news"]
    assert news[0]["kind"] == "counts"
    assert [each["on"] for each in news] == sorted((each["on"] for each in news), reverse=True)
    assert {"numbers", "decisions", "forecast", "targets", "criteria"} <= {each["kind"] for each in news}
    assert any(each["text"].get("nb") for each in news)


def test_the_numbers_are_those_that_were_published_and_a_lack_is_null_and_never_zero() -> None:
    rows = {row["code"]: row for row in read(f"rounds/{YEAR}/numbers")["municipalities"]}
    asked = dict(Request.objects.filter(round=YEAR).order_by("municipality").values_list("municipality", "number"))
    assert [*rows] == [place.code for place in municipalities(YEAR)]
    for code, row in rows.items():
        assert (row["asked"], row["asked_status"]) == (
            asked.get(code) or None,
            "ok" if asked.get(code) else "not_asked",
        )
    assert (rows[BERGEN]["decided"], rows[BERGEN]["decided_status"], rows[BERGEN]["county_name"]) == (
        *(200, "ok"),
        "Vestland",
    )
    assert (rows[KINN]["decided"], rows[KINN]["decided_status"]) == (None, "missing")
    former = read(f"rounds/{FORMER}/numbers")["municipalities"]
    assert {row["asked_status"] for row in former} == {"ok", "not_asked"}
    for name in ("asked", "decided"):
        assert all((row[name] is None) == (row[f"{name}_status"] != "ok") for row in [*former, *rows.values()])


def test_a_municipality_tells_all_that_its_release_does() -> None:
    release = published.release(published.newest_of(YEAR))
    bergen = read(f"rounds/{YEAR}/municipalities/{BERGEN}")
    (own,) = (each for each in release.municipalities if each.code == BERGEN)
    for name in ("names", "before", "like", "way"):
        assert bergen[name] == plain(getattr(own, name)), name
        assert bergen[name], name
    assert bergen["explained"] == plain(release.explained[BERGEN])
    (request,) = bergen["requests"]
    assert (request["version"], request["persons"]) == (1, bergen["asked"])
    (decision,) = bergen["decisions"]
    assert (decision["answers"], decision["persons"]) == (1, bergen["decided"])
    (row,) = (each for each in read(f"rounds/{YEAR}/numbers")["municipalities"] if each["code"] == BERGEN)
    assert bergen.items() >= row.items()
    assert bergen["counts"]["day"] == FEBRUARY.isoformat()
    assert read(f"rounds/{FORMER}/municipalities/{BERGEN}")["counts"] is None


def test_counts_are_told_with_their_marks() -> None:
    document = read(f"rounds/{YEAR}/counts")
    (day,) = published.release(published.newest_of(YEAR)).days
    assert document["counts"] == [{"day": FEBRUARY.isoformat(), **each} for each in plain(day.counts)]  # type: ignore[attr-defined]
    assert [each["day"] for each in document["days"]] == [FEBRUARY.isoformat()]
    paths = {(each["place"], each["group"]): each for each in document["counts"] if each["step"] == "settled"}
    own = {key: (each["persons"], each["mark"]) for key, each in paths.items()}
    assert own[OSLO, "all"] == (120, "shown")
    assert own[BERGEN, "minors"] == (0, "shown")  # nobody, and known to be
    assert own[KINN, "all"] == (None, "hidden")
    assert own["1101", "all"] == (None, "unknown")
    assert own["0", "all"][1] == "at_least"
    for persons, mark in own.values():
        assert (persons is None) == (mark in ("hidden", "unknown"))


@pytest.mark.parametrize(
    ("query", "is_asked_for"),
    [
        (f"place={KINN}", lambda each: each["place"] == KINN),
        ("place=0&group=minors", lambda each: (each["place"], each["group"]) == ("0", "minors")),
        ("step=agreed", lambda each: each["step"] == "agreed"),
        (f"day={FEBRUARY}&place=46", lambda each: (each["day"], each["place"]) == (FEBRUARY.isoformat(), "46")),
    ],
)
def test_counts_can_be_asked_for_by_themselves(query: str, is_asked_for: Callable[[Mapping[str, str]], bool]) -> None:
    everything, some = read(f"rounds/{YEAR}/counts"), read(f"rounds/{YEAR}/counts?{query}")
    assert some["counts"] == [each for each in everything["counts"] if is_asked_for(each)]
    assert 0 < len(some["counts"]) < len(everything["counts"])
    assert some["days"] == everything["days"]


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        (
            "place=9999",
            f"place: it can be 0, which is the country, or the code of a county or municipality as {NUMBERS} has them.",
        ),
        ("step=moved", "step: Input should be 'enquired', 'agreed' or 'settled'."),
        (
            "group=1&step=2",
            "step: Input should be 'enquired', 'agreed' or 'settled'; group: Input should be 'all' or 'minors'.",
        ),
        ("day=2021-03-31", "day: it can be 2021-02-28."),
        ("day=yesterday", "day: it can be 2021-02-28."),
        ("palce=0", "palce is no parameter here: place, step, group and day are."),
        ("place=0&place=46", "place is given 2 times: it can have one value."),
    ],
)
def test_a_filter_that_cannot_be_is_a_problem_that_says_what_can(query: str, detail: str) -> None:
    assert problem_at(f"rounds/{YEAR}/counts?{query}", 422) == detail


# Caches, and who reads


def test_an_answer_may_be_kept_and_says_for_how_long() -> None:
    tags = set()
    for path, address in addresses():
        answer = Client().get(f"{ROOT}/{address}")
        assert answer.headers["Cache-Control"] == (FOR_EVER if path.endswith("{number}") else NEWEST)
        assert re.fullmatch(r'"[0-9a-f]{64}"', answer.headers["ETag"])
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Vary" not in answer.headers
        tags.add(answer.headers["ETag"])
        for tag in (answer.headers["ETag"], f"W/{answer.headers['ETag']}", f'"x", {answer.headers["ETag"]}', "*"):
            same = Client().get(f"{ROOT}/{address}", headers={"If-None-Match": tag})
            assert (same.status_code, same.content) == (304, b"")
            for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
                assert same.headers[name] == answer.headers[name]
        assert Client().get(f"{ROOT}/{address}", headers={"If-None-Match": '"x"'}).status_code == 200
    assert len(tags) == len({address for _, address in addresses()})
    answers = [Client().get(f"{ROOT}/rounds/{YEAR}/counts{query}") for query in ("", "?place=0", "?place=46")]
    assert len({each.headers["ETag"] for each in answers}) == 3


def test_a_new_release_is_a_new_answer_and_an_old_one_stays_what_it_was() -> None:
    newest, third = f"{ROOT}/rounds/{YEAR}/numbers", f"{ROOT}/rounds/{YEAR}/releases/3"
    tags = [Client().get(path).headers["ETag"] for path in (newest, third)]
    request = Request.objects.get(round=YEAR, municipality=KINN)
    request.pk, request.version, request.number, request.sent_at = None, 2, request.number + 1, clock.moment()
    request.save()
    publish_all()
    again = [
        Client().get(path, headers={"If-None-Match": tag}) for path, tag in zip((newest, third), tags, strict=True)
    ]
    assert [each.status_code for each in again] == [200, 304]
    assert again[0].json()["release"]["number"] == 4
    (row,) = (each for each in again[0].json()["municipalities"] if each["code"] == KINN)
    assert (row["asked"], row["first_asked"]) == (request.number, request.number - 1)
    assert len(read(f"rounds/{YEAR}/municipalities/{KINN}")["requests"]) == 2


def test_a_problem_is_one_whatever_a_cache_has() -> None:
    for path in ("rounds/1999", f"rounds/{YEAR}/municipalities/9999", f"rounds/{YEAR}/counts?place=9"):
        assert Client().get(f"{ROOT}/{path}", headers={"If-None-Match": "*"}).status_code in (404, 422)
    answer = Client().get(f"{ROOT}/rounds", headers={"If-Match": '"x"'})
    assert (answer.status_code, answer.headers["Content-Type"]) == (412, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_head_is_that_of_what_is_read() -> None:
    for _, address in addresses():
        whole, head = Client().get(f"{ROOT}/{address}"), Client().head(f"{ROOT}/{address}")
        assert (head.status_code, head.content) == (200, b"")
        for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
            assert head.headers[name] == whole.headers[name]


@pytest.mark.begins_at(FROZEN)
def test_everybody_reads_what_has_been_published_and_nothing_else_is_looked_at() -> None:
    publish_all()
    readers = [Client(), client_of(Party.DIRECTORATE), client_of(Party.MUNICIPALITY, BERGEN)]
    assert Request.objects.filter(round=YEAR).exists()  # they are decided, and not public
    for _, address in addresses():
        if address.endswith("/3"):
            continue
        answers = []
        for reader in readers:
            published._release.cache_clear()  # noqa: SLF001 (what a process keeps asks nothing)
            published._PARTS.clear()  # noqa: SLF001
            with CaptureQueriesContext(connection) as asked:
                answers.append(reader.get(f"{ROOT}/{address}"))
            tables = {name for each in asked for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', each["sql"])}
            assert tables, address
            assert tables <= OPEN_TABLES, address
        assert len({answer.content for answer in answers}) == 1
    rows = read(f"rounds/{YEAR}/numbers", readers[1])["municipalities"]
    assert {row["asked"] for row in rows} == {None}


def test_what_is_not_there_asks_nothing_and_what_is_kept_asks_which_is_the_newest() -> None:
    read(f"rounds/{YEAR}/numbers")
    for path, most in (("", 0), ("nothing", 0), ("rounds/x", 0), ("openapi.json", 0), (f"rounds/{YEAR}/numbers", 1)):
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"{ROOT}/{path}")
        assert len(asked) == most, path


# What goes wrong


@pytest.mark.parametrize("path", ["", "nothing", "docs", "rounds/abc", "rounds/-1", f"rounds/{'9' * 5000}"])
def test_an_unknown_address_is_a_problem(path: str) -> None:
    assert problem_at(path, 404)


@pytest.mark.parametrize("year", ["1999", "0", "2147483648", "9223372036854775808", "9" * 4000])
@pytest.mark.parametrize("rest", ["", "/news", "/numbers", f"/municipalities/{BERGEN}", "/counts", "/releases"])
def test_an_unknown_year_is_a_problem_however_long_it_is(year: str, rest: str) -> None:
    detail = problem_at(f"rounds/{year}{rest}", 404)
    assert detail == f"Nothing has been published of {year}. /api/v1/rounds lists the years that have releases."


@pytest.mark.parametrize("number", ["0", "4", "2147483648", "9223372036854775808", "9" * 4000])
def test_an_unknown_release_is_a_problem_however_long_its_number_is(number: str) -> None:
    detail = problem_at(f"rounds/{YEAR}/releases/{number}", 404)
    assert detail == f"There is no release {number} of 2021. /api/v1/rounds/2021/releases lists those that there are."


@pytest.mark.parametrize("code", ["9999", "46", "0", "x", "1201"])
def test_an_unknown_municipality_is_a_problem(code: str) -> None:
    detail = problem_at(f"rounds/{YEAR}/municipalities/{code}", 404)
    assert detail == f"There is no municipality {code} in 2021. /api/v1/rounds/2021/numbers lists those of the year."


@pytest.mark.parametrize("client", [Client(), Client(enforce_csrf_checks=True)])
def test_nothing_can_be_written(client: Client) -> None:
    for path in ("openapi.json", "rounds", f"rounds/{YEAR}/releases/1"):
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method(f"{ROOT}/{path}")
            assert (answer.status_code, {*answer.headers["Allow"].split(", ")}) == (405, {"GET", "HEAD"})
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_the_program_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "newest_of", lambda year: year / 0)
    answer = Client(raise_request_exception=False).get(f"{ROOT}/rounds/{YEAR}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ZeroDivision" not in answer.content.decode()
