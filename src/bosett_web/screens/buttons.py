"""The moves that somebody could make now, as buttons: enabled, or with the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass

from bosett.rounds.due import Free
from bosett.rounds.moves import LOCAL, Situation, move_of, needs_reason, objection_to, warnings_of
from bosett_web.screens.forms import PageRequest, ReasonForm, shown
from bosett_web.screens.refusals import why
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class Button:
    """A move that somebody's role could make: enabled, or with the reason why not.

    `warning` is what does not hold and that a reason answers; `form` is where one is given with the move. `aside` is a
    move that is another way out of its state than the one that is waited for: it is never the main button.
    """

    name: str
    label: str
    why_not: str
    warning: str
    form: ReasonForm | None
    fields: Mapping[str, object]
    id: str
    aside: bool


def buttons(
    request: PageRequest, situation: Situation, names: str, /, *, at: str = "", **fields: object
) -> tuple[Button, ...]:
    """Return the buttons of the moves (names with spaces between) that belong to somebody's role in this state.

    A closed round has none but the one that takes it up again: its pages say once that it is closed.

    Args:
        request: Whose.
        situation: What the moves are judged by.
        names: The moves.
        at: What tells the ids of the buttons apart from others' on the page; else it is what they carry.
        fields: What they carry: which county, which version.
    """
    offered: list[Button] = []
    actor, language = request.actor, request.language
    if actor is None:
        return ()
    for name in names.split():
        move = move_of(name)
        if move.by is not actor.party or move.start != situation.state or situation.ended(move):
            continue
        if move.by in LOCAL and actor.area != situation.area:
            continue
        objection = objection_to(move, actor.who, situation)
        id_ = f"{name.replace('.', '-')}-{at or '-'.join(str(each) for each in fields.values())}"
        reasoned = needs_reason(move, situation) and not objection
        offered.append(
            Button(
                name=name,
                label=say(f"do_{name}", language),
                why_not=why(objection, language) if objection else "",
                warning="" if objection else " ".join(why(each, language) for each in warnings_of(move, situation)),
                form=_reason_form(request, name, id_, fields) if reasoned else None,
                fields=fields,
                id=id_,
                aside=move.duty is Free.OTHER,
            )
        )
    return tuple(offered)


def may(button: Button | None) -> bool:
    """Tell whether there is a button that can be used: only then its form stands on the page."""
    return button is not None and not button.why_not


def _reason_form(request: PageRequest, name: str, begin: str, fields: Mapping[str, object]) -> ReasonForm:
    """Return the form in which the reason of a move is given; one that asks for more stands elsewhere on the page."""
    refused = request.refused
    if refused is not None and [each.name for each in refused.visible_fields()] != ["reason"]:
        form = ReasonForm(language=request.language, move=name, initial=fields)
        form.begin_with(begin)
        return form
    return shown(request, ReasonForm, name, begin=begin, carries=fields)
