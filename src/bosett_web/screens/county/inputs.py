"""The counties' input: a county writes and sends its own, the directorate reads and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett_web.queries.inputs import InputRow, input_situation, inputs_for
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.county.input_forms import InputEditForm, InputForm, InputReplyForm
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import PageForm, shown
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

READERS = frozenset({Party.DIRECTORATE, Party.KS, Party.COUNTY})


@dataclass(frozen=True, slots=True)
class InputShown:
    """An input as its page shows it: of whom and about what, and what the reader can do with it."""

    row: InputRow
    place: str
    edit: Button | None
    edit_form: PageForm | None
    moves: tuple[Button, ...]
    reply: Button | None
    reply_form: PageForm | None


def inputs(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader takes no part in the counties' input.
    """
    if view.request.who.party not in READERS:
        raise Http404
    rows = inputs_for(view.year, view.request.who)
    own = view.request.who.area if view.request.who.party is Party.COUNTY else ""
    begin = next(iter(buttons(view.request, input_situation(view.whole, own, None), "input.write")), None)
    by_county = [
        (county, [_shown(view, row) for row in rows if row.county == county.code])
        for county in sorted(view.counties, key=lambda each: sort_key(each.name))
    ]
    return {
        "counties": [(county, each) for county, each in by_county if each],
        "own": own,
        "write": begin,
        "write_form": _form(view, InputForm, "input.write", own) if may(begin) else None,
        "subject": f"input:{view.year}:{own}" if own else "",
    }


def _shown(view: View, row: InputRow) -> InputShown:
    situation = input_situation(view.whole, row.county, row)

    def one(name: str, **carried: object) -> Button | None:
        named = f"input-{row.id}"
        return next(iter(buttons(view.request, situation, name, at=named, identity=row.id, **carried)), None)

    edit, reply = one("input.edit", seen=row.seen), one("input.reply")
    moves = (one("input.send", seen=row.seen), one("input.read"))
    initial = {"topic": row.topic, "municipality": row.municipality, "words": row.text}
    return InputShown(
        row=row,
        place=_place(view, row.municipality),
        edit=edit,
        edit_form=_form(view, InputEditForm, "input.edit", row.county, initial, edit) if edit and may(edit) else None,
        moves=tuple(each for each in moves if each is not None),
        reply=reply,
        reply_form=shown(view.request, InputReplyForm, "input.reply", begin=reply.id, identity=row.id)
        if reply and may(reply)
        else None,
    )


def _form(
    view: View,
    kind: type[InputForm],
    move: str,
    county: str,
    initial: Mapping[str, object] | None = None,
    button: Button | None = None,
) -> PageForm:
    carries = button.fields if button else {}
    form = shown(view.request, kind, move, begin=button.id if button else "write", initial=initial, carries=carries)
    places = sorted(
        (place for place in municipalities(view.year) if place.county == county),
        key=lambda each: sort_key(each.display_name),
    )
    of_all = ("", say("input_of_county", view.language))
    form.offer("municipality", [of_all, *((place.code, place.display_name) for place in places)])
    return form


def _place(view: View, code: str) -> str:
    return next((place.display_name for place in municipalities(view.year) if place.code == code), "")
