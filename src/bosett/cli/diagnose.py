"""`bosett diagnose`: what each criterion really decides, and who is treated unlike."""

import argparse
from dataclasses import asdict
from fractions import Fraction

from bosett.basis.refusals import Exit
from bosett.cli.allocate import criteria_of, round_arguments
from bosett.cli.output import Listing, emit, format_arguments
from bosett.rounds.diagnose import Diagnosis, diagnose
from bosett.rounds.kinds import Mode
from bosett.rounds.sizes import Distance

EXAMPLE = "bosett diagnose 2021"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    round_arguments(parser)
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Diagnose and print."""
    found = diagnose(args.year, total=args.total, criteria=criteria_of(args), mode=Mode(args.mode))
    emit(args, tables(found), document(found))
    return Exit.DONE


def tables(found: Diagnosis) -> list[Listing]:
    """Return the diagnosis as tables."""
    groups = [("in all", "", found.distance)]
    groups += [("county", name, each) for name, each in found.by_county.items()]
    groups += [("size", name, each) for name, each in found.by_size.items()]
    return [
        Listing(
            f"Criteria {found.year} ({found.criteria}): stated and real weight",
            ("criterion", "stated", "real", "r2 population"),
            tuple((each.criterion, each.stated, each.real, each.r2_population) for each in found.weighed),
            (f"unassigned weight: {found.unassigned}",) if found.unassigned else (),
        ),
        Listing(
            "Distance from last year's first request, scaled to this total",
            ("by", "group", "persons", "part"),
            tuple((by, name, each.persons, each.part) if each else (by, name, None, None) for by, name, each in groups),
        ),
        Listing(
            "Counties: persons per unit of claim against the country, and persons straight from the nation",
            ("code", "county", "persons", "exact share", "against country", "straight"),
            tuple((c.code, c.name, c.people, c.exact, c.against_country, c.straight) for c in found.counties),
        ),
        Listing(
            f"The larger claim got the smaller number: {found.pairs} pairs, the widest first",
            ("code", "larger claim", "number", "code", "smaller claim", "number"),
            tuple(
                (u.larger_claim, u.larger_name, u.larger_number, u.smaller_claim, u.smaller_name, u.smaller_number)
                for u in found.unlike
            ),
        ),
    ]


def distance_document(found: Distance | None) -> dict[str, str | None] | None:
    """Return a distance as plain data, fractions as text."""
    if found is None:
        return None
    return {"persons": str(found.persons), "of": str(found.of), "part": None if found.part is None else str(found.part)}


def document(found: Diagnosis) -> dict[str, object]:
    """Return the diagnosis as a JSON document, fractions as text."""
    return {
        "year": found.year,
        "total": found.total,
        "mode": found.mode.value,
        "criteria": found.criteria,
        "unassigned": str(found.unassigned),
        "weighed": [plain(asdict(each)) for each in found.weighed],
        "distance_from_last_year": {
            "all": distance_document(found.distance),
            "by_county": {name: distance_document(each) for name, each in found.by_county.items()},
            "by_size": {name: distance_document(each) for name, each in found.by_size.items()},
        },
        "counties": [plain(asdict(each)) for each in found.counties],
        "unlike": {"pairs": found.pairs, "widest": [asdict(each) for each in found.unlike]},
    }


def plain(row: dict[str, object]) -> dict[str, object]:
    """Return a row with its fractions as text."""
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in row.items()}
