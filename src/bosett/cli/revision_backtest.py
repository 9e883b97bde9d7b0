"""`bosett backtest revision`: the cut of 2020 and the rise of 2022 as they would have come out, and as they were."""

from collections.abc import Iterable

from bosett.cli.output import Listing
from bosett.rounds.revision_backtest import RevisionCase

NOTES = (
    "Apart: sum of |x - real| over the sum of the real requests. The eleven locks of 2020 are read off the real",
    "numbers: why these municipalities were cut less is not published. Nothing else is fitted.",
)


def revision_tables(cases: Iterable[RevisionCase]) -> list[Listing]:
    """Return the back-test as a table."""
    return [
        Listing(
            "Revisions against the real ones",
            ("year", "total", "shared", "equal", "of", "asked", "persons apart", "apart"),
            tuple(
                (
                    *(each.year, each.total, each.way, each.equal, each.asked, each.gets, int(each.apart.persons)),
                    each.apart.part if each.apart.part is not None else "no figure",
                )
                for each in cases
            ),
            NOTES,
        )
    ]


def revision_document(cases: Iterable[RevisionCase]) -> dict[str, object]:
    """Return the back-test as a JSON document, fractions as text."""
    return {
        "revisions": [
            {
                "year": each.year,
                "total": each.total,
                "shared": each.way,
                "equal": each.equal,
                "of": each.asked,
                "asked": each.gets,
                "persons_apart": int(each.apart.persons),
                "apart": str(each.apart.part),
            }
            for each in cases
        ]
    }
