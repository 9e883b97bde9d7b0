"""Matchings drawn small enough to try every plan, and the plain way to the best of them."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import strategies as st

from bosett.matching import Group, Keep, Levels, Lock, Matching, Opening, Placement, Where

Plan = tuple[tuple[int, ...], ...]
"""By group the units at each opening; what is left stands without a place."""

KINDS = ("large", "small")


@st.composite
def matchings(draw: st.DrawFn, *, locks: bool = True, filled: bool = False) -> Matching:
    """Draw a matching of a few groups and openings, with a former plan, locks or neither.

    When it is to be `filled`, somebody waits and may use a place that is open.
    """
    least = 1 if filled else 0
    groups = [
        Group(
            code=f"g{place}",
            count=draw(st.integers(least, 3)),
            size=draw(st.integers(1, 3)),
            kinds=draw(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 2), min_size=2 * least, max_size=2)),
            waited=draw(st.integers(0, 3)),
            first=draw(st.integers(0, 1 - least)),
            misfit=draw(st.dictionaries(st.sampled_from(("x", "y")), st.integers(0, 2), max_size=2)),
        )
        for place in range(draw(st.integers(least, 3)))
    ]
    wheres = draw(
        st.lists(
            st.tuples(st.sampled_from(("x", "y")), st.integers(0, 2), st.sampled_from(KINDS)),
            min_size=least,
            max_size=4,
            unique=True,
        )
    )
    openings = [Opening(*where, draw(st.integers(least, 3))) for where in wheres]
    usable = [(g, o) for g in groups for o in openings if g.may_use(o.week, o.kind)]
    former, agreed = [], []
    has_former, has_lock = draw(st.booleans()), draw(st.booleans())
    if usable and has_former:
        pairs = draw(st.lists(st.sampled_from(usable), max_size=3))
        former = [Placement(g.code, *o.where, draw(st.integers(1, 3))) for g, o in pairs]
    if locks and usable and has_lock:
        group, opening = draw(st.sampled_from(usable))
        count = min(group.count, opening.count)
        if count:
            agreed = [Lock(group.code, *opening.where, draw(st.integers(1, count)), "agreed")]
    return Matching.of(
        draw(st.permutations(groups)),
        draw(st.permutations(openings)),
        locks=agreed,
        former=former,
        keep=draw(st.sampled_from(Keep)),
        until=draw(st.one_of(st.none(), st.integers(0, 5))),
    )


def plans(groups: list[Group], openings: list[Opening], locked: Counter[tuple[str, Where]]) -> Iterator[Plan]:
    """Yield every plan that keeps the bounds and the locks."""

    def rows(group: Group, left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        def extend(done: tuple[int, ...], units: int) -> Iterator[tuple[int, ...]]:
            if len(done) == len(openings):
                yield done
                return
            opening = openings[len(done)]
            least = locked[group.code, opening.where]
            most = min(units, left[len(done)]) if group.may_use(opening.week, opening.kind) else 0
            for count in range(least, most + 1):
                yield from extend((*done, count), units - count)

        yield from extend((), group.count)

    def every(done: Plan, left: tuple[int, ...]) -> Iterator[Plan]:
        if len(done) == len(groups):
            yield done
            return
        for row in rows(groups[len(done)], left):
            yield from every((*done, row), tuple(a - b for a, b in zip(left, row, strict=True)))

    yield from every((), tuple(opening.count for opening in openings))


def priced(matching: Matching, groups: list[Group], openings: list[Opening], plan: Plan) -> Levels:
    """Return what a plan costs, straight from the words of the levels."""
    former: Counter[tuple[str, Where]] = Counter()
    for each in matching.former:
        former[each.group, each.where] += each.count
    locked = matching.locked()
    weeks = [*(opening.week for opening in openings), *(group.first for group in groups)]
    end = max(weeks, default=-1) + 1
    if matching.until is not None:
        end = max(end, matching.until)
    sums = dict.fromkeys(("unplaced", "waited", "turn", "too_large", "misfit", "moved"), 0)
    for group, row in zip(groups, plan, strict=True):
        for opening, count in zip(openings, row, strict=True):
            if not count:
                continue
            weeks_more = opening.week - group.first
            sums["waited"] += count * group.size * weeks_more
            sums["turn"] += count * group.size * weeks_more * group.waited
            sums["too_large"] += count * group.kinds[opening.kind]
            sums["misfit"] += count * group.misfit.get(opening.site, 0)
            key = (group.code, opening.where)
            sums["moved"] += count - min(count, max(former[key], locked[key]))
        left = group.count - sum(row)
        sums["unplaced"] += left * group.size
        sums["waited"] += left * group.size * (end - group.first)
        sums["turn"] += left * group.size * (end - group.first) * group.waited
        sums["moved"] += left
    moved = sums.pop("moved") if matching.former else sums.pop("moved") * 0
    broken, changed = (moved, 0) if matching.keep is Keep.FIRST else (0, moved)
    return Levels(broken=broken, changed=changed, **sums)


def all_plans(matching: Matching) -> Iterator[Plan]:
    """Yield every plan, by group in the order of codes and opening in that of week, kind and site."""
    groups = sorted(matching.groups, key=lambda group: group.code)
    openings = sorted(matching.openings, key=lambda opening: (opening.week, opening.kind, opening.site))
    return plans(groups, openings, matching.locked())


def tried(matching: Matching) -> tuple[Levels, list[Counter[tuple[str, Where]]]]:
    """Return what the best plans cost, and all of them, by trying everything."""
    groups = sorted(matching.groups, key=lambda group: group.code)
    openings = sorted(matching.openings, key=lambda opening: (opening.week, opening.kind, opening.site))
    best: tuple[Levels, list[Plan]] | None = None
    for plan in all_plans(matching):
        cost = priced(matching, groups, openings, plan)
        if best is None or cost < best[0]:
            best = cost, [plan]
        elif cost == best[0]:
            best[1].append(plan)
    assert best is not None
    return best[0], [counted(groups, openings, plan) for plan in best[1]]


def counted(groups: list[Group], openings: list[Opening], plan: Plan) -> Counter[tuple[str, Where]]:
    """Return a plan as units by group and opening."""
    return Counter(
        {
            (group.code, opening.where): count
            for group, row in zip(groups, plan, strict=True)
            for opening, count in zip(openings, row, strict=True)
            if count
        }
    )
