"""Who sees what, when: a table of its own beside the rights (design, part 2).

A municipality sees its number when its letter is sent, the public at the release, the same for all. The table is
read by the pages, exports, search and calendar of the desk alike. The public pages and programs read releases, which
are made by it: of what the public may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bosett.rounds.parties import Party, Who


class Thing(StrEnum):
    """What can be seen."""

    CRITERIA = "criteria"
    ALTERNATIVE = "alternative"
    FORECAST = "forecast"
    TARGETS = "targets"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    MEETING = "meeting"
    MINUTES = "minutes"
    INFORMATION = "information"
    NUMBER = "number"
    LETTER = "letter"
    DECISION = "decision"
    NOTICE = "notice"
    CAPACITY = "capacity"
    INPUT = "input"
    LEDGER = "ledger"
    REVISION = "revision"


class Audience(StrEnum):
    """Who looks, as seen from the thing.

    OWNER is the organisation that makes it; CENTRAL the directorate, the ministry, the committee and KS; MEETING the
    parties of the county meeting: the directorate, KS and the county municipality concerned (every county for what is
    national); CONSULTED KS, when the numbers are laid before it; RECEIVER the municipality that the number is for;
    PUBLIC everyone.
    """

    OWNER = "owner"
    CENTRAL = "central"
    MEETING = "meeting"
    CONSULTED = "consulted"
    RECEIVER = "receiver"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Sight:
    """Who sees a thing in a state, and the legal ground for keeping it from the others (empty when all see it)."""

    thing: Thing
    state: str
    audiences: frozenset[Audience]
    ground: str


_O, _C, _M, _R, _P = Audience.OWNER, Audience.CENTRAL, Audience.MEETING, Audience.RECEIVER, Audience.PUBLIC
_K = Audience.CONSULTED
_INTERNAL = "offl14"  # a body's own working document
_GATHERED = "offl15"  # gathered from outside for a body's internal preparation
_OF_PERSONS = "offl13"  # small counts tell of single persons, and those who count must keep silent of them
_DEFERRED = "offl5"  # deferred until the letters are out, so that all learn at once


def _rows(thing: Thing, states: str, ground: str, *audiences: Audience) -> list[Sight]:
    return [Sight(thing, state, frozenset({Audience.OWNER, *audiences}), ground) for state in states.split()]


SIGHTS: tuple[Sight, ...] = (
    *_rows(Thing.CRITERIA, "drafted", _INTERNAL),
    *_rows(Thing.CRITERIA, "proposed adopted", _GATHERED, _C),
    *_rows(Thing.CRITERIA, "shared", "", _C, _M, _R, _P),
    *_rows(Thing.ALTERNATIVE, "drafted retired", _INTERNAL),
    *_rows(Thing.ALTERNATIVE, "shared", _GATHERED, _C, _M),
    *_rows(Thing.FORECAST, "registered", _GATHERED, _C, _M),
    *_rows(Thing.FORECAST, "released", "", _C, _M, _R, _P),
    *_rows(Thing.TARGETS, "drafted submitted", _INTERNAL),
    *_rows(Thing.TARGETS, "decided", "", _C, _M, _R, _P),
    *_rows(Thing.PROPOSAL, "queued failed computed", _INTERNAL),
    *_rows(Thing.PROPOSAL, "shared", _GATHERED, _M),
    *_rows(Thing.PROPOSAL, "sent", _GATHERED, _M, _R),  # of the own number: it comes with its reasons
    *_rows(Thing.PROPOSAL, "released", "", _C, _M, _R, _P),
    *_rows(Thing.RECOMMENDATION, "open ready", _INTERNAL),
    *_rows(Thing.RECOMMENDATION, "submitted discussed final returned", _DEFERRED, _M),
    *_rows(Thing.RECOMMENDATION, "released", "", _C, _M, _R, _P),
    *_rows(Thing.MEETING, "planned dropped", _INTERNAL),
    *_rows(Thing.MEETING, "invited held called_off", _GATHERED, _M),
    *_rows(Thing.MEETING, "released", "", _C, _M, _R, _P),
    *_rows(Thing.MINUTES, "planned invited dropped called_off", _INTERNAL),
    *_rows(Thing.MINUTES, "held", _DEFERRED, _M),
    *_rows(Thing.MINUTES, "released", "", _C, _M, _R, _P),
    *_rows(Thing.INFORMATION, "to_one", _GATHERED, _M),
    *_rows(Thing.INFORMATION, "to_all", _GATHERED, _C, _M),
    *_rows(Thing.INFORMATION, "released", "", _C, _M, _R, _P),
    *_rows(Thing.NUMBER, "open numbers_submitted", _INTERNAL),
    *_rows(Thing.NUMBER, "consulted", _GATHERED, _K),
    *_rows(Thing.NUMBER, "frozen closed", _DEFERRED, _M),
    *_rows(Thing.NUMBER, "sent", _DEFERRED, _M, _R),
    *_rows(Thing.NUMBER, "released", "", _C, _M, _R, _P),
    *_rows(Thing.LETTER, "made approved queued failed stopped withdrawn", _INTERNAL),
    *_rows(Thing.LETTER, "sent", _DEFERRED, _M, _R),
    *_rows(Thing.LETTER, "released", "", _C, _M, _R, _P),
    *_rows(Thing.DECISION, "preliminary", _GATHERED, _C, _M, _R),
    *_rows(Thing.DECISION, "answered", _DEFERRED, _C, _M, _R),  # it tells of the number that was asked for
    *_rows(Thing.DECISION, "released", "", _C, _M, _R, _P),
    *_rows(Thing.NOTICE, "told", "", _C, _M, _R, _P),
    *_rows(Thing.CAPACITY, "reported", _GATHERED, _M, _R),  # places of a few tell of the few who move in
    *_rows(Thing.INPUT, "drafted", _INTERNAL),
    *_rows(Thing.INPUT, "sent read answered", _GATHERED, _M),
    *_rows(Thing.REVISION, "drafted dropped", _INTERNAL),
    *_rows(Thing.REVISION, "submitted total_decided", _GATHERED, _C),
    *_rows(Thing.REVISION, "decided", _DEFERRED, _C, _M),  # others read the number in its letter
    *_rows(Thing.LEDGER, "entered", _OF_PERSONS, _C, _M, _R),  # never the public: it reads releases
)

_BY_KEY: Mapping[tuple[Thing, str], Sight] = {(row.thing, row.state): row for row in SIGHTS}

OWNERS: Mapping[Thing, Party] = {
    Thing.CRITERIA: Party.COMMITTEE,
    Thing.ALTERNATIVE: Party.COMMITTEE,
    Thing.FORECAST: Party.DIRECTORATE,
    Thing.TARGETS: Party.COMMITTEE,
    Thing.PROPOSAL: Party.DIRECTORATE,
    Thing.RECOMMENDATION: Party.COUNTY,
    Thing.MEETING: Party.DIRECTORATE,
    Thing.MINUTES: Party.DIRECTORATE,
    Thing.INFORMATION: Party.DIRECTORATE,
    Thing.NUMBER: Party.DIRECTORATE,
    Thing.LETTER: Party.DIRECTORATE,
    Thing.DECISION: Party.MUNICIPALITY,
    Thing.NOTICE: Party.DIRECTORATE,
    Thing.CAPACITY: Party.MUNICIPALITY,
    Thing.INPUT: Party.COUNTY,
    Thing.LEDGER: Party.DIRECTORATE,
    Thing.REVISION: Party.DIRECTORATE,
}
CENTRAL = frozenset({Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS})


def sight(thing: Thing, state: str) -> Sight:
    """Return the row of a thing in a state; an unknown state is seen by its owner alone."""
    return _BY_KEY.get((thing, state), Sight(thing, state, frozenset({Audience.OWNER}), _INTERNAL))


def audiences_of(who: Who, thing: Thing, county: str = "", municipality: str = "") -> frozenset[Audience]:
    """Return what somebody is to a thing that concerns the nation, a county, or a municipality in a county."""
    audiences = {Audience.PUBLIC}
    owner = OWNERS[thing]
    area = {Party.COUNTY: county, Party.MUNICIPALITY: municipality}.get(owner, who.area)
    if who.party is owner and who.area == area:
        audiences.add(Audience.OWNER)
    if who.party in CENTRAL:
        audiences.add(Audience.CENTRAL)
    if who.party is Party.KS:
        audiences.add(Audience.CONSULTED)
    if who.party in (Party.DIRECTORATE, Party.KS) or (who.party is Party.COUNTY and county in ("", who.area)):
        audiences.add(Audience.MEETING)
    if who.party is Party.MUNICIPALITY and municipality and who.area == municipality:
        audiences.add(Audience.RECEIVER)
    return frozenset(audiences)


def may_see(who: Who, thing: Thing, state: str, county: str = "", municipality: str = "") -> bool:
    """Tell whether somebody may see a thing in a state.

    Args:
        who: Who looks.
        thing: What.
        state: Its state, or `consulted` (laid before KS), `sent` (the municipality's letter has gone) or `released`
            (the release time has passed).
        county: County that it concerns; empty for the nation.
        municipality: Municipality that it concerns, if one.
    """
    return bool(sight(thing, state).audiences & audiences_of(who, thing, county, municipality))
