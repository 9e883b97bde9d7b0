"""Tags and filters of the templates. A tag is named for what it writes, in the reader's language.

Words
    say                 the words of a code, with facts in them
    number              a number; one that is not there says why
    number_or_dash      a sum; a dash where there is none
    signed_change       a change with its sign
    apart_from_target   how far a whole sum is from its target
    answer_count        how many answered so; one that is not known says why
    day                 a day
    last_day            the last day before an end at midnight
    moment              a day and a time
    decision_day        the day on which a decision was made
    file_size           the size of a file
    rules_title         the title of a file of rules
    grade_names         grades, in their order
    track_names         tracks
    audience_names      who sees something
    withheld_ground     the ground on which a document is withheld

Cells of a table, each of which repeats its heading, as a row becomes a list on narrow screens
    cell ... endcell    whatever stands between
    text_cell           a text
    number_cell         what `number` writes
    sum_cell            what `number_or_dash` writes
    people_cells        three cells to fill in: persons, minors under 15, minors from 15
    against_target      not of a table but of a list: how a sum stands against its target

Fields
    field               a field with label, help and error
    choice              a choice with label and error
    number_input        a cell's field of a number
    text_input          a cell's field of text
    outcome_by_choice   a cell's choice of the party that said why

Parts and values
    round_navigation    the places of a round
    one_button          one button as a row of buttons
    letter_piece        a piece of a passage of a letter, marked when it is new or gone
    shield_id           the identity of a text's own field
    |entry              what a mapping holds for a key
    |split              names with spaces between, as a list
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from bosett.documents.days import NO_BREAK
from bosett.documents.letters.differences import Piece
from bosett.figures.kinds import Figure, Status
from bosett.rounds.parties import Grade
from bosett_web.actions.county.outcomes import SAID_BY
from bosett_web.queries.decisions.decisions import AnswerTally, DecisionRow
from bosett_web.screens import formats, words
from bosett_web.screens.decisions.answers import decided_day
from bosett_web.screens.forms import away
from bosett_web.screens.journal_words import file_title, ground_told
from bosett_web.screens.navigation import places

register = template.Library()
Context = dict[str, Any]


@register.simple_tag(takes_context=True)
def say(context: Context, *parts: object, **facts: object) -> str:
    """Return the words of a code; several parts are joined to one code."""
    return words.say("".join(str(part) for part in parts), context["language"], **facts)


@register.simple_tag(takes_context=True)
def number(context: Context, value: int | Figure | None) -> str | SafeString:
    """Return a number; one that is not there says why: missing, hidden, or nobody was asked for."""
    told = value if isinstance(value, Figure) else Figure(value, Status.MISSING if value is None else Status.OK)
    if told.persons is None:
        return format_html('<span class="missing">{}</span>', words.figure(told, context["language"]))
    return formats.number(told.persons)


@register.simple_tag(takes_context=True)
def rules_title(context: Context, name: str) -> str:
    """Return the title of a file of rules."""
    return file_title(name, context["language"])


@register.simple_tag(takes_context=True)
def answer_count(context: Context, tally: AnswerTally, name: str) -> str | SafeString:
    """Return a count of answers; one that is not known says why."""
    return number(context, tally.told(name))


@register.simple_tag(takes_context=True)
def decision_day(context: Context, row: DecisionRow) -> str:
    """Return the day on which a decision was made; one that is not known says so."""
    return decided_day(row, context["language"])


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime) -> str:
    """Return a day in words."""
    return formats.day(value, context["language"])


@register.simple_tag(takes_context=True)
def last_day(context: Context, end: datetime) -> str:
    """Return the last day before an end at midnight, in words."""
    return formats.day(timezone.localtime(end) - timedelta(microseconds=1), context["language"])


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime) -> str:
    """Return a moment in words."""
    return formats.moment(value, context["language"])


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str, heading: object = "", **attributes: object) -> SafeString:
    """Write a cell of a table with its heading.

    Args:
        context: Of the template.
        content: What stands in the cell; white space around it is left out.
        heading: Code of the words of the heading.
        attributes: Of the element: `class`, or `data_column` for data-column. `words` is a heading that is in words.
    """
    told = attributes.pop("words", None) or words.say(str(heading), context["language"])
    written = [format_html(' {}="{}"', name.replace("_", "-"), value) for name, value in attributes.items()]
    return format_html('<td{} data-label="{}">{}</td>', SafeString("".join(written)), told, SafeString(content.strip()))


@register.simple_tag(takes_context=True)
def text_cell(context: Context, heading: str, text: object) -> SafeString:
    """Write a cell with a text."""
    return cell(context, conditional_escape(text if isinstance(text, str) else str(text)), heading)


@register.simple_tag(takes_context=True)
def number_cell(context: Context, heading: str, value: int | Figure | None) -> SafeString:
    """Write a cell with a number; one that is not there says why."""
    return cell(context, conditional_escape(number(context, value)), heading, **{"class": "num"})


@register.simple_tag(takes_context=True)
def sum_cell(context: Context, heading: str, value: int | None) -> SafeString:
    """Write a cell with a sum; a dash when there is nothing to add up, or nothing that this reader may see."""
    return cell(context, number_or_dash(value), heading, **{"class": "num"})


@register.filter
def entry(mapping: dict[str, Any], key: str) -> Any:  # noqa: ANN401 (whatever the mapping holds)
    """Return what a mapping holds for a key, or nothing."""
    return mapping.get(key, "")


@register.inclusion_tag("_field.html", takes_context=True)
def field(context: Context, name: str, kind: str = "text", value: object = "", **more: object) -> Context:
    """Return a field with label, help and error; what was filled in comes back after an error."""
    language, filled, errors = context["language"], *_filled(context, str(more.get("move", "")))
    label = more.get("label")
    return {
        "name": name,
        "kind": kind,
        "value": filled.get(name, "" if value is None else value),
        "label": label if label is not None else words.say(f"field_{name}", language),
        "help": more.get("help", ""),
        "error": errors.get(name, ""),
        "unseen": more.get("unseen", False),
        "needed": more.get("needed", False),
        "id": more.get("id", f"f-{name}"),
        "rows": more.get("rows", 4),
    }


@register.inclusion_tag("_choice.html", takes_context=True)
def choice(context: Context, name: str, label: str, items: Sequence[Any], **more: str) -> Context:
    """Return a choice among people, roles, grades or accesses; what was chosen comes back after an error."""
    language, filled, errors = context["language"], *_filled(context, more["move"])
    return {
        "name": name,
        "label": words.say(label, language),
        "options": [_option(item, language) for item in items],
        "chosen": filled.get(name, ""),
        "error": errors.get(name, ""),
        "id": more["id"],
    }


def _option(item: Any, language: str) -> tuple[str, str]:  # noqa: ANN401 (a person, a role, a grade or an access)
    if isinstance(item, Grade):
        return item.value, words.say(f"grade_{item}", language)
    party = words.say(f"party_{item.party}", language) if hasattr(item, "party") else ""
    if hasattr(item, "grade"):
        return str(item.id), f"{item.name}: {words.say(f'grade_{item.grade}', language)}, {party}"
    return str(item.pk), party or f"{item.name} ({item.pk})"


@register.simple_tag
def signed_change(value: int | None) -> str:
    """Return a change with its sign; a dash when there is none to tell."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{formats.number(abs(value))}"


@register.simple_tag
def number_or_dash(value: int | None) -> str:
    """Return a sum; a dash when there is nothing to add up, or nothing that this reader may see."""
    return "–" if value is None else formats.number(value)


@register.simple_tag(takes_context=True)
def against_target(context: Context, target: int, held: int | None, *, live: bool = False) -> SafeString:
    """Return how a sum stands against its target, in words, as a list tells it; `live` where it goes on changing."""
    apart = (held or 0) - target
    kind = "over" if apart > 0 else "left" if apart else "even"
    told = words.say(f"against_{kind}", context["language"], number=abs(apart))
    more = SafeString(' aria-live="polite"') if live else ""
    return format_html('<dd data-sum="left" data-kind="{}" data-target="{}"{}>{}</dd>', kind, target, more, told)


@register.simple_tag(takes_context=True)
def apart_from_target(context: Context, number: int | None) -> str:
    """Return how far a whole sum is from its target, in words; a dash when there is nothing to hold against it."""
    return "–" if number is None else away(number, context["language"])


@register.filter
def split(names: str) -> list[str]:
    """Return names with spaces between as a list."""
    return names.split()


@register.simple_tag
def file_size(size: int) -> str:
    """Return the size of a file."""
    return f"{formats.number(-(-size // 1024))}{NO_BREAK}kB"


@register.simple_tag(takes_context=True)
def outcome_by_choice(context: Context, code: str, chosen: str, name: str) -> SafeString:
    """Return the choice of the party that said why."""
    language, key = context["language"], f"{code}-outcome-by"
    held = _filled(context, "")[0].get(key, chosen)
    options = [
        format_html(
            '<option value="{}"{}>{}</option>',
            party,
            SafeString(" selected") if party == held else "",
            words.say(f"party_{party}", language) if party else "–",
        )
        for party in SAID_BY
    ]
    head = words.say("outcome_by", language)
    return format_html(
        '<select class="ds-input cell" name="{}" aria-label="{}: {}">{}</select>',
        key,
        name,
        head,
        SafeString("".join(options)),
    )


@register.simple_tag(takes_context=True)
def track_names(context: Context, names: tuple[str, ...]) -> str:
    """Return tracks in words."""
    return ", ".join(words.say(f"track_{name}", context["language"]).lower() for name in names)


@register.simple_tag(takes_context=True)
def grade_names(context: Context, held: frozenset[str]) -> str:
    """Return grades in words, in their order."""
    return ", ".join(words.say(f"grade_{grade}", context["language"]) for grade in Grade if grade in held)


@register.simple_tag(takes_context=True)
def audience_names(context: Context, held: list[str]) -> str:
    """Return who sees something, in words; everyone when everyone does."""
    if "public" in held:
        return words.say("audience_public", context["language"])
    return "; ".join(words.say(f"audience_{each}", context["language"]) for each in held)


@register.inclusion_tag("_navigation.html", takes_context=True)
def round_navigation(context: Context) -> Context:
    """Write the places of the round that the page is of."""
    year, language = context["year"], context["language"]
    found = places(year, context.get("page", ""), language, context.get("actor"), context.get("at"))
    return {"year": year, "years": context["years"], "language": language, "places": found}


@register.simple_tag
def one_button(button: object) -> tuple[object, ...]:
    """Return one button as a row of buttons."""
    return (button,)


@register.simple_tag
def shield_id(number: int) -> str:
    """Return the identity of a text's own field."""
    return f"shield-{number}"


@register.inclusion_tag("_people.html", takes_context=True)
def people_cells(context: Context, code: str, name: str, held: Any) -> Context:  # noqa: ANN401 (a number and its minors)
    """Return three cells: persons, minors under 15, minors from 15; an error of the row stands in its first."""
    filled, errors = _filled(context, "")
    heads = {"number": "persons_heading", "under15": "under15_short", "from15": "from15_short"}
    cells = []
    for part, head in heads.items():
        value, title = getattr(held, part, None), words.say(head, context["language"])
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
def number_input(context: Context, code: str, part: str, value: int | None, head: str, name: str) -> SafeString:
    """Return one cell of a number."""
    return _cell(context, f"{code}-{part}", value, f"{name}: {head}", "number", context.get("errors", {}).get(code, ""))


@register.simple_tag(takes_context=True)
def text_input(context: Context, code: str, part: str, value: str, head: str, name: str) -> SafeString:
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


@register.simple_tag(takes_context=True)
def letter_piece(context: Context, piece: Piece) -> str | SafeString:
    """Write a piece of a passage, marked when it is new or gone; who hears it is told where it begins and ends."""
    marks = {"gone": ("del", "diff_before"), "new": ("ins", "diff_after")}
    if piece.kind not in marks:
        return piece.text
    language, (mark, begins) = context["language"], marks[piece.kind]
    told = [
        format_html('<span class="unseen" lang="{}"> {} </span>', language, words.say(code, language))
        for code in (begins, "diff_end")
    ]
    look = SafeString(' class="fact"' if piece.fact else "")
    return format_html("<{}{}>{}{}{}</{}>", mark, look, told[0], piece.text, told[1], mark)


def _filled(context: Context, move: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what was filled in and what is wrong with it, when it belongs to this form."""
    if move and context.get("filled_move") not in (None, move):
        return {}, {}
    return context.get("values") or {}, context.get("errors") or {}


@register.simple_tag(takes_context=True)
def withheld_ground(context: Context, row: Any) -> str:  # noqa: ANN401 (what is withheld)
    """Write the ground on which a document is withheld: law and paragraph, and what the ground leaves out."""
    return ground_told(row.ground, row.detail, context["language"])
