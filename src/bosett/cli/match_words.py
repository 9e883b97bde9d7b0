"""The reasons of `bosett match` in English sentences; the workspace has its own, in the reader's language."""

from collections.abc import Callable, Mapping

from bosett.basis.counting import Count
from bosett.basis.weeks import Week
from bosett.matching import Levels, Precedence, Unplaced, Why
from bosett.stages.placement import Instead, MoveExplained

Named = Callable[[str, Week], str]
"""From the code of a municipality, and a week, to its name."""

_WHY: Mapping[Why, str] = {
    Why.KEPT: "kept from the earlier plan",
    Why.EARLIEST: "the earliest that would do",
    Why.EARLIER_TAKEN: "earlier ones are taken",
}
_PRECEDENCE: Mapping[Precedence, str] = {
    Precedence.LOCKED: "agreed",
    Precedence.SAME_GROUP: "the same group",
    Precedence.LARGER: "larger",
    Precedence.LONGER: "waited longer",
    Precedence.BEST_FOR_ALL: "better for all",
}
_LEVELS: Mapping[str, tuple[str, str]] = {
    "broken": ("household|households", "elsewhere than in the earlier plan"),
    "unplaced": ("person|persons", "without a place"),
    "waited": ("person-week|person-weeks", "of waiting"),
    "turn": ("person-week|person-weeks", "times weeks waited before"),
    "too_large": ("size|sizes", "too large"),
    "misfit": ("household|households", "not near"),
    "changed": ("household|households", "elsewhere than in the earlier plan"),
}


def why_words(each: MoveExplained, named: Named) -> str:
    """Return why households move in where they do, what is next best, and what a home of another kind would cost."""
    if each.moving.reason is not None:
        return f"agreed: {each.moving.reason}"
    parts = [_WHY[each.why] + (f" ({each.too_large} too large)" if each.too_large else "")]
    if each.why is Why.EARLIER_TAKEN and each.earlier is not None:
        parts.append(f"{_there(each.earlier, named)} would cost {_costs(each.earlier.extra)}")
    if each.next_best is not None and each.next_best != each.earlier:
        cost = f", {_costs(each.next_best.extra)}" if any(each.next_best.extra) else ", as good"
        parts.append(f"next best {_there(each.next_best, named)}{cost}")
    parts += [
        f"a place for {other.kind} in that week costs {_costs(other.extra)}"
        for other in each.same_week
        if other != each.next_best
    ]
    return "; ".join(parts)


def unplaced_words(each: Unplaced) -> str:
    """Return why households stand without a place."""
    if not each.usable:
        return "no place would do in these weeks"
    takers = ", ".join(f"{taker.count} by {taker.group} ({_PRECEDENCE[taker.precedence]})" for taker in each.taken_by)
    return f"all {each.usable} that would do are taken: {takers}"


def in_all(levels: Levels) -> str:
    """Return what a plan costs, each level that is not 0, the weightiest first."""
    return ", ".join(_level(name, number) for name, number in levels._asdict().items() if number) or "nothing"


def _costs(levels: Levels) -> str:
    """Return the level that decides, which is the first that is not 0; what comes after it is outweighed."""
    return next((_level(name, number) for name, number in levels._asdict().items() if number), "nothing")


def _level(name: str, number: int) -> str:
    words, of_what = _LEVELS[name]
    return f"{number} {Count(number):{words}} {of_what}"


def _there(other: Instead, named: Named) -> str:
    if other.municipality is None or other.week is None:
        return "no place"
    return f"{named(other.municipality, other.week)} {other.week} ({other.kind})"
