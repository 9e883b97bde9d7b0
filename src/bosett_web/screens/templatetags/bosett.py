"""Tags and filters of the templates. A tag is named for what it writes, in the reader's language.

Words
    say                 the words of a code, with facts in them
    number              a number; one that is not there says why
    number_or_dash      a sum; a dash where there is none
    explained_number    a number that leads to the page that explains it
    signed_change       a change with its sign
    apart_from_target   how far a whole sum is from its target
    answer_count        how many answered so; one that is not known says why
    day                 a day
    iso_day             a day that is written 2026-06-30
    figure_time         the year or month of a figure, which is written 2026 or 2026-02
    last_day            the last day before an end at midnight
    moment              a day and a time
    decision_day        the day on which a decision was made
    file_size           the size of a file
    indicator_title     what a series of figures is called
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
    field               a field of a form: label, help, box and what is wrong; in a row of a table box and fault alone
    carried             what a form carries: what keeps it ours, whom it was shown to, which county, which version

Parts and values
    round_navigation    the places of a round
    help_address        the address of the help of a page of the desk
    public_help_address the address of the help of a public page
    chart               a drawing with its sentence, its table and its files
    one_button          one button as a row of buttons
    letter_piece        a piece of a passage of a letter, marked when it is new or gone
    found_text          a text in which the words that were looked for are marked
    |entry              what a mapping holds for a key
    |split              names with spaces between, as a list
"""

import html
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from bosett.documents.days import NO_BREAK, time_in
from bosett.documents.letters.differences import Piece
from bosett.documents.words import word_or
from bosett.figures.kinds import Figure, Status
from bosett.rounds.parties import Grade
from bosett_web.queries.decisions.decisions import DecisionRow
from bosett_web.queries.decisions.tally import AnswerTally
from bosett_web.queries.meetings.knowledge import FoundPart
from bosett_web.screens import formats, words
from bosett_web.screens.charts import Chart
from bosett_web.screens.decisions.answers import decided_day
from bosett_web.screens.forms import BoundPageField, PageForm
from bosett_web.screens.help_pages import desk_help, public_help
from bosett_web.screens.journal_words import file_title, ground_told
from bosett_web.screens.navigation import places
from bosett_web.screens.refusals import away
from bosett_web.screens.rows import HEADS

register = template.Library()
Context = dict[str, Any]


@register.simple_tag(takes_context=True)
def say(context: Context, *parts: object, **facts: object) -> str:
    """Return the words of a code; several parts are joined to one code."""
    return words.say("".join(str(part) for part in parts), context["language"], **facts)


@register.simple_tag(takes_context=True)
def number(context: Context, value: int | Figure | None) -> str | SafeString:
    """Return a number; one that is not there says why: missing, hidden, or nobody was asked for."""
    figure = value if isinstance(value, Figure) else Figure(value, Status.MISSING if value is None else Status.OK)
    if figure.persons is None:
        return format_html('<span class="missing">{}</span>', words.figure(figure, context["language"]))
    return formats.number(figure.persons)


@register.simple_tag(takes_context=True)
def explained_number(context: Context, value: int | None, code: str, name: str, *version: object) -> str | SafeString:
    """Return a number that leads to the page that explains it; several parts are joined to the name of its version.

    Args:
        context: Of the template; its year is the number's.
        value: Persons; None is missing, and leads nowhere.
        code: Of the municipality or county, or that of the country.
        name: What that is called, for those who hear the page.
        version: What the version is called in addresses; nothing is the newest.
    """
    if value is None:
        return number(context, None)
    parts = [context["year"], code, *(["".join(map(str, version))] if version else [])]
    address = reverse("explained_version" if version else "explained", args=parts)
    label = f"{words.say('why_number', context['language'])}: {name}"
    return format_html(
        '<a class="ds-link" href="{}">{}<span class="unseen">. {}</span></a>', address, formats.number(value), label
    )


@register.simple_tag(takes_context=True)
def rules_title(context: Context, name: str) -> str:
    """Return the title of a file of rules."""
    return file_title(name, context["language"])


@register.simple_tag(takes_context=True)
def answer_count(context: Context, tally: AnswerTally, name: str) -> str | SafeString:
    """Return a count of answers; one that is not known says why."""
    return number(context, tally.figure(name))


@register.simple_tag(takes_context=True)
def decision_day(context: Context, row: DecisionRow) -> str:
    """Return the day on which a decision was made; one that is not known says so."""
    return decided_day(row, context["language"])


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime) -> str:
    """Return a day in words."""
    return formats.day(value, context["language"])


@register.simple_tag(takes_context=True)
def iso_day(context: Context, value: str) -> str:
    """Return a day that is written 2026-06-30 in words."""
    return formats.day(date.fromisoformat(value), context["language"])


@register.simple_tag(takes_context=True)
def figure_time(context: Context, value: str) -> str:
    """Return the year or month of a figure in words."""
    return time_in(value, context["language"])


@register.simple_tag(takes_context=True)
def indicator_title(context: Context, name: str) -> str:
    """Return what a series of figures is called."""
    return word_or(f"indicator_{name}", context["language"], name)


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
    own = attributes.pop("words", None)
    label = _label(str(heading), context["language"]) if own is None else _escaped(own)
    written = "".join(f' {name.replace("_", "-")}="{_escaped(value)}"' for name, value in attributes.items())
    return SafeString(f'<td{written} data-label="{label}">{content.strip()}</td>')


@cache
def _label(heading: str, language: str) -> str:
    return _escaped(words.say(heading, language))


def _escaped(value: object) -> str:
    """Return a value as it stands in an attribute: a sheet has hundreds, and this is the shortest way there."""
    return str(value) if isinstance(value, SafeString) else html.escape(str(value))


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


@register.simple_tag
def field(bound: BoundPageField) -> SafeString:
    """Write a field of a form."""
    return bound.as_field_group()


@register.simple_tag(takes_context=True)
def carried(context: Context, form: PageForm) -> SafeString:
    """Write what a form carries."""
    pairs = [("csrfmiddlewaretoken", str(context["csrf_token"])), ("shown_to", context["signed"]), *form.carried()]
    lines = ((name, SafeString(conditional_escape(value).replace("\n", "&#10;"))) for name, value in pairs)
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', lines)


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
def against_target(context: Context, target: int, total: int | None, *, live: bool = False) -> SafeString:
    """Return how a sum stands against its target, in words, as a list tells it; `live` where it goes on changing."""
    apart = (total or 0) - target
    kind = "over" if apart > 0 else "left" if apart else "even"
    text = words.say(f"against_{kind}", context["language"], number=abs(apart))
    more = SafeString(' aria-live="polite"') if live else ""
    return format_html('<dd data-sum="left" data-kind="{}" data-target="{}"{}>{}</dd>', kind, target, more, text)


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
def track_names(context: Context, names: tuple[str, ...]) -> str:
    """Return tracks in words."""
    return ", ".join(words.say(f"track_{name}", context["language"]).lower() for name in names)


@register.simple_tag(takes_context=True)
def grade_names(context: Context, grades: frozenset[str]) -> str:
    """Return grades in words, in their order."""
    return ", ".join(words.say(f"grade_{grade}", context["language"]) for grade in Grade if grade in grades)


@register.simple_tag(takes_context=True)
def audience_names(context: Context, audiences: list[str]) -> str:
    """Return who sees something, in words; everyone when everyone does."""
    if "public" in audiences:
        return words.say("audience_public", context["language"])
    return "; ".join(words.say(f"audience_{each}", context["language"]) for each in audiences)


@register.inclusion_tag("_navigation.html", takes_context=True)
def round_navigation(context: Context) -> Context:
    """Write the places of the round that the page is of."""
    year, language = context["year"], context["language"]
    links = places(year, context.get("page", ""), language, context["actor"], context.get("at"))
    return {"year": year, "years": context["years"], "language": language, "places": links}


@register.simple_tag(takes_context=True)
def help_address(context: Context) -> str:
    """Return the address of the help of a page of the desk, with its year; of all help where it has none of its own."""
    match = context["request"].resolver_match
    name = desk_help(str(context.get("page", "")), match.view_name if match else "")
    year = context.get("year")
    if not name:
        return reverse("help_index")
    if year and context.get("actor"):
        return reverse("help_of_year", args=[year, name])
    return reverse("help_page", args=[name])


@register.simple_tag(takes_context=True)
def public_help_address(context: Context) -> str:
    """Return the address of the help of a public page."""
    return reverse("public_help", args=[context["language"], public_help(str(context.get("page", "")))])


@register.inclusion_tag("_chart.html", takes_context=True)
def chart(context: Context, drawn: Chart, look: str = "", *, titled: bool = False) -> Context:
    """Write a drawing with its sentence, its table and its files.

    Args:
        context: Of the template.
        drawn: The drawing.
        look: A class of the figure's own.
        titled: Whether what it is of stands before its sentence; where a heading says it, it need not.
    """
    return {"language": context["language"], "chart": drawn, "look": look, "titled": titled}


@register.simple_tag
def one_button(button: object) -> tuple[object, ...]:
    """Return one button as a row of buttons."""
    return (button,)


@register.inclusion_tag("_people.html", takes_context=True)
def people_cells(context: Context, fields: Mapping[str, BoundPageField]) -> Context:
    """Write three cells to fill in: persons, minors under 15, minors from 15."""
    language = context["language"]
    return {
        "language": language,
        "cells": [{"head": words.say(head, language), "field": fields[part]} for part, head in HEADS.items()],
    }


@register.simple_tag(takes_context=True)
def letter_piece(context: Context, piece: Piece) -> str | SafeString:
    """Write a piece of a passage, marked when it is new or gone; who hears it is told where it begins and ends."""
    marks = {"gone": ("del", "diff_before"), "new": ("ins", "diff_after")}
    if piece.kind not in marks:
        return piece.text
    language, (mark, begins) = context["language"], marks[piece.kind]
    spoken = [
        format_html('<span class="unseen" lang="{}"> {} </span>', language, words.say(code, language))
        for code in (begins, "diff_end")
    ]
    look = SafeString(' class="fact"' if piece.fact else "")
    return format_html("<{}{}>{}{}{}</{}>", mark, look, spoken[0], piece.text, spoken[1], mark)


@register.simple_tag
def found_text(parts: Sequence[FoundPart]) -> SafeString:
    """Write a text in which the words that were looked for are marked; whatever people wrote is escaped."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", each.text) if each.is_hit else linebreaksbr(each.text, True),)
            for each in parts
        ),
    )


@register.simple_tag(takes_context=True)
def withheld_ground(context: Context, row: Any) -> str:  # noqa: ANN401 (what is withheld)
    """Write the ground on which a document is withheld: law and paragraph, and what the ground leaves out."""
    return ground_told(row.ground, row.detail, context["language"])
