"""Reported capacity as figures: what holds of it on a day, read in so that criteria use it and a run replays."""

import hashlib
import json

from bosett.basis.structures import structure_of
from bosett.basis.weeks import Week
from bosett.figures import Figure, Status
from bosett.figures.versions import FigureVersion
from bosett.geography import municipalities
from bosett.stages.capacity.holding import known_places, room_ahead
from bosett.stages.capacity.reports import Report
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action
from bosett_web.actions.figures.figures import keep
from bosett_web.queries.capacity.capacity import reports_about
from bosett_web.records import clock

INDICATOR = "reported_capacity"
LONGEST = 104
"""Weeks."""


@action
def read_capacity(actor: Actor, /, *, year: int, first: Week, last: Week, source: str) -> tuple[int, ...]:
    """Read what municipalities have reported in as figures: persons that they can at least take in all of some weeks.

    Of who has reported nothing that may be used today, or is contradicted, nothing is known. The reports themselves are
    kept as the file; the figures wait for a second person as any others do.

    Args:
        actor: The directorate's case worker.
        year: Settlement year that they are figures of.
        first: The first week.
        last: The last.
        source: What they are called.

    Returns:
        Identity of what was read in.

    Raises:
        Objected: Not by this role.
        Invalid: The weeks are none, nothing is reported of them, or the same is here already.
    """
    if last < first:
        raise Invalid("last", "report_last")
    if last.since(first) > LONGEST:
        raise Invalid("last", "weeks_many", {"most": LONGEST})
    today = clock.today()
    reports = reports_about(first, last)
    room = room_ahead(known_places(reports, first, last, today))
    persons = {code: each.persons for code, each in room.items()}
    if not any(each is not None for each in persons.values()):
        raise Invalid("last", "capacity_none_to_read")
    content = json.dumps([_plain(each) for each in reports] + [f"{first}-{last}"], ensure_ascii=False).encode()
    known = {code: Figure(count, Status.OK) for code, count in persons.items() if count is not None}
    figures = {place.code: known.get(place.code, Figure(None, Status.MISSING)) for place in municipalities(year)}
    version = FigureVersion(
        indicator=INDICATOR,
        structure=structure_of(year),
        publisher="Bosett",
        dataset=f"{source}, {first}-{last}",
        source=source,
        published_on=today,
        known_on=today,
        fetched_on=today,
        raw_sha256=hashlib.sha256(content).hexdigest(),
        figures={str(year): figures},
    )
    return keep(actor, source, content, [version])


def _plain(report: Report) -> dict[str, object]:
    return {name: _text(getattr(report, name)) for name in report.__slots__}


def _text(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
