"""A choice of weights and floor as a page's address says it: what is tried, on which criteria and of how many persons.

So it can be gone back from, sent to others, and laid beside other choices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse

from bosett.documents.criteria import open_criterion
from bosett.parameters import CriteriaChoice, CriteriaFile, NoIdOfChoice, choice_of, chosen_id
from bosett.rounds.parties import CENTRAL_OR_COUNTY
from bosett_web.queries.round.criteria import OF
from bosett_web.queries.round.what_if import rules_on
from bosett_web.screens.fields import NumberField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.need.forms import WHOLE, SliderField
from bosett_web.screens.round.forms import KeepAlternativeForm
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


@dataclass(frozen=True, slots=True)
class Trying:
    """What is tried.

    Attributes:
        name: Id of the criteria that it is tried on.
        file: The criteria, as known on the workspace's day.
        base: The choice that they make.
        total: Persons to share.
        form: What is filled in.
        choice: What is chosen by it.
        beside: What is kept beside.
    """

    name: str
    file: CriteriaFile
    base: CriteriaChoice
    total: int
    form: TryForm
    choice: CriteriaChoice
    beside: Sequence[CriteriaChoice]

    @property
    def is_other(self) -> bool:
        """Whether it is another choice than that of the criteria."""
        return self.choice != self.base

    @property
    def id(self) -> str:
        """The id of the rule file that it makes; empty when it makes none."""
        try:
            return chosen_id(self.name, self.choice) if self.is_other and self.choice.whole == 1 else ""
        except NoIdOfChoice:
            return ""

    def has_room_for(self, choice: CriteriaChoice) -> bool:
        """Tell whether a choice can be laid beside: there is room, and it is not there."""
        return choice not in self.beside and len(self.beside) < MOST_BESIDE

    def query(self, *more: CriteriaChoice) -> str:
        """Return what the address says of it, with more that is laid beside."""
        return query_of(self.choice if self.is_other else None, (*self.beside, *more))


def trying(view: View) -> Trying | None:
    """Return what is tried on the round's criteria; None when none of them can be changed.

    Raises:
        Http404: For who takes no part in the round.
    """
    if view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY:
        raise Http404
    row = view.at.current_criteria or (view.at.criteria[-1] if view.at.criteria else None)
    file = rules_on(row.file, view.day) if row else None
    base = choice_of(file) if file else None
    if row is None or file is None or base is None:
        return None
    targets = view.at.current_targets
    refused = view.request.refused
    asked = QueryDict(refused.sent("asked")) if isinstance(refused, KeepAlternativeForm) else view.request.GET
    form = TryForm(asked if any(field_of(code) in asked for code, _ in base.weights) else None, language=view.language)
    form.fit(file, base, view.language)
    form.begin_with("try")
    return Trying(
        name=row.file,
        file=file,
        base=base,
        total=(targets.national.number if targets else view.at.planned) or OF,
        form=form,
        choice=form.choice(base) if form.is_bound and form.is_valid() else base,
        beside=[*_beside(asked.getlist("beside"), base)],
    )


def address_of(view: View, page: str, tried: Trying) -> str:
    """Return the address of a page of the round's criteria at which the same is tried."""
    query = tried.query()
    return reverse(page, args=[view.year]) + (f"?{query}" if query else "")


def query_of(choice: CriteriaChoice | None, beside: Sequence[CriteriaChoice] = ()) -> str:
    """Return what the address says of a choice, and of what is laid beside; None is the criteria as they are."""
    asked = [] if choice is None else [(field_of(code), str(round(WHOLE * weight))) for code, weight in choice.weights]
    if choice is not None and choice.least is not None:
        asked.append(("least", str(choice.least)))
    return urlencode([*asked, *(("beside", code_of(each)) for each in beside)])


def field_of(code: str) -> str:
    """Return the name of the field of a weight."""
    return f"w-{code}"


def code_of(choice: CriteriaChoice) -> str:
    """Return a choice as it stands in an address beside another: weights in per cent, and the floor."""
    weights = "-".join(str(round(WHOLE * weight)) for _, weight in choice.weights)
    return weights if choice.least is None else f"{weights}_{choice.least}"


def _beside(texts: Sequence[str], base: CriteriaChoice) -> Iterator[CriteriaChoice]:
    """Yield the choices that are kept beside, each once; what is none is left out."""
    for text in dict.fromkeys(texts[:MOST_BESIDE]):
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
