"""A computed round as one page that needs nothing else: map, tables, and every number explained.

The page carries its own style and script, named by their hashes in its content security policy, and asks no address.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from importlib.resources import files
from pathlib import Path

from bosett.documents.days import day_in
from bosett.documents.explanation import Section
from bosett.documents.words import figure_line, percent, standing_note, whole, word, word_or
from bosett.geography.borders import BorderMap
from bosett.parameters import whose
from bosett.render.markup import paragraph, region, table, tag, text
from bosett.render.new_file import new_file
from bosett.render.page_places import places_section
from bosett.render.reading import (
    check_name,
    lines,
    previous_sum,
    source_line,
    title_of,
    why_left_out,
    wording,
    year_before,
)
from bosett.render.tile_map import drawn_map
from bosett.rounds.kinds import CountyLine, Run

_SECTIONS = (
    ("map", "map"),
    ("counties", "counties"),
    ("municipalities", "municipalities"),
    ("criteria", "criteria"),
    ("left-out", "left_out"),
    ("checks", "checks"),
)


def write_round_page(
    run: Run,
    path: Path,
    *,
    explanations: Mapping[str, Sequence[Section]] | None = None,
    language: str = "nb",
    borders: BorderMap | None = None,
) -> None:
    """Write a run as one HTML file, the same bytes for the same run.

    Args:
        run: What was computed.
        path: Where the page goes; an older file there is replaced when the new one is complete.
        explanations: Sections by municipality code; others are explained from their parts.
        language: nb, nn or en.
        borders: The real borders of the run's municipalities: drawn beside the tiles.

    Raises:
        NotWritable: The folder is missing or closed to us, or `path` is a folder.
        UnknownLanguage: There are no words in it.
    """
    page = round_page(run, explanations=explanations, language=language, borders=borders)
    with new_file(path) as beside:
        beside.write_bytes(page.encode())


def round_page(
    run: Run,
    *,
    explanations: Mapping[str, Sequence[Section]] | None = None,
    language: str = "nb",
    borders: BorderMap | None = None,
) -> str:
    """Return the page of a run as HTML.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    style, script = _own("page.css"), _own("page.js")
    policy = (
        f"default-src 'none'; style-src {_named(style)}; script-src {_named(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = f"{word('round', language, year=run.year)}: {word('proposal', language).lower()}"
    body = "\n".join(
        (
            tag("a", text(word("skip", language)), class_="skip", href="#main"),
            _header(run, title, language),
            tag("main", "\n".join(_sections(run, explanations or {}, language, borders)), id="main", tabindex=-1),
            tag("footer", paragraph(source_line(run, language))),
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="inputs_sha256" content="{run.inputs_sha256}">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{text(title)} \u2013 Bosett</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _own(name: str) -> str:
    return (files("bosett.render") / name).read_text(encoding="utf-8")


def _named(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _header(run: Run, title: str, language: str) -> str:
    standing = whose(run.criteria_id, official=run.official)
    asked = sum(1 for _, line in lines(run) if line.number)
    everybody = sum(1 for _ in lines(run)) + len(run.left_out)
    before = previous_sum(line for _, line in lines(run))
    facts = [
        (word("total", language), whole(run.total, language)),
        (word("previous", language, before=year_before(run)), _or_missing(before, language)),
        (
            word("asked", language),
            f"{whole(asked, language)} {word('of', language)} {whole(everybody, language)}",
        ),
        (word("counties", language), whole(len(run.counties), language)),
    ]
    listed = "".join(tag("div", tag("dt", text(name)) + tag("dd", text(value))) for name, value in facts)
    links = "".join(tag("li", tag("a", text(word(code, language)), href=f"#{place}")) for place, code in _SECTIONS)
    note = standing_note(run.criteria_id, language, official=run.official)
    if run.unassigned:
        note += f" {word('unassigned', language)}: {percent(run.unassigned, language)}."
    return tag(
        "header",
        paragraph("Bosett", "brand")
        + tag("h1", text(title))
        + paragraph(word("lead", language, year=run.year), "lead")
        + tag("div", tag("strong", text(title_of(run, language))) + text(note), class_=f"standing {standing}")
        + tag("dl", listed, class_="facts")
        + tag("nav", tag("ul", links), aria_label=word("contents", language)),
    )


def _sections(
    run: Run, explanations: Mapping[str, Sequence[Section]], language: str, borders: BorderMap | None
) -> tuple[str, ...]:
    return (
        tag("div", _map(run, language, borders) + _counties(run, language), class_="pair"),
        places_section(run, explanations, language),
        _criteria(run, language),
        _left_out(run, language),
        _checks(run, language),
    )


def _section(place: str, code: str, content: str, language: str) -> str:
    return tag("section", tag("h2", text(word(code, language)), id=f"{place}-title") + content, id=place)


def _map(run: Run, language: str, borders: BorderMap | None) -> str:
    skip = tag("a", text(word("skip_map", language)), class_="skip", href="#counties")
    content = paragraph(word("map_lead", language), "quiet") + skip + drawn_map(run, language, borders)
    return _section("map", "map", content, language)


def _counties(run: Run, language: str) -> str:
    before = word("previous", language, before=year_before(run))
    heads = (
        tag("th", text(word("county", language)), scope="col")
        + tag("th", text(word("target", language)), scope="col", class_="n")
        + tag("th", text(before), scope="col", class_="n")
        + tag("th", text(word("asked", language)), scope="col", class_="n wide")
    )
    most = max([1, *(max(county.target, previous_sum(county.municipalities) or 0) for county in run.counties)])
    rows = "\n".join(_county(run, county, most, language) for county in run.counties)
    sums = (
        tag("th", text(word("total_row", language)), scope="row")
        + tag("td", whole(sum(county.target for county in run.counties), language), class_="n")
        + tag("td", _or_missing(previous_sum(line for _, line in lines(run)), language), class_="n")
        + tag("td", whole(sum(1 for _, line in lines(run) if line.number), language), class_="n wide")
    )
    content = tag(
        "table",
        tag("caption", text(word("counties_label", language)), class_="unseen")
        + tag("thead", tag("tr", heads))
        + tag("tbody", rows)
        + tag("tfoot", tag("tr", sums)),
    )
    lead = paragraph(word("bars_lead", language, before=year_before(run)), "quiet")
    return _section("counties", "counties", lead + region(word("counties_label", language), content), language)


def _tick(place: int) -> str:
    return f'<rect class="tick" x="{place}" width="6" height="16"/>'


def _or_dash(number: int | None, language: str) -> str:
    return "\u2013" if number is None else whole(number, language)


def _county(run: Run, county: CountyLine, most: int, language: str) -> str:
    before = previous_sum(county.municipalities)
    front = 1000 * county.target // most
    mark = "" if before is None else f'<rect class="tick" x="{min(994, 1000 * before // most)}" width="6" height="16"/>'
    bar = (
        '<svg class="bars" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="back" width="1000" height="12" y="2"/><rect class="front" width="{front}" height="12" y="2"/>'
        f"{mark}</svg>"
    )
    part = percent(Fraction(county.target, run.total), language) if run.total else ""
    asked = sum(1 for line in county.municipalities if line.number)
    cells = (
        tag("th", text(county.name) + bar, scope="row"),
        tag("td", whole(county.target, language), class_="n strong", title=part or None),
        tag("td", _or_missing(before, language), class_="n"),
        tag("td", f"{asked} {text(word('of', language))} {len(county.municipalities)}", class_="n wide"),
    )
    return tag("tr", "".join(cells))


def _or_missing(people: int | None, language: str) -> str:
    return "\u2013" if people is None else whole(people, language)


def _criteria(run: Run, language: str) -> str:
    heads = [word(code, language) for code in ("wording", "weight", "wording_status", "source")]
    rows = []
    for criterion in run.criteria:
        kind = word_or(f"kind_{criterion.kind}", language, criterion.kind)
        weight = "\u2013" if criterion.weight is None else percent(criterion.weight, language)
        if not criterion.computable:
            weight += f" ({word('not_computable', language)})"
        figures = "".join(f"<br>{text(figure_line(figure, language))}" for figure in criterion.figures)
        cells = (
            tag(
                "td",
                tag("strong", text(wording(criterion.wording, language))) + f"<br>{text(f'{criterion.code}, {kind}')}",
            ),
            tag("td", text(weight)),
            tag("td", text(word_or(f"status_{criterion.wording_status}", language, criterion.wording_status))),
            tag("td", text(criterion.source) + figures),
        )
        rows.append(tag("tr", "".join(cells)))
    label = word("criteria_label", language)
    content = region(label, table(label, heads, rows, "criteria-table"))
    return _section("criteria", "criteria", paragraph(title_of(run, language), "quiet") + content, language)


def _left_out(run: Run, language: str) -> str:
    if not run.left_out:
        return _section("left-out", "left_out", paragraph(word("nobody_left_out", language)), language)
    names = {county.code: county.name for county in run.counties}
    rows = []
    for left in run.left_out:
        county = names.get(left.county, left.county)
        texts = (left.code, left.name, county, why_left_out(run, left, language))
        cells = (tag("td", text(each)) for each in texts)
        # The row of a municipality that takes part has the same sort of name: the map leads here too.
        rows.append(tag("tr", "".join(cells), id=f"k{left.code}"))
    heads = [word(code, language) for code in ("code", "municipality", "county", "reason")]
    label = word("left_out", language)
    content = paragraph(word("left_out_lead", language), "quiet") + region(label, table(label, heads, rows))
    return _section("left-out", "left_out", content, language)


def _checks(run: Run, language: str) -> str:
    items = []
    for name, holds in run.checks:
        outcome = word("holds" if holds else "fails", language)
        mark = "\u2713" if holds else "\u2717"
        items.append(
            tag("li", text(f"{mark} {check_name(name, language)}: {outcome}"), class_=None if holds else "bad")
        )
    facts = (
        (word("mode", language), word_or(f"mode_{run.mode.value}", language, run.mode.value)),
        (word("day", language), day_in(run.day, language)),
        (word("version", language), run.version),
    )
    fact_lines = "".join(paragraph(f"{name}: {value}") for name, value in facts)
    content = (
        paragraph(word("checks_lead", language), "quiet")
        + tag("ul", "".join(items), class_="checks")
        + tag("h3", text(word("made", language)))
        + paragraph(word("replay", language), "quiet")
        + fact_lines
    )
    return _section("checks", "checks", content, language)
