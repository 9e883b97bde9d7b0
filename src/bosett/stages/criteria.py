"""Criteria: from a criteria file and published figures to an exact claim for each municipality.

A municipality's claim is the sum over the weights of  weight x measure / sum of the measure. All exact: figures are
whole numbers or fractions, weights are fractions, roots are rounded to declared decimals first. The shipped figures
are a lookup: in the codes of the settlement year, only what was known on the day.
Source: design of Bosett, part 3 (criteria are data).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.basis.steps import Step
from bosett.basis.structures import Structure, structure_of
from bosett.figures import (
    SHIPPED,
    Indicator,
    Layers,
    Level,
    NoFigures,
    NotKnownYet,
    Series,
    SeriesNote,
    Status,
    UnknownIndicator,
    indicators,
    require_known_by,
    series,
)
from bosett.geography import SizesNotKnown, SplitRule, SplitWithoutWeights, carry, municipalities
from bosett.parameters import BadRuleFile, Bound, CriteriaFile, Criterion, Factor, Reading

Values = Mapping[str, Fraction | int | None]


@dataclass(frozen=True, slots=True)
class Known:
    """The figures behind one reading.

    Attributes:
        values: By municipality; None is missing or hidden. A county's figure stands at each of its municipalities.
        county_of: For a figure by county, the county of each municipality; None for a figure by municipality.
        note: What, when, who published it and when it was known.
    """

    values: Values
    county_of: Mapping[str, str] | None
    note: SeriesNote


Lookup = Callable[[Reading], Known]


@dataclass(frozen=True, slots=True)
class Measured:
    """One weight with its measure.

    Attributes:
        criterion: The criterion.
        weight: Part of the total.
        parts: Each eligible municipality's part of the measure; they sum to 1.
        figures: What each reading is.
    """

    criterion: Criterion
    weight: Fraction
    parts: Mapping[str, Fraction]
    figures: tuple[SeriesNote, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """Exact claims and bounds for one settlement year.

    Attributes:
        claims: By code, above 0, in order of code; they sum to the assigned weight.
        measured: The weights that were computed.
        unassigned: Sum of the known weights that are not computable, or 1 less the assigned when a weight is unknown.
        left_out: By code: why it takes no part (rules `no-figure`, `not-eligible`, `no-claim`).
        bounds: By code: fewest if asked at all, and most (or None), in persons.
        bound_figures: By code of a bound or eligibility: what it reads.
    """

    claims: Mapping[str, Fraction]
    measured: tuple[Measured, ...]
    unassigned: Fraction
    left_out: Mapping[str, Step]
    bounds: Mapping[str, tuple[int, int | None]]
    bound_figures: Mapping[str, tuple[SeriesNote, ...]]


class NothingToMeasure(Refusal):
    """No weight of the criteria can be computed from figures known before the round."""

    def __init__(self, file: CriteriaFile) -> None:
        reasons = "; ".join(f"{c.code}: {c.why_not}" for c in file.criteria if c.kind == "weight")
        super().__init__(
            f"{file.id} has no weight that can be computed from figures known on {file.day} ({reasons}). "
            "Nothing is filled in by guess; use the reference model, or name a criteria file with --criteria."
        )
        self.id = file.id


class NobodyHasAClaim(Refusal):
    """By these criteria there is nobody to ask."""

    def __init__(self, file: CriteriaFile, left_out: Mapping[str, Step]) -> None:
        example = next((f" (for example {code}: {step.text})" for code, step in sorted(left_out.items())), "")
        super().__init__(f"By {file.id} no municipality has a claim{example}. Loosen the criteria in {file.file}.")
        self.id = file.id


class PercentNotCarried(Refusal):
    """A percentage by municipality stands in another structure: percentages do not add up."""

    def __init__(self, indicator: str, have: Structure, wanted: Structure) -> None:
        super().__init__(
            f"{indicator} is in percent by the municipalities of {have.value}, and percentages cannot be carried to "
            f"those of {wanted.value}. Accept it by the municipalities of {wanted.value}, or leave the criterion out."
        )
        self.indicator = indicator


def claims_of(file: CriteriaFile, codes: Collection[str], lookup: Lookup) -> Claims:
    """Return the exact claims of the municipalities `codes` by a criteria file.

    Args:
        file: The criteria.
        codes: Every municipality of the settlement year.
        lookup: Gives the figures behind a reading, or refuses what was not known then.

    Raises:
        NothingToMeasure: No weight is computable.
        NobodyHasAClaim: Everybody is left out.
        Refusal: Whatever the lookup refuses.
    """
    left_out, bound_figures = _not_eligible(file, codes, lookup)
    weights = [criterion for criterion in file.criteria if criterion.kind == "weight"]
    computable = [criterion for criterion in weights if criterion.measure and _has_figures(criterion, lookup)]
    if not computable:
        raise NothingToMeasure(file)
    measures = {criterion.code: _measure(criterion, codes, lookup) for criterion in computable}
    for criterion in computable:
        for code, value in measures[criterion.code][0].items():
            if value is None and code not in left_out:
                left_out[code] = _no_figure(code, criterion)
    measured = tuple(
        _share(criterion, measures[criterion.code], [code for code in codes if code not in left_out])
        for criterion in computable
    )
    claims: dict[str, Fraction] = {}
    for code in sorted(set(codes) - set(left_out)):
        claim = sum((each.weight * each.parts[code] for each in measured), start=Fraction(0))
        if claim > 0:
            claims[code] = claim
        else:
            left_out[code] = Step("no-claim", code, "every measure is 0")
    if not claims:
        raise NobodyHasAClaim(file, left_out)
    bounds, more = _bounds(file, claims, lookup)
    return Claims(
        claims=claims,
        measured=measured,
        unassigned=1 - sum((each.weight for each in measured), start=Fraction(0)),
        left_out=dict(sorted(left_out.items())),
        bounds=bounds,
        bound_figures={**bound_figures, **more},
    )


def _has_figures(criterion: Criterion, lookup: Lookup) -> bool:
    """Return whether a measure can be read: one that waits for its figures (`why_not`) may be without them."""
    if not criterion.why_not:
        return True
    try:
        for reading in readings_of(criterion):
            lookup(reading)
    except BadRuleFile:
        return False
    return True


def readings_of(criterion: Criterion) -> tuple[Reading, ...]:
    """Return every figure that a criterion reads, in the order of the file."""
    readings: list[Reading] = []
    for factor in criterion.measure:
        readings += [factor.reading] if factor.per is None else [factor.reading, factor.per]
    if criterion.eligible is not None:
        readings.append(criterion.eligible.reading)
    if criterion.bound is not None and criterion.bound.corridor is not None:
        readings.append(criterion.bound.corridor[0])
    if criterion.bound is not None and criterion.bound.ceiling is not None:
        readings.append(criterion.bound.ceiling)
    return tuple(readings)


def _share(criterion: Criterion, measure: tuple[Values, tuple[SeriesNote, ...]], codes: list[str]) -> Measured:
    values = {code: Fraction(value) for code in codes if (value := measure[0][code]) is not None}
    total = sum(values.values(), start=Fraction(0))
    parts = {code: value / total if total else Fraction(0) for code, value in values.items()}
    assert criterion.weight is not None  # noqa: S101  - the schema gives every measured weight its number
    return Measured(criterion, criterion.weight, parts, measure[1])


def _measure(criterion: Criterion, codes: Collection[str], lookup: Lookup) -> tuple[Values, tuple[SeriesNote, ...]]:
    """Return the measure of each municipality (None when a figure is missing), and what was read."""
    product: dict[str, Fraction | None] = dict.fromkeys(codes, Fraction(1))
    notes: list[SeriesNote] = []
    for factor in criterion.measure:
        values, more = _factor(factor, codes, lookup)
        notes += more
        for code in codes:
            before, value = product[code], values[code]
            product[code] = None if before is None or value is None else before * value
    return product, tuple(notes)


def _factor(factor: Factor, codes: Collection[str], lookup: Lookup) -> tuple[Values, list[SeriesNote]]:
    known = lookup(factor.reading)
    notes = [known.note]
    values: dict[str, Fraction | None] = {}
    divisors: Values | None = None
    if factor.per is not None:
        divisor = lookup(factor.per)
        notes.append(divisor.note)
        divisors = _by_county(divisor.values, known.county_of) if divisor.county_of is None else divisor.values
    for code in codes:
        value = known.values.get(code)
        divided_by = 1 if divisors is None else divisors.get(code)
        if value is None or not divided_by:
            values[code] = None
            continue
        exact = Fraction(value) / divided_by
        if factor.complement_of is not None:
            exact = factor.complement_of - exact
        values[code] = power(exact, factor.power, factor.digits)
    return values, notes


def _by_county(values: Values, county_of: Mapping[str, str] | None) -> Values:
    """Add municipalities up to the county when the figure above the line is a county's."""
    if county_of is None:
        return values
    sums: dict[str, Fraction | int | None] = {}
    for code, county in county_of.items():
        value, before = values.get(code), sums.get(county, 0)
        sums[county] = None if value is None or before is None else before + value
    return {code: sums[county] for code, county in county_of.items()}


def power(base: Fraction, exponent: Fraction, digits: int | None) -> Fraction | None:
    """Return base ** exponent, exactly for whole exponents, else rounded (half up) to `digits` decimals.

    None where it does not exist: 0 to a negative power, or a root of less than 0.
    """
    if base < 0 or (base == 0 and exponent < 0):
        return None
    raised = base ** abs(exponent.numerator)
    if digits is not None:
        scale = 2 * 10**digits
        root = _whole_root(raised.numerator * scale**exponent.denominator // raised.denominator, exponent.denominator)
        raised = Fraction((root + 1) // 2, 10**digits)
    if exponent > 0:
        return raised
    return 1 / raised if raised else None


def _whole_root(value: int, degree: int) -> int:
    """Return the largest whole number whose power `degree` is at most `value` (Newton's method in integers)."""
    guess = 1 << -(-value.bit_length() // degree)
    while guess**degree > value:
        guess = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
    return guess


def _no_figure(code: str, criterion: Criterion) -> Step:
    return Step("no-figure", code, f"no figure for {criterion.code}", {"criterion": criterion.code})


def _not_eligible(
    file: CriteriaFile, codes: Collection[str], lookup: Lookup
) -> tuple[dict[str, Step], dict[str, tuple[SeriesNote, ...]]]:
    left_out: dict[str, Step] = {}
    figures: dict[str, tuple[SeriesNote, ...]] = {}
    for criterion in file.criteria:
        if criterion.eligible is None:
            continue
        known = lookup(criterion.eligible.reading)
        figures[criterion.code] = (known.note,)
        for code in codes:
            value = known.values.get(code)
            if value is None:
                left_out.setdefault(code, _no_figure(code, criterion))
            elif value < criterion.eligible.at_least:
                least = criterion.eligible.at_least
                facts = {"criterion": criterion.code, "value": str(value), "at_least": str(least)}
                left_out.setdefault(
                    code, Step("not-eligible", code, f"{criterion.code}: {value} is below {least}", facts)
                )
    return left_out, figures


def _bounds(
    file: CriteriaFile, codes: Collection[str], lookup: Lookup
) -> tuple[dict[str, tuple[int, int | None]], dict[str, tuple[SeriesNote, ...]]]:
    bounds: dict[str, tuple[int, int | None]] = dict.fromkeys(codes, (0, None))
    figures: dict[str, tuple[SeriesNote, ...]] = {}
    for criterion in file.criteria:
        if criterion.bound is None:
            continue
        last = lookup(criterion.bound.corridor[0]) if criterion.bound.corridor else None
        room = lookup(criterion.bound.ceiling) if criterion.bound.ceiling else None
        if last is not None or room is not None:
            figures[criterion.code] = tuple(known.note for known in (last, room) if known is not None)
        for code in codes:
            least, most = bounds[code]
            before, taken = (None if known is None else known.values.get(code) for known in (last, room))
            for low, high in _limits(criterion.bound, before, taken):
                least = max(least, low)
                most = high if most is None else most if high is None else min(most, high)
            bounds[code] = least, most
    return bounds, figures


def _limits(bound: Bound, last: Fraction | int | None, room: Fraction | int | None) -> list[tuple[int, int | None]]:
    """Return the limits of one bound.

    A corridor says nothing where there was no figure or nobody last year; a ceiling nothing where there is no figure,
    and that nobody is asked for where the figure is 0.
    """
    limits = [(bound.least or 0, bound.most)]
    if room is not None:
        limits.append((0, room // 1))
    if bound.corridor is not None and last:
        _, low, high = bound.corridor
        limits.append((-(-low * last // 1), last * high // 1))
    return limits


def published(file: CriteriaFile, figures: Layers = SHIPPED) -> Lookup:
    """Return the lookup of one criteria file, in the shipped figures and what is accepted above them.

    A municipality that was not asked counts as asked for nobody (0); hidden and missing figures are None.
    Municipal figures of an older structure are carried over mergers; over a split without official weights only by the
    rule that the file names.
    """
    rule = None if file.split is None else SplitRule(file.split)
    read: dict[tuple[str, int, int | None], Known] = {}

    def lookup(reading: Reading) -> Known:
        key = (reading.indicator, reading.year, reading.month)
        if key not in read:
            read[key] = _known(file, reading, rule, figures)
        return read[key]

    return lookup


def _known(file: CriteriaFile, reading: Reading, rule: SplitRule | None, figures: Layers) -> Known:
    wanted = structure_of(file.year)
    try:
        by_county = indicator(reading.indicator).level is Level.COUNTY
        used = series(
            reading.indicator,
            reading.year,
            month=reading.month,
            structure=wanted if by_county else None,
            day=file.day,
            figures=figures,
        )
        require_known_by(used, file.day)
        values = {code: _value(used, code) for code in used.figures}
        if not by_county:
            if used.structure is not wanted:
                return Known(_carried(used, values, file, rule), None, used.note())
            return Known(values, None, used.note(by_county=by_county))
    except (UnknownIndicator, NoFigures, NotKnownYet, SizesNotKnown, SplitWithoutWeights, PercentNotCarried) as refusal:
        # The same sentence, with the place in the criteria file that asked.
        raise BadRuleFile(file.file, reading.line, str(refusal)) from refusal
    county_of = {place.code: place.county for place in municipalities(file.year)}
    return Known(
        {code: values.get(county) for code, county in county_of.items()}, county_of, used.note(by_county=by_county)
    )


def _carried(used: Series, values: Values, file: CriteriaFile, rule: SplitRule | None) -> Values:
    if used.unit == "percent":
        raise PercentNotCarried(used.indicator, used.structure, structure_of(file.year))
    return carry(values, used.year, file.year, rule, day=file.day)


def indicator(name: str) -> Indicator:
    """Return the catalogue's entry on an indicator: what it is, which no accepted version changes.

    Raises:
        UnknownIndicator: There is none.
    """
    known = indicators()
    if name not in known:
        raise UnknownIndicator(name)
    return known[name]


def _value(used: Series, code: str) -> Fraction | int | None:
    figure = used.figures[code]
    return 0 if figure.status is Status.NOT_ASKED else figure.value
