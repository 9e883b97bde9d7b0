"""One's own alerts: how often e-mail is sent and where to; and that what is new has been read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.access import alerts as actions
from bosett_web.dispatch import mail
from bosett_web.queries.access.alerts import AlertChoice, alert_choice
from bosett_web.screens.access.forms import AlertForm, ReadForm
from bosett_web.screens.forms import PageRequest, attempt, shown
from bosett_web.screens.frame import show
from bosett_web.screens.led_back import login_address
from bosett_web.screens.words import say

CHOOSE = "alerts.choose"


@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: PageRequest) -> HttpResponse:
    """Show how the person is told of what is new, and take what they choose."""
    if request.actor is None:
        return redirect(login_address(request.get_full_path()))
    if request.method != "POST":
        return _page(request, request.actor, 200)
    form = AlertForm(request.POST, language=request.language, move=CHOOSE)
    actor = acting(request)
    if status := attempt(request, form, lambda: _choose(actor, form)):
        return _page(request, actor, status)
    messages.success(request, say("alerts_saved", request.language))
    return redirect("alerts")


@require_POST
def read(request: PageRequest) -> HttpResponse:
    """Mark what is new as read, up to what was shown."""
    actor, form = acting(request), ReadForm(request.POST, language=request.language)
    if form.is_valid():
        actions.mark_read(actor, upto=form.key_of("upto"))
        messages.success(request, say("news_marked", request.language))
    return redirect("home")


def _choose(actor: Actor, form: AlertForm) -> None:
    actions.choose(actor, often=form.text_of("often"), address=form.text_of("address"))


def _page(request: PageRequest, actor: Actor, status: int) -> HttpResponse:
    choice: AlertChoice = alert_choice(actor.person_id)
    form = shown(request, AlertForm, CHOOSE, initial={"often": choice.often, "address": choice.address})
    context = {"page": "alerts", "form": form, "choice": choice, "is_on": mail.is_on()}
    return show(request, "access/alerts.html", context, status)
