"""Documents are withheld from the public, with a ground, and opened to it again; their parties see them throughout."""

from bosett.parameters.grounds import load_grounds
from bosett.rounds.moves import Objection
from bosett.rounds.parties import Grade
from bosett.rounds.rights import LIFT, WITHHOLD, may_withhold
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, Objected, action, locked, note
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.round.documents import DocumentRow, document
from bosett_web.records import clock
from bosett_web.records.choices import DocumentKind
from bosett_web.records.models import Withholding

LONGEST = 200
"""Letters that a paragraph may be told in: it is a reference to a law, and no reasoning."""


@action
def withhold(actor: Actor, /, *, year: int, kind: str, key: str, ground: str, detail: str = "") -> Event:
    """Withhold a document from the public; before the release it stays closed when that comes, after it it is closed.

    Args:
        actor: Who.
        year: Settlement year.
        kind: Kind of document.
        key: Which of its kind.
        ground: Code of a shipped ground.
        detail: What the ground leaves out: part of the paragraph, or the law that binds. Everybody is shown it.

    Raises:
        Objected: Not by this role, or it is withheld already.
        Invalid: There is no such document or ground, or the paragraph is missing or no reference.
    """
    row = _located(actor, WITHHOLD, year, kind, key)
    if row.withheld is not None:
        raise Objected(Objection("withheld_already"), move=WITHHOLD, subject=subject_of(year, row), year=year)
    legal_ground = load_grounds().get(ground)
    if legal_ground is None:
        raise Invalid("ground", "not_a_choice")
    detail = text("detail", " ".join(detail.split()), needed=legal_ground.detail)
    if len(detail) > LONGEST:
        raise Invalid("detail", "text_long", {"most": LONGEST})
    Withholding.objects.create(round_id=year, kind=kind, key=key, ground=ground, detail=detail, day=clock.today())
    after = {"document": kind, "key": key, "dated": row.day, "ground": ground}
    return note(actor, Entry(WITHHOLD, subject_of(year, row), year, {}, after, {"detail": detail}))


@action
def lift(actor: Actor, /, *, year: int, kind: str, key: str) -> Event:
    """Open a document to the public again, as far as the release has opened it.

    Raises:
        Objected: Not by this role, or it is not withheld.
        Invalid: There is no such document.
    """
    row = _located(actor, LIFT, year, kind, key)
    withheld = row.withheld
    if withheld is None:
        raise Objected(Objection("not_withheld"), move=LIFT, subject=subject_of(year, row), year=year)
    Withholding.objects.filter(pk=withheld.id).update(lifted_on=clock.today())
    before = {"ground": withheld.ground}
    after = {"document": kind, "key": key, "dated": row.day}
    return note(actor, Entry(LIFT, subject_of(year, row), year, before, after))


def subject_of(year: int, row: DocumentRow) -> str:
    """Return the name by which the journal tells the story that a document belongs to."""
    if row.kind == DocumentKind.LETTER:
        return f"letter:{row.name}"
    if row.kind == DocumentKind.MINUTES:
        return f"meeting:{year}:{row.key}"
    return f"decision:{year}:{row.area}" if row.kind == DocumentKind.DECISION else f"recommendation:{year}:{row.area}"


def objection_to(name: str, actor: Actor, row: DocumentRow) -> Objection | None:
    """Return why somebody may not withhold or lift a document, or None when they may."""
    if may_withhold(name, actor.who, row.owner, row.area):
        return None
    if actor.grade is not Grade.APPROVER and may_withhold(WITHHOLD, actor.who, row.owner, row.area):
        return Objection("low_grade", {"needs": Grade.APPROVER})
    return Objection("not_own_document")


def _located(actor: Actor, name: str, year: int, kind: str, key: str) -> DocumentRow:
    """Lock a round and return a document of it that somebody sees and may act on."""
    row = document(locked(year), actor.who, clock.moment(), kind, key)
    if row is None:
        raise Invalid("document", "document_gone")
    if (objection := objection_to(name, actor, row)) is not None:
        raise Objected(objection, move=name, subject=subject_of(year, row), year=year)
    return row
