"""A target in plain words, a county's or the country's: what it rests on, what the criteria give, and what was set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.documents.days import day_in
from bosett.documents.explanation import ITEM, WORDS, Section, figures_section, more_lines, pays_lines
from bosett.documents.number_way import Openness
from bosett.documents.words import counted, exact, percent, whole
from bosett.figures import SeriesNote
from bosett.rounds.target_explanation import CountyExplanation


@dataclass(frozen=True, slots=True)
class ForecastBasis:
    """The forecast that a target rests on: who published it, as of when, and low, middle and high in persons."""

    publisher: str
    as_of: date
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class SetTarget:
    """A target as a version of the targets sets it; None is not set.

    Attributes:
        year: Settlement year.
        name: The county; empty is the country.
        number: Persons.
        under15, from15: The unaccompanied minors among them.
        decided: Whether the version is decided, and no draft.
        reason: What is given as the reason of the whole version; may be empty.
        criteria: Whether the criteria that it rests on are told.
        title: Their name, in the reader's language; empty when they are not told.
        forecast_is: Whether the forecast that it rests on is told.
        forecast: That; None when it is not told.
    """

    year: int
    name: str
    number: int | None
    under15: int | None
    from15: int | None
    decided: bool
    reason: str
    criteria: Openness
    title: str
    forecast_is: Openness
    forecast: ForecastBasis | None


@dataclass(frozen=True, slots=True)
class SharedCounty:
    """What a county was given of a national target, and what the criteria alone give; None is not known."""

    name: str
    number: int | None
    computed: int | None


def target_title(name: str, year: int, number: int | None, language: str) -> str:
    """Return the title of an explained target.

    Args:
        name: The county; empty is the country.
        year: Settlement year.
        number: Persons; None is not set.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    persons = words["not_set"] if number is None else words["persons"].format(n=counted(number, language))
    return words["target_title"].format(name=name or words["country"], year=year, number=persons)


def county_sections(
    target: SetTarget, explanation: CountyExplanation | None, notes: Iterable[SeriesNote], language: str
) -> tuple[Section, ...]:
    """Return how a county's target came about.

    Args:
        target: The target as it was set.
        explanation: What the criteria alone give; None when they cannot be computed.
        notes: The figures behind them.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    first = Section("", tuple(_basis(target, language)))
    if explanation is None:
        why_not = [words["not_computed"]] if target.criteria is Openness.THERE else []
        return first, Section(words["how"], (*why_not, *_set(target, None, language)))
    how = [
        words["nation"].format(year=explanation.year, total=counted(explanation.total, language)),
        words["county_claim"].format(part=percent(explanation.share, language, 2)),
    ]
    how += [
        words["county_part"].format(
            wording=part.wording[language],
            weight=percent(part.weight, language, 0),
            part=percent(part.part, language, 2),
            exact=exact(part.persons, language, 2),
        )
        for part in explanation.parts
    ]
    how.append(
        words["county_exact"].format(
            total=whole(explanation.total, language),
            exact=exact(explanation.exact, language, 2),
            number=counted(explanation.number, language),
        )
    )
    how.append(words["county_taking"].format(count=counted(explanation.taking_part, language)))
    if explanation.left_out:
        how.append(words["county_left_out"].format(count=counted(explanation.left_out, language)))
    how += _set(target, explanation.number, language)
    more = [] if explanation.more is None else more_lines(explanation.more, explanation.claim, "county_more", language)
    sections = [first, Section(words["how"], tuple(how))]
    if more:
        sections.append(Section(words["more"], tuple(more)))
        pays = pays_lines(explanation.next_number, explanation.changed, language)
        sections.append(Section(words["pays"], tuple(pays)))
    return (*sections, figures_section(notes, language))


def country_sections(
    target: SetTarget, counties: Sequence[SharedCounty], notes: Iterable[SeriesNote], language: str
) -> tuple[Section, ...]:
    """Return how the national target came about, and how it is shared over the counties.

    Args:
        target: The target as it was set.
        counties: What each county was given of it, by name.
        notes: The figures behind what the criteria give.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    how = [*_forecast(target, language), *_set(target, None, language)]
    given = [each.number for each in counties if each.number is not None]
    shared = [_shared(each, language) for each in counties]
    if len(given) == len(counties):
        shared.append(words["shared_sum"].format(total=whole(sum(given), language)))
    known = any(each.computed is not None for each in counties)
    same = known and all(each.number == each.computed for each in counties)
    lead = [words["shared_lead_same" if same else "shared_lead" if known else "not_computed"]]
    if not known and target.criteria is not Openness.THERE:
        lead = []  # it is told already why nothing stands beside
    sections = (
        Section("", tuple(_basis(target, language))),
        Section(words["how"], tuple(how)),
        Section(words["shared"], (*lead, *shared)),
    )
    return (*sections, figures_section(notes, language)) if known else sections


def _basis(target: SetTarget, language: str) -> list[str]:
    words = WORDS.of(language)
    if target.criteria is Openness.THERE:
        lines = [words["criteria"].format(title=target.title)]
    else:
        lines = [words["criteria_closed" if target.criteria is Openness.CLOSED else "no_criteria"]]
    return lines if target.decided else [words["target_draft"], *lines]


def _forecast(target: SetTarget, language: str) -> list[str]:
    """Return what forecast a national target rests on, and how it stands to the middle of it."""
    words, forecast = WORDS.of(language), target.forecast
    if forecast is None:
        return [words["forecast_closed" if target.forecast_is is Openness.CLOSED else "no_forecast"]]
    numbers = {name: counted(getattr(forecast, name), language) for name in ("low", "middle", "high")}
    line = words["forecast"].format(publisher=forecast.publisher, day=day_in(forecast.as_of, language), **numbers)
    if target.number is None:
        return [line]
    by = target.number - forecast.middle
    code = "forecast_above" if by > 0 else "forecast_below" if by else "forecast_met"
    return [line, words[code].format(change=whole(abs(by), language))]


def _set(target: SetTarget, computed: int | None, language: str) -> list[str]:
    """Return what was set, how it stands to what the criteria give, why, and the minors among them."""
    words, lines = WORDS.of(language), []
    if computed is not None and target.number is not None:
        by = target.number - computed
        code = "set_above" if by > 0 else "set_below" if by else "set_as_computed"
        lines.append(words[code].format(change=whole(abs(by), language)))
    lines.append(words["reason_given"].format(reason=target.reason) if target.reason else words["no_reason"])
    if target.under15 is None or target.from15 is None:
        return [*lines, words["minors_not_set"]]
    minors = {name: counted(getattr(target, name), language) for name in ("under15", "from15")}
    return [*lines, words["minors_set"].format(**minors)]


def _shared(each: SharedCounty, language: str) -> str:
    words = WORDS.of(language)
    number = words["not_set"] if each.number is None else whole(each.number, language)
    if each.computed is None or each.number == each.computed:
        return ITEM + words["shared_one"].format(county=each.name, set=number)
    computed = whole(each.computed, language)
    return ITEM + words["shared_other"].format(county=each.name, set=number, computed=computed)
