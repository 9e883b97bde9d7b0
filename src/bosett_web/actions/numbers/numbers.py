"""Final numbers, freeze, corrections, skipped gates and the release time."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from bosett.geography import municipalities
from bosett.rounds.moves import SKIPPABLE, Gate
from bosett.rounds.states import RecommendationState, RoundState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.finals import outcomes, store
from bosett_web.actions.values import Numbers, facts_of, minors_within, required, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import correction_situation, round_situation
from bosett_web.records import clock
from bosett_web.records.models import (
    Comment,
    Correction,
    FinalNumber,
    ProposalLine,
    RecommendationLine,
    Request,
    SettlementRound,
    Skip,
)


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the round's story."""
    return f"round:{year}"


@action
def set_numbers(actor: Actor, /, *, year: int, numbers: Mapping[str, Numbers], reason: str = "") -> Event:
    """Set final numbers by hand, and the minors within: one event for all of them.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A code is unknown, or a number departs from the recommendation without a reason.
    """
    at = locked(year)
    require("round.set_number", actor, round_situation(at), subject_of(year), year)
    reason = text("reason", reason)
    recommended = _recommended(year)
    for code, people in numbers.items():
        required(code, people.number)
        minors_within(code, people)
        if code in recommended and recommended[code] not in (None, people.number) and not reason:
            raise Invalid(code, "reason_for_departure")
    return _set(actor, year, numbers, reason)


@action
def fill_county(actor: Actor, /, *, year: int, county: str, source: str, reason: str = "") -> Event:
    """Set a county's final numbers from its recommendation's outcome, or (with a reason) from the shared proposal.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The source has no numbers for the county, or the reason is missing.
    """
    at = locked(year)
    require("round.set_number", actor, round_situation(at), subject_of(year), year)
    if source == "recommendation":
        row = at.recommendations.get(county)
        if row is None or row.state != RecommendationState.FINAL:
            raise Invalid("source", "recommendation_not_final", {"county": county})
        numbers = outcomes(row.id)
    else:
        reason = text("reason", reason, needed=True)
        lines = ProposalLine.objects.filter(
            proposal=at.current_proposal.id if at.current_proposal else None, county=county
        )
        proposed = dict(lines.order_by("municipality").values_list("municipality", "number"))
        places = [place.code for place in municipalities(year) if place.county == county] if proposed else []
        numbers = {code: Numbers(proposed.get(code, 0)) for code in places}
    if not numbers:
        raise Invalid("source", "nothing_to_fill", {"county": county})
    return _set(actor, year, numbers, reason, county=county, source=source)


@action
def fill_final(actor: Actor, /, *, year: int) -> Event:
    """Set final numbers from the meeting's outcome in every final county that lacks some: one event; others stay.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: No final county lacks a number.
    """
    at = locked(year)
    require("round.set_number", actor, round_situation(at), subject_of(year), year)
    rows = [row for row in at.recommendations.values() if row.state == RecommendationState.FINAL]
    outcome_numbers = {code: numbers for row in rows for code, numbers in outcomes(row.id).items()}
    numbers = {code: each for code, each in outcome_numbers.items() if code not in at.final_numbers}
    if not numbers:
        raise Invalid("source", "nothing_to_fill")
    return _set(actor, year, numbers, "", source="recommendation")


@action
def consult(actor: Actor, /, *, year: int) -> Event:
    """Lay the final numbers before KS: what it is asked about is kept beside, number for number."""
    at = locked(year)
    require("round.consult", actor, round_situation(at), subject_of(year), year)
    SettlementRound.objects.filter(pk=year).update(consulted=dict(at.final_numbers), ks_answered_at=None)
    after = {"total": at.final_total, "municipalities": at.finals}
    return note(actor, Entry("round.consult", subject_of(year), year, {}, after))


@action
def answer(actor: Actor, /, *, year: int, comment: str = "") -> Event:
    """Record KS's answer on the numbers that it was asked about, with what it wants to say of them."""
    at = locked(year)
    require("round.answer", actor, round_situation(at), subject_of(year), year)
    comment = text("comment", comment)
    SettlementRound.objects.filter(pk=year).update(ks_answered_at=clock.moment())
    if comment:
        Comment.objects.create(round_id=year, text=comment, day=clock.today())
    return note(
        actor, Entry("round.answer", subject_of(year), year, {}, {"total": at.final_total}, {"comment": comment})
    )


@action
def submit(actor: Actor, /, *, year: int) -> Event:
    """Hand the final numbers to another person's approval."""
    return _move(actor, "round.submit", year, "numbers_submitted", submitted_by=actor.person_id)


@action
def return_numbers(actor: Actor, /, *, year: int, reason: str) -> Event:
    """Send the final numbers back to be worked on."""
    return _move(actor, "round.return", year, "open", reason=text("reason", reason), submitted_by=None)


@action
def freeze(actor: Actor, /, *, year: int) -> Event:
    """Freeze the round: the numbers become version 1 of the requests, by a second person.

    A municipality whose number is 0 is not asked and gets no request.
    """
    at = locked(year)
    require("round.freeze", actor, round_situation(at), subject_of(year), year)
    SettlementRound.objects.filter(pk=year).update(state=RoundState.FROZEN, frozen_at=clock.moment())
    finals = FinalNumber.objects.filter(round=year).order_by("municipality")
    numbers = {row.municipality: row.number for row in finals}
    day = clock.today()
    Request.objects.bulk_create(
        [
            Request(
                round_id=year,
                municipality=row.municipality,
                version=1,
                number=row.number,
                under15=row.under15,
                from15=row.from15,
                day=day,
            )
            for row in finals
            if row.number
        ]
    )
    after = {
        "state": RoundState.FROZEN,
        "numbers": numbers,
        "total": sum(numbers.values()),
        "proposal": at.current_proposal.version if at.current_proposal else None,
        "inputs_sha256": at.current_proposal.inputs_sha256 if at.current_proposal else None,
    }
    return note(actor, Entry("round.freeze", subject_of(year), year, {"state": at.state}, after))


@action
def skip(actor: Actor, /, *, year: int, gate: str, reason: str) -> Event:
    """Let the round pass a gate without what it asks for, by a reasoned decision.

    Raises:
        Invalid: The gate is not one that may be skipped, or is skipped already.
    """
    at = locked(year)
    reason = text("reason", reason)
    require("round.skip", actor, round_situation(at), subject_of(year), year, reason)
    if gate not in set(SKIPPABLE):
        raise Invalid("gate", "gate_not_skippable")
    if gate in at.skips:
        raise Invalid("gate", "gate_skipped_already")
    Skip.objects.create(round_id=year, gate=gate, reason=reason, day=clock.today())
    return note(actor, Entry("round.skip", subject_of(year), year, {}, {"gate": Gate(gate)}, {"reason": reason}))


@action
def propose_correction(actor: Actor, /, *, year: int, municipality: str, number: int, reason: str) -> Event:
    """Propose to correct a mistake in a frozen number; another person approves it."""
    at = locked(year)
    reason = text("reason", reason)
    require("round.propose_correction", actor, round_situation(at), subject_of(year), year, reason)
    required("number", number)
    if municipality not in {place.code for place in municipalities(year)}:
        raise Invalid("municipality", "unknown_municipality", {"municipality": municipality})
    if Correction.objects.filter(round=year, municipality=municipality, approved_at=None).exists():
        raise Invalid("municipality", "correction_open")
    Correction.objects.create(
        round_id=year, municipality=municipality, number=number, reason=reason, submitted_by_id=actor.person_id
    )
    return note(
        actor,
        Entry(
            "round.propose_correction",
            f"number:{year}:{municipality}",
            year,
            {},
            {"municipality": municipality, "number": number},
            {"reason": reason},
        ),
    )


@action
def correct(actor: Actor, /, *, year: int, correction: int) -> Event:
    """Approve a correction: the request gets a new version, the first is kept."""
    at = locked(year)
    row = Correction.objects.filter(pk=correction, round=year, approved_at=None).first()
    if row is None:
        raise Invalid("correction", "correction_gone")
    subject = f"number:{year}:{row.municipality}"
    require("round.correct", actor, correction_situation(at, row.submitted_by_id), subject, year)
    last = Request.objects.filter(round=year, municipality=row.municipality).order_by("-version").first()
    people = minors_within("number", Numbers(row.number, last.under15 if last else None, last.from15 if last else None))
    row.approved_at = clock.moment()
    row.save(update_fields=["approved_at"])
    Request.objects.create(
        round_id=year,
        municipality=row.municipality,
        version=last.version + 1 if last else 1,
        number=row.number,
        under15=people.under15,
        from15=people.from15,
        reason=row.reason,
        day=clock.today(),
    )
    return note(
        actor,
        Entry(
            "round.correct",
            subject,
            year,
            {"number": last.number, "version": last.version} if last else {},
            {"number": row.number, "version": last.version + 1 if last else 1, "municipality": row.municipality},
        ),
    )


@action
def set_release(actor: Actor, /, *, year: int, at: datetime) -> Event:
    """Set the moment from which the public sees the numbers, the same for all.

    Raises:
        Objected: Only the directorate's approvers set it, and only once the round is frozen.
        Invalid: Its day has passed: nobody could see the numbers then.
    """
    now = locked(year)
    require("round.release", actor, round_situation(now), subject_of(year), year)
    if timezone.localdate(at) < clock.today():
        raise Invalid("release", "day_past")
    SettlementRound.objects.filter(pk=year).update(release_at=at)
    return note(
        actor, Entry("round.release", subject_of(year), year, {"release_at": now.release_at}, {"release_at": at})
    )


def _move(actor: Actor, name: str, year: int, end: str, *, reason: str = "", submitted_by: int | None) -> Event:
    at = locked(year)
    require(name, actor, round_situation(at), subject_of(year), year, reason)
    SettlementRound.objects.filter(pk=year).update(state=end, submitted_by=submitted_by)
    return note(actor, Entry(name, subject_of(year), year, {"state": at.state}, {"state": end}, {"reason": reason}))


def _set(actor: Actor, year: int, numbers: Mapping[str, Numbers], reason: str, **facts: object) -> Event:
    before = store(year, numbers, reason)
    after = {"numbers": {code: facts_of(people) for code, people in numbers.items()}, **facts}
    return note(
        actor,
        Entry("round.set_number", subject_of(year), year, {"numbers": before}, after, {"reason": reason}),
    )


def _recommended(year: int) -> dict[str, int | None]:
    rows = RecommendationLine.objects.filter(recommendation__round=year).order_by("municipality")
    return dict(rows.values_list("municipality", "outcome"))
