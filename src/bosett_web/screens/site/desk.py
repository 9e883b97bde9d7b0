"""The desk is for who is logged in: everybody else reads the public pages, what has been published, and documents."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import ResolverMatch, reverse
from django_htmx.http import HttpResponseClientRedirect

from bosett_web.screens.forms import PageRequest
from bosett_web.screens.led_back import login_address

INSTEAD: Mapping[str, str] = {
    "overview": "public_year",
    "notices": "public_year",
    "forecasts": "public_year",
    "need": "public_year",
    "targets": "public_year",
    "revision": "public_year",
    "criteria": "public_criteria",
    "proposal": "public_places",
    "counties": "public_places",
    "county": "public_county",
    "versions": "public_county",
    "why": "public_municipality",
    "explained": "public_municipality",
    "explained_version": "public_municipality",
    "meetings": "public_calendar",
    "meeting": "public_calendar",
    "room": "public_calendar",
    "calendar": "public_calendar",
    "calendar_of": "public_calendar",
    "knowledge": "public_documents",
    "numbers": "public_places",
    "county_numbers": "public_county",
    "decisions": "public_places",
    "decisions_live": "public_places",
    "receipt": "public_municipality",
    "documents": "public_documents",
    "export": "public_data",
    "decisions_csv": "public_data",
    "decision_counties_csv": "public_data",
    "decision_days_csv": "public_data",
    "county_xlsx": "public_data",
    "county_csv": "public_data",
    "search": "public_find",
    "rounds": "public_front",
}
"""Pages and files of the desk, and the public page that tells everybody the same."""
OPEN = frozenset(
    {
        *("home", "login", "login_start", "login_callback", "role", "first", "kept", "alerts"),
        *(
            "icon",
            "rules",
            "accessibility",
            "privacy",
            "help_index",
            "help_page",
            "glossary",
            "healthz",
            "metrics",
            "cells",
        ),
    }
)
"""What answers for itself to who is not logged in."""
DOCUMENTS = frozenset(
    {
        *("letter_pdf", "sheet_pdf", "document", "minutes", "given_answer", "decision_document", "receipt_pdf"),
        "run_control",
    }
)
"""Documents, and the checksums of a run: open to all one by one, each asks whether it is released and not withheld."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "public_front": (),
    "public_find": (),
    "public_county": ("year", "code"),
    "public_municipality": ("year", "code"),
}
"""Parts of a public page's address beside its language; of the others the year."""
OF_ANY_AREA = frozenset({"explained", "explained_version"})
"""Pages of a municipality, a county or the country, whichever its code is of."""
AREAS: Mapping[int, str] = {4: "public_municipality", 2: "public_county"}
"""Public pages of an area by the digits of its code; that of the country is the year's."""


class DeskMiddleware:
    """Leads whoever is not logged in from the desk: to the public page that tells the same, and else to log in."""

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: PageRequest, *_: object) -> HttpResponse | None:
        """Return where a reader is led; None where what is asked for answers for itself."""
        match = request.resolver_match
        if match is None or request.actor is not None or request.method not in ("GET", "HEAD") or is_open(match):
            return None
        # A part of a page that is open still when its session has ended: the whole page leads on, and not the part.
        leads = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
        answer: HttpResponse = leads(_address(request, match))
        answer.headers["Vary"] = "Cookie"
        return answer


def is_open(match: ResolverMatch) -> bool:
    """Tell whether an address answers for itself to who is not logged in."""
    name = match.view_name
    return bool(match.namespaces) or name in OPEN | DOCUMENTS or name.startswith("public_")


def _address(request: PageRequest, match: ResolverMatch) -> str:
    name = INSTEAD.get(match.view_name)
    if name is None:
        # A part of a page is no page to come back to: the page that asked for it is.
        page = request.htmx.current_url_abs_path if request.htmx else request.get_full_path()
        return login_address(page or "")
    own = {**match.kwargs, "code": match.kwargs.get("municipality", match.kwargs.get("code"))}
    if match.view_name in OF_ANY_AREA:
        name = AREAS.get(len(own["code"]), "public_year")
    parts = {part: own[part] for part in PARTS.get(name, ("year",))}
    address = reverse(name, kwargs={"language": request.language, **parts})
    if name == "public_find" and request.GET.get("q"):
        address += f"?{urlencode({'q': request.GET['q']})}"
    return address
