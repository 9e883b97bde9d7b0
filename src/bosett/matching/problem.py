"""Who waits, what is open, and what is agreed already: the input of matching.

Weeks are whole numbers that follow each other; what they are called is the caller's. Groups are counts: nobody in them
can be told from another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from bosett.basis.refusals import Exit, Refusal

Where = tuple[str, int, str]
"""Site, week and kind of an opening."""


class BadMatching(Refusal):
    """A group or an opening makes no sense."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Group:
    """Units that wait and are alike; each takes one place.

    Attributes:
        code: Unique among the groups.
        count: Units that wait.
        size: Persons in each.
        kinds: The kinds of place that they may use, each with the steps by which it is too large for them.
        waited: Weeks that they have waited when the first week comes.
        first: The first week in which they can come.
        misfit: By site how ill it suits them; 0 where none is named.
    """

    code: str
    count: int
    size: int
    kinds: Mapping[str, int]
    waited: int
    first: int
    misfit: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise BadMatching(f"group {self.code}", f"the size is {self.size}; a unit is 1 person or more")
        numbers = (self.count, self.waited, *self.kinds.values(), *self.misfit.values())
        if any(number < 0 for number in numbers):
            what = "count, weeks waited, steps too large and misfit cannot be below 0"
            raise BadMatching(f"group {self.code}", what)

    def may_use(self, week: int, kind: str) -> bool:
        """Tell whether a place of a kind in a week can be theirs."""
        return kind in self.kinds and week >= self.first


@dataclass(frozen=True, slots=True)
class Opening:
    """Places of one kind that are there for whoever comes to a site in one week; unused they are gone.

    Attributes:
        site: Code of the site.
        week: The week.
        kind: What the places are for.
        count: How many.
    """

    site: str
    week: int
    kind: str
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise BadMatching(f"opening {in_words(self.where)}", f"{self.count} places; there cannot be fewer than 0")

    @property
    def where(self) -> Where:
        """Return site, week and kind."""
        return (self.site, self.week, self.kind)


@dataclass(frozen=True, slots=True)
class Placement:
    """So many units of a group at one opening; `reason` is that of the lock which put them there, else None."""

    group: str
    site: str
    week: int
    kind: str
    count: int
    reason: str | None = None

    @property
    def where(self) -> Where:
        """Return site, week and kind."""
        return (self.site, self.week, self.kind)


@dataclass(frozen=True, slots=True)
class Lock:
    """So many units of a group stay at one opening, whatever else changes, for a reason that a person gave."""

    group: str
    site: str
    week: int
    kind: str
    count: int
    reason: str

    @property
    def where(self) -> Where:
        """Return site, week and kind."""
        return (self.site, self.week, self.kind)


class Keep(StrEnum):
    """What a former plan is worth: it decides among plans that are equally good, or before all else."""

    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class LockClash:
    """Why locks cannot all be kept.

    Attributes:
        rule: `group`, `opening`, `kind`, `week`, `count` or `reason` of the lock itself; `units` when a group is locked
            for more than it has, `places` when an opening is.
        locks: Those that clash.
        text: The same as one English sentence.
    """

    rule: str
    locks: tuple[Lock, ...]
    text: str


class LocksClash(Refusal):
    """Locks that cannot be kept; each is named with what it clashes with."""

    exit_code = Exit.IMPOSSIBLE

    def __init__(self, clashes: tuple[LockClash, ...]) -> None:
        super().__init__("\n".join(clash.text for clash in clashes))
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Matching:
    """Groups and openings to match.

    Attributes:
        groups: In any order; the order never changes the answer.
        openings: In any order.
        locks: What stays as it is.
        former: An earlier plan, for least change; what of it is not there any more is left aside.
        keep: What the former plan is worth.
        until: The week until which a unit without a place is counted as waiting; None is that after the last opening.

    Raises:
        BadMatching: A group or an opening stands more than once.
        LocksClash: Locks cannot be kept.
    """

    groups: tuple[Group, ...]
    openings: tuple[Opening, ...]
    locks: tuple[Lock, ...] = ()
    former: tuple[Placement, ...] = ()
    keep: Keep = Keep.LAST
    until: int | None = None

    def __post_init__(self) -> None:
        for code, times in Counter(group.code for group in self.groups).items():
            if times > 1:
                raise BadMatching(f"group {code}", "stands more than once; each group stands once")
        if len({opening.where for opening in self.openings}) < len(self.openings):
            twice = Counter(opening.where for opening in self.openings).most_common(1)[0][0]
            raise BadMatching(f"opening {in_words(twice)}", "stands more than once; add its places up")
        clashes = tuple(_clashes(self)) if self.locks else ()
        if clashes:
            raise LocksClash(clashes)

    @classmethod
    def of(
        cls,
        groups: Iterable[Group],
        openings: Iterable[Opening],
        *,
        locks: Iterable[Lock] = (),
        former: Iterable[Placement] = (),
        keep: Keep = Keep.LAST,
        until: int | None = None,
    ) -> Self:
        """Build a matching from any iterables."""
        return cls(tuple(groups), tuple(openings), tuple(locks), tuple(former), keep, until)

    @property
    def end(self) -> int:
        """Return the week until which a unit without a place is counted as waiting: never before the last is over."""
        weeks = [opening.week for opening in self.openings] + [group.first for group in self.groups]
        last = max(weeks, default=-1) + 1
        return last if self.until is None else max(self.until, last)

    def locked(self) -> Counter[tuple[str, Where]]:
        """Return how many units of each group are locked at each opening."""
        counts: Counter[tuple[str, Where]] = Counter()
        for lock in self.locks:
            counts[lock.group, lock.where] += lock.count
        return counts

    def former_left(self) -> Counter[tuple[str, Where]]:
        """Return how many units of each group a former plan has at each opening, less those that are locked there.

        What the group may not use, and openings that are not there any more, are left out.
        """
        groups = {group.code: group for group in self.groups}
        wheres = {opening.where for opening in self.openings} if self.former else set()
        counts: Counter[tuple[str, Where]] = Counter()
        for each in self.former:
            known = each.group in groups and each.where in wheres
            if known and groups[each.group].may_use(each.week, each.kind):
                counts[each.group, each.where] += each.count
        return +(counts - self.locked())


def in_words(where: Where) -> str:
    """Return an opening in words."""
    site, week, kind = where
    return f"{site}, week {week}, {kind}"


def _clashes(matching: Matching) -> Iterable[LockClash]:
    groups = {group.code: group for group in matching.groups}
    places = {opening.where: opening.count for opening in matching.openings}
    by_group: dict[str, list[Lock]] = {}
    by_where: dict[Where, list[Lock]] = {}
    for lock in matching.locks:
        clash = _own_clash(lock, groups, places)
        if clash is not None:
            yield LockClash(clash[0], (lock,), f"{_named(lock)}: {clash[1]}")
        else:
            by_group.setdefault(lock.group, []).append(lock)
            by_where.setdefault(lock.where, []).append(lock)
    for code, locks in by_group.items():
        count, there = sum(lock.count for lock in locks), groups[code].count
        if count > there:
            what = f"they hold {count} of {code}, which has {there}"
            yield LockClash("units", tuple(locks), f"{'; '.join(map(_named, locks))}: {what}")
    for where, locks in by_where.items():
        count, there = sum(lock.count for lock in locks), places[where]
        if count > there:
            what = f"they hold {count} of the places at {in_words(where)}, which has {there}"
            yield LockClash("places", tuple(locks), f"{'; '.join(map(_named, locks))}: {what}")


def _own_clash(lock: Lock, groups: Mapping[str, Group], places: Mapping[Where, int]) -> tuple[str, str] | None:
    if lock.group not in groups:
        return "group", "no such group waits"
    if lock.where not in places:
        return "opening", "no place is open there"
    group = groups[lock.group]
    if lock.kind not in group.kinds:
        return "kind", f"the group may use {', '.join(sorted(group.kinds)) or 'no kind'}"
    if lock.week < group.first:
        return "week", f"the group cannot come before week {group.first}"
    if lock.count < 1:
        return "count", "a lock holds 1 or more"
    if not lock.reason.strip():
        return "reason", "a lock says why"
    return None


def _named(lock: Lock) -> str:
    return f"the lock of {lock.count} of {lock.group} at {in_words(lock.where)}"
