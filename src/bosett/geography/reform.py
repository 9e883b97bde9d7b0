"""A reform as one proposal: from the codes of two days and the changes between, what merges, splits and is renumbered.

A reform is a value and need not be shipped: one that is decided for a later year can be looked at, and every series
carried over it, before anything of it is in force. What nobody has decided is asked of a person: a municipality that is
split without official weights, for each series that has a figure for it. Source of codes and changes: SSB, Klass 131.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.geography.carrying import Value, Weights, carry_step
from bosett.geography.links import ChangeKind, LinkEnd, Links, backward, forward

Change = tuple[str, str]
"""An old code and a new one that part of it, or all of it, went to."""


class BadReform(Refusal):
    """Codes, changes and weights do not belong together."""

    def __init__(self, day: date, what: str) -> None:
        super().__init__(f"The reform of {day} is not whole: {what}.")
        self.day = day


@dataclass(frozen=True, slots=True)
class SplitMunicipality:
    """A municipality that is split: its receivers and, where they are official, the part of its people each gets."""

    code: str
    receivers: tuple[str, ...]
    weights: Mapping[str, Fraction] | None


@dataclass(frozen=True, slots=True)
class MergedMunicipality:
    """A new municipality that more than one goes into, in whole or in part."""

    code: str
    parts: tuple[str, ...]


class WordNeeded(Refusal):
    """A figure cannot be carried over a reform before a person has said how it is shared."""

    def __init__(self, split: SplitMunicipality, day: date) -> None:
        super().__init__(
            f"{split.code} is split on {day} into {' and '.join(split.receivers)} without official weights, so its "
            "figure is not shared by guess. Give each receiver its part, or say that they are missing."
        )
        self.split = split


class BadWord(Refusal):
    """The parts that a person gives do not share a split."""

    def __init__(self, split: SplitMunicipality, why: str) -> None:
        super().__init__(
            f"The parts given for {split.code} {why}. Give {', '.join(split.receivers)} parts that add to 1."
        )
        self.split = split


@dataclass(frozen=True, slots=True)
class Reform:
    """A change of the list of municipalities on one day.

    Attributes:
        day: The first day of the new list.
        forward: What each old code becomes, by code; its parts by code.
        backward: What each new code was.
    """

    day: date
    forward: Links
    backward: Links

    @property
    def renumbered(self) -> tuple[Change, ...]:
        """Return old and new code of those that only get another number."""
        return tuple(
            (code, parts[0].code) for code, parts in self.forward.items() if parts[0].kind is ChangeKind.RENUMBERED
        )

    @property
    def merged(self) -> tuple[MergedMunicipality, ...]:
        """Return the new municipalities with several parts, each with its parts."""
        return tuple(
            MergedMunicipality(code, tuple(part.code for part in parts))
            for code, parts in self.backward.items()
            if len(parts) > 1
        )

    @property
    def split(self) -> tuple[SplitMunicipality, ...]:
        """Return the municipalities that are split, with official weights where there are."""
        splits = []
        for code, parts in self.forward.items():
            if len(parts) > 1:
                weights = {part.code: part.weight for part in parts if part.weight is not None}
                official = MappingProxyType(weights) if len(weights) == len(parts) else None
                splits.append(SplitMunicipality(code, tuple(part.code for part in parts), official))
        return tuple(splits)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Return the codes of those that stay as they are."""
        return tuple(code for code, parts in self.forward.items() if parts[0].kind is ChangeKind.UNCHANGED)

    @property
    def split_counties(self) -> Mapping[str, tuple[str, ...]]:
        """Return the counties whose municipalities come to lie in several, with those: figures by county need a source.

        A county is the first two digits of its municipalities' codes.
        """
        went: dict[str, set[str]] = {}
        for code, parts in self.forward.items():
            went.setdefault(code[:2], set()).update(part.code[:2] for part in parts)
        return {county: tuple(sorted(into)) for county, into in sorted(went.items()) if len(into) > 1}


@dataclass(frozen=True, slots=True)
class AskedOfPerson:
    """A figure of a series that a person must say how to share, or that cannot be carried at all.

    Attributes:
        series: Name of the series.
        code: The old code, or for a percentage the new one.
        value: The figure; None for a percentage of several parts.
        receivers: Who may get it, or for a percentage the parts that it was.
        adds_up: False for a percentage: no weights carry it, and its publisher must be asked.
    """

    series: str
    code: str
    value: Fraction | int | None
    receivers: tuple[str, ...]
    adds_up: bool


def reform_of(
    day: date,
    before: Iterable[str],
    after: Iterable[str],
    changes: Iterable[Change],
    weights: Mapping[Change, Fraction] | None = None,
) -> Reform:
    """Return a reform from two lists of codes and what is told of the changes between them.

    Args:
        day: The first day of the new list.
        before: Codes of the day before.
        after: Codes of the day.
        changes: Old and new code of every change. A code that stands in both lists and in no change stays as it is.
        weights: Official parts of the people of those that are split: of each all or none, above 0, together 1.

    Raises:
        BadReform: A code has no successor or no origin, a change names a code that is in neither list, or weights do
            not add up.
    """
    old, new, official = sorted(set(before)), sorted(set(after)), dict(weights or {})
    pairs = {(start, end) for start, end in changes}
    changed = {start for start, _ in pairs}
    pairs |= {(code, code) for code in old if code not in changed and code in new}
    _refuse_loose_ends(day, pairs, set(old), set(new))
    into = {code: sorted(end for start, end in pairs if start == code) for code in old}
    out_of = {code: sorted(start for start, end in pairs if end == code) for code in new}
    _refuse_bad_weights(day, into, official)
    links: dict[str, list[LinkEnd]] = {}
    back: dict[str, list[LinkEnd]] = {}
    for start, end in sorted(pairs):
        kind = _kind(start, end, into, out_of)
        weight = official.get((start, end)) if kind is ChangeKind.SPLIT else Fraction(1)
        links.setdefault(start, []).append(LinkEnd(end, weight, kind))
        back.setdefault(end, []).append(LinkEnd(start, weight, kind))
    return Reform(day, _frozen(links), _frozen(back))


def shipped_reform(structure: Structure) -> Reform:
    """Return the reform that a shipped structure began with."""
    return Reform(date(structure.value, 1, 1), forward(structure), backward(structure))


def change_rows(reform: Reform) -> tuple[Mapping[str, str], ...]:
    """Return the reform as rows of the shipped table `municipality_changes`: how it becomes part of what is shipped."""
    return tuple(
        {
            "old_code": code,
            "new_code": part.code,
            "valid_from": reform.day.isoformat(),
            "kind": part.kind.value,
            "weight": "" if part.weight is None else str(part.weight),
        }
        for code, parts in reform.forward.items()
        for part in parts
    )


def asked_of_person(
    reform: Reform, series: Mapping[str, Mapping[str, Value]], percent: frozenset[str] = frozenset()
) -> tuple[AskedOfPerson, ...]:
    """Return what a person must say before series can be carried over a reform.

    Args:
        reform: The reform.
        series: By name, figures by old code. A figure that is missing or 0 needs no word.
        percent: The names of those in percent: what is merged or split of them is carried by no weights.
    """
    questions = []
    for name, values in series.items():
        if name in percent:
            questions += [
                AskedOfPerson(name, code, None, tuple(part.code for part in parts), adds_up=False)
                for code, parts in reform.backward.items()
                if any(part.kind in {ChangeKind.MERGED, ChangeKind.SPLIT} for part in parts)
                and any(values.get(part.code) is not None for part in parts)
            ]
            continue
        questions += [
            AskedOfPerson(name, each.code, value, each.receivers, adds_up=True)
            for each in reform.split
            if each.weights is None and (value := values.get(each.code))
        ]
    return tuple(questions)


def carry_over(
    reform: Reform, values: Mapping[str, Value], words: Mapping[str, Mapping[str, Fraction] | None] | None = None
) -> dict[str, Value]:
    """Carry figures that add up (people, never percentages) over a reform.

    Args:
        reform: The reform.
        values: By old code: a number, or None for missing; a code that is left out counts as missing.
        words: What a person said of those split without official weights: by old code the part of each receiver, or
            None to make the receivers missing. Official weights are used whatever is said.

    Returns:
        By new code, in order. Where nothing is missing the sum is that of `values`.

    Raises:
        BadReform: A code is none of the old list.
        WordNeeded: A figure would have to be shared by guess.
        BadWord: The parts of a split do not add up to 1, or are not those of its receivers.
    """
    splits, given = {each.code: each for each in reform.split}, dict(words or {})
    if unknown := sorted(set(values) - set(reform.forward)):
        raise BadReform(reform.day, f"{', '.join(unknown[:5])} is no code of the list before it")
    for code, parts in given.items():
        if code in splits and parts is not None:
            _refuse_bad_word(splits[code], parts)

    def weights_of(code: str) -> Weights:
        if code not in given:
            raise WordNeeded(splits[code], reform.day)
        parts = given[code]
        return dict.fromkeys(splits[code].receivers) if parts is None else dict(parts)

    return dict(sorted(carry_step(values, reform.forward, reform.backward, weights_of).items()))


def _kind(start: str, end: str, into: Mapping[str, list[str]], out_of: Mapping[str, list[str]]) -> ChangeKind:
    if len(into[start]) > 1:
        return ChangeKind.SPLIT
    if len(out_of[end]) > 1:
        return ChangeKind.MERGED
    return ChangeKind.UNCHANGED if start == end else ChangeKind.RENUMBERED


def _frozen(links: Mapping[str, list[LinkEnd]]) -> Links:
    return MappingProxyType(
        {code: tuple(sorted(parts, key=lambda part: part.code)) for code, parts in sorted(links.items())}
    )


def _refuse_loose_ends(day: date, pairs: set[Change], old: set[str], new: set[str]) -> None:
    faults = [
        f"{start} is told to become {end}, and is not in the list before it"
        for start, end in sorted(pairs)
        if start not in old
    ]
    faults += [
        f"{start} is told to become {end}, which is not in the new list"
        for start, end in sorted(pairs)
        if end not in new
    ]
    faults += [
        f"{code} is gone, and nothing tells what it became" for code in sorted(old - {start for start, _ in pairs})
    ]
    faults += [f"{code} is new, and nothing tells what it was" for code in sorted(new - {end for _, end in pairs})]
    if faults:
        more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
        raise BadReform(day, "; ".join(faults[:3]) + more)


def _refuse_bad_weights(day: date, into: Mapping[str, list[str]], weights: Mapping[Change, Fraction]) -> None:
    for start, end in sorted(weights):
        if end not in into.get(start, ()):
            raise BadReform(day, f"a weight is given for {start} to {end}, which is no change")
    for code in sorted({start for start, _ in weights}):
        given = [weights.get((code, end)) for end in into[code]]
        if None in given or not all(each is not None and each > 0 for each in given) or sum(given) != 1:  # type: ignore[arg-type]  # none is None here
            listed = ", ".join("none" if each is None else str(each) for each in given)
            raise BadReform(
                day, f"the weights of {code} are {listed}; each receiver has one above 0, and they add up to 1"
            )


def _refuse_bad_word(split: SplitMunicipality, parts: Mapping[str, Fraction]) -> None:
    if set(parts) != set(split.receivers):
        raise BadWord(split, f"are of {', '.join(sorted(parts)) or 'nobody'}")
    if sum(parts.values()) != 1 or min(parts.values()) < 0:
        raise BadWord(split, f"are {', '.join(str(each) for each in parts.values())}")
