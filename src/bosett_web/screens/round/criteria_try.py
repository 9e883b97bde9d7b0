"""Trying other weights: what each choice does to each municipality, side by side, before anybody drafts anything.

What is tried stands in the address, so that it can be gone back from, and sent to others. Nothing is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from bosett.documents.criteria import open_criterion
from bosett.documents.words import percent
from bosett.geography import municipalities
from bosett.parameters import CriteriaChoice, CriteriaFile, choice_of
from bosett.rounds.parties import CENTRAL_OR_COUNTY
from bosett.rounds.run_changes import NumberChange
from bosett.rounds.what_if import WhatIf
from bosett_web.queries.round.criteria import OF
from bosett_web.queries.round.what_if import NotReckoned, reckoned, rules_on
from bosett_web.screens import formats
from bosett_web.screens.fields import NumberField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.need.forms import WHOLE, SliderField
from bosett_web.screens.round.number_changes import changes_in_words
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOST_BESIDE = 3
"""Choices that are kept beside the one that is tried."""
MOST_FLOOR = 100


class TryForm(PageForm):
    """Weights in per cent, and the fewest that a municipality is asked for."""

    least = NumberField("criteria_least")

    def fit(self, file: CriteriaFile, choice: CriteriaChoice, language: str) -> None:
        """Add a slider for each weight; without a floor in the file there is none to change."""
        wordings = {each.code: open_criterion(each).wording for each in file.criteria}
        floor = self.fields.pop("least")
        for place, (code, weight) in enumerate(choice.weights, 1):
            name = field_of(code)
            self.add(name, SliderField("criterion", most=WHOLE, percent=True))
            wording = wordings[code].get(language) or wordings[code]["nb"]
            self.call(name, say("criterion_named", language, number=place, words=wording))
            self.initial.setdefault(name, round(WHOLE * weight))
        if choice.least is not None:
            self.fields["least"] = floor
            self.initial.setdefault("least", choice.least)

    def choice(self, base: CriteriaChoice) -> CriteriaChoice:
        """Return what is chosen; a field that is left empty is as it was."""
        weights = []
        for code, weight in base.weights:
            number = self.number_of(field_of(code))
            weights.append((code, weight if number is None else Fraction(number, WHOLE)))
        least = self.number_of("least") if "least" in self.fields else None
        return CriteriaChoice(tuple(weights), base.least if least is None else max(1, min(least, MOST_FLOOR)))


def criteria_try(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who takes no part in the round, or when no criteria can be changed.
    """
    if view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY:
        raise Http404
    row = view.at.current_criteria or (view.at.criteria[-1] if view.at.criteria else None)
    file = rules_on(row.file, view.day) if row else None
    base = choice_of(file) if file else None
    if row is None or file is None or base is None:
        return {"lacking": True}
    targets = view.at.current_targets
    total = (targets.national.number if targets else view.at.planned) or OF
    asked = view.request.GET
    form = TryForm(asked if any(field_of(code) in asked for code, _ in base.weights) else None, language=view.language)
    form.fit(file, base, view.language)
    form.begin_with("try")
    choice = form.choice(base) if form.is_bound and form.is_valid() else base

    def come_to(each: CriteriaChoice) -> WhatIf | None:
        try:
            return reckoned(row.file, view.day, view.at.figures, each, total)
        except NotReckoned:
            return None

    whole = sum((weight for _, weight in choice.weights), start=Fraction(0))
    kept = [*_kept(view, base)]
    beside = [each for each in kept if each not in (base, choice)]
    now, new = come_to(base), come_to(choice) if whole == 1 else None
    columns = [(say("criteria_now", view.language), now)]
    columns += [
        (say("criteria_beside", view.language, number=place), come_to(each)) for place, each in enumerate(beside, 1)
    ]
    is_other = choice != base
    if is_other and new is not None:
        columns.append((say("criteria_this", view.language), new))
    return {
        "form": form,
        "total": total,
        "is_other": is_other,
        "off": "" if whole == 1 else percent(whole, view.language, 0),
        "impossible": whole == 1 and new is None,
        "heads": [name for name, _ in columns],
        "rows": [*_side_by_side(view, columns)],
        "beside": [_code(each) for each in kept],
        "keep": _keep(view, choice, kept) if is_other and new is not None and _may_keep(choice, kept) else "",
        **(_changes(view, now, new) if is_other and now is not None and new is not None else {}),
        **(_edge(view, new) if new is not None else {}),
    }


def field_of(code: str) -> str:
    """Return the name of the field of a weight."""
    return f"w-{code}"


def _code(choice: CriteriaChoice) -> str:
    """Return a choice as it stands in an address: weights in per cent, and the floor."""
    weights = "-".join(str(round(WHOLE * weight)) for _, weight in choice.weights)
    return weights if choice.least is None else f"{weights}_{choice.least}"


def _kept(view: View, base: CriteriaChoice) -> Iterator[CriteriaChoice]:
    """Yield the choices that are kept beside, each once; what is none is left out."""
    for text in dict.fromkeys(view.request.GET.getlist("beside")[:MOST_BESIDE]):
        written, _, floor = text.partition("_")
        parts = written.split("-")
        if len(parts) != len(base.weights) or not all(_is_small(part) for part in (*parts, floor or "1")):
            continue
        weights = [Fraction(int(part), WHOLE) for part in parts]
        if sum(weights) == 1:
            least = base.least if base.least is None or not floor else max(1, min(int(floor), MOST_FLOOR))
            codes = [code for code, _ in base.weights]
            yield CriteriaChoice(tuple(zip(codes, weights, strict=True)), least)


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(WHOLE))


def _may_keep(choice: CriteriaChoice, kept: Sequence[CriteriaChoice]) -> bool:
    return choice not in kept and len(kept) < MOST_BESIDE


def _keep(view: View, choice: CriteriaChoice, beside: Sequence[CriteriaChoice]) -> str:
    """Return the address that keeps the choice beside, and goes on with it."""
    asked = [(field_of(code), str(round(WHOLE * weight))) for code, weight in choice.weights]
    if choice.least is not None:
        asked.append(("least", str(choice.least)))
    asked += [("beside", _code(each)) for each in (*beside, choice)]
    return f"{reverse('criteria_try', args=[view.year])}?{urlencode(asked)}"


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


def _changes(view: View, now: WhatIf, new: WhatIf) -> Mapping[str, Any]:
    """Return who gets more and who fewer, the largest change first, in a table and on a map."""
    changes = (
        NumberChange(place.code, place.county, now.numbers.get(place.code, 0), new.numbers.get(place.code, 0))
        for place in municipalities(view.year)
    )
    heads = [say("criteria_now", view.language), say("criteria_this", view.language)]
    return {
        **changes_in_words(changes, view.year, view.language, say("criteria_map", view.language)),
        "change_heads": heads,
    }


def _edge(view: View, new: WhatIf) -> Mapping[str, Any]:
    """Return who is nearest to the edge of the floor, on both sides of it, with exact shares."""
    names = {place.code: place.display_name for place in municipalities(view.year)}
    return {
        "last_asked": [(names[code], formats.decimal(new.exact[code])) for code in new.last_asked],
        "first_left": [(names[code], formats.decimal(new.exact[code])) for code in new.first_left],
    }
