"""Releases of made-up years for tests: ledgers month by month, and what a reader of the published documents has."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from attacks import Published
from bosett.disclosure import Spot, Terms
from bosett.rounds.published import public_release
from bosett.rounds.release import COUNTRY, Release, ReleaseFacts, ReleasePlace, release_of
from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep

YEAR = 2021
ONE = Terms(5, 1)
SETTLED = SettlementStep.SETTLED
PUBLISHER = "Integrerings- og mangfoldsdirektoratet"
Counted = tuple[int | None, int | None]
"""In all, and minors among them; None is that the ledger says nothing."""


def places_of(counties: Mapping[str, Sequence[str]]) -> tuple[ReleasePlace, ...]:
    """Return municipalities in counties in the country."""
    return (
        ReleasePlace(COUNTRY, "Norge", None),
        *(ReleasePlace(county, f"Fylke {county}", COUNTRY) for county in counties),
        *(ReleasePlace(code, f"Kommune {code}", county) for county, codes in counties.items() for code in codes),
    )


WEST = places_of({"46": ("4645", "4646", "4648")})
"""Askvoll, Fjaler and Bremanger, as in the example of docs/explanation/small-counts.md."""
ASKVOLL, FJALER, BREMANGER = "4645", "4646", "4648"
JANUARY: Mapping[str, Counted] = {ASKVOLL: (12, 2), FJALER: (27, 7), BREMANGER: (17, 8)}


def rows_of(
    counted: Mapping[str, Counted], day: date, *, first: int = 1, step: SettlementStep = SETTLED
) -> tuple[LedgerRow, ...]:
    """Return rows of a ledger, all said on one day."""
    groups = [
        (code, group, count)
        for code, counts in counted.items()
        for group, count in zip(LedgerGroup, counts, strict=True)
        if count is not None
    ]
    return tuple(
        LedgerRow(first + place, code, step, group, day, count, "Prøve", day)
        for place, (code, group, count) in enumerate(groups)
    )


def facts_of(
    ledger: Sequence[LedgerRow], day: date, *, places: tuple[ReleasePlace, ...] = WEST, year: int = YEAR
) -> ReleaseFacts:
    return ReleaseFacts(year, day, PUBLISHER, places, tuple(ledger))


def end_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def made_places(municipalities: int, counties: int) -> tuple[ReleasePlace, ...]:
    """Return municipalities in counties that differ in size."""
    in_turn = [county for county in range(counties) for _ in range(2 + county % 3)]
    codes: dict[str, list[str]] = {f"{county + 1:02}": [] for county in range(counties)}
    for place in range(municipalities):
        county = f"{in_turn[place % len(in_turn)] + 1:02}"
        codes[county].append(f"{county}{len(codes[county]) + 1:02}")
    return places_of(codes)


def made_year(
    seed: int,
    year: int = YEAR,
    *,
    municipalities: int = 357,
    counties: int = 15,
    months: int = 12,
    silent: int = 0,
    year_before: Release | None = None,
) -> Iterator[Release]:
    """Yield the releases of a year, one at the end of each month, of a country of which half has few persons.

    Args:
        seed: Years of one seed have the same municipalities, each as large as in the others.
        year: Settlement year.
        municipalities: How many.
        counties: How many.
        months: How many releases.
        silent: One municipality of so many tells of nobody, another one of no minors, and of a third one somebody hides
            a part in the first month; 0 is none.
        year_before: The last release of the year before.
    """
    places = made_places(municipalities, counties)
    draw = Random(seed)  # noqa: S311  - shapes, not secrets
    lowest = [place.code for place in places if len(place.code) == 4]
    size = {code: min(int(draw.paretovariate(1) * 10), 400) for code in lowest}
    draw.seed(1000 * seed + year)
    ledger: list[LedgerRow] = []
    former: Release | None = None
    for month in range(1, months + 1):
        day = end_of(year, month)
        for step, share in zip(SettlementStep, (36, 30, 24), strict=True):
            for place, code in enumerate(lowest):
                rest = _drawn(draw, size[code] * share * 12 // months)
                minors = _drawn(draw, size[code] * share * 2 // months)
                if silent and place % silent == 0:
                    continue
                counted = {code: (rest + minors, None if silent and place % silent == 1 else minors)}
                ledger += rows_of(counted, day, first=len(ledger) + 1, step=step)
                if silent and place % silent == 2 and month == 1:
                    number = len(ledger) + 1
                    ledger.append(LedgerRow(number, code, step, LedgerGroup.ALL, day, None, "Prøve", day))
        facts = facts_of(ledger, day, places=places, year=year)
        former = release_of(facts, ONE, former=former, year_before=year_before)
        yield former


def _drawn(draw: Random, chance: int) -> int:
    return sum(draw.randrange(4000) < chance % 4000 for _ in range(2)) + chance // 4000


def documents_of(releases: Sequence[Release]) -> list[Mapping[str, Any]]:
    """Return what is published, as anybody reads it."""
    return [json.loads(json.dumps(public_release(each).document())) for each in releases]


def reader_of(documents: Sequence[Mapping[str, Any]], step: SettlementStep) -> Published:
    """Return what a reader makes of all documents of a year: the rest is all but the minors, and sums are sums.

    What is unknown adds nothing to a sum, as every reader knows; "at least" is exactly what is in the sum.
    """
    part_of = {place["code"]: place["part_of"] for place in documents[-1]["places"]}
    with_parts = set(part_of.values()) - {None}
    sums: list[tuple[Spot, list[Spot]]] = [((code, "all"), [(code, "minors"), (code, "rest")]) for code in part_of]
    for above in sorted(with_parts):
        parts = [code for code in part_of if part_of[code] == above]
        sums += [((above, column), [(code, column) for code in parts]) for column in ("all", "minors", "rest")]
    shown, hidden = [], []
    for document in documents:
        # Each document repeats the months before it as they were: the last day is what is new.
        counts = {
            (each["place"], each["group"]): each for each in document["days"][-1]["counts"] if each["step"] == step
        }
        known: dict[Spot, int] = {}
        for code in part_of:
            for group in ("all", "minors"):
                each = counts[code, group]
                if each["mark"] == "unknown":
                    known[code, group] = 0
                elif each["persons"] is not None:
                    known[code, group] = each["persons"]
            if {(code, "all"), (code, "minors")} <= known.keys():
                known[code, "rest"] = known[code, "all"] - known[code, "minors"]
        shown.append(known)
        hidden.append([spot for code in part_of for g in ("all", "minors", "rest") if (spot := (code, g)) not in known])
    return Published(sums, shown, hidden, [{} for _ in documents], rising=True)
