"""The reference page of the shipped figures, made from the data package and the indicators."""

from collections.abc import Mapping
from typing import Any

from bosett.basis.tables import package
from bosett.figures import Indicator, indicators


def page() -> str:
    """Return the page as Markdown: the indicators, then each table with its columns, terms and when it was known."""
    described = package()
    lines = [
        "# The shipped figures",
        "",
        described["description"],
        "How they were chosen, and the traps: [Where the figures come from](../explanation/figures.md).",
        "",
        "## Indicators",
        "",
        "What a criteria file or `bosett.figures.series` can ask for by name.",
        "",
        "Where nothing is shipped, figures can be accepted: see [the recipe](../how-to/accept-figures.md).",
        "",
        "| name | what | unit | of | years | table | published by |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_indicator(indicator) for indicator in indicators().values()),
        "",
        "## Tables",
        "",
    ]
    for resource in described["resources"]:
        lines += _table(resource)
    return "\n".join(lines).rstrip() + "\n"


def _indicator(one: Indicator) -> str:
    where = f"{one.where.publisher}, {one.where.dataset}"
    where = f"[{where}]({one.where.address})" if one.where.address.startswith("https:") else where
    begins = f"| `{one.name}` | {one.title} | {one.unit} | {one.level.value} |"
    if not one.years:
        return f"{begins} none shipped | | {where} |"
    first, last = one.years[0], one.years[-1]
    years = f"{first}-{last}" if last - first + 1 == len(one.years) > 1 else ", ".join(map(str, one.years))
    when = f"{years}, by month" if one.monthly else years
    return f"{begins} {when} | `{one.table}` | {where} |"


def _table(resource: Mapping[str, Any]) -> list[str]:
    terms = ", ".join(f"[{terms['title']}]({terms['path']})" for terms in resource["licenses"])
    sources = "; ".join(f"[{source['title']}]({source['path']})" for source in resource["sources"])
    return [
        f"### `{resource['name']}`",
        "",
        f"{resource['title']}. {resource['description']}",
        "",
        f"- Publisher: {resource['publisher']}, edition of {resource['published']}. Terms: {terms}. Source: {sources}.",
        f"- Counts as known: {_sentence(resource['knownFrom']['rule'])} Ground: {resource['knownFrom']['ground']}",
        f"- File: `{resource['path']}`, {resource['rowcount']} rows, `{resource['hash']}`.",
        "",
        "| column | type | unit | what it says |",
        "| --- | --- | --- | --- |",
        *(
            f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} | {field['description']}{_zero(field)} |"
            for field in resource["schema"]["fields"]
        ),
        "",
    ]


def _zero(field: Mapping[str, Any]) -> str:
    return f" **A 0:** {field['zero']}" if field.get("zero") else ""


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
