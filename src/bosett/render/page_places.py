"""The municipalities of a page: a table to sort and search, each row with its explanation under it."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bosett.documents.explanation import ITEM, OPEN, Section
from bosett.documents.words import exact, figure, percent, signed, whole, word
from bosett.render.markup import paragraph, region, table, tag, text
from bosett.render.reading import change, lines, parts, previous_cell, previous_source, short_why, wording, year_before
from bosett.rounds.kinds import CountyLine, MunicipalityLine, Run

# Column: its word, whether it is a number, whether it is left to wide screens (all is in the explanation too).
_COLUMNS = (
    ("code", False, True),
    ("municipality", False, False),
    ("county", False, True),
    ("population", True, True),
    ("previous", True, False),
    ("exact", True, True),
    ("number", True, False),
    ("change", True, True),
)


def places_section(run: Run, explanations: Mapping[str, Sequence[Section]], language: str) -> str:
    """Return the section of municipalities."""
    heads = "".join(
        tag(
            "th",
            tag("button", text(word(code, language, before=year_before(run))), type="button"),
            scope="col",
            class_=_look(numeric=numeric, wide=wide),
        )
        for code, numeric, wide in _COLUMNS
    )
    bodies = "\n".join(_body(run, county, line, explanations.get(line.code), language) for county, line in lines(run))
    label = word("table_label", language)
    whole_table = tag(
        "table",
        tag("caption", text(label), class_="unseen") + tag("thead", tag("tr", heads)) + bodies,
        class_="places",
    )
    form = word("hits", language, shown="%shown", all="%all")
    find = tag(
        "div",
        tag(
            "div",
            tag("label", text(word("search", language)), for_="search")
            + '<input id="search" type="search" autocomplete="off">',
        )
        + tag("p", id="hits", role="status", data_form=form),
        class_="find",
        role="search",
    )
    notes = f"{word('exact_note', language)} {word('missing_note_page', language)}"
    notes = f"{previous_source(run, language)} {notes}"
    content = tag("h2", text(word("municipalities", language))) + paragraph(notes, "quiet") + find
    return tag("section", content + region(label, whole_table), id="municipalities")


def _look(*, numeric: bool, wide: bool, strong: bool = False) -> str | None:
    looks = [name for name, applies in (("n", numeric), ("wide", wide), ("strong", strong)) if applies]
    return " ".join(looks) or None


def _body(run: Run, county: CountyLine, line: MunicipalityLine, given: Sequence[Section] | None, language: str) -> str:
    missing = "\u2013"
    moved = change(line)
    before = previous_cell(line.previous, language)
    known = "" if line.previous.persons is None else line.previous.persons
    numbers: tuple[tuple[str, str | int], ...] = (
        (missing, "") if line.population is None else (whole(line.population, language), line.population),
        (missing if before is None else before if isinstance(before, str) else whole(before, language), known),
        (exact(line.exact, language), f"{float(line.exact):.6f}"),
        (whole(line.number, language), line.number),
        (missing, "") if moved is None else (signed(moved, language), moved),
    )
    cells = [
        tag("td", text(line.code), class_="wide"),
        tag("th", text(line.name), scope="row"),
        tag("td", text(county.name), class_="wide"),
    ]
    for (shown, value), (code, numeric, wide) in zip(numbers, _COLUMNS[3:], strict=True):
        look = _look(numeric=numeric, wide=wide, strong=code == "number")
        cells.append(tag("td", shown, class_=look, data_v=value))
    summary = tag("summary", text(word("why_button", language, number=whole(line.number, language))))
    box = tag("div", _told(run, county, line, given, language), class_="box")
    why = tag("tr", tag("td", tag("details", summary + box), colspan=len(_COLUMNS)), class_="told")
    find = f"{line.code} {line.name} {county.name}".lower()
    return tag("tbody", tag("tr", "".join(cells)) + why, id=f"k{line.code}", data_find=find)


def _told(run: Run, county: CountyLine, line: MunicipalityLine, given: Sequence[Section] | None, language: str) -> str:
    if given is not None:
        return "".join(_section(section) for section in given)
    missing = word("missing", language)
    facts = (
        (word("code", language), f"{line.code}, {county.name}"),
        (word("population", language), missing if line.population is None else whole(line.population, language)),
        (word("previous", language, before=year_before(run)), figure(line.previous, language)),
        (word("exact", language), exact(line.exact, language)),
    )
    listed = "".join(tag("dt", text(name)) + tag("dd", text(value)) for name, value in facts)
    by_code = {criterion.code: criterion for criterion in run.criteria}
    rows = [
        tag(
            "tr",
            tag("td", text(wording(by_code[part.code].wording, language)))
            + tag("td", percent(part.weight, language), class_="n", data_l=word("weight", language))
            + tag("td", percent(part.part, language, 3), class_="n", data_l=word("part", language))
            + tag("td", exact(part.people, language), class_="n", data_l=word("people", language)),
        )
        for part in parts(run, line)
    ]
    heads = [word(code, language) for code in ("criterion", "weight", "part", "people")]
    made = table(word("why_parts", language), heads, rows) if rows else ""
    return paragraph(short_why(run, county, line, language)) + tag("dl", listed, class_="facts-list") + made


def _section(section: Section) -> str:
    """A heading, paragraphs, and lists where lines are items; the rest of a long list is folded, not left out."""
    made = [tag("h3", text(section.heading))] if section.heading else []
    for is_item, run_of in groupby(section.lines, lambda line: line.startswith(ITEM)):
        if is_item:
            items = [tag("li", text(line.removeprefix(ITEM))) for line in run_of]
            shown = OPEN if section.folds else len(items)
            made.append(tag("ul", "".join(items[:shown])))
            if rest := items[shown:]:
                made.append(tag("details", tag("summary", text(section.folds)) + tag("ul", "".join(rest))))
        else:
            made += [paragraph(line) for line in run_of]
    return "".join(made)
