"""What waits on the reader's own role, in words: a verb, where it is done, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bosett.rounds.moves import Track
from bosett.rounds.parties import Party
from bosett_web.queries.round.duties import Duty, duties, of
from bosett_web.queries.round.rounds import rounds
from bosett_web.screens.due_in_words import when
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import WORDS, say

SCREEN: Mapping[Track, str] = {
    Track.CRITERIA: "criteria",
    Track.FORECAST: "forecasts",
    Track.TARGETS: "targets",
    Track.PROPOSAL: "proposal",
    Track.RECOMMENDATION: "counties",
    Track.MEETING: "meetings",
    Track.INFORMATION: "meetings",
    Track.ROUND: "numbers",
    Track.LETTER: "letters",
    Track.DECISION: "decisions",
    Track.NOTICE: "notices",
    Track.CAPACITY: "capacity",
    Track.INPUT: "inputs",
    Track.PLACEMENT: "placement",
    Track.ALERT: "revision",
    Track.REVISION: "revision",
}
"""The screen on which the moves of a track are made."""
STEP: Mapping[str, str] = {
    "letter.approve": "letters_check",
    "letter.send": "letters_check",
    "letter.retry": "letters_delivery",
    "letter.ask": "letters_delivery",
}
"""The step of the letters on which a move is made that is not the first one's."""
ON_ITS_DAY = "meeting.hold"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the list: what to do, where, by when, who in the organisation may, and whether it is late."""

    words: str
    link: str
    when: str
    grade: str
    late: bool


def all_duties(view: View) -> tuple[Duty, ...]:
    """Return everything that waits on anybody; a day is told of a meeting that this reader may see."""
    return duties(view.whole, view.day, view.at.meetings)


def waiting(view: View, owed: Sequence[Duty], county: str = "") -> tuple[Waiting, ...]:
    """Return what waits on the reader's own role: what has a day first, by day, then the rest in the round's order.

    Args:
        view: Who looks.
        owed: All duties of the round.
        county: Only those of one county; empty is all.
    """
    if view.actor is None:
        return ()
    own = [each for each in of(owed, view.actor.party, view.actor.area) if not county or each.area == county]
    groups: dict[str, list[Duty]] = {}
    for duty in own:
        groups.setdefault(_code(duty), []).append(duty)
    by_day = sorted(groups.items(), key=lambda row: _last(_soonest(row[1])))
    return tuple(_row(view, code, group) for code, group in by_day)


@dataclass(frozen=True, slots=True)
class WaitingIn:
    """What waits on the reader's own role in another round."""

    year: int
    rows: tuple[Waiting, ...]


def elsewhere(view: View) -> tuple[WaitingIn, ...]:
    """Return what waits on the reader's own role in the other rounds that run, the oldest first.

    Several rounds run at once: one is settled while the next is prepared.
    """
    if view.actor is None:
        return ()
    years = sorted(row.year for row in rounds() if row.year != view.year and row.runs(view.day))
    others = [look(view.request, year) for year in years]
    lists = [WaitingIn(other.year, waiting(other, all_duties(other))) for other in others]
    return tuple(each for each in lists if each.rows)


def _row(view: View, code: str, group: Sequence[Duty]) -> Waiting:
    """Return the line of the duties that share their words: of one county by its name, of several by how many."""
    first, language = _soonest(group), view.language
    names = {county.code: county.name for county in view.counties}
    words = f"{code}.many" if len(group) > 1 else code
    count = len(group) if len(group) > 1 else first.count
    return Waiting(
        words=say(words, language, place=names.get(first.area, ""), count=count, year=view.year),
        link=_link(view, first, alone=len(group) == 1),
        when=when(first.by, language, on_its_day=first.move.name == ON_ITS_DAY),
        grade=say(f"grade_{first.grade}", language),
        late=any(each.late(view.day) for each in group),
    )


def _code(duty: Duty) -> str:
    """Return what the words of a duty are found by; the joint meeting has its own."""
    code = f"duty_{duty.code}"
    joint = f"{code}.joint"
    return joint if not duty.area and joint in WORDS else code


def _link(view: View, duty: Duty, *, alone: bool) -> str:
    """Return where a duty is done: a county's on its own page, a municipality's where it answers."""
    if duty.party is Party.MUNICIPALITY and duty.move.track is not Track.CAPACITY:
        return f"{reverse('own', args=[view.year])}#answer"
    if duty.move.track is Track.RECOMMENDATION and alone:
        return reverse("county", args=[view.year, duty.area])
    if duty.party is Party.KS and duty.move.track is Track.RECOMMENDATION:
        return reverse("ks", args=[view.year])
    anchor = {Track.INFORMATION: "#needs", Track.MEETING: f"#m-{duty.area or 'joint'}"}.get(duty.move.track, "")
    screen = STEP.get(duty.move.name, SCREEN[duty.move.track])
    return reverse(screen, args=[view.year]) + (anchor if alone else "")


def _soonest(group: Sequence[Duty]) -> Duty:
    return min(group, key=_last)


def _last(duty: Duty) -> date:
    return date.max if duty.by is None else duty.by.last
