"""A history is the same whoever of its parties reads it, and what is between them is nobody else's."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from answering import DEADLINE, OWN, begin_asking, page, record
from bosett.basis.languages import LANGUAGES
from bosett.rounds.moves import MOVES, Track
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, comments, outcomes, recommendations
from bosett_web.actions.decisions import decisions
from bosett_web.actions.meetings import meetings
from bosett_web.actions.round.shielding import shield
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.journal import WantedEvents, events
from bosett_web.screens.words import WORDS
from parties import DEMO, SHARED, YEAR, approver, hold, somebody, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.bulk]
AGDER = "42"


def shown(party: Party, area: str, path: str, language: str = "nb") -> list[str]:
    """Return the lines of a history as a page shows them."""
    text = page(client_of(party, area, language=language), path)
    listing = re.search(r'<ol class="history">(.*?)</ol>', text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", listing[1], re.DOTALL) if listing else []
    return [html.unescape(re.sub(r"<[^>]+>", "|", line)) for line in lines]


def go_through() -> None:
    """Let everything happen to a decision that can."""
    begin_asking()
    own, directorate = worker(Party.MUNICIPALITY, OWN), worker(Party.DIRECTORATE)
    whose: dict[str, Any] = {"year": YEAR, "municipality": OWN}
    decisions.plan(own, **whose, planned_on=date(2020, 6, 1))
    decisions.ask_time(own, **whose, until=date(2020, 7, 1), reason="Møtet er i juni.")
    decisions.refuse_time(directorate, **whose, reason="For sent.")
    decisions.ask_time(own, **whose, until=date(2020, 6, 20), reason="Da rekker vi det.")
    decisions.give_time(directorate, **whose)
    record(30, preliminary=True, decided_by="administration")
    record(1, conditions="Bare familier.")
    decisions.raise_conditions(directorate, **whose, version=2, reason="Hvem mener dere?")
    decisions.clear(directorate, **whose, version=2, reason="Avklart i møte.")
    record(35, reason="Skrivefeil.")
    decisions.complete(directorate, **whose, version=3)


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_municipality_and_the_directorate_read_the_same_history_of_a_decision(language: str) -> None:
    go_through()
    own = shown(Party.MUNICIPALITY, OWN, "own", language)
    assert own == shown(Party.DIRECTORATE, "", f"decisions?for={OWN}", language)
    assert len(own) == Event.objects.filter(subject=f"decision:{YEAR}:{OWN}").count() == 11
    assert not any("decision." in line or "{" in line for line in own)


@pytest.mark.begins_at(DEMO)
def test_each_event_of_a_decision_is_worded_with_what_it_came_to() -> None:
    go_through()
    history = " ".join(shown(Party.MUNICIPALITY, OWN, "own"))
    for words in (
        "Saken skal behandles 1. juni 2020",
        "Bedt om lengre frist, til 1. juli 2020",
        "Lengre frist avslått",
        "Begrunnelse: For sent.",
        "Lengre frist gitt, til 20. juni 2020",
        "Foreløpig svar, versjon 1: 30 personer, administrasjonen 19. mai 2020",
        "Vedtak, versjon 2: 1 person, kommunestyret 19. mai 2020",
        "Forbehold: Bare familier.",
        "Noe i versjon 2 tatt opp med kommunen",
        "Versjon 2 avklart",
        "Vedtaket rettet, versjon 3: 35 personer",
        "Versjon 3 godtatt som fullstendig",
        "19. mai 2020 · Integrerings- og mangfoldsdirektoratet",
    ):
        assert words in history, words
    assert "Saksbehandler" not in history, "an organisation acts, not a person"
    assert DEADLINE.isoformat() not in history


def test_every_move_of_a_decision_has_words_in_its_history() -> None:
    names = {move.name for move in MOVES if move.track is Track.DECISION} | {"decision.correct", "decision.preliminary"}
    assert {f"history_{name}" for name in names} == {code for code in WORDS if code.startswith("history_decision.")}


@pytest.mark.begins_at(DEMO)
def test_the_history_of_a_decision_is_nobody_else_s() -> None:
    go_through()
    for party, area in ((Party.KS, ""), (Party.COUNTY, "46"), (Party.MINISTRY, "")):
        assert shown(party, area, f"decisions?for={OWN}") == []
    neighbour = page(client_of(Party.MUNICIPALITY, "4602"), "own")
    assert "Bare familier." not in neighbour


@pytest.mark.begins_at(DEMO)
def test_shielded_text_is_shielded_in_both() -> None:
    go_through()
    text = FreeText.objects.get(field="reason", text="Avklart i møte.")
    shield(somebody(Party.DIRECTORATE, Grade.APPROVER), free_text=text.pk, reason="Peker ut en person.")
    for party, area, path in ((Party.MUNICIPALITY, OWN, "own"), (Party.DIRECTORATE, "", f"decisions?for={OWN}")):
        history = " ".join(shown(party, area, path))
        assert "Avklart i møte." not in history
        assert "skjermet" in history


@pytest.mark.begins_at(SHARED)
def test_a_county_and_the_directorate_read_the_same_history_of_a_recommendation() -> None:
    """What the county does with its own draft stays its own; all that is between them is told to both, and to KS."""
    county, directorate, whose = worker(Party.COUNTY, AGDER), worker(Party.DIRECTORATE), {"year": YEAR, "county": AGDER}
    whole: dict[str, Any] = whose
    cells.fill_from_proposal(county, **whole)
    recommendations.ready(county, **whole)
    recommendations.submit(approver(Party.COUNTY, AGDER), **whole)
    comments.comment(worker(Party.KS), **whole, comment="Greit.")
    meetings.plan(directorate, **whole, at=datetime(2020, 6, 30, 8, tzinfo=UTC), place="Video")
    meetings.invite(directorate, **whole)
    hold(AGDER, "Gått gjennom.")
    outcomes.outcomes_as_recommended(directorate, **whole)
    recommendations.discuss(directorate, **whole)
    recommendations.return_(directorate, **whole, reason="Se på Lillesand igjen.")
    recommendations.reopen(county, **whole)
    own = {f"recommendation.{verb}" for verb in ("edit", "ready", "withdraw", "hand_back", "attach")}

    def names_read_by(party: Party, area: str = "") -> list[str]:
        _, rows = events(YEAR, worker(party, area), WantedEvents(f"recommendation:{YEAR}:{AGDER}"))
        return [row.name for row in rows]

    between = [name for name in names_read_by(Party.COUNTY, AGDER) if name not in own and not name.endswith("fill")]
    assert between == names_read_by(Party.DIRECTORATE) == names_read_by(Party.KS)
    assert {"recommendation.return", "recommendation.discuss", "recommendation.reopen"} <= set(between)
    assert "recommendation.return" not in names_read_by(Party.COUNTY, "46"), "another county's is not told"
    assert "recommendation.return" not in names_read_by(Party.MINISTRY)
    assert names_read_by(Party.MUNICIPALITY, "4204") == []
