"""What a round needs and does not have: each figure by name and time, with where it is published and how to get it."""

from dataclasses import dataclass
from datetime import date

from bosett.basis.structures import structure_of
from bosett.figures import (
    SHIPPED,
    Indicator,
    Layers,
    Level,
    NoFigures,
    Publication,
    UnknownIndicator,
    indicators,
    national_totals,
    series,
)
from bosett.parameters import BadRuleFile, CriteriaFile, Reading
from bosett.stages.criteria import readings_of

TOTAL = "national_requested_first"
"""The indicator that a year's first national request is accepted under."""


@dataclass(frozen=True, slots=True)
class NeededFigure:
    """A figure that a round needs and that is neither shipped nor accepted, or was not known on its day.

    Attributes:
        indicator: Name of the indicator.
        time: Year or month.
        title: The indicator in English words.
        level: Whether it is by municipality, by county or of the whole country.
        where: Where it is published.
        known_on: None when there is none; else the day, after that of the run, from which it counts as known.
        line: Line of the criteria file that asks for it; None for the total.
        only_if_there: Whether the criterion is left without its weight, and the round goes on, when it lacks.
    """

    indicator: str
    time: str
    title: str
    level: Level
    where: Publication
    known_on: date | None
    line: int | None
    only_if_there: bool

    @property
    def clause(self) -> str:
        """Return it in one clause: what, when, and where it is published."""
        by = "of the whole country" if self.level is Level.COUNTRY else f"by {self.level.value}"
        where = f"{self.where.publisher}, {self.where.dataset}, {self.where.address}"
        return f"{self.indicator} {self.time} ({self.title}, {by}; {where})"


class FiguresNeeded(BadRuleFile):
    """Figures that a round needs are neither shipped nor accepted."""

    def __init__(self, file: CriteriaFile, needed: tuple[NeededFigure, ...]) -> None:
        listed = "; ".join(each.clause for each in needed)
        count = f"{len(needed)} figures are lacking" if len(needed) > 1 else "a figure is lacking"
        total = " The total can be named with --total instead." if any(each.line is None for each in needed) else ""
        super().__init__(
            file.file,
            next((each.line for each in needed if each.line is not None), None),
            f"{count} for {file.year}: {listed}. Read the file of each with `bosett figures read FILE --as INDICATOR "
            f"--year TIME`, accept it with `bosett figures accept ... --into DIR`, and give --figures DIR.{total}",
        )
        self.needed = needed


def needed_figures(
    file: CriteriaFile, figures: Layers = SHIPPED, *, total_named: bool = False
) -> tuple[NeededFigure, ...]:
    """Return every figure that a round by these criteria needs and does not have, in the order of the file.

    Args:
        file: The criteria.
        figures: What is accepted above the shipped figures.
        total_named: Whether the total is given, so that the first national request is not needed.

    Raises:
        UnknownIndicator: The criteria read what the catalogue does not have.
    """
    needed: dict[tuple[str, str], NeededFigure] = {}
    for criterion in file.criteria:
        for reading in readings_of(criterion):
            need = _need(reading, file, figures, only_if_there=bool(criterion.why_not))
            if need is not None:
                needed.setdefault((need.indicator, need.time), need)
    if not total_named and not national_totals("requested_first", file.year, figures=figures):
        described = indicators(figures)[TOTAL]
        needed[TOTAL, str(file.year)] = _described(described, str(file.year), None, None, only_if_there=False)
    return tuple(needed.values())


def refuse_lacking(file: CriteriaFile, figures: Layers = SHIPPED, *, total_named: bool = False) -> None:
    """Refuse criteria whose figures are not there, before anything is computed; all that lack are named at once.

    A figure that is there and was known too late, and a total that alone lacks, are refused where they are read.

    Raises:
        FiguresNeeded: Figures are neither shipped nor accepted.
    """
    lacking = tuple(
        each
        for each in needed_figures(file, figures, total_named=total_named)
        if each.known_on is None and not each.only_if_there
    )
    if any(each.line is not None for each in lacking):
        raise FiguresNeeded(file, lacking)


def _need(reading: Reading, file: CriteriaFile, figures: Layers, *, only_if_there: bool) -> NeededFigure | None:
    known = indicators(figures)
    if reading.indicator not in known:
        raise BadRuleFile(file.file, reading.line, str(UnknownIndicator(reading.indicator)))
    described = known[reading.indicator]
    structure = structure_of(file.year) if described.level is Level.COUNTY else None
    time = str(reading.year) if reading.month is None else f"{reading.year}-{reading.month:02}"
    try:
        there = series(
            reading.indicator, reading.year, month=reading.month, structure=structure, day=file.day, figures=figures
        )
    except NoFigures:
        return _described(described, time, None, reading.line, only_if_there=only_if_there)
    if there.known_on > file.day:
        return _described(described, time, there.known_on, reading.line, only_if_there=only_if_there)
    return None


def _described(
    described: Indicator, time: str, known_on: date | None, line: int | None, *, only_if_there: bool
) -> NeededFigure:
    return NeededFigure(
        indicator=described.name,
        time=time,
        title=described.title,
        level=described.level,
        where=described.where,
        known_on=known_on,
        line=line,
        only_if_there=only_if_there,
    )
