"""What earlier rounds that were held here tell of the edge of the floor, as somebody may see it."""

from collections.abc import Mapping
from datetime import datetime

from bosett.rounds.floor_edge import HeldYear, floor_edge
from bosett.rounds.history import YEARS
from bosett.rounds.parties import Who
from bosett_web.queries.explained import sharing_of
from bosett_web.queries.sight import lines_for, seen
from bosett_web.queries.standing import kept_standing, years
from bosett_web.queries.standing_rows import Standing


def held_years(year: int, who: Who, moment: datetime) -> Mapping[int, HeldYear]:
    """Return what the rounds of the years before a round tell, of those that were held here, by year.

    Args:
        year: Settlement year of the round.
        who: Who looks: they get what they may see of each.
        moment: When.
    """
    before = (kept_standing(each) for each in years() if year - YEARS <= each < year)
    return {whole.year: _held(whole, who, moment) for whole in before if not whole.is_former}


def _held(whole: Standing, who: Who, moment: datetime) -> HeldYear:
    run = seen(whole, who, moment).current_proposal
    sharing = None if run is None else sharing_of(run.id)
    lines = lines_for(whole, who, moment) if whole.is_frozen else ()
    return HeldYear(
        near={} if sharing is None else {code: place.near for code, place in floor_edge(sharing).items()},
        asked={line.code: line.asked_for > 0 for line in lines if line.asked_for is not None},
    )
