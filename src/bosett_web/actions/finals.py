"""Final numbers as they are stored: from a county's outcomes, or as given; the caller writes the event."""

from collections.abc import Mapping

from bosett.geography import municipalities
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import Numbers, facts_of
from bosett_web.records.models import FinalNumber, RecommendationLine


def outcomes(recommendation: int) -> dict[str, Numbers]:
    """Return the meeting's outcome by municipality, where there is one."""
    rows = RecommendationLine.objects.filter(recommendation=recommendation, outcome__isnull=False)
    return {
        row.municipality: Numbers(number=row.outcome, under15=row.outcome_under15, from15=row.outcome_from15)
        for row in rows.order_by("municipality")
    }


def store_outcomes(year: int, recommendation: int) -> None:
    """Set the final numbers of a county whose recommendation has just become final; the caller writes the event."""
    store(year, outcomes(recommendation), "")


def store(year: int, numbers: Mapping[str, Numbers], reason: str) -> dict[str, Mapping[str, int | None] | None]:
    """Store final numbers, in persons by municipality, and return those before; None where there was none.

    Raises:
        Invalid: A code is no municipality of the year.
    """
    county_of = {place.code: place.county for place in municipalities(year)}
    unknown = next((code for code in numbers if code not in county_of), None)
    if unknown is not None:
        raise Invalid("municipality", "unknown_municipality", {"municipality": unknown})
    rows = FinalNumber.objects.filter(round=year, municipality__in=list(numbers)).order_by("municipality")
    before = {row.municipality: facts_of(Numbers(row.number, row.under15, row.from15)) for row in rows}
    FinalNumber.objects.bulk_create(
        [
            FinalNumber(round_id=year, municipality=code, county=county_of[code], reason=reason, **facts_of(people))
            for code, people in numbers.items()
        ],
        update_conflicts=True,
        unique_fields=["round", "municipality"],
        update_fields=["number", "under15", "from15", "reason"],
    )
    return {code: before.get(code) for code in numbers}
