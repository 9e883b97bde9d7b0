"""`bosett need`: how many are to be settled in a year, month by month, as a scenario has it and a day knows it."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from bosett.basis.refusals import Exit, Refusal
from bosett.cli.cluster import cluster_at
from bosett.cli.days import day as day_named
from bosett.cli.output import Listing, emit, format_arguments
from bosett.documents.need_forecast import need_forecast_document, resting_value
from bosett.rounds.need_asked import NEVER, NeedAsked, read_part, read_restart, read_span
from bosett.rounds.need_places import ReportedLimit, reported_limit
from bosett.rounds.notices import Span
from bosett.sources.capacity_reports import read_reports
from bosett.sources.fetching import from_file
from bosett.stages.forecast.calendar import Restart
from bosett.stages.forecast.changes import NeedChanges
from bosett.stages.forecast.months import months_from
from bosett.stages.forecast.scenario import NeedScenario, load_scenario
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.summary import NeedRange, NeedSummary, summarise

Value = TypeVar("Value")
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
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="a dask.distributed scheduler that makes the paths; the answer is the same"
    )
    changes = parser.add_argument_group("what is changed of the scenario; all else stays, and so does chance")
    changes.add_argument("--quota", type=whole_named, metavar="N", help="persons a year who come by decision")
    changes.add_argument("--restart", type=restart_named, metavar="DAY", help=f"when the last stop ends, or {NEVER}")
    changes.add_argument("--ramp", type=whole_named, metavar="WEEKS", help="weeks until all come again after the stop")
    changes.add_argument("--permits", type=part_named, metavar="N", help="so many times as many permits, such as 1.2")
    changes.add_argument("--alone", type=part_named, metavar="PART", help="the part of adults who settle alone: 0.05")
    changes.add_argument(
        "--stop",
        type=stop_named,
        action="append",
        metavar="DAY[..DAY[+WEEKS]]",
        help="a stop of resettlement with its last day and ramp, instead of the scenario's; may be given again",
    )
    format_arguments(parser)


def seed_named(written: str) -> int:
    """Return a seed that an option gives.

    Raises:
        ArgumentTypeError: It is no whole number of 0 or more.
    """
    return _whole(written, "is no seed")


def whole_named(written: str) -> int:
    """Return a whole number that an option gives.

    Raises:
        ArgumentTypeError: It is none of 0 or more.
    """
    return _whole(written, "is no whole number")


def _whole(written: str, wrong: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise argparse.ArgumentTypeError(f"{written!r} {wrong}; write a whole number such as 7")
    return int(written)


def part_named(written: str) -> Fraction:
    """Return a number that may have decimals or be a fraction.

    Raises:
        ArgumentTypeError: It is none.
    """
    return _read(read_part, written, "is no number; write it as 1.2 or 1/20")


def restart_named(written: str) -> Restart:
    """Return when a stop ends.

    Raises:
        ArgumentTypeError: It is neither a day nor the word for never.
    """
    return _read(read_restart, written, f"is no day; write it as 2020-05-19, or {NEVER}")


def stop_named(written: str) -> Span:
    """Return a stop: its first day, its last and the weeks of its ramp.

    Raises:
        ArgumentTypeError: It is none, or the last day is before the first.
    """
    return _read(
        read_span, written, "is no stop; write it as 2020-03-14, 2020-03-14..2020-06-30 or with +8 for its ramp"
    )


def _read(reader: Callable[[str], Value], written: str, wrong: str) -> Value:
    try:
        return reader(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} {wrong}") from None


def run(args: argparse.Namespace) -> Exit:
    """Simulate and print."""
    if not 1 <= args.workers <= MOST_WORKERS:
        raise BadWorkers(args.workers)
    scenario = load_scenario(args.year, args.scenario)
    seed = scenario.seed if args.seed is None else args.seed
    changes = NeedChanges(args.quota, args.restart, args.ramp, args.permits, args.alone)
    stops = None if args.stop is None else tuple(args.stop)
    asked = NeedAsked(scenario, args.year, args.as_of, seed, args.paths, changes, stops)
    model = asked.model()
    limit = None
    if args.places is not None:
        reports = read_reports(from_file(args.places, args.as_of).content, args.places.name)
        limit = reported_limit(reports, args.as_of, months_from(model.first, model.months))
        model = replace(model, places=limit.places)
    with cluster_at(args.cluster) as executor:
        paths = simulate(model, seed=seed, paths=args.paths, workers=args.workers, executor=executor)
    summary = summarise(paths, args.year)
    emit(args, _listings(summary, asked, limit), need_forecast_document(asked, summary))
    return Exit.DONE


def _listings(summary: NeedSummary, asked: NeedAsked, limit: ReportedLimit | None) -> list[Listing]:
    scenario, day = asked.scenario, asked.day
    changed = [f"Changed: {name} is {_changed_text(value)}." for name, value in asked.changed().items()]
    notes = (
        f"{scenario.title['en']}, as of {day}. Eight of ten paths lie from low to high, if the scenario holds.",
        "A low number of the year is no sum of low months: it is taken from the paths' own sums.",
        *changed,
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
            (each.of, each.name, resting_value(each), each.version.known_on.isoformat(), each.version.source)
            for each in scenario.rests_on(day, asked.year)
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


def _changed_text(value: object) -> str:
    return (", ".join(value) or "none") if isinstance(value, list) else str(value)


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
