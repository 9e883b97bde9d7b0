"""A release as it is kept: one document with its hash, written the same each time, read back and held against itself.

It has the hidden counts and the witnesses in it. It is for who publishes and for who controls it, and for nobody else.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bosett.basis.digest import digest
from bosett.basis.plain import plain
from bosett.basis.refusals import Exit, Refusal
from bosett.disclosure import Coarsening, Hiding, Protected, Terms, Witness, check_year
from bosett.rounds.published import public_days
from bosett.rounds.release import (
    Divided,
    PublicDecision,
    PublicRequest,
    Release,
    ReleasedDay,
    ReleasePlace,
    divided_before,
    divided_table,
    municipalities_of,
)
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

KEPT_FORMAT = "bosett-kept-release-2"
"""What the document is called in itself; another shape has another name."""


class BadReleaseFile(Refusal):
    """A file is no release that is kept, or has been changed."""

    exit_code = Exit.UNPROVEN

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. Nothing of it may be published")


def published_hash(release: Release) -> str:
    """Return the SHA-256, in hexadecimal, of the counts, requests and decisions that the public sees of a release.

    What else is published beside them, and in what shape, does not change it: what is kept can be verified for ever.
    """
    published = (("days", public_days(release)), ("requests", release.requests), ("decisions", release.decisions))
    return digest({name: plain(value) for name, value in published})


def release_bytes(release: Release) -> bytes:
    """Return a release as JSON in UTF-8: the same release, the same bytes."""
    facts = _document(release)
    return (json.dumps({**facts, "hash": digest(facts)}, ensure_ascii=False, indent=1) + "\n").encode()


def verified_release(content: bytes) -> Release:
    """Return a release from its bytes, when its hash is right and every witness of the year fits.

    Raises:
        BadReleaseFile: It is no such file, its hash is not that of what stands in it, or it does not say what a
            release says.
        Exposed: A count is not hidden, or cannot be shown to be.
    """
    try:
        document = json.loads(content)
        if document["format"] != KEPT_FORMAT:
            raise BadReleaseFile(f"It says that it is {str(document['format'])[:40]!r}, and not {KEPT_FORMAT!r}")
        facts = {key: value for key, value in document.items() if key != "hash"}
        if document["hash"] != digest(facts):
            raise BadReleaseFile("Its hash is not that of what stands in it: it has been changed")
        release = _release(document)
    except (ValueError, LookupError, TypeError, AttributeError) as fault:
        raise BadReleaseFile("It is no release that has been kept") from fault
    for step in SettlementStep:
        check_year(day.tables[step] for day in release.days)
    if digest(_document(release)) != document["hash"]:
        raise BadReleaseFile("It says something else than the release that it is of")
    return release


def _document(release: Release) -> dict[str, object]:
    municipalities = municipalities_of(release.places)
    last = release.days[-1].tables
    return {
        "format": KEPT_FORMAT,
        "year": release.year,
        "least": release.terms.least,
        "width": release.terms.width,
        "places": [[place.code, place.name, place.part_of] for place in release.places],
        "days": [_day_document(day, municipalities) for day in release.days],
        "witnesses": {
            step.value: [
                [each.first, each.last, [[*spot, move] for spot, move in sorted(each.moves.items())]]
                for each in last[step].witnesses
            ]
            for step in SettlementStep
        },
        "requests": plain(release.requests),
        "decisions": plain(release.decisions),
        "published": published_hash(release),
    }


def _day_document(day: ReleasedDay, municipalities: Iterable[str]) -> dict[str, object]:
    return {
        "day": day.day.isoformat(),
        "publisher": day.publisher,
        "steps": {
            step.value: {
                "counts": {
                    code: list(divided)
                    for code, divided in divided_before(day.tables[step].table, municipalities).items()
                },
                "hidden": [[*spot, hiding.value] for spot, hiding in sorted(day.tables[step].hidden.items())],
                "coarse": {row: why.value for row, why in sorted(day.tables[step].coarse.items())},
            }
            for step in SettlementStep
        },
        "withheld": [[step.value, code, group.value] for step, code, group in sorted(day.withheld)],
    }


def _release(document: Mapping[str, Any]) -> Release:
    terms = Terms(_whole(document["least"]), _whole(document["width"]))
    places = tuple(
        ReleasePlace(_text(code), _text(name), None if part_of is None else _text(part_of))
        for code, name, part_of in document["places"]
    )
    witnesses = {
        step: [
            Witness(first, last, {(row, column): _whole(move) for row, column, move in moves})
            for first, last, moves in document["witnesses"][step.value]
        ]
        for step in SettlementStep
    }
    days = tuple(_released_day(number, day, places, terms, witnesses) for number, day in enumerate(document["days"]))
    if not days:
        raise ValueError
    requests = tuple(
        PublicRequest(
            _text(each["municipality"]),
            _whole(each["version"]),
            _whole(each["persons"]),
            _whole_or_none(each["minors"]),
            date.fromisoformat(each["on"]),
        )
        for each in document["requests"]
    )
    decisions = tuple(
        PublicDecision(
            _text(each["municipality"]),
            _whole(each["answers"]),
            _whole(each["persons"]),
            _whole_or_none(each["minors"]),
            date.fromisoformat(each["on"]),
        )
        for each in document["decisions"]
    )
    return Release(_whole(document["year"]), terms, places, days, requests, decisions)


def _whole(value: object) -> int:
    """Return a whole number; what is none is no release."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _whole_or_none(value: object) -> int | None:
    return None if value is None else _whole(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _released_day(
    number: int,
    document: Mapping[str, Any],
    places: tuple[ReleasePlace, ...],
    terms: Terms,
    witnesses: Mapping[SettlementStep, Iterable[Witness]],
) -> ReleasedDay:
    tables = {
        step: _protected(number, document["steps"][step.value], places, terms, witnesses[step])
        for step in SettlementStep
    }
    withheld = frozenset((SettlementStep(step), code, LedgerGroup(group)) for step, code, group in document["withheld"])
    return ReleasedDay(date.fromisoformat(document["day"]), _text(document["publisher"]), tables, withheld)


def _protected(
    number: int,
    document: Mapping[str, Any],
    places: tuple[ReleasePlace, ...],
    terms: Terms,
    witnesses: Iterable[Witness],
) -> Protected:
    """Return the counts of one release, with the witnesses that there were then, as they were then."""
    divided: dict[str, Divided] = {
        code: (_whole_or_none(minors), _whole_or_none(rest)) for code, (minors, rest) in document["counts"].items()
    }
    then = tuple(
        each if each.last is None or each.last < number else Witness(each.first, None, each.moves)
        for each in witnesses
        if each.first <= number
    )
    return Protected(
        release=number,
        terms=terms,
        table=divided_table(places, divided),
        hidden={(row, column): Hiding(hiding) for row, column, hiding in document["hidden"]},
        witnesses=then,
        coarse={row: Coarsening(why) for row, why in document["coarse"].items()},
    )
