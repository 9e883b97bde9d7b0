"""Trying other weights: what each choice does to each municipality, side by side, before anybody drafts anything.

What is tried stands in the address, so that it can be gone back from, and sent to others. The committee may keep it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from bosett.documents.words import percent
from bosett.parameters import CriteriaChoice
from bosett.rounds.what_if import WhatIf
from bosett_web.queries.round.what_if import NotReckoned, reckoned
from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.charts import chart_at
from bosett_web.screens.round import alternatives
from bosett_web.screens.round.criteria_choice import address_of, code_of, trying
from bosett_web.screens.round.criteria_effect import changes_of, side_by_side
from bosett_web.screens.round.floor_edge import nearest
from bosett_web.screens.screen import View
from bosett_web.screens.words import say


def criteria_try(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who takes no part in the round.
    """
    tried = trying(view)
    if tried is None:
        return {"lacking": True}
    name, choice, whole = tried.name, tried.choice, tried.choice.whole

    def come_to(each: CriteriaChoice) -> WhatIf | None:
        try:
            return reckoned(name, view.day, view.at.figures, each, tried.total)
        except NotReckoned:
            return None

    now, new = come_to(tried.base), come_to(choice) if whole == 1 else None
    beside = [each for each in tried.beside if each not in (tried.base, choice)]
    columns = [(say("criteria_now", view.language), now)]
    columns += [
        (say("criteria_beside", view.language, number=place), come_to(each)) for place, each in enumerate(beside, 1)
    ]
    is_new = tried.is_other and new is not None
    if is_new:
        columns.append((say("criteria_this", view.language), new))
    here = reverse("criteria_try", args=[view.year])
    # What is tried, also where a form that was refused carries it and the address does not.
    place = replace(chart_at(view, "criteria_try", "changes"), query=f"?{tried.query()}")
    return {
        "form": tried.form,
        "total": tried.total,
        "is_other": tried.is_other,
        "off": "" if whole == 1 else percent(whole, view.language, 0),
        "impossible": whole == 1 and new is None,
        "heads": [name for name, _ in columns],
        "rows": [*side_by_side(view, columns)],
        "beside": [code_of(each) for each in tried.beside],
        "lay_beside": f"{here}?{tried.query(choice)}" if is_new and tried.has_room_for(choice) else "",
        "here": here,
        "may_write": may(next(iter(buttons(view.request, new_situation(view.whole), "alternative.keep")), None)),
        "sensitivity": address_of(view, "criteria_sensitivity", tried) if now or new else "",
        **alternatives.of_page(view, tried),
        **(
            changes_of(view, now, new, say("criteria_this", view.language), place)
            if is_new and now is not None and new is not None
            else {}
        ),
        **(nearest(view, new.edge, new.exact) if new is not None else {}),
    }
