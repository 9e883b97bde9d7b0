"""`bosett diagnose`: what each criterion really decides, and who is treated unlike."""

import argparse
from dataclasses import asdict
from fractions import Fraction

from bosett.basis.refusals import Exit
from bosett.cli.allocate import criteria_chosen, round_arguments
from bosett.cli.layers import layers_named
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
    diagnosis = diagnose(
        args.year, total=args.total, criteria=criteria_chosen(args), mode=Mode(args.mode), figures=layers_named(args)
    )
    emit(args, tables(diagnosis), document(diagnosis))
    return Exit.DONE


def tables(diagnosis: Diagnosis) -> list[Listing]:
    """Return the diagnosis as tables."""
    groups = [("in all", "", diagnosis.distance)]
    groups += [("county", name, each) for name, each in diagnosis.by_county.items()]
    groups += [("size", name, each) for name, each in diagnosis.by_size.items()]
    return [
        Listing(
            f"Criteria {diagnosis.year} ({diagnosis.criteria}): stated and real weight",
            ("criterion", "stated", "real", "r2 population"),
            tuple((each.criterion, each.stated, each.real, each.r2_population) for each in diagnosis.weighed),
            (f"unassigned weight: {diagnosis.unassigned}",) if diagnosis.unassigned else (),
        ),
        Listing(
            "Distance from last year's first request, scaled to this total",
            ("by", "group", "persons", "part"),
            tuple((by, name, each.persons, each.part) if each else (by, name, None, None) for by, name, each in groups),
        ),
        Listing(
            "Counties: persons per unit of claim against the country, and persons straight from the nation",
            ("code", "county", "persons", "exact share", "against country", "straight"),
            tuple((c.code, c.name, c.people, c.exact, c.against_country, c.straight) for c in diagnosis.counties),
        ),
        Listing(
            f"The larger claim got the smaller number: {diagnosis.pairs} pairs, the widest first",
            ("code", "larger claim", "number", "code", "smaller claim", "number"),
            tuple(
                (u.larger_claim, u.larger_name, u.larger_number, u.smaller_claim, u.smaller_name, u.smaller_number)
                for u in diagnosis.unlike
            ),
        ),
    ]


def distance_document(distance: Distance | None) -> dict[str, str | None] | None:
    """Return a distance as plain data, fractions as text."""
    if distance is None:
        return None
    return {
        "persons": str(distance.persons),
        "of": str(distance.of),
        "part": None if distance.part is None else str(distance.part),
    }


def document(diagnosis: Diagnosis) -> dict[str, object]:
    """Return the diagnosis as a JSON document, fractions as text."""
    return {
        "year": diagnosis.year,
        "total": diagnosis.total,
        "mode": diagnosis.mode.value,
        "criteria": diagnosis.criteria,
        "unassigned": str(diagnosis.unassigned),
        "weighed": [plain(asdict(each)) for each in diagnosis.weighed],
        "distance_from_last_year": {
            "all": distance_document(diagnosis.distance),
            "by_county": {name: distance_document(each) for name, each in diagnosis.by_county.items()},
            "by_size": {name: distance_document(each) for name, each in diagnosis.by_size.items()},
        },
        "counties": [plain(asdict(each)) for each in diagnosis.counties],
        "unlike": {"pairs": diagnosis.pairs, "widest": [asdict(each) for each in diagnosis.unlike]},
    }


def plain(row: dict[str, object]) -> dict[str, object]:
    """Return a row with its fractions as text."""
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in row.items()}
