"""Our reference model of any year: the written file of a year that has one, else the last one with its years moved.

The rule is a file, `data/reference/no.yaml`, read as every criteria file after its years, its day and its floor are put
in. What is put in stands in the model's id, so that the id alone gives the same model again. Source: docs/adr/0021.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import as_file, files

from bosett.basis.refusals import Refusal
from bosett.parameters.choice import CriteriaChoice, choice_of, chosen
from bosett.parameters.criteria import (
    CriteriaFile,
    Criterion,
    NoCriteria,
    criteria_file,
    in_languages,
    load_as_shipped,
    shipped,
)
from bosett.parameters.dated import NotKnown, least_request, round_day
from bosett.parameters.nodes import read
from bosett.parameters.written import WRITTEN, load_from_shelf

OURS = re.compile(
    r"no-([0-9]{4})-reference(?:-least-([1-9][0-9]{0,4}))?(?:-day-([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])))?"
)
"""The ids of our reference model: of a year, with the floor and the day that were given for it, if they were."""
CHOSEN = re.compile(
    rf"(?P<model>{OURS.pattern})-weights-(?P<weights>[0-9]{{1,3}}(?:-[0-9]{{1,3}})*)(?:-floor-(?P<floor>[0-9]{{1,3}}))?"
)
"""The ids of our reference model with weights in whole per cent, in the order of the model, and a floor."""
PER_CENT = 100


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


class NoIdOfChoice(Refusal):
    """A choice has no id: it is of other criteria than our reference model, or in no whole per cent."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Weights of {name} cannot be put into an id. Choose weights of our reference model, in whole per cent."
        )
        self.name = name


def chosen_id(name: str, choice: CriteriaChoice) -> str:
    """Return the id of our reference model with weights and a floor that were chosen.

    Args:
        name: The model's id, or one of a choice that was made of it.
        choice: Weights in whole per cent, in the order of the model, and its floor.

    Raises:
        NoIdOfChoice: It is no choice of our reference model, or not in whole per cent.
    """
    model = base_id(name)
    parts = [PER_CENT * weight for _, weight in choice.weights]
    if OURS.fullmatch(model) is None or any(part.denominator != 1 for part in parts):
        raise NoIdOfChoice(name)
    floor = "" if choice.least is None else f"-floor-{choice.least}"
    return f"{model}-weights-{'-'.join(map(str, parts))}{floor}"


def base_id(name: str) -> str:
    """Return the id of the criteria that weights and a floor were chosen of; of others their own."""
    of_choice = CHOSEN.fullmatch(name)
    return name if of_choice is None else of_choice["model"]


def load_shipped(name: str) -> CriteriaFile:
    """Return the criteria of an id: a shipped file, our reference model by the shipped rules, or a written rule.

    The model is that of a later year, or has other weights and another floor that somebody has chosen. A written rule
    is its id's content, wherever it lies.

    Raises:
        NoCriteria: There is none of that name.
        NotKnown: The model's floor is not known for its year, and the id gives none.
        FloorInFile: A floor or a day is given for a written year.
        BadRuleFile: The day is not before the settlement year.
    """
    if WRITTEN.fullmatch(name):
        return load_from_shelf(name)
    if of_choice := CHOSEN.fullmatch(name):
        return _chosen(name, of_choice)
    ours = OURS.fullmatch(name)
    if ours is None or name in shipped():
        return load_as_shipped(name)
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


def model_of(year: int, least: int | None = None) -> CriteriaFile:
    """Return our reference model of a year, with the floor of 1 where no floor is known or given.

    It is what other criteria of the year take day, tie rule and split from.

    Raises:
        NoCriteria: There is none.
    """
    try:
        return load_shipped(reference_id(year, least))
    except FloorInFile:
        return load_shipped(reference_id(year))
    except NotKnown:
        return load_shipped(reference_id(year, 1))


def _chosen(name: str, asked: re.Match[str]) -> CriteriaFile:
    """Return our reference model with other weights and another floor; each such rule has one id."""
    file, floor = load_shipped(asked["model"]), asked["floor"]
    own, parts = choice_of(file), asked["weights"].split("-")
    if own is None or len(parts) != len(own.weights):
        raise NoCriteria(name)
    weights = tuple((code, Fraction(part) / PER_CENT) for (code, _), part in zip(own.weights, parts, strict=True))
    choice = CriteriaChoice(weights, None if floor is None else int(floor))
    is_floored = own.least is not None
    fits = choice.whole == 1 and choice != own and is_floored == (choice.least is not None) and choice.least != 0
    if not fits or chosen_id(name, choice) != name:
        raise NoCriteria(name)
    with as_file(files("bosett") / "data" / "reference" / "choice.yaml") as path:
        words = read(path).fields(("title", "title_with_floor", "source", "floor"))
    facts, changed = {"weights": "/".join(parts), "least": floor}, chosen(file, choice)
    titles = in_languages(words["title_with_floor" if is_floored else "title"])
    floors = {} if choice.least == own.least else in_languages(words["floor"])
    of_floor = {language: text.format(**facts) for language, text in floors.items()}
    return replace(
        changed,
        id=name,
        title={language: text.format(title=file.title[language], **facts) for language, text in titles.items()},
        criteria=tuple(_told(each, of_floor, words["source"].text()) for each in changed.criteria),
    )


def _told(each: Criterion, floor: Mapping[str, str], source: str) -> Criterion:
    """Return a criterion that says the floor that it has, where that is another than the model's."""
    is_floor = each.bound is not None and each.bound.least is not None
    return replace(each, wording=floor, source=source) if floor and is_floor else each


def _day(text: str | None, name: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise NoCriteria(name) from None
