"""Events in words: what one is about, and what was before and after; nothing that only a program reads.

Checksums, identities and what else a program needs to check an event stand in the file of the events instead.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.documents.days import NO_BREAK
from bosett.documents.words import word_or
from bosett.geography import counties, fold, municipalities, nearness
from bosett.parameters import load_shipped
from bosett.parameters.conditions import load_conditions
from bosett.parameters.grounds import load_grounds
from bosett_web.queries.journal import EventRow, SearchedWord
from bosett_web.screens import formats
from bosett_web.screens.place_names import names_by_code
from bosett_web.screens.refusals import in_words
from bosett_web.screens.words import WORDS, say

GROUPS = frozenset({"lines", "outcomes", "numbers", "counties", "addresses"})
"""What only holds others: each by the code of a place."""
TECHNICAL = frozenset(
    (
        *(
            "sha256",
            "size",
            "inputs",
            "inputs_sha256",
            "result_sha256",
            "rules",
            "external",
            "undoes",
            "event",
            "text",
            "given",
        ),
        *("submitted_by", "discussed_by", "by", "person", "seat", "grant", "lent", "lent_from", "point", "orgnr"),
        *("area", "error", "seed", "key", "move", "code", "facts", "needs", "track", "signers", "how_to_answer"),
        *("notice", "asking", "input", "agreed", "alternative"),
    )
)
"""Facts that tell people nothing, or that the event tells elsewhere."""
SAID_BY_PREFIX: Mapping[str, str] = {
    "party": "party_",
    "grade": "grade_",
    "gate": "gate_",
    "channel": "channel_",
    "kind": "letter_",
    "scheme": "scheme_",
    "neutral_form": "form_",
    "language": "form_",
    "outcome_by": "party_",
    "targets_by": "party_",
    "notice_kind": "notice_",
    "stream": "stream_",
    "situation": "situation_",
    "topic": "topic_",
    "made": "made_",
    "document": "document_",
    "answered_to": "state_",
    "group": "alert_group_",
    "basis": "basis_",
    "way": "revision_way_",
}
DAY, MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
"""Days and moments as the journal writes them."""
_SAID = ("event_", "subject_")
"""What the codes of the words begin with that tell of events: what was done, and what it is about."""
FEW = 3
"""So many letters are named; of more it is told how many."""


@dataclass(frozen=True, slots=True)
class EventFact:
    """One fact of an event in words, before and after; empty where there was nothing."""

    head: str
    before: str
    after: str


def subject_told(subject: str, year: int, language: str) -> str:
    """Return what an event is about: Anbefaling: Vestland."""
    kind, _, rest = subject.partition(":")
    what = say(f"subject_{kind}", language)
    if kind == "letter":
        return f"{what} {rest}"
    if kind == "figures" and rest:
        return f"{what}: {word_or(f'indicator_{rest}', language, rest)}"
    last = rest.rpartition(":")[2]
    if last == "joint":
        return f"{what}, {say('subject_joint', language)}"
    name = _places(year).get(last) if last != rest else None
    return f"{what}: {name}" if name else what


def searched(word: str, year: int, language: str) -> SearchedWord:
    """Return a word that is looked for, with the events, the things and the places whose words have it."""
    wanted = fold(word)
    if not wanted:
        return SearchedWord(word)
    texts = {code: fold(WORDS[code].in_language(language)) for code in WORDS if code.startswith(_SAID)}
    codes = [code for code, text in texts.items() if wanted in text]
    names = names_by_code(year)
    return SearchedWord(
        word,
        tuple(code.removeprefix("event_") for code in codes if code.startswith("event_")),
        tuple(code.removeprefix("subject_") for code in codes if code.startswith("subject_")),
        tuple(code for code in names if nearness(word, names[code]) is not None),
    )


def facts_told(row: EventRow, year: int, language: str) -> tuple[EventFact, ...]:
    """Return what an event changed, in words; a refusal changed nothing."""
    if row.name == "refused":
        return ()
    before, after = dict(flat((), row.before)), dict(flat((), row.after))
    track = row.name.partition(".")[0]
    facts = []
    for path in dict.fromkeys([*before, *after]):
        if before.get(path) == after.get(path) or unworded(path):
            continue
        texts = [_value(path[-1], side[path], track, language) if path in side else "" for side in (before, after)]
        facts.append(EventFact(_head(path, year, language), *texts))
    return tuple(facts)


def refusal_told(row: EventRow, language: str) -> str:
    """Return what was tried and why it was refused; empty for an event that is no refusal of one's own."""
    move, code = str(row.after.get("move", "")), str(row.after.get("code", ""))
    if row.name != "refused" or not move:
        return ""
    facts = {name: _fact(fact) for name, fact in row.after.items() if name not in ("move", "code")}
    sentence = say("log_refused", language, move=say(f"event_{move}", language), why=in_words(code, facts, language))
    return f"{sentence} {say('log_refused_again', language, n=row.times - 1)}" if row.times > 1 else sentence


def unworded(path: Sequence[str]) -> bool:
    """Tell whether people have no words for a fact: a technical one, or one that has been forgotten (a test looks)."""
    inner = [part for part in path if part not in GROUPS] or path[-1:]
    return path[-1] in TECHNICAL or any(not part.isdigit() and f"fact_{part}" not in WORDS for part in inner)


def file_title(name: str, language: str) -> str:
    """Return the title of a shipped file of rules."""
    try:
        return load_shipped(name).title[language]
    except Refusal:
        return say("missing", language)


def ground_told(code: str, detail: str, language: str) -> str:
    """Return a ground on which a document is withheld: law and paragraph, and what the ground leaves out."""
    ground = load_grounds().get(code)
    cited = ground.cites[language] if ground else say("missing", language)
    text = f"{cited}, {detail}" if detail else cited
    return re.sub(r"(§|\bnr\.|\bs\.|\bno\.) ", rf"\1{NO_BREAK}", text)


def _fact(value: object) -> object:
    """Return a fact of an objection as it was before the journal wrote it as text: a day is a day again."""
    return date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else value


def flat(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each fact with its path; what is technical is left whole, and letters stay together."""
    if isinstance(value, Mapping) and (not path or path[-1] not in TECHNICAL | {"letters", "not_made", "left_out"}):
        for key, each in value.items():
            yield from flat((*path, str(key)), each)
    elif path:
        yield path, value


def _head(path: tuple[str, ...], year: int, language: str) -> str:
    """Return the name of a fact, after that of the place that it belongs to."""
    names = _places(year)
    inner = [part for part in path if part not in GROUPS] or list(path[-1:])
    parts = [
        names[part] if part in names else "" if part.isdigit() else say(f"fact_{part}", language) for part in inner
    ]
    return ": ".join(part for part in parts if part)


def _value(name: str, value: Any, track: str, language: str) -> str:  # noqa: ANN401 (whatever an event holds)
    """Return a fact in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say("asked_yes" if value else "asked_no", language)
    if name in ("letters", "not_made", "left_out"):
        references = sorted(value)
        return ", ".join(references) if len(references) <= FEW else formats.number(len(references))
    if isinstance(value, int):
        return str(value) if name in ("year", "version", "request") else formats.number(value)
    if isinstance(value, list):
        titles = {each.code: each.title[language] for each in load_conditions().conditions}
        return ", ".join(titles.get(str(each), str(each)) for each in value)
    return _text(name, str(value), track, language)


def _text(name: str, value: str, track: str, language: str) -> str:
    if DAY.fullmatch(value):
        return formats.day(date.fromisoformat(value), language)
    if MOMENT.fullmatch(value):
        return formats.moment(datetime.fromisoformat(value), language)
    if name == "ground":
        return ground_told(value, "", language)
    if name == "file":
        return file_title(value, language)
    if name == "source":
        return _first((f"source_{value.partition(':')[0]}",), value, language)
    if name == "state":
        return _first((f"{track}state_{value}", f"state_{value}"), value, language)
    if name == "decided_by":
        return _first((f"body_{value}" if track == "decision" else f"decider_{value}",), value, language)
    if name in ("municipality", "county"):
        return _places(None).get(value, value)
    return _first((f"{SAID_BY_PREFIX[name]}{value}",), value, language) if name in SAID_BY_PREFIX else value


def _first(codes: tuple[str, ...], value: str, language: str) -> str:
    for code in codes:
        try:
            return say(code, language)
        except LookupError:
            continue
    return value


@cache
def _places(year: int | None) -> Mapping[str, str]:
    """Return the names of a year's counties and municipalities by code; without a year, of any of the rounds'."""
    years = (2024, 2021) if year is None else (year,)
    names = {place.code: place.display_name for each in years for place in municipalities(each)}
    return names | {county.code: county.name for each in years for county in counties(each)}


@dataclass(frozen=True, slots=True)
class EventInWords:
    """An event and its words: what it is about, what it changed, and why a refused one was refused."""

    row: EventRow
    subject: str
    facts: tuple[EventFact, ...]
    refusal: str


def events_in_words(rows: list[EventRow], year: int, language: str) -> list[EventInWords]:
    """Return events with their words."""
    return [
        EventInWords(
            row, subject_told(row.subject, year, language), facts_told(row, year, language), refusal_told(row, language)
        )
        for row in rows
    ]
