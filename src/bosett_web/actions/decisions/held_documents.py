"""The document of a form that was refused: held for whoever sent it until the form is sent again, and not for long."""

from datetime import timedelta

from django.db.models import QuerySet

from bosett.rounds.moves import move_of, objection_to
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action
from bosett_web.actions.pdfs import checked, safe_name
from bosett_web.queries.decisions.decisions import answer_situation, sent_requests
from bosett_web.queries.standing import kept_standing
from bosett_web.records import clock
from bosett_web.records.models import HeldDocument

HELD_FOR = timedelta(hours=8)
"""As long as a session."""
MOST = 5
"""Documents that one person may have waiting in one role."""


@action
def hold(actor: Actor, /, *, move: str, year: int, municipality: str, document: tuple[str, bytes]) -> None:
    """Hold a document that can be kept, for those who may make the move; one for each municipality.

    Nothing is decided by it, and so the journal tells nothing of it.

    Args:
        actor: Who sent it.
        move: What the form asked for.
        year: Settlement year.
        municipality: Whose decision it is.
        document: Name and content; an empty content lets go of the one that is held.
    """
    asked = sent_requests(year, municipality).get(municipality)
    situation = answer_situation(kept_standing(year), municipality, asked)
    if objection_to(move_of(move), actor.who, situation) is not None:
        return
    name, content = document
    if not content:
        let_go(actor, year, municipality)
        return
    try:
        sha256, shown = checked(content), safe_name(name)
    except Invalid:
        # Another file was chosen than the one that is held, which is therefore not wanted.
        let_go(actor, year, municipality)
        return
    others = _of(actor).exclude(round=year, municipality=municipality).order_by("-at", "-pk")
    HeldDocument.objects.filter(pk__in=list(others.values_list("pk", flat=True)[MOST - 1 :])).delete()
    HeldDocument.objects.update_or_create(
        round_id=year,
        municipality=municipality,
        person_id=actor.person_id,
        seat_id=actor.seat_id,
        defaults={"name": shown, "content": content, "sha256": sha256, "at": clock.now()},
    )


def held_document(actor: Actor, year: int, municipality: str, sha256: str) -> tuple[str, bytes]:
    """Return name and content of the document that is held, as its form was shown with it; empty when there is none."""
    rows = _of(actor).filter(round=year, municipality=municipality, sha256=sha256, at__gte=clock.now() - HELD_FOR)
    row = rows.values_list("name", "content").first()
    return (row[0], bytes(row[1])) if row else ("", b"")


def let_go(actor: Actor, year: int, municipality: str) -> None:
    """Let go of a document whose form has been kept, within the transaction that keeps it."""
    _of(actor).filter(round=year, municipality=municipality).delete()


def let_go_of_old() -> None:
    """Let go of every document that has waited longer than a session."""
    HeldDocument.objects.filter(at__lt=clock.now() - HELD_FOR).delete()


def _of(actor: Actor) -> "QuerySet[HeldDocument]":
    return HeldDocument.objects.filter(person=actor.person_id, seat=actor.seat_id)
