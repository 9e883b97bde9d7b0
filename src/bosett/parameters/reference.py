"""Our reference model of any year: the written file of a year that has one, else the last one with its years moved.

The rule is a file, `data/reference/no.yaml`, read as every criteria file after its years, its day and its floor are put
in. What is put in stands in the model's id, so that the id alone gives the same model again. Source: docs/adr/0021.
"""

import re
from datetime import date
from importlib.resources import as_file, files

from bosett.basis.refusals import Refusal
from bosett.parameters.criteria import CriteriaFile, NoCriteria, criteria_file, load_written, shipped
from bosett.parameters.dated import least_request, round_day
from bosett.parameters.nodes import read

OURS = re.compile(
    r"no-([0-9]{4})-reference(?:-least-([1-9][0-9]{0,4}))?(?:-day-([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])))?"
)
"""The ids of our reference model: of a year, with the floor and the day that were given for it, if they were."""


class FloorInFile(Refusal):
    """A floor or a day is given for a year whose reference model is written, with both in it."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"no-{year}-reference has its floor and its day in its file. Give none, or write a file of your own."
        )
        self.year = year


def reference_id(year: int, least: int | None = None, day: date | None = None) -> str:
    """Return the id of our reference model for a year.

    Args:
        year: Settlement year.
        least: Fewest persons if asked at all, when whoever opens the round gives it.
        day: The day that the round is counted from, when it is another than that of every year.
    """
    floor = "" if least is None else f"-least-{least}"
    return f"no-{year}-reference{floor}" + ("" if day is None else f"-day-{day.isoformat()}")


def load_shipped(name: str) -> CriteriaFile:
    """Return the criteria of an id: a written file, or our reference model of a later year by the shipped rule.

    Raises:
        NoCriteria: There is none of that name.
        NotKnown: The model's floor is not known for its year, and the id gives none.
        FloorInFile: A floor or a day is given for a written year.
        BadRuleFile: The day is not before the settlement year.
    """
    ours = OURS.fullmatch(name)
    if ours is None or name in shipped():
        return load_written(name)
    year, least, day = int(ours[1]), ours[2], ours[3]
    if year <= last_written():
        if (least or day) and reference_id(year) in shipped():
            raise FloorInFile(year)
        raise NoCriteria(name)
    places = {
        "id": name,
        "year": str(year),
        "before": str(year - 1),
        "day": round_day(year, _day(day, name)).isoformat(),
        "least": str(least_request(year, None if least is None else int(least))),
    }
    with as_file(files("bosett") / "data" / "reference" / "no.yaml") as path:
        return criteria_file(read(path, places))


def last_written() -> int:
    """Return the last year whose reference model is written."""
    return max(int(ours[1]) for name in shipped() if (ours := OURS.fullmatch(name)))


def criteria_of_year(year: int, least: int | None = None, day: date | None = None) -> tuple[str, ...]:
    """Return the ids that a year can begin from: the written ones, and our reference model where it is not written."""
    named = tuple(name for name in shipped() if name.startswith(f"no-{year}-"))
    return named if year <= last_written() else (*named, reference_id(year, least, day))


def _day(text: str | None, name: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise NoCriteria(name) from None
