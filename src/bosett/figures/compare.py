"""A version of figures held against what is there: what is new, gone, changed and implausible, place by place.

Nothing is let in here. What a person takes, all of it or row by row, becomes the version that may be accepted.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.basis.refusals import CodedRefusal
from bosett.figures.catalogue import IndicatorColumn, column_of
from bosett.figures.cells import MISSING
from bosett.figures.kinds import Figure, Level, Series, Status
from bosett.figures.layers import SHIPPED, Layers
from bosett.figures.series import COUNTRY, PLACE_UNKNOWN, NoFigures, codes_of, country, series
from bosett.figures.totals import national_totals
from bosett.figures.versions import FigureVersion

Row = tuple[str, str]
"""Time and code."""


class DifferenceKind(StrEnum):
    """What is to be said of a row, or of a whole time."""

    NEW = "new"
    """There was no figure."""
    CHANGED = "changed"
    """There was another figure, or another reason for none."""
    GONE = "gone"
    """There was a figure, and the version has none."""
    JUMP = "jump"
    """It differs from what was there, or from the year before, beyond the indicator's ratio and number."""
    HIDDEN_TURNED_ZERO = "hidden_turned_zero"
    """What was hidden is a 0 now: hidden and nobody are two things."""
    FOREIGN_CODE = "foreign_code"
    """The code is none of the structure: it cannot be taken."""
    SUM_OFF = "sum_off"
    """The sum does not fit the published national total."""


PLAIN = (DifferenceKind.NEW, DifferenceKind.CHANGED, DifferenceKind.GONE)
IMPLAUSIBLE = tuple(kind for kind in DifferenceKind if kind not in PLAIN)


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One row of a comparison.

    Attributes:
        kind: What is to be said.
        time: Year or month.
        code: The place; `00` for what is said of the whole country.
        before: The figure that stood, or None.
        after: The figure of the version, or None.
        facts: For a jump `against` (the time it is held against), `ratio` and `number` (the indicator's); for a sum
            `sum`, `total` and `without` (how many places have no number).
    """

    kind: DifferenceKind
    time: str
    code: str
    before: Figure | None
    after: Figure | None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> Fraction:
        """Return how far apart the two are, what has no number counting as 0."""
        return abs(_number(self.after) - _number(self.before))


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """A version against what was there.

    Attributes:
        version: The version.
        rows: Every difference: by kind, then the largest first, then by time and code.
        same: How many figures are as they were.
    """

    version: FigureVersion
    rows: tuple[FigureDifference, ...]
    same: int

    def of(self, *kinds: DifferenceKind) -> tuple[FigureDifference, ...]:
        """Return the rows of some kinds, in their order."""
        return tuple(row for row in self.rows if row.kind in kinds)

    @property
    def implausible(self) -> tuple[FigureDifference, ...]:
        """Return the rows that a person must look at before the version is accepted."""
        return self.of(*IMPLAUSIBLE)


class ForeignCodes(CodedRefusal):
    """A version has codes that are none of its structure."""

    def __init__(self, version: FigureVersion, codes: tuple[str, ...]) -> None:
        named = ", ".join(codes[:5]) + (f" and {len(codes) - 5} more" if len(codes) > 5 else "")
        super().__init__(
            f"{named}: no {column_of(version.indicator).level.value} of {version.structure.value} has this code. "
            "Name the structure that the figures belong to, or leave these rows out.",
            "untaken_codes",
            {"named": list(codes), "year": version.structure.value},
        )
        self.codes = codes


class UnknownRows(CodedRefusal):
    """A row that is to be taken is none of the version."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        named = ", ".join(f"{code} in {time}" for time, code in rows[:5])
        super().__init__(
            f"{named}: there is nothing to take. Name codes and times of the comparison.",
            "untaken_rows",
            {"named": [f"{code} {time}" for time, code in rows]},
        )
        self.rows = rows


class NothingTaken(CodedRefusal):
    """No row of a version is taken."""

    def __init__(self) -> None:
        super().__init__("No row is taken, so there is nothing to accept. Take one at least.", "untaken_all")


def compare(
    version: FigureVersion, figures: Layers = SHIPPED, *, national: Mapping[str, int] | None = None
) -> FigureComparison:
    """Hold a version against what stands in the layers.

    Args:
        version: What was read.
        figures: What is there: shipped, and accepted above it.
        national: Published national totals by time, to hold sums against; where none is given, those in the layers.

    Raises:
        UnknownIndicator: The catalogue has no such indicator.
    """
    column = column_of(version.indicator)
    rows: list[FigureDifference] = []
    same = 0
    for time in version.figures:
        before, after = figures_below(version, time, figures), version.figures[time]
        same += sum(1 for code in _known(version) & after.keys() if after[code] == before.get(code, MISSING))
        rows += _plain(version, time, before)
        rows += _jumps(version, time, before, column, figures)
        rows += [
            FigureDifference(DifferenceKind.HIDDEN_TURNED_ZERO, time, code, before[code], figure)
            for code, figure in after.items()
            if figure.value == 0 and code in before and before[code].status is Status.HIDDEN
        ]
        rows += [
            FigureDifference(DifferenceKind.FOREIGN_CODE, time, code, None, after[code])
            for code in _foreign(version, time)
        ]
        rows += _sums(version, time, column, national, figures)
    order = {kind: place for place, kind in enumerate(DifferenceKind)}
    return FigureComparison(
        version, tuple(sorted(rows, key=lambda row: (order[row.kind], -row.size, row.time, row.code))), same
    )


def taken(version: FigureVersion, figures: Layers = SHIPPED, rows: Collection[Row] | None = None) -> FigureVersion:
    """Return the version that may be accepted: every code of its structure, with what was taken of it.

    Args:
        version: What was read.
        figures: What is there.
        rows: Time and code of what is taken; None takes all. A row that is not taken stays as it was, and the version
            names it in `kept`; where there was no figure it is missing. A place that the version says nothing of
            becomes missing when all is taken, or when its row is.

    Raises:
        ForeignCodes: A code that is taken is none of the structure.
        UnknownRows: A row is neither in the version nor in what is there.
        NothingTaken: No row is taken.
    """
    codes, chosen = _known(version), None if rows is None else set(rows)
    foreign = {(time, code) for time in version.figures for code in _foreign(version, time)}
    if refused := sorted({code for time, code in foreign if chosen is None or (time, code) in chosen}):
        raise ForeignCodes(version, tuple(refused))
    if chosen is not None:
        if unknown := sorted(row for row in chosen if row[0] not in version.figures or row[1] not in codes):
            raise UnknownRows(tuple(unknown))
        if not chosen:
            raise NothingTaken
    whole: dict[str, dict[str, Figure]] = {}
    kept: list[Row] = []
    known_on = version.known_on
    for time, by_code in version.figures.items():
        before = figures_below(version, time, figures)
        whole[time] = {}
        for code in sorted(codes):
            if chosen is None or (time, code) in chosen or by_code.get(code, MISSING) == before.get(code, MISSING):
                whole[time][code] = by_code.get(code, MISSING)
            else:
                whole[time][code] = before.get(code, MISSING)
                kept.append((time, code))
                known_on = max(known_on, _known_on(version, time, figures, known_on))
    return replace(version, figures=whole, kept=(*version.kept, *kept), known_on=known_on)


def figures_below(version: FigureVersion, time: str, figures: Layers) -> dict[str, Figure]:
    """Return what stands for a version's indicator and structure at a time, by code; empty when nothing does."""
    column = column_of(version.indicator)
    if column.level is Level.COUNTRY:
        totals = {each.value for each in national_totals(column.measure, int(time[:4]), column.group, figures=figures)}
        return {COUNTRY: Figure(totals.pop(), Status.OK)} if len(totals) == 1 else {}
    try:
        below = dict(_series(version, time, figures).figures)
    except NoFigures:
        return {}
    if column.level is Level.COUNTY:
        below[COUNTRY] = country(version.indicator, int(time[:4]), month=_month(time), figures=figures)
    return below


def _series(version: FigureVersion, time: str, figures: Layers) -> Series:
    structure = version.structure
    return series(version.indicator, int(time[:4]), month=_month(time), structure=structure, figures=figures)


def _month(time: str) -> int | None:
    return int(time[5:]) if len(time) > 4 else None


def _known_on(version: FigureVersion, time: str, figures: Layers, otherwise: date) -> date:
    """Return since when the figures that stay are known."""
    if column_of(version.indicator).level is Level.COUNTRY:
        return otherwise
    try:
        return _series(version, time, figures).known_on
    except NoFigures:
        return otherwise


def _known(version: FigureVersion) -> frozenset[str]:
    """Return the codes that a version may have: of a county's figures that of the whole country too."""
    level = column_of(version.indicator).level
    codes = codes_of(version.structure, level)
    return codes | {COUNTRY} if level is Level.COUNTY else codes


def _foreign(version: FigureVersion, time: str) -> list[str]:
    allowed = _known(version) | {PLACE_UNKNOWN}
    return sorted(code for code in version.figures[time] if code not in allowed)


def _plain(version: FigureVersion, time: str, before: Mapping[str, Figure]) -> Iterator[FigureDifference]:
    after = version.figures[time]
    for code in sorted(_known(version) & {*before, *after}):
        old, new = before.get(code, MISSING), after.get(code, MISSING)
        if old == new:
            continue
        if old.status is Status.MISSING:
            kind = DifferenceKind.NEW
        elif new.status is Status.MISSING:
            kind = DifferenceKind.GONE
        else:
            kind = DifferenceKind.CHANGED
        yield FigureDifference(kind, time, code, before.get(code), after.get(code))


def _jumps(
    version: FigureVersion, time: str, before: Mapping[str, Figure], column: IndicatorColumn, figures: Layers
) -> Iterator[FigureDifference]:
    """Yield what differs much: from what stood, or where nothing did from the same month or year the year before."""
    against, other = time, before
    if not any(figure.value is not None for figure in before.values()):
        against = f"{int(time[:4]) - 1}{time[4:]}"
        other = version.figures.get(against) or figures_below(version, against, figures)
    for code, figure in version.figures[time].items():
        old = other.get(code)
        if old is None or old.value is None or figure.value is None:
            continue
        less, more = sorted((Fraction(old.value), Fraction(figure.value)))
        if more - less > column.jump.number and more > less * column.jump.ratio:
            facts = {"against": against, "ratio": str(column.jump.ratio), "number": str(column.jump.number)}
            yield FigureDifference(DifferenceKind.JUMP, time, code, old, figure, facts)


def _sums(
    version: FigureVersion, time: str, column: IndicatorColumn, national: Mapping[str, int] | None, figures: Layers
) -> Iterator[FigureDifference]:
    """Yield a sum that does not fit: too large, or not equal though no place lacks a number."""
    if column.level is Level.COUNTRY or column.unit == "percent":
        return
    by_code = {code: figure for code, figure in version.figures[time].items() if code != COUNTRY}
    total = _total(version, time, column, national, figures)
    if total is None:
        return
    added = sum((Fraction(figure.value) for figure in by_code.values() if figure.value is not None), Fraction(0))
    without = sum(1 for figure in by_code.values() if figure.status in {Status.HIDDEN, Status.MISSING})
    without += len(codes_of(version.structure, column.level) - by_code.keys())
    if added > total or (added < total and not without):
        facts = {"sum": str(added), "total": str(total), "without": str(without)}
        yield FigureDifference(DifferenceKind.SUM_OFF, time, COUNTRY, None, None, facts)


def _total(
    version: FigureVersion, time: str, column: IndicatorColumn, national: Mapping[str, int] | None, figures: Layers
) -> Fraction | None:
    if national is not None and time in national:
        return Fraction(national[time])
    own = version.figures[time].get(COUNTRY)
    if own is not None and own.value is not None:
        return Fraction(own.value)
    if not column.measure or len(time) > 4:
        return None
    totals = {each.value for each in national_totals(column.measure, int(time), column.group, figures=figures)}
    return Fraction(totals.pop()) if len(totals) == 1 else None


def _number(figure: Figure | None) -> Fraction:
    return Fraction(0) if figure is None or figure.value is None else Fraction(figure.value)
