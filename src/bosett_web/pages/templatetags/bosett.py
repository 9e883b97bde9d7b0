"""Tags and filters that know the reader's language."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett_web.pages import formats
from bosett_web.pages.words import say

register = template.Library()
Context = dict[str, Any]


@register.simple_tag(takes_context=True)
def w(context: Context, *parts: object, **facts: object) -> str:
    """Return the words of a code; several parts are joined to one code."""
    return say("".join(str(part) for part in parts), context["language"], **facts)


@register.simple_tag(takes_context=True)
def n(context: Context, value: int | None) -> str | SafeString:
    """Return a number; a missing one says so."""
    if value is None:
        return format_html('<span class="missing">{}</span>', say("missing", context["language"]))
    return formats.number(value)


@register.simple_tag(takes_context=True)
def d(context: Context, value: date | datetime) -> str:
    """Return a day in words."""
    return formats.day(value, context["language"])


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
    language, filled, errors = context["language"], context.get("values") or {}, context.get("errors") or {}
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
