"""The link of a first administrator: what it gives and to whom, and taking it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bosett_web.accounts import throttle
from bosett_web.actions.access import access, invitations
from bosett_web.actions.doing import Invalid
from bosett_web.queries.access.invitations import OPEN, first_link
from bosett_web.queries.access.seats import organisation_of, person_named
from bosett_web.records import clock
from bosett_web.screens.access import issuer
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import address_of, show, slower
from bosett_web.screens.refusals import in_words

TOKEN = "first"  # noqa: S105  - where the session keeps which link somebody came by
LAPSED = 410
"""The status of a link that has been one."""


@require_http_methods(["GET", "POST"])
def first(request: PageRequest, token: str) -> HttpResponse:
    """Show what a link gives and to whom; to whom it is for, let them take it, once."""
    if throttle.too_many(throttle.TRIED, address_of(request), clock.now()):
        return slower(request, "too_many")
    link = first_link(token)
    if link is None or link.state != OPEN:
        throttle.count(throttle.TRIED, address_of(request), clock.now())
        state = link.state if link else "unknown"
        return show(request, "access/first_lapsed.html", {"state": state}, LAPSED if link else 404)
    person = request.session.get("person")
    if request.method == "POST" and person is not None:
        return _taken(request, token, person)
    context = {"link": link, "token": token, "issuer": issuer.is_named(), "person": ""}
    if person is not None:
        orgnr, name = organisation_of(person)
        context |= {"person": person_named(person), "own": orgnr, "own_name": name, "fits": orgnr == link.orgnr}
    return show(request, "access/first.html", context)


def _taken(request: PageRequest, token: str, person: int) -> HttpResponse:
    try:
        grant = invitations.accept(token, person=person)
        access.log_in(grant, person=person)
    except Invalid as fault:
        throttle.count(throttle.TRIED, address_of(request), clock.now())
        words = in_words(fault.code, fault.facts, request.language)
        return show(request, "refused.html", {"words": words, "kept": ()}, 403)
    request.session.cycle_key()
    request.session["grant"] = grant
    return redirect("access")
