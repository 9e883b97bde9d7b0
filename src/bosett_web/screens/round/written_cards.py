"""The cards of criteria that are written: their fields, what they say in words, and what their figures are and lack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bosett.basis.languages import LANGUAGES
from bosett.documents.criteria import rule_in_words
from bosett.documents.days import time_in
from bosett.documents.words import figure_line, word_or
from bosett.geography import municipalities
from bosett.parameters import Reading
from bosett.rounds.writing import ReadableFigure
from bosett_web.screens import formats
from bosett_web.screens.forms import BoundPageField
from bosett_web.screens.round.written_form import (
    FIGURE,
    MOST_ROWS,
    Choices,
    WriteCriteriaForm,
    figure,
    written,
)
from bosett_web.screens.words import say

MOST_NAMED = 6
"""Municipalities without a figure that are named."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure of a measure: its field, and what is done with it, folded away while it is nothing."""

    key: str
    figure: BoundPageField
    more: Sequence[BoundPageField]
    is_open: bool
    is_alone: bool


@dataclass(frozen=True, slots=True)
class CriterionCard:
    """A criterion as it is written.

    Attributes:
        key: What it is known by in the form.
        place: Its number, from 1.
        kind: Its kind.
        wording: The field of its wording in bokmål.
        others: Those of the other languages.
        is_open: Whether these stand open: something is wrong in one, or it is new.
        fields: The fields of its kind, in pairs that stand side by side.
        rows: The figures of a measure.
        has_room: Whether another figure can be added.
        says: What it says in words, as others read it; empty while something lacks.
        figures: What its figures are: publisher and day.
        lacking: Whom they lack, in words.
        is_first, is_last: Where it stands.
    """

    key: str
    place: int
    kind: str
    wording: BoundPageField
    others: Sequence[BoundPageField]
    is_open: bool
    fields: Sequence[Sequence[BoundPageField]]
    rows: Sequence[MeasureRow]
    has_room: bool
    says: str
    figures: Sequence[str]
    lacking: Sequence[str]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class WeightSum:
    """What the weights add up to, in words, and whether that is the whole."""

    words: str
    is_whole: bool


PARTS: Mapping[str, Sequence[Sequence[str]]] = {
    "weight": (("weight",),),
    "eligibility": (("figure", "least"),),
    "bound": (("least", "most"), ("figure",), ("from", "to"), ("ceiling",)),
    "guidance": (),
}
"""The fields of each kind beside its wording, those that stand side by side together."""
MORE = ("per", "complement", "power", "digits")
"""What is done with a figure, folded away while it is nothing."""


def cards_of(
    form: WriteCriteriaForm, readable: Mapping[Reading, ReadableFigure], year: int, language: str
) -> list[CriterionCard]:
    """Return the cards of a form, in their order.

    Args:
        form: The form, whose faults have been told.
        readable: The figures that can be read.
        year: Settlement year.
        language: nb, nn or en.
    """
    names = {place.code: place.display_name for place in municipalities(year)}
    return [_card(form, card, place, readable, names, language) for place, card in enumerate(form.cards, 1)]


def _card(
    form: WriteCriteriaForm,
    card: str,
    place: int,
    readable: Mapping[Reading, ReadableFigure],
    names: Mapping[str, str],
    language: str,
) -> CriterionCard:
    kind, others = form.kind_of(card), [_bound(form, f"{card}-{each}") for each in LANGUAGES[1:]]
    chosen = [readable[each] for each in _chosen(form, card) if each in readable]
    rows = form.rows_of(card) if kind == "weight" else []
    return CriterionCard(
        key=card,
        place=place,
        kind=kind,
        wording=_bound(form, f"{card}-{LANGUAGES[0]}"),
        others=others,
        is_open=any(each.errors for each in others),
        fields=[[_bound(form, f"{card}-{part}") for part in parts] for parts in PARTS[kind]],
        rows=[_row(form, card, row, is_alone=len(rows) == 1) for row in rows],
        has_room=len(rows) < MOST_ROWS,
        says=rule_in_words(form.made[card], language) if card in form.made else "",
        figures=[figure_line(each.note, language) for each in chosen],
        lacking=[_lacking(each, names, language) for each in chosen if each.lacking],
        is_first=place == 1,
        is_last=place == len(form.cards),
    )


def _row(form: WriteCriteriaForm, card: str, row: str, *, is_alone: bool) -> MeasureRow:
    begin = f"{card}-{row}"
    more = [_bound(form, f"{begin}-{part}") for part in MORE]
    is_used = any(form.sent(f"{begin}-{part}") not in ("", "1") for part in MORE)
    is_open = is_used or any(each.errors for each in more)
    return MeasureRow(row, _bound(form, f"{begin}-figure"), more, is_open, is_alone)


def _chosen(form: WriteCriteriaForm, card: str) -> list[Reading]:
    """Return the figures that a card reads, each once."""
    values = (
        form.sent(name) for name in form.visible_of(card) if name.rpartition("-")[2] in ("figure", "per", "ceiling")
    )
    readings = [
        Reading(each["name"], int(each["year"]), int(each["month"]) if each["month"] else None, 0)
        for value in values
        if (each := FIGURE.fullmatch(value))
    ]
    return [*dict.fromkeys(readings)]


def _lacking(each: ReadableFigure, names: Mapping[str, str], language: str) -> str:
    """Return whom a figure lacks: how many, and some by name."""
    called = sorted((names[code] for code in each.lacking), key=formats.sort_key)
    what = word_or(f"indicator_{each.note.indicator}", language, each.note.title)
    facts = {"what": what, "when": time_in(each.note.when, language), "names": ", ".join(called[:MOST_NAMED])}
    rest = len(called) - MOST_NAMED
    if rest > 0:
        return say("write_lacking_more", language, count=len(called), rest=rest, **facts)
    return say("write_lacking", language, count=len(called), **facts)


def figures_offered(readable: Sequence[ReadableFigure], language: str) -> tuple[Choices, Callable[[str], str]]:
    """Return the figures that can be chosen, by indicator with its publisher, and the words of one that cannot."""

    def head(each: ReadableFigure) -> str:
        return f"{_indicator(each.reading.indicator, each.note.title, language)} ({each.note.publisher})"

    def otherwise(value: str) -> str:
        parts = FIGURE.fullmatch(value)
        if parts is None:
            return value
        when = time_in(value.partition(" ")[2], language)
        return say("write_not_known", language, what=_indicator(parts["name"], parts["name"], language), when=when)

    choices = [
        (group, [(figure(each.reading), _time(each, language)) for each in members])
        for group, members in groupby(readable, key=head)
    ]
    return choices, otherwise


def _time(each: ReadableFigure, language: str) -> str:
    when, day = time_in(each.note.when, language), formats.day(each.note.known_on, language)
    what = _indicator(each.note.indicator, each.note.title, language)
    return say("write_figure_of", language, what=what, when=when, day=day)


def _indicator(name: str, otherwise: str, language: str) -> str:
    return word_or(f"indicator_{name}", language, otherwise)


def sum_told(form: WriteCriteriaForm, language: str) -> WeightSum:
    """Return what the weights that can be read add up to, and what lacks."""
    whole = form.whole()
    if whole == 1:
        return WeightSum(say("write_sum", language), is_whole=True)
    code = "write_sum_lacks" if whole < 1 else "write_sum_over"
    return WeightSum(say(code, language, part=written(whole), rest=written(abs(1 - whole))), is_whole=False)


def _bound(form: WriteCriteriaForm, name: str) -> BoundPageField:
    bound = form[name]
    if not isinstance(bound, BoundPageField):
        raise TypeError(name)
    return bound
