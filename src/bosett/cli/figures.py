"""`bosett figures`: fetch a table, read a file of figures, hold it against what is there, accept it, take it back."""

import argparse
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from bosett.basis.refusals import Exit, Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.cli.days import day
from bosett.cli.figure_fetching import EXAMPLE as FETCHING
from bosett.cli.figure_fetching import fetch, fetch_arguments
from bosett.cli.layers import figures_argument, layers_named
from bosett.cli.output import Cell, Listing, emit, format_arguments, persons, words
from bosett.figures import AcceptedVersion, Figure, FigureVersion, Layers, Status
from bosett.figures.catalogue import COLUMNS, column_of
from bosett.figures.compare import IMPLAUSIBLE, DifferenceKind, FigureComparison, FigureDifference, Row, compare, taken
from bosett.figures.kinds import Level
from bosett.geography import counties, municipalities
from bosett.sources.figure_folder import FigureFolder, accept_into, read_folder, take_back_in
from bosett.sources.figure_readers import READERS, FileFacts, wanted

EXAMPLE = "bosett figures accept requests.csv --as requested --year 2026 --on 2026-11-29 --by NN --into figures"
_TIME = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_NO_FILE = "cannot be read"


class NoTime(Refusal):
    """The time of a file is no year and no month."""

    def __init__(self, written: str) -> None:
        super().__init__(f"--year {written} is no time: give a year such as 2026, or a month such as 2026-02.")
        self.written = written


class FileNotRead(Refusal):
    """A file of figures cannot be opened."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} {_NO_FILE} ({why}). Check the name.")
        self.path = path


class NoStructure(Refusal):
    """There is no structure of this year, or the file tells of several times and none is named."""

    def __init__(self, what: str) -> None:
        years = ", ".join(str(each.value) for each in Structure)
        super().__init__(f"{what} Name the structure that the codes belong to with --structure: {years}.")


class ToBeLookedAt(Refusal):
    """Rows are implausible, and nobody has said that they were looked at."""

    def __init__(self, comparison: FigureComparison) -> None:
        counts = Counter(row.kind.value for row in comparison.implausible)
        listed = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        super().__init__(
            f"{len(comparison.implausible)} rows are to be looked at first ({listed}): see `bosett figures compare`. "
            "Then accept with --looked-at, or leave rows out with --except."
        )
        self.comparison = comparison


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's actions with their arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    fetch_arguments(_action(actions, "fetch", "fetch a publisher's table and save it as it came", FETCHING))
    read = _action(
        actions,
        "read",
        "read a file and say what is in it",
        "bosett figures read requests.csv --as requested --year 2026 --on 2026-11-29",
    )
    _file(read)
    format_arguments(read)
    comparing = _action(
        actions,
        "compare",
        "hold a file against what is there: new, changed, gone, implausible",
        "bosett figures compare requests.csv --as requested --year 2026 --on 2026-11-29 --figures figures",
    )
    _file(comparing)
    figures_argument(comparing)
    _national(comparing)
    format_arguments(comparing)
    accepted = _action(actions, "accept", "accept a file into a folder, all of it or row by row", EXAMPLE)
    _file(accepted)
    _national(accepted)
    accepted.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder of accepted figures")
    accepted.add_argument("--by", required=True, metavar="WHO", help="who accepts")
    some = accepted.add_mutually_exclusive_group()
    some.add_argument("--only", type=_codes, metavar="CODES", help="take only these places: codes with commas between")
    some.add_argument("--except", dest="without", type=_codes, metavar="CODES", help="take all but these places")
    accepted.add_argument(
        "--looked-at", action="store_true", help="what is implausible was looked at, and is taken too"
    )
    listed = _action(
        actions, "list", "list what a folder holds: in force and taken back", "bosett figures list figures"
    )
    listed.add_argument("folder", type=Path, metavar="DIR", help="folder of accepted figures")
    format_arguments(listed)
    back = _action(
        actions,
        "take-back",
        "take an accepted version back; it is kept, and no longer read",
        'bosett figures take-back 3 --into figures --on 2026-11-30 --by NN --why "of the wrong year"',
    )
    back.add_argument("number", type=int, metavar="NUMBER", help="number of the version, as in the list")
    back.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder of accepted figures")
    back.add_argument("--on", type=day, required=True, metavar="DAY", help="the day, such as 2026-11-29")
    back.add_argument("--by", required=True, metavar="WHO", help="who takes it back")
    back.add_argument("--why", required=True, metavar="TEXT", help="the reason")


def _action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, example: str
) -> argparse.ArgumentParser:
    return actions.add_parser(name, help=text, description=text, epilog=f"example: {example}")


def run(args: argparse.Namespace) -> Exit:
    """Do what was asked."""
    return ACTIONS[args.action](args)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the file of figures")
    parser.add_argument(
        "--as",
        dest="indicator",
        choices=tuple(COLUMNS),
        metavar="INDICATOR",
        help="the indicator (a plain file needs it; of others, all that they have)",
    )
    parser.add_argument(
        "--reader",
        choices=tuple(READERS),
        default="plain",
        help="form of the file (default: plain, a CSV of code, time, value, status)",
    )
    parser.add_argument(
        "--year", default="", metavar="TIME", help="year or month of rows that name none: 2026, 2026-02"
    )
    parser.add_argument(
        "--structure",
        type=int,
        metavar="YEAR",
        help="structure of the codes (default: in force on 1 January of the year; of a publisher's form the latest)",
    )
    parser.add_argument("--on", type=day, required=True, metavar="DAY", help="the day of today, such as 2026-11-29")
    parser.add_argument(
        "--published-on", type=day, metavar="DAY", help="when it was published, if the publisher says so"
    )
    parser.add_argument(
        "--known-on", type=day, metavar="DAY", help="from when it counts as known (default: published, else today)"
    )
    parser.add_argument("--publisher", metavar="WHO", help="who publishes it (default: as the catalogue has it)")
    parser.add_argument(
        "--dataset", metavar="NAME", help="what the publisher calls it (default: as the catalogue has it)"
    )
    parser.add_argument("--source", metavar="ADDRESS", help="where it is from (default: the name of the file)")


def _national(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--national", type=persons, metavar="N", help="published national total of --year, to hold the sum against"
    )


def _versions(args: argparse.Namespace) -> tuple[FigureVersion, ...]:
    if args.year and not _TIME.fullmatch(args.year):
        raise NoTime(args.year)
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise FileNotRead(args.file, error.strerror or "unknown") from None
    facts = FileFacts(
        indicator=args.indicator or "",
        time=args.year,
        structure=_structure(args),
        publisher=args.publisher or "",
        dataset=args.dataset or "",
        source=args.source or args.file.name,
        published_on=args.published_on,
        known_on=args.known_on,
        fetched_on=args.on,
    )
    return wanted(READERS[args.reader](content, facts), facts)


def _structure(args: argparse.Namespace) -> Structure:
    if args.structure is None:
        if args.year:
            return structure_of(int(args.year[:4]))
        if args.reader == "plain":
            raise NoStructure("The file tells its times itself.")
        return max(Structure)
    try:
        return Structure(args.structure)
    except ValueError:
        raise NoStructure(f"There is no structure of {args.structure}.") from None


def _read(args: argparse.Namespace) -> Exit:
    versions = _versions(args)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.indicator,
            time,
            len(by_code),
            *(_count(by_code.values(), status) for status in Status),
            _sum(by_code.values()),
        )
        for each in versions
        for time, by_code in each.figures.items()
    )
    columns = ("indicator", "time", "rows", *(status.value for status in Status), "sum")
    document = {"versions": [{**each.described(), "sha256": each.sha256} for each in versions]}
    notes = tuple(
        f"{each.indicator}: {each.publisher}, {each.dataset}; known from {each.known_on}" for each in versions
    )
    emit(args, [Listing(f"Read from {args.file.name}", columns, rows, notes)], document)
    return Exit.DONE


def _count(figures: Collection[Figure], status: Status) -> int:
    return sum(1 for figure in figures if figure.status is status)


def _sum(figures: Collection[Figure]) -> str:
    return str(sum(figure.value for figure in figures if figure.value is not None))


def _compare(args: argparse.Namespace) -> Exit:
    figures = layers_named(args)
    comparisons = [compare(each, figures, national=_given(args)) for each in _versions(args)]
    emit(
        args,
        [table for each in comparisons for table in _tables(each)],
        {"comparisons": [_document(each) for each in comparisons]},
    )
    return Exit.DONE


def _given(args: argparse.Namespace) -> dict[str, int] | None:
    return None if args.national is None or not args.year else {args.year: args.national}


def _tables(comparison: FigureComparison) -> list[Listing]:
    names = _names(comparison.version)
    counts = Counter(row.kind for row in comparison.rows)
    summary = tuple((kind.value, counts[kind]) for kind in DifferenceKind)
    tables = [
        Listing(
            f"{comparison.version.indicator} against what is there",
            ("what", "rows"),
            (*summary, ("same", comparison.same)),
        )
    ]
    for kind in DifferenceKind:
        rows = comparison.of(kind)
        if rows:
            tables.append(
                Listing(
                    kind.value,
                    ("time", "code", "place", "before", "after", "facts"),
                    tuple(
                        (
                            row.time,
                            row.code,
                            names.get(row.code, ""),
                            _shown(row.before),
                            _shown(row.after),
                            _facts(row),
                        )
                        for row in rows
                    ),
                )
            )
    return tables


def _names(version: FigureVersion) -> dict[str, str]:
    if column_of(version.indicator).level is Level.MUNICIPALITY:
        places = {place.code: place.display_name for place in municipalities(version.structure)}
    else:
        places = {place.code: place.name for place in counties(version.structure)}
    return {"00": "Norway", **places}


def _shown(figure: Figure | None) -> str:
    return "-" if figure is None else figure.status.value if figure.value is None else str(figure.value)


def _facts(row: FigureDifference) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.facts.items())


def _document(comparison: FigureComparison) -> dict[str, object]:
    return {
        **comparison.version.described(),
        "sha256": comparison.version.sha256,
        "same": comparison.same,
        "rows": [
            {
                "kind": row.kind.value,
                "time": row.time,
                "code": row.code,
                "before": _shown(row.before),
                "after": _shown(row.after),
                "facts": dict(row.facts),
            }
            for row in comparison.rows
        ],
    }


def _accept(args: argparse.Namespace) -> Exit:
    versions = _versions(args)
    there = read_folder(args.into) if args.into.exists() and any(args.into.iterdir()) else FigureFolder()
    figures = there.layers
    chosen = []
    # All are looked at before the first is written: none or all of a file are let in.
    for each in versions:
        rows = _rows(args, each, figures)
        comparison = compare(each, figures, national=_given(args))
        unseen = [
            row
            for row in comparison.of(*IMPLAUSIBLE)
            if rows is None or row.code == "00" or (row.time, row.code) in rows
        ]
        if unseen and not args.looked_at:
            raise ToBeLookedAt(FigureComparison(each, tuple(unseen), comparison.same))
        chosen.append(taken(each, figures, rows))
    for each in chosen:
        accepted = accept_into(args.into, each, on=args.on, by=args.by)
        left = f"; {len(each.kept)} figures stay as they were" if each.kept else ""
        words(f"accepted {accepted.sequence}: {each.indicator} {', '.join(each.figures)}, {accepted.sha256[:12]}{left}")
    return Exit.DONE


def _rows(args: argparse.Namespace, version: FigureVersion, figures: Layers) -> set[Row] | None:
    """Return what is taken: the rows of the named places, or all but those, or all."""
    if args.only is None and args.without is None:
        return None
    if args.only is not None:
        return {(time, code) for time in version.figures for code in args.only}
    every = {(row.time, row.code) for row in compare(version, figures).rows if row.kind is not DifferenceKind.SUM_OFF}
    every |= {(time, code) for time, by_code in version.figures.items() for code in by_code}
    return {(time, code) for time, code in every if code not in args.without}


def _list(args: argparse.Namespace) -> Exit:
    there = read_folder(args.folder)
    back = {each.of: each for each in there.taken_back}
    rows = tuple(
        (
            each.sequence,
            each.version.indicator,
            ", ".join(each.version.figures),
            each.version.structure.value,
            each.version.publisher,
            each.version.known_on.isoformat(),
            f"{each.accepted_on} {each.accepted_by}",
            f"taken back {back[each.sequence].on}: {back[each.sequence].why}" if each.sequence in back else "in force",
            each.sha256[:12],
        )
        for each in there.accepted
    )
    columns = ("number", "indicator", "time", "structure", "publisher", "known from", "accepted", "is", "sha256")
    document = {
        "layers": there.layers.sha256,
        "versions": [_listed(each, each.sequence not in back) for each in there.accepted],
    }
    emit(args, [Listing(f"Accepted figures in {args.folder}", columns, rows)], document)
    return Exit.DONE


def _listed(each: AcceptedVersion, in_force: bool) -> dict[str, object]:
    return {
        "number": each.sequence,
        **each.version.described(),
        "times": list(each.version.figures),
        "sha256": each.sha256,
        "accepted_on": each.accepted_on.isoformat(),
        "accepted_by": each.accepted_by,
        "in_force": in_force,
    }


def _take_back(args: argparse.Namespace) -> Exit:
    event = take_back_in(args.into, args.number, on=args.on, by=args.by, why=args.why)
    words(f"took back {event.of}: it is kept, and no longer read")
    return Exit.DONE


ACTIONS = {
    "fetch": fetch,
    "read": _read,
    "compare": _compare,
    "accept": _accept,
    "list": _list,
    "take-back": _take_back,
}
