"""The help of the public pages and the glossary: the same for all, by the language of the address; of no release."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from bosett_web.screens.help_pages import GUIDE, GUIDES, PUBLIC, glossary_shown, guide_shown, help_shown
from bosett_web.screens.place_names import LONGEST
from bosett_web.screens.public.page import frame
from bosett_web.screens.words import say

KEPT = "public, max-age=300"
"""How long others may keep them: they change with the program alone."""


@require_safe
def public_help(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Show the help of a public page, or a guide.

    Raises:
        Http404: There is none of that name.
    """
    if name.startswith(GUIDE) and name.removeprefix(GUIDE) in GUIDES:
        steps = {"title": say(name, language), **guide_shown(name, language)}
        return _page(request, language, "public/help.html", steps)
    page = PUBLIC.get(name)
    if page is None:
        raise Http404(name)
    context = {"title": say(page.title, language), **help_shown(name, page, language)}
    return _page(request, language, "public/help.html", context)


@require_safe
def public_glossary(request: HttpRequest, language: str) -> HttpResponse:
    """Show the words, or those that hold what `?q=` looks for."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    return _page(request, language, "public/glossary.html", glossary_shown(language, asked))


def _page(request: HttpRequest, language: str, template: str, context: Mapping[str, object]) -> HttpResponse:
    surrounding = {
        **frame(language, request.path),
        "words_at": reverse("public_glossary", args=[language]),
    }
    answer = HttpResponse(render_to_string(template, {**surrounding, **context}))
    answer.headers["Cache-Control"] = KEPT
    return answer
