"""A document that was held, shown, sent or approved never changes: each is read again after everything that follows."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from afterwards import COUNTY, LETTERED, OTHERS_FINISHED, everything
from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Party
from bosett_web.journal.models import Event
from bosett_web.pages.urls import urlpatterns
from bosett_web.queries.meetings import revision
from bosett_web.records.letters import KINDS, Decision, Letter
from bosett_web.records.models import Attachment, Meeting, RecommendationVersion
from lettersteps import only
from parties import YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(OTHERS_FINISHED)]

Documents = Mapping[str, bytes]
"""What is read, by what it is called: address, reader, and what of it when it is a part of a page."""


# Every document that there is, by the name of its address


def _minutes() -> Iterable[str]:
    for county in Meeting.objects.filter(state="held").values_list("county", flat=True):
        if county in ("", COUNTY):
            yield from (f"meetings/{county or 'joint'}/minutes?lang={language}" for language in ("nb", "nn"))


def _calendars() -> Iterable[str]:
    """A calendar file is a new version when its number has gone up."""
    for county in Meeting.objects.exclude(state="planned").values_list("county", flat=True):
        if county in ("", COUNTY):
            yield f"meetings/{county or 'joint'}.ics?sequence={revision(YEAR, county).sequence}"


def _sheets() -> Iterable[str]:
    for number in RecommendationVersion.objects.filter(recommendation__county=COUNTY).values_list("version", flat=True):
        yield f"counties/{COUNTY}/versions/{number}.pdf?lang=nn"


def _letters() -> Iterable[str]:
    """A letter that nobody has approved is a draft."""
    for letter in Letter.objects.exclude(state="made").values_list("pk", flat=True):
        yield f"letters/{letter}.pdf"


def _attachments() -> Iterable[str]:
    for identity in Attachment.objects.values_list("pk", flat=True):
        yield f"counties/{COUNTY}/documents/{identity}"


def _answers(path: str, **which: object) -> Callable[[], Iterable[str]]:
    def found() -> Iterable[str]:
        for code, version in Decision.objects.filter(**which).values_list("municipality", "version"):
            yield path.format(code=code, version=version)

    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of document: every address of it that there is now, and who reads it."""

    paths: Callable[[], Iterable[str]]
    readers: tuple[str, ...]


KEPT: Mapping[str, Kept] = {
    "minutes": Kept(_minutes, ("directorate", "county", "ks")),
    "calendar": Kept(_calendars, ("county",)),
    "sheet_pdf": Kept(_sheets, ("county",)),
    "letter_pdf": Kept(_letters, ("directorate",)),
    "document": Kept(_attachments, ("county",)),
    "decision_document": Kept(_answers("decisions/{code}/{version}.pdf", content__isnull=False), ("directorate",)),
    "receipt": Kept(_answers("decisions/{code}/{version}"), ("municipality", "directorate")),
    "receipt_pdf": Kept(_answers("decisions/{code}/{version}/receipt.pdf"), ("municipality",)),
}
LIVE = {
    *("icon", "home", "login", "login_start", "login_callback", "role", "demo_login", "demo_walk", "logout"),
    *("set_display", "kept", "move_clock", "access", "access_change", "rules", "accessibility"),
    *("overview", "criteria", "forecasts", "targets", "proposal", "search", "journal", "do", "own", "ks", "country"),
    *("numbers", "export", "county_numbers", "decisions", "decisions_live"),
    *("decisions_csv", "decision_counties_csv", "decision_days_csv"),  # the answers as they stand
    *("letters", "letter", "letters_pdf", "letters_zip", "bound"),  # a choice among letters, gathered when asked for
    *("addresses", "addresses_upload"),
    *("counties", "county", "cells", "upload", "upload_apply", "versions"),
    *("county_xlsx", "county_csv"),  # the sheet as it stands, to be worked on and read in again
    *("meetings", "meeting", "room"),
}
"""Addresses that show how things stand."""
SEEN_BY = {
    "directorate": (Party.DIRECTORATE, ""),
    "county": (Party.COUNTY, COUNTY),
    "ks": (Party.KS, ""),
    "municipality": (Party.MUNICIPALITY, LETTERED[0]),
}
# What takes a letter one step on its way changes nothing in it, and is followed by the tests of sending.
ON_ITS_WAY = {"letter.retry", "letter.ask", "letter.found", "letter.again"}


def test_every_address_either_shows_how_things_stand_or_is_watched_here() -> None:
    names = {each.name for each in urlpatterns}
    assert not LIVE & set(KEPT)
    assert names == LIVE | set(KEPT)


def read(clients: Mapping[str, Client]) -> Documents:
    """Return everything that is kept, as each reader gets it; of a page the articles, which are the document."""
    found: dict[str, bytes] = {}
    for kind in KEPT.values():
        for path in kind.paths():
            for name in kind.readers:
                answer = clients[name].get(f"/{YEAR}/{path}")
                if answer.status_code == 404:
                    continue
                assert answer.status_code == 200, (path, name)
                if not answer["Content-Type"].startswith("text/html"):
                    found[f"{path} to {name}"] = answer.content
                    continue
                articles = re.findall(r"<article\b.*?</article>", answer.content.decode(), re.DOTALL)
                assert articles, f"{path} has no article"
                for index, article in enumerate(articles):
                    found[f"{path} to {name}, part {index}"] = article.encode()
    return found


def test_what_was_held_shown_sent_or_approved_reads_the_same_after_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(*LETTERED, monkeypatch=monkeypatch)
    clients = {name: client_of(party, area) for name, (party, area) in SEEN_BY.items()}
    begun = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    held = dict(read(clients))
    changed: dict[str, list[str]] = {}
    for step in everything(tmp_path):
        now = read(clients)
        for path, before in held.items():
            if now.get(path, before) != before:  # what a reader may no longer see is not another document
                changed.setdefault(step, []).append(path)
        held |= now
    assert changed == {}
    # Every kind of document came into being, and every move was made after the first of them.
    assert {name for name, kind in KEPT.items() if not list(kind.paths())} == set()
    assert set(Letter.objects.exclude(state="made").values_list("kind", flat=True)) == set(KINDS)
    made = set(Event.objects.filter(pk__gt=begun).values_list("name", flat=True))
    assert {move.name for move in MOVES if move.by is not None} - made - ON_ITS_WAY == set()


def bodies(name: str) -> list[dict[str, object]]:
    return [json.loads(body)["after"] for body in Event.objects.filter(name=name).values_list("body", flat=True)]
