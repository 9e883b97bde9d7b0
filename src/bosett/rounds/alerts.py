"""What is news to whom: which events of a round somebody is told of, as far as they may see what was done.

The table names the parties that an event concerns; the table of who sees what then says who of them is told. Those who
did it themselves know it already.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bosett.rounds.moves import LOCAL
from bosett.rounds.parties import Party, Who
from bosett.rounds.visibility import Thing, may_see


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom an event concerns: the parties, and what must be open to them, in a state.

    `own` is true when a county or a municipality is told only of what is its own; `all` when municipalities are told of
    what is of the nation too.
    """

    thing: Thing
    state: str
    parties: frozenset[Party]
    own: bool = False
    all: bool = False


_D, _M, _C, _K, _Y = Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY
_W = Party.MUNICIPALITY


def _to(thing: Thing, state: str, *parties: Party, own: bool = False, to_all: bool = False) -> Concern:
    return Concern(thing, state, frozenset(parties), own, to_all)


CONCERNS: Mapping[str, Concern] = {
    "criteria.propose": _to(Thing.CRITERIA, "proposed", _M, _D),
    "criteria.return": _to(Thing.CRITERIA, "drafted", _C),
    "criteria.adopt": _to(Thing.CRITERIA, "adopted", _D, _C),
    "criteria.share": _to(Thing.CRITERIA, "shared", _Y, _K, _C),
    "alternative.share": _to(Thing.ALTERNATIVE, "shared", _M, _D, _K, _Y),
    "forecast.register": _to(Thing.FORECAST, "registered", _C, _K, _Y),
    "targets.submit": _to(Thing.TARGETS, "submitted", _C),
    "targets.return": _to(Thing.TARGETS, "drafted", _C),
    "targets.decide": _to(Thing.TARGETS, "decided", _D, _K, _Y, _M),
    "proposal.share": _to(Thing.PROPOSAL, "shared", _K, _Y),
    "recommendation.ready": _to(Thing.RECOMMENDATION, "ready", _Y),
    "recommendation.hand_back": _to(Thing.RECOMMENDATION, "open", _Y),
    "recommendation.submit": _to(Thing.RECOMMENDATION, "submitted", _D, _K),
    "recommendation.comment": _to(Thing.RECOMMENDATION, "submitted", _D, _Y),
    "recommendation.return": _to(Thing.RECOMMENDATION, "returned", _Y, _K),
    "recommendation.finish": _to(Thing.RECOMMENDATION, "final", _Y, _K),
    "recommendation.reopen_final": _to(Thing.RECOMMENDATION, "final", _D, _K),
    "recommendation.hand_over": _to(Thing.RECOMMENDATION, "final", _D),
    "meeting.invite": _to(Thing.MEETING, "invited", _Y, _K),
    "meeting.call_off": _to(Thing.MEETING, "called_off", _Y, _K),
    "meeting.hold": _to(Thing.MINUTES, "held", _Y, _K),
    "meeting.amend": _to(Thing.MINUTES, "held", _Y, _K),
    "information.ask": _to(Thing.MEETING, "invited", _D),
    "information.answer": _to(Thing.INFORMATION, "to_one", _Y, _K, _C, _M),
    "information.join": _to(Thing.INFORMATION, "to_all", _Y, own=True),
    **dict.fromkeys(
        (
            "notice.stop",
            "notice.tell",
            "notice.change_stop",
            "notice.change",
            "notice.take_back_stop",
            "notice.take_back",
        ),
        _to(Thing.NOTICE, "told", *Party, to_all=True),
    ),
    "capacity.ask": _to(Thing.NOTICE, "told", _Y, _W, to_all=True),
    "capacity.remind": _to(Thing.NOTICE, "told", _Y, _W, to_all=True),
    "alert.raise": _to(Thing.FORECAST, "registered", _C, _D, _M, _K, _Y),
    "alert.acknowledge": _to(Thing.FORECAST, "registered", _D, _M, _K, _Y),
    "revision.submit": _to(Thing.REVISION, "submitted", _C, _K),
    "revision.return": _to(Thing.REVISION, "submitted", _D),
    "revision.set_total": _to(Thing.REVISION, "total_decided", _D, _K),
    "revision.decide": _to(Thing.REVISION, "decided", _C, _K, _Y),
    "input.send": _to(Thing.INPUT, "sent", _D, _K),
    "input.reply": _to(Thing.INPUT, "answered", _Y, _K),
    "round.consult": _to(Thing.NUMBER, "consulted", _K),
    "round.answer": _to(Thing.NUMBER, "open", _D),
    "round.submit": _to(Thing.NUMBER, "numbers_submitted", _D),
    "round.return": _to(Thing.NUMBER, "open", _D),
    "round.freeze": _to(Thing.NUMBER, "frozen", _D, _K, _Y),
    "letter.take": _to(Thing.LETTER, "sent", _W, _Y, own=True),
    "decision.record": _to(Thing.DECISION, "answered", _D),
    "decision.ask_time": _to(Thing.DECISION, "answered", _D),
    "decision.give_time": _to(Thing.DECISION, "answered", _W),
    "decision.refuse_time": _to(Thing.DECISION, "answered", _W),
    "decision.raise": _to(Thing.DECISION, "answered", _W),
    "decision.clear": _to(Thing.DECISION, "answered", _W),
    "decision.complete": _to(Thing.DECISION, "answered", _W),
}
"""By the event's name. What an answer to a need is for, the event itself tells."""


def concerns(who: Who, name: str, area: str, county: str, state: str = "") -> bool:
    """Tell whether somebody is told of an event.

    Args:
        who: Who.
        name: The event.
        area: County or municipality that it is about; empty for the nation.
        county: County of that.
        state: The state that the event itself tells, where it tells more than its name.
    """
    concern = CONCERNS.get(name)
    if concern is None or who.party not in concern.parties:
        return False
    to_municipality = who.party is Party.MUNICIPALITY and not (concern.all and not area)
    if who.party in LOCAL and area != who.area and (concern.own or to_municipality):
        return False
    seen = state or concern.state
    shared = concern.thing is Thing.INFORMATION and seen == "to_all"
    return may_see(who, concern.thing, seen, "" if shared else county, "" if area == county else area)


def area_of(subject: str) -> str:
    """Return the county or municipality that the subject of an event names; empty when it names none.

    A letter is named by its reference, which begins with the year and the code of who gets it.
    """
    kind, _, rest = subject.partition(":")
    pattern = r"\d{4}/(\d{4}|\d{2})-" if kind == "letter" else r"\d{4}:(\d{4}|\d{2})$"
    named = re.match(pattern, rest)
    return named[1] if named else ""
