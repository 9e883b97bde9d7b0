"""What a computed round is made of: typed rows that pages, workbooks and the command line show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bosett.basis.steps import Step
from bosett.figures import Figure, SeriesNote, UsedVersion


class Mode(StrEnum):
    """The two ways to a county: its target first and then its municipalities, or straight from the nation.

    A revision changes numbers that were requested already, straight from the nation.
    """

    COUNTIES = "counties"
    NATION = "nation"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion as it was used in a run.

    Attributes:
        code: Short code, for example `population`.
        kind: weight, eligibility, bound or guidance.
        weight: Part of the total that it shares (weights only).
        wording: By language (nb, nn, en).
        wording_status: official, paraphrase or translation.
        computable: False when no figures known before the round exist; its weight is then unassigned.
        source: Where the wording comes from.
        figures: Each series that it reads: what, when, publisher, known on.
    """

    code: str
    kind: str
    weight: Fraction | None
    wording: Mapping[str, str]
    wording_status: str
    computable: bool
    source: str
    figures: tuple[SeriesNote, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """One municipality in a run.

    Attributes:
        code: Code in the structure of the settlement year.
        name: Display name, with the county where two share a name.
        claim: Exact claim; the unit cancels out.
        parts: Its part of each weight's measure, by criterion code; over the country each sums to 1.
        exact: Total x claim / all claims, in persons.
        number: Persons proposed.
        previous: What it was asked for last year by the latest request known on the day of the run, or why there is no
            number: not asked, hidden or missing. In a revision its first request.
        population: Persons on 1 January before the round, or None.
        steps: Why this number.
    """

    code: str
    name: str
    claim: Fraction
    parts: Mapping[str, Fraction]
    exact: Fraction
    number: int
    previous: Figure
    population: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county in a run: its target in persons and its municipalities by code."""

    code: str
    name: str
    target: int
    claim: Fraction
    exact: Fraction
    municipalities: tuple[MunicipalityLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A municipality that takes no part in the sharing, and the step that says why."""

    code: str
    name: str
    county: str
    step: Step

    @property
    def reason(self) -> str:
        """Why, as the engine says it: for programs, not for people."""
        return self.step.text


@dataclass(frozen=True, slots=True)
class Run:
    """A computed proposal for one settlement year: same inputs, same bytes.

    Attributes:
        year: Settlement year.
        day: The run's own date: no figure known later is used.
        total: Persons shared.
        mode: Way to the counties.
        criteria_id: For example `no-2021-reference`.
        criteria_title: Shown name by language (nb, nn, en); the reference model says "Bosetts referansemodell".
        official: True for what the ministry adopted, False for the reference model.
        criteria: Every criterion as it was used.
        unassigned: Sum of the weights that are not computable.
        before: Which request `previous` is, and since when it is known; None when none was known.
        version: Version of the rules and the program.
        inputs_sha256: Hash of every input of the run.
        counties: By code.
        left_out: By code.
        checks: Properties verified on this very run: name and whether it holds.
        figures: The accepted versions of figures that it used, by indicator and time; empty for shipped figures alone.
    """

    year: int
    day: date
    total: int
    mode: Mode
    criteria_id: str
    criteria_title: Mapping[str, str]
    official: bool
    criteria: tuple[CriterionLine, ...]
    unassigned: Fraction
    before: SeriesNote | None
    version: str
    inputs_sha256: str
    counties: tuple[CountyLine, ...]
    left_out: tuple[LeftOut, ...]
    checks: tuple[tuple[str, bool], ...]
    figures: tuple[UsedVersion, ...] = ()
