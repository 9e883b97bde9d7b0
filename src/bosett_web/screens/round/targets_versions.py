"""The versions of the targets: each by county, and two of them held against each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.geography import County
from bosett.rounds.county_targets import TargetPeople
from bosett.rounds.states import TargetsState
from bosett_web.queries.round.targets import CountiesBefore, Shares, shared_by_criteria
from bosett_web.queries.situations import targets_situation
from bosett_web.queries.standing_rows import People, TargetsRow
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons
from bosett_web.screens.round.forms import TargetsCompareForm
from bosett_web.screens.rows import HEADS
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOVES = "targets.submit targets.return targets.decide targets.confirm"


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A county in a version: its target, and how far that is from the version before and from the criteria.

    `asked` and `rate` are what it was asked for last year, and the target for each thousand who live there.
    """

    county: County
    people: People
    change: int | None
    against: int | None
    asked: int | None
    rate: str


@dataclass(frozen=True, slots=True)
class DiffersLine:
    """The country or a county whose numbers differ between two versions; minors in words."""

    name: str
    old: int | None
    new: int | None
    change: int | None
    minors: str


def versions_of(view: View, before: CountiesBefore | None) -> Mapping[str, Any]:
    """Return the versions, the newest first with what the criteria give, and two that are held against each other.

    Args:
        view: The page.
        before: The counties last year; None for who does not see them.
    """
    rows = view.at.targets
    versions = [_version(view, row, old, before) for old, row in zip([None, *rows], rows, strict=False)]
    return {"versions": list(reversed(versions)), **(_compared(view) if len(rows) > 1 else {})}


def total(numbers: Iterable[int | None]) -> int | None:
    """Return a sum; None when something in it is not known."""
    parts = list(numbers)
    known = [each for each in parts if each is not None]
    return sum(known) if len(known) == len(parts) else None


def _version(view: View, row: TargetsRow, old: TargetsRow | None, before: CountiesBefore | None) -> Mapping[str, Any]:
    is_newest = row is view.at.targets[-1]
    stale = view.whole.out_of_date(row) if is_newest else ()
    names = MOVES if stale else MOVES.replace("targets.confirm", "")
    offered = buttons(view.request, targets_situation(view.whole, row), names, version=row.version)
    given = _by_criteria(view, row) if is_newest and before is not None else {}
    living = None if before is None else total(each.inhabitants for each in before.counties.values())
    return {
        "row": row,
        "buttons": offered,
        "state": "targetsstate_decided" if row.state == TargetsState.DECIDED else f"state_{row.state}",
        "stale": stale,
        "rests_on": _rests_on(view, row),
        "lines": [_line(each, row, old, before, given) for each in view.counties],
        "has_given": bool(given),
        "has_before": before is not None,
        "asked": None if before is None else total(before.asked.values()),
        "rate": formats.per_thousand(row.national.number, living),
    }


def _by_criteria(view: View, row: TargetsRow) -> Shares:
    """Return what the criteria that a version rests on give the counties of its total; empty when they give nothing."""
    criteria = next((each for each in view.at.criteria if each.id == row.criteria), None)
    if criteria is None or row.national.number is None:
        return {}
    try:
        return shared_by_criteria(criteria.file, view.day, view.at.figures, TargetPeople(row.national.number))
    except Refusal:
        return {}


def _rests_on(view: View, row: TargetsRow) -> str:
    """Return which versions of criteria and forecast a version rests on, as far as this reader may see them."""
    criteria = next((each.version for each in view.at.criteria if each.id == row.criteria), None)
    forecast = next((each.version for each in view.at.forecasts if each.id == row.forecast), None)
    known = {"criteria": criteria, "forecast": forecast}
    seen = {name: version for name, version in known.items() if version is not None}
    if not seen:
        return ""
    code = "targets_rests_on" if len(seen) == len(known) else f"targets_rests_on_{next(iter(seen))}"
    return say(code, view.language, **seen)


def _line(
    county: County, row: TargetsRow, old: TargetsRow | None, before: CountiesBefore | None, given: Shares
) -> VersionLine:
    people = row.counties.get(county.code, People(None))
    known = None if before is None else before.counties[county.code]
    share = given.get(county.code)
    return VersionLine(
        county=county,
        people=people,
        change=_apart(people.number, old.counties.get(county.code, People(None)).number if old else None),
        against=_apart(people.number, share.number if share else None),
        asked=known.asked if known else None,
        rate=formats.per_thousand(people.number, known.inhabitants if known else None),
    )


def _apart(new: int | None, old: int | None) -> int | None:
    return None if new is None or old is None else new - old


def _compared(view: View) -> Mapping[str, Any]:
    """Return two versions and what differs between them: those of the address, or the newest and the one before."""
    rows = {str(row.version): row for row in view.at.targets}
    names = [*rows]
    chosen = {"a": view.request.GET.get("a", names[-2]), "b": view.request.GET.get("b", names[-1])}
    form = TargetsCompareForm(language=view.language, initial=chosen)
    form.begin_with("compare")
    for name in chosen:
        form.offer(name, [(each, say("version", view.language, version=int(each))) for each in names])
    if any(each not in rows for each in chosen.values()):
        return {"compare": form}
    old, new = (rows[each] for each in chosen.values())
    lines = [*_differing(view, old, new)]
    notes = [
        code
        for code, differs in (
            ("targets_compare_basis", (old.criteria, old.forecast) != (new.criteria, new.forecast)),
            ("targets_compare_reason", old.note != new.note),
        )
        if differs
    ]
    return {"compare": form, "compared": {"old": old, "new": new, "lines": lines, "notes": notes}}


def _differing(view: View, old: TargetsRow, new: TargetsRow) -> Iterator[DiffersLine]:
    pairs: Sequence[tuple[str, People, People]] = [
        (say("targets_country", view.language), old.national, new.national),
        *(
            (each.name, old.counties.get(each.code, People(None)), new.counties.get(each.code, People(None)))
            for each in view.counties
        ),
    ]
    for name, then, now in pairs:
        if then != now:
            yield DiffersLine(name, then.number, now.number, _apart(now.number, then.number), _minors(view, then, now))


def _minors(view: View, then: People, now: People) -> str:
    """Return the minors that differ, in words; empty when none do."""
    differing = []
    for part, head in HEADS.items():
        old, new = (
            say("missing", view.language) if getattr(each, part) is None else formats.number(getattr(each, part))
            for each in (then, now)
        )
        if part != "number" and old != new:
            differing.append(f"{say(head, view.language)}: {old} \u2192 {new}")
    return "; ".join(differing)
