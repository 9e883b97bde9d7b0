"""The readers of figures from files, by name: one table, with a row for each form that is read."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bosett.basis.refusals import CodedRefusal
from bosett.basis.structures import Structure
from bosett.figures.catalogue import column_of
from bosett.figures.versions import FigureVersion
from bosett.sources.fetchable import FETCHABLE
from bosett.sources.fetching import Fetched, from_bytes
from bosett.sources.imdi import BACKGROUND, PROGRAMME_RESULTS, SETTLEMENT, read_statistics
from bosett.sources.imdi_tables import read_year_table
from bosett.sources.nav import read_unemployment
from bosett.sources.plain_figures import read_plain
from bosett.sources.ssb import SsbTable
from bosett.sources.ssb_figures import read_table


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a person says of a file of figures; what a publisher's form says itself stands above it.

    Attributes:
        indicator: Name of the indicator that is wanted; empty for all that the file has.
        time: Year (`2026`) or month (`2026-02`) that is wanted; empty for all that the file has.
        structure: The structure of the codes.
        publisher: Who publishes the figures; empty for what the catalogue has.
        dataset: What the publisher calls them; empty for what the catalogue has.
        source: The name of the file, or the address that it is from.
        published_on: The day on which they were published, or None.
        known_on: The day from which they count as known; None for the day of publication, else that of fetching.
        fetched_on: The day on which the file is read in.
    """

    indicator: str
    time: str
    structure: Structure
    publisher: str
    dataset: str
    source: str
    published_on: date | None
    known_on: date | None
    fetched_on: date


Reader = Callable[[bytes, FileFacts], tuple[FigureVersion, ...]]
"""From the bytes of a file and what is said of it to the versions in it; it refuses what it cannot read."""


class ToBeSaid(CodedRefusal):
    """A form does not say something itself, and nobody has said it."""

    def __init__(self, reader: str, what: str, code: str) -> None:
        super().__init__(f"A file of the form {reader} does not say {what}: name it.", f"unsaid_{code}")
        self.reader, self.what = reader, what


class NotInFile(CodedRefusal):
    """A file has no figures of the indicator and time that are wanted."""

    def __init__(self, facts: FileFacts, there: tuple[FigureVersion, ...]) -> None:
        has = "; ".join(f"{each.indicator} {', '.join(each.figures)}" for each in there)
        wanted = " ".join(each for each in (facts.indicator, facts.time) if each)
        sentence = f"{facts.source} has no {wanted}. It has {has or 'no figures'}."
        times = [{"series": each.indicator, "time": time} for each in there for time in each.figures]
        super().__init__(sentence, "not_in_file", {"series": facts.indicator, "time": facts.time, "there": times})


def _plain(content: bytes, facts: FileFacts) -> tuple[FigureVersion, ...]:
    if not facts.indicator:
        raise ToBeSaid("plain", "which indicator it is of", "indicator")
    where = column_of(facts.indicator).where
    return (
        FigureVersion(
            indicator=facts.indicator,
            structure=facts.structure,
            publisher=facts.publisher or where.publisher,
            dataset=facts.dataset or where.dataset,
            source=facts.source,
            published_on=facts.published_on,
            known_on=facts.known_on or facts.published_on or facts.fetched_on,
            fetched_on=facts.fetched_on,
            raw_sha256=hashlib.sha256(content).hexdigest(),
            figures=read_plain(content, facts.source, facts.indicator, facts.time),
        ),
    )


def wanted(versions: tuple[FigureVersion, ...], facts: FileFacts) -> tuple[FigureVersion, ...]:
    """Return what is wanted of a file: the indicator and time that are named, known from the day that is named.

    Raises:
        NotInFile: It has none of that.
    """
    chosen = []
    for each in versions:
        figures = {time: by_code for time, by_code in each.figures.items() if facts.time in {"", time}}
        if figures and facts.indicator in {"", each.indicator}:
            known_on = facts.known_on or facts.published_on or each.known_on
            chosen.append(replace(each, figures=figures, known_on=known_on))
    if not chosen:
        raise NotInFile(facts, versions)
    return tuple(chosen)


def _fetched(content: bytes, facts: FileFacts) -> Fetched:
    return from_bytes(facts.source, content, facts.fetched_on)


def _statbank(table: SsbTable) -> Reader:
    return lambda content, facts: read_table(_fetched(content, facts), table, facts.structure)


def _of_one_year(content: bytes, facts: FileFacts) -> tuple[FigureVersion, ...]:
    if not facts.time.isdigit():
        raise ToBeSaid("imdi_year", "which settlement year it is of", "year")
    return read_year_table(_fetched(content, facts), int(facts.time))


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "plain": _plain,
        "imdi": lambda content, facts: read_statistics(_fetched(content, facts), SETTLEMENT),
        "imdi_results": lambda content, facts: read_statistics(_fetched(content, facts), PROGRAMME_RESULTS),
        "imdi_background": lambda content, facts: read_statistics(_fetched(content, facts), BACKGROUND),
        "imdi_year": _of_one_year,
        "nav": lambda content, facts: read_unemployment(_fetched(content, facts), facts.time),
        **{name: _statbank(each.table) for name, each in FETCHABLE.items()},
    }
)
"""By the name that a person writes: `plain` is a CSV of code, time, value and status; the others are publishers' forms,
which say themselves what they hold."""
