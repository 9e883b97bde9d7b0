"""Trying other weights: what each choice does to each municipality, side by side, before anybody drafts anything.

What is tried stands in the address, so that it can be gone back from, and sent to others. The committee may keep it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.urls import reverse

from bosett.documents.words import percent
from bosett.geography import municipalities
from bosett.parameters import CriteriaChoice
from bosett.rounds.run_changes import NumberChange
from bosett.rounds.what_if import WhatIf
from bosett_web.queries.round.what_if import NotReckoned, reckoned
from bosett_web.screens import formats
from bosett_web.screens.charts import chart_at
from bosett_web.screens.round import alternatives
from bosett_web.screens.round.criteria_choice import Trying, address_of, code_of, trying
from bosett_web.screens.round.floor_edge import nearest
from bosett_web.screens.round.number_changes import changes_in_words
from bosett_web.screens.screen import View
from bosett_web.screens.words import say


def criteria_try(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who takes no part in the round.
    """
    tried = trying(view)
    if tried is None:
        return {"lacking": True}
    name, choice, whole = tried.name, tried.choice, tried.choice.whole

    def come_to(each: CriteriaChoice) -> WhatIf | None:
        try:
            return reckoned(name, view.day, view.at.figures, each, tried.total)
        except NotReckoned:
            return None

    now, new = come_to(tried.base), come_to(choice) if whole == 1 else None
    beside = [each for each in tried.beside if each not in (tried.base, choice)]
    columns = [(say("criteria_now", view.language), now)]
    columns += [
        (say("criteria_beside", view.language, number=place), come_to(each)) for place, each in enumerate(beside, 1)
    ]
    is_new = tried.is_other and new is not None
    if is_new:
        columns.append((say("criteria_this", view.language), new))
    here = reverse("criteria_try", args=[view.year])
    return {
        "form": tried.form,
        "total": tried.total,
        "is_other": tried.is_other,
        "off": "" if whole == 1 else percent(whole, view.language, 0),
        "impossible": whole == 1 and new is None,
        "heads": [name for name, _ in columns],
        "rows": [*_side_by_side(view, columns)],
        "beside": [code_of(each) for each in tried.beside],
        "lay_beside": f"{here}?{tried.query(choice)}" if is_new and tried.has_room_for(choice) else "",
        "here": here,
        "sensitivity": address_of(view, "criteria_sensitivity", tried) if now or new else "",
        **alternatives.of_page(view, tried),
        **(_changes(view, tried, now, new) if is_new and now is not None and new is not None else {}),
        **(nearest(view, new.edge, new.exact) if new is not None else {}),
    }


def _side_by_side(
    view: View, columns: Sequence[tuple[str, WhatIf | None]]
) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield the rows of the table of choices: what each is, and what it comes to."""
    language, first = view.language, columns[0][1]

    def row(code: str, told_of: Sequence[str], **facts: object) -> tuple[str, Sequence[tuple[str, str]]]:
        heads = [name for name, _ in columns]
        return say(code, language, **facts), tuple(zip(heads, told_of, strict=True))

    known = [each for _, each in columns]
    weights = [] if first is None else [code for code, _ in first.choice.weights]
    for place, code in enumerate(weights, 1):
        stated = ["–" if each is None else percent(dict(each.choice.weights)[code], language, 0) for each in known]
        real = ["–" if each is None else percent(_real(each, code), language) for each in known]
        yield row("criteria_row_stated", stated, number=place)
        yield row("criteria_row_real", real, number=place)
    yield row(
        "criteria_least",
        ["–" if each is None or each.choice.least is None else str(each.choice.least) for each in known],
    )
    yield row("criteria_row_asked", ["–" if each is None else formats.number(each.asked) for each in known])
    moved = ["–" if each is None or first is None else formats.number(_moved(first, each)) for each in known]
    yield row("criteria_row_moved", moved)
    distances = [each.diagnosis.distance.part if each and each.diagnosis.distance else None for each in known]
    yield row("criteria_row_distance", ["–" if part is None else percent(part, language) for part in distances])
    yield row("criteria_row_unlike", ["–" if each is None else formats.number(each.diagnosis.pairs) for each in known])


def _real(each: WhatIf, code: str) -> Fraction:
    return next(weight.real for weight in each.diagnosis.weighed if weight.criterion == code)


def _moved(now: WhatIf, new: WhatIf) -> int:
    """Return the persons who would be somewhere else."""
    codes = now.numbers.keys() | new.numbers.keys()
    return sum(abs(now.numbers.get(code, 0) - new.numbers.get(code, 0)) for code in codes) // 2


def _changes(view: View, tried: Trying, now: WhatIf, new: WhatIf) -> Mapping[str, Any]:
    """Return who gets more and who fewer, the largest change first, in a table and on a map."""
    changes = (
        NumberChange(place.code, place.county, now.numbers.get(place.code, 0), new.numbers.get(place.code, 0))
        for place in municipalities(view.year)
    )
    heads = [say("criteria_now", view.language), say("criteria_this", view.language)]
    # What is tried, also where a form that was refused carries it and the address does not.
    place = replace(chart_at(view, "criteria_try", "changes"), query=f"?{tried.query()}")
    title = say("criteria_map", view.language)
    return changes_in_words(changes, view.year, view.language, place, title, heads)
