"""Criteria files: one per year, official or our own reference model, strictly read.

The schema is told in docs/how-to/write-a-criteria-file.md. Files lie in `data/criteria`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from importlib.resources import as_file, files

from bosett.basis.digest import digest
from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.parameters.nodes import Value, read

KINDS = ("weight", "eligibility", "bound", "guidance")
WORDINGS = ("official", "paraphrase", "translation", "own")
TIE_RULES = ("larger-claim", "id")
SPLITS = ("largest_receiver", "equal", "missing")
UNKNOWN = "unknown"
MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure that a criterion reads.

    Attributes:
        indicator: Name in the catalogue of figures.
        year: Year of the figures.
        month: Month, for monthly figures.
        line: Line in the criteria file, for refusals; it is no part of what is read.
    """

    indicator: str
    year: int
    month: int | None
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a measure: (complement_of - reading / per) to a power, in this order.

    Attributes:
        reading: The figure.
        per: A second figure of the same municipality or county that it is divided by, or None.
        complement_of: The number that it is taken from, or None.
        power: Exponent, 1 when not said.
        digits: Decimals to which a root is rounded before it becomes a fraction; None when the power is whole.
    """

    reading: Reading
    per: Reading | None
    complement_of: Fraction | None
    power: Fraction
    digits: int | None


@dataclass(frozen=True, slots=True)
class Eligible:
    """Who may be asked: those with a figure of at least this."""

    reading: Reading
    at_least: Fraction


@dataclass(frozen=True, slots=True)
class Bound:
    """How few or many a municipality is asked for, in persons.

    Attributes:
        least: Floor if asked at all, or None.
        most: Ceiling, or None.
        corridor: A figure with the lowest and highest part of it that may be asked for, or None.
        ceiling: A figure of persons that is the ceiling where there is one, 0 too; None without such a figure.
    """

    least: int | None
    most: int | None
    corridor: tuple[Reading, Fraction, Fraction] | None
    ceiling: Reading | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion.

    Attributes:
        code: Short code.
        kind: weight, eligibility, bound or guidance.
        wording: By language.
        wording_status: official, paraphrase, translation, or own (reference model only).
        source: Where the wording is from.
        weight: Part of the total (weights; None when unknown).
        measure: Factors that are multiplied; empty when there are no figures known before the round.
        why_not: For a weight or eligibility without figures: why it is not computable. With a measure it holds until
            all figures of the measure are there, known by the day.
        eligible: For kind eligibility.
        bound: For kind bound.
    """

    code: str
    kind: str
    wording: Mapping[str, str]
    wording_status: str
    source: str
    weight: Fraction | None
    measure: tuple[Factor, ...]
    why_not: str
    eligible: Eligible | None
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class CriteriaFile:
    """A criteria file.

    Attributes:
        id: For example `no-2021-reference`.
        year: Settlement year.
        official: What the ministry adopted, against our own reference model.
        title: By language.
        day: The run's own date: no figure known later may be read.
        source: Where the criteria are from.
        source_date: Date of the source.
        tie_rule: What settles a tie, or None.
        split: What to do with figures of a municipality split without official weights, or None (refuse).
        criteria: In the order of the file.
        file: Name of the file, for refusals.
    """

    id: str
    year: int
    official: bool
    title: Mapping[str, str]
    day: date
    source: str
    source_date: str
    tie_rule: str | None
    split: str | None
    criteria: tuple[Criterion, ...]
    file: str

    def known_by(self, day: date) -> "CriteriaFile":
        """Return the same criteria for a run on a day: no figure known after it, or after the file's own, is read."""
        return replace(self, day=min(self.day, day))


def rules_digest(file: CriteriaFile) -> str:
    """Return the SHA-256 of all in a criteria file that decides numbers: its words and sources are none of it.

    Neither is the day: a run names its own.
    """
    return digest(
        {
            "id": file.id,
            "year": file.year,
            "tie_rule": file.tie_rule,
            "split": file.split,
            "criteria": [
                {
                    "code": each.code,
                    "kind": each.kind,
                    "weight": None if each.weight is None else str(each.weight),
                    "measure": [_decides(factor) for factor in each.measure],
                    "is_computable": not each.why_not,
                    "eligible": each.eligible and [_which(each.eligible.reading), str(each.eligible.at_least)],
                    "bound": each.bound and _bounds(each.bound),
                }
                for each in file.criteria
            ],
        }
    )


class NoCriteria(Refusal):
    """No criteria file of that name or year is shipped."""

    def __init__(self, asked: str, sentence: str = "") -> None:
        there = ", ".join(shipped())
        super().__init__(sentence or f"There are no criteria {asked}. There are {there}; or name a file of your own.")
        self.asked = asked


def shipped() -> tuple[str, ...]:
    """Return the ids of the shipped criteria files."""
    folder = files("bosett") / "data" / "criteria"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def load_as_shipped(name: str) -> CriteriaFile:
    """Load a criteria file that is shipped as it stands, by its id.

    Raises:
        NoCriteria: No such file.
    """
    if name not in shipped():
        raise NoCriteria(name)
    with as_file(files("bosett") / "data" / "criteria" / f"{name}.yaml") as path:
        return criteria_file(read(path))


def criteria_file(root: Value) -> CriteriaFile:
    """Return the criteria of a file that was read.

    Raises:
        BadRuleFile: With file, line and what to do.
    """
    top = root.fields(
        ("id", "year", "sort", "title", "day", "source", "source_date", "criteria"), ("tie_rule", "split")
    )
    official = top["sort"].choice(("official", "reference")) == "official"
    criteria = tuple(_criterion(value, official) for value in top["criteria"].items())
    if not criteria:
        raise top["criteria"].refuse("is empty; name at least one criterion")
    _refuse_twins(top["criteria"], criteria)
    _refuse_weights(top["criteria"], criteria)
    if top["day"].day().year >= top["year"].whole():
        raise top["day"].refuse(f"is {top['day'].text()}; the day of a run comes before its settlement year begins")
    return CriteriaFile(
        id=top["id"].text(),
        year=top["year"].whole(),
        official=official,
        title=in_languages(top["title"]),
        day=top["day"].day(),
        source=top["source"].text(),
        source_date=top["source_date"].text(),
        tie_rule=top["tie_rule"].choice(TIE_RULES) if "tie_rule" in top else None,
        split=top["split"].choice(SPLITS) if "split" in top else None,
        criteria=criteria,
        file=root.file,
    )


def _criterion(value: Value, official: bool) -> Criterion:
    needed = ("code", "kind", "wording", "wording_status", "source")
    every = value.fields(
        needed, ("weight", "measure", "not_computable", "reading", "at_least", "least", "most", "corridor", "ceiling")
    )
    kind = every["kind"].choice(KINDS)
    allowed = {
        "weight": ("weight", "measure", "not_computable"),
        "eligibility": ("reading", "at_least", "not_computable"),
        "bound": ("least", "most", "corridor", "ceiling"),
        "guidance": (),
    }[kind]
    fields = value.fields(needed, allowed)
    why_not = fields["not_computable"].text() if "not_computable" in fields else ""
    status = fields["wording_status"].choice(WORDINGS if not official else WORDINGS[:3])
    return Criterion(
        code=fields["code"].text(),
        kind=kind,
        wording=in_languages(fields["wording"]),
        wording_status=status,
        source=fields["source"].text(),
        weight=_weight(value, fields) if kind == "weight" else None,
        measure=_measure(value, fields, why_not) if kind == "weight" else (),
        why_not=why_not,
        eligible=_eligible(value, fields, why_not) if kind == "eligibility" else None,
        bound=_bound(value, fields) if kind == "bound" else None,
    )


def _weight(value: Value, fields: Mapping[str, Value]) -> Fraction | None:
    if "weight" not in fields:
        raise value.refuse("lacks weight; write its part of the total, such as 0.2, or `unknown`")
    if fields["weight"].text() == UNKNOWN:
        if "measure" in fields:
            raise fields["measure"].refuse("stands with an unknown weight; say not_computable and why instead")
        return None
    weight = fields["weight"].fraction()
    if not 0 < weight <= 1:
        raise fields["weight"].refuse(f"is {weight}; a weight is above 0 and at most 1")
    return weight


def _measure(value: Value, fields: Mapping[str, Value], why_not: str) -> tuple[Factor, ...]:
    if "measure" not in fields:
        if not why_not:
            raise value.refuse("needs a measure, or not_computable with the reason")
        return ()
    factors = tuple(_factor(item) for item in fields["measure"].items())
    if not factors:
        raise fields["measure"].refuse("is empty; name at least one figure")
    return factors


def _factor(value: Value) -> Factor:
    fields = value.fields(("indicator", "year"), ("month", "per", "complement_of", "power", "digits"))
    power = fields["power"].fraction() if "power" in fields else Fraction(1)
    if power == 0 or abs(power) > 8 or power.denominator > 8:
        raise fields["power"].refuse("must be a power such as 2, -1 or 1/2")
    digits = fields["digits"].whole() if "digits" in fields else None
    if (power.denominator == 1) != (digits is None):
        raise value.refuse("needs digits with a root, and only with a root: the decimals that it is rounded to")
    if digits is not None and digits > MOST_DIGITS:
        raise fields["digits"].refuse(f"is {digits}; a root is rounded to at most {MOST_DIGITS} decimals")
    return Factor(
        reading=_reading(fields, value),
        per=_reading(fields["per"].fields(("indicator", "year"), ("month",)), fields["per"])
        if "per" in fields
        else None,
        complement_of=fields["complement_of"].fraction() if "complement_of" in fields else None,
        power=power,
        digits=digits,
    )


def _reading(fields: Mapping[str, Value], value: Value) -> Reading:
    month = fields["month"].whole() if "month" in fields else None
    if month is not None and not 1 <= month <= 12:
        raise fields["month"].refuse(f"is {month}; a month is 1 to 12")
    return Reading(fields["indicator"].text(), fields["year"].whole(), month, value.line)


def _eligible(value: Value, fields: Mapping[str, Value], why_not: str) -> Eligible | None:
    if why_not:
        return None
    if "reading" not in fields or "at_least" not in fields:
        raise value.refuse("needs reading and at_least, or not_computable with the reason")
    reading = fields["reading"]
    return Eligible(_reading(reading.fields(("indicator", "year"), ("month",)), reading), fields["at_least"].fraction())


def _bound(value: Value, fields: Mapping[str, Value]) -> Bound:
    least = fields["least"].whole() if "least" in fields else None
    most = fields["most"].whole() if "most" in fields else None
    corridor = None
    if "corridor" in fields:
        inner = fields["corridor"].fields(("indicator", "year", "from", "to"), ("month",))
        low, high = inner["from"].fraction(), inner["to"].fraction()
        if not 0 <= low <= high:
            raise fields["corridor"].refuse("must have 0 <= from <= to")
        corridor = (_reading(inner, fields["corridor"]), low, high)
    ceiling = None
    if "ceiling" in fields:
        ceiling = _reading(fields["ceiling"].fields(("indicator", "year"), ("month",)), fields["ceiling"])
    if least is None and most is None and corridor is None and ceiling is None:
        raise value.refuse("needs least, most, corridor or ceiling")
    return Bound(least, most, corridor, ceiling)


def _decides(factor: Factor) -> list[object]:
    """Return a factor as its digest is made of it."""
    complement = None if factor.complement_of is None else str(factor.complement_of)
    per = factor.per and _which(factor.per)
    return [_which(factor.reading), per, complement, str(factor.power), factor.digits]


def _bounds(bound: Bound) -> list[object]:
    corridor = bound.corridor and [_which(bound.corridor[0]), *map(str, bound.corridor[1:])]
    return [bound.least, bound.most, corridor, bound.ceiling and _which(bound.ceiling)]


def _which(reading: Reading) -> list[object]:
    return [reading.indicator, reading.year, reading.month]


def in_languages(value: Value) -> dict[str, str]:
    """Return a text that stands in every language.

    Raises:
        BadRuleFile: A language lacks, or there is another.
    """
    fields = value.fields(LANGUAGES)
    return {language: fields[language].text() for language in LANGUAGES}


def _refuse_twins(value: Value, criteria: tuple[Criterion, ...]) -> None:
    codes = [criterion.code for criterion in criteria]
    for place, (item, code) in enumerate(zip(value.items(), codes, strict=True)):
        if code in codes[:place]:
            raise item.refuse(f"has the code {code!r}, which stands before; each criterion has its own")


def _refuse_weights(value: Value, criteria: tuple[Criterion, ...]) -> None:
    weights = [criterion.weight for criterion in criteria if criterion.kind == "weight"]
    known = sum((weight for weight in weights if weight is not None), start=Fraction(0))
    if known > 1 or (known != 1 and None not in weights):
        raise value.refuse(f"has weights that add up to {known}; they must add up to 1")
