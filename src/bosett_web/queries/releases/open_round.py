"""What is public of a round now, beside the counts: taken from the rows as the public may see them, and from no others.

It is read by who publishes. The public itself reads what has been published.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.documents.criteria import open_criterion
from bosett.documents.words import figure_line
from bosett.parameters import load_shipped
from bosett.parameters.criteria import CriteriaFile
from bosett.rounds.history import sources
from bosett.rounds.notices import NoticeKind
from bosett.rounds.open_round import (
    NewsKind,
    OpenCriteria,
    OpenDay,
    OpenForecast,
    OpenMeeting,
    OpenNews,
    OpenNotice,
    OpenRound,
    OpenState,
    OpenTargets,
)
from bosett.rounds.parties import PUBLIC, Party
from bosett.rounds.population import inhabitants
from bosett.rounds.published import CountMark, PublicDay
from bosett.rounds.release import COUNTRY, PublicDecision, PublicRequest
from bosett.rounds.states import TargetsState
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.queries.notices.notices import NoticeRow, earlier, notices_of, taken_back, taken_back_on
from bosett_web.queries.sight import is_released, seen
from bosett_web.queries.standing_rows import CriteriaRow, Standing
from bosett_web.records.models import Decision, Request


def public_requests(at: Standing, moment: datetime) -> tuple[PublicRequest, ...]:
    """Return the requests that are public, by municipality and version. One query.

    After the release a later version is public when its letter has come: who is asked reads it first.
    """
    if not is_released(at, moment):
        return ()
    released_on = timezone.localdate(at.release_at)
    rows = Request.objects.filter(round=at.year).order_by("municipality", "version")
    return tuple(
        PublicRequest(row.municipality, row.version, row.number, _minors(row.under15, row.from15), row.day)
        for row in rows
        if row.day <= released_on or row.sent_at is not None
    )


def public_decisions(at: Standing, moment: datetime) -> tuple[PublicDecision, ...]:
    """Return the decisions that are public and whose number is known, by municipality. One query."""
    return tuple(
        PublicDecision(row.municipality, row.request.version, row.number, row.minors_number, row.decided_on or row.day)
        for row in decision_rows(at, moment)
        if row.number is not None
    )


def decision_rows(at: Standing, moment: datetime) -> tuple[Decision, ...]:
    """Return the rows of the decisions that are public, by municipality and version; an answer that waits is none."""
    if not is_released(at, moment):
        return ()
    rows = Decision.objects.filter(round=at.year, preliminary=False).select_related("request").defer("content")
    return tuple(rows.order_by("municipality", "version"))


def open_round(
    whole: Standing,
    moment: datetime,
    requests: tuple[PublicRequest, ...],
    counts: Iterable[PublicDay],
) -> OpenRound:
    """Return how far a round has come, as the public may know it at a moment.

    Args:
        whole: The round as it stands.
        moment: When.
        requests: Those that are public.
        counts: The counts that have been published, the oldest first.
    """
    at = seen(whole, PUBLIC, moment)
    released = is_released(at, moment)
    state = OpenState.CLOSED if at.is_closed else OpenState.NUMBERED if released else OpenState.OPEN
    targets = tuple(
        OpenTargets(
            version=row.version,
            day=row.day,
            national=row.national.number,
            under15=row.national.under15,
            from15=row.national.from15,
            counties={code: people.number for code, people in row.counties.items()},
        )
        for row in at.targets
        if row.state == TargetsState.DECIDED and row.national.number is not None
    )
    forecasts = tuple(
        OpenForecast(
            *(row.version, row.day, row.as_of, row.low, row.middle, row.high, row.under15, row.from15),
            *(row.publisher, row.document),
        )
        for row in at.forecasts
    )
    day = timezone.localdate(moment)
    in_force = notices_of(at.year, day)
    people = inhabitants(at.year, day, at.figures).note
    notices = tuple(_notice(row) for row in in_force)
    news = [
        *(_criteria_news(at.year, row) for row in at.criteria),
        *(_forecast_news(each) for each in forecasts),
        *(_targets_news(each) for each in targets),
        *_request_news(at, requests, released=released),
        *_decision_news(at, moment),
        *_notice_news(at.year, in_force),
        *(_count_news(at.year, each) for each in counts),
    ]
    if at.closed_on is not None:
        news.append(OpenNews(at.closed_on, NewsKind.CLOSED, Party.DIRECTORATE, {"year": at.year}, {}))
    return OpenRound(
        state=state,
        released_at=at.release_at if released else None,
        closed_on=at.closed_on,
        is_former=at.is_former,
        planned=at.planned,
        targets=targets,
        forecasts=forecasts,
        criteria=tuple(_criteria(row) for row in at.criteria),
        calendar=tuple(OpenDay(step, due.last, due.season) for step, due in at.calendar.items()),
        meetings=tuple(
            OpenMeeting(row.county, timezone.localdate(row.at), row.state)
            for row in sorted(at.meetings.values(), key=lambda row: (row.at, row.county))
        ),
        notices=notices,
        sources={
            language: tuple(figure_line(note, language) for note in sources(at.year, day, at.figures))
            for language in LANGUAGES
        },
        people_from={language: figure_line(people, language) for language in LANGUAGES} if people else {},
        news=_numbered(sorted(news, key=lambda each: (each.on, [*NewsKind].index(each.kind)), reverse=True)),
    )


def _minors(under15: int | None, from15: int | None) -> int | None:
    return None if under15 is None or from15 is None else under15 + from15


def _numbered(news: Iterable[OpenNews]) -> tuple[OpenNews, ...]:
    """Return news with a number each, among those of one kind on one day: what each is known by for ever."""
    seen_so_far: Counter[tuple[date, NewsKind]] = Counter()
    numbered = []
    for each in reversed([*news]):
        seen_so_far[each.on, each.kind] += 1
        facts = {**each.facts, "number": seen_so_far[each.on, each.kind]}
        numbered.append(OpenNews(each.on, each.kind, each.by, facts, each.text))
    return tuple(reversed(numbered))


# The criteria


def _criteria(row: CriteriaRow) -> OpenCriteria:
    file = _file(row.file)
    return OpenCriteria(
        version=row.version,
        day=row.day,
        title=row.title,
        wording=row.wording,
        file=row.file,
        is_official=file is not None and file.official,
        criteria=() if file is None else tuple(map(open_criterion, file.criteria)),
    )


def _file(name: str) -> CriteriaFile | None:
    """Return a rule file; None for one that cannot be read any more."""
    try:
        return load_shipped(name)
    except Refusal:
        return None


# The news


def _criteria_news(year: int, row: CriteriaRow) -> OpenNews:
    return OpenNews(row.day, NewsKind.CRITERIA, Party.MINISTRY, {"year": year}, {})


def _forecast_news(each: OpenForecast) -> OpenNews:
    facts = {"low": each.low, "middle": each.middle, "high": each.high}
    return OpenNews(each.day, NewsKind.FORECAST, each.publisher, facts, {})


def _targets_news(each: OpenTargets) -> OpenNews:
    return OpenNews(each.day, NewsKind.TARGETS, Party.COMMITTEE, {"persons": each.national}, {})


def _request_news(at: Standing, requests: tuple[PublicRequest, ...], *, released: bool) -> Iterator[OpenNews]:
    """Yield that the numbers are public, and each day on which they were changed afterwards, with the new sum."""
    if not released or at.release_at is None:
        return
    released_on = timezone.localdate(at.release_at)
    later = sorted({each.on for each in requests if each.on > released_on})
    for day in (released_on, *later):
        newest = {each.municipality: each.persons for each in requests if each.on <= day}
        asked = [persons for persons in newest.values() if persons]
        if asked:
            kind = NewsKind.NUMBERS if day == released_on else NewsKind.REVISION
            yield OpenNews(day, kind, Party.DIRECTORATE, {"municipalities": len(asked), "persons": sum(asked)}, {})


def _decision_news(at: Standing, moment: datetime) -> Iterator[OpenNews]:
    """Yield how many have decided on each day, and for how many; not of a round that published figures tell of."""
    if at.is_former or at.release_at is None:
        return
    released_on = timezone.localdate(at.release_at)
    by_day: dict[date, list[int]] = {}
    for row in decision_rows(at, moment):
        if row.number is not None:
            by_day.setdefault(max(row.day, released_on), []).append(row.number)
    for day, numbers in by_day.items():
        facts = {"municipalities": len(numbers), "persons": sum(numbers)}
        yield OpenNews(day, NewsKind.DECISIONS, Party.MUNICIPALITY, facts, {})


def _notice(row: NoticeRow) -> OpenNotice:
    return OpenNotice(
        kind=NoticeKind(row.kind),
        stream=row.stream,
        name=row.name,
        since=row.since,
        until=row.until,
        ramp=row.ramp,
        next_on=row.next_on,
        decided_by=row.decided_by,
        source=row.source,
        told_by=row.told_by,
        told_on=row.told_on,
        text=_text(row),
    )


def _notice_news(year: int, in_force: tuple[NoticeRow, ...]) -> Iterator[OpenNews]:
    gone = taken_back(year)
    for rows in earlier((*in_force, *gone)).values():
        yield from (_notice_told(row) for row in rows)
    for row in (*in_force, *gone):
        yield _notice_told(row)
    days = taken_back_on(year)
    for row in gone:
        if row.id in days:
            yield OpenNews(days[row.id], NewsKind.NOTICE_TAKEN_BACK, row.told_by, _about(row), {"nb": row.why})


def _notice_told(row: NoticeRow) -> OpenNews:
    facts = {**_about(row), "since": row.since.isoformat()}
    if row.until is not None:
        facts["until"] = row.until.isoformat()
    kind = NewsKind.NOTICE if row.replaces is None else NewsKind.NOTICE_CHANGED
    return OpenNews(row.told_on, kind, row.told_by, facts, _text(row))


def _about(row: NoticeRow) -> dict[str, str | int]:
    return {"kind": row.kind, "stream": row.stream, "name": row.name}


def _text(row: NoticeRow) -> Mapping[str, str]:
    return {"nb": row.text_nb, "nn": row.text_nn}


def _count_news(year: int, counts: PublicDay) -> OpenNews:
    facts: dict[str, str | int] = {"year": year, "until": counts.day.isoformat()}
    whole = next(
        each
        for each in counts.counts
        if (each.place, each.step, each.group) == (COUNTRY, SettlementStep.SETTLED, LedgerGroup.ALL)
    )
    if whole.persons is not None:
        facts["persons" if whole.mark is CountMark.SHOWN else "least"] = whole.persons
    return OpenNews(counts.day, NewsKind.COUNTS, Party.DIRECTORATE, facts, {})
