"""Figures of one's own: a file is read in, what it says is accepted by a second person, and may be taken back."""

from collections.abc import Collection, Sequence

from bosett.figures.compare import Row, compare, taken
from bosett.figures.versions import FigureVersion
from bosett.rounds.moves import Situation
from bosett.rounds.states import FigureState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.layers import layers_now, version_read
from bosett_web.records import clock
from bosett_web.records.models import FigureFile, FigureSet


@action
def read(actor: Actor, /, *, source: str, content: bytes, versions: Sequence[FigureVersion]) -> tuple[int, ...]:
    """Keep a file of figures and the versions that were read from it. Nothing counts before it is accepted.

    Args:
        actor: The directorate's case worker.
        source: The address or the name of the file.
        content: The file as it came.
        versions: What a reader gave from it.

    Returns:
        Identities of what was read in, in the order of the versions.

    Raises:
        Objected: Not by this role.
        Invalid: Nothing was read, it became known on a day to come, or the same is here already.
    """
    return keep(actor, source, content, versions)


def keep(actor: Actor, source: str, content: bytes, versions: Sequence[FigureVersion]) -> tuple[int, ...]:
    """Keep a file and what was read from it, as `read` does, within the transaction of another action.

    Args:
        actor: The directorate's case worker.
        source: The address or the name of the file.
        content: The file as it came, in bytes.
        versions: What a reader gave from it.

    Returns:
        Identities of what was read in, in the order of the versions.

    Raises:
        Objected: Not by this role.
        Invalid: Nothing was read, it became known on a day to come, or the same is here already.
    """
    require("figures.read", actor, Situation(None), "figures", None)
    if not versions:
        raise Invalid("file", "figures_none")
    today = clock.today()
    if any(day > today for each in versions for day in (each.known_on, each.published_on or today)):
        raise Invalid("known_on", "dated_later", {"day": today})
    sha256 = versions[0].raw_sha256
    file, _ = FigureFile.objects.get_or_create(
        sha256=sha256, defaults={"source": source, "content": content, "day": clock.today()}
    )
    here = set(file.sets.exclude(state=FigureState.REFUSED).values_list("indicator", "structure"))
    if any((each.indicator, each.structure) in here for each in versions):
        raise Invalid("file", "figures_here", {"source": file.source, "day": file.day})
    kept = FigureSet.objects.bulk_create(
        [
            FigureSet(
                file=file,
                indicator=each.indicator,
                structure=each.structure,
                content=each.content(),
                read_on=clock.today(),
                read_by_id=actor.person_id,
            )
            for each in versions
        ]
    )
    after = {"sha256": sha256, "indicators": [each.indicator for each in versions], "sets": [row.pk for row in kept]}
    note(actor, Entry("figures.read", "figures", None, {}, after, {"source": source}))
    return tuple(row.pk for row in kept)


@action
def accept(actor: Actor, /, *, identity: int, rows: Collection[Row] | None = None, looked: bool = False) -> Event:
    """Let a version stand above the shipped figures, all of it or some rows.

    Args:
        actor: The directorate's approver, another than who read it in.
        identity: The version.
        rows: Time and code of what is taken; None takes all. What is not taken stays as it was.
        looked: Whether the one who accepts has looked at what is implausible.

    Raises:
        Objected: Not by this role or person, or it is not waiting.
        Invalid: It is gone, or something implausible was not looked at.
        Refusal: A code is none of the structure, or no row is taken.
    """
    row = _locked(identity)
    subject = subject_of(row)
    require("figures.accept", actor, Situation(row.state, submitted_by=row.read_by_id), subject, None)
    layers, version = layers_now(), version_read(row)
    if not looked and (odd := len(compare(version, layers).implausible)):
        raise Invalid("looked", "figures_to_look_at", {"count": odd})
    accepted = taken(version, layers, rows)
    before = FigureSet.objects.filter(sequence__isnull=False).count()  # none of them is ever removed
    row.state, row.sequence = FigureState.ACCEPTED, before + 1
    row.taken, row.sha256 = accepted.content(), accepted.sha256
    row.accepted_on, row.accepted_by = clock.today(), f"{actor.person_name}, {actor.seat_name}"
    row.save(update_fields=["state", "sequence", "taken", "sha256", "accepted_on", "accepted_by"])
    after = {"sequence": row.sequence, "sha256": row.sha256, "kept": len(accepted.kept), "state": row.state}
    return note(actor, Entry("figures.accept", subject, None, {"state": FigureState.READ_IN}, after))


@action
def refuse(actor: Actor, /, *, identity: int, reason: str) -> Event:
    """Refuse a version that was read in; the file may be read again."""
    return _end(actor, "figures.refuse", identity, "refused", reason)


@action
def take_back(actor: Actor, /, *, identity: int, reason: str) -> Event:
    """Take an accepted version out of the layers; what was computed from it can still be computed again."""
    return _end(actor, "figures.take_back", identity, "taken_back", reason)


def subject_of(row: FigureSet) -> str:
    """Return the name by which the journal tells the story of an indicator's figures."""
    return f"figures:{row.indicator}"


def _end(actor: Actor, name: str, identity: int, end: str, reason: str) -> Event:
    row = _locked(identity)
    reason = text("reason", reason)
    require(name, actor, Situation(row.state, submitted_by=row.read_by_id), subject_of(row), None, reason)
    before, row.state = {"state": row.state}, end
    row.save(update_fields=["state"])
    after = {"state": end, "set": row.pk, "sequence": row.sequence}
    return note(actor, Entry(name, subject_of(row), None, before, after, {"reason": reason}))


def _locked(identity: int) -> FigureSet:
    """Lock the figures for this transaction and return a version of them: two who accept wait for each other."""
    list(FigureSet.objects.select_for_update().order_by("pk").values_list("pk"))
    row = FigureSet.objects.filter(pk=identity).first()
    if row is None:
        raise Invalid("identity", "figures_gone")
    return row
