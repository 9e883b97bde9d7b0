"""`bosett match`: who can move in where, by capacity reports and groups that wait, with the reason for each choice."""

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from bosett.basis.counting import Count
from bosett.basis.refusals import Exit
from bosett.basis.weeks import Week, week_of
from bosett.cli.capacity import MOST_WEEKS, BadWeeks
from bosett.cli.days import day as day_named
from bosett.cli.match_words import in_all, unplaced_words, why_words
from bosett.cli.output import Listing, emit, format_arguments, persons, words
from bosett.geography import municipality
from bosett.matching import Keep, Levels
from bosett.render.new_file import new_file
from bosett.rounds.placing import MovingPlan, who_can_move_in
from bosett.sources.capacity_reports import read_reports
from bosett.sources.fetching import from_file
from bosett.sources.waiting_groups import moving_rows, read_moving, read_waiting
from bosett.stages.capacity.reports import Firmness
from bosett.stages.placement import Instead, MoveExplained, MovingIn

EXAMPLE = "bosett match groups.csv --places reports.csv --on 2020-03-20 --weeks 12 --least 5"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("file", type=Path, metavar="GROUPS.csv", help="groups that wait, one on each line")
    parser.add_argument("--places", type=Path, required=True, metavar="FILE.csv", help="capacity reports")
    parser.add_argument(
        "--on", type=day_named, required=True, metavar="DAY", help="the day: what is said later is not known yet"
    )
    parser.add_argument("--weeks", type=int, required=True, metavar="N", help="so many weeks from the day's own")
    parser.add_argument(
        "--least",
        type=persons,
        required=True,
        metavar="N",
        help="groups of fewer households are put together with a like one",
    )
    parser.add_argument(
        "--too-large",
        type=persons,
        default=1,
        metavar="N",
        help="by how many sizes a home may be too large (default: 1)",
    )
    parser.add_argument(
        "--sure",
        nargs="+",
        choices=[each.value for each in Firmness],
        default=[each.value for each in Firmness],
        help="how sure places must be (default: all)",
    )
    parser.add_argument("--agreed", type=Path, metavar="FILE.csv", help="who stands where whatever changes, and why")
    parser.add_argument("--former", type=Path, metavar="FILE.csv", help="an earlier plan, saved by --save")
    parser.add_argument(
        "--keep",
        choices=[each.value for each in Keep],
        default=Keep.LAST.value,
        help="whether the earlier plan decides among equals (last, the default) or comes before all else (first)",
    )
    parser.add_argument("--save", type=Path, metavar="FILE.csv", help="write the plan as a file for --former")
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read, match and print."""
    if not 1 <= args.weeks <= MOST_WEEKS:
        raise BadWeeks(args.weeks)
    first = week_of(args.on)
    last = first.after(args.weeks - 1)
    waiting = read_waiting(from_file(args.file, args.on).content, args.file.name, args.on.year)
    moving = who_can_move_in(
        read_reports(from_file(args.places, args.on).content, args.places.name),
        args.on,
        waiting,
        first,
        last,
        least=args.least,
        too_large=args.too_large,
        sure=[Firmness(each) for each in args.sure],
        agreed=_moving_in(args.agreed, args),
        former=_moving_in(args.former, args),
        keep=Keep(args.keep),
    )
    explained = tuple(moving.plan.explained())
    if args.save is not None:
        with new_file(args.save) as beside, beside.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(moving_rows(moving.plan.moving))
        words(f"wrote {args.save}")
    emit(args, _listings(moving, explained), _document(moving, explained, first, last))
    return Exit.DONE


def _moving_in(path: Path | None, args: argparse.Namespace) -> tuple[MovingIn, ...]:
    return () if path is None else read_moving(from_file(path, args.on).content, path.name)


def _listings(moving: MovingPlan, explained: Sequence[MoveExplained]) -> list[Listing]:
    plan = moving.plan
    notes = (
        *(f"Too small to be shown, counted in {merge.into}: {merge.small}." for merge in plan.merges),
        *(f"Too small to be shown, like no other, and left out: {code}." for code in plan.alone),
    )
    aside = tuple(
        f"Left aside, {why.value}: {count} {Count(count):week|weeks} of a municipality and kind."
        for why, count in moving.aside.items()
    )
    listings = [
        Listing(
            "Who moves in",
            ("group", "count", "municipality", "week", "kind", "why"),
            tuple(
                (
                    each.moving.group,
                    each.moving.count,
                    _name(each.moving.municipality, each.moving.week),
                    str(each.moving.week),
                    each.moving.kind.value,
                    why_words(each, _name),
                )
                for each in explained
            ),
            notes,
        ),
        Listing(
            "Without a place",
            ("group", "count", "why"),
            tuple((each.group, each.count, unplaced_words(each)) for each in plan.without),
        ),
        Listing(
            "Places unused, beside weeks waited by those whom they suit",
            ("kind", "places", "unused", "too large", "waiting", "person-weeks"),
            tuple((k.kind, k.places, k.unused, k.too_large, k.waiting, k.waited) for k in plan.kinds),
            aside,
        ),
        Listing(
            "Households by size",
            ("size", "households", "without", "weeks before", "person-weeks", "sizes too large"),
            tuple((s.size, s.units, s.unplaced, s.before, s.waited, s.too_large) for s in plan.sizes),
            (f"In all {in_all(plan.levels)}.",),
        ),
    ]
    return [each for each in listings if each.rows]


def _name(code: str, week: Week) -> str:
    return f"{code} {municipality(code, week.year).display_name}"


def _document(moving: MovingPlan, explained: Sequence[MoveExplained], first: Week, last: Week) -> Mapping[str, object]:
    plan = moving.plan
    return {
        "weeks": [str(week) for week in first.to(last)],
        "levels": _levels(plan.levels),
        "moving": [
            {
                **_moving(each.moving),
                "why": each.why.value,
                "too_large": each.too_large,
                "price": _levels(each.price),
                "next_best": _instead(each.next_best),
                "earlier": _instead(each.earlier),
                "same_week": [_instead(other) for other in each.same_week],
            }
            for each in explained
        ],
        "without": [
            {
                "group": each.group,
                "count": each.count,
                "usable": each.usable,
                "taken_by": [
                    {"group": taker.group, "count": taker.count, "precedence": taker.precedence.value}
                    for taker in each.taken_by
                ],
            }
            for each in plan.without
        ],
        "kinds": [
            {
                "kind": k.kind,
                "places": k.places,
                "unused": k.unused,
                "too_large": k.too_large,
                "waiting": k.waiting,
                "waited": k.waited,
            }
            for k in plan.kinds
        ],
        "sizes": [
            {
                "size": s.size,
                "households": s.units,
                "without": s.unplaced,
                "before": s.before,
                "waited": s.waited,
                "too_large": s.too_large,
            }
            for s in plan.sizes
        ],
        "merges": [{"small": merge.small, "into": merge.into} for merge in plan.merges],
        "alone": list(plan.alone),
        "aside": {why.value: count for why, count in moving.aside.items()},
    }


def _levels(levels: Levels) -> Mapping[str, int]:
    return levels._asdict()


def _moving(each: MovingIn) -> Mapping[str, object]:
    return {
        "group": each.group,
        "municipality": each.municipality,
        "week": str(each.week),
        "kind": each.kind.value,
        "count": each.count,
        "reason": each.reason,
    }


def _instead(other: Instead | None) -> Mapping[str, object] | None:
    if other is None:
        return None
    return {
        "municipality": other.municipality,
        "week": None if other.week is None else str(other.week),
        "kind": None if other.kind is None else other.kind.value,
        "free": other.free,
        "extra": _levels(other.extra),
    }
