"""Is what is shipped right? Checksums, published totals and the known traps, one sentence each."""

from collections.abc import Callable
from functools import partial

from bosett.basis import tables
from bosett.basis.tables import Finding
from bosett.figures.kinds import Series, Status
from bosett.figures.series import counties_within, series
from bosett.figures.totals import national_totals

# Sums that were published. Source: SSB 07459 (population); IMDi (requests), see the table `national_totals`.
PUBLISHED_SUMS = (
    ("population", 2019, 5_328_212),
    ("population", 2020, 5_367_580),
    ("population", 2021, 5_391_369),
    ("requested_first", 2019, 5_350),
    ("requested_first", 2020, 5_120),
    ("requested", 2020, 3_602),
    ("requested_first", 2021, 5_025),
    ("requested_first", 2022, 5_500),
    ("requested", 2022, 35_000),
    ("requested", 2023, 38_000),
)
ASKED = ((2020, 211), (2021, 211))
FIRST_NATIONAL_2023 = 35_000
SAID_NO_2021 = ["1525", "1539"]


def report() -> tuple[Finding, ...]:
    """Check the shipped figures: every file, then, if the files are whole, the sums and the known traps.

    Raises:
        DamagedData: The descriptor of the package is missing or is not JSON.
    """
    findings = tables.check()
    if not all(finding.ok for finding in findings):
        return findings
    sums = tuple(_sum(name, year, published) for name, year, published in PUBLISHED_SUMS)
    asked = tuple(_asked(year, published) for year, published in ASKED)
    return (*findings, *sums, *asked, *(trap() for trap in TRAPS))


def _sum(name: str, year: int, published: int) -> Finding:
    total = series(name, year).total()
    return Finding(
        f"{name} {year}", ok=total == published, text=f"{name} {year} adds up to {total}; published: {published}."
    )


def _asked(year: int, published: int) -> Finding:
    number = sum(1 for value in series("requested_first", year).values().values() if value > 0)
    text = f"{number} municipalities were asked for {year}; published: {published}."
    return Finding(f"asked {year}", ok=number == published, text=text)


def _first_request_of_2023() -> Finding:
    values = [total.value for total in national_totals("requested_first", 2023)]
    text = (
        f"The first national request for 2023 is {', '.join(map(str, values))}; it was not published per municipality."
    )
    return Finding("requested_first 2023", ok=values == [FIRST_NATIONAL_2023], text=text)


def _not_asked_is_no_number(year: int) -> Finding:
    """Whoever was not asked stands neither as hidden (2020 in the source) nor as 0 (2021), in request and decision."""
    request, decided = series("requested_first", year), series("decided", year)
    silent = _with_status(request, Status.NOT_ASKED)
    odd = _with_status(request, Status.HIDDEN) | {code for code, value in request.values().items() if value == 0}
    ok = not odd and silent == _with_status(decided, Status.NOT_ASKED)
    text = f"{len(silent)} municipalities were not asked in {year}; none of them is hidden or a zero."
    return Finding(f"not asked {year}", ok=ok, text=text)


def _no_is_an_answer() -> Finding:
    noes = [code for code, value in series("decided", 2021).values().items() if value == 0]
    text = (
        f"{len(noes)} municipalities that were asked for 2021 said no ({', '.join(noes)}); nobody else stands with 0."
    )
    return Finding("zeros 2021", ok=noes == SAID_NO_2021, text=text)


def _counties_add_up() -> Finding:
    parts = [part for within in counties_within().values() for part in within]
    text = f"Each of the {len(parts)} counties of 2024 lies in one county of 2020, so persons add up."
    return Finding("counties", ok=len(parts) == len(set(parts)), text=text)


def _with_status(published: Series, status: Status) -> set[str]:
    return {code for code, figure in published.figures.items() if figure.status is status}


TRAPS: tuple[Callable[[], Finding], ...] = (
    _first_request_of_2023,
    partial(_not_asked_is_no_number, 2020),
    partial(_not_asked_is_no_number, 2021),
    _no_is_an_answer,
    _counties_add_up,
)
