"""Publishing what has become public. Nobody orders it: whatever the public may see of a round is published as it comes.

A release is made when what is public is another than in the newest release. The counts of a month are frozen when it is
over; what has been frozen is never reckoned again.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import structlog
from django.db import transaction
from django.utils import timezone

from bosett.basis.plain import plain
from bosett.basis.refusals import Refusal
from bosett.disclosure import Terms
from bosett.parameters import least_shown
from bosett.rounds.parties import Party, holder
from bosett.rounds.published import PublicDay, PublicRelease, public_days
from bosett.rounds.release import Release, ReleaseFacts, places_of_year, release_of
from bosett.rounds.release_file import published_hash, release_bytes, verified_release
from bosett_web.actions.doing import note
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.releases.open_documents import open_documents
from bosett_web.queries.releases.open_places import open_explanations, open_places
from bosett_web.queries.releases.open_round import open_round, public_decisions, public_requests
from bosett_web.queries.releases.published import PARTS, newest
from bosett_web.queries.releases.published import release as published_release
from bosett_web.queries.settlement.ledger import LedgerLine, as_of, ledger_lines
from bosett_web.queries.standing import standing, years
from bosett_web.records import clock
from bosett_web.records.models import CountRelease, PublishedRelease, ReleasePart, SettlementRound

WIDTH = 1
"""So many persons are between two counts that a hidden one may be: any at all."""
OWN = "release."
"""How the events of publishing begin."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Watched:
    """What was there when somebody last looked: the newest event, the day, and the rounds whose release has come."""

    event: int | None
    day: date
    released: tuple[int, ...]


def publish_all() -> tuple[int, ...]:
    """Publish what has become public, of every year; return the years of which something was."""
    return tuple(year for year in reversed(years()) if publish(year))


def watched() -> Watched:
    """Return what is there now. Three queries."""
    newest = Event.objects.exclude(name__startswith=OWN).order_by("-pk").values_list("pk", flat=True).first()
    released = SettlementRound.objects.filter(release_at__lte=clock.moment()).order_by("year")
    return Watched(newest, clock.today(), tuple(released.values_list("year", flat=True)))


def publish_since(before: Watched, now: Watched) -> None:
    """Publish what may have become public since somebody looked: of the rounds in which something has happened."""
    if now == before:
        return
    happened = Event.objects.exclude(name__startswith=OWN)
    if before.event is not None:
        happened = happened.filter(pk__gt=before.event)
    rounds = {*happened.values_list("round", flat=True).distinct()}
    anywhere = (now.day, now.released) != (before.day, before.released) or None in rounds
    if anywhere or happened.filter(name__startswith="notice.").exists():  # a notice is read in other rounds too
        publish_all()
    else:
        for year in sorted(year for year in rounds if year is not None):
            publish(year)


def publish(year: int) -> bool:
    """Publish what has become public of a year; tell whether something was.

    Raises:
        NoRound: There is no round for the year.
    """
    freeze_counts(year)
    with transaction.atomic(durable=True):
        SettlementRound.objects.select_for_update().get(pk=year)  # two publishers wait for each other
        former = PublishedRelease.objects.filter(round=year).order_by("-number").first()
        made = _made(year, 1 if former is None else former.number + 1)
        parts = {name: _text(getattr(made, name)) for name in PARTS}
        named = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in parts.items()}
        if former is not None and named == former.parts:
            return False
        ReleasePart.objects.bulk_create(
            [ReleasePart(sha256=named[name], content=text) for name, text in parts.items()], ignore_conflicts=True
        )
        PublishedRelease.objects.create(
            round_id=year,
            number=made.number,
            day=made.day,
            at=clock.moment(),
            sha256=made.hash,
            head=made.head(),
            parts=named,
        )
        facts = {"number": made.number, "sha256": made.hash}
        note(None, Entry("release.publish", f"release:{year}:{made.number}", year, {}, facts))
    return True


def freeze_counts(year: int) -> None:
    """Freeze the counts of each month of a year that is over, as they were told by its end.

    What cannot be published is told in the log, and the month is tried again: the counts that are out stay as they are.
    """
    lines = ledger_lines(year)
    for day in _months_over(year, clock.today(), lines):
        if CountRelease.objects.filter(round=year, day__gte=day).exists():
            continue
        try:
            _freeze(year, day, lines)
        except Refusal as why:
            log.warning("counts.not_published", year=year, day=day.isoformat(), why=str(why))
            return


def _freeze(year: int, day: date, lines: tuple[LedgerLine, ...]) -> None:
    former = _kept(year)
    release = release_of(
        ReleaseFacts(year, day, _publisher(day), places_of_year(year), as_of(lines, year, day).counting),
        Terms(least_shown(year), WIDTH),
        former=former,
        year_before=_kept(year - 1) if former is None else None,
    )
    if former is not None and day.year > year and _same_counts(former, release):
        return
    with transaction.atomic(durable=True):
        SettlementRound.objects.select_for_update().get(pk=year)
        if not CountRelease.objects.filter(round=year, day__gte=day).exists():
            published = published_hash(release)
            CountRelease.objects.create(
                round_id=year, day=day, at=clock.now(), content=release_bytes(release), published=published
            )
            note(None, Entry("release.counts", f"release:{year}", year, {}, {"day": day, "sha256": published}))


def _same_counts(former: Release, release: Release) -> bool:
    before, after = former.days[-1], release.days[-1]
    return all(before.tables[step].table == after.tables[step].table for step in before.tables)


def _kept(year: int) -> Release | None:
    """Return the newest counts of a year that are kept, held against their hash and their witnesses."""
    named = CountRelease.objects.filter(round=year).order_by("-day").values_list("pk", "at").first()
    return None if named is None else _verified(*named)


@lru_cache(4)
def _verified(identity: int, at: datetime) -> Release:  # noqa: ARG001  - what is kept never changes
    return verified_release(bytes(CountRelease.objects.get(pk=identity).content))


def _months_over(year: int, today: date, lines: tuple[LedgerLine, ...]) -> Iterator[date]:
    """Yield the last day of each month that is over: of the year, and after it while something is still told of it."""
    latest = max((line.row.said_on for line in lines), default=None)
    first = min((line.row.said_on for line in lines), default=None)
    if latest is None or first is None:
        return
    day = _end_of_month(date(year, 1, 31))
    while day < today and (day.year == year or day <= _end_of_month(latest)):
        if first <= day:
            yield day
        day = _end_of_month(day + timedelta(days=1))


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _made(year: int, number: int) -> PublicRelease:
    """Return what is public of a year now."""
    whole, moment = standing(year), clock.moment()
    day = timezone.localdate(moment)
    requests, days = public_requests(whole, moment), _days(year)
    return PublicRelease(
        year=year,
        number=number,
        day=day,
        publisher=_publisher(day),
        least=least_shown(year),
        width=WIDTH,
        places=places_of_year(year),
        days=days,
        requests=requests,
        decisions=public_decisions(whole, moment),
        round=open_round(whole, moment, requests, days),
        municipalities=open_places(whole, moment, requests),
        explained=open_explanations(whole, moment),
        documents=open_documents(whole, moment),
    )


def _days(year: int) -> tuple[PublicDay, ...]:
    """Return the counts that are public: those that are kept, and if these do not hold any more, those that are out."""
    try:
        kept = _kept(year)
    except Refusal as why:
        log.error("counts.do_not_hold", year=year, why=str(why))  # noqa: TRY400  - the reason is told
        row = newest().get(year)
        return () if row is None else published_release(row).days
    return () if kept is None else public_days(kept)


def _publisher(day: date) -> str:
    directorate = holder(Party.DIRECTORATE, day)
    assert directorate is not None  # noqa: S101  - the directorate has always been there
    return directorate.name


def _text(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
