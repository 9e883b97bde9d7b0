"""`bosett answers`: what municipalities that are asked are expected to decide and to settle, from what a day knows."""

import argparse
from collections.abc import Mapping

from bosett.basis.refusals import Exit
from bosett.cli.days import day as day_named
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import Cell, Listing, emit, format_arguments
from bosett.geography import county, municipality
from bosett.stages.answers.expected import AnswerRange, Expected, ExpectedAnswers, expected_answers
from bosett.stages.answers.history import NeedTurn
from bosett.stages.answers.known import known_answers, last_day

EXAMPLE = "bosett answers 2021 --as-of 2020-10-30"
COLUMNS = (
    "requested",
    *(f"{what} {mark}" for what in ("decided", "settled") for mark in ("low (10 %)", "middle", "high (90 %)")),
)
RANGE = "Eight of ten paths lie from low to high. Low numbers of a county or the nation are no sums of low numbers."
TURNS: Mapping[NeedTurn | None, str] = {
    NeedTurn.ROSE: "More are asked for than the year before.",
    NeedTurn.FELL: "No more are asked for than the year before.",
    None: "What was asked for the year before is not known.",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("year", type=int, metavar="YEAR", help="the settlement year")
    parser.add_argument(
        "--as-of",
        type=day_named,
        metavar="DAY",
        help="the day: what was known later is left out (default: that of the last requests or decisions)",
    )
    figures_argument(parser)
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Expect and print."""
    figures = layers_named(args)
    day = last_day(args.year, figures) if args.as_of is None else args.as_of
    answers = expected_answers(known_answers(args.year, day, figures), figures)
    emit(args, _listings(answers), _document(answers))
    return Exit.DONE


def _listings(answers: ExpectedAnswers) -> list[Listing]:
    year = answers.year
    counties = tuple((f"{code} {county(code, year).name}", *_cells(each)) for code, each in answers.counties.items())
    municipalities = tuple(
        (f"{code} {municipality(code, year).display_name}", *_cells(each))
        for code, each in answers.municipalities.items()
    )
    return [
        Listing(
            f"Expected of {year}, as of {answers.as_of}, in persons",
            ("of", *COLUMNS),
            (("nation", *_cells(answers.nation)),),
            _notes(answers),
        ),
        Listing("By county", ("county", *COLUMNS), counties),
        Listing("By municipality", ("municipality", *COLUMNS), municipalities),
    ]


def _notes(answers: ExpectedAnswers) -> tuple[str, ...]:
    notes = [RANGE, TURNS[answers.turn]]
    if answers.decided_as:
        notes.append(f"Decisions follow those of {_years(answers.decided_as)}.")
    else:
        notes.append("Everybody here has decided.")
    if answers.settled_as:
        notes.append(f"Settlement follows that of {_years(answers.settled_as)}.")
    else:
        notes.append("Of settlement too few earlier years were known on the day, so nothing is expected of it.")
    if answers.hidden:
        notes.append(f"Not here, as what they have decided is hidden: {', '.join(answers.hidden)}.")
    return tuple(notes)


def _years(years: tuple[int, ...]) -> str:
    return ", ".join(map(str, years))


def _cells(each: Expected) -> tuple[Cell, ...]:
    settled: tuple[Cell, ...] = (None, None, None) if each.settled is None else _marks(each.settled)
    return each.requested, *_marks(each.decided), *settled


def _marks(each: AnswerRange) -> tuple[int, int, int]:
    return each.low, each.middle, each.high


def _document(answers: ExpectedAnswers) -> Mapping[str, object]:
    return {
        "year": answers.year,
        "as_of": answers.as_of.isoformat(),
        "turn": None if answers.turn is None else answers.turn.value,
        "decided_as": list(answers.decided_as),
        "settled_as": list(answers.settled_as),
        "hidden": list(answers.hidden),
        "nation": _expected(answers.nation),
        "counties": [{"county": code, **_expected(each)} for code, each in answers.counties.items()],
        "municipalities": [{"municipality": code, **_expected(each)} for code, each in answers.municipalities.items()],
    }


def _expected(each: Expected) -> dict[str, object]:
    return {
        "requested": each.requested,
        "decided": _range(each.decided),
        "settled": None if each.settled is None else _range(each.settled),
    }


def _range(each: AnswerRange) -> dict[str, int]:
    return {"low": each.low, "middle": each.middle, "high": each.high}
