"""Criteria in plain words: what each says, how it measures, what it weighs, and what is new since the year before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from bosett.basis.languages import LANGUAGES
from bosett.documents.days import month_in
from bosett.documents.words import exact, percent, whole, word, word_or
from bosett.parameters import Bound, Criterion, Factor, Reading
from bosett.rounds.open_round import OpenCriterion

KINDS = ("weight", "eligibility", "bound", "guidance")
"""Kinds of criteria, in the order in which they are read."""
MOST_TOLD = 4
"""Decimals of a number that are told."""
ROOT, ONCE, UNDER = Fraction(1, 2), Fraction(1), Fraction(-1)


@dataclass(frozen=True, slots=True)
class CriterionInWords:
    """A criterion as people read it.

    Attributes:
        code: Short code, the same from year to year.
        wording: What it says.
        is_official: Whether that is the wording of the source; else it is told in our words.
        source: Where it is from.
        weight: The part that it shares, such as `70,0 %`; empty when it has none, or none that is known.
        width: The same as a whole number of per cent, for a bar; None likewise.
        weight_unknown: Whether it has a weight that nobody has told.
        measure: How it measures; empty when it does not.
        new: How it stands to the year before: `new`, `changed`, or empty.
        was: Its wording the year before, where that was another.
    """

    code: str
    wording: str
    is_official: bool
    source: str
    weight: str
    width: int | None
    weight_unknown: bool
    measure: str
    new: str
    was: str


def open_criterion(each: Criterion) -> OpenCriterion:
    """Return a criterion of a rule file as it is published."""
    readings = [reading for factor in each.measure for reading in (factor.reading, factor.per) if reading is not None]
    if each.eligible is not None:
        readings.append(each.eligible.reading)
    return OpenCriterion(
        code=each.code,
        kind=each.kind,
        wording=dict(each.wording),
        is_official=each.wording_status == "official",
        source=each.source,
        weight="" if each.weight is None else str(each.weight),
        weight_known=each.kind != "weight" or each.weight is not None,
        indicators=tuple(dict.fromkeys(f"{reading.indicator} {reading.year}" for reading in readings)),
        measure={language: words for language in LANGUAGES if (words := rule_in_words(each, language))},
    )


def in_words(
    current: Iterable[OpenCriterion], before: Sequence[OpenCriterion] | None, language: str
) -> Mapping[str, Sequence[CriterionInWords]]:
    """Return criteria in words by kind, only of those kinds that there are.

    Args:
        current: The criteria.
        before: Those of the year before; None when they are not known, and nothing is said to be new.
        language: nb, nn or en.
    """
    earlier = {each.code: each for each in before or ()}
    kinds: dict[str, list[CriterionInWords]] = {kind: [] for kind in KINDS}
    for each in current:
        kinds[each.kind].append(_in_words(each, earlier.get(each.code), language, compared=before is not None))
    return {kind: rows for kind, rows in kinds.items() if rows}


def gone(current: Iterable[OpenCriterion], before: Iterable[OpenCriterion], language: str) -> list[str]:
    """Return the wordings of the criteria of the year before that are none any more."""
    codes = {each.code for each in current}
    return [_wording(each, language) for each in before if each.code not in codes]


def measure_in_words(factors: Sequence[Factor], language: str) -> str:
    """Return how a criterion measures: its figures with their years, and how they are put together."""
    first, *rest = factors
    words = _factor(first, language, power=first.power)
    for each in rest:
        code = "measure_by" if each.power == UNDER else "measure_times"
        power = ONCE if each.power == UNDER else each.power
        words = word(code, language, what=words, next=_factor(each, language, power=power))
    return words


def rule_in_words(each: Criterion, language: str) -> str:
    """Return what a criterion does to the numbers, as it is computed and not as it is worded; empty for guidance.

    A weight says how it measures, an eligibility who may be asked, a bound how few and how many.
    """
    if each.measure:
        return measure_in_words(each.measure, language)
    if each.eligible is not None:
        what, least = _reading(each.eligible.reading, language), _number(each.eligible.at_least, language)
        return word("rule_eligible", language, what=what, least=least)
    limits = [] if each.bound is None else [*_limits(each.bound, language)]
    return reduce(lambda what, then: word("rule_both", language, what=what, then=then), limits) if limits else ""


def _limits(bound: Bound, language: str) -> Iterator[str]:
    if bound.least is not None:
        yield word("rule_least", language, least=whole(bound.least, language))
    if bound.most is not None:
        yield word("rule_most", language, most=whole(bound.most, language))
    if bound.corridor is not None:
        last, low, high = bound.corridor
        parts = {"low": _part(low, language), "high": _part(high, language)}
        yield word("rule_corridor", language, what=_reading(last, language), **parts)
    if bound.ceiling is not None:
        yield word("rule_ceiling", language, what=_reading(bound.ceiling, language))


def _number(number: Fraction, language: str) -> str:
    """Return a number with the decimals that it has, at most as many as are read."""
    digits = next((n for n in range(MOST_TOLD) if (number * 10**n).denominator == 1), MOST_TOLD)
    return exact(number, language, digits)


def _part(part: Fraction, language: str) -> str:
    return f"{_number(100 * part, language)}" + ("%" if language == "en" else "\u00a0%")


def _factor(factor: Factor, language: str, *, power: Fraction) -> str:
    words = _reading(factor.reading, language)
    if factor.per is not None:
        words = word("measure_per", language, what=words, per=_reading(factor.per, language))
    if factor.complement_of is not None:
        digits = 0 if factor.complement_of.denominator == 1 else 2
        number = exact(factor.complement_of, language, digits)
        words = word("measure_complement", language, whole=number, what=words)
    if power == ONCE:
        return words
    if power == ROOT:
        return word("measure_root", language, what=words)
    return word("measure_power", language, what=words, power=str(power))


def _reading(reading: Reading, language: str) -> str:
    name = word_or(f"indicator_{reading.indicator}", language, reading.indicator)
    when = month_in(reading.year, reading.month, language) if reading.month else str(reading.year)
    return f"{name[0].lower()}{name[1:]} {when}"


def _in_words(each: OpenCriterion, earlier: OpenCriterion | None, language: str, *, compared: bool) -> CriterionInWords:
    wording, was = _wording(each, language), "" if earlier is None else _wording(earlier, language)
    new = ""
    if compared:
        new = "new" if earlier is None else "changed" if (was, earlier.weight) != (wording, each.weight) else ""
    weight = Fraction(each.weight) if each.weight else None
    return CriterionInWords(
        code=each.code,
        wording=wording,
        is_official=each.is_official,
        source=each.source,
        weight="" if weight is None else percent(weight, language),
        width=None if weight is None else round(100 * weight),
        weight_unknown=not each.weight_known,
        measure=each.measure.get(language, ""),
        new=new,
        was=was if new == "changed" and was != wording else "",
    )


def _wording(each: OpenCriterion, language: str) -> str:
    return each.wording.get(language) or each.wording.get("nb", "")
