"""Conditions files: what a municipality's decision may not make a condition of, and the words that tell it.

Files lie in `data/conditions`. A pattern is read to a tuple of steps, each the set of words that may stand there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from bosett.basis.languages import LANGUAGES
from bosett.parameters.nodes import Value, read

GAP = ".."
"""Stands between two words of a pattern that need not be neighbours."""

Step = tuple[str, ...]
"""Words of which one must stand here; `stem*` is any word that begins so, `#` any number."""
Pattern = tuple[Step, ...]
"""Steps in order; the step `("..",)` lets other words stand between."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that a decision may not carry.

    Attributes:
        code: Short code.
        title: What it is, by language.
        letter: What the request letter says of it, by language.
        patterns: Words that tell it.
        unless: Words beside which it is none.
    """

    code: str
    title: Mapping[str, str]
    letter: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class ConditionsFile:
    """The conditions of a time.

    Attributes:
        id: For example `no-2021`.
        source: Where it is told what a decision may not carry.
        frees: Words that say that no condition is set.
        breaks: Words (a comma may stand before them) that begin a new part of a sentence.
        conditions: In the order of the file.
    """

    id: str
    source: str
    frees: tuple[Pattern, ...]
    breaks: tuple[tuple[str, ...], ...]
    conditions: tuple[Condition, ...]


@cache
def load_conditions(name: str = "no-2021") -> ConditionsFile:
    """Read a shipped conditions file.

    Raises:
        BadRuleFile: It is missing, or says something that it may not.
    """
    with as_file(files("bosett") / "data" / "conditions" / f"{name}.yaml") as path:
        return parsed(read(path))


def parsed(value: Value) -> ConditionsFile:
    """Return a conditions file from what was read.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    fields = value.fields(("id", "source", "groups", "frees", "breaks", "conditions"))
    groups = _groups(fields["groups"])
    conditions = tuple(_condition(each, groups) for each in fields["conditions"].items())
    codes = [each.code for each in conditions]
    if len(set(codes)) < len(codes):
        raise fields["conditions"].refuse("has a code twice")
    return ConditionsFile(
        id=fields["id"].text(),
        source=fields["source"].text(),
        frees=_patterns(fields["frees"], groups),
        breaks=tuple(tuple(each.text().casefold().split()) for each in fields["breaks"].items()),
        conditions=conditions,
    )


def _groups(value: Value) -> dict[str, Step]:
    """Return the named groups of words; their names are the file's own."""
    pairs = getattr(value.node, "value", ())
    names = tuple(str(key.value) for key, _ in pairs) if isinstance(pairs, list) else ()
    return {name: _words(each.text()) for name, each in value.fields(names).items()}


def _condition(value: Value, groups: Mapping[str, Step]) -> Condition:
    fields = value.fields(("code", "title", "letter", "patterns"), ("unless",))
    return Condition(
        code=fields["code"].text(),
        title=_languages(fields["title"]),
        letter=_languages(fields["letter"]),
        patterns=_patterns(fields["patterns"], groups),
        unless=_patterns(fields["unless"], groups) if "unless" in fields else (),
    )


def _languages(value: Value) -> dict[str, str]:
    return {language: each.text() for language, each in value.fields(LANGUAGES).items()}


def _patterns(value: Value, groups: Mapping[str, Step]) -> tuple[Pattern, ...]:
    return tuple(_pattern(each, groups) for each in value.items())


def _pattern(value: Value, groups: Mapping[str, Step]) -> Pattern:
    steps: list[Step] = []
    for word in value.text().split():
        if word.startswith("<"):
            name = word.strip("<>")
            if name not in groups:
                raise value.refuse(f"names the group {name!r}; known here are {', '.join(groups)}")
            steps.append(groups[name])
        else:
            steps.append(_words(word))
    if (GAP,) in (steps[0], steps[-1]):
        raise value.refuse(f"begins or ends with {GAP!r}; words must stand on both sides")
    return tuple(steps)


def _words(text: str) -> Step:
    return (GAP,) if text == GAP else tuple(text.casefold().split("/"))
