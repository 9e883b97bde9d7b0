"""What a municipality's number is weighed against: proposal, criteria, and the municipality's own word."""

from datetime import date
from functools import lru_cache
from typing import Protocol

from bosett.basis.refusals import Refusal
from bosett.figures import Layers
from bosett.rounds.spread import claims_by
from bosett.stages.criteria import Claims
from bosett.stages.recommendation import Weighed


class Recommended(Protocol):
    """A municipality's recommended number beside the proposed one and its signal, in persons; None is missing."""

    @property
    def code(self) -> str: ...  # noqa: D102  - as the class says
    @property
    def number(self) -> int | None: ...  # noqa: D102
    @property
    def proposed(self) -> int | None: ...  # noqa: D102
    @property
    def under15(self) -> int | None: ...  # noqa: D102
    @property
    def from15(self) -> int | None: ...  # noqa: D102
    @property
    def signal(self) -> int | None: ...  # noqa: D102
    @property
    def signal_minors(self) -> int | None: ...  # noqa: D102


@lru_cache(maxsize=16)
def claims_known(criteria: str, day: date, figures: Layers) -> Claims | None:
    """Return claims and bounds by a criteria file from what was known on a day; None when they cannot be computed."""
    try:
        return claims_by(criteria, day, figures)
    except Refusal:  # criteria that compute nothing bound nobody
        return None


def weighed(line: Recommended, claims: Claims | None) -> Weighed:
    """Return a line beside what its number is weighed against."""
    least, most = claims.bounds.get(line.code, (0, None)) if claims else (0, None)
    minors = None if line.under15 is None and line.from15 is None else (line.under15 or 0) + (line.from15 or 0)
    return Weighed(
        number=line.number,
        proposed=line.proposed,
        minors=minors,
        least=least,
        most=most,
        left_out=claims is not None and line.code in claims.left_out,
        signal=line.signal,
        signal_minors=line.signal_minors,
    )
