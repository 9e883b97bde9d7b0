"""Alternatives to the criteria, tried or written: kept by name, shared, and taken away again."""

from dataclasses import replace

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.geography import municipalities
from bosett.parameters import (
    CHOSEN,
    WRITTEN,
    Criterion,
    base_id,
    load_shipped,
    rules_digest,
    written_text,
)
from bosett.rounds.states import AlternativeState
from bosett.stages.criteria import claims_of, published
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.round.alternatives import AlternativeRow, alternative_situation, alternatives
from bosett_web.queries.round.writing import as_written, model
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import CriteriaAlternative, WrittenRule

LONGEST_NAME = 80
"""Characters of a name: it is to be told apart from others at a glance."""


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of a round's alternatives."""
    return f"alternative:{year}"


@action
def keep(actor: Actor, /, *, year: int, name: str, comment: str, file: str) -> Event:
    """Keep a choice that was tried.

    Args:
        actor: The committee's case worker.
        year: Settlement year.
        name: What it is called.
        comment: What is said of it.
        file: Id of the rule file that it makes of the round's criteria.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: It has no name, or that of another; or it is no choice of the round's criteria.
    """
    at = _may_keep(actor, year)
    name, comment = _named(year, name, comment)
    _refuse_no_choice(at, file)
    return _keep(actor, year, name, comment, file)


@action
def keep_written(actor: Actor, /, *, year: int, name: str, comment: str, criteria: tuple[Criterion, ...]) -> Event:
    """Keep criteria that were written: their text by the id that is its content, and the alternative that names it.

    Args:
        actor: The committee's case worker.
        year: Settlement year.
        name: What they are called: it stands in their title.
        comment: What is said of them.
        criteria: What was written. Day, tie rule and split are those of the year; title, source and id are made here.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: They have no name, or that of another; or they are none that the round could be computed by.
    """
    at = _may_keep(actor, year)
    name, comment = _named(year, name, comment)
    for each in criteria:
        for language in LANGUAGES:
            text("order", each.wording[language], needed=True)
    own = model(at)
    if own is None:
        raise Invalid("order", "criteria_not_written")
    try:
        file = as_written(replace(own, source_date=clock.today().isoformat()), criteria, name)
        known = file.known_by(clock.today())
        claims_of(known, tuple(place.code for place in municipalities(year)), published(known, at.figures))
    except Refusal:
        raise Invalid("order", "criteria_not_written") from None
    WrittenRule.objects.get_or_create(pk=file.id, defaults={"text": written_text(file)})
    return _keep(actor, year, name, comment, file.id)


@action
def share(actor: Actor, /, *, year: int, identity: int) -> Event:
    """Share an alternative with those who take part in the round.

    Raises:
        Objected: Not by this role, or it has been shared.
        Invalid: There is no such alternative.
    """
    return _moved(actor, "alternative.share", year, identity, AlternativeState.SHARED)


@action
def drop(actor: Actor, /, *, year: int, identity: int) -> Event:
    """Take away an alternative that nobody else has seen.

    Raises:
        Objected: Not by this role, or it has been shared.
        Invalid: There is no such alternative.
    """
    return _moved(actor, "alternative.drop", year, identity, AlternativeState.RETIRED)


@action
def take_back(actor: Actor, /, *, year: int, identity: int, reason: str) -> Event:
    """Take away an alternative that has been shared, with a reason.

    Raises:
        Objected: Not by this role, it has not been shared, or no reason is given.
        Invalid: There is no such alternative.
    """
    return _moved(actor, "alternative.take_back", year, identity, AlternativeState.RETIRED, text("reason", reason))


def _may_keep(actor: Actor, year: int) -> Standing:
    at = locked(year)
    require("alternative.keep", actor, new_situation(at), subject_of(year), year)
    return at


def _named(year: int, name: str, comment: str) -> tuple[str, str]:
    """Return what an alternative is called and what is said of it; each that is not retired has a name of its own."""
    name, comment = text("name", name, needed=True), text("comment", comment)
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "text_long", {"most": LONGEST_NAME})
    if any(row.name.lower() == name.lower() for row in alternatives(year)):
        raise Invalid("name", "alternative_named", {"name": name})
    return name, comment


def _keep(actor: Actor, year: int, name: str, comment: str, file: str) -> Event:
    made = CriteriaAlternative.objects.create(
        round_id=year, name=name, comment=comment, file=file, kept_on=clock.today(), kept_by_id=actor.person_id
    )
    after = {"alternative": made.pk, "name": name, "file": file, "state": AlternativeState.DRAFTED}
    if WRITTEN.fullmatch(file):
        after["sha256"] = rules_digest(load_shipped(file))
    return note(actor, Entry("alternative.keep", subject_of(year), year, {}, after, {"comment": comment}))


def _moved(
    actor: Actor, name: str, year: int, identity: int, end: AlternativeState, reason: str | None = None
) -> Event:
    at, row = _row(year, identity)
    require(name, actor, alternative_situation(at, row), subject_of(year), year, reason)
    day = "shared_on" if end is AlternativeState.SHARED else "retired_on"
    CriteriaAlternative.objects.filter(pk=row.id).update(state=end, **{day: clock.today()})
    known = {"alternative": row.id, "name": row.name}
    before, after = known | {"state": row.state}, known | {"state": end}
    return note(actor, Entry(name, subject_of(year), year, before, after, {"reason": reason or ""}))


def _row(year: int, identity: int) -> tuple[Standing, AlternativeRow]:
    at = locked(year)
    row = next((row for row in alternatives(year) if row.id == identity), None)
    if row is None:
        raise Invalid("identity", "alternative_gone")
    return at, row


def _refuse_no_choice(at: Standing, file: str) -> None:
    """Refuse what is no choice of a version of the round's own criteria."""
    if CHOSEN.fullmatch(file) is None or base_id(file) not in {base_id(row.file) for row in at.criteria}:
        raise Invalid("file", "alternative_no_choice")
    try:
        load_shipped(file)
    except Refusal:
        raise Invalid("file", "alternative_no_choice") from None
