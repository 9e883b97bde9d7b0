"""The navigation of a round: which places there are for a reader, and at which the reader is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from bosett.rounds.parties import Party
from bosett.rounds.states import ForecastState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.accounts.actor import Actor
from bosett_web.queries.sight import sees_ledger
from bosett_web.queries.standing_rows import Standing
from bosett_web.screens.words import say

LIES_IN = {
    "county_capacity": "capacity",
    "criteria_sensitivity": "criteria",
    "criteria_try": "criteria",
    "criteria_write": "criteria",
    "placement": "capacity",
    "runs": "proposal",
    "history": "numbers",
    "explained": "numbers",
    "backtest": "numbers",
    "county": "counties",
    "meeting": "meetings",
    "room": "meetings",
    "minutes": "meetings",
    "knowledge": "meetings",
    "given_answer": "meetings",
    "county_numbers": "numbers",
    "letter": "letters",
    "letters_look": "letters",
    "letters_check": "letters",
    "letters_confirm": "letters",
    "letters_delivery": "letters",
    "bound": "letters",
    "addresses": "letters",
    "settlement_year": "settlement",
}
"""Pages that are reached from a place, and are no places themselves."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a round: its address, its name in words, and whether the reader is there."""

    address: str
    words: str
    is_here: bool


def places(year: int, page: str, language: str, actor: Actor, at: Standing | None) -> list[Place]:
    """Return the places of a round, in their order.

    Args:
        year: The settlement year.
        page: Name of the page that is shown.
        language: nb, nn or en.
        actor: Who looks.
        at: The round as this reader may see it, where the page has one.
    """
    here = LIES_IN.get(page, page)
    return [Place(reverse(name, args=[year]), _words(name, language), name == here) for name in _names(actor, at)]


def _names(actor: Actor, at: Standing | None) -> Iterator[str]:
    party = actor.party
    frozen = at is not None and at.is_frozen
    laid_before_ks = frozen or (at is not None and at.consulted is not None)
    if party is Party.MUNICIPALITY:
        yield "own"
    yield from ("overview", "notices", "criteria", "forecasts")
    if (at is not None and at.forecasts) or may_see(actor.who, Thing.FORECAST, ForecastState.REGISTERED):
        yield "need"
    yield "targets"
    if party in (Party.DIRECTORATE, Party.KS, Party.COUNTY, Party.MUNICIPALITY):
        yield "capacity"
    if party in (Party.DIRECTORATE, Party.KS, Party.COUNTY):
        yield "inputs"
    if party is not Party.MUNICIPALITY:
        yield from ("proposal", "counties", "meetings")
    if party is Party.KS:
        yield "ks"
    if party is Party.DIRECTORATE or (party is Party.KS and laid_before_ks):
        yield "country"
    yield "numbers"
    if frozen and party in (Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY):
        yield "revision"
    if frozen:
        yield "decisions"
    if frozen and sees_ledger(actor.who, actor.county, actor.area):
        yield "settlement"
    if party is Party.DIRECTORATE:
        yield "letters"
    yield from ("documents", "journal")


def _words(name: str, language: str) -> str:
    return "KS" if name == "ks" else say(f"nav_{name}", language)
