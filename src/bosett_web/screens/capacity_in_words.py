"""What municipalities can take in the weeks to come, in words: for the sheet, the meeting and the country's desk."""

from collections.abc import Mapping

from bosett.basis.weeks import week_of
from bosett.geography import municipalities
from bosett.rounds.visibility import Thing, may_see
from bosett.stages.capacity.holding import RoomAhead, room_ahead
from bosett_web.queries.capacity.capacity import AHEAD, known_ahead, reports_about
from bosett_web.screens import formats
from bosett_web.screens.screen import View
from bosett_web.screens.words import say


def rooms(view: View, county: str = "") -> Mapping[str, RoomAhead]:
    """Return what each municipality can take, as far as this reader may see it, by code. One query.

    Args:
        view: Who looks.
        county: Only those of one county; empty is all.
    """
    codes = [
        place.code
        for place in municipalities(view.year)
        if county in ("", place.county) and may_see(view.request.who, Thing.CAPACITY, "reported", place.county)
    ]
    if not codes:
        return {}
    this = week_of(view.day)
    return room_ahead(known_ahead(reports_about(this, this.after(AHEAD - 1), codes), view.day))


def rooms_told(view: View, county: str = "") -> Mapping[str, str]:
    """Return the same in words."""
    return {code: _told(room, view) for code, room in rooms(view, county).items()}


def _told(room: RoomAhead, view: View) -> str:
    language, this = view.language, week_of(view.day)
    parts = []
    if room.persons is not None and room.said_on is not None:
        weeks = {"first": str(this.number), "last": str(this.after(AHEAD - 1).number)}
        day = formats.day(room.said_on, language)
        parts.append(say("room_ahead", language, persons=room.persons, day=day, **weeks))
    if room.contradicted:
        parts.append(say("room_contradicted", language))
    if room.expired:
        parts.append(say("room_expired", language))
    return " ".join(parts)
