"""What happened to a number after it was proposed, in plain words: recommended, met about, requested and decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.documents.days import day_in
from bosett.documents.explanation import WORDS, Section
from bosett.documents.words import counted
from bosett.rounds.explanation import Explanation


class Openness(StrEnum):
    """Whether a step is there, there is none, it is not for this reader, or nobody knows."""

    THERE = "there"
    NONE = "none"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RequestStep:
    """A version of a request: persons, and when and why it was decided."""

    version: int
    number: int
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """What the municipality answered: persons (None is kept back by the publisher), when, and whether it stands."""

    number: int | None
    day: date | None
    request_version: int
    preliminary: bool


@dataclass(frozen=True, slots=True)
class NumberWay:
    """The way of a municipality's number; None is missing.

    Attributes:
        year: Settlement year.
        proposed: Persons proposed.
        recommendation: Whether the county municipality's recommendation is told.
        recommended, reason: What it recommended, and why.
        outcome, outcome_reason: What the meeting came to, and why.
        final, final_reason: What the directorate set, and why.
        not_asked: Whether the frozen number is that the municipality is not asked.
        requests: Versions of the request, the oldest first, up to the one that is explained.
    """

    year: int
    proposed: int | None
    recommendation: Openness
    recommended: int | None
    reason: str
    outcome: int | None
    outcome_reason: str
    final: int | None
    final_reason: str
    not_asked: bool
    requests: Sequence[RequestStep]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What came of a request after it was decided.

    Attributes:
        sent_on: When its letter went; None when it has not.
        decision: The municipality's answer that stands; None is none yet.
        decided: Whether the answer is told.
    """

    sent_on: date | None
    decision: DecisionStep | None
    decided: Openness


_NOT_RECOMMENDED: Mapping[Openness, str] = {
    Openness.CLOSED: "way_closed",
    Openness.UNKNOWN: "way_recommendation_unknown",
}
_UNANSWERED: Mapping[Openness, str] = {
    Openness.CLOSED: "way_decision_closed",
    Openness.UNKNOWN: "way_decision_unknown",
}


def number_title(name: str, code: str, county: str, year: int, number: int, language: str) -> str:
    """Return the title of an explained request; one of nobody is that the municipality is not asked.

    Args:
        name: The municipality.
        code: Its code.
        county: Name of its county.
        year: Settlement year.
        number: Persons.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    persons = _persons(number, language) if number else words["nobody"]
    return words["request_title"].format(name=name, code=code, county=county, year=year, number=persons)


def proposal_behind(explanation: Explanation, language: str) -> str:
    """Return the heading over the proposal that a request came of."""
    words = WORDS.of(language)
    number = _persons(explanation.number, language) if explanation.number else words["nobody"]
    return words["proposal_behind"].format(number=number)


def way_section(way: NumberWay, language: str) -> Section:
    """Return how a request came of the proposal, in the order in which it happened. It never changes afterwards.

    Args:
        way: What this reader may know of it.
        language: nb, nn or en.
    """
    lines = (*_recommended(way, language), *_met(way, language), *_asked(way, language))
    return Section(WORDS.of(language)["way"], lines)


def afterwards_section(after: Afterwards, language: str) -> Section:
    """Return what came of a request: its letter, and the municipality's answer.

    Args:
        after: What this reader may know of it.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    sent = (
        words["way_not_sent"]
        if after.sent_on is None
        else words["way_sent"].format(day=day_in(after.sent_on, language))
    )
    return Section(words["afterwards"], (sent, *_answered(after, language)))


def _recommended(way: NumberWay, language: str) -> Iterator[str]:
    words = WORDS.of(language)
    if way.recommendation is not Openness.THERE or way.recommended is None:
        yield words[_NOT_RECOMMENDED.get(way.recommendation, "way_not_recommended")]
        return
    recommended = _persons(way.recommended, language)
    if way.proposed is None:
        yield words["way_recommended"].format(set=recommended)
    elif way.recommended == way.proposed:
        yield words["way_recommended_same"].format(set=recommended)
    else:
        yield words["way_recommended_other"].format(set=recommended, before=_persons(way.proposed, language))
    if way.reason:
        yield words["reason_given"].format(reason=way.reason)


def _met(way: NumberWay, language: str) -> Iterator[str]:
    words = WORDS.of(language)
    for code, number, reason in (
        ("way_outcome", way.outcome, way.outcome_reason),
        ("way_final", way.final, way.final_reason),
    ):
        if number is not None:
            yield words[code].format(set=_persons(number, language))
            if reason:
                yield words["reason_given"].format(reason=reason)


def _asked(way: NumberWay, language: str) -> Iterator[str]:
    words = WORDS.of(language)
    if way.not_asked:
        yield words["way_not_asked_first"] if way.requests else words["way_not_asked"].format(year=way.year)
    for each in way.requests:
        facts = {"version": each.version, "day": day_in(each.day, language), "set": _persons(each.number, language)}
        yield words["way_request"].format(**facts)
        if each.reason:
            yield words["reason_given"].format(reason=each.reason)


def _answered(after: Afterwards, language: str) -> Iterator[str]:
    words, decision = WORDS.of(language), after.decision
    if after.decided in _UNANSWERED or decision is None:
        yield words[_UNANSWERED.get(after.decided, "way_no_decision")]
        return
    if decision.number is None:
        yield words["way_decision_hidden"]
        return
    code = "way_preliminary" if decision.preliminary else "way_decided" if decision.number else "way_decided_none"
    yield words[code].format(set=_persons(decision.number, language), version=decision.request_version)
    if decision.day is not None:
        yield words["way_decided_on"].format(day=day_in(decision.day, language))


def _persons(number: int, language: str) -> str:
    return WORDS.of(language)["persons"].format(n=counted(number, language))
