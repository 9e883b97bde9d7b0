"""`bosett letter`: a letter from the shipped figures and what is told on the line, as text or as an accessible PDF."""

import argparse
import sys
from pathlib import Path

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Exit, Refusal
from bosett.cli.allocate import choice_arguments
from bosett.cli.days import day
from bosett.cli.letter_facts import content_of, forecast, signer, stop, when
from bosett.cli.output import persons, words
from bosett.documents.letters import Missing, letter_of, letter_text
from bosett.documents.letters.language import choose, forms_of
from bosett.documents.letters.names import DECIDERS_OF_TARGETS
from bosett.geography import municipality
from bosett.render.new_file import new_file

EXAMPLE = "bosett letter request 2021 4601 --lang nn --date 2020-10-30 --out letter.pdf"

KINDS = ("circular", "request", "not-asked", "sheet")

OPTIONS = {
    "day": "--date",
    "reference": "--reference",
    "signers": "--signer",
    "plan": "--plan",
    "resettlement_percent": "--resettlement-percent",
    "reception_goes_on": "--reception",
    "criteria_proposed": "--criteria-standing",
    "forecast_due": "--forecast-when",
    "targets_due": "--targets-when",
    "requests_due": "--letters-when",
    "meeting_due": "--meeting-when",
    "answer_to": "--contact",
    "contact": "--contact",
    "number": "--number",
    "recommendation": "--recommended, or --why there is none",
    "departure_reason": "--why",
    "decided_by": "--decided-by",
    "decided_on": "--decided-on",
    "forecast_low": "--forecast",
    "forecast_middle": "--forecast",
    "forecast_high": "--forecast",
    "forecast_publisher": "--forecast-by",
    "forecast_as_of": "--forecast-as-of",
    "deadline": "--deadline",
    "answer_way": "--answer-way",
}
"""What gives each fact that a letter may lack."""


class LackingFacts(Refusal):
    """The shipped figures do not know all that the letter must hold; the sentence names the options that tell it."""

    def __init__(self, missing: Missing) -> None:
        options = dict.fromkeys(OPTIONS[lack.code] for lack in missing.lacks if lack.code in OPTIONS)
        others = [str(lack) for lack in missing.lacks if lack.code not in OPTIONS]
        advice = f"give {'; '.join(options)}" if options else "these are not among the shipped figures"
        rest = f" ({', '.join(others)} cannot be given here)" if others else ""
        super().__init__(
            f"The letter ({missing.kind}) lacks what no shipped figure tells, and nothing is guessed: {advice}{rest}"
        )
        self.lacks = missing.lacks


class NoCode(Refusal):
    """The kind of letter is for one municipality or county, and none is named; or the other way round."""

    def __init__(self, kind: str, *, wanted: bool) -> None:
        who = "a county: add its two digits" if kind == "sheet" else "a municipality: add its four digits"
        super().__init__(f"A letter of kind {kind} is for {who}." if wanted else f"A letter of kind {kind} is for all.")
        self.kind = kind


class LanguageNotKnown(Refusal):
    """The receiver's language decision is not known."""

    def __init__(self, code: str, year: int) -> None:
        super().__init__(f"The language decision of {code} is not known for {year}, and is not guessed: give --lang")
        self.code, self.year = code, year


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=f"one of {', '.join(KINDS)}")
    parser.add_argument("year", type=int, metavar="YEAR", help="settlement year")
    parser.add_argument("code", nargs="?", metavar="CODE", help="municipality (request, not-asked) or county (sheet)")
    parser.add_argument(
        "--lang", choices=LANGUAGES, help="language (default: the receiver's own decision; nb for the circular)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="a PDF here (default: plain text to stdout)")
    choice_arguments(parser)
    _head(parser.add_argument_group("every letter"))
    _request(parser.add_argument_group("request and not-asked"))
    _circular(parser.add_argument_group("circular"))


def run(args: argparse.Namespace) -> Exit:
    """Make the letter and write it."""
    if (args.code is None) != (args.kind == "circular"):
        raise NoCode(args.kind, wanted=args.code is None)
    language = args.lang or _language(args)
    try:
        letter = letter_of(content_of(args), language)
    except Missing as missing:
        raise LackingFacts(missing) from None
    if args.out is None:
        sys.stdout.write(letter_text(letter))
        return Exit.DONE
    from bosett.render.typeset import typeset  # noqa: PLC0415  - only a PDF needs what sets type

    made = typeset(letter)
    with new_file(args.out) as beside:
        beside.write_bytes(made)
    words(f"wrote {args.out}")
    return Exit.DONE


def _language(args: argparse.Namespace) -> str:
    """Return the language of the receiver: its decision; of the circular bokmål."""
    if args.kind == "circular":
        return "nb"
    if args.kind != "sheet":
        municipality(args.code, args.year)
        chosen = choose(forms_of(args.year), "nb")[args.code]
        if chosen is not None:
            return chosen
    raise LanguageNotKnown(args.code, args.year)


def _head(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--date", type=day, metavar="DAY", help="date of the letter, such as 2020-05-19")
    group.add_argument("--reference", metavar="TEXT", help="case number")
    group.add_argument("--signer", type=signer, action="append", default=[], metavar="NAME,TITLE", help="who signs")
    group.add_argument(
        "--sender-line", action="append", default=[], metavar="TEXT", help="line of the sender's address"
    )
    group.add_argument(
        "--address-line", action="append", default=[], metavar="TEXT", help="line of the receiver's address"
    )
    group.add_argument("--contact", metavar="ADDRESS", help="where to write")


def _request(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--number", type=persons, metavar="N", help="persons asked for (default: the computed proposal)")
    group.add_argument(
        "--minors", metavar="N", help="unaccompanied minors among them: a number, or none (default: unknown)"
    )
    group.add_argument("--decided-by", metavar="WHO", help="who decided the number")
    group.add_argument("--decided-on", type=day, metavar="DAY", help="when")
    group.add_argument("--recommended", type=persons, metavar="N", help="what the county municipality recommended")
    group.add_argument("--recommended-on", type=day, metavar="DAY", help="when")
    group.add_argument("--why", metavar="TEXT", help="why another number, or why without a recommendation")
    group.add_argument(
        "--forecast", type=forecast, metavar="LOW,MIDDLE,HIGH", help="need of the whole country in persons"
    )
    group.add_argument("--forecast-by", metavar="WHO", help="who gives the forecast")
    group.add_argument("--forecast-as-of", type=day, metavar="DAY", help="what it rests on was known then")
    group.add_argument("--deadline", type=day, metavar="DAY", help="last day to answer")
    group.add_argument("--answer-way", metavar="TEXT", help='how to answer, such as "på e-post til post@imdi.no"')


def _circular(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--plan", type=persons, metavar="N", help="persons planned for in the running year (default: as published)"
    )
    group.add_argument(
        "--resettlement-percent", type=int, metavar="N", help="percent of them by resettlement (default: as published)"
    )
    group.add_argument(
        "--stopped",
        type=stop,
        action="append",
        default=[],
        metavar="STREAM:DAY[:DAY]",
        help="resettlement or reception, stopped since, until",
    )
    group.add_argument("--reception", choices=("goes-on", "halted"), help="settlement from reception centres")
    group.add_argument(
        "--situation", metavar="TEXT", help="what measures are against, such as spredning av koronaviruset"
    )
    group.add_argument("--criteria-standing", metavar="HOW", help="drafted, proposed, or the day of adoption")
    group.add_argument("--forecast-when", type=when, metavar="WHEN", help="2020-06-12, 2020-06, autumn-2020, ...")
    group.add_argument("--targets-when", type=when, metavar="WHEN", help="when the committee meets about the targets")
    group.add_argument(
        "--targets-by",
        choices=tuple(DECIDERS_OF_TARGETS),
        help="who decides the targets after the committee's advice (default: the committee decides them)",
    )
    group.add_argument("--letters-when", type=when, metavar="WHEN", help="when the municipalities get their letters")
    group.add_argument("--meeting-when", type=when, metavar="WHEN", help="when all counties meet: before-summer-2020")
    group.add_argument(
        "--capacity-by", type=day, metavar="DAY", help="until when to tell of capacity (default: any time)"
    )
    group.add_argument(
        "--information-by",
        type=day,
        metavar="DAY",
        help="until when to ask for information (default: before the meeting)",
    )
