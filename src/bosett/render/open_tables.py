"""Open data of a release as tables: CSV for people, CSV for programs, and JSON-stat 2.0.

Hidden, unknown and 0 are told apart in each: a count that is not shown has no number, and a mark that says why. Same
release, same bytes. Sources: RFC 4180 (CSV); json-stat.org/full (JSON-stat 2.0); SSB's signs `:` and `..`.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO

from bosett.documents.open_data import count_in_words, open_word, place_name
from bosett.render.csv_table import csv_table
from bosett.rounds.published import CountMark, PublicRelease
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

JSON_STAT_MARKS: Mapping[CountMark, str] = {
    CountMark.AT_LEAST: CountMark.AT_LEAST.value,
    CountMark.HIDDEN: ":",
    CountMark.UNKNOWN: "..",
}
"""What stands as status of a cell; a count that is shown as it is has none. Beside `at_least` is a number."""
COUNT_COLUMNS = ("day", "place", "name", "part_of", "step", "group", "persons", "mark")
KINDS = tuple((step, group) for step in SettlementStep for group in LedgerGroup)
"""The counts of a place, in the order in which they stand."""
REQUEST_COLUMNS = ("municipality", "name", "version", "on", "persons", "minors")
DECISION_COLUMNS = ("municipality", "name", "answers", "on", "persons", "minors")
PLACE_COLUMNS = (
    *("municipality", "name", "part_of", "asked", "asked_status", "decided", "decided_status", "on"),
    *("inhabitants", "centrality", "region"),
)


def counts_for_people(release: PublicRelease, language: str) -> bytes:
    """Return the counts of the release's day as CSV that a spreadsheet in Norway opens: one line for each place.

    Semicolons, and a byte order mark. Persons are whole, so no number has a decimal comma.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    head = [open_word(code, language) for code in ("day", "code", "place")]
    if release.counts is None:
        return csv_table([head])
    counts = release.counts
    in_words = {(each.place, each.step, each.group): count_in_words(each, language) for each in counts.counts}
    head += [f"{open_word(f'step_{step}', language)}, {open_word(f'group_{group}', language)}" for step, group in KINDS]
    lines = [
        [counts.day.isoformat(), each.code, place_name(each, language), *(in_words[each.code, *k] for k in KINDS)]
        for each in release.places
    ]
    return csv_table([head, *lines])


def counts_for_programs(release: PublicRelease) -> bytes:
    """Return all counts of all days as CSV with commas in UTF-8: one line for each count."""
    places = {place.code: (place.code, place.name, place.part_of or "") for place in release.places}
    lines = [
        (day.day.isoformat(), *places[each.place], each.step, each.group, _number(each.persons), each.mark)
        for day in release.days
        for each in day.counts
    ]
    return _csv([COUNT_COLUMNS, *lines])


def requests_for_programs(release: PublicRelease) -> bytes:
    """Return all requests as CSV with commas in UTF-8; what is not known is left blank."""
    names = {place.code: place.name for place in release.places}
    lines = [
        (
            *(each.municipality, names[each.municipality], str(each.version), each.on.isoformat()),
            *(_number(each.persons), _number(each.minors)),
        )
        for each in release.requests
    ]
    return _csv([REQUEST_COLUMNS, *lines])


def decisions_for_programs(release: PublicRelease) -> bytes:
    """Return all decisions as CSV with commas in UTF-8; what is not known is left blank."""
    names = {place.code: place.name for place in release.places}
    lines = [
        (
            *(each.municipality, names[each.municipality], str(each.answers), each.on.isoformat()),
            *(_number(each.persons), _number(each.minors)),
        )
        for each in release.decisions
    ]
    return _csv([DECISION_COLUMNS, *lines])


def places_for_programs(release: PublicRelease) -> bytes:
    """Return what is told of each municipality as CSV with commas in UTF-8: why there is no number stands beside it."""
    places = {place.code: place for place in release.places}
    lines = [
        (
            *(each.code, places[each.code].name, places[each.code].part_of or ""),
            *(_number(each.asked.persons), each.asked.status, _number(each.decided.persons), each.decided.status),
            *("" if each.decided_on is None else each.decided_on.isoformat(), _number(each.people)),
            *(_number(each.centrality), each.region),
        )
        for each in release.municipalities
    ]
    return _csv([PLACE_COLUMNS, *lines])


def json_stat(release: PublicRelease, language: str) -> bytes:
    """Return all counts of all days as JSON-stat 2.0, with words in a language.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    labels = {
        "day": {day.day.isoformat(): day.day.isoformat() for day in release.days},
        "place": {place.code: place_name(place, language) for place in release.places},
        "step": {step.value: open_word(f"step_{step}", language) for step in SettlementStep},
        "group": {group.value: open_word(f"group_{group}", language) for group in LedgerGroup},
    }
    counts = [each for day in release.days for each in day.counts]
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": open_word("title", language, year=release.year),
        "note": [open_word("description", language)],
        "source": release.publisher,
        "updated": release.day.isoformat(),
        "id": [*labels],
        "size": [len(codes) for codes in labels.values()],
        "role": {"time": ["day"], "geo": ["place"]},
        "dimension": {
            name: {"label": open_word(name, language), "category": {"index": [*codes], "label": codes}}
            for name, codes in labels.items()
        },
        "value": [each.persons for each in counts],
        "status": {
            str(cell): JSON_STAT_MARKS[each.mark] for cell, each in enumerate(counts) if each.mark in JSON_STAT_MARKS
        },
        "extension": {"release": release.number, "sha256": release.hash, "least": release.least},
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    content = StringIO()
    csv.writer(content, lineterminator="\n").writerows(lines)
    return content.getvalue().encode()
