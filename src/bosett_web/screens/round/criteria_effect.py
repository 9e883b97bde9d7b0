"""What criteria come to, as pages show it: side by side, who gets more and who fewer, and the edge of the floor."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bosett.documents.words import percent
from bosett.geography import municipalities
from bosett.parameters import CriteriaFile
from bosett.rounds.diagnose import CriterionWeights
from bosett.rounds.run_changes import NumberChange
from bosett.rounds.what_if import WhatIf
from bosett_web.screens import formats
from bosett_web.screens.charts import ChartPlace
from bosett_web.screens.round.number_changes import changes_in_words
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

Row = tuple[str, Sequence[tuple[str, str]]]
"""A row of the table: what it tells, and each column's heading with what it tells of it."""
MOST_DECIMALS = 2


def side_by_side(view: View, columns: Sequence[tuple[str, WhatIf | None]], *, likeness: bool = False) -> Iterator[Row]:
    """Yield the rows of the table of criteria: what each is, and what it comes to.

    Args:
        view: Whose page.
        columns: What is laid side by side with its heading, the criteria as they are first; None comes to nothing.
        likeness: Whether it is told how like the population each criterion is.
    """
    language, first = view.language, columns[0][1]
    known = [each for _, each in columns]

    def row(told_of: Sequence[str], words: str) -> Row:
        heads = [name for name, _ in columns]
        return words, tuple(zip(heads, told_of, strict=True))

    for code, what in _weights(known, language):
        weighed = [None if each is None else _weighed(each, code) for each in known]
        stated = ["–" if each is None else told_part(each.stated, language) for each in weighed]
        yield row(stated, say("criteria_row_stated", language, what=what))
        real = ["–" if each is None else percent(each.real, language) for each in weighed]
        yield row(real, say("criteria_row_real", language, what=what))
        if likeness:
            alike = ["–" if each is None else told_likeness(each, language) for each in weighed]
            yield row(alike, say("criteria_row_likeness", language, what=what))
    floors = [None if each is None else floor_of(each.file) for each in known]
    yield row(["–" if least is None else str(least) for least in floors], say("criteria_least", language))
    asked = ["–" if each is None else formats.number(each.asked) for each in known]
    yield row(asked, say("criteria_row_asked", language))
    moved = ["–" if each is None or first is None else formats.number(_moved(first, each)) for each in known]
    yield row(moved, say("criteria_row_moved", language))
    distances = [each.diagnosis.distance.part if each and each.diagnosis.distance else None for each in known]
    distant = ["–" if part is None else percent(part, language) for part in distances]
    yield row(distant, say("criteria_row_distance", language))
    unlike = ["–" if each is None else formats.number(each.diagnosis.pairs) for each in known]
    yield row(unlike, say("criteria_row_unlike", language))


def told_part(part: Fraction, language: str) -> str:
    """Return a part as per cent, with the decimals that it has, at most two."""
    digits = next((n for n in range(MOST_DECIMALS) if (part * 100 * 10**n).denominator == 1), MOST_DECIMALS)
    return percent(part, language, digits)


def told_likeness(each: CriterionWeights, language: str) -> str:
    """Return how like the population a criterion is."""
    if each.r2_population is None:
        return say("criterion_no_likeness", language)
    return percent(each.r2_population, language, 0)


def floor_of(file: CriteriaFile) -> int | None:
    """Return the fewest that a municipality is asked for, by the strictest criterion that says so; None without one."""
    floors = [each.bound.least for each in file.criteria if each.bound is not None and each.bound.least is not None]
    return max(floors, default=None)


def _weights(known: Sequence[WhatIf | None], language: str) -> Iterator[tuple[str, str]]:
    """Yield the weights of all that is laid side by side, each once, the newest first, with what each is called.

    One is called by its place among the criteria of the newest; one that is there no more by its wording.
    """
    files = [each.file for each in known if each is not None]
    newest = files[-1].criteria if files else ()
    places = {each.code: place for place, each in enumerate(newest, 1) if each.kind == "weight"}
    for code, place in places.items():
        yield code, say("criterion_place", language, number=place)
    gone = {each.code: each.wording[language] for file in files for each in file.criteria if each.kind == "weight"}
    yield from ((code, words) for code, words in gone.items() if code not in places)


def _weighed(each: WhatIf, code: str) -> CriterionWeights | None:
    return next((weight for weight in each.diagnosis.weighed if weight.criterion == code), None)


def _moved(now: WhatIf, new: WhatIf) -> int:
    """Return the persons who would be somewhere else."""
    codes = now.numbers.keys() | new.numbers.keys()
    return sum(abs(now.numbers.get(code, 0) - new.numbers.get(code, 0)) for code in codes) // 2


def changes_of(view: View, now: WhatIf, new: WhatIf, name: str, place: ChartPlace) -> Mapping[str, Any]:
    """Return who gets more and who fewer, the largest change first, in a table and on a map.

    Args:
        view: Whose page.
        now: What the criteria come to as they are.
        new: What others come to.
        name: What those are called.
        place: Where the files of the map are.
    """
    changes = (
        NumberChange(each.code, each.county, now.numbers.get(each.code, 0), new.numbers.get(each.code, 0))
        for each in municipalities(view.year)
    )
    heads = [say("criteria_now", view.language), name]
    title = say("criteria_map", view.language)
    return changes_in_words(changes, view.year, view.language, place, title, heads)
