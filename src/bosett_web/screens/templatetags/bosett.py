"""Tags and filters that know the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett.documents.days import NO_BREAK
from bosett.figures.kinds import Figure, Status
from bosett.rounds.parties import Grade
from bosett_web.actions.county.outcomes import SAID_BY
from bosett_web.queries.decisions.decisions import DecisionRow, Tally
from bosett_web.screens import formats
from bosett_web.screens.decisions.answers import decided_day
from bosett_web.screens.events import file_title, ground_told
from bosett_web.screens.forms import away as in_words_away
from bosett_web.screens.words import figure, say

register = template.Library()
Context = dict[str, Any]


@register.simple_tag(takes_context=True)
def w(context: Context, *parts: object, **facts: object) -> str:
    """Return the words of a code; several parts are joined to one code."""
    return say("".join(str(part) for part in parts), context["language"], **facts)


@register.simple_tag(takes_context=True)
def n(context: Context, value: int | Figure | None) -> str | SafeString:
    """Return a number; one that is not there says why: missing, hidden, or nobody was asked for."""
    told = value if isinstance(value, Figure) else Figure(value, Status.MISSING if value is None else Status.OK)
    if told.persons is None:
        return format_html('<span class="missing">{}</span>', figure(told, context["language"]))
    return formats.number(told.persons)


@register.simple_tag(takes_context=True)
def rule_file(context: Context, name: str) -> str:
    """Return the title of a file of rules."""
    return file_title(name, context["language"])


@register.simple_tag(takes_context=True)
def counted(context: Context, tally: Tally, name: str) -> str | SafeString:
    """Return a count of answers; one that is not known says why."""
    return n(context, tally.told(name))


@register.simple_tag(takes_context=True)
def decided_on(context: Context, row: DecisionRow) -> str:
    """Return the day on which a decision was made; one that is not known says so."""
    return decided_day(row, context["language"])


@register.simple_tag(takes_context=True)
def d(context: Context, value: date | datetime) -> str:
    """Return a day in words."""
    return formats.day(value, context["language"])


@register.simple_tag(takes_context=True)
def last(context: Context, end: datetime) -> str:
    """Return the last day before an end at midnight, in words."""
    return formats.day(timezone.localtime(end) - timedelta(microseconds=1), context["language"])


@register.simple_tag(takes_context=True)
def m(context: Context, value: datetime) -> str:
    """Return a moment in words."""
    return formats.moment(value, context["language"])


@register.filter
def of(mapping: dict[str, Any], key: str) -> Any:  # noqa: ANN401 (whatever the mapping holds)
    """Return what a mapping holds for a key, or nothing."""
    return mapping.get(key, "")


@register.inclusion_tag("pages/_field.html", takes_context=True)
def field(context: Context, name: str, kind: str = "text", value: object = "", **more: object) -> Context:
    """Return a field with label, help and error; what was filled in comes back after an error."""
    language, filled, errors = context["language"], *_filled(context, str(more.get("move", "")))
    label = more.get("label")
    return {
        "name": name,
        "kind": kind,
        "value": filled.get(name, "" if value is None else value),
        "label": label if label is not None else say(f"field_{name}", language),
        "help": more.get("help", ""),
        "error": errors.get(name, ""),
        "unseen": more.get("unseen", False),
        "needed": more.get("needed", False),
        "id": more.get("id", f"f-{name}"),
        "rows": more.get("rows", 4),
    }


@register.inclusion_tag("pages/_choice.html", takes_context=True)
def choice(context: Context, name: str, label: str, items: Sequence[Any], **more: str) -> Context:
    """Return a choice among people, roles, grades or accesses; what was chosen comes back after an error."""
    language, filled, errors = context["language"], *_filled(context, more["move"])
    return {
        "name": name,
        "label": say(label, language),
        "options": [_option(item, language) for item in items],
        "chosen": filled.get(name, ""),
        "error": errors.get(name, ""),
        "id": more["id"],
    }


def _option(item: Any, language: str) -> tuple[str, str]:  # noqa: ANN401 (a person, a role, a grade or an access)
    if isinstance(item, Grade):
        return item.value, say(f"grade_{item}", language)
    party = say(f"party_{item.party}", language) if hasattr(item, "party") else ""
    if hasattr(item, "grade"):
        return str(item.id), f"{item.name}: {say(f'grade_{item.grade}', language)}, {party}"
    return str(item.pk), party or f"{item.name} ({item.pk})"


@register.simple_tag
def change(value: int | None) -> str:
    """Return a change with its sign; a dash when there is none to tell."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{formats.number(abs(value))}"


@register.simple_tag
def dash(value: int | None) -> str:
    """Return a sum; a dash when there is nothing to add up, or nothing that this reader may see."""
    return "–" if value is None else formats.number(value)


@register.simple_tag(takes_context=True)
def against(context: Context, target: int, held: int | None, *, live: bool = False) -> SafeString:
    """Return how a sum stands against its target, in words, as a list tells it; `live` where it goes on changing."""
    apart = (held or 0) - target
    kind = "over" if apart > 0 else "left" if apart else "even"
    told = say(f"against_{kind}", context["language"], number=abs(apart))
    more = SafeString(' aria-live="polite"') if live else ""
    return format_html('<dd data-sum="left" data-kind="{}" data-target="{}"{}>{}</dd>', kind, target, more, told)


@register.simple_tag(takes_context=True)
def away(context: Context, number: int | None) -> str:
    """Return how far a whole sum is from its target, in words; a dash when there is nothing to hold against it."""
    return "–" if number is None else in_words_away(number, context["language"])


@register.filter
def keys(names: str) -> list[str]:
    """Return names with spaces between as a list."""
    return names.split()


@register.simple_tag
def kilobytes(size: int) -> str:
    """Return the size of a file."""
    return f"{formats.number(-(-size // 1024))}{NO_BREAK}kB"


@register.simple_tag(takes_context=True)
def said_by(context: Context, code: str, chosen: str, name: str) -> SafeString:
    """Return the choice of the party that said why."""
    language, key = context["language"], f"{code}-outcome-by"
    held = _filled(context, "")[0].get(key, chosen)
    options = [
        format_html(
            '<option value="{}"{}>{}</option>',
            party,
            SafeString(" selected") if party == held else "",
            say(f"party_{party}", language) if party else "–",
        )
        for party in SAID_BY
    ]
    head = say("outcome_by", language)
    return format_html(
        '<select class="ds-input cell" name="{}" aria-label="{}: {}">{}</select>',
        key,
        name,
        head,
        SafeString("".join(options)),
    )


@register.simple_tag(takes_context=True)
def tracks(context: Context, names: tuple[str, ...]) -> str:
    """Return tracks in words."""
    return ", ".join(say(f"track_{name}", context["language"]).lower() for name in names)


@register.simple_tag(takes_context=True)
def grades(context: Context, held: frozenset[str]) -> str:
    """Return grades in words, in their order."""
    return ", ".join(say(f"grade_{grade}", context["language"]) for grade in Grade if grade in held)


@register.simple_tag(takes_context=True)
def audiences(context: Context, held: list[str]) -> str:
    """Return who sees something, in words; everyone when everyone does."""
    if "public" in held:
        return say("audience_public", context["language"])
    return "; ".join(say(f"audience_{each}", context["language"]) for each in held)


@register.simple_tag
def buttons_of(button: object) -> tuple[object, ...]:
    """Return one button as a row of buttons."""
    return (button,)


@register.simple_tag
def count(items: tuple[object, ...]) -> int:
    """Return how many there are, to say in words."""
    return len(items)


@register.simple_tag
def text_id(number: int) -> str:
    """Return the identity of a text's own field."""
    return f"shield-{number}"


@register.inclusion_tag("pages/_people.html", takes_context=True)
def people(context: Context, code: str, name: str, held: Any) -> Context:  # noqa: ANN401 (a number and its minors)
    """Return three cells: persons, minors under 15, minors from 15; an error of the row stands in its first."""
    filled, errors = _filled(context, "")
    heads = {"number": "persons_heading", "under15": "under15_short", "from15": "from15_short"}
    cells = []
    for part, head in heads.items():
        value, title = getattr(held, part, None), say(head, context["language"])
        key = f"{code}-{part}"
        whole = code if part == "number" else key
        cells.append(
            {
                "name": key,
                "head": title,
                "label": f"{name}: {title}",
                "value": filled.get(key, "" if value is None else value),
                "error": errors.get(key) or errors.get(whole, ""),
            }
        )
    return {"cells": cells}


@register.simple_tag(takes_context=True)
def cell_number(context: Context, code: str, part: str, value: int | None, head: str, name: str) -> SafeString:
    """Return one cell of a number."""
    return _cell(context, f"{code}-{part}", value, f"{name}: {head}", "number", context.get("errors", {}).get(code, ""))


@register.simple_tag(takes_context=True)
def cell_text(context: Context, code: str, part: str, value: str, head: str, name: str) -> SafeString:
    """Return one cell of text."""
    return _cell(context, f"{code}-{part}", value, f"{name}: {head}", "text", "")


def _cell(context: Context, key: str, value: object, label: str, kind: str, error: str) -> SafeString:
    filled, errors = _filled(context, "")
    fault = errors.get(key, error)
    return format_html(
        '<input class="ds-input cell {}" name="{}" autocomplete="off" aria-label="{}" value="{}"{}{}>{}',
        kind,
        key,
        label,
        filled.get(key, "" if value is None else value),
        SafeString(' inputmode="numeric"') if kind == "number" else "",
        format_html(' aria-invalid="true" aria-describedby="e-{}"', key) if fault else "",
        format_html('<p class="ds-validation-message" id="e-{}">{}</p>', key, fault) if fault else "",
    )


def _filled(context: Context, move: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what was filled in and what is wrong with it, when it belongs to this form."""
    if move and context.get("filled_move") not in (None, move):
        return {}, {}
    return context.get("values") or {}, context.get("errors") or {}


@register.simple_tag(takes_context=True)
def cites(context: Context, row: Any) -> str:  # noqa: ANN401 (what is withheld)
    """Write the ground on which a document is withheld: law and paragraph, and what the ground leaves out."""
    return ground_told(row.ground, row.detail, context["language"])
