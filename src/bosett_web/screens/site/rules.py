"""The rules of the round in plain words: who may do what, and who sees what, when; and the page on accessibility."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from bosett.rounds.moves import APPROVERS, MOVES, WORKERS, Track
from bosett.rounds.parties import Grade, Party
from bosett.rounds.rights import ADMINISTRATION, INVITING, LIFT, READ_ANSWER, READS_ANSWERS, SHIELDING, WITHHOLDING
from bosett.rounds.visibility import SIGHTS, Audience, Sight, Thing
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import show

GRADES_OF_RECEIPTS: list[Grade] = [grade for grade in Grade if grade is not Grade.ADMINISTRATOR]


@require_safe
def rules(request: PageRequest) -> HttpResponse:
    """Show the tables of moves and of sight."""
    tracks = [(track, [move for move in MOVES if move.track is track]) for track in Track]
    others = [(name, "", [Grade.ADMINISTRATOR]) for name in ADMINISTRATION]
    others.append((INVITING, Party.DIRECTORATE, [Grade.ADMINISTRATOR]))
    others.append((SHIELDING, Party.DIRECTORATE, [Grade.APPROVER]))
    others += [(READ_ANSWER, str(party), GRADES_OF_RECEIPTS) for party in Party if party in READS_ANSWERS]
    others += [
        (name, "own", sorted(APPROVERS if name == LIFT else WORKERS, key=list(Grade).index)) for name in WITHHOLDING
    ]
    things: dict[Thing, list[tuple[Sight, list[Audience]]]] = {}
    for row in SIGHTS:
        things.setdefault(row.thing, []).append((row, sorted(row.audiences)))
    return show(request, "site/rules.html", {"tracks": tracks, "others": others, "things": things, "page": "rules"})


@require_safe
def icon(request: PageRequest) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Lead a browser that asks where icons used to lie to ours: documents and calendar files name none."""
    return redirect(static("bosett/icon.svg"))


@require_safe
def accessibility(request: PageRequest) -> HttpResponse:
    """Show what is promised, and whom to tell when it does not hold."""
    return show(request, "site/accessibility.html", {})


@require_safe
def privacy(request: PageRequest) -> HttpResponse:
    """Show what is known of those who use the workspace."""
    return show(request, "site/privacy.html", {"page": "privacy"})
