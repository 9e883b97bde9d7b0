"""A frozen round in which two municipalities have got their letters, and who answers them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.test import Client

import hostile
from bosett.rounds.parties import Party
from bosett_web.actions.decisions import decisions
from bosett_web.actions.decisions.decisions import GivenAnswer
from bosett_web.journal.models import Event
from bosett_web.records import clock
from bosett_web.records.models import Decision, LetterSettings, Request, SettlementRound
from markup import tidy
from parties import YEAR, worker

OWN, NEIGHBOUR, COUNTY = "4601", "4602", "46"
DAY, DEADLINE = date(2020, 5, 19), date(2020, 6, 15)
PDF = hostile.plain()
ASKED = 40

FORM = {
    "municipality": OWN,
    "request": "1",
    "number": "35",
    "minors": "yes",
    "minors_number": "3",
    "more": "",
    "conditions": "",
    "decided_by": "council",
    "decided_on": DAY.isoformat(),
    "case_number": "20/123",
    "from": "own",
}


@contextmanager
def unkept(table: str = "records_decision") -> Iterator[None]:
    """Let a test change what the database keeps from being changed, to build what was never recorded here."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER kept")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER kept")


def begin_asking() -> None:
    """Freeze the round and let two municipalities of one county have their letters."""
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=clock.moment())
    LetterSettings.objects.create(round_id=YEAR, answer_by=DEADLINE)
    for code in (OWN, NEIGHBOUR):
        ask(code)


def ask(code: str, number: int = ASKED, version: int = 1, *, sent: bool = True) -> None:
    Request.objects.create(
        round_id=YEAR,
        municipality=code,
        version=version,
        number=number,
        day=DAY,
        sent_at=clock.moment() if sent else None,
    )


def given_answer(number: int | None = ASKED, **more: object) -> GivenAnswer:
    plain: dict[str, object] = {"minors": False, "decided_by": "council", "decided_on": clock.today()}
    return GivenAnswer(number, **(plain | more))  # type: ignore[arg-type]


def record(number: int | None = ASKED, code: str = OWN, request: int = 1, reason: str = "", **more: object) -> Event:
    actor = worker(Party.MUNICIPALITY, code)
    answer = given_answer(number, **more)
    return decisions.record(actor, year=YEAR, municipality=code, request=request, answer=answer, reason=reason)


def newest(code: str = OWN) -> Decision:
    decision: Decision = Decision.objects.filter(round=YEAR, municipality=code).order_by("-version")[0]
    return decision


def page(client: Client, path: str = "decisions") -> str:
    """Return a page without its frame, numbers with plain spaces."""
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main")[1].replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, name: str, /, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **fields})
    return answer.status_code, answer.headers.get("Location", "") or tidy(answer.content.decode())
