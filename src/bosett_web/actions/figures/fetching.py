"""Figures from their publishers: asked for by a person, fetched in the background, and read in as a file is.

The web never asks a publisher. What comes stands as a file that the person has read in, and counts as little: a second
person accepts it. What does not come leaves nothing but why, and may be asked for again.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import structlog
from django.conf import settings
from django.db import transaction

from bosett.basis.refusals import CodedRefusal, Refusal
from bosett.basis.structures import structure_of
from bosett.figures.versions import FigureVersion
from bosett.rounds.moves import Situation, move_of, objection_to
from bosett.rounds.states import FetchState
from bosett.sources.fetchable import FETCHABLE, fetch_figures
from bosett.sources.fetching import Fetched, Fetcher
from bosett.sources.figure_readers import READERS, FileFacts, wanted
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, Objected, action, note, require
from bosett_web.actions.figures.figures import keep
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.background import is_under_way
from bosett_web.records import clock
from bosett_web.records.models import FigureFetch
from bosett_web.records.tasks import Task

log = structlog.get_logger()
SUBJECT = "figures"
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@action
def fetch(actor: Actor, /, *, what: str, time: str) -> Event:
    """Ask for a publisher's table, to be fetched in the background; one that broke off is taken up again.

    Args:
        actor: The directorate's case worker.
        what: Its name among what can be fetched.
        time: The year, such as `2026`.

    Raises:
        Objected: Not by this role.
        Invalid: This workspace asks no publisher, there is no such table or year, or it is being fetched.
    """
    require("figures.fetch", actor, Situation(None), SUBJECT, None)
    _require_asking()
    if what not in FETCHABLE:
        raise Invalid("what", "fetch_what")
    if not YEAR.fullmatch(time):
        raise Invalid("time", "fetch_time")
    asked = {"asked_on": clock.today(), "asked_by_id": actor.person_id, "seat_id": actor.seat_id}
    # The database lets one of two at once through; the other meets it here.
    row, is_new = FigureFetch.objects.get_or_create(what=what, time=time, state=FetchState.FETCHING, defaults=asked)
    if not is_new:
        if is_under_way(Task.FETCH_FIGURES, fetch=row.pk):
            raise Invalid("what", "fetch_under_way")
        FigureFetch.objects.filter(pk=row.pk).update(**asked)
    tasks.order(Task.FETCH_FIGURES, alone=f"publisher:{FETCHABLE[what].publisher}", fetch=row.pk)
    after = {"state": FetchState.FETCHING, "fetch": row.pk, "reader": what, "time": time}
    return note(actor, Entry("figures.fetch", SUBJECT, None, {}, after))


def bring(fetch: int, fetcher: Fetcher) -> None:
    """Fetch a table that was asked for, read it, and keep it in the name of who asked; safe to run again after a crash.

    Args:
        fetch: Identity of what was asked for.
        fetcher: What asks over the network.
    """
    row = FigureFetch.objects.filter(pk=fetch, state=FetchState.FETCHING).first()
    if row is None:
        return
    try:
        _require_asking()
        actor = _asker(row)
        fetched = fetch_figures(fetcher, row.what, [int(row.time)])
        _keep(actor, fetch=fetch, fetched=fetched, versions=_versions(row, fetched))
    except Refusal as refused:
        log.warning("figures are not fetched", what=row.what, time=row.time, why=str(refused))
        _fail(fetch, refused)


def _require_asking() -> None:
    if not settings.ASK_PUBLISHERS:
        raise Invalid("what", "fetch_off")


def _asker(row: FigureFetch) -> Actor:
    """Return who asked, as they may act now.

    Raises:
        Invalid: They may not read figures in any more.
    """
    moment, move = clock.moment(), move_of("figures.read")
    for grant in Grant.objects.in_force(moment).filter(person=row.asked_by_id, seat=row.seat_id).order_by("pk"):
        actor = actor_of(grant.pk, moment)
        if actor is not None and objection_to(move, actor.who, Situation(None)) is None:
            return actor
    raise Invalid("what", "fetch_by_nobody")


def _versions(row: FigureFetch, fetched: Fetched) -> Sequence[FigureVersion]:
    facts = FileFacts(
        indicator="",
        time=row.time,
        structure=structure_of(int(row.time)),
        publisher="",
        dataset="",
        source=fetched.source,
        published_on=None,
        known_on=None,
        fetched_on=fetched.fetched_on,
    )
    return wanted(READERS[row.what](fetched.content, facts), facts)


@action
def _keep(actor: Actor, /, *, fetch: int, fetched: Fetched, versions: Sequence[FigureVersion]) -> None:
    row = _locked(fetch)
    if row is None:
        return
    keep(actor, fetched.source, fetched.content, versions)
    row.state = FetchState.FETCHED
    row.save(update_fields=["state"])


def _fail(fetch: int, refused: Refusal) -> None:
    """Write down why a table was not fetched, with its event."""
    with transaction.atomic(durable=True):
        row = _locked(fetch)
        if row is None:
            return
        row.state, row.why = FetchState.NOT_FETCHED, _why(refused)
        row.save(update_fields=["state", "why"])
        after = {"state": row.state, "fetch": row.pk, "reader": row.what, "time": row.time, "error": row.why}
        note(None, Entry("figures.fail", SUBJECT, None, {"state": FetchState.FETCHING}, after))


def _locked(fetch: int) -> FigureFetch | None:
    return FigureFetch.objects.select_for_update().filter(pk=fetch, state=FetchState.FETCHING).first()


def _why(refused: Refusal) -> Mapping[str, object]:
    """Return a refusal as it is kept: a code that words are found by, and its facts."""
    if isinstance(refused, Objected):
        return _coded(refused.objection.code, refused.objection.facts)
    if isinstance(refused, Invalid | CodedRefusal):
        return _coded(refused.code, refused.facts)
    return _coded("unread_form", {"words": str(refused)})


def _coded(code: str, facts: Mapping[str, object]) -> Mapping[str, object]:
    plain = {name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in facts.items()}
    return {"code": code, "facts": plain}
