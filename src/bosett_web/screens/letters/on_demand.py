"""Letters that are written on demand: what the letters' page shows of them, and acting on their forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bosett.documents.letters import HowToAnswer, Worded
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.letters import circulars, meetings, reminders
from bosett_web.queries.letters.circulars import CircularFacts, left_of
from bosett_web.queries.letters.contents import languages_of
from bosett_web.queries.letters.letters import LetterRow, settings_of
from bosett_web.queries.letters.meetings import MEETING_KINDS, to_be_written, told_of
from bosett_web.queries.letters.receivers import chosen_forms, county_municipalities, known_forms
from bosett_web.queries.letters.reminders import Remindable, remindable
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.screens.forms import Form
from bosett_web.screens.meetings.meetings import JOINT
from bosett_web.screens.screen import View


def to_write(view: View, rows: Sequence[LetterRow], neutral_form: str) -> Mapping[str, Any]:
    """Return what can be written now."""
    languages = languages_of(view.year, neutral_form)
    return {
        "meetings": _meetings(view, rows),
        "joint": _joint(view, rows, languages),
        "reminders": _reminders(view, rows, languages),
        "circular": _to_counties(view, rows, languages),
    }


def write(actor: Actor, year: int, form: Form) -> object:
    """Act on the form of a letter; which one, it says itself."""
    return _WRITERS.get(form.text("kind"), _invitation)(actor, year, form)


def _invitation(actor: Actor, year: int, form: Form) -> object:
    way = form.text("how_to_come").strip()
    return meetings.invite(
        actor,
        year=year,
        county=_meeting(form),
        forms=_forms(year, form),
        answer=HowToAnswer(form.day("invited_by"), Worded.same(way) if way else None),
        ready=form.text("ready"),
    )


def _called_off(actor: Actor, year: int, form: Form) -> object:
    return meetings.tell_called_off(actor, year=year, county=_meeting(form), forms=_forms(year, form))


def _agenda(actor: Actor, year: int, form: Form) -> object:
    return meetings.set_agenda(
        actor, year=year, county=_meeting(form), forms=_forms(year, form), items=form.text("items")
    )


def _minutes(actor: Actor, year: int, form: Form) -> object:
    return meetings.minute(actor, year=year, county=_meeting(form), forms=_forms(year, form))


def _meeting(form: Form) -> str:
    """Return the county of a meeting, or empty for the joint one."""
    chosen = form.text("county")
    if not chosen:
        raise Invalid("county", "meeting_not_planned", {"county": chosen})
    return "" if chosen == JOINT else chosen


def _forms(year: int, form: Form) -> Mapping[str, str]:
    """Return nb or nn by county municipality, as it is known or was chosen."""
    county = _meeting(form)
    if county:
        return {county: form.text("language")}
    known = known_forms(languages_of(year, settings_of(year).neutral_form))
    return {**_filled_forms(form), **known}


def _filled_forms(form: Form) -> Mapping[str, str]:
    return {each.code: form.text(f"form-{each.code}") for each in county_municipalities(clock.today())}


def _reminder(actor: Actor, year: int, form: Form) -> object:
    answer_by = _day_or_none(form, "remind_by")
    return reminders.remind(actor, year=year, answer_by=answer_by, again=bool(form.text("remind_again")))


def _circular(actor: Actor, year: int, form: Form) -> object:
    told = CircularFacts(
        percent=form.number("percent"),
        goes_on={"yes": True, "no": False}.get(form.text("goes_on")),
        answer_to=form.text("answer_to").strip(),
        situation=_situation(form),
        capacity_by=_day_or_none(form, "capacity_by"),
        information_by=_day_or_none(form, "information_by"),
        targets_by=form.text("targets_by"),
        forms=_filled_forms(form),
    )
    return circulars.circulate(actor, year=year, told=told)


def _situation(form: Form) -> Worded | None:
    nb, nn = form.text("situation_nb").strip(), form.text("situation_nn").strip()
    if bool(nb) != bool(nn):
        raise Invalid("situation_nn" if nb else "situation_nb", "situation_in_both")
    return Worded(nb, nn, nb) if nb else None


def _day_or_none(form: Form, name: str) -> date | None:
    return form.day(name) if form.text(name) else None


_WRITERS: Mapping[str, Callable[[Actor, int, Form], object]] = {
    LetterKind.REMINDER: _reminder,
    LetterKind.CIRCULAR: _circular,
    LetterKind.CANCELLATION: _called_off,
    LetterKind.AGENDA: _agenda,
    LetterKind.MINUTES: _minutes,
}


def _meetings(view: View, rows: Sequence[LetterRow]) -> Mapping[str, Any]:
    """Return, for each kind of letter, the counties to whose meeting it can be written; empty when there are none."""
    found = {
        kind: [(each.code, each.name) for each in view.counties if _can_write(view, rows, kind, each.code)]
        for kind in MEETING_KINDS
    }
    kinds = [(kind, held) for kind, held in found.items() if held]
    return {"kinds": kinds} if kinds else {}


def _joint(view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None]) -> Mapping[str, Any]:
    """Return the kinds of letters that can be written of the joint meeting, and whose form is asked for."""
    kinds = [kind for kind in MEETING_KINDS if _can_write(view, rows, kind, "")]
    asked = _asked(view, rows, languages, [each.code for each in county_municipalities(view.day)])
    return {"kinds": [(kind, ()) for kind in kinds], "asked": asked} if kinds else {}


def _can_write(view: View, rows: Sequence[LetterRow], kind: str, county: str) -> bool:
    row = told_of(view.at, kind, county)
    return row is not None and bool(to_be_written(view.year, kind, row, rows, view.day))


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
    left = left_of(rows, view.day)
    asked = _asked(view, rows, languages, [county.code for county in left])
    return {"left": [county.name for county in left], "asked": asked} if left else {}


def _asked(
    view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None], codes: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Return the county municipalities whose form is asked for; what was chosen last time is still a choice."""
    known, before = known_forms(languages), chosen_forms(rows)
    values = (getattr(view.request, "filled", None) or {}).get("values", {})
    return [
        (county.code, county.name, values.get(f"form-{county.code}", before.get(county.code, "")))
        for county in county_municipalities(view.day)
        if county.code in codes and county.code not in known
    ]
