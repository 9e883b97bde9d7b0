"""Letters that are written on demand: what the letters' page shows of them, and acting on their forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bosett.documents.letters import Worded
from bosett_web.accounts.actor import Actor
from bosett_web.actions import lettercircular, letterminutes, letterreminding, letterwriting
from bosett_web.actions.doing import Invalid
from bosett_web.pages.forms import Form
from bosett_web.pages.screen import View
from bosett_web.queries.circulars import Told, known_forms, receivers
from bosett_web.queries.lettering import SENT, languages_of
from bosett_web.queries.letters import LetterRow
from bosett_web.queries.reminding import Remindable, remindable


def to_write(view: View, rows: Sequence[LetterRow], neutral_form: str) -> Mapping[str, Any]:
    """Return what can be written now."""
    languages = languages_of(view.year, neutral_form)
    return {
        "meetings": _meetings(view, rows),
        "reminders": _reminders(view, rows, languages),
        "held": _held(view, rows),
        "circular": _to_counties(view, rows, languages),
    }


def write(actor: Actor, year: int, form: Form) -> object:
    """Act on the form of a letter; which one, it says itself."""
    return _WRITERS.get(form.text("kind"), _invitation)(actor, year, form)


def _invitation(actor: Actor, year: int, form: Form) -> object:
    return letterwriting.write(
        actor,
        year=year,
        county=form.text("county"),
        language=form.text("language"),
        answer_by=form.day("invited_by"),
        how_to_answer=form.text("how_to_come"),
        ready=form.text("ready"),
    )


def _reminder(actor: Actor, year: int, form: Form) -> object:
    answer_by = _day_or_none(form, "remind_by")
    return letterreminding.remind(actor, year=year, answer_by=answer_by, again=bool(form.text("remind_again")))


def _circular(actor: Actor, year: int, form: Form) -> object:
    told = Told(
        percent=form.number("percent"),
        goes_on={"yes": True, "no": False}.get(form.text("goes_on")),
        answer_to=form.text("answer_to").strip(),
        situation=_situation(form),
        capacity_by=_day_or_none(form, "capacity_by"),
        information_by=_day_or_none(form, "information_by"),
        forms={county.code: form.text(f"form-{county.code}") for county in receivers(year)},
    )
    return lettercircular.circulate(actor, year=year, told=told)


def _minutes(actor: Actor, year: int, form: Form) -> object:
    return letterminutes.minute(
        actor, year=year, county=form.text("minutes_of"), language=form.text("minutes_language")
    )


def _situation(form: Form) -> Worded | None:
    nb, nn = form.text("situation_nb").strip(), form.text("situation_nn").strip()
    if bool(nb) != bool(nn):
        raise Invalid("situation_nn" if nb else "situation_nb", "situation_in_both")
    return Worded(nb, nn, nb) if nb else None


def _day_or_none(form: Form, name: str) -> date | None:
    return form.day(name) if form.text(name) else None


_WRITERS: Mapping[str, Callable[[Actor, int, Form], object]] = {
    "reminder": _reminder,
    "circular": _circular,
    "minutes": _minutes,
}


def _meetings(view: View, rows: Sequence[LetterRow]) -> list[tuple[str, str]]:
    """Return the counties whose meeting is yet to be held and has no invitation on its way."""
    gone = {row.receiver for row in rows if row.kind == "invitation" and row.state != "made"}
    held = [each for each in view.counties if (row := view.at.meetings.get(each.code)) and row.state != "held"]
    return [(each.code, each.name) for each in held if each.code not in gone]


def _held(view: View, rows: Sequence[LetterRow]) -> list[tuple[str, str]]:
    """Return the counties whose meeting has been held, and whose minutes are not on their way."""
    last = {row.receiver: row.state for row in rows if row.kind == "minutes"}
    held = [each for each in view.counties if (row := view.at.meetings.get(each.code)) and row.state == "held"]
    return [(each.code, each.name) for each in held if last.get(each.code, "made") in ("made", *SENT)]


def _reminders(view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None]) -> Mapping[str, Any]:
    """Return who is to be reminded, and who is left out and why; empty when there is nobody."""
    if view.actor is None:
        return {}
    found = remindable(view.whole, rows, languages, view.actor.who, view.moment, view.day)
    ready = [each for each in found if each.ready(again=False)]
    groups: Mapping[str, list[Remindable]] = {
        "late": [each for each in ready if each.late],
        "near": [each for each in ready if not each.late],
        "before": [each for each in found if each.reminded],
        "on_way": [each for each in found if each.on_way],
        "no_form": [each for each in found if each.language is None],
    }
    named = {code: [each.name for each in held] for code, held in groups.items() if held}
    return {"ready": bool(ready), "before": bool(groups["before"]), "groups": list(named.items())} if named else {}


def _to_counties(view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None]) -> Mapping[str, Any]:
    """Return the counties that the circular is yet to reach, and those whose form is asked for; empty when none are."""
    gone = {row.receiver for row in rows if row.kind == "circular" and row.state != "made"}
    left = [county for county in receivers(view.year) if county.code not in gone]
    known = known_forms(languages)
    # What was chosen last time stands in the form; it is still a choice.
    before = {row.receiver: row.language for row in rows if row.kind in ("circular", "invitation")}
    filled = getattr(view.request, "filled", None) or {}
    values = filled.get("values", {})
    asked = [
        (county.code, county.name, values.get(f"form-{county.code}", before.get(county.code, "")))
        for county in left
        if county.code not in known
    ]
    return {"left": [county.name for county in left], "asked": asked} if left else {}
