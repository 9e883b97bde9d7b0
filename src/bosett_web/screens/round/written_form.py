"""The form in which criteria are written: a card for each, and the whole of it in the form itself.

A card is known by a key, and the order of the cards is a list of keys: to move a card moves its key and nothing else.
What is wrong is told at its field; nothing is stored until an alternative is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from bosett.basis.languages import LANGUAGES
from bosett.parameters import Bound, Criterion, Eligible, Factor, Reading
from bosett.parameters.criteria import KINDS, MOST_DIGITS
from bosett_web.screens import boxes
from bosett_web.screens.fields import (
    CarriedField,
    FractionField,
    NumberField,
    OfferingField,
    PageField,
    PartField,
    PickField,
    TextField,
)
from bosett_web.screens.forms import FaultLine, PageForm

MOST_CARDS, MOST_ROWS = 20, 6
"""Criteria that can be written, and figures that a measure can have: all the fields of a form are fewer than 1000."""
KEY = re.compile(r"[a-z]{1,8}[0-9]{0,4}")
FIGURE = re.compile(r"(?P<name>[a-z][a-z0-9_]{0,60}) (?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
CODE = re.compile(r"[a-z][a-z0-9_]{0,40}")
POWERS: Mapping[str, str] = {
    "1": "write_power_one",
    "-1": "write_power_under",
    "1/2": "write_power_root",
    "2": "write_power_square",
    "-1/2": "write_power_under_root",
    "1/3": "write_power_third",
}
"""Powers that can be chosen, with the codes of their words; one that a rule has beside these is offered as it is."""
POWER = re.compile(r"-?[1-8](?:/[1-8])?")
Given = TypeVar("Given")
Fields = Mapping[str, str]
"""What is filled in, by the names of the fields."""
Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Figures that can be chosen: the heading of each indicator, with values and words."""


class FigureField(OfferingField):
    """A figure that can be chosen among those that are known."""

    widget = boxes.GroupsBox
    template_name = "_live_field.html"

    def to_python(self, value: object) -> Reading | None:
        """Return the figure; None when none is chosen.

        Raises:
            ValidationError: It is none.
        """
        chosen = str(value or "")
        if not chosen:
            return None
        if not (parts := FIGURE.fullmatch(chosen)):
            raise self.fault("not_a_choice")
        return Reading(parts["name"], int(parts["year"]), int(parts["month"]) if parts["month"] else None, 0)

    def offer_figures(self, known: Choices, chosen: str, otherwise: str) -> None:
        """Offer what is known; what is chosen and is not known stands there too, so that nothing is changed unseen."""
        values = {value for _, each in known for value, _ in each}
        own = [(chosen, otherwise)] if chosen and chosen not in values else []
        self.offer([("", "–"), *own, *known])


class WriteCriteriaForm(PageForm):
    """Criteria that are written, and what they are to be kept as.

    Attributes:
        cards: The keys of the cards, in their order.
        made: By card, the criteria that can be read.
    """

    name = TextField("alternative_name", marked=True)
    comment = TextField("alternative_comment", explained="no_person", rows=3)
    new = PickField("write_new", [(kind, f"write_kind_{kind}") for kind in KINDS])
    order = CarriedField()
    past = CarriedField()

    def add_own(self) -> None:
        """Add the fields of each card that there is."""
        self.auto_id = "w-%s"
        self.made: dict[str, Criterion] = {}
        self.cards = keys(self._stands("order"))[:MOST_CARDS]
        for card in self.cards:
            self.add(f"{card}-kind", CarriedField())
            self.add(f"{card}-code", CarriedField())
            for language in LANGUAGES:
                self._add_live(f"{card}-{language}", TextField(f"write_wording_{language}", needed=True, rows=2))
            getattr(self, f"_add_{self.kind_of(card)}")(card)
        self.order_fields([*(name for card in self.cards for name in self.fields_of(card)), "name", "comment"])

    def begin_with(self, begin: str) -> None:
        """Let the fields be called as they are, which are no other form's."""

    def kind_of(self, card: str) -> str:
        """Return the kind of a card; one that says none is guidance, which changes no number."""
        kind = self._stands(f"{card}-kind")
        return kind if kind in KINDS else "guidance"

    def code_of(self, card: str) -> str:
        """Return the code of a card's criterion."""
        code = self._stands(f"{card}-code")
        return code if CODE.fullmatch(code) else card

    def rows_of(self, card: str) -> list[str]:
        """Return the keys of the figures of a measure."""
        return keys(self._stands(f"{card}-rows"))[:MOST_ROWS]

    def fields_of(self, card: str) -> list[str]:
        """Return the names of a card's fields."""
        return [name for name in self.fields if name.startswith(f"{card}-")]

    def visible_of(self, card: str) -> list[str]:
        """Return the names of those that are filled in."""
        return [name for name in self.fields_of(card) if not isinstance(self.fields[name], CarriedField)]

    @property
    def live(self) -> list[str]:
        """Return the ids of what is wrong at each field, which are written anew while one types."""
        return [self.fault_id % self[name].auto_id for card in self.cards for name in self.visible_of(card)]

    def number_at(self, name: str) -> Fraction | None:
        """Return a number that could be read; None for one that is left out or wrong."""
        return self._given(name, Fraction)

    def whole(self) -> Fraction:
        """Return what the weights that could be read add up to."""
        weights = (self.number_at(f"{card}-weight") for card in self.cards if self.kind_of(card) == "weight")
        return sum((each for each in weights if each is not None), start=Fraction(0))

    def _measure(self, card: str) -> tuple[Factor, ...]:
        """Return the measure of a weight as far as it can be read; empty when something of it lacks."""
        factors = [self._factor(f"{card}-{row}") for row in self.rows_of(card)]
        known = [each for each in factors if each is not None]
        return tuple(known) if len(known) == len(factors) else ()

    def offer_figures(self, known: Choices, otherwise: Callable[[str], str]) -> None:
        """Offer the figures that are known in each field of one, and tell at its field which is not.

        Args:
            known: What can be chosen.
            otherwise: Gives the words of a figure that is chosen and not known.
        """
        values = frozenset(value for _, each in known for value, _ in each)
        for name, field in self.fields.items():
            if isinstance(field, FigureField):
                chosen = self._stands(name)
                field.offer_figures(known, chosen, otherwise(chosen))
                if FIGURE.fullmatch(chosen) and chosen not in values:
                    self.add_error(name, self.worded("write_figure_unknown"))

    def carried(self) -> list[tuple[str, str]]:
        """Return what it carries but for the states before, which are written anew while one types."""
        return [(name, value) for name, value in super().carried() if name != "past"]

    def clean(self) -> None:
        """Tell what is wrong between fields; when nothing is, the criteria are there."""
        kinds = [self.kind_of(card) for card in self.cards]
        self.made = {card: each for card in self.cards if (each := self._criterion(card)) is not None}
        if not self.cards or "weight" not in kinds:
            self.add_error(None, self.worded("write_no_weight"))
        elif not self.errors and self.whole() != 1:
            self.add_error(None, self.worded("write_off", part=written(self.whole())))
        codes = [self.code_of(card) for card in self.cards]
        if len({*codes}) < len(codes):
            self.add_error(None, self.worded("write_twins"))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria, in their order: all of them when nothing is wrong."""
        return tuple(self.made.values())

    def _line(self, name: str, words: str) -> FaultLine:
        """Return what is wrong, with the number of the criterion."""
        line = super()._line(name, words)
        card = name.partition("-")[0]
        if card not in self.cards:
            return line
        label = self.worded("write_label", number=self.cards.index(card) + 1, field=line.label)
        return FaultLine(line.words, label, line.id)

    # The fields of a card

    def _stands(self, name: str) -> str:
        """Return what stands in a field, whether it has been sent or the page begins with it."""
        return str((self.data if self.is_bound else self.initial).get(name, "") or "")

    def _add_live(self, name: str, field: PageField) -> None:
        field.template_name = "_live_field.html"
        self.add(name, field)

    def _add_weight(self, card: str) -> None:
        self._add_live(f"{card}-weight", PartField("write_weight", needed=True))
        self.add(f"{card}-rows", CarriedField())
        for row in self.rows_of(card):
            begin = f"{card}-{row}"
            powers = [*POWERS.items()]
            own = self._stands(f"{begin}-power")
            self._add_live(f"{begin}-figure", FigureField("write_figure", needed=True, missing="write_figure_missing"))
            self._add_live(f"{begin}-per", FigureField("write_per"))
            self._add_live(f"{begin}-complement", FractionField("write_complement", explained="write_complement_help"))
            self._add_live(f"{begin}-power", PickField("write_power", powers))
            if own and own not in POWERS and POWER.fullmatch(own):
                self.offer(f"{begin}-power", [*((each, self.worded(code)) for each, code in powers), (own, own)])
            self._add_live(f"{begin}-digits", NumberField("write_digits", explained="write_digits_help"))

    def _add_eligibility(self, card: str) -> None:
        self._add_live(f"{card}-figure", FigureField("write_figure", needed=True, missing="write_figure_missing"))
        self._add_live(f"{card}-least", FractionField("write_at_least", needed=True))

    def _add_bound(self, card: str) -> None:
        self._add_live(f"{card}-least", NumberField("criteria_least"))
        self._add_live(f"{card}-most", NumberField("write_most"))
        self._add_live(f"{card}-figure", FigureField("write_corridor", explained="write_corridor_help"))
        self._add_live(f"{card}-from", FractionField("write_from"))
        self._add_live(f"{card}-to", FractionField("write_to"))
        self._add_live(f"{card}-ceiling", FigureField("write_ceiling", explained="write_ceiling_help"))

    def _add_guidance(self, card: str) -> None:
        """Guidance has its wording, and changes no number."""

    # What is filled in, as criteria

    def _given(self, name: str, kind: type[Given]) -> Given | None:
        value = self.cleaned_data.get(name)
        return value if isinstance(value, kind) else None

    def _criterion(self, card: str) -> Criterion | None:
        """Return the criterion of a card; None when something of it is wrong, which is then told."""
        kind = self.kind_of(card)
        weight = self.number_at(f"{card}-weight") if kind == "weight" else None
        if weight == 0:
            self.add_error(f"{card}-weight", self.worded("write_weight_none"))
        measure = self._measure(card) if kind == "weight" else ()
        eligible = self._eligible(card) if kind == "eligibility" else None
        bound = self._bound(card) if kind == "bound" else None
        if any(name in self.errors for name in self.fields_of(card)):
            return None
        return Criterion(
            code=self.code_of(card),
            kind=kind,
            wording={language: self.text_of(f"{card}-{language}") for language in LANGUAGES},
            wording_status="own",
            source="",
            weight=weight,
            measure=measure,
            why_not="",
            eligible=eligible,
            bound=bound,
        )

    def _factor(self, begin: str) -> Factor | None:
        reading = self._given(f"{begin}-figure", Reading)
        written_power = self._stands(f"{begin}-power") or "1"
        power = Fraction(written_power) if POWER.fullmatch(written_power) else Fraction(1)
        digits = self._given(f"{begin}-digits", int)
        if power.denominator > 1 and digits is None and f"{begin}-digits" not in self.errors:
            self.add_error(f"{begin}-digits", self.worded("write_digits_lack"))
        elif digits is not None and digits > MOST_DIGITS:
            self.add_error(f"{begin}-digits", self.worded("number_outside", most=MOST_DIGITS))
        if reading is None:
            return None
        return Factor(
            reading=reading,
            per=self._given(f"{begin}-per", Reading),
            complement_of=self.number_at(f"{begin}-complement"),
            power=power,
            digits=digits if power.denominator > 1 else None,
        )

    def _eligible(self, card: str) -> Eligible | None:
        reading, least = self._given(f"{card}-figure", Reading), self.number_at(f"{card}-least")
        return None if reading is None or least is None else Eligible(reading, least)

    def _bound(self, card: str) -> Bound | None:
        least, most = self._given(f"{card}-least", int), self._given(f"{card}-most", int)
        last, ceiling = self._given(f"{card}-figure", Reading), self._given(f"{card}-ceiling", Reading)
        low, high = self.number_at(f"{card}-from"), self.number_at(f"{card}-to")
        wrong = any(name in self.errors for name in self.fields_of(card))
        if least is not None and most is not None and most < least:
            self.add_error(f"{card}-most", self.worded("write_most_below", least=least))
        for part, number in (("from", low), ("to", high)):
            if last is not None and number is None and not wrong:
                self.add_error(f"{card}-{part}", self.worded("number_missing"))
            if last is None and number is not None and not wrong:
                self.add_error(f"{card}-figure", self.worded("write_figure_missing"))
                break
        if low is not None and high is not None and low > high:
            self.add_error(f"{card}-to", self.worded("write_to_below"))
        corridor = None if last is None or low is None or high is None else (last, low / 100, high / 100)
        if least is None and most is None and last is None and ceiling is None and not wrong:
            self.add_error(f"{card}-least", self.worded("write_bound_empty"))
        return Bound(least, most, corridor, ceiling)


# Fields of criteria, and of what is done with them


def filled(criteria: Iterable[Criterion]) -> Fields:
    """Return what stands in the form for some criteria, in their order."""
    fields, order = dict[str, str](), list[str]()
    for place, each in enumerate(criteria, 1):
        card = f"c{place}"
        order.append(card)
        fields |= {f"{card}-kind": each.kind, f"{card}-code": each.code}
        fields |= {f"{card}-{language}": each.wording[language] for language in LANGUAGES}
        fields |= {f"{card}-{name}": value for name, value in _own(each)}
    return {"order": " ".join(order), **fields}


def _own(each: Criterion) -> Iterator[tuple[str, str]]:
    """Yield the fields of a criterion's kind."""
    if each.kind == "weight":
        factors = {f"f{place}": factor for place, factor in enumerate(each.measure, 1)}
        yield "weight", "" if each.weight is None else written(each.weight)
        yield "rows", " ".join(factors) or "f1"
        for row, factor in factors.items():
            yield from ((f"{row}-{name}", value) for name, value in _row(factor))
    if each.eligible is not None:
        yield "figure", figure(each.eligible.reading)
        yield "least", decimals(each.eligible.at_least)
    if each.bound is not None:
        bound = each.bound
        yield "least", "" if bound.least is None else str(bound.least)
        yield "most", "" if bound.most is None else str(bound.most)
        if bound.corridor is not None:
            last, low, high = bound.corridor
            yield "figure", figure(last)
            yield "from", written(low)
            yield "to", written(high)
        if bound.ceiling is not None:
            yield "ceiling", figure(bound.ceiling)


def _row(factor: Factor) -> Iterator[tuple[str, str]]:
    yield "figure", figure(factor.reading)
    yield "per", "" if factor.per is None else figure(factor.per)
    yield "complement", "" if factor.complement_of is None else decimals(factor.complement_of)
    yield "power", str(factor.power)
    yield "digits", "" if factor.digits is None else str(factor.digits)


def changed(fields: Fields, deed: str) -> Fields:
    """Return the form after something has been done with its cards; as it is when that cannot be done.

    Args:
        fields: What is filled in.
        deed: What is done, and with which card and row: `up c1`, `down c1`, `remove c1`, `row c1`, `unrow c1 f2`, or
            `add weight`, with the kind.
    """
    what, _, rest = deed.partition(" ")
    card, _, row = rest.partition(" ")
    order = keys(fields.get("order", ""))
    if what == "add" and card in KINDS and len(order) < MOST_CARDS:
        key = free("c", order)
        codes = [value for name, value in fields.items() if name.endswith("-code")]
        own = {f"{key}-kind": card, f"{key}-code": free(f"{card}_", codes)}
        return {
            **fields,
            **own,
            **({f"{key}-rows": "f1"} if card == "weight" else {}),
            "order": " ".join([*order, key]),
        }
    if card not in order:
        return fields
    place = order.index(card)
    if what in ("up", "down"):
        other = place + (1 if what == "down" else -1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        return {**fields, "order": " ".join(order)}
    if what == "remove":
        rest_of = {name: value for name, value in fields.items() if not name.startswith(f"{card}-")}
        return {**rest_of, "order": " ".join(each for each in order if each != card)}
    rows = keys(fields.get(f"{card}-rows", ""))
    if what == "row" and len(rows) < MOST_ROWS:
        return {**fields, f"{card}-rows": " ".join([*rows, free("f", rows)])}
    if what == "unrow" and row in rows and len(rows) > 1:
        begin = f"{card}-{row}-"
        rest_of = {name: value for name, value in fields.items() if not name.startswith(begin)}
        return {**rest_of, f"{card}-rows": " ".join(each for each in rows if each != row)}
    return fields


def keys(text: str) -> list[str]:
    """Return the keys that stand in a field, each once."""
    return [*dict.fromkeys(each for each in text.split() if KEY.fullmatch(each))]


def free(begin: str, taken: Iterable[str]) -> str:
    """Return the first key or code with a number that is not taken."""
    there = {*taken}
    return next(f"{begin}{n}" for n in range(1, len(there) + 2) if f"{begin}{n}" not in there)


def figure(reading: Reading) -> str:
    """Return a figure as the form chooses it."""
    return f"{reading.indicator} {reading.year}" + (f"-{reading.month:02}" if reading.month else "")


def written(part: Fraction) -> str:
    """Return a part as it is written in the form: per cent, with a comma."""
    return decimals(100 * part)


DECIMALS = 10
"""Decimals with which a number that has no end is written."""


def decimals(number: Fraction) -> str:
    """Return a number as people write it, with the decimals that it has."""
    scaled = round(number * 10**DECIMALS)
    before, after = divmod(scaled, 10**DECIMALS)
    digits = f"{after:0{DECIMALS}d}".rstrip("0")
    return f"{before},{digits}" if digits else str(before)
