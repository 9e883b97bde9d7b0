"""Criteria that somebody has written: a rule file in one fixed form, whose id is its content.

The id ends with the SHA-256 of the file as it stands with `no-YEAR-written` for its id, so that an id can only ever
give that content or nothing. The text lies on a shelf that the program is given, or in a file; whoever has the file
computes the same by it. Source: docs/adr/0040.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

from bosett.basis.languages import LANGUAGES
from bosett.parameters.criteria import (
    UNKNOWN,
    Bound,
    CriteriaFile,
    Criterion,
    Factor,
    NoCriteria,
    Reading,
    criteria_file,
    in_languages,
)
from bosett.parameters.nodes import LARGEST_FILE, BadRuleFile, Value, read, read_text

WRITTEN = re.compile(r"no-(?P<year>[0-9]{4})-written-(?P<sha256>[0-9a-f]{64})")
"""The ids of written rules."""
SAYS_WRITTEN = re.compile(r"no-[0-9]+-written\b.*")
"""What begins as such an id, and must then be one."""
REMEMBERED = 64
OPEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML takes for something else, or does not take, when they stand as they are."""


class Shelf(Protocol):
    """Where the texts of written rules lie: gives the text of an id, or None."""

    def __call__(self, name: str, /) -> str | None: ...  # noqa: D102  - as the class says


class NotOnShelf(NoCriteria):
    """A written rule is asked for by its id, and its text is not here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            f"The criteria {name} are written in a workspace, and are not here. "
            "Get their file where the criteria are shown, and name the file.",
        )


class NotAsNamed(BadRuleFile):
    """The id of a file says that it is a written rule, and the content is that of another."""

    def __init__(self, file: str, line: int | None, name: str) -> None:
        super().__init__(
            file,
            line,
            f"id is {name!r}, and the content is not that of this id. Get the file again where it was written, or give "
            "it an id of your own.",
        )
        self.name = name


def load(path: Path) -> CriteriaFile:
    """Load and check a criteria file; one that says that it is a written rule has the content of its id.

    Raises:
        BadRuleFile: With file, line and what to do.
        NotAsNamed: The content is not that of the id.
    """
    return _as_named(read(path))


def load_text(text: str, name: str) -> CriteriaFile:
    """Return the criteria of a text, checked as a file is; `name` is what refusals call it.

    Raises:
        BadRuleFile: With file, line and what to do.
        NotAsNamed: The content is not that of the id.
    """
    return _as_named(read_text(text, name))


def written_text(file: CriteriaFile) -> str:
    """Return criteria in the one form that they are written in; read again they are the same.

    Args:
        file: The criteria; its texts are as the reader gives them, without blanks around.
    """
    return "".join(f"{line}\n" for line in _lines(file))


def file_text(file: CriteriaFile) -> str:
    """Return the text of criteria as a file that whoever gets it can read; empty when there can be none.

    There is none of a choice with a weight of 0: the strict reader refuses such a weight. Its id says all of it.
    """
    return "" if any(each.weight == 0 for each in file.criteria) else written_text(file)


def written(file: CriteriaFile, name: str) -> CriteriaFile:
    """Return criteria as a written rule: with what it is called, whose it is, and the id of its content.

    Args:
        file: The criteria. Neither the words of a ministry nor those of a model are claimed for them: each criterion
            is in the writer's own words.
        name: What whoever writes it calls it.

    Raises:
        BadRuleFile: The strict reader refuses them.
    """
    with as_file(files("bosett") / "data" / "reference" / "written.yaml") as path:
        words = read(path).fields(("title", "source"))
    source, called = words["source"].text(), " ".join(name.split())
    titles = in_languages(words["title"])
    own = replace(
        file,
        official=False,
        title={language: text.format(year=file.year, name=called) for language, text in titles.items()},
        source=source,
        criteria=tuple(replace(each, wording_status="own", source=source) for each in file.criteria),
    )
    named = replace(own, id=written_id(own))
    text = written_text(named)
    if len(text.encode()) > LARGEST_FILE:
        raise BadRuleFile(f"{named.id}.yaml", None, f"is larger than {LARGEST_FILE} bytes. Write it shorter.")
    return load_text(text, f"{named.id}.yaml")


def written_id(file: CriteriaFile) -> str:
    """Return the id of criteria as a written rule: the SHA-256 of all that they say."""
    name = f"no-{file.year}-written"
    return f"{name}-{sha256(written_text(replace(file, id=name)).encode()).hexdigest()}"


def whose(name: str, *, official: bool) -> str:
    """Return whose criteria are, as a code of words: `official`, `written` by the committee, or our own `reference`.

    Args:
        name: Their id.
        official: Whether they are in the ministry's own words.
    """
    return "official" if official else "written" if WRITTEN.fullmatch(name) else "reference"


def put_up(shelf: Shelf) -> Shelf:
    """Give the program the shelf on which texts of written rules lie; what it gives is held to the id.

    Returns:
        The shelf that was there before.
    """
    before, _SHELVES[:] = _SHELVES[0], [shelf]
    load_from_shelf.cache_clear()
    return before


@lru_cache(REMEMBERED)
def load_from_shelf(name: str) -> CriteriaFile:
    """Return the written rule of an id.

    An id is its content, so what has been read once can be remembered.

    Raises:
        NotOnShelf: It is not here.
        NotAsNamed: What lies there is the content of another.
        BadRuleFile: What lies there cannot be read.
    """
    text = _SHELVES[0](name)
    if text is None:
        raise NotOnShelf(name)
    file = load_text(text, f"{name}.yaml")
    if file.id != name:
        raise NotAsNamed(f"{name}.yaml", None, name)
    return file


def _empty(_name: str, /) -> str | None:
    return None


_SHELVES: list[Shelf] = [_empty]
"""The one shelf that there is; a name alone tells nobody where its text lies."""


def _as_named(root: Value) -> CriteriaFile:
    file = criteria_file(root)
    if SAYS_WRITTEN.fullmatch(file.id) and (file.official or file.id != written_id(file)):
        raise NotAsNamed(root.file, root.line, file.id)
    return file


# Writing


def _lines(file: CriteriaFile) -> Iterator[str]:
    yield f"id: {_text(file.id)}"
    yield f"year: {file.year}"
    yield f"sort: {'official' if file.official else 'reference'}"
    yield from _worded("title", file.title)
    yield f"day: {file.day.isoformat()}"
    yield f"source: {_text(file.source)}"
    yield f"source_date: {_text(file.source_date)}"
    if file.tie_rule is not None:
        yield f"tie_rule: {file.tie_rule}"
    if file.split is not None:
        yield f"split: {file.split}"
    yield "criteria:"
    for each in file.criteria:
        first, *rest = _criterion(each)
        yield f"  - {first}"
        yield from (f"    {line}" for line in rest)


def _criterion(each: Criterion) -> Iterator[str]:
    yield f"code: {_text(each.code)}"
    yield f"kind: {each.kind}"
    if each.kind == "weight":
        yield f"weight: {UNKNOWN if each.weight is None else each.weight}"
    yield from _worded("wording", each.wording)
    yield f"wording_status: {each.wording_status}"
    yield f"source: {_text(each.source)}"
    if each.why_not:
        yield f"not_computable: {_text(each.why_not)}"
    if each.measure:
        yield "measure:"
        yield from (f"  - {_factor(factor)}" for factor in each.measure)
    if each.eligible is not None:
        yield f"reading: {_mapping(_reading(each.eligible.reading))}"
        yield f"at_least: {each.eligible.at_least}"
    if each.bound is not None:
        yield from _bound(each.bound)


def _bound(bound: Bound) -> Iterator[str]:
    if bound.least is not None:
        yield f"least: {bound.least}"
    if bound.most is not None:
        yield f"most: {bound.most}"
    if bound.corridor is not None:
        reading, low, high = bound.corridor
        yield f"corridor: {_mapping([*_reading(reading), ('from', str(low)), ('to', str(high))])}"
    if bound.ceiling is not None:
        yield f"ceiling: {_mapping(_reading(bound.ceiling))}"


def _factor(factor: Factor) -> str:
    parts = _reading(factor.reading)
    if factor.per is not None:
        parts.append(("per", _mapping(_reading(factor.per))))
    if factor.complement_of is not None:
        parts.append(("complement_of", str(factor.complement_of)))
    if factor.power != 1:
        parts.append(("power", str(factor.power)))
    if factor.digits is not None:
        parts.append(("digits", str(factor.digits)))
    return _mapping(parts)


def _reading(reading: Reading) -> list[tuple[str, str]]:
    parts = [("indicator", _text(reading.indicator)), ("year", str(reading.year))]
    return parts if reading.month is None else [*parts, ("month", str(reading.month))]


def _mapping(parts: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts) + "}"


def _worded(key: str, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"{key}:"
    yield from (f"  {language}: {_text(texts[language])}" for language in LANGUAGES)


def _text(text: str) -> str:
    """Return a text within quotes, as JSON and YAML read it alike."""
    return OPEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
