"""What can be fetched by name: the tables that publishers answer with from an address that lasts.

A table has the name of the reader that reads it, so that what was fetched and what was saved are read alike. IMDi and
NAV publish files, and no lasting address of those was to be had: they are saved by hand and read in, and whoever asks
for one of them is told where it is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bosett.basis.refusals import CodedRefusal
from bosett.basis.structures import Structure, structure_of
from bosett.figures.catalogue import column_of
from bosett.sources import ssb
from bosett.sources.fetching import Fetched, Fetcher
from bosett.sources.ssb import SsbTable, fetch_table


@dataclass(frozen=True, slots=True)
class Fetchable:
    """A table that can be fetched; what is named of it are years.

    Attributes:
        publisher: Who publishes it.
        dataset: What the publisher calls it.
        table: What is asked for.
    """

    publisher: str
    dataset: str
    table: SsbTable

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that it has."""
        return tuple(self.table.indicators)


def _of_ssb(table: SsbTable) -> Fetchable:
    return Fetchable(ssb.PUBLISHER, f"{ssb.PUBLISHER} {table.number}", table)


FETCHABLE: Mapping[str, Fetchable] = MappingProxyType(
    {
        "ssb_population": _of_ssb(ssb.POPULATION),
        "ssb_immigrants": _of_ssb(ssb.IMMIGRANTS),
        "ssb_employed": _of_ssb(ssb.EMPLOYED_AND_JOBS),
        "ssb_employed_pct": _of_ssb(ssb.EMPLOYED_PERCENT),
        "ssb_employed_by_status": _of_ssb(ssb.EMPLOYED_BY_STATUS),
    }
)
"""By name."""
SAVED_BY_HAND: Mapping[str, str] = MappingProxyType(
    {
        "imdi": "requested",
        "imdi_results": "programme_result_municipality_pct",
        "imdi_background": "refugee_background",
        "imdi_year": "requested",
        "nav": "unemployed",
    }
)
"""The forms of files that are not fetched, each with an indicator of it, whose publication the catalogue knows."""


class NotFetchable(CodedRefusal):
    """There is nothing to fetch by a name."""

    def __init__(self, name: str) -> None:
        if name in SAVED_BY_HAND:
            where = column_of(SAVED_BY_HAND[name]).where
            sentence = (
                f"{name} is not fetched: no lasting address of {where.publisher}'s file is known. Save it from "
                f"{where.address}, and read it with --reader {name}."
            )
        else:
            sentence = f"There is no {name!r} to fetch. There is {', '.join(FETCHABLE)}."
        super().__init__(sentence, "not_fetchable")
        self.name = name


def fetchable(name: str) -> Fetchable:
    """Return what is fetched by a name.

    Raises:
        NotFetchable: Nothing is. The sentence says what to do instead.
    """
    if name not in FETCHABLE:
        raise NotFetchable(name)
    return FETCHABLE[name]


def fetch_figures(fetcher: Fetcher, name: str, years: Sequence[int], structure: Structure | None = None) -> Fetched:
    """Return what the publisher answers on some years, as bytes that the reader of the same name reads.

    Args:
        fetcher: What asks.
        name: A name of `FETCHABLE`.
        years: The years, one at least.
        structure: The structure of the municipalities; None for the one that is in force in the last of the years.

    Raises:
        NotFetchable: There is nothing of that name.
        CannotAsk: The publisher has no such figures.
        NotFetched: It is not reached, or says no.
    """
    wanted = fetchable(name).table
    return fetch_table(fetcher, wanted, structure or structure_of(max(years)), years, ssb.V2)
