"""The front page: what this is, how far the running year has come, and the way to one's own municipality."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from bosett_web.screens import formats
from bosett_web.screens.public.areas import address_of
from bosett_web.screens.public.news import news_rows
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.public.year import status

GREETINGS = (("se", "Bures boahtin"), ("smj", "Buoris boahtem"), ("sma", "Buerie båeteme"))
"""Welcome in the Sami languages of Norway's law: North, Lule and South Sami."""
COUNTRY_NAMES = (("se", "Norga"), ("smj", "Vuodna"), ("sma", "Nöörje"))
"""What the country is called in them."""
MOST_NEWS = 4


def front(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    return {
        **status(view),
        "greetings": GREETINGS,
        "country_names": COUNTRY_NAMES,
        "news": news_rows(view.round.news[:MOST_NEWS], view.language),
        "all_years": [
            (row.year, reverse("public_year", args=[view.language, row.year])) for row in view.newest.values()
        ],
        "find": reverse("public_find", args=[view.language]),
    }


def about(view: PublicView) -> Mapping[str, Any]:
    """Build the page that tells what the numbers are, and what of them is hidden."""
    return {
        "least": view.release.least - 1,
        "greetings": GREETINGS,
        "country_names": COUNTRY_NAMES,
        "about_words": ("zero", "hidden", "unknown", "asked", "least"),
    }


def find(view: PublicView) -> Mapping[str, Any]:
    """Build the page of the places whose names have what is looked for in them, those that begin so first."""
    wanted = view.query.get("q", "").strip().casefold()
    found = [place for place in view.release.places if wanted and wanted in place.name.casefold() and place.part_of]
    in_order = sorted(
        found, key=lambda place: (not place.name.casefold().startswith(wanted), formats.sort_key(place.name))
    )
    above = {place.code: view.places[place.part_of].name for place in in_order if place.part_of and len(place.code) > 2}
    return {
        "asked": view.query.get("q", ""),
        "found": [(place.name, address_of(view, place.code), above.get(place.code, "")) for place in in_order],
    }
