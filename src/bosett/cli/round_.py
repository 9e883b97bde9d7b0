"""`bosett round`: the whole country's round, printed per county, with a workbook and an explained page."""

import argparse
from datetime import date
from pathlib import Path

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Exit, Refusal
from bosett.basis.structures import structure_of
from bosett.cli.allocate import criteria_chosen, round_arguments, tables
from bosett.cli.layers import layers_named
from bosett.cli.output import as_text, words
from bosett.documents.explanation import Section, sections
from bosett.render.page import write_round_page
from bosett.render.workbook import write_round_workbook
from bosett.rounds.explanation import Explanation, explain_all
from bosett.rounds.kinds import Mode
from bosett.rounds.run import compute
from bosett.sources.fetching import Fetched, from_file
from bosett.sources.kartverket import read_borders

EXAMPLE = "bosett round 2021 --out out"


class NoFolder(Refusal):
    """The folder for the files cannot be made."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder} cannot be made a folder ({why}). Name another with --out.")
        self.folder = folder


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    round_arguments(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("out"), metavar="FOLDER", help="where the files go (default: out)"
    )
    parser.add_argument(
        "--borders", type=Path, metavar="FILE", help="GeoJSON of the municipalities, for a map of the real borders too"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language of the files (default: nb)")


def run(args: argparse.Namespace) -> Exit:
    """Compute, print and write."""
    criteria, mode, figures = criteria_chosen(args), Mode(args.mode), layers_named(args)
    borders = None if args.borders is None else read_borders(_saved(args.borders), structure_of(args.year))
    proposal = compute(args.year, total=args.total, criteria=criteria, mode=mode, figures=figures)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(args.out, error.strerror or "unknown") from None
    print(as_text(tables(proposal)[0]), end="")  # noqa: T201  - data goes to stdout
    words("explaining every number ...")
    explained = explain_all(args.year, total=args.total, criteria=criteria, mode=mode, figures=figures)
    explanations = {code: _told(each, args.lang) for code, each in explained.items()}
    workbook, page = args.out / f"bosett-{args.year}.xlsx", args.out / f"bosett-{args.year}.html"
    write_round_workbook(proposal, workbook, language=args.lang)
    write_round_page(proposal, page, explanations=explanations, language=args.lang, borders=borders)
    words(f"wrote {workbook} and {page}")
    return Exit.DONE


def _saved(path: Path) -> Fetched:
    return from_file(path, date.today())  # noqa: DTZ011  - the day that is told beside a saved file


def _told(explanation: Explanation, language: str) -> tuple[Section, ...]:
    """Return the sections with a heading: what stands before them, the page says once for all."""
    whole = sections(explanation, language)[1]
    return tuple(section for section in whole if section.heading) or whole
