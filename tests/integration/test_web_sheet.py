"""The county's sheet by a client: the page, its saving and following as JSON, who may, versions and documents."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import hostile
from bosett.basis.languages import LANGUAGES
from bosett.figures.kinds import Figure, Status
from bosett.geography import counties, municipalities
from bosett.rounds.columns import BESIDE, FIELDS
from bosett.rounds.parties import PUBLIC, Grade, Party, Who
from bosett_web.actions.county import attachments, cells, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.journal.models import Event
from bosett_web.queries.lines import UNSAID, Line
from bosett_web.queries.sight import seen_lines
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.models import Attachment, Recommendation, SettlementRound
from bosett_web.screens.county.sheet import MOST_CELLS
from markup import tidy
from parties import SHARED, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN, KINN = "46", "4601", "4602"
PAGE = f"/{YEAR}/counties/{COUNTY}"
CELLS = f"{PAGE}/cells"
PDF = hostile.plain()
JSON: Mapping[str, Any] = {"headers": {"accept": "application/json"}}
OTHERS = (
    (Party.COUNTY, "11"),
    (Party.KS, ""),
    (Party.DIRECTORATE, ""),
    (Party.MINISTRY, ""),
    (Party.MUNICIPALITY, BERGEN),
)


def logged_in(party: Party = Party.COUNTY, area: str = COUNTY, grade: Grade = Grade.CASE_WORKER) -> Client:
    return client_of(party, area, grade)


def others() -> Iterator[Client]:
    """Those who do not see an open recommendation of the county."""
    yield from (logged_in(party, area) for party, area in OTHERS)


def signed(client: Client) -> str:
    return str(client.get(f"/{YEAR}/").context["signed"])


def send(client: Client, block: object, path: str = CELLS, **more: str) -> tuple[int, dict[str, Any]]:
    """Send cells as the sheet's script does."""
    written = block if isinstance(block, str) else json.dumps(block)
    answer = client.post(path, {"shown_to": signed(client), "cells": written} | more, **JSON)
    return answer.status_code, answer.json()


def sent_cell(field: str, value: str, before: str = "", code: str = BERGEN) -> dict[str, str]:
    return {"m": code, "f": field, "v": value, "b": before}


def put(**values: cells.Value) -> None:
    """Set cells of Bergen behind the page."""
    wanted = [Cell(BERGEN, field, value) for field, value in values.items()]
    cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted)


def submit() -> None:
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    recommendations.ready(county, year=YEAR, county=COUNTY)
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)


# Saved and followed


def test_cells_are_saved_and_the_answer_tells_rows_faults_and_clashes() -> None:
    client = logged_in()
    put(reason="Theirs.")
    status, answer = send(
        client,
        [
            *(sent_cell("number", "20"), sent_cell("reason", "Mine."), sent_cell("signal_on", "2020-06-01")),
            *(sent_cell("number", "ti", code=KINN), sent_cell("signal", "12", code=KINN)),
        ],
    )
    assert status == 200
    row = answer["rows"][BERGEN]
    assert (
        row["cells"] | {"number": "20", "asked": "yes", "reason": "Theirs.", "signal_on": "2020-06-01"} == row["cells"]
    )
    assert set(row["cells"]) == set(FIELDS)
    assert answer["rows"][KINN]["cells"]["signal"] == "12"
    assert set(answer["rows"]) == {place.code for place in municipalities(YEAR) if place.county == COUNTY}
    assert answer["faults"] == [{"m": KINN, "f": "number", "words": "Skriv et helt tall, for eksempel 120."}]
    assert answer["clashes"] == [
        {
            "m": BERGEN,
            "f": "reason",
            "held": ["reason"],
            "mine": "Mine.",
            "theirs": "Theirs.",
            "before": "",
        }
    ]
    assert answer["made"] == {
        BERGEN: {"asked": ["", "yes"], "number": ["", "20"], "signal_on": ["", "2020-06-01"]},
        KINN: {"signal": ["", "12"]},
    }
    assert answer["undo"] == Event.objects.order_by("-pk")[0].pk
    assert any(
        "færre enn" in flag.lower() or "mindre" in flag.lower() or "lavere" in flag.lower() for flag in row["flags"]
    )


def test_who_follows_is_told_only_what_is_new() -> None:
    client = logged_in()
    changed = standing(YEAR).recommendations[COUNTY].changed
    assert client.get(CELLS, {"since": changed}, **JSON).status_code == 204
    put(number=20)
    answer = client.get(CELLS, {"since": changed}, **JSON)
    assert answer.status_code == 200
    assert answer.json()["changed"] == changed + 1
    assert answer.json()["rows"][BERGEN]["cells"]["number"] == "20"
    assert client.get(CELLS, {"since": changed + 1}, **JSON).content == b""
    for since in ("", "x", "-1"):
        assert client.get(CELLS, {"since": since}, **JSON).status_code == 200
    assert client.get(CELLS, **JSON).status_code == 200


def test_a_block_sent_twice_after_a_lost_answer_is_saved_once() -> None:
    client, block = logged_in(), [sent_cell("number", "20"), sent_cell("reason", "So.")]
    send(client, block)
    count = Event.objects.count()
    status, answer = send(client, block)
    assert (status, answer["clashes"], answer["faults"], Event.objects.count()) == (200, [], [], count)


def test_an_act_that_the_script_takes_back_is_told_as_undone() -> None:
    client = logged_in()
    send(client, [sent_cell("number", "20")])
    send(client, [sent_cell("number", "", "20"), sent_cell("asked", "", "yes")], source="undo")
    assert [event.name for event in Event.objects.order_by("-pk")[:2]] == ["round.undo", "recommendation.edit"]
    send(client, [sent_cell("number", "20")], source="<script>")
    assert "source" not in json.loads(Event.objects.order_by("-pk")[0].body)["after"]


def test_a_clash_over_what_follows_tells_the_cells_that_it_holds() -> None:
    put(asked=True, number=20)
    beside = {"m": BERGEN, "f": "number", "b": "10"}
    _, answer = send(logged_in(), [sent_cell("asked", "no", "yes"), beside])
    assert answer["clashes"] == [
        {"m": BERGEN, "f": "number", "held": ["asked"], "mine": "0", "theirs": "20", "before": "10"}
    ]
    _, answer = send(logged_in(), [sent_cell("asked", "no", "yes")])
    assert answer["clashes"] == [{"m": BERGEN, "f": "number", "held": ["asked"], "mine": "0", "theirs": "20"}]
    _, answer = send(logged_in(), [sent_cell("asked", "no", "yes"), beside | {"b": "20"}])
    assert (answer["clashes"], answer["made"]) == ([], {BERGEN: {"asked": ["yes", "no"], "number": ["20", "0"]}})


# Refused


def test_without_a_login_it_is_said_that_it_has_ended() -> None:
    for answer in (Client().get(CELLS, **JSON), Client().post(CELLS, {"cells": "[]"}, **JSON)):
        assert (answer.status_code, answer.json()) == (401, {"ended": True})


def test_those_who_may_not_see_it_find_nothing_there() -> None:
    put(number=20)
    keep = recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="Draft")
    assert keep.name == "recommendation.keep"
    attachments.attach(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="a.pdf", content=PDF)
    document = f"{PAGE}/documents/{Attachment.objects.get().pk}"
    for client in others():
        for path in (CELLS, f"{CELLS}?since=0", f"{PAGE}/versions", document):
            assert client.get(path, **JSON).status_code == 404, path
        page = tidy(client.get(PAGE).content.decode())
        assert 'id="desk"' not in page
        assert "likeness" not in page
    assert Client().get(document).status_code == 404
    own = logged_in()
    for path in (CELLS, f"{PAGE}/versions", document, PAGE):
        assert own.get(path, **JSON).status_code == 200, path


def test_those_who_may_not_write_are_told_why() -> None:
    for client in others():
        status, answer = send(client, [sent_cell("number", "20")])
        assert status == 403
        assert answer["why"].endswith(".")
        assert Event.objects.order_by("-pk")[0].name == "refused"
    recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="Before")
    submit()
    status, answer = send(logged_in(), [sent_cell("number", "20", "1")])
    assert status == 409
    assert "«sendt»" in answer["why"] or "sendt" in answer["why"]
    assert Client().get(CELLS, **JSON).status_code == 401
    for client in (logged_in(Party.KS, ""), logged_in(Party.DIRECTORATE, "")):
        assert client.get(CELLS, **JSON).status_code == 200  # it is theirs to read now


def test_a_form_of_another_role_is_refused_in_words() -> None:
    client = logged_in()
    answer = client.post(CELLS, {"shown_to": "1:1", "cells": "[]"}, **JSON)
    assert answer.status_code == 409
    assert "byttet rolle" in answer.json()["why"]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "{",
            "null",
            "5",
            '"x"',
            "[5]",
            "[null]",
            "[[]]",
            "{}x",
            '[{"m": "4601"}]',
            '[{"m": "4601", "f": "number"}]',
        ),
        "[" * 100_000,
        json.dumps([sent_cell("number", "20")] * (MOST_CELLS + 1)),
        json.dumps([sent_cell("id", "20")]),
        json.dumps([{"m": "4601", "f": "id", "b": "20"}]),
        json.dumps([sent_cell("outcome", "20")]),
        json.dumps([sent_cell("number", "20", code="1103")]),
        json.dumps([sent_cell("number", "20", code="")]),
    ],
    ids=lambda each: each[:24],
)
def test_what_is_no_block_of_cells_of_the_county_is_refused_whole(written: str) -> None:
    count = Event.objects.count()
    status, answer = send(logged_in(), written)
    assert (status, list(answer)) == (422, ["why"])
    assert "{" not in answer["why"]
    assert Event.objects.filter(name="recommendation.edit").count() == 0
    assert Event.objects.count() == count + 1  # the login


def test_a_cell_is_one_line_and_what_is_no_number_is_told() -> None:
    status, answer = send(logged_in(), [sent_cell("signal_by", "a\r\nb"), sent_cell("number", "\ud800")])
    assert status == 200
    assert answer["rows"][BERGEN]["cells"]["signal_by"] == "a b"
    assert [fault["f"] for fault in answer["faults"]] == ["number"]


def test_a_round_or_a_county_that_is_not_there_is_not_found_or_not_open() -> None:
    client = logged_in()
    mark = {"shown_to": signed(client), "cells": json.dumps([sent_cell("number", "20")])}
    for year in (1999, 99_999_999):
        assert client.post(f"/{year}/counties/46/cells", mark, **JSON).status_code == 404
        assert client.get(f"/{year}/counties/46/cells", **JSON).status_code == 404
    assert client.post(f"/{YEAR}/counties/99/cells", mark, **JSON).status_code == 422
    assert client.get(f"/{YEAR}/counties/99/cells", **JSON).status_code == 404
    assert client.put(CELLS).status_code == 405
    assert client.get(f"{PAGE}/documents/{10**20}").status_code == 404


# Nothing too early


def telling(field_type: object) -> object:
    """Return a value of a field's type that tells something."""
    kinds: dict[object, object] = {
        str: "told",
        int: 7,
        bool: True,
        date: date(2020, 6, 1),
        Figure: Figure(7, Status.OK),
        int | None: 7,
        bool | None: True,
        date | None: date(2020, 6, 1),
        tuple[str, ...]: ("told",),
    }
    return kinds[field_type]


def telling_line() -> Line:
    facts: dict[str, Any] = {each.name: telling(each.type) for each in fields(Line)}
    return Line(**facts | {"code": BERGEN, "county": COUNTY})


OPEN_TO_ALL = {"code", "name", "county", "previous"}


SAID = {each.name for each in fields(Line) if each.name in UNSAID}
PROPOSED = {"proposed", "exact"}
SENT = {"sent", "sent_under15", "sent_from15"}
SET = {"final", "final_under15", "final_from15", "final_reason", "request", "request_on"}


def told_to(who: Who, state: str, *, letter: bool = False) -> set[str]:
    """Return the fields of a line that tell somebody something, when all of them hold something to tell."""
    Recommendation.objects.filter(round=YEAR, county=COUNTY).update(state=state)
    full = telling_line() if letter else replace(telling_line(), sent=None, sent_under15=None, sent_from15=None)
    (seen,) = seen_lines(standing(YEAR), [full], who, timezone.now())
    return {each.name for each in fields(Line) if getattr(seen, each.name) not in (None, "", ())}


def test_every_field_of_a_line_that_tells_of_the_recommendation_is_hidden_from_who_may_not_see_it() -> None:
    assert {each.name for each in fields(Line)} == OPEN_TO_ALL | SAID | PROPOSED | SENT | SET
    own, neighbour = Who(1, Party.COUNTY, COUNTY), Who(1, Party.COUNTY, "11")
    ks, directorate, municipality = (
        Who(1, Party.KS, ""),
        Who(1, Party.DIRECTORATE, ""),
        Who(1, Party.MUNICIPALITY, BERGEN),
    )
    for state in ("open", "ready"):
        assert told_to(PUBLIC, state) == told_to(municipality, state) == OPEN_TO_ALL
        assert told_to(ks, state) == told_to(neighbour, state) == OPEN_TO_ALL | PROPOSED
        assert told_to(directorate, state) == OPEN_TO_ALL | PROPOSED | SET
        assert told_to(own, state) == OPEN_TO_ALL | PROPOSED | SAID
    for state in ("submitted", "discussed", "final", "returned"):
        assert told_to(PUBLIC, state) == told_to(municipality, state) == OPEN_TO_ALL
        assert told_to(neighbour, state) == OPEN_TO_ALL | PROPOSED
        assert told_to(ks, state) == told_to(own, state) == OPEN_TO_ALL | PROPOSED | SAID
        assert told_to(directorate, state) == OPEN_TO_ALL | PROPOSED | SAID | SET
    # Its letter has gone: the municipality is told what the letter says, and no reason.
    assert told_to(municipality, "final", letter=True) == OPEN_TO_ALL | SENT | SET - {"final_reason", "request_on"}
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", release_at=clock.moment())
    assert told_to(PUBLIC, "final", letter=True) == {each.name for each in fields(Line)} - {*BESIDE}
    assert not told_to(PUBLIC, "open", letter=True) & SAID  # an unfinished draft stays a draft


def test_what_is_unsaid_says_nothing() -> None:
    assert {name: value for name, value in UNSAID.items() if value not in (None, "")} == {}
    assert replace(telling_line(), **UNSAID) != telling_line()


# Versions and documents


def test_versions_are_compared_in_words() -> None:
    put(number=20, reason="First.", under15=2)
    recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="Før <møtet>")
    put(asked=False, reason="")
    client = logged_in()
    page = tidy(client.get(f"{PAGE}/versions").content.decode())
    assert "Før &lt;møtet&gt;" in page
    rows = re.findall(
        r'<tr><th scope="row">Bergen</th><td[^>]*>([^<]+)</td><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', page
    )
    assert [(before, after) for _, before, after in rows] == [("ja", "nei"), ("20", "0"), ("First.", "–"), ("2", "–")]
    swapped = tidy(client.get(f"{PAGE}/versions", {"from": "now", "to": "1"}).content.decode())
    assert swapped.count('<th scope="row">Bergen</th>') == 4
    assert '<th scope="row">Bergen' not in tidy(
        client.get(f"{PAGE}/versions", {"from": "1", "to": "1"}).content.decode()
    )
    for wrong in ("2", "0", "-1", "x", "", "²", "9" * 30):
        assert client.get(f"{PAGE}/versions", {"from": wrong}).status_code == 404
        assert client.get(f"{PAGE}/versions", {"to": wrong}).status_code == 404
    assert client.get(f"/{YEAR}/counties/99/versions").status_code == 404


def test_a_version_kept_by_hand_is_the_county_s_own_draft() -> None:
    put(number=987_653, reason="An inner thought")
    recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="Inner draft")
    put(number=None, reason="")
    submit()
    assert "Inner draft" in logged_in().get(f"{PAGE}/versions").content.decode()
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    for client in (*(logged_in(party, area) for party, area in OTHERS[:3]), logged_in(Party.UDI, "")):
        if client.get(PAGE).context["row"] is None:
            continue
        page = client.get(f"{PAGE}/versions")
        assert page.status_code == 200
        assert [each.made for each in page.context["rows"]] == ["submitted"]
        assert "Inner" not in page.content.decode()
        assert client.get(f"{PAGE}/versions", {"from": "1"}).status_code == 404
        assert "inner thought" not in client.get(f"{PAGE}/versions", {"from": "2"}).content.decode()
    assert logged_in(Party.KS, "").get(PAGE).context["row"] is not None


def test_a_document_is_saved_never_shown_and_only_by_who_may_see_the_recommendation() -> None:
    client = logged_in()
    file = {"attachment": _file("Vedtak æøå.pdf", PDF), "shown_to": signed(client), "county": COUNTY}
    assert client.post(f"/{YEAR}/do/recommendation.attach", file).status_code == 302
    document = Attachment.objects.get()
    answer = client.get(f"{PAGE}/documents/{document.pk}")
    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Vedtak%20%C3%A6%C3%B8%C3%A5.pdf"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f'href="{PAGE}/documents/{document.pk}">Vedtak æøå.pdf</a>' in tidy(client.get(PAGE).content.decode())
    assert client.get(f"/{YEAR}/counties/11/documents/{document.pk}").status_code == 404
    submit()
    assert logged_in(Party.KS, "").get(f"{PAGE}/documents/{document.pk}").content == PDF
    assert logged_in(Party.COUNTY, "11").get(f"{PAGE}/documents/{document.pk}").status_code == 404
    assert Client().get(f"{PAGE}/documents/{document.pk}").status_code == 404


def _file(name: str, content: bytes) -> Any:  # noqa: ANN401 (a file as a browser sends it)
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_document_that_is_not_taken_says_why_at_its_field() -> None:
    client = logged_in()
    for content, words in ((b"<html>", "PDF"), (b"", "Velg en fil.")):
        wanted = {"attachment": _file("a.pdf", content), "shown_to": signed(client), "county": COUNTY}
        answer = client.post(f"/{YEAR}/do/recommendation.attach", wanted)
        assert answer.status_code == 422
        fault = re.search(r'id="f-attachment-error">([^<]+)<', tidy(answer.content.decode()))
        assert fault, content
        assert words in fault[1]


# Whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_the_desk_is_whole_in_every_language(language: str) -> None:
    put(number=20, under15=1, signal=15, signal_minors=0, signal_on=date(2020, 6, 1), signal_by="<i>", signal_note="&")
    recommendations.keep(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="One")
    attachments.attach(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, name="a.pdf", content=PDF)

    def whole(client: Client) -> None:
        client.post("/settings", {"language": language, "scheme": "light", "back": "/"})
        for path in ("counties", f"counties/{COUNTY}", f"counties/{COUNTY}/versions", "counties/11"):
            answer = client.get(f"/{YEAR}/{path}")
            if answer.status_code == 200:
                page = answer.content.decode()
                assert "MISSING-IN-TEMPLATE" not in page, path
                assert f'<html lang="{language}"' in page
                assert "<i>" not in page
                assert " style=" not in page

    def everyone() -> None:
        for client in (logged_in(), logged_in(grade=Grade.APPROVER), *others(), logged_in(Party.UDI, "")):
            whole(client)

    everyone()
    put(reason="So.")
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    cells.set_all(county, year=YEAR, county=COUNTY, cells=[], reason="So.")
    recommendations.ready(county, year=YEAR, county=COUNTY)
    everyone()
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    everyone()


QUERIES = {"page": 34, "saved": 43, "followed": 20, "nothing_new": 15, "versions": 19}
"""Queries of the sheet's page, of a saved cell, and of the request that follows; the same however large the county."""


def counted(client: Client, code: str) -> dict[str, int]:
    """Return how often each kind of request asks the database."""
    place = next(each.code for each in municipalities(YEAR) if each.county == code)
    path, mark = f"/{YEAR}/counties/{code}", signed(client)
    cell = json.dumps([sent_cell("number", "20", code=place)])
    changed = standing(YEAR).recommendations[code].changed + 1
    requests: dict[str, Callable[[], Any]] = {
        "saved": lambda: client.post(f"{path}/cells", {"shown_to": mark, "cells": cell}, **JSON),
        "page": lambda: client.get(path),
        "followed": lambda: client.get(f"{path}/cells", {"since": 0}, **JSON),
        "nothing_new": lambda: client.get(f"{path}/cells", {"since": changed}, **JSON),
        "versions": lambda: client.get(f"{path}/versions"),
    }
    counts = {}
    for name, ask in requests.items():
        forget_kept()
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code in (200, 204), name
        counts[name] = len(asked)
    return counts


def test_the_desk_asks_the_database_a_fixed_number_of_times_however_large_the_county() -> None:
    sizes = {each.code: sum(place.county == each.code for place in municipalities(YEAR)) for each in counties(YEAR)}
    smallest, largest = (choose(sizes, key=lambda each: sizes[each]) for choose in (min, max))
    assert (smallest, largest) == ("03", "30")
    for code in (smallest, largest):
        assert counted(logged_in(area=code), code) == QUERIES
