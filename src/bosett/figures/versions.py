"""A version of figures: what one source gave for one indicator, before or after it is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bosett.basis.digest import digest
from bosett.basis.structures import Structure
from bosett.figures.kinds import Figure


@dataclass(frozen=True, slots=True)
class FigureVersion:
    """What one source gave for one indicator, by the codes of one structure.

    Attributes:
        indicator: Name of an indicator of the catalogue.
        structure: The structure that the codes belong to.
        publisher: Who publishes it.
        dataset: What the publisher calls it, such as `SSB 07459`.
        source: The address or the name of the file that it was read from.
        published_on: The day on which the publisher says that it was published or changed; None when it does not say.
        known_on: The day from which it counts as known: late rather than early.
        fetched_on: The day on which it was fetched or read in.
        raw_sha256: Hash of the bytes that it was read from.
        figures: By time (`2026`, or `2026-02` for monthly figures), then by code.
        kept: Time and code of each figure that was not taken from the source, but stands as it was before.
    """

    indicator: str
    structure: Structure
    publisher: str
    dataset: str
    source: str
    published_on: date | None
    known_on: date
    fetched_on: date
    raw_sha256: str
    figures: Mapping[str, Mapping[str, Figure]]
    kept: tuple[tuple[str, str], ...] = ()
    _sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        frozen = {time: MappingProxyType(dict(by_code)) for time, by_code in self.figures.items()}
        object.__setattr__(self, "figures", MappingProxyType(frozen))
        object.__setattr__(self, "kept", tuple(sorted(set(self.kept))))
        object.__setattr__(self, "_sha256", digest(self.content()))

    def __hash__(self) -> int:
        return hash(self._sha256)

    @property
    def sha256(self) -> str:
        """Return the hash of its canonical content: all that it says, in one text."""
        return self._sha256

    def content(self) -> dict[str, object]:
        """Return all that it says as plain data: days and fractions as text, each figure as its value and status."""
        return {
            **self.described(),
            "figures": {
                time: {
                    code: [str(each.value) if each.value is not None else None, each.status.value]
                    for code, each in by_code.items()
                }
                for time, by_code in self.figures.items()
            },
            "kept": [list(each) for each in self.kept],
        }

    def described(self) -> dict[str, object]:
        """Return what it says of itself, without its figures, as plain data."""
        return {
            "indicator": self.indicator,
            "structure": int(self.structure),
            "publisher": self.publisher,
            "dataset": self.dataset,
            "source": self.source,
            "published_on": None if self.published_on is None else self.published_on.isoformat(),
            "known_on": self.known_on.isoformat(),
            "fetched_on": self.fetched_on.isoformat(),
            "raw_sha256": self.raw_sha256,
        }
