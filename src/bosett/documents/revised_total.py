"""A revised national total in plain words: from what to what and why, whose numbers changed, and by county."""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.documents.explanation import ITEM, WORDS, Section
from bosett.documents.words import counted, whole
from bosett.stages.revision import RevisionWay


@dataclass(frozen=True, slots=True)
class RevisedPlace:
    """What a municipality was asked for before a revision and after, in persons; 0 is not asked."""

    county: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class RevisedTotal:
    """A revision of what a whole country is asked for.

    Attributes:
        way: By what the new total was shared.
        reason: Why, as the letters tell it.
        places: Its municipalities, with the counties' names.
    """

    way: RevisionWay
    reason: str
    places: Sequence[RevisedPlace]


def revised_sections(revised: RevisedTotal, counties: Sequence[str], language: str) -> tuple[Section, ...]:
    """Return how a revised total came about, and how the change is spread.

    Args:
        revised: The revision.
        counties: The names of the counties, in the order in which they are told.
        language: nb, nn or en.
    """
    words = WORDS.of(language)
    before, after = (sum(getattr(each, when) for each in revised.places) for when in ("before", "after"))
    code = "revised_less" if after < before else "revised_more" if after > before else "revised_same"
    how = [
        words[code].format(
            before=whole(before, language), after=whole(after, language), change=whole(abs(after - before), language)
        ),
        words["reason_given"].format(reason=revised.reason),
        words[f"revised_by_{revised.way}"],
    ]
    shared = [
        ITEM + _county(name, [each for each in revised.places if each.county == name], language) for name in counties
    ]
    return (
        Section(words["how"], tuple(how)),
        Section(words["revised_places"], tuple(_places(revised.places, language))),
        Section(words["revised_shared"], tuple(shared)),
    )


def _places(places: Sequence[RevisedPlace], language: str) -> list[str]:
    """Return how many municipalities were given another number."""
    words = WORDS.of(language)
    numbers = {
        "revised_lower": sum(each.after < each.before for each in places),
        "revised_higher": sum(each.after > each.before > 0 for each in places),
        "revised_kept": sum(each.after == each.before > 0 for each in places),
        "revised_out": sum(each.after == 0 < each.before for each in places),
        "revised_in": sum(each.before == 0 < each.after for each in places),
    }
    return [words[code].format(count=counted(number, language)) for code, number in numbers.items() if number]


def _county(name: str, places: Sequence[RevisedPlace], language: str) -> str:
    before, after = sum(each.before for each in places), sum(each.after for each in places)
    code = "revised_county_same" if before == after else "revised_county"
    return WORDS.of(language)[code].format(county=name, before=whole(before, language), after=whole(after, language))
