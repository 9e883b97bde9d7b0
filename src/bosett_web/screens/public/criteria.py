"""The criteria that are in force, in plain words, and what is new since the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.documents.words import percent
from bosett.rounds.open_round import OpenCriteria, OpenCriterion
from bosett_web.queries.releases import published
from bosett_web.screens import formats
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion in words.

    Attributes:
        wording: What it says.
        is_official: Whether that is the wording of the source; else it is told in our words.
        source: Where it is from.
        weight: The part that it shares, such as `70 %`; empty when it has none.
        width: The same as a whole number of per cent, for a bar; None without a known weight.
        weight_unknown: Whether it has a weight that nobody has told.
        new: How it stands to the year before: `new`, `changed`, or empty.
        was: Its wording the year before, where that was another.
    """

    wording: str
    is_official: bool
    source: str
    weight: str
    width: int | None
    weight_unknown: bool
    new: str
    was: str


def criteria(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    current = view.round.criteria[-1] if view.round.criteria else None
    before = _of_year_before(view)
    if current is None:
        return {"current": None, "kinds": ()}
    gone = [] if before is None else [each for each in before.criteria if each.code not in _codes(current)]
    return {
        "current": current,
        "current_day": formats.day(current.day, view.language),
        "kinds": _by_kind(current, before, view.language),
        "compared": before is not None,
        "year_before": view.year - 1,
        "gone": [each.wording.get(view.language, each.wording.get("nb", "")) for each in gone],
        "versions": [
            (each.version, formats.day(each.day, view.language), each.title) for each in view.round.criteria[:-1]
        ],
    }


def _of_year_before(view: PublicView) -> OpenCriteria | None:
    """Return the criteria in force the year before, as that year's newest release has them; None when it has none."""
    row = view.newest.get(view.year - 1)
    told = published.release(row).round if row else None
    return told.criteria[-1] if told and told.criteria else None


def _by_kind(
    current: OpenCriteria, before: OpenCriteria | None, language: str
) -> list[tuple[str, Sequence[CriterionRow]]]:
    earlier = {} if before is None else {each.code: each for each in before.criteria}
    kinds: dict[str, list[CriterionRow]] = {"weight": [], "eligibility": [], "bound": [], "guidance": []}
    for each in current.criteria:
        kinds[each.kind].append(_row(each, earlier.get(each.code), language, compared=before is not None))
    return [(say(f"public_criteria_{kind}", language), rows) for kind, rows in kinds.items() if rows]


def _row(each: OpenCriterion, earlier: OpenCriterion | None, language: str, *, compared: bool) -> CriterionRow:
    wording = each.wording.get(language, each.wording.get("nb", ""))
    was = "" if earlier is None else earlier.wording.get(language, earlier.wording.get("nb", ""))
    new = ""
    if compared:
        new = "new" if earlier is None else "changed" if (was, earlier.weight) != (wording, each.weight) else ""
    weight = Fraction(each.weight) if each.weight else None
    return CriterionRow(
        wording=wording,
        is_official=each.is_official,
        source=each.source,
        weight="" if weight is None else percent(weight, language),
        width=None if weight is None else round(100 * weight),
        weight_unknown=not each.weight_known,
        new=new,
        was=was if new == "changed" and was != wording else "",
    )


def _codes(criteria: OpenCriteria) -> set[str]:
    return {each.code for each in criteria.criteria}
