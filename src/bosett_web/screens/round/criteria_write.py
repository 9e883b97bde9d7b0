"""Criteria that are written: a card for each, with what is wrong and what they come to while one types.

The whole state stands in the form, with the states before it, so that any step can be undone, and a form whose session
has ended comes back as it was. Nothing is stored until it is kept as an alternative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from bosett.basis.refusals import Refusal
from bosett.documents.criteria import in_words, open_criterion
from bosett.documents.words import percent
from bosett.parameters import WRITTEN, CriteriaFile
from bosett.rounds.parties import CENTRAL_OR_COUNTY
from bosett.rounds.what_if import WhatIf
from bosett_web.actions.round.proposals import no_answer
from bosett_web.queries.round import writing
from bosett_web.queries.round.alternatives import AlternativeRow, alternatives_for
from bosett_web.queries.round.criteria import OF, rules_of, text_of_rules
from bosett_web.queries.round.what_if import NotReckoned, reckoned_by
from bosett_web.queries.round.writing import NamedRules
from bosett_web.queries.situations import new_situation
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.charts import ChartPlace, chart_at
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import show
from bosett_web.screens.round import alternatives
from bosett_web.screens.round.criteria_effect import changes_of, side_by_side
from bosett_web.screens.round.floor_edge import nearest
from bosett_web.screens.round.proposal import why_no_answer
from bosett_web.screens.round.written_cards import cards_of, figures_offered, sum_told
from bosett_web.screens.round.written_form import Fields, WriteCriteriaForm, changed, filled
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import say

KEEP = "alternative.keep"
BEGINS = ("before", "current", "model")
"""What can be begun from, the first that there is without being asked."""
SALT = "bosett.criteria-write"
MOST_BESIDE = 2
"""Alternatives that are laid beside: with the round's criteria and those that are written there are four."""
MOST_STEPS, MOST_CARRIED = 40, 24_000
"""Steps back that the form carries, and characters that they take at most: a form that is kept has its own limit."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the form begins from: `before`, `current`, `model`, or an alternative that is kept."""

    way: str
    file: CriteriaFile
    row: AlternativeRow | None = None


def criteria_write(view: View) -> Mapping[str, Any]:
    """Build the page: the form for who may keep alternatives; for others what an alternative says and comes to.

    Raises:
        Http404: For who takes no part in the round; and for who may not write, while the round shows them no criteria,
            or of an alternative that they may not see.
    """
    if view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY:
        raise Http404
    own, button, refused = writing.model(view.whole), _button(view), view.request.refused
    if own is None:
        return {"lacking": True, "year_before": view.year - 1}
    if may(button) and isinstance(refused, WriteCriteriaForm):
        return _writing(view, own, button, refused)
    begun = _begun(view, own)
    if not may(button):
        if begun is None or begun.row is None or writing.current(view.at) is None:
            raise Http404
        return _reading(view, begun)
    if begun is None:
        raise Http404
    fields = state_of(filled(begun.file.criteria))
    name = {"name": "", "comment": ""}
    form = WriteCriteriaForm({**fields, **name, "past": sealed([fields])}, language=view.language, move=KEEP)
    return _writing(view, own, button, form, begun)


def change(request: PageRequest, year: int) -> HttpResponse:
    """Do something with the cards, or undo it, or only reckon anew what has been typed; nothing is stored.

    Raises:
        Http404: There is no such round, or for who takes no part in it.
    """
    view = look(request, year)
    if view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY:
        raise Http404
    own, button = writing.model(view.whole), _button(view)
    if request.method != "POST" or own is None or not may(button):
        return redirect("criteria_write", year)
    sent = {name: value.replace("\r\n", "\n") for name, value in request.POST.items() if isinstance(value, str)}
    deed = f"add {sent.get('new', '')}" if sent.get("do") == "add" else sent.get("do", "")
    fields, past = stepped(state_of(sent), unsealed(sent.get("past", "")), deed)
    whole = {**fields, **{name: sent.get(name, "") for name in ("name", "comment", "new")}, "past": sealed(past)}
    form = WriteCriteriaForm(whole, language=view.language, move=KEEP)
    context = {"year": year, "year_text": str(year), "page": "criteria_write", "at": view.at}
    shown = _writing(view, own, button, form)
    is_wrong = bool(form.errors) and not deed and not request.htmx
    if is_wrong:  # who asks for it to be reckoned is told what lacks; who is in the middle of it, at the fields alone
        request.refused = form
    return show(request, "round/criteria_write.html", context | dict(shown), 422 if is_wrong else 200)


@require_safe
def rules_file(request: PageRequest, year: int, name: str) -> HttpResponse:
    """Return a rule of the round as a file that anybody computes the round by, for whom it may be seen.

    Raises:
        Http404: There is none of that name that this reader may see.
    """
    view = look(request, year)
    seen = {row.file for row in view.at.criteria} | {row.file for row in alternatives_for(year, request.who)}
    text = text_of_rules(name) if name in seen and writing.current(view.at) is not None else ""
    if not text:
        raise Http404(name)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


# What the form holds, and the states before


def state_of(sent: Mapping[str, str]) -> Fields:
    """Return what was sent of the cards, each field of them with what it holds: what a step is told by."""
    form = WriteCriteriaForm(sent, language="nb", move=KEEP)
    names = ("order", *(name for card in form.cards for name in form.fields_of(card)))
    # A browser sends the first answer of a choice where nothing was chosen.
    return {name: sent.get(name, "") or ("1" if name.endswith("-power") else "") for name in names}


def stepped(fields: Fields, past: list[Fields], deed: str) -> tuple[Fields, list[Fields]]:
    """Return the form after a step, and the states with it, the last the one that it now has.

    Args:
        fields: What was sent.
        past: The states that the form carried, the last the one that the page showed.
        deed: What is done (`written_form.changed`), `undo`, or nothing: what was typed since is a step of its own.
    """
    if not past or past[-1] != fields:
        past = [*past, fields]
    if deed == "undo":
        past = past[:-1] or past
        return past[-1], past
    after = state_of(changed(fields, deed))
    if after != fields:
        past = [*past, after]
    return after, past[-MOST_STEPS:]


def sealed(past: Sequence[Fields]) -> str:
    """Return states as a form carries them, the oldest left out when they are too many."""
    text = signing.dumps(past, salt=SALT, compress=True)
    while len(text) > MOST_CARRIED and len(past) > 1:
        past = past[1 + len(past) // 4 :] or past[-1:]
        text = signing.dumps(past, salt=SALT, compress=True)
    return text


def unsealed(text: str) -> list[Fields]:
    """Return the states that a form carried; none when it carried none of ours."""
    try:
        past = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return []
    return list(past)


# The page


def _button(view: View) -> Button | None:
    return next(iter(buttons(view.request, new_situation(view.whole), KEEP)), None)


def _begun(view: View, own: CriteriaFile) -> Begun | None:
    """Return what the page begins from: what is asked for, or the first that there is."""
    asked = view.request.GET
    rows = alternatives_for(view.year, view.request.who)
    for row in rows:
        if str(row.id) == asked.get("alternative") or row.name == asked.get("named"):
            file = rules_of(row.file)
            return None if file is None else Begun("alternative", file, row)
    if "alternative" in asked:
        return None
    wanted = asked.get("begin", "")
    ways = (wanted,) if wanted in BEGINS else BEGINS
    return next((Begun(way, file) for way in ways if (file := _file_of(view, own, way)) is not None), None)


def _file_of(view: View, own: CriteriaFile, way: str) -> CriteriaFile | None:
    if way == "model":
        return own
    return writing.last_year(view.whole, own) if way == "before" else writing.current(view.at)


def _writing(
    view: View, own: CriteriaFile, button: Button | None, form: WriteCriteriaForm, begun: Begun | None = None
) -> Mapping[str, Any]:
    """Return what the page shows of a form: its cards with what is wrong, and what they come to."""
    readable = writing.readable(own, view.day, view.at.figures)
    form.is_shown = True
    form.initial = {name: form.sent(name) for name in form.fields if name != "from"} | {"from": "criteria_write"}
    form.is_valid()
    form.offer_figures(*figures_offered(readable, view.language))
    rules = None
    if not form.errors.keys() - {"name", "comment"}:  # what they are kept as changes nothing of what they come to
        try:
            rules = writing.as_written(
                own, form.criteria, form.sent("name").strip() or say("write_unnamed", view.language)
            )
        except Refusal:
            form.add_error(None, form.worded("criteria_not_written"))
    rows = alternatives_for(view.year, view.request.who)
    beside = _beside(view, rows)
    cards = cards_of(form, {each.reading: each for each in readable}, view.year, view.language)
    return {
        "form": form,
        "cards": cards,
        "sum": sum_told(form, view.language),
        "faults": [each for each in form.faults if not each.id],
        "live": ",".join(f"#{each}" for each in ("sum", "past", *(f"told-{card.key}" for card in cards), *form.live)),
        "past": form.sent("past"),
        "keep": button,
        "begins": [
            (way, way == (begun.way if begun else "")) for way in BEGINS if _file_of(view, own, way) is not None
        ],
        "year_before": view.year - 1,
        "besides": [(row.id, row.name, row in beside) for row in rows],
        **alternatives.of_page(view, None),
        # What is typed stands in no address: its map has files when it is kept.
        **_effect(
            view,
            rules,
            say("write_this", view.language),
            ChartPlace("changes", "", "") if begun is None else _place(view),
            beside,
        ),
    }


def _reading(view: View, begun: Begun) -> Mapping[str, Any]:
    """Return what the page shows of an alternative to who does not write."""
    opened = [open_criterion(each) for each in begun.file.criteria]
    kinds = in_words(opened, None, view.language)
    return {
        "row": begun.row,
        "kinds": [(f"criteria_{kind}", of_kind) for kind, of_kind in kinds.items()],
        "year_before": view.year - 1,
        **alternatives.of_page(view, None),
        "of_committee": WRITTEN.fullmatch(begun.file.id) is not None,
        **_effect(view, begun.file, begun.row.name if begun.row else "", _place(view)),
    }


def _place(view: View) -> ChartPlace:
    return chart_at(view, "criteria_write", "changes")


def _beside(view: View, rows: Sequence[AlternativeRow]) -> Sequence[AlternativeRow]:
    """Return the alternatives that are asked for beside what is written, as many as there is room for."""
    sent = view.request.POST if view.request.method == "POST" else view.request.GET
    asked = sent.getlist("beside")
    return [row for row in rows if str(row.id) in asked][:MOST_BESIDE]


def _effect(
    view: View, rules: CriteriaFile | None, name: str, place: ChartPlace, beside: Sequence[AlternativeRow] = ()
) -> Mapping[str, Any]:
    """Return what criteria come to beside the round's own and others, under a name; why not, where to nothing."""
    targets = view.at.current_targets
    total = (targets.national.number if targets else view.at.planned) or OF
    row = view.at.current_criteria or (view.at.criteria[-1] if view.at.criteria else None)
    now = None if row is None else _come_to(view, row.file, total)
    if rules is None:
        return {"total": total}
    try:
        new = writing.comes_to(NamedRules(rules.id, rules), view.day, view.at.figures, total)
    except Refusal as refused:
        why = why_no_answer(no_answer(refused, year=view.year, day=min(view.day, rules.day)), view)
        return {"total": total, "no_answer": why}
    columns: list[tuple[str, WhatIf | None]] = []
    if now is not None:  # what the others are held against
        columns.append((say("criteria_now", view.language), now))
        columns += [(each.name, _come_to(view, each.file, total)) for each in beside]
    columns.append((name, new))
    left_out = len(new.claims.left_out)
    return {
        "total": total,
        "heads": [head for head, _ in columns],
        "rows": [*side_by_side(view, columns, likeness=True)],
        "left_out": left_out,
        "unassigned": percent(new.claims.unassigned, view.language) if new.claims.unassigned else "",
        **(changes_of(view, now, new, name, place) if now is not None else {}),
        **nearest(view, new.edge, new.exact),
    }


def _come_to(view: View, file: str, total: int) -> WhatIf | None:
    try:
        return reckoned_by(file, view.day, view.at.figures, total)
    except NotReckoned:
        return None
