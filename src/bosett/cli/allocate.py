"""`bosett allocate`: the proposal of a settlement year."""

import argparse
from collections.abc import Callable
from pathlib import Path

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Exit, Refusal
from bosett.cli.days import day
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import Listing, emit, format_arguments, persons
from bosett.documents.run_data import run_document
from bosett.parameters import CHOSEN, OURS, WRITTEN, CriteriaFile, load, load_shipped, reference_id, shipped
from bosett.render.reading import previous_cell, previous_source, previous_sum
from bosett.rounds.kinds import Mode, Run
from bosett.rounds.run import compute

EXAMPLE = "bosett allocate 2021 --mode counties --format json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    round_arguments(parser)
    format_arguments(parser)
    language_argument(parser)


def round_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says which round: year, total, criteria, mode."""
    parser.add_argument("year", type=int, metavar="YEAR", help="settlement year")
    choice_arguments(parser)


def choice_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a round may be computed by: total, criteria, mode."""
    parser.add_argument("--total", type=persons, metavar="N", help="persons to share (default: first national request)")
    parser.add_argument(
        "--criteria", metavar="FILE", help="criteria file, or the id of a shipped one (default: reference)"
    )
    parser.add_argument("--mode", choices=("counties", "nation"), default="counties", help="way to a county")
    parser.add_argument(
        "--floor",
        type=persons,
        metavar="N",
        help="fewest persons if asked at all, for the reference model of a year in which that is not known",
    )
    parser.add_argument(
        "--day", type=day, metavar="DAY", help="day that the reference model of a later year is counted from"
    )
    figures_argument(parser)


def book_of(run: Run, language: str) -> Callable[[Path], None]:
    """Return what writes a run as the whole book, a sheet for each county, to a path."""

    def write(path: Path) -> None:
        from bosett.render.workbook import write_round_workbook  # noqa: PLC0415  - only a workbook needs its writer

        write_round_workbook(run, path, language=language)

    return write


def language_argument(parser: argparse.ArgumentParser) -> None:
    """Add the language of the workbook; tables and JSON are for programs, and in English."""
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language of the workbook (default: nb)")


def criteria_of(args: argparse.Namespace) -> CriteriaFile | None:
    """Return the criteria that the user named, or None for the default."""
    if args.criteria is None:
        return None
    ours = any(ids.fullmatch(args.criteria) for ids in (OURS, CHOSEN, WRITTEN))
    return load_shipped(args.criteria) if ours or args.criteria in shipped() else load(Path(args.criteria))


class FloorOfOwnCriteria(Refusal):
    """A floor or a day is given beside criteria that say it themselves."""

    def __init__(self) -> None:
        super().__init__("--floor and --day are for the reference model; criteria that are named say both themselves.")


def criteria_chosen(args: argparse.Namespace) -> CriteriaFile | None:
    """Return the criteria that the user named, or the reference model with what is given for it, or None.

    Raises:
        FloorOfOwnCriteria: Both are given.
        Refusal: The criteria cannot be read.
    """
    if args.floor is None and args.day is None:
        return criteria_of(args)
    if args.criteria is not None:
        raise FloorOfOwnCriteria
    return load_shipped(reference_id(args.year, args.floor, args.day))


def run(args: argparse.Namespace) -> Exit:
    """Compute and print the proposal."""
    proposal = compute(
        args.year, total=args.total, criteria=criteria_chosen(args), mode=Mode(args.mode), figures=layers_named(args)
    )
    emit(args, tables(proposal), run_document(proposal), book=book_of(proposal, args.lang))
    return Exit.DONE


def tables(run: Run) -> list[Listing]:
    """Return the proposal as tables: counties, municipalities, left out."""
    whole = f"{run.criteria_title['en']}, {run.total} persons, {run.mode.value}"
    counties = tuple(
        (
            county.code,
            county.name,
            county.target,
            county.exact,
            sum(1 for line in county.municipalities if line.number),
            len(county.municipalities),
            previous_sum(county.municipalities),
        )
        for county in run.counties
    )
    asked = sum(int(row[4]) for row in counties)
    total = (
        "",
        "Norway",
        sum(int(row[2]) for row in counties),
        run.total,
        asked,
        sum(int(row[5]) for row in counties),
        previous_sum(line for county in run.counties for line in county.municipalities),
    )
    before = "first request" if run.mode is Mode.REVISION else "last year"
    notes = (
        previous_source(run, "en"),
        *(f"{name}: {'holds' if holds else 'DOES NOT HOLD'}" for name, holds in run.checks),
    )
    lines = tuple(
        (county.code, line.code, line.name, line.exact, line.number, previous_cell(line.previous, "en"))
        for county in run.counties
        for line in county.municipalities
    )
    listings = [
        Listing(
            f"Counties {run.year}: {whole}",
            ("code", "county", "persons", "exact share", "asked", "eligible", before),
            (*counties, total),
            notes,
        ),
        Listing(
            f"Municipalities {run.year}", ("county", "code", "municipality", "exact share", "number", before), lines
        ),
    ]
    if run.left_out:
        rows = tuple((left.county, left.code, left.name, left.reason) for left in run.left_out)
        listings.append(Listing(f"Left out {run.year}", ("county", "code", "municipality", "reason"), rows))
    return listings
