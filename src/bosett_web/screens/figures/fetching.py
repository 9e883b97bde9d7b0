"""What is fetched of figures, as their page shows it: the form, what is under way, and why something was not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from bosett.rounds.moves import Situation
from bosett.sources.fetchable import FETCHABLE
from bosett_web.accounts.actor import acting
from bosett_web.actions.figures import fetching as actions
from bosett_web.queries.background import is_worked
from bosett_web.queries.figures.fetching import FigureFetchRow, broken_off, figure_fetches
from bosett_web.records import clock
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.figures.forms import FetchFiguresForm
from bosett_web.screens.figures.refused import words_of
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.words import say

FETCH = "figures.fetch"


@dataclass(frozen=True, slots=True)
class FetchLine:
    """A table that was asked for, in words: `why` it was not fetched is empty while it is being fetched."""

    what: str
    title: str
    time: str
    asked: str
    why: str


def ask(request: PageRequest, form: FetchFiguresForm) -> object:
    """Ask for what the form names."""
    return actions.fetch(acting(request), what=form.text_of("what"), time=form.text_of("time"))


def fetching(request: PageRequest) -> Mapping[str, Any]:
    """Return what the page shows of fetching."""
    rows, may_fetch = figure_fetches(clock.today()), next(iter(buttons(request, Situation(None), FETCH)), None)
    broken = broken_off(rows)
    lines = [_line(row, request.language, is_broken=row.id in broken) for row in rows]
    under_way = any(not line.why for line in lines)
    return {
        "may_fetch": may_fetch,
        "asks_publishers": settings.ASK_PUBLISHERS,
        "fetch_form": _form(request) if may(may_fetch) and settings.ASK_PUBLISHERS else None,
        "fetches": lines,
        "fetch_under_way": under_way,
        "not_worked": under_way and not is_worked(clock.now()),
    }


def _form(request: PageRequest) -> FetchFiguresForm:
    form = shown(request, FetchFiguresForm, FETCH, begin="fetch", initial={"time": str(clock.today().year)})
    form.offer("what", [(name, form.worded(f"fetch_{name}")) for name in FETCHABLE])
    return form


def _line(row: FigureFetchRow, language: str, *, is_broken: bool) -> FetchLine:
    why = words_of(row.why["code"], row.why["facts"], language) if row.why else ""
    return FetchLine(
        what=row.what,
        title=say(f"fetch_{row.what}", language),
        time=row.time,
        asked=say("fetch_asked", language, who=row.asked_by, day=formats.day(row.asked_on, language)),
        why=say("fetch_broken", language) if is_broken else why,
    )
