"""A full run of a forecast: ordered by a person, made in the background, and kept with all that it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from django.db import transaction

from bosett.basis.digest import digest
from bosett.basis.refusals import Refusal
from bosett.documents.need_forecast import json_text, need_forecast_document, range_document
from bosett.rounds.need_asked import NeedAsked, read_changes, read_span
from bosett.rounds.notices import Span
from bosett.rounds.states import NeedRunState
from bosett.stages.forecast.changes import UNCHANGED, NeedChanges
from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.background import is_under_way
from bosett_web.queries.need_reckoned import FULL, asked_of, reckon
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.records.models import NeedRun
from bosett_web.records.tasks import Task

log = structlog.get_logger()
WORKERS = 2
"""Threads that make the paths."""


@action
def order(
    actor: Actor,
    /,
    *,
    year: int,
    of: int,
    scenario: str,
    changes: NeedChanges = UNCHANGED,
    stops: tuple[Span, ...] | None = None,
) -> Event:
    """Order a full run of a question as the workspace's day knows it; one that broke off is taken up again.

    Args:
        actor: The directorate's case worker.
        year: Settlement year of the round that it is ordered in.
        of: The year whose need is asked about.
        scenario: The name of one that is shipped for it.
        changes: What is changed of it.
        stops: The stops of resettlement that are told, instead of the scenario's own; None leaves those.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such scenario, it cannot be changed so, or the run is done or under way.
    """
    subject = f"need:{year}"
    require("need.run", actor, new_situation(locked(year)), subject, year)
    day = clock.today()
    try:
        asked = asked_of(of, scenario, day, changes=changes, stops=stops, paths=FULL)
        key = asked.key()
    except Refusal as refused:
        raise Invalid("scenario", "need_not_told", {"words": str(refused)}) from None
    given = {"inputs": _inputs(asked), "ordered_on": day, "ordered_by_id": actor.person_id}
    # The database lets one of two at once through; the other meets it here.
    there = NeedRun.objects.filter(round=year, key=key).exclude(state=NeedRunState.FAILED)
    row, is_new = there.get_or_create(round_id=year, key=key, defaults=given)
    if not is_new:
        if row.state == NeedRunState.DONE or is_under_way(Task.RUN_NEED, run=row.pk):
            raise Invalid("scenario", "need_run_there")
        NeedRun.objects.filter(pk=row.pk).update(**given)
    tasks.order(Task.RUN_NEED, run=row.pk)
    after = {"state": NeedRunState.QUEUED, "inputs": _inputs(asked), "key": key}
    return note(actor, Entry("need.run", subject, year, {}, after))


def run(identity: int) -> None:
    """Make a run that was ordered and keep what it came to; safe to run again after a crash.

    Args:
        identity: Of the run.
    """
    row = NeedRun.objects.filter(pk=identity, state=NeedRunState.QUEUED).first()
    if row is None:
        return
    try:
        asked = _asked(row.inputs)
        if asked.key() != row.key:
            raise Invalid("scenario", "need_changed")
        answer = reckon(asked, WORKERS)
    except Refusal as refused:
        log.warning("a forecast is not made", run=identity, why=str(refused))
        code, facts = (refused.code, refused.facts) if isinstance(refused, Invalid) else ("need_not_told", None)
        _finish(identity, None, {"code": code, "facts": {"words": str(refused)} if facts is None else facts})
        return
    so_far = [{"month": str(month), **range_document(each)} for month, each in answer.so_far.items()]
    _finish(identity, {"document": json_text(need_forecast_document(asked, answer.summary)), "so_far": so_far}, {})


def _asked(inputs: Mapping[str, Any]) -> NeedAsked:
    """Return the question that a run was ordered for.

    Raises:
        UnknownScenario: Its scenario is not shipped any more.
    """
    changed = inputs["changed"]
    return asked_of(
        inputs["year"],
        inputs["scenario"],
        date.fromisoformat(inputs["as_of"]),
        changes=read_changes({name: value for name, value in changed.items() if name != "stops"}),
        stops=tuple(map(read_span, changed["stops"])) if "stops" in changed else None,
        paths=inputs["paths"],
    )


def _inputs(asked: NeedAsked) -> Mapping[str, object]:
    """Return what a question is made of again."""
    return {
        "scenario": asked.name,
        "year": asked.year,
        "as_of": asked.day.isoformat(),
        "changed": asked.changed(),
        "seed": asked.seed,
        "paths": asked.paths,
    }


def _finish(identity: int, result: Mapping[str, object] | None, why: Mapping[str, object]) -> None:
    """Keep what a run came to with its event, or why it came to nothing: all or nothing."""
    with transaction.atomic(durable=True):
        row = NeedRun.objects.select_for_update().filter(pk=identity, state=NeedRunState.QUEUED).first()
        if row is None:
            return
        row.state = NeedRunState.FAILED if result is None else NeedRunState.DONE
        row.result, row.why = result, why
        row.save(update_fields=["state", "result", "why"])
        name = "need.fail" if result is None else "need.finish"
        facts = {"error": why} if result is None else {"result_sha256": digest(result)}
        after = {"state": row.state, "key": row.key, **facts}
        note(None, Entry(name, f"need:{row.round_id}", row.round_id, {"state": NeedRunState.QUEUED}, after))
