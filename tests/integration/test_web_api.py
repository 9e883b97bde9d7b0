"""The API: its shape is the one that it describes, what goes wrong is a problem, and nothing personal is cached."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from bosett.geography import counties, municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.records import clock
from bosett_web.records.models import Request
from parties import DECIDED, DEMO

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
ROOT = "/api/v1"
PATHS = (f"{ROOT}/rounds", f"{ROOT}/rounds/{{year}}", f"{ROOT}/rounds/{{year}}/numbers")


def read(path: str, client: Client | None = None) -> Any:  # noqa: ANN401 (whatever the answer holds)
    answer = (client or Client()).get(f"{ROOT}/{path}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def misfits(schema: Mapping[str, Any], value: Any, parts: Mapping[str, Any], at: str = "$") -> list[str]:  # noqa: ANN401
    """Return where a value is not of the shape that a schema describes; exactly its fields, no more."""
    if "$ref" in schema:
        return misfits(parts[schema["$ref"].rpartition("/")[2]], value, parts, at)
    if "anyOf" in schema:
        return min((misfits(each, value, parts, at) for each in schema["anyOf"]), key=len)
    inside: list[tuple[Mapping[str, Any], Any, str]] = []
    if schema["type"] == "object":
        fits = isinstance(value, dict) and set(value) == set(schema["properties"]) == set(schema["required"])
        inside = [(each, value[name], f"{at}.{name}") for name, each in schema["properties"].items()] if fits else []
    elif schema["type"] == "array":
        fits = isinstance(value, list)
        inside = [(schema["items"], each, f"{at}[{index}]") for index, each in enumerate(value)] if fits else []
    else:
        fits = type(value) is {"string": str, "integer": int, "null": type(None)}[schema["type"]]
    if not fits:
        return [at]
    return [fault for each, inner, place in inside for fault in misfits(each, inner, parts, place)]


def test_the_description_tells_of_every_path_and_of_nothing_that_writes() -> None:
    described = read("openapi.json")
    assert described["openapi"].startswith("3.1")
    assert tuple(described["paths"]) == PATHS
    assert [list(path) for path in described["paths"].values()] == [["get"]] * 3
    for path in PATHS[1:]:
        assert "application/problem+json" in described["paths"][path]["get"]["responses"]["404"]["content"]


@pytest.mark.parametrize(("path", "year"), [(path, year) for path in PATHS for year in (2020, 2021)])
@pytest.mark.begins_at(DECIDED)
def test_an_answer_has_the_shape_that_is_described(path: str, year: int) -> None:
    described = read("openapi.json")
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = read(path.replace("{year}", str(year)).removeprefix(f"{ROOT}/"))
    assert misfits(schema, answer, described["components"]["schemas"]) == []
    assert misfits(schema, {**answer, "more": 1}, described["components"]["schemas"])
    assert misfits(schema, {**answer, next(iter(answer)): "2020"}, described["components"]["schemas"])


def test_rounds_are_listed_with_their_addresses() -> None:
    listed = read("rounds")["rounds"]
    assert [each["year"] for each in listed] == [2021, 2020]
    assert Client().get(listed[0]["address"]).status_code == 200


@pytest.mark.begins_at(DECIDED)
def test_a_round_tells_targets_criteria_and_forecasts() -> None:
    document = read("rounds/2021")
    assert document["state"] is None  # a round that goes on is the directorate's own
    (targets,) = document["targets"]
    assert targets["national"] == {"number": 5025, "under15": None, "from15": None}
    assert sum(each["number"] for each in targets["counties"]) == 5025
    assert [each["name"] for each in targets["counties"]] == [county.name for county in counties(2021)]
    assert document["criteria"][0]["wording"] is None  # not known, and so not empty
    assert document["forecasts"] == []
    assert read("rounds/2021", _directorate())["state"] == "open"
    assert read("rounds/2021", _directorate())["forecasts"][0]["middle"] == 5000
    assert read("rounds/2020")["state"] == "released"


def test_a_lack_is_null_and_never_zero() -> None:
    asked = dict(Request.objects.filter(round=2020).order_by("municipality").values_list("municipality", "number"))
    rows = read("rounds/2020/numbers")["municipalities"]
    assert {row["code"]: row["final"] for row in rows} == {
        place.code: asked.get(place.code) for place in municipalities(2020)
    }
    assert len(asked) < len(rows)
    for row in read("rounds/2021/numbers")["municipalities"]:
        assert {row[name] for name in ("proposed", "recommended", "outcome", "final")} == {None}


def test_last_years_request_says_why_there_is_no_number() -> None:
    rows = {row["code"]: row for row in read("rounds/2021/numbers")["municipalities"]}
    assert (rows["4601"]["previous"], rows["4601"]["previous_status"]) == (195, "ok")
    assert (rows["5430"]["previous"], rows["5430"]["previous_status"]) == (None, "not_asked")
    assert all((row["previous"] is None) == (row["previous_status"] != "ok") for row in rows.values())
    # The same in the file: words for who was not asked, never an empty cell and never a zero.
    text = Client().get("/2021/numbers.csv").content.decode("utf-8-sig")
    before = {line.split(";")[0]: line.split(";")[2] for line in text.splitlines()[1:]}
    assert (before["4601"], before["5430"]) == ("195", "ikke anmodet")
    assert not {"", "0"} & set(before.values())


def test_what_is_answered_to_a_person_is_not_kept_by_caches() -> None:
    for path in ("rounds", "rounds/2021", "rounds/2021/numbers"):
        answer = _directorate().get(f"{ROOT}/{path}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in Client().get(f"{ROOT}/{path}").headers["Vary"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("rounds/1999", 404),
        ("rounds/1999/numbers", 404),
        ("rounds/99999999999999999999", 404),
        ("rounds/abc", 404),
        ("nothing", 404),
        ("", 404),
        ("docs", 404),
    ],
)
def test_what_is_not_there_is_a_problem(path: str, status: int) -> None:
    answer = Client().get(f"{ROOT}/{path}")
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert set(problem) == {"type", "title", "status", "detail", "instance"}
    assert (answer.status_code, problem["status"], problem["title"]) == (status, status, "Not Found")
    assert problem["instance"] == f"{ROOT}/{path}"
    if path.startswith("rounds/1999"):
        assert problem["detail"] == "There is no round for 1999. /api/v1/rounds lists those that there are."


@pytest.mark.parametrize("client", [Client(), Client(enforce_csrf_checks=True)])
def test_nothing_can_be_written(client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method(f"{ROOT}/rounds/2021")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_the_program_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get(f"{ROOT}/rounds/2020")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.content.decode()


def _directorate() -> Client:
    client = Client()
    grant = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.CASE_WORKER)
    assert client.post("/login/demo", {"grant": grant.pk}).status_code == 302
    return client
