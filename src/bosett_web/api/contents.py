"""What the answers hold, as plain data of the shapes that are described: taken from releases, and from nothing else."""

from collections.abc import Mapping

from django.urls import reverse

from bosett.basis.plain import plain
from bosett.rounds.open_round import OpenPlace, OpenRound
from bosett.rounds.published import PublicRelease
from bosett.rounds.release import ReleasePlace
from bosett_web.api import shapes
from bosett_web.queries.releases.published import NotPublished, ReleaseRow

NAMESPACE = "api-1"
Content = Mapping[str, object]


def address(name: str, *of: int) -> str:
    """Return where something is read, of a year and a number."""
    return reverse(f"{NAMESPACE}:{name}", args=of)


def round_address(row: ReleaseRow) -> Content:
    """Return where the round of a year is read, with its newest release."""
    return {"year": row.year, "address": address("read_round", row.year), "newest": release_address(row)}


def release_address(row: ReleaseRow) -> Content:
    """Return where a release is read."""
    own = {name: plain(getattr(row, name)) for name in ("number", "day", "at", "sha256")}
    return {**own, "address": address("read_release", row.year, row.number)}


def read_in(row: ReleaseRow, of: PublicRelease) -> Content:
    """Return which release an answer is made of."""
    return {"year": row.year, "release": {**release_address(row), "publisher": of.publisher}}


def one_round(of: PublicRelease) -> Content:
    """Return how far a round has come.

    Raises:
        NotPublished: The release was made of a ledger alone.
    """
    own = _told(of)
    of_its_own = (name for name in shapes.Round.model_fields if name not in shapes.OfRelease.model_fields)
    return {name: plain(getattr(own, name)) for name in of_its_own}


def news(of: PublicRelease) -> Content:
    """Return the news of a round, the newest first.

    Raises:
        NotPublished: The release was made of a ledger alone.
    """
    return {"news": plain(_told(of).news)}


def numbers(of: PublicRelease) -> Content:
    """Return the numbers of every municipality, by code."""
    places = {place.code: place for place in of.places}
    return {"municipalities": [_numbers(own, places) for own in of.municipalities]}


def municipality(of: PublicRelease, own: OpenPlace) -> Content:
    """Return all that is told of a municipality."""
    return {
        **_numbers(own, {place.code: place for place in of.places}),
        **{name: plain(getattr(own, name)) for name in ("names", "before", "like", "way")},
        "explained": plain(of.explained.get(own.code, {})),
        "requests": plain([each for each in of.requests if each.municipality == own.code]),
        "decisions": plain([each for each in of.decisions if each.municipality == own.code]),
        "counts": _counts_of(own.code, of),
    }


def counts(of: PublicRelease, asked: shapes.CountFilter) -> Content:
    """Return the counts that are asked for, and the days that there are counts of."""
    wanted = [(name, value) for name, value in asked if value is not None and name != "day"]
    return {
        "days": [
            {"day": plain(each.day), "publisher": each.publisher, "parts_not_shown": plain(each.parts_not_shown)}
            for each in of.days
        ],
        "counts": [
            {
                "day": day,
                "place": each.place,
                "step": each.step,
                "group": each.group,
                "persons": each.persons,
                "mark": each.mark,
            }
            for day, counted in ((each.day.isoformat(), each.counts) for each in of.days)
            if asked.day in (None, day)
            for each in counted
            if all(getattr(each, name) == value for name, value in wanted)
        ],
    }


def _told(of: PublicRelease) -> OpenRound:
    if of.round is None:
        raise NotPublished("The release tells nothing of the round")
    return of.round


def _numbers(own: OpenPlace, places: Mapping[str, ReleasePlace]) -> Content:
    place = places[own.code]
    county = places[place.part_of or ""]
    return {
        "code": own.code,
        "name": place.name,
        "county": county.code,
        "county_name": county.name,
        "asked": own.asked.persons,
        "asked_status": own.asked.status,
        "first_asked": own.first_asked,
        "decided": own.decided.persons,
        "decided_status": own.decided.status,
        "decided_on": plain(own.decided_on),
        "inhabitants": own.people,
        "centrality": own.centrality,
        "region": own.region or None,
    }


def _counts_of(code: str, of: PublicRelease) -> object:
    if of.counts is None:
        return None
    return {
        "day": plain(of.counts.day),
        "counts": plain([each for each in of.counts.counts if each.place == code]),
    }
