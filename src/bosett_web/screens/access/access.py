"""Access in one's own organisation: who has it, giving it, lending it to a substitute, taking it away."""

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bosett.rounds.parties import Grade
from bosett.rounds.rights import may_administer
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.access import access as actions
from bosett_web.queries.access.seats import access_in, people_of, seats_of
from bosett_web.queries.journal import events
from bosett_web.records import clock
from bosett_web.screens.forms import Form, PageRequest, attempt
from bosett_web.screens.frame import show
from bosett_web.screens.journal_words import told
from bosett_web.screens.words import say


def _grant(actor: Actor, form: Form) -> object:
    return actions.grant(actor, person=form.whole("person"), seat=form.whole("seat"), grade=form.text("grade"))


def _lend(actor: Actor, form: Form) -> object:
    """Lend to the end of a day in Norway."""
    until = timezone.make_aware(datetime.combine(form.day("until"), time.max))
    return actions.lend(actor, grant=form.whole("grant"), person=form.whole("person"), until=until)


def _withdraw(actor: Actor, form: Form) -> object:
    return actions.withdraw(actor, grant=form.whole("grant"))


DEEDS = {"access.grant": _grant, "access.lend": _lend, "access.withdraw": _withdraw}


@require_safe
def access(request: PageRequest) -> HttpResponse:
    """Show the organisation's access to its administrators; to others there is no such page."""
    return _page(request, 200)


@require_POST
def change(request: PageRequest, name: str) -> HttpResponse:
    """Give, lend or take away access."""
    doing, form = DEEDS.get(name), Form(request.POST)
    if doing is None:
        raise Http404(name)
    if status := attempt(request, name, form, lambda: doing(acting(request), form)):
        return _page(request, status)
    messages.success(request, say(f"event_{name}", request.language))
    return redirect("access")


def _page(request: PageRequest, status: int) -> HttpResponse:
    actor = request.actor
    if actor is None or not may_administer(actor.who, own=True):
        if status == 200:
            raise Http404
        return show(request, "refused.html", {"words": request.filled["summary"], "kept": ()}, status)
    held = access_in(actor.organisation)
    others = [person for person in people_of(actor.organisation) if person.pk != actor.person_id]
    have = {row.person for row in held}
    count, rows = events(None, actor)  # who logged in to which role, and every change of access
    context = {
        "rows": held,
        "people": others,
        "without": [person for person in others if person.pk not in have],
        "lendable": [row for row in held if not row.until],
        "seats": seats_of(actor.organisation),
        "grades": list(Grade),
        "story": told(rows, clock.today().year, request.language),
        "story_count": count if count > len(rows) else None,
        "story_last": len(rows),
        "page": "access",
    }
    return show(request, "access/access.html", context, status)
