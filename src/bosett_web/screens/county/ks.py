"""KS's own view: every county's recommendation and meeting at a glance, and what KS has said of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett.stages.criteria import Claims
from bosett.stages.recommendation import must_be_reasoned
from bosett_web.queries.comments import comments_for
from bosett_web.queries.decisions.decisions import answers
from bosett_web.queries.decisions.tally import tally
from bosett_web.queries.letters.letters import copies_for
from bosett_web.queries.lines import Line
from bosett_web.queries.round.country import claims_of_round
from bosett_web.queries.sight import lines_for
from bosett_web.queries.situations import county_target, recommendation_situation
from bosett_web.queries.weighing import weighed
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.comment_forms import CommentOfForm
from bosett_web.screens.duties_in_words import all_duties, waiting
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import shown
from bosett_web.screens.screen import View


def ks(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader is not KS.
    """
    if view.actor is None or view.actor.party is not Party.KS:
        raise Http404
    lines = lines_for(view.whole, view.request.who, view.moment)
    comments = comments_for(view.whole, view.request.who, view.moment)
    names = {area.code: area.name for area in view.counties}
    claims = claims_of_round(view.at)
    copies = copies_for(view.whole, view.request.who, view.moment)
    return {
        "waits": waiting(view, all_duties(view)),
        "copies": [(names.get(each.county, each.county), each.letters) for each in copies],
        "answered": tally(answers(view.whole, lines, view.request.who, view.moment)),
        "rows": [
            {
                "county": area,
                "row": view.at.recommendations.get(area.code),
                "target": county_target(view.at, area.code),
                "departures": departing([line for line in lines if line.county == area.code], claims),
                "meeting": view.at.meetings.get(area.code),
                "off": view.at.called_off.get(area.code),
                "comments": tuple(each for each in comments if each.county == area.code),
                "comment": (button := _comment(view, area.code)),
                "remark": _remark(view, area.code) if may(button) else None,
                "anchor": f"c-{area.code}",
            }
            for area in sorted(view.counties, key=lambda each: sort_key(each.name))
        ],
        "joint": view.at.meetings.get(""),
        "joint_off": view.at.called_off.get(""),
        "of_round": tuple(each for each in comments if not each.county),
    }


def departing(lines: Sequence[Line], claims: Claims | None) -> int | None:
    """Return how many municipalities' recommended numbers depart; None before anything is shown."""
    both = [line for line in lines if line.number is not None and line.proposed is not None]
    return sum(must_be_reasoned(weighed(line, claims)) for line in both) if both else None


def places(view: View, county: str) -> list[tuple[str, str]]:
    """Return code and name of the municipalities of a county, by name."""
    pairs = [(place.code, place.display_name) for place in municipalities(view.year) if place.county == county]
    return sorted(pairs, key=lambda each: sort_key(each[1]))


def _remark(view: View, county: str) -> CommentOfForm:
    """Return what a comment on a county is written in."""
    form = shown(view.request, CommentOfForm, "ks.comment", begin=f"comment-{county}", county=county)
    form.offer("municipality", [("", form.worded("whole_county")), *places(view, county)])
    return form


def _comment(view: View, county: str) -> Button | None:
    row = view.at.recommendations.get(county)
    if row is None:
        return None
    situation = recommendation_situation(view.whole, row)
    offered = buttons(view.request, situation, "recommendation.comment", county=county)
    return offered[0] if offered else None
