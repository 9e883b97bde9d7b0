"""Which of a round's letters are looked at: filters, samples, and the way from one to the next."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from bosett_web.queries.letters.letters import LetterRow
from bosett_web.records.choices import LetterState
from bosett_web.screens import formats
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

FILTERS = ("kind", "state", "language", "county")
SAMPLES = ("nth", "random", "seed")
FIRST_SEED = "1"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a letter stands among those chosen, and the ones beside it."""

    place: int
    among: int
    before: int | None
    after: int | None


def chosen(view: View, rows: Sequence[LetterRow]) -> tuple[LetterRow, ...]:
    """Return the letters that the filters leave, and of these the sample that is asked for.

    `nth` takes every so manieth; `random` so many at random, the same for the same `seed` whatever becomes of them.
    """
    asked = asked_for(view)
    found = [row for row in rows if all(not asked[name] or getattr(row, name) == asked[name] for name in FILTERS)]
    found = found[:: max(_number(asked["nth"]), 1)]
    if most := _number(asked["random"]):
        picked = sorted(found, key=lambda row: _drawn(asked["seed"], row.reference))[:most]
        kept = {row.id for row in picked}
        found = [row for row in found if row.id in kept]
    return tuple(found)


def asked_for(view: View) -> Mapping[str, str]:
    """Return what the reader asked for, by filter and sample."""
    given = {name: view.request.GET.get(name, "") for name in (*FILTERS, *SAMPLES)}
    return {**given, "seed": given["seed"] or FIRST_SEED}


def query(view: View) -> str:
    """Return the filters and the sample as they stand in an address; empty when there are none."""
    told = QueryDict(mutable=True)
    asked = asked_for(view)
    for name in (*FILTERS, *SAMPLES):
        if asked[name] and (name != "seed" or asked["random"]):
            told[name] = asked[name]
    return told.urlencode()


def choices(view: View, rows: Sequence[LetterRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the filters with what there is to choose among."""
    names = {each.code: each.name for each in view.counties}
    held: dict[str, set[str]] = {name: {getattr(row, name) for row in rows} for name in FILTERS}
    areas = [(code, names[code]) for code in names if code in held["county"]]
    words: dict[str, list[tuple[str, str]]] = {
        "kind": [(each, say(f"letter_{each}", view.language)) for each in sorted(held["kind"])],
        "state": [(each, say(f"letterstate_{each}", view.language)) for each in LetterState if each in held["state"]],
        "language": [(each, say(f"form_{each}", view.language)) for each in sorted(held["language"])],
        "county": sorted(areas, key=lambda pair: formats.sort_key(pair[1])),
    }
    return list(words.items())


def neighbours(rows: Sequence[LetterRow], row: LetterRow) -> Neighbours | None:
    """Return the letters before and after one; None when it is not among those chosen."""
    ids = [each.id for each in rows]
    if row.id not in ids:
        return None
    place = ids.index(row.id)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return Neighbours(place + 1, len(ids), before, after)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _drawn(seed: str, reference: str) -> str:
    return hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest()
