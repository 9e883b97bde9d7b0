"""Steps of tests about letters: made and sent, pages read and forms sent."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import letters, sending
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.records.models import Letter
from markup import tidy
from parties import YEAR, approver, worker


def prepare(
    answer_by: date = date(2020, 12, 15),
    how_to_answer: str = "i Bosett",
    signers: str = "avdelingsdirektør: N.N.",
    neutral_form: str = "nb",
) -> None:
    letters.prepare(
        worker(Party.DIRECTORATE),
        year=YEAR,
        answer_by=answer_by,
        how_to_answer=how_to_answer,
        signers=signers,
        neutral_form=neutral_form,
    )


def only(*codes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only some municipalities' letters be made, so that the test is quick."""
    monkeypatch.setattr("bosett_web.queries.letters.contents.municipalities", lambda year: some(year, codes))


def take_any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts be written as before signs without a glyph were refused: they may stand in what was written then."""
    monkeypatch.setattr("bosett_web.actions.values.without_glyph", lambda _: "")


def some(year: int, codes: tuple[str, ...]) -> list[object]:
    return [place for place in municipalities(year) if place.code in codes]


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    seen = seen_of(client, fields["letters"]) if "letters" in fields else {}
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **seen, **fields})
    return answer.status_code, answer.headers.get("Location", "") or tidy(answer.content.decode())


def seen_of(client: Client, letter: object) -> dict[str, str]:
    """Return what the forms of a letter's page carry of how it was when it was seen; nothing when there are none."""
    page = client.get(f"/{YEAR}/letters/{letter}").content.decode()
    match = re.search(r'name="seen" value="(\w+)"', page)
    return {"seen": match[1]} if match else {}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


def deliver(letter: int, folder: Path) -> None:
    if Letter.objects.get(pk=letter).state == "made":
        letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter])
    assert not sending.deliver(letter, FolderDispatch(folder))
