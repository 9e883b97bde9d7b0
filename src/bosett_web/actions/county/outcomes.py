"""What the county meeting comes to for each municipality: number, minors, who said why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from bosett.rounds.parties import Party
from bosett_web.accounts.actor import Actor
from bosett_web.actions.county.recommendations import located, subject_of
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.values import Numbers, facts_of, minors_within, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import recommendation_situation
from bosett_web.records.models import Recommendation, RecommendationLine

SAID_BY = ("", Party.DIRECTORATE.value, Party.KS.value, Party.COUNTY.value, Party.MUNICIPALITY.value)
"""Whose reason an outcome rests on."""
FIELDS = ("outcome", "outcome_under15", "outcome_from15", "outcome_reason", "outcome_by")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the meeting came to for one municipality; `by` is the party that said why."""

    municipality: str
    numbers: Numbers
    reason: str = ""
    by: str = ""


@action
def set_outcomes(actor: Actor, /, *, year: int, county: str, outcomes: Sequence[Outcome]) -> Event:
    """Record what the meeting came to for one or more municipalities.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A number cannot be, a municipality is not in the county, or an outcome that differs lacks its reason.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.outcome", actor, recommendation_situation(at, row), subject, year)
    lines = _lines(row.id)
    before, after = {}, {}
    for outcome in outcomes:
        code = outcome.municipality
        if code not in lines:
            raise Invalid("municipality", "municipality_not_in_county", {"municipality": code, "county": county})
        line = lines[code]
        before[code] = _facts(line)
        numbers = minors_within(f"{code}-outcome", outcome.numbers)
        reason = text(f"{code}-outcome-reason", outcome.reason)
        if numbers.number not in (None, line.number) and not reason:
            raise Invalid(f"{code}-outcome-reason", "reason_for_departure")
        if outcome.by not in SAID_BY:
            raise Invalid(f"{code}-outcome-by", "not_a_choice")
        line.outcome, line.outcome_under15, line.outcome_from15 = numbers.number, numbers.under15, numbers.from15
        line.outcome_reason, line.outcome_by = reason, outcome.by
        after[code] = _facts(line)
    _save(row.id, [lines[code] for code in after])
    texts = {f"reason-{outcome.municipality}": outcome.reason for outcome in outcomes}
    return note(actor, Entry("recommendation.outcome", subject, year, {"outcomes": before}, {"outcomes": after}, texts))


@action
def outcomes_as_recommended(actor: Actor, /, *, year: int, county: str, municipality: str = "") -> Event:
    """Record that the meeting came to what was recommended.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting.
        municipality: The one that it is recorded for, in place of an outcome that it may have; or empty for every
            municipality that has no outcome yet.

    Raises:
        Objected: As `set_outcomes`.
        Invalid: Every municipality has its outcome, or the municipality is not in the county.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.outcome", actor, recommendation_situation(at, row), subject, year)
    line_of = _lines(row.id)
    if municipality and municipality not in line_of:
        raise Invalid("municipality", "municipality_not_in_county", {"municipality": municipality, "county": county})
    lines = [line_of[municipality]] if municipality else [line for line in line_of.values() if line.outcome is None]
    if not lines:
        raise Invalid("lines", "nothing_to_fill", {"county": county})
    before = {line.municipality: _facts(line) for line in lines}
    for line in lines:
        line.outcome, line.outcome_under15, line.outcome_from15 = line.number, line.under15, line.from15
        line.outcome_reason = line.outcome_by = ""
    after = {line.municipality: _facts(line) for line in lines}
    if before == after:
        raise Invalid("lines", "nothing_changed")
    _save(row.id, lines)
    return note(actor, Entry("recommendation.outcome", subject, year, {"outcomes": before}, {"outcomes": after}))


def _lines(recommendation: int) -> dict[str, RecommendationLine]:
    rows = RecommendationLine.objects.select_for_update().filter(recommendation=recommendation)
    return {line.municipality: line for line in rows.order_by("municipality")}


def _save(recommendation: int, lines: Sequence[RecommendationLine]) -> None:
    RecommendationLine.objects.bulk_update(lines, FIELDS)
    Recommendation.objects.filter(pk=recommendation).update(changed=F("changed") + 1)


def _facts(line: RecommendationLine) -> Mapping[str, object]:
    numbers = Numbers(line.outcome, line.outcome_under15, line.outcome_from15)
    return {**facts_of(numbers), "by": line.outcome_by}
