"""Check a plan by its prices, by code of its own: nothing here is shared with what found the plan.

A price is a number for each level, and is compared as a tuple is. If every opening's price is nothing or more, and more
than nothing only where no place is free, and if each unit stands where its cost and the price of the place together are
as low as they are anywhere for its group, then no plan is better: moving units about can only add to the sum of what
lies between. Locks are taken off first, as they are not for the plan to choose.

Source: complementary slackness of the transportation problem; it holds for tuples as for numbers, because tuples too
can be added and compared.
"""

from collections import Counter
from itertools import chain

import numpy as np
import numpy.typing as npt

from bosett.basis.refusals import Exit, Refusal
from bosett.matching.outcome import Matched
from bosett.matching.problem import Group, Keep, Matching, Placement, Where, in_words

Numbers = npt.NDArray[np.int64]


class Uncertified(Refusal):
    """A plan does not hold against its own prices, or against the matching that it is for."""

    exit_code = Exit.UNPROVEN

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"The plan is not proven and must not be used. {where}: {what}")
        self.where = where


def check(matching: Matching, matched: Matched) -> None:
    """Raise unless a plan keeps every bound and no plan is better.

    Raises:
        Uncertified: It names the first place where the plan does not hold.
    """
    counts = _kept_bounds(matching, matched)
    standing = _Standing(matching, matched, counts)
    standing.check_openings()
    levels = np.zeros(_LEVELS, dtype=np.int64)
    for group in matching.groups:
        levels += standing.checked(group)
    if tuple(levels.tolist()) != tuple(matched.levels):
        raise Uncertified("levels", f"they are {tuple(levels.tolist())}, and {tuple(matched.levels)} is said")


_LEVELS = 7


def _kept_bounds(matching: Matching, matched: Matched) -> Counter[tuple[str, Where]]:
    """Return the units by group and opening, having held them against groups, openings and locks."""
    groups = {group.code: group for group in matching.groups}
    places = {opening.where: opening.count for opening in matching.openings}
    counts: Counter[tuple[str, Where]] = Counter()
    by_group: Counter[str] = Counter()
    by_where: Counter[Where] = Counter()
    for each in matched.placements:
        if each.group not in groups or each.where not in places or each.count < 1:
            raise Uncertified(_named(each), "there is no such group or opening, or nobody is placed")
        group = groups[each.group]
        if each.kind not in group.kinds or each.week < group.first:
            raise Uncertified(_named(each), "the group may not use the place")
        counts[each.group, each.where] += each.count
        by_group[each.group] += each.count
        by_where[each.where] += each.count
    for code, group in groups.items():
        if by_group[code] + matched.unplaced[code] != group.count or matched.unplaced[code] < 0:
            raise Uncertified(f"group {code}", f"{by_group[code]} and {matched.unplaced[code]} are not {group.count}")
    for where, count in by_where.items():
        if count > places[where]:
            raise Uncertified(in_words(where), f"{count} are placed where there are {places[where]} places")
    asked = Counter((lock.group, lock.where, lock.reason, lock.count) for lock in matching.locks)
    kept = Counter((p.group, p.where, p.reason, p.count) for p in matched.placements if p.reason is not None)
    if asked != kept:
        raise Uncertified("locks", f"{sum((asked - kept).values())} are not kept as they were asked for")
    return counts


class _Standing:
    """The openings as columns of numbers, with their prices and what no lock holds."""

    def __init__(self, matching: Matching, matched: Matched, counts: Counter[tuple[str, Where]]) -> None:
        self.matching, self.matched, self.counts = matching, matched, counts
        self.wheres = [opening.where for opening in matching.openings]
        self.at = {where: place for place, where in enumerate(self.wheres)}
        self.weeks = np.array([week for _, week, _ in self.wheres], dtype=np.int64)
        prices = chain.from_iterable(matched.opening_prices[where] for where in self.wheres)
        self.prices = np.fromiter(prices, dtype=np.int64).reshape(len(self.wheres), _LEVELS).T
        sites: dict[str, list[int]] = {}
        for place, (site, _, _) in enumerate(self.wheres):
            sites.setdefault(site, []).append(place)
        self.sites = {site: np.array(places, dtype=np.int64) for site, places in sites.items()}
        of_kind: dict[str, list[int]] = {}
        for place, (_, _, kind) in enumerate(self.wheres):
            of_kind.setdefault(kind, []).append(place)
        self.of_kind = {kind: np.array(places, dtype=np.int64) for kind, places in of_kind.items()}
        self.locked: Counter[tuple[str, Where]] = Counter()
        for lock in matching.locks:
            self.locked[lock.group, lock.where] += lock.count
        self.former = _former(matching)
        self.pairs: dict[str, list[Where]] = {}
        for code, where in sorted({*counts, *self.former}):
            self.pairs.setdefault(code, []).append(where)
        self.end = 1 + max([*self.weeks.tolist(), *(group.first for group in matching.groups)], default=-1)
        if matching.until is not None and matching.until > self.end:
            self.end = matching.until
        # Where the level of what is changed stands: before all others, after them, or nowhere.
        self.moved = np.zeros(_LEVELS, dtype=np.int64)
        if matching.former:
            self.moved[0 if matching.keep is Keep.FIRST else -1] = 1

    def check_openings(self) -> None:
        """Hold each opening's price against its free places."""
        free = np.array([opening.count for opening in self.matching.openings], dtype=np.int64)
        for (_, where), count in self.counts.items():
            free[self.at[where]] -= count
        signs = _signs(self.prices)
        for place in np.flatnonzero((signs < 0) | ((signs > 0) & (free > 0)))[:1].tolist():
            what = "a place is free there and has a price" if signs[place] > 0 else "its price is below nothing"
            raise Uncertified(in_words(self.wheres[place]), what)

    def checked(self, group: Group) -> Numbers:
        """Return what a group costs, by level, having held every place that it may use against its price."""
        price = np.array(self.matched.group_prices[group.code], dtype=np.int64)
        places, costs = self._usable(group)
        number_of = np.full(len(self.wheres), -1, dtype=np.int64)
        number_of[places] = np.arange(len(places))
        gaps = _signs(costs + self.moved[:, None] + self.prices[:, places] - price[:, None])
        kept_gaps = _signs(costs + self.prices[:, places] - price[:, None])
        unplaced, levels = self.matched.unplaced[group.code], np.zeros(_LEVELS, dtype=np.int64)
        placed = 0
        for where, count, former, locked in self._own(group):
            number = int(number_of[self.at[where]])
            kept = min(count - locked, former)
            moved = count - locked - kept
            placed += count - locked
            levels += costs[:, number] * count + self.moved * moved
            wrong = (moved and gaps[number]) or (kept and kept_gaps[number] > 0)
            if wrong or (kept < former and kept_gaps[number] < 0):
                raise Uncertified(f"{group.code} at {in_words(where)}", "its cost and its prices do not agree")
        without = np.array([0, group.size, 0, 0, 0, 0, 0], dtype=np.int64) + self.moved
        without[2] = group.size * (self.end - group.first)
        without[3] = without[2] * group.waited
        levels += without * unplaced
        if not placed and not unplaced:
            return levels  # Locks hold all of it: nothing was chosen.
        gap = int(_signs((without - price)[:, None])[0])
        if gap < 0 or (unplaced and gap):
            raise Uncertified(f"group {group.code}", "to stand without a place and its price do not agree")
        for number in np.flatnonzero(gaps < 0)[:1].tolist():
            where = self.wheres[int(places[number])]
            raise Uncertified(f"{group.code} at {in_words(where)}", "a unit would do better there")
        return levels

    def _usable(self, group: Group) -> tuple[Numbers, Numbers]:
        """Return the openings that a group may use, and what a unit costs there, by level, when it had stood there."""
        there = [kind for kind in group.kinds if kind in self.of_kind]
        places = np.concatenate([self.of_kind[kind] for kind in there] or [_NONE])
        large = np.concatenate([np.full(len(self.of_kind[kind]), group.kinds[kind]) for kind in there] or [_NONE])
        in_time = self.weeks[places] >= group.first
        places = places[in_time]
        misfit = np.zeros(len(self.wheres), dtype=np.int64)
        for site, number in group.misfit.items():
            if site in self.sites:
                misfit[self.sites[site]] = number
        costs = np.zeros((_LEVELS, len(places)), dtype=np.int64)
        costs[2] = group.size * (self.weeks[places] - group.first)
        costs[3] = costs[2] * group.waited
        costs[4] = large[in_time]
        costs[5] = misfit[places]
        return places, costs

    def _own(self, group: Group) -> list[tuple[Where, int, int, int]]:
        """Return, for each opening that has or had some of a group: units now, units before, units locked."""
        return [
            (where, self.counts[group.code, where], self.former[group.code, where], self.locked[group.code, where])
            for where in self.pairs.get(group.code, ())
        ]


_NONE = np.zeros(0, dtype=np.int64)


def _former(matching: Matching) -> Counter[tuple[str, Where]]:
    """Return what a former plan had, of what may still be so, less what is locked there."""
    groups = {group.code: group for group in matching.groups}
    wheres = {opening.where for opening in matching.openings} if matching.former else set()
    former: Counter[tuple[str, Where]] = Counter()
    for each in matching.former:
        group = groups.get(each.group)
        if group is not None and each.where in wheres and each.kind in group.kinds and each.week >= group.first:
            former[each.group, each.where] += each.count
    for lock in matching.locks:
        former[lock.group, lock.where] -= lock.count
    return +former


def _signs(gaps: Numbers) -> Numbers:
    """Return -1, 0 or 1 for each column of levels: the sign of the first that is not 0."""
    signs = np.zeros(gaps.shape[1], dtype=np.int64)
    for level in gaps:
        open_yet = signs == 0
        signs[open_yet] = np.sign(level[open_yet])
    return signs


def _named(each: Placement) -> str:
    return f"{each.count} of {each.group} at {in_words(each.where)}"
