"""One cell from key to journal, and one letter from frozen number to delivery: the page that tells of it is true."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from bosett.rounds.parties import Party
from bosett_web.actions.letters import letters, sending
from bosett_web.actions.letters.making import make_all
from bosett_web.dispatch import port_of
from bosett_web.records.models import Letter
from bosett_web.screens import forms
from lettersteps import only, prepare
from parties import FROZEN, SHARED, YEAR, approver, worker
from readers import client_of
from walks import SRC, Walk, walk_of

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "how-the-workspace-hangs-together.md"
BERGEN = "4601"
KEPT = {"queries/weighing.py"}
"""Files whose answer may be kept from a test before."""


def listed_under(heading: str) -> list[str]:
    """Return the files that the page lists under a heading, in its order."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d+\. `([^`]+)`", section, re.MULTILINE)


def holds(walk: Walk, heading: str) -> None:
    """Hold a walk to the page: the same files in the same order, and none that calls a floor above its own."""
    page = listed_under(heading)
    assert walk.files == [file for file in page if file in walk.files], "\n".join(walk.files)
    assert {*page} - {*walk.files} <= KEPT
    assert walk.climbs == []


@pytest.mark.begins_at(SHARED)
def test_one_cell_from_key_to_journal() -> None:
    client = client_of(Party.COUNTY, "46")
    signed = client.get(f"/{YEAR}/").context["signed"]
    cells = json.dumps([{"m": BERGEN, "f": "number", "v": "40", "b": ""}])
    fields, answers = {"shown_to": signed, "cells": cells}, []
    walk = walk_of(
        lambda: answers.append(
            client.post(f"/{YEAR}/counties/46/cells", fields, headers={"Accept": "application/json"}).status_code
        )
    )
    assert answers == [200]
    holds(walk, "One cell, from key to journal")


@pytest.mark.begins_at(FROZEN)
def test_one_letter_from_number_to_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    only(BERGEN, monkeypatch=monkeypatch)

    def from_number_to_delivery() -> None:
        make_all(YEAR, worker(Party.DIRECTORATE).person_id)
        letter = Letter.objects.get()
        letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
        letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
        sending.deliver(letter.pk, port_of(settings.DISPATCH))

    walk = walk_of(from_number_to_delivery)
    assert Letter.objects.get().state == "delivered"
    holds(walk, "One letter, from frozen number to delivery")


def test_a_climb_is_seen() -> None:
    def climbs() -> None:
        forms.PageForm({"number": "1"}, language="nb").sent("number")

    from_below = compile("climbs()", str(SRC / "bosett_web" / "queries" / "lines.py"), "exec")
    walk = walk_of(lambda: exec(from_below, {"climbs": climbs}))  # noqa: S102  - a file below that calls one above
    assert ("queries/lines.py", "screens/forms.py") in walk.climbs
