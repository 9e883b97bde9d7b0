"""The front page: what this is, how far the running year has come, and the way to one's own municipality."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from bosett.geography import nearness
from bosett.rounds.release import COUNTRY
from bosett_web.screens import formats
from bosett_web.screens.public.areas import address_of, name_of
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
    """Build the page of the places that are called what is looked for, or nearly so: the nearest first."""
    asked = view.query.get("q", "")
    names = {code: [place.name] for code, place in view.places.items() if place.part_of is not None}
    for each in view.release.municipalities:
        names[each.code] += [name.text for name in each.names]
    near = {code: nearness(asked, own) for code, own in names.items()}
    nearest = sorted(
        (distance, formats.sort_key(view.places[code].name), code)
        for code, distance in near.items()
        if distance is not None
    )
    return {
        "asked": asked,
        "found": [(name_of(view, code), address_of(view, code), _county(view, code)) for *_, code in nearest],
    }


def _county(view: PublicView, code: str) -> str:
    """Return the name of the county that a place lies in; empty for a county."""
    above = view.places[code].part_of or COUNTRY
    return "" if above == COUNTRY else view.places[above].name
