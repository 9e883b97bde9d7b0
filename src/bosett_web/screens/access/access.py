"""Access in one's own organisation: who has it, giving it, lending it to a substitute, taking it away."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bosett.rounds.rights import INVITING, may_administer, may_invite
from bosett_web.accounts.actor import acting
from bosett_web.accounts.models import Person, Seat
from bosett_web.actions.access import invitations
from bosett_web.queries.access.invitations import open_links, seats_without_administrator
from bosett_web.queries.access.seats import AccessRow, access_in, people_of, seats_of
from bosett_web.queries.journal import events
from bosett_web.records import clock
from bosett_web.screens.access import forms, issuer
from bosett_web.screens.access.login_check import try_login
from bosett_web.screens.forms import PageRequest, attempt, shown
from bosett_web.screens.frame import show
from bosett_web.screens.journal_words import events_in_words
from bosett_web.screens.words import say

DEEDS = {
    "access.grant": (forms.GrantForm, forms.grant),
    "access.lend": (forms.LendForm, forms.lend),
    "access.withdraw": (forms.RoleForm, forms.withdraw),
}


@require_safe
def access(request: PageRequest) -> HttpResponse:
    """Show the organisation's access to its administrators; to others there is no such page."""
    return _page(request, 200)


@require_POST
def change(request: PageRequest, name: str) -> HttpResponse:
    """Give, lend or take away access."""
    if name not in DEEDS:
        raise Http404(name)
    of_move, doing = DEEDS[name]
    form = of_move(request.POST, language=request.language, move=name)
    if status := attempt(request, form, lambda: doing(acting(request), form)):
        return _page(request, status)
    messages.success(request, say(f"event_{name}", request.language))
    return redirect("access")


@require_POST
def invite(request: PageRequest) -> HttpResponse:
    """Make a link for the first administrator of another organisation, and show it this once."""
    form, made = forms.InviteForm(request.POST, language=request.language, move=INVITING), list[str]()
    status = attempt(request, form, lambda: made.append(invitations.invite(acting(request), seat=form.key_of("seat"))))
    link = request.build_absolute_uri(reverse("first", args=made)) if made else ""
    return _page(request, status or 200, link)


@require_http_methods(["GET", "POST"])
def login_check(request: PageRequest) -> HttpResponse:
    """Try the login for an administrator, and show what is wrong and what to do; to others there is no such page."""
    if request.actor is None or not may_administer(request.actor.who, own=True):
        raise Http404
    findings: list[tuple[bool, str]] = []
    if request.method == "POST":
        login_settings = issuer.login_settings(request.build_absolute_uri(reverse("login_callback")))
        findings = [(each.holds, say(each.words, request.language, **each.facts)) for each in try_login(login_settings)]
    return show(request, "access/login_check.html", {"findings": findings, "page": "access"})


def _page(request: PageRequest, status: int, link: str = "") -> HttpResponse:
    actor = request.actor
    if actor is None or not may_administer(actor.who, own=True):
        if status == 200:
            raise Http404
        why = " ".join(each.words for each in request.refused.faults) if request.refused else ""
        return show(request, "refused.html", {"words": why, "kept": ()}, status)
    grants = access_in(actor.organisation)
    others = [person for person in people_of(actor.organisation) if person.pk != actor.person_id]
    have = {row.person for row in grants}
    count, rows = events(None, actor)  # who logged in to which role, and every change of access
    context: dict[str, object] = {
        "rows": grants,
        "without": [person for person in others if person.pk not in have],
        "grant": _granting(request, others, seats_of(actor.organisation)),
        "lend": _lending(request, others, [row for row in grants if not row.until]),
        "story": events_in_words(rows, clock.today().year, request.language),
        "story_count": count if count > len(rows) else None,
        "story_last": len(rows),
        "page": "access",
    }
    if may_invite(actor.who):
        waiting = seats_without_administrator()
        context |= {"inviting": True, "link": link, "links": open_links(), "waiting": waiting}
        context |= {"invite": _inviting(request, waiting)} if waiting else {}
    return show(request, "access/access.html", context, status)


def _granting(request: PageRequest, people: Sequence[Person], seats: Sequence[Seat]) -> forms.GrantForm:
    """Return the form that gives access."""
    form = shown(request, forms.GrantForm, "access.grant", begin="g")
    form.offer("person", _named(people))
    form.offer("seat", [(str(seat.pk), form.worded(f"party_{seat.party}")) for seat in seats])
    return form


def _lending(request: PageRequest, people: Sequence[Person], grants: Sequence[AccessRow]) -> forms.LendForm:
    """Return the form that lends access."""
    form = shown(request, forms.LendForm, "access.lend", begin="l")
    form.offer("grant", [(str(row.id), _in_words(form, row)) for row in grants])
    form.offer("person", _named(people))
    return form


def _inviting(request: PageRequest, waiting: Sequence[Seat]) -> forms.InviteForm:
    """Return the form that makes a link for the first administrator of another organisation."""
    form = shown(request, forms.InviteForm, INVITING, begin="i")
    seats = [(str(seat.pk), f"{seat.organisation.name}: {form.worded(f'party_{seat.party}')}") for seat in waiting]
    form.offer("seat", seats)
    return form


def _named(people: Sequence[Person]) -> list[tuple[str, str]]:
    return [(str(person.pk), f"{person.name} ({person.pk})") for person in people]


def _in_words(form: forms.LendForm, row: AccessRow) -> str:
    return f"{row.name}: {form.worded(f'grade_{row.grade}')}, {form.worded(f'party_{row.party}')}"
