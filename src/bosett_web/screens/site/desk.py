"""The desk is for who is logged in: everybody else reads the public pages, and what has been published."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from bosett_web.screens.forms import PageRequest

INSTEAD: Mapping[str, str] = {
    "overview": "public_year",
    "notices": "public_year",
    "forecasts": "public_year",
    "need": "public_year",
    "targets": "public_year",
    "criteria": "public_criteria",
    "numbers": "public_places",
    "county_numbers": "public_county",
    "decisions": "public_places",
    "decisions_live": "public_places",
    "export": "public_data",
    "decisions_csv": "public_data",
    "decision_counties_csv": "public_data",
    "decision_days_csv": "public_data",
    "search": "public_find",
    "rounds": "public_front",
}
"""Pages and files of the desk, and the public page that tells everybody the same."""
OF_NO_YEAR = frozenset({"public_find", "public_front"})


class DeskMiddleware:
    """Leads whoever is not logged in from the desk to the public page that tells the same of the newest release.

    Documents, which are open to all one by one, and what has nothing that tells the same, answer for themselves.
    """

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: PageRequest, _view: object, _args: object, parts: Mapping[str, object]
    ) -> HttpResponse | None:
        """Return where a reader is led; None where the desk answers."""
        match = request.resolver_match
        name = INSTEAD.get(match.view_name) if match else None  # with its namespace: the API has names of its own
        if name is None or request.actor is not None or request.method not in ("GET", "HEAD"):
            return None
        of_year = {} if name in OF_NO_YEAR else {key: parts[key] for key in ("year", "code") if key in parts}
        address = reverse(name, kwargs={"language": request.language, **of_year})
        if name == "public_find" and request.GET.get("q"):
            address += f"?{urlencode({'q': request.GET['q']})}"
        # A part of a page that is open still when its session has ended: the whole page leads on, and not the part.
        leads = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        answer: HttpResponse = leads(address)
        answer.headers["Vary"] = "Cookie"
        return answer
