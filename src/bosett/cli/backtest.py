"""`bosett backtest`: what would have been proposed, against what was requested; or told of what comes, and what came.

What comes are arrivals, or the answers of municipalities; or a revised request, against the real one.
"""

import argparse

from bosett.basis.refusals import Exit
from bosett.cli.diagnose import distance_document
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import Listing, emit, format_arguments, shown
from bosett.documents.days import day_in
from bosett.documents.run_data import told_document
from bosett.documents.words import figure_line
from bosett.rounds.backtest import Backtest, backtest, years_of

EXAMPLE = "bosett backtest 2020..2023"
NEED, ANSWERS, REVISION = "need", "answers", "revision"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument(
        "years",
        metavar="YEARS",
        help="a year or years: 2021, 2020..2023; `need` for the forecast of arrivals; "
        "`answers` for what municipalities are expected to decide and to settle; "
        "`revision` for the cut of 2020 and the rise of 2022",
    )
    figures_argument(parser)
    format_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Test and print."""
    if args.years == NEED:
        # Only this needs the forecast, and what makes it.
        from bosett.cli.need_backtest import (  # noqa: PLC0415  - as above
            history_document,
            history_tables,
            need_document,
            need_tables,
        )
        from bosett.rounds.need_history import need_years, seen_in_may  # noqa: PLC0415  - as above
        from bosett.stages.forecast.judgement import judge_arrivals  # noqa: PLC0415  - as above

        judged, history = judge_arrivals(), (need_years(), seen_in_may())
        emit(
            args,
            [*need_tables(judged), *history_tables(*history)],
            need_document(judged) | {"norway": history_document(*history)},
        )
        return Exit.DONE
    if args.years == ANSWERS:
        # As above.
        from bosett.cli.answers_backtest import answers_document, answers_tables, judged_answers  # noqa: PLC0415

        of_answers = judged_answers()
        emit(args, answers_tables(of_answers), answers_document(of_answers))
        return Exit.DONE
    if args.years == REVISION:
        # As above.
        from bosett.cli.revision_backtest import revision_document, revision_tables  # noqa: PLC0415
        from bosett.rounds.revision_backtest import judge_revisions  # noqa: PLC0415

        cases = judge_revisions()
        emit(args, revision_tables(cases), revision_document(cases))
        return Exit.DONE
    figures = layers_named(args)
    back_tests = [backtest(year, figures) for year in years_of(args.years)]
    emit(args, tables(back_tests), {"years": [document(each) for each in back_tests]})
    return Exit.DONE


def tables(back_tests: list[Backtest]) -> list[Listing]:
    """Return the back-tests as tables: in all, then by county and size."""
    reasons = [
        f"{each.year}, {t.model}: no figure ({t.why_not})" for each in back_tests for t in each.tested if t.why_not
    ]
    latest = [
        f"{each.year}: no first request was published for each municipality; held against the latest ({each.total})"
        for each in back_tests
        if each.truth != "first request"
    ]
    before = [_last_year(each) for each in back_tests]
    floors = [f"{each.year}: the floor is {each.floor}" for each in back_tests if each.floor is not None]
    lost = [line for each in back_tests if (line := _against_last_year(each))]
    groups = tuple(
        (each.year, tested.model, by, name, group.persons, group.part)
        for each in back_tests
        for tested in each.tested
        for by, all_groups in (("county", tested.by_county), ("size", tested.by_size))
        for name, group in all_groups.items()
    )
    return [
        Listing(
            "Back-test: sum of |x - real| over sum of real",
            ("year", "held against", "persons", "model", "error"),
            tuple(
                (each.year, each.truth, each.total, tested.model, tested.error.part if tested.error else "no figure")
                for each in back_tests
                for tested in each.tested
            ),
            (*lost, *latest, *before, *floors, *reasons),
        ),
        Listing("By county and by size", ("year", "model", "by", "group", "persons apart", "error"), groups),
    ]


def _last_year(back_test: Backtest) -> str:
    """Return which request of the year before the models see."""
    if back_test.last_year is None:
        return f"{back_test.year}: no request for {back_test.year - 1} was known on {day_in(back_test.day, 'en')}"
    request, day = figure_line(back_test.last_year, "en"), day_in(back_test.day, "en")
    return f"{back_test.year}, last year: {request}, the latest known on {day}"


def _against_last_year(back_test: Backtest) -> str:
    """Return whether the reference model is behind or ahead of last year's requests alone, and by how much."""
    if back_test.behind is None:
        return ""
    turn = "BEHIND" if back_test.behind > 0 else "ahead of" if back_test.behind < 0 else "level with"
    by = f" by {shown(abs(back_test.behind))}" if back_test.behind else ""
    return f"{back_test.year}: the reference model is {turn} last year's requests alone{by}"


def document(back_test: Backtest) -> dict[str, object]:
    """Return one back-test as a JSON document, fractions as text."""
    return {
        "year": back_test.year,
        "truth": back_test.truth,
        "total": back_test.total,
        "day": back_test.day.isoformat(),
        "last_year": told_document(back_test.last_year),
        "floor": back_test.floor,
        "reference_behind_last_year": None if back_test.behind is None else str(back_test.behind),
        "models": [
            {
                "model": tested.model,
                "error": distance_document(tested.error),
                "by_county": {name: distance_document(each) for name, each in tested.by_county.items()},
                "by_size": {name: distance_document(each) for name, each in tested.by_size.items()},
                "why_not": tested.why_not or None,
            }
            for tested in back_test.tested
        ],
    }
