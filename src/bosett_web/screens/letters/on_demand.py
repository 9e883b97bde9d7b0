"""Letters that are written on demand: what the letters' page shows of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bosett_web.queries.letters.circulars import left_of
from bosett_web.queries.letters.contents import languages_of
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.meetings import MEETING_KINDS, to_be_written, told_of
from bosett_web.queries.letters.receivers import chosen_forms, county_municipalities, known_forms
from bosett_web.queries.letters.reminders import Remindable, remindable
from bosett_web.records.choices import LetterKind
from bosett_web.screens.buttons import Button, may
from bosett_web.screens.forms import shown
from bosett_web.screens.letters.on_demand_forms import (
    FORM,
    Asked,
    CircularForm,
    MeetingLetterForm,
    ReminderForm,
    meeting_form_of,
)
from bosett_web.screens.meetings.meetings import JOINT
from bosett_web.screens.screen import View

WRITE = "letter.write"


def to_write(view: View, rows: Sequence[LetterRow], neutral_form: str, button: Button | None) -> Mapping[str, Any]:
    """Return what can be written now, each with its form where the button can be used."""
    languages, usable = languages_of(view.year, neutral_form), may(button)
    return {
        "meetings": _meetings(view, rows, usable=usable),
        "joint": _joint(view, rows, languages, usable=usable),
        "reminders": _reminders(view, rows, languages, usable=usable),
        "circular": _to_counties(view, rows, languages, usable=usable),
    }


def _meetings(view: View, rows: Sequence[LetterRow], *, usable: bool) -> list[MeetingLetterForm | None]:
    """Return a form for each kind of letter that can be written of a county's meeting; None where none can be used."""
    letter_forms = []
    for kind in MEETING_KINDS:
        places = [(each.code, each.name) for each in view.counties if _can_write(view, rows, kind, each.code)]
        if places:
            letter_forms.append(_of_meeting(view, kind, places) if usable else None)
    return letter_forms


def _of_meeting(view: View, kind: str, places: list[tuple[str, str]]) -> MeetingLetterForm:
    form = shown(view.request, meeting_form_of(kind), WRITE, begin=f"m-{kind}", kind=kind)
    form.offer("county", places)
    return form


def _joint(
    view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None], *, usable: bool
) -> list[MeetingLetterForm | None]:
    """Return the same of the joint meeting, each with the county municipalities whose form is asked for."""
    kinds = [kind for kind in MEETING_KINDS if _can_write(view, rows, kind, "")]
    asked = _asked(view, rows, languages, [each.code for each in county_municipalities(view.day)])
    return [_of_joint(view, kind, asked) if usable else None for kind in kinds]


def _of_joint(view: View, kind: str, asked: Asked) -> MeetingLetterForm:
    initial = {f"{FORM}{code}": before for code, _, before in asked}
    form = shown(
        view.request, meeting_form_of(kind), WRITE, begin=f"j-{kind}", initial=initial, kind=kind, county=JOINT
    )
    form.of_joint()
    form.ask_forms(asked)
    return form


def _can_write(view: View, rows: Sequence[LetterRow], kind: str, county: str) -> bool:
    row = told_of(view.at, kind, county)
    return row is not None and bool(to_be_written(view.year, kind, row, rows, view.day))


def _reminders(
    view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None], *, usable: bool
) -> Mapping[str, Any]:
    """Return who is to be reminded, and who is left out and why; empty when there is nobody."""
    if view.actor is None:
        return {}
    candidates = remindable(view.whole, rows, languages, view.actor.who, view.moment, view.day)
    ready = [each for each in candidates if each.ready(again=False)]
    groups: Mapping[str, list[Remindable]] = {
        "late": [each for each in ready if each.late],
        "near": [each for each in ready if not each.late],
        "before": [each for each in candidates if each.reminded],
        "on_way": [each for each in candidates if each.on_way],
        "no_form": [each for each in candidates if each.language is None],
    }
    named = {code: [each.name for each in receivers] for code, receivers in groups.items() if receivers}
    if not named:
        return {}
    writes = usable and bool(ready or groups["before"])
    return {
        "before": bool(groups["before"]),
        "groups": list(named.items()),
        "form": shown(view.request, ReminderForm, WRITE, begin="r", kind=LetterKind.REMINDER) if writes else None,
    }


def _to_counties(
    view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None], *, usable: bool
) -> Mapping[str, Any]:
    """Return the counties that the circular is yet to reach, and its form; empty when there are none."""
    left = left_of(rows, view.day)
    if not left:
        return {}
    asked = _asked(view, rows, languages, [county.code for county in left])
    return {"left": [county.name for county in left], "form": _circular(view, asked) if usable else None}


def _circular(view: View, asked: Asked) -> CircularForm:
    initial = {f"{FORM}{code}": before for code, _, before in asked}
    form = shown(view.request, CircularForm, WRITE, begin="c", initial=initial, kind=LetterKind.CIRCULAR)
    form.ask_forms(asked)
    return form


def _asked(view: View, rows: Sequence[LetterRow], languages: Mapping[str, str | None], codes: Sequence[str]) -> Asked:
    """Return the county municipalities whose form is asked for; what was chosen last time is still a choice."""
    known, before = known_forms(languages), chosen_forms(rows)
    return [
        (county.code, county.name, before.get(county.code, ""))
        for county in county_municipalities(view.day)
        if county.code in codes and county.code not in known
    ]
