"""Real sharing problems: each county's first requests of one year, shared by population with floor 10 and a ceiling."""

from fractions import Fraction
from functools import cache

from bosett.apportion import Problem, Recipient, TieRule
from bosett.basis.tables import table

YEARS = (2020, 2021, 2022, 2023)


@cache
def figures(year: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return inhabitants, and first requests (the latest ones for 2023, whose first are not published)."""
    measure = "requested" if year == 2023 else "requested_first"
    people = {
        row["code"]: int(row["population"])
        for row in table("population")
        if (row["year"], row["structure"]) == (str(year), "2020") and row["population"] not in {"", "0"}
    }
    requests = {
        row["code"]: int(row["value"])
        for row in table("settlement")
        if (row["year"], row["group"], row["measure"], row["status"]) == (str(year), "all", measure, "ok")
    }
    return people, requests


def bounded(people: dict[str, int], total: int) -> Problem:
    """Share a total by population with floor 10; nobody gets more than thrice its share and 30."""
    everybody = sum(people.values())
    return Problem.of(
        total,
        [Recipient(code, Fraction(count), 10, 3 * total * count // everybody + 30) for code, count in people.items()],
        tie_rule=TieRule.ID,
    )


def nation(year: int, total: int | None = None) -> Problem:
    """Return the problem of the whole country."""
    people, requests = figures(year)
    return bounded(people, sum(requests.values()) if total is None else total)


def counties(year: int) -> dict[str, Problem]:
    """Return one problem for each county that was asked for anything."""
    people, requests = figures(year)
    problems: dict[str, Problem] = {}
    for county in sorted({code[:2] for code in people}):
        inside = {code: count for code, count in people.items() if code.startswith(county)}
        if total := sum(requests.get(code, 0) for code in inside):
            problems[county] = bounded(inside, total)
    return problems
