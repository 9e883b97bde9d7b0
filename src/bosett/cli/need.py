"""`bosett need`: how many are to be settled in a year, month by month, as a scenario has it and a day knows it."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.cli.days import day as day_named
from bosett.cli.output import Listing, emit, format_arguments
from bosett.rounds.need_places import ReportedLimit, reported_limit
from bosett.sources.capacity_reports import read_reports
from bosett.sources.fetching import from_file
from bosett.stages.forecast.months import months_from
from bosett.stages.forecast.scenario import NeedScenario, RestsOn, load_scenario
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.summary import NeedRange, NeedSummary, summarise
from bosett.stages.forecast.versions import NumberVersion

EXAMPLE = "bosett need 2020 --scenario stop-resettlement --as-of 2020-05-19"
PATHS = 100_000
MOST_WORKERS = 64
COLUMNS = ("low (10 %)", "middle", "high (90 %)")


class BadWorkers(Refusal):
    """So many threads are not started."""

    def __init__(self, workers: int) -> None:
        super().__init__(f"--workers {workers}: name a number from 1 to {MOST_WORKERS}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("year", type=int, metavar="YEAR", help="the settlement year")
    parser.add_argument(
        "--scenario", required=True, metavar="NAME", help="one that is shipped for the year, or a file.yaml"
    )
    parser.add_argument(
        "--as-of", type=day_named, required=True, metavar="DAY", help="the day: what was known later is left out"
    )
    parser.add_argument(
        "--places",
        type=Path,
        metavar="FILE.csv",
        help="capacity reports: the places of each month are a limit, instead of the scenario's own",
    )
    parser.add_argument(
        "--seed", type=seed_named, metavar="N", help="where chance begins (default: the scenario's own)"
    )
    parser.add_argument("--paths", type=int, default=PATHS, metavar="N", help=f"so many paths (default: {PATHS})")
    parser.add_argument(
        "--workers", type=int, default=2, metavar="N", help="so many threads; the answer is the same (default: 2)"
    )
    format_arguments(parser)


def seed_named(written: str) -> int:
    """Return a seed that an option gives.

    Raises:
        ArgumentTypeError: It is no whole number of 0 or more.
    """
    if not written.isascii() or not written.isdigit():
        raise argparse.ArgumentTypeError(f"{written!r} is no seed; write a whole number such as 7")
    return int(written)


def run(args: argparse.Namespace) -> Exit:
    """Simulate and print."""
    if not 1 <= args.workers <= MOST_WORKERS:
        raise BadWorkers(args.workers)
    scenario = load_scenario(args.year, args.scenario)
    seed = scenario.seed if args.seed is None else args.seed
    model = scenario.as_of(args.as_of, args.year)
    limit = None
    if args.places is not None:
        reports = read_reports(from_file(args.places, args.as_of).content, args.places.name)
        limit = reported_limit(reports, args.as_of, months_from(model.first, model.months))
        model = replace(model, places=limit.places)
    summary = summarise(simulate(model, seed=seed, paths=args.paths, workers=args.workers), args.year)
    emit(args, _listings(summary, scenario, args.as_of, limit), _document(summary, scenario, args, seed))
    return Exit.DONE


def _listings(summary: NeedSummary, scenario: NeedScenario, day: date, limit: ReportedLimit | None) -> list[Listing]:
    notes = (
        f"{scenario.title['en']}, as of {day}. Eight of ten paths lie from low to high, if the scenario holds.",
        "A low number of the year is no sum of low months: it is taken from the paths' own sums.",
    )
    year = Listing("To be settled in the year, in persons", ("category", *COLUMNS), _rows(summary.year_total), notes)
    months = Listing(
        "Ready for a home, by month",
        ("month", "category", *COLUMNS),
        tuple((str(month), *row) for month, by_name in summary.months.items() for row in _rows(by_name)),
    )
    rests = Listing(
        "What it rests on",
        ("of", "number", "value", "known on", "source"),
        tuple(
            (each.of, each.name, _value(each), each.version.known_on.isoformat(), each.version.source)
            for each in scenario.rests_on(day)
        ),
    )
    if summary.settled is None:
        return [year, months, rests]
    settled = Listing(
        "Who gets a place in the year",
        ("category", *COLUMNS),
        _rows(summary.settled),
        () if limit is None else (_limit_note(limit, scenario),),
    )
    return [year, settled, months, rests]


def _limit_note(limit: ReportedLimit, scenario: NeedScenario) -> str:
    """Return what the limit from reports is of, so that silence is not read as no place."""
    count = len(limit.places.general)
    months = months_from(scenario.begins, count)
    limited = [str(month) for month, places in zip(months, limit.places.general, strict=True) if places is not None]
    which = f"{len(limited)} of {count} months have one" + (f" ({', '.join(limited)})" if limited else "")
    return (
        f"The limit is of reports (municipalities: {limit.municipalities}): {which}; of the others too little is known."
    )


def _rows(by_name: Mapping[str, NeedRange]) -> tuple[tuple[str, int, int, int], ...]:
    return tuple((name, each.p10, each.p50, each.p90) for name, each in by_name.items())


def _document(
    summary: NeedSummary, scenario: NeedScenario, args: argparse.Namespace, seed: int
) -> Mapping[str, object]:
    document: dict[str, object] = {
        "year": args.year,
        "as_of": args.as_of.isoformat(),
        "scenario": scenario.id.removeprefix(f"{args.year}-"),
        "seed": seed,
        "paths": args.paths,
        "months": [
            {"month": str(month), "category": name, **_range(each)}
            for month, by_name in summary.months.items()
            for name, each in by_name.items()
        ],
        "year_total": {name: _range(each) for name, each in summary.year_total.items()},
    }
    document["rests_on"] = [
        {
            "of": each.of,
            "number": each.name,
            "value": _value(each),
            "known_on": each.version.known_on.isoformat(),
            "source": each.version.source,
        }
        for each in scenario.rests_on(args.as_of)
    ]
    # Without places there is no limit, so nobody is told to wait: the key is left out, as there is no such number.
    if summary.settled is not None:
        document["settled"] = {name: _range(each) for name, each in summary.settled.items()}
    return document


def _value(rests_on: RestsOn) -> str:
    """Return a number as it stands in the file, or of a stop when it may end, each day with its part."""
    version = rests_on.version
    if isinstance(version, NumberVersion):
        return str(version.value)
    return ", ".join(f"{restart.day or 'later'}: {restart.part}" for restart in version.stop.restarts)


def _range(each: NeedRange) -> dict[str, int]:
    return {"p10": each.p10, "p50": each.p50, "p90": each.p90}
