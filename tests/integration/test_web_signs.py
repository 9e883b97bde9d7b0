"""A sign that no typeface of ours has is refused where it is written: in every text field of every form that there is.

The forms are found by reading the pages; and after all of them nothing in the database holds the sign.
"""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

import hostile
from answering import OWN
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import text
from bosett_web.screens.frame import signature
from crawl import Arguments, addresses
from formfields import PageForm, forms_of
from parties import FINISHED, FROZEN, SHARED, YEAR, worker
from readers import client_of
from thorough import asked_of

pytestmark = [pytest.mark.django_db, pytest.mark.bulk]

SIGN, CODE = "🙂", "U+1F642"
COUNTY = "46"
KNOWN: Arguments = {
    **{name: [{"code": COUNTY}] for name in ("county", "county_numbers", "versions")},
    **{name: [{"code": COUNTY}, {"code": "joint"}] for name in ("meeting", "room", "minutes")},
}
READERS = (
    *((Party.DIRECTORATE, ""), (Party.MINISTRY, ""), (Party.COMMITTEE, ""), (Party.KS, ""), (Party.UDI, "")),
    *((Party.COUNTY, COUNTY), (Party.MUNICIPALITY, OWN)),
)
STARTS = {"shared": SHARED, "finished": FINISHED, "frozen": FROZEN}
ALWAYS = {
    *("addresses/upload: publisher", "do/letter.prepare: how_to_answer", "do/letter.prepare: signers"),
    *("do/letter.wording: wording_source", "do/letter.wording: wording_text"),
}
BEFORE_FROZEN = {
    *("do/criteria.draft: title", "do/criteria.draft: wording", "do/information.ask#needs: need"),
    *("do/meeting.plan: agenda", "do/meeting.plan: place", "do/targets.draft: note"),
    *("do/round.fill: reason", "do/round.set_number: reason", "do/round.skip: reason"),
}
TOLD = {
    "shared": ALWAYS
    | BEFORE_FROZEN
    | {"do/recommendation.edit: reason", "do/recommendation.keep: name"}
    | {"do/recommendation.columns#own-columns: own#"}
    | {"criteria/write/change#cards: c#-nb", "criteria/write/change#cards: name"},
    "finished": ALWAYS | BEFORE_FROZEN | {"do/recommendation.reopen_final: reason", "do/meeting.amend: addendum"},
    "frozen": ALWAYS | {"do/round.propose_correction: reason", "do/meeting.amend: addendum", "do/round.close: reason"},
}
"""Fields of which it is told at a start, as nothing else is wrong with their forms there."""
NO_TEXT = {
    "q": "what is searched for is kept nowhere",
    "back": "where a form leads back to",
}
"""Fields that are no text of a document, each with why."""


def forms(client: Client) -> Iterator[PageForm]:
    """Yield each form that somebody meets, once by where it goes and what it asks."""
    met = set[tuple[str, tuple[str, ...]]]()
    for address in addresses(KNOWN, (YEAR,)):
        if "." in address or address.startswith(("/api/", "/login", "/healthz")):
            continue  # files, and what has no form of a round
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(answer.content.decode()):
            kind = (form.action, tuple(sorted(form.texts)))
            if form.texts and kind not in met:
                met.add(kind)
                yield form


def holders() -> list[str]:
    """Return the columns of all tables whose text holds the sign, sessions apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'json') AND table_name <> 'django_session'"
        )
        columns = []
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{SIGN}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                columns.append(f"{table}.{column}")
    return columns


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Say nothing of each page that is not for a reader."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.mark.parametrize(
    "start",
    asked_of([pytest.param(name, marks=pytest.mark.begins_at(start)) for name, start in STARTS.items()], ("shared",)),
)
def test_no_text_field_of_any_form_takes_the_sign(start: str) -> None:
    assert start in STARTS
    taken, refused = set[str](), set[str]()
    for party, area in READERS:
        for grade in (Grade.CASE_WORKER, Grade.APPROVER):
            client, tried = client_of(party, area, grade), set[str]()
            for form in list(forms(client)):
                plain = dict.fromkeys(form.texts, "Tekst")
                for name in set(form.texts) - NO_TEXT.keys():
                    where = re.sub(r"\d+", "#", f"{form.action.removeprefix(f'/{YEAR}/')}: {name}")
                    if where in refused | tried:
                        continue
                    tried.add(where)
                    filled = {key: value or plain.get(key, "") for key, value in form.values.items()}
                    answer = client.post(form.action, {**filled, name: f"Et smil {SIGN} her"})
                    if answer.status_code < 400:
                        taken.add(where)
                    elif CODE in answer.content.decode():
                        refused.add(where)
    assert sorted(taken) == []
    assert refused >= TOLD[start]
    assert holders() == []


@pytest.mark.begins_at(SHARED)
def test_a_cell_and_a_file_name_tell_of_it_too() -> None:
    client, signed = client_of(Party.COUNTY, COUNTY), signature(worker(Party.COUNTY, COUNTY))
    cells = json.dumps([{"m": "4601", "f": "reason", "v": f"Godt {SIGN} arbeid", "b": ""}])
    sent = {"shown_to": signed, "cells": cells}
    answer = client.post(f"/{YEAR}/counties/{COUNTY}/cells", sent, headers={"Accept": "application/json"})
    assert CODE in json.dumps(answer.json()["faults"])
    file = SimpleUploadedFile(f"Vedtak {SIGN}.pdf", hostile.plain())
    answer = client.post(
        f"/{YEAR}/do/recommendation.attach", {"shown_to": signed, "county": COUNTY, "attachment": file}
    )
    assert (answer.status_code, CODE in answer.content.decode()) == (422, True)
    book = SimpleUploadedFile("a.csv", f"code;number;reason\n4601;5;Godt {SIGN} arbeid\n".encode())
    answer = client.post(f"/{YEAR}/counties/{COUNTY}/upload", {"shown_to": signed, "file": book})
    assert (answer.status_code, CODE in answer.content.decode()) == (422, True)
    assert holders() == []


def test_the_sign_is_told_with_the_words_around_it() -> None:
    with pytest.raises(Invalid) as refused:
        text("reason", f"Kommunen har ledige boliger, {SIGN} og vil gjerne ta imot flere")
    assert refused.value.facts == {"sign": CODE, "near": f"edige boliger, {SIGN} og vil gjerne"}
