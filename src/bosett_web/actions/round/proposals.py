"""The proposal: queued for the background, computed from stored inputs, shared for the meetings, replayed."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import structlog
from django.db import transaction

from bosett.apportion import Impossible, Tied
from bosett.basis.digest import digest
from bosett.basis.refusals import Refusal
from bosett.geography import counties, municipalities
from bosett.parameters import NotKnown, load_shipped, rules_digest
from bosett.rounds.kinds import Mode, Run
from bosett.rounds.needs import FiguresNeeded
from bosett.rounds.run import NotShared, TargetsDiffer
from bosett.rounds.run import compute as compute_run
from bosett.rounds.states import ProposalState
from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.layers import layers_of
from bosett_web.queries.round.criteria import rules_of
from bosett_web.queries.situations import new_situation, proposal_situation
from bosett_web.queries.standing_rows import ProposalRow, Standing
from bosett_web.records import clock
from bosett_web.records.models import Proposal, ProposalLine, Recommendation, RecommendationLine
from bosett_web.records.tasks import Task

log = structlog.get_logger()


@action
def queue(actor: Actor, /, *, year: int) -> Event:
    """Store the inputs of a run and enqueue it, in one transaction.

    Raises:
        Objected: Not now, or not by this role.
    """
    at = locked(year)
    subject = f"proposal:{year}"
    require("proposal.queue", actor, new_situation(at), subject, year)
    targets = at.current_targets
    if targets is None:
        raise Invalid("targets", "version_gone", {"version": 0})
    criteria = next((row for row in at.criteria if row.id == targets.criteria), at.current_criteria)
    if criteria is None:
        raise Invalid("criteria", "version_gone", {"version": 0})
    inputs = {
        "year": year,
        "total": targets.national.number,
        "criteria": criteria.file,
        "criteria_sha256": _digest_of(criteria.file),
        "mode": Mode.COUNTIES.value,
        "day": clock.today().isoformat(),
        "targets": {code: people.number for code, people in targets.counties.items()},
        "figures": [each.sequence for each in at.figures.accepted],
    }
    stored = Proposal.objects.create(
        round_id=year,
        version=len(at.proposals) + 1,
        targets_id=targets.id,
        criteria_file=criteria.file,
        inputs=inputs,
        day=clock.today(),
        submitted_by_id=actor.person_id,
    )
    tasks.order(Task.COMPUTE_PROPOSAL, proposal=stored.pk)
    after = {"version": stored.version, "targets": targets.version, "criteria": criteria.version, "inputs": inputs}
    return note(actor, Entry("proposal.queue", subject, year, {}, after))


def compute(proposal: int, progress: Callable[[int], None]) -> None:
    """Compute a queued run and store it; safe to run again after a crash.

    Args:
        proposal: Identity of the run.
        progress: Called with percent done, outside any transaction.
    """
    queued = Proposal.objects.filter(pk=proposal, state=ProposalState.QUEUED).first()
    if queued is None:
        return
    progress(10)
    try:
        run = run_of(queued.inputs)
    except Refusal as refused:
        log.warning("a proposal is not computed", proposal=proposal, why=str(refused))
        day = date.fromisoformat(queued.inputs["day"])
        _finish(proposal, None, json.dumps(no_answer(refused, year=queued.inputs["year"], day=day)))
        return
    progress(80)
    _finish(proposal, run, "")


def tell(proposal: int, percent: int) -> None:
    """Write down how far the computing of a proposal has come."""
    Proposal.objects.filter(pk=proposal, state=ProposalState.QUEUED).update(progress=percent)


def run_of(inputs: Mapping[str, Any]) -> Run:
    """Compute a run from stored inputs: the job and the replay do the same.

    Raises:
        Refusal: The criteria cannot be computed from what was known on the run's day, or the round cannot be shared.
    """
    return compute_run(
        inputs["year"],
        total=inputs["total"],
        criteria=load_shipped(inputs["criteria"]).known_by(date.fromisoformat(inputs["day"])),
        mode=Mode(inputs["mode"]),
        targets=inputs["targets"],
        figures=layers_of(inputs),
    )


def no_answer(refused: Refusal, *, year: int, day: date) -> Mapping[str, object]:
    """Return why a run has no answer, as JSON keeps it: a code of words, the county it is about, and whom it concerns.

    Args:
        refused: What the computing told.
        year: Settlement year.
        day: The run's day.
    """
    if isinstance(refused, FiguresNeeded):
        return {"code": "run_figures_needed", "lacking": [[each.indicator, each.time] for each in refused.needed]}
    if isinstance(refused, NotKnown):
        return {"code": "run_least_needed", "year": year}
    if isinstance(refused, TargetsDiffer):
        return {"code": "run_targets_differ", "sum": refused.sum_of_targets, "total": refused.total}
    if not isinstance(refused, NotShared):
        return {"code": "run_not_computable", "day": day.isoformat()}
    county = next((each.code for each in counties(year) if refused.where.startswith(f"{each.code} ")), "")
    outcome = refused.outcome
    if isinstance(outcome, Tied):
        return {"code": "run_tied", "county": county, "who": sorted(outcome.ranges)}
    if isinstance(outcome, Impossible):
        near = [total for total in (outcome.nearest_below, outcome.nearest_above) if total is not None]
        return {"code": "run_impossible", "county": county, "near": near}
    return {"code": "run_unproven", "county": county}


def result_of(run: Run) -> str:
    """Return the hash of a run's numbers and steps: what a replay is held against."""
    lines = {
        line.code: [line.number, str(line.exact), [step.text for step in line.steps]]
        for county in run.counties
        for line in county.municipalities
    }
    return digest({"numbers": lines, "left_out": [each.code for each in run.left_out]})


@action
def share(actor: Actor, /, *, year: int, version: int) -> Event:
    """Share a computed proposal for the meetings; opens every county's recommendation that is not open yet."""
    at, row = _row(year, version)
    subject = f"proposal:{year}"
    require("proposal.share", actor, proposal_situation(at, row), subject, year)
    Proposal.objects.filter(pk=row.id).update(state=ProposalState.SHARED)
    # A county keeps what it calls columns of its own from one round to the next.
    before = Recommendation.objects.filter(round__lt=year).order_by("round")
    named = dict(before.values_list("county", "own_columns"))
    for county in counties(year):
        recommendation, new = Recommendation.objects.get_or_create(
            round_id=year,
            county=county.code,
            defaults={"proposal_id": row.id, "own_columns": named.get(county.code, {})},
        )
        if new:
            codes = _codes_of(year, county.code)
            RecommendationLine.objects.bulk_create(
                [RecommendationLine(recommendation=recommendation, municipality=code) for code in codes]
            )
    facts = {"version": version}
    return note(
        actor,
        Entry("proposal.share", subject, year, facts | {"state": row.state}, facts | {"state": ProposalState.SHARED}),
    )


@action
def confirm(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Confirm a shared proposal although the targets have a newer version."""
    at, row = _row(year, version)
    reason = text("reason", reason)
    subject = f"proposal:{year}"
    require("proposal.confirm", actor, proposal_situation(at, row), subject, year, reason)
    if at.current_targets:
        Proposal.objects.filter(pk=row.id).update(targets_id=at.current_targets.id)
    return note(actor, Entry("proposal.confirm", subject, year, {}, {"version": version}, {"reason": reason}))


def replay(proposal: int) -> bool:
    """Compute a stored run again with today's code and tell whether its rules, numbers and steps are the same.

    The steps name each figure. The hash of the inputs is not held against it: what goes into it has grown. A run from
    before the digest of its rules was kept is held against its numbers and steps alone.
    """
    stored = Proposal.objects.get(pk=proposal)
    known = stored.inputs.get("criteria_sha256")
    if known is not None and known != _digest_of(stored.inputs["criteria"]):
        return False
    return result_of(run_of(stored.inputs)) == stored.result_sha256


def _digest_of(name: str) -> str | None:
    """Return the digest of a rule file; None for one that is not there, by which nothing is computed."""
    file = rules_of(name)
    return None if file is None else rules_digest(file)


def _finish(proposal: int, run: Run | None, error: str) -> None:
    """Store the answer of a run with its event, or why there is none (`no_answer`, in JSON): all or nothing."""
    with transaction.atomic(durable=True):
        stored = Proposal.objects.select_for_update().filter(pk=proposal, state=ProposalState.QUEUED).first()
        if stored is None:
            return
        subject = f"proposal:{stored.round_id}"
        if run is None:
            stored.state, stored.error = ProposalState.FAILED, error
            stored.save(update_fields=["state", "error"])
            entry = Entry("proposal.fail", subject, stored.round_id, {}, {"version": stored.version, "error": error})
            note(None, entry)
            return
        stored.state, stored.progress = ProposalState.COMPUTED, 100
        stored.rules, stored.inputs_sha256, stored.result_sha256 = run.version, run.inputs_sha256, result_of(run)
        stored.save(update_fields=["state", "progress", "rules", "inputs_sha256", "result_sha256"])
        ProposalLine.objects.bulk_create(_lines(stored, run))
        after = {
            "version": stored.version,
            "rules": run.version,
            "inputs_sha256": run.inputs_sha256,
            "result_sha256": stored.result_sha256,
        }
        note(None, Entry("proposal.compute", subject, stored.round_id, {"state": ProposalState.QUEUED}, after))


def _lines(stored: Proposal, run: Run) -> list[ProposalLine]:
    """Return a line per municipality; one that is left out gets 0 with the reason as its step."""
    lines = [
        ProposalLine(
            proposal=stored,
            municipality=line.code,
            county=county.code,
            number=line.number,
            exact=str(line.exact),
            previous=line.previous.persons,
            steps=[{"rule": step.rule, "text": step.text, "facts": dict(step.facts)} for step in line.steps],
        )
        for county in run.counties
        for line in county.municipalities
    ]
    left_out = [
        ProposalLine(
            proposal=stored,
            municipality=each.code,
            county=each.county,
            number=0,
            exact="0",
            steps=[{"rule": "left_out", "text": each.reason, "facts": {}}],
        )
        for each in run.left_out
    ]
    return lines + left_out


def _codes_of(year: int, county: str) -> list[str]:
    return [place.code for place in municipalities(year) if place.county == county]


def _row(year: int, version: int) -> tuple[Standing, ProposalRow]:
    at = locked(year)
    row = next((row for row in at.proposals if row.version == version), None)
    if row is None:
        raise Invalid("version", "version_gone", {"version": version})
    return at, row
