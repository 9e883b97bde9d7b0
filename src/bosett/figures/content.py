"""A version of figures from plain data, as it is kept in a file or a database: what `FigureVersion.content` gives."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.figures.catalogue import column_of
from bosett.figures.cells import NoFigure, figure_of
from bosett.figures.versions import FigureVersion


class BadContent(Refusal):
    """Plain data is no version of figures."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no version of figures: {why}. It was changed, or a later Bosett wrote it.")
        self.why = why


def version_from(content: Mapping[str, Any]) -> FigureVersion:
    """Return the version that plain data tells.

    Args:
        content: As `FigureVersion.content` gives it: days as text, of a figure its value as text (or None) and status.

    Raises:
        UnknownIndicator: The catalogue has no such indicator.
        BadContent: Something else is not as it must be.
    """
    unit = column_of(str(content.get("indicator"))).unit
    try:
        figures = {
            time: {code: figure_of(value or "", status, unit) for code, (value, status) in by_code.items()}
            for time, by_code in content["figures"].items()
        }
        return FigureVersion(
            indicator=content["indicator"],
            structure=Structure(content["structure"]),
            publisher=content["publisher"],
            dataset=content["dataset"],
            source=content["source"],
            published_on=None if content["published_on"] is None else date.fromisoformat(content["published_on"]),
            known_on=date.fromisoformat(content["known_on"]),
            fetched_on=date.fromisoformat(content["fetched_on"]),
            raw_sha256=content["raw_sha256"],
            figures=figures,
            kept=tuple((time, code) for time, code in content["kept"]),
        )
    except NoFigure as refused:
        raise BadContent(f"a figure {refused}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadContent(f"it tells what it may not ({error})") from None
