"""What pages and workbooks tell of a run beside its bare figures: short reasons, parts, source line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.documents.days import day_in
from bosett.documents.explanation import left_out_reason
from bosett.documents.words import WORDS, exact, figure_line, whole, word, word_or
from bosett.documents.words import figure as told
from bosett.figures import Figure, Status
from bosett.parameters import whose
from bosett.rounds.kinds import CountyLine, LeftOut, Mode, MunicipalityLine, Run


@dataclass(frozen=True, slots=True)
class CriterionShare:
    """What one criterion gives a municipality: its weight, the municipality's part of the measure, and persons."""

    code: str
    weight: Fraction
    part: Fraction
    people: Fraction


def lines(run: Run) -> Iterator[tuple[CountyLine, MunicipalityLine]]:
    """Yield every municipality with its county, in order of code."""
    for county in run.counties:
        for line in county.municipalities:
            yield county, line


def short_why(run: Run, county: CountyLine, line: MunicipalityLine, language: str) -> str:
    """Return in two short sentences how the exact share became the number."""
    if run.mode is Mode.COUNTIES and county.claim:
        share = county.target * line.claim / county.claim
        basis = word("whole_county", language, people=whole(county.target, language))
    else:
        share = line.exact
        basis = word("whole_nation", language, people=whole(run.total, language))
    first = word("why_share", language, whole=basis, share=exact(share, language))
    if second := _by_steps(line, language):
        return f"{first} {second}"
    return f"{first} {word(_turn(share, line.number), language, number=whole(line.number, language))}"


def _by_steps(line: MunicipalityLine, language: str) -> str:
    """Return the sentence of the step that gave the number, or nothing when the steps do not tell."""
    for step in reversed(line.steps):
        facts = {name: fact if isinstance(fact, str) else str(fact) for name, fact in step.facts.items()}
        for name in _FRACTIONS & facts.keys():
            facts[name] = exact(Fraction(facts[name]), language, 1 if name == "threshold" else 3)
        facts["number"] = whole(line.number, language)
        if (code := f"why_step_{step.rule}") in WORDS:
            try:
                return word(code, language, **facts)
            except KeyError:  # a rule of this name with other facts: the numbers themselves tell
                return ""
    return ""


_FRACTIONS = frozenset({"quotient", "scaled", "threshold"})


def _turn(share: Fraction, number: int) -> str:
    if share == number:
        return "why_equal"
    if number == 0:
        return "why_none"
    if abs(share - number) < 1:
        return "why_up" if number > share else "why_down"
    return "why_more" if number > share else "why_less"


def parts(run: Run, line: MunicipalityLine) -> list[CriterionShare]:
    """Return what each weight gives: persons add up to the exact share, as weights without figures are not filled.

    The claim may be on any scale, so persons are shared as the weights that could be computed share the total.
    """
    used = [
        (criterion.code, criterion.weight, line.parts[criterion.code])
        for criterion in run.criteria
        if criterion.weight is not None and criterion.code in line.parts
    ]
    together = sum((weight * part for _, weight, part in used), start=Fraction(0))
    scale = line.exact / together if together else Fraction(0)
    return [CriterionShare(code, weight, part, weight * part * scale) for code, weight, part in used]


def year_before(run: Run) -> int:
    """Return the year of the requests that a run is held against: the year before, or in a revision its own."""
    return run.year if run.mode is Mode.REVISION else run.year - 1


def change(line: MunicipalityLine) -> int | None:
    """Return the change from last year's request, or None when there was none or its number is not known."""
    return None if line.previous.persons is None else line.number - line.previous.persons


def previous_sum(lines: Iterable[MunicipalityLine]) -> int | None:
    """Return the sum of the earlier requests that have a figure, or None when nothing is known of any.

    One that was not asked adds nobody; one that is hidden or missing is left out.
    """
    known = [line.previous for line in lines if line.previous.status in {Status.OK, Status.NOT_ASKED}]
    return sum(figure.persons or 0 for figure in known) if known else None


def previous_cell(figure: Figure, language: str) -> int | str | None:
    """Return last year's request for a cell: the number, words for not asked and hidden, None when it is missing."""
    return figure.persons if figure.status in {Status.OK, Status.MISSING} else told(figure, language)


def previous_source(run: Run, language: str) -> str:
    """Return the line that says which request of the year before is shown, and since when it is known."""
    told_of = word("missing", language) if run.before is None else figure_line(run.before, language)
    return f"{word('previous', language, before=year_before(run))}: {told_of}."


def title_of(run: Run, language: str) -> str:
    """Return the name of the criteria, with the standing in front of it when the name does not tell."""
    title = run.criteria_title.get(language) or run.criteria_title.get("nb") or run.criteria_id
    reference, is_ours = word("reference", language), whose(run.criteria_id, official=run.official) == "reference"
    return title if not is_ours or reference.casefold() in title.casefold() else f"{reference}: {title}"


def wording(texts: Mapping[str, str], language: str) -> str:
    """Return a wording in the language, or in bokmål, or in whatever there is."""
    return texts.get(language) or texts.get("nb") or next(iter(texts.values()), "")


def source_line(run: Run, language: str) -> str:
    """Return the line that tells where a sheet comes from."""
    return word(
        "source_line",
        language,
        title=title_of(run, language),
        version=run.version,
        day=day_in(run.day, language),
    )


def why_left_out(run: Run, left: LeftOut, language: str) -> str:
    """Return why a municipality takes no part in the sharing, in the language of the page."""
    wordings = {criterion.code: criterion.wording for criterion in run.criteria}
    reason = left_out_reason(left.step, wordings, language)
    return f"{reason[:1].upper()}{reason[1:]}."


def check_name(name: str, language: str) -> str:
    """Return what a check is called in front of people."""
    return word_or(f"check_{name}", language, name.replace("_", " "))
