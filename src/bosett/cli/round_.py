"""`bosett round`: the whole country's round, printed per county, with a workbook and an explained page."""

import argparse
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.cli.allocate import criteria_of, round_arguments, tables
from bosett.cli.output import as_text, words
from bosett.documents.explanation import Section, sections
from bosett.render.page import write_round_page
from bosett.render.workbook import write_round_workbook
from bosett.rounds.explanation import Explanation, explain_all
from bosett.rounds.kinds import Mode
from bosett.rounds.run import compute
from bosett.words import LANGUAGES

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
    parser.add_argument("--lang", choices=LANGUAGES, default="nb", help="language of the files (default: nb)")


def run(args: argparse.Namespace) -> Exit:
    """Compute, print and write."""
    criteria, mode = criteria_of(args), Mode(args.mode)
    found = compute(args.year, total=args.total, criteria=criteria, mode=mode)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(args.out, error.strerror or "unknown") from None
    print(as_text(tables(found)[0]), end="")  # noqa: T201  - data goes to stdout
    words("explaining every number ...")
    explained = explain_all(args.year, total=args.total, criteria=criteria, mode=mode)
    told = {code: _told(each, args.lang) for code, each in explained.items()}
    workbook, page = args.out / f"bosett-{args.year}.xlsx", args.out / f"bosett-{args.year}.html"
    write_round_workbook(found, workbook, language=args.lang)
    write_round_page(found, page, explanations=told, language=args.lang)
    words(f"wrote {workbook} and {page}")
    return Exit.DONE


def _told(found: Explanation, language: str) -> tuple[Section, ...]:
    """Return the sections with a heading: what stands before them, the page says once for all."""
    whole = sections(found, language)[1]
    return tuple(section for section in whole if section.heading) or whole
